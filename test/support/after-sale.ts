/** Compliance's work after the sale, played in either chat: an end-user is put on hold and released. */

import { expect } from 'vitest';
import type { Hand } from './chat-hand.ts';
import { answerHarmless, lawsNoted, openDeal, review, save } from './four-deals.ts';

export interface AfterSaleCast {
  rep: Hand;
  compliance: Hand;
  compliance2: Hand;
  counsel: Hand;
}

/** Says words to the bot, and presses that button of its answer. Without a button: the words open a form. */
export type Ask = (hand: Hand, words: string, button?: string) => Promise<void>;
/** Reads the words that answer the form: Slack closes it and posts them, Teams shows them in its place. */
export type Answered = (hand: Hand) => Promise<void>;
/** Reads the words that replace the sent form. */
export type Refused = (hand: Hand, words: RegExp) => Promise<void>;

const END_USER = 'Sample Election Board';

const openOne = (rep: Hand, customer: string): Promise<string> =>
  openDeal(rep, {
    customer,
    product: 'Sample network protection',
    country: 'Bouvet Island',
    endUser: END_USER,
    kind: 'Government agency',
  });

/** Holds an approved deal and a new one of the same end-user; the new one is approved when the hold is lifted. */
export const heldEndUser = async (
  { rep, compliance, compliance2, counsel }: AfterSaleCast,
  { ask, answered, refused }: { ask: Ask; answered: Answered; refused: Refused },
  names: { sold: string; next: string },
): Promise<void> => {
  await lawsNoted(counsel, 'Bouvet Island');
  const sold = await openOne(rep, names.sold);
  await answerHarmless(rep);
  await rep.noView();
  await rep.reads(new RegExp(`${names.sold}[\\s\\S]*Tier: low`, 'i'));
  await review(compliance, sold, { outcome: 'Approve' });
  await rep.reads(/Approved/, sold);

  await ask(compliance, 'hold');
  await compliance.fill('What is it for?', 'An end-user');
  await compliance.fill('End-user', 'SAMPLE election-board');
  await compliance.fill('What is stopped?', ['Upgrades', 'Support']);
  await compliance.fill('Because of what?', 'Something is looked into');
  await compliance.fill('Reason', 'It is said to watch the wrong people.');
  // The sample organisation works in UTC.
  await compliance.fill('From which day', new Date().toISOString().slice(0, 10));
  await save(compliance);
  expect(await compliance.words()).toMatch(/1 deal names this end-user:[\s\S]*D-/);
  await compliance.look('hold-shown');
  await save(compliance);
  await answered(compliance);

  const said = await rep.reads('Stop upgrades and support', sold);
  expect(said.text).not.toContain('wrong people');
  await rep.reads(new RegExp(`${names.sold}[\\s\\S]*On hold:[\\s\\S]*stop upgrades and support`));
  const told = await rep.readsDirect(/this is for your deals/);
  expect((await rep.direct()).find(({ ts }) => ts === told.ts)?.text).toMatch(
    /wrong people[\s\S]*Guidance 7, bullet 4, sub-bullet 1/,
  );
  await rep.look('hold-told');

  const next = await openOne(rep, names.next);
  await answerHarmless(rep);
  await rep.noView();
  await rep.reads('Stop upgrades and support', next);
  await compliance2.reads(new RegExp(`${names.next}[\\s\\S]*Nobody can approve this deal meanwhile`));
  await review(compliance2, next, { outcome: 'Approve', until: 'confirm' });
  await save(compliance2);
  await refused(compliance2, /put this end-user on hold, so nobody can approve the deal/);
  expect((await rep.messages(next)).filter(({ text }) => /Approved/.test(text))).toEqual([]);

  await ask(compliance2, 'holds', 'Lift');
  await compliance2.fill('Why can it go on?', 'It was about somebody else.');
  await save(compliance2);
  await answered(compliance2);
  await rep.reads(/lifted the hold/, next);
  await rep.readsDirect('It was about somebody else.');
  // Who lifted a colleague's hold does not decide alone after that.
  await review(compliance, next, { outcome: 'Approve' });
  await rep.reads(/Approved/, next);
};

/** Issues an alert for a country: an approved deal there is to be reassessed, and the watcher reports a look. */
export const alertedCountry = async (
  { rep, compliance, compliance2, counsel }: AfterSaleCast,
  { ask, answered }: { ask: Ask; answered: Answered },
  { sold, country }: { sold: string; country: string },
): Promise<void> => {
  await lawsNoted(counsel, country);
  const root = await openDeal(rep, {
    customer: sold,
    product: 'Sample network protection',
    country,
    endUser: sold,
    kind: 'Government agency',
  });
  await answerHarmless(rep);
  await rep.noView();
  await rep.reads(new RegExp(`${sold}[\\s\\S]*Tier: low`, 'i'));
  await review(compliance, root, { outcome: 'Approve' });
  await rep.reads(/Approved/, root);

  await ask(compliance, `alert ${country} The courts were closed, https://reports.example.org/a`);
  await save(compliance);
  expect(await compliance.words()).toMatch(/1 approved deal is to be reassessed/);
  await compliance.look('alert-shown');
  await save(compliance);
  await answered(compliance);
  await rep.reads(new RegExp(`${sold}[\\s\\S]*The courts were closed`));
  await rep.readsDirect(/Country alert[\s\S]*It affects 1 of your deals[\s\S]*You get this because you own them/);
  await rep.look('alert-told');

  await ask(compliance2, 'watch', 'I looked');
  await compliance2.fill('What did you find?', 'Nothing new');
  await compliance2.fill('In a sentence', 'The reports of this week say the same.');
  await save(compliance2);
  await answered(compliance2);

  await ask(compliance2, 'alerts', 'End');
  await compliance2.fill('Why does it end?', 'The courts are open again.');
  await save(compliance2);
  await answered(compliance2);
};
