/** Random reviews while people leave, are away and step back: nothing that a vote asked for is lost in silence. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../flows/calendar.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Ballot, Condition, LeftOut, Vote } from '../../../flows/deal/deal.ts';
import { decide } from '../../../flows/deal/decide.ts';
import type { DealContext } from '../../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import { askersOf } from '../../../flows/deal/rights/asked-together.ts';
import { openCarried } from '../../../flows/deal/rights/carried.ts';
import { seatOf } from '../../../flows/deal/rights/seats.ts';
import { openRequests, standingOf } from '../../../flows/deal/rights/whose-turn.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { answeredDeal, ballot } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

const APPROVERS = ['compliance-1', 'compliance-2', 'senior-1', 'senior-2', 'counsel-1', 'boss-1', 'chief-1'];
const TEXTS = ['Limit use', 'Train the users', 'Report each year'];
const OWNERS = ['product-1', 'rep-1'];
const DUES = ['2028-01-01', '2028-06-01'];
/** Somebody the step waits for, and who voted last. */
const TURN = 'whose turn it is';
const VOTER = 'who voted last';
const START = Date.parse('2027-03-01T09:00:00.000Z');

type Act =
  | 'reassess'
  | 'typo'
  | 'withdraw'
  | 'reopen'
  | 'take back'
  | 'ask'
  | 'answer'
  | 'take question back'
  | 'flag'
  | 'dismiss';
type Tried = 'elevated' | 'high';
type Taking = 'as it was' | 'sooner' | 'later' | 'of another';
type Play =
  | {
      do: 'vote';
      by: string;
      outcome: Ballot['outcome'];
      asks: string[];
      of: string;
      due: string;
      takes: number;
      taking: Taking;
      silent: boolean;
    }
  | { do: 'edit'; group: string; who: string; leaves: boolean }
  | { do: 'away'; who: string; delegate: string; back: boolean }
  | { do: 'recuse'; by: string }
  | { do: 'act'; act: Act };

const who = fc.oneof(
  { weight: 3, arbitrary: fc.constant(TURN) },
  { weight: 1, arbitrary: fc.constantFrom(...APPROVERS) },
);

const plays: fc.Arbitrary<Play[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('vote' as const),
        by: who,
        outcome: fc.constantFrom<Ballot['outcome'][]>(
          'approve',
          'approve',
          ...Array.from({ length: 9 }, () => 'approve-with-conditions' as const),
          'decline',
        ),
        asks: fc.subarray(TEXTS, { minLength: 1 }),
        of: fc.constantFrom(...OWNERS),
        due: fc.constantFrom(...DUES),
        takes: fc.nat({ max: 3 }),
        taking: fc.constantFrom<Taking[]>('as it was', 'sooner', 'later', 'of another'),
        silent: fc.constantFrom(false, false, true),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('edit' as const),
        group: fc.constantFrom('compliance', 'senior', 'counsel'),
        who: fc.constantFrom(...APPROVERS),
        leaves: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('away' as const),
        who: fc.constantFrom(...APPROVERS),
        delegate: fc.oneof(fc.constant('deputy-1'), fc.constantFrom(...APPROVERS)),
        back: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('recuse' as const),
        by: fc.constantFrom(TURN, VOTER, VOTER, VOTER, VOTER, VOTER, VOTER, 'boss-1'),
      }),
    },
    {
      weight: 9,
      arbitrary: fc.record({
        do: fc.constant('act' as const),
        act: fc.constantFrom<Act[]>(
          'typo',
          'typo',
          'typo',
          'typo',
          'withdraw',
          'reassess',
          'reassess',
          'reassess',
          'reopen',
          'reopen',
          'reopen',
          'reopen',
          'take back',
          'take back',
          'ask',
          'ask',
          'answer',
          'answer',
          'take question back',
          'take question back',
          'flag',
          'dismiss',
          'dismiss',
        ),
      }),
    },
  ),
  { minLength: 12, maxLength: 60 },
);

/** The manager of who sells is a senior, alone with one colleague for an elevated deal; all have the same deputy. */
const contextOf = (tier: Tried): DealContext => {
  const { people, groups } = TIMED.organisation;
  const seniors = tier === 'high' ? ['boss-1', 'senior-1', 'senior-2', 'counsel-1'] : ['boss-1', 'senior-1'];
  return {
    ...TIMED,
    policy: aPolicy({ managerAlone: false, delegates: 'same-group', lighter: 'reason' }),
    organisation: {
      ...TIMED.organisation,
      people: [...people, { id: 'deputy-1', name: 'Sample Deputy' }].map((p) =>
        APPROVERS.includes(p.id) ? { ...p, deputies: ['deputy-1'] } : p,
      ),
      groups: groups.map((g) => (g.id === 'senior' ? { ...g, members: seniors } : g)),
    },
  };
};

const edited = (organisation: Organisation, play: Play): Organisation => {
  if (play.do === 'edit') {
    const { group, who: person, leaves } = play;
    const members = (of: string[]): string[] =>
      leaves ? of.filter((id) => id !== person) : [...new Set([...of, person])];
    return {
      ...organisation,
      groups: organisation.groups.map((g) => (g.id === group ? { ...g, members: members(g.members) } : g)),
    };
  }
  if (play.do !== 'away') return organisation;
  const others = (organisation.absences ?? []).filter(({ person }) => person !== play.who);
  const { delegate } = play;
  const gone = { person: play.who, delegate, from: '2027-01-01', until: '2029-01-01' };
  return { ...organisation, absences: play.back ? others : [...others, gone] };
};

const words = ({ text }: Condition): string => text.toLowerCase();

/** The ballot of a form: takes the first few of what is carried, some of it weaker, leaves out the rest, or is silent. */
const filled = (view: DealView, play: Extract<Play, { do: 'vote' }>): Ballot => {
  const open = openCarried(view);
  const conditional = play.outcome === 'approve-with-conditions';
  const weaker = (condition: Condition): Condition => {
    if (play.taking === 'sooner') return { ...condition, due: addDays(condition.due, -20) };
    if (play.taking === 'later') return { ...condition, due: '2028-09-01' };
    return play.taking === 'of another' ? { ...condition, owner: 'counsel-1' } : condition;
  };
  const taken = conditional ? open.slice(0, play.takes).map(({ condition }) => weaker(condition)) : [];
  const said = open.slice(conditional && (play.taking === 'as it was' || play.taking === 'sooner') ? play.takes : 0);
  const asked = play.asks.map((text, i) => ({ id: `${view.now}-${i}`, text, owner: play.of, due: play.due }));
  const leftOut: LeftOut[] = said.map(({ condition, by }) => ({ condition, askedBy: by, reason: 'It is done.' }));
  return ballot(view, {
    outcome: play.outcome,
    conditions: conditional ? [...taken, ...asked] : [],
    leftOut: play.silent ? undefined : leftOut,
  });
};

const COMMANDS: Record<Exclude<Act, 'reassess'>, (deal: OpenedDeal, n: number) => [string, DealCommand]> = {
  typo: ({ details, owner }, n) => [
    owner,
    { type: 'CorrectDetails', details: { ...details, customer: `Sample ${n}` }, reason: 'A typing error' },
  ],
  withdraw: ({ owner }) => [owner, { type: 'Withdraw', reason: 'The buyer left' }],
  reopen: ({ owner, status, recused }) => [
    status !== 'decided' ? owner : recused?.some(({ by }) => by === 'compliance-2') ? 'compliance-1' : 'compliance-2',
    { type: 'Reopen', reason: 'They are back' },
  ],
  'take back': (deal) => [
    (deal.status === 'deciding' ? deal.votes.at(-1)?.by : undefined) ?? 'senior-1',
    { type: 'TakeVoteBack', step: deal.status === 'deciding' ? deal.step : 0 },
  ],
  ask: (deal, n) => [
    (deal.status === 'deciding' && deal.step > 0 ? ['senior-1', 'counsel-1'] : ['compliance-1', 'compliance-2'])[
      n % 2
    ] ?? '',
    { type: 'AskForInformation', step: deal.status === 'deciding' ? deal.step : 0, question: 'Who runs it?' },
  ],
  answer: ({ owner, requests }) => [
    owner,
    { type: 'GiveInformation', request: requests.at(-1)?.id ?? 'none', text: 'We run it ourselves.', sources: [] },
  ],
  'take question back': ({ requests, recused }) => [
    recused?.some(({ by }) => by === 'chief-1') ? 'compliance-1' : 'chief-1',
    {
      type: 'TakeQuestionBack',
      request: requests.find((r) => !r.answer && !r.takenBack)?.id ?? 'none',
      reason: 'It is known.',
    },
  ],
  flag: () => ['deputy-1', { type: 'RaiseFlag', title: 'Something worries me here' }],
  dismiss: ({ ownFlags }) => [
    'compliance-2',
    { type: 'DismissFlag', flag: ownFlags.find((f) => f.status === 'pending')?.id ?? '', reason: 'It is not so' },
  ],
};

const votesIn = (state: DealState): readonly Vote[] =>
  state.status === 'deciding' ? state.votes : state.status === 'decided' ? state.decision.votes : [];

/** What a vote asked for by itself: in its weaker form a condition is still the one that was asked for first. */
const askedIn = ({ conditions, leftOut = [] }: Pick<Vote, 'conditions' | 'leftOut'>): Condition[] =>
  conditions.filter((c) => !leftOut.some(({ instead, condition }) => instead && condition.id === c.id));

interface Owed {
  condition: Condition;
  /** Whose word it is, with whose vote, and when that was cast. */
  by: string;
  voter?: string;
  at: string;
}

/** Who asked for words of somebody's, in a vote that they did not take back: by person, when they last did. */
type Asked = Map<string, Map<string, string>>;
const keyOf = (condition: Condition): string => `${words(condition)} of ${condition.owner}`;

/** What really happened in all plays, by kind. */
type Seen = Record<string, number>;

const run = (script: readonly Play[], tier: Tried, seen: Seen): void => {
  const note = (what: string, times = 1): void => {
    seen[what] = (seen[what] ?? 0) + times;
  };
  let context = contextOf(tier);
  let state: DealState = noDeal;
  /** Conditions that votes asked for since the last approval, other than those that their voters took back. */
  let owed: Owed[] = [];
  /** Whose word each is: whoever takes one over as it was, or later, did not ask for it. */
  let asked: Asked = new Map();
  const viewOf = (of: DealState, at: string): DealView =>
    dealView(of as OpenedDeal, context.policy, context.organisation, at);
  const viewAt = (at: string): DealView => dealView(state as OpenedDeal, context.policy, context.organisation, at);
  const take = (by: string, command: DealCommand, n: number): void => {
    const at = new Date(START + n * 3_600_000).toISOString();
    const decided = decide(command, state, { actor: by, at, id: `id${n}` }, context);
    if (decided.kind === 'refused') {
      if (decided.refusal.text.includes('asked for this condition')) note('refused as silent');
      return;
    }
    if (state.status === 'deciding') checkHeld(decided.events, viewAt(at));
    for (const event of decided.events) {
      const before: DealState = state;
      state = evolve(state, event);
      check(before, state, event, decided.events);
    }
  };
  /** Nothing but a vote completes a step past a question, and nothing decides past a flag. */
  const checkHeld = (events: readonly DealEvent[], before: DealView): void => {
    const passes = events.some((e) => e.type === 'StepCompleted' && e.outcome === 'passed');
    const { deal } = before;
    if (deal.status !== 'deciding') return;
    if (events.some(({ type }) => type === 'Recused')) {
      if (passes) note('recusal completes a step');
      if (events.some((e) => e.type === 'VotesVoided' && !e.voters.every((by) => by === events[0]?.by)))
        note('recusal ends the votes of others');
    }
    if (!passes) return;
    const settled = events.flatMap((e) => (e.type === 'InformationTakenBack' ? [e.request] : []));
    expect(openRequests(deal).filter(({ id }) => !settled.includes(id))).toEqual([]);
    if (settled.length > 0 || events.some(({ type }) => type === 'FlagDismissed'))
      note('completed once nothing held it');
    if (!events.some(({ type }) => type === 'DealDecided')) return;
    const dismissed = events.flatMap((e) => (e.type === 'FlagDismissed' ? [e.flag] : []));
    expect(deal.ownFlags.filter(({ id, status }) => status === 'pending' && !dismissed.includes(id))).toEqual([]);
  };
  const check = (before: DealState, now: DealState, event: DealEvent, commit: readonly DealEvent[]): void => {
    note(event.type === 'VotesVoided' ? `VotesVoided ${event.because ?? 'changed'}` : event.type);
    if (event.type === 'VotesVoided') {
      expect(event.discarded?.map(({ by }) => by)).toEqual(expect.arrayContaining(event.voters));
      for (const vote of event.discarded ?? []) {
        const { by, at } = vote;
        const left = vote.leftOut ?? [];
        owed.push(...askedIn(vote).map((condition) => ({ condition, by: condition.askedBy ?? by, at })));
        owed.push(...left.map(({ condition, askedBy }) => ({ condition, by: askedBy, at })));
      }
    }
    if (event.type === 'VoteCast') {
      const { by, at, ballot: cast } = event;
      if (event.for !== undefined) note('lent vote');
      note('left out', cast.leftOut?.filter(({ instead }) => !instead).length ?? 0);
      note('weakened', cast.leftOut?.filter(({ instead }) => instead).length ?? 0);
      owed.push(...askedIn(cast).map((condition) => ({ condition, by: condition.askedBy ?? by, voter: by, at })));
      const carried = openCarried(viewOf(before, at)).map(({ condition }) => condition);
      /** Whose word stands in a vote that counts now, or whom such a vote did without: they are no part of what is taken over or left out. */
      const isSaid = (c: Condition): string[] =>
        votesIn(before).flatMap((v) => [
          ...v.conditions
            .filter((one) => keyOf(one) === keyOf(c))
            .flatMap((one) => askersOf({ condition: one, askedBy: one.askedBy ?? v.by })),
          ...(v.leftOut ?? []).filter((one) => keyOf(one.condition) === keyOf(c)).flatMap(askersOf),
        ]);
      for (const given of cast.conditions) {
        if (carried.some((c) => keyOf(c) === keyOf(given))) {
          note('taken over of whom');
          const whose = [...(asked.get(keyOf(given))?.keys() ?? [])].filter(
            (id) => id !== by && !isSaid(given).includes(id),
          );
          const named = askersOf({ condition: given, askedBy: given.askedBy ?? by });
          expect([given, ...named]).toEqual(expect.arrayContaining(whose));
          continue;
        }
        const was = carried.find((c) => c.id === given.id && words(c) === words(given));
        const before = was ? (asked.get(keyOf(was)) ?? new Map<string, string>()) : new Map<string, string>();
        const now = asked.get(keyOf(given)) ?? new Map<string, string>();
        asked.set(keyOf(given), new Map([...before, ...now, [by, at]]));
      }
      for (const left of cast.leftOut ?? []) {
        const whose = asked.get(keyOf(left.condition)) ?? new Map<string, string>();
        note('left out of whom');
        // Whoever does without it now does not ask for it any more.
        const others = [...whose.keys()].filter((id) => id !== by && !isSaid(left.condition).includes(id));
        expect([left, ...askersOf(left)]).toEqual(expect.arrayContaining(others));
        if (!left.instead) asked.set(keyOf(left.condition), new Map([...whose].filter(([id]) => id !== by)));
      }
    }
    if (event.type === 'VoteTakenBack' && before.status === 'deciding') {
      const back = before.votes.find((v) => v.by === event.by && v.step === event.step);
      owed = owed.filter(({ voter, at }) => !back || voter !== back.by || at !== back.at);
      asked = new Map(
        [...asked].map(([key, of]) => [key, new Map([...of].filter(([by, at]) => by !== back?.by || at !== back.at))]),
      );
    }
    // A vote is gone only where the record says so.
    const said = commit.some(
      ({ type }) => type === 'VotesVoided' || type === 'VoteTakenBack' || type === 'ReassessmentStarted',
    );
    if (event.type !== 'DealDecided' && !said) {
      expect(votesIn(now).map(({ by }) => by)).toEqual(expect.arrayContaining(votesIn(before).map(({ by }) => by)));
    }
    if (event.type !== 'DealDecided' || now.status !== 'decided' || event.outcome === 'declined') return;
    note(`approved ${tier}`);
    const { votes, conditions } = now.decision;
    const ids = conditions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    /** The same words of the same owner, no later. */
    const isThere = (asked: Condition): boolean =>
      conditions.some((c) => words(c) === words(asked) && c.owner === asked.owner && c.due <= asked.due);
    for (const asked of votes.flatMap((v) => v.conditions)) expect(isThere(asked)).toBe(true);
    // The step that was completed names who counted, and they are in the decision.
    const counted = before.status === 'deciding' ? Object.values(before.counted ?? {}).flat() : [];
    expect(votes.map(({ by }) => by).toSorted()).toEqual(counted.toSorted());
    const left = votes.flatMap((v) => v.leftOut ?? []).filter(({ reason }) => reason.trim() !== '');
    for (const { condition: asked, by } of owed) {
      const isExplained = left.some(
        (one) => keyOf(one.condition) === keyOf(asked) && (by === '' || askersOf(one).includes(by)),
      );
      note(isThere(asked) ? 'kept' : 'explained');
      expect([isThere(asked) || isExplained, by, asked]).toEqual([true, by, asked]);
    }
    // A reassessment takes them over, or leaves them out: whoever made one later is none of those who asked.
    owed = conditions.map((condition) => ({ condition, by: '', at: '' }));
    const askersIn = (given: Condition): string[] =>
      votes.flatMap((v) =>
        v.conditions
          .filter((c) => keyOf(c) === keyOf(given))
          .flatMap(({ dueBy: _later, ...c }) => askersOf({ condition: c, askedBy: c.askedBy ?? v.by })),
      );
    asked = new Map(conditions.map((c) => [keyOf(c), new Map(askersIn(c).map((id) => [id, '']))]));
  };
  const facts = tier === 'high' ? { 'H-RF1': 'yes' } : { 'H-RF3': 'yes' };
  answeredDeal(facts).forEach(([by, command], n) => take(by, command, n));
  script.forEach((play, i) => {
    const n = i + 10;
    const deal = state as OpenedDeal;
    if (play.do === 'edit' || play.do === 'away') {
      note(play.do);
      context = { ...context, organisation: edited(context.organisation, play) };
      return;
    }
    if (play.do === 'act' && play.act !== 'reassess') {
      const [by, command] = COMMANDS[play.act](deal, n);
      take(by, command, n);
      return;
    }
    if (play.do === 'act') {
      const { owner, status } = deal;
      if (status !== 'decided') return;
      take(owner, { type: 'ReportChange', what: 'major', why: 'They run it themselves now.' }, n);
      take(owner, { type: 'StartReassessment' }, n);
      for (const section of Object.keys(deal.answers)) take(owner, { type: 'ConfirmSection', section }, n);
      return;
    }
    const view = viewAt(new Date(START + n * 3_600_000).toISOString());
    const standing = deal.status === 'deciding' ? standingOf(view, deal) : undefined;
    if (standing?.besides && standing.counted.length > 0) note('manager waits for another');
    const turn = standing?.people[i % Math.max(1, standing.people.length)] ?? 'senior-1';
    const voter = deal.status === 'deciding' ? deal.votes.findLast(({ step }) => step === deal.step)?.by : undefined;
    if (play.by === VOTER && voter === undefined) return;
    // Where a manager's vote waits for somebody else, that person may step back too.
    const other = play.do === 'recuse' && standing?.besides && i % 2 === 0 ? turn : voter;
    const due = play.by === TURN ? turn : play.by === VOTER ? (other ?? turn) : play.by;
    if (play.do === 'recuse') {
      take(due, { type: 'Recuse', reason: 'A cousin works there' }, n);
      return;
    }
    // Who is away leaves it to whoever acts for them.
    const absence = context.organisation.absences?.find(({ person }) => person === due);
    const by = absence?.delegate ?? due;
    const seat = deal.status === 'deciding' ? seatOf(view, deal, by) : undefined;
    const absent = seat && 'of' in seat && seat.of !== by ? { for: seat.of } : {};
    const [step, factsHash] = deal.status === 'deciding' ? [deal.step, deal.route.factsHash] : [0, 'none'];
    take(by, { type: 'CastVote', step, factsHash, ballot: filled(view, play), ...absent }, n);
  });
};

/** Without these a model would prove nothing. About a third of what happens in as many plays. */
const FLOORS: Seen = {
  'approved elevated': 80,
  'approved high': 40,
  kept: 600,
  explained: 100,
  'left out': 150,
  weakened: 70,
  'refused as silent': 50,
  'VotesVoided changed': 70,
  'VotesVoided withdrawn': 15,
  'VotesVoided reopened': 100,
  'VotesVoided recused': 10,
  VoteTakenBack: 10,
  'lent vote': 10,
  'manager waits for another': 25,
  InformationAsked: 50,
  InformationTakenBack: 5,
  InformationGiven: 4,
  FlagDismissed: 15,
  edit: 250,
  away: 250,
};

describe('whatever votes asked for', () => {
  it('is in the decision, or left out or weakened there with a reason, whoever leaves, is away or steps back', () => {
    const seen: Seen = {};
    fc.assert(
      fc.property(plays, fc.constantFrom<Tried[]>('elevated', 'high'), (script, tier) => run(script, tier, seen)),
      { numRuns: 500 },
    );
    for (const [what, least] of Object.entries(FLOORS)) expect([what, (seen[what] ?? 0) > least]).toEqual([what, true]);
  });
});
