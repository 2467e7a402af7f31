/** Deciding: the review form page by page, the vote at its end, taking it back, asking and answering. */
import { hiddenErrors, readContext, requestContext, reviewContext } from '../../blocks/forms/context.ts';
import { informationForm, readInformationForm } from '../../blocks/forms/information.ts';
import { keepReviewPage, ballotFrom, readReviewPage } from '../../blocks/forms/review-read.ts';
import { reviewDraftSchema, startReview, type ReviewDraft } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { refusal } from '../../flows/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Json } from '../../store/event-store.ts';
import type { Reply } from '../interaction.ts';
import {
  deny,
  DONE,
  gone,
  press,
  readable,
  refusedForm,
  valuesOf,
  type Desk,
  type OnChange,
  type OnClick,
  type OnSubmit,
  type Submit,
} from './desk.ts';

/** A review is kept for its approver: a closed window, a restart or a voided vote loses nothing that was typed. */
const draftKey = (person: string): string => `review:${person}`;

const keep = (desk: Desk, deal: string, person: string, draft: ReviewDraft): Promise<void> =>
  desk.store.putDraft(deal, draftKey(person), draft as unknown as Json);

const earlier = async (desk: Desk, deal: string, person: string): Promise<ReviewDraft | undefined> => {
  const parsed = reviewDraftSchema.safeParse(await desk.store.draft(deal, draftKey(person)));
  return parsed.success ? parsed.data : undefined;
};

/** What a form in progress stands on: the draft as it was shown, not as the facts are by now. */
const inProgress = async (
  desk: Desk,
  view: DealView,
  person: string,
  step: number,
): Promise<ReviewDraft | undefined> => {
  const draft = await earlier(desk, view.deal.id, person);
  return draft?.step === step ? draft : startReview(view, step, draft);
};

const OVER = 'This step waits for no votes any more. The thread shows where the deal is.';

export const onReview: OnClick = async (desk, click, { view }) => {
  const no = refusal(view, click.person, 'vote');
  if (no) return deny(no);
  const { deal } = view;
  // The step on the button is a hint: an older card opens the step that is open now.
  const step = deal.status === 'deciding' ? deal.step : 0;
  const draft = startReview(view, step, await earlier(desk, deal.id, click.person));
  if (!draft) return deny(OVER);
  await keep(desk, deal.id, click.person, draft);
  return { kind: 'form', form: reviewForm(view, step, draft, 1) };
};

export const onReviewBack: OnClick = async (desk, click, { view, arg }) => {
  const from = readContext(reviewContext, click.form?.context ?? '');
  const page = Number(arg.split('/')[1] ?? 1);
  const draft = from && (await inProgress(desk, view, click.person, from.step));
  if (!from || !draft) return { kind: 'form', form: savedForm(OVER) };
  if (from.factsHash !== draft.factsHash) return { kind: 'form', form: reviewForm(view, from.step, draft, 1) };
  const kept = keepReviewPage(view, draft, from.page, valuesOf(click));
  await keep(desk, view.deal.id, click.person, kept);
  return { kind: 'form', form: reviewForm(view, from.step, kept, page) };
};

export const onReviewChange: OnChange = async (desk, { context, values, person }) => {
  const from = readContext(reviewContext, context);
  const view = from && (await readable(desk, from.deal, person));
  const draft = from && view && (await inProgress(desk, view, person, from.step));
  if (!from || !view || !draft) return gone();
  if (from.factsHash !== draft.factsHash) return { kind: 'form', form: reviewForm(view, from.step, draft, 1) };
  const kept = keepReviewPage(view, draft, from.page, values);
  await keep(desk, from.deal, person, kept);
  return { kind: 'form', form: reviewForm(view, from.step, kept, from.page) };
};

/** Signs what the last page showed. */
const sign = async (desk: Desk, view: DealView, step: number, draft: ReviewDraft, act: Submit): Promise<Reply> => {
  const { person, cause } = act;
  const deal = view.deal.id;
  const fresh = startReview(view, step, draft);
  if (!fresh) return { kind: 'form', form: savedForm(OVER) };
  const again = async (to: ReviewDraft, page: number): Promise<Reply> => {
    await keep(desk, deal, person, to);
    return { kind: 'form', form: reviewForm(view, step, to, page) };
  };
  // The facts moved while the approver was reading: show what is different, keep what was typed.
  if (fresh.factsHash !== draft.factsHash) return again(fresh, 1);
  const signed = ballotFrom(view, draft, cause);
  if (signed.kind === 'incomplete') return again(draft, signed.page);
  const outcome = await desk.deals.handle(
    deal,
    signed.kind === 'information'
      ? { type: 'AskForInformation', step, question: signed.question }
      : { type: 'CastVote', step, factsHash: draft.factsHash, ballot: signed.ballot },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') {
    const now = outcome.view && startReview(outcome.view, step, draft);
    if (outcome.refusal.code === 'facts changed' && outcome.view && now) {
      await keep(desk, deal, person, now);
      return { kind: 'form', form: reviewForm(outcome.view, step, now, 1) };
    }
    return { kind: 'form', form: savedForm(outcome.refusal.text, 'Not counted') };
  }
  if (signed.kind === 'information') {
    // What was asked is asked: the review after its answer must not send the same question again.
    const { outcome: _, question: __, ...values } = draft.values;
    await keep(desk, deal, person, { ...draft, values });
  }
  // The draft stays: if changed facts void this vote, its approver starts from what was typed.
  return DONE;
};

export const onReviewSubmit: OnSubmit = async (desk, act) => {
  const from = readContext(reviewContext, act.context);
  const view = from && (await readable(desk, from.deal, act.person));
  if (!from || !view) return gone();
  if (await desk.deals.done(from.deal, act.cause)) return DONE;
  const no = refusal(view, act.person, 'vote');
  if (no) return { kind: 'form', form: savedForm(no, 'Not counted') };
  const draft = await inProgress(desk, view, act.person, from.step);
  if (!draft) return { kind: 'form', form: savedForm(OVER) };
  // Two open windows: this one was drawn before the facts that the newer one shows.
  if (from.factsHash !== draft.factsHash) return { kind: 'form', form: reviewForm(view, from.step, draft, 1) };
  const read = readReviewPage(view, draft, from.page, act.values);
  if (!read.ok) {
    if (hiddenErrors(act.context, read.errors).length === 0) return { kind: 'errors', errors: read.errors };
    const kept = keepReviewPage(view, draft, from.page, act.values);
    return { kind: 'form', form: reviewForm(view, from.step, kept, from.page), again: true };
  }
  if (read.next === 'done') return sign(desk, view, from.step, read.draft, act);
  await keep(desk, from.deal, act.person, read.draft);
  return { kind: 'form', form: reviewForm(view, from.step, read.draft, read.next) };
};

export const onTakeVoteBack: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'TakeVoteBack', step: Number(arg) });

export const onGiveInformation: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'give information');
  return no ? deny(no) : { kind: 'form', form: informationForm(view, arg) };
};

export const onGiveInformationSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(requestContext, context);
  if (!target || !(await readable(desk, target.deal, person))) return gone();
  const read = readInformationForm(values);
  if (!read.ok) return { kind: 'errors', errors: read.errors };
  const outcome = await desk.deals.handle(
    target.deal,
    { type: 'GiveInformation', request: target.request, ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'text') : DONE;
};
