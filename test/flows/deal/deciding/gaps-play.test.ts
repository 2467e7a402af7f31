/** Random plays of reps, compliance, alerts and time: what was accepted never covers what was not looked at. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptableGaps } from '../../../../flows/deal/context/gaps.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import { factsText } from '../../../../flows/deal/deciding/facts.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import type { DealState, OpenedDeal } from '../../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { answerPicture, findingPolicy, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { runs } from '../../../support/runs.ts';
import { sha256, story } from '../../../support/story.ts';

const REASON = 'Nobody publishes on this small agency.';
const ALERT = {
  id: 'alert-1',
  country: 'NO',
  why: 'A coup',
  on: '2027-02-20',
  by: 'compliance-1',
  at: '2027-02-21T09:00:00.000Z',
};
const TAKEN = {
  id: 'gap-1',
  on: { of: 'country' as const, country: 'NO' },
  questions: ['H-RF3-conflict', 'H-RF2'],
  reason: REASON,
  until: '2027-12-01',
  by: 'compliance-2',
  at: '2027-02-01T09:00:00.000Z',
};
const FIRST = { P1: 'yes', 'H3-targeted': 'unknown', 'H-RF3-conflict': 'unknown' };
const start = story(pictureDeal(FIRST), pictureContext({}, findingPolicy)).state as OpenedDeal;

type Answers = Record<'H3-targeted' | 'H-RF3-conflict' | 'H-RF2', string>;
type Act =
  | { do: 'answer'; answers: Answers }
  | { do: 'accept'; which: number }
  | { do: 'move'; to: string }
  | { do: 'alert' | 'offer'; stands: boolean }
  | { do: 'note' | 'end' | 'send on' | 'tick' | 'withdraw' | 'reopen' };

const value = fc.constantFrom('yes', 'no', 'unknown');
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      answers: fc.record({ 'H3-targeted': value, 'H-RF3-conflict': value, 'H-RF2': value }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), which: fc.nat(5) }) },
  fc.record({ do: fc.constant('move' as const), to: fc.constantFrom('NO', 'SE') }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('alert' as const, 'offer' as const), stands: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('note', 'end', 'send on', 'tick', 'withdraw', 'reopen' as const),
    }),
  },
);

const commandOf = (one: Act, view: DealView): [string, DealCommand] | undefined => {
  const { deal } = view;
  switch (one.do) {
    case 'answer':
      return answerPicture('end-user', { ...FIRST, ...one.answers }) as [string, DealCommand];
    case 'accept': {
      const open = acceptableGaps(view);
      const gap = open[one.which % Math.max(1, open.length)];
      return gap && ['compliance-1', { type: 'AcceptGaps', questions: [gap.id], reason: REASON }];
    }
    case 'move':
      return ['rep-1', { type: 'CorrectDetails', details: { ...deal.details, destination: one.to }, reason: 'A typo' }];
    case 'note':
      return ['system', { type: 'NoteAlert', alert: ALERT }];
    case 'end':
      return ['system', { type: 'NoteAlertEnd', alert: ALERT.id, reason: 'A mistake', by: 'compliance-1' }];
    case 'send on':
      return ['rep-1', { type: 'SendOn' }];
    case 'tick':
      return ['system', { type: 'Tick' }];
    case 'withdraw':
      return ['rep-1', { type: 'Withdraw', reason: 'Lost' }];
    case 'reopen':
      return ['rep-1', { type: 'Reopen', reason: 'Won after all' }];
    default:
      return undefined;
  }
};

it('holds over random plays', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 25 }), (acts) => {
      let state: DealState = start;
      const organisation = { ...pictureContext().organisation };
      const context = { ...pictureContext({}, findingPolicy), organisation };
      /** By question: every value said so far, in order. */
      const said = new Map<string, unknown[]>();
      const hear = (): void => {
        for (const [id, { value: now }] of Object.values((state as OpenedDeal).answers).flatMap((given) =>
          Object.entries(given),
        )) {
          const values = said.get(id) ?? [];
          if (values.at(-1) !== now) said.set(id, [...values, now]);
        }
      };
      hear();
      const since = new Map<string, number>();
      acts.forEach((one, n) => {
        const at = new Date(Date.parse('2027-03-01T10:00:00.000Z') + n * 7 * 3_600_000).toISOString();
        if (one.do === 'alert') organisation.alerts = one.stands ? [ALERT] : [];
        if (one.do === 'offer') organisation.acceptances = one.stands ? [TAKEN] : [];
        const view = (): DealView => dealView(state as OpenedDeal, findingPolicy, organisation, at);
        const [actor, command] = commandOf(one, view()) ?? [];
        if (actor === undefined || command === undefined) return;
        const decided = decide(command, state, { actor, at, id: `id${n}` }, context);
        if (decided.kind === 'refused') return;
        const before = state as OpenedDeal;
        state = replay(decided.events, state);
        const now = view();
        hear();
        for (const [id, gap] of Object.entries(now.deal.gaps ?? {})) {
          // A fresh acceptance, or the one of before over the same answer.
          if (before.gaps?.[id]?.at !== gap.at) since.set(id, said.get(id)?.length ?? 0);
          expect(said.get(id)?.length, `${id} was answered otherwise since`).toBe(since.get(id));
          if (gap.from) expect(said.get(id), `${id} was taken though it was answered otherwise`).toEqual(['unknown']);
          expect(now.policy.question(id)?.mustBeKnown).toBeUndefined();
          accepted += 1;
        }
        if (now.deal.status !== 'deciding') return;
        // What approvers see is what the deal is.
        expect(now.deal.tier).toBe(now.assessment.tier);
        expect(now.deal.route.factsHash).toBe(sha256(factsText(now)));
        expect(now.facts.alert ?? false).toBe((now.deal.warned?.length ?? 0) > 0);
      });
    }),
    { numRuns: runs(35) },
  );
  expect(accepted).toBeGreaterThan(20);
});
