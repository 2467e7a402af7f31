/** One person's queue: what waits for them, and which of their matters wait for somebody else. */

import type { Instant, PersonId } from '../ids.ts';
import { keepMostUrgent, type DigestLine, type Keeper, type PersonalDigest } from './digest.ts';
import type { SaidInDigest } from './of-deal.ts';

/** Lines kept for each person. */
const MOST_EACH = 100;

interface Queue {
  mine: Keeper;
  others: Keeper;
  counts: PersonalDigest['counts'];
}

export interface Queues {
  add(said: Pick<SaidInDigest, 'owner' | 'moves'>): void;
  /** Returns a person's queue; empty where nothing waits for them or for others on their behalf. */
  of(person: PersonId, until: Instant): PersonalDigest;
}

const newQueue = (): Queue => ({
  mine: keepMostUrgent(MOST_EACH),
  others: keepMostUrgent(MOST_EACH),
  counts: { mine: 0, others: 0 },
});

/** Collects everybody's queues in one pass over the deals. */
export const startQueues = (): Queues => {
  const queues = new Map<PersonId, Queue>();
  const queueOf = (person: PersonId): Queue => {
    const queue = queues.get(person) ?? newQueue();
    queues.set(person, queue);
    return queue;
  };
  const put = (person: PersonId, side: 'mine' | 'others', line: DigestLine): void => {
    const queue = queueOf(person);
    queue[side].add(line);
    queue.counts[side] += 1;
  };
  return {
    add: ({ owner, moves }) => {
      for (const line of moves) {
        for (const person of line.people) put(person, 'mine', line);
        if (line.people.length > 0 && !line.people.includes(owner)) put(owner, 'others', line);
      }
    },
    of: (person, until) => {
      const { mine, others, counts } = queues.get(person) ?? newQueue();
      return { until, mine: mine.kept(), others: others.kept(), counts: { ...counts } };
    },
  };
};
