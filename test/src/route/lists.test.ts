/** Lists of deals by words, in either chat: in private, page by page, with what waits and the button for it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { buttons, cardIn, PERSONAL, PLACES, sayingAt, shown, TEAMS } from '../../support/saying.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { TIMED } from '../../support/ticking.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

const { say, told, press } = sayingAt(() => at);

describe('mine', () => {
  it.each(PLACES)('in %s is said in many ways, and answered in private', async (_, place) => {
    const deal = await at.openDeal();
    for (const words of ['mine', 'deals', 'My deals', 'where are my deals?', 'status']) {
      const text = await told('rep-1', words, place);
      expect(text).toContain('Your deals: 1');
      expect(text).toContain(deal);
      expect(text).toMatch(/Answer Scope \(\d+ questions?, about \d+ minutes?/);
    }
  });

  it('teaches whoever has none', async () => {
    const card = cardIn(await say('product-1', 'mine', TEAMS));
    expect(plain(card)).toContain('You have no deals yet');
    expect(plain(card)).toContain('@Clearthread new deal');
    expect(buttons(card)).toEqual(['deal.new ']);
  });

  it('shows what waits with its button and thread, then what is open, and what was handed over', async () => {
    const deal = await at.openDeal();
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    await at.submit('rep-1', 'deal.hand-over', { deal, section: 'record' }, { person: 'product-1', note: 'You know.' });
    const card = cardIn(await say('product-1', 'mine'));
    expect(plain(card)).toContain('· “Sample Ministry”, Norway');
    expect(plain(card)).toContain('Answer End-user');
    expect(buttons(card)).toEqual([`deal.answer ${deal}/record`, `deal.show ${deal}`, `deal.open-thread ${deal}`]);
    expect(actionsOf(card).at(-1)?.url).toContain(deal);
    // Whoever has nothing to do with it sees nothing of it.
    expect(await told('boss-1', 'mine')).not.toContain(deal);
    await at.answerAll(deal);
    const mine = await told('rep-1', 'mine');
    expect(mine).toMatch(/Open\n[\s\S]*Waiting for @compliance-1/);
    expect(mine).toContain('Tier: low');
    expect(await told('product-1', 'mine')).toContain('You have no deals yet');
  });

  it('names both, where the card waits for somebody else', async () => {
    const deal = await at.openDeal();
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    const waiting = waitingFor((await at.deals.view(deal))!);
    if (waiting.for !== 'section') throw new Error(waiting.for);
    await at.submit(
      'rep-1',
      'deal.hand-over',
      { deal, section: waiting.section },
      { person: 'product-1', note: 'You know.' },
    );
    const mine = await told('rep-1', 'mine');
    expect(mine).toMatch(/Answer .* \(\d+ questions?, about/);
    expect(mine).toMatch(/Others: Waiting for @product-1 \(asked .*\)\. Next: answer .* \(\d+ questions?, about/);
    expect(await told('product-1', 'mine')).not.toContain('Waiting for');
  });

  it('says for whom, where somebody stands in', async () => {
    const deal = await at.openDeal();
    await at.desk.registers.absences.handle(
      { type: 'SetAway', delegate: 'boss-1', from: '2027-03-01', until: '2027-03-12' },
      { actor: 'rep-1', cause: 'away' },
    );
    const text = await told('boss-1', 'mine');
    expect(text).toContain(deal);
    expect(text).toMatch(/For @rep-1, who is away: Answer Scope/);
  });

  it('has eight to a page, and goes on in a window', async () => {
    for (let n = 0; n < 12; n += 1) await at.openDeal();
    const card = cardIn(await say('rep-1', 'mine', PERSONAL));
    expect(plain(card)).toContain('Your deals: 12');
    expect(plain(card)).toContain('12 wait for you. Page 1 of 2.');
    expect(buttons(card).filter((one) => one.startsWith('deal.show')).length).toBe(8);
    expect(buttons(card).at(-1)).toBe('desk.mine 2');
    const last = shown(await press('rep-1', 'desk.mine', '2', PERSONAL));
    expect(buttons(last).filter((one) => one.startsWith('deal.show')).length).toBe(4);
    expect(buttons(last).at(-1)).toBe('desk.mine 1');
    for (const value of ['99', '', 'x', '-1', '2/']) {
      expect((await press('rep-1', 'desk.mine', value, PERSONAL)).kind).toBe('form');
    }
  });

  it('says that it is still counting, and how to ask again', async () => {
    await at.end();
    const folder = sqliteFolder();
    const store = folder.open();
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: EventStore = { ...store, list: (asked) => gate.then(() => store.list(asked)) };
    at = atDesk({ folder, store: slow, listDeadlineMs: 50 });
    await at.openDeal();
    expect(await told('rep-1', 'mine', TEAMS)).toMatch(/still counting[\s\S]*@Clearthread mine/);
    open();
    await at.desk.index();
    expect(await told('rep-1', 'mine', TEAMS)).toContain('Your deals: 1');
  });
});

describe('queue', () => {
  const REVIEWED = { 'H-RF1': 'yes' };

  it.each(PLACES)('in %s is said in many ways, and answered in private', async (_, place) => {
    const deal = await at.openDeal();
    await at.answerAll(deal, REVIEWED);
    for (const words of [
      'queue',
      'My queue',
      'approvals',
      'my votes',
      'to approve',
      'What do I have to approve?',
      'which deals must I decide?',
      'what should I review now?',
      'Is there anything to sign?',
      'pending approvals',
      'my open reviews',
    ]) {
      const card = cardIn(await say('compliance-1', words, place));
      expect(plain(card)).toContain('1 deal waits for your decision');
      expect(plain(card)).toMatch(/Your vote in Compliance \(step 1 of 2\), or that of @compliance-2 · asked on/);
      expect(plain(card)).toContain('Tier: high · 1 red flag');
      expect(buttons(card)).toEqual([`deal.review ${deal}/0`, `deal.show ${deal}`, `deal.open-thread ${deal}`]);
      // The button opens the review right there.
      expect((await press('compliance-1', 'deal.review', `${deal}/0`, place)).kind).toBe('form');
    }
  });

  it('is empty for others, in words that teach', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, REVIEWED);
    for (const person of ['rep-1', 'senior-1', 'product-1']) {
      const text = await told(person, 'queue', TEAMS);
      expect(text).toContain('Nothing waits for your decision');
      expect(text).toContain('@Clearthread mine');
      expect(text).toContain('All else that waits for you: @Clearthread home');
      expect(text).not.toContain(deal);
    }
  });

  it('has the longest-waiting first, a flag that was raised among them', async () => {
    const [first, second] = [await at.openDeal(), await at.openDeal()];
    await at.answerAll(second, REVIEWED);
    await at.travel('2027-03-02T09:00:00.000Z');
    await at.answerAll(first, REVIEWED);
    await at.submit('product-1', 'deal.raise-flag', { deal: first }, { title: 'It can follow people who protest.' });
    const card = cardIn(await say('compliance-1', 'queue'));
    expect(buttons(card).filter((one) => one.startsWith('deal.show'))).toEqual([
      `deal.show ${second}`,
      `deal.show ${first}`,
    ]);
    expect(plain(card)).toMatch(/Admit or dismiss the flag “It can follow people who protest.”/);
    expect(buttons(card).filter((one) => one.includes(first))).toEqual([
      `deal.review ${first}/0`,
      expect.stringMatching(`^deal.settle-flag ${first}/`),
      `deal.show ${first}`,
      `deal.open-thread ${first}`,
    ]);
  });

  it('says for whom, where somebody votes for a colleague who is away', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, REVIEWED);
    await at.desk.registers.absences.handle(
      { type: 'SetAway', delegate: 'chief-1', from: '2027-03-01', until: '2027-03-12' },
      { actor: 'compliance-1', cause: 'away' },
    );
    expect(await told('chief-1', 'queue')).toContain('For @compliance-1, who is away: Your vote');
  });

  it('goes on in a window', async () => {
    for (let n = 0; n < 9; n += 1) await at.answerAll(await at.openDeal(), REVIEWED);
    const card = cardIn(await say('compliance-1', 'queue', PERSONAL));
    expect(plain(card)).toContain('9 deals wait for your decision');
    expect(plain(card)).toContain('The longest-waiting first. Page 1 of 2.');
    const last = shown(await press('compliance-1', 'desk.queue', '2', PERSONAL));
    expect(buttons(last).filter((one) => one.startsWith('deal.review')).length).toBe(1);
  });
});
