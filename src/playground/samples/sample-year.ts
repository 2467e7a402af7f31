/** A year of made-up deals, written by the commands that people give, each at its time. Nobody is told: it was never told then. */

import { addDays, dayIn, calendarOf } from '../../../flows/calendar.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Ballot, Condition, Home } from '../../../flows/deal/deal.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Day, PersonId } from '../../../flows/ids.ts';
import { person as personOf, SYSTEM, type Organisation } from '../../../flows/organisation.ts';
import { readComplaints } from '../../../flows/yearly/complaints.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { inSlices, type Alone } from '../../bell.ts';
import type { Logger } from '../../log.ts';
import { createDealIndex } from '../../streams/deal-index.ts';
import { createDeals, type Deals } from '../../streams/deals.ts';
import type { Policies } from '../../streams/policies.ts';
import { createRegisters, type Registers } from '../../streams/registers.ts';
import { createScreening, type Screening } from '../../ticker/screening.ts';
import { answersTo, SampleRefused } from './answering.ts';
import { SAMPLE_COUNSEL, SAMPLE_REP, SAMPLE_SOURCE, SAMPLE_WEIGHING } from './sample-deals.ts';
import { sayProgramme } from './sample-programme.ts';
import { sampleHome } from './samples.ts';
import { ANSWERS, COMPLAINTS, HELD, YEAR_COUNTRIES, yearDeals, type YearDeal } from './year-plan.ts';

export interface YearParts {
  store: EventStore;
  policies: Policies;
  /** Of the file. */
  organisation: () => Organisation;
  clock: () => Date;
  /** Keeps off a deal what the bot does today by itself, so that all of it stays in its year. */
  alone: Alone;
  logger: Logger;
}

export interface YearAsked {
  year: number;
  /** Told before each deal. What it throws ends the writing. */
  progress: (done: number, all: number) => void;
}

const [COMPLIANCE, COMPLIANCE_TWO, SENIOR, CHIEF] = ['compliance-1', 'compliance-2', 'senior-2', 'chief-1'] as const;
const PEOPLE = [SAMPLE_REP, SAMPLE_COUNSEL, COMPLIANCE, COMPLIANCE_TWO, SENIOR, CHIEF];
const VOTERS: Readonly<Record<YearDeal['profile'], readonly PersonId[]>> = {
  low: [COMPLIANCE],
  elevated: [COMPLIANCE, SENIOR],
  high: [COMPLIANCE, SAMPLE_COUNSEL, SENIOR],
};

/** Why no sample year can be written here; undefined where one can. */
export const noSampleYear = (organisation: Organisation): string | undefined =>
  PEOPLE.every((id) => personOf(organisation, id)) && sampleHome(organisation)
    ? undefined
    : 'The sample year speaks of the people of the sample organisation, and this playground has others.';

/** Writes what is said to nobody: no message of it is owed, then or ever. */
const silent = (store: EventStore): EventStore => ({
  ...store,
  append: (commit, projection) =>
    store.append({ ...commit, body: { ...commit.body, notices: [] } }, { ...projection, outbox: [] }),
});

interface Writing {
  deals: Deals;
  registers: Registers;
  organisation: Organisation;
  home: Home;
  year: number;
  /** Sets the time of what is written next. */
  on: (day: Day, hour: number) => void;
  now: () => Date;
  /** Compares a deal's parties with the lists in use. */
  newsFor: Screening['newsFor'];
  /** Pauses where other work has waited long enough. */
  rest: () => Promise<void> | undefined;
}

const causeOf = (year: number, step: string): string => `sample-year:${year}:${step}`;

const keptCondition = (n: number, due: Day): Condition => ({
  id: `sample-${n}`,
  text: 'Put the limits on use into the contract',
  owner: SAMPLE_REP,
  due,
});

const layOutDeal = async (
  { deals, home, year, on, now, rest, newsFor }: Writing,
  { name, story, profile, details, opened: openedOn }: YearDeal,
): Promise<void> => {
  const start = `${year}-${openedOn}`;
  const source = { ...SAMPLE_SOURCE, year };
  const [cause, after] = [
    (step: string): string => causeOf(year, `${name}:${step}`),
    (days: number, hour = 10): void => on(addDays(start, days), hour),
  ];
  after(0);
  const opened = await deals.open({ type: 'OpenDeal', home, details }, { actor: SAMPLE_REP, cause: cause('open') });
  if (opened.kind === 'refused') throw new SampleRefused(`${name}:open`, opened.refusal.text);
  let { view } = opened;
  const act = async (step: string, actor: PersonId, command: () => DealCommand): Promise<void> => {
    const resting = rest();
    if (resting) await resting;
    if (await deals.done(view.deal.id, cause(step))) return;
    const ask = { actor, cause: cause(step) };
    const done = await deals.handle(view.deal.id, command(), ask);
    if (done.kind === 'refused') throw new SampleRefused(`${name}:${step}`, done.refusal.text);
    ({ view } = done);
  };
  const withdraw = (reason: string): Promise<void> => act('end', SAMPLE_REP, () => ({ type: 'Withdraw', reason }));
  const answer = async (sections: (typeof ANSWERS)['low']): Promise<void> => {
    for (const [section, given] of sections) {
      await act(section, SAMPLE_REP, () => ({
        type: 'AnswerSection',
        section,
        answers: answersTo(view, section, given, source),
        why: 'It is sold without the part that looks at people.',
      }));
    }
    // The catalogue has most of these products among those that can.
    if (view.lighterSaid) {
      await act('confirm', COMPLIANCE_TWO, () => ({ type: 'ConfirmLighter', asOf: view.lighterSaid?.at ?? '' }));
    }
  };
  const ballot = (outcome: Ballot['outcome'], of: DealView): Ballot => ({
    outcome,
    rationale:
      outcome === 'decline'
        ? 'Nobody could tell us how people are kept safe from it.'
        : 'The answers stand on sources.',
    noStake: true,
    flags: Object.fromEntries(of.assessment.flags.map(({ id }) => [id, { opinion: 'uphold' as const }])),
    conditions:
      outcome === 'approve-with-conditions' ? [keptCondition(1, addDays(now().toISOString().slice(0, 10), 40))] : [],
    ...(profile === 'low' ? {} : { weighing: SAMPLE_WEIGHING }),
  });
  const vote = async (round: string, outcome: Ballot['outcome']): Promise<void> => {
    for (const [n, by] of VOTERS[profile].entries()) {
      await act(`${round}:${by}`, by, () => {
        if (view.deal.status !== 'deciding') throw new SampleRefused(`${name}:${by}`, 'nothing is to be decided');
        const { step, route } = view.deal;
        return {
          type: 'CastVote',
          step,
          factsHash: route.factsHash,
          ballot: ballot(n === 0 || outcome === 'decline' ? outcome : 'approve', view),
        };
      });
      if (outcome === 'decline') return;
    }
  };
  const lookAgain = async (outcome: Ballot['outcome']): Promise<void> => {
    after(40);
    const why = 'They ask for our support on site, too.';
    await act('change', SAMPLE_REP, () => ({ type: 'ReportChange', what: 'service', why }));
    await act('again', SAMPLE_REP, () => ({ type: 'StartReassessment' }));
    for (const [section] of ANSWERS[profile]) {
      await act(`again:${section}`, SAMPLE_REP, () => ({ type: 'ConfirmSection', section }));
    }
    after(44);
    await vote('again', outcome);
  };

  after(1);
  if (story === 'outOfScope') return answer([['scope', { 'G1-capability': 'no', G2: 'no' }]]);
  if (story === 'withdrawn') {
    await answer(ANSWERS[profile].slice(0, 1));
    after(5);
    return withdraw('The customer chose another supplier.');
  }
  await answer(ANSWERS[profile]);
  after(3 + (start.charCodeAt(9) % 9), 15);
  if (story === 'declined') return vote('vote', 'decline');
  const screened = await newsFor(view.deal.id);
  if (screened) await act('screened', SYSTEM, () => screened);
  await vote('vote', story === 'conditions' ? 'approve-with-conditions' : 'approve');
  if (story === 'conditions') {
    after(20);
    await act('keep', SAMPLE_REP, () => ({
      type: 'MeetCondition',
      condition: 'sample-1',
      text: 'The limits on use stand in the signed contract.',
      sources: [source],
    }));
    after(25);
    return act('accept', COMPLIANCE_TWO, () => ({ type: 'AcceptCondition', condition: 'sample-1', evidence: 1 }));
  }
  if (story === 'same') await lookAgain('approve');
  if (story === 'stricter') await lookAgain('approve-with-conditions');
  after(70);
  // Compliance alone ends an approval, which opens the deal again.
  await act('reopen', COMPLIANCE, () => ({
    type: 'Reopen',
    reason: 'It was delivered, and nothing more is supplied.',
  }));
  return withdraw('It was delivered, and nothing more is supplied.');
};

const must = <Done extends { kind: string }>(what: string, done: Done): Extract<Done, { kind: 'accepted' }> => {
  const found: { kind: string; refusal?: { text: string; code: string } } = done;
  if (found.kind === 'refused') throw new SampleRefused(what, found.refusal?.text ?? '');
  return done as Extract<Done, { kind: 'accepted' }>;
};

/** Holds on some end-users, lifted weeks later. */
const layOutHolds = async ({ registers: { holds }, year, on }: Writing, names: readonly string[]): Promise<void> => {
  const reach = { deals: 1, team: [SAMPLE_REP] };
  const ask = (step: string) => ({ actor: COMPLIANCE, cause: causeOf(year, step) });
  for (const [n, name] of names.entries()) {
    const month = String(4 + n).padStart(2, '0');
    on(`${year}-${month}-11`, 9);
    const placed = await holds.handle(
      {
        type: 'PlaceHold',
        on: { of: 'end-user', name },
        stop: ['updates', 'support'],
        because: 'inquiry',
        reason: 'A newspaper writes that it is used against people who protest.',
        review: `${year}-${month}-25`,
        reach,
      },
      ask(`hold:${n}`),
    );
    // The register goes on from its last day: a year that is over by then gets no holds any more.
    if (placed.kind === 'refused') return;
    const { state } = placed;
    const hold = Object.values(state.holds).find((one) => one.on.of === 'end-user' && one.on.name === name)?.id;
    if (hold === undefined) continue;
    on(`${year}-${month}-24`, 9);
    const reason = 'Asked and looked into: it was another product.';
    must(`lift ${n}`, await holds.handle({ type: 'LiftHold', hold, reason, reach }, ask(`lift:${n}`)));
  }
};

const layOutLaws = async ({ registers: { countries }, year }: Writing): Promise<void> => {
  for (const country of YEAR_COUNTRIES) {
    const looked = 'Sample note: the laws were looked at.';
    const ask = { actor: SAMPLE_COUNSEL, cause: causeOf(year, `laws:${country}`) };
    must(`laws ${country}`, await countries.handle({ type: 'NoteLaws', country, looked }, ask));
  }
};

/** Training of that year, and what the case room counted of it. */
const layOutTaken = async ({ registers, organisation, year }: Writing, policy: Policies['current']): Promise<void> => {
  for (const { id } of policy?.training?.courses ?? []) {
    for (const [n, { id: actor }] of organisation.people.entries()) {
      const took = { type: 'TakeTraining', course: id, on: `${year}-12-${String(1 + n).padStart(2, '0')}` } as const;
      // Whoever needs none, or took it later, is refused: then nothing is missing.
      await registers.training.handle(took, { actor, cause: causeOf(year, `training:${id}:${actor}`) });
    }
  }
  const read = readComplaints(COMPLAINTS.replace('YEAR', String(year)), year);
  if ('problem' in read) throw new SampleRefused('complaints', read.problem);
  await registers.yearly.handle(
    { type: 'SaveYearComplaints', year, complaints: read.complaints },
    { actor: COMPLIANCE_TWO, cause: causeOf(year, 'complaints') },
  );
};

/** Writes the year, and goes on where it was cut off. Throws SampleRefused and StoreFault. */
export const layOutYear = async (
  { store, policies, organisation: file, clock, alone, logger }: YearParts,
  { year, progress }: YearAsked,
): Promise<void> => {
  let then: Date | undefined;
  const now = (): Date => then ?? clock();
  const quiet = silent(store);
  const registers = createRegisters({
    store: quiet,
    policy: () => policies.current,
    organisation: file,
    clock: now,
    wake: () => {},
  });
  const deals = createDeals({
    store: quiet,
    policies,
    organisation: registers.organisation,
    homes: () => [],
    clock: now,
    wake: () => {},
  });
  const index = createDealIndex({ store: quiet, deals, logger, organisation: file });
  const { newsFor } = createScreening({ store: quiet, deals, registers, index, watchman: undefined, logger });
  const organisation = file();
  const home = sampleHome(organisation);
  const no = noSampleYear(organisation);
  if (!home || no !== undefined) throw new SampleRefused('organisation', no ?? '');
  const on = (day: Day, hour: number): void => {
    then = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00.000Z`);
  };
  const writing: Writing = { deals, registers, organisation, home, year, on, now, newsFor, rest: inSlices() };
  const all = yearDeals(organisation.products);
  await layOutLaws(writing);
  for (const [n, deal] of all.entries()) {
    progress(n, all.length);
    await alone(() => layOutDeal(writing, deal));
  }
  await layOutHolds(
    writing,
    all
      .filter(({ story }) => story === 'approved')
      .slice(0, HELD)
      .map(({ details }) => details.endUser.name),
  );
  then = undefined;
  await layOutTaken(writing, policies.current);
  const today = dayIn(now().toISOString(), calendarOf(organisation));
  await sayProgramme(registers, {
    year,
    today,
    compliance: COMPLIANCE,
    chief: CHIEF,
    cause: (step) => causeOf(year, step),
  });
  progress(all.length, all.length);
};
