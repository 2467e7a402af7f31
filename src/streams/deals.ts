/** Deals: what a command does to one, and how one looks. */

import { createHash } from 'node:crypto';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { evolve, replay } from '../../flows/deal/evolve.ts';
import { nextDueAt } from '../../flows/deal/owing/duties.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import type { Notice } from '../../flows/deal/telling/notices.ts';
import { noticesFor } from '../../flows/deal/telling/telling.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import type { Instant, DealId, Refusal, PersonId } from '../../flows/ids.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import { sha256 } from '../../store/chain.ts';
import type { EventStore } from '../../store/event-store.ts';
import { spell } from '../ids.ts';
import { createAggregate } from './aggregate.ts';
import type { Business, Outside, Ask } from './business.ts';
import { outboxRows } from './notice-rows.ts';
import type { ThreadPlace } from './places.ts';
import type { Policies } from './policies.ts';
import type { ReadAhead } from './read-ahead.ts';
import { eventsOf } from './repeats.ts';

export type DealHandled =
  | { kind: 'accepted'; view: DealView; events: DealEvent[] }
  | { kind: 'refused'; refusal: Refusal; view: DealView | undefined };

export interface Deals {
  /** Begins to read it, for the act that is at hand. Never throws. */
  lookAhead(deal: DealId): void;
  /** The number that a deal opened by this cause gets, unless another has it. */
  numberFor(cause: string): DealId;
  /** `deal` as it is now, in view; undefined where there is none. */
  view(deal: DealId): Promise<DealView | undefined>;
  /** The deal as of a commit: what a fact notice tells of. */
  viewAt(deal: DealId, version: number): Promise<{ view: DealView; notices: Notice[] } | undefined>;
  /** What this cause did last; undefined where it did nothing yet. */
  done(deal: DealId, cause: string): Promise<DealEvent[] | undefined>;
  /** True when this cause did just what the command asks for: a second click on the same form. */
  repeats(deal: DealId, command: DealCommand, ask: Ask): Promise<boolean>;
  /** Durable when it resolves with `accepted`. A repeated act is answered as the first time. */
  handle(deal: DealId, command: DealCommand, ask: Ask): Promise<DealHandled>;
  /** Opens a deal; its id follows from the cause. */
  open(command: Omit<Extract<DealCommand, { type: 'OpenDeal' }>, 'deal'>, ask: Ask): Promise<DealHandled>;
  /**
   * The deal was due at `dueAt`, and that has come: whoever is to be reminded is, once, whichever replica asks. Where
   * nothing is to be done yet (a holiday was added), the deal's due time is corrected.
   */
  tick(deal: DealId, dueAt: Instant): Promise<void>;
  /** Works out anew when the deal is due: its calendar may have changed since its last commit. Writes only a difference. */
  reschedule(deal: DealId): Promise<void>;
}

export interface DealsOptions {
  store: EventStore;
  policies: Policies;
  /** As it is today: the file, and what the registers say. */
  organisation: () => Organisation | Promise<Organisation>;
  /** Where a deal's thread stands: its own home, and its mirror if that chat is on. */
  homes: (home: Home) => readonly ThreadPlace[];
  clock: () => Date;
  /** Called after each append: there is something to send. */
  wake: () => void;
  /** The registers' own; undefined: everything is read when it is asked for. */
  ahead?: ReadAhead | undefined;
  /** Who is on the team of a deal that lives, on which something happened. Waited for, and never fails. */
  recordTeam?: ((people: readonly PersonId[]) => Promise<void>) | undefined;
}

const SHORTEST = 6;
const numberFor = (cause: string, length = SHORTEST): DealId =>
  `D-${spell(createHash('sha256').update(cause).digest().subarray(0, length))}`;

const viewIn = (state: DealState, { policy, organisation }: DealContext, at: Instant): DealView | undefined =>
  state.status === 'none' ? undefined : dealView(state, policy, organisation, at);

/** What is to be stopped is stopped now. */
const isOfHold = ({ type }: DealEvent): boolean => type === 'HoldNoted' || type === 'HoldEnded';

/** A deal is judged by the policy that it was opened under; a new one by that of today. */
const dealBusiness = ({
  policies,
  organisation,
  homes,
}: Pick<DealsOptions, 'policies' | 'organisation' | 'homes'>): Business<
  DealState,
  DealCommand,
  DealEvent,
  DealContext
> => ({
  none: noDeal,
  evolve,
  decide,
  unknown: { code: 'unknown deal', text: 'There is no such deal.' },
  shown: 'The thread shows what stands.',
  outside: async () => {
    const today = await organisation();
    return async (state, versions) => {
      const recorded = versions?.['policy'];
      const policy =
        recorded !== undefined
          ? await policies.get(recorded)
          : state.status === 'none'
            ? policies.current
            : await policies.get(state.policy);
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
      },
      notices,
      outbox: outboxRows(stream, notices, homes(view.deal.home), events.some(isOfHold)),
    };
  },
});

/** Those of a deal that was declined, stopped or given up have no part in it any more. */
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
}: DealsOptions): Deals => {
  const business = dealBusiness({ policies, organisation, homes });
  const { load, read, done, repeats, handle: act } = createAggregate(business, { store, clock, wake, ahead });

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
    if (outcome.kind === 'refused') return { kind: 'refused', refusal: outcome.refusal, view };
    if (!view) throw new Error('an accepted command left no deal');
    if (lives(view)) await recordTeam(view.deal.team);
    return { kind: 'accepted', view, events: outcome.events };
  };

  const reschedule = async (deal: DealId): Promise<void> => {
    const [{ state, version, dueAt }, outside] = await Promise.all([load(deal), business.outside()]);
    const view = await inView({ state, outside }, clock().toISOString());
    if (view && lives(view)) await recordTeam(view.deal.team);
    const next = view ? nextDueAt(view) : null;
    if (next !== dueAt) await store.setDue(deal, version, next);
  };

  return {
    lookAhead: (deal) => void read(deal).catch(() => {}),
    numberFor: (cause) => numberFor(cause),
    view: async (deal) => inView(await read(deal), clock().toISOString()),
    viewAt: async (deal, version) => {
      const [commits, outside] = await Promise.all([store.read(deal, version), business.outside()]);
      const last = commits.at(-1);
      if (!last) return undefined;
      const view = await inView({ state: replay(eventsOf<DealEvent>(commits)), outside }, last.at);
      return view && { view, notices: last.body.notices as unknown as Notice[] };
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
    reschedule,
  };
};
