/** Commands on the real store: durable, once for each cause, one winner, and a restart that forgets nothing. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Home } from '../../../flows/deal/deal.ts';
import { createLiveCard, createRender } from '../../../src/outbox/render.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { privateLane } from '../../../src/streams/notice-rows.ts';
import type { ThreadPlace } from '../../../src/streams/places.ts';
import type { EventStore, OutboxRow } from '../../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { answer, voteOf } from '../../support/story.ts';

const policy = aPolicy();
const NOW = '2027-03-01T09:00:00.000Z';
let folder: SqliteFolder;
let store: EventStore;
let deals: Deals;
let now = NOW;
let woken = 0;

const own = (home: Home): ThreadPlace[] => [{ home }];
const MIRROR: Home = { platform: 'teams', channel: '19:clear@thread.tacv2' };
const mirrored = (home: Home): ThreadPlace[] => [{ home }, { home: MIRROR, mirror: 'teams' }];

/** Whole streams that were read. */
let readings = 0;

const start = (homes = own): void => {
  store = folder.open();
  readings = 0;
  deals = createDeals({
    store: {
      ...store,
      read: (...asked) => {
        readings += 1;
        return store.read(...asked);
      },
    },
    policies: { current: policy, get: async () => policy },
    organisation: () => anOrganisation(),
    homes,
    clock: () => new Date(now),
    wake: () => {
      woken += 1;
    },
  });
};

const renderer = () =>
  createRender({ deals, registers: registersOn(store, anOrganisation), organisation: anOrganisation });

beforeEach(() => {
  folder = sqliteFolder();
  woken = 0;
  now = NOW;
  start();
});
afterEach(async () => {
  await store.close();
  await folder.remove();
});

const OPEN = {
  type: 'OpenDeal' as const,
  home: { platform: 'slack' as const, channel: 'C0CLEAR' },
  details: aDeal().details,
};
const opened = async (cause = 'view:V1'): Promise<string> => {
  const outcome = await deals.open(OPEN, { actor: 'rep-1', cause });
  if (outcome.kind !== 'accepted') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const say = (deal: string, actor: string, command: DealCommand, cause: string) =>
  deals.handle(deal, command, { actor, cause });

const answerAll = async (deal: string): Promise<void> => {
  await say(deal, 'rep-1', answer('scope', { G1: 'yes' })[1], 'a1');
  await say(deal, 'rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1], 'a2');
  await say(deal, 'rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1], 'a3');
};

describe('a clock that steps back', () => {
  it('dates no commit before the one that it follows, after a restart too', async () => {
    const deal = await opened();
    await answerAll(deal);
    now = '2027-02-27T09:00:00.000Z';
    await say(deal, 'senior-1', { type: 'RaiseFlag', title: 'Something worries me here.' }, 'f1');
    await store.close();
    start();
    await say(deal, 'senior-2', { type: 'RaiseFlag', title: 'Something worries me, too.' }, 'f2');
    now = '2027-03-02T09:00:00.000Z';
    await say(deal, 'counsel-1', { type: 'RaiseFlag', title: 'And me as well, today.' }, 'f3');
    const times = (await store.read(deal)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(times.slice(-3)).toEqual([NOW, NOW, now]);
    const flags = (await deals.view(deal))?.deal.ownFlags.map(({ at }) => at);
    expect(flags).toEqual([NOW, NOW, now]);
  });
});

describe('a deal on the store', () => {
  it('opens once for each cause, under a readable id', async () => {
    const [a, again, b] = [await opened('view:V1'), await opened('view:V1'), await opened('view:V2')];
    expect(a).toMatch(/^D-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(again).toBe(a);
    expect(b).not.toBe(a);
    expect((await store.read(a)).length).toBe(1);
    expect(woken).toBe(2);
  });

  it('answers a repeated cause as the first time, even where it would be refused now', async () => {
    const deal = await opened();
    await answerAll(deal);
    const view = await deals.view(deal);
    if (!view) throw new Error('no view');
    const first = await say(deal, 'compliance-1', voteOf(view), 'vote');
    const repeat = await say(deal, 'compliance-1', voteOf(view), 'vote');
    const another = await say(deal, 'compliance-1', voteOf(view), 'vote again');
    expect([first.kind, repeat.kind, another.kind]).toEqual(['accepted', 'accepted', 'refused']);
    expect(repeat.kind === 'accepted' && repeat.events.map((e) => e.type)).toEqual(['VoteCast', 'StepCompleted']);
  });

  it('stores an edit that is sent again under the same cause, once for each wording', async () => {
    const deal = await opened();
    await say(deal, 'rep-1', answer('scope', { G1: 'yes' })[1], 'a1');
    const [first, edited] = [
      answer('product', { P1: 'no', P2: 'no', P4: 'common', 'H-RF1': 'yes' })[1],
      answer('product', { P1: 'yes', P2: 'no', P4: 'common' })[1],
    ];
    const p1 = async () => (await deals.view(deal))?.deal.answers['product']?.['P1']?.value;
    await say(deal, 'rep-1', first, 'view:V9');
    await say(deal, 'rep-1', first, 'view:V9');
    expect((await store.read(deal)).length).toBe(3);
    await say(deal, 'rep-1', edited, 'view:V9');
    await say(deal, 'rep-1', edited, 'view:V9');
    expect([await p1(), (await store.read(deal)).length]).toEqual(['yes', 4]);
  });

  it('lets two honest approvers press at once: both count', async () => {
    const deal = await opened();
    await answerAll(deal);
    const first = await deals.view(deal);
    if (first) await say(deal, 'compliance-1', voteOf(first), 'c');
    const view = await deals.view(deal);
    if (!view) throw new Error('no view');
    const both = await Promise.all([
      say(deal, 'senior-1', voteOf(view), 's'),
      say(deal, 'counsel-1', voteOf(view), 'k'),
    ]);
    expect(both.map((o) => o.kind)).toEqual(['accepted', 'accepted']);
    expect((await deals.view(deal))?.deal).toMatchObject({ status: 'decided', decision: { outcome: 'approved' } });
  });

  it('forgets nothing in a restart', async () => {
    const deal = await opened();
    await answerAll(deal);
    const before = (await deals.view(deal))?.deal;
    await store.close();
    start();
    expect((await deals.view(deal))?.deal).toEqual(before);
  });

  it('tells of a deal that is not there', async () => {
    expect(await say('D-NONE00', 'rep-1', { type: 'Nudge' }, 'x')).toMatchObject({
      kind: 'refused',
      refusal: { code: 'unknown deal' },
    });
    expect(await deals.view('D-NONE00')).toBeUndefined();
  });
});

const LEASE = 20_000;
/** Everything that is owed, lane by lane. */
const owed = async (): Promise<OutboxRow[]> => {
  const all: OutboxRow[] = [];
  for (;;) {
    const rows = await store.claim(NOW, LEASE, 50);
    if (rows.length === 0) return all;
    for (const row of rows) {
      all.push(row);
      await store.settle(row.id, row.version);
    }
  }
};
const shown = async (rows: readonly OutboxRow[]): Promise<string[]> => {
  const render = renderer();
  const messages = await Promise.all(rows.map(render));
  return messages.map((m) => (m ? `${m.where.to} ${m.key.replace(/^.*-(\d+)(?=@|$)/, 'fact')}` : 'nothing'));
};

describe('what the outbox renders', () => {
  it('shows live cards as they are, and facts as of their commit', async () => {
    const deal = await opened();
    await answerAll(deal);
    expect((await shown(await owed())).sort()).toEqual(
      [
        'channel root',
        // A look at the private messages is no message.
        'nothing',
        'person fact',
        'thread answers',
        'thread fact',
        'thread review:1:0',
      ].sort(),
    );
    expect((await store.outboxProblems()).length).toBe(0);
  });

  it('owes a mirrored thread its notices in each place, in a lane of its own, and a person theirs once', async () => {
    await store.close();
    start(mirrored);
    const deal = await opened();
    await answerAll(deal);
    const rows = await owed();
    const lane = (name: string): OutboxRow[] => rows.filter((row) => row.lane === name);
    const [here, there] = [lane(`thread:${deal}`), lane(`thread:${deal}@teams`)];
    expect(there.map((row) => row.id)).toEqual(here.map((row) => `${row.id}@teams`));
    expect(await shown(there)).toEqual((await shown(here)).map((line) => `${line}@teams`));
    expect(lane('person:compliance-1').length).toBe(1);
    expect(lane(privateLane(deal)).length).toBe(1);
    expect(rows.length).toBe(here.length * 2 + 2);
    const render = renderer();
    const homes = await Promise.all([here, there].map(async ([row]) => row && (await render(row))?.home));
    expect(homes).toEqual([OPEN.home, MIRROR]);
    const same = await Promise.all([here, there].map(async ([row]) => row && (await render(row))?.card({})));
    expect(same[0]).toEqual(same[1]);
  });

  it('still renders rows that were written before there were mirrors', async () => {
    const deal = await opened();
    const live = { id: `live:${deal}:root`, kind: 'live' as const, lane: `thread:${deal}`, notice: { card: 'root' } };
    const message = await renderer()({ ...live, stream: deal, version: 1, attempts: 0 });
    expect(message).toMatchObject({ key: 'root', home: OPEN.home, where: { to: 'channel' } });
  });

  it('names whoever has something to fill in on a card', async () => {
    const deal = await opened();
    const render = renderer();
    const viewers = async (card: Record<string, string | number>): Promise<readonly string[] | undefined> => {
      const row = { id: 'x', kind: 'live' as const, lane: 'x', stream: deal, version: 1, attempts: 0, notice: card };
      return (await render(row))?.viewers;
    };
    const scope = { card: 'section', section: 'scope' };
    const product = { card: 'section', section: 'product' };
    const review = (round: number, step: number) => ({ card: 'review', round, step });
    expect(await viewers(scope)).toEqual(['rep-1']);
    await say(deal, 'rep-1', answer('scope', { G1: 'yes' })[1], 'a1');
    await say(deal, 'rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' }, 'h');
    expect([await viewers(scope), await viewers(product), await viewers({ card: 'root' })]).toEqual([
      [],
      ['product-1'],
      [],
    ]);
    await say(deal, 'product-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1], 'a2');
    await say(deal, 'rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1], 'a3');
    expect([await viewers(product), await viewers(review(1, 0)), await viewers(review(1, 1))]).toEqual([
      [],
      ['compliance-1'],
      [],
    ]);
    const view = await deals.view(deal);
    if (view) await say(deal, 'compliance-1', voteOf(view), 'v');
    expect([await viewers(review(1, 0)), await viewers(review(1, 1)), await viewers(review(0, 1))]).toEqual([
      [],
      ['senior-1', 'senior-2', 'counsel-1'],
      [],
    ]);
  });

  it('keeps names and answers out of the rows', async () => {
    const deal = await opened();
    await say(deal, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'CANARY reason' }, 'r');
    const rows = await store.claim(NOW, LEASE, 50);
    expect(JSON.stringify(rows)).not.toContain('CANARY');
  });
});

describe('a deal as of a commit', () => {
  const allOf = async (deal: string, upTo: number) => {
    const all = [];
    for (let version = 1; version <= upTo; version += 1) all.push(await deals.viewAt(deal, version));
    return all;
  };

  it('is the same from memory, from the last snapshot and from the commits, which are read only where they must', async () => {
    const deal = await opened();
    await answerAll(deal);
    expect(readings).toBe(0);
    const remembered = await allOf(deal, 4);
    expect(readings).toBe(0);

    await store.close();
    start();
    const last = await deals.viewAt(deal, 4);
    expect(readings).toBe(0);
    const replayed = await allOf(deal, 3);
    expect(readings).toBe(3);
    expect([...replayed, last]).toEqual(remembered);
    expect(last?.notices.length).toBeGreaterThan(0);

    expect(await allOf(deal, 3)).toEqual(replayed);
    expect(readings).toBe(3);
  });

  it('is nothing where another bot erased it', async () => {
    const deal = await opened();
    await answerAll(deal);
    expect((await allOf(deal, 4)).every((found) => found !== undefined)).toBe(true);
    const other = folder.open();
    await other.erase(deal);
    await other.close();
    expect(await allOf(deal, 4)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a live card by its key', () => {
  it('is the one that the outbox sends', async () => {
    const deal = await opened();
    await answerAll(deal);
    const render = renderer();
    const byKey = createLiveCard(deals);
    const live = (await owed()).filter((row) => row.kind === 'live' && row.lane !== privateLane(deal));
    for (const row of live) {
      const message = await render(row);
      expect(message && (await byKey(deal, message.key))).toEqual(message?.card({}));
    }
    expect(live.length).toBe(3);
  });

  it.each(['', 'root:1', 'section:', 'section:none', 'review:1', 'review:x:0', 'n-1', 'root@teams'])(
    'is nothing for %j',
    async (key) => {
      expect(await createLiveCard(deals)(await opened(), key)).toBeUndefined();
    },
  );

  it('is nothing for a deal that is not there', async () => {
    expect(await createLiveCard(deals)('D-NONE00', 'root')).toBeUndefined();
  });
});
