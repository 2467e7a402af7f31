/** What somebody would build instead: a Bolt app that keeps each interaction in SQLite, on disk, before it acknowledges. */

import { join } from 'node:path';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import Database from 'better-sqlite3';
import { serveMeasures } from './child.ts';
import { SIGNING_SECRET } from './signed.ts';

const db = new Database(join(process.env['DATA_DIR'] ?? '', 'kept.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE interactions (id INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO interactions (at, body) VALUES (?, ?)');
const keep = (body: object): void => {
  insert.run(new Date().toISOString(), JSON.stringify(body));
};

const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U0' }),
});
app.action(/.*/, async ({ ack, body }) => {
  keep(body);
  await ack();
});
app.view(/.*/, async ({ ack, body }) => {
  keep(body);
  await ack();
});

const server = await receiver.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
serveMeasures(typeof address === 'object' && address ? address.port : 0, async () => {
  await app.stop();
  db.close();
});
