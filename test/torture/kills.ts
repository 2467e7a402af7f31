/** Whole deals, while the process is killed again and again: at named points, and at any moment. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MAYBE_SAVED } from '../../src/edge-words.ts';
import type { Answer, RawValues } from '../support/bad-day.ts';
import { contextOf, LOW, OPENING } from '../support/bad-day-deals.ts';
import { PEOPLE } from '../support/playing.ts';
import { ROOT, startCompany, type BotProcess, type Company } from './support/bot-process.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const POINTS = ['request', 'append', 'ack', 'claim', 'send', 'sent', 'settle', 'settled'] as const;
const FAILPOINT_BOT = join(ROOT, 'test/torture/support/failpoint-bot.mjs');
const PLAYERS = 2;
/** Kills at any moment, beside two at each named point. A busy machine manages fewer: the figure says how many. */
const KILLS = { short: 100, long: 1000 };
const MOST_MS = { short: 50_000, long: 3_600_000 };
/** A point that is not met is a kill at any moment. */
const UNMET_MS = 8000;
/** Between two deals of one player, so that what is owed can follow. */
const BETWEEN_MS = 1000;
/** Nothing was taken, or sent, for so long. */
const STUCK_MS = 120_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Played {
  deal: string;
  sections: string[];
  decided: boolean;
}

/** Somebody who presses again until it is said that it was taken, as people do. */
const player = ({ wire, deals, record }: Company, over: () => boolean) => {
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
    const { text } = await submit('deal.review', contextOf(page), {}, PEOPLE.compliance);
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

const run = async (form: Form): Promise<string[]> => {
  const random = chance(20261125);
  const company = await startCompany();
  try {
    company.api.delayMs = () => random() * 40;
    const env = { CLEARTHREAD_ORGANISATION: organisationIn(company), LOG_LEVEL: 'error' };
    const start = (more: Record<string, string> = {}): Promise<BotProcess> =>
      company.start({ ...env, ...more }, FAILPOINT_BOT);
    const started = performance.now();
    const failpoints = POINTS.flatMap((point) => [
      `${point}:${1 + Math.floor(random() * 2)}`,
      `${point}:${3 + Math.floor(random() * 3)}`,
    ]);
    let met = 0;
    let anyMoment = 0;
    let over = false;
    const kill = async (bot: BotProcess, afterMs: number): Promise<void> => {
      const first = await Promise.race([bot.ended, pause(afterMs)]);
      if (first === 'SIGKILL') met += 1;
      else {
        must(first === undefined, `the bot ended by itself: ${String(first)}`);
        bot.kill('SIGKILL');
        await bot.ended;
        anyMoment += 1;
      }
    };
    const killer = async (): Promise<void> => {
      for (const FAILPOINT of failpoints) await kill(await start({ FAILPOINT }), UNMET_MS);
      while (anyMoment < KILLS[form] && performance.now() - started < MOST_MS[form]) {
        await kill(await start(), random() * 600);
      }
      over = true;
      // The last one lives.
      await start();
    };
    const players = Array.from({ length: PLAYERS }, () => player(company, () => over)());
    const [, ...played] = await Promise.all([killer(), ...players]);
    const owed = async (): Promise<number> => (await company.record.store.outboxBacklog(new Date().toISOString())).owed;
    const lastKill = performance.now();
    let left = await owed();
    for (let since = Date.now(); left > 0; await pause(200)) {
      const now = await owed();
      if (now < left) since = Date.now();
      left = now;
      must(Date.now() - since < STUCK_MS, `${left} messages are owed and none is sent`);
    }
    const quietS = Math.round((performance.now() - lastKill) / 1000);
    const figures = await checked(company, played.flat(), met + anyMoment);
    return [
      `${met + anyMoment} kills: ${met} at the named points (${POINTS.join(', ')}), ${anyMoment} at any moment; all was sent ${quietS} s after the last`,
      figures,
    ];
  } finally {
    await company.end();
  }
};

export const kills: Script = {
  name: 'kills',
  proves:
    'A process that is killed at any point loses no acknowledged answer, decides nothing twice and repeats hardly a notice.',
  run,
};
