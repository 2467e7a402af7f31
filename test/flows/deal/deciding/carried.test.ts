/** Votes keep what they carried: plays of whoever wants to lose a condition, a vote or a question. */

import { describe, expect, it } from 'vitest';
import { decidedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { questionBackForm } from '../../../../blocks/forms/information.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { Ballot } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DiscardedVote } from '../../../../flows/deal/discarded-vote.ts';
import type { DealEvent, DealEventType } from '../../../../flows/deal/events.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { keepCarried, openCarried, uncounted } from '../../../../flows/deal/rights/carried.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import { dealView } from '../../../../flows/deal/view.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { aDeal, aDecidingDeal, anOrganisation, aView } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, CONTEXT, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const LIMIT = { id: 'limit', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };
const TRAIN = { id: 'train', text: 'Train the users', owner: 'product-1', due: '2027-06-01' };
const strictly = { outcome: 'approve-with-conditions', conditions: [LIMIT] } satisfies Partial<Ballot>;
const silent = { leftOut: undefined };

/** Two of compliance: the strict one and the lenient one. */
const organisation = anOrganisation({
  people: [...anOrganisation().people, { id: 'compliance-2', name: 'Sample Compliance Two' }],
  groups: anOrganisation().groups.map((g) =>
    g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2'] } : g,
  ),
});
const two: DealContext = { ...CONTEXT, organisation };
const without = (group: string, gone: string): DealContext => ({
  ...two,
  organisation: {
    ...organisation,
    groups: organisation.groups.map((g) =>
      g.id === group ? { ...g, members: g.members.filter((id) => id !== gone) } : g,
    ),
  },
});
/** The same deal under an organisation file that was edited. */
const under = (told: Story, context: DealContext): Story => story([], context).resume(told);

const high = () => story(answeredDeal({ 'H-RF1': 'yes' }), two);
const low = () => story(answeredDeal(), two);
const typo = (told: Story, destination = 'SE'): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, destination },
    reason: 'A typing error',
  }));
const backAgain = (told: Story): Story =>
  told.and('rep-1', { type: 'Withdraw', reason: 'The buyer left' }).and('rep-1', { type: 'Reopen', reason: 'Back' });
const decisionOf = ({ state }: Story) => {
  if (state.status !== 'decided') throw new Error(`it is ${state.status}`);
  return state.decision;
};
const lastOf = <T extends DealEventType>({ events }: Story, type: T): Extract<DealEvent, { type: T }> => {
  const found = events.findLast((e) => e.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found as Extract<DealEvent, { type: T }>;
};
/** Who was told what, besides the thread. */
const toldBy = (before: Story, after: Story, fact: string): string[] =>
  noticesFor(before.view, after.view, after.events.slice(before.events.length), 'id').flatMap((n) =>
    n.kind === 'fact' && n.fact.fact === fact && n.target.to === 'person' ? [n.target.person] : [],
  );

describe('a completed step', () => {
  it('keeps the conditions of an approver who leaves the group before the last step', () => {
    const first = high().vote('compliance-1', strictly);
    const left = under(first, without('compliance', 'compliance-1'));
    const decided = left.vote('senior-1').vote('counsel-1');
    expect(decisionOf(decided)).toMatchObject({ outcome: 'approved with conditions', conditions: [LIMIT] });
    expect(decisionOf(decided).votes.map(({ by }) => by)).toEqual(['compliance-1', 'senior-1', 'counsel-1']);
  });
  it('keeps those of a stand-in who leaves the organisation file', () => {
    const away = { person: 'compliance-1', delegate: 'chief-1', from: '2027-02-01', until: '2027-04-01' };
    const lent = { ...two, organisation: { ...organisation, absences: [away] } };
    const first = under(high(), lent).and('chief-1', (v) => ({ ...voteOf(v, strictly), for: 'compliance-1' }) as never);
    const left = {
      ...two,
      organisation: { ...organisation, people: organisation.people.filter((p) => p.id !== 'chief-1') },
    };
    expect(decisionOf(under(first, left).vote('senior-1').vote('counsel-1')).conditions).toEqual([LIMIT]);
  });
  it('keeps the votes cast before it, where it was completed before the record named them', () => {
    const first = high().vote('compliance-1', strictly);
    const events = first.events.map((e) => (e.type === 'StepCompleted' ? { ...e, counted: undefined } : e));
    const old = { ...first, state: replay(events), events };
    const left = under(old, without('compliance', 'compliance-1'));
    expect(decisionOf(left.vote('senior-1').vote('counsel-1')).conditions).toEqual([LIMIT]);
  });
  it('names the voters that counted then, in whatever way it ended', () => {
    const first = high().vote('compliance-1');
    expect(lastOf(first, 'StepCompleted').counted).toEqual(['compliance-1']);
    const declined = first.vote('senior-1').vote('senior-2', { outcome: 'decline' });
    expect(lastOf(declined, 'StepCompleted')).toMatchObject({ outcome: 'declined', counted: ['senior-1', 'senior-2'] });
  });
  it('does not count a vote of somebody who had left before; its conditions are offered, and not lost', () => {
    const voted = high().vote('compliance-1').vote('senior-1', strictly);
    const left = under(voted, without('senior', 'senior-1'));
    expect(openCarried(left.view)).toMatchObject([{ condition: LIMIT, by: 'senior-1' }]);
    left.when('senior-2', (v) => voteOf(v, silent)).refused('not valid', /Sample Senior One asked for .*“Limit use”/);
    const decided = left.vote('senior-2').vote('counsel-1');
    expect(decisionOf(decided).votes.map(({ by }) => by)).toEqual(['compliance-1', 'senior-2', 'counsel-1']);
    expect(decisionOf(decided).votes[1]?.leftOut).toMatchObject([{ condition: LIMIT, askedBy: 'senior-1' }]);
  });
});

describe('a withdrawal and a reopening', () => {
  it('record the votes that they discard, and tell the voters once', () => {
    const voted = high().vote('compliance-1', strictly);
    const gone = voted
      .when('rep-1', { type: 'Withdraw', reason: 'The buyer left' })
      .then('VotesVoided', 'DealWithdrawn');
    expect(lastOf(gone, 'VotesVoided')).toMatchObject({
      voters: ['compliance-1'],
      because: 'withdrawn',
      discarded: [{ by: 'compliance-1', conditions: [LIMIT] }],
    });
    expect(toldBy(voted, gone, 'withdrawn')).toContain('compliance-1');
    expect(toldBy(voted, gone, 'votes voided')).toEqual([]);
    gone.when('rep-1', { type: 'Reopen', reason: 'Back' }).then('DealReopened', 'DealRouted');
  });
  it('do not lose the conditions to the lenient colleague', () => {
    const back = backAgain(high().vote('compliance-1', strictly));
    back
      .when('compliance-2', (v) => voteOf(v, silent))
      .refused('not valid', /Sample Compliance asked for .*“Limit use”/, { condition: 'limit', part: 'carried' });
    const decided = back
      .vote('compliance-2', { ...strictly, ...silent })
      .vote('senior-1')
      .vote('counsel-1');
    expect(decisionOf(decided)).toMatchObject({ outcome: 'approved with conditions', conditions: [LIMIT] });
    expect(decided.view.deal.carried).toBeUndefined();
  });
  it('of a decided deal offer what its votes asked for, and why one declined', () => {
    const declined = high().vote('compliance-1', strictly).vote('senior-1', { outcome: 'decline' });
    const again = declined
      .when('compliance-2', { type: 'Reopen', reason: 'New law' })
      .then('VotesVoided', 'DealReopened', 'DealRouted');
    expect(toldBy(declined, again, 'reopened')).toEqual(expect.arrayContaining(['compliance-1', 'senior-1']));
    expect(again.view.deal.carried).toMatchObject([
      { by: 'compliance-1', conditions: [LIMIT] },
      { by: 'senior-1', outcome: 'decline', rationale: 'The safeguards answer what worries us here.' },
    ]);
    again.when('compliance-2', (v) => voteOf(v, silent)).refused('not valid', /“Limit use”/);
  });
  it('of an approved deal carry what is still to be met, under its present owner', () => {
    const approved = story(answeredDeal(), { ...TIMED }).vote('compliance-1', {
      ...strictly,
      conditions: [LIMIT, TRAIN],
    });
    const met = approved
      .and('product-1', { type: 'MeetCondition', condition: 'train', text: 'Done.', sources: [] })
      .and('compliance-2', { type: 'AcceptCondition', condition: 'train' })
      .and('compliance-2', { type: 'HandOverCondition', condition: 'limit', to: 'product-1', reason: 'She runs it' });
    const again = met.and('compliance-2', { type: 'Reopen', reason: 'New law' });
    expect(openCarried(again.view).map(({ condition }) => [condition.id, condition.owner])).toEqual([
      ['limit', 'product-1'],
    ]);
  });
  it('bring back what a decision left out', () => {
    const decided = typo(
      low().vote('compliance-1', strictly).and('compliance-2', { type: 'Reopen', reason: 'Typo.' }),
    ).vote('compliance-2');
    expect(decisionOf(decided)).toMatchObject({ outcome: 'approved', votes: [{ leftOut: [{ condition: LIMIT }] }] });
    const again = decided.and('compliance-1', { type: 'Reopen', reason: 'That was too easy' });
    expect(openCarried(again.view)).toMatchObject([{ condition: LIMIT, by: 'compliance-1' }]);
  });
  it('carry the votes of a reassessment and of the approval that stood, each once', () => {
    const standing = low()
      .vote('compliance-1', strictly)
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it' })
      .and('rep-1', { type: 'StartReassessment' });
    const asked = ['scope', 'product', 'record'].reduce(
      (told, section) => told.and('rep-1', { type: 'ConfirmSection', section }),
      standing,
    );
    const reopened = asked
      .when('compliance-2', { type: 'Reopen', reason: 'New law' })
      .then('VotesVoided', 'DealReopened', 'DealRouted');
    expect(openCarried(reopened.view).map(({ condition }) => condition.id)).toEqual(['limit']);
    const slipped = asked.and('rep-1', answer('scope', { G1: 'no' })[1]);
    expect(slipped.state.status).toBe('out of scope');
    const back = slipped
      .and('rep-1', { type: 'Reopen', reason: 'It can watch people' })
      .and('rep-1', answer('scope', { G1: 'yes' })[1]);
    back.when('compliance-2', (v) => voteOf(v, silent)).refused('not valid', /“Limit use”/);
  });
});

describe('a decline that ends the approval under reassessment', () => {
  it('keeps what that approval asked for, and the votes of the decline', () => {
    const asked = ['scope', 'product', 'record'].reduce(
      (told, section) => told.and('rep-1', { type: 'ConfirmSection', section }),
      low()
        .vote('compliance-1', strictly)
        .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it' })
        .and('rep-1', { type: 'StartReassessment' }),
    );
    const declined = asked
      .when('compliance-1', (v) => voteOf(v, { outcome: 'decline' }))
      .then('VoteCast', 'VotesVoided', 'StepCompleted', 'DealDecided');
    expect(decisionOf(declined).votes).toMatchObject([{ by: 'compliance-1', outcome: 'decline' }]);
    const again = declined.and('compliance-2', { type: 'Reopen', reason: 'New law' });
    expect(openCarried(again.view)).toMatchObject([{ condition: LIMIT, by: 'compliance-1' }]);
    expect(again.view.deal.carried).toMatchObject([{ by: 'compliance-1', outcome: 'decline' }]);
  });
});

describe('changed facts', () => {
  it('do not lose the conditions of the strict officer in a typo, however often', () => {
    let told = high();
    for (let i = 0; i < 20; i += 1) {
      told = typo(
        told.vote('compliance-1', { ...strictly, conditions: [{ ...LIMIT, id: `limit-${i}` }] }),
        i % 2 ? 'SE' : 'FI',
      );
    }
    expect(told.events.filter((e) => e.type === 'VotesVoided')).toHaveLength(20);
    expect(told.view.deal.carried).toHaveLength(1);
    expect(openCarried(told.view)).toHaveLength(1);
    told.when('compliance-2', (v) => voteOf(v, silent)).refused('not valid', /“Limit use”/);
    const decided = told
      .vote('compliance-2', { ...strictly, ...silent })
      .vote('senior-1')
      .vote('counsel-1');
    expect(decisionOf(decided).conditions).toEqual([{ ...LIMIT, askedBy: 'compliance-1' }]);
  });
  it('tell those who voted; who was invited to a later step reads it in that invitation', () => {
    const first = high().vote('compliance-1');
    expect(toldBy(first, typo(first), 'votes voided')).toEqual(['compliance-1']);
  });
  it('keep what was asked for while questions were open, out of scope, stopped', () => {
    const voted = high().vote('compliance-1', strictly);
    const out = voted
      .when('rep-1', answer('scope', { G1: 'no' })[1])
      .then('SectionAnswered', 'VotesVoided', 'FoundOutOfScope');
    const back = out
      .and('rep-1', { type: 'Reopen', reason: 'A mistake' })
      .and('rep-1', answer('scope', { G1: 'yes' })[1]);
    expect(openCarried(back.view)).toMatchObject([{ condition: LIMIT }]);
  });
});

describe('a carried condition', () => {
  const carried = () => typo(high().vote('compliance-1', { ...strictly, conditions: [LIMIT, TRAIN] }));
  const reason = 'The contract has it already.';
  const leave = (condition = LIMIT, why = reason) => [{ condition, askedBy: 'nobody', reason: why }];

  it('is asked for by name until each is settled; a blank reason settles nothing', () => {
    carried()
      .when('compliance-2', (v) => voteOf(v, { ...strictly, ...silent }))
      .refused('not valid', /“Train the users”/, { condition: 'train', part: 'carried' });
    carried()
      .when('compliance-2', (v) => voteOf(v, { ...strictly, leftOut: leave(TRAIN, '  ') }))
      .refused('not valid', /“Train the users”/);
    carried()
      .when('compliance-2', (v) => voteOf(v, { ...strictly, leftOut: leave(TRAIN) }))
      .then('VoteCast', 'StepCompleted');
  });
  it('that is left out, or asked for later, is told to whoever asked for it and the chief', () => {
    const before = carried();
    const left = before.vote('compliance-2', { ...strictly, leftOut: leave(TRAIN) });
    expect(toldBy(before, left, 'conditions left out')).toEqual(['compliance-1', 'chief-1']);
    const taken = before.vote('compliance-2', { ...strictly, conditions: [LIMIT, TRAIN], ...silent });
    expect(toldBy(before, taken, 'conditions left out')).toEqual([]);
    const own = before.vote('compliance-1', { ...strictly, leftOut: leave(TRAIN) });
    expect(toldBy(before, own, 'conditions left out')).toEqual([]);
  });
  it('of an approval under reassessment is told of as well, and the first card says who left it out and why', () => {
    const picked = { ...TIMED, policy: { ...TIMED.policy, lighter: 'confirm' as const } };
    const begun = story(answeredDeal(), picked)
      .vote('compliance-2', { outcome: 'approve-with-conditions', conditions: [TRAIN] })
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want a second office' })
      .and('rep-1', { type: 'StartReassessment' });
    const ready = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
      begun,
    );
    const done = ready.vote('compliance-1', { leftOut: leave(TRAIN) });
    expect(decisionOf(done).outcome).toBe('approved');
    // Whoever approved what this replaces reads it in the decision.
    expect(toldBy(ready, done, 'conditions left out')).toEqual(['chief-1']);
    expect(toldBy(ready, done, 'decided')).toContain('compliance-2');
    const direct = factCard(done.view, { fact: 'decided' }, {}, { to: 'person', person: 'compliance-2' });
    expect(plain(direct)).toContain('Left out by @compliance-1. Because: “The contract has it already.”');
    expect(plain(rootCard(done.view))).toContain('Left out by @compliance-1. Because: “The contract has it already.”');
  });
  it('is recorded in its own words, whatever the form said of it', () => {
    const forged = { ...LIMIT, text: 'Something else' };
    const told = carried().vote('compliance-2', {
      outcome: 'approve-with-conditions',
      conditions: [{ ...TRAIN, owner: 'rep-1', due: '2027-07-01' }],
      leftOut: [...leave(forged), ...leave({ ...TRAIN, due: '2027-07-01' }), ...leave({ ...LIMIT, id: 'never asked' })],
    });
    expect(lastOf(told, 'VoteCast').ballot.leftOut).toEqual([
      { condition: LIMIT, askedBy: 'compliance-1', reason },
      { condition: TRAIN, askedBy: 'compliance-1', reason, instead: { owner: 'rep-1', due: '2027-07-01' } },
    ]);
  });
  it('that is taken over and left out in one vote is taken over; a reason is kept without its spaces', () => {
    const told = carried().vote('compliance-2', {
      ...strictly,
      leftOut: [...leave(), ...leave(TRAIN, `  ${reason} `)],
    });
    expect(lastOf(told, 'VoteCast').ballot.leftOut).toEqual([{ condition: TRAIN, askedBy: 'compliance-1', reason }]);
  });
  it('is not among the votes that count', () => {
    const told = carried().vote('compliance-2', strictly);
    expect(uncounted(told.view).map(({ by }) => by)).toEqual(['compliance-1']);
  });
  it('is not taken over by other words under its id', () => {
    carried()
      .when('compliance-2', (v) =>
        voteOf(v, { ...strictly, conditions: [{ ...LIMIT, text: 'Be nice' }], leftOut: leave(TRAIN) }),
      )
      .refused('not valid', /“Limit use”/);
  });
  it('is settled once for the later votes, and again if that vote is taken back or discarded', () => {
    const settled = carried().vote('compliance-2', strictly);
    settled.when('senior-1', (v) => voteOf(v, silent)).then('VoteCast');
    const again = backAgain(settled);
    expect(openCarried(again.view).map(({ condition }) => condition.id)).toEqual(['limit', 'train']);
    const oneOfTwo = story(answeredDeal({ 'H-RF1': 'yes' }), two)
      .vote('compliance-1')
      .vote('senior-1', strictly);
    const onSeniors = typo(oneOfTwo).vote('compliance-1').vote('senior-1', strictly);
    const back = onSeniors.and('senior-1', { type: 'TakeVoteBack', step: 1 });
    // Compliance did without before they asked for it once more.
    expect(openCarried(back.view).map(({ by, condition }) => [by, condition.id])).toEqual([['senior-1', 'limit']]);
  });
  it('may be passed over by a decline, and is carried on', () => {
    const declined = carried().vote('compliance-2', { outcome: 'decline', leftOut: leave() });
    expect(lastOf(declined, 'VoteCast').ballot.leftOut).toBeUndefined();
    const again = declined.and('compliance-1', { type: 'Reopen', reason: 'New law' });
    expect(openCarried(again.view).map(({ condition }) => condition.id)).toEqual(['limit', 'train']);
  });
  it('is absent from a vote where nothing is carried, whatever the form says', () => {
    const told = low().vote('compliance-1', { leftOut: leave() });
    expect(lastOf(told, 'VoteCast').ballot).not.toHaveProperty('leftOut');
  });
});

describe('a question of an approver', () => {
  const ask = (told: Story, by = 'compliance-1', step = 0): Story =>
    told.and(by, { type: 'AskForInformation', step, question: 'Who is the real end-user?' });
  const requestOf = ({ view }: Story): string => view.deal.requests.at(-1)?.id ?? '';
  const WHY_BACK = 'The contract names them.';
  const takeBack = (told: Story, reason: string | undefined = WHY_BACK) => ({
    type: 'TakeQuestionBack' as const,
    request: requestOf(told),
    reason,
  });

  it('holds the step against whoever would complete it, with the ways out', () => {
    const asked = ask(low());
    asked.when('compliance-2', voteOf).refused('not now', /Sample Compliance asked the deal team: “Who is the real/);
    asked.when('compliance-1', voteOf).refused('not now', /Your own question is open/);
    asked
      .when('compliance-2', (v) => voteOf(v, { outcome: 'decline' }))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('lets votes be cast that do not complete the step', () => {
    const asked = ask(high().vote('compliance-1'), 'senior-1', 1);
    const voted = asked.when('senior-2', voteOf).then('VoteCast');
    voted.when('counsel-1', voteOf).refused('not now', /Sample Senior One asked/);
    const free = voted.and('senior-1', takeBack(asked));
    free.when('counsel-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is not got rid of by changing a note, by withdrawing, or by a lower tier', () => {
    const asked = ask(high().vote('compliance-1'), 'senior-1', 1);
    const lower = asked.and('rep-1', answer('record', { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no' })[1]);
    expect(lower.state).toMatchObject({ tier: 'low' });
    for (const told of [typo(asked), backAgain(asked), lower]) {
      told.when('compliance-2', voteOf).refused('not now', /Sample Senior One asked/);
    }
  });
  it('is answered, and the step comes back', () => {
    const asked = ask(low());
    const given = asked.and('rep-1', {
      type: 'GiveInformation',
      request: requestOf(asked),
      text: 'The ministry runs it.',
      sources: [],
    });
    given.when('compliance-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
    given.when('compliance-1', takeBack(asked)).refused('not now', /answered already/);
  });
  it('is taken back by its author or the chief, and by nobody else', () => {
    const asked = ask(low());
    asked.when('rep-1', takeBack(asked)).refused('not allowed', /You are on the deal team/);
    asked.when('compliance-2', takeBack(asked)).refused('not allowed', /Only the person who asked/);
    asked.when('compliance-1', { type: 'TakeQuestionBack', request: 'none' }).refused('not valid', /not part of/);
    for (const by of ['compliance-1', 'chief-1']) {
      const free = asked.when(by, takeBack(asked)).then('InformationTakenBack');
      free.when('compliance-2', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
      free.when('chief-1', takeBack(asked)).refused('not now', /taken back already/);
      free
        .when('rep-1', {
          type: 'GiveInformation',
          request: requestOf(asked),
          text: 'The ministry runs it.',
          sources: [],
        })
        .refused('not now', /was taken back/);
      // Whoever was to answer reads it in the question itself.
      expect(toldBy(asked, free, 'information taken back')).toEqual(by === 'chief-1' ? ['compliance-1'] : []);
    }
  });
  it('wants a reason of whoever did not ask it, which approvers and the decision show', () => {
    const asked = ask(low());
    for (const reason of ['', ' ', '.'])
      asked.when('chief-1', takeBack(asked, reason)).refused('not valid', /why/, 'reason');
    asked.when('compliance-1', takeBack(asked, '')).then('InformationTakenBack');
    expect(JSON.stringify(questionBackForm(asked.view, requestOf(asked), 'chief-1'))).toContain(
      'not the person who asked',
    );
    const own = asked.and('compliance-1', takeBack(asked, ''));
    const free = asked.and('chief-1', takeBack(asked));
    const decided = (told: Story): string => JSON.stringify(decidedTold(told.vote('compliance-2').view, false));
    const shown = (told: Story): string[] => [
      JSON.stringify(rootCard(told.view)),
      JSON.stringify(reviewForm(told.view, 0, startReview(told.view, 0)!, 1)),
      decided(told),
    ];
    for (const text of shown(free)) {
      expect(text).toMatch(
        /Taken back by .*chief-1.*, not by .*compliance-1.*, who asked. Reason: “The contract names/u,
      );
    }
    const [root, , done] = shown(own);
    for (const text of [root, done]) expect(text).not.toContain('Taken back by');
  });
  it('is each one’s own: who asked one may not take back another’s', () => {
    const first = ask(high().vote('compliance-1'), 'senior-1', 1);
    const both = ask(first, 'senior-2', 1);
    both.when('senior-2', takeBack(first)).refused('not allowed', /Only Sample Senior One/);
    const one = both.and('senior-1', takeBack(first));
    expect(one.view.deal.requests.map(({ takenBack }) => takenBack?.by)).toEqual(['senior-1', undefined]);
    one
      .vote('senior-1')
      .when('counsel-1', voteOf)
      .refused('not now', /Sample Senior Two asked/);
  });
  it('is taken back by who stands in for its author, unless they are on the deal', () => {
    const asked = ask(low());
    const lentTo = (delegate: string): DealContext => ({
      ...two,
      organisation: {
        ...organisation,
        absences: [{ person: 'compliance-1', delegate, from: '2027-02-01', until: '2027-04-01' }],
      },
    });
    under(asked, lentTo('senior-1')).when('senior-1', takeBack(asked)).then('InformationTakenBack');
    under(asked, lentTo('rep-1'))
      .when('rep-1', takeBack(asked))
      .refused('not allowed', /on the deal team/);
  });
  it('of a deal that is over holds nobody, and its author is told of a withdrawal', () => {
    const asked = ask(high().vote('compliance-1'), 'senior-1', 1);
    const gone = asked.and('rep-1', { type: 'Withdraw', reason: 'No reason' });
    gone.when('senior-1', takeBack(asked)).refused('not now', /This deal is withdrawn/);
    expect(toldBy(asked, gone, 'withdrawn')).toEqual(expect.arrayContaining(['senior-1', 'compliance-1']));
  });
  it('tells of a withdrawal also who asked and was answered', () => {
    const asked = ask(low());
    const given = asked.and('rep-1', {
      type: 'GiveInformation',
      request: requestOf(asked),
      text: 'The ministry runs it.',
      sources: [],
    });
    const gone = given.and('rep-1', { type: 'Withdraw', reason: 'No reason' });
    expect(toldBy(given, gone, 'withdrawn')).toContain('compliance-1');
  });
});

describe('what is kept of discarded votes', () => {
  const vote = (by: string, conditions = [LIMIT], more: Partial<DiscardedVote> = {}): DiscardedVote => ({
    by,
    at: '2027-03-01T09:00:00.000Z',
    outcome: 'approve-with-conditions',
    rationale: `Reasons of ${by}.`,
    conditions,
    ...more,
  });
  const left = (condition: typeof LIMIT) => ({ condition, askedBy: 'senior-1', reason: 'No need' });

  it('is the last vote of each seat, with the conditions of the earlier ones, each once', () => {
    const again = { ...LIMIT, id: 'again', text: ' LIMIT use ' };
    const kept = keepCarried([vote('compliance-1')], [vote('chief-1', [again, TRAIN], { for: 'compliance-1' })]);
    // Each keeps whose it is, and of when; whoever said it themselves again said it once.
    const earlier = (condition: typeof LIMIT, askedBy: string) => ({ ...condition, askedBy, askedAt: vote('').at });
    expect(kept).toMatchObject([
      { by: 'chief-1', for: 'compliance-1', conditions: [again, TRAIN, earlier(LIMIT, 'compliance-1')] },
    ]);
    expect(keepCarried(kept, [vote('compliance-1', [], { outcome: 'decline' })])).toMatchObject([
      { by: 'compliance-1', outcome: 'decline', conditions: [{ id: 'again' }, { id: 'train' }, { id: 'limit' }] },
    ]);
    expect(keepCarried([vote('senior-1')], [vote('senior-1', [again])])[0]?.conditions).toEqual([again]);
    expect(openCarried(aView(aDecidingDeal({ carried: kept }))).map(({ condition, by }) => [condition.id, by])).toEqual(
      [
        ['again', 'chief-1'],
        ['train', 'chief-1'],
      ],
    );
    expect(keepCarried(kept, [vote('senior-1')]).map(({ by }) => by)).toEqual(['chief-1', 'senior-1']);
    expect(keepCarried(undefined, [vote('senior-1')])[0]).not.toHaveProperty('leftOut');
  });
  it('has the same words of two owners twice, and what votes left out once', () => {
    const other = { ...LIMIT, id: 'other', owner: 'product-1' };
    expect(keepCarried([vote('senior-1')], [vote('senior-1', [other])])[0]?.conditions).toEqual([
      other,
      { ...LIMIT, askedAt: vote('').at },
    ]);
    const [kept] = keepCarried(
      [vote('senior-2', [], { leftOut: [left(LIMIT), left(TRAIN)] })],
      [vote('senior-2', [], { leftOut: [left(TRAIN)] })],
    );
    expect(kept?.leftOut?.map(({ condition }) => condition.id)).toEqual(['train', 'limit']);
  });
  it('names who asked, and for whom they voted', () => {
    const view = aView(
      aDecidingDeal({ carried: [vote('chief-1', [LIMIT], { for: 'compliance-1', leftOut: [left(TRAIN)] })] }),
    );
    expect(openCarried(view)).toEqual([
      { condition: LIMIT, by: 'chief-1', for: 'compliance-1', at: '2027-03-01T09:00:00.000Z' },
      { condition: TRAIN, by: 'senior-1', at: '2027-03-01T09:00:00.000Z' },
    ]);
    expect(openCarried(aView(aDeal({ carried: [vote('chief-1')] })))).toEqual([]);
    expect(uncounted(aView(aDeal({ carried: [vote('chief-1')] })))).toEqual([vote('chief-1')]);
    expect(uncounted(aView(aDeal()))).toEqual([]);
  });
});

describe('a deal of an older record', () => {
  it('offers nothing where nothing is known of what was discarded', () => {
    const told = typo(high().vote('compliance-1', strictly));
    const events = told.events.map((e) => (e.type === 'VotesVoided' ? { ...e, discarded: undefined } : e));
    const view = dealView(replay(events) as OpenedDeal, two.policy, two.organisation, '2027-03-02T09:00:00.000Z');
    expect(view.deal).not.toHaveProperty('carried');
    expect(openCarried(view)).toEqual([]);
  });
});
