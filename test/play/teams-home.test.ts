/** `home` in Teams is a message that follows what happens, in place: the whole bot, and the cloud behind it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeal } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing;
beforeAll(async () => {
  playing = await play();
});
afterAll(() => playing.end());

it('shows a deal that is opened meanwhile, for its owner alone, and sends no second message', async () => {
  const [rep, counsel] = [playing.teamsHand('rep'), playing.teamsHand('counsel')];
  for (const hand of [rep, counsel]) {
    await hand.sayIn(await hand.personalChat(), 'home');
    await hand.readsDirect(/(Nothing|What) waits for you/);
  }
  const [pages, counsels] = [await rep.direct(), await counsel.direct()];
  const page = pages.find(({ text }) => /waits for you/.test(text));
  expect(page?.text).not.toContain('Sample Farm Co-operative');
  await openDeal(rep, {
    customer: 'Sample Farm Co-operative',
    product: 'Sample weather sensor',
    country: 'Antarctica',
    endUser: 'Sample Farm Co-operative',
    kind: 'Private',
  });
  const { ts } = await rep.readsDirect('Sample Farm Co-operative');
  expect(ts).toBe(page?.ts);
  expect(await counsel.direct()).toEqual(counsels);
  // The latest page alone follows: an older one stays as it was read.
  await rep.sayIn(await rep.personalChat(), 'home');
  await expect.poll(async () => (await rep.direct()).filter(({ text }) => /waits for you/.test(text)).length).toBe(2);
}, 60_000);
