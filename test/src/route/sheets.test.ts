/** Product sheets and country briefs in chat: listed, shown, filled in, confirmed, and left as they are. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { atOncePolicy } from '../../support/picture-deal.ts';
import { FINE, MILD, sheetOrganisation } from '../../support/sheets.ts';
import { tellAll } from '../../support/telling.ts';

const ELSEWHERE: Place = { platform: 'slack', channel: 'C0ELSE' };
const LINE = 'Sample datasheet, 2026, https://makers.example.org/sheet';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy: atOncePolicy, organisation: sheetOrganisation() });
});
afterEach(() => at.end());

const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const said = (reply: Reply): string => JSON.stringify(reply);
const buttons = (reply: Reply): string[] =>
  reply.kind === 'tell' ? actionsOf(reply.card).map(({ name, value }) => `${name} ${value}`) : [];
const say = (person: string, words: string, canOpen = true): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen }, ELSEWHERE);
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, ELSEWHERE);
const typed = (values: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(values).map(([id, value]) => [`q:${id}`, value])),
  'b:sources': LINE,
});
const PRODUCT = { of: 'product', id: 'analytics', name: 'Sample Analytics', from: 0 };
const fill = (person = 'product-1', values: Record<string, string> = typed(MILD), from = 0): Promise<Reply> =>
  at.submit(person, 'desk.sheet', { ...PRODUCT, from }, values);
const state = async () => (await at.desk.registers.sheets.now()).state;

describe('a product sheet', () => {
  it('is filled in by its manager, from the words or from the list', async () => {
    expect(presets(formIn(await say('product-1', 'sheet analytics')))).toEqual({});
    expect(buttons(await say('product-1', 'sheet'))).toContain('desk.sheet product/analytics');
    expect(formIn(await click('product-1', 'desk.sheet', 'product/analytics')).name).toBe('desk.sheet');
    expect(told(await fill())).toContain(
      'Saved: Product sheet of Sample Analytics, version 1, valid until 1 March 2028.',
    );
    expect((await state()).sheets['product:analytics']).toMatchObject({
      version: 1,
      by: 'product-1',
      answers: { P1: { value: 'no', sources: [{ name: 'Sample datasheet' }] } },
    });
    expect(presets(formIn(await say('product-1', 'sheet analytics')))).toMatchObject({ 'q:P1': 'no' });
  });

  it('is shown to everybody else, by words in both chats', async () => {
    expect(told(await say('rep-1', 'sheet analytics'))).toContain('Nobody has filled it in yet.');
    await fill();
    for (const canOpen of [true, false]) {
      const shown = await say('rep-1', 'sheet analytics', canOpen);
      expect(told(shown)).toContain('version 1 of 1 March 2027, by');
      expect(buttons(shown)).toEqual([]);
    }
    expect(buttons(await say('product-1', 'sheet analytics', false))).toEqual(['desk.sheet product/analytics']);
    expect(said(await fill('rep-1', typed(MILD), 1))).toContain('tell them');
    expect(said(await click('rep-1', 'desk.sheet', 'product/analytics'))).toContain('tell them');
    expect(said(await say('rep-1', 'sheet nothing like it'))).toContain('There is no such country');
  });

  it('is shown with a button to whoever may save it, where words open no form', async () => {
    expect(said(await say('product-1', 'sheet analytics', false))).toContain('Nobody has filled it in yet');
    await fill();
    const shown = JSON.stringify(await say('product-1', 'sheet analytics', false));
    for (const words of ['version 1 of 1 March 2027', 'Look again']) expect(shown).toContain(words);
  });

  it('loses no source that no answer takes', async () => {
    const own = Object.keys(MILD).map((id) => [`s:${id}`, LINE]);
    const reply = await fill('product-1', {
      ...typed(MILD),
      ...Object.fromEntries(own),
      'b:sources': `A letter, ${LINE}`,
    });
    expect(reply).toMatchObject({
      errors: { 'b:sources': expect.stringContaining('No answer here takes this source') },
    });
    // The same again, on a sheet whose answers have it.
    expect(told(await fill('product-1', { ...typed(MILD), ...Object.fromEntries(own) }))).toContain('Saved');
  });

  it('says at its input what is wrong, and keeps what was typed', async () => {
    const reply = await fill('product-1', { 'q:P1': 'no', 's:P2': LINE, 'b:sources': 'www.example.org' });
    expect(reply).toMatchObject({
      kind: 'errors',
      errors: { 'q:P2': expect.any(String), 'b:sources': expect.stringContaining('https') },
    });
    expect(said(await fill('product-1', {}))).toContain('at least one');
  });

  it('that somebody else saved meanwhile comes back with the difference', async () => {
    await fill();
    await fill('compliance-1', typed({ ...MILD, P5: 'yes' }), 1);
    const reply = await fill('product-1', typed({ ...MILD, P4: 'yes' }), 1);
    expect(said(reply)).toContain('somebody else saved it too');
    expect(said(reply)).toContain('Before: No. Now: ');
    expect(presets(formIn(reply))).toMatchObject({ 'q:P4': 'yes', 'q:P5': 'no' });
    expect((await state()).sheets['product:analytics']?.version).toBe(2);
  });

  it('of a product outside the catalogue is begun by compliance', async () => {
    expect(formIn(await say('compliance-1', 'sheet Sample Drone')).context).toContain('Sample Drone');
    const next = await at.submit('compliance-1', 'desk.begin-sheet', { of: 'product' }, { name: 'Sample Drone' });
    expect(JSON.parse(formIn(next).context)).toMatchObject({
      of: 'product',
      id: 'other',
      name: 'Sample Drone',
      from: 0,
    });
    expect(
      said(await at.submit('product-1', 'desk.begin-sheet', { of: 'product' }, { name: 'Sample Drone' })),
    ).toContain('tell them');
  });
});

describe('lighter answers', () => {
  it('wait for compliance, who is told and decides in a form', async () => {
    await fill('product-1', typed({ ...MILD, P5: 'yes' }));
    const asks = await fill('product-1', typed({ ...MILD, P5: 'no' }), 1);
    expect(said(asks)).toContain('Please say why these answers are lighter.');
    expect(
      told(await fill('product-1', { ...typed({ ...MILD, P5: 'no' }), why: 'That part was taken out.' }, 1)),
    ).toContain('once compliance confirms');
    const { told: messages } = await tellAll(at, /Lighter answers/u);
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1', 'compliance-2']);
    const form = formIn(await click('compliance-1', 'desk.judge-sheet', 'product:analytics'));
    expect(JSON.stringify(form.blocks)).toContain('It was: ');
    const { asOf } = JSON.parse(form.context) as { asOf: string };
    const context = { sheet: 'product:analytics', asOf };
    expect(said(await at.submit('rep-1', 'desk.judge-sheet', context, { judged: 'confirm' }))).toContain(
      'Only compliance',
    );
    expect(said(await at.submit('compliance-1', 'desk.judge-sheet', context, { judged: 'refuse' }))).toContain(
      'say why',
    );
    expect(told(await at.submit('compliance-1', 'desk.judge-sheet', context, { judged: 'confirm' }))).toContain(
      'count from now on',
    );
    expect((await state()).sheets['product:analytics']?.answers['P5']).toMatchObject({
      value: 'no',
      confirmed: { by: 'compliance-1' },
    });
  });
});

describe('a country brief', () => {
  it('is written by counsel, and listed with its age', async () => {
    expect(JSON.parse(formIn(await say('counsel-1', 'brief Norway')).context)).toMatchObject({
      of: 'country',
      id: 'NO',
    });
    const next = await at.submit('counsel-1', 'desk.begin-sheet', { of: 'country' }, { country: 'NO' });
    expect(formIn(next).title).toBe('Country brief');
    await at.submit('counsel-1', 'desk.sheet', { of: 'country', id: 'NO', from: 0 }, typed(FINE));
    const list = await say('rep-1', 'brief');
    expect(told(list)).toContain('1 country brief');
    expect(told(list)).toContain('Norway: version 1 of 1 March 2027, by');
    expect(told(await click('rep-1', 'desk.show-sheet', 'country/NO'))).toContain('Country brief on Norway');
    expect(said(await click('rep-1', 'desk.show-sheet', 'country/Atlantis'))).toContain('There is no such country');
  });
});

describe('a dispute', () => {
  it('is settled by who looks after the sheet and did not give the answer, who says why', async () => {
    await fill();
    await at.desk.registers.sheets.handle(
      { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P1'], reason: 'It records faces.' },
      { actor: 'rep-1', cause: 'dispute' },
    );
    const shown = await say('product-1', 'sheet analytics', false);
    expect(shown.kind).toBe('tell');
    const { id } = (await state()).sheets['product:analytics']!.disputes[0]!;
    expect(said(await click('product-1', 'desk.settle-dispute', `${id}/product:analytics`))).toContain('somebody else');
    expect(buttons(await click('product-1', 'desk.show-sheet', 'product/analytics')).join(' ')).not.toContain('settle');
    expect(buttons(await click('compliance-1', 'desk.show-sheet', 'product/analytics')).join(' ')).toContain('settle');
    expect(formIn(await click('compliance-1', 'desk.settle-dispute', `${id}/product:analytics`)).title).toBe(
      'It stays',
    );
    const context = { sheet: 'product:analytics', dispute: id };
    expect(said(await at.submit('rep-1', 'desk.settle-dispute', context, { reason: 'I take it back now.' }))).toContain(
      'tell them',
    );
    expect(
      said(await at.submit('product-1', 'desk.settle-dispute', context, { reason: 'It was never released.' })),
    ).toContain('somebody else');
    expect(
      told(await at.submit('compliance-1', 'desk.settle-dispute', context, { reason: 'It was never released.' })),
    ).toContain('told why');
    expect((await state()).sheets['product:analytics']?.disputes).toEqual([]);
    expect(told(await click('compliance-2', 'desk.show-sheet', 'product/analytics'))).toMatch(
      /Was disputed\. .*It records faces\..*Left as it is by .*It was never released\./,
    );
    expect(told(await click('senior-1', 'desk.show-sheet', 'product/analytics'))).not.toMatch(/faces|never released/);
    expect(
      said(await at.submit('compliance-1', 'desk.settle-dispute', context, { reason: 'It was never released.' })),
    ).toContain('settled already');
  });
});

describe('what is said of sheets to whom', () => {
  const CLAIM = 'It records the faces of children.';
  const people = (): string[] => [...sheetOrganisation().people.map(({ id }) => id), 'stranger'];
  const surfaces: Readonly<Record<string, (person: string) => Promise<Reply>[]>> = {
    'a sheet': (person) => [
      say(person, 'sheet analytics', false),
      click(person, 'desk.show-sheet', 'product/analytics'),
      click(person, 'desk.sheets', 'product/1'),
      say(person, 'sheet'),
    ],
    'a brief': (person) => [
      say(person, 'brief Sweden', false),
      click(person, 'desk.show-sheet', 'country/SE'),
      click(person, 'desk.sheets', 'country'),
      say(person, 'brief'),
    ],
  };
  const readersOf = async (surface: string, words: string): Promise<string[]> => {
    const found: string[] = [];
    for (const person of people()) {
      const replies = await Promise.all(surfaces[surface]!(person));
      if (replies.some((reply) => said(reply).includes(words))) found.push(person);
    }
    return found;
  };

  it('what somebody wrote against one is read by who looks after it, counsel, compliance, and whoever wrote it', async () => {
    await fill();
    await at.desk.registers.sheets.handle(
      { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P1'], reason: CLAIM },
      { actor: 'rep-2', cause: 'dispute' },
    );
    const readers = await readersOf('a sheet', CLAIM);
    expect(readers.toSorted()).toEqual(['chief-1', 'compliance-1', 'compliance-2', 'counsel-1', 'product-1', 'rep-2']);
    expect(told(await say('rep-1', 'sheet analytics'))).toContain('1 dispute waits for an answer.');
  });

  it('that a country is asked about, which says that a deal is open, only by who was asked or may write it', async () => {
    await at.desk.registers.sheets.handle(
      { type: 'AskSheets', of: [{ of: 'country', country: 'SE' }] },
      { actor: 'system', cause: 'asked' },
    );
    const readers = await readersOf('a brief', '1 March 2027');
    expect(readers.toSorted()).toEqual(['chief-1', 'compliance-1', 'compliance-2', 'counsel-1']);
    expect(await readersOf('a brief', 'Sweden:')).toEqual(readers);
  });
});

describe('what was typed', () => {
  it('is taken once where the chat sends it again', async () => {
    const submit = () =>
      at.ask(
        'product-1',
        { kind: 'submit', form: 'desk.sheet', context: JSON.stringify(PRODUCT), values: typed(MILD) },
        ELSEWHERE,
        'the same press',
      );
    expect(told(await submit())).toContain('Saved: ');
    expect(told(await submit())).toContain('Saved: ');
    expect((await state()).sheets['product:analytics']?.version).toBe(1);
  });

  it('stays where the person may fill it in no more', async () => {
    const reply = await at.submit('rep-1', 'desk.sheet', PRODUCT, typed({ ...MILD, P4: 'yes' }));
    expect(said(reply)).toContain('tell them');
    expect(presets(formIn(reply))).toMatchObject({ 'q:P4': 'yes' });
    expect((await state()).sheets).toEqual({});
  });

  it('stays with compliance where the lighter answers changed meanwhile, or were judged', async () => {
    await fill('product-1', typed({ ...MILD, P5: 'yes', P4: 'yes' }));
    const why = { why: 'That part was taken out.' };
    await fill('product-1', { ...typed({ ...MILD, P5: 'no', P4: 'yes' }), ...why }, 1);
    const form = formIn(await click('compliance-1', 'desk.judge-sheet', 'product:analytics'));
    await at.travel('2027-03-01T10:00:00.000Z');
    await fill('product-1', { ...typed({ ...MILD, P5: 'no', P4: 'no' }), ...why }, 2);
    const values = { judged: 'refuse', reason: 'The datasheet says otherwise.' };
    const back = await at.submit('compliance-1', 'desk.judge-sheet', JSON.parse(form.context) as object, values);
    expect(presets(formIn(back))).toMatchObject(values);
    expect(said(back)).toContain('changed meanwhile');
    const context = JSON.parse(formIn(back).context) as object;
    await at.submit('compliance-2', 'desk.judge-sheet', context, { judged: 'confirm' });
    expect(said(await at.submit('compliance-1', 'desk.judge-sheet', context, values))).toContain('Nothing waits');
  });

  it('is named where compliance asks what waits for it, and no deal does', async () => {
    await fill('product-1', typed({ ...MILD, P5: 'yes' }));
    expect(told(await say('compliance-1', 'confirm'))).toBe('Nothing waits for your confirmation.');
    await fill('product-1', { ...typed({ ...MILD, P5: 'no' }), why: 'That part was taken out.' }, 1);
    const asked = await say('compliance-1', 'confirm');
    expect(told(asked)).toContain('Product sheet of Sample Analytics');
    expect(told(asked)).toContain('That part was taken out.');
    expect(buttons(asked)).toEqual(['desk.judge-sheet product:analytics']);
  });

  it('comes back where somebody disputed the sheet while the lighter answers were read', async () => {
    await fill('product-1', typed({ ...MILD, P5: 'yes' }));
    await fill('product-1', { ...typed({ ...MILD, P5: 'no' }), why: 'That part was taken out.' }, 1);
    const form = formIn(await click('compliance-1', 'desk.judge-sheet', 'product:analytics'));
    await at.desk.registers.sheets.handle(
      { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P5'], reason: 'I saw that part last week.' },
      { actor: 'rep-2', cause: 'dispute' },
    );
    const press = (context: string) =>
      at.submit('compliance-1', 'desk.judge-sheet', JSON.parse(context) as object, { judged: 'confirm' });
    const back = await press(form.context);
    expect(JSON.stringify(formIn(back).blocks)).toContain('I saw that part last week.');
    expect(said(back)).toContain('Nothing is saved yet');
    expect(told(await press(formIn(back).context))).toContain('count from now on');
  });
});
