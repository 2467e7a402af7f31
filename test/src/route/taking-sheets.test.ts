/** A section's form with a product sheet or a country brief there: taken in one press, answered apart, or disputed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues, Text } from '../../../blocks/card.ts';
import { disputedItems } from '../../../blocks/cards/disputed-words.ts';
import type { SheetsCommand } from '../../../flows/registers/sheet-shapes.ts';
import type { SheetOf } from '../../../flows/sheet.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { atOncePolicy, pictureDeal } from '../../support/picture-deal.ts';
import { COUNTRY, FINE, givenAll, MILD, PRODUCT, sheetOrganisation } from '../../support/sheets.ts';
import { tellAll } from '../../support/telling.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk({ policy: atOncePolicy, organisation: sheetOrganisation() });
  deal = await at.openDeal();
  await answer('scope', { 'q:G1-capability': 'yes' });
});
afterEach(() => at.end());

const answer = (section: string, values: FormValues, context = {}): Promise<Reply> =>
  at.submit('rep-1', 'deal.section', { deal, section, ...context }, values);
const open = async (section: string) =>
  formIn(await at.ask('rep-1', { kind: 'click', name: 'deal.answer', value: `${deal}/${section}` }));
const save = async (on: SheetOf, values: Record<string, string>, actor: string, from = 0): Promise<void> => {
  const outcome = await at.desk.registers.sheets.handle(
    { type: 'SaveSheet', on, from, answers: givenAll(values) },
    { actor, cause: `save-${from}-${on.of}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const given = async (section: string) => (await at.deals.view(deal))?.deal.answers[section] ?? {};
const sheet = async () => (await at.desk.registers.sheets.now()).state.sheets['product:analytics']!;

describe('a form with a sheet there', () => {
  it('shows who said what and when, and takes it in the press that saves', async () => {
    await save(PRODUCT, MILD, 'product-1');
    const form = await open('product');
    const text = JSON.stringify(form.blocks);
    expect(text).toContain('Product sheet of Sample Analytics: ');
    expect(text).toContain('version 1 of 1 March 2027, by ');
    expect(text).toContain('“Sample datasheet, 2026” (makers.example.org)');
    expect(presets(form)).toMatchObject({ 'sheet:product': 'all@1' });
    const asked = form.blocks.flatMap((block) => (block.kind === 'input' ? [block.name] : []));
    expect(asked).toContain('q:P-RF2');
    expect(asked).not.toContain('q:P1');
    await answer('product', { ...presets(form), 'q:P-RF2': 'no' });
    expect((await given('product'))['P1']).toMatchObject({
      value: 'no',
      by: 'rep-1',
      basis: { sheet: { id: 'product:analytics', version: 1, by: 'product-1' } },
    });
    expect((await given('product'))['P-RF2']?.basis).toBeUndefined();
    // Opened again, it is as it was saved.
    expect(presets(await open('product'))).toMatchObject({ 'sheet:product': 'all@1', 'q:P-RF2': 'no' });
  });

  it('leaves its note with who wrote it, whoever saved the sheet since', async () => {
    const note = 'I think the secret police read letters with it.';
    const answers = givenAll(MILD);
    const P1 = { ...answers['P1']!, note };
    const more = { name: 'Sample letter', year: 2026, url: 'https://reports.example.org/letter' };
    const saves = async (actor: string, from: number, given: typeof P1): Promise<void> => {
      const saved = await at.desk.registers.sheets.handle(
        { type: 'SaveSheet', on: PRODUCT, from, answers: { ...answers, P1: given } },
        { actor, cause: `noted-${from}` },
      );
      expect(saved.kind).toBe('accepted');
    };
    await saves('product-1', 0, P1);
    await saves('compliance-1', 1, { ...P1, sources: [...P1.sources, more] });
    const form = await open('product');
    await answer('product', { ...presets(form), 'q:P-RF2': 'no' });
    expect((await given('product'))['P1']).toMatchObject({ note, by: 'rep-1', noted: { by: 'product-1' } });
    // So does each source.
    const named = P1.sources.map((source): unknown => ({ ...source, by: 'product-1' }));
    expect((await given('product'))['P1']?.named).toMatchObject(named);
    expect((await given('product'))['P2']?.noted).toBeUndefined();
  });

  it('says why it offers nothing of whoever works on the deal', async () => {
    await save(PRODUCT, MILD, 'product-1');
    expect(wordsOf(await open('product'))).not.toContain('who works on this deal');
    await at.submit('rep-1', 'deal.hand-over', { deal, section: 'product' }, { person: 'product-1', note: '' });
    const form = formIn(await at.ask('product-1', { kind: 'click', name: 'deal.answer', value: `${deal}/product` }));
    expect(Object.keys(presets(form))).not.toContain('sheet:product');
    expect(wordsOf(form)).toMatch(
      /Product sheet of Sample Analytics has answers by .*product-1.*who works on this deal/,
    );
  });

  it('opened before there was one is saved as it was', async () => {
    const form = await open('product');
    await save(PRODUCT, MILD, 'product-1');
    await answer('product', { 'all:product-none': 'all' }, JSON.parse(form.context) as object);
    expect((await given('product'))['P1']).toMatchObject({ value: 'no' });
    expect((await given('product'))['P1']?.basis?.sheet).toBeUndefined();
  });

  it.each(['one', 'all', undefined])(
    'opened before there was one, and sent back, has each part once (%s)',
    async (mode) => {
      const { context } = await open('product');
      await save(PRODUCT, MILD, 'product-1');
      const values: FormValues = { ...(mode === undefined ? {} : { 'all:product-none': mode }), 'q:P-RF2': 'no' };
      const reply = await at.ask('rep-1', {
        kind: 'change',
        form: 'deal.section',
        context,
        values,
        input: 'all:product-none',
      });
      const asked = formIn(reply).blocks.flatMap((block) => (block.kind === 'input' ? [block.name] : []));
      expect(asked.filter((name, i) => asked.indexOf(name) !== i)).toEqual([]);
      if (mode !== 'all') expect(presets(formIn(reply))).toMatchObject({ 'q:P-RF2': 'no' });
    },
  );

  it('one by one starts from what the sheet says; what is left so is taken, what is changed is the rep’s own', async () => {
    await save(PRODUCT, MILD, 'product-1');
    const opened = await open('product');
    const one = formIn(
      await at.ask('rep-1', {
        kind: 'change',
        form: 'deal.section',
        context: opened.context,
        values: { 'sheet:product': 'one@1' },
        input: 'sheet:product',
      }),
    );
    expect(presets(one)).toMatchObject({ 'q:P1': 'no', 'q:P5': 'no' });
    expect(JSON.stringify(one.blocks)).toContain('Is the product sheet wrong?');
    await answer('product', { ...presets(one), 'q:P5': 'yes', 'q:P-RF2': 'no' }, JSON.parse(one.context) as object);
    expect((await given('product'))['P1']?.basis?.sheet).toMatchObject({ version: 1 });
    expect((await given('product'))['P5']).toMatchObject({ value: 'yes' });
    expect((await given('product'))['P5']?.basis?.sheet).toBeUndefined();
  });

  it.each(['all', 'one'])('of a version that got heavier comes back with the difference (%s)', async (mode) => {
    await save(PRODUCT, MILD, 'product-1');
    const opened = await open('product');
    const values =
      mode === 'all'
        ? presets(opened)
        : {
            ...Object.fromEntries(Object.entries(MILD).map(([id, v]) => [`q:${id}`, v])),
            ...Object.fromEntries(
              Object.keys(MILD).map((id) => [`s:${id}`, 'Sample datasheet, 2026, https://makers.example.org/sheet']),
            ),
            'sheet:product': 'one@1',
          };
    await save(PRODUCT, { P5: 'yes' }, 'product-1', 1);
    const reply = await answer('product', { ...values, 'q:P-RF2': 'yes' }, JSON.parse(opened.context) as object);
    const text = JSON.stringify(reply);
    expect(text).toContain('Before: No. Now: ');
    expect(presets(formIn(reply))).toMatchObject({ 'q:P-RF2': 'yes' });
    expect(await given('product')).toEqual({});
    const again = await answer(
      'product',
      { 'q:P-RF2': 'yes', 'sheet:product': 'all@2' },
      JSON.parse(formIn(reply).context) as object,
    );
    expect(again.kind).not.toBe('errors');
    expect((await given('product'))['P5']).toMatchObject({ value: 'yes', basis: { sheet: { version: 2 } } });
  });

  it('of laws is nothing but the press that saves', async () => {
    await save(PRODUCT, MILD, 'product-1');
    await save(COUNTRY, FINE, 'counsel-1');
    const form = await open('laws');
    await answer('laws', presets(form));
    expect(Object.values(await given('laws')).every(({ basis }) => basis?.sheet?.id === 'country:NO')).toBe(true);
    expect(Object.keys(await given('laws'))).toHaveLength(12);
  });
});

describe('a dispute', () => {
  it('is on the review of the deal that took the answers, pending and settled, and voids no answer and no vote', async () => {
    const values = { ...MILD, P1: 'yes' };
    await save(PRODUCT, values, 'product-1', 1);
    await answer('product', { ...presets(await open('product')), 'q:P-RF2': 'no' });
    for (const [actor, command] of pictureDeal(values)) {
      if (command.type !== 'AnswerSection' || ['scope', 'product'].includes(command.section)) continue;
      const harm = command.section === 'context' ? { G10: { value: 'linked', sources: [] } } : {};
      const all = { ...command, answers: { ...command.answers, ...harm } };
      const done = await at.deals.handle(deal, all, { actor, cause: command.section });
      if (done.kind === 'refused') throw new Error(done.refusal.text);
    }
    const review = async (): Promise<string> =>
      wordsOf(formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` })));
    const why = async (person: string): Promise<string> =>
      wordsOf(formIn(await at.ask(person, { kind: 'click', name: 'deal.why', value: deal })));
    const lines = (items: readonly Text[]): string => plain({ blocks: [{ kind: 'list', items }] });
    const before = (await at.deals.view(deal))?.deal;
    expect(before?.status).toBe('deciding');
    expect(await review()).not.toContain('disputed');
    const says = (command: SheetsCommand, actor: string) =>
      at.desk.registers.sheets.handle(command, { actor, cause: command.type });
    const reason = 'It stores where each phone is.';
    await says({ type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P2'], reason }, 'rep-2');
    expect(await review()).toMatch(
      /The product sheet is disputed: .*1 answer that this deal took.*It stores where each phone is\./,
    );
    // Whoever votes reads it, also who may read no disputes: of whom, where a colleague of another deal said it, they need not know.
    const whole = (await at.deals.view(deal))!;
    expect(lines(disputedItems(whole, 'senior-1'))).toMatch(/by a colleague.*where each phone is/);
    expect(lines(disputedItems(whole, 'senior-1'))).not.toContain('rep-2');
    expect(await why('senior-1')).toMatch(/by a colleague.*where each phone is/);
    expect(await why('rep-1')).not.toContain('where each phone is');
    const mine = { ...whole, deal: { ...whole.deal, team: [...whole.deal.team, 'rep-2'] } };
    expect(lines(disputedItems(mine, 'senior-1'))).toMatch(/@rep-2.*where each phone is/);
    for (const nobody of [undefined, 'auditor-1', 'rep-1'])
      expect(lines(disputedItems(whole, nobody))).toContain('Please ask');
    const settle = {
      type: 'SettleDispute',
      sheet: 'product:analytics',
      dispute: (await sheet()).disputes[0]!.id,
      reason: 'The phone sends it, we only show it.',
    } as const;
    expect((await says(settle, 'product-1')).kind).toBe('refused');
    expect((await says(settle, 'compliance-2')).kind).not.toBe('refused');
    expect(await review()).toMatch(/was disputed: .*each phone is\..*Left as it is by .*we only show it\./);
    expect((await at.deals.view(deal))?.deal).toEqual(before);
  });

  const REASON = 'It is in every other product of ours.';
  const asSheet = {
    ...Object.fromEntries(Object.entries(MILD).map(([id, value]) => [`q:${id}`, value])),
    'q:P-RF2': 'no',
    'sheet:product': 'one@1',
  };
  const sources = Object.fromEntries(
    Object.keys(MILD).map((id) => [`s:${id}`, 'Sample datasheet, 2026, https://makers.example.org/sheet']),
  );
  const apart = { ...asSheet, 'q:P5': 'yes' };
  beforeEach(() => save(PRODUCT, MILD, 'product-1'));

  it('asks whoever looks after the sheet, and the answer is the rep’s own', async () => {
    await answer('product', { ...apart, 'wrong:product': REASON });
    expect((await sheet()).disputes).toMatchObject([
      { by: 'rep-1', questions: expect.arrayContaining(['P5']), reason: REASON },
    ]);
    expect((await given('product'))['P5']?.basis?.sheet).toBeUndefined();
  });

  it('of answers that are left as the sheet has them comes back with the reason', async () => {
    const reply = await answer('product', { ...asSheet, ...sources, 'wrong:product': REASON });
    expect(reply).toMatchObject({
      kind: 'errors',
      errors: { 'wrong:product': expect.stringContaining('change the answer that is wrong') },
    });
    expect(await given('product')).toEqual({});
    expect((await sheet()).disputes).toEqual([]);
  });

  it('that the register refuses comes back with the reason, and nothing is saved', async () => {
    await answer('product', { ...apart, 'wrong:product': REASON });
    const before = await given('product');
    const reply = await answer('product', { ...apart, 'q:P4': 'yes', 'wrong:product': 'And here is something else.' });
    expect(reply).toMatchObject({ kind: 'errors', errors: { 'wrong:product': expect.stringContaining('said so') } });
    expect(await given('product')).toEqual(before);
    const empty = await answer('product', { ...apart, 'wrong:product': 'n/a' });
    expect(empty).toMatchObject({ kind: 'errors', errors: { 'wrong:product': expect.stringContaining('few words') } });
  });

  it('that is there already in the same words is there once', async () => {
    await answer('product', { ...apart, 'wrong:product': REASON });
    const reply = await answer('product', { ...apart, 'n:P5': 'Seen on the label.', 'wrong:product': REASON });
    expect(reply.kind).not.toBe('errors');
    expect((await sheet()).disputes).toHaveLength(1);
    expect((await given('product'))['P5']?.note).toBe('Seen on the label.');
  });

  it('that is refused after all is handed back with its words beside what was saved', async () => {
    const { sheets } = at.desk.registers;
    at.desk.registers.sheets = {
      ...sheets,
      handle: async (command, ask) =>
        command.type === 'DisputeSheet'
          ? {
              kind: 'refused',
              refusal: { code: 'not now', text: 'Many have said so already.' },
              state: (await sheets.now()).state,
            }
          : sheets.handle(command, ask),
    };
    const reply = await answer('product', { ...apart, 'wrong:product': REASON });
    expect((await given('product'))['P5']).toMatchObject({ value: 'yes' });
    const text = JSON.stringify(reply);
    expect(text).toContain('Many have said so already.');
    expect(text).toContain(REASON);
  });

  const later = (values: FormValues): Promise<Reply> =>
    at.ask('rep-1', {
      kind: 'click',
      name: 'deal.save-for-later',
      value: `${deal}/product`,
      form: { name: 'deal.section', context: JSON.stringify({ deal, section: 'product' }), values },
    });

  it('is sent with what is saved for later, too, or comes back', async () => {
    const back = JSON.stringify(await later({ ...asSheet, ...sources, 'wrong:product': REASON }));
    expect(back).toContain('change the answer that is wrong');
    expect(back).toContain(REASON);
    await later({ ...apart, 'wrong:product': REASON });
    expect((await sheet()).disputes).toMatchObject([{ by: 'rep-1', reason: REASON }]);
  });
});

describe('a version that says worse', () => {
  it('reaches the deals that took the one before, and no others, without anybody’s press', async () => {
    await save(PRODUCT, MILD, 'product-1');
    await answer('product', presets(await open('product')));
    await answer('product', { ...presets(await open('product')), 'q:P-RF2': 'no' });
    const other = await at.openDeal();
    await at.submit('rep-1', 'deal.section', { deal: other, section: 'scope' }, { 'q:G1-capability': 'yes' });
    await at.submit('rep-1', 'deal.section', { deal: other, section: 'product' }, { 'all:product-none': 'all' });
    await save(PRODUCT, { P5: 'yes' }, 'product-1', 1);
    for (let second = 1; second < 6; second += 1) await at.travel(`2027-03-01T09:01:0${second}.000Z`);
    expect((await given('product'))['P5']).toMatchObject({ value: 'yes', basis: { sheet: { version: 2 } } });
    expect((await at.deals.view(other))?.deal.answers['product']?.['P5']).toMatchObject({ value: 'no', by: 'rep-1' });
    const { told } = await tellAll(at, /Heavier now/u);
    expect(told.map(({ to }) => to)).toEqual(['rep-1']);
    expect((await at.desk.registers.sheets.now()).state.spreads).toEqual({});
  });
});
