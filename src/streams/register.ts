/** One register, opened on the store: written like a deal, with its messages to people and channels. */

import type { Card } from '../../blocks/card.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, DealId, PersonId, Refusal } from '../../flows/ids.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { streamOf, type Register, type RegisterContext, type RegisterNotice } from '../../flows/registers/register.ts';
import type { EventStore, NewOutboxRow, OutboxRow } from '../../store/event-store.ts';
import { createAggregate } from './aggregate.ts';
import type { ReadAhead } from './read-ahead.ts';
import { eventsOf } from './repeats.ts';
import type { StreamKind, Ask } from './stream-kind.ts';

export const KIND = 'register';

export type RegisterOutcome<State> =
  | { kind: 'accepted'; state: State }
  | { kind: 'refused'; refusal: Refusal; state: State };

export interface OpenRegister<State, Command> {
  stream: string;
  /** Context of the register's decisions now. */
  context(): RegisterContext;
  /** The current state. Reads only if somebody wrote since. */
  now(): Promise<{ state: State; version: number }>;
  /** The state that this process read last, which may be out of date. */
  remembered(): { state: State; version: number } | undefined;
  /** Reads the state, and remembers it. */
  read(): Promise<{ state: State; version: number }>;
  /** The state after that commit; undefined if there is none. */
  at(version: number): Promise<State | undefined>;
  handle(command: Command, ask: Ask): Promise<RegisterOutcome<State>>;
  tick(dueAt: Instant): Promise<void>;
  /** Applies changed files: runs the register's tick, or recomputes its due time. */
  start(): Promise<void>;
  /** Content and target of an outbox row; undefined if it is void. Deals that the person may not read are not named. */
  said(row: OutboxRow, deals: ReadDeal): Promise<RegisterSaid | undefined>;
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

export const openRegister = <State, Command, Event extends { by: string }, Fact>(
  register: Register<State, Command, Event, Fact>,
  draw: (fact: Fact, state: State, around: Around) => Card | Promise<Card>,
  { store, policy, organisation, clock, wake, ahead }: RegisterOptions,
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

  const kind: StreamKind<State, Command, Event, RegisterContext> = {
    none: register.none,
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
  const { load, handle } = createAggregate(kind, { store, clock, wake, ahead });

  let known: { state: State; version: number } | undefined;
  const read = async (): Promise<{ state: State; version: number }> => {
    const { state, version } = await load(stream);
    const found = { state, version };
    // Two reads may overlap.
    if (version >= (known?.version ?? 0)) known = found;
    return found;
  };
  const now = async (): Promise<{ state: State; version: number }> => {
    const found = known;
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
    const state = eventsOf<Event>(commits).reduce((s, event) => register.evolve(s, event), register.none);
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
    remembered: () => known,
    read,
    at: async (version) => {
      const current = await now();
      if (current.version === version) return current.state;
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
    start: () => (register.tick ? tick(clock().toISOString()) : reschedule()),
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
