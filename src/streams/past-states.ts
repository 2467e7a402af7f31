/** Deals as of a commit, for a while: the messages about it are drawn a little later, one by one. */

import type { Commit } from '../../store/event-store.ts';
import { createRecentlyUsed } from '../../store/recently-used.ts';

export interface PastState<State> {
  state: State;
  last: Pick<Commit, 'version' | 'at' | 'actor' | 'body'>;
}

export interface PastStates<State> {
  at(stream: string, version: number): PastState<State> | undefined;
  keep(stream: string, past: PastState<State>): void;
  /** Keeps what was just committed. It is given out as the store would give it. */
  committed(stream: string, past: PastState<State>): void;
}

/** A deal's state takes some twenty kilobytes. */
const MOST = 300;

const nameOf = (stream: string, version: number): string => `${stream}/${version}`;
const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const createPastStates = <State>(): PastStates<State> => {
  const kept = createRecentlyUsed<{ past: PastState<State>; asStored: boolean }>(MOST);
  return {
    at: (stream, version) => {
      const found = kept.get(nameOf(stream, version));
      if (!found) return undefined;
      if (!found.asStored) Object.assign(found, { past: asStored(found.past), asStored: true });
      return found.past;
    },
    keep: (stream, past) => kept.put(nameOf(stream, past.last.version), { past, asStored: true }),
    committed: (stream, past) => kept.put(nameOf(stream, past.last.version), { past, asStored: false }),
  };
};
