/** The rep who corrects the kind of end-user, so that a question to which a colleague said "yes" is not asked any more. */

import { expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { againstShown, waitingShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { saidUnasked } from '../../../../flows/deal/said/unasked.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const told = story(pictureDeal({}, 'state-tied'), pictureContext());
const questionOf = (deal: Story) =>
  deal.view.policy.sections.flatMap(({ id }) => {
    const ofOthers = new Set(
      deal.view.policy.questionsFor(id, { ...deal.view.facts, endUser: 'government' }).map((q) => q.id),
    );
    const now = deal.view.policy.questionsFor(id, deal.view.facts);
    return now
      .filter((q) => !ofOthers.has(q.id) && deal.view.policy.lightens(q.id, 'yes', 'unknown'))
      .map((q) => ({ section: id, question: q.id }));
  });

it('keeps that answer to be read, in the name of whoever gave it', () => {
  const [asked] = questionOf(told);
  if (!asked) throw new Error('the policy asks each question of every kind');
  const { section, question } = asked;
  const handed = told.and('rep-1', { type: 'HandOverSection', section, to: 'product-1' });
  const [, command] = answerPicture(section, { [question]: 'yes' }, 'state-tied');
  const yes = handed.and('product-1', command);
  expect(saidUnasked(yes.view)).toEqual([]);
  const { details } = yes.view.deal;
  const moved = yes.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...details, endUser: { ...details.endUser, kind: 'government' } },
    reason: 'It belongs to the port authority.',
  });
  // Also before the section is given again.
  expect(saidUnasked(moved.view)).toMatchObject([{ question, by: 'product-1' }]);
  const confirmed = moved.view.lighterSaid
    ? moved.and('compliance-1', (deal) => ({
        type: 'ConfirmLighter',
        asOf: deal.lighterSaid?.at ?? '',
        seen: waitingShown(deal),
      }))
    : moved;
  const [, anew] = answerPicture(section, {}, 'government');
  const again = confirmed.and('rep-1', { ...anew, why: 'It belongs to the port authority.' } as DealCommand);
  expect(saidUnasked(again.view)).toMatchObject([{ question, value: 'yes', by: 'product-1' }]);
  const page = plain({ blocks: [{ kind: 'list', items: saidBefore(again.view) }] });
  expect(page).toMatch(/Was yes, and is not asked any more: [^\n]*@product-1 said so on/u);
  const without = { ...again.view, deal: { ...again.view.deal, earlierSaid: undefined } };
  expect(againstShown(again.view)).not.toBe(againstShown(without));
});
