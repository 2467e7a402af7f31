/** Nothing that the deal team does alone lets an approval go on for longer over what is owed. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, DUTY_ACTS, endOf, OWED, play, type Act } from '../support/no-later.ts';
import { runs } from '../support/runs.ts';

const acts = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: 70 }), act: fc.constantFrom(...Object.keys(DUTY_ACTS)) }),
  { minLength: 1, maxLength: 7 },
) as fc.Arbitrary<Act[]>;

describe.each(Object.keys(OWED))('%s', (name) => {
  const start = OWED[name]!();
  const alone = endOf(start);

  it('ends an approval by itself', () => {
    expect(alone).toMatchObject({ end: expect.any(String), escalated: expect.any(String) });
  });

  it('ends it no later, and is told no later, whatever the team does meanwhile', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const { end, escalated, done } = play(start, some);
        expect([done, end !== undefined && dayOf(end) <= dayOf(alone.end!)]).toEqual([done, true]);
        expect([done, escalated !== undefined && dayOf(escalated) <= dayOf(alone.escalated!)]).toEqual([done, true]);
      }),
      { numRuns: runs(40) },
    );
  });
});

it('waits for compliance alone, who have evidence to look at', () => {
  const start = OWED['a condition']!();
  const given = start.and('rep-1', { type: 'MeetCondition', condition: 'c-1', text: 'It is with us.', sources: [] });
  expect(endOf(given).end).toBeUndefined();
});
