/** Continuous deployments: two bot processes are replaced one after the other, again and again, while people work. */

import { readFileSync } from 'node:fs';
import type { DealEvent } from '../../flows/deal/events.ts';
import type { Notice } from '../../flows/deal/telling/notices.ts';
import { dealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { readOrganisationText } from '../../src/config/organisation-file.ts';
import { defaultPolicy } from '../flows/policy/deals.ts';
import { contextOf, declared, createDeals, LOW } from '../support/bad-day-deals.ts';
import { PEOPLE } from '../support/playing.ts';
import { asksLost, type OwedNotice } from './support/asks-left.ts';
import { answerSection, drained, openIn, pause, submit, type Work } from './support/at-work.ts';
import { balancing } from './support/balancer.ts';
import { FAILPOINT_BOT, startCompany, type BotProcess, type Company } from './support/bot-process.ts';
import { changer, checkCards, openChanging } from './support/changing.ts';
import { onEachEngine } from './support/engines.ts';
import { CHANNELS, organisationIn } from './support/many-channels.ts';
import { must, type Form, type Script } from './support/script.ts';
import { takenOver } from './support/taken-over.ts';

/** Without a failpoint it is the bot at a Slack that takes twenty times as much. */
const DEPLOYS = { short: 4, long: 100 };
/** A busy machine manages fewer: the figure says how many. */
const MOST_MS = { short: 25_000, long: 600_000 };
/** Duration of the quick changes to one deal. */
const CHANGING_MS = { short: 4000, long: 60_000 };
const PLAYERS = 3;
/** Pause of one player between deals. Each person may be told something once a second. */
const DEAL_EVERY_MS = 5000;
const MOST_STOP_MS = 10_000;
/** Longer for a review, whose pages are requested one by one. */
const STUCK_MS = 60_000;

/** Deals from the first question to the decision. */
const player = async (work: Work, number: number): Promise<void> => {
  const deals = createDeals(work.wire, work.company.record);
  for (let n = number; !work.over(); n += PLAYERS) {
    const next = performance.now() + DEAL_EVERY_MS;
    const deal = await openIn(work, CHANNELS[1 + (n % (CHANNELS.length - 1))] ?? '');
    for (const [section, values] of Object.entries(LOW)) await answerSection(work, deal, section, values);
    let page: Awaited<ReturnType<typeof deals.review>> | undefined;
    for (const end = Date.now() + STUCK_MS; page === undefined; work.again += page ? 0 : 1) {
      must(Date.now() < end, 'in a minute nobody opened a review');
      page = await deals.review(PEOPLE.compliance, deal).catch((error: unknown) => {
        must(!String(error).includes('not taken: 5'), String(error));
        return undefined;
      });
    }
    const { answer, cause } = await submit(work, 'deal.review', contextOf(page), declared(page), PEOPLE.compliance);
    must(answer.text === '', `the vote was not counted: ${answer.text}`);
    work.acknowledged.push({ deal, type: 'VoteCast', cause });
    await pause(Math.max(0, next - performance.now()));
  }
};

const checkAnswers = async ({ record }: Company, { acknowledged }: Work): Promise<number> => {
  const decided = new Set<string>();
  for (const { deal, type, cause } of acknowledged) {
    const kept = (await record.store.byCause(deal, cause))?.body.events as unknown as DealEvent[] | undefined;
    must(kept?.[0]?.type === type, `${type} of ${deal} was acknowledged, and kept is ${kept?.[0]?.type}`);
    if (type === 'VoteCast') decided.add(deal);
  }
  for (const deal of decided) {
    const types = await record.types(deal);
    const times = types.filter((type) => type === 'DealDecided').length;
    must(times === 1, `${deal} was decided ${times} times`);
  }
  const verified = await record.store.verify();
  must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);
  return decided.size;
};

/** The deals that the list of votes shows to a person. */
const listedFor = async ({ record }: Company, person: PersonId): Promise<readonly string[]> =>
  ((await record.store.conversation(`calls-shown:person:${person}`)) as { deals: string[] } | undefined)?.deals ?? [];

/** How many are owed, and how many of them were settled before they were sent. */
const checkNotices = async (company: Company, organisationFile: string): Promise<{ owed: number; settled: number }> => {
  const { record, api } = company;
  const organisation = readOrganisationText(readFileSync(organisationFile, 'utf8'), 'organisation.yml');
  const lists = new Map<PersonId, readonly string[]>();
  for (const { id } of organisation.people) lists.set(id, await listedFor(company, id));
  must((await record.store.outboxProblems()).length === 0, 'some messages had trouble');
  const posted = new Map<string, number>();
  for (const { metadata } of api.messages) {
    const { notice } = (metadata as { event_payload: { notice: string } }).event_payload;
    posted.set(notice, (posted.get(notice) ?? 0) + 1);
  }
  for (const [notice, times] of posted) must(times === 1, `${notice} was posted ${times} times`);
  let [owed, settled] = [0, 0];
  for (const { stream } of await record.store.heads()) {
    if (!stream.startsWith('D-')) continue;
    const privately: OwedNotice[] = [];
    for (const { body } of await record.store.read(stream)) {
      for (const notice of body.notices as unknown as Notice[]) {
        // A look at the private messages is no message of its own.
        if (notice.kind === 'live' && notice.live.card === 'private') continue;
        const { id } = notice;
        owed += 1;
        if (notice.kind === 'fact' && notice.target.to === 'person')
          privately.push({ id, fact: notice.fact, person: notice.target.person, posted: posted.has(id) });
        else must(posted.has(id), `${id} of ${stream} was not delivered`);
      }
    }
    const state = await record.state(stream);
    must(state.status !== 'none', `${stream} is no deal`);
    const view = dealView(state, defaultPolicy, organisation, new Date().toISOString());
    const lost = asksLost(view, privately, (person) => lists.get(person)?.includes(stream) ?? false);
    must(lost.length === 0, lost.join('\n'));
    settled += privately.filter((one) => !one.posted).length;
  }
  return { owed, settled };
};

const rolledOn = async (form: Form, company: Company): Promise<string[]> => {
  const organisationFile = organisationIn(company);
  const env = { CLEARTHREAD_ORGANISATION: organisationFile };
  company.api.delayMs = () => Math.random() * 60;
  const bots: BotProcess[] = [await company.start(env), await company.start(env)];
  const { wire, refused } = balancing(() => bots);
  const started = performance.now();
  const stops: number[] = [];
  const over = (): boolean => stops.length >= DEPLOYS[form] || performance.now() - started > MOST_MS[form];
  const work: Work = { company, wire, over, acknowledged: [], again: 0 };
  const hot = await openChanging(work, CHANNELS[0] ?? '');

  const replace = async (slot: number): Promise<void> => {
    const old = bots[slot];
    if (!old) return;
    const asked = performance.now();
    old.kill('SIGTERM');
    const how = await old.ended;
    stops.push(performance.now() - asked);
    must(how === 0, `a bot ended with ${how}`);
    bots[slot] = await company.start(env);
  };
  const deploys = async (): Promise<void> => {
    for (let n = 0; !over(); n += 1) await replace(n % bots.length);
  };
  const players = Array.from({ length: PLAYERS }, (_, n) => player(work, n));
  await Promise.all([deploys(), changer(work, hot, { everyMs: () => 150, details: 20 }), ...players]);
  const seconds = Math.round((performance.now() - started) / 1000);
  const quietMs = await drained(company);
  const worst = Math.max(...stops);
  must(worst < MOST_STOP_MS, `a bot took ${Math.round(worst)} ms to end`);

  const decided = await checkAnswers(company, work);
  const { owed, settled } = await checkNotices(company, organisationFile);
  const updates = await checkCards(company, hot);
  return [
    `${stops.length} times one of two processes was replaced, in ${seconds} s; each ended with 0, the slowest in ${(worst / 1000).toFixed(1)} s`,
    `${work.acknowledged.length} answers acknowledged, none lost; ${decided} deals decided, once each; ${refused()} requests went to the other process, ${work.again} were pressed again; none was answered with a 5xx`,
    `${owed} notices owed, all delivered ${(quietMs / 1000).toFixed(1)} s after the last deploy but ${settled} that were over or in a list by then, none of them twice; ${updates} showings of two cards that changed all the time, the root never backwards`,
  ];
};

/** Quick changes to one deal, made and shown by both. */
const changedOn = async (form: Form, company: Company): Promise<string[]> => {
  company.api.delayMs = () => Math.random() * 60;
  const env = { CLEARTHREAD_ORGANISATION: organisationIn(company) };
  const bots = [await company.start(env, FAILPOINT_BOT), await company.start(env, FAILPOINT_BOT)];
  let end = Infinity;
  const { wire } = balancing(() => bots);
  const work: Work = { company, wire, over: () => performance.now() > end, acknowledged: [], again: 0 };
  const deal = await openChanging(work, CHANNELS[0] ?? '');
  end = performance.now() + CHANGING_MS[form];
  // In bursts: while one process is at the cards, the other has no turn.
  await changer(work, deal, { everyMs: () => Math.random() * 600, details: 2 });
  await drained(company);
  const updates = await checkCards(company, deal);
  const by = bots.map(
    (bot) => bot.lines().filter((line) => line['event'] === 'outbox.delivered' && line['stream'] === deal).length,
  );
  must(
    updates > CHANGING_MS[form] / 1000 && Math.min(...by) > 0,
    `${updates} showings by ${by.join(' and ')} show little`,
  );
  return [
    `${work.acknowledged.length} quick changes to one deal: ${updates} showings of its two cards (the processes sent ${by.join(' and ')} of its messages), never backwards, and the last shows the newest`,
  ];
};

const run: Script['run'] = async (form) => {
  const company = await startCompany();
  // They wait most of the time.
  const takeovers = Promise.allSettled([takenOver('SQLite'), takenOver('the MongoDB double')]);
  try {
    const rolled = await onEachEngine((each) => rolledOn(form, each));
    const changed = await changedOn(form, company);
    const taken = (await takeovers).map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    return [...rolled, ...changed, ...taken];
  } finally {
    await takeovers;
    await company.end();
  }
};

export const rolling: Script = {
  name: 'rolling',
  proves:
    'While two bots are replaced again and again, or one is killed, no answer is lost, no notice repeated, and no card goes back.',
  run,
};
