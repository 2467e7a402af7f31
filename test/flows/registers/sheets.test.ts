/** Product sheets and country briefs: who fills them in, what counts at once, and whoever wants to play around that. */

import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../../flows/countries.ts';
import { inTurn } from '../../../flows/in-turn.ts';
import { SYSTEM, type Product } from '../../../flows/organisation.ts';
import { disputeRefusal } from '../../../flows/registers/sheet-disputing.ts';
import type { SheetsCommand } from '../../../flows/registers/sheet-shapes.ts';
import { sheets } from '../../../flows/registers/sheets.ts';
import { type SheetOf } from '../../../flows/sheet.ts';
import {
  COUNTRY,
  FINE,
  givenAll,
  MILD,
  PRODUCT,
  SHEET_AT,
  sheetContext,
  sheetOrganisation,
  sheetPlay,
  withoutManager,
} from '../../support/sheets.ts';

const WHY = 'The maker took that part out in the spring.';
const saving = (on: SheetOf, values = MILD as Record<string, string>, from = 0): SheetsCommand => ({
  type: 'SaveSheet',
  on,
  from,
  answers: givenAll(values),
});
const valueOf = (play: ReturnType<typeof sheetPlay>, on: SheetOf, id: string) => play.of(on).answers[id]?.value;

describe('who fills one in', () => {
  it('is the product’s manager, or compliance', () => {
    for (const who of ['product-1', 'compliance-1', 'chief-1'])
      expect(sheetPlay().refused(who, saving(PRODUCT))).toBe('accepted');
    for (const who of ['rep-1', 'counsel-1', 'senior-1', 'nobody']) {
      expect(sheetPlay().refused(who, saving(PRODUCT))).toMatch(/Only its product manager and compliance/);
    }
  });

  it('is counsel or compliance, of a country', () => {
    for (const who of ['counsel-1', 'compliance-1']) {
      expect(sheetPlay().refused(who, saving(COUNTRY, FINE))).toBe('accepted');
    }
    for (const who of ['rep-1', 'product-1']) {
      expect(sheetPlay().refused(who, saving(COUNTRY, FINE))).toMatch(/Only counsel and compliance/);
    }
  });

  it('is compliance alone, where the manager left or the product is not in the catalogue', () => {
    const left = sheetContext({ products: [{ id: 'analytics', name: 'Sample Analytics', category: 'x' }] });
    expect(sheetPlay(left).refused('product-1', saving(PRODUCT))).toMatch(/Only its product manager and compliance/);
    expect(sheetPlay(left).refused('compliance-1', saving(PRODUCT))).toBe('accepted');
    const other: SheetOf = { of: 'product', product: 'other', name: 'Sample Drone' };
    expect(sheetPlay().refused('product-1', saving(other))).toMatch(/Only its product manager/);
    expect(sheetPlay().refused('compliance-1', saving(other))).toBe('accepted');
  });

  it('is nobody, for a product by a name that it has no more, or a country that is none', () => {
    expect(sheetPlay().refused('product-1', saving({ ...PRODUCT, name: 'Sample Analytics Two' } as SheetOf))).toMatch(
      /present name/,
    );
    expect(sheetPlay().refused('counsel-1', saving({ of: 'country', country: 'Atlantis' }, FINE))).toMatch(
      /choose a country/,
    );
  });

  it('answers what is on that sheet, with answers that there are', () => {
    expect(sheetPlay().refused('product-1', saving(PRODUCT, { P1: 'maybe' }))).toMatch(/not one of the answers/);
    expect(sheetPlay().refused('product-1', saving(PRODUCT, {}))).toMatch(/at least one/);
    expect(sheetPlay().refused('product-1', saving(PRODUCT, { 'H-RF2': 'no' }))).toMatch(/at least one/);
    const play = sheetPlay().save('product-1', PRODUCT, { ...MILD, 'H-RF2': 'no', 'P-RF2': 'no', K1: 'no' });
    expect(Object.keys(play.of(PRODUCT).answers)).toEqual(Object.keys(MILD));
  });
});

describe('a version', () => {
  it('has its day, its author and its last day by the policy', () => {
    const sheet = sheetPlay().save('product-1', PRODUCT, MILD).of(PRODUCT);
    expect(sheet).toMatchObject({
      id: 'product:analytics',
      version: 1,
      by: 'product-1',
      at: SHEET_AT,
      until: '2028-02-01',
    });
    expect(sheet.answers['P1']).toMatchObject({ value: 'no', by: 'product-1', at: SHEET_AT });
    expect(sheet.answers['P1']?.counsel).toBeUndefined();
    const brief = sheetPlay().save('counsel-1', COUNTRY, FINE).of(COUNTRY);
    expect(brief.answers['L1']).toMatchObject({ value: 'yes', counsel: true });
  });

  it('keeps who gave each answer that stays, and says what changed', () => {
    const play = sheetPlay()
      .save('product-1', PRODUCT, MILD)
      .save('compliance-1', PRODUCT, { ...MILD, P5: 'yes' });
    expect(play.of(PRODUCT)).toMatchObject({
      version: 2,
      by: 'compliance-1',
      changes: expect.arrayContaining([{ version: 2, question: 'P5', before: 'no' }]),
    });
    expect(play.of(PRODUCT).answers['P1']?.by).toBe('product-1');
    expect(play.of(PRODUCT).answers['P5']?.by).toBe('compliance-1');
  });

  it('is refused on a form that showed an older one: two bots, two people', () => {
    const play = sheetPlay().save('product-1', PRODUCT, MILD);
    expect(play.refused('compliance-1', saving(PRODUCT, MILD, 0))).toMatch(/another version meanwhile/);
    expect(play.refused('compliance-1', saving(PRODUCT, MILD, 1))).toBe('accepted');
  });

  it('saved again as it is, is valid for longer', () => {
    const play = sheetPlay()
      .save('product-1', PRODUCT, MILD)
      .save('product-1', PRODUCT, MILD, { at: '2027-12-01T09:00:00.000Z' });
    expect(play.of(PRODUCT)).toMatchObject({ version: 2, until: '2028-12-01' });
    expect(play.of(PRODUCT).changes.filter(({ version }) => version === 2)).toEqual([]);
  });

  it('with a question left out keeps its answer: nobody takes one away by silence', () => {
    const play = sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P5: 'yes' })
      .save('product-1', PRODUCT, { P1: 'no' });
    expect(valueOf(play, PRODUCT, 'P5')).toBe('yes');
  });
});

describe('lighter takes two', () => {
  const heavy = () =>
    sheetPlay().save('product-1', PRODUCT, {
      ...MILD,
      P5: 'yes',
      'P-RF1': 'yes',
      'P-RF1-forms': ['privacy', 'critics'],
    });
  const milder = () =>
    heavy().save(
      'product-1',
      PRODUCT,
      { ...MILD, P5: 'no', 'P-RF1': 'yes', 'P-RF1-forms': ['privacy', 'critics'] },
      { why: WHY },
    );
  const confirm = (play: ReturnType<typeof sheetPlay>): SheetsCommand => ({
    type: 'ConfirmSheet',
    sheet: 'product:analytics',
    asOf: play.of(PRODUCT).waits?.at ?? '',
  });

  it('counts for nobody until compliance confirms it: a sheet is not made mild for a day', () => {
    const play = milder();
    expect(valueOf(play, PRODUCT, 'P5')).toBe('yes');
    expect(play.of(PRODUCT).waits).toMatchObject({ by: 'product-1', why: WHY, answers: { P5: { value: 'no' } } });
    const after = play.and('compliance-1', confirm(play));
    expect(after.of(PRODUCT)).toMatchObject({
      version: 3,
      answers: { P5: { value: 'no', by: 'product-1', confirmed: { by: 'compliance-1' } } },
    });
    expect(after.of(PRODUCT).waits).toBeUndefined();
  });

  it('wants a reason, and somebody of compliance who did not give it', () => {
    expect(heavy().refused('product-1', { ...saving(PRODUCT, { P5: 'no' }, 1) })).toMatch(/say why/);
    const play = milder();
    for (const who of ['product-1', 'rep-1', 'counsel-1'])
      expect(play.refused(who, confirm(play))).toMatch(/Only compliance/);
    const own = heavy().save('compliance-1', PRODUCT, { P5: 'no' }, { why: WHY });
    expect(own.refused('compliance-1', confirm(own))).toMatch(/You gave these/);
    expect(own.refused('compliance-2', confirm(own))).toBe('accepted');
  });

  it('is not handed to oneself by saving what waits again', () => {
    const play = milder().save('compliance-1', PRODUCT, { P5: 'no' });
    expect(play.of(PRODUCT).waits).toMatchObject({ by: 'product-1', answers: { P5: { by: 'product-1' } } });
    expect(valueOf(play, PRODUCT, 'P5')).toBe('yes');
    // Whoever words it anew gives it.
    const again = milder().and('compliance-1', {
      type: 'SaveSheet',
      on: PRODUCT,
      from: 2,
      why: WHY,
      answers: { P5: { value: 'no', note: 'I say so.', sources: [] } },
    });
    expect(again.refused('compliance-1', confirm(again))).toMatch(/You gave these/);
  });

  it('is judged as it was looked at', () => {
    const play = milder();
    expect(play.refused('compliance-1', { type: 'ConfirmSheet', sheet: 'product:analytics', asOf: 'before' })).toMatch(
      /changed meanwhile/,
    );
    const refused = play.and('compliance-1', {
      type: 'RefuseSheet',
      sheet: 'product:analytics',
      asOf: play.of(PRODUCT).waits!.at,
      reason: 'The part is still in it.',
    });
    expect(refused.of(PRODUCT).waits).toBeUndefined();
    expect(valueOf(refused, PRODUCT, 'P5')).toBe('yes');
  });

  it('goes through "don’t know" no faster', () => {
    const open = heavy().save('product-1', PRODUCT, { P5: 'unknown' }, { why: WHY });
    expect(valueOf(open, PRODUCT, 'P5')).toBe('yes');
    const confirmed = open.and('compliance-1', confirm(open));
    expect(valueOf(confirmed, PRODUCT, 'P5')).toBe('unknown');
    const no = confirmed.save('product-1', PRODUCT, { P5: 'no' }, { why: WHY });
    expect(valueOf(no, PRODUCT, 'P5')).toBe('unknown');
    expect(no.of(PRODUCT).waits?.answers['P5']?.value).toBe('no');
  });

  it('takes two as well where what was not known is found out to be well', () => {
    const play = sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P5: 'unknown' })
      .save('product-1', PRODUCT, { ...MILD, P5: 'no' }, { why: WHY });
    // The policy counts what is open as worse.
    expect(valueOf(play, PRODUCT, 'P5')).toBe('unknown');
  });

  it('counts at once what is added to several options, and not what is left out', () => {
    const play = heavy().save(
      'product-1',
      PRODUCT,
      { 'P-RF1': 'yes', 'P-RF1-forms': ['critics', 'dissent'] },
      { why: WHY },
    );
    expect(valueOf(play, PRODUCT, 'P-RF1-forms')).toEqual(['privacy', 'critics', 'dissent']);
    expect(play.of(PRODUCT).waits?.answers['P-RF1-forms']?.value).toEqual(['critics', 'dissent']);
  });

  it('keeps for good what was ever said against deals, also what nobody confirmed away', () => {
    const play = milder();
    const after = play.and('compliance-1', confirm(play));
    expect(after.of(PRODUCT).said).toMatchObject([
      { question: 'P5', value: 'yes', by: 'product-1', version: 1 },
      { question: 'P-RF1', value: 'yes' },
      { question: 'P-RF1-forms' },
    ]);
    const often = after.save('product-1', PRODUCT, { P5: 'yes' });
    expect(often.of(PRODUCT).said.filter(({ question }) => question === 'P5')).toHaveLength(1);
    expect(valueOf(often, PRODUCT, 'P5')).toBe('yes');
    // Who says the same after them is a voice of their own.
    const theirs = after.save('compliance-2', PRODUCT, { P5: 'yes' });
    expect(theirs.of(PRODUCT).said.flatMap(({ question, by }) => (question === 'P5' ? [by] : []))).toEqual([
      'product-1',
      'compliance-2',
    ]);
  });

  it('what is heavier, or said against deals for the first time, spreads to deals; what is lighter does not', () => {
    expect(Object.keys(milder().state.spreads)).toEqual(['product:analytics:1']);
    expect(Object.keys(sheetPlay().save('product-1', PRODUCT, MILD).state.spreads)).toEqual([]);
    const worse = sheetPlay().save('product-1', PRODUCT, MILD).save('product-1', PRODUCT, { P5: 'yes' });
    expect(Object.values(worse.state.spreads)).toMatchObject([{ what: { questions: ['P5'], sheet: { version: 2 } } }]);
    const first = sheetPlay().save('product-1', PRODUCT, { P5: 'yes', P3: 'unknown' });
    expect(Object.values(first.state.spreads)).toMatchObject([{ what: { questions: ['P5'] } }]);
  });
});

describe('whoever says fifty things about a sheet', () => {
  const say = (n: number): SheetsCommand => ({
    type: 'DisputeSheet',
    sheet: 'product:analytics',
    questions: [['P1', 'P2', 'P3'][n % 3]!],
    reason: `It records faces since release ${n}.`,
  });
  const one = {
    id: 'dispute-0',
    version: 1,
    questions: ['P1'],
    reason: 'It records faces.',
    at: '2027-02-20T09:00:00.000Z',
  };
  const said = (by: string, n: number) => Array.from({ length: n }, (_, i) => ({ ...one, id: `${by}-${i}`, by }));
  const play = (disputes: ReturnType<typeof said>) => {
    const filled = sheetPlay().save('product-1', PRODUCT, MILD);
    const sheet = { ...filled.of(PRODUCT), disputes };
    return (by: string) =>
      disputeRefusal(
        say(1) as Extract<SheetsCommand, { type: 'DisputeSheet' }>,
        { ...filled.state, sheets: { ...filled.state.sheets, [sheet.id]: sheet } },
        by,
        { organisation: sheetOrganisation() },
      )?.text;
  };

  it('says ten at a time, and fills it for nobody else', () => {
    expect(play(said('rep-1', 10))('rep-1')).toMatch(/wait for an answer/);
    expect(play(said('rep-1', 10))('rep-2')).toBeUndefined();
    expect(play(said('rep-1', 9).map((d) => ({ ...d, questions: ['P9'] })))('rep-1')).toBeUndefined();
  });
  it('hides nobody else’s behind them', () => {
    const turns = inTurn([...said('rep-1', 9), ...said('rep-2', 2), ...said('senior-1', 1)]);
    expect(turns.slice(0, 5).map(({ id }) => id)).toEqual(['rep-1-0', 'rep-2-0', 'senior-1-0', 'rep-1-1', 'rep-2-1']);
    expect(turns).toHaveLength(12);
  });
});

describe('disputes', () => {
  const filled = () => sheetPlay().save('product-1', PRODUCT, MILD);
  const dispute = (questions = ['P1'], reason = 'It records faces since the last release.'): SheetsCommand => ({
    type: 'DisputeSheet',
    sheet: 'product:analytics',
    questions,
    reason,
  });

  it('of three reps at once all stand, each once', () => {
    const play = filled()
      .and('rep-1', dispute())
      .and('rep-2', dispute())
      .and('senior-1', dispute(['P1', 'P2']));
    expect(play.of(PRODUCT).disputes.map(({ by }) => by)).toEqual(['rep-1', 'rep-2', 'senior-1']);
    expect(play.refused('rep-1', dispute())).toMatch(/already/);
    expect(play.refused('rep-1', dispute(['P2']))).toBe('accepted');
  });

  it('have a reason, and are of answers that are there', () => {
    expect(filled().refused('rep-1', dispute(['P1'], '.'))).toMatch(/./);
    expect(filled().refused('rep-1', dispute(['P1'], '.'))).not.toBe('accepted');
    expect(filled().refused('rep-1', dispute(['H-RF2', 'constructor']))).toMatch(/which answer/);
    expect(sheetPlay().refused('rep-1', dispute())).toMatch(/no such sheet/);
  });

  it('end with another answer, or when somebody who looks after it and did not give it says why it stays', () => {
    const play = filled().and('rep-1', dispute()).and('rep-2', dispute());
    const settle = (by: string, n: number) =>
      play.refused(by, {
        type: 'SettleDispute',
        sheet: 'product:analytics',
        dispute: play.of(PRODUCT).disputes[n]!.id,
        reason: 'It was never released.',
      });
    expect(settle('rep-2', 0)).toMatch(/looks after/);
    expect(settle('product-1', 0)).toMatch(/somebody else/);
    expect(settle('compliance-1', 0)).toBe('accepted');
    expect(settle('compliance-1', 1)).toBe('accepted');
    expect(play.save('product-1', PRODUCT, { P1: 'yes' }).of(PRODUCT).disputes).toEqual([]);
    expect(play.save('product-1', PRODUCT, { P2: 'yes' }).of(PRODUCT).disputes).toHaveLength(2);
  });

  const toldOf = (before: ReturnType<typeof sheetPlay>, play: typeof before, context = sheetContext()): string[] =>
    sheets
      .tell(play.events.at(-1)!, play.state, context, before.state)
      .flatMap(([, targets]) => targets.map((t) => ('person' in t ? t.person : '')));
  const first = (play: ReturnType<typeof sheetPlay>, on = PRODUCT): SheetsCommand => ({
    type: 'SettleDispute',
    sheet: play.of(on).id,
    dispute: play.of(on).disputes[0]!.id,
    reason: 'It was never released.',
  });

  it('go to who looks after it and to compliance; not to who says so', () => {
    const told = (actor: string, context = sheetContext()) => toldOf(filled(), filled().and(actor, dispute()), context);
    expect(told('rep-1')).toEqual(['product-1', 'compliance-1', 'compliance-2']);
    const left = sheetContext({ products: withoutManager() });
    expect(told('rep-1', left)).toEqual(['compliance-1', 'compliance-2']);
    expect(told('product-1')).toEqual(['compliance-1', 'compliance-2']);
    expect(told('compliance-1')).toEqual(['product-1', 'compliance-2']);
  });

  it('of what all of compliance gave go to the chief as well, who settles them', () => {
    const context = sheetContext({
      products: withoutManager(),
      groups: sheetContext().organisation.groups.map((group) =>
        group.id === 'compliance' ? { ...group, members: ['compliance-1'] } : group,
      ),
    });
    const before = sheetPlay(context).save('compliance-1', PRODUCT, MILD);
    const play = before.and('rep-1', dispute());
    expect(toldOf(before, play, context)).toEqual(['compliance-1', 'chief-1']);
    expect(play.refused('compliance-1', first(play))).toMatch(/somebody else/);
    expect(play.refused('chief-1', first(play))).toBe('accepted');
  });

  it('how one was settled is heard by who said so, by whose answer it is and by compliance', () => {
    const play = filled().and('rep-1', dispute());
    expect(toldOf(play, play.and('compliance-1', first(play)))).toEqual(['rep-1', 'product-1', 'compliance-2']);
  });

  it('are settled by nobody who gave or confirmed the answer, also once another gave it anew', () => {
    const confirmed = filled()
      .save('product-1', PRODUCT, { P1: 'yes' })
      .save('product-1', PRODUCT, { P1: 'no' }, { why: WHY });
    const asOf = confirmed.of(PRODUCT).waits!.at;
    const play = confirmed
      .and('compliance-1', { type: 'ConfirmSheet', sheet: 'product:analytics', asOf })
      .and('rep-1', dispute());
    for (const who of ['product-1', 'compliance-1']) expect(play.refused(who, first(play))).toMatch(/somebody else/);
    expect(play.refused('compliance-2', first(play))).toBe('accepted');
    // The same answer in other words takes it over from whoever gave it: neither settles.
    const reworded = filled()
      .and('rep-1', dispute())
      .and('compliance-2', {
        type: 'SaveSheet',
        on: PRODUCT,
        from: 1,
        answers: { P1: { value: 'no', note: 'I asked the maker.', sources: [] } },
      });
    for (const who of ['product-1', 'compliance-2'])
      expect(reworded.refused(who, first(reworded))).toMatch(/somebody else/);
    expect(reworded.refused('compliance-1', first(reworded))).toBe('accepted');
  });

  it('of a brief are settled by counsel or compliance who did not write it', () => {
    const play = sheetPlay()
      .save('counsel-1', COUNTRY, FINE)
      .and('rep-1', { ...dispute(['L1']), sheet: 'country:NO' } as SheetsCommand);
    expect(play.refused('counsel-1', first(play, COUNTRY))).toMatch(/somebody else/);
    expect(play.refused('product-1', first(play, COUNTRY))).toMatch(/looks after/);
    expect(play.refused('compliance-1', first(play, COUNTRY))).toBe('accepted');
  });

  it('stay to be read once they are over; neither reaches a deal by itself', () => {
    const play = filled().and('rep-1', dispute());
    const settled = play.and('compliance-1', first(play));
    expect(settled.of(PRODUCT).disputes).toEqual([]);
    expect(settled.of(PRODUCT).settled).toMatchObject([
      { by: 'rep-1', questions: ['P1'], settled: { by: 'compliance-1', reason: 'It was never released.' } },
    ]);
    expect(settled.state.spreads).toEqual({});
    expect(settled.save('product-1', PRODUCT, MILD).of(PRODUCT).settled).toHaveLength(1);
    // With another answer it is over as well, for the deals that took the one that was disputed.
    const changed = play.save('product-1', PRODUCT, { P1: 'unknown' }).of(PRODUCT);
    expect([changed.disputes, changed.settled]).toMatchObject([[], [{ by: 'rep-1', settled: { by: 'product-1' } }]]);
    expect(changed.settled?.[0]?.settled.reason).toBeUndefined();
  });
});

describe('asking and reminding', () => {
  const ask = (...of: SheetOf[]): SheetsCommand => ({ type: 'AskSheets', of });

  it('asks who knows once for each, and each person once a day', () => {
    const play = sheetPlay().and(SYSTEM, ask(PRODUCT, COUNTRY));
    expect(Object.values(play.state.asked)).toMatchObject([{ to: ['product-1'] }, { to: ['counsel-1'] }]);
    expect(play.refused(SYSTEM, ask(PRODUCT, COUNTRY))).toMatch(/already/);
    const sweden: SheetOf = { of: 'country', country: 'SE' };
    expect(play.refused(SYSTEM, ask(sweden))).toMatch(/already/);
    expect(play.refused(SYSTEM, ask(sweden), '2027-02-02T10:00:00.000Z')).toBe('accepted');
    expect(sheetPlay().refused('rep-1', ask(PRODUCT))).toMatch(/Only the bot/);
  });

  it('asks at most fifty at once, of those whom nobody asked lately: who was keeps nobody else waiting', () => {
    const countries = COUNTRY_CODES.slice(0, 120);
    const briefs = countries.map((country): SheetOf => ({ of: 'country', country }));
    expect(Object.keys(sheetPlay().and(SYSTEM, ask(...briefs)).state.asked)).toHaveLength(50);
    const lately = sheetPlay().and(SYSTEM, ask(COUNTRY));
    const asked = lately.and(SYSTEM, ask(...briefs, PRODUCT)).state.asked;
    expect(Object.values(asked).map(({ to }) => to)).toContainEqual(['product-1']);
  });

  it('forgets that once it is filled in', () => {
    const play = sheetPlay().and(SYSTEM, ask(PRODUCT)).save('product-1', PRODUCT, MILD);
    expect(play.state.asked).toEqual({});
  });

  it('reminds its manager before it runs out, and compliance once the manager left', () => {
    const play = sheetPlay().save('product-1', PRODUCT, MILD);
    const context = sheetContext();
    expect(sheets.nextDueAt(play.state, SHEET_AT, context)).toBe('2028-01-03T09:00:00.000Z');
    const reminded = play.and(SYSTEM, { type: 'Tick' }, '2028-01-03T09:00:00.000Z');
    expect(reminded.events.at(-1)).toMatchObject({ type: 'SheetReminded', of: 'before', to: ['product-1'] });
    const left = sheetContext({ products: withoutManager() });
    const to = sheets.decide(
      { type: 'Tick' },
      play.state,
      { actor: SYSTEM, at: '2028-01-03T09:00:00.000Z', id: 'x' },
      left,
    );
    expect(to).toMatchObject({ events: [{ to: ['compliance-1', 'compliance-2'] }] });
    // Saved again, its reminders start over.
    const again = reminded.save('product-1', PRODUCT, MILD, { at: '2028-01-04T09:00:00.000Z' });
    expect(sheets.nextDueAt(again.state, SHEET_AT, context)).toBe('2028-12-05T09:00:00.000Z');
  });
});

describe('a sheet that the catalogue contradicts', () => {
  const able = (more: Partial<Product>) =>
    sheetContext({
      products: sheetOrganisation().products.map((product) => ({ ...product, category: 'Optics', ...more })),
    });
  const toldOf = (context: ReturnType<typeof sheetContext>, by: string, play: ReturnType<typeof sheetPlay>) => {
    const now = play.save(by, PRODUCT, MILD, { why: WHY });
    return sheets
      .tell(now.events.at(-1)!, now.state, context, play.state)
      .flatMap(([fact, to]) => (fact.fact === 'sheet against catalogue' ? [{ fact, to }] : []));
  };
  const DRONE: SheetOf = { of: 'product', product: 'other', name: 'Sample Analytics Plus' };

  it('is told to compliance on its first version, by whoever wrote it, and once', () => {
    const context = able({ able: true });
    const [told, ...more] = toldOf(context, 'product-1', sheetPlay(context));
    expect(more).toEqual([]);
    expect(told?.fact).toMatchObject({ by: 'product-1', says: [expect.stringMatching(/can gather or analyse/)] });
    expect(told?.to.map((target) => ('person' in target ? target.person : ''))).toEqual(
      expect.arrayContaining(['compliance-1', 'compliance-2']),
    );
    expect(toldOf(context, 'product-1', sheetPlay(context).save('product-1', PRODUCT, MILD))).toEqual([]);
    // Whoever wrote it is not told of their own.
    const [own] = toldOf(context, 'compliance-1', sheetPlay(context));
    expect(own?.to.map((target) => ('person' in target ? target.person : ''))).not.toContain('compliance-1');
  });
  it('is told also where an answer of before that admitted it is gone at once', () => {
    const context = able({ able: true });
    const partly = sheetPlay(context).save('product-1', PRODUCT, { P1: 'unknown' });
    expect(toldOf(context, 'product-1', partly)).toHaveLength(1);
  });
  it('is told of one outside the catalogue that is called much the same', () => {
    const context = able({ able: true });
    const now = sheetPlay(context).save('compliance-1', DRONE, MILD);
    const facts = sheets.tell(now.events.at(-1)!, now.state, context, sheets.none).map(([fact]) => fact);
    expect(facts).toMatchObject([
      { fact: 'sheet against catalogue', says: [expect.stringMatching(/“Sample Analytics”/)] },
    ]);
  });
  it('is no matter where the catalogue says nothing, or the answers admit it', () => {
    expect(toldOf(able({ able: false }), 'product-1', sheetPlay(able({ able: false })))).toEqual([]);
    expect(toldOf(able({}), 'product-1', sheetPlay(able({})))).toEqual([]);
    const context = able({ able: true });
    const now = sheetPlay(context).save('product-1', PRODUCT, { ...MILD, P1: 'yes' });
    expect(sheets.tell(now.events.at(-1)!, now.state, context, sheets.none)).toEqual([]);
  });
});
