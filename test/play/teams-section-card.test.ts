/** A section's own card in Teams: what its owner sees in its place, and how they get back to it. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { inputsOf, readCard, submitOf } from '../support/adaptive-reading.ts';
import { openDeal, save, shortcut } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';
import type { TeamsHand } from '../support/teams-hand.ts';

let playing: Playing;
let rep: TeamsHand;
let thread: string;
beforeEach(async () => {
  playing = await play();
  rep = playing.teamsHand('rep');
  thread = await openDeal(rep, {
    customer: 'Sample Harbour Office',
    product: 'Sample network protection',
    country: 'Bouvet Island',
    endUser: 'Sample Harbour Office',
    kind: 'Government agency',
  });
  await rep.fill('Can the product', 'Yes');
  await rep.submit();
  await rep.closeView();
});
afterEach(() => playing.end());

const cardOf = async (section: string) => {
  const { ts } = await rep.reads(new RegExp(`^ *(?:\\S+ )?${section}`), thread);
  return rep.sees(ts);
};

it('asks once who might know, without an answer, and keeps the form of the section in its place', async () => {
  await rep.press('Who might know?', { thread, in: 'Product' });
  expect(await rep.words()).toContain('Hand it to');
  await rep.fill('Hand it to', 'Sample Rep');
  const { errors } = await rep.submit();
  expect(errors?.['form']).toContain('That person has this section already.');
  await rep.closeView();
  const card = await cardOf('Product');
  expect([readCard(card).includes('Hand it to'), submitOf(card)?.title]).toEqual([false, 'Save']);
});

it('asks once who might know after an answer too, which is kept', async () => {
  await rep.press('Answer', { thread, in: 'Product' });
  await shortcut(rep, 'Does any of these hold for this product?', 'all');
  await save(rep);
  // Cards come one by one.
  await rep.press('Answer', { thread, in: 'End-user' });
  await shortcut(rep, 'Have all of these been done?', 'all');
  await shortcut(rep, 'As far as the reports show', 'all');
  await save(rep);
  await rep.press('Answer', { thread, in: 'Laws' });
  await shortcut(rep, 'Has counsel, in-house or outside', 'all');
  await shortcut(rep, 'Did counsel find', 'all');
  await save(rep);
  await rep.press('Answer', { thread, in: 'Who is involved' });
  await rep.fill('What will the end-user', 'Keep the harbour open.');
  await rep.pressInView('Who might know?');
  // In a dialog: saving on the way redraws the card, which would remove a form in its place.
  expect(await rep.words()).toMatch(/^Who might know\? .*Hand it to/);
  await rep.closeView();
  const card = await cardOf('Who is involved');
  expect(inputsOf(card).find(({ label }) => label.includes('What will the end-user'))?.value).toBe(
    'Keep the harbour open.',
  );
});

it('is saved by one press where the answers only make room for notes and sources', async () => {
  await rep.press('Answer', { thread, in: 'Product' });
  await shortcut(rep, 'Does any of these hold for this product?', 'one');
  await rep.fill('Does it collect sensitive data', "I don't know");
  // Those that are followed by more questions would make the form grow.
  for (const label of await rep.unanswered()) {
    await rep.fill(label, /Could it be misused|Are there reports/.test(label) ? 'No' : "I don't know");
  }
  const before = rep.clicks;
  expect(await rep.submit()).toEqual({});
  await rep.reads('Product: answered', thread);
  expect(rep.clicks - before).toBe(1);
  // There is room when it is opened again.
  await rep.press('Change', { thread, in: 'Product: answered' });
  expect(await rep.words()).toMatch(/Does it collect sensitive data.*Note for the answer above/);
});
