/** Reviews in progress, kept between pages. */

import { z } from 'zod';
import type { reviewContext } from '../../blocks/forms/context.ts';
import { reviewDraftSchema, startReview, type ReviewDraft, type ReviewNews } from '../../blocks/forms/review-draft.ts';
import { longOver } from '../../flows/deal/owing/run-out.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Json } from '../../store/event-store.ts';
import { readable, type Desk } from './desk.ts';

/** A review is kept for its approver: closing the window, a restart or a voided vote loses nothing typed. */
const draftKey = (person: string): string => `review:${person}`;

/** `page` is the page that the person is on, for redrawing a card that they are looking at. */
const keptSchema = reviewDraftSchema.extend({ page: z.number().int().positive().catch(1) });

export const keep = (desk: Desk, deal: string, person: string, draft: ReviewDraft, page: number): Promise<void> =>
  desk.store.putDraft(deal, draftKey(person), { ...draft, page } as unknown as Json);

export const earlier = async (
  desk: Desk,
  deal: string,
  person: string,
): Promise<z.output<typeof keptSchema> | undefined> => {
  const parsed = keptSchema.safeParse(await desk.store.draft(deal, draftKey(person)));
  return parsed.success ? parsed.data : undefined;
};

/**
 * Returns what is new in the draft since a page was drawn. A chat that draws the review again for itself keeps what it shows, and
 * nobody need have looked: what counts is the page that is sent.
 */
export const newsSince = (
  from: Pick<z.output<typeof reviewContext>, 'against' | 'written'>,
  draft: ReviewDraft,
): ReviewNews[] => [
  ...(from.against === undefined || from.against === (draft.against ?? '') ? [] : (['against'] as const)),
  ...(from.written === undefined || from.written === (draft.written ?? '') ? [] : (['words'] as const)),
];

/** The draft behind a form in progress: as it was shown, not as the facts are by now. */
export const standsOn = (view: DealView, step: number, draft: ReviewDraft | undefined): ReviewDraft | undefined =>
  draft?.step === step ? draft : startReview(view, step, draft);

export const inProgress = async (
  desk: Desk,
  view: DealView,
  person: string,
  step: number,
): Promise<ReviewDraft | undefined> => standsOn(view, step, await earlier(desk, view.deal.id, person));

/** The deal as a review of it can begin: what ran out long ago is ended before anybody reads it, however late the bot's tick. */
export const inTime = async (desk: Desk, view: DealView, person: string): Promise<DealView> => {
  if (!longOver(view)) return view;
  await desk.deals.tick(view.deal.id, view.now);
  return (await readable(desk, view.deal.id, person)) ?? view;
};
