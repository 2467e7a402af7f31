/** Deliveries of the chats, once to five times within an hour, while the two processes are killed and restarted. */

import {
  CLIENT_ID,
  CONNECTOR_TOKEN,
  loopbackMode,
  personalChat,
  startBotConnector,
  TENANT,
} from '../src/teams/bot-connector.ts';
import { startSigning } from '../src/teams/tokens.ts';
import type { Who } from '../src/teams/whole-bot.ts';
import { contextOf, LOW, OPENING, type Sections } from '../support/bad-day-deals.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';
import { FAILPOINT_BOT, startCompany, type BotProcess } from './support/bot-process.ts';
import { createMovedClock, type MovedClock } from './support/clock.ts';
import { createDeliveries, type Delivery, type Place } from './support/deliveries.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { ofItsOwn } from './support/own-sale.ts';
import { chance, must, type Form, type Script } from './support/script.ts';
import { MIN, plan, S, send, TRIES, type Hands, type Planned, type Try } from './support/tries.ts';

/** Rounds of an hour, deliveries in each, deals to vote on and to nudge. */
const SIZES: Record<Form, { rounds: number; each: number; votes: number; nudged: number }> = {
  short: { rounds: 1, each: 80, votes: 2, nudged: 4 },
  long: { rounds: 25, each: 160, votes: 20, nudged: 8 },
};
/** A busy machine gets through fewer rounds: the figure says how many. */
const MOST_MS = { short: 60_000, long: 1_800_000 };
const POINTS = ['request', 'begun', 'said', 'append', 'ack'] as const;
/** Time until a dead process's rows are free. */
const LEASE_MS = 30 * S;
const STUCK_MS = 90_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const AT_ONCE = 6;

const inLanes = async <T>(work: readonly T[], act: (each: T) => Promise<unknown>): Promise<void> => {
  const left = [...work];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
};

const isDone = ({ answered, delivery }: Planned): boolean => answered > 0 && (delivery.seen?.() ?? true);

/** A process that is started again whenever it ends. */
const keepUp = (start: () => Promise<BotProcess>, over: () => boolean, ended: (how: unknown) => void) => {
  const state: { bot: BotProcess | undefined } = { bot: undefined };
  const loop = async (): Promise<void> => {
    while (!over()) {
      state.bot = await start();
      const how = await state.bot.ended;
      state.bot = undefined;
      ended(how);
    }
  };
  return Object.assign(state, { running: loop() });
};

const run = async (form: Form): Promise<string[]> => {
  const random = chance(20261126);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const began = performance.now();
  const { rounds, each, votes, nudged } = SIZES[form];
  const connector = await startBotConnector();
  const times: { clock?: MovedClock } = {};
  const now = (): number => times.clock?.now() ?? Date.now();
  const company = await startCompany({ now });
  const clock = (times.clock = createMovedClock(company.dataDir));
  const signing = await startSigning(
    () => connector.url,
    () => new Date(now()),
  );
  for (const [name, id] of Object.entries(TEAMS_PEOPLE)) {
    connector.accounts.push({ id, user: `29:${name}`, installed: true });
    connector.places.set(personalChat({ id }), 'personal');
  }
  const { token: _, cloud: __, ...mode } = loopbackMode(connector.url);
  const env = {
    CLEARTHREAD_ORGANISATION: organisationIn(company),
    LOG_LEVEL: 'error',
    CLOCK_AHEAD: clock.file,
    TEAMS_CLIENT_ID: CLIENT_ID,
    TEAMS_CLIENT_SECRET: 'sample-client-secret',
    TEAMS_TENANT_ID: TENANT,
    TEAMS_STAND_IN: JSON.stringify({
      ...mode,
      connectorToken: CONNECTOR_TOKEN,
      openIdMetadataUrl: signing.openIdMetadataUrl,
    }),
  };
  let over = false;
  let calm = true;
  let [kills, stops] = [0, 0];
  const failpoint = (): Record<string, string> =>
    calm || random() < 0.25 ? {} : { FAILPOINT: `${any(POINTS)}:${1 + Math.floor(random() * 12)}` };
  const up = [0, 1].map(() =>
    keepUp(
      () => company.start({ ...env, ...failpoint() }, FAILPOINT_BOT),
      () => over,
      (how) => {
        if (over) return;
        if (how === 'SIGKILL') kills += 1;
        else if (how === 0) stops += 1;
        else must(false, `the bot ended with ${String(how)}`);
      },
    ),
  );
  const running = Promise.all(up.map((slot) => slot.running));
  const living = (): BotProcess[] => up.flatMap(({ bot }) => bot ?? []);
  /** Waits until that many processes are up. Throws if one ended unexpectedly. */
  const atLeast = async (count: number): Promise<void> => {
    while (living().length < count) await Promise.race([running, pause(20)]);
  };
  const hands: Hands = { clock, signing, any: () => any(living()) };
  const { api, deals, record, wire } = company;

  /** One delivery of that kind kills its process before it takes effect, and comes again after 15 s. */
  const dies =
    (planned: readonly Planned[]) =>
    async (what: string): Promise<void> => {
      const one = planned.find(({ delivery }) => delivery.what === what);
      must(one !== undefined, `there is not ${what}`);
      const bot = await company.start({ ...env, FAILPOINT: 'begun:1' }, FAILPOINT_BOT);
      must(!(await send(one, 0, false, { ...hands, any: () => bot })), `${what} was answered by the dead`);
      must((await bot.ended) === 'SIGKILL', `${what} did not kill its process`);
      kills += 1;
      one.tries = [{ of: one, at: 15 * S, nth: 1, exact: false, lost: false }];
    };

  const quiet = async (): Promise<void> => {
    let [least, since] = [Infinity, performance.now()];
    for (const end = performance.now() + STUCK_MS; ; await pause(50)) {
      const { owed } = await record.store.outboxBacklog(new Date(now()).toISOString());
      if (owed === 0) return;
      must(performance.now() < end, `${owed} messages are owed and none is sent`);
      if (owed < least) [least, since] = [owed, performance.now()];
      if (performance.now() - since < 1500) continue;
      // The remaining work was that of a dead process.
      clock.move(LEASE_MS);
      since = performance.now();
    }
  };

  const placeOf = async (deal: string): Promise<Place> => {
    const { channel, message } = await record.root(deal);
    return { deal, channel, thread: message };
  };
  let channels = 0;
  const answeredDeal = async (sections: Sections): Promise<string> => {
    const channel = CHANNELS[(channels += 1) % CHANNELS.length] ?? '';
    const context = { channel, shown: Object.keys(OPENING) };
    // Flags raised on the others would be news for a deal whose vote is prepared.
    const values = { ...OPENING, ...ofItsOwn() };
    const { view } = await wire.submit(PEOPLE.rep, { form: 'deal.open', context, values });
    const deal = String(contextOf(view)['deal']);
    for (const [section, values] of Object.entries(sections)) await deals.answer(deal, section, values);
    return deal;
  };

  try {
    await atLeast(2);
    const [toVote, toNudge]: [string[], string[]] = [[], []];
    while (toVote.length < votes) toVote.push(await answeredDeal(LOW));
    while (toNudge.length < nudged) toNudge.push(await answeredDeal(LOW));
    const pages = new Map<string, object>();
    for (const deal of toVote) pages.set(deal, contextOf(await deals.review(PEOPLE.compliance, deal)));
    await quiet();
    let places = await Promise.all([...toVote, ...toNudge].map(placeOf));
    const prepared = new Map(places.map((place) => [place.deal, place]));
    let fresh: Place[] = [];
    const nudges = new Map<string, number>();
    const make = createDeliveries(company, connector);
    const slackUsers = Object.values(PEOPLE).filter((user) => user !== PEOPLE.rep && user !== PEOPLE.guest);
    const whos = Object.keys(TEAMS_PEOPLE) as Who[];
    const readers: readonly Who[] = ['rep', 'compliance', 'compliance2'];
    const used = new Set<string>();
    /** Each person asks only once about a deal: that tells one answer from another. */
    const unused = <T extends string>(people: readonly T[]): [Place, T] | undefined => {
      for (let tries = 0; tries < 40; tries += 1) {
        const [place, who] = [any(places), any(people)];
        const key = `${place.deal} ${who}`;
        if (!used.has(key)) return (used.add(key), [place, who]);
      }
      return undefined;
    };
    const totals = { deliveries: 0, tries: 0, lost: 0, again: 0, doubled: 0, moved: 0 };
    const kinds = new Map<string, number>();
    let done = 0;

    for (; done < rounds && performance.now() - began < MOST_MS[form]; done += 1) {
      const openings = Array.from({ length: Math.round(each / 10) }, () => make.opening(any(CHANNELS)));
      const nudgedNow = toNudge.splice(0, Math.ceil(nudged / 2));
      toNudge.push(...nudgedNow);
      const vote = toVote.splice(0, Math.max(1, Math.ceil(votes / rounds)));
      const placeNow = (deal: string): Place => prepared.get(deal) as Place;
      const flagUsers = [PEOPLE.productManager, PEOPLE.legalAdviser, PEOPLE.senior2, PEOPLE.compliance2, PEOPLE.chief];
      const deliveries: Delivery[] = [
        ...openings,
        ...Array.from({ length: Math.round(each / 20) }, () => make.command(any(CHANNELS))),
        ...fresh.splice(0).map((place) => make.section(place)),
        ...nudgedNow.map((deal) => {
          const before = nudges.get(deal) ?? 0;
          nudges.set(deal, before + 1);
          return make.nudge(placeNow(deal), before);
        }),
        ...vote.map((deal) => make.vote(placeNow(deal), pages.get(deal) ?? {})),
      ];
      // A flag would void the votes that are prepared.
      const flaggable = places.filter(({ deal }) => !pages.has(deal));
      while (deliveries.length < each) {
        const which = random();
        const asked = which < 0.3 ? unused(slackUsers) : which < 0.5 ? unused(readers) : undefined;
        if (asked && which < 0.3) deliveries.push(make.mention(asked[0], asked[1]));
        else if (asked) deliveries.push(make.said(asked[0], asked[1] as Who));
        else if (which < 0.7) deliveries.push(make.flag(any(flaggable), any(flagUsers)));
        else deliveries.push(make.teamsFlag(any(flaggable), any(whos), which < 0.85 ? 'message' : 'dialog'));
      }
      const planned = deliveries.map((delivery) => plan(delivery, random));

      if (done === 0)
        await Promise.all(
          ['a mention in Slack', 'words in Teams', 'a card sent as a message in Teams'].map(dies(planned)),
        );
      calm = false;
      let before = 0;
      for (const at of TRIES) {
        if (at > before) {
          await quiet();
          clock.move(at - before);
          totals.moved += at - before;
        }
        before = at;
        await atLeast(random() < 0.1 ? 0 : 1);
        const due = planned.flatMap(({ tries }) => [tries.filter((one) => one.at === at)]).filter((d) => d.length > 0);
        const attempt = async ({ of, nth, exact, lost }: Try): Promise<void> => {
          totals.tries += 1;
          if (lost) totals.lost += 1;
          else await send(of, nth, exact, hands);
        };
        const breaking = async (): Promise<void> => {
          if (random() < 0.3) return;
          await pause(random() * 150);
          // Now and then both at once, and a delivery meanwhile fails.
          const hit = random() < 0.2 ? living() : living().slice(0, 1);
          for (const bot of hit) bot.kill(random() < 0.7 ? 'SIGKILL' : 'SIGTERM');
        };
        await Promise.all([
          breaking(),
          inLanes(due, async (together) => {
            // At the same moment, or one after the other.
            if (random() < 0.3) await Promise.all(together.map((one) => attempt({ ...one, exact: false })));
            else for (const one of together) await attempt(one);
          }),
        ]);
      }
      // Those without an answer try once more.
      await inLanes(planned, async (one) => {
        for (const end = performance.now() + STUCK_MS; !isDone(one); await pause(300)) {
          must(performance.now() < end, `nobody took ${one.delivery.what}`);
          totals.again += 1;
          await send(one, one.tries.length + totals.again, false, hands);
        }
      });
      calm = true;
      await atLeast(2);
      await quiet();

      for (const { delivery, cut } of planned) {
        const { once, told } = await delivery.effect();
        must(once === 1, `${delivery.what} took effect ${once} times: ${delivery.body(0).slice(0, 400)}`);
        must(told > 0, `${delivery.what} took effect, and nobody was told: ${delivery.body(0).slice(0, 400)}`);
        must(told === 1 || cut > 0, `${delivery.what} was answered ${told} times: ${delivery.body(0).slice(0, 400)}`);
        totals.doubled += told - 1;
        kinds.set(delivery.what, (kinds.get(delivery.what) ?? 0) + 1);
      }
      totals.deliveries += planned.length;
      const opened = await Promise.all(openings.map(async (o) => placeOf((await o.opened()) ?? '')));
      fresh = opened;
      places = [...places.slice(-60), ...opened];
      if (form === 'long') {
        const minutes = ((performance.now() - began) / MIN).toFixed(1);
        process.stdout.write(`  round ${done + 1} of ${rounds}: ${kills} kills, ${stops} stops, ${minutes} min\n`);
      }
    }

    const posted = new Map<string, number>();
    for (const { metadata, channel } of api.messages) {
      const { notice } = (metadata as { event_payload: { notice: string } }).event_payload;
      posted.set(`${channel} ${notice}`, (posted.get(`${channel} ${notice}`) ?? 0) + 1);
    }
    const repeats = [...posted.values()].reduce((sum, n) => sum + n - 1, 0);
    must(
      repeats + totals.doubled <= kills,
      `${repeats} notices and ${totals.doubled} answers twice after ${kills} kills`,
    );
    must(totals.lost > 0 && kills > 0, 'nothing was broken');
    const verified = await record.store.verify();
    must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);
    must((await record.store.outboxProblems()).length === 0, 'some messages did not arrive');
    over = true;
    return [
      `${totals.deliveries} deliveries, each up to five times within an hour, in ${done === 1 ? 'one round' : `${done} rounds`} (${[...kinds].map(([what, n]) => `${n} × ${what}`).join(', ')})`,
      `${totals.tries} tries and ${totals.again} more where none was answered, ${totals.lost} first tries lost; ${kills} kills and ${stops} stops of two processes`,
      `each took effect once; ${totals.doubled} answers and ${repeats} of ${posted.size} notices stand there twice`,
    ];
  } finally {
    over = true;
    await company.end();
    await running.catch(() => {});
    clock.close();
    await signing.close();
    await connector.close();
  }
};

export const repeats: Script = {
  name: 'repeats',
  proves:
    'What is delivered up to five times within an hour, across kills and restarts, takes effect once, and is not lost.',
  run,
};
