/** Reads what a yearly report counts: summaries of all deals, events of the few whose summary does not say all, registers. */

import type { DealEvent } from '../../flows/deal/events.ts';
import type { Hold } from '../../flows/hold.ts';
import type { DealId, Instant } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { ProgrammeEvent } from '../../flows/programme/shapes.ts';
import type { FilesEvent } from '../../flows/registers/files.ts';
import type { HoldEvent } from '../../flows/registers/hold-shapes.ts';
import { streamOf } from '../../flows/registers/register.ts';
import { peopleFor } from '../../flows/registers/training/needs.ts';
import { dealInYear, needsEvents, type DealInYear, type Year } from '../../flows/yearly/deal-year.ts';
import type { AskedInYear, CourseInYear, HoldInYear, RecordOfYear } from '../../flows/yearly/record-shapes.ts';
import type { EventStore } from '../../store/event-store.ts';
import { inSlices } from '../bell.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';
import { eventsOf } from '../streams/repeats.ts';

export interface YearSources {
  store: Pick<EventStore, 'read'>;
  deals: Pick<Deals, 'events'>;
  registers: Pick<Registers, 'training'>;
  organisation: Organisation;
  policy: CompiledPolicy;
  now: Instant;
}

type Known = Pick<IndexedDeal, 'id' | 'summary' | 'end'>;

const dealsOf = async (
  all: readonly Known[],
  year: Year,
  { deals }: Pick<YearSources, 'deals'>,
): Promise<DealInYear[]> => {
  const found: DealInYear[] = [];
  const rest = inSlices();
  for (const deal of all) {
    const resting = rest();
    if (resting) await resting;
    const events: DealEvent[] | undefined = needsEvents(deal, year) ? await deals.events(deal.id) : undefined;
    const one = dealInYear(deal, year, events);
    if (one.decided || one.ended || one.summary.conditions) found.push(one);
  }
  return found;
};

const partiesOf = ({ on }: Hold, deals: ReadonlyMap<DealId, Known>): Pick<HoldInYear, 'customer' | 'endUser'> => {
  if (on.of === 'end-user') return { customer: on.name, endUser: on.name };
  const summary = deals.get(on.deal)?.summary;
  return summary ? { customer: summary.customer, endUser: summary.endUser.name } : {};
};

const holdsOf = async (all: readonly Known[], store: YearSources['store']): Promise<HoldInYear[]> => {
  const events = eventsOf<HoldEvent>(await store.read(streamOf('holds')));
  const placed = events.flatMap((event) => (event.type === 'HoldPlaced' ? [event] : []));
  const deals = new Map(placed.length === 0 ? [] : all.map((deal) => [deal.id, deal] as const));
  return placed.map(({ hold, at }) => ({
    id: hold.id,
    because: hold.because === 'breach' ? 'breach' : 'inquiry',
    at,
    ...partiesOf(hold, deals),
  }));
};

const coursesOf = async ({ registers, organisation, policy, now }: YearSources): Promise<CourseInYear[]> => {
  const { state } = await registers.training.now();
  return (policy.training?.courses ?? []).map((course) => ({
    id: course.id,
    title: course.title,
    people: peopleFor(state, organisation, course, now).map((person) => ({
      person,
      on: state.taken[course.id]?.[person]?.on,
    })),
  }));
};

/** Who was asked before kinds were recorded is one of the others. */
const askedOf = async (store: YearSources['store']): Promise<AskedInYear[]> =>
  eventsOf<ProgrammeEvent>(await store.read(streamOf('programme'))).flatMap((event) =>
    event.type === 'AskedRecorded' ? [{ id: event.id, who: event.who, kind: event.kind ?? 'other', on: event.on }] : [],
  );

/** A policy that is taken into use first changes none. */
const policyChangesOf = async (store: YearSources['store']): Promise<Instant[]> =>
  eventsOf<FilesEvent>(await store.read(streamOf('files'))).flatMap((event) =>
    event.type === 'FileTaken' && event.of === 'policy' && !event.first ? [event.at] : [],
  );

/** Reads the record of a year. Throws StoreFault, and what a damaged deal throws: a count without it would be wrong. */
export const readYear = async (all: readonly Known[], year: Year, sources: YearSources): Promise<RecordOfYear> => ({
  deals: await dealsOf(all, year, sources),
  holds: await holdsOf(all, sources.store),
  courses: await coursesOf(sources),
  asked: await askedOf(sources.store),
  policyChanges: await policyChangesOf(sources.store),
});
