/** The store's contract: of many concurrent appends, one wins each version. */

import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { sampleCommit, sampleProjection } from './store-samples.ts';

const APPENDERS = 50;
const ROUNDS = 20;

export const raceContract = (store: () => EventStore, noRaces: string | undefined): void => {
  describe.skipIf(noRaces !== undefined)(`races${noRaces === undefined ? '' : ` (skipped: ${noRaces})`}`, () => {
    it(`are won by one of ${APPENDERS} in each of ${ROUNDS} rounds`, async () => {
      for (let version = 0; version < ROUNDS; version += 1) {
        const appends = Array.from({ length: APPENDERS }, (_, number) =>
          store().append(
            sampleCommit('D-1', version, { cause: `${version}-${number}` }),
            sampleProjection(version + 1),
          ),
        );
        const kinds = (await Promise.all(appends)).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'appended').length).toBe(1);
        expect(kinds.filter((kind) => kind === 'conflict').length).toBe(APPENDERS - 1);
      }
      expect((await store().load('D-1')).version).toBe(ROUNDS);
      expect(await store().verify()).toEqual({ kind: 'whole', streams: 1, commits: ROUNDS });
    });
  });
};
