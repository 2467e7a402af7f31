/** Deciding: the review form page by page, the vote at its end, taking a vote back, questions and their answers. */

import type { z } from 'zod';
import type { Form } from '../../blocks/card.ts';
import { answersForm } from '../../blocks/forms/answers.ts';
import { readContext, reviewContext } from '../../blocks/forms/context.ts';
import { withErrors } from '../../blocks/forms/inputs.ts';
import { linkForm } from '../../blocks/forms/passkeys.ts';
import {
  NO_STAKE,
  reviewPages,
  startReview,
  withNews,
  sumOf,
  type ReviewDraft,
} from '../../blocks/forms/review-draft.ts';
import { keepReviewPage, ballotFrom, pageAbout, readReviewPage, type Signed } from '../../blocks/forms/review-read.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { canonical } from '../../flows/canonical.ts';
import { mustDeclare } from '../../flows/deal/deciding/voting.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { notCountedOver } from '../../flows/deal/owing/over-words.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { signingOf } from '../../flows/deal/rights/signing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Refusal } from '../../flows/ids.ts';
import type { Reply } from '../edge/interaction.ts';
import {
  afterwards,
  deny,
  DONE,
  gone,
  mistaken,
  readable,
  readableOthers,
  valuesOf,
  type Desk,
  type OnChange,
  type OnClick,
  type OnSubmit,
  type Submit,
} from './desk.ts';
import { notCounted } from './not-counted.ts';
import { earlier, inProgress, inTime, keep, standsOn } from './review-drafts.ts';
import { draw, type Reader, readAgain } from './review-pages.ts';
import { trainingFirst } from './training.ts';
import { isWrittenSince } from './written.ts';

const OVER = 'This step waits for no votes any more. The thread shows where the deal is.';

/** Opens the review with its draft, at the first page or where they were. Undefined if the deal waits for no votes. */
export const openReview = async (
  desk: Desk,
  seen: DealView,
  reader: Reader,
  at: 'first page' | 'where they were',
): Promise<Form | undefined> => {
  const { person } = reader;
  const view = await inTime(desk, seen, person);
  const { deal } = view;
  const step = deal.status === 'deciding' ? deal.step : 0;
  const before = await earlier(desk, deal.id, person);
  const draft = startReview(view, step, before);
  if (!draft) return undefined;
  // A chat draws a page anew by itself: what is new since is on the first one.
  const isAsBefore = before?.factsHash === draft.factsHash && before.against === draft.against;
  const goesOn = at === 'where they were' && before?.step === step && isAsBefore;
  const page = goesOn ? before.page : 1;
  // Merely looking must not overwrite a draft that another window keeps.
  if (canonical({ ...draft, page }) !== canonical(before)) await keep(desk, deal.id, person, draft, page);
  return draw(desk, view, reader, draft, page);
};

export const onReview: OnClick = async (desk, click, { view }) => {
  const no = refusal(view, click.person, 'vote');
  if (no) return (await trainingFirst(desk, view, click.person, no)) ?? deny(no);
  // The step on the button is a hint: an older card opens the step that is now open.
  const form = await openReview(desk, view, click, 'first page');
  return form ? { kind: 'form', form } : deny(OVER);
};

export const onReviewBack: OnClick = async (desk, click, { view, arg }) => {
  const from = readContext(reviewContext, click.form?.context ?? '');
  const [, to = '1', chosen] = arg.split('/');
  const draft = from && (await inProgress(desk, view, click.person, from.step));
  if (!from || !draft) return { kind: 'form', form: savedForm(OVER) };
  const again = await readAgain(desk, view, click, { from, draft, values: valuesOf(click) });
  if (again) return again;
  const before = keepReviewPage(view, draft, from.page, valuesOf(click));
  const asks = chosen === 'information';
  const kept = asks ? { ...before, values: { ...before.values, outcome: chosen } } : before;
  const page = asks ? reviewPages(view, kept).findIndex(({ kind }) => kind === 'decision') + 1 : Number(to);
  await keep(desk, view.deal.id, click.person, kept, page);
  return { kind: 'form', form: await draw(desk, view, click, kept, page) };
};

/** Shows the answers. What was chosen on the page of a review that they were asked from is kept for the way back. */
export const onAnswers: OnClick = async (desk, click, { view, arg }) => {
  const from = click.form?.name === 'deal.review' ? readContext(reviewContext, click.form.context) : undefined;
  const draft = from && (await inProgress(desk, view, click.person, from.step));
  if (from && draft && from.factsHash === draft.factsHash)
    await keep(desk, view.deal.id, click.person, keepReviewPage(view, draft, from.page, valuesOf(click)), from.page);
  return { kind: 'form', form: answersForm(view, arg, click.person, await readableOthers(desk, view, click.person)) };
};

export const onReviewChange: OnChange = async (desk, change) => {
  const { context, values, person } = change;
  const from = readContext(reviewContext, context);
  const view = from && (await readable(desk, from.deal, person));
  const draft = from && view && (await inProgress(desk, view, person, from.step));
  if (!from || !view || !draft) return gone();
  const again = await readAgain(desk, view, change, { from, draft, values });
  if (again) return again;
  const kept = keepReviewPage(view, draft, from.page, values);
  await keep(desk, from.deal, person, kept, from.page);
  return { kind: 'form', form: await draw(desk, view, change, kept, from.page) };
};

/** A page under a line that gives the reason for it. */
const under = (text: string, form: Form): Form => ({
  ...form,
  blocks: [{ kind: 'text', text: [{ strong: text }] }, ...form.blocks],
});

const NOT_COUNTED = 'Nothing is signed yet: one answer on this page needs a look.';
const CHECK_AGAIN =
  'Nothing is signed yet. Your review changed since this page was shown, perhaps in another window: please check it again.';

/** The confirmation again, or the first incomplete page, under a line that gives the reason. */
const changedElsewhere = async (
  desk: Desk,
  view: DealView,
  reader: Reader,
  draft: ReviewDraft,
  signed: Signed,
): Promise<Reply> => {
  const last = reviewPages(view, draft).length;
  const form = await draw(desk, view, reader, draft, signed.kind === 'incomplete' ? signed.page : last);
  return { kind: 'form', form: under(CHECK_AGAIN, form) };
};

/** What an approver sees of a vote that was refused: the page that asks for it, with everything else as it was typed. */
const refused = async (
  desk: Desk,
  draft: ReviewDraft,
  { refusal: why, view }: { refusal: Refusal; view: DealView | undefined },
  act: Submit,
  step: number,
): Promise<Reply> => {
  const { person, cause } = act;
  const now = view && startReview(view, step, draft);
  if (view && why.code === 'facts changed' && now) {
    await keep(desk, view.deal.id, person, now, 1);
    return { kind: 'form', form: under(why.text, await draw(desk, view, act, now, 1)) };
  }
  if (view && why.code === 'votes changed') {
    if (await countedMeanwhile(desk, view.deal.id, act)) return DONE;
    // In full: another window may have shown them, this one has not.
    const last = await draw(desk, view, act, { ...draft, votes: undefined }, reviewPages(view, draft).length);
    return { kind: 'form', form: under(`Nothing is signed yet. ${why.text}`, last) };
  }
  const { about, code, text } = why;
  const found = view && about && code === 'not valid' ? pageAbout(view, draft, about, cause) : undefined;
  if (!view || !found) return notCounted(view, person, { text, typed: draft.values });
  await keep(desk, view.deal.id, person, draft, found.page);
  const form = await draw(desk, view, act, draft, found.page);
  return {
    kind: 'form',
    form: under(NOT_COUNTED, { ...form, blocks: withErrors(form.blocks, { [found.name]: text }) }),
  };
};

/** Tells whether what was signed still counts: a vote may be taken back or voided by other facts, a question not. */
const stands = ({ deal }: DealView, [signed]: readonly DealEvent[]): boolean => {
  if (signed?.type !== 'VoteCast') return true;
  const votes = deal.status === 'deciding' ? deal.votes : deal.status === 'decided' ? deal.decision.votes : [];
  return votes.some(({ by, step, at }) => by === signed.by && step === signed.step && at === signed.at);
};

/** Tells whether the same press was counted by another process between two looks, and still counts. */
const countedMeanwhile = async (desk: Desk, deal: string, { person, cause }: Submit): Promise<boolean> => {
  const done = await desk.deals.done(deal, cause);
  const now = done && (await readable(desk, deal, person));
  return done !== undefined && now !== undefined && stands(now, done);
};

/** Signs the last page as shown: the hash of the draft it was drawn from, and the person it is for. */
const sign = async (
  desk: Desk,
  view: DealView,
  step: number,
  draft: ReviewDraft,
  { signs: shown, votes = '', for: absent }: z.output<typeof reviewContext>,
  act: Submit,
): Promise<Reply> => {
  const { person, cause } = act;
  const deal = view.deal.id;
  const fresh = startReview(view, step, draft);
  if (!fresh) return notCounted(view, person, { text: OVER, typed: draft.values });
  const again = async (to: ReviewDraft, page: number): Promise<Reply> => {
    await keep(desk, deal, person, to, page);
    return { kind: 'form', form: await draw(desk, view, act, to, page) };
  };
  // Something changed while the approver was reading: show the differences, keep what was typed.
  const isOlder = fresh.factsHash !== draft.factsHash || fresh.against !== draft.against;
  if (isOlder || (await isWrittenSince(desk, view, person, draft.written)))
    return (await countedMeanwhile(desk, deal, act)) ? DONE : again(isOlder ? fresh : withNews(fresh, 'words'), 1);
  const signed = ballotFrom(view, draft, cause, mustDeclare(view, person));
  if (shown !== sumOf(draft)) {
    // The same press at another bot may have changed the kept draft: a question that was sent is no longer in it.
    return (await desk.deals.done(deal, cause)) ? DONE : changedElsewhere(desk, view, act, draft, signed);
  }
  if (signed.kind === 'incomplete') {
    const here = await again(draft, signed.page);
    // The tick stands on the page that was sent; what else is missing, on a page before it.
    return Object.hasOwn(signed.errors, NO_STAKE) ? { kind: 'errors', errors: signed.errors } : here;
  }
  const ask = { actor: person, cause };
  if (signed.kind === 'ballot' && desk.signing && signingOf(view, person).kind === 'sign' && !notCountedOver(view)) {
    const { factsHash, against = '', written } = draft;
    const vote = { step, factsHash, ballot: signed.ballot, absent, against, written, votes };
    const asked = await desk.signing.voteUrl(view, vote, ask);
    if ('url' in asked) return { kind: 'form', form: linkForm('vote', asked.url, desk.signing.site.origin) };
    return refused(desk, draft, { refusal: asked.refused, view }, act, step);
  }
  const outcome = await desk.deals.handle(
    deal,
    signed.kind === 'information'
      ? { type: 'AskForInformation', step, question: signed.question }
      : { type: 'CastVote', step, factsHash: draft.factsHash, ballot: signed.ballot, for: absent, votes },
    ask,
  );
  if (outcome.kind === 'refused') return refused(desk, draft, outcome, act, step);
  if (signed.kind === 'information') {
    // The question was sent: the review after its answer must not send it again.
    const { outcome: _, question: __, ...values } = draft.values;
    await keep(desk, deal, person, { ...draft, values }, 1);
  } else {
    // The draft stays: if changed facts void this vote, its approver continues from what was typed.
    afterwards(keep(desk, deal, person, draft, 1));
  }
  return DONE;
};

export const onReviewSubmit: OnSubmit = async (desk, act) => {
  const from = readContext(reviewContext, act.context);
  const [seen, done, kept] = from
    ? await Promise.all([
        readable(desk, from.deal, act.person),
        desk.deals.done(from.deal, act.cause),
        earlier(desk, from.deal, act.person),
      ])
    : [];
  if (!from || !seen) return gone();
  // The deal may be newer than at the first look.
  const view = done ? await readable(desk, from.deal, act.person) : seen;
  if (!view) return gone();
  if (done && stands(view, done)) return DONE;
  const no = refusal(view, act.person, 'vote');
  if (no) {
    if (!done && (await countedMeanwhile(desk, from.deal, act))) return DONE;
    return notCounted(view, act.person, { text: no, typed: { ...kept?.values, ...act.values } });
  }
  // A vote was signed here and taken back: signing again requires showing again what is signed.
  if (done) return { kind: 'form', form: (await openReview(desk, view, act, 'first page')) ?? savedForm(OVER) };
  const draft = standsOn(view, from.step, kept);
  if (!draft) return notCounted(view, act.person, { text: OVER, typed: { ...kept?.values, ...act.values } });
  // Two windows are open: this one was drawn before the facts that the newer one shows.
  const again = await readAgain(desk, view, act, { from, draft, values: act.values });
  if (again) return again;
  const read = readReviewPage(view, draft, from.page, act.values);
  if (!read.ok) {
    const form = await draw(desk, view, act, keepReviewPage(view, draft, from.page, act.values), from.page);
    return mistaken(act.context, read.errors, () => form);
  }
  if (read.next === 'done') return sign(desk, view, from.step, read.draft, from, act);
  await keep(desk, from.deal, act.person, read.draft, read.next);
  return { kind: 'form', form: await draw(desk, view, act, read.draft, read.next) };
};
