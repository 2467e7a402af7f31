/** Whoever was lent a vote steps back: it is owed again, and those close to the deal decide no sooner because of it. */

import { describe, expect, it } from 'vitest';
import { recusedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { recuseForm } from '../../../../blocks/forms/recuse.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { completesAt } from '../../../../flows/deal/owing/filled.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const RECUSE: DealCommand = { type: 'Recuse', reason: 'My brother works for the agency' };
const YEAR: [string, string] = ['2027-02-01', '2027-12-31'];

/** The seniors are the requester's manager, and one colleague who is away. */
const managed = (context: DealContext): DealContext => ({
  ...context,
  policy: aPolicy({ managerAlone: false }),
  organisation: {
    ...context.organisation,
    groups: context.organisation.groups.map((g) => (g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1'] } : g)),
  },
});
const lent = (to: string): DealContext => managed(awayIn({ 'senior-1': [to, ...YEAR] }));
const TIMED_MANAGED = managed(TIMED);
const second = (context: DealContext): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context).vote('compliance-1');
const inOther = (told: Story, context: DealContext): Story => story([], context).resume(told);

describe('the recusal of a stand-in', () => {
  const voted = (): Story => second(lent('senior-2')).vote('boss-1');
  const gone = (): Story => voted().when('senior-2', RECUSE).then('Recused');

  it('completes nothing, now or by time: the vote is owed again', () => {
    const left = gone();
    expect(waitingFor(left.view)).toMatchObject({ for: 'votes', people: ['senior-1'] });
    expect(left.events.at(-1)).not.toHaveProperty('full');
    expect(completesAt(left.view)).toBeUndefined();
    left.when('system', { type: 'Tick' }, '2027-03-03T09:00:00.000Z').refused('not now');
  });
  it('nor does a vote of the manager afterwards, in whatever order', () => {
    gone()
      .and('boss-1', { type: 'TakeVoteBack', step: 1 })
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast');
    second(lent('senior-2'))
      .and('senior-2', RECUSE)
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast');
  });
  it('is told to whoever is away, to compliance and to the chief, and the form says so before', () => {
    expect(toldOf(noticesBetween(voted(), gone()), 'recused').toSorted()).toEqual([
      'chief-1',
      'compliance-1',
      'compliance-2',
      'senior-1',
      'thread',
    ]);
    const words = JSON.stringify(recusedTold(gone().view, { fact: 'recused', by: 'senior-2', reason: 'x' }));
    expect(words).toContain('choose somebody else to act for them');
    expect(JSON.stringify(recuseForm(voted().view, 'senior-2'))).toContain('You also give up the vote of ');
  });
  it('ends once they choose somebody else, who votes, or once they are back', () => {
    inOther(gone(), lent('counsel-1'))
      .when('counsel-1', (v) => ({ ...voteOf(v), for: 'senior-1' }) as DealCommand)
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    inOther(gone(), managed(TIMED))
      .when('senior-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('decides nothing at once either where somebody else was away whom nobody stands in for', () => {
    const context = managed(awayIn({ 'counsel-1': ['rep-1', ...YEAR] }));
    const three = {
      ...context,
      organisation: {
        ...context.organisation,
        groups: context.organisation.groups.map((g) =>
          g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1', 'counsel-1'] } : g,
        ),
      },
    };
    const left = second(three).vote('boss-1').when('senior-1', RECUSE).then('Recused');
    expect(waitingFor(left.view).people).toEqual(['counsel-1']);
    // Only a vote does, which says before that nobody else is waited for.
    const again = left.and('boss-1', { type: 'TakeVoteBack', step: 1 });
    again.when('boss-1', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});

describe('a stand-in who goes away themself', () => {
  /** `senior-2` stood in for `senior-1`, and lends what they have to the manager, or to somebody else, at this moment. */
  const gone = (said: string | undefined): DealContext => {
    const context = lent('senior-2');
    const absence = { person: 'senior-2', delegate: 'boss-1', from: '2027-03-01', until: '2027-03-05', said };
    const absences = [...(context.organisation.absences ?? []), absence];
    return { ...context, organisation: { ...context.organisation, absences } };
  };
  const NOW = '2027-03-02T09:00:00.000Z';

  it('opens no way to the manager on the same day: the one who chose them can choose anew', () => {
    const left = inOther(second(lent('senior-2')), gone('2027-03-02T08:59:00.000Z'));
    const voted = left.when('boss-1', (v) => voteOf(v), NOW).then('VoteCast');
    expect(waitingFor(voted.view)).toMatchObject({ for: 'votes', people: ['senior-1'] });
  });
  it('does a business day later, and then it is said before the vote', () => {
    const left = inOther(second(lent('senior-2')), gone('2027-03-01T08:00:00.000Z'));
    left.when('boss-1', (v) => voteOf(v), NOW).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});

describe('whoever should vote, and goes away in favour of the manager', () => {
  const away = (said: string): DealContext => {
    const context = managed(awayIn({ 'senior-1': ['boss-1', ...YEAR] }));
    const absences = (context.organisation.absences ?? []).map((absence) => ({ ...absence, said }));
    return { ...context, organisation: { ...context.organisation, absences } };
  };
  it('does not make it the manager’s alone on the same day', () => {
    const voteAt = (said: string) =>
      inOther(second(TIMED_MANAGED), away(said)).when('boss-1', (v) => voteOf(v), '2027-03-02T09:00:00.000Z');
    voteAt('2027-03-02T08:00:00.000Z').then('VoteCast');
    voteAt('2027-02-26T08:00:00.000Z').then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});
