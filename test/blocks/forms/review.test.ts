import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { answersForm } from '../../../blocks/forms/answers.ts';
import { readContext, reviewContext } from '../../../blocks/forms/context.ts';
import { signedBlocks } from '../../../blocks/forms/review-confirmation.ts';
import {
  reviewDraftSchema,
  reviewPages,
  startReview,
  sumOf,
  type ReviewDraft,
} from '../../../blocks/forms/review-draft.ts';
import { ballotFrom, keepReviewPage, readReviewPage } from '../../../blocks/forms/review-read.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { slackView } from '../../../blocks/slack/form.ts';
import type { Weighing } from '../../../flows/deal/deal.ts';
import type { DecidingDeal } from '../../../flows/deal/state.ts';
import {
  aDeal,
  aDecidingDeal,
  aFlag,
  allAnswers,
  anOrganisation,
  aPolicy,
  aRoute,
  aView,
  aVote,
  NOW,
} from '../../support/deal-builders.ts';
import { brokenRules, inputOf, inputsOf, names, presets, wordsOf } from './support.ts';

const scale = [
  { value: 'little', label: 'Little' },
  { value: 'much', label: 'Much' },
];
const policy = aPolicy({ weighing: { leverage: scale, crucial: scale, severity: scale, ending: scale } });
const viewOf = (overrides: Partial<DecidingDeal> = {}) => aView(aDecidingDeal(overrides), { policy });
const view = viewOf();
const lowView = viewOf({ answers: allAnswers(), tier: 'low', route: aRoute('low') });

const begin = (v = view): ReviewDraft => {
  const draft = startReview(v, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  return draft;
};
const ASKS = { scale: ['much'] };
const WEIGHED: FormValues = {
  leverage: 'much',
  crucial: 'little',
  scale: 'much',
  scope: 'much',
  irremediability: 'little',
  ending: 'little',
};
const REASONS = 'The safeguards answer what was found.';

/** Fills page after page; every page but the last must be accepted. */
const fill = (v: typeof view, pages: readonly FormValues[], start = begin(v)): ReviewDraft =>
  pages.reduce<ReviewDraft>((draft, values, i) => {
    const read = readReviewPage(v, draft, i + 1, values);
    if (!read.ok) throw new Error(`page ${i + 1}: ${JSON.stringify(read.errors)}`);
    return read.draft;
  }, start);
const errorsOf = (v: typeof view, draft: ReviewDraft, page: number, values: FormValues): string[] => {
  const read = readReviewPage(v, draft, page, values);
  return read.ok ? [] : Object.keys(read.errors);
};

describe('the pages of a review', () => {
  it('are summary with flags, weighing, decision, confirmation; no weighing for a low tier', () => {
    expect(reviewPages(view, begin()).map((p) => p.kind)).toEqual(['summary', 'weighing', 'decision', 'confirmation']);
    expect(reviewPages(lowView, begin(lowView)).map((p) => p.kind)).toEqual(['summary', 'decision', 'confirmation']);
  });

  it('show at most ten flags each, heaviest first', () => {
    const flags = Array.from({ length: 21 }, (_, i) => aFlag(`F${i}`, { weight: i === 6 ? 'severe' : 'light' }));
    const many = aView(aDecidingDeal(), {
      policy: { ...policy, evaluate: (facts) => ({ ...policy.evaluate(facts), flags }) },
    });
    const pages = reviewPages(many, begin(many)).flatMap((p) => ('flags' in p ? [p.flags.map((f) => f.id)] : []));
    expect(pages.map((p) => p.length)).toEqual([10, 10, 1]);
    expect(pages[0]?.[0]).toBe('F6');
  });

  it('begin with the deal, the tier and why, what changed, what others decided, what was asked', () => {
    const full = viewOf({
      votes: [aVote('senior-1', 0, { rationale: 'I saw the contract.' })],
      lastVoided: {
        voters: ['senior-2'],
        at: NOW,
        differences: [{ what: 'answer', id: 'P1', before: 'No', after: 'Yes' }],
      },
      requests: [
        {
          id: 'a',
          step: 0,
          round: 1,
          by: 'senior-1',
          at: NOW,
          question: 'Who runs it?',
          answer: { by: 'rep-1', at: NOW, text: 'We do', sources: [] },
        },
      ],
    });
    const form = reviewForm(full, 0, begin(full), 1);
    const words = wordsOf(form);
    for (const part of [
      'Sample Ministry',
      'Tier: High',
      'Sample rule of the high tier',
      'Reported misuse',
      'clearance is not a licence',
      'I saw the contract.',
      'Was: No. Now: Yes.',
      'Who runs it?',
      'We do.',
      'Weighed, not counted',
      'Step 1 of 2: Compliance',
    ]) {
      expect(words).toContain(part);
    }
    expect(form.submit).toBe('Next');
    expect(readContext(reviewContext, form.context)).toEqual({
      deal: 'D-7K3QXM',
      step: 0,
      page: 1,
      factsHash: 'facts-1',
      against: begin(full).against ?? '',
      written: '',
    });
  });

  it('lead back from every page but the first, and from there straight to asking', () => {
    const leads = (page: number) =>
      reviewForm(view, 0, begin(), page).blocks.flatMap((b) =>
        b.kind === 'actions' ? b.actions.map((a) => `${a.label} ${a.value}`) : [],
      );
    expect(leads(1)).toEqual([
      'All evidence D-7K3QXM',
      'Ask for information D-7K3QXM/0/3/information',
      'Recuse myself D-7K3QXM',
    ]);
    expect(leads(2)).toEqual(['Back D-7K3QXM/0/1']);
    expect(leads(4)).toEqual(['Back D-7K3QXM/0/3', 'Recuse myself D-7K3QXM']);
  });

  it('ask on the last one, where it is signed, for a word that the voter has no stake', () => {
    const voting = { outcome: 'approve', rationale: 'The safeguards answer what was found.' };
    const lowDraft = { ...begin(lowView), values: voting };
    const asked = (draft: ReviewDraft, declares: boolean) =>
      reviewForm(lowView, 0, draft, 3, { declares }).blocks.some((b) => b.kind === 'input' && b.name === 'noStake');
    expect(asked(lowDraft, true)).toBe(true);
    expect(asked(lowDraft, false)).toBe(false);
    // A question decides nothing.
    expect(asked({ ...lowDraft, values: { outcome: 'information', question: 'Who?' } }, true)).toBe(false);

    const ticked = keepReviewPage(lowView, lowDraft, 3, { noStake: ['none'] });
    // What was shown and what is signed are the same.
    expect(sumOf(ticked)).toBe(sumOf(lowDraft));
    expect(ballotFrom(lowView, ticked, 'x', true)).toMatchObject({ kind: 'ballot', ballot: { noStake: true } });
    for (const values of [{ noStake: ['other'] }]) {
      expect(ballotFrom(lowView, keepReviewPage(lowView, lowDraft, 3, values), 'x', true)).toEqual({
        kind: 'incomplete',
        page: 3,
        errors: { noStake: expect.stringMatching(/recuse yourself/) },
      });
    }
    expect(ballotFrom(lowView, lowDraft, 'x')).not.toHaveProperty('ballot.noStake');
    const again = keepReviewPage(lowView, ticked, 3, {});
    expect(again.values).not.toHaveProperty('noStake');
    // It is a word about the parties that were there when it was given.
    const corrected = aView(
      { ...(lowView.deal as DecidingDeal), route: { ...aRoute('low'), factsHash: 'others' } },
      { policy },
    );
    const kept = startReview(corrected, 0, ticked)!;
    expect(kept.values).toEqual({ outcome: 'approve', rationale: voting.rationale });
    expect(startReview(lowView, 0, ticked)!.values).toEqual(ticked.values);
  });

  it('take what was written before asking was chosen for the question', () => {
    const draft = { ...begin(), values: { outcome: 'information', rationale: 'Who runs the servers?' } };
    const question = reviewForm(view, 0, draft, 3).blocks.find((b) => b.kind === 'input' && b.name === 'question');
    expect(question).toMatchObject({ control: { initial: 'Who runs the servers?' } });
  });

  it('all keep the rules', () => {
    const chosen = { 'f:H-RF1': 'uphold', outcome: 'approve-with-conditions', 'c:C5': ['yes'] };
    for (const values of [{}, chosen, { outcome: 'information' }]) {
      for (const page of [1, 2, 3, 4, 5, 99, -1]) {
        expect(brokenRules(reviewForm(view, 0, { ...begin(), values }, page))).toEqual([]);
      }
    }
  });

  it('are none where the step is over', () => {
    expect(reviewForm(view, 1, begin(), 1)).not.toHaveProperty('submit');
    expect(startReview(view, 1)).toBeUndefined();
    expect(startReview(aView(aDeal()), 0)).toBeUndefined();
  });
});

describe('flags', () => {
  it('have no preset', () => {
    expect(presets(reviewForm(view, 0, begin(), 1))).toEqual({});
  });

  it('are each upheld, or cleared with a reason', () => {
    expect(errorsOf(view, begin(), 1, {})).toEqual(['f:H-RF1']);
    expect(errorsOf(view, begin(), 1, { 'f:H-RF1': 'clear' })).toEqual(['r:H-RF1']);
    expect(errorsOf(view, begin(), 1, { 'f:H-RF1': 'clear', 'r:H-RF1': ' \u200b' })).toEqual(['r:H-RF1']);
    expect(errorsOf(view, begin(), 1, { 'f:H-RF1': 'ignore' })).toEqual(['f:H-RF1']);
    expect(errorsOf(view, begin(), 1, { 'f:H-RF1': 'uphold', 'r:H-RF1': 'x'.repeat(3001) })).toEqual(['r:H-RF1']);
    expect(errorsOf(view, begin(), 1, { 'f:H-RF1': 'uphold' })).toEqual([]);
  });

  it('that wait for compliance hold the last approval, which says so before anything is filled in', () => {
    const waits = 'Until that is settled, the last approval waits.';
    const raised = { id: 'own-1', by: 'product-1', at: NOW, title: 'I heard of cells', status: 'pending' } as const;
    const full = viewOf({ ownFlags: [{ ...raised, weight: 'light' }] });
    expect(wordsOf(reviewForm(full, 0, begin(full), 1))).toContain(waits);
    expect(wordsOf(reviewForm(view, 0, begin(), 1))).not.toContain(waits);
  });

  const three = viewOf({ answers: allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' }) });
  it('are upheld together in one press, or one by one', () => {
    expect(presets(reviewForm(three, 0, begin(three), 1))).toEqual({});
    expect(names(reviewForm(three, 0, begin(three), 1))).toEqual(['flags']);
    expect(errorsOf(three, begin(three), 1, {})).toEqual(['flags']);
    const all = fill(three, [{ flags: 'all' }]);
    expect(all.values).toEqual({ 'f:H-RF1': 'uphold', 'f:H-RF3': 'uphold' });
    expect(presets(reviewForm(three, 0, all, 1))).toEqual({ flags: 'all' });

    const each = keepReviewPage(three, begin(three), 1, { flags: 'each' });
    expect(presets(reviewForm(three, 0, each, 1))).toEqual({
      flags: 'each',
      'f:H-RF1': 'uphold',
      'f:H-RF3': 'uphold',
    });
    const one = { flags: 'each', 'f:H-RF1': 'uphold', 'f:H-RF3': 'clear' };
    expect(errorsOf(three, each, 1, one)).toEqual(['r:H-RF3']);
    const cleared = fill(three, [{ ...one, 'r:H-RF3': 'It ended last year' }]);
    expect(presets(reviewForm(three, 0, cleared, 1))).toMatchObject({ flags: 'each', 'f:H-RF3': 'clear' });
    // What was said of each before is no reason of what is upheld together.
    expect(keepReviewPage(three, cleared, 1, { flags: 'all' }).values).toEqual(all.values);
  });

  it('show what they rest on: answers, notes, sources, and who said so', () => {
    const words = wordsOf(reviewForm(three, 0, begin(three), 1));
    // Cited, and told whether the context weighs in it.
    expect(words).toContain('2 red flags (Guidance 2)');
    expect(words).toContain('{"strong":"Reported misuse"}," (severe here; red flag 1)."');
    expect(words).toContain('{"strong":"Conflict in the region"}," (moderate; red flag 3)."');
    expect(words).toContain('"Said by ",{"person":"rep-1"}');

    const { record, ...answers } = allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' });
    const source = { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' };
    const noted = { ...record!['H-RF1']!, by: 'product-1', note: 'Twice last year', sources: [source] };
    const told = viewOf({ answers: { ...answers, record: { ...record, 'H-RF1': noted } } });
    const more = wordsOf(reviewForm(told, 0, begin(told), 1));
    expect(more).toContain('" Note: “Twice last year.”"');
    expect(more).toContain('“Sample report, 2026” (reports.example.org)');
    expect(more).toMatch(/\(",\{"person":"product-1"\}.*\(",\{"person":"rep-1"\}/);
  });

  it('say why they matter and what the context made of them, where each is judged', () => {
    const each = keepReviewPage(three, begin(three), 1, { flags: 'each' });
    const words = wordsOf(reviewForm(three, 0, each, 1));
    expect(words).toContain(
      'This end-user is reported to have misused similar products. Made heavier: the product is custom.',
    );
    expect(words).toContain('Conflict makes misuse likelier.');
  });

  it('rest on a sheet as on a source', () => {
    const { record, ...answers } = allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' });
    const sheet = {
      id: 'country:NO',
      version: 2,
      by: 'counsel-1',
      at: '2027-02-01T09:00:00.000Z',
      until: '2028-02-01',
    };
    const taken = { ...record!['H-RF1']!, basis: { sheet } };
    const view = viewOf({ answers: { ...answers, record: { ...record, 'H-RF1': taken } } });
    expect(wordsOf(reviewForm(view, 0, begin(view), 1))).toContain('the country brief of 1 February 2027, version 2');
    expect(wordsOf(answersForm(view, 'record', 'compliance-1'))).toContain(
      'the country brief of 1 February 2027, version 2',
    );
  });

  it('can wait for information, and then nothing else can be decided', () => {
    const unsure = fill(view, [{ 'f:H-RF1': 'unsure' }]);
    expect(reviewPages(view, unsure).map((p) => p.kind)).toEqual(['summary', 'decision', 'confirmation']);
    expect(errorsOf(view, unsure, 2, { outcome: 'approve', rationale: REASONS })).toEqual(['outcome']);
    const asked = fill(view, [{ 'f:H-RF1': 'unsure' }, { outcome: 'information', question: 'Who reported it?' }]);
    expect(ballotFrom(view, asked, 'c')).toEqual({ kind: 'information', question: 'Who reported it?' });
  });
});

describe('the weighing page', () => {
  const sheet = { ...WEIGHED, safeguardsOffered: 'Audit logs' } as unknown as Weighing;
  const later = viewOf({ step: 1, votes: [aVote('compliance-1', 0, { weighing: sheet })] });
  const page = (values: ReviewDraft['values'] = {}) =>
    reviewForm(later, 1, { step: 1, factsHash: 'facts-1', changed: false, values }, 2);

  it('starts from what an earlier voter weighed, and says whose it is', () => {
    expect(presets(page())).toMatchObject({ ...WEIGHED, safeguardsOffered: 'Audit logs' });
    expect(wordsOf(page())).toContain('{"person":"compliance-1"}," weighed it like this: change');
    expect(presets(reviewForm(view, 0, begin(), 2))).toEqual({});
  });
  it('keeps what this voter chose and emptied', () => {
    const mine = { ...(WEIGHED as ReviewDraft['values']), leverage: 'little' };
    expect(presets(page(mine))).toEqual(mine);
    expect(wordsOf(page(mine))).not.toContain('weighed it like this');
  });
  it('is asked where a flag stands, and not where this voter clears them all', () => {
    const cleared = keepReviewPage(view, begin(), 1, { 'f:H-RF1': 'clear', 'r:H-RF1': 'Another company' });
    expect(reviewPages(view, cleared).map(({ kind }) => kind)).not.toContain('weighing');
    expect(reviewPages(viewOf({ answers: allAnswers() }), begin()).map(({ kind }) => kind)).not.toContain('weighing');
    const decided = keepReviewPage(view, cleared, 2, { outcome: 'approve', rationale: REASONS });
    expect(ballotFrom(view, decided, 'c')).toEqual({
      kind: 'ballot',
      ballot: {
        outcome: 'approve',
        conditions: [],
        rationale: REASONS,
        flags: { 'H-RF1': { opinion: 'clear', reason: 'Another company' } },
      },
    });
  });
  it('says that the graver the abuse, the sooner to act', () => {
    expect(JSON.stringify(inputOf(page(), 'crucial'))).toContain('The graver the abuse, the sooner to act');
  });
});

describe('the decision', () => {
  const upheld = fill(view, [{ 'f:H-RF1': 'uphold' }, WEIGHED]);
  const decide = (values: FormValues) => errorsOf(view, upheld, 3, values);

  it('wants every weighing, from the scales', () => {
    const draft = fill(view, [{ 'f:H-RF1': 'uphold' }]);
    expect(errorsOf(view, draft, 2, {}).sort()).toEqual(Object.keys(WEIGHED).sort());
    expect(errorsOf(view, draft, 2, { ...WEIGHED, scale: 'enormous' })).toEqual(['scale']);
  });

  it('wants an outcome and a sentence', () => {
    expect(decide({})).toEqual(['outcome', 'rationale']);
    expect(decide({ outcome: 'approve', rationale: 'Looks fine to me.' })).toEqual(['rationale']);
    expect(decide({ outcome: 'decline', rationale: REASONS })).toEqual([]);
    expect(decide({ outcome: 'information' })).toEqual(['question']);
  });

  it('suggests the safeguards of the flags that stand, with owner and date', () => {
    const values = { outcome: 'approve-with-conditions', rationale: REASONS };
    const draft = keepReviewPage(view, upheld, 3, values);
    expect(inputOf(reviewForm(view, 0, draft, 3), 'c:C5')).toMatchObject({ label: 'Right to end access' });
    const ticked = keepReviewPage(view, draft, 3, { ...values, 'c:C5': ['yes'] });
    expect(presets(reviewForm(view, 0, ticked, 3))).toMatchObject({
      'c:C5': ['yes'],
      'co:C5': 'rep-1',
      'cd:C5': '2027-04-11',
    });
    const cleared = fill(view, [
      { 'f:H-RF1': 'clear', 'r:H-RF1': 'Old report' },
      { ...values, cx: 'Report yearly' },
    ]);
    expect(names(reviewForm(view, 0, cleared, 2))).not.toContain('c:C5');
  });

  it('with conditions wants at least one, with a known owner and a date to come', () => {
    const values = { outcome: 'approve-with-conditions', rationale: REASONS };
    expect(decide(values)).toEqual(['outcome']);
    expect(decide({ ...values, 'c:C5': ['no'] })).toEqual(['outcome']);
    expect(decide({ ...values, 'c:C5': ['yes'], 'co:C5': 'stranger', 'cd:C5': '2027-03-11' })).toEqual([
      'co:C5',
      'cd:C5',
    ]);
    expect(decide({ ...values, cx: 'Report yearly', 'co:cx': 'product-1', 'cd:cx': '2027-03-12' })).toEqual([]);
  });

  const asking = aView(aDecidingDeal(), { policy: { ...policy, weighing: { ...policy.weighing, askWhy: ASKS } } });
  const WHY = 'The product only counts cars.';
  const plainly = { outcome: 'approve', rationale: REASONS };

  it('asks a plain approval over a severe flag and grave harm for a reason, at its own input', () => {
    const draft = fill(asking, [{ 'f:H-RF1': 'uphold' }, WEIGHED]);
    expect(names(reviewForm(asking, 0, keepReviewPage(asking, draft, 3, plainly), 3))).toContain('noCondition');
    expect(errorsOf(asking, draft, 3, plainly)).toEqual(['noCondition']);
    expect(errorsOf(asking, draft, 3, { ...plainly, noCondition: 'It is fine.' })).toEqual(['noCondition']);
    expect(errorsOf(asking, draft, 3, { ...plainly, outcome: 'decline' })).toEqual([]);
    const filled = keepReviewPage(asking, draft, 3, { ...plainly, noCondition: WHY });
    expect(ballotFrom(asking, filled, 'c')).toMatchObject({ ballot: { outcome: 'approve', noCondition: WHY } });
    expect(wordsOf(reviewForm(asking, 0, filled, 4))).toContain(WHY);
    const mild = fill(asking, [{ 'f:H-RF1': 'uphold' }, { ...WEIGHED, scale: 'little' }]);
    expect(errorsOf(asking, mild, 3, plainly)).toEqual([]);
    expect(errorsOf(view, upheld, 3, plainly)).toEqual([]);
    const kept = keepReviewPage(asking, mild, 3, { ...plainly, noCondition: WHY });
    expect(JSON.stringify(ballotFrom(asking, kept, 'c'))).not.toContain(WHY);
  });

  it('shows by name what is signed beside what: flags, weighing, other votes, conditions, gaps', () => {
    const full = aView(
      aDecidingDeal({
        answers: allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' }),
        votes: [
          aVote('compliance-2', 0, {
            outcome: 'approve-with-conditions',
            conditions: Array.from({ length: 25 }, (_, i) => ({
              id: `c${i}`,
              text: `Condition number ${i}`,
              owner: 'rep-1',
              due: '2027-06-01',
            })),
          }),
        ],
      }),
      {
        policy,
        // A vote of somebody outside the step's group would not count, and its conditions would wait to be taken over.
        organisation: anOrganisation({
          groups: anOrganisation().groups.map((g) =>
            g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2'] } : g,
          ),
        }),
      },
    );
    const flags = { 'f:H-RF1': 'uphold', 'f:H-RF3': 'clear', 'r:H-RF3': 'It ended last year' };
    const draft = fill(full, [flags, { ...WEIGHED, safeguardsOffered: 'Audit logs' }, plainly]);
    const gap = { value: 'unknown', by: 'compliance-2', at: full.now, reason: 'Nobody publishes on this.' };
    const question = {
      id: 'H2',
      text: 'Who watches the end-user?',
      citation: '',
      weighty: true,
      accepted: true,
      why: 'unknown' as const,
    };
    const accepted = {
      ...full,
      deal: { ...full.deal, gaps: { H2: gap } },
      assessment: { ...full.assessment, openQuestions: [question] },
    } as typeof full;
    const words = wordsOf(reviewForm(accepted, 0, draft, 4));
    if (accepted.deal.status !== 'deciding') throw new Error('not deciding');
    const who = { voter: 'compliance-1', absent: undefined };
    const signed = JSON.stringify(signedBlocks(accepted, accepted.deal, aVote('compliance-1', 0), who));
    for (const said of ['Gaps that compliance accepted', 'Who watches the end-user?']) expect(signed).toContain(said);
    for (const said of [
      '1 flag you uphold',
      '{"strong":"Severe"},": Reported misuse"',
      '1 flag you clear',
      '{"strong":"Moderate"},": Conflict in the region. It ended last year."',
      'how crucial: little; harm: much; reach: much',
      '{"strong":"Safeguards offered: "},"Audit logs."',
      '{"person":"compliance-2"},": approve with conditions"',
      'Condition number 0.',
      'Condition number 24.',
      'Gaps that compliance accepted',
      'Who watches the end-user?',
    ]) {
      expect(words).toContain(said);
    }
    const bare = wordsOf(reviewForm(view, 0, fill(view, [{ 'f:H-RF1': 'uphold' }, WEIGHED, plainly]), 4));
    for (const heading of ['you clear', 'Gaps', 'What others decided', 'Conditions so far']) {
      expect(bare).not.toContain(heading);
    }
  });

  it('names every flag, however many there are', () => {
    const flags = Array.from({ length: 35 }, (_, i) => aFlag(`F${i}`, { weight: 'severe', title: `Flag number ${i}` }));
    const many = aView(aDecidingDeal(), {
      policy: { ...policy, evaluate: (facts) => ({ ...policy.evaluate(facts), flags }) },
    });
    const values = Object.fromEntries(flags.map(({ id }) => [`f:${id}`, 'uphold']));
    const form = reviewForm(many, 0, { ...begin(many), values: { ...values, ...WEIGHED, ...plainly } }, 99);
    for (const { title } of flags) expect(wordsOf(form)).toContain(`${title}`);
    expect(brokenRules(form)).toEqual([]);
  });

  it('takes no date of a condition beyond 24 months, and suggests none', () => {
    const values = { outcome: 'approve-with-conditions', rationale: REASONS, 'c:C5': ['yes'] };
    expect(decide({ ...values, 'cd:C5': '2029-03-12' })).toEqual([]);
    expect(decide({ ...values, 'cd:C5': '2029-03-13' })).toEqual(['cd:C5']);
    expect(decide({ ...values, cx: 'Report yearly', 'cd:cx': '2099-01-01' })).toEqual(['cd:cx']);
    const slow = { ...policy, safeguards: { C5: { ...policy.safeguards['C5']!, dueInDays: 3650 } } };
    const late = aView(aDecidingDeal(), { policy: slow });
    const draft = keepReviewPage(late, fill(late, [{ 'f:H-RF1': 'uphold' }, WEIGHED]), 3, values);
    expect(presets(reviewForm(late, 0, draft, 3))['cd:C5']).toBe('2029-03-12');
    expect(ballotFrom(late, draft, 'c')).toMatchObject({ ballot: { conditions: [{ due: '2029-03-12' }] } });
  });

  it('is restated before it is signed', () => {
    const draft = fill(view, [
      { 'f:H-RF1': 'uphold' },
      WEIGHED,
      {
        outcome: 'approve-with-conditions',
        rationale: REASONS,
        'c:C5': ['yes'],
        'co:C5': 'product-1',
        'cd:C5': '2027-05-01',
      },
    ]);
    const form = reviewForm(view, 0, draft, 4);
    expect(form.submit).toBe('Sign: with conditions');
    for (const part of [
      'Sample Telecom',
      'Sample Ministry',
      'approve with conditions',
      'The contract lets us end access on misuse',
      'product-1',
      '1 May 2027',
      REASONS,
      'You sign this',
      'facts-1'.slice(0, 8),
      'not an export licence',
      '1 flag you uphold',
    ]) {
      expect(wordsOf(form)).toContain(part);
    }
    expect(readReviewPage(view, draft, 5, {})).toMatchObject({ ok: true, next: 'done' });
  });

  it('becomes a ballot', () => {
    const draft = fill(view, [
      { 'f:H-RF1': 'uphold' },
      { ...WEIGHED, safeguardsOffered: 'Audit logs' },
      {
        outcome: 'approve-with-conditions',
        rationale: REASONS,
        'c:C5': ['yes'],
        'cd:C5': '2027-05-01',
        cx: 'Report yearly',
      },
    ]);
    expect(ballotFrom(view, draft, 'cmd1')).toEqual({
      kind: 'ballot',
      ballot: {
        outcome: 'approve-with-conditions',
        flags: { 'H-RF1': { opinion: 'uphold' } },
        weighing: { ...WEIGHED, safeguardsOffered: 'Audit logs' },
        conditions: [
          {
            id: 'cmd1-C5',
            text: 'The contract lets us end access on misuse',
            safeguard: 'C5',
            owner: 'rep-1',
            due: '2027-05-01',
          },
          { id: 'cmd1-cx', text: 'Report yearly', owner: 'rep-1', due: '2027-04-11' },
        ],
        rationale: REASONS,
      },
    });
  });

  it('drops conditions when the outcome is another, but keeps what was typed', () => {
    const first = { outcome: 'approve-with-conditions', rationale: REASONS, 'c:C5': ['yes'], cx: 'Report yearly' };
    const draft = fill(view, [{ 'f:H-RF1': 'uphold' }, WEIGHED, first]);
    const changed = keepReviewPage(view, draft, 3, { outcome: 'approve', rationale: REASONS });
    expect(ballotFrom(view, changed, 'c')).toMatchObject({ ballot: { outcome: 'approve', conditions: [] } });
    expect(changed.values['cx']).toBe('Report yearly');
    const emptied = keepReviewPage(view, draft, 3, {
      outcome: 'approve-with-conditions',
      rationale: REASONS,
      'c:C5': ['yes'],
    });
    expect(emptied.values).not.toHaveProperty('cx');
  });
});

describe('nobody gets around a page', () => {
  it('writes only to the page it was on', () => {
    const read = readReviewPage(view, begin(), 1, { 'f:H-RF1': 'uphold', outcome: 'approve', factsHash: 'other' });
    expect(read).toMatchObject({ ok: true, draft: { factsHash: 'facts-1' } });
    expect(read.ok && read.draft.values).toEqual({ 'f:H-RF1': 'uphold' });
  });

  it('signs nothing that was skipped', () => {
    expect(ballotFrom(view, begin(), 'c')).toMatchObject({ kind: 'incomplete', page: 1 });
    const jumped = { ...begin(), values: { outcome: 'approve', rationale: REASONS, 'f:H-RF1': 'uphold' } };
    expect(ballotFrom(view, jumped, 'c')).toMatchObject({ kind: 'incomplete', page: 2 });
  });
});

describe('facts that change under a review', () => {
  it('keep what was typed, take the new facts, and say so', () => {
    const draft = fill(view, [{ 'f:H-RF1': 'uphold' }]);
    const now = viewOf({
      answers: allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' }),
      route: aRoute('high', { factsHash: 'facts-2' }),
    });
    const again = startReview(now, 0, draft);
    expect(again).toEqual({ ...draft, factsHash: 'facts-2', changed: true, news: ['facts'] });
    if (!again) return;
    expect(wordsOf(reviewForm(now, 0, again, 1))).toContain('The facts changed');
    // The flag that came since is not upheld with the one that was judged.
    expect(presets(reviewForm(now, 0, again, 1))).toEqual({});
    const each = { ...again, values: { ...again.values, flags: 'each' } };
    expect(presets(reviewForm(now, 0, each, 1))).toEqual({ flags: 'each', 'f:H-RF1': 'uphold' });
    expect(errorsOf(now, again, 1, { 'f:H-RF1': 'uphold' })).toEqual(['f:H-RF3']);
  });
});

describe('for whatever approvers type', () => {
  it('the draft survives storage, and a filled page shows what was typed', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 25, maxLength: 80 })
      .filter((t) => /[\p{L}\p{N}]/u.test(t) && t.trim().length >= 20)
      // Letters between signs are no words, and no reason.
      .map((t) => `Seen: ${t}`);
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom('approve', 'decline', 'approve-with-conditions'),
        (reason, rationale, outcome) => {
          const draft = fill(view, [
            { 'f:H-RF1': 'uphold', 'r:H-RF1': reason },
            WEIGHED,
            { outcome, rationale, ...(outcome === 'approve-with-conditions' ? { cx: reason } : {}) },
          ]);
          expect(reviewDraftSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
          expect(presets(reviewForm(view, 0, draft, 1))).toEqual({ 'f:H-RF1': 'uphold', 'r:H-RF1': reason });
          expect(presets(reviewForm(view, 0, draft, 3))).toMatchObject({ outcome, rationale });
          expect(ballotFrom(view, draft, 'c')).toMatchObject({ kind: 'ballot', ballot: { outcome } });
        },
      ),
    );
  });

  it('going through the forms as shown reads the same as typed', () => {
    const draft = fill(view, [
      { 'f:H-RF1': 'uphold' },
      WEIGHED,
      { outcome: 'approve-with-conditions', rationale: REASONS, 'c:C5': ['yes'] },
    ]);
    let walked = begin();
    for (const [i] of reviewPages(view, draft).entries()) {
      const read = readReviewPage(view, walked, i + 1, presets(reviewForm(view, 0, draft, i + 1)));
      if (!read.ok) throw new Error(JSON.stringify(read.errors));
      walked = read.draft;
    }
    expect(ballotFrom(view, walked, 'c')).toEqual(ballotFrom(view, draft, 'c'));
    expect(inputsOf(reviewForm(view, 0, draft, 4))).toEqual([]);
  });
});

describe('what changed since the review was begun', () => {
  const said = (draft: ReviewDraft): string => wordsOf(reviewForm(view, 0, draft, 1));
  it('is said as it is: the facts, what speaks against the deal, or what is written elsewhere', () => {
    const draft = { ...begin(), changed: true };
    expect(said({ ...draft, news: ['facts'] })).toContain('The facts changed since you began. ');
    const words = said({ ...draft, news: ['words'] });
    expect(words).toContain(
      'More is written here, or in deals with this end-user, or a hold is planned since you began. ',
    );
    expect(words).not.toContain('facts changed');
    expect(said({ ...draft, news: ['against'] })).toContain('What speaks against this deal changed since you began. ');
    expect(said({ ...draft, news: ['facts', 'words'] })).toMatch(
      /The facts changed since.*More is written here, or in deals/u,
    );
    // One that was kept before it was noted.
    expect(said(draft)).toContain('The facts changed since you began. ');
  });

  it('is noted by what is different, and kept with the draft', () => {
    const other = viewOf({ recused: [{ by: 'compliance-2', at: NOW, reason: 'My brother works there.' }] as never });
    const again = startReview(other, 0, begin());
    expect(again).toMatchObject({ changed: true, news: ['against'] });
    const facts = viewOf({ route: aRoute('high', { factsHash: 'facts-2' }) });
    expect(startReview(facts, 0, again)).toMatchObject({ news: ['against', 'facts'] });
    expect(begin()).not.toHaveProperty('news');
    expect(reviewDraftSchema.parse(JSON.parse(JSON.stringify(again)))).toEqual(again);
  });
});

describe('the fullest first page', () => {
  const flags = Array.from({ length: 10 }, (_, i) =>
    aFlag(`F${i}`, { weight: 'severe', title: `Flag number ${i}`, because: ['H-RF1'] }),
  );
  const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  const at = '2027-03-01T09:00:00.000Z';
  const conditions = many(25, (i) => ({
    id: `c${i}`,
    text: `Condition number ${i}`,
    owner: 'rep-1',
    due: '2027-05-01',
  }));
  const deal = aDecidingDeal({
    details: {
      ...aDeal().details,
      intermediaries: many(200, (i) => ({ name: `Sample reseller number ${i}`, role: 'reseller' })),
    },
    votes: many(20, (i) => aVote(`person-${i}`, 0, { conditions })),
    requests: many(30, (i) => ({
      step: 0,
      round: 1,
      id: `ask-${i}`,
      by: 'compliance-1',
      at,
      question: `Question ${i}?`,
    })),
    ownFlags: many(30, (i) => ({
      id: `own-${i}`,
      by: 'product-1',
      at,
      title: `Raised ${i}`,
      weight: 'light' as const,
      status: 'pending' as const,
    })),
    lastVoided: {
      at,
      differences: many(40, (i) => ({ what: 'answer' as const, id: `Q${i}`, before: 'No', after: 'Yes' })),
    } as never,
  });
  const hold = (i: number) => ({
    id: `hold-${i}`,
    on: { of: 'deal' as const, deal: deal.id },
    stop: ['support' as const],
    because: 'breach' as const,
    reason: 'So that it stops.',
    review: '2027-09-01',
    by: 'compliance-1',
    at,
  });
  const alert = (i: number) => ({
    id: `alert-${i}`,
    country: deal.details.destination,
    why: `Why ${i}`,
    on: '2027-02-01',
    by: 'compliance-1',
    at,
  });
  const full = aView(deal, {
    policy: { ...policy, evaluate: (facts) => ({ ...policy.evaluate(facts), flags }) },
    organisation: anOrganisation({ holds: many(5, hold) as never, alerts: many(5, alert) as never }),
  });
  const written = {
    words: many(30, (i) => ({
      deal: `D-${i}`,
      of: 'note' as const,
      text: `Words ${i}`,
      by: 'rep-1',
      at,
      gone: false,
      grave: true,
    })),
    unnamed: many(12, (i) => ({
      deal: `D-X${i}`,
      of: 'note' as const,
      text: `Hidden ${i}`,
      by: 'rep-1',
      at,
      gone: false,
      grave: true,
    })),
    hidden: 12,
    left: 3,
    beside: many(30, (i) => ({ of: 'note' as const, text: `Beside ${i}`, by: 'rep-1', at, gone: false, grave: false })),
    late: true as const,
  };
  const precedents = many(3, (i) => ({
    id: `D-P${i}`,
    details: deal.details,
    outcome: 'approved' as const,
    at,
    tier: 'high' as const,
    similarity: { score: 3, country: true, endUser: true, named: true, flags: [] },
    conditions,
    dissent: [],
    suspended: false,
  }));

  it('with every flag judged by itself fits Slack, and says where is what it leaves out', () => {
    const draft = { ...begin(full), changed: true, values: { flags: 'each' } };
    const form = reviewForm(full, 0, draft, 1, {
      written: written as never,
      beside: { similar: precedents as never, parts: { shown: [], more: 0 } },
      absent: 'compliance-1',
      thread: 'https://example.org/',
    });
    const blocks = slackView(form, () => undefined).blocks;
    expect(blocks.length).toBeLessThanOrEqual(100);
    expect(names(form).filter((name) => name.startsWith('f:'))).toHaveLength(10);
    const words = wordsOf(form);
    expect(words).toContain('200 intermediaries: “Why?” on the deal’s card shows them.');
    expect(words).toContain('Condition number 0');
    // A page with room leaves nothing out.
    expect(wordsOf(reviewForm(view, 0, begin(), 1))).not.toContain('on the deal’s card shows them');
  });
});
