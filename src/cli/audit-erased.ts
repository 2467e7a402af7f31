/** What an auditor is told of erased deals: by whom and why, or that nobody decided it. */

import type { Instant } from '../../flows/ids.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import type { ErasuresEvent, ErasuresState } from '../../flows/registers/erasure-shapes.ts';
import { erasures, isDue } from '../../flows/registers/erasures.ts';
import { streamOf } from '../../flows/registers/register.ts';
import type { Head, Replays, StreamReplay } from '../../store/event-store.ts';
import { eventsOf } from '../streams/repeats.ts';
import { plural, printable } from './text.ts';

const STREAM = streamOf(erasures.name);
const MOST_LINES = 50;

interface Tombstone {
  version: number;
  hash: string;
  at: Instant;
  /** Who decided it, and why; absent where a backup from before the decision was put back. */
  decided?: { by: string[]; why: string };
}

/** Notes on the way which streams could be opened, and what the register says of the others. */
export interface ErasedFound {
  replays: Replays;
  /** Lines for when all is well, or what is wrong. `heads`: of all streams, from before the walk. */
  compared(heads: readonly Head[], now: Instant): { kind: 'whole' | 'broken'; lines: string[] };
}

const decidedOf = (state: ErasuresState, request: string): Tombstone['decided'] => {
  const found = state.requests[request];
  return found && { by: [found.by, ...found.agreed.map(({ by }) => by)], why: found.why };
};

const wordsOf = (deal: string, { at, decided }: Tombstone): string => {
  const day = at.slice(0, 10);
  if (!decided) return `  ${deal}, ${day}: erased again after a backup was put back`;
  const people = decided.by.map((id) => (id === OPERATOR ? 'the operator (asked)' : printable(id))).join(', ');
  return `  ${deal}, ${day}, by ${people}: ${printable(decided.why).slice(0, 200)}`;
};

export const findErased = (replays: Replays): ErasedFound => {
  const opened = new Set<string>();
  const tombstones = new Map<string, Tombstone>();
  let state = erasures.none;

  const note = (event: ErasuresEvent): void => {
    if (event.type === 'DealErased' || event.type === 'ErasedAgain') {
      const { deal, version, hash, at } = event;
      const decided = event.type === 'DealErased' ? decidedOf(state, event.request) : tombstones.get(deal)?.decided;
      tombstones.set(deal, { version, hash, at, ...(decided ? { decided } : {}) });
    }
    state = erasures.evolve(state, event);
  };

  const noting = (replay: StreamReplay | undefined): StreamReplay | undefined =>
    replay && {
      add: (commit) => {
        replay.add(commit);
        for (const event of eventsOf<ErasuresEvent>([commit])) note(event);
      },
      now: replay.now,
    };

  return {
    replays: (stream) => {
      opened.add(stream);
      const replay = replays(stream);
      return stream === STREAM ? noting(replay) : replay;
    },
    compared: (heads, now) => {
      const broken = (stream: string, version: number, detail: string) => ({
        kind: 'broken' as const,
        lines: [`BROKEN: stream ${printable(stream)}, commit ${version}: erased. ${detail}`],
      });
      // On its way: the bot is between the key and the record.
      const under = new Set(
        Object.values(state.requests).flatMap((request) => (isDue(request, now) ? request.deals : [])),
      );
      const lines: string[] = [];
      for (const { stream, version, hash } of heads) {
        const tombstone = tombstones.get(stream);
        if (opened.has(stream)) {
          if (!tombstone) continue;
          return broken(
            stream,
            version,
            `It was erased on ${tombstone.at.slice(0, 10)}, and can be read: a backup brought it back. Start the bot, which erases it again.`,
          );
        }
        if (under.has(stream)) continue;
        if (!tombstone)
          return broken(stream, version, 'Its key is gone, and the record does not say that people decided it.');
        if (tombstone.version !== version || tombstone.hash !== hash) {
          return broken(stream, version, 'It does not end where it ended when it was erased.');
        }
        lines.push(wordsOf(stream, tombstone));
      }
      if (lines.length === 0) return { kind: 'whole', lines };
      const more = lines.length - MOST_LINES;
      return {
        kind: 'whole',
        lines: [
          `Erased, as people decided: ${plural(lines.length, 'deal')}.`,
          ...lines.slice(0, MOST_LINES),
          ...(more > 0 ? [`  and ${more} more`] : []),
        ],
      };
    },
  };
};
