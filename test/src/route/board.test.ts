/** The board of compliance, in either chat: counts, the lists behind them, filters that keep what was typed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { queriesIn, valuesFor } from '../../../blocks/forms/board.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { voteOf } from '../../support/deal-lines.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { TIMED } from '../../support/ticking.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0CLEAR' };
const TEAMS: Place = { platform: 'teams', channel: '19:clear@thread.tacv2' };
const PERSONAL: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const PLACES = Object.entries({ Slack: SLACK, Teams: TEAMS, 'a personal chat in Teams': PERSONAL });
const { organisation } = TIMED;

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

const say = (person: string, words: string, place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen: place.platform === 'slack' }, place);
const cardIn = (reply: Reply): Card => {
  if (reply.kind !== 'tell' || reply.open) throw new Error(`not private: ${JSON.stringify(reply)}`);
  return reply.card;
};
const shown = (reply: Reply): Card => ({ blocks: formIn(reply).blocks.filter((block) => block.kind !== 'input') });
const press = (person: string, name: string, value: string, place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, place);
const labels = (card: Card): string[] => actionsOf(card).map(({ label }) => label);
const button = (card: Card, label: string): { name: string; value: string } => {
  const found = actionsOf(card).find((action) => action.label === label);
  if (!found) throw new Error(`no ${label} among ${labels(card).join(', ')}`);
  return found;
};

/** Two in review, of which one is high; one that is answered; one that was withdrawn. */
const someDeals = async (): Promise<Record<'high' | 'low' | 'answering' | 'gone', string>> => {
  const [high, low, answering, gone] = [
    await at.openDeal(),
    await at.openDeal(),
    await at.openDeal(),
    await at.openDeal(),
  ];
  await at.answerAll(high, { 'H-RF1': 'yes' });
  await at.answerAll(low);
  await at.submit('rep-1', 'deal.more', { deal: gone }, { choice: 'withdraw', reason: 'They went elsewhere.' });
  return { high, low, answering, gone };
};

describe('the board', () => {
  it.each(PLACES)('in %s shows compliance and the chief how many stand where, in private', async (_, place) => {
    await someDeals();
    for (const person of ['compliance-1', 'chief-1']) {
      const card = cardIn(await say(person, 'board', place));
      const text = plain(card);
      expect(text).toContain('Board: 4 deals, 3 open');
      expect(text).toMatch(/\nHigh: 1 in review \(1 for compliance\)\n/);
      expect(labels(card)).toEqual(expect.arrayContaining(['High (1)', 'Filter', 'List', 'CSV']));
      // Short lines: a phone shows some forty letters in one.
      for (const line of text.split('\n')) expect(line.length).toBeLessThan(160);
    }
  });

  it('opens the deals of a number in one press, and says no number twice', async () => {
    const { high, gone } = await someDeals();
    const card = cardIn(await say('compliance-1', 'board'));
    const tier = button(card, 'High (1)');
    const ofTier = shown(await press('compliance-1', tier.name, tier.value));
    expect(plain(ofTier)).toContain('1 deal for “tier:high”.');
    expect(plain(ofTier)).toContain(high);
    expect(plain(ofTier)).not.toContain(gone);
    // How many a tier has stands on its button alone.
    expect(plain(card)).not.toMatch(/High: 1 ·|Low: 3/);
    expect(plain(card)).toMatch(/\nLow: 1 answering · 1 in review \(1 for compliance\) · 1 withdrawn\n/);
    const one = cardIn(await say('compliance-1', 'board tier:high'));
    expect(plain(one).match(/in review/gi)).toHaveLength(1);
  });

  it('of one tier goes from a cell to its deals, page by page', async () => {
    const { high } = await someDeals();
    const ofTier = cardIn(await say('compliance-1', 'board tier:high'));
    expect(plain(ofTier)).toContain('For “tier:high”.');
    const cell = button(ofTier, 'In review, for compliance (1)');
    const list = shown(await press('compliance-1', cell.name, cell.value));
    expect(plain(list)).toContain('1 deal for “tier:high status:in-review”.');
    expect(plain(list)).toContain(high);
    expect(labels(list)).toContain('CSV');
    // What waits for the reader has its button right there.
    expect(actionsOf(list).map(({ name }) => name)).toContain('deal.review');
  });

  it('takes the filters of find, by words', async () => {
    await someDeals();
    expect(plain(cardIn(await say('compliance-1', 'board status:open country:Norway')))).toContain(
      'Board: 3 deals, 3 open\nFor “status:open country:Norway”.',
    );
    expect(plain(cardIn(await say('compliance-1', 'board contry:x')))).toContain('Did you mean country:?');
    const none = cardIn(await say('compliance-1', 'board country:Vietnam', TEAMS));
    expect(plain(none)).toContain('No deal fits');
    expect(labels(none)).toEqual(['Filter', 'All deals']);
  });

  it('teaches where there are no deals, and is for compliance alone', async () => {
    const empty = cardIn(await say('compliance-1', 'board', TEAMS));
    expect(plain(empty)).toMatch(/No deals yet[\s\S]*with the list behind each number[\s\S]*@Clearthread new deal/);
    await someDeals();
    for (const person of ['rep-1', 'senior-1', 'counsel-1', 'boss-1']) {
      const text = plain(cardIn(await say(person, 'board', PERSONAL)));
      expect(text).toContain('Only compliance has a board');
      expect(text).not.toContain('High');
      for (const name of ['desk.board', 'desk.board-filter']) {
        expect(plain(cardIn(await press(person, name, '')))).toContain('Only compliance has a board');
      }
      const sent = await at.submit(person, 'desk.board-filter', {}, { tier: 'high' });
      expect(plain(cardIn(sent))).toContain('Only compliance has a board');
    }
  });
});

describe('its filters', () => {
  it('are chosen in a form, and shown again in it', async () => {
    const { high } = await someDeals();
    const opened = formIn(await press('compliance-1', 'desk.board-filter', 'tier:high owner:rep-1 kind:police x'));
    expect(
      opened.blocks.flatMap((block) =>
        block.kind === 'input' && 'initial' in block.control && block.control.initial !== undefined
          ? [[block.name, block.control.initial]]
          : [],
      ),
    ).toEqual([
      ['tier', 'high'],
      ['kind', 'security'],
      ['owner', 'rep-1'],
      ['only', []],
      ['words', 'x'],
    ]);
    const values = { tier: 'high', status: 'in-review', country: 'Norway, Vietnam', only: [], words: 'sample' };
    const board = shown(await at.submit('compliance-1', 'desk.board-filter', {}, values));
    expect(plain(board)).toContain('For “country:Norway,Vietnam tier:high status:in-review sample”.');
    const list = button(board, 'List');
    expect(plain(shown(await press('compliance-1', list.name, list.value)))).toContain(high);
  });

  it('name each mistake at its input, and keep what was typed', async () => {
    await someDeals();
    const values = { country: 'Vietnma', flag: 'H-RFX', year: 'soon', words: 'contry:x', tier: 'high' };
    const reply = await at.submit('compliance-1', 'desk.board-filter', {}, values);
    if (reply.kind !== 'errors') throw new Error(JSON.stringify(reply));
    expect(Object.keys(reply.errors).toSorted()).toEqual(['country', 'flag', 'words', 'year']);
    expect(reply.errors['country']).toContain('Did you mean Vietnam?');
    expect(JSON.stringify(reply.form?.())).toContain('"initial":"Vietnma"');
    const long = await at.submit('compliance-1', 'desk.board-filter', {}, { words: 'x'.repeat(200), tier: 'high' });
    if (long.kind !== 'errors') throw new Error(JSON.stringify(long));
    expect(long.errors['words']).toContain('more than 200 characters');
  });

  it.each([
    '',
    'tier:high status:in-review waiting:senior country:Norway flag:H-RF1 kind:security owner:rep-1 year:2027 overdue:yes',
    'tier:high,low flag:H-RF1 flag:H-RF3 "two words" since:2027-01 sort:tier hold:no x',
    'country:"South Africa",NO product:"a b"',
    'product:"Maps, Pro" tier:high',
  ])('are the same before and after: %j', (query) => {
    const values = valuesFor(query, organisation);
    const again = Object.values(queriesIn(values)).join(' ');
    expect(valuesFor(again, organisation)).toEqual(values);
    const parts = (text: string): string[] => text.match(/(?:"[^"]*"|\S)+/gu)?.toSorted() ?? [];
    expect(parts(again)).toEqual(parts(query));
  });
});

describe('saved views', () => {
  const views = async (person: string): Promise<string> => plain(shown(await press(person, 'desk.views', '')));

  it('are named from the board, shared by compliance, picked again and deleted', async () => {
    const { high } = await someDeals();
    expect(await views('compliance-1')).toContain('No view is saved yet');
    const board = cardIn(await say('compliance-1', 'board tier:high'));
    const save = button(board, 'Save view');
    const form = formIn(await press('compliance-1', save.name, save.value));
    const saved = shown(
      await at.submit('compliance-1', form.name, JSON.parse(form.context), { title: ' High  ones ' }),
    );
    expect(plain(saved)).toContain('“High ones”: tier:high');
    expect(labels(saved)).not.toContain('Save view');
    // A colleague in the other chat.
    const other = cardIn(await say('chief-1', 'board', TEAMS));
    const picked = shown(await press('chief-1', 'desk.board', button(other, 'High ones').value, TEAMS));
    expect(plain(picked)).toContain('Board: 1 deal, 1 open');
    const list = button(picked, 'List');
    expect(plain(shown(await press('chief-1', list.name, list.value, TEAMS)))).toContain(high);
    const twice = await at.submit('chief-1', form.name, JSON.parse(form.context), { title: 'HIGH ones' });
    expect(twice).toMatchObject({ kind: 'errors', errors: { title: expect.stringContaining('Another view') } });
    const unnamed = await at.submit('chief-1', form.name, JSON.parse(form.context), {});
    expect(unnamed).toMatchObject({ kind: 'errors', errors: { title: 'Please give it a name.' } });

    const all = shown(await press('compliance-2', 'desk.views', ''));
    expect(plain(all)).toContain('High ones · tier:high · @compliance-1');
    const end = formIn(await press('compliance-2', 'desk.delete-view', button(all, 'Delete').value));
    expect(end.submit).toBe('Delete it');
    const gone = await at.submit('compliance-2', end.name, JSON.parse(end.context), {});
    expect(plain(shown(gone))).toContain('“High ones” is deleted.');
    expect(plain(shown(await at.submit('chief-1', end.name, JSON.parse(end.context), {})))).toContain(
      'deleted already',
    );
    expect(labels(cardIn(await say('chief-1', 'board')))).not.toContain('High ones');
  });

  it('stay after a restart', async () => {
    await someDeals();
    await at.submit('compliance-1', 'desk.save-view', { query: 'tier:high' }, { title: 'High' });
    const again = atDesk({ organisation, policy: TIMED.policy, folder: at.folder, store: at.folder.open() });
    const card = await again.ask('compliance-1', { kind: 'words', words: 'board' }, SLACK);
    expect(labels(cardIn(card))).toContain('High');
  });
});

describe('the numbers', () => {
  const decided = async (): Promise<void> => {
    const { low, high } = await someDeals();
    await at.travel('2027-04-10T09:00:00.000Z');
    const view = await at.deals.view(low);
    if (view?.deal.status !== 'deciding') throw new Error('not deciding');
    const vote = voteOf(view);
    const outcome = await at.deals.handle(low, vote, { actor: 'compliance-1', cause: 'vote' });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    await at.submit('rep-1', 'deal.more', { deal: high }, { choice: 'withdraw', reason: 'They went elsewhere.' });
  };

  it('stand by month in a picture and in words, by quarter in a window, and in a file', async () => {
    await decided();
    const card = cardIn(await say('compliance-1', 'board numbers'));
    expect(plain(card)).toMatch(/April 2027 · 1 decided: 1 approved · 1 low · median 40 days · 1 withdrawn/);
    const [picture] = card.blocks.filter((block) => block.kind === 'picture');
    expect(picture?.alt).toBe('What came of deals from March 2027 to April 2027: 1 deal. April 2027: 1 approved.');
    expect(picture?.svg).toMatch(/^<svg [^]*What came of deals[^]*<\/svg>$/);
    for (const words of ['numbers', 'show me the numbers', 'Numbers over time', 'statistics'])
      expect([words, await say('compliance-1', words)]).toEqual([words, await say('compliance-1', 'board numbers')]);
    expect(await say('compliance-1', 'saved views')).toEqual(await say('compliance-1', 'board'));
    for (const words of ['board numbers quarter', 'Board numbers by quarters tier:low'])
      expect([words, plain(cardIn(await say('chief-1', words, TEAMS)))]).toEqual([
        words,
        expect.stringContaining('Q2 2027 · 1 decided'),
      ]);
    expect(plain(cardIn(await say('chief-1', 'board numbers tier:high')))).not.toContain('approved');
    expect(plain(cardIn(await say('chief-1', 'board numbers contry:x')))).toContain('Did you mean country:?');

    const board = cardIn(await say('compliance-1', 'board'));
    const { name, value } = button(board, 'Numbers');
    const window = shown(await press('compliance-1', name, value));
    expect(window.blocks.some(({ kind }) => kind === 'picture')).toBe(false);
    const big = button(window, 'Picture');
    expect(cardIn(await press('compliance-1', big.name, big.value)).blocks.some(({ kind }) => kind === 'picture')).toBe(
      true,
    );
    const csv = button(window, 'CSV');
    const reply = await press('compliance-1', csv.name, csv.value);
    if (reply.kind !== 'file') throw new Error(JSON.stringify(reply));
    expect(reply.file.name).toBe('numbers-2027-04-10.csv');
    expect(
      String(await reply.file.content())
        .split('\r\n')
        .slice(0, 3),
    ).toEqual([
      expect.stringMatching(/^\uFEFFperiod,opened,decided,approved,/),
      '2027-03,4,0,0,0,0,0,0,0,0,0,0,1,,0,',
      '2027-04,0,1,1,0,0,1,0,0,0,0,0,1,40,0,',
    ]);
  });

  it('teach where nothing was decided', async () => {
    const card = cardIn(await say('compliance-1', 'board numbers', PERSONAL));
    expect(plain(card)).toMatch(/Nothing was decided yet[^]*by tier and outcome/);
  });
});
