/** The rep whose deal goes to those of whom somebody outside said what they do, where only compliance had that on its list. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_WRITTEN } from '../../../blocks/cards/ever-words.ts';
import { writtenShown } from '../../../blocks/cards/written-shown.ts';
import { isWritten } from '../../../blocks/forms/confirm-looking.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { askedShown } from '../../../flows/programme/asked-of-deal.ts';
import { writtenElsewhere } from '../../../src/route/written.ts';
import { wordsOf } from '../../blocks/forms/support.ts';
import { anOrganisation, aRoute } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { othersDeals } from '../../support/others-deals.ts';
import { atOncePolicy, pictureContext } from '../../support/picture-deal.ts';

const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of faces' },
  { id: 'lamps', name: 'Sample Lamps', category: 'Lamps' },
];

let at: AtDesk;
beforeEach(() => {
  at = atDesk({
    policy: atOncePolicy,
    organisation: { ...pictureContext().organisation, products: anOrganisation({ products: PRODUCTS }).products },
  });
});
afterEach(() => at.end());

const { open, shown } = othersDeals(() => at, 'security');
const NEXT = { destination: 'TJ' };
const next = (): Promise<string> => open('Kestrel Guard', NEXT);
const HUNT = 'They hunt marchers with faces from rallies; no court looks at it.';
const asked = async (more: Record<string, string>): Promise<void> => {
  const values = { who: 'A rights group', kind: 'rights', on: '2027-02-01', note: HUNT, ...more };
  const reply = await at.submit('compliance-2', 'desk.programme-asked', {}, values);
  if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
};
const came = async (note: string): Promise<void> => {
  const { asked: all } = (await at.desk.registers.programme.now()).state;
  const reply = await at.submit('chief-1', 'desk.programme-came', { asked: all[0]!.id }, { note });
  if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
};

describe('what people outside said', () => {
  it.each([
    ['the end-user', { text: 'On the work of Kestrel Guard' }],
    ['the product', { text: 'How Sample Analytics is used in the region' }],
    ['the country', { text: 'What the police of Tajikistan do with cameras' }],
    ['the product that was picked', { text: 'How it is used there', product: 'analytics' }],
    ['the country that was picked', { text: 'How cameras are used in Dushanbe', country: 'TJ' }],
  ])('is read by whoever decides on a deal of it: %s', async (_, about) => {
    await asked(about);
    const deal = await next();
    const page = await shown(deal);
    for (const text of [HUNT, 'A rights group', about.text]) expect(page).toContain(text);
    // Whoever sells it is told of nobody who was asked.
    for (const text of [HUNT, 'A rights group']) expect(await shown(deal, 'rep-1')).not.toContain(text);
  });

  it('is read without who was asked by whoever decides and does not keep that list, and asks for a look', async () => {
    await asked({ text: 'On the work of Kestrel Guard' });
    const deal = await next();
    const view = (await at.deals.view(deal))!;
    const [theirs] = askedShown(view, (await at.desk.registers.programme.now()).state.asked, 'compliance-1');
    expect(theirs).toMatchObject({ who: 'A rights group', came: HUNT });
    const steps = aRoute('high').steps.map((step) => ({ ...step, group: 'senior-approvers', including: [] }));
    const route = aRoute('high', { steps });
    const voter = { ...view, deal: { ...view.deal, status: 'deciding', votes: [], step: 0, route } };
    const [one] = askedShown(
      voter as unknown as DealView,
      (await at.desk.registers.programme.now()).state.asked,
      'senior-1',
    );
    expect(one).toMatchObject({ kind: 'rights', came: HUNT });
    expect(one).not.toHaveProperty('who');
    expect(isWritten(view, { ...NOTHING_WRITTEN, asked: [theirs!] })).toBe(true);
    expect(isWritten(view, NOTHING_WRITTEN)).toBe(false);
  });

  it('of the country alone takes no tick from each deal there, and of the product in that country does', async () => {
    const deal = await next();
    const holds = async (): Promise<boolean> => {
      const view = (await at.deals.view(deal))!;
      const { asked: of = [] } = await writtenElsewhere(at.desk, view, 'compliance-1', 60_000);
      return isWritten(view, { ...NOTHING_WRITTEN, asked: of });
    };
    await asked({ text: 'On the roads of Tajikistan', note: 'The roads are fine.' });
    expect(await holds()).toBe(false);
    await asked({ text: 'How it is used there', product: 'analytics', country: 'TJ' });
    expect(await holds()).toBe(true);
  });

  it('that cannot be read now leaves the page, which says to open it again', async () => {
    const deal = await next();
    const { programme } = at.desk.registers;
    at.desk.registers.programme = { ...programme, now: () => Promise.reject(new Error('no store')) };
    const page = await shown(deal);
    expect(page).toContain('please open this again');
    expect(page).toContain('Step by step');
    at.desk.registers.programme = programme;
  });

  it('is no matter of a deal that has none of it', async () => {
    await asked({ text: 'On the work of Kestrel Guard' });
    await asked({ text: 'How it is used there', product: 'lamps', country: 'SE' });
    const other = await open('Dunlin Loom House', { destination: 'FR' });
    expect(await shown(other)).not.toContain(HUNT);
  });

  it('stays there, also once somebody says something else of it', async () => {
    await asked({ text: 'On the work of Kestrel Guard' });
    const deal = await next();
    await came('We found nothing of that.');
    await came('We looked again and found nothing.');
    const page = await shown(deal);
    for (const text of [HUNT, 'We found nothing of that.', 'We looked again']) expect(page).toContain(text);
  });

  it('is asked of whoever began to vote before it came in', async () => {
    const deal = await next();
    const shownTo = async (): Promise<string | undefined> =>
      writtenShown(await writtenElsewhere(at.desk, (await at.deals.view(deal))!, 'compliance-1', 60_000));
    const before = await shownTo();
    await asked({ text: 'On the work of Kestrel Guard' });
    const then = await shownTo();
    expect(then).not.toBe(before);
    await came('We found nothing of that.');
    expect(await shownTo()).not.toBe(then);
  });

  it('of the end-user is not pushed off by what was asked of the country', async () => {
    await asked({ text: 'On the work of Kestrel Guard', on: '2026-03-01' });
    for (let n = 0; n < 12; n += 1)
      await asked({ text: `On the roads of Tajikistan, ${n}`, note: `Road ${n} is fine.` });
    const page = await shown(await next());
    expect(page.indexOf(HUNT)).toBeGreaterThan(0);
    expect(page.indexOf(HUNT)).toBeLessThan(page.indexOf('is fine.'));
    // None of them is only counted.
    for (let n = 0; n < 12; n += 1) expect(page).toContain(`Road ${n} is fine.`);
  });

  it('is refused with a country or a product that nobody sells', async () => {
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'desk.programme-asked', value: '' }));
    expect(wordsOf(form)).toContain('read it there');
    for (const wrong of [{ country: 'XX' }, { product: 'rockets' }])
      await expect(asked({ text: 'How it is used', ...wrong })).rejects.toThrow(/from the list|answers shown/);
  });
});
