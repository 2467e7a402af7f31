/** Recorded requests of a chat, from test/fixtures: each file with the source of its shape and the expected result. */

import { readdirSync, readFileSync } from 'node:fs';

export interface Fixture {
  /** Source of the shape: a page of the chat's documentation, or who sent it. */
  source: string;
  about: string;
  headers?: Record<string, string>;
  payload: Record<string, unknown>;
  /** The reader's result, in part. */
  reads: { kind: string };
  /** Calls to the route, without the trace; a suggestion's cause holds the trace and is left out too. */
  asks: { cause?: string }[];
}

export const fixturesOf = (chat: 'slack' | 'teams'): [name: string, fixture: Fixture][] => {
  const folder = new URL(`../fixtures/${chat}/`, import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture]);
};
