/** A process dies with unfinished work, as by a power cut: the other takes all of it over in under half a minute. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Notice } from '../../../flows/deal/telling/notices.ts';
import { contextOf, OPENING } from '../../support/bad-day-deals.ts';
import { until, type Answer } from '../../support/bad-day.ts';
import { startMongoDouble, type MongoDouble } from '../../support/mongo-double/server.ts';
import { PEOPLE } from '../../support/playing.ts';
import { drained } from './at-work.ts';
import { startCompany, type BotProcess, type Company } from './bot-process.ts';
import { CHANNELS, organisationIn } from './many-channels.ts';
import { must } from './script.ts';

/** Half a minute, and the time that a busy machine takes to start sending. */
const MOST_MS = 30_000 + 3000;
/** Time until the dead process's requests to the database have ended without effect. */
const LAST_WORDS_MS = 500;

const opens = (bot: BotProcess, channel: string): Promise<Answer> => {
  const context = { channel, shown: Object.keys(OPENING) };
  return bot.wire.submit(PEOPLE.rep, { form: 'deal.open', context, values: OPENING, view: `V${randomUUID()}` });
};

/** Its commit is stored and acknowledged, and nothing that follows from it is made while it lives. */
const dieBeforeProjecting = async (dying: BotProcess, double: MongoDouble): Promise<void> => {
  double.fate = (command, collection) => {
    const writes = command === 'insert' || command === 'update' || command === 'delete' || command === 'findAndModify';
    return writes && (collection === 'snapshots' || collection === 'lanes') ? 'cut before' : undefined;
  };
  const { status, view } = await opens(dying, CHANNELS[1] ?? '');
  must(status === 200 && contextOf(view)['deal'] !== undefined, 'it was not acknowledged');
  dying.kill('SIGKILL');
  await dying.ended;
  await sleep(LAST_WORDS_MS);
  double.fate = () => undefined;
};

/** Ids of the notices of every commit. */
const owedIn = async ({ record: { store } }: Company): Promise<string[]> => {
  const ids: string[] = [];
  for (const { stream } of await store.heads()) {
    for (const { body } of stream.startsWith('D-') ? await store.read(stream) : []) {
      ids.push(...(body.notices as unknown as Notice[]).map(({ id }) => id));
    }
  }
  return ids;
};

const postedIn = ({ api }: Company): string[] =>
  api.messages.map(({ metadata }) => (metadata as { event_payload: { notice: string } }).event_payload.notice);

const takenOverOn = async (company: Company, double: MongoDouble | undefined): Promise<string> => {
  const { api, record } = company;
  const env = { CLEARTHREAD_ORGANISATION: organisationIn(company) };
  const other = await company.start(env);
  const dying = await company.start(env);
  // The messages of a company's first day were sent.
  await drained(company);
  const calls = api.calls.length;
  const isPost = ({ method }: { method: string }): boolean => method === 'chat.postMessage';
  // Its turn in the conversation is taken, and the message never arrives.
  api.trouble = (call) => (isPost(call) ? 'hang' : undefined);
  await opens(dying, CHANNELS[0] ?? '');
  await until('a message on its way', () => (api.calls.slice(calls).some(isPost) ? true : undefined));
  const leased = (await record.store.outboxBacklog(new Date().toISOString())).owed;
  if (double) await dieBeforeProjecting(dying, double);
  else dying.kill('SIGKILL');
  const died = performance.now() - (double ? LAST_WORDS_MS : 0);
  must((await dying.ended) === 'SIGKILL', 'it did not die');
  api.trouble = () => undefined;

  const owed = new Set(await owedIn(company));
  const missing = (): string[] => [...owed].filter((id) => !postedIn(company).includes(id));
  must(missing().length === owed.size, 'something was sent before it died');
  while (missing().length > 0) {
    must(performance.now() - died < MOST_MS, `${missing().join(', ')} not sent ${MOST_MS} ms after a process died`);
    await sleep(50);
  }
  const seconds = ((performance.now() - died) / 1000).toFixed(1);
  other.kill('SIGTERM');
  must((await other.ended) === 0, 'the other did not end well');
  const posted = postedIn(company);
  must(new Set(posted).size === posted.length, 'something was sent twice');
  const deals = (await record.store.heads()).filter(({ stream }) => stream.startsWith('D-')).length;
  must(deals === (double ? 2 : 1), `${deals} deals were kept`);
  const cut = double ? `, and a commit acknowledged of which nothing had followed` : '';
  return `killed with ${leased} messages in hand, one of them in its turn${cut}: the other had sent all ${owed.size} of ${deals} ${deals === 1 ? 'deal' : 'deals'} after ${seconds} s, each once`;
};

/** Returns one line. Throws Broken if it took half a minute, or something came twice. */
export const takenOver = async (on: 'SQLite' | 'the MongoDB double'): Promise<string> => {
  const double = on === 'SQLite' ? undefined : await startMongoDouble();
  const company = await startCompany(double ? { mongodbUri: `${double.address}/clearthread-taken-over` } : {});
  try {
    return `on ${on}, a process ${await takenOverOn(company, double)}`;
  } finally {
    await company.end();
    await double?.close();
  }
};
