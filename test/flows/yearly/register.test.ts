/** Figures that were published: whoever wants others in their place. */

import { describe, expect, it } from 'vitest';
import type { YearlyFigures } from '../../../flows/yearly/published.ts';
import { yearly, type YearlyState } from '../../../flows/yearly/register.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const context = { organisation: anOrganisation(), policy: undefined };
const at = '2027-01-10T09:00:00.000Z';
const figures = (countedAt = at, least = 5): YearlyFigures =>
  ({ year: 2026, countedAt, least, tables: [], kinds: [] }) as unknown as YearlyFigures;
const publish = (given: YearlyFigures, state: YearlyState = yearly.none, actor = 'operator') =>
  yearly.decide({ type: 'PublishYear', figures: given }, state, { actor, at, id: 'x' } as never, context);

describe('the figures of a year', () => {
  it('are published once, and stay', () => {
    const first = publish(figures());
    if (first.kind === 'refused') throw new Error(first.refusal.text);
    const state = first.events.reduce(yearly.evolve, yearly.none);
    expect(state.years['2026']).toEqual({ figures: figures(), at, by: 'operator' });
    expect(publish(figures('2027-02-01T00:00:00.000Z', 6), state)).toMatchObject({
      kind: 'refused',
      refusal: { text: 'The figures of 2026 were published already, and stay as they are.' },
    });
  });

  it('are not published before it is over, nor by a person in chat', () => {
    expect(publish(figures('2026-12-31T23:59:59.999Z'))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not now' },
    });
    expect(publish(figures('2027-01-01T00:00:00.000Z')).kind).toBe('accepted');
    expect(publish(figures(), yearly.none, 'chief-1')).toMatchObject({ refusal: { code: 'not allowed' } });
  });
});
