/** The rep who says in one deal what a company is for, takes that back, and asks for the next through it for somebody else. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { showsOther, writtenShown } from '../../../blocks/cards/written-shown.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import { silentLogger } from '../../../src/log.ts';
import { MOST_THROUGH } from '../../../src/route/written-for-others.ts';
import { writtenElsewhere } from '../../../src/route/written.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { wordsOf } from '../../blocks/forms/support.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const LINK = [{ name: 'Steppe Link LLP', role: 'reseller' }];
const SAID = 'Steppe Link sells to the secret police';
const HEADING = 'Written of a party of this deal, or of whom it names, in deals for others';
const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather' },
  { id: 'lamps', name: 'Sample Lamps', category: 'Lamps' },
];

let at: AtDesk;
beforeEach(() => {
  at = atDesk({
    policy: aPolicy({ lighter: 'confirm', kindNames: { security: ['secret police', 'police'] } }),
    organisation: anOrganisation({ products: PRODUCTS }),
  });
});
afterEach(() => at.end());

let acts = 0;
const openDeal = async (name: string, details: Partial<DealDetails> = {}, person = 'rep-1'): Promise<string> => {
  acts += 1;
  const outcome = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: {
        ...aDeal().details,
        customer: name,
        endUser: { name, kind: 'private' },
        intermediaries: LINK,
        ...details,
      },
    },
    { actor: person, cause: `of-company-${acts}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const section = async (deal: string, of: string, values: FormValues, person = 'rep-1'): Promise<void> => {
  expect((await at.submit(person, 'deal.section', { deal, section: of }, values)).kind).not.toBe('errors');
};
/** Of a colleague: in a section that was handed to them. */
const note = async (deal: string, text: string, person = 'rep-1'): Promise<void> => {
  await section(deal, 'scope', { 'q:G1': 'yes' }, person === 'product-1' ? 'rep-1' : person);
  if (person !== 'rep-1') await at.submit('rep-1', 'deal.hand-over', { deal, section: 'record' }, { person });
  await section(deal, 'record', { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no', 'n:H-RF1': text }, person);
};
const withdraw = async (deal: string): Promise<void> => {
  await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'No budget' });
};
const shown = async (deal: string, person = 'compliance-1'): Promise<string> =>
  wordsOf(formIn(await at.ask(person, { kind: 'click', name: 'deal.why', value: deal })));

describe('words of a company, in a deal for somebody else', () => {
  it('are read of a sale like this one also where a colleague names nobody', async () => {
    const handle = async (deal: string, actor: string, command: DealCommand): Promise<void> => {
      acts += 1;
      const outcome = await at.deals.handle(deal, command, { actor, cause: `of-company-${acts}` });
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    };
    const [given, gone] = [
      'They will watch marchers with ours.',
      'The partner there hides who uses it, and no oversight.',
    ];
    const first = await openDeal('Kestrel Wool House');
    await section(first, 'scope', { 'q:G1': 'yes' });
    await handle(first, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: given });
    await handle(first, 'product-1', { type: 'Withdraw', reason: gone });
    const like = await shown(await openDeal('Curlew Loom Office'));
    for (const text of [given, gone]) expect(like).toContain(text);
    // Of the company it is told whatever it sells, and wherever.
    const lamps = { product: { id: 'lamps', name: 'Sample Lamps' } };
    for (const details of [{ destination: 'KE' }, lamps, { ...lamps, destination: 'SE' }])
      expect(await shown(await openDeal('Curlew Loom Office', details))).toContain(gone);
    // Through another one it is of another product, in another country.
    const elsewhere = { ...lamps, destination: 'SE', intermediaries: [{ name: 'Lapwing Freight', role: 'reseller' }] };
    expect(await shown(await openDeal('Curlew Loom Office', elsewhere))).not.toContain(gone);
    // Of their own, who sold it alone, nobody else's page has any.
    const alone = await openDeal('Heron Wool House', { customer: 'Heron Wool House', destination: 'SE' });
    await section(alone, 'scope', { 'q:G1': 'yes' });
    await withdraw(alone);
    expect(await shown(await openDeal('Stork Loom Office', { destination: 'SE' }))).not.toContain('No budget');
  });

  it.each([
    ['a note that names it and a graver kind', 'Steppe Link hands all of it to the secret police'],
    ['the same in another writing', 'STEPPE-LINK: all of it goes to the Secret Police!'],
    ['one that names a reseller', 'The reseller sells on to the police'],
  ])('are read: %s', async (_, text) => {
    const first = await openDeal('Kestrel Wool House');
    await note(first, text);
    await withdraw(first);
    const next = await openDeal('Curlew Loom Office');
    const page = await shown(next);
    expect(page).toContain(HEADING);
    expect(page).toContain(text);
    expect(page).toContain(first);
    // Also where that is another service, and where the company is the customer, by another form of its name.
    const service = { name: 'Curlew Guard Directorate', kind: 'security' as const };
    expect(await shown(await openDeal(service.name, { endUser: service }))).toContain(text);
    expect(await shown(await openDeal('Dunlin Rope Works', { customer: 'Steppe Link', intermediaries: [] }))).toContain(
      text,
    );
  });

  it('are read of a colleague, whatever they say, and of a part that says more than what companies do', async () => {
    const first = await openDeal('Kestrel Wool House', {
      intermediaries: [{ ...LINK[0]!, role: 'finds marchers by their faces' }],
    });
    await note(first, 'Steppe Link keeps the keys of the cells', 'product-1');
    await withdraw(first);
    const page = await shown(await openDeal('Curlew Loom Office'));
    for (const text of ['Steppe Link LLP, finds marchers by their faces', 'Steppe Link keeps the keys of the cells'])
      expect(page).toContain(text);
  });

  it.each<[string, string, Partial<DealDetails>]>([
    ['that it is harmless', 'Steppe Link delivers on pallets', {}],
    ['of the end-user', 'The police guard its gate on Sundays', {}],
  ])('are none that a rep says %s', async (_, text, details) => {
    const first = await openDeal('Kestrel Wool House', details);
    await note(first, text);
    expect(await shown(await openDeal('Curlew Loom Office'))).not.toContain(HEADING);
  });

  it('are, of another product, those of a colleague, and of a rep what names a graver kind', async () => {
    const lamps = { id: 'lamps', name: 'Sample Lamps' };
    const first = await openDeal('Kestrel Wool House', { product: lamps });
    await note(first, 'Steppe Link keeps the keys of the cells', 'product-1');
    const second = await openDeal('Kestrel Reed House', { product: lamps });
    await note(second, 'Steppe Link sells to the secret police');
    const third = await openDeal('Kestrel Heath House', { product: lamps });
    await note(third, 'Steppe Link keeps a goat');
    const page = await shown(await openDeal('Curlew Loom Office'));
    for (const text of ['sells to the secret police', 'keys of the cells']) expect(page).toContain(text);
    expect(page).not.toContain('keeps a goat');
  });

  const answered = async (deal: string, record: FormValues, person = 'rep-1'): Promise<void> => {
    await section(deal, 'scope', { 'q:G1': 'yes' }, person);
    await section(deal, 'product', { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' }, person);
    await section(deal, 'record', { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no', ...record }, person);
  };

  it('are not said again where the page has them as heard', async () => {
    const part = 'buys for the secret police';
    await withdraw(await openDeal('Kestrel Wool House', { intermediaries: [{ ...LINK[0]!, role: part }] }));
    const next = await openDeal('Curlew Loom Office');
    expect((await shown(next)).split(part)).toHaveLength(2);
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    const page = await shown(next);
    expect(page.split(part)).toHaveLength(2);
    expect(page).toContain('It names somebody whose name or part says another kind of end-user');
  });

  it('are read where they name nobody, and name a graver kind than that deal is for', async () => {
    const first = await openDeal('Kestrel Wool House');
    const handed = { person: 'product-1', note: 'You know them: in truth they buy for the secret police' };
    await section(first, 'scope', { 'q:G1': 'yes' });
    await at.submit('rep-1', 'deal.hand-over', { deal: first, section: 'record' }, handed);
    expect(await shown(await openDeal('Curlew Loom Office'))).toContain('in truth they buy for the secret police');
  });

  it('are pushed off by no later words of the same person', async () => {
    const first = await openDeal('Kestrel Wool House');
    await note(first, SAID);
    await withdraw(first);
    for (let n = 0; n < 7; n += 1) {
      at.downUntil(`2027-03-0${n + 2}T09:00:00.000Z`);
      await note(await openDeal(`Sample house ${n}`), `Steppe Link sold a door to a police school, number ${n}`);
    }
    expect(await shown(await openDeal('Curlew Loom Office'))).toContain(SAID);
  });

  it('are, of another product, what a colleague flagged, of it by name first', async () => {
    const lamps = { id: 'lamps', name: 'Sample Lamps' };
    const first = await openDeal('Kestrel Wool House', { product: lamps, destination: 'SE' });
    const flag = (person: string, title: string) => at.submit(person, 'deal.raise-flag', { deal: first }, { title });
    await flag('product-1', 'Steppe Link lied to us twice');
    await flag('product-1', 'The paint is lead');
    await flag('rep-1', 'Steppe Link has a dog');
    await withdraw(first);
    const page = await shown(await openDeal('Curlew Loom Office'));
    expect(page).toContain('A red flag was raised: “Steppe Link lied to us twice”');
    expect(page.indexOf('The paint is lead')).toBeGreaterThan(page.indexOf('lied to us twice'));
    expect(page).not.toContain('dog');
    // Of the same product other deals hear of it otherwise.
    expect(await shown(await openDeal('Dunlin Rope Works', { product: lamps }))).not.toContain(HEADING);
  });

  it('are said to be there to whoever may not read that deal, and read without its number by whoever decides', async () => {
    const first = await openDeal('Kestrel Wool House', {}, 'product-1');
    await answered(first, { 'n:H-RF1': SAID }, 'product-1');
    const next = await openDeal('Curlew Loom Office');
    await answered(next, { 'q:H-RF3': 'yes' });
    const rep = await shown(next, 'rep-1');
    expect(rep).toContain('1 deal that you cannot read has other words, too.');
    expect(rep).not.toContain('secret police');
    const senior = await shown(next, 'senior-1');
    expect(senior).toContain(SAID);
    expect(senior).not.toContain(first);
    expect(await shown(next)).toContain(first);
  });

  it('are found, and read first, among more deals than are read and more words than are shown', async () => {
    const first = await openDeal('Kestrel Wool House');
    await note(first, SAID);
    await withdraw(first);
    for (let n = 0; n < 13; n += 1) {
      const one = await openDeal(`Sample loft ${n}`);
      await note(one, `Steppe Link pays bill ${n} in time`, 'product-1');
    }
    for (let n = 0; n < MOST_THROUGH + 2; n += 1) await openDeal(`Sample house ${n}`);
    const next = await openDeal('Curlew Loom Office');
    const page = await shown(next);
    expect(page).toContain(SAID);
    expect(page).toContain('And 2 more in');
    // A form that shows it comes back for what a colleague writes, however mild, and for nothing that stood there.
    const view = (await at.deals.view(next))!;
    const now = async () => writtenShown(await writtenElsewhere(at.desk, view, 'compliance-1', 60_000));
    const before = await now();
    expect(showsOther(before!, (await now())!)).toBe(false);
    await note(await openDeal('Sample mill'), 'Steppe Link has a new gate');
    expect(showsOther(before!, (await now())!)).toBe(false);
    await at.travel('2027-03-02T09:00:00.000Z');
    await note(await openDeal('Sample mill'), 'Steppe Link has a new gate', 'product-1');
    const mild = (await now())!;
    expect(showsOther(before!, mild)).toBe(true);
    await note(await openDeal('Sample barn'), 'Steppe Link sells to the police, too', 'product-1');
    expect(showsOther(mild, (await now())!)).toBe(true);
  });

  it('are found beside more deals than are read in which a rep says what weighs', async () => {
    const first = await openDeal('Kestrel Wool House');
    await note(first, 'Steppe Link keeps the keys of the cells', 'product-1');
    await withdraw(first);
    for (let n = 0; n < MOST_THROUGH + 6; n += 1) {
      const one = await openDeal(`Sample house ${n}`);
      await note(one, `Steppe Link sold a door to a police school, number ${n}`);
    }
    const page = await shown(await openDeal('Curlew Loom Office'));
    expect(page).toContain('keys of the cells');
    expect(page).toContain('more deals not looked through here');
  });

  it('come before what may be of anybody in that sale, whoever wrote them, and so do those of a short name', async () => {
    const short = { intermediaries: [{ name: 'Acme Ltd', role: 'reseller' }] };
    const first = await openDeal('Kestrel Wool House', short);
    for (const n of [1, 2, 3])
      await at.deals.handle(
        first,
        { type: 'HandOverSection', section: 'record', to: 'product-1', note: `Acme lied to us, number ${n}` },
        { actor: 'rep-1', cause: `short-${n}` },
      );
    await at.submit('product-1', 'deal.raise-flag', { deal: first }, { title: 'Acme lied to us twice' });
    await at.submit('product-1', 'deal.raise-flag', { deal: first }, { title: 'The paint is lead' });
    await at.submit('senior-1', 'deal.raise-flag', { deal: first }, { title: 'The ladder is short' });
    const page = await shown(
      await openDeal('Curlew Loom Office', {
        ...short,
        product: { id: 'lamps', name: 'Sample Lamps' },
        destination: 'SE',
      }),
    );
    for (const other of ['paint is lead', 'ladder is short'])
      expect(page.indexOf(other)).toBeGreaterThan(page.indexOf('Acme lied to us twice'));
    expect(page.indexOf('Acme lied')).toBeGreaterThan(0);
  });

  it('are none that name only another company of that deal, under an answer', async () => {
    const two = [...LINK, { name: 'Zeta Trading', role: 'carrier' }];
    const lamps = { product: { id: 'lamps', name: 'Sample Lamps' }, destination: 'SE' };
    const first = await openDeal('Kestrel Wool House', { ...lamps, intermediaries: two });
    await note(first, 'Zeta Trading bribes customs', 'product-1');
    expect(await shown(await openDeal('Curlew Loom Office'))).not.toContain('bribes customs');
    expect(await shown(await openDeal('Curlew Loom Office', { intermediaries: two.slice(1) }))).toContain(
      'bribes customs',
    );
  });

  it('stay words of a part that was corrected since', async () => {
    const was = {
      intermediaries: [{ ...LINK[0]!, role: 'warehouse' }],
      product: { id: 'lamps', name: 'Sample Lamps' },
      destination: 'SE',
    };
    const first = await openDeal('Kestrel Wool House', was);
    await note(first, 'The warehouse passes the logs on', 'product-1');
    const { details } = (await at.deals.view(first))!.deal;
    acts += 1;
    await at.deals.handle(
      first,
      { type: 'CorrectDetails', details: { ...details, intermediaries: LINK }, reason: 'They resell it.' },
      { actor: 'rep-1', cause: `of-company-${acts}` },
    );
    expect(await shown(await openDeal('Curlew Loom Office'))).toContain('passes the logs on');
  });

  it('are found among more deals than are read, where a colleague wrote', async () => {
    const first = await openDeal('Kestrel Wool House');
    await note(first, 'Steppe Link keeps the keys of the cells', 'product-1');
    await withdraw(first);
    for (let n = 0; n < MOST_THROUGH + 2; n += 1) await openDeal(`Sample house ${n}`);
    const page = await shown(await openDeal('Curlew Loom Office'));
    expect(page).toContain('Steppe Link keeps the keys of the cells');
  });
});
