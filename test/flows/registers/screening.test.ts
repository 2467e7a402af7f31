/** Versions of lists: newer ones take the place of older ones, and nothing that looks cut or wrong does. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownScreening } from '../../../flows/known/screening.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import {
  listsInUse,
  screeningLists,
  type ListVersion,
  type ScreeningCommand,
  type ScreeningState,
} from '../../../flows/registers/screening.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const context = { organisation: anOrganisation(), policy: undefined };
const NOW = '2026-11-27T09:00:00.000Z';

const version = (more: Partial<ListVersion> = {}): ListVersion => ({
  name: 'us-consolidated',
  form: 'consolidated',
  asOf: '2026-11-20T00:00:00.000Z',
  from: 'consolidated.csv',
  rows: 1000,
  badRows: 3,
  names: 2100,
  sha256: 'a'.repeat(64),
  kept: { sha256: 'b'.repeat(64), parts: 2 },
  ...more,
});
const importing = (
  list: Partial<ListVersion>,
  flags: { older?: boolean; shorter?: boolean } = {},
): ScreeningCommand => ({
  type: 'ImportList',
  list: version(list),
  older: flags.older ?? false,
  shorter: flags.shorter ?? false,
});
const decide = (command: ScreeningCommand, state: ScreeningState = screeningLists.none, actor = 'operator') =>
  screeningLists.decide(command, state, { actor, at: NOW, id: '1' }, context);
const after = (state: ScreeningState, command: ScreeningCommand): ScreeningState => {
  const decided = decide(command, state);
  return decided.kind === 'refused'
    ? state
    : decided.events.reduce((s, event) => screeningLists.evolve(s, event), state);
};
const refused = (command: ScreeningCommand, state?: ScreeningState, actor?: string): string => {
  const decided = decide(command, state, actor);
  return decided.kind === 'refused' ? decided.refusal.text : 'accepted';
};

describe('a list', () => {
  const used = after(screeningLists.none, importing({}));

  it('is in use with who took it and when, and known as it is stored', () => {
    expect(listsInUse(used)).toEqual([{ ...version(), before: [], by: 'operator', at: NOW }]);
    expect(isKnown(knownScreening.state, used)).toBe(true);
    const decided = decide(importing({}));
    const events = decided.kind === 'accepted' ? decided.events : [];
    expect(events.map((event) => isKnownEvent(knownScreening.events, event))).toEqual([true]);
  });

  it('keeps since when it could not be fetched, until it can be', () => {
    const note = (failed?: string): ScreeningCommand => ({
      type: 'NoteFetch',
      list: 'us-consolidated',
      ...(failed === undefined ? {} : { failed }),
    });
    const failed = after(used, note('It answered 503.'));
    expect(listsInUse(failed)[0]?.notFetched).toEqual({ why: 'It answered 503.', at: NOW });
    expect(isKnown(knownScreening.state, failed)).toBe(true);
    // However often it is tried: a line in the record for each would be one a day.
    expect(refused(note('It took too long.'), failed)).toBe('That is known already.');
    expect(refused(note(), used)).toBe('That is known already.');
    expect(listsInUse(after(failed, note()))).toEqual(listsInUse(used));
    expect(listsInUse(after(failed, importing({ sha256: 'c'.repeat(64) })))[0]?.notFetched).toBeUndefined();
    expect(refused({ type: 'NoteFetch', list: 'other', failed: 'x' }, used)).toBe('No such list is in use.');
    expect(refused(note('x'), used, 'rep-1')).toContain('Only compliance');
  });

  it('stands beside others', () => {
    expect(listsInUse(after(used, importing({ name: 'a-b' }))).map(({ name }) => name)).toEqual([
      'a-b',
      'us-consolidated',
    ]);
  });

  it('gives way to a newer version, and to an older one only when told so', () => {
    const newer = importing({ asOf: '2026-11-21T00:00:00.000Z', sha256: 'c'.repeat(64) });
    const older = { asOf: '2026-11-19T00:00:00.000Z', sha256: 'c'.repeat(64) };
    expect(refused(newer, used)).toBe('accepted');
    expect(refused(importing(older), used)).toBe(
      'It is of 2026-11-19, and the version in use is newer: of 2026-11-20.',
    );
    expect(refused(importing(older, { older: true }), used)).toBe('accepted');
    expect(refused(importing({ asOf: '2026-11-25T00:00:00.000Z' }), used)).toContain('in use already');
  });

  it('does not come to less than half unless told so', () => {
    const cut = { rows: 400, badRows: 0, sha256: 'c'.repeat(64) };
    expect(refused(importing(cut), used)).toBe(
      'It has 400 entries, and the version in use has 997: it may have been cut.',
    );
    expect(refused(importing(cut, { shorter: true }), used)).toBe('accepted');
  });

  it.each([
    [{ rows: 0, badRows: 0 }, 'No row of it'],
    [{ rows: 5, badRows: 5 }, 'No row of it'],
    [{ rows: 10, badRows: 6 }, 'More than half'],
    [{ asOf: '2026-11-29T00:00:00.000Z' }, 'still to come'],
    [{ name: '../x' }, 'small letters'],
    [{ name: 'constructor' }, 'accepted'],
    [{ name: '__proto__' }, 'small letters'],
  ])('%j: %s', (more, text) => {
    expect(refused(importing(more))).toContain(text);
  });

  it('is imported by compliance, the command line or time alone', () => {
    for (const actor of ['operator', 'system', 'compliance-1', 'chief-1'])
      expect(refused(importing({}), undefined, actor)).toBe('accepted');
    for (const actor of ['rep-1', 'counsel-1', 'nobody'])
      expect(refused(importing({}), undefined, actor)).toContain('Only compliance');
  });

  it('is never older than it was, whatever comes without being told so', () => {
    const any = fc.record({
      asOf: fc.integer({ min: 1, max: 27 }).map((day) => `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`),
      rows: fc.integer({ min: 0, max: 3000 }),
      badRows: fc.integer({ min: 0, max: 1500 }),
      sha256: fc.constantFrom('c', 'd', 'e', 'f'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (versions) => {
        let state = screeningLists.none;
        for (const one of versions) {
          const [before] = listsInUse(state);
          state = after(state, importing({ ...one, badRows: Math.min(one.badRows, one.rows) }));
          const [now] = listsInUse(state);
          expect((now?.asOf ?? '') >= (before?.asOf ?? '')).toBe(true);
          expect((now?.rows ?? 0) - (now?.badRows ?? 0)).toBeGreaterThanOrEqual(
            before ? (before.rows - before.badRows) / 2 : 0,
          );
        }
      }),
    );
  });
});
