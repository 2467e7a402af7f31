/** Random commands in random order, by anybody: the rules that stay (design, "Rules that stay") hold after each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../flows/deal/decide.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { evolve, replay } from '../../flows/deal/evolve.ts';
import { factsText } from '../../flows/deal/facts.ts';
import { waitingFor } from '../../flows/deal/next.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import { noticesFor } from '../../flows/deal/tell.ts';
import { dealView } from '../../flows/deal/view.ts';
import { inGroup, membersOf } from '../../flows/organisation.ts';
import { ballot, CONTEXT, open, sha256 } from '../support/story.ts';

const PEOPLE = [...CONTEXT.organisation.people.map((p) => p.id), 'stranger'];
const person = fc.constantFrom(...PEOPLE);
const value = fc.constantFrom('yes', 'no', 'unknown');
const given = (v: string) => ({ value: v, sources: [] });
const reason = fc.constantFrom('', 'A reason that says enough.');
const step = fc.constantFrom(0, 1);

/** A command that may need the state of its moment (ids, hashes), as a real click does. */
type Make = (state: DealState) => DealCommand;

const always = (command: fc.Arbitrary<DealCommand>): fc.Arbitrary<Make> => command.map((c) => () => c);
const section = fc.oneof(
  fc.record({ G1: fc.constantFrom('yes', 'yes', 'yes', 'no') }).map((v) => ['scope', v] as const),
  fc
    .record({ P1: value, P2: value, P4: fc.constantFrom('common', 'unique', 'bad') })
    .map((v) => ['product', v] as const),
  fc.record({ 'H-RF1': value, 'H-RF3': value, 'H-RF5': value }).map((v) => ['record', v] as const),
);

const makes: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 5,
    arbitrary: section.map(([id, values]): Make => () => ({
      type: 'AnswerSection',
      section: id,
      answers: Object.fromEntries(Object.entries(values).map(([q, v]) => [q, given(v)])),
    })),
  },
  {
    weight: 8,
    arbitrary: fc
      .record({
        outcome: fc.constantFrom('approve', 'approve', 'approve', 'decline'),
        stale: fc.boolean(),
        step: fc.option(step),
      })
      .map(({ outcome, stale, step: asked }): Make => (state) => {
        const at = '2027-03-01T09:00:00.000Z';
        const view = state.status === 'none' ? undefined : dealView(state, CONTEXT.policy, CONTEXT.organisation, at);
        const deciding = state.status === 'deciding' ? state : undefined;
        return {
          type: 'CastVote',
          step: asked ?? deciding?.step ?? 0,
          factsHash: stale ? 'stale' : (deciding?.route.factsHash ?? 'none'),
          ballot: view
            ? ballot(view, { outcome: outcome as 'approve' | 'decline' })
            : { outcome: 'approve', flags: {}, conditions: [], rationale: '' },
        };
      }),
  },
  always(fc.record({ type: fc.constant('TakeVoteBack' as const), step })),
  always(fc.record({ type: fc.constant('AskForInformation' as const), step, question: reason })),
  fc.constant<Make>((state) => ({
    type: 'GiveInformation',
    request: state.status === 'none' ? 'none' : (state.requests.find((r) => !r.answer)?.id ?? 'none'),
    text: 'An answer.',
    sources: [],
  })),
  always(
    fc.record({
      type: fc.constant('HandOverSection' as const),
      section: fc.constantFrom('product', 'record'),
      to: person,
    }),
  ),
  always(fc.record({ type: fc.constant('TakeSectionBack' as const), section: fc.constantFrom('product', 'record') })),
  always(fc.record({ type: fc.constant('RaiseFlag' as const), title: fc.constant('Something worries me here') })),
  fc.boolean().map((admit): Make => (state) => {
    const flag = state.status === 'none' ? 'none' : (state.ownFlags.find((f) => f.status === 'pending')?.id ?? 'none');
    return admit
      ? { type: 'AdmitFlag', flag, weight: 'heavy' }
      : { type: 'DismissFlag', flag, reason: 'Not about this deal.' };
  }),
  always(fc.record({ type: fc.constant('Withdraw' as const), reason })),
  always(fc.record({ type: fc.constant('Reopen' as const), reason })),
  always(fc.record({ type: fc.constant('ReassignOwner' as const), to: person, reason })),
  always(fc.constant<DealCommand>({ type: 'Nudge' })),
);

/** Mostly whoever the deal waits for or its owner, or nothing would ever get decided; else anybody. */
const actor = fc.oneof({ weight: 3, arbitrary: fc.constant('whose turn it is') }, { weight: 1, arbitrary: person });
const acts = fc.array(fc.tuple(actor, makes), { minLength: 20, maxLength: 90 });

const resolve = (who: string, state: DealState, command: DealCommand): string => {
  if (who !== 'whose turn it is' || state.status === 'none') return who;
  if (command.type === 'AnswerSection' || command.type === 'GiveInformation') return state.owner;
  const view = dealView(state, CONTEXT.policy, CONTEXT.organisation, '2027-03-01T09:00:00.000Z');
  return waitingFor(view).people[0] ?? state.owner;
};

/** Whoever did one of these shaped the facts. */
const WRITES = new Set([
  'DealOpened',
  'DetailsCorrected',
  'SectionAnswered',
  'SectionSavedForLater',
  'InformationGiven',
]);

interface Run {
  states: DealState[];
  events: DealEvent[];
}

const play = (
  script: [string, Make][],
  each: (before: DealState, events: DealEvent[], now: DealState) => void,
): Run => {
  const run: Run = { states: [noDeal], events: [] };
  const take = (actor: string, command: DealCommand, i: number): void => {
    const before = run.states.at(-1) ?? noDeal;
    const at = new Date(Date.parse('2027-03-01T09:00:00.000Z') + i * 3_600_000).toISOString();
    const decided = decide(command, before, { actor, at, id: `id${i}` }, CONTEXT);
    if (decided.kind === 'refused') {
      expect(decided.refusal.text).not.toBe('');
      return;
    }
    const now = replay(decided.events, before);
    each(before, decided.events, now);
    run.states.push(now);
    run.events.push(...decided.events);
  };
  take('rep-1', open()[1], 0);
  take('rep-1', { type: 'AnswerSection', section: 'scope', answers: { G1: given('yes') } }, 1);
  script.forEach(([who, make], i) => {
    const state = run.states.at(-1) ?? noDeal;
    const command = make(state);
    take(resolve(who, state, command), command, i + 2);
  });
  return run;
};

const factsHash = (state: DealState): string =>
  state.status === 'none'
    ? ''
    : sha256(factsText(dealView(state, CONTEXT.policy, CONTEXT.organisation, '2027-03-01T09:00:00.000Z')));

describe('whatever anybody does, in any order', () => {
  it('nobody decides on their own deal, and each step has its quorum', () => {
    let decided = 0;
    fc.assert(
      fc.property(acts, (script) => {
        const writers = new Set<string>();
        play(script, (_before, events, now) => {
          for (const event of events) if (WRITES.has(event.type)) writers.add(event.by);
          if (now.status !== 'decided') return;
          decided += 1;
          for (const vote of now.decision.votes) expect(writers.has(vote.by)).toBe(false);
          const { votes, outcome } = now.decision;
          for (const vote of votes) {
            expect(now.team).not.toContain(vote.by);
            expect(inGroup(CONTEXT.organisation, now.route.steps[vote.step]?.group ?? '', vote.by)).toBe(true);
          }
          expect(new Set(votes.map((v) => v.by)).size).toBe(votes.length);
          if (outcome === 'declined') return;
          now.route.steps.forEach((s, i) => {
            const of = votes.filter((v) => v.step === i && v.outcome !== 'decline').map((v) => v.by);
            expect(of.length).toBeGreaterThanOrEqual(s.quorum);
            for (const { group, atLeast } of s.including) {
              const members = membersOf(CONTEXT.organisation, group);
              expect(of.filter((id) => members.includes(id)).length).toBeGreaterThanOrEqual(atLeast);
            }
          });
        });
      }),
      { numRuns: 400 },
    );
    // A model that never decides anything would prove nothing.
    expect(decided).toBeGreaterThan(20);
  });

  it('every vote that stands names the facts of today, and a decision the facts it was made on', () => {
    fc.assert(
      fc.property(acts, (script) => {
        play(script, (_before, _events, now) => {
          if (now.status === 'deciding') {
            expect(now.route.factsHash).toBe(factsHash(now));
            for (const vote of now.votes) expect(vote.factsHash).toBe(now.route.factsHash);
          }
          if (now.status === 'decided')
            for (const vote of now.decision.votes) expect(vote.factsHash).toBe(now.route.factsHash);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('what is decided changes only by being reopened', () => {
    fc.assert(
      fc.property(acts, (script) => {
        play(script, (before, events, now) => {
          if (before.status !== 'decided' || events.some((e) => e.type === 'DealReopened')) return;
          expect(now.status).toBe('decided');
          // A flag may still be raised afterwards: it is shown, and compliance can reopen for it.
          const flagged = events.some((e) => e.type === 'FlagAdmitted' || e.type === 'FlagRaised');
          if (!flagged) expect(factsHash(now)).toBe(factsHash(before));
          expect(now.status === 'decided' && now.decision).toEqual(before.decision);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('unknowns and flags are kept: an open question is never silent', () => {
    fc.assert(
      fc.property(acts, (script) => {
        play(script, (_before, _events, now) => {
          if (now.status === 'none') return;
          const view = dealView(now, CONTEXT.policy, CONTEXT.organisation, '2027-03-01T09:00:00.000Z');
          const unknown = Object.values(now.answers)
            .flatMap((s) => Object.entries(s))
            .filter(([, a]) => a.value === 'unknown');
          expect(view.assessment.openQuestions.length).toBe(unknown.length);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('the record alone makes the state, and each commit owes its notices once', () => {
    fc.assert(
      fc.property(acts, (script) => {
        const { states, events } = play(script, (before, fresh, now) => {
          if (now.status === 'none') return;
          const at = '2027-03-01T09:00:00.000Z';
          const was = before.status === 'none' ? undefined : dealView(before, CONTEXT.policy, CONTEXT.organisation, at);
          const notices = noticesFor(was, dealView(now, CONTEXT.policy, CONTEXT.organisation, at), fresh, 'id');
          expect(new Set(notices.map((n) => n.id)).size).toBe(notices.length);
          expect(notices.some((n) => n.kind === 'live' && n.live.card === 'root')).toBe(true);
        });
        expect(events.reduce(evolve, noDeal)).toEqual(states.at(-1));
        expect(replay(JSON.parse(JSON.stringify(events)) as DealEvent[])).toEqual(
          JSON.parse(JSON.stringify(states.at(-1))),
        );
      }),
      { numRuns: 150 },
    );
  });
});
