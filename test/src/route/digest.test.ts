/** Digests end to end without a chat: requested, made when due, their recipients, and the effect of their buttons. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import type { Message } from '../../../src/outbox/delivery.ts';
import { createRender } from '../../../src/outbox/render.ts';
import { verifyLog } from '../../../store/log/verify-log.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const MONDAY = '2027-03-08T09:00:00.000Z';
const organisation = anOrganisation({
  digests: [
    { channel: 'C0COMPLY', schedule: '0 9 * * 1', timeZone: 'UTC' },
    { schedule: '0 9 * * 1', timeZone: 'UTC' },
  ],
});

let at: AtDesk;
beforeEach(async () => {
  at = atDesk({ organisation });
  await at.digests.startAll();
});
afterEach(() => at.end());

interface Sent {
  name: string;
  where: Message['where'];
  channel: string;
  card: Card;
  text: string;
  bulk: boolean | undefined;
}
/** The digests' outbox rows, as they would be sent. */
const owed = async (): Promise<Sent[]> => {
  const { deals, registers } = at.desk;
  const render = createRender({
    deals,
    registers: {
      said: (row, read) => (row.stream.startsWith('register:digest:') ? at.digests : registers).said(row, read),
    },
    organisation: () => organisation,
  });
  const sent: Sent[] = [];
  for (;;) {
    const rows = await at.store.claim('2027-12-01T00:00:00.000Z', 1000, 50);
    if (rows.length === 0) return sent;
    for (const row of rows) {
      const message = await render(row);
      await at.store.settle(row.id, row.version);
      if (!message || !row.stream.startsWith('register:digest:')) continue;
      const card = message.card({});
      sent.push({
        name: `${row.stream}/${row.version}`,
        where: message.where,
        channel: message.home.channel,
        card,
        text: plain(card),
        bulk: row.bulk,
      });
    }
  }
};
const words = (person: string, said: string): Promise<Reply> =>
  at.ask(person, { kind: 'words', words: said, canOpen: true }, SLACK);
const said = (reply: Reply): string => (reply.kind === 'tell' ? plain(reply.card) : JSON.stringify(reply));
const press = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, SLACK);
const shown = (reply: Reply): string => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return plain({ blocks: reply.form.blocks.filter((b) => b.kind !== 'input') });
};
const button = (card: Card, label: string | RegExp): string => {
  const found = actionsOf(card).find((a) => (typeof label === 'string' ? a.label === label : label.test(a.label)));
  if (!found) throw new Error(`no button ${String(label)}`);
  return found.value;
};

describe('a scheduled digest', () => {
  it('goes to the channel and to each of compliance, with its picture, once', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal);
    await at.travel('2027-03-08T08:59:00.000Z');
    expect(await owed()).toEqual([]);
    await at.travel(MONDAY);
    const sent = await owed();
    expect(sent.map(({ where, channel }) => (where.to === 'person' ? where.person : channel)).toSorted()).toEqual([
      'C0COMPLY',
      'compliance-1',
    ]);
    for (const { text, card, bulk } of sent) {
      expect(text).toContain('# Compliance digest, 8 March 2027');
      expect(text).toContain(`${deal} · `);
      expect(text).toContain('1 approval waits: 1 3 to 7 days.');
      expect(card.blocks.some(({ kind }) => kind === 'picture')).toBe(true);
      expect(bulk).toBe(true);
    }
    await at.travel('2027-03-08T12:00:00.000Z');
    expect(await owed()).toEqual([]);
  });

  it('comes once after three weeks of standstill, and counts from the last', async () => {
    await at.travel(MONDAY);
    await owed();
    await at.travel('2027-03-31T12:00:00.000Z');
    const sent = await owed();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.text).toContain('All is quiet since 8 March 2027');
  });

  it('says in one line that nothing happened, and the root hash of the record', async () => {
    await at.travel(MONDAY);
    const [first] = await owed();
    expect(first?.card.blocks.map(({ kind }) => kind)).toEqual(['title', 'text', 'note']);
    const shown =
      /Root hash of the record, \d+ commits?: ((?:[0-9a-f]{4} ){4})\(the first 16 of its 64 digits\)\./.exec(
        first?.text ?? '',
      );
    const digest = first && (await at.desk.digests.sent(first.name));
    const { root, size } = (digest?.made.of === 'compliance' && digest.made.digest.checkpoint) || {};
    expect(root).toMatch(/^[0-9a-f]{64}$/);
    const saved = { size: size ?? 0, root: Buffer.from(root ?? '', 'hex'), by: 'the digest' };
    expect(await verifyLog(at.store, [saved])).toMatchObject({ kind: 'whole' });
    expect(shown?.[1]?.replaceAll(' ', '')).toBe(root?.slice(0, 16));
  });

  it('tells of messages that could not be delivered', async () => {
    await at.openDeal();
    const [row] = await at.store.claim('2027-03-02T00:00:00.000Z', 1000, 1);
    await at.store.fail(row?.id ?? '', 'sample');
    await at.travel(MONDAY);
    expect((await owed())[0]?.text).toContain('1 message could not be delivered.');
  });
});

describe('on demand', () => {
  it('brings compliance the digest of all deals, and everybody else their own, privately', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal);
    await owed();
    expect(said(await words('compliance-1', 'digest'))).toContain('on its way to your chat with me');
    expect(said(await words('rep-1', 'digest'))).toContain('on its way');
    expect(said(await words('compliance-1', 'digest mine'))).toContain('on its way');
    await at.travel('2027-03-01T09:00:01.000Z');
    const sent = await owed();
    const to = (person: string): string[] =>
      sent.flatMap(({ where, text }) => (where.to === 'person' && where.person === person ? [text] : []));
    expect(to('rep-1')).toHaveLength(1);
    expect(to('rep-1')[0]).toContain('Yours, and waits for somebody else');
    // The later wish counts.
    expect(to('compliance-1')).toHaveLength(1);
    expect(to('compliance-1')[0]).toContain('# Your deals, 1 March 2027');
    expect(to('compliance-1')[0]).toContain('Waits for you');
    expect(sent).toHaveLength(2);
  });

  it('comes each working morning to whoever wants it, until they do not', async () => {
    await at.openDeal();
    await owed();
    expect(said(await words('rep-1', 'digest on'))).toContain('each working morning');
    expect(said(await words('rep-1', 'digest on'))).toContain('You get this digest already.');
    await at.travel('2027-03-02T09:00:00.000Z');
    const [sent] = await owed();
    expect(sent).toMatchObject({ where: { to: 'person', person: 'rep-1' } });
    expect(sent?.text).toContain('Say “digest off” here to end it.');
    expect(said(await words('rep-1', 'digest off'))).toContain('You get no more digests');
    await at.travel('2027-03-03T09:00:00.000Z');
    expect((await owed()).filter(({ where }) => where.to === 'person' && where.person === 'rep-1')).toEqual([]);
  });

  it('says what can be said', async () => {
    expect(said(await words('rep-1', 'digest weekly'))).toContain(
      '/deal digest, /deal digest mine, /deal digest on or',
    );
    expect(said(await words('stranger', 'digest'))).toContain('does not know you');
  });

  it('shows in a personal digest no deal that the person may not read', async () => {
    const shownWith = await at.digests.shownWith(
      [{ of: 'waiting for votes', deal: await at.openDeal(), people: ['product-1'], days: 1 }],
      { to: 'person', person: 'product-1' },
    );
    expect(shownWith.deals.size).toBe(0);
  });
});

describe("a digest's buttons", () => {
  /** Enough lines for two pages: each deal waits for answers for more than a week. */
  const full = async (): Promise<Card> => {
    for (let n = 0; n < 18; n += 1) await at.openDeal();
    await at.travel('2027-03-15T09:00:00.000Z');
    const [sent] = await owed();
    if (!sent) throw new Error('no digest');
    return sent.card;
  };

  it('show all lines page by page, and all as a file with the same lines', async () => {
    const card = await full();
    const all = button(card, 'Show all 18');
    const first = await press('compliance-1', 'desk.digest-all', all);
    expect(shown(first)).toContain('page 1 of 2');
    if (first.kind !== 'form') throw new Error('no form');
    const second = await press(
      'compliance-1',
      'desk.digest-all',
      button({ blocks: first.form.blocks as Card['blocks'] }, 'More'),
    );
    expect(shown(second)).toContain('page 2 of 2');
    expect(shown(second)).toMatch(/The whole root hash of the record: \d+:[0-9a-f]{64}$/m);
    expect(shown(second).match(/has waited 14 days for the answers of Sample Rep/g)).toHaveLength(3);
    const csv = await press('chief-1', 'desk.digest-csv', button(card, 'All as CSV'));
    if (csv.kind !== 'file') throw new Error(JSON.stringify(csv));
    expect(csv.file.name).toBe('digest-2027-03-15.csv');
    expect(
      String(await csv.file.content())
        .trimEnd()
        .split('\r\n'),
    ).toHaveLength(19);
    expect(plain({ blocks: csv.form.blocks as Card['blocks'] })).toContain('All 18 rows, to copy');
  });

  it('are for compliance, whatever they say', async () => {
    const card = await full();
    for (const name of ['desk.digest-all', 'desk.digest-csv']) {
      expect(said(await press('rep-1', name, button(card, /Show all|CSV/)))).toContain('Only compliance');
      for (const value of [
        '',
        'x',
        'register:digest:compliance/999999999',
        'register:absences/1',
        'D-1/1/1',
        '../1/1',
      ]) {
        expect(said(await press('compliance-1', name, value))).toContain('This digest is not there any more.');
      }
    }
  });

  it('open a deal for whoever may read it, with the way to its thread', async () => {
    const card = await full();
    const deal = button(card, 'Open');
    const open = await press('compliance-1', 'deal.show', deal);
    expect(shown(open)).toContain('Waiting for @rep-1');
    expect(open.kind === 'form' && actionsOf({ blocks: open.form.blocks as Card['blocks'] }).at(-1)).toMatchObject({
      label: 'Open the thread',
      url: `https://sample.slack.com/archives/${deal}`,
    });
    expect(said(await press('counsel-1', 'deal.show', deal))).toContain('can open a deal');
  });

  it('remind whoever it waits for, and give the deal to somebody else', async () => {
    const card = await full();
    const deal = button(card, 'Remind');
    expect(said(await press('compliance-1', 'deal.nudge', deal))).toContain('Nudged');
    const assign = await press('compliance-1', 'deal.assign', deal);
    expect(assign.kind === 'form' && assign.form.blocks.some((b) => b.kind === 'input' && b.name === 'person')).toBe(
      true,
    );
    expect(said(await press('rep-2', 'deal.assign', deal))).toContain('can open a deal');
  });
});

it('keeps nothing of a digest that names a customer', async () => {
  const deal = await at.openDeal();
  await at.travel('2027-03-15T09:00:00.000Z');
  const streams = (await at.store.heads())
    .map(({ stream }) => stream)
    .filter((stream) => stream.startsWith('register:'));
  expect(streams).toContain('register:digest:channel:C0COMPLY');
  for (const stream of streams) {
    const kept = JSON.stringify(await at.store.read(stream));
    expect(kept).not.toContain('Sample Telecom');
    expect(kept).toContain(deal);
  }
});

it('tells of the holds that stand, with what can be done about them', async () => {
  const deal = await at.openDeal();
  const reach = { deals: 1, team: [] };
  const placed = await at.desk.registers.holds.handle(
    {
      type: 'PlaceHold',
      on: { of: 'deal', deal },
      stop: ['upgrades'],
      because: 'breach',
      reason: 'A sample reason',
      review: '2027-03-20',
      reach,
    },
    { actor: 'compliance-1', cause: 'hold' },
  );
  expect(placed.kind).toBe('accepted');
  await at.travel(MONDAY);
  const sent = await owed();
  const digest = sent.find(({ where }) => where.to === 'channel');
  expect(digest?.text).toContain(`the hold on the deal ${deal} is to be looked at in 12 days.`);
  expect(actionsOf(digest?.card ?? { blocks: [] }).map(({ name }) => name)).toContain('desk.lift-hold');
});

it('is a fault to tick a stream that no digest has, or no register', async () => {
  await expect(at.digests.tick('register:digest:nobody', MONDAY)).rejects.toThrow('no such digest');
  await expect(at.desk.registers.tick('register:unheard-of', MONDAY)).rejects.toThrow('no such register');
});
