/** A backup is put back: what was sent since then is found in Slack, and not posted again. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeBackup, storeRestore } from '../../src/cli/store.ts';
import { silentLogger } from '../../src/log.ts';
import { EVENT_TYPE } from '../../src/slack/outbound.ts';
import type { EventStore } from '../../store/event-store.ts';
import { createDeals, LOW } from '../support/bad-day-deals.ts';
import { createWire, openRecord, until, type DealRecord } from '../support/bad-day.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing;
/** While it is held, the bot sends nothing. */
let held: boolean;
let record: DealRecord;

const around = (store: EventStore): EventStore => ({
  ...store,
  claim: async (...asked) => (held ? [] : store.claim(...asked)),
});

beforeEach(async () => {
  held = false;
  playing = await play(silentLogger, {}, { around });
  record = openRecord(playing.dataDir);
});
afterEach(async () => {
  await record.close();
  await playing.end();
});

const io = { out: () => {}, err: (line: string) => void process.stderr.write(`${line}\n`), env: {} };
const backup = (): string => join(playing.dataDir, 'backup.sqlite');

/** Notice ids of all messages that stand in Slack. */
const posted = (): string[] => {
  const db = new Database(join(playing.dataDir, 'playground.sqlite'), { readonly: true });
  try {
    const bodies = db.prepare<[], string>('SELECT body FROM message WHERE deleted = 0 ORDER BY ts').pluck().all();
    return bodies.flatMap((body) => {
      const { metadata } = JSON.parse(body) as {
        metadata?: { event_type: string; event_payload: { notice: string } };
      };
      return metadata?.event_type === EVENT_TYPE ? [metadata.event_payload.notice] : [];
    });
  } finally {
    db.close();
  }
};

const owed = (): number => {
  const db = new Database(join(playing.dataDir, 'clearthread.sqlite'), { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM outbox').pluck().get() ?? 0;
  } finally {
    db.close();
  }
};
const allSent = () => until('an empty outbox', async () => (owed() === 0 ? true : undefined));

const putBack = () =>
  playing.restart(async () => {
    await record.close();
    expect(await storeRestore([backup(), '--data', playing.dataDir], io)).toBe(0);
    record = openRecord(playing.dataDir);
  });

const twice = (ids: readonly string[]): string[] => ids.filter((id, n) => ids.indexOf(id) !== n);

describe('after a restore', () => {
  it('posts nothing that was owed in the backup and sent since, and all that was not', async () => {
    const deals = createDeals(
      createWire(() => playing.url),
      record,
    );
    const first = await deals.answered(LOW);
    await allSent();
    held = true;
    const second = await deals.answered(LOW);
    expect(await storeBackup([backup(), '--data', playing.dataDir], io)).toBe(0);
    const inBackup = owed();
    expect(inBackup).toBeGreaterThan(3);
    held = false;
    await allSent();
    const before = posted();
    expect(before.some((id) => id === `live:${second}:root`)).toBe(true);
    await putBack();
    await allSent();
    expect(twice(posted())).toEqual([]);
    expect(posted()).toEqual(before);
    // The bot knows them again: they are updated in their places from now on.
    const again = createDeals(
      createWire(() => playing.url),
      record,
    );
    for (const deal of [first, second]) await again.vote('U0SAMPLECOM1', deal).catch(() => {});
    await allSent();
    expect(twice(posted())).toEqual([]);
  });

  it('sends what nobody had got yet', async () => {
    held = true;
    const deal = await createDeals(
      createWire(() => playing.url),
      record,
    ).answered(LOW);
    expect(await storeBackup([backup(), '--data', playing.dataDir], io)).toBe(0);
    expect(posted()).toEqual([]);
    await putBack();
    held = false;
    await allSent();
    expect(posted()).toContain(`live:${deal}:root`);
    expect(twice(posted())).toEqual([]);
  });

  it('finds a card of a deal that had gone on after the backup', async () => {
    const deals = createDeals(
      createWire(() => playing.url),
      record,
    );
    const deal = await deals.open();
    await allSent();
    expect(await storeBackup([backup(), '--data', playing.dataDir], io)).toBe(0);
    const answer = () =>
      createDeals(
        createWire(() => playing.url),
        record,
      ).answer(deal, 'scope', LOW['scope']!);
    await answer();
    await allSent();
    const before = posted();
    await putBack();
    expect(posted()).toEqual(before);
    await answer();
    await allSent();
    const live = posted().filter((id) => id.startsWith('live:'));
    expect(twice(live)).toEqual([]);
  });
});
