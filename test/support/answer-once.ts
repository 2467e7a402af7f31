/** Product manager and counsel answer once; then a rep clears a harmless deal with what they said, and an approver reads it. */

import { expect } from 'vitest';
import type { Hand } from './chat-hand.ts';
import { openBy, openDeal, review, save, shortcut, SOURCE } from './four-deals.ts';

const PRODUCT = [
  'Does it collect sensitive data',
  'Does it analyse data',
  'Could someone use it that way',
  'few others sell',
  'key part of another product',
  'Could it be misused against free speech',
  'Are there reports that a product like this',
];
const DANGERS = [
  'Do laws or policies there unfairly limit',
  'Is there a conflict going on',
  'Are minorities, activists or journalists',
  'Is there a lack of independent oversight, by courts',
  'Can the government get at',
  'Do laws there unduly limit',
  'Are the rules on reading',
  'Does the government attack people',
  'Over how data is collected',
  'Must data be shared',
  'Does the law there say',
  'significant control or ownership',
];
const LOOKED = [
  'Has counsel looked at the laws there',
  'Has counsel looked at the laws on listening',
  'Has counsel looked at who oversees',
  'Has someone checked',
];

/** Opens a sheet's form from words; where words open no form, by the button of the answer. */
const openSheet = async (hand: Hand, words: string): Promise<void> => {
  if (hand.user.startsWith('U')) return void (await hand.say(`/deal ${words}`));
  await hand.say(`@Clearthread ${words}`);
  const { text } = await hand.readsDirect(/Nobody has filled it in yet|This is /);
  await hand.pressDirect(text.includes('Nobody has') ? 'Fill it in' : 'Look again');
};

const fillSheet = async (hand: Hand, words: string, answers: readonly [string[], string][]): Promise<number> => {
  const before = hand.clicks;
  await openSheet(hand, words);
  for (const [labels, value] of answers) for (const label of labels) await hand.fill(label, value);
  await hand.fill('What do your other answers stand on?', SOURCE);
  await hand.look(`${words.split(' ')[0]}-filled`);
  await save(hand);
  return hand.clicks - before;
};

export const productSheet = (manager: Hand, product: string): Promise<number> =>
  fillSheet(manager, `sheet ${product}`, [[PRODUCT, 'No']]);

export const countryBrief = (counsel: Hand, country: string): Promise<number> =>
  fillSheet(counsel, `brief ${country}`, [
    [DANGERS, 'No'],
    [LOOKED, 'Yes'],
  ]);

export const HARMLESS = {
  customer: 'Sample Harbour Works',
  product: 'Sample network protection',
  country: 'Bouvet Island',
  endUser: 'Sample Harbour Office',
  kind: 'Government agency',
};

/**
 * Counsel confirms what a newer year of data suggests against the brief, by words of it. Who has both chats is told of it in
 * Slack. Returns the presses.
 */
export const worseBrief = async (counsel: Hand, country: string, suggested: string): Promise<number> => {
  const before = counsel.clicks;
  if (counsel.user.startsWith('U')) {
    await counsel.readsDirect(new RegExp(`New data on countries[\\s\\S]*${country}[\\s\\S]*The brief says otherwise`));
    await counsel.look('brief-moved');
    await counsel.pressDirect('Look at the brief', country);
  } else {
    await counsel.closeView();
    await openSheet(counsel, `brief ${country}`);
  }
  expect(await counsel.words()).toContain(suggested);
  await counsel.fill(/^Confirm for/, [`“Yes”, on ${suggested}`]);
  await counsel.look('brief-suggested');
  await save(counsel);
  return counsel.clicks - before;
};

/** The rep's part with both in place: what is asked of them, and what they take. Returns the presses after the opening. */
export const clearedOnce = async (
  rep: Hand,
  compliance: Hand,
  deal = HARMLESS,
): Promise<{ presses: number; root: string }> => {
  const root = await openDeal(rep, deal);
  const before = rep.clicks;
  await rep.fill('Can the product', 'Yes');
  await save(rep);
  expect(await rep.words()).toContain('the product sheet answers 7 more');
  await rep.look('answer-once-product');
  await rep.fill('Could parts of this deal', 'No');
  await rep.fill('What do these answers stand on?', SOURCE);
  await save(rep);
  expect(await rep.words()).toContain('the country brief answers 4 more');
  await shortcut(rep, 'Have all of these been done?', 'all');
  await shortcut(rep, 'As far as the reports show', 'all');
  await save(rep);
  expect(await rep.words()).toContain('12 questions, 1 click: the country brief answers all of them');
  await rep.look('answer-once-laws');
  await save(rep);
  await rep.fill('What will the end-user', 'Protect the control of its harbour against attacks.');
  await shortcut(rep, 'Does any of these hold?', 'all');
  await save(rep);
  await rep.fill('legitimate benefit', 'Yes');
  await save(rep);
  await rep.noView();
  const presses = rep.clicks - before;
  await rep.reads(new RegExp(`${deal.customer}[\\s\\S]*Tier: low`, 'i'));
  // Whoever decides reads what rests on what.
  await openBy(compliance, 'Review', { thread: root });
  expect(await compliance.words()).toMatch(/the product sheet of [^,]+, version \d+, by/);
  expect(await compliance.words()).toMatch(/the country brief of [^,]+, version \d+, by/);
  await compliance.look('answer-once-review');
  await compliance.closeView();
  await review(compliance, root, { outcome: 'Approve' });
  await rep.reads(/Approved/, root);
  return { presses, root };
};

/** The questions of the end-user that the first deal answered, and that ask the same of a second one. */
const AGAIN = {
  there: [
    'Has the end-user targeted people',
    'work closely with police',
    'Have they used products like this',
    'Are there reports that this end-user',
    'record of rights abuses',
    'history of exporting',
  ],
  involved: ['be contracted out', 'end up with someone else', 'others will use it too'],
};

/** Teams says behind an option what Slack says below it. */
const asBefore = async (hand: Hand, label: string): Promise<void> => {
  const option = (await hand.options(label)).find((one) => one.startsWith('As before: No'));
  if (option === undefined) throw new Error(`nothing is offered at ${label}`);
  await hand.fill(label, option);
};

/**
 * The rep's part of a second deal with the same end-user and product. Returns the presses after the opening, and how many answers
 * were confirmed.
 */
export const clearedAgain = async (
  rep: Hand,
  compliance: Hand,
  deal = HARMLESS,
): Promise<{ presses: number; again: number }> => {
  const customer = deal.customer.replace('Sample', 'SAMPLE');
  const root = await openDeal(rep, { ...deal, customer });
  const before = rep.clicks;
  await rep.fill('Can the product', 'Yes');
  await save(rep);
  await rep.fill('Could parts of this deal', 'No');
  await rep.fill('What do these answers stand on?', SOURCE);
  await save(rep);
  expect(await rep.words()).toContain('6 more, answered in an earlier deal, to confirm one by one');
  await rep.look('answer-again-end-user');
  await shortcut(rep, 'Have all of these been done?', 'all');
  for (const label of AGAIN.there) await asBefore(rep, label);
  await rep.look('answer-again-confirmed');
  await rep.fill('Do we know, or have we been told', 'No');
  await save(rep);
  await save(rep);
  await rep.fill('What will the end-user', 'Protect the control of its harbour against attacks.');
  for (const label of AGAIN.involved) await asBefore(rep, label);
  await rep.fill('Has the government behind this deal', 'No');
  await save(rep);
  await rep.fill('legitimate benefit', 'Yes');
  await save(rep);
  await rep.noView();
  const presses = rep.clicks - before;
  await rep.reads(new RegExp(`${customer}[\\s\\S]*Tier: low`));
  await openBy(compliance, 'Review', { thread: root });
  expect(await compliance.words()).toMatch(/9 answers, as answered in D-\w+ on \d+ \w+ \d+ by /);
  await compliance.look('answer-again-review');
  await compliance.closeView();
  return { presses, again: AGAIN.there.length + AGAIN.involved.length };
};
