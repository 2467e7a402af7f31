import { afterEach, describe, expect, it } from 'vitest';
import { atDesk, type AtDesk } from '../../support/desk.ts';

/** One person presses on and on: others must not drown in it, and what they mean must reach somebody. */
let at: AtDesk;
afterEach(() => at.end());

const flag = (deal: string, n: number, cause?: string) =>
  at.ask(
    'senior-1',
    {
      kind: 'submit',
      form: 'deal.raise-flag',
      context: JSON.stringify({ deal }),
      values: { title: `Worry number ${n} about this deal` },
    },
    undefined,
    cause,
  );
const flagsOf = async (deal: string): Promise<number> => (await at.deals.view(deal))?.deal.ownFlags.length ?? 0;

describe('within a day', () => {
  it('one person raises 20 flags, over all deals, however many are sent at once', async () => {
    at = atDesk();
    const deals = [await at.openDeal(), await at.openDeal()] as const;
    const replies = await Promise.all(Array.from({ length: 60 }, (_, n) => flag(deals[n % 2 === 0 ? 0 : 1], n)));
    expect((await flagsOf(deals[0])) + (await flagsOf(deals[1]))).toBe(20);
    expect(replies.filter(({ kind }) => kind === 'done')).toHaveLength(20);
    expect(JSON.stringify(replies.find(({ kind }) => kind === 'errors'))).toContain('You raised 20 flags within a day');
  });

  it('somebody else still raises theirs, and the same person does the day after', async () => {
    at = atDesk();
    const deal = await at.openDeal();
    for (let n = 0; n < 21; n += 1) await flag(deal, n);
    await at.submit('senior-2', 'deal.raise-flag', { deal }, { title: 'Something worries me, too.' });
    expect(await flagsOf(deal)).toBe(21);
    await at.travel('2027-03-02T09:00:01.000Z');
    await flag(deal, 30);
    expect(await flagsOf(deal)).toBe(22);
  });

  it('a flag delivered again counts once, and is answered as before', async () => {
    at = atDesk();
    const deal = await at.openDeal();
    for (let n = 0; n < 25; n += 1) expect(await flag(deal, 1, 'the same press')).toEqual({ kind: 'done' });
    for (let n = 0; n < 19; n += 1) expect(await flag(deal, n)).toEqual({ kind: 'done' });
    expect(await flag(deal, 1, 'the same press')).toEqual({ kind: 'done' });
    expect(await flagsOf(deal)).toBe(20);
  });

  it('what was refused does not count', async () => {
    at = atDesk();
    const deal = await at.openDeal();
    for (let n = 0; n < 30; n += 1) await at.submit('senior-1', 'deal.raise-flag', { deal }, { title: 'no' });
    expect(await flag(deal, 1)).toEqual({ kind: 'done' });
  });

  it('one person takes 50 dossiers', async () => {
    at = atDesk();
    const deal = await at.openDeal();
    const take = () =>
      at.ask('rep-1', { kind: 'click', name: 'deal.dossier', value: deal }, { platform: 'slack', channel: 'C0CLEAR' });
    for (let n = 0; n < 50; n += 1) expect((await take()).kind).toBe('file');
    expect(JSON.stringify(await take())).toContain('You took 50 dossiers within a day');
  });

  it('one person asks for 10 digests; turning them on and off stays possible', async () => {
    at = atDesk();
    const say = (words: string) => at.ask('compliance-1', { kind: 'words', words, canOpen: true });
    const replies: string[] = [];
    for (let n = 0; n < 12; n += 1) replies.push(JSON.stringify(await say('digest')));
    expect(replies.filter((text) => text.includes('is on its way'))).toHaveLength(10);
    expect(replies.at(-1)).toContain('You asked for 10 digests within a day');
    expect(JSON.stringify(await say('digest on'))).toContain('each working morning');
  });

  it('one person nudges 6 times', async () => {
    at = atDesk();
    const nudged: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const deal = await at.openDeal();
      nudged.push(JSON.stringify(await at.ask('compliance-1', { kind: 'click', name: 'deal.nudge', value: deal })));
    }
    expect(nudged.filter((text) => text.includes('Nudged. They get'))).toHaveLength(6);
    expect(nudged.at(-1)).toContain('You nudged 6 times within a day');
  });
});
