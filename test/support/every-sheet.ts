/** Cards and forms of product sheets and country briefs. */

import type { Card, Form } from '../../blocks/card.ts';
import { sheetsToConfirmCard } from '../../blocks/cards/confirm.ts';
import { indicatorsCard } from '../../blocks/cards/indicators.ts';
import { reviewCard } from '../../blocks/cards/review.ts';
import { sectionCard } from '../../blocks/cards/section.ts';
import { sheetCard, sheetsCard } from '../../blocks/cards/sheet-list.ts';
import { sheetFactCard } from '../../blocks/cards/sheets.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { judgeSheetForm, settleDisputeForm } from '../../blocks/forms/sheet-judging.ts';
import { beginSheetForm, sheetForm } from '../../blocks/forms/sheet.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { indicators, type IndicatorsFact, type MovedCountry } from '../../flows/registers/indicators.ts';
import type { SheetsFact } from '../../flows/registers/sheet-shapes.ts';
import type { Sheet, SheetOf } from '../../flows/sheet.ts';
import { defaultPolicy } from '../flows/policy/deals.ts';
import { conflictFile, conflictRow, inUse, vDem, versionOf } from './indicators.ts';
import { sheetDealContext, takenStory, takingDeal } from './sheet-deals.ts';
import {
  COUNTRY,
  FINE,
  MILD,
  PRODUCT,
  SHEET_AT,
  sheetContext,
  sheetOrganisation,
  sheetPlay,
  type SheetPlay,
} from './sheets.ts';
import { story } from './story.ts';

type Named<T> = readonly [name: string, made: T];

const WHY = 'The maker took that part out in the spring.';
const REASON = 'It records faces since the last release.';
const OTHER: SheetOf = { of: 'product', product: 'other', name: 'Sample Drone *with* <odd> name' };

const worst = (): SheetPlay =>
  sheetPlay().save('product-1', PRODUCT, {
    ...MILD,
    P1: 'yes',
    P6: 'yes',
    'P6-rights': ['privacy', 'assembly'],
    'P6-how': 'Somebody follows one car through a whole town.',
    'P-RF1': 'yes',
    'P-RF1-forms': ['critics', 'privacy'],
  });
const waiting = (): SheetPlay => worst().save('product-1', PRODUCT, { P1: 'no' }, { why: WHY });
const disputed = (): SheetPlay =>
  sheetPlay()
    .save('product-1', PRODUCT, MILD)
    .and('rep-1', { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P1'], reason: REASON });
const settled = (): SheetPlay =>
  disputed().and('compliance-1', {
    type: 'SettleDispute',
    sheet: 'product:analytics',
    dispute: disputed().of(PRODUCT).disputes[0]!.id,
    reason: 'It was never released.',
  });
const briefed = (): SheetPlay => sheetPlay().save('counsel-1', COUNTRY, FINE);
/** A brief of that country. */
export const briefOf = (country: string): Sheet => {
  const on: SheetOf = { of: 'country', country };
  return sheetPlay().save('counsel-1', on, FINE).of(on);
};
const changed = (): SheetPlay => briefed().save('compliance-1', COUNTRY, { 'H-RF4': 'yes', 'L-RF1': 'yes' });

const reading = (reader: string, now = '2027-03-01T09:00:00.000Z') => ({
  reader,
  organisation: sheetOrganisation(),
  policy: defaultPolicy,
  now,
});
const asked = { on: COUNTRY, at: SHEET_AT, to: ['counsel-1'] };
const dispute = () => disputed().of(PRODUCT).disputes[0]!;

const facts = (): SheetsFact[] => [
  { fact: 'sheets asked', of: [PRODUCT] },
  { fact: 'sheets asked', of: [COUNTRY, { of: 'country', country: 'SE' }, OTHER] },
  { fact: 'sheet waits', sheet: 'product:analytics', on: PRODUCT, by: 'product-1', why: WHY, questions: ['P1', 'P5'] },
  {
    fact: 'sheet against catalogue',
    on: PRODUCT,
    by: 'product-1',
    says: ['The catalogue says that this product can gather or analyse data about people.'],
  },
  {
    fact: 'sheet noted',
    on: PRODUCT,
    by: 'product-1',
    said: [{ question: 'P-RF1', note: 'Riot units in two capitals picked out marchers.' }],
  },
  {
    fact: 'sheet noted',
    on: PRODUCT,
    by: 'product-1',
    said: Array.from({ length: 9 }, (_, n) => ({
      question: 'P-RF1',
      note: `${n} ${'Units picked out marchers. '.repeat(60)}`,
    })),
  },
  { fact: 'sheet confirmed', on: PRODUCT, by: 'compliance-1', version: 3 },
  { fact: 'sheet refused', on: OTHER, by: 'compliance-1', reason: REASON },
  { fact: 'sheet disputed', sheet: 'product:analytics', on: PRODUCT, dispute: dispute() },
  { fact: 'dispute settled', on: PRODUCT, by: 'compliance-1', dispute: dispute(), reason: 'It was never released.' },
  ...(['before', 'reminder', 'overdue', 'escalation'] as const).map((of): SheetsFact => ({
    fact: 'sheets run out',
    of,
    sheets: [
      { on: PRODUCT, until: '2028-02-01' },
      { on: COUNTRY, until: '2028-02-01' },
    ],
  })),
  {
    fact: 'sheet heavier for deals',
    sheet: changed().of(COUNTRY),
    questions: ['H-RF4', 'L-RF1'],
    reached: { deals: 3, first: [] },
  },
];

const grave = vDem({ v2x_freexp_altinf: '0.12', v2x_rule: '0.2', v2x_clphy: '0.31' });
const better = vDem({ v2x_freexp_altinf: '0.55', v2x_rule: '', v2x_clphy: '0.31' }, 2026);

/** A brief that counsel wrote on what the data of that year suggests, and with an answer of their own. */
const onData = (): SheetPlay =>
  sheetPlay().and('counsel-1', {
    type: 'SaveSheet',
    on: COUNTRY,
    from: 0,
    answers: {
      'L-RF2': {
        value: 'yes',
        sources: [{ name: 'V-Dem 2025: freedom of expression 0.12 of 1', year: 2025, url: 'https://www.v-dem.net/' }],
        suggested: [{ dataset: 'v-dem', year: 2025, indicator: 'expression', value: 0.12 }],
      },
      'H-RF5-oversight': { value: 'no', sources: [] },
    },
  });
const datasets = inUse(grave);
const everyValue = inUse(
  vDem(Object.fromEntries(defaultPolicy.indicators.map(({ variable }) => [variable, '0.01']))),
  versionOf(conflictFile(conflictRow('1', 2025, '385'))),
);
const newer = inUse({ ...better, madeUp: true });

const moved = (country: string, deals: number): MovedCountry => ({
  country,
  keepers: ['counsel-1'],
  deals: { deals, first: [] },
  moved: [
    {
      indicator: 'expression',
      title: 'freedom of expression',
      of: 1,
      question: 'L-RF2',
      answer: 'yes',
      was: 0.5,
      now: 0.12,
      suggests: true,
      against: true,
    },
    {
      indicator: 'rule-of-law',
      title: 'rule of law',
      of: 1,
      question: 'H-RF5-oversight',
      answer: 'yes',
      was: 0.2,
      suggests: false,
    },
  ],
});
const indicatorFacts = (): IndicatorsFact[] => [
  { fact: 'indicators moved', of: { dataset: 'v-dem', year: 2026 }, countries: [moved('NO', 1)], first: [] },
  {
    fact: 'indicators moved',
    of: { dataset: 'v-dem', year: 2026, madeUp: true },
    countries: [moved('NO', 0)],
    first: [],
  },
  {
    fact: 'indicators moved',
    of: { dataset: 'ucdp', year: 2026 },
    countries: ['AT', 'BE', 'CH', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'NL'].map((code) => moved(code, 3)),
    first: [],
  },
];

export const everySheetCard = (): Named<Card>[] => [
  ...indicatorFacts().map((fact, i): Named<Card> => [
    `indicators: ${fact.fact} ${i}`,
    indicatorsCard(fact, indicators.none, {
      ...sheetContext(),
      now: '2027-03-01T09:00:00.000Z',
      deals: [],
      reader: i === 0 ? 'compliance-1' : 'counsel-1',
    }),
  ]),
  [
    'a country brief, suggestions',
    sheetCard(COUNTRY, onData().of(COUNTRY), undefined, { ...reading('rep-1'), datasets }),
  ],
  [
    'a country brief, data moved',
    sheetCard(COUNTRY, onData().of(COUNTRY), undefined, { ...reading('counsel-1'), datasets: newer }),
  ],
  [
    'a country brief, none, suggestions',
    sheetCard(COUNTRY, undefined, undefined, { ...reading('counsel-1'), datasets }),
  ],
  ...facts().map((fact, i): Named<Card> => [
    `sheets: ${fact.fact} ${i}`,
    sheetFactCard(fact, sheetPlay().state, {
      ...sheetContext(),
      now: '2027-03-01T09:00:00.000Z',
      deals: [],
      reader: 'compliance-1',
    }),
  ]),
  ['section answered from sheets', sectionCard(took(), 'product')],
  ['review of what sheets say', reviewCard(took(), 0)],
  ['a product sheet', sheetCard(PRODUCT, worst().of(PRODUCT), undefined, reading('rep-1'))],
  [
    'a product sheet, lighter answers wait',
    sheetCard(PRODUCT, waiting().of(PRODUCT), undefined, reading('compliance-1')),
  ],
  ['a product sheet, disputed', sheetCard(PRODUCT, disputed().of(PRODUCT), undefined, reading('compliance-1'))],
  ['a product sheet, a dispute settled', sheetCard(PRODUCT, settled().of(PRODUCT), undefined, reading('product-1'))],
  [
    'a product sheet, over',
    sheetCard(PRODUCT, worst().of(PRODUCT), undefined, reading('rep-1', '2029-03-01T09:00:00.000Z')),
  ],
  ['a country brief', sheetCard(COUNTRY, changed().of(COUNTRY), undefined, reading('counsel-1'))],
  ['a country brief, asked for', sheetCard(COUNTRY, undefined, asked, reading('rep-1'))],
  ['a country brief, none', sheetCard(COUNTRY, undefined, undefined, reading('counsel-1'))],
  ['sheets to confirm', sheetsToConfirmCard(waiting().all())],
  [
    'sheets to confirm, more than a card has',
    sheetsToConfirmCard(
      Array.from({ length: 12 }, (_, n): Sheet => {
        const on = { of: 'product', product: `sample-${n}`, name: `Sample product ${n}` } as const;
        return { ...waiting().of(PRODUCT)!, id: `product:sample-${n}`, on };
      }),
    ),
  ],
  ['product sheets', sheetsCard('product', disputed().all(), [], reading('product-1'))],
  ['product sheets, none', sheetsCard('product', [], [{ ...asked, on: OTHER }], reading('compliance-1'))],
  [
    'country briefs',
    sheetsCard('country', changed().all(), [{ ...asked, on: { of: 'country', country: 'SE' } }], reading('counsel-1')),
  ],
  ['country briefs, none', sheetsCard('country', [], [], reading('rep-1'))],
  [
    'country briefs, many',
    sheetsCard(
      'country',
      ['AT', 'BE', 'CH', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'NL'].map((code) => ({
        ...briefed().of(COUNTRY),
        id: `country:${code}`,
        on: { of: 'country' as const, country: code },
      })),
      [],
      reading('rep-1'),
    ),
  ],
];

/** The deal of a rep who has not answered its product's section, and one that took all. */
const wanting = (): DealView => {
  const sheets = [worst().of(PRODUCT), changed().of(COUNTRY)];
  const lines = takingDeal(sheets);
  return story(lines.slice(0, 2), sheetDealContext(sheets)).view;
};
const took = (): DealView => takenStory([worst().of(PRODUCT), changed().of(COUNTRY)]).view;

const options = (on: SheetOf, play: SheetPlay | undefined, opened?: number) => ({
  policy: defaultPolicy,
  on,
  sheet: play?.of(on),
  months: 12,
  opened,
});

export const everySheetForm = (): Named<Form>[] => [
  ['section, a product sheet', sectionForm(wanting(), 'product')],
  ['section, a product sheet, one by one', sectionForm(wanting(), 'product', { 'sheet:product': 'one@1' })],
  ['section, a product sheet that is older', sectionForm(wanting(), 'product', { 'sheet:product': 'all@0' })],
  ['section, a country brief', sectionForm(wanting(), 'laws')],
  ['section, all of it taken', sectionForm(took(), 'end-user')],

  ['product sheet, new', sheetForm(options(PRODUCT, undefined))],
  ['product sheet, outside the catalogue', sheetForm(options(OTHER, undefined))],
  ['product sheet, again', sheetForm(options(PRODUCT, worst()))],
  ['product sheet, lighter', sheetForm(options(PRODUCT, worst()), { 'q:P1': 'no' }, { why: 'Please say why.' })],
  ['product sheet, meanwhile', sheetForm(options(PRODUCT, waiting(), 1), { 'q:P1': 'no' })],
  ['country brief, new', sheetForm(options(COUNTRY, undefined))],
  ['country brief, again', sheetForm(options(COUNTRY, changed()))],
  ['country brief, suggestions', sheetForm({ ...options(COUNTRY, undefined), datasets })],
  ['country brief, every suggestion', sheetForm({ ...options(COUNTRY, changed()), datasets: everyValue })],
  ['country brief, suggestions beside answers', sheetForm({ ...options(COUNTRY, onData()), datasets })],
  ['country brief, data moved', sheetForm({ ...options(COUNTRY, onData()), datasets: newer })],
  [
    'country brief, a suggestion against an answer',
    sheetForm(
      { ...options(COUNTRY, undefined), datasets },
      { 'd:L-RF2': ['expression@2025'], 'q:L-RF2': 'no' },
      {
        'd:L-RF2': 'You chose another answer above. Please change one of the two.',
      },
    ),
  ],
  [
    'judge lighter answers, data against them',
    judgeSheetForm(
      defaultPolicy,
      onData().save('counsel-1', COUNTRY, { 'L-RF2': 'no' }, { why: WHY }).of(COUNTRY),
      {},
      datasets,
    ),
  ],
  ['begin a brief', beginSheetForm('country')],
  ['begin a sheet', beginSheetForm('product', { name: 'Sample Drone' })],
  ['judge lighter answers', judgeSheetForm(defaultPolicy, waiting().of(PRODUCT))],
  ['judge lighter answers, none', judgeSheetForm(defaultPolicy, worst().of(PRODUCT))],
  ['settle a dispute', settleDisputeForm(defaultPolicy, disputed().of(PRODUCT), dispute())],
  ['settle a dispute, settled', settleDisputeForm(defaultPolicy, undefined, undefined)],
];
