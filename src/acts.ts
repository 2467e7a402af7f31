/** What was sent more than once from one form: told apart by what it says, from the record alone. */
import type { DealCommand } from '../flows/deal/commands.ts';
import type { DealId } from '../flows/deal/deal.ts';
import { decide } from '../flows/deal/decide.ts';
import type { DealEvent } from '../flows/deal/events.ts';
import { replay } from '../flows/deal/evolve.ts';
import type { Organisation, PersonId } from '../flows/organisation.ts';
import { canonical } from '../store/canonical.ts';
import { sha256 } from '../store/chain.ts';
import type { Commit, EventStore } from '../store/event-store.ts';
import { spell } from './ids.ts';
import type { Policies } from './policies.ts';

export interface ActsOptions {
  store: Pick<EventStore, 'read' | 'byCause'>;
  policies: Pick<Policies, 'get'>;
  organisation: () => Organisation;
}

/** All that came of one cause so far. */
export interface Acts {
  count: number;
  last: Commit;
  /** The deal's commits before `last`. */
  before: Commit[];
}

/** Ids of flags, conditions and requests are built on this: stable for a cause, different for another. */
export const metaId = (deal: DealId, cause: string): string =>
  spell(Buffer.from(sha256(`${deal} ${cause}`), 'hex').subarray(0, 10)).toLowerCase();

export const eventsOf = (commits: readonly Pick<Commit, 'body'>[]): DealEvent[] =>
  commits.flatMap((commit) => commit.body.events as unknown as DealEvent[]);

/** Other content under a cause that has its commit already is an act of its own: the second, the third. */
export const causeOfNext = (cause: string, { count }: Acts): string => `${cause}#${count + 1}`;

/** As it would come back from the store. */
const stored = (event: DealEvent): string => canonical(JSON.parse(JSON.stringify(event)));

export const createActs = ({ store, policies, organisation }: ActsOptions) => ({
  /** Undefined where nothing came of the cause yet. */
  of: async (deal: DealId, cause: string): Promise<Acts | undefined> => {
    if (!(await store.byCause(deal, cause))) return undefined;
    const all = await store.read(deal);
    const acts = all.filter((commit) => commit.cause === cause || commit.cause.startsWith(`${cause}#`));
    const last = acts.at(-1);
    return last && { count: acts.length, last, before: all.filter(({ version }) => version < last.version) };
  },

  /**
   * Whether `command` asks for what the last of the acts did: decided once more on the deal as it was then, it makes
   * the same first event. Every decision's first event holds what the command said, and what it left out of it (spaces,
   * answers to questions that were not asked) was never kept; the events after it follow from the deal.
   */
  says: async (command: DealCommand, actor: PersonId, { last, before }: Acts): Promise<boolean> => {
    const policy = await policies.get(last.contextVersions['policy'] ?? '');
    const meta = { actor, at: last.at, id: metaId(last.stream, last.cause) };
    const context = { policy, organisation: organisation(), hash: sha256 };
    const decided = decide(command, replay(eventsOf(before)), meta, context);
    const [kept] = eventsOf([last]);
    const [now] = decided.kind === 'accepted' ? decided.events : [];
    return kept !== undefined && now !== undefined && stored(now) === stored(kept);
  },
});
