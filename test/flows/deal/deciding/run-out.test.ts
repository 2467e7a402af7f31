/** What counts until a day: counsel's note and accepted gaps, in a deal that is looked at again after it. */

import { describe, expect, it } from 'vitest';
import { gapItems } from '../../../../blocks/cards/gap-words.ts';
import { standsOnBlocks } from '../../../../blocks/cards/stands-on.ts';
import { lawsOf } from '../../../../flows/deal/basis/laws.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptedGaps } from '../../../../flows/deal/context/gaps.ts';
import { againstShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { longOver, longOverAt } from '../../../../flows/deal/owing/run-out.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { GapAcceptance } from '../../../../flows/gap-acceptance.ts';
import { answeredOn, basedOnThis, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { findingPolicy, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const LATER = '2029-02-10T09:00:00.000Z';
const NOTE = lawsNote({ until: '2027-03-10' });
const FRESH = lawsNote({ id: 'laws-2', at: '2029-01-10T09:00:00.000Z', until: '2030-01-10' });
const FLAG: DealCommand = { type: 'RaiseFlag', title: 'A sample worry of ours' };

const dealWith = (...notes: Parameters<typeof basisContext>): Story =>
  story(answeredOn({ sources: [SOURCE] }), basisContext(...notes));
const decided = dealWith(NOTE).vote('compliance-1').vote('senior-1');
/** The same deal in a company that has these notes now. */
const among = (deal: Story, ...notes: Parameters<typeof basisContext>): Story =>
  story([], basisContext(...notes)).resume(deal);
const started = (deal: Story): Story =>
  deal
    .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want two more' }, LATER)
    .and('rep-1', { type: 'StartReassessment' }, LATER);
const stillSo = (deal: Story): Story =>
  ['scope', 'record', 'laws'].reduce(
    (told, section) => told.and('rep-1', { type: 'ConfirmSection', section }, LATER),
    deal,
  );
const open = ({ assessment }: DealView): string[] =>
  assessment.openQuestions.filter(({ accepted }) => !accepted).map(({ id }) => id);

describe('counsel’s note that has run out', () => {
  it('serves no reassessment: whoever confirms every section has L1 open', () => {
    const again = stillSo(started(among(decided, NOTE)));
    expect(decided.state).toMatchObject({ status: 'decided', decision: { tier: 'low' } });
    expect(lawsOf(again.view.deal)).toBeUndefined();
    expect(open(again.view)).toEqual(['L1']);
    expect(again.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });

  it('is said to have run out when the reassessment starts, once and in the thread', () => {
    const before = among(decided, NOTE);
    const again = started(before);
    expect(again.events.slice(before.events.length).map((e) => e.type)).toEqual([
      'ReassessmentRequired',
      'ReassessmentStarted',
      'BasisEnded',
    ]);
    expect(toldOf(noticesBetween(before, again), 'basis ended')).toEqual(['thread']);
    expect(stillSo(again).events.filter((e) => e.type === 'BasisEnded')).toHaveLength(1);
  });

  it('is followed by a newer one by itself, where counsel wrote one', () => {
    const again = stillSo(started(among(decided, FRESH)));
    expect(lawsOf(again.view.deal)).toMatchObject({ id: 'laws-2' });
    expect(again.events.map((e) => e.type)).not.toContain('BasisEnded');
    expect(again.state).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('is known again with one press of counsel', () => {
    const again = among(stillSo(started(among(decided, NOTE))), FRESH);
    const taken = again.when('system', { type: 'TakeLaws', note: FRESH }, LATER).then('LawsTaken', 'DealRouted');
    expect(taken.state).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('can be asked for again', () => {
    started(among(decided, NOTE)).when('rep-1', { type: 'AskCounsel' }, LATER).then('CounselAsked');
  });

  it('serves a review on for thirty days, and not for ever: then it is asked anew, and the votes are void', () => {
    const voted = among(dealWith(NOTE).vote('compliance-1'), NOTE);
    const over = nextDueAt({ ...voted.view, now: '2027-04-09T12:00:00.000Z' })!;
    // The tenth is a Saturday.
    expect(longOverAt(voted.view)?.slice(0, 10)).toBe('2027-04-12');
    expect(over <= longOverAt(voted.view)!).toBe(true);
    expect(longOver({ ...voted.view, now: '2027-04-09T12:00:00.000Z' })).toBeUndefined();
    const told = voted.and('system', { type: 'Tick' }, '2027-04-12T12:00:00.000Z');
    expect(told.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['BasisEnded', 'VotesVoided', 'DealRouted']),
    );
    expect(open(told.view)).toEqual(['L1']);
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    // Once: nothing is left to end.
    expect(longOverAt(told.view)).toBeNull();
  });

  it('serves on a deal under review that nobody touches: the votes on it keep their facts', () => {
    const voted = dealWith(NOTE).vote('compliance-1');
    const done = among(voted, NOTE).when(
      'senior-1',
      (view) => ({
        type: 'CastVote',
        step: 1,
        factsHash: view.deal.status === 'deciding' ? view.deal.route.factsHash : '',
        ballot: { outcome: 'approve', flags: {}, conditions: [], rationale: 'The use is narrow and agreed.' },
      }),
      '2027-04-08T09:00:00.000Z',
    );
    expect(done.then('VoteCast', 'StepCompleted', 'DealDecided').state).toMatchObject({ decision: { tier: 'low' } });
  });

  it('serves no deal that is routed anew, whatever the reason', () => {
    const voted = dealWith(NOTE).vote('compliance-1');
    const told = voted.when('rep-1', FLAG, LATER).then('FlagRaised', 'BasisEnded', 'VotesVoided', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(open(told.view)).toEqual(['L1']);
    // The same on the day on which it still counts.
    const inTime = voted
      .when('rep-1', FLAG, '2027-03-10T09:00:00.000Z')
      .then('FlagRaised', 'VotesVoided', 'DealRouted');
    expect(open(inTime.view)).toEqual([]);
  });

  it('serves no deal that waited long for its last section', () => {
    const half = story(answeredOn({ sources: [SOURCE] }).slice(0, 3), basisContext(NOTE));
    expect(lawsOf(half.view.deal)).toBeDefined();
    const [actor, command] = basedOnThis('laws', { L1: 'yes', L2: 'yes' }, { sources: [SOURCE] });
    expect(half.when(actor, command, LATER).then('SectionAnswered', 'BasisEnded', 'DealRouted').state).toMatchObject({
      tier: 'elevated',
    });
  });

  it('serves no deal that is withdrawn and reopened, or corrected to another country and back', () => {
    const gone = dealWith(NOTE).and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' });
    expect(open(gone.and('rep-1', { type: 'Reopen', reason: 'Won it after all' }, LATER).view)).toEqual(['L1']);
    const deal = dealWith(NOTE);
    const { details } = deal.view.deal;
    const correct = (destination: string): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...details, destination },
      reason: 'A typo',
    });
    const back = deal.and('rep-1', correct('SE')).and('rep-1', correct('NO'), LATER);
    expect(open(back.view)).toEqual(['L1']);
  });
});

describe('a gap that compliance accepted of a country until a day', () => {
  const acceptance: GapAcceptance = {
    id: 'gap-1',
    on: { of: 'country', country: 'NO' },
    questions: ['H-RF3-conflict'],
    reason: 'Nobody publishes on this.',
    until: '2027-09-01',
    by: 'compliance-2',
    at: '2027-02-01T09:00:00.000Z',
  };
  const unclear = pictureDeal({ P1: 'yes', 'H-RF3-conflict': 'unknown' });
  const taken = (view: DealView): string[] => acceptedGaps(view).map(({ question }) => question.id);
  const AFTER = '2027-09-02T09:00:00.000Z';

  it('serves on until the deal is routed anew', () => {
    const deal = story(unclear, pictureContext({ acceptances: [acceptance] }));
    expect(taken(deal.and('rep-1', FLAG, '2027-09-01T09:00:00.000Z').view)).toEqual(['H-RF3-conflict']);
    const told = deal.when('rep-1', FLAG, AFTER).then('FlagRaised', 'BasisEnded', 'DealRouted');
    expect(taken(told.view)).toEqual([]);
    expect(open(told.view)).toContain('H-RF3-conflict');
  });

  it('says until when it was accepted, and once that has passed, to whoever reads the review then', () => {
    const { view } = story(unclear, pictureContext({ acceptances: [acceptance] }));
    expect(JSON.stringify(gapItems(view))).toMatch(/until 1 September 2027"/);
    expect(JSON.stringify(gapItems({ ...view, now: AFTER }))).toContain('until 1 September 2027 (that day has passed)');
  });

  it('is taken again from one that still stands', () => {
    const newer = { ...acceptance, id: 'gap-2', until: '2028-03-01' };
    const deal = story(unclear, pictureContext({ acceptances: [acceptance, newer] }));
    const told = deal.when('rep-1', FLAG, AFTER).then('FlagRaised', 'BasisEnded', 'GapsAccepted', 'DealRouted');
    expect(acceptedGaps(told.view)).toMatchObject([{ from: { id: 'gap-2' } }]);
  });

  it('of this deal alone has no day, and stays', () => {
    const deal = story(unclear, pictureContext()).and('compliance-1', {
      type: 'AcceptGaps',
      questions: ['H-RF3-conflict'],
      reason: 'Nobody publishes on this.',
    });
    expect(taken(deal.and('rep-1', FLAG, AFTER).view)).toEqual(['H-RF3-conflict']);
  });

  it('does not outlive its day while the deal finds out something else', () => {
    const half = story(
      pictureDeal({ P1: 'yes', 'H-RF3-conflict': 'unknown', 'H3-targeted': 'unknown' }),
      pictureContext({ acceptances: [acceptance] }, findingPolicy),
    );
    expect(half.state.status).toBe('answering');
    expect(taken(half.view)).toEqual(['H-RF3-conflict']);
    const sent = half.when('system', { type: 'Tick' }, AFTER);
    expect(taken(sent.then('SentOn', 'BasisEnded', 'DealRouted').view)).toEqual([]);
  });
});

describe('the word of somebody', () => {
  const on = (told: string): Story => story(answeredOn({ told }), basisContext(NOTE));
  const without = (deal: Story, gone: string): Story => {
    const context = basisContext(NOTE);
    const { organisation } = context;
    const people = organisation.people.filter(({ id }) => id !== gone);
    return story([], { ...context, organisation: { ...organisation, people } }).resume(deal);
  };
  const said = (deal: Story): string => JSON.stringify(standsOnBlocks(deal.view));

  it('who left is shown as that, and is a basis for no review that begins after it', () => {
    const left = without(on('product-1').vote('compliance-1'), 'product-1');
    expect(said(on('product-1'))).not.toMatch(/organisation file/);
    expect(said(left)).toMatch(/said so, and is not in the organisation file any more: nobody can ask them/);
    const again = left.and('rep-1', FLAG);
    expect(again.events.find(({ type }) => type === 'BasisEnded')).toMatchObject({
      words: [{ of: 'product-1', left: true, questions: expect.arrayContaining(['H1']) }],
    });
    expect(again.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(standsOnBlocks(again.view)).not.toEqual(standsOnBlocks(left.view));
  });

  it('who is away is shown as that: they can’t have objected', () => {
    const deal = on('product-1');
    const absence = { person: 'product-1', delegate: 'other-1', from: '2027-02-20', until: '2027-03-20' };
    const away = { ...deal, view: { ...deal.view, organisation: { ...deal.view.organisation, absences: [absence] } } };
    expect(said(away as Story)).toMatch(/said so, and is away until 20 March 2027: they can’t have objected/);
  });
});

describe('a confirm page that was opened before a basis ran out', () => {
  it('is not signed after that: who signs has read that it is over', () => {
    const deal = dealWith(NOTE);
    const shown = (now: string): string | undefined => againstShown({ ...deal.view, now });
    expect(shown('2027-03-11T09:00:00.000Z')).not.toBe(shown('2027-03-10T09:00:00.000Z'));
    expect(shown('2027-03-12T09:00:00.000Z')).toBe(shown('2027-03-11T09:00:00.000Z'));
  });
});
