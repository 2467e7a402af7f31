/** How each kind of stream is replayed, for an auditor: events alone, without what lies outside the stream. */

import { evolve } from '../../flows/deal/evolve.ts';
import { nextDueAt } from '../../flows/deal/owing/duties.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import { dealView } from '../../flows/deal/view.ts';
import { audienceNamed, digestsFor } from '../../flows/digest/register.ts';
import type { Instant } from '../../flows/ids.ts';
import { knownCountries } from '../../flows/known/countries.ts';
import { knownDeal } from '../../flows/known/deal.ts';
import { knownDigests } from '../../flows/known/digests.ts';
import { knownFiles } from '../../flows/known/files.ts';
import { knownIndicators } from '../../flows/known/indicators.ts';
import { knownProgramme } from '../../flows/known/programme.ts';
import {
  knownAbsences,
  knownCaseRoom,
  knownChannelReview,
  knownErasures,
  knownGaps,
  knownHolds,
  knownPasskeys,
  knownScopes,
  knownTraining,
  knownViews,
} from '../../flows/known/registers.ts';
import { knownScreening } from '../../flows/known/screening.ts';
import type { Known } from '../../flows/known/shape.ts';
import { knownSheets } from '../../flows/known/sheets.ts';
import { knownYearly } from '../../flows/known/yearly.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { programme } from '../../flows/programme/register.ts';
import { absences } from '../../flows/registers/absences.ts';
import { caseRoom } from '../../flows/registers/case-room.ts';
import { channelReview } from '../../flows/registers/channel-review.ts';
import { countries } from '../../flows/registers/countries.ts';
import { erasures } from '../../flows/registers/erasures.ts';
import { files } from '../../flows/registers/files.ts';
import { gaps } from '../../flows/registers/gaps.ts';
import { holds } from '../../flows/registers/holds.ts';
import { indicators } from '../../flows/registers/indicators.ts';
import { passkeys } from '../../flows/registers/passkeys.ts';
import { streamOf, type Register } from '../../flows/registers/register.ts';
import { scopes } from '../../flows/registers/scopes.ts';
import { screeningLists } from '../../flows/registers/screening.ts';
import { sheets } from '../../flows/registers/sheets.ts';
import { training } from '../../flows/registers/training/training.ts';
import { views } from '../../flows/registers/views.ts';
import { yearly } from '../../flows/yearly/register.ts';
import type { Columns, Json, Replays, StreamReplay } from '../../store/event-store.ts';
import { nextRun } from '../config/schedule.ts';
import { REFUSALS, refusalsReplay } from '../edge/refusals.ts';
import { isDealId } from '../ids.ts';
import { hasNewer, packed, typesWith } from '../newer.ts';
import { KIND } from '../streams/register.ts';
import { eventsOf } from '../streams/repeats.ts';
import type { StreamKind } from '../streams/stream-kind.ts';
import { owedBy } from './owed.ts';

type Rules<State, Event extends { type: string }> = Pick<
  StreamKind<State, never, Event, never>,
  'none' | 'known' | 'evolve'
>;

/** What due times depend on besides a stream's own events. */
export interface DueAround {
  now: Instant;
  /** As it is today: the file, and what the registers say. */
  organisation: Organisation;
  /** Today's, for registers. */
  policy: CompiledPolicy | undefined;
  /** The policy that a deal was opened under; undefined where it can't be read. */
  policyOf: (hash: string) => CompiledPolicy | undefined;
}

/** A stream whose due time is not the one of its commit. */
export interface MovedDue {
  stream: string;
  nextDueAt: Instant | null;
  /** The policy that it is judged under, for a deal. */
  policy: string | undefined;
  /** What its state owes; undefined where it can't be told. */
  owes: (around: DueAround) => Instant | null | undefined;
}

/** What a walk over the whole record brings to light on its way. */
export interface SeenOnTheWay {
  moved: MovedDue[];
  /** States of registers, by stream, each as of its last commit. */
  registers: Map<string, () => { state: unknown; version: number }>;
}

export const nothingSeen = (): SeenOnTheWay => ({ moved: [], registers: new Map() });

interface Watching<State> {
  stream: string;
  seen: SeenOnTheWay;
  policyOf?: (state: State) => string | undefined;
  owes: (state: State, around: DueAround) => Instant | null | undefined;
}

const replayBy = <State, Event extends { type: string }>(
  { none, known, evolve: next }: Rules<State, Event>,
  columnsOf: (state: State) => Partial<Columns>,
  { stream, seen, policyOf = () => undefined, owes }: Watching<State>,
): StreamReplay => {
  const owed = owedBy(stream);
  let version = 0;
  let state = none;
  let types: string[] = [];
  let at = '';
  let newer = false;
  if (!isDealId(stream)) seen.registers.set(stream, () => ({ state, version }));
  return {
    add: (commit) => {
      owed.add(commit);
      newer ||= hasNewer(known, [commit]);
      if (newer) return;
      ({ version } = commit);
      const events = eventsOf<Event>([commit]);
      state = events.reduce((s, event) => next(s, event), state);
      types = typesWith(types, events);
      at = commit.at;
    },
    now: () =>
      newer ? undefined : { format: known.format, state: packed(state, types, at), columns: columnsOf(state) },
    moved: (nextDueAt) => {
      const then = state;
      const owesThen = (around: DueAround) => (newer ? undefined : owes(then, around));
      seen.moved.push({ stream, nextDueAt, policy: policyOf(then), owes: owesThen });
    },
    owed: owed.compare,
  };
};

/** The tier and the due date also depend on policy, calendar and organisation: their commit speaks for them. */
const dealColumns = (state: DealState): Partial<Columns> =>
  state.status === 'none' ? {} : { kind: 'deal', status: state.status, owner: state.owner };

const dealPolicy = (state: DealState): string | undefined => (state.status === 'none' ? undefined : state.policy);

const dealOwes = (state: DealState, { now, organisation, policyOf }: DueAround): Instant | null | undefined => {
  const policy = policyOf(dealPolicy(state) ?? '');
  if (state.status === 'none' || !policy) return undefined;
  return nextDueAt(dealView(state, policy, organisation, now));
};

const refusalsColumns = { kind: REFUSALS, status: 'kept', tier: null, owner: 'system', nextDueAt: null };

const replayOfRefusals = (): StreamReplay => {
  const { format, after } = refusalsReplay;
  let state: Json = null;
  return {
    add: (commit) => {
      state = after(state, [commit]);
    },
    now: () => ({ format, state, columns: refusalsColumns }),
  };
};

type Begin = (seen: SeenOnTheWay) => StreamReplay;

const ofRegister = <State, Command, Event extends { type: string }, Fact>(
  register: Register<State, Command, Event, Fact>,
  known: Known<State, Event>,
): [stream: string, begin: Begin] => {
  const { name, none, evolve: next } = register;
  const columns = { kind: KIND, status: name, tier: null, owner: SYSTEM };
  const stream = streamOf(name);
  const owes = (state: State, { now, organisation, policy }: DueAround) =>
    register.nextDueAt(state, now, { organisation, policy });
  return [stream, (seen) => replayBy({ none, known, evolve: next }, () => columns, { stream, seen, owes })];
};

const REGISTERS: ReadonlyMap<string, Begin> = new Map([
  ofRegister(absences, knownAbsences),
  ofRegister(channelReview, knownChannelReview),
  ofRegister(countries, knownCountries),
  ofRegister(erasures, knownErasures),
  ofRegister(files, knownFiles),
  ofRegister(gaps, knownGaps),
  ofRegister(holds, knownHolds),
  ofRegister(indicators, knownIndicators),
  ofRegister(caseRoom, knownCaseRoom),
  ofRegister(passkeys, knownPasskeys),
  ofRegister(scopes, knownScopes),
  ofRegister(screeningLists, knownScreening),
  ofRegister(sheets, knownSheets),
  ofRegister(views, knownViews),
  ofRegister(training, knownTraining),
  ofRegister(yearly, knownYearly),
  ofRegister(programme, knownProgramme),
]);

/** Replays that note what else they see. */
export const replaysNoting =
  (seen: SeenOnTheWay): Replays =>
  (stream) => {
    if (isDealId(stream)) {
      const watching = { stream, seen, policyOf: dealPolicy, owes: dealOwes };
      return replayBy({ none: noDeal, known: knownDeal, evolve }, dealColumns, watching);
    }
    if (/^R-\d{4}-\d{2}$/.test(stream)) return replayOfRefusals();
    const register = REGISTERS.get(stream);
    if (register) return register(seen);
    const audience = stream.startsWith(streamOf('')) ? audienceNamed(stream.slice(streamOf('').length)) : undefined;
    return audience && ofRegister(digestsFor(audience, nextRun), knownDigests)[1](seen);
  };

export const replays: Replays = (stream) => replaysNoting(nothingSeen())(stream);
