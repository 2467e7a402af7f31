/** Answered once by who knows, then taken by a rep: through the real bot and both stand-ins, without a browser. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearedAgain, clearedOnce, countryBrief, productSheet } from '../support/answer-once.ts';
import type { Hand } from '../support/chat-hand.ts';
import { play, type Playing } from '../support/playing.ts';

describe.each(['Slack', 'Teams'])('a product sheet and a country brief in %s', (chat) => {
  let playing: Playing;
  beforeAll(async () => {
    playing = await play();
  });
  afterAll(() => playing.end());
  const hand = (who: 'rep' | 'productManager' | 'counsel' | 'compliance'): Hand =>
    chat === 'Slack' ? playing.hand(who) : playing.teamsHand(who);

  it('are filled in once, and a rep clears a harmless deal in 12 presses after opening it; the next with it confirms what that one said', async () => {
    expect(await productSheet(hand('productManager'), 'Sample network protection')).toBeLessThanOrEqual(10);
    expect(await countryBrief(hand('counsel'), 'Bouvet Island')).toBeLessThanOrEqual(19);
    const { presses } = await clearedOnce(hand('rep'), hand('compliance'));
    expect(presses).toBeLessThanOrEqual(12);
    const again = await clearedAgain(hand('rep'), hand('compliance'));
    expect(again).toEqual({ presses: 21, again: 9 });
  });
});
