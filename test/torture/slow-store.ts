/** The whole bot on a MongoDB that is slow, cut off, gone or silent, while a working day goes on. */

import { loadavg } from 'node:os';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { pause } from './support/at-work.ts';
import { startCompany, type BotProcess, type Company } from './support/bot-process.ts';
import { startFaultProxy, type FaultProxy, type Line } from './support/fault-proxy.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { chance, must, type Form, type Script } from './support/script.ts';
import { startTraffic, type Click, type Kind, type Traffic } from './support/traffic.ts';

const SLOW_MS = 500;
/** The short form shares its machine with other tests. */
const PER_SECOND = { short: 25, long: 50 };
/** While the line is down nobody is served faster. */
const PER_SECOND_IN_TROUBLE = 20;
const SLOW_FOR_MS = { short: 4000, long: 40_000 };
const TROUBLE_FOR_MS = { short: 1500, long: 10_000 };
const AIM_MS = 2500;
/** After that Slack shows people an error of its own. */
const SLACK_MS = 3000;
/** A machine on which the bot lags this much in work without the store says nothing about the store. */
const JUDGED_TO_MS = 500;
/** Time until the bot recovers by itself, once the line is well again. */
const WELL_AGAIN_MS = 15_000;
const PEOPLE_AT_ONCE = 10;
/** Most clicks pressed again while the line is slow; a busy machine leaves more, pressed once it is well. */
const PRESSED_SLOWLY = 50;
/** Most presses of one click whose person was told to press again. */
const MOST_PRESSES = 20;

const TROUBLES: readonly { name: string; line: Line; red: boolean }[] = [
  { name: 'resets before', line: { reset: 'before', share: 0.05 }, red: false },
  { name: 'resets after', line: { reset: 'after', share: 0.05 }, red: false },
  { name: 'refused', line: 'refused', red: true },
  { name: 'half-open', line: 'half-open', red: true },
];

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

const figures = (clicks: readonly Click[]): string => {
  const ms = clicks.map((click) => click.ms).toSorted((a, b) => a - b);
  const told = (what: string): number => clicks.filter((click) => click.told() === what).length;
  return `${clicks.length}: p50 ${at(ms, 0.5)}, p99 ${at(ms, 0.99)}, most ${at(ms, 1)} ms; told that it may be saved ${told('maybe')}, that something went wrong ${told('trouble')}`;
};

const byKind = (clicks: readonly Click[]): string[] => {
  const kinds = [...new Set(clicks.map(({ kind }) => kind))].toSorted();
  return kinds.map((kind) => `  ${kind.padEnd(9)} ${figures(clicks.filter((click) => click.kind === kind))}`);
};

/** Delay of the bot in work that needs no store: a busy machine is not its fault. */
const watchLag = (url: string) => {
  let [over, worst] = [false, 0];
  const loop = (async () => {
    while (!over) {
      const before = performance.now();
      await fetch(`${url}/healthz`).then((response) => response.text());
      worst = Math.max(worst, performance.now() - before);
      await pause(100);
    }
  })();
  return {
    end: async () => {
      over = true;
      await loop;
      return worst;
    },
  };
};

const readiness = async (url: string): Promise<{ ready: boolean; why: string }> => {
  const response = await fetch(`${url}/readyz`);
  const { why = '' } = (await response.json()) as { why?: string };
  return { ready: response.status === 200, why };
};

/** Words follow the acknowledgement in a call of their own, which a busy machine brings a little later. */
const WORDS_MS = 5000;

const answeredAll = async (clicks: readonly Click[], lagMs: number, phase: string): Promise<void> => {
  for (const end = performance.now() + WORDS_MS; performance.now() < end; await pause(50)) {
    if (clicks.every((click) => click.status !== 200 || click.told() !== 'nothing')) break;
  }
  const failed = clicks.find(({ status }) => status !== 200);
  must(failed === undefined, `${phase}: a ${failed?.kind} was answered ${failed?.status} (0: not at all)`);
  const mute = clicks.filter((click) => click.told() === 'nothing');
  must(mute.length === 0, `${phase}: ${mute.length} were answered without a word, the first a ${mute[0]?.kind}`);
  const refused = clicks.find((click) => click.told() === 'refused');
  must(refused === undefined, `${phase}: a ${refused?.kind} was refused: ${refused?.text}`);
  const late = clicks.filter(({ ms }) => ms - lagMs > SLACK_MS);
  must(late.length === 0 || lagMs > JUDGED_TO_MS, `${phase}: ${late.length} answers came after Slack's three seconds`);
};

/** People who were told to press again do so, some at a time, until it is accepted. */
const pressedAgain = async (clicks: readonly Click[], phase: string, upTo = Infinity): Promise<string> => {
  const open = clicks.filter((click) => click.kept && click.told() !== 'taken').slice(0, upTo);
  const line = open.values();
  let most = 0;
  const person = async (): Promise<void> => {
    for (const click of line) {
      for (let times = 1; click.told() !== 'taken'; times += 1) {
        must(times <= MOST_PRESSES, `${phase}: a ${click.kind} was not taken at the ${times}. press: ${click.text}`);
        await click.kept?.again().catch(() => {});
        most = Math.max(most, times);
      }
    }
  };
  await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, person));
  return open.length === 0 ? '' : `; ${open.length} pressed again, at most ${most} times`;
};

/** Read past the line, and past the bot. */
const checked = async ({ record }: Company, clicks: readonly Click[]): Promise<string> => {
  const kept = clicks.flatMap((click) => (click.kept ? [{ ...click.kept, kind: click.kind }] : []));
  const causes = new Map<string, number>();
  for (const deal of new Set(kept.map((each) => each.deal()))) {
    for (const { cause } of await record.store.read(deal)) {
      const act = cause.split('#', 1)[0] ?? '';
      causes.set(`${deal} ${act}`, (causes.get(`${deal} ${act}`) ?? 0) + 1);
    }
  }
  for (const { kind, cause, deal } of kept) {
    const times = causes.get(`${deal()} ${cause}`) ?? 0;
    must(times === 1, `a ${kind} on ${deal()} was taken, and is kept ${times} times`);
  }
  // A deal that somebody opened twice has another number.
  const opened = new Map<string, number>();
  for (const { stream, version } of (await record.store.heads()).filter(({ stream }) => stream.startsWith('D-'))) {
    const [first] = version > 0 ? await record.store.read(stream, 1) : [];
    if (first) opened.set(first.cause, (opened.get(first.cause) ?? 0) + 1);
  }
  const twice = [...opened.values()].filter((times) => times > 1).length;
  must(twice === 0, `${twice} deals were opened twice`);
  return `${kept.length} answers were taken: each is kept, once`;
};

const slowly = async (bot: BotProcess, line: FaultProxy, traffic: Traffic, form: Form) => {
  await line.set({ slowMs: SLOW_MS });
  const lag = watchLag(bot.url);
  const before = line.messages();
  const clicks = await traffic.run(PER_SECOND[form], SLOW_FOR_MS[form]);
  const each = Math.round(((line.messages() - before) / clicks.length) * 10) / 10;
  const lagMs = await lag.end();
  const ms = clicks.map((click) => click.ms).toSorted((a, b) => a - b);
  const held = at(ms, 0.99) < AIM_MS ? 'held' : 'MISSED';
  const head = `+${SLOW_MS} ms at ${PER_SECOND[form]}/s (aim p99 < ${AIM_MS} ms: ${held}): ${figures(clicks)}`;
  const lines = [
    ...byKind(clicks),
    `  ${each} messages to the store for each click, ${line.connections().most} connections at most; without the store the bot was ${Math.round(lagMs)} ms late at most, load ${loadavg()[0]?.toFixed(1)}`,
  ];
  await answeredAll(clicks, lagMs, [`slow, ${head}`, ...lines].join('\n'));
  const again = await pressedAgain(clicks, 'slow', PRESSED_SLOWLY);
  await line.set('healthy');
  await pressedAgain(clicks, 'slow, then well');
  return { clicks, lines: [`${head}${again}`, ...lines] };
};

const inTrouble = async (
  { name, line: bad, red }: (typeof TROUBLES)[number],
  bot: BotProcess,
  line: FaultProxy,
  traffic: Traffic,
  form: Form,
) => {
  const lag = watchLag(bot.url);
  await line.set(bad);
  const down = performance.now();
  // Looked for only where it is waited for: it would go on when the bot is gone.
  const redSeen = async () => {
    for (;;) {
      const { ready, why } = await readiness(bot.url);
      if (!ready) return { why, ms: performance.now() - down };
      if (performance.now() - down > WELL_AGAIN_MS) return undefined;
      await pause(100);
    }
  };
  const [clicks, seen] = await Promise.all([
    traffic.run(PER_SECOND_IN_TROUBLE, TROUBLE_FOR_MS[form]),
    red ? redSeen() : undefined,
  ]);
  must(
    !red || (seen?.why ?? '').startsWith('The store does not answer ('),
    `${name}: /readyz did not say so: ${seen?.why}`,
  );
  await answeredAll(clicks, await lag.end(), name);
  await line.set('healthy');
  const well = performance.now();
  const kind: Kind = 'new deal';
  let first = await traffic.one(kind);
  const tried = [first];
  while (first.told() !== 'taken' || !(await readiness(bot.url)).ready) {
    must(performance.now() - well < WELL_AGAIN_MS, `${name}: not well again ${WELL_AGAIN_MS / 1000} s later`);
    await pause(250);
    first = await traffic.one(kind);
    tried.push(first);
  }
  const wellMs = performance.now() - well;
  const all = [...clicks, ...tried];
  const told = figures(clicks);
  const again = await pressedAgain(all, name);
  const said = seen ? `; red after ${(seen.ms / 1000).toFixed(1)} s: "${seen.why}"` : '';
  return {
    clicks: all,
    lines: [`${name}: ${told}${said}; well again ${(wellMs / 1000).toFixed(1)} s later by itself${again}`],
  };
};

const run = async (form: Form): Promise<string[]> => {
  const random = chance(20261126);
  const server = await mongoServer();
  const database = mongoDatabase(server);
  const line = await startFaultProxy(database.uri, random);
  const company = await startCompany({ mongodbUri: database.uri });
  try {
    const env = { CLEARTHREAD_ORGANISATION: organisationIn(company), LOG_LEVEL: 'error', MONGODB_URI: line.uri };
    const bot = await company.start(env);
    const seconds = (SLOW_FOR_MS[form] * PER_SECOND[form] + 4 * TROUBLE_FOR_MS[form] * PER_SECOND_IN_TROUBLE) / 1000;
    const stock = { open: form === 'short' ? 20 : 60, votes: Math.ceil(seconds * 0.05) };
    const traffic = await startTraffic(company, CHANNELS, stock, random);
    const phases = [await slowly(bot, line, traffic, form)];
    for (const trouble of TROUBLES) phases.push(await inTrouble(trouble, bot, line, traffic, form));
    const kept = await checked(
      company,
      phases.flatMap(({ clicks }) => clicks),
    );
    return [
      `on ${server.which}${server.real ? '' : ': waits are those of the line, a server has its own beside them'}`,
      ...phases.flatMap(({ lines }) => lines),
      kept,
    ];
  } finally {
    await company.end();
    await line.close();
    await database.remove();
    await server.close();
  }
};

export const slowStore: Script = {
  name: 'slow-store',
  proves:
    'On a slow, cut, absent or silent store every click is answered in time, and nothing is acknowledged that is not kept.',
  run,
};
