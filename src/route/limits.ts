/** The most acts of one person within 24 hours, where more would only bury others in messages. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import type { PersonId, Refusal } from '../../flows/ids.ts';
import type { Desk } from './desk.ts';

interface Limit {
  most: number;
  words: string;
}

const FLAG: Limit = {
  most: 20,
  words: 'You raised 20 flags within a day, and compliance has them all. Please tell them the rest directly.',
};
const NUDGE: Limit = {
  most: 6,
  words: 'You nudged 6 times within a day, which is the most. “Status” names who has the deal: please write to them.',
};
const DIGEST: Limit = {
  most: 10,
  words: 'You asked for 10 digests within a day, which is the most. The newest one stands in your chat with me.',
};
const DOSSIER: Limit = {
  most: 50,
  words:
    'You took 50 dossiers within a day, which is the most. On the bot’s machine, “clearthread deal export” writes more.',
};

const OF_COMMAND: Partial<Record<DealCommand['type'], Limit>> = {
  RaiseFlag: FLAG,
  Nudge: NUDGE,
  RecordExport: DOSSIER,
};
const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts what was accepted, each cause once: what is delivered again is no second act. */
const createCounts = (clock: () => Date) => {
  const taken = new Map<Limit, Map<PersonId, Map<string, number>>>();
  const within = (limit: Limit, person: PersonId): Map<string, number> => {
    const of = taken.get(limit) ?? new Map<PersonId, Map<string, number>>();
    taken.set(limit, of);
    const causes = of.get(person) ?? new Map<string, number>();
    of.set(person, causes);
    const since = clock().getTime() - DAY_MS;
    for (const [cause, at] of causes) if (at <= since) causes.delete(cause);
    return causes;
  };
  return async <H extends { kind: string }>(
    limit: Limit | undefined,
    { person, cause }: { person: PersonId; cause: string },
    act: () => Promise<H>,
    refused: (refusal: Refusal) => H,
  ): Promise<H> => {
    if (!limit) return act();
    const causes = within(limit, person);
    const again = causes.has(cause);
    if (!again && causes.size >= limit.most) return refused({ code: 'not now', text: limit.words });
    // Counted before it is done: many at once are no way around.
    if (!again) causes.set(cause, clock().getTime());
    try {
      const outcome = await act();
      if (!again && outcome.kind !== 'accepted') causes.delete(cause);
      return outcome;
    } catch (error) {
      if (!again) causes.delete(cause);
      throw error;
    }
  };
};

/** The desk, with its limits per person. Each bot counts for itself, from its start. */
export const withLimits = (desk: Desk): Desk => {
  const counted = createCounts(desk.clock);
  const { deals, digests } = desk;
  return {
    ...desk,
    deals: {
      ...deals,
      handle: (deal, command, ask) =>
        counted(
          OF_COMMAND[command.type],
          { person: ask.actor, cause: ask.cause },
          () => deals.handle(deal, command, ask),
          (refusal) => ({ kind: 'refused', refusal, view: undefined }),
        ),
    },
    digests: {
      ...digests,
      handle: (person, command, cause) =>
        counted(
          command.type === 'Ask' ? DIGEST : undefined,
          { person, cause },
          () => digests.handle(person, command, cause),
          (refusal) => ({ kind: 'refused', refusal }),
        ),
    },
  };
};
