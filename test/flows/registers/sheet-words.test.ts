/** Sources on a sheet: each stays of who named it, whoever saves the sheet with others beside it. */

import { expect, it } from 'vitest';
import { keptNote, rewordedIn, whoseWords } from '../../../flows/registers/sheet-words.ts';
import type { SheetAnswer } from '../../../flows/sheet.ts';

const AT = '2027-03-01T09:00:00.000Z';
const LATER = '2027-03-02T09:00:00.000Z';
const PAPER = { name: 'Register of strikers filmed with it', year: 2026 };
const OWN = { name: 'Our data sheet', year: 2026 };

const saved = (by: string, at: string, sources: SheetAnswer['sources'], was?: SheetAnswer): SheetAnswer => ({
  value: 'no',
  sources,
  by,
  at,
  ...whoseWords(was ? [was] : [], { value: 'no', sources }, by),
});
const gone = (before: SheetAnswer, now: SheetAnswer) =>
  rewordedIn({ answers: { P1: before } }, { answers: { P1: now }, keepsSources: true }, now.by, now.at).reworded;

const theirs = saved('compliance-1', AT, [PAPER]);

it('a source stays of who named it where somebody saves another beside it, and is not gone without a word', () => {
  const beside = saved('product-1', LATER, [PAPER, OWN], theirs);
  expect(beside.named).toEqual([{ ...PAPER, by: 'compliance-1', at: AT }]);
  expect(gone(beside, saved('product-1', LATER, [OWN], beside))).toMatchObject([
    { sources: [PAPER.name], by: 'compliance-1', changedBy: 'product-1' },
  ]);
  // One's own are one's own to choose.
  expect(gone(beside, saved('product-1', LATER, [PAPER], beside))).toBeUndefined();
  expect(saved('product-1', LATER, [PAPER], beside).sourced).toEqual({ by: 'compliance-1', at: AT });
});

it('one’s own is gone with the answer where others stand there, and not where it has another year', () => {
  const own = saved('product-1', AT, [PAPER]);
  const kept = (sources: SheetAnswer['sources']) => {
    const event = {
      answers: { P1: saved('product-1', LATER, sources, own) },
      keepsSources: true,
      keepsOwn: true,
    } as const;
    return rewordedIn({ answers: { P1: own } }, event, 'product-1', LATER).reworded;
  };
  expect(kept([OWN])).toMatchObject([{ sources: [PAPER.name], by: 'product-1', changedBy: 'product-1' }]);
  expect(kept([{ ...PAPER, year: 2027 }])).toBeUndefined();
  expect(kept([OWN, PAPER])).toBeUndefined();
});

it('many of one’s own sources push off no word of theirs', () => {
  let sheet = rewordedIn(
    { answers: { P1: { ...theirs, note: 'They film strikers with it.' } } },
    { answers: { P1: theirs }, keepsOwn: true },
    'compliance-1',
    LATER,
  );
  for (let n = 0; n < 200; n += 1)
    sheet = rewordedIn(
      { answers: { P1: saved('compliance-1', AT, [{ name: `Register ${n}` }]) }, ...sheet },
      { answers: { P1: saved('compliance-1', AT, [OWN]) }, keepsSources: true, keepsOwn: true },
      'compliance-1',
      LATER,
    );
  expect(sheet.reworded?.map(({ note }) => note)).toContain('They film strikers with it.');
  expect(sheet.reworded?.length).toBeLessThan(100);
});

it('a source that another one wrote with other signs is theirs no more', () => {
  const turned = { ...PAPER, name: `${PAPER.name}?` };
  const now = saved('product-1', LATER, [turned], theirs);
  expect([now.sourced, now.named]).toEqual([undefined, undefined]);
  expect(gone(theirs, now)).toMatchObject([{ sources: [PAPER.name], by: 'compliance-1' }]);
});

it('what waits for compliance is kept, too, where somebody else saves other words in its place', () => {
  const note = 'Not as sold, but with the firmware of last year.';
  const waiting: SheetAnswer = { value: 'no', note, sources: [PAPER], by: 'compliance-1', at: AT };
  const before = { answers: {}, waits: { answers: { P1: waiting }, why: 'As I heard', by: 'compliance-1', at: AT } };
  const waits = (by: string, more: Partial<SheetAnswer>) => {
    const P1: SheetAnswer = { value: 'no', sources: [], by, at: LATER, ...more };
    const event = {
      answers: {},
      waits: { answers: { P1 }, why: 'As it is sold', by, at: LATER },
      keepsSources: true,
    } as const;
    return rewordedIn(before, event, by, LATER).reworded;
  };
  expect(waits('product-1', { note: 'Not as it is sold.' })).toMatchObject([
    { note, by: 'compliance-1', changedBy: 'product-1' },
    { sources: [PAPER.name], by: 'compliance-1', changedBy: 'product-1' },
  ]);
  expect(waits('product-1', { note, sources: [PAPER] })).toBeUndefined();
  expect(waits('compliance-1', {})).toBeUndefined();
});

it('a note stays with the answer under which it was written', () => {
  const note = 'I asked the maker twice, and read the reports.';
  const was: SheetAnswer = { value: 'unknown', note, sources: [], by: 'compliance-1', at: AT };
  const kept = (value: SheetAnswer['value'], by = 'product-1', before = [was]) => keptNote(before, { value, note }, by);
  expect(kept('unknown')).toBe(note);
  expect(kept('no')).toBeUndefined();
  expect(kept('no', 'compliance-1')).toBe(note);
  // Whoever wrote it said the same of this answer, which waits.
  expect(kept('no', 'product-1', [was, { ...was, value: 'no' }])).toBe(note);
  // That one says why it does not apply, and their own words stay.
  expect(kept('not-applicable')).toBe(note);
  expect(kept('no', 'product-1', [{ ...was, noted: { by: 'product-1', at: AT } }])).toBe(note);
});
