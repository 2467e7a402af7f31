/** A deal that its rep takes out of scope over what a colleague wrote under the very answers, and did not stand by. */

import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { openNamed } from '../../../support/twins.ts';

const CONTEXT = pictureContext({
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false }],
});
const SOURCE = { name: 'Register of guards who use it', year: 2026, url: 'https://reports.example.org/r' };
const NOTE = 'Their guards hunt strikers with it.';

const handed = (): Story =>
  openNamed('D-UNREAD', { endUser: { name: 'Kairat Loom House', kind: 'private' } }, CONTEXT).and('rep-1', {
    type: 'HandOverSection',
    section: 'scope',
    to: 'product-1',
  });
const [by, command] = answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private');
const { answers } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
const no = (more: Partial<GivenAnswer> = {}): DealCommand => ({
  ...(command as Extract<DealCommand, { type: 'AnswerSection' }>),
  answers: { ...answers, 'G1-capability': { ...answers['G1-capability']!, ...more } },
});
const saved = (more: Partial<GivenAnswer>, value: GivenAnswer['value'] = 'unknown'): Story =>
  handed()
    .and('product-1', {
      type: 'SaveSectionForLater',
      section: 'scope',
      answers: { 'G1-capability': { value, sources: [], ...more } },
    })
    .and('rep-1', { type: 'TakeSectionBack', section: 'scope' });

describe('what a colleague saved for later in the scope', () => {
  it.each([
    ['a source that is left', { sources: [SOURCE] }, { sources: [SOURCE] }],
    ['a source that is gone', { sources: [SOURCE] }, {}],
    ['a note that is left', { note: NOTE }, { note: NOTE }],
    ['a note that is gone', { note: NOTE }, {}],
  ])('waits for compliance: %s', (_, theirs, given) => {
    const { deal } = saved(theirs).and(by, no(given)).view;
    expect(deal.status).toBe('answering');
    expect(deal).toHaveProperty('scopeSaid');
    const same = saved(theirs, 'no').and(by, no(given)).view.deal;
    expect(same.status).toBe('answering');
  });

  it('asks nobody where they give the answer themselves, or wrote nothing', () => {
    const gives = handed().and('product-1', no({ note: NOTE, sources: [SOURCE] }));
    expect(gives.view.deal.status).toBe('out of scope');
    expect(saved({}, 'no').and(by, no()).view.deal.status).toBe('out of scope');
  });
});
