/** A review in progress: the raw values of all its pages, kept from page to page, and the pages themselves. */

import { z } from 'zod';
import { againstShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { asksWeighing } from '../../flows/deal/deciding/weighing.ts';
import type { Carried } from '../../flows/deal/rights/carried.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import { smallSum } from '../../flows/sum.ts';
import type { FormValues } from '../card.ts';
import { flagsByWeight } from '../cards/spans.ts';
import { textOf } from './inputs.ts';
import { opinionName } from './names.ts';
import { carriedPages } from './review-carried.ts';

export const reviewDraftSchema = z.object({
  step: z.number().int().nonnegative(),
  /** The facts that the pages showed: a vote from this draft is based on them. */
  factsHash: z.string(),
  /** What speaks against the deal, as the first page showed it (`againstShown`). Absent: nothing, or in older drafts. */
  against: z.string().optional(),
  /** What other deals say in words, as the first page showed it (`writtenShown`). Absent: not looked at, or in older drafts. */
  written: z.string().optional(),
  /** The votes whose reasons the first page showed (`votesSum`). Absent: not looked at, or in older drafts. */
  votes: z.string().optional(),
  /** True if what it shows changed after the first page was filled; what was typed is kept. */
  changed: z.boolean(),
  /** What changed, in that order. Absent: nothing, or in older drafts. */
  news: z.array(z.enum(['facts', 'against', 'words'])).optional(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** The reassessment that it belongs to, by its start: what was typed for another approval is not taken over. */
  reassessment: z.string().optional(),
});
/** JSON-serialisable. */
export type ReviewDraft = z.infer<typeof reviewDraftSchema>;
export type ReviewNews = NonNullable<ReviewDraft['news']>[number];

/** The draft, which notes that this changed since it was begun. */
export const withNews = (draft: ReviewDraft, ...found: readonly ReviewNews[]): ReviewDraft => {
  if (found.length === 0) return draft;
  return { ...draft, changed: true, news: [...new Set([...(draft.news ?? []), ...found])] };
};

export type ReviewPage =
  | { kind: 'summary'; flags: readonly RaisedFlag[] }
  | { kind: 'flags'; flags: readonly RaisedFlag[] }
  | { kind: 'weighing' }
  | { kind: 'carried'; carried: readonly Carried[] }
  | { kind: 'decision' }
  | { kind: 'confirmation' };

/** A line each; with two inputs each and the rest of the first page this stays under Slack's 100 blocks. */
const FLAGS_A_PAGE = 10;

export const OPINIONS = ['uphold', 'clear', 'unsure'] as const;
export type Opinion = (typeof OPINIONS)[number];
export const OUTCOMES = ['approve', 'approve-with-conditions', 'decline', 'information'] as const;
export type VoteOutcome = (typeof OUTCOMES)[number];

export const decidingDeal = ({ deal }: DealView): DecidingDeal | undefined =>
  deal.status === 'deciding' ? deal : undefined;

/** The tick "I have no stake in this deal", on the page where the vote is signed. */
export const NO_STAKE = 'noStake';
export const NO_STAKE_TICK = 'none';

/** Starts a review, or continues an earlier one of the same step. Undefined if the deal waits for no votes. */
export const startReview = (
  view: DealView,
  step: number,
  earlier?: ReviewDraft & { page?: number },
): ReviewDraft | undefined => {
  const deal = decidingDeal(view);
  if (!deal || step !== deal.step) return undefined;
  const { factsHash } = deal.route;
  const against = againstShown(view);
  const reassessment = deal.standing?.since;
  const kept = earlier?.step === step && earlier.reassessment === reassessment ? earlier : undefined;
  // A word about one's own part was given of the parties of then.
  const { [NO_STAKE]: declared, ...values } = kept?.values ?? {};
  const isSame = kept?.factsHash === factsHash && declared !== undefined;
  // A chat may draw the first page before anybody looks: who has chosen nothing reads all of it anew.
  const hasBegun = kept !== undefined && (kept.page !== 1 || Object.keys(kept.values).length > 0);
  const draft: ReviewDraft = {
    step,
    factsHash,
    changed: hasBegun && kept.changed,
    values: isSame ? { ...values, [NO_STAKE]: declared } : values,
    ...(hasBegun && kept.news !== undefined ? { news: kept.news } : {}),
    ...(against === undefined ? {} : { against }),
    ...(reassessment === undefined ? {} : { reassessment }),
    ...(kept?.written === undefined ? {} : { written: kept.written }),
    ...(kept?.votes === undefined ? {} : { votes: kept.votes }),
  };
  if (!hasBegun) return draft;
  return withNews(
    draft,
    ...(kept.factsHash === factsHash ? [] : (['facts'] as const)),
    ...(kept.against === against ? [] : (['against'] as const)),
  );
};

export const opinionIn = (values: FormValues, flag: string): Opinion | undefined =>
  OPINIONS.find((opinion) => opinion === textOf(values, opinionName(flag)));

export const outcomeIn = (values: FormValues): VoteOutcome | undefined =>
  OUTCOMES.find((outcome) => outcome === textOf(values, 'outcome'));

/** Differs if two drafts would sign something else. */
export const sumOf = ({ values }: ReviewDraft): string => {
  // The tick is made on the page that the sum was drawn with.
  const entries = Object.entries(values)
    .filter(([name]) => name !== NO_STAKE)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return smallSum(JSON.stringify(entries));
};

export const unsureFlags = (view: DealView, values: FormValues): RaisedFlag[] =>
  view.assessment.flags.filter((flag) => opinionIn(values, flag.id) === 'unsure');

/** Pages in order; the page numbers of forms and contexts count from 1. */
export const reviewPages = (view: DealView, draft: ReviewDraft): ReviewPage[] => {
  const flags = flagsByWeight(view);
  const flagPages = Array.from({ length: Math.max(1, Math.ceil(flags.length / FLAGS_A_PAGE)) }, (_, i): ReviewPage => ({
    kind: i === 0 ? 'summary' : 'flags',
    flags: flags.slice(i * FLAGS_A_PAGE, (i + 1) * FLAGS_A_PAGE),
  }));
  // An approver who cannot judge a flag yet has a question to ask, and weighs later.
  const judges = unsureFlags(view, draft.values).length === 0;
  const weighing = asksWeighing(view, ({ id }) => opinionIn(draft.values, id) === 'clear') && judges;
  return [
    ...flagPages,
    ...(weighing ? [{ kind: 'weighing' } as const] : []),
    ...(judges ? carriedPages(view).map((carried): ReviewPage => ({ kind: 'carried', carried })) : []),
    { kind: 'decision' },
    { kind: 'confirmation' },
  ];
};

export const clampPage = (pages: readonly ReviewPage[], page: number): number =>
  Math.min(Math.max(1, Math.trunc(page) || 1), pages.length);
