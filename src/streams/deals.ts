/** Deals: running a command on one, and reading one. */

import { createHash } from 'node:crypto';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { evolve, replay } from '../../flows/deal/evolve.ts';
import { nextDueAt } from '../../flows/deal/owing/duties.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import { askedSoFar } from '../../flows/deal/telling/asked-so-far.ts';
import type { Fact, Notice, NoticeTarget } from '../../flows/deal/telling/notices.ts';
import { seatsAsked } from '../../flows/deal/telling/seats.ts';
import { noticesFor } from '../../flows/deal/telling/telling.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import type { Instant, DealId, Refusal, PersonId } from '../../flows/ids.ts';
import { knownDeal } from '../../flows/known/deal.ts';
import { entryOf, sealedEntry } from '../../flows/lists/entry.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import { sha256 } from '../../store/chain.ts';
import { StoreFault, type EventStore, type OwedRows } from '../../store/event-store.ts';
import { isDealId, spell } from '../ids.ts';
import { hasNewer, leave, type ReportNewer } from '../newer.ts';
import { createAggregate, owedBy } from './aggregate.ts';
import { outboxRows } from './notice-rows.ts';
import { createPastStates, type PastState } from './past-states.ts';
import type { ThreadPlace } from './places.ts';
import { NewerPolicy, type Policies } from './policies.ts';
import type { ReadAhead } from './read-ahead.ts';
import { eventsOf } from './repeats.ts';
import type { StreamKind, Outside, Ask } from './stream-kind.ts';

export type DealHandled =
  | { kind: 'accepted'; view: DealView; events: DealEvent[] }
  | { kind: 'refused'; refusal: Refusal; view: DealView | undefined };

export interface Deals {
  /** Starts reading the deal for the current act. Never throws. */
  lookAhead(deal: DealId): void;
  /** The number of a deal that this cause opens, unless another deal has it. */
  numberFor(cause: string): DealId;
  /** The deal as it is now; undefined if there is none, or it was erased. */
  view(deal: DealId): Promise<DealView | undefined>;
  /** The deal as of a commit, for the card of a fact notice; undefined as above. */
  viewAt(deal: DealId, version: number): Promise<{ view: DealView; notices: Notice[] } | undefined>;
  /** All messages owed to single people so far, oldest first. None for a deal that is not there, or was erased. */
  privately(deal: DealId): Promise<PrivateNotice[]>;
  /** Rows that a commit owes, as they would be made today; undefined if there is no such commit. Throws where it was erased. */
  owed(deal: DealId, version: number): Promise<OwedRows | undefined>;
  /** All events so far. None for a deal that is not there, or was erased. */
  events(deal: DealId): Promise<DealEvent[]>;
  /** Events of this cause's last commit; undefined if it has none yet. */
  done(deal: DealId, cause: string): Promise<DealEvent[] | undefined>;
  /** True if this cause did exactly what the command asks for: a second click on the same form. */
  repeats(deal: DealId, command: DealCommand, ask: Ask): Promise<boolean>;
  /** Decides and appends; `accepted` means durable. A repeated act gets the same answer as the first time. */
  handle(deal: DealId, command: DealCommand, ask: Ask): Promise<DealHandled>;
  /** Opens a deal; its id follows from the cause. */
  open(command: Omit<Extract<DealCommand, { type: 'OpenDeal' }>, 'deal'>, ask: Ask): Promise<DealHandled>;
  /**
   * Handles a due time that has come: reminds those who are due, once, whichever replica asks. If nothing is to be done
   * yet (a holiday was added), corrects the deal's due time.
   */
  tick(deal: DealId, dueAt: Instant): Promise<void>;
  /** Has the deal follow the organisation file, once for all bots. Tells whether its route is full, or too few are left. */
  noteSeats(deal: DealId): Promise<{ full: boolean; short: boolean }>;
  /** Recomputes the due time: the calendar may have changed since the last commit. Writes only a difference. */
  reschedule(deal: DealId): Promise<void>;
}

export type ToPerson = Extract<NoticeTarget, { to: 'person' }>;

/** A message to one person, of the commit `version`. */
export interface PrivateNotice {
  id: string;
  version: number;
  fact: Fact;
  target: ToPerson;
}

export interface DealsOptions {
  store: EventStore;
  policies: Policies;
  /** The organisation as it is today: the file, and what the registers say. */
  organisation: () => Organisation | Promise<Organisation>;
  /** Places of a deal's thread: its own home, and its mirror if that chat is on. */
  homes: (home: Home) => readonly ThreadPlace[];
  clock: () => Date;
  /** Called after each append: there is something to send. */
  wake: () => void;
  /** The registers' own; undefined: every read goes to the store. */
  ahead?: ReadAhead | undefined;
  /** Records the team of a live deal after each commit. Awaited, and never fails. */
  recordTeam?: ((people: readonly PersonId[]) => Promise<void>) | undefined;
  /** Called after each commit. */
  happened?: ((events: readonly DealEvent[]) => void) | undefined;
  /** Told of each deal that is left alone, since a newer version wrote to it. */
  newer?: ReportNewer | undefined;
}

const SHORTEST = 6;
const numberFor = (cause: string, length = SHORTEST): DealId =>
  `D-${spell(createHash('sha256').update(cause).digest().subarray(0, length))}`;

const viewIn = (state: DealState, { policy, organisation }: DealContext, at: Instant): DealView | undefined =>
  state.status === 'none' ? undefined : dealView(state, policy, organisation, at);

/** Hold events are urgent: they stop a deal at once. */
const isOfHold = ({ type }: DealEvent): boolean => type === 'HoldNoted' || type === 'HoldEnded';

/** Leaves a deal alone that was opened under a policy of a newer version. */
const leftAlone =
  (newer: ReportNewer, state: DealState) =>
  (error: unknown): never => {
    if (!(error instanceof NewerPolicy) || state.status === 'none') throw error;
    throw leave(newer, state.id, undefined, error);
  };

/** A deal is judged by the policy that it was opened under; a new one by today's. */
const dealKind = ({
  policies,
  organisation,
  homes,
  newer = () => {},
}: Pick<DealsOptions, 'policies' | 'organisation' | 'homes' | 'newer'>): StreamKind<
  DealState,
  DealCommand,
  DealEvent,
  DealContext
> => ({
  none: noDeal,
  known: knownDeal,
  evolve,
  decide,
  unknown: { code: 'unknown deal', text: 'There is no such deal.' },
  shown: 'The thread shows what stands.',
  outside: async () => {
    const today = await organisation();
    return async (state, versions) => {
      const under = versions?.['policy'] ?? (state.status === 'none' ? undefined : state.policy);
      const policy = under === undefined ? policies.current : await policies.get(under).catch(leftAlone(newer, state));
      return policy && { policy, organisation: today, hash: sha256 };
    };
  },
  versions: ({ policy, organisation: { hash, registers } }) => ({
    policy: policy.hash,
    organisation: hash,
    ...registers,
  }),
  project: ({ stream, before, now, events, meta, context }) => {
    const view = viewIn(now, context, meta.at);
    if (!view) throw new Error('an accepted command left no deal');
    const notices = noticesFor(viewIn(before, context, meta.at), view, events, meta.id);
    return {
      snapshot: {
        kind: 'deal',
        status: view.deal.status,
        tier: view.assessment.tier,
        owner: view.deal.owner,
        nextDueAt: nextDueAt(view),
        summary: sealedEntry(entryOf(view)),
      },
      notices,
      outbox: outboxRows(stream, notices, homes(view.deal.home), events.some(isOfHold)),
    };
  },
});

/** An erased deal is no deal any more. Throws every other error. */
const exceptErased = (error: unknown): undefined => {
  if (!(error instanceof StoreFault && error.code === 'erased')) throw error;
  return undefined;
};

/** Tells whether a deal is live: the team of one that was declined, stopped or given up has no part in it any more. */
const lives = ({ deal }: DealView): boolean =>
  deal.status === 'answering' ||
  deal.status === 'deciding' ||
  (deal.status === 'decided' && deal.decision.outcome !== 'declined');

export const createDeals = ({
  store,
  policies,
  organisation,
  homes,
  clock,
  wake,
  ahead,
  recordTeam = async () => {},
  happened = () => {},
  newer = () => {},
}: DealsOptions): Deals => {
  const kind = dealKind({ policies, organisation, homes, newer });
  const past = createPastStates<DealState>();
  const { load, read, done, repeats, handle: act } = createAggregate(kind, { store, clock, wake, ahead, newer }, past);

  const inView = async (
    { state, outside }: { state: DealState; outside: Outside<DealState, DealContext> },
    at: Instant,
  ): Promise<DealView | undefined> => {
    const context = state.status === 'none' ? undefined : await outside(state);
    return context && viewIn(state, context, at);
  };

  const handle = async (deal: DealId, command: DealCommand, ask: Ask): Promise<DealHandled> => {
    const outcome = await act(deal, command, ask);
    const view = await inView(outcome, outcome.at);
    if (outcome.kind === 'refused') {
      if (outcome.events) happened(outcome.events);
      return { kind: 'refused', refusal: outcome.refusal, view };
    }
    if (!view) throw new Error('an accepted command left no deal');
    happened(outcome.events);
    if (lives(view)) await recordTeam(view.deal.team);
    return { kind: 'accepted', view, events: outcome.events };
  };

  const reschedule = async (deal: DealId): Promise<void> => {
    const [{ state, version, dueAt }, outside] = await Promise.all([load(deal), kind.outside()]);
    const view = await inView({ state, outside }, clock().toISOString());
    if (view && lives(view)) await recordTeam(view.deal.team);
    const next = view ? nextDueAt(view) : null;
    if (next !== dueAt) await store.setDue(deal, version, next);
  };

  /** Reads the whole stream, which may be thousands of commits. */
  const replayed = async (deal: DealId, version: number): Promise<PastState<DealState> | undefined> => {
    const commits = await store.read(deal, version);
    const last = commits.at(-1);
    if (!last) return undefined;
    if (hasNewer(knownDeal, commits)) throw leave(newer, deal, last.version);
    const found = { state: replay(eventsOf<DealEvent>(commits)), last };
    past.keep(deal, found);
    return found;
  };

  const stateAt = async (deal: DealId, version: number): Promise<PastState<DealState> | undefined> => {
    // Says as well that it was not erased. Where a later commit can't be read, the earlier ones may still be.
    const now = await load(deal).catch(() => undefined);
    const known = now?.version === version && now.last ? { state: now.state, last: now.last } : undefined;
    return known ?? (now && past.at(deal, version)) ?? replayed(deal, version);
  };

  const asOf = async (deal: DealId, version: number) => {
    const [found, outside] = await Promise.all([stateAt(deal, version), kind.outside()]);
    if (!found) return undefined;
    const { state, last } = found;
    const view = await inView({ state, outside }, last.at);
    return view && { last, view, notices: last.body.notices as unknown as Notice[] };
  };

  return {
    lookAhead: (deal) => void read(deal).catch(() => {}),
    numberFor: (cause) => numberFor(cause),
    // A message in chat may be a register's, and a client may name any stream.
    view: async (deal) => {
      const found = isDealId(deal) ? await read(deal).catch(exceptErased) : undefined;
      return found && inView(found, clock().toISOString());
    },
    viewAt: async (deal, version) => {
      const then = await asOf(deal, version).catch(exceptErased);
      return then && { view: then.view, notices: then.notices };
    },
    events: async (deal) => {
      const commits = (isDealId(deal) && (await store.read(deal).catch(exceptErased))) || [];
      if (hasNewer(knownDeal, commits)) throw leave(newer, deal);
      return eventsOf<DealEvent>(commits);
    },
    privately: async (deal) => {
      const commits = (isDealId(deal) && (await store.read(deal).catch(exceptErased))) || [];
      if (hasNewer(knownDeal, commits)) throw leave(newer, deal);
      return commits.flatMap(({ version, body }) =>
        (body.notices as unknown as Notice[]).flatMap((notice): PrivateNotice[] =>
          notice.kind === 'fact' && notice.target.to === 'person'
            ? [{ id: notice.id, version, fact: notice.fact, target: notice.target }]
            : [],
        ),
      );
    },
    owed: async (deal, version) => {
      const then = await asOf(deal, version);
      if (then?.last.version !== version) return undefined;
      const { last, view, notices } = then;
      const urgent = eventsOf<DealEvent>([last]).some(isOfHold);
      const rows = outboxRows(deal, notices, homes(view.deal.home), urgent).map(owedBy(last.actor));
      return { stream: deal, version, at: last.at, rows };
    },
    done,
    repeats,
    handle,
    open: async (command, ask) => {
      for (let length = SHORTEST; length <= 20; length += 2) {
        const deal = numberFor(ask.cause, length);
        const { version } = await read(deal);
        if (version === 0 || (await store.byCause(deal, ask.cause))) return handle(deal, { ...command, deal }, ask);
      }
      throw new Error('no free deal id');
    },
    tick: async (deal, dueAt) => {
      const { version } = await load(deal);
      const ask = { actor: SYSTEM, cause: `tick:${version}:${dueAt}` };
      const outcome = await handle(deal, { type: 'Tick' }, ask);
      if (outcome.kind === 'refused') await reschedule(deal);
    },
    noteSeats: async (deal) => {
      const standing = (view: DealView | undefined) => ({
        full: view?.deal.status === 'deciding' && view.deal.full !== undefined,
        short: view?.deal.status === 'deciding' && view.deal.short === true,
      });
      const now = await inView(await read(deal), clock().toISOString());
      if (!now || seatsAsked(now).length === 0) return standing(now);
      const commits = await store.read(deal);
      if (hasNewer(knownDeal, commits)) throw leave(newer, deal);
      const owing = commits.map((commit) => ({
        events: eventsOf<DealEvent>([commit]),
        notices: commit.body.notices as unknown as Notice[],
      }));
      const asked = askedSoFar(owing, await organisation());
      const cause = `seats:${commits.at(-1)?.version ?? 0}`;
      return standing((await handle(deal, { type: 'NoteSeats', asked }, { actor: SYSTEM, cause })).view);
    },
    reschedule,
  };
};
