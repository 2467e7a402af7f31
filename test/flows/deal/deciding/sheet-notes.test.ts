/** What an officer or a colleague wrote on a sheet, and whoever looks after it writes over. */

import { describe, expect, it } from 'vitest';
import { gapItems } from '../../../../blocks/cards/gap-words.ts';
import { standsOnBlocks } from '../../../../blocks/cards/stands-on.ts';
import { allBeside } from '../../../../blocks/forms/all-beside.ts';
import { judgeSheetForm } from '../../../../blocks/forms/sheet-judging.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { sheetDisputes } from '../../../../flows/deal/sheets/said.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { sheets } from '../../../../flows/registers/sheets.ts';
import type { Sheet, SheetAnswer } from '../../../../flows/sheet.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { takenStory } from '../../../support/sheet-deals.ts';
import {
  COUNTRY,
  FINE,
  givenAll,
  MILD,
  PRODUCT,
  SHEET_SOURCE,
  sheetContext,
  sheetPlay,
  type SheetPlay,
} from '../../../support/sheets.ts';
import { story } from '../../../support/story.ts';

const SAID = 'They found journalists with it: I saw the order.';
const OVER = 'As a rule it is used well, as everybody knows.';

/** One answer again, with this note. */
const noted = (play: SheetPlay, by: string, id: string, value: string, note: string, why?: string): SheetPlay => {
  const { answers, version } = play.of(PRODUCT);
  const given = Object.fromEntries(
    Object.entries(answers).map(([one, { value: now, sources, note: before }]: [string, SheetAnswer]) => [
      one,
      { value: now, sources, ...(before === undefined ? {} : { note: before }) },
    ]),
  );
  const { sources } = answers[id]!;
  return play.and(by, {
    type: 'SaveSheet',
    on: PRODUCT,
    from: version,
    answers: { ...given, [id]: { value, sources, note } },
    ...(why === undefined ? {} : { why }),
  });
};
const mild = (): SheetPlay => sheetPlay().save('product-1', PRODUCT, MILD);
const brief = (): Sheet => sheetPlay().save('counsel-1', COUNTRY, FINE).of(COUNTRY);
const beside = (sheet: Sheet): DealView => {
  const { view } = takenStory([mild().of(PRODUCT), brief()]);
  return { ...view, organisation: { ...view.organisation, sheets: [sheet, brief()] } };
};
const pageOne = (sheet: Sheet): string => plain({ blocks: standsOnBlocks(beside(sheet), undefined, 'compliance-1') });
/** Beside what compliance confirms. */
const besideForm = (view: DealView) =>
  allBeside(view, { reader: 'compliance-1' })
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind !== 'input');
const judged = ({ policy }: DealView, sheet: Sheet): string =>
  plain({ blocks: judgeSheetForm(policy, sheet).blocks.filter((block) => block.kind !== 'input') });

it('a source that is named alone under several answers alike is said once, with how many more', () => {
  const open = { P1: 'unknown', P2: 'unknown', P3: 'unknown' };
  const page = pageOne(
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, ...open })
      .of(PRODUCT),
  );
  expect(page.match(/noted on the product sheet/gu)).toHaveLength(1);
  expect(page).toMatch(/“Sample datasheet, 2026”.* To “.*” and 2 more, answered “Don't know”/u);
  // Under an answer of another kind it is another line, and a note has its own.
  const other = sheetPlay().save('product-1', PRODUCT, { ...MILD, ...open, P3: 'yes' });
  expect(pageOne(other.of(PRODUCT)).match(/noted on the product sheet/gu)).toHaveLength(2);
  expect(pageOne(noted(other, 'product-1', 'P1', 'unknown', SAID).of(PRODUCT))).toMatch(/“They found .* To/u);
});

describe('a note that whoever looks after the sheet writes over', () => {
  it('is read on the review and where the lighter answer is judged, also where it was added to an answer later', () => {
    const yes = noted(mild(), 'compliance-1', 'P1', 'yes', 'As I was told.');
    const grave = noted(yes, 'compliance-1', 'P1', 'yes', SAID);
    const over = noted(grave, 'product-1', 'P1', 'yes', OVER);
    const lighter = noted(over, 'product-1', 'P1', 'no', OVER, 'The vendor told us so in writing.').of(PRODUCT);
    expect(judged(beside(lighter), lighter)).toContain(SAID);
    expect(pageOne(lighter)).toContain(SAID);
  });

  it('is read also where it stands under an answer that says nothing against deals', () => {
    const grave = noted(mild(), 'compliance-1', 'P1', 'unknown', SAID);
    const over = noted(grave, 'product-1', 'P1', 'unknown', OVER).of(PRODUCT);
    expect(pageOne(over)).toMatch(/A note of @compliance-1 was replaced on .* by @product-1: “They found journalists/);
  });

  it('is read also where they wrote both, and is not replaced by what is added to it', () => {
    const once = noted(mild(), 'product-1', 'P-RF1', 'yes', SAID);
    const own = noted(once, 'product-1', 'P-RF1', 'yes', OVER);
    expect(pageOne(own.of(PRODUCT))).toMatch(/A note of @product-1 was replaced on .* by @product-1: “They found/);
    const added = noted(once, 'product-1', 'P-RF1', 'yes', `${SAID.toUpperCase()} In March.`);
    expect(pageOne(added.of(PRODUCT))).not.toContain('was replaced');
  });

  it('is read before what says nothing, however often they write over that since', () => {
    let play = noted(noted(mild(), 'product-1', 'P-RF1', 'yes', SAID), 'product-1', 'P-RF1', 'yes', OVER);
    for (const word of ['spring', 'summer', 'autumn', 'winter', 'March', 'April', 'May'])
      play = noted(play, 'product-1', 'P1', 'no', `I looked at it again in ${word}.`);
    expect(pageOne(play.of(PRODUCT))).toContain(SAID);
    let grave = noted(mild(), 'product-1', 'P-RF1', 'yes', SAID);
    for (const word of ['spring', 'summer', 'autumn', 'winter', 'March', 'April', 'May'])
      grave = noted(grave, 'product-1', 'P-RF1', 'yes', `I looked at it again in ${word}.`);
    expect(pageOne(grave.of(PRODUCT))).toContain(SAID);
    const lighter = noted(grave, 'product-1', 'P-RF1', 'no', OVER, 'The vendor told us so.').of(PRODUCT);
    expect(judged(beside(lighter), lighter)).toContain(SAID);
  });

  it('is read also where they write as much under every other answer since', () => {
    let play = noted(mild(), 'product-1', 'P1', 'no', SAID);
    const others = Object.entries(play.of(PRODUCT).answers).filter(([id]) => id !== 'P1');
    for (const [id, { value }] of others) play = noted(play, 'product-1', id, String(value), `A look at ${id}.`);
    expect(pageOne(play.of(PRODUCT))).toContain(SAID);
    for (const [id, { value }] of [['P1', { value: 'no' }] as const, ...others])
      play = noted(play, 'product-1', id, String(value), `Nothing new of ${id}.`);
    expect(pageOne(play.of(PRODUCT))).toContain(SAID);
    // And a brief with as much.
    const full = sheetPlay().and('counsel-1', {
      type: 'SaveSheet',
      on: COUNTRY,
      from: 0,
      answers: Object.fromEntries(
        Object.entries(FINE).map(([id, value]) => [id, { value, sources: [SHEET_SOURCE], note: `Of ${id}.` }]),
      ),
    });
    const view = beside(play.of(PRODUCT));
    const sheets = [play.of(PRODUCT), full.of(COUNTRY)];
    const form = plain({ blocks: besideForm({ ...view, organisation: { ...view.organisation, sheets } }) });
    expect(form).toContain(SAID);
    expect(form).toContain(`Of ${Object.keys(FINE)[0]}.`);
  });

  it('is read before sources that they take away around it', () => {
    const of = (name: string) => [{ name, year: 2026, url: 'https://reports.example.org/s' }];
    const put = (play: SheetPlay, name: string, note?: string): SheetPlay => {
      const { answers, version } = play.of(PRODUCT);
      const given = Object.fromEntries(
        Object.entries(answers).map(([one, { value: now, sources }]) => [one, { value: now, sources }]),
      );
      const P = { value: 'yes', sources: of(name), ...(note === undefined ? {} : { note }) };
      return play.and('product-1', {
        type: 'SaveSheet',
        on: PRODUCT,
        from: version,
        answers: { ...given, 'P-RF1': P },
      });
    };
    let play = mild();
    for (const word of ['spring', 'summer', 'autumn']) play = put(play, `A look in ${word}`);
    play = put(put(play, 'A look in winter', SAID), 'A look in winter', OVER);
    for (const word of ['March', 'April', 'May', 'June']) play = put(play, `A look in ${word}`, OVER);
    expect(pageOne(play.of(PRODUCT))).toContain(SAID);
  });

  it('and a source, whatever the answer, also where whoever named it takes it away', () => {
    const of = (name: string) => [{ name, year: 2026, url: 'https://reports.example.org/s' }];
    const put = (play: SheetPlay, id: string, value: string, name: string): SheetPlay => {
      const { answers, version } = play.of(PRODUCT);
      const given = Object.fromEntries(
        Object.entries(answers).map(([one, { value: now, sources }]) => [one, { value: now, sources }]),
      );
      return play.and('product-1', {
        type: 'SaveSheet',
        on: PRODUCT,
        from: version,
        answers: { ...given, [id]: { value, sources: of(name) } },
      });
    };
    const worry = 'A daily: police jailed strikers whom it found';
    const faq = 'Questions to the maker';
    expect(pageOne(put(put(mild(), 'P-RF1', 'yes', worry), 'P-RF1', 'yes', faq).of(PRODUCT))).toMatch(
      /A source of @product-1 was replaced on .* by @product-1: “A daily: police/,
    );
    expect(pageOne(put(put(mild(), 'P1', 'no', worry), 'P1', 'no', faq).of(PRODUCT))).toContain(worry);
  });

  it('is told to compliance where it stands under an answer that speaks against deals and does not change', () => {
    const told = (play: SheetPlay, was: SheetPlay) =>
      sheets
        .tell(play.events.at(-1)!, play.state, sheetContext(), was.state)
        .flatMap(([fact, to]) => (fact.fact === 'sheet noted' ? [{ said: fact.said, to }] : []));
    const yes = noted(mild(), 'product-1', 'P-RF1', 'yes', OVER);
    const grave = noted(yes, 'product-1', 'P-RF1', 'yes', SAID);
    expect(told(grave, yes)).toMatchObject([{ said: [{ question: 'P-RF1', note: SAID }] }]);
    expect(JSON.stringify(told(grave, yes)[0]?.to)).toContain('compliance-1');
    // A heavier answer is told with the deals that it moves, and a note under a good one stands on its page.
    expect(told(yes, mild())).toEqual([]);
    const good = noted(mild(), 'product-1', 'P1', 'no', SAID);
    expect(told(good, mild())).toEqual([]);
    expect(told(noted(grave, 'product-1', 'P-RF1', 'yes', SAID), grave)).toEqual([]);
  });

  it('goes for a sentence that is an answer, too', () => {
    const HOW = 'They match faces of strikers to payrolls.';
    const given = (play: SheetPlay, how: string): SheetPlay => {
      const { version } = play.of(PRODUCT);
      const answers = givenAll({ ...MILD, 'P-RF1': 'yes', P5: 'yes', P6: 'yes', 'P6-how': how });
      return play.and('product-1', { type: 'SaveSheet', on: PRODUCT, from: version, answers });
    };
    const over = given(given(mild(), HOW), 'They read lists of visitors at the door.').of(PRODUCT);
    expect(over.reworded?.map(({ note }) => note)).toEqual([HOW]);
    expect(pageOne(over)).toContain(`An answer of @product-1 was replaced`);
  });
});

it('a source that an officer names under an answer left open is read by whoever judges a deal by the sheet', () => {
  const name = 'Register of strikers filmed with it at the gate';
  const play = mild();
  const { answers, version } = play.of(PRODUCT);
  const given = Object.fromEntries(Object.entries(answers).map(([id, { value, sources }]) => [id, { value, sources }]));
  const open = { value: 'unknown', sources: [{ name, year: 2026, url: 'https://reports.example.org/s' }] };
  const why = 'I have heard otherwise.';
  const all = { ...given, P1: open };
  const sheet = play
    .and('compliance-1', { type: 'SaveSheet', on: PRODUCT, from: version, answers: all, why })
    .of(PRODUCT);
  const page = pageOne(sheet.waits ? { ...sheet, answers: { ...sheet.answers, ...sheet.waits.answers } } : sheet);
  expect(page).toContain(name);
  expect(page).toMatch(/@compliance-1 noted on the product sheet/);
});

it('stays the officer’s where somebody else saves it again, and so does a source that they take away', () => {
  const [own, others] = ['Register of strikers filmed with it', 'A letter of the vendor'];
  const of = (name: string) => [{ name, year: 2026, url: 'https://reports.example.org/s' }];
  const put = (play: SheetPlay, by: string, sources: ReturnType<typeof of>): SheetPlay => {
    const { answers, version } = play.of(PRODUCT);
    const given = Object.fromEntries(
      Object.entries(answers).map(([id, { value, sources: before, note }]) => [
        id,
        { value, sources: before, ...(note === undefined ? {} : { note }) },
      ]),
    );
    const P1 = { value: 'unknown', note: SAID, sources };
    return play.and(by, { type: 'SaveSheet', on: PRODUCT, from: version, answers: { ...given, P1 } });
  };
  const first = put(mild(), 'compliance-1', of(own));
  const saved = put(first, 'product-1', of(others)).of(PRODUCT);
  expect(saved.answers['P1']).toMatchObject({ by: 'product-1', noted: { by: 'compliance-1' } });
  const page = pageOne(saved);
  expect(page).toMatch(/@compliance-1 noted on the product sheet, .*“They found journalists/);
  expect(page).toMatch(/@product-1 noted on the product sheet, .*A letter of the vendor/);
  expect(page).toMatch(/A source of @compliance-1 was replaced on .* by @product-1: “Register of strikers/);

  // Beside another source, before or after it, theirs is still theirs: taken away then, it is no less replaced.
  for (const both of [
    [...of(own), ...of(others)],
    [...of(others), ...of(own)],
  ]) {
    const beside = put(first, 'product-1', both);
    expect(pageOne(beside.of(PRODUCT))).toMatch(/@compliance-1 noted on the product sheet, .*Register of strikers/);
    expect(pageOne(put(beside, 'product-1', of(others)).of(PRODUCT))).toMatch(
      /A source of @compliance-1 was replaced on .* by @product-1: “Register of strikers/,
    );
  }
});

it('a source that an officer names under good answers is read once, and none of who keeps the sheet', () => {
  const name = 'Log of a guard who tracks strikers with it';
  const play = mild();
  const { answers, version } = play.of(PRODUCT);
  const log = { name, year: 2026, url: 'https://reports.example.org/s' };
  const given = Object.fromEntries(
    Object.entries(answers).map(([id, { value, sources }]) => [id, { value, sources: [...sources, log] }]),
  );
  const sheet = play.and('compliance-1', { type: 'SaveSheet', on: PRODUCT, from: version, answers: given }).of(PRODUCT);
  const lines = pageOne(sheet)
    .split('\n')
    .filter((line) => line.includes('noted on the product sheet'));
  expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('@product-1'))).toEqual([]);
});

it('of an answer that waits stays the officer’s where somebody else saves it with another source', () => {
  const play = sheetPlay().save('product-1', PRODUCT, { ...MILD, P1: 'yes' });
  const { answers } = play.of(PRODUCT);
  const given = Object.fromEntries(Object.entries(answers).map(([id, { value, sources }]) => [id, { value, sources }]));
  const no = (by: string, at: SheetPlay, name: string): SheetPlay =>
    at.and(by, {
      type: 'SaveSheet',
      on: PRODUCT,
      from: at.of(PRODUCT).version,
      answers: { ...given, P1: { value: 'no', note: SAID, sources: [{ name }] } },
      why: 'As the vendor says.',
    });
  const over = no('product-1', no('compliance-1', play, 'Log of a guard'), 'A letter of the vendor').of(PRODUCT);
  expect(over.waits?.answers['P1']).toMatchObject({ by: 'product-1', note: SAID, noted: { by: 'compliance-1' } });
  expect(over.reworded).toMatchObject([{ sources: ['Log of a guard'], by: 'compliance-1', changedBy: 'product-1' }]);
});

describe('a dispute of the sheet', () => {
  const disputed = (play: SheetPlay, by: string, question: string, reason = SAID): SheetPlay =>
    play.and(by, { type: 'DisputeSheet', sheet: 'product:analytics', questions: [question], reason });

  it('stands for a year also where the one question that it was attached to is answered as it says', () => {
    const open = disputed(mild(), 'rep-2', 'P1');
    const heeded = noted(open, 'product-1', 'P1', 'yes', OVER).of(PRODUCT);
    expect(heeded.disputes).toEqual([]);
    const view = beside(heeded);
    expect(sheetDisputes(view).map(({ dispute }) => dispute.reason)).toEqual([SAID]);
    expect(pageOne(heeded)).toContain(SAID);
    expect(sheetDisputes({ ...view, now: '2029-01-01T09:00:00.000Z' })).toEqual([]);
  });

  it('is another line for each, so that no confirmation over one covers the next', () => {
    const said = (sheet: Sheet): string[] => contradictions(beside(sheet)).filter((text) => text.includes('disputed'));
    const one = disputed(mild(), 'rep-2', 'P1', 'It is sold in blue now.');
    const two = disputed(one, 'counsel-1', 'P1');
    expect(said(one.of(PRODUCT))).toHaveLength(1);
    expect(said(two.of(PRODUCT))).not.toEqual(said(one.of(PRODUCT)));
  });

  it('of a colleague goes before all of those who sell the deal', () => {
    const view = beside(mild().of(PRODUCT));
    const { owner } = view.deal;
    const dispute = disputed(mild(), 'rep-2', 'P1').of(PRODUCT).disputes[0]!;
    const many = Array.from({ length: 9 }, (_, i) => ({ ...dispute, id: `own-${i}`, by: owner }));
    const { settled: _, ...sheet } = mild().of(PRODUCT);
    const left = { ...dispute, settled: { by: 'compliance-1', at: dispute.at, reason: 'It stays.' } };
    const shown = sheetDisputes({
      ...view,
      deal: { ...view.deal, requester: owner },
      organisation: { ...view.organisation, sheets: [{ ...sheet, disputes: many, settled: [left] }] },
    });
    expect(shown[0]?.dispute.by).toBe('rep-2');
  });
});

it('says who gave the answer under which a note of somebody else stands', () => {
  const wrote = noted(mild(), 'product-1', 'P1', 'unknown', SAID);
  const { answers, version } = wrote.of(PRODUCT);
  const given = Object.fromEntries(
    Object.entries(answers).map(([id, { value, sources, note }]) => [
      id,
      { value, sources, ...(note === undefined ? {} : { note }) },
    ]),
  );
  const sheet = wrote
    .and('compliance-1', {
      type: 'SaveSheet',
      on: PRODUCT,
      from: version,
      answers: { ...given, P1: { value: 'yes', sources: [{ name: 'Register of strikers', year: 2026 }] } },
    })
    .of(PRODUCT);
  const kept = { ...sheet.answers['P1']!, note: SAID, noted: { by: 'product-1', at: sheet.at } };
  const page = pageOne({ ...sheet, answers: { ...sheet.answers, P1: kept } });
  expect(page).toMatch(/@product-1 noted on the product sheet, .*answered “Yes” by @compliance-1/);
});

it('that came after compliance accepted that nobody knows it is said to whoever votes on the deal', () => {
  const accepted = story(pictureDeal({ 'P-RF1': 'unknown' }), pictureContext()).and('compliance-1', {
    type: 'AcceptGaps',
    questions: ['P-RF1'],
    reason: 'The maker will not say',
  });
  const { product } = accepted.view.deal.details;
  const at = (when: string): DealView => {
    const sheet = mild().of(PRODUCT);
    const answer = { value: 'unknown' as const, sources: [], note: SAID, by: 'product-1', at: when };
    const on = { of: 'product' as const, product: product.id, name: product.name };
    const sheets = [{ ...sheet, on, answers: { 'P-RF1': answer } }];
    return { ...accepted.view, organisation: { ...accepted.view.organisation, sheets } };
  };
  expect(JSON.stringify(gapItems(at('2027-06-01T09:00:00.000Z')))).toContain('says more since');
  expect(JSON.stringify(gapItems(at('2027-02-01T09:00:00.000Z')))).not.toContain('says more since');
});
