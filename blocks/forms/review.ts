/** An approver's review in phone-sized pages: summary, flags, weighing, decision, and what is signed. */

import { votesSum } from '../../flows/deal/deciding/votes-shown.ts';
import { MIN_RATIONALE } from '../../flows/deal/deciding/weighing.ts';
import { notSignedWords, waitsWords, type Signing } from '../../flows/deal/rights/signing.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Action, Form, FormBlock, FormValues } from '../card.ts';
import { answersButton, recuseButton, row } from '../cards/actions.ts';
import { plannedBlocks } from '../cards/planned-words.ts';
import { count } from '../words.ts';
import { choiceInput, makeForm, paragraphInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { reader } from './reading.ts';
import { carriedBlocks, readCarried } from './review-carried.ts';
import { conditionBlocks, readConditions } from './review-conditions.ts';
import { confirmationBlocks, type Restated } from './review-confirmation.ts';
import {
  type VoteOutcome,
  type ReviewDraft,
  type ReviewPage,
  clampPage,
  decidingDeal,
  NO_STAKE,
  NO_STAKE_TICK,
  outcomeIn,
  OUTCOMES,
  reviewPages,
  sumOf,
  unsureFlags,
} from './review-draft.ts';
import { reviewFlagBlocks } from './review-flags.ts';
import { summaryBlocks, type SummaryReader } from './review-summary.ts';
import { saysWhy, weighingPage } from './review-weighing.ts';
import { savedForm } from './saved.ts';

const OUTCOME_LABELS: Record<VoteOutcome, string> = {
  approve: 'Approve',
  'approve-with-conditions': 'Approve with conditions',
  decline: 'Decline',
  information: 'Ask for information',
};

const SIGN_LABELS: Record<VoteOutcome, string> = {
  approve: 'Sign: approve',
  'approve-with-conditions': 'Sign: with conditions',
  decline: 'Sign: decline',
  information: 'Send the question',
};

const TITLES: Record<ReviewPage['kind'], string> = {
  summary: 'Review',
  flags: 'Review: red flags',
  weighing: 'Review: weighing',
  carried: 'Review: conditions',
  decision: 'Review: your decision',
  confirmation: 'Review: confirm',
};

const decisionPage = (view: DealView, values: FormValues): FormBlock[] => {
  const outcome = outcomeIn(values);
  const unsure = unsureFlags(view, values).length;
  const reasons = paragraphInput('rationale', 'Your reasons', textOf(values, 'rationale'), {
    minLength: MIN_RATIONALE,
    hint: `At least ${MIN_RATIONALE} characters. The thread shows it.`,
  });
  return [
    ...(unsure > 0
      ? [
          {
            kind: 'note',
            text: `You can't judge ${count(unsure, 'flag')} yet: ask for information, or go back and decide on them.`,
          } as const,
        ]
      : []),
    choiceInput(
      'outcome',
      'What do you decide?',
      OUTCOMES.map((value) => ({ value, label: OUTCOME_LABELS[value] })),
      outcome,
      { reactive: true },
    ),
    ...(outcome === 'information'
      ? [
          // Text typed before the choice was meant as the question.
          paragraphInput(
            'question',
            'What do you need to know?',
            textOf(values, 'question') ?? textOf(values, 'rationale'),
            {
              hint: 'It goes to the deal owner, in the thread.',
            },
          ),
        ]
      : [reasons]),
    ...(outcome === 'approve' && saysWhy(view, values)
      ? [
          paragraphInput('noCondition', 'Why is no condition needed?', textOf(values, 'noCondition'), {
            minLength: MIN_RATIONALE,
            hint: `A severe flag stands, and you see little leverage or grave harm. At least ${MIN_RATIONALE} characters. House rule.`,
          }),
        ]
      : []),
    ...(outcome === 'approve-with-conditions' ? conditionBlocks(view, values) : []),
  ];
};

/** The conditions as the last page restates them. */
const restated = (view: DealView, values: FormValues): Restated => {
  const { taken, leftOut } = readCarried(reader(values), view, values);
  return { conditions: [...taken, ...readConditions(reader(values), view, values, 'shown')], leftOut };
};

const stakeInput = (values: FormValues): FormBlock =>
  ticksInput(
    NO_STAKE,
    'Your own part',
    [{ value: NO_STAKE_TICK, label: 'I have no stake in this deal' }],
    ticksOf(values, NO_STAKE),
    { hint: 'Nothing to gain, for you or your family. Else recuse yourself.' },
  );

const signingNote = (signing: Signing | undefined): FormBlock[] => {
  switch (signing?.kind) {
    case 'sign':
      return [{ kind: 'note', text: 'Next you sign it with your passkey, on a page of Clearthread’s own.' }];
    case 'waits':
      return [{ kind: 'text', text: waitsWords(signing.why) }];
    case 'not signed':
      return [{ kind: 'note', text: notSignedWords(signing.why) }];
    case 'none':
    case undefined:
      return [];
    default: {
      const never: never = signing;
      return never;
    }
  }
};

const pageBlocks = (
  view: DealView,
  deal: DecidingDeal,
  draft: ReviewDraft,
  page: ReviewPage,
  seen: ReviewReader,
): FormBlock[] => {
  const { absent, declares = false, planned = [], signing } = seen;
  switch (page.kind) {
    case 'summary':
      return summaryBlocks(view, deal, draft, page.flags, seen);
    case 'flags':
      return reviewFlagBlocks(view, page.flags, draft.values);
    case 'weighing':
      return weighingPage(view, draft.values);
    case 'carried':
      return carriedBlocks(view, page.carried, draft.values);
    case 'decision':
      return decisionPage(view, draft.values);
    case 'confirmation':
      return [
        // It may have been planned while they read.
        ...plannedBlocks(planned, deal.id),
        ...confirmationBlocks(view, deal, draft, restated(view, draft.values), {
          absent,
          reader: seen.reader,
          others: seen.others,
        }),
        ...(outcomeIn(draft.values) === 'information' ? [] : signingNote(signing)),
        ...(declares && outcomeIn(draft.values) !== 'information' ? [stakeInput(draft.values)] : []),
      ];
    default: {
      const never: never = page;
      return never;
    }
  }
};

const goTo = (deal: string, step: number, page: number, label: string): Action => ({
  name: 'deal.review-back',
  value: `${deal}/${step}/${page}`,
  label,
});

/** Leads to the decision with that chosen: behind the page, in what the button carries. */
const asking = (deal: string, step: number, page: number): Action => ({
  name: 'deal.review-back',
  value: `${deal}/${step}/${page}/${'information' satisfies VoteOutcome}`,
  label: OUTCOME_LABELS.information,
});

/** Buttons to go back, to step back from the deal, and from the first page straight to asking: a question needs no verdict on the flags. */
const waysOn = (deal: string, step: number, pages: readonly ReviewPage[], number: number): FormBlock[] => {
  const decision = pages.findIndex(({ kind }) => kind === 'decision') + 1;
  const first = pages[0];
  const asksFirst = decision === 2 && first !== undefined && 'flags' in first && first.flags.length > 0;
  return row(
    number > 1 && goTo(deal, step, number - 1, 'Back'),
    number === 1 && answersButton(deal),
    number === 1 && (decision > 2 || asksFirst) && asking(deal, step, decision),
    (number === 1 || number === pages.length) && recuseButton(deal),
  );
};

/** Contents that depend on the reader, of any page. */
export interface ReviewReader extends SummaryReader {
  /** Asked to say that they have no stake in the deal. */
  declares?: boolean | undefined;
  /** Whether their vote is signed with a passkey. Absent: the policy asks for none. */
  signing?: Signing | undefined;
}

/** `page` counts from 1. A button carries the page that it leads to; its click brings this page's values along. */
export const reviewForm = (
  view: DealView,
  step: number,
  draft: ReviewDraft,
  page: number,
  seen: ReviewReader = {},
): Form => {
  const deal = decidingDeal(view);
  if (!deal || deal.step !== step)
    return savedForm('This step waits for no votes any more. The thread shows where the deal is.');
  const pages = reviewPages(view, draft);
  const number = clampPage(pages, page);
  const current = pages[number - 1] ?? { kind: 'summary', flags: [] };
  const outcome = outcomeIn(draft.values);
  const signs = current.kind === 'confirmation' && outcome !== undefined;
  return makeForm({
    name: 'deal.review',
    title: TITLES[current.kind],
    submit: !signs
      ? 'Next'
      : seen.signing?.kind === 'sign' && outcome !== 'information'
        ? 'Go on and sign'
        : SIGN_LABELS[outcome],
    context: {
      deal: deal.id,
      step,
      page: number,
      factsHash: draft.factsHash,
      against: draft.against ?? '',
      written: draft.written ?? '',
      ...(seen.absent === undefined ? {} : { for: seen.absent }),
      ...(signs ? { signs: sumOf(draft), votes: votesSum(view) } : {}),
    },
    blocks: [
      ...pageBlocks(view, deal, draft, current, seen),
      { kind: 'note', text: `Page ${number} of ${pages.length}` },
      ...waysOn(deal.id, step, pages, number),
    ],
  });
};
