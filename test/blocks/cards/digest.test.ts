import { expect, it } from 'vitest';
import { lineBlocks } from '../../../blocks/cards/digest-lines.ts';
import { digestCard, personalCard } from '../../../blocks/cards/digest.ts';
import type { Digest, DigestLine } from '../../../flows/digest/digest.ts';
import { aDeal, anOrganisation, aView, NOW } from '../../support/deal-builders.ts';
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

it('speaks to the person whose queue it is', () => {
  const line = { of: 'waiting for answers', people: ['rep-1'], days: 2 } as const;
  const votes = { of: 'waiting for votes', people: ['rep-1', 'senior-1'], days: 2 } as const;
  const queue = { until: fullDigest.until, mine: [line, votes], others: [line], counts: { mine: 2, others: 1 } };
  const text = plain(personalCard(queue as never, nothingShown, 'Because.'));
  expect(text).toContain('Has waited 2 days for your answers.');
  expect(text).toContain('for the votes of you and 1 other.');
  expect(text.match(/for the answers of /g)).toHaveLength(1);
});

it('says what colleagues wrote of a deal that waits for answers, whatever its owner writes after, and nothing of its rep', () => {
  const said = (by: string, text: string) => ({ of: 'handed over' as const, at: NOW, by, text });
  const [bad, mild] = ['They picked marchers out with our kit', 'Please fill this in'];
  const line = { of: 'waiting for answers', deal: 'D-7K3QXM', people: ['rep-1'], days: 30 } satisfies DigestLine;
  const shown = (deal: Parameters<typeof aDeal>[0]): string => {
    const deals = new Map([['D-7K3QXM', aView(aDeal(deal))]]);
    return plain({ blocks: lineBlocks(line, { deals, organisation: anOrganisation() } as never) });
  };
  const theirs = { requester: 'product-1', owner: 'rep-1', owned: ['product-1'] };
  const given = shown({ ...theirs, remarks: [said('product-1', bad), said('rep-1', mild)] });
  expect(given).toContain(`Sample Product Manager wrote there: “${bad}”`);
  expect(given).not.toContain(mild);
  // A friend covers nobody else's word.
  expect(shown({ ...theirs, remarks: [said('product-1', bad), said('senior-1', mild)] })).toContain(bad);
  expect(shown({ remarks: [said('rep-1', bad)] })).not.toContain('wrote there');
});

it('says how many deals are worked on', () => {
  expect(card({})).toMatch(/deals? (?:is|are) being answered/);
});
