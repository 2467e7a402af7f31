/** The last page of a review that approves, as text: what is signed, and beside what. */

import { reviewPages, startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import type { DealView } from '../../flows/deal/view.ts';

export const confirmPage = (view: DealView, step: number = 0): string => {
  const draft = startReview(view, step)!;
  const values = { ...draft.values, outcome: 'approve', rationale: 'Nothing speaks against it here.' };
  const filled = { ...draft, values };
  return JSON.stringify(reviewForm(view, step, filled, reviewPages(view, filled).length));
};
