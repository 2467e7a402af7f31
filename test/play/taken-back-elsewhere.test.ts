/** What compliance took back as not known on one deal is not taken again by another with the same end-user, opened before or after that. */

import { afterEach, expect, it } from 'vitest';
import { saidElsewhere } from '../../flows/deal/context/others.ts';
import type { ValueBand } from '../../flows/deal/deal.ts';
import type { GapsCommand } from '../../flows/registers/gaps.ts';
import type { HoldCommand } from '../../flows/registers/hold-shapes.ts';
import type { SheetsCommand } from '../../flows/registers/sheet-shapes.ts';
import { severalDeals, type Parties, type SeveralDeals } from '../support/between-deals.ts';
import { approves, handsOver, movesOn, PARTIES, playOf, type Play } from '../support/said-matrix-play.ts';

let deals: SeveralDeals;
afterEach(() => deals.end());

const LAWS = ['L1', 'L2', 'L3'];
const accepts = (reason: string): Promise<void> =>
  deals.register(
    ({ gaps }, ask) =>
      gaps.handle(
        { type: 'AcceptGap', on: { of: 'country', country: 'NO' }, questions: LAWS, reason, until: '2027-08-01' },
        ask,
      ),
    'compliance-1',
  );
const opens = async (more: Partial<Parties> = {}): Promise<Play> => {
  const play = playOf(deals, await deals.open({ ...PARTIES, ...more }), 'ordinary');
  await movesOn(play);
  return play;
};
const taken = async (play: Play): Promise<string[]> => {
  const { gaps = {} } = (await play.view()).deal;
  return Object.keys(gaps).filter((id) => LAWS.includes(id));
};
const takesBack = (play: Play): Promise<void> =>
  play.does('compliance-2', {
    type: 'TakeGapsBack',
    questions: LAWS,
    reason: 'A baker told me that the guards there read the letters of nuns.',
  });

it('counts for its twins, and for the same sale opened anew', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const [first, twin] = [await opens(), await opens()];
  for (const play of [first, twin]) expect(await taken(play)).toEqual(LAWS);
  await takesBack(first);
  expect(await taken(twin)).toEqual([]);
  const anew = await opens();
  expect(await taken(anew)).toEqual([]);
  expect((await anew.form('compliance-1', 'deal.accept-gaps'))?.page).toMatch(
    /took back there what it had accepted as not known: “A baker told me/u,
  );
  // Of somebody else nobody said so.
  expect(await taken(await opens({ endUser: 'Tern Kiln House', customer: 'Brill Trade', between: [] }))).toEqual(LAWS);
  // Nobody who accepts it for somebody else’s deal there has read that, nor does what is accepted for the first alone stand for another.
  await accepts('Counsel looked at the laws there since.');
  expect(await taken(await opens())).toEqual([]);
  const accept = { type: 'AcceptGaps', questions: LAWS, reason: 'They showed us that it is not so.' } as const;
  await first.does('compliance-1', accept);
  expect(await taken(await opens())).toEqual([]);
  // However many of its deals say so, each question is heard of once.
  await twin.does('compliance-1', accept);
  await takesBack(twin);
  const last = await opens();
  expect(await taken(last)).toEqual([]);
  expect((await last.view()).deal.others?.gaps?.map(({ question }) => question)).toEqual(LAWS);
});

it('holds the same where a colleague wrote under that question, whenever it was accepted', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const [first, twin] = [await opens(), await opens()];
  // Whoever wrote it is a colleague also where they are made part of the new deal's team.
  const anew = playOf(deals, await deals.open(PARTIES), 'ordinary');
  await anew.does('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' });
  await anew.does('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Here it is again.' });
  await anew.gives('rep-1', 'scope');
  await anew.gives('rep-1', 'laws', Object.fromEntries(LAWS.map((id) => [id, { sources: [] }])));
  await movesOn(anew);
  await handsOver(first, 'laws');
  await first.gives('product-1', 'laws', { L1: { note: 'A nun told me that judges there are paid.' } });
  const others = LAWS.filter((id) => id !== 'L1');
  // There nothing that has sources is taken any more, as several people give them.
  expect(await taken(first)).toEqual([]);
  for (const play of [twin, anew]) expect(await taken(play)).toEqual(others);
  await accepts('Nobody publishes on the laws there yet.');
  expect(await taken(await opens())).toEqual(others);
});

it('holds the same where it ended in the deal in which compliance accepted it, over what a colleague told there', async () => {
  deals = severalDeals({ euExporter: true });
  const first = await opens();
  await first.does('compliance-1', {
    type: 'AcceptGaps',
    questions: LAWS,
    reason: 'Nobody publishes on the laws there.',
  });
  await accepts('Nobody publishes on the laws there.');
  const twin = await opens();
  expect(await taken(twin)).toEqual(LAWS);
  await first.does('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' });
  const told = 'A nun told me that the judges there are paid by this board.';
  await first.does('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: told });
  for (const play of [first, twin, await opens()]) expect(await taken(play)).toEqual([]);
});

it('holds the same where another seller noted it in a deal of her own', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const mine = await opens();
  const theirs = playOf(deals, await deals.open(PARTIES, 'legal-1'), 'ordinary');
  await theirs.gives('legal-1', 'scope');
  await theirs.gives('legal-1', 'laws', { L1: { note: 'A nun told me that judges there are paid.' } });
  const others = LAWS.filter((id) => id !== 'L1');
  for (const play of [mine, await opens()]) expect(await taken(play)).toEqual(others);
});

it.each(['compliance-1', 'compliance-2'])(
  'stands for no other deal where %s accepts it for that deal alone',
  async (by) => {
    deals = severalDeals({ euExporter: true });
    await accepts('Nobody publishes on the laws there.');
    const first = await opens();
    await takesBack(first);
    await first.does(by, { type: 'AcceptGaps', questions: LAWS, reason: 'For this small licence alone.' });
    expect(await taken(await opens())).toEqual([]);
  },
);

it('holds the same in a deal that whoever noted it opens for another, as a favour', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const first = await opens();
  await handsOver(first, 'laws');
  await first.gives('product-1', 'laws', { L1: { note: 'A nun told me that judges there are paid.' } });
  const favour = playOf(deals, await deals.open(PARTIES, 'product-1'), 'ordinary');
  await movesOn(favour);
  expect(await taken(favour)).toEqual(LAWS.filter((id) => id !== 'L1'));
});

it('holds the same where she opens it while she looks after the first, too', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const first = playOf(deals, await deals.open(PARTIES), 'ordinary');
  await first.does('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' });
  await first.gives('product-1', 'scope');
  await first.gives('product-1', 'laws', {
    ...Object.fromEntries(LAWS.map((id) => [id, { sources: [] }])),
    L1: { sources: [], note: 'A nun told me that judges there are paid.' },
  });
  await movesOn(first);
  const favour = playOf(deals, await deals.open(PARTIES, 'product-1'), 'ordinary');
  await movesOn(favour);
  expect(await taken(favour)).toEqual(LAWS.filter((id) => id !== 'L1'));
});

it('holds the same of a product where its manager noted it on the sheet, and opens the deal herself', async () => {
  deals = severalDeals({ euExporter: true });
  const on = { of: 'product', product: 'recorder', name: 'Sample camera recorder' } as const;
  const accept: GapsCommand = {
    type: 'AcceptGap',
    on,
    questions: ['P-RF1'],
    reason: 'Nobody looked yet.',
    until: '2027-08-01',
  };
  await deals.register(({ gaps }, ask) => gaps.handle(accept, ask), 'compliance-1');
  const note = 'A nun told me that wardens followed nuns with one.';
  const save: SheetsCommand = {
    type: 'SaveSheet',
    on,
    from: 0,
    answers: { 'P-RF1': { value: 'unknown', note, sources: [] } },
  };
  await deals.register(({ sheets }, ask) => sheets.handle(save, ask), 'compliance-2');
  for (const by of ['rep-1', 'compliance-2']) {
    const play = playOf(deals, await deals.open({ ...PARTIES, product: 'recorder' }, by), 'ordinary');
    await play.gives(by, 'scope');
    await play.gives(by, 'product', { 'P-RF1': { value: 'unknown' } });
    await movesOn(play);
    expect(Object.keys((await play.view()).deal.gaps ?? {})).toEqual([]);
  }
});

it('ends what was accepted of this deal alone once more is sold', async () => {
  deals = severalDeals({ euExporter: true });
  const play = await opens();
  const sells = (valueBand: ValueBand): Promise<void> =>
    play.corrects('rep-1', (now) => ({ ...now, valueBand }), 'They told us how much.');
  await play.does('compliance-1', {
    type: 'AcceptGaps',
    questions: LAWS,
    reason: 'A few seats: I would not say so of more.',
  });
  await sells('under-50k');
  expect(await taken(play)).toEqual(LAWS);
  await sells('1m-10m');
  expect(await taken(play)).toEqual([]);
});

it('tells the same sale opened anew of a hold that began on a deal once it was withdrawn', async () => {
  deals = severalDeals({ euExporter: true });
  const first = await opens();
  await first.does('rep-1', { type: 'Withdraw', reason: 'They wait for money.' });
  const { id, team } = (await first.view()).deal;
  const place: HoldCommand = {
    type: 'PlaceHold',
    on: { of: 'deal', deal: id },
    stop: ['support'],
    because: 'inquiry',
    reason: 'A newspaper writes that its wardens whip cooks.',
    review: '2027-12-01',
    reach: { deals: 1, team },
  };
  await deals.register(({ holds }, ask) => holds.handle(place, ask), 'compliance-1');
  const anew = await opens();
  expect((await anew.view()).deal.ownFlags).toMatchObject([
    { title: 'Another deal speaks against this one', status: 'pending' },
  ]);
  await first.does('rep-1', { type: 'Reopen', reason: 'They have it now.' });
  expect(Object.values((await first.view()).deal.holds ?? {})).toHaveLength(1);
});

it('tells of a report over which compliance reopened the deal, until that is decided anew', async () => {
  deals = severalDeals({ euExporter: true });
  const first = await opens();
  await approves(first, 'compliance-1');
  const why = 'They lend it to the secret police now.';
  await first.does('compliance-1', { type: 'ReportChange', what: 'activity', why });
  await first.does('chief-1', { type: 'Reopen', reason: 'We look at it from the start.' });
  const waits = { title: 'Another deal speaks against this one', status: 'pending' };
  const anew = await opens();
  expect((await anew.view()).deal.ownFlags).toMatchObject([waits]);
  expect((await anew.view()).deal.others?.worries).toContainEqual(expect.objectContaining({ of: 'report', text: why }));
  await first.does('rep-1', { type: 'Withdraw', reason: 'They order it later.' });
  expect((await (await opens()).view()).deal.ownFlags).toMatchObject([waits]);
  // Approved since, it is settled, whatever becomes of that approval.
  await movesOn(first);
  await approves(first, 'compliance-1');
  await first.does('chief-1', { type: 'Reopen', reason: 'It was delivered.' });
  const { worries } = saidElsewhere(await first.view());
  expect(worries.flatMap(({ of, text }) => (text === why ? [of] : []))).toEqual(['lifted']);
});

it('holds nothing where it only ended for all deals: accepted for all again, it is taken again', async () => {
  deals = severalDeals({ euExporter: true });
  await accepts('Nobody publishes on the laws there.');
  const first = await opens();
  await opens({ endUser: 'Tern Kiln House', customer: 'Brill Trade', between: [] });
  await deals.register(async ({ gaps }, ask) => {
    const [acceptance = ''] = Object.keys((await gaps.now()).state.acceptances);
    return gaps.handle({ type: 'EndGap', acceptance, reason: 'A report on them came out.' }, ask);
  }, 'compliance-2');
  expect(await taken(first)).toEqual([]);
  await first.does('compliance-1', { type: 'AcceptGaps', questions: LAWS, reason: 'For this small licence alone.' });
  expect(await taken(await opens())).toEqual([]);
  await accepts('Counsel read that report.');
  expect(await taken(await opens())).toEqual(LAWS);
});
