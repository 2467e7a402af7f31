/** Random reviews in which approvers ask, people answer, and the deal becomes another: no question is lost, and no answer stands for what it was not said of. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails, InformationRequest } from '../../../flows/deal/deal.ts';
import { decide } from '../../../flows/deal/decide.ts';
import type { DealContext } from '../../../flows/deal/deciding/decision.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import { allIn, isOfSame, partiesBetween } from '../../../flows/deal/formerly.ts';
import { openRequests, standingOf } from '../../../flows/deal/rights/whose-turn.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { answeredDeal, ballot } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

const START = Date.parse('2027-03-01T09:00:00.000Z');
const ASKERS = ['whose turn it is', 'senior-1', 'counsel-1', 'compliance-2'] as const;
const ANSWERERS = ['owner', 'owner', 'product-1'] as const;
const NAMES = ['Sample Ministry', 'SAMPLE MINISTRY', 'Sample Water Works'];
const LINK = { name: 'Sample Reseller', role: 'reseller' };
const BETWEEN = [[], [LINK], [{ ...LINK, role: 'buys for another' }], [LINK, { name: 'Sample Agent', role: 'agent' }]];

const corrections: fc.Arbitrary<Partial<DealDetails>> = fc.oneof(
  fc.constantFrom('NO', 'SE').map((destination) => ({ destination })),
  fc.constantFrom(...NAMES).map((name) => ({ endUser: { name, kind: 'security' as const } })),
  fc.constantFrom(...BETWEEN).map((intermediaries) => ({ intermediaries })),
  fc.constantFrom('Sample Ministry', 'Sample Buyer').map((customer) => ({ customer })),
  fc.constantFrom('2027-08-01', '2027-09-01').map((expectedSigning) => ({ expectedSigning })),
);

type Play =
  | { do: 'ask'; by: (typeof ASKERS)[number] }
  | { do: 'answer'; by: (typeof ANSWERERS)[number]; which: number }
  | { do: 'take back'; by: 'asker' | 'compliance-1' | 'chief-1' | 'rep-1'; which: number }
  | { do: 'correct'; to: Partial<DealDetails>; by: 'rep-1' | 'product-1' }
  | { do: 'confirm' | 'refuse' | 'withdraw' | 'reopen' | 'reassess' | 'vote' | 'decline' }
  | { do: 'recuse'; by: 'senior-1' | 'counsel-1' | 'compliance-2' };

const which = fc.nat({ max: 3 });
const plays: fc.Arbitrary<Play[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('ask' as const), by: fc.constantFrom(...ASKERS) }) },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('answer' as const), by: fc.constantFrom(...ANSWERERS), which }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('take back' as const),
        by: fc.constantFrom('asker', 'compliance-1', 'chief-1', 'rep-1'),
        which,
      }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        do: fc.constant('correct' as const),
        to: corrections,
        by: fc.constantFrom('rep-1', 'rep-1', 'rep-1', 'product-1'),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('confirm', 'refuse', 'withdraw', 'reopen', 'reopen', 'reassess', 'decline'),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('vote' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('recuse' as const),
        by: fc.constantFrom('senior-1', 'counsel-1', 'compliance-2'),
      }),
    },
  ),
  { minLength: 8, maxLength: 50 },
);

type Lighter = 'reason' | 'confirm';
const contextOf = (lighter: Lighter): DealContext => ({ ...TIMED, policy: aPolicy({ lighter }) });

interface Answered {
  text: string;
  of: DealDetails;
}
type Seen = Record<string, number>;

/** Tells whether what was said of one deal is said of the other: the same product, country and end-user, and nobody in between who was not. */
const covers = (of: DealDetails, now: DealDetails): boolean =>
  isOfSame(of, now) && allIn(partiesBetween(now), partiesBetween(of));

const run = (script: readonly Play[], lighter: Lighter, seen: Seen): void => {
  const note = (what: string): void => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  const context = contextOf(lighter);
  let state: DealState = noDeal;
  const asked = new Set<string>();
  const answers = new Map<string, Answered[]>();
  const viewAt = (at: string): DealView => dealView(state as OpenedDeal, context.policy, context.organisation, at);

  const check = (): void => {
    const { requests, details } = state as OpenedDeal;
    expect(requests.map(({ id }) => id)).toEqual([...asked]);
    for (const request of requests) {
      const given = answers.get(request.id) ?? [];
      const kept = [...(request.before ?? []), ...(request.answer ? [request.answer] : [])].map(({ text }) => text);
      expect(kept.toSorted()).toEqual(given.map(({ text }) => text).toSorted());
      if (!request.answer) {
        if (given.length > 0) note('open again');
        // Nobody answers the same twice.
        if (!request.takenBack)
          expect([request.id, given.some(({ of }) => covers(of, details))]).toEqual([request.id, false]);
        continue;
      }
      const said = given.find(({ text }) => text === request.answer?.text);
      expect([request.id, said && covers(said.of, details)]).toEqual([request.id, true]);
      if (given.length > 1) note('answered once more');
    }
  };

  const take = (by: string, command: DealCommand, n: number): void => {
    const at = new Date(START + n * 3_600_000).toISOString();
    const decided = decide(command, state, { actor: by, at, id: `id${n}` }, context);
    if (decided.kind === 'refused' && !decided.events) {
      note(`refused ${command.type}`);
      return;
    }
    for (const event of decided.events ?? []) {
      if (event.type === 'DealDecided' && event.outcome !== 'declined' && state.status === 'deciding') {
        note('approved');
        // What is asked and not answered is taken back in words by then.
        expect(openRequests(state)).toEqual([]);
        expect(
          state.requests.filter(({ answer, takenBack, holds }) => holds && !answer && !takenBack).map(({ id }) => id),
        ).toEqual([]);
      }
      state = evolve(state, event);
      note(event.type);
      if (event.type === 'InformationAsked') asked.add((state as OpenedDeal).requests.at(-1)!.id);
      if (event.type === 'InformationGiven') {
        const { details } = state as OpenedDeal;
        answers.set(event.request, [...(answers.get(event.request) ?? []), { text: event.text, of: details }]);
      }
    }
    check();
  };

  answeredDeal({ 'H-RF3': 'yes' }).forEach(([by, command], n) => take(by, command, n));
  script.forEach((play, i) => {
    const n = i + 10;
    const deal = state as OpenedDeal;
    const view = viewAt(new Date(START + n * 3_600_000).toISOString());
    const standing = deal.status === 'deciding' ? standingOf(view, deal) : undefined;
    const turn = standing?.people[i % Math.max(1, standing.people.length)] ?? 'senior-1';
    const step = deal.status === 'deciding' ? deal.step : 0;
    const requestOf = (at: number): InformationRequest | undefined =>
      deal.requests[at % Math.max(1, deal.requests.length)];
    switch (play.do) {
      case 'ask':
        take(
          play.by === 'whose turn it is' ? turn : play.by,
          { type: 'AskForInformation', step, question: `What of ${n}?` },
          n,
        );
        return;
      case 'answer': {
        const request = requestOf(play.which);
        const by = play.by === 'owner' ? deal.owner : play.by;
        if (request) take(by, { type: 'GiveInformation', request: request.id, text: `That is ${n}.`, sources: [] }, n);
        return;
      }
      case 'take back': {
        const request = requestOf(play.which);
        const by = play.by === 'asker' ? request?.by : play.by;
        if (request && by) take(by, { type: 'TakeQuestionBack', request: request.id, reason: 'It is known.' }, n);
        return;
      }
      case 'correct':
        take(
          play.by,
          { type: 'CorrectDetails', details: { ...deal.details, ...play.to }, reason: 'The buyer said so' },
          n,
        );
        return;
      case 'confirm':
        take('compliance-1', { type: 'ConfirmLighter', asOf: view.lighterSaid?.at ?? '' }, n);
        return;
      case 'refuse':
        take(
          'compliance-1',
          { type: 'RefuseLighter', asOf: view.lighterSaid?.at ?? '', reason: 'No' } as DealCommand,
          n,
        );
        return;
      case 'withdraw':
        take(deal.owner, { type: 'Withdraw', reason: 'The buyer left' }, n);
        return;
      case 'reopen':
        take(deal.status === 'decided' ? 'compliance-2' : deal.owner, { type: 'Reopen', reason: 'They are back' }, n);
        return;
      case 'reassess':
        if (deal.status !== 'decided') return;
        take(deal.owner, { type: 'ReportChange', what: 'major', why: 'They run it themselves now.' }, n);
        take(deal.owner, { type: 'StartReassessment' }, n);
        for (const section of Object.keys(deal.answers)) take(deal.owner, { type: 'ConfirmSection', section }, n);
        return;
      case 'recuse':
        take(play.by, { type: 'Recuse', reason: 'A cousin works there' }, n);
        return;
      case 'vote':
      case 'decline': {
        if (deal.status !== 'deciding') return;
        const cast = ballot(view, { outcome: play.do === 'vote' ? 'approve' : 'decline' });
        take(turn, { type: 'CastVote', step, factsHash: deal.route.factsHash, ballot: cast }, n);
        return;
      }
      default: {
        const never: never = play;
        return never;
      }
    }
  });
};

/** Without these a model would prove nothing. About a third of what happens in as many plays. */
const FLOORS: Seen = {
  approved: 30,
  InformationGiven: 15,
  'open again': 8,
  'answered once more': 2,
  InformationTakenBack: 2,
  LighterRefused: 1,
  ReassessmentStarted: 4,
};

describe('what approvers asked', () => {
  it('is answered of what the deal is of, or open, and no word of it is lost, and nothing is approved past it', () => {
    const seen: Seen = {};
    fc.assert(
      fc.property(plays, fc.constantFrom<Lighter[]>('reason', 'confirm'), (script, lighter) =>
        run(script, lighter, seen),
      ),
      { numRuns: 200 },
    );
    for (const [what, least] of Object.entries(FLOORS)) expect([what, (seen[what] ?? 0) > least]).toEqual([what, true]);
  });
});
