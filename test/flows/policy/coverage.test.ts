/** Every item of the Guidance on deals is asked, raised or offered by the compiled policy, or comes by the calendar. */

import { describe, expect, test } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { channelFactCard } from '../../../blocks/cards/channel-review.ts';
import { countriesCard } from '../../../blocks/cards/countries.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { holdCard } from '../../../blocks/cards/hold.ts';
import { programmeFactCard } from '../../../blocks/cards/programme-facts.ts';
import { programmeStanding, type ProgrammeShown } from '../../../blocks/cards/programme-standing.ts';
import { programmeCard } from '../../../blocks/cards/programme.ts';
import { trainingFactCard } from '../../../blocks/cards/training-facts.ts';
import { yearlyFactCard } from '../../../blocks/cards/yearly-facts.ts';
import { yearComplaintsForm } from '../../../blocks/forms/yearly.ts';
import { yearlyHtml } from '../../../blocks/yearly/html.ts';
import { policyHtml, type HumanRightsPolicy } from '../../../blocks/yearly/policy.ts';
import { yearlyReport } from '../../../blocks/yearly/report.ts';
import { nextDueAt } from '../../../flows/deal/owing/duties.ts';
import type { Hold } from '../../../flows/hold.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { citationsOf } from '../../../flows/policy/guidance.ts';
import type { CompiledPolicy, Facts } from '../../../flows/policy/policy.ts';
import { programme as programmeRegister } from '../../../flows/programme/register.ts';
import { channelReview } from '../../../flows/registers/channel-review.ts';
import { countries } from '../../../flows/registers/countries.ts';
import type { CountriesFact } from '../../../flows/registers/country-shapes.ts';
import { holds } from '../../../flows/registers/holds.ts';
import type { Register, RegisterContext } from '../../../flows/registers/register.ts';
import { training } from '../../../flows/registers/training/training.ts';
import { caseDays } from '../../../flows/voices/case.ts';
import { caseDue } from '../../../flows/voices/clocks.ts';
import { closingProblem, stepIn, stepProblem, workOf, type Step, type Work } from '../../../flows/voices/steps.ts';
import { yearly } from '../../../flows/yearly/register.ts';
import { guidance } from '../../../src/config/guidance-file.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { ABOUT, WHY } from '../../../src/voices/room/page/step-words.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { anOrganisation, aPolicy, NOW } from '../../support/deal-builders.ts';
import { dealHold, endUserHold } from '../../support/holds.ts';
import { answeredDeal, story, type Story } from '../../support/story.ts';
import { noticesBetween, tick, TIMED } from '../../support/ticking.ts';
import { someComplaints, someFigures } from '../../support/yearly.ts';
import { best, defaultDocument, defaultPolicy, KINDS, walk, worst } from './deals.ts';

/** Items that one deal is asked or shown; those of the calendar are below. */
const IDS = `
  G1 G2 G3 G4 G5 G6 G7 G8 G10 G11
  P1 P2 P3 P4 P5 P6 P-RF1 P-RF2
  H1 H2 H3 H4 H5 H-RF1 H-RF2 H-RF3 H-RF4 H-RF5 H-RF6 H-RF7 H-RF8 H-RF9
  L1 L2 L3 L4 L-RF1 L-RF2 L-RF3 L-RF4 L-RF5 L-RF6 L-RF7 L-RF8
  S1 S2 S3 S4 S5 S-RF1 S-RF2
  T1 T2 T3 T4 T5 T6 T7
  C1 C2 C3 C4 C5 C6 C7
  X1 X2`
  .trim()
  .split(/\s+/);

const { sections, items } = guidance;
const citations = citationsOf(guidance);

const approved = (): Story =>
  story(answeredDeal(), { ...TIMED, policy: aPolicy({ reminders: defaultPolicy.reminders }) })
    .vote('compliance-1')
    .and('rep-1', { type: 'SetLicence', licence: 'granted', reason: 'Settled, so that it is not what comes first' });

/** The owner's text of the first reminder that such a deal brings by itself. */
const reminded = (deal: Story): string => {
  const due = nextDueAt(deal.view);
  if (due === null) return 'It is never due.';
  const then = tick(deal, due);
  return noticesBetween(deal, then)
    .flatMap((n) => (n.kind === 'fact' && n.target.to === 'person' ? [[n.fact, n.target] as const] : []))
    .map(([fact, target]) => plain(factCard(then.view, fact, {}, target)))
    .join('\n');
};

const around = { organisation: anOrganisation(), policy: defaultPolicy, now: NOW, deals: [], reader: 'compliance-1' };
const held = (hold: Hold): string =>
  plain(holdCard({ fact: 'deals held', hold, reached: { deals: 1, first: [] } }, holds.none, around));

const alert = {
  id: 'alert-1',
  country: 'NO',
  why: 'Elections were called off',
  on: '2027-03-01',
  by: 'compliance-1',
  at: NOW,
} as const;
const watched = (fact: CountriesFact): string => plain(countriesCard(fact, countries.none, around));

/** Acts of compliance, by id: the text that the deals' owners read. */
const AFTER_SALE: Record<string, () => string> = {
  A1: () => held(dealHold),
  A5: () => watched({ fact: 'alert for deals', alert, reached: { deals: 1, first: [] } }),
  A6: () => watched({ fact: 'countries to look at', countries: ['NO'], of: 'reminder' }),
  A8: () => held(endUserHold),
};

/** Items of the calendar, with the default policy's reminders: the words of a message, by id. */
const CALENDAR: Record<string, () => string> = {
  A2: () => reminded(approved().and('rep-1', { type: 'SetRenewals', licence: '2028-03-01' })),
  A3: () => reminded(approved().and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it' })),
  A4: () => reminded(approved().and('rep-1', { type: 'ReportChange', what: 'major', why: 'They were sold' })),
  A5: () =>
    reminded(
      approved().and('system', {
        type: 'RequireReassessment',
        trigger: 'A5',
        alert: 'a1',
        why: 'Elections called off',
      }),
    ),
};

/** A register's message to a person of the sample organisation, from the first tick that brings one. */
const programme = <State, Command, Event, Fact>(
  register: Register<State, Command, Event, Fact>,
  draw: (fact: Fact, state: State, around: RegisterContext & { now: string }) => Card,
  policy: CompiledPolicy = defaultPolicy,
): string => {
  const context = { organisation: loadOrganisation(sampleOrganisationFile), policy };
  let state = register.none;
  let at = '2027-03-01T10:00:00.000Z';
  for (let n = 0; n < 5; n += 1) {
    const meta = { actor: 'system', at, id: 'id' };
    const decided = register.tick && register.decide(register.tick, state, meta, context);
    const before = state;
    const events = decided?.kind === 'accepted' ? decided.events : [];
    state = events.reduce((s, event) => register.evolve(s, event), state);
    const told = events.flatMap((event) => register.tell(event, state, context, before));
    const [first] = told;
    if (first) return plain(draw(first[0], state, { ...context, now: at }));
    at = register.nextDueAt(state, at, context) ?? at;
  }
  return 'It never says anything.';
};

/** The company's work outside its deals, by the calendar too. */
const PROGRAMME: Record<string, () => string> = {
  G9: () =>
    programme(
      {
        ...programmeRegister,
        none: {
          ...programmeRegister.none,
          entries: {
            remedy: {
              version: 1,
              text: 'We pay.',
              owner: 'rep-1',
              next: '2027-02-01',
              by: 'compliance-1',
              at: '2026-02-01T09:00:00.000Z',
            },
          },
        },
      },
      (fact, state, context) => programmeFactCard(fact, state, { ...context, reader: 'compliance-1' }),
    ),
  C8: () => programme(training, trainingFactCard),
  C12: () => programme(channelReview, channelFactCard),
  R1: () =>
    programme(yearly, (fact, state, context) => yearlyFactCard(fact, state, { ...context, reader: 'compliance-1' }), {
      ...defaultPolicy,
      yearlyReport: { reportBy: '03-31' },
    }),
};

const aHumanRightsPolicy: HumanRightsPolicy = {
  title: 'Human-rights policy',
  version: '3',
  approvedBy: 'The board',
  approvedOn: '2027-01-10',
  instruments: ['UN Guiding Principles on Business and Human Rights'],
  parts: [{ heading: 'What we do', text: 'We look before we sell.' }],
};

/** What the company says in public, by id: the text of the form, the page or the message that brings it about. */
const PUBLIC: Record<string, () => string> = {
  R2: () => JSON.stringify(yearComplaintsForm(2026, {}).blocks),
  R3: () => policyHtml(aHumanRightsPolicy, 'Sample Company'),
  R4: () =>
    plain(
      yearlyFactCard({ fact: 'report published', year: 2026, by: 'chief-1' }, yearly.none, {
        organisation: anOrganisation(),
        policy: defaultPolicy,
        reader: 'compliance-1',
      }),
    ),
};

/** In the case room, where reports of misuse are read: what is asked of a handler, or said of the room, by id. */
const VOICES: Record<string, readonly string[]> = {
  G12: [WHY.remedy],
  C9: [ABOUT.open],
  C10: [ABOUT.sealed, WHY.ask],
  C11: [WHY.outcome, WHY.feedback],
  A7: [WHY.help, WHY.investigation],
  A8: [WHY.hold],
  A9: [WHY.feedback, WHY.remedy],
};

type Seen = Map<string, Facts>;

/** Items by id that one deal covers: asked, raised, offered, or shown under "Why?". */
const seenIn = (
  policy: CompiledPolicy,
  facts: Facts,
  seen: Record<'asked' | 'raised' | 'offered' | 'said', Seen>,
): void => {
  const { flags, trace, tier } = policy.evaluate(facts);
  for (const question of policy.sectionsFor(facts).flatMap((s) => policy.questionsFor(s.id, facts))) {
    for (const id of [question.id, ...question.sources]) seen.asked.set(id, facts);
    for (const reference of question.references) seen.offered.set(reference.id.split('-')[0]!, facts);
  }
  for (const flag of flags) {
    seen.raised.set(flag.id, facts);
    for (const id of flag.safeguards) if (policy.safeguards[id]) seen.offered.set(id, facts);
  }
  for (const line of trace) seen.said.set(line.id, facts);
  if (tier && tier !== 'prohibited' && policy.routeFor(tier).weighing) seen.offered.set('G6', facts);
};

/** Ids without a deal. A red flag must be raised, a safeguard or reference offered, the rest asked or shown. */
const uncovered = (policy: CompiledPolicy): string[] => {
  const seen = { asked: new Map(), raised: new Map(), offered: new Map(), said: new Map() };
  for (const endUser of KINDS) {
    for (const intermediaries of [false, true]) {
      for (const choose of [best, worst, () => 'unknown']) {
        const { facts } = walk(policy, { endUser, intermediaries }, choose);
        seenIn(policy, { ...facts, answers: {} }, seen);
        seenIn(policy, facts, seen);
      }
    }
  }
  return IDS.filter((id) => {
    if (id.includes('-RF')) return !seen.raised.has(id);
    if (/^[TCX]/.test(id) || id === 'G6') return !seen.offered.has(id);
    return !seen.asked.has(id) && !seen.said.has(id);
  });
};

describe('the default policy', () => {
  test('asks, raises or offers every item', () => {
    expect(uncovered(defaultPolicy)).toEqual([]);
  });

  test.each([
    [
      'a flag that is gone',
      'H-RF9',
      (d: ReturnType<typeof defaultDocument>) => {
        d.flags = d.flags.filter((f) => f.id !== 'H-RF9');
      },
    ],
    [
      'a flag that nothing raises',
      'H-RF6',
      (d: ReturnType<typeof defaultDocument>) => {
        d.flags.find((f) => f.id === 'H-RF6')!.when = {
          all: [{ endUser: ['private'] }, { question: 'H1', is: ['no'] }],
        };
      },
    ],
    [
      'a question that is never asked',
      'S5',
      (d: ReturnType<typeof defaultDocument>) => {
        for (const s of d.sections)
          for (const q of s.questions) if (q.id === 'S5') q.when = { not: { endUser: [...KINDS] } };
      },
    ],
    [
      'a safeguard that no flag offers',
      'T7',
      (d: ReturnType<typeof defaultDocument>) => {
        for (const f of d.flags) f.safeguards = f.safeguards.filter((id) => id !== 'T7');
      },
    ],
  ])('this test sees %s', (_, id, change) => {
    const document = defaultDocument();
    change(document);
    expect(uncovered(compile(document, 'changed'))).toEqual([id]);
  });

  test.each(Object.entries(CALENDAR))('%s comes by the calendar, and says so', (id, words) => {
    const text = words();
    expect(text).toMatch(/You get this because/);
    expect(text).toContain(`${citations.get(id)}.`);
  });

  test.each(Object.entries(PROGRAMME))('%s is asked of the company, and says so', (id, words) => {
    const text = words();
    expect(text).toMatch(/You get this because/);
    expect(text).toContain(`(${citations.get(id)}).`);
  });

  test('without training or a review of the channel, nothing is said of them', () => {
    const document = defaultDocument();
    delete document.training;
    delete document.reminders!.channelReview;
    const { training: asked, reminders } = compile(document, 'changed');
    expect({ asked, review: reminders.channelReview }).toEqual({ asked: undefined, review: undefined });
  });
});

describe('the Guidance, point by point', () => {
  const ids = items.map(({ id }) => id);
  const ofKind = (kind: string): string[] => items.filter((item) => item.kind === kind).map(({ id }) => id);

  test('is covered as far as these tests say, and no further', () => {
    const covered = new Set([
      ...IDS,
      ...[CALENDAR, PROGRAMME, PUBLIC, AFTER_SALE, VOICES].flatMap((part) => Object.keys(part)),
    ]);
    expect([...covered].toSorted()).toEqual(ids.toSorted());
  });

  test('has 87 points, each once, in the order of their sections', () => {
    expect(ids).toHaveLength(87);
    expect(new Set(ids).size).toBe(87);
    expect(new Set(items.map(({ text }) => text)).size).toBe(87);
    const letters = sections.map(({ letter }) => letter);
    expect([...new Set(ids.map((id) => id.charAt(0)))]).toEqual(['G', ...letters, 'X']);
    for (const { number, letter } of sections) {
      expect(citations.get(`${letter}1`)).toMatch(new RegExp(`^Guidance ${number}, bullet 1\\b`));
    }
  });

  test('says of each what it is', () => {
    expect(ofKind('flag')).toEqual(ids.filter((id) => id.includes('-RF')));
    expect(ofKind('reassess')).toEqual(Object.keys(CALENDAR));
    expect([...ofKind('safeguard'), ...ofKind('reference')]).toEqual(IDS.filter((id) => /^[TCX]/.test(id)));
    const document = defaultDocument();
    expect(ofKind('safeguard').toSorted()).toEqual(Object.keys(compile(document, 'as it is').safeguards).toSorted());
  });
});

describe('in public', () => {
  test.each(Object.entries(PUBLIC))('%s is cited by what brings it about', (id, said) => {
    expect(said()).toContain(citations.get(id));
  });

  test('R2: what the case room hands over stands in the published figures as ranges', () => {
    const figures = { ...someFigures(2026), complaints: someComplaints(2026) };
    const page = yearlyHtml(yearlyReport(figures, {}, { publishedOn: '2027-02-01', today: '2027-02-01' }));
    expect(page).toMatch(/Found credible<\/th><td class="n">5 to 9</);
  });
});

describe('the company', () => {
  test('R3: publishes its policy, who approved it and when, and where to report', () => {
    const page = policyHtml(aHumanRightsPolicy, 'Sample Company');
    expect(page).toContain('Version 3. Approved by The board on 10 January 2027.');
    expect(page).toContain('We look before we sell.');
    expect(page).toContain('href="report-misuse.html"');
  });

  test('G9 and G12: sees of each part of its programme how it stands, with an owner, a date, evidence and what is missing', () => {
    const shown: ProgrammeShown = {
      policy: { name: 'P', version: '1', questions: 1, flags: 1 },
      covered: { points: 1, without: ['T7'] },
      years: [],
      conditions: { all: 0, overdue: 0 },
      watched: { countries: 0, inTime: 0 },
      channel: {},
      reports: {},
      conflicts: 0,
    };
    const all = programmeStanding(programmeRegister.none, shown, {
      organisation: anOrganisation(),
      today: '2027-03-01',
    });
    expect(all.filter(({ missing }) => missing.length === 0)).toEqual([]);
    const text = plain(programmeCard(all, citations));
    for (const id of ['G9', 'G12']) expect(text).toContain(citations.get(id));
    for (const part of ['policy', 'top', 'Training', 'checked', 'works', 'affected', 'misuse', 'good', 'public'])
      expect(text).toMatch(new RegExp(`${part}[^\n]*: missing\\.`));
  });
});

describe('in the case room', () => {
  test.each(Object.entries(VOICES))('%s is cited by what is asked of a handler', (id, all) => {
    for (const said of all) expect(said).toMatch(new RegExp(`[(;] ?${citations.get(id)}[;)]`));
  });

  const report = { day: '2026-11-02', events: [] };
  const now = workOf([{ number: 2, by: 'h-1', step: { kind: 'finding', as: 'significant', why: 'It fits.' } }]);
  const help = { asked: false, words: 'It would show who spoke.' };
  const investigation: Extract<Step, { kind: 'investigation' }> = {
    kind: 'investigation',
    who: [],
    outside: 'Sample lawyers',
    not: [],
  };

  test('C10 and C11: whoever spoke is answered in time, and asked later whether anybody harmed them', () => {
    expect(caseDue(caseDays(report), '2026-11-02')).toMatchObject({ what: 'acknowledge', left: 7 });
    const told = { ...report, events: [{ kind: 'feedback', by: 'h-1', day: '2026-11-05' } as const] };
    expect(caseDue(caseDays(told), '2026-11-05')).toMatchObject({ what: 'ask', by: '2026-12-05' });
  });

  test('A7 and A8: nothing serious is investigated before outside help and a hold were considered', () => {
    expect(stepProblem(now, investigation)).toMatch(/Consider a hold first/);
    expect(
      stepIn({ kind: 'step', step: { kind: 'hold', infer: 'Nobody.', why: 'It would show who spoke.' } }),
    ).toBeUndefined();
    const considered = { kind: 'hold', infer: 'Nobody.', help, why: 'It would show who spoke.' } as const;
    const work = workOf([
      { number: 2, by: 'h-1', step: now.finding! },
      { number: 3, by: 'h-1', step: considered },
    ]);
    expect(stepProblem(work, investigation)).toBeUndefined();
  });

  test('A9 and G12: what was substantiated is not closed before something makes it good', () => {
    const work: Work = {
      ...now,
      investigation,
      result: { kind: 'result', words: 'It was so.' },
      outcome: { kind: 'outcome', as: 'substantiated', deal: 'end', why: 'Logs.', by: 'h-1' },
    };
    expect(closingProblem(work, { by: 'h-1', readers: 2 })).toMatch(/what makes it good/);
  });
});

describe('after the sale', () => {
  test.each(Object.entries(AFTER_SALE))('%s is cited by what it makes the bot say', (id, said) => {
    expect(said()).toMatch(new RegExp(`[(;] ?${citations.get(id)}[;)]`));
  });
});
