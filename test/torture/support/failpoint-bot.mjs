// The bot as a deployment starts it, but at the point that FAILPOINT names (`append:3`, the third time that it comes
// there) its process is killed, as by a power cut.
import { readConfig } from '../../../dist/src/config.js';
import { createLogger } from '../../../dist/src/log.js';
import { startBot } from '../../../dist/src/main.js';

const [wanted, nth] = (process.env.FAILPOINT ?? '').split(':');
let times = 0;
const at = (point) => {
  if (point !== wanted) return;
  times += 1;
  if (times === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

const around = (store) => ({
  ...store,
  // A request has come in, and nothing was done yet.
  firstTime: async (...asked) => {
    const first = await store.firstTime(...asked);
    at('request');
    return first;
  },
  append: async (...asked) => {
    at('append');
    const appended = await store.append(...asked);
    // Here the commit and what it owes are one transaction: both are there, and nobody was told.
    at('ack');
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
  settle: async (...asked) => {
    at('settle');
    await store.settle(...asked);
    at('settled');
  },
});

const config = readConfig(process.env);
if ('problem' in config) throw new Error(config.problem);
const bot = await startBot(config, process.env, createLogger(config.logLevel), around);
process.stderr.write(`Clearthread is running on ${bot.url}\n`);
