/** One step's review card in the thread: what is asked of whom, the votes so far, what changed. */

import type { DealRoute, InformationRequest, Vote } from '../../flows/deal/deal.ts';
import type { DiscardedBy } from '../../flows/deal/discarded-vote.ts';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import { countedThen } from '../../flows/deal/rights/quorum.ts';
import { isRecused } from '../../flows/deal/rights/seats.ts';
import { unseenBy } from '../../flows/deal/rights/unseen.ts';
import { openRequests, shortfallsNow, standingOf } from '../../flows/deal/rights/whose-turn.ts';
import { nameAgainst } from '../../flows/deal/said/contradictions.ts';
import type { DecidingDeal, OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Block, Card, Text } from '../card.ts';
import {
  count,
  countryWords,
  dayWords,
  decisionWords,
  endUserWords,
  productWords,
  quoted,
  tierWord,
} from '../words.ts';
import { giveInformationButton, reviewButton, row, takeVoteBackButton, whyButton } from './actions.ts';
import { alertBlocks } from './alert-words.ts';
import { carriedFrom, carriedItems } from './carried-words.ts';
import { contributionText } from './contribution.ts';
import { gapBlocks, gapsButton } from './gap-words.ts';
import { holdBlocks } from './hold-words.ts';
import { openCounts } from './open-words.ts';
import { takeQuestionBackButton } from './questions-back.ts';
import { sinceApprovalBlocks } from './reassessment-words.ts';
import { tierMeaningHere } from './risk-picture.ts';
import { differenceItems, doneBy, heaviestLine, people, voteSpans, votesOf } from './spans.ts';
import { calledHere } from './stand-ins.ts';
import { aloneBlocks, missingWords, neededWords, recusedBlocks, shortfallBlocks, stepName } from './steps.ts';

const MOST_DIFFERENCES = 10;
const MOST_GAPS = 5;

const routeOf = (deal: OpenedDeal): DealRoute | undefined =>
  deal.status === 'deciding' || deal.status === 'decided' ? deal.route : undefined;

const voteItems = (votes: readonly Vote[]): Text[] =>
  votes.map((vote): Text => [...voteSpans(vote), `. ${quoted(vote.rationale, 200)}`]);

const DISCARDED: Record<Exclude<DiscardedBy, 'recused'>, string> = {
  withdrawn: 'The deal was withdrawn on',
  reopened: 'The deal was reopened on',
  ended: 'The approval ended on',
};

/** Counsel's note, or a gap that is accepted, is in no answer. */
const BESIDE_ANSWERS = ' No answer changed, but what stands beside them did, such as counsel’s note: Review shows it.';

/** What discarded votes. Empty if facts did, before the deal was last reopened. */
export const voidedBlocks = (view: DealView): Block[] => {
  const { lastVoided: voided, lastReopened } = view.deal;
  if (!voided || (!voided.because && lastReopened && lastReopened.at > voided.at)) return [];
  const more = voided.differences.length - MOST_DIFFERENCES;
  const votes = voided.voters.length === 1 ? 'vote' : 'votes';
  return [
    {
      kind: 'text',
      text: [
        `${voided.because ? DISCARDED[voided.because] : 'Facts changed on'} ${dayWords(voided.at)}. No longer counted: the ${votes} of `,
        ...(voided.seats
          ? voided.voters.flatMap((by, i) => [i === 0 ? '' : '; ', ...doneBy({ by, for: voided.seats?.[by] })])
          : people(voided.voters)),
        ...(voided.differences.length > 0
          ? ['. What is different:']
          : ['.', ...(voided.because ? [] : [BESIDE_ANSWERS])]),
      ],
    },
    ...(voided.differences.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: differenceItems(view, voided.differences, MOST_DIFFERENCES),
          } satisfies Block,
        ]),
    ...(more > 0 ? [{ kind: 'note', text: `And ${count(more, 'more change')}: press Review.` } satisfies Block] : []),
  ];
};

const requestBlocks = (deal: OpenedDeal, request: InformationRequest): Block[] => [
  {
    kind: 'text',
    text: [{ person: request.by }, ' asks ', { person: deal.owner }, `: ${quoted(request.question, 600)}`],
  },
  {
    kind: 'note',
    text: [
      'Held by the question of ',
      { person: request.by },
      ` since ${dayWords(request.at)}: this step is completed when it is answered or taken back.`,
      ...(isRecused(deal, request.by) ? [' They recused themself, so compliance can take it back too.'] : []),
    ],
  },
  ...row(
    giveInformationButton(deal.id, request.id, request.question),
    takeQuestionBackButton(deal.id, request.id, request.question),
  ),
];

/** What becomes of the questions of somebody who recused themself. */
export const recusedAskerBlocks = ({ deal }: DealView, by: PersonId): Block[] => {
  if (deal.status !== 'deciding' || !openRequests(deal).some((request) => request.by === by)) return [];
  const text: Text = [
    'The question of ',
    { person: by },
    ' to the deal team stays open. Somebody who stands in for them, compliance, and the chief compliance officer can take it back.',
  ];
  return [{ kind: 'text', text }];
};

/** Three blocks each: Slack takes 50 in all. The next one is shown when one is settled. */
const MOST_REQUESTS = 5;

const askedBlocks = (deal: DecidingDeal): Block[] => {
  const open = openRequests(deal);
  const more = open.length - MOST_REQUESTS;
  return [
    ...open.slice(0, MOST_REQUESTS).flatMap((request) => requestBlocks(deal, request)),
    ...(more > 0
      ? [{ kind: 'note', text: `And ${count(more, 'more question')}, shown here when one is settled.` } satisfies Block]
      : []),
  ];
};

const unseenBlocks = (view: DealView, deal: DecidingDeal): Block[] => {
  const by = unseenBy(view, deal);
  const looks = by.length === 1 ? ' looks at the answer first' : ' look at the answers first';
  return by.length === 0
    ? []
    : [
        {
          kind: 'note',
          text: [
            'Answered. ',
            ...people(by),
            `${looks}: this step can be completed once they have voted, or one business day after it.`,
          ],
        },
      ];
};

const MOST_CARRIED = 10;

/** Conditions of discarded votes that no vote has settled yet. */
export const carriedBlocks = (view: DealView): Block[] => {
  const open = openCarried(view);
  const more = open.length - MOST_CARRIED;
  if (open.length === 0) return [];
  return [
    {
      kind: 'text',
      text: `${carriedFrom(open)}. The next approval takes each over or says why not:`,
    },
    { kind: 'list', items: carriedItems(open.slice(0, MOST_CARRIED)) },
    ...(more > 0
      ? [{ kind: 'note', text: `And ${count(more, 'more condition')}: press Review.` } satisfies Block]
      : []),
  ];
};

const openCard = (view: DealView, deal: DecidingDeal): Card => {
  const index = deal.step;
  const step = deal.route.steps[index];
  const standing = standingOf(view, deal);
  const { counted, people: left } = standing;
  const { details } = deal;
  const missing = missingWords(view, deal);
  const harm = contributionText(view);
  const open = openCounts(view);
  return {
    blocks: [
      { kind: 'title', text: `Review: ${stepName(view, deal.route, index)}` },
      ...sinceApprovalBlocks(view, MOST_DIFFERENCES),
      ...holdBlocks(view),
      ...alertBlocks(view),
      {
        kind: 'text',
        text:
          left.length === 0
            ? 'Nobody is left who can vote in this step.'
            : [...calledHere(view, left), ': please review this deal and vote.'],
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Deal', value: `${quoted(details.customer, 120)}: ${productWords(details.product)}` },
          {
            label: 'End-user',
            value: `${endUserWords(details.endUser, 300)}, ${countryWords(details.destination)}`,
          },
          { label: 'Tier', value: `${tierWord(deal.tier)}: ${tierMeaningHere(view, deal.tier)}` },
          {
            label: 'Votes',
            value: step
              ? `${counted.length} of ${neededWords(view, step, standing)}${missing === '' || (counted.length === 0 && standing.missing <= step.quorum) ? '' : `. Still needed: ${missing}`}`
              : `${counted.length}`,
          },
        ],
      },
      { kind: 'text', text: heaviestLine(view) },
      ...nameAgainst(view).map((text): Block => ({ kind: 'text', text })),
      ...(harm === undefined ? [] : [{ kind: 'text', text: harm } satisfies Block]),
      ...(open.length === 0 ? [] : [{ kind: 'text', text: `${open.join(' · ')}.` } satisfies Block]),
      ...gapBlocks(view, MOST_GAPS),
      ...(counted.length === 0 ? [] : [{ kind: 'list', items: voteItems(counted) } satisfies Block]),
      ...recusedBlocks(view),
      ...aloneBlocks(view, deal),
      ...shortfallBlocks(view, {
        steps: deal.route.steps,
        shortfalls: shortfallsNow(view).filter((s) => s.step === index),
      }),
      ...voidedBlocks(view),
      ...carriedBlocks(view),
      ...askedBlocks(deal),
      ...unseenBlocks(view, deal),
      ...row(
        reviewButton(deal.id, index),
        gapsButton(view),
        whyButton(deal.id),
        counted.length > 0 && takeVoteBackButton(deal.id, index),
      ),
    ],
  };
};

/** The reason why a step that is not open has no Review button. */
const resultText = (view: DealView, index: number, votes: readonly Vote[]): Text => {
  const { deal } = view;
  switch (deal.status) {
    case 'deciding':
      if (deal.passed.includes(index) || index < deal.step) return 'This step is complete: passed.';
      return `Not open yet. ${stepName(view, deal.route, deal.step)} comes first.`;
    case 'decided': {
      const declined = votes.some((v) => v.outcome === 'decline');
      if (declined) return 'This step is complete: declined.';
      if (votes.length > 0) return 'This step is complete: passed.';
      return `The deal was decided without this step: ${decisionWords(deal.decision.outcome).toLowerCase()}.`;
    }
    case 'answering':
      return 'This review is over: questions are open again. A new one starts when they are answered.';
    case 'stopped':
      return 'This review is over: a rule of the policy stopped the deal.';
    case 'out of scope':
      return 'This review is over: the deal is out of scope.';
    case 'withdrawn':
      return ['This review is over: ', { person: deal.by }, ' withdrew the deal.'];
    default: {
      const never: never = deal;
      return never;
    }
  }
};

export const reviewCard = (view: DealView, step: number): Card => {
  const { deal } = view;
  if (deal.status === 'deciding' && step === deal.step) return openCard(view, deal);
  const route = routeOf(deal);
  const votes = (deal.status === 'deciding' ? countedThen(deal) : votesOf(deal)).filter((v) => v.step === step);
  return {
    blocks: [
      { kind: 'title', text: route ? `Review: ${stepName(view, route, step)}` : 'Review' },
      { kind: 'text', text: resultText(view, step, votes) },
      // Each vote was posted with its reasons.
      ...(votes.length === 0
        ? []
        : [{ kind: 'list', items: votes.map((vote): Text => [...voteSpans(vote), '.']) } satisfies Block]),
      ...row(whyButton(deal.id)),
    ],
  };
};
