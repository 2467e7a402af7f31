/** Years of data on countries: newer ones take the place of older ones once, and tell whom they concern. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownIndicators } from '../../../flows/known/indicators.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import { indicators, type IndicatorsCommand, type IndicatorsState } from '../../../flows/registers/indicators.ts';
import {
  concerned,
  IMPORT_AT,
  importing,
  stateWith,
  vDem,
  vDemFile,
  vDemRow,
  versionOf,
} from '../../support/indicators.ts';
import { sheetContext } from '../../support/sheets.ts';

const context = sheetContext();
const decide = (command: IndicatorsCommand, state: IndicatorsState = indicators.none, actor = 'operator') =>
  indicators.decide(command, state, { actor, at: IMPORT_AT, id: '1' }, context);
const events = (command: IndicatorsCommand, state?: IndicatorsState) => {
  const decided = decide(command, state);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return decided.events;
};
const said = (command: IndicatorsCommand, state?: IndicatorsState, actor?: string): string => {
  const decided = decide(command, state, actor);
  return decided.kind === 'refused' ? decided.refusal.text : 'accepted';
};

const before = vDem({ v2x_freexp_altinf: '0.8' }, 2024);
const worse = vDem({ v2x_freexp_altinf: '0.12' });

describe('a year of data', () => {
  it('is in use with who took it and when, and known as it is stored', () => {
    const all = events(importing(worse, { concerned: [concerned({ keepers: ['counsel-1'], deals: ['D-1'] })] }));
    expect(all.map((event) => isKnownEvent(knownIndicators.events, event))).toEqual([true]);
    const state = all.reduce((s, event) => indicators.evolve(s, event), stateWith(before));
    expect(state.datasets['v-dem']).toEqual({ ...worse, by: 'operator', at: IMPORT_AT });
    expect(isKnown(knownIndicators.state, state)).toBe(true);
  });

  it('is taken once: the same file again is in use already, unless the policy reads more of it', () => {
    expect(said(importing(worse), stateWith(worse))).toBe('This file is in use already.');
    const less = { ...worse, variables: ['v2x_rule'] };
    expect(said(importing(worse), stateWith(less))).toBe('accepted');
    expect(said(importing(less), stateWith(worse))).toBe('This file is in use already.');
  });

  it('is refused where it is older, unless somebody says so', () => {
    expect(said(importing(before), stateWith(worse))).toBe('It is of 2024, and the one in use is newer: of 2025.');
    expect(said(importing(before, { older: true }), stateWith(worse))).toBe('accepted');
  });

  it('is refused where it looks cut or broken', () => {
    const many = versionOf(vDemFile(...['NOR', 'SWE', 'DNK', 'FIN', 'ISL'].map((code) => vDemRow(code, 2024))));
    expect(said(importing(worse), stateWith(many))).toBe(
      'It has 1 countries, and the one in use has 5: it may have been cut.',
    );
    expect(said(importing(worse, { shorter: true }), stateWith(many))).toBe('accepted');
    expect(said(importing({ ...worse, rows: 10, badRows: 6 }))).toBe('More than half of its rows can’t be read.');
    expect(said(importing({ ...worse, values: {} }))).toBe('No row of its newest year is of a country that we know.');
    expect(said(importing({ ...worse, rows: 0 }))).toBe('It has no rows.');
  });

  it.each(['rep-1', 'product-1', 'counsel-1'])('is not for %s to import', (actor) => {
    expect(said(importing(worse), indicators.none, actor)).toBe('Only compliance can import data on countries.');
  });

  it('never goes back by itself, whatever is imported in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2015, max: 2026 }), { maxLength: 12 }), (years) => {
        let state = indicators.none;
        let last = 0;
        for (const year of years) {
          const decided = decide(importing(vDem({}, year)), state);
          if (decided.kind === 'accepted')
            state = decided.events.reduce((s, event) => indicators.evolve(s, event), state);
          const used = state.datasets['v-dem']?.year ?? 0;
          expect(used).toBeGreaterThanOrEqual(last);
          last = used;
        }
        expect(last).toBe(Math.max(0, ...years));
      }),
    );
  });
});

describe('what a new year moved', () => {
  const facts = (command: IndicatorsCommand, state = stateWith(before)) =>
    events(command, state).flatMap((event) => indicators.tell(event, state, context, state));

  it('is told once to compliance, and to who wrote the brief of their countries', () => {
    const told = facts(
      importing(worse, {
        concerned: [
          concerned({ keepers: ['counsel-1'], against: ['L-RF2'], deals: ['D-1', 'D-2'] }),
          concerned({ country: 'SE', keepers: ['counsel-1'], deals: ['D-3'] }),
        ],
      }),
    );
    expect(told.map(([, to]) => to.map((one) => one.to === 'person' && one.person))).toEqual([
      ['compliance-1', 'compliance-2'],
      ['counsel-1'],
    ]);
    for (const [fact] of told)
      expect(fact).toMatchObject({
        of: { dataset: 'v-dem', year: 2025 },
        countries: [
          { country: 'NO', deals: { deals: 2 }, moved: [{ was: 0.8, now: 0.12, suggests: true, against: true }] },
        ],
        first: ['D-1', 'D-2'],
      });
  });

  it('is told where a value suggests no more what it did', () => {
    const state = stateWith(vDem({ v2x_freexp_altinf: '0.1' }, 2024));
    const better = vDem({ v2x_freexp_altinf: '0.6' });
    const [[fact] = []] = facts(importing(better, { concerned: [concerned({ deals: ['D-1'] })] }), state);
    expect(fact?.countries[0]?.moved).toMatchObject([{ was: 0.1, now: 0.6, suggests: false }]);
  });

  it('is told to nobody where nothing moved, or no brief and no deal is concerned', () => {
    expect(facts(importing(worse))).toEqual([]);
    const same = vDem({ v2x_freexp_altinf: '0.79' });
    expect(facts(importing(same, { concerned: [concerned({ keepers: ['counsel-1'], deals: ['D-1'] })] }))).toEqual([]);
  });

  it('goes to nobody who left', () => {
    const told = facts(importing(worse, { concerned: [concerned({ keepers: ['gone-1'], deals: ['D-1'] })] }));
    expect(told).toHaveLength(1);
  });
});
