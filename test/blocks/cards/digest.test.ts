import { expect, it } from 'vitest';
import { digestCard } from '../../../blocks/cards/digest.ts';
import type { Digest } from '../../../flows/digest/digest.ts';
import { fullDigest, nothingShown } from '../../support/digests.ts';
import { plain } from './plain.ts';

const card = (more: Partial<Digest>): string =>
  plain(digestCard({ ...fullDigest, ...more }, nothingShown, 'register:d/1'));

it('counts each reassessment that is due once', () => {
  expect(card({ reassessments: [1, 1, 1] })).toContain('Reassessments due: 1 within 30 days.');
  expect(card({ reassessments: [0, 0, 3] })).toContain('Reassessments due: 3 within 90 days.');
  expect(card({ reassessments: [2, 5, 9] })).toContain(
    'Reassessments due: 2 within 30 days, 5 within 60 days in all and 9 within 90 days in all.',
  );
  expect(card({ reassessments: [0, 0, 0] })).not.toContain('Reassessments due');
});
