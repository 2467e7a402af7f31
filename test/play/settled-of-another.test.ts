/** What an officer settled of a deal is asked again once the deal is of something else, or there is a reason why not. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { severalDeals } from '../support/between-deals.ts';
import { bothStarts, endStarts, movesOn, PARTIES, playOf, type Starts } from '../support/said-matrix-play.ts';
import { askedOver, CHANGES, OFFICERS_SETTLE, REWORDS, type Change } from '../support/settled-of-another.ts';

let starts: Starts;
beforeAll(async () => {
  starts = await bothStarts();
});
afterAll(async () => {
  await endStarts(starts);
});

const SMALLER = 'less is sold than they settled it of';
const OF_ANY = 'a stop is of whom it is sold to, whatever it is worth';
type Reasons = readonly (readonly [why: string, ...changes: Change[]])[];

const STANDS: Readonly<Record<string, Reasons>> = {
  'a stop, taken back': [[OF_ANY, 'more']],
};

it('asks the chief of a stop with the reason for which it was taken back', async () => {
  const play = starts.ordinary.deciding.fork();
  await OFFICERS_SETTLE['a stop, taken back']!.settles(play);
  await play.corrects('rep-1', (now) => ({ ...now, ...CHANGES.kind(now) }), 'They told us.');
  const { deal, assessment } = await play.view();
  expect(assessment.tier).toBe('high');
  const [flag] = deal.ownFlags;
  expect(await play.tries('compliance-1', { type: 'DismissFlag', flag: flag!.id, reason: 'I know them.' })).toBe(false);
  const form = await play.form('chief-1', 'deal.settle-flag', flag!.id);
  expect(form?.page).toMatch(
    /taken back when its details were others[^]*Stopped on [^]*@chief-1 took it back[^]*a private firm/u,
  );
  await play.does('chief-1', { type: 'DismissFlag', flag: flag!.id, reason: 'I know them.' });
  await play.end();
});

it('says that it is the very end-user once a party that only paid becomes it', async () => {
  const deals = severalDeals({ euExporter: true });
  const open = async (endUser: string, customer: string) => {
    const play = playOf(deals, await deals.open({ ...PARTIES, endUser, customer, between: [] }), 'ordinary');
    await movesOn(play);
    return play;
  };
  const first = await open('Gannet Quay Board', 'Pier Works');
  await first.does('senior-2', { type: 'RaiseFlag', title: 'They hunt porters.' });
  const second = await open('Lark School Office', 'Gannet Quay Board');
  const flag = (await second.view()).deal.ownFlags.at(-1)!.id;
  const page = async () => (await second.form('compliance-1', 'deal.settle-flag', flag))?.page ?? '';
  expect(await page()).toContain('which shares a party with this one: A red flag');
  await second.does('compliance-1', { type: 'DismissFlag', flag, reason: 'That board only pays.' });
  await second.corrects(
    'rep-1',
    (now) => ({ ...now, endUser: { ...now.endUser, name: 'Gannet Quay Board' } }),
    'They use it.',
  );
  expect(await page()).toMatch(/Dismissed before .*only pays[^]*with the same end-user: A red flag/u);
  expect(await page()).not.toContain('shares a party');
  await deals.end();
});

it.each(Object.entries(OFFICERS_SETTLE))('%s', async (name, row) => {
  // What was found out of scope is reopened to be corrected: all of it is asked again then.
  const reasons = row.alone ? [] : [...(STANDS[name] ?? []), [SMALLER, 'less'] as const];
  const found: string[] = [];
  const expected: string[] = [];
  // What is out of scope is asked for no purpose.
  for (const change of [...Object.keys(CHANGES), ...(row.alone ? [] : Object.keys(REWORDS))] as Change[]) {
    found.push(`${change}: ${await askedOver(row, change, starts[row.of ?? 'ordinary'].deciding)}`);
    expected.push(`${change}: ${!reasons.some(([, ...changes]) => changes.includes(change as never))}`);
  }
  expect(found).toEqual(expected);
});
