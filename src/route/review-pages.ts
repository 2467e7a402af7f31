/** Draws the pages of a review, each with what its reader may know beside the deal. */

import type { z } from 'zod';
import type { Form, FormValues } from '../../blocks/card.ts';
import { withPlans, writtenShown } from '../../blocks/cards/written-shown.ts';
import type { reviewContext } from '../../blocks/forms/context.ts';
import { clampPage, reviewPages, withNews, type ReviewDraft } from '../../blocks/forms/review-draft.ts';
import { keepReviewPage } from '../../blocks/forms/review-read.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { canonical } from '../../flows/canonical.ts';
import { plannedShown } from '../../flows/deal/context/planned-holds.ts';
import { votesSum } from '../../flows/deal/deciding/votes-shown.ts';
import { mustDeclare } from '../../flows/deal/deciding/voting.ts';
import { seatOf } from '../../flows/deal/rights/seats.ts';
import { signingOf } from '../../flows/deal/rights/signing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Reply } from '../edge/interaction.ts';
import { readableOthers, type Desk, type Submit } from './desk.ts';
import { lookAgain } from './evidence.ts';
import { hitsElsewhere } from './hits.ts';
import { plansNow } from './plans.ts';
import { keep, newsSince } from './review-drafts.ts';
import { planNames, writtenElsewhere } from './written.ts';

/** The absent approver for whom this person would vote. */
const absentFor = (view: DealView, person: PersonId): PersonId | undefined => {
  const seat = view.deal.status === 'deciding' ? seatOf(view, view.deal, person) : undefined;
  return seat && 'of' in seat && seat.of !== person ? seat.of : undefined;
};

/** Who sees the page, and in which chat. */
export type Reader = Pick<Submit, 'person' | 'place'>;

const filesOf = (desk: Desk, { deal }: DealView) => {
  const sources = deal.requests.flatMap(({ answer, before = [] }) =>
    [...before, ...(answer ? [answer] : [])].flatMap(({ sources: named }) => named),
  );
  return lookAgain(desk, sources);
};

/** The first page again where the page that was sent had not all that it shows now. What was typed is kept, but where other facts have other pages. */
export const readAgain = async (
  desk: Desk,
  view: DealView,
  reader: Reader,
  { from, draft, values }: { from: z.output<typeof reviewContext>; draft: ReviewDraft; values: FormValues },
): Promise<Reply | undefined> => {
  if (from.factsHash !== draft.factsHash) return { kind: 'form', form: await draw(desk, view, reader, draft, 1) };
  const news = newsSince(from, draft);
  if (news.length === 0) return undefined;
  const kept = withNews(keepReviewPage(view, draft, from.page, values), ...news);
  await keep(desk, view.deal.id, reader.person, kept, 1);
  return { kind: 'form', form: await draw(desk, view, reader, kept, 1) };
};

/** Draws every page that an approver sees; the first one includes the similar deals that they may read. */
export const draw = async (
  desk: Desk,
  view: DealView,
  { person, place }: Reader,
  draft: ReviewDraft,
  page: number,
): Promise<Form> => {
  const number = clampPage(reviewPages(view, draft), page);
  const [written, hits] =
    number === 1
      ? await Promise.all([writtenElsewhere(desk, view, person), hitsElsewhere(desk, view, view.deal.ownFlags)])
      : [];
  const planned = plannedShown(view, await plansNow(desk, view.now), person);
  // Each page shows what is planned; the first one alone what is written.
  const shown = written
    ? writtenShown(written)
    : draft.written === undefined
      ? undefined
      : withPlans(draft.written, planNames(planned));
  // The first page shows what others who voted say; the last one, where others voted since.
  const drawn: ReviewDraft = {
    ...draft,
    ...(shown === undefined ? {} : { written: shown }),
    ...(number === 1 ? { votes: votesSum(view) } : {}),
  };
  if (canonical(drawn) !== canonical(draft)) await keep(desk, view.deal.id, person, drawn, number);
  return reviewForm(view, draft.step, drawn, number, {
    reader: person,
    ...(number === 1 ? { beside: await desk.precedents(view, person) } : {}),
    others: await readableOthers(desk, view, person),
    written,
    hits,
    files: number === 1 ? await filesOf(desk, view) : undefined,
    thread:
      number === 1
        ? await desk.threadUrl(view.deal.id, view.deal.home, place?.platform).catch(() => undefined)
        : undefined,
    planned,
    absent: absentFor(view, person),
    declares: mustDeclare(view, person),
    signing: signingOf(view, person),
  });
};
