/** Whoever saves a heavier answer for later while others decide: it is read, told, and holds the decision until it is settled. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sectionCard } from '../../../../blocks/cards/section.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { notesOfOthers } from '../../../../flows/deal/context/notes.ts';
import { againstShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { savedHeavier } from '../../../../flows/deal/said/saved.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { answerPicture, weighed } from '../../../support/picture-deal.ts';
import { voteOf, type Story } from '../../../support/story.ts';
import { dealNamed, openNamed } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const SECTION = defaultPolicy.question('K1')!.section;
const given = (answers: Record<string, string>): Extract<DealCommand, { type: 'AnswerSection' }> =>
  answerPicture(SECTION, answers)[1] as Extract<DealCommand, { type: 'AnswerSection' }>;
const save = (answers: Record<string, string>): DealCommand =>
  ({ ...given(answers), type: 'SaveSectionForLater' }) as DealCommand;
const WHY = 'The rumour was about another authority';
/** A colleague answered a section. */
const deal = (): Story =>
  dealNamed('D-SAVED1')
    .and('rep-1', { type: 'HandOverSection', section: SECTION, to: 'product-1' })
    .and('product-1', given({}));
const saved = (by = 'product-1'): Story => deal().and(by, save({ K1: 'yes' }));
const approve = (story: Story) => story.when('compliance-2', (view) => voteOf(view, weighed));

describe('an answer that stops a deal, saved for later while it is decided', () => {
  it('is on the first page of the review and in “Why?”, with who saved it, and comes back to an open review', () => {
    const before = deal();
    const after = before.and('product-1', save({ K1: 'yes' }));
    const draft = startReview(before.view, 0)!;
    expect(startReview(after.view, 0, draft)).toMatchObject({ changed: true });
    // The chat drew its first page: nobody has begun.
    expect(startReview(after.view, 0, { ...draft, page: 1 })).toMatchObject({ changed: false });
    const chosen = { ...draft, page: 1, values: { outcome: 'approve' } };
    expect(startReview(after.view, 0, chosen)).toMatchObject({ changed: true });
    expect(startReview(after.view, 0, { ...draft, page: 2 })).toMatchObject({ changed: true });
    expect(againstShown(after.view)).not.toBe(againstShown(before.view));
    for (const form of [reviewForm(after.view, 0, startReview(after.view, 0)!, 0), whyForm(after.view)]) {
      expect(JSON.stringify(form)).toContain('Saved, not given: yes');
      expect(JSON.stringify(form)).toContain('{"person":"product-1"}');
      expect(JSON.stringify(form)).toContain('It would stop the deal');
    }
    const card = JSON.stringify(sectionCard(after.view, SECTION));
    expect(card).toContain('Nothing is approved before that');
    expect(JSON.stringify(sectionCard(before.view, SECTION))).not.toContain('heavier');
  });

  it.each(['rep-1', 'product-1'])('holds approval when %s saved it, and no decline', (by) => {
    const held = saved(by);
    approve(held).refused('not now', /saved a heavier answer for later/);
    expect(held.vote('compliance-2', { ...weighed, outcome: 'decline' }).view.deal.status).toBe('decided');
  });

  it('is told to the owner, the approvers, compliance, counsel and the chief, once', () => {
    const before = deal();
    const after = before.and('product-1', save({ K1: 'yes' }));
    const told = (now: Story, was: Story): string[] =>
      factNoticesOf(now.events.at(-1)!, was.view, now.view).flatMap(([fact, targets]) =>
        fact.fact === 'saved heavier'
          ? targets.flatMap((target) => (target.to === 'person' ? [target.person] : []))
          : [],
      );
    expect(told(after, before)).toEqual(
      expect.arrayContaining(['rep-1', 'compliance-1', 'compliance-2', 'counsel-1', 'chief-1']),
    );
    expect(told(after.and('product-1', save({ K1: 'yes' })), after)).toEqual([]);
  });

  it('stops the deal once it is given', () => {
    expect(saved().and('rep-1', given({ K1: 'yes' })).view.deal.status).toBe('stopped');
  });

  it('is not lost where somebody saves over it', () => {
    const over = saved().and('rep-1', save({}));
    expect(savedHeavier(over.view)).toMatchObject([{ question: 'K1', by: 'product-1', over: true }]);
    expect(JSON.stringify(reviewForm(over.view, 0, startReview(over.view, 0)!, 0))).toContain('saved over since');
    approve(over).refused('not now', /saved a heavier answer/);
  });

  it.each(['rep-1', 'product-1'])('is settled by %s with a reason, once compliance confirms it', (by) => {
    const held = saved();
    held.when(by, given({})).refused('not valid', /why they change/);
    const settled = held.and(by, { ...given({}), why: WHY });
    expect(savedHeavier(settled.view)).toEqual([]);
    expect(settled.view.lighterSaid).toBeDefined();
    approve(settled).refused('not now', /Compliance must first confirm/);
    const done = settled.and('compliance-1', ({ deal: { lighterSaid } }) => ({
      type: 'ConfirmLighter',
      asOf: lighterSaid?.at ?? '',
    }));
    const text = JSON.stringify(reviewForm(done.view, 0, startReview(done.view, 0)!, 0));
    expect(text).toContain(WHY);
    expect(text).toContain('{"person":"product-1"}');
    expect(done.vote('compliance-2', weighed).view.deal.status).toBe('decided');
  });

  it('still holds it after a withdrawal and a reopening', () => {
    const again = saved()
      .and('rep-1', { type: 'Withdraw', reason: 'The customer thinks again' })
      .and('rep-1', { type: 'Reopen', reason: 'The customer came back' });
    const routed = again.view.deal.status === 'deciding' ? again : again.and('rep-1', { ...given({}), why: WHY });
    expect(savedHeavier(routed.view).length > 0 || routed.view.lighterSaid !== undefined).toBe(true);
    approve(routed).refused('not now');
  });
});

describe('anything saved for later while a deal is decided', () => {
  const QUESTIONS = defaultPolicy.sections
    .find(({ id }) => id === SECTION)!
    .questions.filter(({ id, kind }) => kind === 'yes-no' && given({}).answers[id] !== undefined)
    .map(({ id }) => id);

  it('holds approval exactly where it speaks more against the deal than what counts', () => {
    const base = deal();
    fc.assert(
      fc.property(fc.constantFrom(...QUESTIONS), fc.constantFrom('yes', 'no', 'unknown'), (question, value) => {
        const held = base.and('product-1', save({ [question]: value }));
        const heavier = defaultPolicy.lightens(question, value, given({}).answers[question]!.value);
        expect(savedHeavier(held.view).length > 0).toBe(heavier);
        const then = approve(held);
        if (heavier) then.refused('not now', /saved a heavier answer/);
        else expect(held.vote('compliance-2', weighed).view.deal.status).toBe('decided');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a heavier answer saved for later while it waits whether a deal is out of scope', () => {
  it('stays with who saved it where compliance sends that back, and once the rep answers anew', () => {
    const scope = (value: string): Record<string, GivenAnswer> => ({
      'G1-capability': { value: 'no', sources: [] },
      G2: { value, sources: [] },
    });
    const says: DealCommand = { type: 'AnswerSection', section: 'scope', answers: scope('no'), why: WHY };
    const loom = { endUser: { name: 'Nazar Loom House', kind: 'private' as const } };
    const saved = openNamed('D-SAVED2', loom)
      .and('rep-1', says)
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
      .and('product-1', { type: 'SaveSectionForLater', section: 'scope', answers: scope('yes') });
    const { factsHash } = scopeSaidOf(saved.view.deal)!;
    const back = saved.and('compliance-1', { type: 'RefuseScope', factsHash, reason: 'Ask who owns it.' });
    expect(back.view.deal.drafts['scope']).toMatchObject({ G2: { value: 'yes', by: 'product-1' } });
    const again = back.and('rep-1', says);
    expect(again.view.deal.was).toMatchObject([{ question: 'G2', before: 'yes', by: 'product-1' }]);
    expect(contradictions(again.view).join()).toContain('by Sample Product Manager: Is the private end-user close');
  });

  it('stands on the form that confirms it, with its note, also in a section that nobody gave', () => {
    const note = 'The police read it.';
    const loom = { endUser: { name: 'Nazar Loom House', kind: 'private' as const } };
    const no: Record<string, GivenAnswer> = {
      'G1-capability': { value: 'no', sources: [] },
      G2: { value: 'no', sources: [] },
    };
    const answers: Record<string, GivenAnswer> = { K1: { value: 'yes', note, sources: [] } };
    const { view } = openNamed('D-SAVED3', loom)
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
      .and('product-1', { type: 'SaveSectionForLater', section: SECTION, answers })
      .and('rep-1', { type: 'AnswerSection', section: 'scope', answers: no, why: WHY });
    expect(notesOfOthers(view)).toMatchObject([{ text: note, by: 'product-1' }]);
    const form = JSON.stringify(confirmScopeForm(view));
    expect(form).toContain('Saved, not given: yes');
    expect(form).toContain('{"person":"product-1"}');
  });
});
