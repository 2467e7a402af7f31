/** Random plays of a rep alone: whatever is answered, corrected, withdrawn and reopened, nothing gets lighter unseen. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { noDeal, type DealState } from '../../../../flows/deal/state.ts';
import { dealView } from '../../../../flows/deal/view.ts';
import { isOpenValue } from '../../../../flows/policy/answers.ts';
import {
  TIERS,
  type CompiledPolicy,
  type EndUserKind,
  type Facts,
  type FactValue,
  type Tier,
} from '../../../../flows/policy/policy.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../../src/config/organisation-file.ts';
import { aDeal, aPolicy } from '../../../support/deal-builders.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { runs } from '../../../support/runs.ts';
import { CONTEXT, open, sha256 } from '../../../support/story.ts';
import { best, defaultPolicy } from '../../policy/deals.ts';

const KINDS: readonly EndUserKind[] = ['security', 'private', 'government'];

/** A private end-user raises no misuse here, and K1 (`H-RF5`) stops. */
const policy = aPolicy({
  confirmScope: 'able',
  lighter: 'confirm',
  sections: aPolicy().sections.map((section) => ({
    ...section,
    questions: section.questions.map((q) => (q.id === 'H-RF5' ? { ...q, stops: true } : q)),
  })),
  evaluate: (facts: Facts) => {
    const answers = facts.endUser === 'private' ? { ...facts.answers, 'H-RF1': 'no' } : facts.answers;
    const found = aPolicy().evaluate({ ...facts, answers });
    return answers['H-RF5'] === 'yes' ? { ...found, tier: 'prohibited', rule: 'known-repression' } : found;
  },
});
const context: DealContext = { ...CONTEXT, policy };

const given = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));
const yesOrNo = fc.constantFrom('yes', 'no');
const answer = (section: string, values: fc.Arbitrary<Record<string, string>>): fc.Arbitrary<DealCommand> =>
  values.map((all) => ({ type: 'AnswerSection', section, answers: given(all), why: 'It was a mistake' }));

const acts: fc.Arbitrary<DealCommand> = fc.oneof(
  answer('scope', fc.record({ G1: yesOrNo })),
  answer('product', fc.record({ P1: yesOrNo, P2: yesOrNo, P4: fc.constantFrom('common', 'unique') })),
  {
    weight: 3,
    arbitrary: answer('record', fc.record({ 'H-RF1': yesOrNo, 'H-RF3': yesOrNo, 'H-RF5': fc.constant('no') })),
  },
  answer('record', fc.record({ 'H-RF1': yesOrNo, 'H-RF3': yesOrNo, 'H-RF5': yesOrNo })),
  fc.constantFrom(...KINDS).map((kind): DealCommand => {
    const details = { ...aDeal().details, endUser: { name: 'Sample Ministry', kind } };
    return { type: 'CorrectDetails', details, reason: 'It was a mistake' };
  }),
  fc.constant<DealCommand>({ type: 'Withdraw', reason: 'They went away' }),
  fc.constant<DealCommand>({ type: 'Reopen', reason: 'They came back' }),
);

type Step = { state: DealState; events: readonly DealEvent[] };

/** Two properties draw the same plays, by the same seed: the first of them are played once. */
const once = <Play>(play: (of: Play) => Step[]): ((of: Play) => Step[]) => {
  const kept = new Map<string, Step[]>();
  return (of) => {
    const key = JSON.stringify(of);
    const steps = kept.get(key) ?? play(of);
    if (kept.size < 500) kept.set(key, steps);
    return steps;
  };
};

/** States after each accepted act of the rep. */
const played = once((commands: readonly DealCommand[]): Step[] => {
  let state: DealState = noDeal;
  return [open()[1], ...commands].flatMap((command, i) => {
    const at = new Date(Date.parse('2027-03-01T09:00:00.000Z') + i * 60_000).toISOString();
    const decided = decide(command, state, { actor: 'rep-1', at, id: `id${i}` }, context);
    if (decided.kind === 'refused') return [];
    state = replay(decided.events, state);
    return [{ state, events: decided.events }];
  });
});

const plays = fc.array(acts, { minLength: 5, maxLength: 25 });

describe('a rep alone', () => {
  it('gets no deal out of scope or going again once it is stopped, and never lowers the tier that it was routed by', () => {
    let compared = 0;
    fc.assert(
      fc.property(plays, (commands) => {
        let stopped = false;
        let highest = -1;
        for (const { state } of played(commands)) {
          if (state.status === 'out of scope') throw new Error('It is out of scope.');
          if (stopped && state.status !== 'stopped') throw new Error('It goes on after a stop.');
          stopped = state.status === 'stopped';
          if (state.status !== 'deciding') continue;
          const tier = TIERS.indexOf(state.tier);
          compared += highest >= 0 ? 1 : 0;
          if (tier < highest) throw new Error(`${state.tier} after ${TIERS[highest]}`);
          highest = Math.max(highest, tier);
        }
      }),
      { numRuns: runs(1200) },
    );
    expect(compared).toBeGreaterThan(150);
  });

  it('changes no answer to a lighter one that the deal does not keep, with who and why', () => {
    let changed = 0;
    fc.assert(
      fc.property(plays, (commands) => {
        changed += checkKept(policy, played(commands));
      }),
      { numRuns: runs(500) },
    );
    expect(changed).toBeGreaterThan(100);
  });
});

/** Expects every lighter answer to be kept, whatever the events say of it; returns how many there were. */
const checkKept = ({ lightens }: CompiledPolicy, steps: readonly Step[]): number => {
  const said = new Map<string, FactValue>();
  let lighter = 0;
  for (const { state, events } of steps) {
    for (const event of events) {
      if (event.type !== 'SectionAnswered' && event.type !== 'SectionSavedForLater') continue;
      for (const [question, { value }] of Object.entries(event.answers)) {
        const before = said.get(question);
        const falls = before !== undefined && lightens(question, before, value);
        if (falls && event.type === 'SectionAnswered' && state.status !== 'none') {
          lighter += 1;
          expect(state.was).toContainEqual(
            // Kept when it went, which may be earlier: with the question that asked for it.
            expect.objectContaining({ question, before, changedBy: 'rep-1', why: 'It was a mistake' }),
          );
        }
        // What is saved for later stays said, until the section is answered.
        if (!isOpenValue(value) && (event.type === 'SectionAnswered' || !falls)) said.set(question, value);
      }
    }
  }
  return lighter;
};

const SOURCES = [
  { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' },
  { name: 'Sample watch', year: 2026, url: 'https://watch.example.com/b' },
];

describe('a rep alone under the default policy', () => {
  const context = pictureContext();
  const QUESTIONS: Readonly<Record<string, readonly FactValue[]>> = {
    P1: ['yes', 'no'],
    P2: ['yes', 'no', 'no'],
    P4: ['yes', 'no'],
    P6: ['yes', 'no'],
    'H-RF1': ['yes', 'no', 'no'],
    'H-RF4': ['yes', 'no', 'no'],
    H2: ['yes', 'no'],
    G8: ['yes', 'no'],
    G10: ['linked', 'linked', 'contribute', 'cause'],
    G11: [['none'], ['dissent', 'critics'], ['critics']],
    'S2-contracted': ['yes', 'no'],
    'S2-record': ['clean', 'unchecked', 'poor'],
  };
  const answers = fc.record(
    Object.fromEntries(Object.entries(QUESTIONS).map(([id, values]) => [id, fc.constantFrom(...values)])),
  );
  const SECTIONS = ['product', 'end-user', 'laws', 'stakeholders', 'context'];
  const change = fc.record({ section: fc.constantFrom(...SECTIONS), answers, draft: fc.integer({ max: 4, min: 0 }) });
  const defaultPlays = fc.tuple(answers, fc.array(change, { minLength: 2, maxLength: 9 }), answers);

  /** The deal as answered first, some changes, and in the end every section once more. */
  const playedBy = once(([first, changes, last]: typeof defaultPlays extends fc.Arbitrary<infer T> ? T : never) => {
    let state: DealState = noDeal;
    const steps: Step[] = [];
    const run = (command: DealCommand): void => {
      const at = new Date(Date.parse('2027-03-01T09:00:00.000Z') + steps.length * 60_000).toISOString();
      const decided = decide(command, state, { actor: 'rep-1', at, id: `id${steps.length}` }, context);
      if (decided.kind === 'refused') return;
      state = replay(decided.events, state);
      steps.push({ state, events: decided.events });
    };
    const answerAll = (section: string, all: Record<string, FactValue>, type = 'AnswerSection'): void => {
      const questions = context.policy.sections.find(({ id }) => id === section)?.questions ?? [];
      const values = questions.map((q) => {
        const value = all[q.id] ?? (q.kind === 'choices' ? [q.options[0]!.value] : best(q));
        return [q.id, { value, note: 'So', sources: SOURCES }] as const;
      });
      run({ type, section, answers: Object.fromEntries(values), why: 'It was a mistake' } as DealCommand);
    };
    for (const line of pictureDeal({}).slice(0, 2)) run(line[1]);
    for (const section of SECTIONS) answerAll(section, first);
    for (const one of changes) answerAll(one.section, one.answers, one.draft === 0 ? 'SaveSectionForLater' : undefined);
    for (const section of SECTIONS) answerAll(section, last);
    return steps;
  });

  it('changes no answer to a lighter one that the deal does not keep', () => {
    let changed = 0;
    fc.assert(
      fc.property(defaultPlays, (play) => {
        changed += checkKept(context.policy, playedBy(play));
      }),
      { numRuns: runs(30) },
    );
    expect(changed).toBeGreaterThan(100);
  });

  it('never lowers the tier that it was routed by', () => {
    let compared = 0;
    const rank = (tier: Tier | null): number => (tier === null ? -1 : TIERS.indexOf(tier));
    fc.assert(
      fc.property(defaultPlays, (play) => {
        let highest = -1;
        for (const { state } of playedBy(play)) {
          if (state.status !== 'deciding') continue;
          const { facts } = dealView(state, context.policy, context.organisation, '2027-03-02T09:00:00.000Z');
          highest = Math.max(highest, rank(state.tier));
          compared += rank(context.policy.evaluate(facts).tier) < highest ? 1 : 0;
          expect(rank(state.tier)).toBeGreaterThanOrEqual(highest);
        }
      }),
      { numRuns: runs(40) },
    );
    expect(compared).toBeGreaterThan(30);
  });
});

describe('with the default policy and the sample organisation, the rep', () => {
  const sample = { policy: defaultPolicy, organisation: loadOrganisation(sampleOrganisationFile), hash: sha256 };
  const tell = (kind: EndUserKind, product: { id: string; name: string }, name = 'State Police Directorate') => {
    let state: DealState = noDeal;
    let n = 0;
    const run = (command: DealCommand): DealState => {
      n += 1;
      const at = new Date(Date.parse('2027-03-01T09:00:00.000Z') + n * 60_000).toISOString();
      const decided = decide(command, state, { actor: 'rep-1', at, id: `id${n}` }, sample);
      if (decided.kind === 'refused') throw new Error(decided.refusal.text);
      state = replay(decided.events, state);
      return state;
    };
    const details = { ...aDeal().details, product, endUser: { name, kind } };
    run({ type: 'OpenDeal', deal: 'D-7K3QXM', home: { platform: 'slack', channel: 'C0CLEARANCE1' }, details });
    return {
      run,
      details,
      view: () =>
        state.status === 'none'
          ? undefined
          : dealView(state, sample.policy, sample.organisation, '2027-03-02T09:00:00.000Z'),
    };
  };
  const FACES = { id: 'facial-recognition', name: 'Sample facial recognition' };
  const WEATHER = { id: 'weather-sensor', name: 'Sample weather sensor' };

  it('does not clear facial recognition for a security service by one “No”', () => {
    const { run } = tell('security', FACES);
    expect(run({ type: 'AnswerSection', section: 'scope', answers: given({ 'G1-capability': 'no' }) })).toMatchObject({
      status: 'answering',
      scopeSaid: {
        contradicts: [
          'The catalogue says that this product analyses data about people.',
          'In the catalogue this product is in the category Biometric identification.',
        ],
      },
    });
  });

  it.each([FACES, WEATHER])('does not clear $name by “Private” and “not close to a government”', (product) => {
    const { run, details, view } = tell('security', product);
    run({ type: 'AnswerSection', section: 'scope', answers: given({ 'G1-capability': 'yes' }) });
    run({
      type: 'CorrectDetails',
      details: { ...details, endUser: { ...details.endUser, kind: 'private' } },
      reason: 'A company',
    });
    const away = run({
      type: 'AnswerSection',
      section: 'scope',
      answers: given({ 'G1-capability': 'yes', G2: 'no' }),
      why: 'A company',
    });
    expect(away).toMatchObject({
      status: 'answering',
      scopeSaid: {
        contradicts: expect.arrayContaining(['The end-user was said to be of another kind: security, by Sample Rep.']),
      },
    });
    expect(view()?.assessment.scope).toBe('in');
  });

  it('is as fast as ever with a weather sensor for a farm', () => {
    const { run } = tell('private', WEATHER, 'Sample Dairy');
    const out = run({ type: 'AnswerSection', section: 'scope', answers: given({ 'G1-capability': 'no', G2: 'no' }) });
    expect(out.status).toBe('out of scope');
  });
});
