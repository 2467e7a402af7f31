/** What a chat sent, from test/fixtures: each file with where its shape is from and what comes of it. */

import { readdirSync, readFileSync } from 'node:fs';

export interface Fixture {
  /** Where the shape is from: a page of the chat's documentation, or who sent it. */
  source: string;
  about: string;
  headers?: Record<string, string>;
  payload: Record<string, unknown>;
  /** What the reader makes of it, in part. */
  reads: { kind: string };
  /** What the route is asked, without the trace; a suggestion's cause holds the trace and is left out too. */
  asks: { cause?: string }[];
}

export const fixturesOf = (chat: 'slack' | 'teams'): [name: string, fixture: Fixture][] => {
  const folder = new URL(`../fixtures/${chat}/`, import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture]);
};
