/** Whole deals, while the process is killed repeatedly: at named points, and at any moment. */

import { randomUUID } from 'node:crypto';
import { MAYBE_SAVED } from '../../src/edge/words.ts';
import { contextOf, declared, createDeals, LOW, OPENING } from '../support/bad-day-deals.ts';
import { createWire, type Answer, type RawValues } from '../support/bad-day.ts';
import { startMongoDouble } from '../support/mongo-double/server.ts';
import { PEOPLE } from '../support/playing.ts';
import { drained, pause } from './support/at-work.ts';
import { FAILPOINT_BOT, startCompany, type BotProcess, type Company } from './support/bot-process.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const POINTS = ['request', 'append', 'ack', 'claim', 'send', 'sent', 'settle', 'settled'] as const;
/** Points between the steps of an append on MongoDB: after the commit, its snapshot, its outbox rows. */
const CUTS = ['inserted', 'snapshot', 'outbox'] as const;
/** The others have the same effect on every engine: `npm run torture` has the time for them. */
const POINTS_OF_MONGO = { short: ['append', 'ack', 'claim', 'settle'], long: POINTS } as const;
const PLAYERS = 2;
/** Kills at any moment, besides those at named points. A busy machine manages fewer: the figure says how many. */
const KILLS = { short: 6, long: 1000 };
const MOST_MS = { short: 30_000, long: 1_800_000 };
/** Processes at once: one starts while the others work, until they are killed. */
const AT_ONCE = 3;
/** The work of a dead process is taken over by then. */
const TAKEN_OVER_MS = 30_000;
/** After this time without reaching the point, it is a kill at any moment. */
const UNMET_MS = 8000;
/** The same where nobody else is there to do its work: only a machine that hangs takes as long. */
const UNMET_ALONE_MS = 90_000;
/** Pause between two deals of one player, so that owed messages can follow. */
const BETWEEN_MS = 1000;
/** Nothing was accepted for that long. */
const STUCK_MS = 120_000;

interface Played {
  deal: string;
  sections: string[];
  decided: boolean;
}

/** A person who presses again until the bot says that it was accepted, as people do. */
const player = ({ wire, deals, record }: Pick<Company, 'wire' | 'deals' | 'record'>, over: () => boolean) => {
  let number = 0;
  const insist = async <T>(what: string, act: () => Promise<T | undefined>): Promise<T> => {
    for (const end = Date.now() + STUCK_MS; Date.now() < end; await pause(50)) {
      // The process is dead, or it said that it is not sure.
      const done = await act().catch(() => undefined);
      if (done !== undefined) return done;
    }
    throw new Error(`in two minutes nobody took ${what}`);
  };
  const taken = (answer: Answer): Answer | undefined =>
    answer.status === 200 && !answer.text.includes(MAYBE_SAVED) && !answer.text.includes('Something went wrong')
      ? answer
      : undefined;
  const submit = (form: string, context: object, values: RawValues, user: string = PEOPLE.rep): Promise<Answer> => {
    const same = { view: `V${randomUUID()}`, hash: randomUUID() };
    return insist(form, async () => taken(await wire.submit(user, { form, context, values, ...same })));
  };

  /** Every answer that was acknowledged. */
  const deal = async (): Promise<Played> => {
    const channel = CHANNELS[(number += 1) % CHANNELS.length] ?? '';
    const opened = await submit('deal.open', { channel, shown: Object.keys(OPENING) }, OPENING);
    const played: Played = { deal: String(contextOf(opened.view)['deal']), sections: [], decided: false };
    for (const [section, values] of Object.entries(LOW)) {
      if (over()) return played;
      const context = { deal: played.deal, section, shown: Object.keys(values) };
      const { errors, text } = await submit('deal.section', context, values);
      must(errors === undefined, `${section} was refused: ${text}`);
      played.sections.push(section);
    }
    const page = await insist('a review', () => deals.review(PEOPLE.compliance, played.deal));
    const { text } = await submit('deal.review', contextOf(page), declared(page), PEOPLE.compliance);
    must(text === '', `the vote was not counted: ${text}`);
    played.decided = true;
    must(
      (await record.types(played.deal)).includes('DealDecided'),
      `${played.deal} was acknowledged and is not decided`,
    );
    return played;
  };

  return async (): Promise<Played[]> => {
    const all: Played[] = [];
    while (!over()) {
      const next = performance.now() + BETWEEN_MS;
      all.push(await deal());
      await pause(Math.max(0, next - performance.now()));
    }
    return all;
  };
};

const checked = async ({ record, api }: Company, played: readonly Played[], kills: number): Promise<string> => {
  let answers = 0;
  for (const { deal, sections, decided } of played) {
    const events = await record.events(deal);
    const times = (type: string): number => events.filter((event) => event.type === type).length;
    must(times('DealOpened') === 1, `${deal} was opened ${times('DealOpened')} times`);
    for (const section of sections) {
      const kept = events.filter((event) => event.type === 'SectionAnswered' && event.section === section).length;
      must(kept === 1, `${section} of ${deal} was acknowledged, and is kept ${kept} times`);
      answers += 1;
    }
    const votes = decided ? 1 : 0;
    must(times('VoteCast') === votes, `${deal} has ${times('VoteCast')} votes, ${votes} were acknowledged`);
    must(times('DealDecided') === votes, `${deal} was decided ${times('DealDecided')} times`);
  }
  const verified = await record.store.verify();
  must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);
  must((await record.store.outboxProblems()).length === 0, 'some messages did not arrive');

  const posted = new Map<string, number>();
  for (const { metadata, channel } of api.messages) {
    const { notice } = (metadata as { event_payload: { notice: string } }).event_payload;
    posted.set(`${channel} ${notice}`, (posted.get(`${channel} ${notice}`) ?? 0) + 1);
  }
  const repeats = [...posted.values()].reduce((sum, times) => sum + times - 1, 0);
  must(repeats <= kills, `${repeats} repeated notices after ${kills} kills`);
  for (const { deal } of played) {
    must(
      api.messages.some((m) => m.thread_ts === undefined && m.text.includes(deal)),
      `${deal} has no thread`,
    );
  }
  return `${answers} answers acknowledged, none lost; ${played.filter((p) => p.decided).length} deals decided, once each; ${posted.size} notices, ${repeats} stand there twice`;
};

/** Kills of one company's processes while people work: `points` are met first, then any moment. */
interface Killing {
  points: readonly string[];
  anyMoment: number;
  mostMs: number;
  /** Called after each kill. */
  killed?: (count: number) => void;
  /** Called after the last. */
  quiet?: () => void;
}

/** Resolves once everything owed is sent. At any time one process starts while others work that are to be killed. */
const killing = async (company: Company, random: () => number, { points, ...to }: Killing): Promise<string[]> => {
  const env = { CLEARTHREAD_ORGANISATION: organisationIn(company), LOG_LEVEL: 'error' };
  const up: BotProcess[] = [];
  const begin = async (more: Record<string, string> = {}): Promise<BotProcess | undefined> => {
    try {
      const bot = await company.start({ ...env, ...more }, FAILPOINT_BOT);
      up.push(bot);
      void bot.ended.then(() => up.splice(up.indexOf(bot), 1));
      return bot;
    } catch (error) {
      // It found work before it had said where it listens.
      if (String(error).includes('ended with SIGKILL')) return undefined;
      throw error;
    }
  };
  const started = performance.now();
  const unmet = [...points];
  let [met, anyMoment, left] = [0, 0, to.anyMoment];
  let over = false;
  const killed = (): void => to.killed?.(met + anyMoment);

  const atPoint = async (FAILPOINT: string): Promise<void> => {
    const bot = await begin({ FAILPOINT });
    const how = await Promise.race([bot?.ended ?? 'SIGKILL', pause(UNMET_MS)]);
    if (how === undefined) {
      // Other processes got its work each time: it is tried again, and the first time counts.
      unmet.push(FAILPOINT.replace(/:.*/, ':1'));
      bot?.kill('SIGKILL');
      await bot?.ended;
      anyMoment += 1;
    } else {
      must(how === 'SIGKILL', `the bot ended by itself: ${String(how)}`);
      met += 1;
    }
    killed();
  };
  const atAnyMoment = async (): Promise<void> => {
    const bot = await begin();
    must(bot !== undefined, 'a bot killed itself');
    const how = await Promise.race([bot.ended, pause(random() * 600)]);
    must(how === undefined, `the bot ended by itself: ${String(how)}`);
    bot.kill('SIGKILL');
    await bot.ended;
    anyMoment += 1;
    killed();
  };
  const killer = async (): Promise<void> => {
    while (performance.now() - started < to.mostMs) {
      const point = unmet.shift();
      if (point !== undefined) await atPoint(point);
      else if ((left -= 1) >= 0) await atAnyMoment();
      else return;
    }
  };
  const killers = async (): Promise<void> => {
    await Promise.all(Array.from({ length: AT_ONCE }, killer));
    over = true;
    // The last one lives.
    await begin();
  };
  const wire = createWire(() => up[Math.floor(random() * up.length)]?.url ?? company.url());
  const people = { wire, record: company.record, deals: createDeals(wire, company.record) };
  const players = Array.from({ length: PLAYERS }, () => player(people, () => over)());
  const [, ...played] = await Promise.all([killers(), ...players]);
  must(unmet.length === 0 || performance.now() - started >= to.mostMs, `never met: ${unmet.join(', ')}`);
  const lastKill = performance.now();
  to.quiet?.();
  const quietMs = await drained(company);
  const [tookS, quietS] = [lastKill - started, quietMs].map((ms) => Math.round(ms / 1000));
  const figures = await checked(company, played.flat(), met + anyMoment);
  const names = [...new Set(points.map((point) => point.replace(/:.*/, '')))].join(', ');
  const missed = left > 0 ? `; the machine was too busy for ${left} more` : '';
  return [
    `${met + anyMoment} kills in ${tookS} s: ${met} at the named points (${names}), ${anyMoment} at any moment${missed}; all was sent ${quietS} s after the last`,
    figures,
  ];
};

/** `quiet` is called when only waiting is left. */
const onSqlite = async (form: Form, quiet: () => void): Promise<string[]> => {
  const random = chance(20261125);
  const company = await startCompany();
  try {
    company.api.delayMs = () => random() * 40;
    // Each early, or with much in hand; in the long form both.
    const points = POINTS.flatMap((point, n) => {
      const both = [`${point}:${1 + Math.floor(random() * 2)}`, `${point}:${3 + Math.floor(random() * 3)}`];
      return form === 'long' ? both : both.slice(n % 2, 1 + (n % 2));
    });
    const say = (count: number): void => {
      if (form === 'long' && count % 50 === 0) process.stdout.write(`  ${count} kills\n`);
    };
    return await killing(company, random, {
      points,
      anyMoment: KILLS[form],
      mostMs: MOST_MS[form],
      killed: say,
      quiet,
    });
  } finally {
    await company.end();
  }
};

/** On MongoDB the work after a commit is a separate step. The double is in this process, and outlives its bots. */
const onMongo = async (form: Form): Promise<string[]> => {
  const random = chance(20261127);
  const double = await startMongoDouble();
  const company = await startCompany({ mongodbUri: `${double.address}/kills` });
  try {
    company.api.delayMs = () => random() * 40;
    const alone = await cutOff(company);
    const points = [...POINTS_OF_MONGO[form], ...CUTS].map((point) => `${point}:${1 + Math.floor(random() * 3)}`);
    const anyMoment = form === 'long' ? 50 : 0;
    const mostMs = MOST_MS[form] / 2;
    return ['on the MongoDB double:', alone, ...(await killing(company, random, { points, anyMoment, mostMs }))];
  } finally {
    await company.end();
    await double.close();
  }
};

/** Deals whose process died between two steps of their only commit, and which nobody opens again. */
const cutOff = async (company: Company): Promise<string> => {
  const env = { CLEARTHREAD_ORGANISATION: organisationIn(company), LOG_LEVEL: 'error' };
  const isTold = (customer: string): boolean =>
    company.api.messages.some((m) => m.thread_ts === undefined && JSON.stringify(m.blocks).includes(customer));
  const deals = async (): Promise<number> =>
    (await company.record.store.heads()).filter(({ stream }) => stream.startsWith('D-')).length;
  const customers: string[] = [];
  for (const point of CUTS) {
    const customer = `Customer of ${point}`;
    const values = { ...OPENING, customer };
    const context = { channel: CHANNELS[0], shown: Object.keys(values) };
    const before = await deals();
    // Only in a deal's stream: completing earlier commits has the same steps.
    const bot = await company.start({ ...env, FAILPOINT: `${point}:1:D-` }, FAILPOINT_BOT);
    const gone = await bot.wire.submit(PEOPLE.rep, { form: 'deal.open', context, values }).catch(() => undefined);
    must(gone === undefined || gone.text.includes(MAYBE_SAVED), `${point}: the deal was acknowledged`);
    const how = await Promise.race([bot.ended, pause(UNMET_ALONE_MS)]);
    must(how === 'SIGKILL', `${point} was not met`);
    must((await deals()) === before + 1, `${point}: the deal was not committed`);
    must(!isTold(customer), `${point}: its thread is there already`);
    customers.push(customer);
  }
  const started = performance.now();
  await company.start(env, FAILPOINT_BOT);
  for (const customer of customers) {
    while (!isTold(customer)) {
      must(performance.now() - started < TAKEN_OVER_MS, `nobody projected the deal with ${customer}`);
      await pause(50);
    }
  }
  const listed = await company.record.store.list({ kind: 'deal', limit: 10 });
  must(listed.length === customers.length, `${listed.length} of ${customers.length} deals are in the lists`);
  const s = ((performance.now() - started) / 1000).toFixed(1);
  return `killed between the steps of an append (${CUTS.join(', ')}): another made the rest after ${s} s, and nobody had opened the deals again`;
};

export const kills: Script = {
  name: 'kills',
  proves:
    'A process that is killed at any point loses no acknowledged answer, decides nothing twice and repeats hardly a notice.',
  // The second goes on while the first waits for the work of dead processes.
  run: async (form) => {
    let second: Promise<string[]> | undefined;
    const first = await onSqlite(form, () => {
      second = onMongo(form);
      // A failure is thrown below.
      second.catch(() => {});
    });
    return [...first, ...((await second) ?? [])];
  },
};
