/** One register, opened on the store: written like a deal, with its messages to people and channels. */

import type { Card } from '../../blocks/card.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, DealId, PersonId, Refusal } from '../../flows/ids.ts';
import type { Known } from '../../flows/known/shape.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { streamOf, type Register, type RegisterContext, type RegisterNotice } from '../../flows/registers/register.ts';
import type { Commit, EventStore, NewOutboxRow, OutboxRow, OwedRows } from '../../store/event-store.ts';
import { exceptNewer, hasNewer, leave, NewerRecord, type ReportNewer } from '../newer.ts';
import { createAggregate, owedBy } from './aggregate.ts';
import type { ReadAhead } from './read-ahead.ts';
import { eventsOf } from './repeats.ts';
import type { StreamKind, Ask } from './stream-kind.ts';

export const KIND = 'register';

export type RegisterOutcome<State> =
  | { kind: 'accepted'; state: State }
  | { kind: 'refused'; refusal: Refusal; state: State };

/** `upTo`: the last version that this one understands, where a newer one wrote to it since. */
export interface RegisterNow<State> {
  state: State;
  version: number;
  upTo: number;
}

export interface OpenRegister<State, Command> {
  stream: string;
  /** Context of the register's decisions now. */
  context(): RegisterContext;
  /** The current state. Reads only if somebody wrote since. */
  now(): Promise<RegisterNow<State>>;
  /** The state that this process read last, which may be out of date. */
  remembered(): RegisterNow<State> | undefined;
  /** Reads the state, and remembers it. */
  read(): Promise<RegisterNow<State>>;
  /** The state after that commit; undefined if there is none. */
  at(version: number): Promise<State | undefined>;
  handle(command: Command, ask: Ask): Promise<RegisterOutcome<State>>;
  tick(dueAt: Instant): Promise<void>;
  /** Applies changed files: runs the register's tick, or recomputes its due time. */
  start(): Promise<void>;
  /** Content and target of an outbox row; undefined if it is void. Deals that the person may not read are not named. */
  said(row: OutboxRow, deals: ReadDeal): Promise<RegisterSaid | undefined>;
  /** Rows that a commit owes; undefined if there is no such commit. */
  owed(version: number): Promise<OwedRows | undefined>;
}

export interface RegisterSaid {
  notice: RegisterNotice<unknown>;
  card: Card;
  /** Home of the first deal that it names. */
  home: Home | undefined;
}

export type ReadDeal = (deal: DealId) => Promise<DealView | undefined>;

/** What a card is drawn from besides the fact itself. `deals`: those it names, as they are now. */
export interface Around extends RegisterContext {
  now: Instant;
  deals: readonly DealView[];
  /** Undefined in a channel. */
  reader: PersonId | undefined;
  /** Name of this commit: `register:absences/12`. */
  name: string;
}

export interface RegisterOptions {
  store: Pick<EventStore, 'load' | 'moved' | 'read' | 'byCause' | 'append' | 'setDue'>;
  policy: () => CompiledPolicy | undefined;
  /** The organisation of the file alone; a register's decisions do not depend on other registers. */
  organisation: () => Organisation;
  clock: () => Date;
  wake: () => void;
  ahead?: ReadAhead | undefined;
  /** Told of each register that is left alone, since a newer version wrote to it. */
  newer?: ReportNewer | undefined;
}

const rowsOf = (
  stream: string,
  notices: readonly RegisterNotice<unknown>[],
  bulk: boolean | undefined,
): NewOutboxRow[] =>
  notices.map(({ id, target }) => ({
    id,
    kind: 'fact',
    lane: target.to === 'person' ? `person:${target.person}` : `${stream}:${target.channel}`,
    notice: {},
    ...(bulk === undefined ? {} : { bulk }),
  }));

export const openRegister = <State, Command, Event extends { type: string; by: string }, Fact>(
  register: Register<State, Command, Event, Fact>,
  known: Known<State, Event>,
  draw: (fact: Fact, state: State, around: Around) => Card | Promise<Card>,
  { store, policy, organisation, clock, wake, ahead, newer = () => {} }: RegisterOptions,
): OpenRegister<State, Command> => {
  const stream = streamOf(register.name);
  const context = (): RegisterContext => ({ organisation: organisation(), policy: policy() });
  interface AsOf {
    at: Instant;
    state: State;
    notices: ReadonlyMap<string, RegisterNotice<Fact>>;
  }

  const noticesOf = (
    events: readonly Event[],
    { before, now }: { before: State; now: State },
    id: string,
    around: RegisterContext,
  ): RegisterNotice<Fact>[] =>
    events
      .flatMap((event) =>
        register
          .tell(event, now, around, before)
          .flatMap(([fact, targets]) =>
            targets
              .filter((target) => target.to !== 'person' || target.person !== event.by)
              .map((target) => ({ target, fact })),
          ),
      )
      .map((notice, n) => ({ id: `${id}-${n}`, ...notice }));

  const stateAfter = (commits: readonly Pick<Commit, 'body'>[]): State =>
    eventsOf<Event>(commits).reduce((s, event) => register.evolve(s, event), register.none);

  const kind: StreamKind<State, Command, Event, RegisterContext> = {
    none: register.none,
    known,
    evolve: register.evolve,
    decide: register.decide,
    outside: async () => async () => context(),
    versions: (around) => ({
      organisation: around.organisation.hash,
      ...(around.policy ? { policy: around.policy.hash } : {}),
    }),
    unknown: { code: 'not now', text: 'This is not to be had now.' },
    shown: '',
    project: ({ before, now, events, meta, context: around }) => {
      const notices = noticesOf(events, { before, now }, meta.id, around);
      return {
        snapshot: {
          kind: KIND,
          status: register.name,
          tier: null,
          owner: SYSTEM,
          nextDueAt: register.nextDueAt(now, meta.at, around),
        },
        notices,
        outbox: rowsOf(stream, notices, register.bulk),
      };
    },
  };
  const { load, handle } = createAggregate(kind, { store, clock, wake, ahead, newer });

  /** The state before anything that a newer version wrote: deals go on with what is known. */
  const before = async ({ version = 0 }: NewerRecord): Promise<RegisterNow<State>> => {
    const commits = await store.read(stream, version);
    const first = commits.findIndex((commit) => hasNewer(known, [commit]));
    const readable = first < 0 ? commits : commits.slice(0, first);
    return { state: stateAfter(readable), version, upTo: readable.length };
  };

  let remembered: RegisterNow<State> | undefined;
  const read = async (): Promise<RegisterNow<State>> => {
    const found = await load(stream).then(
      ({ state, version }) => ({ state, version, upTo: version }),
      (error: unknown) => (error instanceof NewerRecord ? before(error) : Promise.reject(error)),
    );
    // Two reads may overlap.
    if (found.version >= (remembered?.version ?? 0)) remembered = found;
    return found;
  };
  const now = async (): Promise<RegisterNow<State>> => {
    const found = remembered;
    if (!found) return read();
    const moved = await store.moved({ [stream]: found.version });
    return moved.length > 0 ? read() : found;
  };

  const reschedule = async (): Promise<void> => {
    const { state, version, dueAt } = await load(stream);
    if (version === 0) return;
    const next = register.nextDueAt(state, clock().toISOString(), context());
    if (next !== dueAt) await store.setDue(stream, version, next);
  };

  const tick = async (dueAt: Instant): Promise<void> => {
    const { version } = await load(stream);
    const ask = { actor: SYSTEM, cause: `tick:${version}:${dueAt}` };
    const outcome = register.tick && (await handle(stream, register.tick, ask));
    if (outcome?.kind !== 'accepted') await reschedule();
  };

  /** Keeps the latest commit read: one may owe a message to everybody, and each message asks for it. */
  let lately: { version: number; at: Promise<AsOf> } | undefined;
  const asOf = async (version: number): Promise<AsOf> => {
    const commits = await store.read(stream, version);
    const last = commits.at(-1);
    const notices = (last?.body.notices ?? []) as unknown as RegisterNotice<Fact>[];
    if (hasNewer(known, commits)) throw leave(newer, stream, last?.version);
    const state = stateAfter(commits);
    return { at: last?.at ?? '', state, notices: new Map(notices.map((notice) => [notice.id, notice])) };
  };
  const asOfCommit = async (version: number): Promise<AsOf> => {
    if (lately?.version !== version) lately = { version, at: asOf(version) };
    const mine = lately;
    try {
      return await mine.at;
    } catch (error) {
      if (lately === mine) lately = undefined;
      throw error;
    }
  };

  return {
    stream,
    context,
    now,
    remembered: () => remembered,
    read,
    at: async (version) => {
      const current = await now();
      if (current.version === version && current.upTo === version) return current.state;
      return version > current.version ? undefined : (await asOfCommit(version)).state;
    },
    handle: async (command, ask) => {
      const outcome = await handle(stream, command, ask);
      const { state } = outcome;
      return outcome.kind === 'accepted'
        ? { kind: 'accepted', state }
        : { kind: 'refused', refusal: outcome.refusal, state };
    },
    tick,
    start: () => (register.tick ? tick(clock().toISOString()) : reschedule()).catch(exceptNewer),
    owed: async (version) => {
      const last = (await store.read(stream, version)).at(-1);
      if (last?.version !== version) return undefined;
      const notices = last.body.notices as unknown as RegisterNotice<Fact>[];
      const rows = rowsOf(stream, notices, register.bulk).map(owedBy(last.actor));
      return { stream, version, at: last.at, rows };
    },
    said: async (row, readDeal) => {
      const { at, state, notices } = await asOfCommit(row.version);
      const notice = notices.get(row.id);
      if (!notice) return undefined;
      const { fact, target } = notice;
      const reader = target.to === 'person' ? target.person : undefined;
      const named = await Promise.all((register.about?.(fact) ?? []).map(readDeal));
      const deals = named.flatMap((view) => (view && reader !== undefined && canRead(view, reader) ? [view] : []));
      const around = { ...context(), now: at, deals, reader, name: `${stream}/${row.version}` };
      const card = await draw(fact, state, around);
      return { notice, card, home: deals[0]?.deal.home };
    },
  };
};
