/** One deal in both chats: the rep works in Slack, the approvers in Teams, and both threads stay correct. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { buttonsOf, readCard, submitOf } from '../support/adaptive-reading.ts';
import { readBlocks, type Hand } from '../support/chat-hand.ts';
import { fifthDeal, type BothRoots } from '../support/fifth-deal.ts';
import { answerHarmless, fillDeal, openBy, openDeal, review, save, shortcut } from '../support/four-deals.ts';
import { PEOPLE, play, type Playing } from '../support/playing.ts';

/** In Teams only; the stand-in knows this account, and that its owner never added the app. */
const WITHOUT_APP = '00000000-0000-4000-8000-0000000000c3';

const NAMES: Readonly<Record<string, string>> = {
  rep: 'Sample Rep',
  productManager: 'Sample Product Manager',
  compliance: 'Sample Compliance',
  compliance2: 'Sample Compliance Two',
  senior: 'Sample Senior Approver',
  senior2: 'Sample Senior Approver Two',
  counsel: 'Sample Counsel',
};

let folder: string;
let playing: Playing;
const problems: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-both-'));
  const organisation = readFileSync(sampleOrganisationFile, 'utf8')
    // The legal adviser is only in Teams, the product manager only in Slack.
    .replace(', slack: U0SAMPLELAW1', '')
    .replace(/(slack: U0SAMPLEPM01), teams: [0-9a-f-]+/, '$1')
    .replace('people:\n', `people:\n  - { id: colleague-1, name: Sample Colleague, teams: ${WITHOUT_APP} }\n`);
  writeFileSync(join(folder, 'organisation.yml'), organisation);
  const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
  playing = await play(
    { info: () => {}, warn: note, error: note },
    { CLEARTHREAD_ORGANISATION: join(folder, 'organisation.yml') },
  );
});
afterAll(async () => {
  await playing.end();
  rmSync(folder, { recursive: true, force: true });
});

const SMALL = {
  product: 'Sample network protection',
  country: 'Bouvet Island',
  endUser: 'Sample Harbour Office',
  kind: 'Government agency',
};

/** Slack gets people's ids and formats times itself; Teams gets the names and the day. */
const wordsOf = (text: string): string[] => {
  const names = Object.entries(PEOPLE).reduce((t, [who, id]) => t.replaceAll(`@${id}`, NAMES[who] ?? id), text);
  return names.replaceAll(/ since \d+ \w+ \d+/g, '').match(/[\p{L}\p{N}-]+/gu) ?? [];
};
/** A deal's root card in both chats, as anybody sees it. */
const rootCards = async (customer: RegExp, teams: string): Promise<{ slack: string[]; teams: string[] }> => {
  const shown = await playing.hand('rep').reads(customer);
  const card = await playing.teamsHand('counsel').sees(teams);
  return { slack: wordsOf(readBlocks(shown.blocks)), teams: wordsOf(readCard(card)) };
};

describe('the fifth deal', () => {
  let roots: BothRoots;
  it('is asked for in Slack and approved in Teams; flags, questions, votes and the outcome are in both', async () => {
    roots = await fifthDeal({
      rep: playing.hand('rep'),
      compliance: playing.teamsHand('compliance'),
      senior: playing.teamsHand('senior'),
      counsel: playing.teamsHand('counsel'),
    });
  });

  it('says the same in both root cards', async () => {
    const { slack, teams } = await rootCards(/Sample Station Works[\s\S]*reseller/, roots.teams);
    expect(slack.length).toBeGreaterThan(50);
    expect(teams).toEqual(slack);
  });

  it('tells the rep the outcome once, in the chat of the deal', async () => {
    const rep = playing.hand('rep');
    const outcome = /Sample Station Works[\s\S]*Approved with conditions/;
    expect(await rep.readsIn(rep.directMessage, outcome)).toBeDefined();
    const teams = playing.teamsHand('rep');
    const all = await teams.messagesIn(await teams.personalChat());
    expect(all.filter(({ text }) => outcome.test(text))).toEqual([]);
  });
});

describe('one person in both chats', () => {
  it('does not decide in Teams on what they asked for in Slack', async () => {
    const [me, other] = [playing.teamsHand('compliance'), playing.teamsHand('compliance2')];
    // The bot learns a person's Teams account when they first say something.
    await other.sayIn(await other.personalChat(), 'help');
    const own = playing.hand('compliance');
    await openDeal(own, { ...SMALL, customer: 'Sample Own Deal' });
    await answerHarmless(own);
    const thread = (await me.reads('Sample Own Deal')).ts;
    const card = await me.reads(/Review: Compliance/, thread);
    expect(submitOf(await other.sees(card.ts))).toBeDefined();
    expect(submitOf(await me.sees(card.ts))).toBeUndefined();
    await me.press('Review', { thread });
    expect(await me.words()).toContain('nobody decides on their own deal');
    await me.closeView();
    await review(other, thread, { outcome: 'Approve' });
    await own.reads(/Sample Own Deal[\s\S]*Approved[\s\S]*Sample Compliance Two/);
  });
});

describe('a section goes to somebody who is only in the other chat', () => {
  const begin = async (hand: Hand, customer: string): Promise<string> => {
    const root = await openDeal(hand, { ...SMALL, customer });
    await hand.fill('Can the product', 'Yes');
    await save(hand);
    await hand.words();
    await hand.closeView();
    return root;
  };
  const handOver = async (hand: Hand, thread: string, section: string, to: string): Promise<void> => {
    await openBy(hand, `Who might know? Hand over ${section}`, { thread });
    await hand.fill('Hand it to', to);
    await save(hand);
    await hand.closeView();
  };

  it('from Slack to Teams', async () => {
    const [rep, legal] = [playing.hand('rep'), playing.teamsHand('legalAdviser')];
    const slack = await begin(rep, 'Sample Crossing');
    await handOver(rep, slack, 'Product', 'Sample Legal Adviser');
    await legal.readsIn(await legal.personalChat(), /Sample Rep[\s\S]*Product/);
    const thread = (await legal.reads('Sample Crossing')).ts;
    await openBy(legal, 'Answer: Product', { thread });
    await shortcut(legal, 'Does any of these hold for this product?', 'all');
    await save(legal);
    await legal.noView();
    await rep.reads(/Product: answered/, slack);
  });

  it('from Teams to Slack', async () => {
    const [rep, manager] = [playing.teamsHand('rep'), playing.hand('productManager')];
    const thread = await begin(rep, 'Sample Crossing Back');
    await handOver(rep, thread, 'Product', 'Sample Product Manager');
    await manager.readsIn(
      manager.directMessage,
      /Sample Crossing Back[\s\S]*Product|Product[\s\S]*Sample Crossing Back/,
    );
    const slack = (await manager.reads('Sample Crossing Back')).ts;
    await openBy(manager, 'Answer: Product', { thread: slack });
    await shortcut(manager, 'Does any of these hold for this product?', 'all');
    await save(manager);
    await manager.noView();
    await rep.reads(/Product: answered/, thread);
  });

  it.each(['hand', 'teamsHand'] as const)(
    'and the deal’s thread says so where nobody can reach them (%s)',
    async (chat) => {
      const rep = playing[chat]('rep');
      const thread = await begin(rep, `Sample Unreached ${chat}`);
      await handOver(rep, thread, 'Product', 'Sample Colleague');
      await rep.reads(/could not be reached[\s\S]*Sample Colleague/, thread);
    },
  );
});

describe('the card of all sections', () => {
  it('is the same for whoever is to answer and for all others: an answer elsewhere takes nobody’s words away', async () => {
    const [rep, other] = [playing.teamsHand('rep'), playing.teamsHand('compliance')];
    await openDeal(rep, { ...SMALL, customer: 'Sample Own View' });
    await rep.closeView();
    const thread = (await rep.reads('Sample Own View')).ts;
    const card = await rep.reads(/has it/, thread);
    for (const who of [rep, other]) {
      const shown = await who.sees(card.ts);
      expect(buttonsOf(shown).map(({ title }) => title)).toEqual(['Answer', 'Who might know?', 'Why?']);
    }
    await openBy(rep, 'Answer: Scope', { thread });
    await rep.fill('Can the product', 'No');
    await save(rep);
    await rep.noView();
    await other.reads(/Sample Own View[\s\S]*Said to be out of scope/);
  });
});

describe('a deal is opened', () => {
  it('from a message', async () => {
    const rep = playing.teamsHand('rep');
    await rep.say('Sample Message asks for cameras.');
    const said = await rep.reads('Sample Message asks for cameras.');
    expect(await rep.messageAction(said.ts)).toEqual({});
    await rep.fill('Customer', 'Sample Message');
    expect(await rep.submit()).toHaveProperty('errors');
    expect(await rep.words()).toMatch(/things need a look/);
    await fillDeal(rep, { ...SMALL, customer: 'Sample Message' });
    await save(rep);
    await playing.hand('rep').reads('· customer “Sample Message”');
  });

  it('from the chat with the bot, in the channel that is chosen, and the rep is told where', async () => {
    const rep = playing.teamsHand('rep');
    const chat = await rep.personalChat();
    await rep.sayIn(chat, 'new deal');
    await rep.press('New deal', { channel: chat });
    expect(await rep.words()).toContain('Where should it be cleared?');
    expect(await rep.unanswered()).not.toContain('Where should it be cleared?');
    await fillDeal(rep, { ...SMALL, customer: 'Sample Private Start' });
    await save(rep);
    expect(await rep.words()).toMatch(/Opened: D-[0-9A-Z]+, in the channel deal-clearance/);
    await rep.reads('Sample Private Start');
  });
});

it('leaves no fault in the log', () => {
  const expected = /^deliver\.not-reached|person_unreachable/;
  expect(problems.filter((p) => !expected.test(p))).toEqual([]);
});
