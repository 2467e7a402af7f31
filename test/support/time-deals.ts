/** Deals that wait, played in either chat: people's reminders while time passes, and their reactions. */

import { expect } from 'vitest';
import type { Hand, Said } from './chat-hand.ts';
import { answerForPolice, oneByOne, ok, openBy, openDeal, review, save, shortcut } from './four-deals.ts';

export interface TimeCast {
  rep: Hand;
  productManager: Hand;
  /** The product manager's manager, and an approver. */
  senior: Hand;
  compliance: Hand;
  compliance2: Hand;
  counsel: Hand;
}

/** Moves the clock to an ISO 8601 instant. */
export type Travel = (to: string) => Promise<void>;

/** A Monday that stays in the future, in the sample organisation's zone (UTC). */
export const START = '2035-03-05T10:00:00.000Z';

const WHY = /You get this because/;

/** The bot's messages to this person about one deal (by its customer or its id), with these words. */
export const toldOf = async (hand: Hand, of: string, words: RegExp): Promise<Said[]> =>
  (await hand.direct()).filter(({ text }) => text.includes(of) && words.test(text));

const AGAIN = /A newer message asks this again/;

/** Waits until one message says so, and the person was asked that often: earlier ones say that a newer one asks it. */
export const isTold = async (hand: Hand, of: string, words: RegExp, times: number): Promise<Said> => {
  const asked = async (): Promise<boolean> =>
    (await toldOf(hand, of, words)).length === 1 && (await toldOf(hand, of, AGAIN)).length >= times - 1;
  await expect.poll(asked, { timeout: 15_000 }).toBe(true);
  const last = (await toldOf(hand, of, words)).at(-1);
  if (!last) throw new Error(`${of}: never told ${String(words)}`);
  return last;
};

/** The id of the deal whose root message this is. */
const dealIn = async (hand: Hand, customer: string): Promise<string> => {
  const { text } = await hand.reads(customer);
  const id = /D-[0-9A-Z]{6,}/.exec(text)?.[0];
  if (id === undefined) throw new Error(`no deal id in ${text}`);
  return id;
};

/** Opens a deal on a Monday, answers its scope, and hands the next section to a person who does not react. */
export const handedOver = async ({ rep }: TimeCast, customer: string): Promise<{ root: string; deal: string }> => {
  const root = await openDeal(rep, {
    customer,
    product: 'Sample network protection',
    country: 'Bouvet Island',
    endUser: customer,
    kind: 'Government agency',
  });
  await rep.fill('Can the product', 'Yes');
  await save(rep);
  await rep.closeView();
  await openBy(rep, 'Who might know? Hand over Product', { thread: root });
  await rep.fill('Hand it to', 'Sample Product Manager');
  await save(rep);
  if (await rep.hasView()) await rep.closeView();
  return { root, deal: await dealIn(rep, customer) };
};

/** Reminder, "Remind me later", second reminder, escalation, answer. */
export const neglectedSection = async (cast: TimeCast, travel: Travel): Promise<void> => {
  const { rep, productManager, senior } = cast;
  const customer = 'Sample Quiet Works';
  const waits = /Product waits for you/;
  await travel(START);
  const { root, deal } = await handedOver(cast, customer);

  await travel('2035-03-07T11:00:00.000Z');
  const first = await isTold(productManager, customer, waits, 1);
  expect(first.text).toMatch(WHY);
  expect(first.text).toMatch(/after 2 and 4 business days/);
  await isTold(rep, customer, /waits for you/, 1);
  ok(await productManager.pressDirect('Remind me later', customer));
  await productManager.fill('No reminder before', '2035-03-12');
  await productManager.look('time-snooze');
  await save(productManager);
  await productManager.noView();

  // The others are reminded again; the person who chose "later" is not.
  await travel('2035-03-09T11:00:00.000Z');
  await isTold(rep, customer, /waits for you/, 2);
  expect((await toldOf(productManager, customer, waits)).length).toBe(1);
  await travel('2035-03-12T09:01:00.000Z');
  await isTold(productManager, customer, waits, 2);
  await productManager.look('time-reminded');

  await travel('2035-03-13T11:00:00.000Z');
  const escalated = await isTold(senior, deal, /Somebody may need help[\s\S]*Product/, 1);
  expect(escalated.text).toMatch(/You get this because you are the manager of/);
  // A manager may not read the deal, so its name is not shown to them.
  expect(escalated.text).not.toContain(customer);
  expect((await toldOf(productManager, deal, /Somebody may need help/)).length).toBe(0);

  ok(await productManager.pressDirect('Answer', customer));
  await shortcut(productManager, 'Does any of these hold for this product?', 'all');
  await save(productManager);
  await rep.reads(/Product: answered/, root);
  // An answered section is owed no more; the rep's own section still is, and her manager hears of that.
  await travel('2035-03-22T16:00:00.000Z');
  await isTold(senior, deal, /Somebody may need help/, 1);
  await isTold(senior, deal, /needs nothing from you any more/, 1);
  expect((await toldOf(productManager, customer, waits)).length).toBe(0);
  await isTold(productManager, customer, /You answered Product/, 2);
};

export const CUSTOMER = 'Sample Promise Works';
const FIRST = 'Human-rights clauses';
const SECOND = 'Limit use to the agreed purpose';
const CLAUSES = /Put human-rights clauses into the contract/;
/** A file in the chat, or a link to one. */
const CLAUSE = 'https://files.example.com/contracts/clause-14.txt';
const PURPOSE = /only be used for the agreed purpose/;

/** Approved on a Monday with two conditions that the rep must meet: in 14 days and in 30 days. */
export const approvedWithTwo = async (cast: TimeCast, travel: Travel): Promise<string> => {
  const { rep, compliance, senior, counsel } = cast;
  await travel('2035-04-02T10:00:00.000Z');
  const root = await openDeal(rep, {
    customer: CUSTOMER,
    product: 'Sample facial recognition',
    country: 'Bouvet Island',
    endUser: 'Sample Interior Police',
    kind: 'Security, police or intelligence service',
    intermediaries: 'Sample Promise Works, reseller',
  });
  await answerForPolice(rep);
  await compliance.reads(/Tier: high/i);
  await review(compliance, root, { outcome: 'Approve' });
  await senior.reads(/Senior approvers/, root);
  await review(senior, root, { outcome: 'Approve' });
  await review(counsel, root, { outcome: 'Approve with conditions', conditions: [FIRST, SECOND] });
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved with conditions[\\s\\S]*settle the export licence`));
  await rep.reads(/Looked at again by 2 April 2036 at the latest/);
  ok(await rep.press('Export licence', { in: CUSTOMER }));
  await rep.fill('Where does the export licence stand?', 'Granted');
  await rep.fill('What does that stand on?', 'No. 12 of 3 March 2035');
  await rep.look('time-licence');
  await save(rep);
  await rep.noView();
  await rep.reads('No. 12 of 3 March 2035', root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Granted, says .* \\(clearance is not a licence\\)`));
  return root;
};

const handIn = async (hand: Hand, where: { direct: RegExp }, text: string, file?: string): Promise<void> => {
  ok(await hand.pressDirect('Done', where.direct));
  await hand.fill('What was done?', text);
  if (file !== undefined) await hand.fill('Files that show it', file);
  await hand.look('time-evidence');
  await save(hand);
  await hand.noView();
};

/** One condition is met, returned, met again and accepted before its date. */
export const keptCondition = async (
  { rep, compliance, compliance2 }: TimeCast,
  root: string,
  travel: Travel,
): Promise<void> => {
  await travel('2035-04-13T09:01:00.000Z');
  const soon = await isTold(rep, CUSTOMER, /A condition is due soon/, 1);
  expect(soon.text).toMatch(CLAUSES);
  expect(soon.text).toMatch(WHY);
  await rep.look('time-condition-soon');
  await handIn(rep, { direct: CLAUSES }, 'The draft contract names two of the risks.');
  await rep.reads('The draft contract names two of the risks.', root);

  await openBy(compliance, 'Accept or return', { thread: root, in: 'The draft contract' });
  await compliance.fill('Is the condition kept?', 'Return it');
  await compliance.fill('What is missing?', 'The third risk is not named.');
  await compliance.look('time-return');
  await save(compliance);
  await compliance.noView();
  await rep.reads('The third risk is not named.', root);
  await rep.readsDirect('The third risk is not named.');

  await handIn(rep, { direct: /The third risk is not named/ }, 'Clause 14 names all three risks.', CLAUSE);
  await rep.reads('clause-14.txt', root);
  await compliance2.readsDirect('Clause 14 names all three risks.');
  ok(await compliance2.pressDirect('Accept or return', 'Clause 14'));
  // Slack lets the bot read what was handed in; in Teams it is a link that somebody typed.
  expect(await compliance2.words()).toMatch(/It is the same as when it was handed in|Not verified: this chat/);
  await compliance2.fill('Is the condition kept?', 'Accept it');
  await save(compliance2);
  await compliance2.noView();
  await rep.reads(/accepted what was done for a condition/, root);
};

/** The other one is overdue, escalated, and suspends the approval, until compliance lifts that. */
export const brokenCondition = async ({ rep, compliance }: TimeCast, root: string, travel: Travel): Promise<void> => {
  await travel('2035-04-18T09:01:00.000Z');
  expect((await isTold(rep, CUSTOMER, /A condition is due soon/, 2)).text).toMatch(PURPOSE);
  await travel('2035-05-03T09:01:00.000Z');
  expect((await isTold(rep, CUSTOMER, /A condition is overdue/, 1)).text).toMatch(PURPOSE);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved, condition overdue`));
  await rep.look('time-overdue');
  await travel('2035-05-15T12:00:00.000Z');
  await isTold(compliance, CUSTOMER, /Somebody may need help/, 1);
  // Time jumps past the reminders of the 4th and the 9th: only one is sent.
  await isTold(rep, CUSTOMER, /A condition is overdue/, 2);

  await travel('2035-05-31T12:00:00.000Z');
  await rep.reads('Approval suspended', root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approval suspended: condition overdue`));
  await rep.look('time-suspended');
  await lifted({ rep, compliance }, root, 'The supplier confirmed the date of the update.');
  await rep.look('time-lifted');
};

const lifted = async (
  { rep, compliance }: Pick<TimeCast, 'rep' | 'compliance'>,
  root: string,
  why: string,
): Promise<void> => {
  await openBy(compliance, 'Lift the suspension', { thread: root });
  await compliance.fill('Why can it go on?', why);
  await save(compliance);
  await compliance.noView();
  await rep.reads(why, root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved, condition overdue`));
};

const CONFIRMED = ['Scope', 'Product', 'End-user'];
const CONFIRMED_AFTER = ['Who is involved', 'Context'];

/** Confirms with one click a section whose answers are unchanged. */
const stillSo = async (rep: Hand, root: string, title: string): Promise<void> => {
  const card = `${title}: is it still so?`;
  await rep.reads(card, root);
  ok(await rep.press('Nothing changed here', { thread: root, in: card }));
  await rep.reads(`${title}: answered`, root);
};

/** The condition that the new approval took over is done and accepted at last: nothing is left open. */
export const closed = async ({ rep, compliance }: TimeCast, root: string): Promise<void> => {
  await openBy(rep, 'Done', { thread: root, in: 'agreed purpose' });
  await rep.fill('What was done?', 'Other uses are switched off since the last update.');
  await save(rep);
  await rep.noView();
  await openBy(compliance, 'Accept or return', { thread: root, in: 'Other uses are switched off' });
  await compliance.fill('Is the condition kept?', 'Accept it');
  await save(compliance);
  await compliance.noView();
  await rep.reads(/accepted what was done for a condition[\s\S]*agreed purpose/, root);
  await rep.look('time-closed');
};

/** Reminded of a renewal, asked again with one changed answer, decided again by people who see just that. */
export const reassessed = async (
  { rep, compliance, senior, counsel }: TimeCast,
  root: string,
  travel: Travel,
): Promise<void> => {
  const due = /Reassess by 5 September 2035/;
  ok(await rep.press('Renewal dates', { in: CUSTOMER }));
  await rep.fill('The licence is renewed on', '2035-09-05');
  await rep.look('time-renewals');
  await save(rep);
  await rep.noView();
  await rep.reads('licence renewed on 5 September 2035', root);
  await travel('2035-06-07T09:01:00.000Z');
  await isTold(rep, CUSTOMER, due, 1);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*A reassessment is asked for`));
  // Time jumps past the reminder of 9 July: only one is sent.
  await travel('2035-08-06T09:01:00.000Z');
  // The condition stayed open for as long again.
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approval suspended: condition overdue`));
  await lifted({ rep, compliance }, root, 'The update is being installed this week.');
  const reminder = await isTold(rep, CUSTOMER, due, 2);
  expect(reminder.text).toMatch(WHY);
  expect(reminder.text).toMatch(/Guidance 7, bullet 2, item 1/);
  await rep.look('time-reassess');

  ok(await rep.pressDirect('Start the reassessment', due));
  await rep.reads('started the reassessment of this deal', root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved on 2 April 2035[^.]*; reassessment under way`));
  for (const title of CONFIRMED) await stillSo(rep, root, title);
  await rep.look('time-still-so');
  await openBy(rep, 'Change', { thread: root, in: 'Laws: is it still so?' });
  await oneByOne(rep, 'Did counsel find', { 'gather data on them arbitrarily': 'Yes' });
  await save(rep);
  await rep.noView();
  for (const title of CONFIRMED_AFTER) await stillSo(rep, root, title);

  const { text } = await compliance.reads(/Review[\s\S]*What changed since the approval of 2 April 2035/, root);
  const questions = text.match(/[^?•]*\?[^?]*Was: /g) ?? [];
  expect(questions).toEqual([expect.stringContaining('gather data on them arbitrarily')]);
  await openBy(compliance, 'Review', { thread: root });
  expect(await compliance.words()).toMatch(/What changed since the approval of 2 April 2035/);
  await compliance.look('time-difference');
  await compliance.closeView();
  // The open condition stands in the form: compliance takes it over.
  await review(compliance, root, { outcome: 'Approve with conditions' });
  await senior.reads(/Senior approvers/, root);
  await review(senior, root, { outcome: 'Approve' });
  await review(counsel, root, { outcome: 'Approve' });
  await rep.reads('This takes the place of the approval of 2 April 2035', root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved with conditions[\\s\\S]*Renewals: not set`));
  await rep.look('time-reassessed');
  expect((await toldOf(rep, CUSTOMER, due)).length).toBe(0);
};
