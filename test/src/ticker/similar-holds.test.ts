/** Somebody is put on hold while deals name others who are called much like that: they are asked about when it is placed, once. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootCard } from '../../../blocks/cards/root.ts';
import { saidBefore } from '../../../blocks/cards/said-before.ts';
import { settleFlagForm } from '../../../blocks/forms/flag.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { newsOfOthers } from '../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../flows/deal/context/others.ts';
import { isWaiting } from '../../../flows/deal/context/worries.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { Others } from '../../../flows/deal/heard-shapes.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { waitsOf } from '../../../flows/lists/waits.ts';
import { hitsElsewhere } from '../../../src/route/hits.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { formIn } from '../../support/desk.ts';
import { screenedDesk, type ScreenedDesk } from '../../support/screened-deals.ts';
import { tellAll } from '../../support/telling.ts';

let at: ScreenedDesk;
let acts = 0;
beforeEach(() => {
  at = screenedDesk();
});
afterEach(() => at.end());

const HELD = 'Ilmaras Korvat Bureau';
const called = (name: string): Partial<DealDetails> => ({ endUser: { name, kind: 'private' } });
const LIKE = called('Ilmaras Korvta Bureau');

/** Brings what the register has to the deals, page by page; once more is nothing. */
const spread = async (): Promise<void> => {
  const { holds } = at.desk.registers;
  for (let page = 0; page < 20; page += 1)
    if (Object.keys((await holds.read()).state.spreads).length > 0)
      await at.spreading.tickHolds(holds.stream, at.desk.clock().toISOString());
  expect((await holds.read()).state.spreads).toEqual({});
};
const hold = async (name: string = HELD): Promise<string> => {
  const { holds } = at.desk.registers;
  const cause = `hold-${(acts += 1)}`;
  const command = {
    type: 'PlaceHold' as const,
    on: { of: 'end-user' as const, name },
    stop: ['support' as const],
    because: 'complaint' as const,
    reason: 'It is being looked into.',
    review: '2027-04-01',
    reach: { deals: 0, team: [] },
  };
  expect((await holds.handle(command, { actor: 'compliance-2', cause })).kind).toBe('accepted');
  return Object.values((await holds.read()).state.holds).at(-1)!.id;
};
const lift = async (id: string): Promise<void> => {
  const command = { type: 'LiftHold' as const, hold: id, reason: 'It was cleared up.', reach: { deals: 0, team: [] } };
  await at.desk.registers.holds.handle(command, { actor: 'compliance-2', cause: `lift-${(acts += 1)}` });
  await spread();
};
const asked = async (deal: string): Promise<string[]> =>
  (await at.view(deal)).deal.ownFlags.map(({ title, status }) => `${title}: ${status}`);
const flagIn = async (deal: string) => {
  const flag = (await at.view(deal)).deal.ownFlags.at(-1);
  if (!flag) throw new Error('nothing was asked');
  return flag.id;
};
const say = async (deal: string, what: 'AdmitFlag' | 'DismissFlag', by = 'compliance-1') =>
  at.act(deal, by, { type: what, flag: await flagIn(deal), weight: 'light', reason: 'Founded in 1961; its own bank.' });
const ASKED = '“Ilmaras Korvta Bureau” may be somebody on hold';

describe('a hold that is placed later', () => {
  it('is asked of every party that is much like it: what is said of one settles no other', async () => {
    const intermediaries = [{ name: 'Ilmaras Korvat Bureau Ltd', role: 'installer' as const }];
    const deal = await at.openWith({ ...LIKE, intermediaries });
    await hold();
    await spread();
    expect((await asked(deal)).toSorted()).toEqual([
      '“Ilmaras Korvat Bureau Ltd” may be somebody on hold: pending',
      `${ASKED}: pending`,
    ]);
    await say(deal, 'DismissFlag');
    const left = (await asked(deal)).filter((one) => one.endsWith('pending'));
    expect(left).toHaveLength(1);
    expect(plain(rootCard(await at.view(deal)))).toContain(left[0]!.split(' may')[0]!);
  });
  it('is told in the thread and to compliance of each deal that names somebody much like it, once', async () => {
    const [like, other, over] = [await at.openWith(LIKE), await at.openWith({}), await at.openWith(LIKE)];
    await at.act(over, 'rep-1', { type: 'Withdraw', reason: 'They took another supplier.' });
    await tellAll(at, /./);
    await hold();
    await spread();
    expect(await asked(like)).toEqual([`${ASKED}: pending`]);
    expect([await asked(other), await asked(over)]).toEqual([[], []]);
    const { told } = await tellAll(at, /called much like somebody on hold/);
    expect(told.map(({ to }) => to).toSorted()).toEqual(['compliance-1', 'compliance-2', 'thread']);
    for (const { text } of told) {
      expect(text).toContain('Until then the deal can’t be approved.');
      // A whole channel sees it.
      expect(text).not.toContain('Korvat ');
      expect(text).toContain('Another party…');
    }
    expect(waitsOf(await at.view(like)).map(({ of }) => of)).toContain('flag');
    // Nobody is told that their deals are held: none is.
    expect((await tellAll(at, /./)).told).toEqual([]);
    const before = await at.commits();
    await spread();
    expect(await at.commits()).toBe(before);
  });

  it('asks by whom the deal names later, too, and at the next act on one of before it was asked', async () => {
    await hold();
    await spread();
    expect(await asked(await at.openWith(LIKE))).toEqual([`${ASKED}: pending`]);
    const renamed = await at.openWith({});
    await at.rename(renamed, LIKE);
    expect(await asked(renamed)).toEqual([`${ASKED}: pending`]);
  });

  it('names whom it is about to those who settle it, with reason, and says so of nobody else', async () => {
    const deal = await at.openWith(LIKE);
    await hold();
    await spread();
    const view = await at.view(deal);
    const form = JSON.stringify(settleFlagForm(view, await flagIn(deal), { verdict: 'dismiss' }).blocks);
    expect(form).toContain(`is called much like “${HELD}”, who is on hold.`);
    expect(form).toContain('It is being looked into.');
    expect(form).not.toContain('compared with lists');
    expect(plain(rootCard(view))).toContain('Nobody can approve this deal until compliance says who it is.');
    expect(plain(rootCard(view))).toContain('A party may be on hold: compliance says who it is');
  });

  it('is settled by compliance alone, outside the deal, with a reason; then it is quiet', async () => {
    const deal = await at.openWith(LIKE);
    await hold();
    await spread();
    expect(await say(deal, 'DismissFlag', 'rep-1')).not.toBe('accepted');
    const silent = { type: 'DismissFlag', flag: await flagIn(deal), reason: '' } as const;
    expect(await at.act(deal, 'compliance-1', silent)).toContain('what differs');
    expect(await say(deal, 'DismissFlag')).toBe('accepted');
    const view = await at.view(deal);
    expect(plain(rootCard(view))).not.toContain('on hold');
    expect(JSON.stringify(whyForm(view).blocks)).toMatch(/Another party, says [\s\S]*Founded in 1961/);
    await at.rename(deal, { valueBand: 'over-10m' });
    expect(await asked(deal)).toEqual([`${ASKED}: dismissed`]);
  });

  it('asks again where the name, its part, or the country is another, and of another hold', async () => {
    const first = await hold();
    const deal = await at.openWith({ ...called('Bergen Harbour Office'), customer: 'Ilmaras Korvta Bureau' });
    await say(deal, 'DismissFlag');
    await at.rename(deal, { customer: 'Korvat Bureau Ilmara' });
    expect(await asked(deal)).toHaveLength(2);
    await say(deal, 'DismissFlag');
    await at.rename(deal, { customer: 'Ostfold Line', ...called('Korvat Bureau Ilmara') });
    expect(await asked(deal)).toHaveLength(3);
    await say(deal, 'DismissFlag');
    await at.rename(deal, { destination: 'IS' });
    expect(await asked(deal)).toHaveLength(4);
    await say(deal, 'DismissFlag');
    await lift(first);
    await hold();
    await spread();
    expect((await asked(deal)).at(-1)).toBe('“Korvat Bureau Ilmara” may be somebody on hold: pending');
  });

  it('stays open where the deal takes quite another name, and is over when the hold is lifted', async () => {
    const id = await hold();
    const deal = await at.openWith(LIKE);
    await at.rename(deal, called('Bergen Harbour Office'));
    expect(await asked(deal)).toEqual([`${ASKED}: pending`]);
    await tellAll(at, /./);
    await lift(id);
    expect(await asked(deal)).toEqual([`${ASKED}: dismissed`]);
    const { told } = await tellAll(at, /That hold is over/);
    expect(told.map(({ to }) => to)).toContain('thread');
  });

  it('is not lifted by somebody whose own deal waits to hear who it is, until a colleague said so', async () => {
    const id = await hold();
    const deal = await at.openWith(LIKE, 'compliance-1');
    const press = (person: string) =>
      at.submit(person, 'desk.lift-hold', { hold: id }, { reason: 'It was looked into: all is well.' });
    expect(await press('compliance-1')).toMatchObject({
      errors: { reason: expect.stringMatching(/on the team of a deal.*Who can: Sample Compliance Two/) },
    });
    expect(await asked(deal)).toEqual([`${ASKED}: pending`]);
    expect(await say(deal, 'DismissFlag', 'compliance-2')).toBe('accepted');
    expect((await press('compliance-1')).kind).toBe('tell');
  });

  it('is not lifted by whoever recused themselves from a deal that it is about', async () => {
    const [id, other] = [await hold(), await hold('Bergen Harbour Office')];
    const like = await at.openWith(LIKE);
    const held = await at.openWith(called('Bergen Harbour Office'));
    const recuse = { type: 'Recuse', reason: 'My brother works for them.' } as const;
    for (const deal of [like, held]) expect(await at.act(deal, 'compliance-1', recuse)).toBe('accepted');
    for (const one of [id, other])
      expect(
        await at.submit('compliance-1', 'desk.lift-hold', { hold: one }, { reason: 'All is well.' }),
      ).toMatchObject({
        errors: { reason: expect.stringContaining('recused yourself') },
      });
    const press = await at.submit('compliance-2', 'desk.lift-hold', { hold: other }, { reason: 'All is well.' });
    expect(press.kind).toBe('tell');
  });

  it('says on the first page and in the thread who lifted the hold of which it asked, and names nobody in the thread', async () => {
    const id = await hold();
    const deal = await at.openWith(LIKE);
    await spread();
    await tellAll(at, /./);
    await at.submit('compliance-2', 'desk.lift-hold', { hold: id }, { reason: `${HELD} was cleared.` });
    await spread();
    const { told } = await tellAll(at, /That hold is over/);
    const thread = told.find(({ to }) => to === 'thread')?.text ?? '';
    expect(thread).toMatch(/That hold is over: .*compliance-2.* lifted it/);
    expect(thread).not.toContain('Korvat');
    // No deal of theirs was held.
    expect((await tellAll(at, /./)).told).toEqual([]);
    const view = await at.view(deal);
    const said = saidBefore(view)
      .map((text) => JSON.stringify(text))
      .join(' ');
    expect(said).toContain(`A hold on “${HELD}” was lifted `);
    expect(said).toMatch(/compliance-2.*was cleared.*It said: “It is being looked into/);
    expect(plain(rootCard(view))).toContain('1 thing against it was ended');
    expect((await at.deals.view(deal))?.deal.holds ?? {}).toEqual({});
  });

  it('weighs as heavily as can be where compliance says that it is them, and offers a hold on the deal', async () => {
    const deal = await at.openWith(LIKE);
    await hold();
    await spread();
    await tellAll(at, /./);
    expect(await say(deal, 'AdmitFlag')).toBe('accepted');
    expect((await at.view(deal)).assessment.flags).toContainEqual(expect.objectContaining({ weight: 'severe' }));
    const { told } = await tellAll(at, /says: it is them/);
    expect(told.find(({ to }) => to === 'thread')?.text).toContain('Compliance can put the deal or the party on hold');
    await at.rename(deal, called('Ilmara Korvat Bureau'));
    expect(await asked(deal)).toHaveLength(1);
  });
});

describe('what compliance said of it in another deal', () => {
  it('stands on the form of the next, also where the first was withdrawn and asked anew', async () => {
    const id = await hold();
    await spread();
    const first = await at.openWith(LIKE);
    expect(await say(first, 'AdmitFlag')).toBe('accepted');
    await at.act(first, 'rep-1', { type: 'Withdraw', reason: 'They took another supplier.' });
    const next = await at.openWith(LIKE);
    const formOf = async (deal: string): Promise<string> => {
      const click = { kind: 'click' as const, name: 'deal.another-party', value: `${deal}/${await flagIn(deal)}` };
      return JSON.stringify(formIn(await at.ask('compliance-2', click)).blocks);
    };
    const page = await formOf(next);
    expect(page).toContain(`Ilmaras Korvat Bureau on hold:`);
    expect(page).toContain('It is them');
    expect(page).toContain('Founded in 1961; its own bank.');
    expect(page).not.toContain(first);
    // Who lifts the hold and places it anew says nothing of who it is.
    await lift(id);
    await hold();
    await spread();
    expect(await formOf(next)).toContain('Founded in 1961; its own bank.');
  });

  it('is heard by the next as a word of whoever said it, and waits there', async () => {
    await hold();
    await spread();
    const first = await at.openWith(LIKE);
    await say(first, 'AdmitFlag');
    await at.act(first, 'rep-1', { type: 'Withdraw', reason: 'They took another supplier.' });
    const next = await at.openWith(LIKE);
    const all = [await at.view(first), await at.view(next)];
    const heard = newsOfOthers(
      all.map((view) => saidElsewhere(view)),
      '2027-03-02T09:00:00.000Z',
    ).get(next);
    const [worry] = (heard?.worries ?? []).filter(({ of }) => of === 'flag');
    expect(worry).toMatchObject({ by: 'compliance-1', deal: first });
    expect(worry?.text).toMatch(/may be somebody on hold’ It is them: ‘Founded in 1961; its own bank\.’/u);
    expect(worry && isWaiting(all[1]!, worry)).toBe(true);
  });

  it('is news where somebody raised another flag after the question, before it was settled', async () => {
    await hold();
    await spread();
    const first = await at.openWith(LIKE);
    at.downUntil('2027-03-01T10:00:00.000Z');
    await at.act(first, 'product-1', { type: 'RaiseFlag', title: 'The gate of the bureau is rusty.' });
    const next = await at.openWith(LIKE);
    const heard = async (noted?: Others): Promise<Others | undefined> => {
      const [one, other] = [saidElsewhere(await at.view(next)), saidElsewhere(await at.view(first))];
      return newsOfOthers([{ ...one, noted }, other], '2027-03-02T09:00:00.000Z').get(next);
    };
    const noted = await heard();
    expect(noted?.worries?.find(({ of }) => of === 'flag')?.text).toContain('rusty');
    expect((await heard(noted))?.worries ?? []).not.toContainEqual(expect.objectContaining({ of: 'flag' }));
    const flag = (await at.view(first)).deal.ownFlags.find(({ like }) => like !== undefined)?.id ?? '';
    at.downUntil('2027-03-01T11:00:00.000Z');
    await at.act(first, 'compliance-1', {
      type: 'AdmitFlag',
      flag,
      weight: 'severe',
      reason: 'Founded in 1961; its own bank.',
    });
    expect((await heard(noted))?.worries?.find(({ of }) => of === 'flag')?.text).toContain('It is them');
  });

  it('stands on the form of one with another spelling, that heard of it', async () => {
    await hold();
    await spread();
    const first = await at.openWith(LIKE);
    await say(first, 'AdmitFlag');
    const other = await at.openWith(called('Ilmaras Korvta Bureaux'));
    const view = await at.view(other);
    const heard = { ...view, deal: { ...view.deal, others: { ended: [{ deal: first }] } } } as unknown as DealView;
    const flags = view.deal.ownFlags;
    expect(await hitsElsewhere(at.desk, view, flags)).toEqual([]);
    expect(await hitsElsewhere(at.desk, heard, flags)).toMatchObject([{ isThem: true, by: 'compliance-1' }]);
  });

  it('is asked again of a graver kind of end-user, and not of a milder one', async () => {
    await hold();
    await spread();
    const deal = await at.openWith(LIKE);
    await say(deal, 'DismissFlag');
    await at.rename(deal, { endUser: { name: 'Ilmaras Korvta Bureau', kind: 'security' } });
    expect(await asked(deal)).toEqual([`${ASKED}: dismissed`, `${ASKED}: pending`]);
    await say(deal, 'DismissFlag');
    await at.rename(deal, { endUser: { name: 'Ilmaras Korvta Bureau', kind: 'private' } });
    expect((await asked(deal)).filter((one) => one.endsWith('pending'))).toEqual([]);
  });
});
