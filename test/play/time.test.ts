/** Time passes, in either chat: recipients, times and number of messages. The whole bot, and the page's time travel. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stoodIn } from '../support/away-deal.ts';
import { openRecord, type DealRecord } from '../support/bad-day.ts';
import { ok } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';
import type { TeamsHand } from '../support/teams-hand.ts';
import {
  approvedWithTwo,
  brokenCondition,
  handedOver,
  isTold,
  keptCondition,
  neglectedSection,
  reassessed,
  START,
  toldOf,
} from '../support/time-deals.ts';

const PARTS = ['rep', 'productManager', 'legalAdviser', 'senior', 'compliance', 'compliance2', 'counsel'] as const;

describe.each(['Slack', 'Teams'] as const)('time in %s', (chat) => {
  let playing: Playing;
  let record: DealRecord;
  let cast: Parameters<typeof stoodIn>[0];
  let root: string;
  const problems: string[] = [];

  beforeAll(async () => {
    const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
    playing = await play({ info: () => {}, warn: note, error: note });
    record = openRecord(playing.dataDir);
    const hands = PARTS.map((part) => [part, chat === 'Slack' ? playing.hand(part) : playing.teamsHand(part)]);
    cast = Object.fromEntries(hands) as unknown as typeof cast;
  });
  afterAll(async () => {
    await record.close();
    await playing.end();
  });
  const travel = (to: string): Promise<void> => playing.travel(to);

  it('brings a reminder, later where asked for, a second one, and then somebody else', async () => {
    await neglectedSection(cast, travel);
  });

  // The browser plays the next three in Slack, by the same steps.
  const here = it.runIf(chat === 'Teams');

  here('holds a condition to its date: done, returned, done again, accepted', async () => {
    root = await approvedWithTwo(cast, travel);
    await keptCondition(cast, root, travel);
  });

  here('says that a condition is overdue, tells others, suspends the approval, and compliance lifts that', async () => {
    await brokenCondition(cast, root, travel);
  });

  here('reminds of a renewal, asks again what was said, and shows approvers just the difference', async () => {
    await reassessed(cast, root, travel);
  });

  it('lets somebody vote for an approver who is away: told, shown on every card, and it stands', async () => {
    await stoodIn(cast, travel, {
      open: async (counsel) => {
        if (chat === 'Slack') return ok(await counsel.say('/deal away'));
        const teams = counsel as TeamsHand;
        ok(await teams.sayIn(await teams.personalChat(), 'away'));
        return ok(await teams.pressDirect('I am away'));
      },
      close: (counsel) => (chat === 'Slack' ? counsel.noView() : counsel.closeView()),
    });
  });

  it('brings one reminder after a sleep of days, through a restart', async () => {
    const customer = 'Sample Sleep Works';
    // A Monday; both reminders are past on the Monday after.
    await travel('2035-09-03T10:00:00.000Z');
    await handedOver(cast, customer);
    await travel('2035-09-10T10:00:00.000Z');
    await isTold(cast.productManager, customer, /Product waits for you/, 1);
    await record.quiet();
    await playing.restart();
    await expect(travel('2035-09-10T10:00:00.000Z')).rejects.toThrow(/only forwards/);
    await travel('2035-09-10T10:10:00.000Z');
    await record.quiet();
    expect((await toldOf(cast.productManager, customer, /Product waits for you/)).length).toBe(1);
    expect((await toldOf(cast.rep, customer, /waits for you/)).length).toBe(1);
  });

  it('leaves no fault in the log', () => {
    // In one process a restart meets old sockets: those first calls fail and are made again.
    const stale = /^slack\.sdk|^outbox\.retry .*"code":"no_answer"/;
    expect(problems.filter((p) => !stale.test(p))).toEqual([]);
  });

  it('starts on a Monday that is to come', () => {
    expect(new Date(START).getUTCDay()).toBe(1);
    expect(Date.parse(START)).toBeGreaterThan(Date.now());
  });
});
