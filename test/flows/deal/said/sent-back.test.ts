/** Whoever sends back what makes a deal lighter never makes it lighter by that, whatever was said while it waited. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { TIERS, type FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { runs } from '../../../support/runs.ts';
import { story, type Story } from '../../../support/story.ts';

type Answers = Record<string, FactValue>;

const ASKED: Readonly<Record<string, readonly string[]>> = {
  product: ['P1', 'P2', 'P4'],
  'end-user': ['H-RF1', 'H3-targeted', 'H-RF8', 'H-RF4'],
  laws: ['L-RF1', 'L-RF4', 'L-RF8'],
};
const act = fc.record({
  by: fc.constantFrom('rep-1', 'rep-1', 'product-1'),
  section: fc.constantFrom(...Object.keys(ASKED)),
  // What nobody knows is no better than the worse answer.
  values: fc.array(fc.constantFrom('yes', 'yes', 'no', 'no', 'no', 'unknown'), { minLength: 4, maxLength: 4 }),
});
const refuse = ({ lighterSaid }: DealView): DealCommand => ({
  type: 'RefuseLighter',
  asOf: lighterSaid?.at ?? '',
  reason: 'It was no mistake',
});
const tierOf = ({ assessment: { tier } }: DealView): number => (tier === null ? -1 : TIERS.indexOf(tier));
const flagsOf = ({ assessment: { flags } }: DealView): string[] => flags.map(({ id }) => id);

it('sent back, a lighter change leaves every red flag and the tier that counted while it waited', () => {
  const team = story(pictureDeal({ P1: 'yes', 'L-RF1': 'yes', 'H-RF1': 'yes' }, 'government'), pictureContext())
    .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They look after it' })
    .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Theirs' });
  const seen = { refused: 0, several: 0 };
  fc.assert(
    fc.property(fc.array(act, { minLength: 2, maxLength: 6 }), (acts) => {
      const said: Answers = { P1: 'yes', 'L-RF1': 'yes', 'H-RF1': 'yes' };
      const told = acts.reduce<Story>((deal, { by, section, values }) => {
        if (deal.view.deal.status !== 'deciding') return deal;
        for (const [n, id] of ASKED[section]!.entries()) said[id] = values[n]!;
        const command = { ...answerPicture(section, said)[1], why: 'I looked at it again' } as DealCommand;
        try {
          return deal.and(by, command);
        } catch {
          return deal;
        }
      }, team);
      if (!told.view.lighterSaid) return;
      seen.refused += 1;
      seen.several += Number(told.view.lighterSaid.changes.length > 1);
      const { view } = told.and('compliance-1', refuse);
      expect(tierOf(view)).toBeGreaterThanOrEqual(tierOf(told.view));
      expect(flagsOf(view)).toEqual(expect.arrayContaining(flagsOf(told.view)));
    }),
    { numRuns: runs(150) },
  );
  expect(seen.refused).toBeGreaterThan(30);
  expect(seen.several).toBeGreaterThan(10);
});
