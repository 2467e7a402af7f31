/** How each kind of stream is replayed, for an auditor: events alone, without what lies outside the stream. */

import { evolve } from '../../flows/deal/evolve.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import { audienceNamed, digestsFor } from '../../flows/digest/register.ts';
import { knownDeal } from '../../flows/known/deal.ts';
import { knownDigests } from '../../flows/known/digests.ts';
import {
  knownAbsences,
  knownChannelReview,
  knownCountries,
  knownErasures,
  knownGaps,
  knownHolds,
  knownScopes,
  knownTraining,
} from '../../flows/known/registers.ts';
import type { Known } from '../../flows/known/shape.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { absences } from '../../flows/registers/absences.ts';
import { channelReview } from '../../flows/registers/channel-review.ts';
import { countries } from '../../flows/registers/countries.ts';
import { erasures } from '../../flows/registers/erasures.ts';
import { gaps } from '../../flows/registers/gaps.ts';
import { holds } from '../../flows/registers/holds.ts';
import { streamOf, type Register } from '../../flows/registers/register.ts';
import { scopes } from '../../flows/registers/scopes.ts';
import { training } from '../../flows/registers/training/training.ts';
import type { Columns, Json, Replays, StreamReplay } from '../../store/event-store.ts';
import { nextRun } from '../config/schedule.ts';
import { REFUSALS, refusalsReplay } from '../edge/refusals.ts';
import { isDealId } from '../ids.ts';
import { hasNewer, packed, typesWith } from '../newer.ts';
import { KIND } from '../streams/register.ts';
import { eventsOf } from '../streams/repeats.ts';
import type { StreamKind } from '../streams/stream-kind.ts';

type Rules<State, Event extends { type: string }> = Pick<
  StreamKind<State, never, Event, never>,
  'none' | 'known' | 'evolve'
>;

const replayBy = <State, Event extends { type: string }>(
  { none, known, evolve: next }: Rules<State, Event>,
  columnsOf: (state: State) => Partial<Columns>,
): StreamReplay => {
  let state = none;
  let types: string[] = [];
  let at = '';
  let newer = false;
  return {
    add: (commit) => {
      newer ||= hasNewer(known, [commit]);
      if (newer) return;
      const events = eventsOf<Event>([commit]);
      state = events.reduce((s, event) => next(s, event), state);
      types = typesWith(types, events);
      at = commit.at;
    },
    now: () =>
      newer ? undefined : { format: known.format, state: packed(state, types, at), columns: columnsOf(state) },
  };
};

/** The tier and the due date also depend on policy, calendar and organisation: their commit speaks for them. */
const dealColumns = (state: DealState): Partial<Columns> =>
  state.status === 'none' ? {} : { kind: 'deal', status: state.status, owner: state.owner };

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

type Begin = () => StreamReplay;

const ofRegister = <State, Command, Event extends { type: string }, Fact>(
  { name, none, evolve: next }: Register<State, Command, Event, Fact>,
  known: Known<State, Event>,
): [stream: string, begin: Begin] => {
  const columns = { kind: KIND, status: name, tier: null, owner: SYSTEM };
  return [streamOf(name), () => replayBy({ none, known, evolve: next }, () => columns)];
};

const REGISTERS: ReadonlyMap<string, Begin> = new Map([
  ofRegister(absences, knownAbsences),
  ofRegister(channelReview, knownChannelReview),
  ofRegister(countries, knownCountries),
  ofRegister(erasures, knownErasures),
  ofRegister(gaps, knownGaps),
  ofRegister(holds, knownHolds),
  ofRegister(scopes, knownScopes),
  ofRegister(training, knownTraining),
]);

export const replays: Replays = (stream) => {
  if (isDealId(stream)) return replayBy({ none: noDeal, known: knownDeal, evolve }, dealColumns);
  if (/^R-\d{4}-\d{2}$/.test(stream)) return replayOfRefusals();
  const register = REGISTERS.get(stream);
  if (register) return register();
  const audience = stream.startsWith(streamOf('')) ? audienceNamed(stream.slice(streamOf('').length)) : undefined;
  return audience && ofRegister(digestsFor(audience, nextRun), knownDigests)[1]();
};
