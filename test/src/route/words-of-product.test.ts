/** The rep who sells next, to somebody else, what a colleague wrote of that product, or of that country, in another deal. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showsOther, writtenShown } from '../../../blocks/cards/written-shown.ts';
import type { GivenAnswer } from '../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { MOST_OF_PRODUCT } from '../../../src/route/written-for-others.ts';
import { isWrittenSince, writtenElsewhere } from '../../../src/route/written.ts';
import { names, wordsOf } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { othersDeals } from '../../support/others-deals.ts';
import { answerPicture, atOncePolicy, pictureContext, pictureDeal } from '../../support/picture-deal.ts';

const HEADING = 'Written of this product, or of this country, in deals for others';
const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of faces' },
  { id: 'lamps', name: 'Sample Lamps', category: 'Lamps' },
];
const LAMPS = { product: { id: 'lamps', name: 'Sample Lamps' } };

let at: AtDesk;
beforeEach(() => {
  at = atDesk({
    policy: atOncePolicy,
    organisation: { ...pictureContext().organisation, products: anOrganisation({ products: PRODUCTS }).products },
  });
});
afterEach(() => at.end());

const { open: openDeal, handle, shown } = othersDeals(() => at, 'security');
const save = (deal: string, person: string, section: string, answers: Record<string, GivenAnswer>): Promise<void> =>
  handle(deal, person, { type: 'SaveSectionForLater', section, answers });
const said = (value: GivenAnswer['value'], note?: string): GivenAnswer => ({
  value,
  sources: [],
  ...(note === undefined ? {} : { note }),
});
/** The section is handed to a colleague, who writes. */
const written = async (
  deal: string,
  section: string,
  answers: Record<string, GivenAnswer>,
  person = 'product-1',
): Promise<void> => {
  await handle(deal, 'rep-1', { type: 'AnswerSection', section: 'scope', answers: { 'G1-capability': said('yes') } });
  await handle(deal, 'rep-1', { type: 'HandOverSection', section, to: person, note: '' });
  await save(deal, person, section, answers);
};
const withdraw = (deal: string, person = 'rep-1'): Promise<void> =>
  handle(deal, person, { type: 'Withdraw', reason: 'Customer does not want it any more' });

const HOW = 'Officers stream the squares into it and pick marchers';

describe('words of a product, in a deal for somebody else', () => {
  it('are what a colleague wrote and picked of it, also where it goes elsewhere', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', {
      P1: said('yes'),
      P6: said('yes', 'Citizen groups wrote of it'),
      'P6-rights': said(['assembly']),
      'P6-how': said(HOW),
    });
    await withdraw(first);
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain(HEADING);
    for (const text of [HOW, 'Citizen groups wrote of it', '“Peaceful protest”', first]) expect(page).toContain(text);
    expect(await shown(await openDeal('Dunlin Directorate', { destination: 'SE' }))).toContain(HOW);
    expect(await shown(await openDeal('Stork Directorate', LAMPS))).not.toContain(HOW);
  });

  it('are what a colleague noted or named beside an answer that speaks for it, wherever it goes, also once replaced', async () => {
    const daily = 'A daily: marchers were traced with it, and beaten';
    const note = 'My own cousin was traced with it';
    const first = await openDeal('Kestrel Guard');
    const beside = (name: string, words?: string): Record<string, GivenAnswer> => ({
      P1: said('yes'),
      P3: { ...said('no', words), sources: [{ name, year: 2026, url: 'https://daily.example.org/a' }] },
    });
    await written(first, 'product', beside(daily, note));
    const page = async (name: string) => shown(await openDeal(name, { destination: 'SE' }));
    const now = await page('Dunlin Directorate');
    for (const text of [daily, note]) expect(now).toContain(text);
    await save(first, 'rep-1', 'product', beside('Market review'));
    const since = await page('Stork Directorate');
    for (const text of [daily, note]) expect(since).toContain(text);
  });

  it('are pushed off by no deals of which a colleague named the usual source alone', async () => {
    const daily = 'A daily: marchers were traced with it, and beaten';
    const beside = (name: string): Record<string, GivenAnswer> => ({
      P1: said('no'),
      P3: { ...said('no'), sources: [{ name, year: 2026, url: 'https://daily.example.org/a' }] },
    });
    for (let n = 0; n < 2 * MOST_OF_PRODUCT + 3; n += 1)
      await written(
        await openDeal(`Sample loft ${n}`),
        'product',
        beside(n === MOST_OF_PRODUCT + 1 ? daily : 'Vendor datasheet'),
      );
    expect(await shown(await openDeal('Curlew Directorate', { destination: 'SE' }))).toContain(daily);
  });

  it('are what a colleague flagged of it, and what they let go of it with in the same country', async () => {
    const flag = 'It sends every face to an outside server';
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'product-1', { type: 'RaiseFlag', title: flag });
    await withdraw(first);
    const gone = 'They asked for the faces of marchers.';
    const second = await openDeal('Heron Guard');
    await handle(second, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look after it' });
    await handle(second, 'product-1', { type: 'Withdraw', reason: gone });
    const page = await shown(await openDeal('Curlew Directorate'));
    for (const text of [`A red flag was raised: “${flag}”`, gone]) expect(page).toContain(text);
    // A flag of a product may be true of it wherever it goes.
    const elsewhere = await shown(await openDeal('Stork Directorate', { destination: 'SE' }));
    // So may what they call “they” and “it”.
    for (const text of [flag, gone]) expect(elsewhere).toContain(text);
    expect(await shown(await openDeal('Dunlin Directorate', { ...LAMPS, destination: 'SE' }))).not.toContain(HEADING);
  });

  it('are, of the seller of that deal, those that weigh', async () => {
    const first = await openDeal('Kestrel Guard', {}, 'product-1');
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'Misuse of ours is reported' });
    await handle(first, 'product-1', { type: 'Withdraw', reason: 'The secret police watch marchers with it' });
    const second = await openDeal('Heron Guard', {}, 'product-1');
    await handle(second, 'product-1', { type: 'Withdraw', reason: 'No budget this year' });
    const page = await shown(await openDeal('Curlew Directorate'));
    for (const text of ['Misuse of ours is reported', 'The secret police watch marchers']) expect(page).toContain(text);
    expect(page).not.toContain('No budget');
  });

  it('are heard of what it was, where somebody corrects it to another before they withdraw it', async () => {
    const first = await openDeal('Kestrel Guard', {}, 'product-1');
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'Misuse of ours is reported' });
    const { details } = (await at.deals.view(first))!.deal;
    await handle(first, 'product-1', {
      type: 'CorrectDetails',
      details: { ...details, ...LAMPS },
      reason: 'Wrong line picked',
    });
    await handle(first, 'product-1', { type: 'Withdraw', reason: 'No budget' });
    expect(await shown(await openDeal('Curlew Directorate'))).toContain('Misuse of ours is reported');
  });

  it('are what a colleague denied having said of it, wherever it goes', async () => {
    const first = await openDeal('Kestrel Guard');
    for (const section of ['scope', 'product']) {
      const [, command] = answerPicture(section, {}, 'security');
      const { answers } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
      const onWord = Object.entries(answers).map(([id, { value }]) => [
        id,
        { value, sources: [], basis: { told: 'product-1' } },
      ]);
      await handle(first, 'rep-1', { ...command, answers: Object.fromEntries(onWord) } as DealCommand);
    }
    const never = 'I never said so: it was misused on marchers elsewhere.';
    await handle(first, 'product-1', { type: 'ObjectToBasis', reason: never });
    for (const country of ['NO', 'SE']) {
      const page = await shown(await openDeal('Curlew Directorate', { destination: country }));
      expect([country, page.includes(never)]).toEqual([country, true]);
    }
    expect(await shown(await openDeal('Stork Directorate', { ...LAMPS, destination: 'SE' }))).not.toContain(never);
  });

  it('are what a colleague wrote of the country, whatever goes there', async () => {
    const first = await openDeal('Kestrel Guard');
    const law = 'A decree there makes every buyer give its pictures to the state';
    await written(first, 'laws', { 'L-RF1': said('yes', law) }, 'product-1');
    await withdraw(first);
    expect(await shown(await openDeal('Curlew Directorate', LAMPS))).toContain(law);
    expect(await shown(await openDeal('Dunlin Directorate', { destination: 'SE' }))).not.toContain(law);
  });

  it('are not said twice where its end-user is the same', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', { P6: said('yes'), 'P6-how': said(HOW) });
    expect((await shown(await openDeal('Kestrel Guard', { customer: 'Osprey Freight' }))).split(HOW)).toHaveLength(2);
  });

  it('are hidden from whoever may not read that deal, and read without its number by whoever decides', async () => {
    const first = await openDeal('Kestrel Guard', {}, 'product-1');
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'Misuse of ours is reported' });
    const next = await openDeal('Curlew Directorate');
    const rep = await shown(next, 'rep-1');
    expect(rep).not.toContain('Misuse of ours');
    expect(rep).toContain('1 deal that you cannot read has other words, too.');
  });

  it('are found among more deals than are read', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', { P6: said('yes'), 'P6-how': said(HOW) });
    await withdraw(first);
    for (let n = 0; n < MOST_OF_PRODUCT + 2; n += 1) {
      const one = await openDeal(`Sample house ${n}`, { endUser: { name: `Sample house ${n}`, kind: 'private' } });
      await handle(one, 'senior-1', { type: 'RaiseFlag', title: `They pay late, ${n}` });
    }
    expect(await shown(await openDeal('Curlew Directorate'))).toContain(HOW);
  });

  it('bring a form back once, however mild, where they are of the product or the country', async () => {
    const [here, elsewhere] = [await openDeal('Kestrel Guard'), await openDeal('Heron Guard', { destination: 'SE' })];
    const [lamps, lampsAway] = [
      await openDeal('Stork Guard', LAMPS),
      await openDeal('Finch Guard', { ...LAMPS, destination: 'SE' }),
    ];
    const view = (await at.deals.view(await openDeal('Curlew Directorate')))!;
    const now = async () => writtenShown(await writtenElsewhere(at.desk, view, 'compliance-1', 60_000));
    let before = await now();
    let day = 1;
    const comesBack = async (after: () => Promise<unknown>): Promise<boolean> => {
      day += 1;
      await at.travel(`2027-03-0${day}T09:00:00.000Z`);
      await after();
      const is = await isWrittenSince(at.desk, view, 'compliance-1', before);
      before = await now();
      // Whoever read it is not asked again.
      expect(await isWrittenSince(at.desk, view, 'compliance-1', before)).toBe(false);
      return is;
    };
    const handOver = (deal: string, note: string, to = 'product-1') =>
      handle(deal, 'compliance-2', { type: 'HandOverSection', section: 'product', to, note });
    for (const deal of [here, elsewhere, lamps, lampsAway])
      await handle(deal, 'rep-1', {
        type: 'AnswerSection',
        section: 'scope',
        answers: { 'G1-capability': said('yes') },
      });
    expect(await comesBack(() => handOver(here, 'Its crews choose faces in the squares'))).toBe(true);
    expect(await comesBack(() => handOver(elsewhere, 'Its crews choose faces in the streets'))).toBe(true);
    const flags = (deal: string, by: string) => () =>
      handle(deal, by, { type: 'RaiseFlag', title: 'They hunt marchers' });
    expect(await comesBack(flags(elsewhere, 'product-1'))).toBe(true);
    // A seller’s dummies bring nobody's form back.
    expect(await comesBack(flags(here, 'rep-1'))).toBe(false);
    expect(await comesBack(() => handOver(lamps, 'The secret police light with it'))).toBe(true);
    expect(await comesBack(() => handOver(lampsAway, 'The secret police light with it'))).toBe(false);
  });

  it('are what is held against a deal, or a colleague wrote as they let go of it, in the same country', async () => {
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'Police here read the mail of journalists' });
    await handle(first, 'rep-1', {
      type: 'AnswerSection',
      section: 'scope',
      answers: { 'G1-capability': said('yes') },
    });
    const note = 'Judges here sign whatever the ministry wants';
    await handle(first, 'compliance-2', { type: 'HandOverSection', section: 'product', to: 'product-1', note });
    const page = await shown(await openDeal('Curlew Mill', LAMPS));
    expect(page).toContain('Police here read the mail of journalists');
    expect(page).toContain(note);
    const away = await shown(await openDeal('Curlew Mill', { ...LAMPS, destination: 'SE' }));
    expect(away).not.toContain('Police here read');
    expect(away).not.toContain(note);
  });

  it('are a colleague’s of the product elsewhere, however many of the same sale the seller flags', async () => {
    const first = await openDeal('Kestrel Guard', { destination: 'SE' });
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'It sends every face to an outside server' });
    for (let n = 0; n < MOST_OF_PRODUCT + 1; n += 1)
      await handle(await openDeal(`Sample house ${n}`), 'rep-1', { type: 'RaiseFlag', title: `They pay late, ${n}` });
    expect(await shown(await openDeal('Curlew Directorate'))).toContain('It sends every face');
  });

  it('are what names the country, or the product, whatever it is written of', async () => {
    const first = await openDeal('Kestrel Guard', LAMPS);
    // Much that whoever sells it writes hides none of a colleague's.
    for (let n = 0; n < 5; n += 1) {
      const title = Array.from({ length: 45 }, (_, word) => `w${n}x${word}`).join(' ');
      await handle(first, 'rep-1', { type: 'RaiseFlag', title });
    }
    await handle(first, 'product-1', {
      type: 'RaiseFlag',
      title: 'In Sweden they read mail through Sample Analytics',
    });
    for (const details of [{ ...LAMPS, destination: 'SE' }, { destination: 'DK' }, { destination: 'SE' }])
      expect(await shown(await openDeal('Curlew Mill', details))).toContain('In Sweden they read mail');
    expect(
      await shown(
        await openDeal('Curlew Mill', { ...LAMPS, destination: 'DK', product: { id: 'other', name: 'Rope' } }),
      ),
    ).not.toContain('In Sweden');
  });

  it('are an answer about somebody else’s end-user that names the country', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'end-user', {
      'H-RF1': said('no', 'Not they, but Swedish and Danish judges, and Estonian police, do'),
    });
    expect(await shown(await openDeal('Curlew Mill', { ...LAMPS, destination: 'EE' }))).toContain('Estonian police');
    const other = await openDeal('Heron Guard', { destination: 'SE' });
    await written(other, 'end-user', { 'H-RF1': said('no', 'Not they; others beat men with a Sample Lamps') });
    expect(await shown(await openDeal('Curlew Mill', { ...LAMPS, destination: 'DK' }))).toContain('others beat men');
  });

  it('that there was no time to look for bring no form back', async () => {
    const view = (await at.deals.view(await openDeal('Curlew Directorate')))!;
    const written = await writtenElsewhere(at.desk, view, 'compliance-1', 60_000);
    const late = { words: [], hidden: 0, left: 0, late: true as const };
    const [shownThen, missing] = [
      writtenShown(written)!,
      writtenShown({ ...written, ofProduct: late, ofCompanies: late })!,
    ];
    expect([showsOther(shownThen, missing), showsOther(missing, shownThen)]).toEqual([false, false]);
    expect(showsOther(missing, writtenShown({ ...written, ofCompanies: late, hidden: 0, asked: [] })!)).toBe(false);
  });

  it('take the tick where they weigh, and are in the form of that deal alone', async () => {
    const out = await openDeal('Curlew Directorate');
    await handle(out, 'rep-1', { type: 'AnswerSection', section: 'scope', answers: { 'G1-capability': said('no') } });
    const several = async (): Promise<boolean> => {
      const form = formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true }));
      expect(wordsOf(form)).not.toContain(HEADING);
      return names(form).includes('deals');
    };
    expect(await several()).toBe(true);
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', { P6: said('yes', 'It is told of it'), 'P6-how': said(HOW) });
    expect(await several()).toBe(true);
    const itself = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: out }));
    expect(wordsOf(itself)).toContain(HOW);
    await handle(first, 'product-1', { type: 'RaiseFlag', title: 'It sends every face to an outside server' });
    expect(await several()).toBe(false);
  });

  it('are read of the same sale first, however many deals go to that country', async () => {
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'senior-1', { type: 'RaiseFlag', title: 'Misuse of ours is reported' });
    for (let n = 0; n < MOST_OF_PRODUCT; n += 1) {
      const one = await openDeal(`Sample house ${n}`, { ...LAMPS, endUser: { name: `House ${n}`, kind: 'security' } });
      await written(one, 'product', { P6: said('no', `All is well there, ${n}`) });
    }
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain('Misuse of ours is reported');
    expect(page).not.toContain('All is well there');
  });

  it('are, of a flag that compliance dismissed or admitted, said to be that, and take no tick where it was dismissed', async () => {
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'senior-1', { type: 'RaiseFlag', title: 'They pay late' });
    const { id } = (await at.deals.view(first))!.deal.ownFlags[0]!;
    await handle(first, 'compliance-1', { type: 'DismissFlag', flag: id, reason: 'It is no matter of rights' });
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain('A red flag was raised, and dismissed there: “They pay late”');
    const second = await openDeal('Heron Guard');
    await handle(second, 'senior-1', { type: 'RaiseFlag', title: 'They hunt marchers' });
    const raised = (await at.deals.view(second))!.deal.ownFlags[0]!;
    await handle(second, 'compliance-1', { type: 'AdmitFlag', flag: raised.id, weight: 'heavy', reason: 'It is so' });
    expect(await shown(await openDeal('Curlew Directorate'))).toContain(
      'A red flag was raised, and admitted there: “They hunt marchers”',
    );
  });

  it('are what somebody told an approver, with what was asked, also of who sells it', async () => {
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'rep-1', {
      type: 'AnswerSection',
      section: 'scope',
      answers: { 'G1-capability': said('yes') },
    });
    const asked = 'Who will be watched with it?';
    const answer = 'Mostly people at the Friday marches; nobody looks over their shoulder';
    for (const line of pictureDeal({}, 'security').slice(1)) await handle(first, line[0], line[1]);
    await handle(first, 'compliance-1', { type: 'AskForInformation', step: 0, question: asked });
    const { id } = (await at.deals.view(first))!.deal.requests[0]!;
    await handle(first, 'rep-1', { type: 'GiveInformation', request: id, text: answer, sources: [] });
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain(`Evidence: “${answer}”`);
    expect(page).toContain(`To “${asked}”`);
  });

  it('are none that this deal has picked itself, and none of a rep that all is well', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', { P6: said('yes'), 'P6-rights': said(['assembly']) });
    await save(first, 'rep-1', 'laws', { 'L-RF1': said('no', 'It counts trees, all is well') });
    const next = await openDeal('Curlew Directorate');
    const picked = { P1: 'yes', P6: 'yes', 'P6-rights': ['assembly'], 'P6-how': 'By watching' };
    for (const [actor, command] of pictureDeal(picked, 'security').slice(1, 3)) await handle(next, actor, command);
    const page = await shown(next);
    for (const text of ['An answer: “Peaceful protest”', 'It counts trees']) expect(page).not.toContain(text);
  });

  it('weigh where one of several deals with the same words does, and stand there', async () => {
    const title = 'It sends every face to an outside server';
    const first = await openDeal('Kestrel Guard');
    await handle(first, 'senior-1', { type: 'RaiseFlag', title });
    at.downUntil('2027-03-02T09:00:00.000Z');
    await handle(await openDeal('Heron Guard', { destination: 'SE' }), 'senior-1', { type: 'RaiseFlag', title });
    const second = await openDeal('Stork Guard');
    await handle(second, 'senior-1', { type: 'RaiseFlag', title });
    const { id } = (await at.deals.view(second))!.deal.ownFlags[0]!;
    await handle(second, 'compliance-1', { type: 'DismissFlag', flag: id, reason: 'It is known there' });
    const next = await openDeal('Curlew Directorate');
    expect(await shown(next)).toContain(`A red flag was raised: “${title}”`);
    const view = (await at.deals.view(next))!;
    const { ofProduct } = await writtenElsewhere(at.desk, view, 'compliance-1', 60_000);
    expect(ofProduct?.words.find(({ text }) => text === title)).toMatchObject({ grave: true, deal: first });
  });

  it('are what the seller answered in the same sale, where a colleague works on it, too', async () => {
    const first = await openDeal('Kestrel Guard');
    await written(first, 'product', { P6: said('yes') });
    await handle(first, 'product-1', { type: 'HandOverSection', section: 'product', to: 'rep-1', note: '' }).catch(() =>
      handle(first, 'rep-1', { type: 'TakeSectionBack', section: 'product' }),
    );
    await save(first, 'rep-1', 'product', { P6: said('yes'), 'P6-how': said(HOW) });
    expect(await shown(await openDeal('Curlew Directorate'))).toContain(HOW);
  });

  it('are what somebody let go of it with in another country, too, where they name the product', async () => {
    const handed = 'The analytics we sell were used to hunt journalists, and we have no control of it';
    const first = await openDeal('Kestrel Guard', { destination: 'SE' }, 'product-1');
    await handle(first, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason: handed });
    await handle(first, 'rep-1', { type: 'Withdraw', reason: 'They want a rebate' });
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain(handed);
    expect(await shown(await openDeal('Dunlin Directorate', LAMPS))).not.toContain(handed);
  });

  it('are what a colleague wrote who asked for a deal themselves, where they are not of those who sell', async () => {
    await at.end();
    const { organisation } = pictureContext();
    const groups = [...organisation.groups, { id: 'sales', name: 'Sales', members: ['rep-1'] }];
    at = atDesk({
      policy: atOncePolicy,
      organisation: { ...organisation, groups, products: anOrganisation({ products: PRODUCTS }).products },
    });
    const bakers = 'He called: he wants it before the march of the bakers';
    const withdrawnBy = async (person: string, why: string): Promise<void> => {
      const deal = await openDeal('Kestrel Guard', { destination: 'SE', customer: 'Osprey Freight' }, person);
      await handle(deal, person, { type: 'Withdraw', reason: 'It was put off' });
      await handle(deal, person, { type: 'Reopen', reason: why });
    };
    await withdrawnBy('product-1', bakers);
    await withdrawnBy('rep-1', 'They have the money now');
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain(bakers);
    expect(page).not.toContain('They have the money now');
  });

  it('are what is written in a deal of it, wherever it goes, also where nobody names it', async () => {
    const handed = 'Not mine: this face matcher was misused by three police forces, and the sheet leaves it out';
    const first = await openDeal('Kestrel Guard', { destination: 'SE' });
    await handle(first, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look after it' });
    await handle(first, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason: handed });
    const page = await shown(await openDeal('Curlew Directorate'));
    expect(page).toContain(`Handed over: “${handed}”`);
    expect(await shown(await openDeal('Dunlin Directorate', LAMPS))).not.toContain(handed);
  });
});
