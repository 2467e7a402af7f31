/** A recusal ends votes: what they carried is kept, and nothing is decided past what holds the step. */

import { describe, expect, it } from 'vitest';
import { recuseForm } from '../../../../blocks/forms/recuse.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Ballot } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { completesAt } from '../../../../flows/deal/owing/filled.ts';
import { openCarried, uncounted } from '../../../../flows/deal/rights/carried.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { aHold } from '../../../support/holds.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const RECUSE: DealCommand = { type: 'Recuse', reason: 'My brother works there' };
const YEAR: [string, string] = ['2027-02-01', '2027-12-31'];
const LIMIT = { id: 'limit', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };
const TRAIN = { id: 'train', text: 'Train the users', owner: 'product-1', due: '2027-06-01' };
const asking = (...conditions: (typeof LIMIT)[]) =>
  ({ outcome: 'approve-with-conditions', conditions }) satisfies Partial<Ballot>;
const silent = { leftOut: undefined };
const high = (context: DealContext = TIMED): Story => story(answeredDeal({ 'H-RF1': 'yes' }), context);
const deciding = ({ state }: Story): DecidingDeal => state as DecidingDeal;

/** The seniors are the manager of the requester and one colleague: without the colleague, the manager is enough. */
const managed: DealContext = {
  ...TIMED,
  policy: aPolicy({ managerAlone: false }),
  organisation: {
    ...TIMED.organisation,
    groups: TIMED.organisation.groups.map((g) => (g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1'] } : g)),
  },
};
const second = (context: DealContext = managed): Story =>
  story(answeredDeal({ 'H-RF3': 'yes' }), context).vote('compliance-1');

describe('the conditions of a vote that a recusal ends', () => {
  const voted = (): Story => high().vote('compliance-1').vote('senior-1', asking(LIMIT));
  const left = (): Story => voted().when('senior-1', RECUSE).then('Recused', 'VotesVoided');

  it('are recorded, and offered to whoever votes next', () => {
    expect(left().events.at(-1)).toMatchObject({
      because: 'recused',
      voters: ['senior-1'],
      discarded: [{ by: 'senior-1', conditions: [LIMIT] }],
    });
    expect(openCarried(left().view)).toMatchObject([{ condition: LIMIT, by: 'senior-1' }]);
    expect(uncounted(left().view)).toMatchObject([{ by: 'senior-1', rationale: expect.stringMatching(/./) }]);
    left()
      .when('senior-2', (v) => voteOf(v, silent))
      .refused('not valid', /Sample Senior One asked for .*“Limit use”/, { condition: 'limit', part: 'carried' });
    const taken = left().vote('senior-2', asking(LIMIT)).vote('counsel-1');
    expect(taken.state).toMatchObject({ status: 'decided', decision: { conditions: [LIMIT] } });
  });
  it('are left out with a reason, which the decision keeps', () => {
    const why = { condition: LIMIT, askedBy: 'senior-1', reason: 'The contract has it.' };
    const out = left()
      .vote('senior-2', { leftOut: [why] })
      .vote('counsel-1');
    expect(out.state).toMatchObject({ status: 'decided', decision: { outcome: 'approved' } });
    expect(JSON.stringify(out.state)).toContain('The contract has it.');
  });
  it('are not lost by a withdrawal, a typing error, or a later recusal', () => {
    const back = left()
      .and('rep-1', { type: 'Withdraw', reason: 'The buyer left' })
      .and('rep-1', { type: 'Reopen', reason: 'Back' });
    const typo = left().and('rep-1', (v) => ({
      type: 'CorrectDetails',
      details: { ...v.deal.details, customer: 'Sample B' },
      reason: 'A typing error',
    }));
    const again = left().vote('senior-2', asking(LIMIT, TRAIN)).and('senior-2', RECUSE);
    for (const told of [back, typo]) {
      expect(openCarried(told.view).map(({ condition }) => condition.id)).toEqual(['limit']);
    }
    expect(openCarried(again.view).map(({ condition }) => condition.id)).toEqual(['limit', 'train']);
  });
  it('are those of a vote that was lent, too, and both people are told', () => {
    const lent = high(awayIn({ 'senior-1': ['boss-1', ...YEAR] }))
      .vote('compliance-1')
      .and('boss-1', (v) => ({ ...voteOf(v, asking(LIMIT)), for: 'senior-1' }) as DealCommand);
    for (const who of ['boss-1', 'senior-1']) {
      const gone = lent.when(who, RECUSE).then('Recused', 'VotesVoided');
      expect(openCarried(gone.view)).toMatchObject([{ condition: LIMIT, by: 'boss-1', for: 'senior-1' }]);
      const others = ['boss-1', 'senior-1'].filter((id) => id !== who);
      expect(toldOf(noticesBetween(lent, gone), 'recused')).toEqual(expect.arrayContaining(others));
    }
  });
  it('stay with a step that is complete', () => {
    const passed = high().vote('compliance-1', asking(LIMIT)).when('compliance-1', RECUSE).then('Recused');
    expect(openCarried(passed.view)).toEqual([]);
    const done = passed.vote('senior-1').vote('counsel-1');
    expect(done.state).toMatchObject({ decision: { conditions: [LIMIT] } });
  });
  it('take nothing from what changed, which those who vote again still see', () => {
    const changed = high()
      .vote('compliance-1')
      .vote('senior-1')
      .and('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination: 'SE' },
        reason: 'A typing error',
      }));
    const again = changed.vote('compliance-1').vote('senior-1');
    const gone = again.and('senior-1', RECUSE);
    expect(gone.view.deal.lastVoided?.differences).toEqual(changed.view.deal.lastVoided?.differences);
    expect(gone.view.deal.lastVoided?.differences).not.toEqual([]);
    // Nobody waits for a vote of theirs, so the next round shows no difference from before it.
    const off = changed.and('senior-1', RECUSE).vote('compliance-1');
    expect(off.view.deal.baseline?.details.destination).toBe('SE');
  });
});

describe('a recusal that would complete the step', () => {
  const bossFirst = (more: Partial<Ballot> = asking(LIMIT)): Story => second().vote('boss-1', more);

  /** The recusal was on a Monday. */
  const NEXT = '2027-03-03T09:00:00.000Z';

  it('does so a business day later, where nothing holds it: compliance and the chief are told at once', () => {
    const voted = bossFirst();
    expect(JSON.stringify(recuseForm(voted.view, 'senior-1'))).toContain('the votes that are there decide this deal');
    const gone = voted.when('senior-1', RECUSE).then('Recused');
    expect(gone.events.at(-1)).toMatchObject({ full: true });
    expect(toldOf(noticesBetween(voted, gone), 'recused')).toEqual(
      expect.arrayContaining(['thread', 'compliance-2', 'chief-1']),
    );
    const at = completesAt(gone.view) ?? '';
    expect(at > '2027-03-02T08:00' && at < NEXT).toBe(true);
    gone.when('system', { type: 'Tick' }, at).then('StepCompleted', 'DealDecided');
    // Until then compliance can have it looked at, and the voter can think again.
    gone.and('boss-1', { type: 'TakeVoteBack', step: 1 }).when('system', { type: 'Tick' }, at).refused('not now');
    const hold = gone.and('compliance-2', { type: 'RaiseFlag', title: 'Nobody apart has looked at it' });
    hold.when('system', { type: 'Tick' }, at).refused('not now');
    // Where it leaves somebody to vote, the form says nothing of it.
    expect(JSON.stringify(recuseForm(second().view, 'senior-1'))).not.toContain('votes that are there');
  });
  it('does not while anybody’s question is open; then taking it back does', () => {
    for (const by of ['senior-1', 'boss-1']) {
      const asked = second().and(by, { type: 'AskForInformation', step: 1, question: 'Who runs it?' }).vote('boss-1');
      const gone = asked.when('senior-1', RECUSE).then('Recused');
      const request = asked.view.deal.requests[0]?.id ?? '';
      expect(waitingFor(gone.view)).toMatchObject({ for: 'information', request });
      gone
        .when('chief-1', { type: 'TakeQuestionBack', request, reason: 'It is in the contract.' }, NEXT)
        .then('InformationTakenBack', 'StepCompleted', 'DealDecided');
      gone
        .when('chief-1', { type: 'TakeQuestionBack', request, reason: 'It is in the contract.' })
        .then('InformationTakenBack');
      const given = gone.and('rep-1', { type: 'GiveInformation', request, text: 'Our own team runs it.', sources: [] });
      expect(given.state.status).toBe('deciding');
    }
  });
  it('does not while a flag waits for compliance; then dismissing it does', () => {
    const flagged = bossFirst().and('product-1', { type: 'RaiseFlag', title: 'They asked me for more' });
    const gone = flagged.when('senior-1', RECUSE).then('Recused');
    const flag = deciding(gone).ownFlags[0]?.id ?? '';
    gone
      .when('compliance-2', { type: 'DismissFlag', flag, reason: 'It was about another deal' }, NEXT)
      .then('FlagDismissed', 'StepCompleted', 'DealDecided');
    // Without a recusal it decides nothing.
    second()
      .and('product-1', { type: 'RaiseFlag', title: 'They asked me for more' })
      .when('compliance-2', (v) => ({ type: 'DismissFlag', flag: v.deal.ownFlags[0]?.id ?? '', reason: 'A rumour' }))
      .then('FlagDismissed');
  });
  it('does not under a hold; then its release does', () => {
    const hold = aHold({ on: { of: 'deal', deal: bossFirst().view.deal.id } });
    const held = { ...managed, organisation: { ...managed.organisation, holds: [hold] } };
    const gone = story([], held).resume(bossFirst()).and('senior-1', RECUSE);
    expect(gone.events.map(({ type }) => type).slice(-2)).toEqual(['Recused', 'HoldNoted']);
    story([], managed)
      .resume(gone)
      .when('system', { type: 'NoteRelease', hold: hold.id, reason: 'It was put right', by: 'compliance-1' }, NEXT)
      .then('HoldEnded', 'StepCompleted', 'DealDecided');
  });
});

describe('two managers of the sellers, and the one with the conditions goes', () => {
  /** boss-1 manages who asked for the deal, senior-1 who owns it; counsel-1 must be heard besides. */
  const both: DealContext = {
    ...managed,
    organisation: {
      ...managed.organisation,
      people: managed.organisation.people.map((p) => (p.id === 'product-1' ? { ...p, manager: 'senior-1' } : p)),
      groups: managed.organisation.groups.map((g) =>
        g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1', 'counsel-1'] } : g,
      ),
    },
  };
  const voted = (): Story =>
    second(both)
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Leave' })
      .vote('boss-1', asking(TRAIN))
      .vote('senior-1', asking(TRAIN, LIMIT));

  it('leaves the other vote where it is while somebody else is to vote', () => {
    const gone = voted().when('senior-1', RECUSE).then('Recused', 'VotesVoided');
    expect(deciding(gone).votes.map(({ by }) => by)).toEqual(['compliance-1', 'boss-1']);
    expect(openCarried(gone.view).map(({ condition }) => condition.id)).toEqual(['limit']);
    expect(waitingFor(gone.view)).toMatchObject({ people: ['counsel-1'] });
  });
  it('decides nothing in silence once nobody else is left: the other votes again, and is told', () => {
    const first = voted().and('senior-1', RECUSE);
    const gone = first.when('counsel-1', RECUSE).then('Recused', 'VotesVoided');
    expect(deciding(gone).votes.map(({ by }) => by)).toEqual(['compliance-1']);
    expect(waitingFor(gone.view)).toMatchObject({ for: 'votes', people: ['boss-1'] });
    expect(toldOf(noticesBetween(first, gone), 'recused')).toContain('boss-1');
    expect(toldOf(noticesBetween(first, gone), 'review wanted')).toEqual(['boss-1']);
    expect(dutiesOf(gone.view).find(({ person }) => person === 'boss-1')?.key).toContain(gone.events.at(-1)?.at);
    gone.when('boss-1', (v) => voteOf(v, { ...asking(TRAIN), ...silent })).refused('not valid', /“Limit use”/);
    const done = gone
      .when('boss-1', (v) => voteOf(v, asking(TRAIN, LIMIT)))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    expect(done.state).toMatchObject({ decision: { conditions: [TRAIN, LIMIT] } });
  });
  it('nor in the other order, behind a question', () => {
    const asked = voted().and('counsel-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' });
    const gone = asked
      .when('counsel-1', RECUSE)
      .then('Recused')
      .when('senior-1', RECUSE)
      .then('Recused', 'VotesVoided');
    expect(deciding(gone).votes.map(({ by }) => by)).toEqual(['compliance-1']);
    const free = gone.when('chief-1', (v) => ({
      type: 'TakeQuestionBack',
      request: v.deal.requests[0]?.id ?? '',
      reason: 'It is in the contract.',
    }));
    expect(waitingFor(free.then('InformationTakenBack').view)).toMatchObject({ for: 'votes', people: ['boss-1'] });
  });
});

describe('the open question of an approver who recused themself', () => {
  const asked = (): Story =>
    high().vote('compliance-1').and('senior-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' });
  const gone = (): Story => asked().and('senior-1', RECUSE);
  const back = ({ view }: Story): DealCommand => ({
    type: 'TakeQuestionBack',
    request: view.deal.requests[0]?.id ?? '',
    reason: 'It is in the contract.',
  });

  it('is taken back by compliance too, and by nobody of the deal or recused', () => {
    asked()
      .when('compliance-2', back(asked()))
      .refused('not allowed', /Only the person who asked/);
    gone().when('compliance-2', back(gone())).then('InformationTakenBack');
    gone().when('chief-1', back(gone())).then('InformationTakenBack');
    gone().when('senior-1', back(gone())).then('InformationTakenBack');
    gone()
      .when('senior-2', back(gone()))
      .refused('not allowed', /compliance.*recused/);
    gone()
      .when('rep-1', back(gone()))
      .refused('not allowed', /on the deal team/);
    gone().and('compliance-2', RECUSE).when('compliance-2', back(gone())).refused('not allowed');
    gone().and('chief-1', RECUSE).when('chief-1', back(gone())).refused('not allowed');
  });
});
