/** Whoever is faster than the clock: votes over what ran out long ago, before the bot's own tick has ended it. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { areHeld, completesAt } from '../../../../flows/deal/owing/filled.ts';
import { longOver } from '../../../../flows/deal/owing/run-out.ts';
import { answeredOn, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, voteOf, type Story } from '../../../support/story.ts';

const NOTE = lawsNote({ until: '2027-03-10' });
/** More than thirty days after it, on the Monday morning on which the tick is owed. */
const EARLY = '2027-04-12T05:00:00.000Z';
/** Within the thirty days. */
const IN_TIME = '2027-04-08T09:00:00.000Z';

const one = story(answeredOn({ sources: [SOURCE] }), basisContext(NOTE));
const voted = one.vote('compliance-1');
const types = ({ events }: Story, from: Story): string[] => events.slice(from.events.length).map(({ type }) => type);
const approve = (view: Parameters<typeof voteOf>[0]): DealCommand => voteOf(view);

describe('a vote that is faster than the clock', () => {
  it('counts for nothing over a note that ended more than thirty days ago, and has the deal asked anew at once', () => {
    const told = voted
      .when('senior-1', approve, EARLY)
      .refused('facts changed', /^Not counted.*counsel’s note on Norway.*asked anew/u);
    expect(types(told, voted)).toEqual(['BasisEnded', 'VotesVoided', 'DealRouted']);
    expect(told.events.slice(voted.events.length).map(({ by }) => by)).toEqual(['system', 'system', 'system']);
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(told.view.deal).toMatchObject({ votes: [] });
    expect(longOver({ ...told.view, now: EARLY })).toBeUndefined();
  });

  it('has the same effects as the tick', () => {
    const ticked = voted.and('system', { type: 'Tick' }, EARLY);
    const told = voted.when('senior-1', approve, EARLY).refused('facts changed');
    expect(ticked.events.filter(({ type }) => type !== 'Reminded')).toEqual(told.events);
  });

  it('is as little worth as the first of a step, as a decline, or as a stand-in’s', () => {
    const first = one.when('compliance-1', approve, EARLY).refused('facts changed', /Not counted/u);
    expect(types(first, one)).toEqual(['BasisEnded', 'DealRouted']);
    one
      .when('compliance-1', (view) => voteOf(view, { outcome: 'decline' }), EARLY)
      .refused('facts changed', /Not counted/u);
  });

  it('counts within the thirty days', () => {
    voted.when('senior-1', approve, IN_TIME).then('VoteCast', 'StepCompleted', 'DealDecided');
  });

  it('is not what an outsider can cause: nothing happens where somebody may not vote', () => {
    const told = voted.when('rep-1', approve, EARLY).refused('not allowed');
    expect(types(told, voted)).toEqual([]);
  });

  it('is judged on the new facts when it is cast again', () => {
    const told = voted.when('senior-1', approve, EARLY).refused('facts changed');
    told.when('compliance-1', approve, EARLY).then('VoteCast', 'StepCompleted');
  });
});

describe('other ways to complete a step over what ended long ago', () => {
  /** Two seniors decide; one votes, the other asks and then steps back. */
  const asked = (deal: Story): Story =>
    deal.and('senior-2', { type: 'AskForInformation', step: 1, question: 'Who maintains it?' }, IN_TIME);

  it('a question that is taken back', () => {
    const held = asked(voted);
    const request = held.view.deal.requests.at(-1)?.id ?? '';
    const back = held.when('senior-2', { type: 'TakeQuestionBack', request }, EARLY);
    expect(back.then('InformationTakenBack', 'BasisEnded', 'VotesVoided', 'DealRouted').state).toMatchObject({
      status: 'deciding',
    });
  });

  it('a recusal', () => {
    const gone = voted.when('senior-2', { type: 'Recuse', reason: 'A relative of mine works there.' }, EARLY);
    expect(gone.then('Recused', 'BasisEnded', 'VotesVoided', 'DealRouted').state).toMatchObject({ tier: 'elevated' });
  });

  it('a changed organisation file that fills it, where the bot was down on the day', () => {
    const { deal } = voted.view;
    if (deal.status !== 'deciding') throw new Error('not deciding');
    const full = { ...deal, route: { ...deal.route, steps: deal.route.steps.slice(0, 1) }, step: 0, full: IN_TIME };
    const early = { ...voted.view, deal: full, now: EARLY };
    expect(completesAt({ ...early, now: IN_TIME })).toBeDefined();
    expect(completesAt(early)).toBeUndefined();
  });
});

describe('a gap that was accepted of a country until a day', () => {
  const acceptance = {
    id: 'gap-1',
    on: { of: 'country', country: 'NO' },
    questions: ['H-RF3-conflict'],
    reason: 'Nobody publishes on this.',
    until: '2027-03-10',
    by: 'compliance-2',
    at: '2027-02-01T09:00:00.000Z',
  } as const;
  const lines = pictureDeal({ P1: 'yes', 'H-RF3-conflict': 'unknown' });
  const deal = story(lines, pictureContext({ acceptances: [acceptance] }));

  it('counts for no vote from the moment on in which compliance ends it, before the deal has lost it', () => {
    const { on, until } = acceptance;
    const ended = { id: 'gap-1', on, until, by: 'compliance-2', at: IN_TIME, reason: 'A report was published.' };
    const now = { ...deal.view, now: IN_TIME };
    const context = pictureContext({ acceptances: [], acceptancesEnded: [ended] });
    const vote = (given: DealContext) =>
      decide(approve(now), deal.state, { actor: 'compliance-1', at: IN_TIME, id: 'id99' }, given);
    // Read as any other: it weighs nothing yet.
    expect(vote(pictureContext({ acceptances: [acceptance] }))).toMatchObject({ refusal: { about: 'leverage' } });
    expect(vote(context)).toMatchObject({
      refusal: { code: 'facts changed', text: expect.stringMatching(/took back.*one thing/u) as string },
    });
    if (deal.state.status !== 'deciding') throw new Error('not deciding');
    expect(areHeld({ ...now, organisation: context.organisation }, deal.state)).toBe(true);
    expect(areHeld(now, deal.state)).toBe(false);
  });

  it('counts for no vote thirty days after it', () => {
    const told = deal.when('compliance-1', approve, EARLY).refused('facts changed', /compliance accepted/u);
    expect(types(told, deal)).toEqual(['BasisEnded', 'DealRouted']);
  });
});
