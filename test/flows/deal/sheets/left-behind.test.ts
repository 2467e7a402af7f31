/** The rep corrects the product or the country, because of what is said on its sheet. */

import { expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { standsOnBlocks } from '../../../../blocks/cards/stands-on.ts';
import { confirmLighterForm, confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { againstShown, waitingShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { worseOnSheets } from '../../../../flows/deal/sheets/said.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Sheet } from '../../../../flows/sheet.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture } from '../../../support/picture-deal.ts';
import { sheetDealContext, takenStory, takingDeal } from '../../../support/sheet-deals.ts';
import { COUNTRY, FINE, MILD, PRODUCT, sheetPlay } from '../../../support/sheets.ts';
import { story, type Story } from '../../../support/story.ts';

const SAID = 'They found journalists with it: I saw the order.';
const NOTED = 'The depot there belongs to the riot troops.';

const disputed = sheetPlay()
  .save('product-1', PRODUCT, MILD)
  .and('counsel-1', { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P1'], reason: SAID })
  .of(PRODUCT);
const brief = sheetPlay().save('counsel-1', COUNTRY, FINE).of(COUNTRY);
const told: Sheet = {
  ...brief,
  reworded: [
    {
      question: 'H1',
      value: 'unknown',
      note: NOTED,
      by: 'compliance-1',
      at: brief.at,
      changedBy: 'counsel-1',
      until: brief.at,
    },
  ],
};

const before = takenStory([disputed, told]);
const moved = before.and('rep-1', {
  type: 'CorrectDetails',
  details: { ...before.view.deal.details, product: { id: 'other', name: 'Depot clock' }, destination: 'SE' },
  reason: 'The contract names the clock, and the depot over there.',
});
const pageOne = (view: DealView): string => plain({ blocks: standsOnBlocks(view, undefined, 'compliance-1') });

it('is named on page one, and where compliance confirms another product or country', () => {
  const { view } = moved;
  const then = /product sheet of Sample Analytics, which this deal was of before, is disputed, by @counsel-1/;
  expect(pageOne(before.view)).not.toContain('which this deal was of before');
  // Given anew, no answer is taken from there any more.
  const answers = Object.fromEntries(Object.entries(view.deal.answers).filter(([, { P1 }]) => !P1));
  expect(pageOne({ ...view, deal: { ...view.deal, answers } })).toMatch(then);
  expect(pageOne(view)).toContain(SAID);
  expect(pageOne(view)).toContain(NOTED);
  expect(pageOne(view)).toContain('On the country brief on Norway, which this deal was of before.');
  expect(view.lighterSaid).toBeDefined();
  const form = JSON.stringify(confirmLighterForm(view, {}, {}, { reader: 'compliance-1' }));
  expect(form).toContain(SAID);
  expect(form).toContain(NOTED);
});

it('brings a form that is open back, and is no contradiction of what is sold now', () => {
  const { view } = moved;
  const without = { ...view, organisation: { ...view.organisation, sheets: [] } };
  expect(againstShown(view)).not.toBe(againstShown(without));
  expect(JSON.stringify(contradictions(view))).not.toContain('disputed');
});

it('so is what a version of that sheet said that is worse than the answers', () => {
  const said = { question: 'P1', value: 'yes', by: 'product-1', at: disputed.at, version: 1 };
  const { view } = moved;
  const sheets = [{ ...disputed, said: [said] }, told];
  const worse = { ...view, organisation: { ...view.organisation, sheets } };
  expect(worseOnSheets(worse)).toMatchObject([{ question: 'P1', left: true }]);
  expect(pageOne(worse)).toContain('product sheet of Sample Analytics, which this deal was of before, said otherwise');
});

it('so is what the product manager wrote or picked there and the deal says otherwise, without a rule that weighs it', () => {
  const { view } = before;
  const wrote = 'The police could film who goes into a union meeting.';
  const answers = { ...disputed.answers, 'P6-how': { value: wrote, sources: [], by: 'product-1', at: disputed.at } };
  const sheets = [{ ...disputed, answers }, told];
  const [section = ''] = Object.entries(view.deal.answers).flatMap(([id, given]) => (given['P6'] ? [id] : []));
  const given = {
    ...view.deal.answers[section],
    'P6-how': { value: 'Somebody could see a face.', sources: [] as [], by: 'rep-1', at: view.now },
  };
  const deal = { ...view.deal, answers: { ...view.deal.answers, [section]: given } };
  const read = { ...view, deal, organisation: { ...view.organisation, sheets } } as DealView;
  expect(worseOnSheets(read)).toMatchObject([{ question: 'P6-how', value: wrote, by: 'product-1' }]);
  expect(pageOne(read)).toContain(wrote);
  const taken = { ...given, 'P6-how': { ...given['P6-how'], value: wrote } };
  expect(
    worseOnSheets({ ...read, deal: { ...deal, answers: { ...deal.answers, [section]: taken } } } as DealView),
  ).toEqual([]);
  // Answered otherwise above, the question is not asked any more.
  const { 'P6-how': _, ...rest } = given;
  const unasked = { ...read, deal: { ...deal, answers: { ...deal.answers, [section]: rest } } } as DealView;
  expect(pageOne(unasked)).toContain(wrote);
  const unanswered = { ...read, deal: { ...deal, answers: {} } } as DealView;
  expect(pageOne(unanswered)).not.toContain(wrote);
});

const MOSQUE = 'The police could see who comes to the mosque each Friday.';
/** Where a source is named, it is read with that. */
const withoutSources = (sheet: Sheet): Sheet => ({
  ...sheet,
  answers: Object.fromEntries(Object.entries(sheet.answers).map(([id, answer]) => [id, { ...answer, sources: [] }])),
});
const heavy = withoutSources(
  sheetPlay()
    .save('product-1', PRODUCT, { ...MILD, P1: 'yes', P2: 'yes', P6: 'yes', 'P6-how': MOSQUE })
    .of(PRODUCT),
);
const dark = withoutSources(
  sheetPlay()
    .save('counsel-1', COUNTRY, { ...FINE, 'H-RF4': 'yes' })
    .of(COUNTRY),
);

/** Opened, and nothing answered. */
const fresh = (sheets: readonly Sheet[], context = sheetDealContext(sheets)) =>
  story(
    takingDeal(sheets).filter(([, { type }]) => type === 'OpenDeal'),
    context,
  );
const moves = (deal: Story, more: Partial<DealDetails>): Story =>
  deal.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...deal.view.deal.details, ...more },
    reason: 'The contract names the clock, and the depot over there.',
  });
const CLOCK = { id: 'other', name: 'Depot clock' };

it('so is all of it where nothing was answered before the deal was corrected', () => {
  const unanswered = fresh([heavy, dark]);
  const { view } = moves(unanswered, { product: CLOCK, destination: 'SE' });
  const said = worseOnSheets(view).map(({ question, left }) => [question, left]);
  for (const id of ['P1', 'P6-how', 'H-RF4']) expect(said).toContainEqual([id, true]);
  const page = JSON.stringify(confirmLighterForm(view, {}, {}, { reader: 'compliance-1' }));
  expect(page).toContain('The country brief on Norway, which this deal was of before, said otherwise: ');
  expect(page).toContain(MOSQUE);
  // Of what it is of now, the rep is offered what the sheet says.
  expect(worseOnSheets(unanswered.view)).toEqual([]);
});

it('so it is where the product was called much like one of the catalogue, and is called otherwise under Other', () => {
  const like = moves(fresh([heavy]), { product: { id: 'other', name: 'Analytics by Sample' } });
  const named = moves(like, { product: CLOCK });
  // As in a snapshot from before the first correction.
  const { view } = named;
  const formerly = (view.deal.formerly ?? []).filter(({ product }) => product.id === 'other');
  const deal = { ...view.deal, formerly, lighterSaid: undefined };
  expect(worseOnSheets({ ...view, deal } as DealView)).toContainEqual(
    expect.objectContaining({ question: 'P1', left: true }),
  );
});

it.each([
  ['of before', CLOCK],
  ['of now', undefined],
])('so is its sentence where a deal is said to be out of scope: of the product %s', (_, product) => {
  const deal = fresh([heavy]);
  const named = product ? moves(deal, { product }) : deal;
  const out = named.and(...answerPicture('scope', { 'G1-capability': 'no' }, 'private'));
  expect(JSON.stringify(confirmScopeForm(out.view))).toContain(MOSQUE);
});

it('a form that is open comes back once the product manager writes or picks what no rule weighs', () => {
  const { view } = before;
  const wrote = { value: MOSQUE, sources: [], by: 'product-1', at: '2027-03-02T09:00:00.000Z' };
  const [section = ''] = Object.entries(view.deal.answers).flatMap(([id, given]) => (given['P6'] ? [id] : []));
  const given = {
    ...view.deal.answers[section],
    'P6-how': { value: 'Somebody could see a face.', sources: [] as [], by: 'rep-1', at: view.now },
  };
  const deal = { ...view.deal, answers: { ...view.deal.answers, [section]: given } };
  const withSheet = (sheet: Sheet): DealView =>
    ({ ...view, deal, organisation: { ...view.organisation, sheets: [sheet, told] } }) as DealView;
  const now = withSheet({ ...disputed, answers: { ...disputed.answers, 'P6-how': wrote } });
  expect(pageOne(now)).toContain(MOSQUE);
  expect(againstShown(now)).not.toBe(againstShown(withSheet(disputed)));
});

it('so is what the catalogue says of a product that it was of before', () => {
  const context = sheetDealContext([]);
  const products = context.organisation.products.map((one) => ({ ...one, category: 'Data analytics' }));
  const deal = fresh([], { ...context, organisation: { ...context.organisation, products } });
  const out = (from: Story): string =>
    contradictions(from.and(...answerPicture('scope', { 'G1-capability': 'no' }, 'private')).view).join('\n');
  const organisation = deal.view.organisation;
  expect(organisation.products.find(({ id }) => id === 'analytics')?.able).not.toBe(false);
  expect(out(deal)).toMatch(/catalogue/u);
  expect(out(moves(deal, { product: CLOCK }))).toMatch(/“Sample Analytics”, which it was before,/u);
});

it('so does “Why?”, also of a deal that was decided', () => {
  const said = { question: 'P1', value: 'yes', by: 'product-1', at: disputed.at, version: 1 };
  const { view } = moved;
  const worse = { ...view, organisation: { ...view.organisation, sheets: [{ ...disputed, said: [said] }, told] } };
  const why = JSON.stringify(whyForm(worse));
  expect(why).toContain('which this deal was of before, said otherwise');
  expect(why).toContain(NOTED);
});

it('says what it was of before also once compliance confirmed that, where nothing was answered', () => {
  const { view } = moves(fresh([heavy]), { product: CLOCK }).and('compliance-1', (deal) => ({
    type: 'ConfirmLighter',
    asOf: deal.lighterSaid?.at ?? '',
    seen: waitingShown(deal),
  }));
  expect(view.lighterSaid).toBeUndefined();
  expect(JSON.stringify(saidBefore(view))).toContain('Product was “Sample Analytics” until');
});
