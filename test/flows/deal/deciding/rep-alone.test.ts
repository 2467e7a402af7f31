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
import { TIERS, type EndUserKind, type Facts } from '../../../../flows/policy/policy.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../../src/config/organisation-file.ts';
import { aDeal, aPolicy } from '../../../support/deal-builders.ts';
import { CONTEXT, open, sha256 } from '../../../support/story.ts';
import { defaultPolicy } from '../../policy/deals.ts';

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

/** States after each accepted act of the rep. */
const played = (commands: readonly DealCommand[]): { state: DealState; events: readonly DealEvent[] }[] => {
  let state: DealState = noDeal;
  return [open()[1], ...commands].flatMap((command, i) => {
    const at = new Date(Date.parse('2027-03-01T09:00:00.000Z') + i * 60_000).toISOString();
    const decided = decide(command, state, { actor: 'rep-1', at, id: `id${i}` }, context);
    if (decided.kind === 'refused') return [];
    state = replay(decided.events, state);
    return [{ state, events: decided.events }];
  });
};

const plays = fc.array(acts, { minLength: 5, maxLength: 25 });

describe('a rep alone', () => {
  it('never gets a deal out of scope, and never a stopped one going again', () => {
    fc.assert(
      fc.property(plays, (commands) => {
        let stopped = false;
        for (const { state } of played(commands)) {
          expect(state.status).not.toBe('out of scope');
          if (stopped) expect(state.status).toBe('stopped');
          stopped = state.status === 'stopped';
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never lowers the tier that the deal was routed by', () => {
    let compared = 0;
    fc.assert(
      fc.property(plays, (commands) => {
        let highest = -1;
        for (const { state } of played(commands)) {
          if (state.status !== 'deciding') continue;
          const tier = TIERS.indexOf(state.tier);
          compared += highest >= 0 ? 1 : 0;
          expect(tier).toBeGreaterThanOrEqual(highest);
          highest = Math.max(highest, tier);
        }
      }),
      { numRuns: 8000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('changes no answer to a lighter one that the deal does not keep, with who and why', () => {
    fc.assert(
      fc.property(plays, (commands) => {
        for (const { state, events } of played(commands)) {
          for (const event of events) {
            if (event.type !== 'SectionAnswered' || !event.lighter || state.status === 'none') continue;
            for (const question of event.lighter.questions) {
              expect(state.was).toContainEqual(
                expect.objectContaining({ question, until: event.at, changedBy: 'rep-1', why: 'It was a mistake' }),
              );
            }
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('with the default policy and the sample organisation, the rep', () => {
  const sample = { policy: defaultPolicy, organisation: loadOrganisation(sampleOrganisationFile), hash: sha256 };
  const tell = (kind: EndUserKind, product: { id: string; name: string }) => {
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
    const details = { ...aDeal().details, product, endUser: { name: 'State Police Directorate', kind } };
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
          'The catalogue says that this product can gather or analyse data about people.',
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
      scopeSaid: { contradicts: expect.arrayContaining(['The end-user was said to be of another kind: security.']) },
    });
    expect(view()?.assessment.scope).toBe('in');
  });

  it('is as fast as ever with a weather sensor for a farm', () => {
    const { run } = tell('private', WEATHER);
    const out = run({ type: 'AnswerSection', section: 'scope', answers: given({ 'G1-capability': 'no', G2: 'no' }) });
    expect(out.status).toBe('out of scope');
  });
});
