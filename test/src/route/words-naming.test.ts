/** The rep whose next deal goes through a company, or to an end-user, that another deal names in its words alone. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_THROUGH } from '../../../src/route/written-for-others.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { othersDeals } from '../../support/others-deals.ts';

const HEADING = 'Written of a party of this deal, or of whom it names, in deals for others';
const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather' },
  { id: 'lamps', name: 'Sample Lamps', category: 'Lamps' },
];
/** Nothing of these joins it with a deal of `next`. */
const FAR = { destination: 'SE', product: { id: 'lamps', name: 'Sample Lamps' } };

let at: AtDesk;
beforeEach(() => {
  at = atDesk({
    policy: aPolicy({ lighter: 'confirm', kindNames: { security: ['secret police', 'police'] } }),
    organisation: anOrganisation({ products: PRODUCTS }),
  });
});
afterEach(() => at.end());

const { open: openDeal, handle, shown } = othersDeals(() => at, 'private');
const flag = (deal: string, actor: string, title: string): Promise<void> =>
  handle(deal, actor, { type: 'RaiseFlag', title });

const THROUGH = { intermediaries: [{ name: 'Steppe Link LLP', role: 'reseller' }] };
const next = (): Promise<string> => openDeal('Curlew Loom Office', THROUGH);

describe('words that name a party of another deal', () => {
  it.each([
    ['as it is called', 'They buy through Steppe Link now, who lied to us twice'],
    ['in small letters', 'steppe link lied to us twice'],
    ['in one word', 'It all goes by SteppeLink since May'],
    ['in small letters after a capital', 'They buy through steppe link, who lied to us twice'],
  ])('are read there: a flag, %s', async (_, title) => {
    const first = await openDeal('Kestrel Wool House', FAR);
    await flag(first, 'product-1', title);
    const page = await shown(await next());
    expect(page).toContain(HEADING);
    expect(page).toContain(title);
    expect(await shown(await openDeal('Dunlin Rope Works'))).not.toContain(title);
  });

  it('are read also where that is the end-user, or the customer', async () => {
    const first = await openDeal('Kestrel Wool House', FAR);
    const title = 'They pass all of it on to Curlew Loom Office';
    await flag(first, 'product-1', title);
    expect(await shown(await next())).toContain(title);
    expect(await shown(await openDeal('Dunlin Rope Works', { customer: 'Curlew Loom Office' }))).toContain(title);
  });

  it('are a colleague’s, whatever they say, and of who sells that deal what weighs', async () => {
    const first = await openDeal('Kestrel Wool House', FAR);
    const handed = 'Steppe Link delivers it, please look after them';
    await handle(first, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: handed });
    const second = await openDeal('Heron Wool House', FAR);
    await handle(second, 'rep-1', { type: 'Withdraw', reason: 'Steppe Link was late' });
    const third = await openDeal('Stork Wool House', FAR);
    await handle(third, 'rep-1', { type: 'Withdraw', reason: 'Steppe Link sells on to the secret police' });
    const page = await shown(await next());
    for (const text of [handed, 'sells on to the secret police']) expect(page).toContain(text);
    expect(page).not.toContain('was late');
  });

  it('are found among more deals through the same company than are read', async () => {
    const first = await openDeal('Kestrel Wool House', FAR);
    await flag(first, 'product-1', 'Steppe Link lied to us twice');
    for (let n = 0; n < MOST_THROUGH + 2; n += 1) await openDeal(`Sample house ${n}`, THROUGH);
    expect(await shown(await next())).toContain('Steppe Link lied to us twice');
  });

  it.each([
    ['Steppelink LLP', 'They buy through Steppe Link'],
    ['Steppe Link Trading LLP', 'They buy through Steppe Link'],
    ['Steppe Link Kazakhstan', 'They buy through Steppe Link'],
    ['NSO Group', 'They use NSO, too'],
    ['iFlytek', 'They have iFlytek install it'],
    ['4Paradigm', 'It goes by 4Paradigm'],
    ['Zhongwei Technologies Co Ltd', 'They buy it all through Zhongwei, who lied to us'],
    ['Zhongwei Kazakhstan LLP', 'They buy it all through Zhongwei, who lied to us'],
    ['Nso Group', 'They use NSO, too'],
    ['Steppe Link LLP', 'They buy through steppe link. We heard it twice'],
  ])('are found for %s: %s', async (name, title) => {
    await flag(await openDeal('Kestrel Wool House', FAR), 'product-1', title);
    const through = { intermediaries: [{ name, role: 'reseller' }] };
    expect(await shown(await openDeal('Curlew Loom Office', through))).toContain(title);
  });

  it('are hidden by no party that shares its words, and by nothing that whoever sells that deal writes', async () => {
    const title = 'They buy through Steppe Link, who lied to us twice';
    const first = await openDeal('Kestrel Wool House', FAR);
    await flag(first, 'product-1', title);
    const { details } = (await at.deals.view(first))!.deal;
    await handle(first, 'rep-1', {
      type: 'CorrectDetails',
      details: {
        ...details,
        intermediaries: [
          { name: 'Osprey Freight', role: 'carries what Steppe Link sends' },
          { name: 'Link Insurance', role: 'insurer' },
        ],
      },
      reason: 'They carry it',
    });
    await flag(first, 'rep-1', Array.from({ length: 160 }, (_, n) => `Wq${n}x`).join(' '));
    expect(await shown(await next())).toContain(title);
  });

  it('push off nothing that was shown, and are pushed off by nothing that the seller writes elsewhere', async () => {
    const through = await openDeal('Kestrel Wool House', { ...THROUGH, ...FAR });
    const police = 'Steppe Link sells on to the secret police';
    await flag(through, 'product-1', police);
    for (let n = 0; n < 22; n += 1) {
      const dummy = await openDeal(`Sample house ${n}`, FAR);
      await flag(dummy, 'rep-1', n < 6 ? `Steppe Link comes late to us, ${n}` : `It is used on the Steppe, ${n}`);
    }
    const page = await shown(await next());
    expect(page).toContain(police);
    expect(page).not.toContain('not looked through');
  });

  it('are found where a colleague says the same again in a deal that hears it otherwise', async () => {
    const title = 'Steppe Link lied to us twice';
    await flag(await openDeal('Kestrel Wool House', FAR), 'product-1', title);
    at.downUntil('2027-03-02T09:00:00.000Z');
    const second = await openDeal('Heron Wool House', { ...THROUGH, ...FAR, customer: 'Stork Wool House' });
    await handle(second, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look after it' });
    await handle(second, 'product-1', { type: 'Withdraw', reason: title });
    expect(await shown(await next())).toContain(title);
  });

  it('are found in a reason, too', async () => {
    const first = await openDeal('Kestrel Wool House', FAR);
    await flag(first, 'product-1', 'Somebody resells it');
    const { id } = (await at.deals.view(first))!.deal.ownFlags[0]!;
    const reason = 'It is Steppe Link who resells it, as they told us';
    await handle(first, 'compliance-1', { type: 'DismissFlag', flag: id, reason });
    expect(await shown(await next())).toContain(reason);
  });

  it('are of no authority that other countries have, too', async () => {
    const title = 'The National Police stores its pictures';
    await flag(await openDeal('Kestrel Wool House', FAR), 'product-1', title);
    const police = { endUser: { name: 'National Police', kind: 'security' as const } };
    expect(await shown(await openDeal('Curlew Loom Office', police))).not.toContain(title);
    expect(await shown(await openDeal('Dunlin Rope Works', { ...police, destination: 'SE' }))).toContain(title);
  });

  it('are counted for nobody who does not decide', async () => {
    const first = await openDeal('Kestrel Wool House', FAR, 'product-1');
    await flag(first, 'senior-1', 'Steppe Link lied to us twice');
    expect(await shown(await next(), 'rep-1')).not.toContain('that you cannot read');
  });

  it.each([
    ['ICE Ltd', 'The road has ice in winter'],
    ['River Trading', 'They watch the river with it'],
  ])('are not found for %s by a word of small letters: %s', async (name, title) => {
    await flag(await openDeal('Kestrel Wool House', FAR), 'product-1', title);
    const through = { intermediaries: [{ name, role: 'reseller' }] };
    expect(await shown(await openDeal('Curlew Loom Office', through))).not.toContain(title);
  });

  it('are pushed out by no plain sentences of the same person', async () => {
    const title = 'They buy through Steppe Link, who lied to us twice';
    const first = await openDeal('Kestrel Wool House', FAR);
    await flag(first, 'product-1', title);
    for (let n = 0; n < 12; n += 1)
      await flag(
        first,
        'product-1',
        `Somebody there wanted another colour of case number ${n} before summer came round`,
      );
    expect(await shown(await next())).toContain(title);
  });

  it('stand before what the seller of both writes, where they weigh nothing by themselves', async () => {
    const reason = 'Steppe Link hides whom they sell to';
    const dummy = async (name: string): Promise<void> => {
      const deal = await openDeal(name, FAR);
      for (let n = 0; n < 7; n += 1) await flag(deal, 'rep-1', `Steppe Link is slow in spring, ${name} ${n}`);
    };
    await dummy('Sample barn');
    const theirs = await openDeal('Kestrel Wool House', FAR);
    await handle(theirs, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look after it' });
    await handle(theirs, 'product-1', { type: 'Withdraw', reason });
    await dummy('Sample mill');
    expect(await shown(await next())).toContain(reason);
  });

  it('are found of an authority where the country became another since', async () => {
    const title = 'The National Police stores its pictures';
    const first = await openDeal('Kestrel Wool House', { ...FAR, destination: 'NO' });
    await flag(first, 'product-1', title);
    const { details } = (await at.deals.view(first))!.deal;
    const corrected = { ...details, destination: 'SE' };
    await handle(first, 'rep-1', { type: 'CorrectDetails', details: corrected, reason: 'It goes there' });
    const police = { endUser: { name: 'National Police', kind: 'security' as const } };
    expect(await shown(await openDeal('Curlew Loom Office', police))).toContain(title);
  });
});
