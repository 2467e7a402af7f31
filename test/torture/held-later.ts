/** Holds for a later day, while the process is killed as they are placed, on the morning they begin, and as they spread. */

import { randomUUID } from 'node:crypto';
import { MAYBE_SAVED } from '../../src/edge/words.ts';
import { contextOf, OPENING } from '../support/bad-day-deals.ts';
import type { Answer, RawValues } from '../support/bad-day.ts';
import { startMongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { PEOPLE } from '../support/playing.ts';
import { drained, pause } from './support/at-work.ts';
import { FAILPOINT_BOT, startCompany, type BotProcess, type Company } from './support/bot-process.ts';
import { createMovedClock, type MovedClock } from './support/clock.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { must, type Form, type Script } from './support/script.ts';

const HOLDS = 'register:holds';
const DAY_MS = 86_400_000;
/** After this time without reaching the point, it is not met. */
const UNMET_MS = 90_000;
/** Nothing new for that long. */
const STUCK_MS = 120_000;
/** On MongoDB: between the steps of an append. */
const CUTS = ['inserted', 'snapshot', 'outbox'] as const;
const END_USER = 'Sample Northern Agency';
const REASON = 'Use is compared with the licence.';
/** Of the end-user that is held, so that its hold spreads in several commits. */
const SPREADS = { short: 3, long: 12 };

interface Points {
  placing: readonly string[];
  /** In this order: the tick, the spreading and what it tells. */
  morning: readonly string[];
}

const at = (points: readonly string[], stream: string): string[] => points.map((point) => `${point}:1:${stream}`);

const POINTS: Points = {
  placing: ['request:1', ...at(['append', 'ack'], HOLDS)],
  morning: [
    ...at(['append', 'ack'], HOLDS),
    'claim:1',
    'send:1',
    ...at(['append', 'ack'], 'D-'),
    'sent:1',
    'settle:1',
    'settled:1',
  ],
};
/** Messages of a hold are claimed and settled as any others are, which the script of kills plays. */
const IN_SHORT: Points = {
  ...POINTS,
  morning: POINTS.morning.filter((point) => !/^(?:claim|settle|settled):/.test(point)),
};
/** The rest is the same on every engine. */
const POINTS_OF_CUTS: Points = { placing: at(CUTS, HOLDS), morning: [...at(CUTS, HOLDS), ...at(CUTS, 'D-')] };

interface Placed {
  /** A deal's number, or the end-user's name. */
  on: string;
  values: RawValues;
  context: object;
}

interface Run {
  company: Company;
  env: Record<string, string>;
  /** Kills at a named point that was met. */
  kills: number;
}

/** Working days after today. */
const workingDays = (now: number, count: number): string[] =>
  Array.from({ length: count * 2 }, (_, n) => new Date(now + (n + 1) * DAY_MS))
    .filter((day) => ![0, 6].includes(day.getUTCDay()))
    .slice(0, count)
    .map((day) => day.toISOString().slice(0, 10));

const openDeal = async ({ company }: Run, n: number, endUserName: string): Promise<string> => {
  const values = { ...OPENING, customer: `Customer ${n}`, endUserName };
  const context = { channel: CHANNELS[n % CHANNELS.length], shown: Object.keys(values) };
  const { view } = await company.wire.submit(PEOPLE.rep, { form: 'deal.open', context, values });
  return String(contextOf(view)['deal']);
};

/** A process that dies at the point; false after its time. */
const diesAt = async (run: Run, point: string, meanwhile?: () => Promise<void>): Promise<boolean> => {
  const bot = await run.company.start({ ...run.env, FAILPOINT: point }, FAILPOINT_BOT).catch((error: unknown) => {
    // It may find work before it has said where it listens.
    if (String(error).includes('ended with SIGKILL')) return undefined;
    throw error;
  });
  if (bot) await meanwhile?.();
  const how = bot ? await Promise.race([bot.ended, pause(UNMET_MS).then(() => undefined)]) : 'SIGKILL';
  must(how === undefined || how === 'SIGKILL', `the bot ended by itself: ${String(how)}`);
  if (how === undefined) await ends(bot);
  else run.kills += 1;
  return how !== undefined;
};

const ends = async (bot: BotProcess | undefined): Promise<void> => {
  bot?.kill('SIGKILL');
  await bot?.ended;
};

type Registered = { type: string; hold: { on: { deal?: string; name?: string }; from: string } };

const registered = async ({ company: { record } }: Run): Promise<Registered[]> =>
  (await record.store.read(HOLDS)).flatMap(({ body }) => body.events as unknown as Registered[]);

const planned = async (run: Run): Promise<{ on: string; from: string }[]> =>
  (await registered(run))
    .filter(({ type }) => type === 'HoldPlanned')
    .map(({ hold: { on, from } }) => ({ on: on.deal ?? on.name ?? '', from }));

/** Somebody presses while the process dies, and with the next one again, as people do. A colleague may try it as well. */
const presses = (run: Run, hold: Placed) => {
  const same = { view: `V${randomUUID()}`, hash: randomUUID() };
  const submit = (by: string, as: { view: string; hash: string }) =>
    run.company.wire
      .submit(by, { form: 'desk.hold', context: hold.context, values: hold.values, ...as })
      .catch(() => undefined);
  const times = async (): Promise<number> => (await planned(run)).filter(({ on }) => on === hold.on).length;
  return {
    underKill: async (point: string): Promise<void> => {
      let first: Answer | undefined;
      const meanwhile = async (): Promise<void> => void (first = await submit(PEOPLE.compliance, same));
      must(await diesAt(run, point, meanwhile), `${point} was not met while a hold was placed`);
      const told = first?.text.includes('begins on the morning of') ?? false;
      must(!told || (await times()) === 1, `${hold.on} was acknowledged at ${point} and is not planned`);
    },
    again: async (): Promise<void> => {
      const answer = await submit(PEOPLE.compliance, same);
      must(answer?.status === 200 && !answer.text.includes(MAYBE_SAVED), `nobody took the hold on ${hold.on}`);
      must((await times()) === 1, `the hold on ${hold.on} is planned ${await times()} times`);
      const colleague = await submit(PEOPLE.compliance2, { view: `V${randomUUID()}`, hash: randomUUID() });
      must(colleague?.errors !== undefined, `a second hold on ${hold.on} was taken: ${colleague?.text}`);
    },
  };
};

const messagesWith = ({ company: { api } }: Run, words: string): string[] =>
  api.messages.map((message) => JSON.stringify(message)).filter((message) => message.includes(words));

const eventsOf = async ({ company: { record } }: Run, deal: string, type: string): Promise<number> =>
  (await record.types(deal)).filter((one) => one === type).length;

const onEngine = async (form: Form, points: Points, mongodbUri?: string): Promise<string[]> => {
  const began = performance.now();
  const times: { clock?: MovedClock } = {};
  const now = (): number => times.clock?.now() ?? Date.now();
  const company = await startCompany({ now, ...(mongodbUri === undefined ? {} : { mongodbUri }) });
  const clock = (times.clock = createMovedClock(company.dataDir));
  const env = { CLEARTHREAD_ORGANISATION: organisationIn(company), LOG_LEVEL: 'error', CLOCK_AHEAD: clock.file };
  const run: Run = { company, env, kills: 0 };
  const begin = (): Promise<BotProcess> => company.start(env, FAILPOINT_BOT);
  try {
    // Ten in the morning of a Monday: what is due on that day was sent.
    const monday = new Date(now());
    monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7));
    monday.setUTCHours(10, 0, 0, 0);
    clock.move(monday.getTime() - now());
    // One for each kill of a morning, each on a day of its own: whatever one process does, the next has work.
    const days = workingDays(now(), Math.max(points.morning.length, points.placing.length) + 1);
    const review = days.pop() ?? '';
    const first = await begin();
    const single: string[] = [];
    for (let n = 1; n < days.length; n += 1) single.push(await openDeal(run, n, `Sample Agency ${n}`));
    const spread: string[] = [];
    for (let n = 0; n < SPREADS[form]; n += 1) spread.push(await openDeal(run, 50 + n, END_USER));
    await drained(company);
    const common = { stop: ['support'], because: 'inquiry', reason: REASON, review };
    const named = { on: 'end-user', endUser: END_USER, ...common, from: days[0] ?? '' };
    const holds: Placed[] = [
      { on: END_USER, values: named, context: { seen: await seenOf(run, named) } },
      ...single.map((deal, n) => ({ on: deal, values: { ...common, from: days[n + 1] ?? '' }, context: { deal } })),
    ];
    await ends(first);

    const pressed = holds.map((hold) => presses(run, hold));
    for (const [n, point] of points.placing.entries()) await pressed[n]?.underKill(point);
    const placing = run.kills;
    const next = await begin();
    for (const press of pressed) await press.again();
    must(
      (await planned(run))
        .map(({ from }) => from)
        .toSorted()
        .join() === days.join(),
      'a hold has another day',
    );
    await drained(company);
    await ends(next);
    must(messagesWith(run, 'Stop support').length === 0, 'a hold was told before its day');

    const all = [...single, ...spread];
    for (const [n, day] of days.entries()) {
      clock.move(Date.parse(`${day}T09:00:30Z`) - now());
      const point = points.morning[n];
      if (point !== undefined) must(await diesAt(run, point), `${point} was not met on a morning`);
    }
    const isDone = async (): Promise<boolean> => {
      const counts = await Promise.all(all.map((deal) => eventsOf(run, deal, 'HoldNoted')));
      const { owed } = await company.record.store.outboxBacklog(new Date(now()).toISOString());
      return owed === 0 && counts.every((count) => count > 0);
    };
    const last = await begin();
    for (const end = performance.now() + STUCK_MS; !(await isDone()); await pause(200))
      must(performance.now() < end, 'in two minutes the holds did not reach all of their deals');
    last.kill('SIGTERM');
    await last.ended;

    const repeats = await checked(run, holds, all);
    const s = Math.round((performance.now() - began) / 1000);
    return [
      `${placing} kills while ${holds.length} holds were planned, ${run.kills - placing} on their mornings, in ${s} s`,
      `each was planned once, began once, and is on each of its ${all.length} deals once; nobody of the deals heard before the day; ${repeats} notices stand there twice`,
    ];
  } finally {
    await company.end();
    clock.close();
  }
};

/** Returns how many notices stand there twice. */
const checked = async (run: Run, holds: readonly Placed[], deals: readonly string[]): Promise<number> => {
  const { record, api } = run.company;
  for (const deal of deals) {
    const noted = await eventsOf(run, deal, 'HoldNoted');
    must(noted === 1, `${deal} has the hold ${noted} times`);
    const told = messagesWith(run, 'Stop support').filter((message) => message.includes(deal));
    must(told.length > 0, `nobody was told of the hold on ${deal}`);
  }
  const begun = (await registered(run)).filter(({ type }) => type === 'HoldPlaced').length;
  must(begun === holds.length, `${begun} holds began, ${holds.length} were planned`);
  const posted = new Map<string, number>();
  for (const { metadata, channel } of api.messages) {
    const { notice } = (metadata as { event_payload: { notice: string } }).event_payload;
    posted.set(`${channel} ${notice}`, (posted.get(`${channel} ${notice}`) ?? 0) + 1);
  }
  const repeats = [...posted.values()].reduce((sum, count) => sum + count - 1, 0);
  must(repeats <= run.kills, `${repeats} repeated notices after ${run.kills} kills`);
  const verified = await record.store.verify();
  must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);
  must((await record.store.outboxProblems()).length === 0, 'some messages did not arrive');
  return repeats;
};

/** What the second page of the form remembers of whom it showed. */
const seenOf = async ({ company }: Run, values: RawValues): Promise<string> => {
  const context = { shown: Object.keys(values) };
  const { view, text } = await company.wire.submit(PEOPLE.compliance, { form: 'desk.hold', context, values });
  const seen = contextOf(view)['seen'];
  must(typeof seen === 'string', `the form did not show the deals: ${text.slice(0, 200)}`);
  return seen;
};

const run = async (form: Form): Promise<string[]> => {
  const lines = ['on one SQLite file:', ...(await onEngine(form, form === 'short' ? IN_SHORT : POINTS))];
  const server = await mongoServer();
  const every: Points = {
    placing: [...POINTS.placing, ...POINTS_OF_CUTS.placing],
    morning: [...POINTS_OF_CUTS.morning, ...POINTS.morning],
  };
  try {
    if (server.real) {
      const database = mongoDatabase(server);
      try {
        return [...lines, `on MongoDB, ${server.which}:`, ...(await onEngine(form, every, database.uri))];
      } finally {
        await database.remove();
      }
    }
  } finally {
    await server.close();
  }
  // `npm run torture` has the time for it.
  if (form === 'short') return lines;
  // The steps of an append are the driver's side, which is the same there; races are not shown.
  const double = await startMongoDouble();
  try {
    return [
      ...lines,
      'on the MongoDB double (no real server here):',
      ...(await onEngine(form, POINTS_OF_CUTS, `${double.address}/held-later`)),
    ];
  } finally {
    await double.close();
  }
};

export const heldLater: Script = {
  name: 'held-later',
  proves:
    'A hold for a later day is planned once, begins once on its morning and is told, however often the process is killed.',
  run,
};
