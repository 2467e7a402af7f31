/** A product that was another before is said once, whoever named it, and whether its change waits. */

import { expect, it } from 'vitest';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { aDeal, aView, NOW } from '../../../support/deal-builders.ts';

const FACES = { id: 'faces', name: 'Sample faces' };
const change = { by: 'rep-1', at: NOW, why: 'Wrong line picked' };

it.each([
  ['a colleague', 'product-1', 1],
  ['its rep', 'rep-1', 1],
])('named by %s', (_, owner, times) => {
  const view = aView(
    aDeal({
      team: ['rep-1', 'product-1'],
      requester: owner,
      owner: 'rep-1',
      renamed: [{ of: 'product', before: [FACES.name], until: NOW, changedBy: 'rep-1', why: change.why }],
      lighterSaid: {
        was: { endUser: 'security', product: FACES },
        before: [],
        answers: [],
        changes: [{ of: 'details', ...change }],
        at: NOW,
      },
    }),
  );
  const said = contradictions(view).filter((text) => text.includes('another product'));
  expect(said).toHaveLength(times);
  expect(said[0]).toContain('“Sample faces”');
});
