/** An approver goes away, and their delegate votes for them, played in either chat. */

import { expect } from 'vitest';
import type { Hand } from './chat-hand.ts';
import { answerForPolice, ok, openBy, openDeal, review, save } from './four-deals.ts';
import { isTold, toldOf, type TimeCast, type Travel } from './time-deals.ts';

const CUSTOMER = 'Sample Stand-in Works';
const WAITS = /A review waits/;

export interface AwayForm {
  /** Opens the form "I am away", as that chat does. */
  open(hand: Hand): Promise<void>;
  /** Closes what is shown after saving. */
  close(hand: Hand): Promise<void>;
}

export const stoodIn = async (
  cast: TimeCast & { legalAdviser: Hand },
  travel: Travel,
  away: AwayForm,
): Promise<void> => {
  const { rep, compliance, senior, counsel, legalAdviser } = cast;
  // A Monday.
  await travel('2035-08-13T10:00:00.000Z');
  const root = await openDeal(rep, {
    customer: CUSTOMER,
    product: 'Sample facial recognition',
    country: 'Bouvet Island',
    endUser: 'Sample Interior Police',
    kind: 'Security, police or intelligence service',
    intermediaries: 'Sample Stand-in Works, reseller',
  });
  await answerForPolice(rep);
  await compliance.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Compliance`));
  await review(compliance, root, { outcome: 'Approve' });
  await senior.reads(/Senior approvers/, root);
  await review(senior, root, { outcome: 'Approve' });

  await travel('2035-08-14T08:00:00.000Z');
  await away.open(counsel);
  await counsel.fill('First day away', '2035-08-14');
  await counsel.fill('Last day away', '2035-08-31');
  await counsel.fill('Who acts for you', 'Sample Legal Adviser');
  await counsel.look('away-form');
  await save(counsel);
  await away.close(counsel);

  // On the first morning the open duties are passed on, once.
  await travel('2035-08-14T09:01:00.000Z');
  const first = await isTold(legalAdviser, CUSTOMER, WAITS, 1);
  expect(first.text).toMatch(/You get this because you act for[\s\S]*until 31 August 2035/);
  await legalAdviser.look('away-told');
  // The reminders that would be counsel's come next, and counsel gets none.
  await travel('2035-08-15T16:00:00.000Z');
  await isTold(legalAdviser, CUSTOMER, WAITS, 2);
  expect(await toldOf(counsel, CUSTOMER, /review waits/i)).toEqual([]);

  await openBy(legalAdviser, 'Review', { thread: root });
  expect(await legalAdviser.words()).toMatch(/You vote for[\s\S]*who is away/);
  await legalAdviser.look('away-review');
  await legalAdviser.closeView();
  await review(legalAdviser, root, { outcome: 'Approve' });
  await rep.reads(/, for [\s\S]*in Senior approvers/, root);
  await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved`));
  await rep.look('away-approved');

  // Back again: the outcome stands, and none of it waits for anybody.
  await travel('2035-09-01T10:00:00.000Z');
  ok(await rep.press('Why?', { in: CUSTOMER }));
  await rep.closeView();
  expect((await rep.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved`))).text).toMatch(/Approved/);
  expect(await toldOf(counsel, CUSTOMER, /review waits/i)).toEqual([]);
  expect(await toldOf(legalAdviser, CUSTOMER, WAITS)).toEqual([]);
  await isTold(legalAdviser, CUSTOMER, /You approved for/, 2);
};
