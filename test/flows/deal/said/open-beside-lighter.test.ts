/** What is open while a lighter answer waits, which was heavier before the other sections were answered. */

import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story } from '../../../support/story.ts';

const LAWS = ['L1', 'L2', 'L3'];

it('is shown as open beside what counts until compliance confirms', () => {
  const product = { P1: 'yes', P2: 'yes' };
  const context = pictureContext({ counselNotes: [] });
  const lines = pictureDeal(product, 'security');
  const at = lines.findIndex(([, command]) => command.type === 'AnswerSection' && command.section === 'end-user');
  const [actor, command] = pictureDeal({ ...product, 'H-RF1': 'yes' }, 'security')[at]!;
  const { section, answers } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
  const { view } = story(lines.slice(0, at), context)
    .and(actor, { type: 'SaveSectionForLater', section, answers: { 'H-RF1': answers['H-RF1']! } })
    .and(lines[at]![0], { ...lines[at]![1], why: 'It was another bureau.' } as DealCommand)
    .and(...lines[at + 1]!)
    .and(...lines[at + 2]!)
    .and(...lines[at + 3]!);
  expect(view.deal.status).toBe('deciding');
  expect(view.heavier).toBeDefined();
  expect(view.assessment.flags.map(({ id }) => id)).toContain('H-RF1');
  expect(view.assessment.openQuestions.map(({ id }) => id)).toEqual(expect.arrayContaining(LAWS));
});
