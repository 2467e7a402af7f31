/** Cards and forms of answers that an earlier deal gave. */

import type { Card, Form } from '../../blocks/card.ts';
import { sectionCard } from '../../blocks/cards/section.ts';
import { answersForm } from '../../blocks/forms/answers.ts';
import { startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { OUTDATED } from '../../blocks/forms/section-earlier.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { approved, beside, confirmedOf, lines, opened } from './reuse-story.ts';
import type { Story } from './story.ts';

type Named<T> = readonly [name: string, made: T];

const OLD = 'D-OLD001';
/** Its answers have all that one may have, as long as it may be. */
const old = (): Story =>
  approved(OLD, {
    given: (answer, id) =>
      id === 'H4'
        ? {
            value: answer.value,
            note: 'Very *long* <odd> words. '.repeat(40).trim(),
            sources: [],
            basis: { told: 'product-1' },
          }
        : answer,
  });

/** A deal up to its section on the end-user. */
const answering = (): Story =>
  lines('D-NEW001', {})
    .slice(1, 3)
    .reduce((deal, [actor, command]) => deal.and(actor, command), opened());

const confirmed = (): Story => confirmedOf(old());

const review = (readable?: ReadonlySet<string>): Form => {
  const { view } = confirmed();
  const draft = startReview(view, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  return reviewForm(view, 0, draft, 1, readable ? { others: readable } : {});
};

export const everyReuseCard = (): Named<Card>[] => [
  ['section, confirmed of an earlier deal', sectionCard(confirmed().view, 'end-user')],
];

export const everyReuseForm = (): Named<Form>[] => {
  const [here, saved] = [beside(answering(), [old()]), beside(confirmed(), [old()])];
  return [
    ['section, answers of an earlier deal', sectionForm(here, 'end-user')],
    [
      'section, answers of an earlier deal that are offered no more',
      sectionForm(here, 'end-user', { 'q:H4': 'again:another' }, { 'q:H4': OUTDATED }),
    ],
    ['section, confirmed of an earlier deal', sectionForm(saved, 'end-user')],
    [
      'answers, confirmed of an earlier deal',
      answersForm(confirmed().view, 'end-user', 'compliance-1', new Set([OLD])),
    ],
    ['answers, confirmed of a deal that is not theirs to read', answersForm(confirmed().view, 'end-user', 'senior-1')],
    ['review, confirmed of an earlier deal', review(new Set([OLD]))],
    ['review, confirmed of a deal that is not theirs to read', review()],
  ];
};
