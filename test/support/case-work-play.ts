/** Handlers work on a case in the case room, each in a browser: a hold, an investigation, its outcome, remedy. */

import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Day } from '../../flows/voices/days.ts';
import { receiptFrom } from '../../flows/voices/receipt.ts';
import { createReceiptKeys } from '../../src/voices/receipt-keys.ts';
import { seal } from '../../src/voices/sealing.ts';
import { headed, press, status, text } from './case-room-pages.ts';
import type { CaseRoom } from './case-room.ts';
import { keep } from './passkey-phones.ts';

export interface Work {
  ada: Page;
  ben: Page;
  id: string;
  /** Everything that the pages asked of the server. */
  sent: readonly string[];
}

export const considersHold = async (room: CaseRoom, { ada, ben, id, sent }: Work): Promise<void> => {
  await press(ada, 'All cases');
  await press(ada, id);
  await headed(ada, id);
  expect(await ada.getByRole('button', { name: 'Begin an investigation' }).count()).toBe(0);
  await press(ada, 'Consider a hold');
  await keep(ada, 'room-hold-empty');
  await press(ada, 'Keep');
  await status(ada, 'Please write first who could find out who spoke.');
  await ada.getByLabel('Who could find out from a hold').fill('Two engineers in the north.');
  const group = (name: string) => ada.getByRole('group', { name });
  await group('Does help from outside serve?').getByLabel('No').check();
  await ada.getByLabel('Whose help, or why not?').fill('Asking would show where they are.');
  await group('Is anything put on hold?').getByLabel('Yes').check();
  const from = await ada.getByLabel('From which day').inputValue();
  expect(from > '2026-11-27' && from <= '2026-12-11').toBe(true);
  expect([0, 6]).not.toContain(new Date(`${from}T00:00:00Z`).getUTCDay());
  await ada.getByLabel('Which deals, or').fill('D-7K3QXM and D-1234AB');
  await ada.getByLabel('Support', { exact: true }).check();
  await ada.getByLabel('Updates', { exact: true }).check();
  await ada.getByLabel('Reason').fill('We got a complaint.');
  await press(ada, 'Keep');
  await status(ada, 'This could show that somebody spoke');
  await ada.getByLabel('Reason').fill('Use is compared with the licence.');
  // He is faster this time, and nothing that she wrote is lost.
  await press(ben, 'Write to them');
  await ben.getByRole('textbox').fill('One more question: is it still going on?');
  await press(ben, 'Send');
  await status(ben, 'Sent.');
  await press(ada, 'Keep');
  await status(ada, 'What you wrote is kept below');
  expect(await ada.getByLabel('Who could find out from a hold').inputValue()).toBe('Two engineers in the north.');
  expect(await ada.getByLabel('From which day').inputValue()).toBe(from);
  await keep(ada, 'room-hold');
  await press(ada, 'Keep');
  await status(ada, 'Kept, for handlers alone.');
  const shown = await text(ada);
  for (const part of [
    'To place in chat',
    'Something is looked into',
    'Use is compared with the licence.',
    'A hold stands.',
  ])
    expect(shown).toContain(part);
  expect(await ada.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await keep(ada, 'room-hold-kept');
  const clear = sent.filter((line) => line.includes('/api/act')).join('\n');
  for (const part of ['engineers', 'D-7K3QXM', 'licence', from]) expect(clear).not.toContain(part);
  expect(JSON.stringify(room.store.caseOf(id)?.events)).not.toContain(from);
};

export const investigates = async (room: CaseRoom, { ben, id }: Work): Promise<void> => {
  await press(ben, 'All cases');
  await press(ben, id);
  await headed(ben, id);
  await press(ben, 'Begin an investigation');
  const not = ben.getByLabel('Who works on these deals');
  await not.fill('Sample Rep');
  await not.press('Enter');
  const who = ben.getByLabel('Who investigates?');
  await who.fill('Sample Rep');
  await who.press('Enter');
  await status(ben, 'Sample Rep is of the deals, or it concerns them');
  await keep(ben, 'room-investigator');
  await who.fill('Sample Auditor');
  await who.press('Enter');
  await press(ben, 'Keep');
  await status(ben, 'Kept, for handlers alone.');
  expect(await text(ben)).toContain('An investigation runs.');
  expect(room.store.caseOf(id)?.events.at(-1)).toMatchObject({ kind: 'worked', day: '2026-11-27' });
};

export const endsWithRemedy = async (room: CaseRoom, { ben, id }: Work): Promise<void> => {
  await press(ben, 'End the investigation');
  await ben.getByLabel('What did it find?').fill('The logs show it.');
  await press(ben, 'Keep');
  await status(ben, 'whether the hold is lifted or stays');
  await ben.getByLabel('It is lifted').check();
  await press(ben, 'Keep');
  await status(ben, 'Kept');
  expect(await text(ben)).toContain('To lift in chat');
  await press(ben, 'The hold is lifted');
  await ben.getByRole('textbox').fill('Lifted on 4 January.');
  await press(ben, 'Keep');
  await status(ben, 'Kept');
  expect(await text(ben)).not.toContain('A hold stands.');
  await press(ben, 'Say the outcome');
  await ben.getByLabel('Substantiated: it happened').check();
  await ben.getByLabel('It is assessed anew').check();
  await ben.getByLabel('Why?').fill('The logs, and two people.');
  await keep(ben, 'room-outcome');
  await press(ben, 'Keep');
  await status(ben, 'Kept');
  await press(ben, 'Plan a remedy');
  await ben.getByLabel('What makes it good').fill('Their phones are cleaned, and they get a lawyer.');
  await ben.getByLabel('By whom?').fill('Sample Support');
  await ben.getByLabel('Until which day?').fill('2026-12-20');
  await press(ben, 'Keep');
  await status(ben, 'Kept');
  expect(await text(ben)).toContain('Remedies to do: 1, the first by 20 December 2026.');
  await press(ben, 'All cases');
  await headed(ben, 'Cases');
  expect(await text(ben)).toContain('Look at what has to be done by 20 December 2026');
  await keep(ben, 'room-work-due');
  await press(ben, id);
  await headed(ben, id);
  await press(ben, 'A remedy is done');
  await ben.getByLabel('Their phones are cleaned').check();
  await ben.getByLabel('What was done').fill('All of it.');
  await press(ben, 'Keep');
  await status(ben, 'Kept');
  expect(room.store.caseOf(id)?.events.at(-1)).toMatchObject({ kind: 'worked', due: null });
};

/** `then`: what is done in the first of them, before both are taken back. */
export const joinsTwo = async (room: CaseRoom, { ada }: Work, then: (page: Page) => Promise<void>): Promise<void> => {
  const made: string[] = [];
  const active = room.handlers.active();
  for (const what of ['They watch us, too.', 'They watch all of us.']) {
    const one = await createReceiptKeys(room.store.salt)(receiptFrom(randomBytes(16)));
    room.store.receive({
      lookup: one.lookup,
      recipient: one.recipient,
      day: '2026-11-27',
      sealedTo: active.map((handler) => handler.id),
      report: await seal(
        { kind: 'report', what, safe: 'yes' },
        active.map(({ recipient }) => recipient),
      ),
      mark: one.markOf(what),
      who: undefined,
      concerns: [],
    });
    made.push(room.store.caseAt(one.lookup)?.id ?? '');
  }
  const [first = '', second = ''] = made;
  await press(ada, 'All cases');
  await press(ada, second);
  await headed(ada, second);
  await press(ada, 'Say what you make of it');
  await ada.getByLabel('False alarm').check();
  await ada.getByLabel('Why?').fill('The same as the other one.');
  await ada.getByLabel('Does another case tell of the same?').fill(first);
  await press(ada, 'Keep');
  await status(ada, 'Kept, for handlers alone.');
  expect(await text(ada)).toContain(`${first} tells of the same.`);
  expect([first, second].map((one) => room.store.caseOf(one)?.events.length)).toEqual([1, 1]);
  await press(ada, 'Say what came of it');
  await ada.getByRole('textbox').fill('We look at it with another report.');
  await press(ada, 'Send');
  await status(ada, 'Sent.');
  expect(await text(ada)).toContain('Another handler has to read it, and close it.');
  expect(await ada.getByRole('button', { name: 'Close the case' }).count()).toBe(0);
  await press(ada, 'All cases');
  await press(ada, first);
  await headed(ada, first);
  expect(await text(ada)).toContain(`${second} tells of the same.`);
  await keep(ada, 'room-joined');
  await then(ada);
  for (const one of made) room.store.withdraw(one, '2026-11-27');
};

const WORK = {
  infer: 'Whoever cleans the north stairs',
  help: 'They would ask who told us',
  deals: 'D-7K3QXM, D-1234AB',
  reason: 'Use is compared with the licence',
  found: 'The logs of March show it',
  remedy: 'A lawyer for each of them',
  remedier: 'The house of Dora Ivanova',
  remedied: 'The lawyers began last week',
} as const;

export const HOLD_REASON = WORK.reason;

/** What must be nowhere in the clear. */
export const WORK_TRACES: readonly string[] = [
  ...Object.values(WORK),
  'significant',
  'substantiated',
  'Sample Counsel',
];

/** What somebody of compliance reads in the room, and carries over to chat. */
export interface ToPlace {
  reason: string;
  from: Day;
  review: Day;
}

export interface Played {
  /** What its author is told. */
  told: string;
  /** Deals that the hold names. */
  deals?: string;
  /** What is done in chat once the room says it; absent: nothing. */
  places?: (hold: ToPlace) => Promise<void>;
  lifts?: () => Promise<void>;
  /** By when the remedy is to be there; absent: nothing is done. */
  remedyBy?: Day;
}

/** From what is made of a case to its closing, by one handler. */
export const fromFindingToClosing = async (page: Page, played: Played): Promise<void> => {
  const { told, deals = WORK.deals, places, lifts, remedyBy } = played;
  const group = (name: string, answer: string): Promise<void> =>
    page
      .getByRole('group', { name })
      .getByLabel(answer, { exact: answer.length < 8 })
      .check();
  const fill = (label: string, words: string): Promise<void> => page.getByLabel(label).fill(words);
  const kept = async (): Promise<void> => {
    await press(page, 'Keep');
    await status(page, 'Kept');
  };
  await press(page, 'Say what you make of it');
  await group('What do you make of it?', 'Credible and significant');
  await fill('Why?', 'It fits what we see.');
  await kept();
  await press(page, 'Consider a hold');
  await fill('Who could find out from a hold', WORK.infer);
  await group('Does help from outside serve?', 'No');
  await fill('Whose help, or why not?', WORK.help);
  await group('Is anything put on hold?', 'Yes');
  await fill('Which deals, or', deals);
  await group('What is stopped?', 'Support');
  await fill('Reason', WORK.reason);
  const day = (label: string): Promise<Day> => page.getByLabel(label).inputValue();
  const [from, review] = [await day('From which day'), await day('Look at it again by')];
  await kept();
  if (places) {
    expect(await text(page)).toMatch(new RegExp(`To place in chat[\\s\\S]*${WORK.reason}`));
    await keep(page, 'room-to-place');
    await places({ reason: WORK.reason, from, review });
  }
  await press(page, 'Begin an investigation');
  for (const [label, name] of [
    ['Who works on these deals', 'Sample Rep'],
    ['Who investigates?', 'Sample Counsel'],
  ] as const) {
    await fill(label, name);
    await page.getByLabel(label).press('Enter');
  }
  await kept();
  await press(page, 'End the investigation');
  await fill('What did it find?', WORK.found);
  await group('What becomes of the hold?', 'It is lifted');
  await kept();
  await lifts?.();
  await press(page, 'The hold is lifted');
  await page.getByRole('textbox').fill('In chat.');
  await kept();
  await press(page, 'Say the outcome');
  await group('What is the outcome?', 'Substantiated: it happened');
  await group('What does it mean for the deals?', 'It is ended');
  await fill('Why?', 'The logs.');
  await kept();
  await press(page, 'Plan a remedy');
  await fill('What makes it good', WORK.remedy);
  if (remedyBy !== undefined) {
    await fill('By whom?', WORK.remedier);
    await fill('Until which day?', remedyBy);
  }
  await kept();
  if (remedyBy !== undefined) {
    await press(page, 'A remedy is done');
    await page.getByLabel(WORK.remedy).check();
    await fill('What was done', WORK.remedied);
    await kept();
  }
  await press(page, 'Say what came of it');
  await page.getByRole('textbox').fill(told);
  await press(page, 'Send');
  await status(page, 'Please tick this first');
  await page.getByLabel('They did not say whether an answer here is safe').check();
  await press(page, 'Send');
  await status(page, 'Sent.');
  await press(page, 'Close the case');
  await press(page, 'Close the case');
  await status(page, 'The case is closed.');
};
