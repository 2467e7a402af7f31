import { describe, expect, it } from 'vitest';
import {
  exportOf,
  exportProblem,
  exportStepIn,
  type AroundExport,
  type Export,
  type ExportAsked,
  type ExportStep,
  type ExportTaken,
} from '../../../flows/voices/exporting.ts';

const ASKED: ExportAsked = {
  kind: 'asked',
  to: 'Sample Court, 12/2026',
  why: 'It is ordered, and counsel checked it.',
  upTo: 3,
  events: 2,
  left: [2],
  files: false,
  name: false,
  mark: 'abc',
};
const reader = (id: string, name: string, ...before: string[]) => ({ id, name, keys: [id, ...before] });
const ADA = reader('h-1', 'Ada');
const BEN = reader('h-2', 'Ben');
const NAMES = { 'h-1': 'Ada', 'h-2': 'Ben', 'h-3': 'Cid', 'h-4': 'Ada' };
const around = (more: Partial<AroundExport> = {}): AroundExport => ({
  readers: [ADA, BEN],
  ticked: [],
  theirs: [1],
  names: NAMES,
  ...more,
});

const asked: ExportTaken = { number: 4, by: 'h-1', step: ASKED };
const agreed: ExportTaken = { number: 5, by: 'h-2', step: { kind: 'agreed', asked: 4, mark: 'abc' } };
const made: ExportTaken = { number: 6, by: 'h-1', step: { kind: 'made', asked: 4, hash: 'f00' } };
const ended = (by: string): ExportTaken => ({ number: 6, by, step: { kind: 'ended', asked: 4, words: 'Not now.' } });

const now = (taken: readonly ExportTaken[], of = around()): Export | undefined => exportOf(taken, of);
const problem = (taken: readonly ExportTaken[], one: { by: string; step: ExportStep }, of = around()): string =>
  exportProblem(now(taken, of), one, of) ?? 'it was possible';

describe('an export of a case', () => {
  it('is asked for by one, agreed to by another, and made by who asked', () => {
    expect(problem([], asked)).toBe('it was possible');
    expect(now([asked])).toMatchObject({ by: 'h-1', over: false });
    expect(problem([asked], agreed)).toBe('it was possible');
    expect(now([asked, agreed])).toMatchObject({ agreedBy: 'h-2', over: false });
    expect(now([asked, agreed])?.lapsed).toBeUndefined();
    expect(problem([asked, agreed], made)).toBe('it was possible');
    expect(now([asked, agreed, made])?.over).toBe(true);
    expect(problem([asked, agreed, made], { ...asked, by: 'h-2' })).toBe('it was possible');
  });

  it('is made by nobody alone, in two tabs either', () => {
    const mine: ExportTaken = { ...agreed, by: 'h-1' };
    expect(problem([asked], made)).toMatch(/has to agree first/);
    expect(problem([asked], mine)).toMatch(/Another handler has to agree/);
    expect(now([asked, mine])?.agreedBy).toBeUndefined();
    expect(problem([asked, mine], made)).toMatch(/has to agree first/);
    expect(now([asked, mine, made])?.over).toBe(false);
    expect(now([asked, made])?.over).toBe(false);
    expect(problem([], made)).toMatch(/not asked for/);
    expect(problem([], agreed)).toMatch(/not asked for/);
    expect(problem([asked, agreed], made, around({ readers: [ADA] }))).toMatch(/can’t read this case any more/);
  });

  it('is agreed to by nobody who is the same person with a new key, or invited anew', () => {
    const anew = reader('h-9', 'Ada M. New', 'h-1');
    const again = reader('h-4', ' ada ');
    for (const one of [anew, again]) {
      const of = around({ readers: [ADA, BEN, one], names: { ...NAMES, [one.id]: one.name } });
      const theirs: ExportTaken = { ...agreed, by: one.id };
      expect(problem([asked], theirs, of)).toMatch(/Another handler has to agree/);
      expect(now([asked, theirs], of)?.agreedBy).toBeUndefined();
    }
    // And the other way round: the new key asks, the old one is not gone yet.
    const of = around({ readers: [ADA, BEN, anew], names: { ...NAMES, 'h-9': anew.name } });
    expect(problem([{ ...asked, by: 'h-9' }], { ...agreed, by: 'h-1' }, of)).toMatch(/Another handler/);
    expect(problem([], asked, around({ readers: [ADA, anew] }))).toMatch(/nobody else can read/);
  });

  it('is asked for, and agreed to, by nobody whom it concerns', () => {
    const of = around({ ticked: [{ id: 'h-2', name: 'Ben' }], readers: [ADA, BEN, reader('h-3', 'Cid')] });
    expect(problem([], { ...asked, by: 'h-2' }, of)).toMatch(/concerns you/);
    expect(problem([asked], agreed, of)).toMatch(/concerns you/);
    expect(problem([asked, agreed], made, of)).toMatch(/Ben can’t read this case any more/);
    // By name too, whatever the id is.
    const byName = around({ ticked: [{ id: 'h-77', name: 'BEN' }] });
    expect(problem([asked], agreed, byName)).toMatch(/concerns you/);
    expect(problem([], asked, byName)).toMatch(/nobody else can read/);
  });

  it('is over where whoever agreed, or asked, was removed meanwhile, and can be asked for again', () => {
    const cid = reader('h-3', 'Cid');
    const without = around({ readers: [ADA, cid] });
    expect(now([asked, agreed], without)?.lapsed).toMatch(/Ben can’t read/);
    expect(problem([asked, agreed], made, without)).toMatch(/Ben can’t read/);
    expect(problem([asked, agreed], { by: 'h-1', step: ASKED }, without)).toBe('it was possible');
    const askerGone = around({ readers: [BEN, cid] });
    expect(problem([asked], agreed, askerGone)).toMatch(/Ada can’t read/);
    const again: ExportTaken[] = [
      { ...asked, number: 9 },
      { number: 10, by: 'h-3', step: { kind: 'agreed', asked: 9, mark: 'abc' } },
    ];
    expect(now([asked, agreed, ...again], without)).toMatchObject({ number: 9, agreedBy: 'h-3', lapsed: undefined });
    // What was made stays made.
    expect(now([asked, agreed, made], without)).toMatchObject({ over: true, lapsed: undefined });
  });

  it('counts for nothing once who reported it wrote again, before the agreement or after it', () => {
    for (const number of [5, 7]) {
      const of = around({ theirs: [1, number] });
      const taken = [asked, { ...agreed, number: 6 }];
      expect(now(taken, of)?.lapsed).toMatch(/They wrote again/);
      expect(problem(taken, { ...made, number: 8 } as ExportTaken, of)).toMatch(/They wrote again/);
      expect(problem(taken, { by: 'h-2', step: ASKED }, of)).toBe('it was possible');
    }
    // An agreement that came after their words does not count, whoever sealed it.
    const of = around({ theirs: [1, 5] });
    expect(now([asked, { ...agreed, number: 6 }, { ...made, number: 7 }], of)?.over).toBe(false);
  });

  it('is for what was asked for: another content needs another agreement', () => {
    const other: ExportStep = { kind: 'agreed', asked: 4, mark: 'abd' };
    expect(problem([asked], { by: 'h-2', step: other })).toMatch(/agree to the same/);
    expect(now([asked, { ...agreed, step: other }])?.agreedBy).toBeUndefined();
    const again: ExportTaken = { number: 9, by: 'h-1', step: { ...ASKED, name: true, mark: 'with the name' } };
    const taken = [asked, agreed, ended('h-1'), again];
    expect(now(taken)).toMatchObject({ number: 9, over: false });
    expect(now(taken)?.agreedBy).toBeUndefined();
    expect(problem(taken, { by: 'h-1', step: { kind: 'made', asked: 4, hash: 'f00' } })).toMatch(/not asked for/);
    expect(problem(taken, { by: 'h-1', step: { kind: 'made', asked: 9, hash: 'f00' } })).toMatch(/agree first/);
  });

  it('is asked for once at a time, taken back, and not agreed to', () => {
    expect(problem([asked], { by: 'h-2', step: ASKED })).toMatch(/asked for already/);
    expect(now([asked, { ...asked, number: 5, step: { ...ASKED, name: true } }])?.asked.name).toBe(false);
    for (const by of ['h-1', 'h-2']) {
      expect(problem([asked], ended(by))).toBe('it was possible');
      expect(problem([asked, ended(by)], agreed)).toMatch(/not asked for, or it is over/);
      expect(problem([asked, agreed, ended(by)], made)).toMatch(/over/);
    }
    expect(problem([asked, agreed], { ...made, by: 'h-2' })).toMatch(/Whoever asked/);
    expect(
      problem([asked, agreed], { ...agreed, by: 'h-3' }, around({ readers: [ADA, BEN, reader('h-3', 'Cid')] })),
    ).toMatch(/agreed already/);
  });
});

describe('a step of an export', () => {
  it('is read from a message, and nothing else is', () => {
    for (const { step } of [asked, agreed, ended('h-1'), made]) {
      expect(exportStepIn({ kind: 'export', step })).toEqual(step);
    }
    for (const value of [
      null,
      'export',
      { kind: 'step', step: ASKED },
      { kind: 'export' },
      { kind: 'export', step: [] },
      { kind: 'export', step: { kind: 'toString' } },
      { kind: 'export', step: { ...ASKED, name: 'no' } },
      { kind: 'export', step: { ...ASKED, left: ['2'] } },
      { kind: 'export', step: { ...ASKED, to: ' ' } },
      { kind: 'export', step: { ...ASKED, upTo: -1 } },
      { kind: 'export', step: { kind: 'made', asked: 4 } },
    ]) {
      expect(exportStepIn(value)).toBeUndefined();
    }
  });
});
