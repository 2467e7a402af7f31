/** The conditions of discarded votes in a review: on pages of their own, taken over or left out with a reason. */

import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { reviewPages, startReview, type ReviewDraft } from '../../../blocks/forms/review-draft.ts';
import { ballotFrom, keepReviewPage, readReviewPage } from '../../../blocks/forms/review-read.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { decide } from '../../../flows/deal/decide.ts';
import type { DecidingDeal } from '../../../flows/deal/state.ts';
import { aDecidingDeal, allAnswers, anOrganisation, aRoute, aView, aVote, NOW } from '../../support/deal-builders.ts';
import { CONTEXT } from '../../support/story.ts';
import { brokenRules, inputOf, names, presets, wordsOf } from './support.ts';

const LIMIT = { id: 'limit', text: 'Limit use', owner: 'product-1', due: '2027-06-01' };
const RIGHT = {
  id: 'right',
  text: 'The contract lets us end access on misuse',
  safeguard: 'C5',
  owner: 'gone-1',
  due: '2027-03-01',
};
const discarded = aVote('senior-2', 0, {
  outcome: 'approve-with-conditions',
  rationale: 'Only with limits in the contract.',
  conditions: [LIMIT, RIGHT],
});
const REASONS = 'The safeguards answer what was found.';

const lowView = (more: Partial<DecidingDeal> = {}) =>
  aView(aDecidingDeal({ answers: allAnswers(), tier: 'low', route: aRoute('low'), carried: [discarded], ...more }));
const view = lowView();
const begin = (v = view): ReviewDraft => {
  const draft = startReview(v, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  return draft;
};
const fill = (pages: readonly FormValues[], v = view): ReviewDraft =>
  pages.reduce<ReviewDraft>((draft, values, i) => {
    const read = readReviewPage(v, draft, i + 1, values);
    if (!read.ok) throw new Error(`page ${i + 1}: ${JSON.stringify(read.errors)}`);
    return read.draft;
  }, begin(v));
const errorsOf = (draft: ReviewDraft, page: number, values: FormValues): string[] => {
  const read = readReviewPage(view, draft, page, values);
  return read.ok ? [] : Object.keys(read.errors);
};
const BOTH = { 'v:limit': 'take', 'v:right': 'take' };
const ONE = { 'v:limit': 'take', 'v:right': 'leave', 'vr:right': 'The law gives us that right.' };
const NONE = {
  'v:limit': 'leave',
  'vr:limit': 'It is a sensor.',
  'v:right': 'leave',
  'vr:right': 'The contract has it.',
};

/** Reassessed, under a policy that asks about conditions of the approval before. */
const again = (votes: DecidingDeal['votes'] = []) => {
  const asked = aVote('senior-2', 0, { outcome: 'approve-with-conditions', conditions: [LIMIT] });
  const at = '2027-03-01T09:00:00.000Z';
  const { rule, route } = aDecidingDeal({ tier: 'low', route: aRoute('low') });
  const decision = { outcome: 'approved with conditions' as const, votes: [asked], conditions: [LIMIT], at };
  const deal = aDecidingDeal({ answers: allAnswers(), tier: 'low', route, votes });
  const { details, answers, ownFlags, requests } = deal;
  const basis = { details, answers, ownFlags, requests };
  const standing = { rule, route, decision: { ...decision, tier: 'low' as const }, basis, since: NOW, covers: [] };
  return aView({ ...deal, standing }, { policy: { ...aView().policy, lighter: 'reason' } });
};

describe('conditions of the approval under reassessment', () => {
  it('are on that page, with the approval and who asked for them, and not offered twice', () => {
    const v = again();
    const page = wordsOf(reviewForm(v, 0, begin(v), 2));
    expect(page).toContain('Still open from the approval of 1 March 2027. Take each condition over');
    expect(page).toMatch(
      /Asked for by .*senior-2.* of .*product-1.* in the approval of 1 March 2027.*, by 1 June 2027\./,
    );
    expect(page).not.toContain('no longer count');
    expect(wordsOf(reviewForm(v, 0, begin(v), 1))).toContain('Asked for before, and you take over or leave out');
    const taking = { outcome: 'approve-with-conditions' };
    expect(names(reviewForm(v, 0, { ...begin(v), values: taking }, 3))).not.toContain('k:limit');
    const plain = readReviewPage(v, { ...begin(v), values: { 'v:limit': 'take' } }, 3, {
      outcome: 'approve',
      rationale: REASONS,
    });
    expect(plain).toMatchObject({ ok: false, errors: { outcome: expect.stringMatching(/You take over 1 condition/) } });
    for (const number of [1, 2, 3, 4]) expect(brokenRules(reviewForm(v, 0, begin(v), number))).toEqual([]);
  });
  it('are one sentence with those of votes that no longer count', () => {
    const v = again();
    const carried = { ...v.deal, carried: [{ ...discarded, conditions: [RIGHT] }] } as DecidingDeal;
    const both = aView(carried, { policy: v.policy });
    expect(wordsOf(reviewForm(both, 0, begin(both), 2))).toContain(
      'Asked for in votes that no longer count, or still open from the approval of 1 March 2027. Take',
    );
  });
  it('are read as taken over or left out, and restated once', () => {
    const v = again();
    const left = fill(
      [{}, { 'v:limit': 'leave', 'vr:limit': 'It is a sensor.' }, { outcome: 'approve', rationale: REASONS }],
      v,
    );
    expect(ballotFrom(v, left, 'x')).toMatchObject({
      ballot: { leftOut: [{ condition: LIMIT, askedBy: 'senior-2', reason: 'It is a sensor.' }] },
    });
    const last = wordsOf(reviewForm(v, 0, left, 4));
    expect(last).toContain('Because: “It is a sensor.”');
    expect(last).not.toContain('taken over by nobody yet');
    const taken = fill([{}, { 'v:limit': 'take' }, { outcome: 'approve-with-conditions', rationale: REASONS }], v);
    expect(ballotFrom(v, taken, 'x')).toMatchObject({ ballot: { conditions: [LIMIT] } });
  });
  it('are shown to later voters: one that was taken over is kept, one that was left out can still be taken over', () => {
    const by = (more: Parameters<typeof aVote>[2]) => again([aVote('compliance-1', 0, more)]);
    const decision = { outcome: 'approve-with-conditions' };
    const kept = by({ outcome: 'approve-with-conditions', conditions: [LIMIT] });
    expect(reviewPages(kept, begin(kept)).map((p) => p.kind)).not.toContain('carried');
    expect(wordsOf(reviewForm(kept, 0, begin(kept), 1))).toContain('Conditions so far');
    expect(names(reviewForm(kept, 0, { ...begin(kept), values: decision }, 2))).not.toContain('k:limit');
    const gone = by({ leftOut: [{ condition: LIMIT, askedBy: 'senior-2', reason: 'It is a sensor.' }] });
    expect(wordsOf(reviewForm(gone, 0, begin(gone), 1))).toContain('Left out so far');
    expect(names(reviewForm(gone, 0, { ...begin(gone), values: decision }, 2))).toContain('k:limit');
  });
});

describe('conditions of votes that no longer count', () => {
  it('have a page before the decision, and none where nothing is carried', () => {
    expect(reviewPages(view, begin()).map((p) => p.kind)).toEqual(['summary', 'carried', 'decision', 'confirmation']);
    const none = lowView({ carried: undefined });
    expect(reviewPages(none, begin(none)).map((p) => p.kind)).toEqual(['summary', 'decision', 'confirmation']);
    for (const page of [1, 2, 3, 4]) expect(brokenRules(reviewForm(view, 0, fill([{}, ONE]), page))).toEqual([]);
  });

  it('are shown with who asked and why, and a decline with its reasons', () => {
    const declined = aVote('senior-1', 0, { outcome: 'decline', rationale: 'The end-user is not known.' });
    const both = lowView({ carried: [discarded, declined] });
    const first = wordsOf(reviewForm(both, 0, begin(both), 1));
    for (const part of [
      'Votes that no longer count',
      'senior-2',
      'approve with conditions',
      'Only with limits in the contract.',
      'decline',
      'The end-user is not known.',
      'Asked for before, and you take over or leave out',
      'Limit use. Owner:',
    ]) {
      expect(first).toContain(part);
    }
  });

  it('are preselected with their owner and date, or ones that still can be', () => {
    expect(presets(reviewForm(view, 0, begin(), 2))).toEqual({
      'v:limit': 'take',
      'co:v:limit': 'product-1',
      'cd:v:limit': '2027-06-01',
      'v:right': 'take',
      'co:v:right': 'rep-1',
      'cd:v:right': '2027-04-11',
    });
  });

  it('are left out with a reason only', () => {
    const left = keepReviewPage(view, begin(), 2, { ...BOTH, 'v:limit': 'leave' });
    expect(names(reviewForm(view, 0, left, 2))).toEqual(['v:limit', 'vr:limit', 'v:right', 'co:v:right', 'cd:v:right']);
    expect(errorsOf(begin(), 2, { ...NONE, 'vr:limit': ' ' })).toEqual(['vr:limit']);
    expect(errorsOf(begin(), 2, {})).toEqual(['v:limit', 'v:right']);
    expect(errorsOf(begin(), 2, { ...BOTH, 'co:v:limit': 'stranger', 'cd:v:limit': '2020-01-01' })).toEqual([
      'co:v:limit',
      'cd:v:limit',
    ]);
    expect(errorsOf(begin(), 2, NONE)).toEqual([]);
    const emptied = keepReviewPage(view, fill([{}, NONE]), 2, { ...BOTH, 'v:limit': 'leave' });
    expect(emptied.values).not.toHaveProperty('vr:limit');
  });

  it('are taken over later, or by somebody else, with a reason only', () => {
    for (const change of [{ 'cd:v:limit': '2027-06-02' }, { 'co:v:limit': 'rep-1' }]) {
      const changed = { ...BOTH, ...change };
      const kept = keepReviewPage(view, begin(), 2, changed);
      expect(names(reviewForm(view, 0, kept, 2))).toEqual([
        'v:limit',
        'co:v:limit',
        'cd:v:limit',
        'vr:limit',
        'v:right',
        'co:v:right',
        'cd:v:right',
      ]);
      expect(errorsOf(begin(), 2, changed)).toEqual(['vr:limit']);
      expect(errorsOf(begin(), 2, { ...changed, 'vr:limit': 'They move in May.' })).toEqual([]);
    }
    // As early, or as the form suggests where the owner left and the date passed.
    expect(errorsOf(begin(), 2, { ...BOTH, 'cd:v:limit': '2027-05-01', 'co:v:right': 'product-1' })).toEqual([]);
    expect(errorsOf(begin(), 2, { ...BOTH, 'cd:v:right': '2027-04-12' })).toEqual(['vr:right']);
    const draft = fill([
      {},
      { ...BOTH, 'cd:v:limit': '2027-09-01', 'vr:limit': 'They move in May.' },
      { outcome: 'approve-with-conditions', rationale: REASONS },
    ]);
    const words = wordsOf(reviewForm(view, 0, draft, 4));
    expect(words).toContain('Later, or somebody else’s, than was asked for');
    expect(words).toMatch(
      /Limit use\. Asked for by .*due 1 June 2027\. Now: .*due 1 September 2027\. Because: “They move/,
    );
    expect(words).not.toContain('Left out');
    const signed = ballotFrom(view, draft, 'cmd1');
    if (signed.kind !== 'ballot') throw new Error(signed.kind);
    const vote = { type: 'CastVote' as const, step: 0, factsHash: 'facts-1', ballot: signed.ballot };
    const decided = decide(vote, view.deal, { actor: 'compliance-1', at: NOW, id: 'id' }, CONTEXT);
    const instead = { owner: 'product-1', due: '2027-09-01' };
    expect(decided).toMatchObject({
      kind: 'accepted',
      events: [{ ballot: { leftOut: [{ condition: LIMIT, askedBy: 'senior-2', instead }] } }, {}, {}],
    });
  });

  it('that are taken over make an approval one with conditions', () => {
    expect(errorsOf(fill([{}, ONE]), 3, { outcome: 'approve', rationale: REASONS })).toEqual(['outcome']);
    expect(errorsOf(fill([{}, NONE]), 3, { outcome: 'approve', rationale: REASONS })).toEqual([]);
    expect(errorsOf(fill([{}, BOTH]), 3, { outcome: 'decline', rationale: REASONS })).toEqual([]);
    // One that is taken over is a condition.
    expect(errorsOf(fill([{}, ONE]), 3, { outcome: 'approve-with-conditions', rationale: REASONS })).toEqual([]);
    expect(errorsOf(fill([{}, NONE]), 3, { outcome: 'approve-with-conditions', rationale: REASONS })).toEqual([
      'outcome',
    ]);
  });

  it('become part of the ballot, which the decision accepts', () => {
    const draft = fill([
      {},
      { ...ONE, 'cd:v:limit': '2027-05-01' },
      { outcome: 'approve-with-conditions', rationale: REASONS },
    ]);
    const signed = ballotFrom(view, draft, 'cmd1');
    expect(signed).toMatchObject({
      kind: 'ballot',
      ballot: {
        conditions: [{ ...LIMIT, due: '2027-05-01' }],
        leftOut: [{ condition: RIGHT, askedBy: 'senior-2', reason: 'The law gives us that right.' }],
      },
    });
    if (signed.kind !== 'ballot') return;
    const words = wordsOf(reviewForm(view, 0, draft, 4));
    expect(words).toContain('Left out');
    expect(words).toContain('Because: “The law gives us that right.”');
    const { deal } = view;
    const vote = { type: 'CastVote' as const, step: 0, factsHash: 'facts-1', ballot: signed.ballot };
    const decided = decide(vote, deal, { actor: 'compliance-1', at: NOW, id: 'id' }, CONTEXT);
    expect(decided).toMatchObject({ kind: 'accepted', events: [{ ballot: signed.ballot }, {}, {}] });
  });

  it('are not skipped: neither by the way to a question nor by a page sent twice', () => {
    const skipped = { ...begin(), values: { outcome: 'approve', rationale: REASONS } };
    expect(ballotFrom(view, skipped, 'c')).toMatchObject({ kind: 'incomplete', page: 2 });
    expect(ballotFrom(view, { ...begin(), values: { outcome: 'decline', rationale: REASONS } }, 'c')).toEqual({
      kind: 'ballot',
      ballot: { outcome: 'decline', conditions: [], rationale: REASONS, flags: {} },
    });
    expect(ballotFrom(view, { ...begin(), values: { outcome: 'information', question: 'Who?' } }, 'c')).toMatchObject({
      kind: 'information',
    });
  });

  it('are three a page', () => {
    const conditions = Array.from({ length: 7 }, (_, i) => ({ ...LIMIT, id: `l${i}`, text: `Limit ${i}` }));
    const many = lowView({ carried: [{ ...discarded, conditions }] });
    const sizes = reviewPages(many, begin(many)).flatMap((p) => (p.kind === 'carried' ? [p.carried.length] : []));
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('are not suggested or written a second time', () => {
    const high = aView(aDecidingDeal({ carried: [discarded] }));
    const values = { 'f:H-RF1': 'uphold', outcome: 'approve-with-conditions', 'c:C5': ['yes'], cx: 'Limit use' };
    const draft = { ...begin(high), values };
    const decision = reviewForm(high, 0, draft, 4);
    expect(names(decision)).not.toContain('c:C5');
    expect(inputOf(decision, 'cx')).not.toHaveProperty('control.initial', 'Limit use');
    const signed = ballotFrom(
      high,
      {
        ...draft,
        values: {
          ...values,
          ...BOTH,
          ...Object.fromEntries(
            ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'].map((name) => [name, 'a']),
          ),
          rationale: REASONS,
        },
      },
      'c',
    );
    expect(signed).toMatchObject({ ballot: { conditions: [{ id: 'limit' }, { id: 'right' }] } });
  });

  it('of a vote whose author left the group are offered too', () => {
    const left = aView(
      aDecidingDeal({ answers: allAnswers(), route: aRoute('low'), votes: [{ ...discarded, by: 'senior-2' }] }),
      { organisation: anOrganisation() },
    );
    expect(names(reviewForm(left, 0, begin(left), 2))).toContain('v:limit');
  });
});
