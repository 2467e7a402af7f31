/** One command, end to end: load, decide, append, wake the outbox. The only writer of deals. */
import { createHash } from 'node:crypto';
import type { DealCommand } from '../flows/deal/commands.ts';
import type { DealId, GivenAnswer } from '../flows/deal/deal.ts';
import { decide } from '../flows/deal/decide.ts';
import type { DealContext, Refusal } from '../flows/deal/decision.ts';
import type { DealEvent } from '../flows/deal/events.ts';
import { replay } from '../flows/deal/evolve.ts';
import { noDeal, type DealState } from '../flows/deal/state.ts';
import { noticesFor } from '../flows/deal/tell.ts';
import { dealView, type DealView } from '../flows/deal/view.ts';
import type { Notice } from '../flows/notices.ts';
import type { Organisation, PersonId } from '../flows/organisation.ts';
import type { CompiledPolicy } from '../flows/policy/policy.ts';
import { sha256 } from '../store/chain.ts';
import { StoreFault, type EventStore, type Json, type NewOutboxRow } from '../store/event-store.ts';
import { spell } from './ids.ts';
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
  /** True when this cause has its commit already: a second click on the same form. */
  done(deal: DealId, cause: string): Promise<boolean>;
  /** Durable when it resolves with `accepted`. A repeated cause is answered as the first time. */
  handle(deal: DealId, command: DealCommand, ask: Ask): Promise<Outcome>;
  /** Opens a deal; its id follows from the cause. */
  open(command: Omit<Extract<DealCommand, { type: 'OpenDeal' }>, 'deal'>, ask: Ask): Promise<Outcome>;
}

export interface DealsOptions {
  store: EventStore;
  policies: Policies;
  organisation: () => Organisation;
  clock: () => Date;
  /** Called after each append: there is something to send. */
  wake: () => void;
}

const ATTEMPTS = 10;
const letters = (text: string, length: number): string =>
  spell(createHash('sha256').update(text).digest().subarray(0, length));

/** Ids of flags, conditions and requests are built on this: stable for a cause, different for another. */
const metaId = (deal: DealId, cause: string): string => letters(`${deal} ${cause}`, 10).toLowerCase();

const eventsOf = (commits: readonly { body: { events: Json[] } }[]): DealEvent[] =>
  commits.flatMap((commit) => commit.body.events as unknown as DealEvent[]);

const outboxRows = (deal: DealId, notices: readonly Notice[]): NewOutboxRow[] =>
  notices.map((notice) =>
    notice.kind === 'live'
      ? { id: notice.id, kind: 'live', lane: `thread:${deal}`, notice: { ...notice.live } }
      : {
          id: notice.id,
          kind: 'fact',
          lane: notice.target.to === 'thread' ? `thread:${deal}` : `person:${notice.target.person}`,
          // What it tells is in the commit, encrypted; a row names only the notice.
          notice: {},
        },
  );

const said = ({ value, note, sources }: GivenAnswer): string => JSON.stringify([value, note ?? '', sources]);

/** Whether a commit holds these answers. What was sent beside the questions that were asked, it never held. */
const saysTheSame = (answers: Record<string, GivenAnswer>, events: readonly DealEvent[]): boolean =>
  events.some(
    (event) =>
      event.type === 'SectionAnswered' &&
      Object.entries(event.answers).every(([id, kept]) => {
        const sent = answers[id];
        return sent !== undefined && said(sent) === said(kept);
      }),
  );

export const createDeals = ({ store, policies, organisation, clock, wake }: DealsOptions): Deals => {
  const load = async (deal: DealId): Promise<{ state: DealState; version: number }> => {
    const { snapshot, commits, version } = await store.load(deal);
    const from = snapshot ? (snapshot.state as unknown as DealState) : noDeal;
    return { state: replay(eventsOf(commits), from), version };
  };

  const policyOf = async (state: DealState): Promise<CompiledPolicy | undefined> =>
    state.status === 'none' ? policies.current : policies.get(state.policy);

  const inView = async (state: DealState, at: string): Promise<DealView | undefined> => {
    if (state.status === 'none') return undefined;
    return dealView(state, await policies.get(state.policy), organisation(), at);
  };

  /**
   * The same act again is answered as before. But a form that was answered "it may be saved", edited and sent once more
   * carries other answers: those are a new act, named by what they say.
   */
  const repeated = async (
    deal: DealId,
    command: DealCommand,
    { actor, cause }: Ask,
    view: DealView,
    events: DealEvent[],
  ): Promise<Outcome> => {
    if (command.type === 'AnswerSection' && !saysTheSame(command.answers, events)) {
      return handle(deal, command, {
        actor,
        cause: `${cause}:${sha256(JSON.stringify(command.answers)).slice(0, 16)}`,
      });
    }
    return { kind: 'accepted', view, events };
  };

  const handle = async (deal: DealId, command: DealCommand, { actor, cause }: Ask): Promise<Outcome> => {
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
        if (done && before) return repeated(deal, command, { actor, cause }, before, eventsOf([done]));
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
            nextDueAt: null,
            state: next as unknown as Json,
          },
          outbox: outboxRows(deal, notices),
        },
      );
      if (appended.kind === 'appended') {
        wake();
        return { kind: 'accepted', view, events: decided.events };
      }
      if (appended.kind === 'repeated') {
        return repeated(deal, command, { actor, cause }, before ?? view, eventsOf([appended.commit]));
      }
    }
    throw new StoreFault('busy', 'not done', 'too many people changed this deal at once');
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
    done: async (deal, cause) => (await store.byCause(deal, cause)) !== undefined,
    handle,
    open: async (command, ask) => {
      for (let length = 6; length <= 20; length += 2) {
        const deal = `D-${letters(ask.cause, length)}`;
        const taken = (await store.load(deal)).version > 0 && !(await store.byCause(deal, ask.cause));
        if (!taken) return handle(deal, { ...command, deal }, ask);
      }
      throw new Error('no free deal id');
    },
  };
};
