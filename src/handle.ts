/** One command, end to end: load, decide, append, wake the outbox. The only writer of deals. */
import { createHash } from 'node:crypto';
import { SYSTEM } from '../flows/access.ts';
import type { DealCommand } from '../flows/deal/commands.ts';
import type { DealId, Home, Instant } from '../flows/deal/deal.ts';
import { decide } from '../flows/deal/decide.ts';
import type { DealContext, Refusal } from '../flows/deal/decision.ts';
import { nextDueAt } from '../flows/deal/duties.ts';
import type { DealEvent } from '../flows/deal/events.ts';
import { replay } from '../flows/deal/evolve.ts';
import { noDeal, type DealState } from '../flows/deal/state.ts';
import { noticesFor } from '../flows/deal/tell.ts';
import { dealView, type DealView } from '../flows/deal/view.ts';
import type { Notice } from '../flows/notices.ts';
import type { Organisation, PersonId } from '../flows/organisation.ts';
import type { CompiledPolicy } from '../flows/policy/policy.ts';
import { sha256 } from '../store/chain.ts';
import { StoreFault, type EventStore, type Json } from '../store/event-store.ts';
import { causeOfNext, createActs, eventsOf, metaId } from './acts.ts';
import type { Place } from './delivery.ts';
import { spell } from './ids.ts';
import { outboxRows } from './notice-rows.ts';
import type { Policies } from './policies.ts';

export interface Ask {
  actor: PersonId;
  cause: string;
}

export type Outcome =
  | { kind: 'accepted'; view: DealView; events: DealEvent[] }
  | { kind: 'refused'; refusal: Refusal; view: DealView | undefined };

export interface Deals {
  /** `deal` as it is now, in view; undefined where there is none. */
  view(deal: DealId): Promise<DealView | undefined>;
  /** The deal as of a commit: what a fact notice tells of. */
  viewAt(deal: DealId, version: number): Promise<{ view: DealView; notices: Notice[] } | undefined>;
  /** What this cause did last; undefined where it did nothing yet. */
  done(deal: DealId, cause: string): Promise<DealEvent[] | undefined>;
  /** True when this cause did just what the command asks for: a second click on the same form. */
  repeats(deal: DealId, command: DealCommand, ask: Ask): Promise<boolean>;
  /** Durable when it resolves with `accepted`. A repeated act is answered as the first time. */
  handle(deal: DealId, command: DealCommand, ask: Ask): Promise<Outcome>;
  /** Opens a deal; its id follows from the cause. */
  open(command: Omit<Extract<DealCommand, { type: 'OpenDeal' }>, 'deal'>, ask: Ask): Promise<Outcome>;
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
  organisation: () => Organisation;
  /** Where a deal's thread stands: its own home, and its mirror if that chat is on. */
  homes: (home: Home) => readonly Place[];
  clock: () => Date;
  /** Called after each append: there is something to send. */
  wake: () => void;
}

const ATTEMPTS = 10;
const busy = (): StoreFault => new StoreFault('busy', 'not done', 'too many people changed this deal at once');
const letters = (text: string, length: number): string =>
  spell(createHash('sha256').update(text).digest().subarray(0, length));

const KEPT_FIRST = 'What you sent first is saved; this change is not. The thread shows what stands.';

/** A change that came too late: the person is told what of theirs stands. */
const keptFirst = (outcome: Outcome): Outcome =>
  outcome.kind === 'refused'
    ? { ...outcome, refusal: { ...outcome.refusal, text: `${outcome.refusal.text} ${KEPT_FIRST}` } }
    : outcome;

export const createDeals = ({ store, policies, organisation, homes, clock, wake }: DealsOptions): Deals => {
  const acts = createActs({ store, policies, organisation });

  const load = async (deal: DealId): Promise<{ state: DealState; version: number; dueAt: Instant | null }> => {
    const { snapshot, commits, version } = await store.load(deal);
    const from = snapshot ? (snapshot.state as unknown as DealState) : noDeal;
    return { state: replay(eventsOf(commits), from), version, dueAt: snapshot?.nextDueAt ?? null };
  };

  const policyOf = async (state: DealState): Promise<CompiledPolicy | undefined> =>
    state.status === 'none' ? policies.current : policies.get(state.policy);

  const inView = async (state: DealState, at: string): Promise<DealView | undefined> => {
    if (state.status === 'none') return undefined;
    return dealView(state, await policies.get(state.policy), organisation(), at);
  };

  /** `repeated`: the cause has its commit already. */
  const act = async (
    deal: DealId,
    command: DealCommand,
    { actor, cause }: Ask,
  ): Promise<Outcome | { kind: 'repeated'; view: DealView }> => {
    const id = metaId(deal, cause);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const at = clock().toISOString();
      const { state, version } = await load(deal);
      const policy = await policyOf(state);
      if (!policy)
        return { kind: 'refused', refusal: { code: 'unknown deal', text: 'There is no such deal.' }, view: undefined };
      const context: DealContext = { policy, organisation: organisation(), hash: sha256 };
      const before = await inView(state, at);
      const decided = decide(command, state, { actor, at, id }, context);
      if (decided.kind === 'refused') {
        const done = version > 0 ? await store.byCause(deal, cause) : undefined;
        if (done && before) return { kind: 'repeated', view: before };
        return { kind: 'refused', refusal: decided.refusal, view: before };
      }
      const next = replay(decided.events, state);
      const view = await inView(next, at);
      if (!view) throw new Error('an accepted command left no deal');
      const notices = noticesFor(before, view, decided.events, id);
      const appended = await store.append(
        {
          stream: deal,
          expectedVersion: version,
          at,
          actor,
          cause,
          contextVersions: { policy: policy.hash, organisation: context.organisation.hash },
          body: { events: decided.events as unknown as Json[], notices: notices as unknown as Json[] },
        },
        {
          snapshot: {
            version: version + 1,
            kind: 'deal',
            status: view.deal.status,
            tier: view.assessment.tier,
            owner: view.deal.owner,
            nextDueAt: nextDueAt(view),
            state: next as unknown as Json,
          },
          outbox: outboxRows(deal, notices, homes(view.deal.home)),
        },
      );
      if (appended.kind === 'appended') {
        wake();
        return { kind: 'accepted', view, events: decided.events };
      }
      if (appended.kind === 'repeated') return { kind: 'repeated', view: before ?? view };
    }
    throw busy();
  };

  /**
   * The same act again is answered as before. But a form that was answered "it may be saved", or that stands in a chat
   * for ever, can be edited and sent once more: other content is a new act, which the decision judges as any other. So
   * answers, details, a draft or a hand-over are replaced; a second flag or question is a second one, because a worry
   * must not get lost; and what can happen only once (a vote, an answer to a question, a flag that is settled, a deal
   * that is opened, withdrawn or reopened) is refused, with word of what was kept.
   */
  const handle = async (deal: DealId, command: DealCommand, { actor, cause }: Ask): Promise<Outcome> => {
    const first = await act(deal, command, { actor, cause });
    if (first.kind !== 'repeated') return first;
    let { view } = first;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = await acts.of(deal, cause);
      if (!before) break;
      if (await acts.says(command, actor, before)) return { kind: 'accepted', view, events: eventsOf([before.last]) };
      const next = await act(deal, command, { actor, cause: causeOfNext(cause, before) });
      if (next.kind !== 'repeated') return keptFirst(next);
      ({ view } = next);
    }
    throw busy();
  };

  const reschedule = async (deal: DealId): Promise<void> => {
    const { state, version, dueAt } = await load(deal);
    const view = await inView(state, clock().toISOString());
    const next = view ? nextDueAt(view) : null;
    if (next !== dueAt) await store.setDue(deal, version, next);
  };

  return {
    view: async (deal) => inView((await load(deal)).state, clock().toISOString()),
    viewAt: async (deal, version) => {
      const commits = await store.read(deal, version);
      const last = commits.at(-1);
      if (!last) return undefined;
      const view = await inView(replay(eventsOf(commits)), last.at);
      return view && { view, notices: last.body.notices as unknown as Notice[] };
    },
    done: async (deal, cause) => {
      const before = await acts.of(deal, cause);
      return before && eventsOf([before.last]);
    },
    repeats: async (deal, command, { actor, cause }) => {
      const before = await acts.of(deal, cause);
      return before !== undefined && acts.says(command, actor, before);
    },
    handle,
    open: async (command, ask) => {
      for (let length = 6; length <= 20; length += 2) {
        const deal = `D-${letters(ask.cause, length)}`;
        const taken = (await store.load(deal)).version > 0 && !(await store.byCause(deal, ask.cause));
        if (!taken) return handle(deal, { ...command, deal }, ask);
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
