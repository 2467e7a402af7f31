/** A rep whose approval ends out of scope, and comes back: what stood in the approval is still whoever's it was. */

import { afterEach, describe, expect, it } from 'vitest';
import {
  aPlay,
  approves,
  CONDITION,
  givesAll,
  handsOver,
  movesOn,
  TOKEN,
  type Play,
} from '../../../support/said-matrix-play.ts';

const BY = 'product-1';
const NOTE = `${TOKEN} They beat strikers there.`;
const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };
const plays: Play[] = [];
afterEach(async () => {
  for (const play of plays.splice(0)) await play.end();
});

/** Approved over a colleague's "yes", with a condition; then reassessed, and said to be out of scope. */
const saidOut = async (): Promise<Play> => {
  const play = await aPlay('ordinary');
  plays.push(play);
  await givesAll(play, ['end-user']);
  await handsOver(play, 'end-user');
  await play.gives(BY, 'end-user', { 'H-RF8': { value: 'yes', note: NOTE } });
  await movesOn(play);
  await approves(play, BY);
  await play.does('rep-1', { type: 'ReportChange', what: 'activity', why: 'They grow a little.' });
  await play.does('rep-1', { type: 'StartReassessment' });
  await play.gives('rep-1', 'scope', OUT);
  return play;
};
const page = async (play: Play, name: string, about?: string): Promise<string> =>
  (await play.form('compliance-2', name, about))?.page ?? '';
const back = async (): Promise<Play> => {
  const play = await saidOut();
  const { deal } = await play.view();
  const factsHash = deal.status === 'answering' ? (deal.scopeSaid?.factsHash ?? '') : '';
  await play.does('compliance-2', { type: 'ConfirmScope', factsHash });
  await play.does('rep-1', { type: 'Reopen', reason: 'It is in scope after all.' });
  await play.gives('rep-1', 'scope', { 'G1-capability': { value: 'yes' }, G2: { value: 'yes' } });
  return play;
};

describe('an approval that is said to be out of scope in its reassessment', () => {
  it('is confirmed over what a colleague answered, and wrote under it, and over its votes and conditions', async () => {
    const form = await page(await saidOut(), 'deal.confirm-scope');
    expect(form).toMatch(/answered against it before: .*record of rights abuses/);
    expect(form).toContain(NOTE);
    expect(form).toContain(CONDITION.text);
    expect(form).toMatch(/: approve(?: with conditions)?, .*“/);
  });

  it('shows a colleague’s note as theirs also where the rep writes the same words elsewhere', async () => {
    const play = await saidOut();
    await play.gives('rep-1', 'scope', { ...OUT, G2: { value: 'no', note: NOTE } });
    const form = await page(play, 'deal.confirm-scope');
    expect(form).toMatch(/A note: “zq7x [^”]*” To “Does the end-user have a record.* @product-1/);
  });

  it('leaves the answers to whoever gave them, where the deal comes back and the rep says them again', async () => {
    const play = await back();
    await givesAll(play);
    await play.gives('rep-1', 'end-user', { 'H-RF8': { value: 'no', note: undefined } });
    const form = await page(play, 'deal.confirm-lighter');
    expect(form).toMatch(/record of rights abuses.*Was yes, by @product-1/);
    expect(form).toContain(NOTE);
  });

  it('asks whoever approves next for its conditions', async () => {
    const play = await back();
    await givesAll(play);
    const review = await page(play, 'deal.review', '0');
    expect(review).toContain('Asked for before');
    expect(review).toContain(CONDITION.text);
  });
});
