/** The deal team does not pick its judge: every way onto the team or into a condition, for everybody whom a deal needs. */

import { describe, expect, it } from 'vitest';
import { approvalOf, conditionsNow } from '../../../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Condition } from '../../../../flows/deal/deal.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { judgesOf } from '../../../../flows/deal/owing/conditions.ts';
import { refusal } from '../../../../flows/deal/rights/access.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { answer, answeredDeal, open, story, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

/** The product manager acts for counsel, who is away, and the reps' stand-ins are those whom a deal needs. */
const NEEDED = {
  'an officer of compliance': 'compliance-2',
  counsel: 'counsel-1',
  'a senior approver': 'senior-2',
  'the chief': 'chief-1',
  'a stand-in of counsel': 'product-1',
} as const;
type Needed = (typeof NEEDED)[keyof typeof NEEDED];

const ALWAYS = { from: '2027-02-01', until: '2027-12-31' };
const away = (...pairs: [person: string, delegate: string][]): DealContext => ({
  ...TIMED,
  organisation: {
    ...TIMED.organisation,
    absences: pairs.map(([person, delegate]) => ({ person, delegate, ...ALWAYS })),
  },
});
const forCounsel: [string, string] = ['counsel-1', 'product-1'];
const contextFor = (door: string, to: Needed): DealContext => {
  const standsIn: [string, string][] = door === 'standing in for the team' ? [['rep-1', to]] : [];
  return to === 'product-1' ? away(forCounsel, ...standsIn) : away(...standsIn);
};

const LIMIT: Condition = { id: 'limit', text: 'Limit use in the contract', owner: 'rep-1', due: '2027-03-19' };
const high = (context: DealContext): Story => story(answeredDeal({ 'H-RF1': 'yes' }), context);
const approved = (context: DealContext, condition = LIMIT): Story =>
  story(answeredDeal(), context).vote('compliance-1', { outcome: 'approve-with-conditions', conditions: [condition] });
const unanswered = (context: DealContext): Story => story([open(), answer('scope', { G1: 'yes' })], context);
const given = { P1: { value: 'no', sources: [] } };

/** A way to make somebody part of the work, as the deal team, or the person drawn in, would use it. */
interface Door {
  before: (context: DealContext) => Story;
  through: (to: string) => [actor: string, command: DealCommand][];
}

const DOORS: Record<string, Door> = {
  HandOverSection: {
    before: unanswered,
    through: (to) => [['rep-1', { type: 'HandOverSection', section: 'record', to }]],
  },
  'HandOverSection while they decide': {
    before: high,
    through: (to) => [['rep-1', { type: 'HandOverSection', section: 'record', to }]],
  },
  ReassignOwner: {
    before: high,
    through: (to) => [['rep-1', { type: 'ReassignOwner', to, reason: 'On leave' }]],
  },
  HandOverCondition: {
    before: approved,
    through: (to) => [
      ['rep-1', { type: 'HandOverCondition', condition: 'limit', to, reason: 'They know the product' }],
      ['rep-1', { type: 'MeetCondition', condition: 'limit', text: 'Done.', sources: [] }],
    ],
  },
  'a flag of their own': {
    before: high,
    through: (to) => [
      [to, { type: 'RaiseFlag', title: 'Something worries me here' }],
      [
        to.startsWith('compliance') ? 'chief-1' : 'compliance-2',
        { type: 'AdmitFlag', flag: 'own-id4', weight: 'light', reason: 'Only hearsay so far' },
      ],
    ],
  },
  'CorrectDetails, SaveForLater, GiveInformation': {
    before: (context) => high(context).and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who?' }),
    through: (to) => [
      [to, { type: 'CorrectDetails', details: { ...high(TIMED).view.deal.details, customer: 'X' }, reason: 'Typo' }],
      [to, { type: 'SaveSectionForLater', section: 'product', answers: given }],
      [to, { type: 'GiveInformation', request: 'ask-id4', text: 'The ministry runs it.', sources: [] }],
    ],
  },
  'standing in for the team': {
    before: (context) => high(context).and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who?' }),
    through: (to) => [
      [to, { type: 'SaveSectionForLater', section: 'product', answers: given }],
      [to, { type: 'AnswerSection', section: 'product', answers: { ...given, P2: given.P1, P4: given.P1 } }],
      [to, { type: 'GiveInformation', request: 'ask-id4', text: 'The ministry runs it.', sources: [] }],
    ],
  },
};

/** Runs what is not refused. */
const tried = (told: Story, context: DealContext, acts: readonly [string, DealCommand][]): DealView =>
  acts.reduce(
    (now, [actor, command], i) => {
      const decided = decide(command, now.view.deal, { actor, at: now.view.now, id: `try${i}` }, context);
      if (decided.kind === 'refused') return now;
      return { ...now, view: { ...now.view, deal: replay(decided.events, now.view.deal) as DealView['deal'] } };
    },
    told as Pick<Story, 'view'>,
  ).view;

const judged = (view: DealView): string[] => {
  const approval = approvalOf(view.deal);
  return approval ? conditionsNow(view.deal).flatMap((condition) => judgesOf(view, approval, condition)) : [];
};

describe.each(Object.entries(NEEDED))('%s', (_who, to) => {
  it.each(Object.entries(DOORS))('is not put out of the way by %s', (name, { before, through }) => {
    // Who acts for counsel and for sales works for sales, as before: that vote waits for another day.
    if (to === 'product-1' && name === 'standing in for the team') return;
    const context = contextFor(name, to);
    const told = before(context);
    expect(told.view.deal.team).toEqual(['rep-1']);
    const view = tried(told, context, through(to));
    expect(view.deal.team).toEqual(['rep-1']);
    expect(judged(view)).toEqual(judged(told.view));
    expect(refusal(view, to, 'settle flag')).toBe(refusal(told.view, to, 'settle flag'));
    if (name.startsWith('HandOver') || name === 'ReassignOwner') {
      const [first] = through(to);
      if (first) told.when(...first).refused('not allowed', /may be needed to decide on this deal/, 'to');
    }
  });
  it('gets work from compliance outside the deal', () => {
    const context = contextFor('', to);
    approved(context)
      .when('compliance-1', { type: 'HandOverCondition', condition: 'limit', to, reason: 'They know the product' })
      .then('ConditionHandedOver');
    const section = unanswered(context).when('compliance-1', { type: 'HandOverSection', section: 'record', to });
    const deal = high(context).when('compliance-1', { type: 'ReassignOwner', to, reason: 'On leave' });
    // One of two officers: only the one who hands it over would be left.
    if (to === 'compliance-2') {
      for (const one of [section, deal]) one.refused('not allowed', /too few could decide/, 'to');
      return;
    }
    section.then('SectionHandedOver');
    deal.then('OwnerReassigned');
  });
});

describe('a condition that an officer owns', () => {
  const accept: DealCommand = { type: 'AcceptCondition', condition: 'limit' };
  const meet: DealCommand = { type: 'MeetCondition', condition: 'limit', text: 'Done.', sources: [] };
  const give = (to: string): DealCommand => ({ type: 'HandOverCondition', condition: 'limit', to, reason: 'Theirs' });
  const told = approved(TIMED, { ...LIMIT, owner: 'compliance-2' });

  it('is done by them alone, and judged by another, whoever voted for it', () => {
    told.when('rep-1', meet).refused('not allowed', /only they can say that it is done/);
    told
      .and('compliance-2', meet)
      .when('compliance-2', accept)
      .refused('not allowed', /another compliance colleague/);
    told.and('compliance-2', meet).when('compliance-1', accept).then('ConditionAccepted');
  });
  it('is handed on by them to whose work it is, and then they judge it', () => {
    const handed = told.and('compliance-2', give('rep-1')).and('rep-1', meet);
    handed.when('compliance-2', accept).then('ConditionAccepted');
  });
  it('is done by the delegate whom they chose', () => {
    const { organisation } = away(['compliance-2', 'boss-1']);
    const gone = approved({ ...TIMED, organisation }, { ...LIMIT, owner: 'compliance-2' });
    gone.when('rep-1', meet).refused('not allowed', /only they/);
    gone.when('boss-1', meet).then('ConditionMet');
  });
  it('is judged by them all the same where sales handed it to them, as it once could', () => {
    const sale = approved(TIMED);
    const before = replay(
      [
        {
          type: 'ConditionHandedOver',
          condition: 'limit',
          to: 'compliance-2',
          reason: 'Hm',
          by: 'rep-1',
          at: sale.view.now,
        },
        { type: 'ConditionMet', condition: 'limit', text: 'Done.', sources: [], by: 'rep-1', at: sale.view.now },
      ],
      sale.state,
    );
    const meta = { actor: 'compliance-2', at: sale.view.now, id: 'x' };
    expect(decide(accept, before, meta, TIMED)).toMatchObject({ kind: 'accepted' });
    expect(decide(accept, before, { ...meta, actor: 'compliance-1' }, TIMED)).toMatchObject({ kind: 'accepted' });
  });
});
