/** Two people at one section, in either chat: nobody's answer is overwritten unseen, and nobody's words are lost. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hand } from '../support/chat-hand.ts';
import { oneByOne, openBy, openDeal, save, shortcut } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing;
beforeAll(async () => {
  playing = await play();
});
afterAll(() => playing.end());

const SMALL = {
  product: 'Sample network protection',
  country: 'Bouvet Island',
  endUser: 'Sample Harbour Office',
  kind: 'Government agency',
};
const FEW = 'Is it something few others sell';
const ANY = 'Does any of these hold for this product?';

const answersOf = async (hand: Hand, thread: string): Promise<string> => {
  await openBy(hand, 'All answers: Product', { thread });
  const words = await hand.words();
  await hand.closeView();
  return words;
};

describe.each(['hand', 'teamsHand'] as const)('with %s', (chat) => {
  /** A deal whose product section the product manager has. */
  const begun = async (customer: string): Promise<{ rep: Hand; manager: Hand; thread: string }> => {
    const [rep, manager] = [playing[chat]('rep'), playing[chat]('productManager')];
    const thread = await openDeal(rep, { ...SMALL, customer });
    await rep.fill('Can the product', 'Yes');
    await save(rep);
    await rep.closeView();
    await openBy(rep, 'Who might know? Hand over Product', { thread });
    await rep.fill('Hand it to', 'Sample Product Manager');
    await save(rep);
    await rep.closeView();
    await openBy(manager, 'Answer: Product', { thread });
    return { rep, manager, thread };
  };

  it('an old form keeps what the other changed since, and shows both where both did', async () => {
    const { rep, manager, thread } = await begun(`Sample Stale ${chat}`);
    await shortcut(manager, ANY, 'all');
    await save(manager);
    await manager.noView();
    await rep.reads(/Product: answered/, thread);
    // H3: opened, not touched, and saved after somebody else's change.
    await openBy(manager, 'Change: Product', { thread });
    await openBy(rep, 'Change: Product', { thread });
    await oneByOne(rep, ANY, { [FEW]: 'Yes' });
    await save(rep);
    expect(await answersOf(rep, thread)).toMatch(/few others sell[\s\S]*Yes\./);
    await save(manager);
    await manager.noView();
    await openBy(manager, 'Change: Product', { thread });
    await openBy(rep, 'Change: Product', { thread });
    await rep.fill(FEW, 'No');
    await rep.fill('Why do these answers change?', 'It was a mistake.');
    await save(rep);
    await manager.fill(FEW, "I don't know");
    expect((await manager.submit()).errors ?? {}).toEqual({});
    const words = await manager.words();
    expect(words).toContain('Not saved yet: somebody else answered too.');
    expect(words).toMatch(/answered meanwhile[\s\S]*No\./);
    await save(manager);
    await manager.noView();
    expect(await answersOf(rep, thread)).toMatch(/few others sell[\s\S]*Don't know\./);
  });

  it('a colleague whose section was taken back keeps every word and reads by whom', async () => {
    const { rep, manager, thread } = await begun(`Sample Taken Back ${chat}`);
    await shortcut(manager, ANY, 'one');
    await manager.fill(FEW, 'Yes');
    // Half a form is refused, and comes back with room for a note.
    await manager.submit();
    await manager.fill(/^Note: Is it something few/, 'Two of them, in 2024.');
    for (const label of await manager.unanswered()) await manager.fill(label, 'No');
    await rep.press('Take back Product', { thread });
    await manager.submit();
    const words = await manager.words();
    expect(words).toContain('took this section back');
    expect(words).toContain('Two of them, in 2024.');
    expect(words).not.toContain('Only the deal team');
  });
});
