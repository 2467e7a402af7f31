/** The page of a person: what waits for them, in either chat. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { basisContext } from '../../support/basis-deals.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { shown, SLACK } from '../../support/saying.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { voteOf } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';
import { trainedPolicy } from '../../support/training.ts';

const DIRECT: Place = { platform: 'slack', channel: 'D0REP', direct: true };
const PERSONAL: Place = { platform: 'teams', channel: 'a:personal', direct: true };

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

const cardIn = (reply: Reply): Card => {
  if (reply.kind !== 'tell' || reply.open) throw new Error(`not private: ${JSON.stringify(reply)}`);
  return reply.card;
};
const page = async (person: string, place = DIRECT): Promise<Card> =>
  cardIn(await at.ask(person, { kind: 'words', words: 'home', page: true }, place));
const said = async (person: string, place: Place): Promise<Card> =>
  cardIn(await at.ask(person, { kind: 'words', words: 'home' }, place));
const press = (person: string, name: string, value = '', place = DIRECT): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, place);
const buttons = (card: Card): string[] => actionsOf(card).map(({ name, value }) => `${name} ${value}`);

it('says who acts for the person, how to change that, and for whom they act', async () => {
  await at.desk.registers.absences.handle(
    { type: 'SetAway', delegate: 'product-1', from: '2027-03-01', until: '2027-03-12' },
    { actor: 'rep-1', cause: 'away' },
  );
  for (const card of [await page('rep-1'), await said('rep-1', PERSONAL)])
    expect(plain(card)).toContain('You are away from 1 March 2027 until 12 March 2027. @product-1 acts for you then.');
  // In a message the word is enough.
  expect(buttons(await page('rep-1'))).toEqual(expect.arrayContaining(['desk.away ', 'desk.back ']));
  expect(plain(await page('product-1'))).toContain('You act for @rep-1, who is away until 12 March 2027.');
  expect(plain(await page('compliance-1'))).not.toContain('away');
});

it('teaches whoever has nothing', async () => {
  const card = await page('rep-1');
  expect(plain(card)).toContain('Nothing waits for you');
  expect(plain(card)).toContain('Deals that you open stand here');
  expect(buttons(card)).toEqual(['deal.new ', 'desk.mine 1', 'desk.find-form ', 'desk.help ']);
});

it('shows a deal to its owner, what was handed over to whoever has it, and neither to anybody else', async () => {
  const deal = await at.openDeal();
  const own = plain(await page('rep-1'));
  expect(own).toContain('What waits for you');
  expect(own).toMatch(/Yours to do\n[\s\S]*Answer Scope/);
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  await at.submit('rep-1', 'deal.hand-over', { deal, section: 'record' }, { person: 'product-1', note: 'You know.' });
  const handed = await page('product-1');
  expect(plain(handed)).toContain('Answer End-user');
  expect(buttons(handed)).toContain(`deal.answer ${deal}/record`);
  expect(plain(await page('boss-1'))).not.toContain(deal);
});

it.each([
  'what waits for me?',
  "What's waiting for me",
  'todo',
  'my tasks',
  'to do today',
  'What do I have to do?',
  'what do I need to do now?',
  'my turn',
  'is it my turn?',
  'anything waiting for me?',
  'Is anything waiting on me?',
  'is there anything waiting for me',
  'anything for me today?',
  "What's on my plate?",
  'whats on my plate',
  'whats waiting for me',
  'what should I do next?',
  'what is there to do?',
  'anything i need to do?',
  'do i have to do anything',
  'do i have any tasks',
  'am i needed anywhere',
  'is there something I must do',
  'inbox',
  'pending',
  'open items for me',
  'any work for me',
  'got anything for me',
  'what needs me',
  'deals waiting on me',
  'deals that wait for me',
])('%j is answered with all that waits for whoever asks, a decision or not, in either chat', async (words) => {
  const deal = await at.openDeal();
  const inReview = await at.openDeal();
  await at.answerAll(inReview, { 'H-RF1': 'yes' });
  for (const place of [SLACK, PERSONAL]) {
    const own = cardIn(await at.ask('rep-1', { kind: 'words', words }, place));
    expect(own).toEqual(await said('rep-1', place));
    expect(plain(own)).toContain('What waits for you');
    expect(buttons(own)).toContain(`deal.answer ${deal}/scope`);
    const decider = cardIn(await at.ask('compliance-1', { kind: 'words', words }, place));
    expect(plain(decider)).toContain('What waits for you');
    expect(buttons(decider)).toContain(`deal.review ${inReview}/0`);
  }
});

it('shows what waits for a decision with its button; its owner sees who has it', async () => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  const queue = await page('compliance-1');
  expect(plain(queue)).toMatch(/Your decision: 1 deal\n[\s\S]*Your vote/);
  expect(buttons(queue)).toContain(`deal.review ${deal}/0`);
  const own = plain(await page('rep-1'));
  expect(own).toContain('Nothing waits for you');
  expect(own).toMatch(/My open deals\n[\s\S]*Waiting for @compliance-1/);
  expect((await press('compliance-1', 'deal.review', `${deal}/0`)).kind).toBe('form');
});

it('shows five to decide and eight deals, and where the others are', async () => {
  for (let n = 0; n < 10; n += 1) await at.answerAll(await at.openDeal());
  const queue = plain(await page('compliance-1'));
  expect(queue.match(/Your vote/g)).toHaveLength(5);
  expect(queue).toContain('5 more to decide: /deal queue');
  const own = plain(await page('rep-1'));
  expect(own.match(/Waiting for/g)).toHaveLength(8);
  expect(own).toContain('Not shown here: 2 open: /deal mine');
});

it('shows compliance how all deals stand, with the way to the board, and nobody else', async () => {
  for (let n = 0; n < 3; n += 1) await at.answerAll(await at.openDeal(), n > 0 ? { 'H-RF1': 'yes' } : {});
  for (const person of ['compliance-1', 'chief-1']) {
    for (const card of [await page(person), await said(person, PERSONAL)]) {
      expect(plain(card)).toMatch(/All deals\n3 deals · 3 open \(2 high, 1 low\) · 3 in review/);
      expect(buttons(card)).toContain('desk.board ');
    }
  }
  expect(buttons(await page('rep-1'))).not.toContain('desk.board ');
});

it('is shorter as a message, in the words of its chat', async () => {
  for (let n = 0; n < 14; n += 1) await at.openDeal();
  const card = await said('rep-1', PERSONAL);
  expect(plain(card).match(/Answer Scope, since/g)).toHaveLength(12);
  expect(plain(card)).toContain('Not shown here: 2 wait for you: mine');
  expect(buttons(card)).toContain('desk.find-form ');
});

/** Approved, with these conditions of the rep. */
const approvedWith = async (texts: readonly string[]): Promise<string> => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  const conditions = texts.map((text, i) => ({ id: `c${i}`, text, owner: 'rep-1', due: '2027-03-15' }));
  for (const person of ['compliance-1', 'senior-1', 'counsel-1']) {
    const view = await at.deals.view(deal);
    if (view?.deal.status !== 'deciding') break;
    const ballot = { outcome: 'approve-with-conditions' as const, conditions };
    const outcome = await at.deals.handle(deal, voteOf(view, ballot), { actor: person, cause: `vote:${person}` });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  }
  return deal;
};

const wordsIn = (card: Card): number => plain(card).split(/\s+/u).length;

it('says in a message all of a dozen things that wait, in few words, each with its button', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push(await at.openDeal());
  for (const place of [DIRECT, PERSONAL]) {
    const card = await said('rep-1', place);
    for (const id of ids) {
      expect(plain(card)).toContain(`${id} · “Sample Ministry”: Answer Scope, since 1 March 2027`);
      expect(buttons(card)).toContain(`deal.answer ${id}/scope`);
    }
    expect(wordsIn(card)).toBeLessThan(160);
    expect(plain(card)).not.toContain('Not shown here');
  }
});

it('counts what waits as “My deals” does: conditions and all that stands beside them, each deal once', async () => {
  const approved = await approvedWith(['Name the risks in the contract.', 'Train the users.']);
  for (let n = 0; n < 2; n += 1) await at.openDeal();
  await at.answerAll(await at.openDeal());
  const mine = plain(cardIn(await at.ask('rep-1', { kind: 'words', words: 'mine' }, DIRECT)));
  expect(mine).toContain('3 wait for you, 1 open.');
  const message = await said('rep-1', DIRECT);
  expect(plain(message)).toContain('What waits for you: 3 deals to work on');
  expect(plain(message)).toContain('Not shown here: 1 open: /deal mine');
  expect(plain(await page('rep-1'))).toContain('What waits for you: 3 deals to work on');
  for (const text of [mine, plain(message), plain(await page('rep-1'))]) {
    expect(text).toContain('Say when the licence or the contract is renewed');
    expect(text.match(/Condition \d “/g)).toHaveLength(2);
  }
  expect(buttons(message)).toContain(`deal.renewals ${approved}`);
});

it('finds a deal from where nothing can be typed, and says at its input what is wrong', async () => {
  const deal = await at.openDeal();
  expect(buttons(await page('rep-1'))).toContain('desk.find-form ');
  expect((await press('rep-1', 'desk.find-form')).kind).toBe('form');
  const find = (words: string, person = 'rep-1') => at.submit(person, 'desk.find-form', {}, { words });
  expect(buttons(shown(await find('ministry norway')))).toContain(`deal.show ${deal}`);
  for (const [words, text] of [
    ['', 'Please say what to look for.'],
    ['nowhere', 'No deal among those that you may read fits'],
    ['tier:hgih', 'Did you mean high?'],
  ] as const)
    expect(await find(words)).toMatchObject({ kind: 'errors', errors: { words: expect.stringContaining(text) } });
  expect((await find('ministry norway', 'boss-1')).kind).toBe('errors');
});

it('points to a new deal only where nothing waits', async () => {
  const first = (card: Card) => actionsOf(card).find(({ name }) => name === 'deal.new')?.style;
  expect(first(await page('rep-1'))).toBe('primary');
  await at.openDeal();
  expect(first(await page('rep-1'))).toBeUndefined();
});

it('shows counsel the notes that are asked of them, for whom no deal is open to them, until they are written', async () => {
  await at.end();
  at = atDesk(basisContext());
  const deal = await at.openDeal();
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  expect(plain(await page('counsel-1'))).toContain('Nothing waits for you');
  await at.ask('rep-1', { kind: 'click', name: 'deal.ask-counsel', value: deal });
  for (const card of [await page('counsel-1'), await said('counsel-1', PERSONAL)]) {
    expect(plain(card)).toMatch(/What waits for you[^]*Yours to do[^]*Counsel’s note on Norway, for 1 deal · asked on/);
    expect(buttons(card)).toContain('desk.laws NO');
  }
  expect(plain(await page('rep-1'))).not.toContain('Counsel’s note on');
  await at.submit('counsel-1', 'desk.laws', {}, { country: 'NO', note: 'Who may listen in.' });
  expect(plain(await page('counsel-1'))).toContain('Nothing waits for you');
});

it('shows the training that is due, and nothing of it once it is taken', async () => {
  await at.end();
  at = atDesk({ organisation: TIMED.organisation, policy: trainedPolicy() });
  for (const card of [await page('senior-1'), await said('senior-1', PERSONAL)]) {
    expect(plain(card)).toMatch(/Yours to do[^]*Training: Human-rights due diligence · to be taken by/);
    expect(buttons(card)).toContain('desk.take-training rights');
  }
  for (const words of ['my queue', 'mine']) {
    const card = cardIn(await at.ask('senior-1', { kind: 'words', words }, PERSONAL));
    expect(plain(card)).toContain('1 other thing waits for you too: training.');
    expect(buttons(card)).toContain('desk.home ');
  }
  await at.submit('senior-1', 'desk.take-training', { course: 'rights' }, { done: ['yes'], on: '2027-03-01' });
  expect(plain(await page('senior-1'))).toContain('Nothing waits for you');
});

it('counts the votes that wait in the list of deals, and what is to be done on deals in the queue, in both chats', async () => {
  await at.end();
  at = atDesk({ organisation: TIMED.organisation, policy: trainedPolicy() });
  const deal = await at.openDeal();
  await at.answerAll(deal, { 'H-RF1': 'yes' });
  for (const place of [DIRECT, PERSONAL]) {
    const card = cardIn(await at.ask('compliance-1', { kind: 'words', words: 'mine' }, place));
    expect(plain(card)).toContain('2 other things wait for you too: 1 deal for your decision and training.');
    expect(buttons(card)).toContain('desk.home ');
    expect(JSON.stringify(await press('compliance-1', 'desk.mine', '1', place))).toContain(
      '2 other things wait for you too: 1 deal for your decision and training.',
    );
  }
  const own = await at.deals.open(
    { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEAR' }, details: aDeal().details },
    { actor: 'compliance-1', cause: 'own' },
  );
  expect(own.kind).not.toBe('refused');
  for (const place of [DIRECT, PERSONAL]) {
    const queue = cardIn(await at.ask('compliance-1', { kind: 'words', words: 'queue' }, place));
    expect(plain(queue)).toContain('2 other things wait for you too: 1 deal to work on and training.');
    const mine = cardIn(await at.ask('compliance-1', { kind: 'words', words: 'my deals' }, place));
    expect(plain(mine)).toContain('2 other things wait for you too: 1 deal for your decision and training.');
  }
});

it('has no such line in a queue or a list where nothing else waits', async () => {
  for (const words of ['my queue', 'mine'])
    expect(plain(cardIn(await at.ask('senior-1', { kind: 'words', words }, PERSONAL)))).not.toContain('for you too');
});

it('opens its own windows from where there is no thread', async () => {
  for (const name of ['deal.new', 'desk.mine', 'desk.help', 'desk.home', 'desk.queue'])
    expect((await press('rep-1', name)).kind, name).toBe('form');
});

it('says that it is still counting where the deals are not known yet', async () => {
  await at.end();
  const folder = sqliteFolder();
  const store: EventStore = { ...folder.open(), list: () => new Promise(() => {}) };
  at = atDesk({ folder, store, listDeadlineMs: 50 });
  expect(plain(await page('rep-1'))).toContain('still counting');
  expect(plain(await said('rep-1', DIRECT))).toContain('/deal home');
});
