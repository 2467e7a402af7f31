/** The card of all sections in Teams: what its owner opens from it, and what stays while others answer. */

import { afterEach, beforeEach, expect, it } from 'vitest';
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

it('asks once who might know, and leads on to the section all the same', async () => {
  await rep.press('Who might know? Hand over Product', { thread });
  expect(await rep.words()).toContain('Hand it to');
  await rep.fill('Hand it to', 'Sample Rep');
  const { errors } = await rep.submit();
  expect(errors?.['form']).toContain('That person has this section already.');
  await rep.closeView();
  await rep.press('Answer: Product', { thread });
  expect(await rep.words()).toContain('Does any of these hold for this product?');
});

it('keeps what somebody types while a colleague answers another section', async () => {
  const manager = playing.teamsHand('productManager');
  await rep.press('Who might know? Hand over Product', { thread });
  await rep.fill('Hand it to', 'Sample Product Manager');
  await save(rep);
  await rep.closeView();
  await manager.press('Answer: Product', { thread });
  await shortcut(manager, 'Does any of these hold for this product?', 'all');
  await rep.press('Answer: End-user', { thread });
  await shortcut(rep, 'Have all of these been done?', 'all');
  await save(manager);
  await rep.reads('Product: answered', thread);
  await shortcut(rep, 'As far as the reports show', 'all');
  await save(rep);
  await rep.reads('End-user: answered', thread);
});

it('is saved by one press where the answers only make room for notes and sources', async () => {
  await rep.press('Answer: Product', { thread });
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
  await rep.press('Change: Product', { thread });
  expect(await rep.words()).toMatch(/Does it collect sensitive data.*Note for the answer above/);
});
