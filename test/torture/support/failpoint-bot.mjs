// The bot as a deployment starts it, but at the point that FAILPOINT names (`append:3`, the third time that it gets
// there; `append:1:D-`, in an append to a stream of that name) its process is killed, as by a power cut.
// TEAMS_STAND_IN: the arguments of `loopbackMode`, its token, and the address of the signers' public keys, as JSON.
import { AsyncLocalStorage } from 'node:async_hooks';

await import('./moved-clock.mjs');
const { readConfig } = await import('../../../dist/src/config/config.js');
const { createLogger } = await import('../../../dist/src/log.js');
const { startBot } = await import('../../../dist/src/start.js');

const [wanted, nth, streams = ''] = (process.env.FAILPOINT ?? '').split(':');
const appending = new AsyncLocalStorage();
let times = 0;
const at = (point, stream = appending.getStore() ?? '') => {
  if (point !== wanted || !stream.startsWith(streams)) return;
  times += 1;
  if (times === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

// MongoDB's own steps can only be seen from within.
const { MONGODB_URI: uri, CLEARTHREAD_DATA_KEY: key } = process.env;
const openMongo = async () => {
  const { openMongoStore } = await import('../../../dist/store/mongo/mongo.js');
  return openMongoStore({ uri, dataKey: Buffer.from(key, 'base64'), cut: at });
};
const withCuts = uri && (await openMongo());

const around = (opened) => wrapped(withCuts || opened);
const wrapped = (store) => ({
  ...store,
  // A request has come in, and nothing was done yet.
  firstTime: async (key, expires) => {
    const isAnswered = key.endsWith(' answered');
    // An answer was sent, and nobody knows of it yet.
    if (isAnswered && expires > new Date().toISOString()) at('said');
    const first = await store.firstTime(key, expires);
    at('request');
    // Words that a person said.
    if (first && !isAnswered && /^(?:teams|slack:event):/.test(key)) at('begun');
    return first;
  },
  append: async (...asked) => {
    at('append', asked[0].stream);
    const appended = await appending.run(asked[0].stream, () => store.append(...asked));
    // Here the commit and what it owes are one transaction: both are stored, and nobody was told.
    at('ack', asked[0].stream);
    return appended;
  },
  claim: async (...asked) => {
    const rows = await store.claim(...asked);
    if (rows.length > 0) at('claim');
    return rows;
  },
  // The write to the chat follows at once. A hurried Slack: with its real limits most of the time would be waiting.
  turn: async (key, now, rates, mostMs) => {
    const hurried = rates.map(({ everyMs, burst }) => ({ everyMs: everyMs / 20, burst }));
    const turn = await store.turn(key, now, hurried, mostMs);
    at('send');
    return turn;
  },
  // The chat has taken it.
  saveRef: async (...asked) => {
    at('sent');
    await store.saveRef(...asked);
  },
  // A moved clock wakes no timer: sleeping parts look again soon.
  nextReady: async () => {
    const next = await store.nextReady();
    if (!process.env.CLOCK_AHEAD) return next;
    const soon = new Date(Date.now() + 300).toISOString();
    return next !== null && next < soon ? next : soon;
  },
  settle: async (...asked) => {
    at('settle');
    await store.settle(...asked);
    at('settled');
  },
});

const config = readConfig(process.env);
if ('problem' in config) throw new Error(config.problem);
const standIn = process.env.TEAMS_STAND_IN;
const teams = async () => {
  const { PUBLIC, withOverrides } = await import('@microsoft/teams.api');
  const { connectorToken, openIdMetadataUrl, ...mode } = JSON.parse(standIn);
  return { ...mode, token: async () => connectorToken, cloud: withOverrides(PUBLIC, { openIdMetadataUrl }) };
};
const teamsMode = standIn && (await teams());
const standIns = (modes) => (teamsMode ? { ...modes, teams: teamsMode } : modes);
const bot = await startBot(config, process.env, createLogger(config.logLevel), { around, standIns });
process.on('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.stderr.write(`Clearthread is running on ${bot.url}\n`);
