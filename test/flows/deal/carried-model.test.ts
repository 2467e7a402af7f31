/** Random reviews while the organisation file is edited: nothing that a vote asked for is lost in silence. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Ballot, Condition, LeftOut, Vote } from '../../../flows/deal/deal.ts';
import { decide } from '../../../flows/deal/decide.ts';
import type { DealContext } from '../../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import { openCarried } from '../../../flows/deal/rights/carried.ts';
import { standingOf } from '../../../flows/deal/rights/whose-turn.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView } from '../../../flows/deal/view.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { answeredDeal, ballot } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

const APPROVERS = ['compliance-1', 'compliance-2', 'senior-1', 'senior-2', 'counsel-1', 'chief-1'];
const TEXTS = ['Limit use', 'Train the users', 'Report each year'];
/** Somebody the step waits for. */
const TURN = 'whose turn it is';
const START = Date.parse('2027-03-01T09:00:00.000Z');

type Play =
  | { do: 'vote'; by: string; outcome: Ballot['outcome']; asks: string[]; takes: number; silent: boolean }
  | { do: 'edit'; group: string; who: string; leaves: boolean }
  | { do: 'act'; act: 'typo' | 'withdraw' | 'reopen' | 'take back' | 'ask' | 'answer' | 'take question back' };

const plays: fc.Arbitrary<Play[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('vote' as const),
        by: fc.oneof(
          { weight: 3, arbitrary: fc.constant(TURN) },
          { weight: 1, arbitrary: fc.constantFrom(...APPROVERS) },
        ),
        outcome: fc.constantFrom<Ballot['outcome'][]>(
          'approve',
          'approve',
          ...Array.from({ length: 6 }, () => 'approve-with-conditions' as const),
          'decline',
        ),
        asks: fc.subarray(TEXTS, { minLength: 1 }),
        takes: fc.nat({ max: 3 }),
        silent: fc.boolean(),
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
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('act' as const),
        act: fc.constantFrom(
          ...(['typo', 'withdraw', 'reopen', 'reopen', 'take back', 'ask', 'answer', 'take question back'] as const),
        ),
      }),
    },
  ),
  { minLength: 8, maxLength: 40 },
);

const edited = (organisation: Organisation, { group, who, leaves }: Extract<Play, { do: 'edit' }>): Organisation => ({
  ...organisation,
  groups: organisation.groups.map((g) =>
    g.id === group
      ? { ...g, members: leaves ? g.members.filter((id) => id !== who) : [...new Set([...g.members, who])] }
      : g,
  ),
});

const words = ({ text }: Condition): string => text.toLowerCase();

/** The ballot of a form: takes the first few of what is carried, leaves out the rest, or is silent about it. */
const filled = (state: OpenedDeal, play: Extract<Play, { do: 'vote' }>, context: DealContext, at: string): Ballot => {
  const view = dealView(state, context.policy, context.organisation, at);
  const open = openCarried(view);
  const conditional = play.outcome === 'approve-with-conditions';
  const taken = conditional ? open.slice(0, play.takes).map(({ condition }) => condition) : [];
  const left = open.slice(conditional ? play.takes : 0);
  const asked = play.asks.map((text, i) => ({ id: `${at}-${i}`, text, owner: 'product-1', due: '2028-06-01' }));
  const leftOut: LeftOut[] = left.map(({ condition, by }) => ({ condition, askedBy: by, reason: 'It is done.' }));
  return ballot(view, {
    outcome: play.outcome,
    conditions: conditional ? [...taken, ...asked] : [],
    leftOut: play.silent ? undefined : leftOut,
  });
};

const COMMANDS: Record<Extract<Play, { do: 'act' }>['act'], (deal: OpenedDeal, n: number) => [string, DealCommand]> = {
  typo: ({ details, owner }, n) => [
    owner,
    { type: 'CorrectDetails', details: { ...details, customer: `Sample ${n}` }, reason: 'A typing error' },
  ],
  withdraw: ({ owner }) => [owner, { type: 'Withdraw', reason: 'The buyer left' }],
  reopen: ({ owner, status }) => [
    status === 'decided' ? 'compliance-2' : owner,
    { type: 'Reopen', reason: 'They are back' },
  ],
  'take back': (deal) => [
    (deal.status === 'deciding' ? deal.votes.at(-1)?.by : undefined) ?? 'senior-1',
    { type: 'TakeVoteBack', step: deal.status === 'deciding' ? deal.step : 0 },
  ],
  ask: (deal) => [
    'compliance-2',
    { type: 'AskForInformation', step: deal.status === 'deciding' ? deal.step : 0, question: 'Who runs it?' },
  ],
  answer: ({ owner, requests }) => [
    owner,
    { type: 'GiveInformation', request: requests.at(-1)?.id ?? 'none', text: 'We run it ourselves.', sources: [] },
  ],
  'take question back': ({ requests }) => [
    'chief-1',
    { type: 'TakeQuestionBack', request: requests.find((r) => !r.answer && !r.takenBack)?.id ?? 'none' },
  ],
};

const votesIn = (state: DealState): readonly Vote[] =>
  state.status === 'deciding' ? state.votes : state.status === 'decided' ? state.decision.votes : [];

interface Seen {
  approved: number;
  carried: number;
  edits: number;
  kept: number;
}

const run = (script: readonly Play[], seen: Seen): void => {
  let context: DealContext = TIMED;
  let state: DealState = noDeal;
  /** Conditions of discarded votes since the last approval. */
  let owed: Condition[] = [];
  const take = (by: string, command: DealCommand, n: number): void => {
    const at = new Date(START + n * 3_600_000).toISOString();
    const decided = decide(command, state, { actor: by, at, id: `id${n}` }, context);
    if (decided.kind === 'refused') return;
    for (const event of decided.events) {
      const before: DealState = state;
      state = evolve(state, event);
      check(before, state, event, decided.events);
    }
  };
  const check = (before: DealState, now: DealState, event: DealEvent, commit: readonly DealEvent[]): void => {
    if (event.type === 'VotesVoided') {
      expect(event.discarded?.map(({ by }) => by)).toEqual(expect.arrayContaining(event.voters));
      owed.push(...(event.discarded ?? []).flatMap(({ conditions }) => conditions));
      seen.carried += owed.length > 0 ? 1 : 0;
    }
    // A vote is gone only where the record says so.
    const said = commit.some(({ type }) => type === 'VotesVoided' || type === 'VoteTakenBack');
    if (event.type !== 'DealDecided' && !said) {
      expect(votesIn(now).map(({ by }) => by)).toEqual(expect.arrayContaining(votesIn(before).map(({ by }) => by)));
    }
    if (event.type !== 'DealDecided' || now.status !== 'decided' || event.outcome === 'declined') return;
    seen.approved += 1;
    const { votes, conditions } = now.decision;
    const there = new Set(conditions.map(words));
    for (const asked of votes.flatMap((v) => v.conditions)) expect(there).toContain(words(asked));
    // The step that was completed names who counted, and they are in the decision.
    const counted = before.status === 'deciding' ? Object.values(before.counted ?? {}).flat() : [];
    expect(votes.map(({ by }) => by).toSorted()).toEqual(counted.toSorted());
    const left = new Set(votes.flatMap((v) => v.leftOut ?? []).map(({ condition }) => words(condition)));
    for (const asked of owed) {
      seen.kept += 1;
      expect(there.has(words(asked)) || left.has(words(asked))).toBe(true);
    }
    owed = [];
  };
  answeredDeal({ 'H-RF1': 'yes' }).forEach(([by, command], n) => take(by, command, n));
  script.forEach((play, i) => {
    const n = i + 10;
    const deal = state as OpenedDeal;
    if (play.do === 'edit') {
      seen.edits += 1;
      context = { ...context, organisation: edited(context.organisation, play) };
      return;
    }
    if (play.do === 'act') {
      const [by, command] = COMMANDS[play.act](deal, n);
      take(by, command, n);
      return;
    }
    const [step, factsHash] = deal.status === 'deciding' ? [deal.step, deal.route.factsHash] : [0, 'none'];
    const at = new Date(START + n * 3_600_000).toISOString();
    const view = dealView(deal, context.policy, context.organisation, at);
    const [turn] = deal.status === 'deciding' ? standingOf(view, deal).people : [];
    take(
      play.by === TURN ? (turn ?? 'senior-1') : play.by,
      { type: 'CastVote', step, factsHash, ballot: filled(deal, play, context, at) },
      n,
    );
  });
};

describe('whatever votes asked for', () => {
  it('is in the decision, or left out there with a reason, however the groups change', () => {
    const seen: Seen = { approved: 0, carried: 0, edits: 0, kept: 0 };
    fc.assert(
      fc.property(plays, (script) => run(script, seen)),
      { numRuns: 500 },
    );
    // A model that never decides anything would prove nothing.
    expect(seen.approved).toBeGreaterThan(50);
    expect(seen.kept).toBeGreaterThan(50);
    expect(seen.carried).toBeGreaterThan(100);
    expect(seen.edits).toBeGreaterThan(1000);
  });
});
