/** The risk picture wherever a tier is shown: the deal's cell, the way to it, what is not known, what would lower it. */

import { describe, expect, it, vi } from 'vitest';
import type { Block, Card, Form } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { sectionCard } from '../../../blocks/cards/section.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import { fallbackText } from '../../../blocks/fallback.ts';
import { startReview } from '../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { slackMessage } from '../../../blocks/slack/slack.ts';
import { teamsCard } from '../../../blocks/teams/teams.ts';
import { tierShown } from '../../../flows/deal/context/tier.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { best, defaultPolicy, worst } from '../../flows/policy/deals.ts';
import { NOW, aDeal, aDecidingDeal, answered, aView } from '../../support/deal-builders.ts';
import { answeringView, bestBut, decidingView, withFacts } from '../../support/picture-deals.ts';
import { plain } from './plain.ts';

const words = ({ blocks }: Card | Form): string =>
  plain({ blocks: blocks.flatMap((block): Block[] => (block.kind === 'input' ? [] : [block])) });
const tierCard = (view: DealView): Card => factCard(view, { fact: 'routed' }, {}, { to: 'thread' });
const review = (view: DealView): Form => reviewForm(view, 0, startReview(view, 0)!, 1);
const unescaped = (page: string): string => page.replace(/\\([!-/:-@[-`{-~])/gu, '$1').replaceAll('**', '');
const pageOf = (view: DealView): string => unescaped(markdownOf(dossier(view, { commits: [] })));

/** A product that collects data, and two heavy flags of the country. */
const serious = decidingView(bestBut({ P1: 'yes', 'L-RF1': 'yes', 'L-RF4-arbitrary': 'yes' }));
/** Known: elevated. Open: high. */
const gaps = decidingView(bestBut({ P1: 'yes', 'H3-targeted': 'unknown', L1: 'unknown', H1: 'unknown' }));
const allUnknown = decidingView((q) => (q.kind === 'yes-no' && q.id !== 'G1-capability' ? 'unknown' : bestBut({})(q)));

const TABLE = [
  'From left to right: Nothing against it, Concerns, Serious concerns, Misuse by this end-user.',
  '- Nothing on people: low, low, elevated, elevated',
  '- Could be used on people: low, elevated, elevated, high',
  '- Collects data on people: low, elevated, high (this deal), high',
  '- Analyses people, or rare: elevated, elevated, high, high',
];

describe('the table', () => {
  it('stands on “Why?” with the cell of the deal marked, and says once that it is ours', () => {
    const text = words(whyForm(serious));
    for (const line of TABLE) expect(text).toContain(line);
    expect(text.match(/this deal\)/g)).toHaveLength(1);
    expect(text.match(/The table and its rules are house rules\./g)).toHaveLength(1);
    expect(words(review(serious)).match(/House rule: the table \(“Why\?”\)\./g)).toHaveLength(1);
  });

  it('says the place in a sentence, also where a chat draws no blocks', () => {
    const said =
      'What it can do: Collects data on people; who would use it and where: Serious concerns; where they meet: high.';
    expect(words(tierCard(serious))).toContain(said);
    const people = (): undefined => undefined;
    expect(fallbackText(tierCard(serious), people)).toContain(said);
    expect(slackMessage(tierCard(serious), people).text).toContain(said);
    expect(JSON.stringify(teamsCard(tierCard(serious), { names: people, people: [] }))).toContain(said);
  });

  it.each([
    ['Why?', words(whyForm(serious))],
    ['review', words(review(serious))],
    ['dossier', pageOf(serious)],
  ])('has a sentence for each step in %s', (_, text) => {
    const { steps } = serious.assessment.placed!;
    expect(steps.length).toBeGreaterThan(2);
    for (const step of steps) expect(text.split(step.text)).toHaveLength(2);
  });

  it('says so where a rule raises the tier of the cell', () => {
    const raised = decidingView(bestBut({ P1: 'yes' }));
    expect(raised.assessment).toMatchObject({ tier: 'elevated', placed: { cell: 'low' } });
    expect(words(tierCard(raised))).toContain('where they meet: low. A rule makes it elevated.');
    expect(words(whyForm(raised))).toMatch(/- Where the two meet in the table: low\.\n- Elevated: a security service/);
  });

  it('names nothing by an id of the policy', () => {
    const ids = defaultPolicy.sections.flatMap((s) => s.questions).map(({ id }) => id);
    const rules = ['risk-picture', 'we-would-contribute', 'surveillance-for-security', 'collects-serious', 'no-people'];
    for (const view of [serious, gaps, allUnknown]) {
      for (const card of [rootCard(view), tierCard(view), reviewCard(view, 0), whyForm(view), review(view)]) {
        const found = words(card).match(/[A-Za-z0-9][A-Za-z0-9-]*/g) ?? [];
        expect(found.filter((word) => ids.includes(word) || rules.includes(word))).toEqual([]);
      }
    }
  });

  it('is not there for a policy without one, nor out of scope', () => {
    for (const text of [words(whyForm(aView(aDecidingDeal()))), pageOf(aView(aDecidingDeal()))]) {
      expect(text).not.toContain('The table and its rules');
      expect(text).not.toContain('Risk picture');
    }
    const out = aView(aDeal({ answers: { scope: answered({ 'G1-capability': 'no' }) } }), { policy: defaultPolicy });
    expect(words(whyForm(out))).toContain('Out of scope');
    expect(words(whyForm(out))).not.toContain('The table and its rules');
  });

  it('says of flags what is true of it: its rules do count heavy ones', () => {
    for (const form of [whyForm(serious), review(serious)]) {
      expect(words(form)).toContain('A flag is no verdict');
      expect(words(form)).not.toContain('Weighed, not counted');
    }
  });

  it('stands in the dossier as a table', () => {
    const page = pageOf(serious);
    expect(page).toContain('| What it can do | Nothing against it | Concerns |');
    expect(page).toContain('| Collects data on people | low | elevated | high (this deal) | high |');
    expect(page).toContain('The table and its rules are house rules.');
  });
});

describe('a tier for now', () => {
  it('names the few answers that would lower it, on the tier card and the root card', () => {
    expect(gaps.assessment).toMatchObject({ tier: 'high', placed: { known: 'elevated' } });
    const said = 'High for now: 3 things are not known. This one would lower it: “Has the end-user targeted people';
    expect(words(tierCard(gaps))).toContain(said);
    expect(words(rootCard(gaps))).toContain(said);
    for (const text of [words(whyForm(gaps)), words(review(gaps))]) {
      expect(text).toContain('This one would lower it: “Has the end-user targeted people');
    }
  });

  it('names at most three, and counts the rest', () => {
    const { ids } = defaultPolicy.wouldLower(allUnknown.facts);
    const text = words(rootCard(allUnknown));
    const said = /These (\d+) would lower it: (.*)\./.exec(text);
    expect(said?.[1]).toBe('5');
    expect(said?.[2]).toMatch(/^“[^”]+”, “[^”]+”, “[^”]+” and 2 more$/);
    for (const id of ids) expect(text).not.toContain(` ${id} `);
  });

  it('says that fewer may do where the search was cut off', () => {
    const policy = withFacts();
    const wouldLower = () => ({ ids: ['H3-targeted', 'P1'], fewest: false });
    const facts = bestBut({ P1: 'unknown', 'H3-targeted': 'unknown' });
    expect(words(rootCard(decidingView(facts, { ...policy, wouldLower })))).toMatch(
      /These 2 would lower it: “[^”]+” and “[^”]+”\. Fewer may do\./,
    );
    expect(words(rootCard(decidingView(facts, policy)))).not.toContain('Fewer');
  });

  it('does not pass what is only not known off as found', () => {
    expect(words(whyForm(gaps))).toContain('high (this deal, for now)');
    expect(words(review(gaps))).toContain('High for now: 3 things are not known.');
    for (const text of [words(tierCard(gaps)), words(whyForm(gaps)), words(review(gaps))]) {
      expect(text).not.toContain('serious warning signs');
    }
    expect(words(tierCard(gaps))).toContain('What is not known counts as its worse answer.');
    expect(words(reviewCard(gaps, 0))).toContain('Tier: High: for now, because 3 things are not known');
  });

  it('is not said where what is known is as grave, nor once the deal is decided', () => {
    expect(words(rootCard(serious))).not.toContain('for now');
    const { deal, ...rest } = gaps;
    const decision = { outcome: 'approved', tier: 'high', conditions: [], votes: [], at: gaps.now } as const;
    const decided = { ...deal, status: 'decided', decision, progress: {} } as unknown as DealView['deal'];
    expect(words(whyForm({ ...rest, deal: decided }))).not.toContain('would lower it');
  });

  it('is looked for once for one set of facts, and never for a status line', () => {
    const policy = withFacts();
    const wouldLower = vi.fn(policy.wouldLower);
    const view = decidingView(bestBut({ P1: 'yes', 'H3-targeted': 'unknown' }), { ...policy, wouldLower });
    statusCard(view);
    reviewCard(view, 0);
    expect(wouldLower).not.toHaveBeenCalled();
    rootCard(view);
    rootCard(view);
    tierCard(view);
    expect(wouldLower).toHaveBeenCalledTimes(1);
  });
});

describe('before every section is answered', () => {
  const half = answeringView(bestBut({ P1: 'yes', P2: 'yes', 'P-RF1': 'yes' }), 2);

  it('shows flags and what was said, and no tier', () => {
    expect(half.assessment.tier).not.toBeNull();
    expect(tierShown(half)).toBeUndefined();
    const root = words(rootCard(half));
    expect(root).toMatch(/1 red flag \(moderate\) · 2 of \d sections\./);
    const why = words(whyForm(half));
    expect(why).toContain('No tier yet');
    expect(why).toContain('A product like this has been misused');
    for (const text of [root, why, words(sectionCard(half, 'product')), pageOf(half)]) {
      expect(text).not.toMatch(
        /[Ee]stimated|Tier: (?:low|elevated|high|prohibited)|would lower|the table and its rules|for now/i,
      );
    }
    expect(why).not.toMatch(/What it can do: |each counts as its worse answer/);
  });

  it.each([1, 2, 3, 4, 5])('has no tier after %i of its sections, however bad or good they are', (sections) => {
    for (const choose of [best, worst, (): string => 'unknown']) {
      const view = answeringView((q) => (q.section === 'scope' ? best(q) : choose(q)), sections);
      expect(view.assessment.scope).toBe('in');
      for (const card of [rootCard(view), statusCard(view), whyForm(view)]) {
        expect(words(card)).not.toMatch(/[Ee]stimated|Tier: |would lower|this deal\)/);
      }
    }
  });

  it('keeps the estimate of a policy without a risk picture', () => {
    const old = aView(aDeal({ answers: { scope: answered({ G1: 'yes' }) } }));
    expect(words(rootCard(old))).toContain('Estimated tier: low');
  });
});

describe('the root card', () => {
  it('counts red flags beside open questions', () => {
    const view = decidingView(bestBut({ P1: 'yes', 'L-RF1': 'yes', 'L-RF4-arbitrary': 'yes', L1: 'unknown' }));
    expect(words(rootCard(view))).toContain('Tier: high · 2 red flags (2 heavy) · 1 open question.');
  });
});

describe('harm of our own', () => {
  const flagged = { P1: 'yes', 'L-RF1': 'yes' };
  it.each([
    ['contribute', 'We would contribute to the harm ourselves (answered by'],
    ['cause', 'We would cause the harm ourselves (answered by'],
  ])('"%s" is named on the tier card, in the review, in Why? and in the dossier', (value, said) => {
    const view = decidingView(bestBut({ ...flagged, G10: value }));
    for (const card of [tierCard(view), reviewCard(view, 0), review(view), whyForm(view)]) {
      expect(words(card)).toContain(`${said} @rep-1).`);
    }
    expect(pageOf(view)).toContain(`${said} Sample Rep)`);
  });

  it('is not named where we are linked by the sale, or nobody knows, or it is not asked', () => {
    for (const view of [
      decidingView(bestBut(flagged)),
      decidingView(bestBut({ ...flagged, G10: 'unknown' })),
      decidingView(bestBut({})),
    ]) {
      for (const card of [tierCard(view), review(view), whyForm(view)])
        expect(words(card)).not.toContain('ourselves (');
    }
  });
});

describe('open questions', () => {
  it('say why they are open', () => {
    const based = Object.fromEntries(
      defaultPolicy.sections.flatMap((s) => s.questions).map(({ id }) => [id, id === 'H5-legitimate' ? 0 : 2]),
    );
    const view = decidingView(
      bestBut({ P1: 'yes', 'H3-targeted': 'unknown', 'H-RF1': 'not-applicable', L1: 'no' }),
      withFacts({ based }),
    );
    const reasons: Record<string, string> = {
      'H3-targeted': 'not known',
      'H-RF1': 'said not to apply',
      L1: 'answered “no”',
      'H5-legitimate': 'the answer stands on nothing',
    };
    for (const text of [words(whyForm(view)), words(review(view))]) {
      for (const [id, why] of Object.entries(reasons)) {
        expect(text).toContain(`- ${defaultPolicy.question(id)!.text} — ${why} (weighty)`);
      }
    }
    const page = pageOf(view);
    for (const [id, why] of Object.entries(reasons)) {
      const { text, citation } = defaultPolicy.question(id)!;
      expect(page).toContain(`Open question: ${text} (${citation}): ${why}`);
    }
    expect(words(sectionCard(view, 'laws'))).toContain('Answered “no”.');
  });

  it('says of one publisher that more are needed', () => {
    const based = Object.fromEntries(defaultPolicy.sections.flatMap((s) => s.questions).map(({ id }) => [id, 1]));
    const view = decidingView(bestBut({ P1: 'yes', 'L-RF1': 'yes', 'L-RF4-arbitrary': 'yes' }), withFacts({ based }));
    expect(words(whyForm(view))).toContain(`- ${defaultPolicy.question('H1')!.text} — one source only (weighty)`);
  });

  it('stand apart once compliance accepted them, with who did and why', () => {
    const made = decidingView(bestBut({ P1: 'yes', H1: 'unknown', L1: 'unknown' }), withFacts({ accepted: ['H1'] }));
    const gap = { by: 'compliance-1', at: NOW, reason: 'Nobody publishes on it', value: 'unknown' };
    const view = { ...made, deal: { ...made.deal, gaps: { H1: gap } } };
    const H1 = defaultPolicy.question('H1')!.text;
    for (const form of [whyForm(view), review(view)]) {
      const text = words(form);
      const [open, accepted] = text
        .slice(text.search(/## (Open questions|1 open question)/u))
        .split('## Not known, and accepted by compliance');
      expect(open).toContain(defaultPolicy.question('L1')!.text);
      expect(open).not.toContain(H1);
      expect(accepted).toContain(`${H1} Nobody publishes on it.`);
      expect(accepted).toContain('@compliance-1');
    }
    expect(words(tierCard(view))).toContain(`${H1} Nobody publishes on it.`);
    expect(words(rootCard(view))).toContain('1 open question · 1 gap accepted by compliance.');
    expect(pageOf(view)).toContain(`Not known: ${H1}`);
  });
});
