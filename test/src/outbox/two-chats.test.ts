/** One deal in both chats: the real store and outbox between two clouds that each have their own bad days. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, type Organisation } from '../../../flows/organisation.ts';
import { createDeliver } from '../../../src/outbox/deliver.ts';
import { startOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import type { Pace } from '../../../src/outbox/pace.ts';
import { createRender } from '../../../src/outbox/render.ts';
import { createClient } from '../../../src/slack/clients.ts';
import { slackOutlet } from '../../../src/slack/outbound.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { homesOf } from '../../../src/streams/homes.ts';
import { createConnector } from '../../../src/teams/connector.ts';
import { createConversations } from '../../../src/teams/conversations.ts';
import { teamsOutlet } from '../../../src/teams/outbound.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { answer } from '../../support/story.ts';
import { memoryLogger } from '../slack/bot.ts';
import { BOT, startWebApi, TOKEN, type WebApi } from '../slack/web-api.ts';
import {
  CONNECTOR_TOKEN,
  loopbackMode,
  personalChat,
  startBotConnector,
  type BotConnector,
} from '../teams/bot-connector.ts';

const SLACK = 'C0CLEAR';
const TEAMS = '19:clear@thread.tacv2';
const PRODUCT = { id: '00000000-0000-4000-8000-000000000002', user: '29:product', installed: true };

let slack: WebApi;
let teams: BotConnector;
let folder: SqliteFolder;
let store: EventStore;
let deals: Deals;
let outbox: Outbox;
let now: number;
let organisation: Organisation;

/** Long enough for a busy machine; short where Teams hangs. */
const start = (timeoutMs = 3000): void => {
  store = folder.open();
  const logger = memoryLogger();
  const clock = (): Date => new Date(now);
  const policy = aPolicy();
  deals = createDeals({
    store,
    policies: { current: policy, get: async () => policy },
    organisation: () => organisation,
    homes: homesOf(() => organisation, ['slack', 'teams']),
    clock,
    wake: () => outbox.wake(),
  });
  const pace: Pace = (_conversation, _row, write) => write();
  const outlets = [
    slackOutlet({
      client: createClient({ token: TOKEN, apiUrl: slack.url, timeoutMs: 3000, logger }),
      isShared: async () => false,
      store,
      people: (id) => person(organisation, id),
      botId: () => BOT.id,
      pace,
      logger,
    }),
    teamsOutlet({
      connector: createConnector({ token: async () => CONNECTOR_TOKEN, timeoutMs, logger }),
      conversations: createConversations(store),
      store,
      mode: loopbackMode(teams.url),
      organisation: () => organisation,
      pace,
      logger,
    }),
  ];
  const delivering = createDeliver({
    outlets,
    deals,
    clock,
    render: createRender({
      deals,
      registers: registersOn(store, () => organisation, clock),
      organisation: () => organisation,
    }),
    organisation: () => organisation,
    store,
    logger,
  });
  outbox = startOutbox({ store, ...delivering, clock, logger });
};
const restart = async (timeoutMs?: number): Promise<void> => {
  await outbox.stop();
  await store.close();
  start(timeoutMs);
};
/** Moves time on, and waits until everything due by then was tried. */
const after = async (ms: number): Promise<void> => {
  now += ms;
  await outbox.drain();
};
const MINUTE = 60_000;

beforeEach(async () => {
  slack = await startWebApi();
  slack.channels[SLACK] = { members: [BOT.user] };
  slack.channels['D0PRODUCT'] = { members: ['U0PRODUCT1', BOT.user] };
  teams = await startBotConnector();
  teams.places.set(TEAMS, 'channel');
  teams.accounts.push({ ...PRODUCT });
  folder = sqliteFolder();
  now = Date.parse('2027-03-01T09:00:00.000Z');
  const given = anOrganisation({ clearanceChannels: [{ id: SLACK, mirror: TEAMS }] });
  const people = given.people.map((p) => (p.id === 'product-1' ? { ...p, teams: PRODUCT.id } : p));
  organisation = { ...given, people };
  start();
});
afterEach(async () => {
  await outbox.stop();
  await slack.close();
  await teams.close();
  await folder.remove();
});

const opened = async (): Promise<string> => {
  const { details } = aDeal();
  const home = { platform: 'slack' as const, channel: SLACK };
  const outcome = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: 'click' });
  if (outcome.kind !== 'accepted') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const answerScope = (deal: string) =>
  deals.handle(deal, answer('scope', { G1: 'yes' })[1], { actor: 'rep-1', cause: 'scope' });
const handOver = (deal: string, cause = 'hand over') =>
  deals.handle(deal, { type: 'HandOverSection', section: 'product', to: 'product-1' }, { actor: 'rep-1', cause });

const inSlack = (): string[] => slack.messages.filter((m) => m.channel === SLACK).map((m) => m.text.slice(0, 60));
const inTeams = (): string[] => teams.sent.filter((m) => m.conversation === TEAMS).map((m) => m.summary.slice(0, 60));
const problems = async (): Promise<string[]> =>
  (await store.outboxProblems()).map(({ state, error }) => `${state}: ${error}`);

describe('a deal with a mirror', () => {
  it('says the same in both, each under its own root', async () => {
    const deal = await opened();
    await answerScope(deal);
    await handOver(deal);
    await outbox.drain();
    // The deal, its sections, and who got one of them.
    expect(inSlack()).toHaveLength(3);
    expect(inTeams()).toEqual(inSlack());
    const [slackRoot, ...slackReplies] = slack.messages.filter((m) => m.channel === SLACK);
    const [teamsRoot, ...teamsReplies] = teams.sent.filter((m) => m.conversation === TEAMS);
    expect(new Set(slackReplies.map((m) => m.thread_ts))).toEqual(new Set([slackRoot?.ts]));
    expect(new Set(teamsReplies.map((m) => m.thread))).toEqual(new Set([teamsRoot?.id]));
  });

  it('updates both on each change, and posts neither anew', async () => {
    const deal = await opened();
    await outbox.drain();
    const [slackBefore, teamsBefore] = [slack.messages[0]?.text, teams.sent[0]?.summary];
    await answerScope(deal);
    await outbox.drain();
    expect(slack.messages[0]?.text).not.toBe(slackBefore);
    expect(teams.sent[0]?.summary).not.toBe(teamsBefore);
    expect([slack.messages.length, teams.sent.length]).toEqual([2, 2]);
  });

  it('does not wait in Slack while Teams hangs, and catches up in order', async () => {
    await restart(150);
    teams.trouble('POST', 'hang', 'reset', { status: 502 }, { status: 412 });
    const deal = await opened();
    await answerScope(deal);
    await outbox.drain();
    expect(inSlack()).toHaveLength(2);
    expect(teams.sent).toEqual([]);
    expect(await problems()).toEqual(['waiting: no_answer']);
    await restart();
    for (let n = 0; n < 4; n += 1) await after(2 * MINUTE);
    expect(inTeams()).toEqual(inSlack());
    expect(await problems()).toEqual([]);
  });

  it('does not wait in Teams while Slack is down', async () => {
    slack.fail('chat.postMessage', { status: 503 });
    await opened();
    await outbox.drain();
    expect(slack.messages).toEqual([]);
    expect(inTeams()).toHaveLength(2);
  });

  it('waits as long as Teams asks for', async () => {
    teams.trouble('POST', { status: 429, headers: { 'retry-after': '77' } });
    await opened();
    await outbox.drain();
    expect(await store.nextReady()).toBe(new Date(now + 77_000).toISOString());
    await after(76_000);
    expect(teams.sent).toEqual([]);
    await after(1000);
    expect(inTeams()).toEqual(inSlack());
  });

  it('goes on after a restart with the messages that it knows', async () => {
    const deal = await opened();
    await outbox.drain();
    await restart(150);
    teams.trouble('PUT', 'hang');
    await answerScope(deal);
    await outbox.drain();
    await restart();
    await after(2 * MINUTE);
    expect(inTeams()).toEqual(inSlack());
    expect(teams.sent.filter((m) => m.thread === undefined)).toHaveLength(1);
  });

  it('shows the newest when a change meets an update that failed', async () => {
    const deal = await opened();
    await outbox.drain();
    teams.trouble('PUT', { status: 500 });
    await answerScope(deal);
    await outbox.drain();
    await handOver(deal);
    await after(2 * MINUTE);
    expect(inTeams().toSorted()).toEqual(inSlack().toSorted());
    expect(teams.sent[0]?.summary.slice(0, 250)).toBe(slack.messages[0]?.text.slice(0, 250));
  });

  it('goes on in the mirror that the file names by now, with what was owed to the old one', async () => {
    const right = '19:right@thread.tacv2';
    teams.places.set(right, 'channel');
    const deal = await opened();
    await outbox.drain();
    const before = inTeams();
    teams.trouble('PUT', { status: 500 });
    await answerScope(deal);
    await outbox.drain();
    organisation = { ...organisation, clearanceChannels: [{ id: SLACK, mirror: right }] };
    await after(2 * MINUTE);
    await handOver(deal);
    await outbox.drain();
    expect(inTeams()).toEqual(before);
    expect(teams.sent.filter((m) => m.edits > 0 && m.conversation === TEAMS)).toEqual([]);
    const [newRoot, ...replies] = teams.sent.filter((m) => m.conversation === right);
    expect(newRoot?.summary.slice(0, 250)).toBe(slack.messages[0]?.text.slice(0, 250));
    expect(new Set(replies.map((m) => m.thread))).toEqual(new Set([newRoot?.id]));
    expect(replies.some((m) => inSlack().at(-1) === m.summary.slice(0, 60))).toBe(true);
    expect(await problems()).toEqual([]);
  });

  it('goes on in Slack when the channel in Teams is gone, and says so there once', async () => {
    teams.places.delete(TEAMS);
    const deal = await opened();
    await outbox.drain();
    await after(2 * MINUTE);
    // Its card of sections waits for a root that never comes.
    expect(await problems()).toEqual(['failed: conversation_gone', 'waiting: root_missing']);
    await answerScope(deal);
    await outbox.drain();
    for (let n = 0; n < 4; n += 1) await after(60 * MINUTE);
    expect(inSlack().filter((text) => text.includes("can't be shown in Teams"))).toHaveLength(1);
    expect(inSlack()).toHaveLength(3);
  });
});

describe('a colleague', () => {
  const told = (): [string, string][] => [
    ...slack.messages.filter((m) => m.channel === 'D0PRODUCT').map((m): [string, string] => ['slack', m.text]),
    ...teams.sent
      .filter((m) => m.conversation === personalChat(PRODUCT))
      .map((m): [string, string] => ['teams', m.summary]),
  ];
  const wants = (change: { chat?: 'slack' | 'teams'; slack?: undefined }): void => {
    const people = organisation.people.map((p) => (p.id === 'product-1' ? { ...p, ...change } : p));
    organisation = { ...organisation, people };
  };
  const lines = (): string[] => inSlack().filter((text) => text.includes('could not be reached'));

  it('is told once, in the deal’s chat', async () => {
    const deal = await opened();
    await answerScope(deal);
    await handOver(deal);
    await outbox.drain();
    expect(told().map(([chat]) => chat)).toEqual(['slack']);
  });

  it('is told where they want it, with the thread of that chat', async () => {
    wants({ chat: 'teams' });
    const deal = await opened();
    await answerScope(deal);
    await outbox.drain();
    await handOver(deal);
    await outbox.drain();
    expect(told().map(([chat]) => chat)).toEqual(['teams']);
    const card = JSON.stringify(teams.sent.find((m) => m.conversation === personalChat(PRODUCT))?.card);
    expect(card).toContain(`https://teams.microsoft.com/l/message/${encodeURIComponent(TEAMS)}/${teams.sent[0]?.id}`);
  });

  it('is told in Slack when they did not install the bot in Teams', async () => {
    wants({ chat: 'teams' });
    teams.accounts.splice(0, 1, { ...PRODUCT, installed: false });
    const deal = await opened();
    await answerScope(deal);
    await handOver(deal);
    await outbox.drain();
    expect(told().map(([chat]) => chat)).toEqual(['slack']);
    expect(lines()).toEqual([]);
  });

  it('who can be reached nowhere is named in the thread exactly once, through failures and a restart', async () => {
    wants({ slack: undefined });
    teams.accounts.splice(0, 1, { ...PRODUCT, installed: false });
    const deal = await opened();
    await answerScope(deal);
    await outbox.drain();
    // Slack takes the line, and its answer gets lost.
    await handOver(deal);
    slack.fail('chat.postMessage', 'done-then-reset', 'done-then-reset');
    await outbox.drain();
    await restart();
    for (let n = 0; n < 4; n += 1) await after(2 * MINUTE);
    expect(lines()).toHaveLength(1);
    expect(await problems()).toEqual(['failed: person_unreachable']);
    // An operator sends it again after the colleague installed the bot.
    const [failed] = await store.outboxProblems();
    teams.accounts.splice(0, 1, PRODUCT);
    await store.retry(failed?.id ?? '', new Date(now).toISOString(), 'retried');
    await outbox.drain();
    expect(told().map(([chat]) => chat)).toEqual(['teams']);
    expect(lines()).toHaveLength(1);
    expect(await problems()).toEqual([]);
  });
});
