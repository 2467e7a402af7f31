/** The MongoDB store compared with the raw driver doing the same writes. Only on the real server of MONGODB_URI. */

import { randomUUID } from 'node:crypto';
import { MongoClient, type Document } from 'mongodb';
import { openMongoStore } from '../../store/mongo/mongo.ts';
import { withDatabase } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { fact, sampleCommit, sampleProjection } from '../support/store-samples.ts';

const ROUNDS = 10;
/** Appends of each of the two in a round, one after the other. */
const APPENDS = 50;

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

const timed = async (work: () => Promise<void>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Reads and writes of one append: by hand, without sealing, hashing or checking anything. */
const byHand = (client: MongoClient) => {
  const db = client.db();
  const [commits, snapshots, lanes] = ['commits', 'snapshots', 'lanes'].map((name) =>
    db.collection<{ _id: string } & Document>(name),
  );
  if (!commits || !snapshots || !lanes) throw new Error('three collections');
  return async (stream: string, version: number, like: Document): Promise<void> => {
    const { commit, snapshot, lane } = like as Record<string, Document>;
    await Promise.all([
      commits.find({ stream }).sort({ version: -1 }).limit(1).next(),
      commits.findOne({ stream, cause: `by-hand-${version}` }),
      snapshots.findOne({ _id: stream }),
    ]);
    const _id = `${stream}/${version}`;
    await commits.insertOne({ ...commit, _id, stream, version, cause: `by-hand-${version}` }, DURABLE);
    await Promise.all([
      snapshots.updateOne({ _id: stream }, { $set: { ...snapshot, version } }, { ...DURABLE, upsert: true }),
      lanes.insertOne({ ...lane, _id }, DURABLE),
    ]);
    await commits.updateOne({ _id }, { $set: { projected: true }, $unset: { pending: '' } }, DURABLE);
  };
};

const strip = ({ _id, stream: _stream, version: _version, cause: _cause, ...rest }: Document): Document => rest;

export const mongoBench = async (): Promise<string[]> => {
  const given = process.env['MONGODB_URI']?.trim();
  if (!given) return ['', 'MongoDB beside the raw driver: not measured here, MONGODB_URI names no server.'];
  const name = `clearthread-bench-${randomUUID().slice(0, 8)}`;
  const [uri, bare] = [withDatabase(given, name), withDatabase(given, `${name}-by-hand`)];
  const store = await openMongoStore({ uri, dataKey: DATA_KEY, answerMs: 60_000 });
  const [seen, client] = [await new MongoClient(uri).connect(), await new MongoClient(bare).connect()];
  try {
    // The same indexes, and documents of the same size.
    await (await openMongoStore({ uri: bare, dataKey: DATA_KEY })).close();
    const append = async (stream: string, version: number): Promise<void> => {
      const rows = [fact(`${stream}:${version}`, `${stream}:${version}`)];
      await store.append(sampleCommit(stream, version - 1), sampleProjection(version, rows));
    };
    await append('D-like', 1);
    const one = async (collection: string): Promise<Document> =>
      strip((await seen.db().collection(collection).findOne()) ?? {});
    const like = { commit: await one('commits'), snapshot: await one('snapshots'), lane: await one('lanes') };
    const write = byHand(client);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const each = (act: (version: number) => Promise<void>) => async (): Promise<void> => {
        for (let n = 1; n <= APPENDS; n += 1) await act(n);
      };
      ours.push(await timed(each((n) => append(`D-${round}`, n))));
      theirs.push(await timed(each((n) => write(`D-${round}`, n, like))));
    }
    // The first round warms up.
    const [ourRate = 0, theirRate = 0] = [ours, theirs].map((times) => APPENDS / (median(times.slice(1)) / 1000));
    const ratio = ourRate / theirRate;
    return [
      '',
      `MongoDB, appends one after the other: ${ourRate.toFixed(0)}/s by the store, ${theirRate.toFixed(0)}/s by the raw driver`,
      `  doing the same reads and writes: ${ratio.toFixed(2)} (aim 0.7 or more)`,
    ];
  } finally {
    await store.close();
    for (const each of [seen, client]) {
      await each.db().dropDatabase();
      await each.close();
    }
  }
};
