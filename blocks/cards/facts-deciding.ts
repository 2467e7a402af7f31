/** Facts of the route: who must decide, votes, and the outcome. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { tierShown } from '../../flows/deal/context/tier.ts';
import type { Vote } from '../../flows/deal/deal.ts';
import { unsettledFlags } from '../../flows/deal/rights/access.ts';
import { signatureRuleWords } from '../../flows/deal/rights/signing.ts';
import { chiefsCalled, lentTo, shortfallsNow, standingOf } from '../../flows/deal/rights/whose-turn.ts';
import { votesThatStay } from '../../flows/deal/telling/concerned.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Block, Text } from '../card.ts';
import {
  capital,
  count,
  dayWords,
  decisionWords,
  endsOf,
  LONGEST_SAID,
  NOT_A_LICENCE,
  productWords,
  quoted,
  sentence,
  tierMeaning,
  tierWord,
  voteWords,
} from '../words.ts';
import { reviewButton, whyButton } from './actions.ts';
import { alertBlocks } from './alert-words.ts';
import { contributionText } from './contribution.ts';
import { leavingBlocks } from './facts-left-out.ts';
import { renewalsButtons } from './facts-reassessing.ts';
import { unsettledBlocks } from './flag-waits.ts';
import { gapBlocks, gapsButton, offeredBlocks } from './gap-words.ts';
import { holdBlocks } from './hold-words.ts';
import { statusLine } from './next-line.ts';
import { questionBackBlocks } from './questions-back.ts';
import { endedBlocks, lostBlocks, renewalsText, sinceApprovalBlocks } from './reassessment-words.ts';
import { carriedBlocks, recusedAskerBlocks, voidedBlocks } from './review.ts';
import { forNowWords, pictureBlocks, placeOf, tierMeaningHere } from './risk-picture.ts';
import { dealFacts, dealTone } from './root.ts';
import { asideBlocks } from './set-aside.ts';
import { conditionItems, doneBy, flagTitle, heaviestLine, people, votesOf, whyLines } from './spans.ts';
import { peopleHere, withNames } from './stand-ins.ts';
import { closeVotes, missingWords, routeItems, shortfallBlocks, stepName } from './steps.ts';
import type { FactNamed, Told } from './told.ts';
import { weighingBlocks } from './weighing-words.ts';
import { signedSpans, voteAgain, voteLine, WHO_DECIDED } from './who-decided.ts';

const MOST_GAPS = 5;
const MOST_DIFFERENCES = 10;

const stepWords = (view: DealView, step: number): string => {
  const { deal } = view;
  return deal.status === 'deciding' || deal.status === 'decided'
    ? stepName(view, deal.route, step)
    : `step ${step + 1}`;
};

const whyBlocks = (lines: readonly string[]): Block[] => (lines.length === 0 ? [] : [{ kind: 'list', items: lines }]);

/** The flags stand on the cards of their sections, and in one line on the review's card below. */
export const routedTold = (view: DealView): Told => {
  const { deal } = view;
  const tier = tierShown(view);
  if (deal.status !== 'deciding' || tier === undefined) {
    return { blocks: [{ kind: 'text', text: 'All questions are answered.' }], actions: [whyButton(deal.id)] };
  }
  const forNow = forNowWords(view);
  const harm = contributionText(view);
  const gaps = gapsButton(view);
  const signatures = signatureRuleWords(view);
  return {
    title: `Tier: ${tierWord(tier)}`,
    tone: tier === 'low' ? 'good' : 'attention',
    blocks: [
      { kind: 'text', text: forNow ?? sentence(capital(tierMeaning(tier))) },
      ...whyBlocks(whyLines(view, forNow === undefined && placeOf(view) === undefined)),
      ...(harm === undefined ? [] : [{ kind: 'text', text: harm } satisfies Block]),
      ...pictureBlocks(view),
      ...gapBlocks(view, MOST_GAPS),
      ...offeredBlocks(view),
      { kind: 'heading', text: 'Who decides, in this order' },
      { kind: 'list', items: routeItems(view, deal.route) },
      ...shortfallBlocks(view, deal.route),
      ...(signatures === undefined ? [] : [{ kind: 'note', text: signatures } satisfies Block]),
    ],
    actions: [...(gaps ? [gaps] : []), whyButton(deal.id)],
  };
};

/** Why a chief is asked for a vote in the step of another group. */
const calledWords = (view: DealView): string =>
  view.deal.status === 'deciding' && chiefsCalled(view, view.deal).length > 0
    ? ' Everybody there who could vote set aside what others said against the deal, so the chief votes there, too.'
    : '';

export const reviewWantedTold = (
  view: DealView,
  fact: FactNamed<'review wanted'>,
  direct: boolean,
  absent: PersonId | undefined,
): Told => {
  const { deal } = view;
  const buttons = [reviewButton(deal.id, fact.step), whyButton(deal.id)];
  const where = stepWords(view, fact.step);
  if (direct) {
    const tier = tierShown(view);
    return {
      title: absent === undefined ? 'Your review is wanted' : 'A review is wanted',
      blocks: [
        {
          kind: 'text',
          text:
            absent === undefined
              ? `You can vote in ${where}.${calledWords(view)}`
              : [`You can vote in ${where} for `, { person: absent }, ', who is away.'],
        },
        {
          kind: 'facts',
          facts: [
            ...(tier === undefined
              ? []
              : [{ label: 'Tier', value: `${tierWord(tier)}: ${tierMeaningHere(view, tier)}` }]),
            ...dealFacts(deal),
          ],
        },
        { kind: 'text', text: heaviestLine(view) },
        ...holdBlocks(view),
        ...alertBlocks(view),
        ...sinceApprovalBlocks(view, MOST_DIFFERENCES),
      ],
      actions: buttons,
    };
  }
  const asked = deal.status === 'deciding' ? standingOf(view, deal).people : [];
  const text: Text =
    asked.length === 0
      ? `${where}: nobody is left who can vote.`
      : [...peopleHere(view, asked), `: your review is wanted in ${where}.`];
  return { blocks: [{ kind: 'text', text }], actions: buttons };
};

/** What was said of flags: cleared, or upheld with a reason. */
const weighedItems = (view: DealView, vote: Vote): Text[] =>
  Object.entries(vote.flags).flatMap(([id, { opinion, reason }]): Text[] =>
    opinion === 'clear'
      ? [[{ strong: `Cleared: ${flagTitle(view, id)}. ` }, sentence(endsOf(reason ?? '', 300))]]
      : reason === undefined
        ? []
        : [[{ strong: `Upheld: ${flagTitle(view, id)}. ` }, sentence(endsOf(reason, 300))]],
  );

/** Rationale of one vote, and what it says of flags. */
const voteBlocks = (view: DealView, vote: Vote, rationale: string = vote.rationale): Block[] => {
  const weighed = weighedItems(view, vote);
  return [
    { kind: 'quote', text: rationale },
    ...(weighed.length === 0 ? [] : [{ kind: 'list', items: weighed } satisfies Block]),
    ...(vote.noCondition === undefined
      ? []
      : [
          {
            kind: 'text',
            text: [{ strong: 'Why no condition: ' }, sentence(endsOf(vote.noCondition, 600))],
          } satisfies Block,
        ]),
    ...leavingBlocks(vote),
  ];
};

/** A sheet like that of an earlier vote is not said twice. */
const weighedBlocks = (view: DealView, vote: Vote): Block[] => {
  const votes = votesOf(view.deal);
  const same = votes
    .slice(0, votes.indexOf(vote))
    .find(({ weighing }) => weighing && JSON.stringify(weighing) === JSON.stringify(vote.weighing));
  return same ? [{ kind: 'text', text: ['Weighed like ', ...doneBy(same), '.'] }] : weighingBlocks(view, vote.weighing);
};

export const voteCastTold = (view: DealView, fact: FactNamed<'vote cast'>): Told => {
  const { deal } = view;
  const vote = votesOf(deal).findLast((v) => v.step === fact.step && v.by === fact.by);
  const where = stepWords(view, fact.step);
  if (!vote) return { blocks: [{ kind: 'text', text: [{ person: fact.by }, ` voted in ${where}.`] }] };
  const missing = deal.status === 'deciding' && deal.step === fact.step ? missingWords(view, deal) : '';
  const complete = vote.outcome === 'decline' ? 'That declines the deal.' : 'This step is complete.';
  const after = missing === '' ? complete : `Still needed: ${missing}.`;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          ...doneBy(vote, ','),
          ` voted in ${where}: `,
          { strong: voteWords(vote.outcome).toLowerCase() },
          `. ${after}`,
          ...signedSpans(view, vote),
        ],
      },
      ...voteBlocks(view, vote),
      ...weighedBlocks(view, vote),
      ...(vote.conditions.length === 0
        ? []
        : [
            { kind: 'text', text: `With ${count(vote.conditions.length, 'condition')}:` } satisfies Block,
            { kind: 'list', items: conditionItems(vote.conditions) } satisfies Block,
          ]),
    ],
  };
};

export const voteTakenBackTold = (view: DealView, fact: FactNamed<'vote taken back'>): Told => ({
  blocks: [
    {
      kind: 'text',
      text: [{ person: fact.by }, ` took their vote in ${stepWords(view, fact.step)} back. The step is open again.`],
    },
  ],
});

/** Whose vote the one who stepped back would have cast. */
const lentBlocks = (view: DealView, by: PersonId): Block[] => {
  const lenders = view.deal.status === 'deciding' ? lentTo(view, view.deal, by) : [];
  if (lenders.length === 0) return [];
  return [
    {
      kind: 'text',
      text: [
        'They would have voted for ',
        ...people(lenders),
        lenders.length === 1 ? ', who is away.' : ', who are away.',
        lenders.length === 1
          ? ' That vote is still to come: they cast it once they are back, or choose somebody else to act for them.'
          : ' These votes are still to come: they cast them once they are back, or choose somebody else to act for them.',
      ],
    },
  ];
};

export const recusedTold = (view: DealView, { by, reason, voters }: FactNamed<'recused'>): Told => {
  const short = view.deal.status === 'deciding' ? shortfallsNow(view) : [];
  return {
    title: 'Somebody stepped back',
    tone: short.length > 0 || unsettledFlags(view).length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'text', text: [{ person: by }, ' recused themself from this deal, so others decide on it.'] },
      { kind: 'quote', text: reason },
      ...(voters ? [{ kind: 'text', text: ['No longer counted: the vote of ', ...people(voters), '.'] } as const] : []),
      ...(voters ? carriedBlocks(view) : []),
      ...votesThatStay(view, by).map(({ step, outcome }): Block => ({
        kind: 'text',
        text: `Their earlier vote stays (${voteWords(outcome).toLowerCase()}, step ${step + 1}). ${approvalOf(view.deal) ? 'If the deal should be decided again, press “Something changed”.' : 'If that step should be decided again, raise a flag.'}`,
      })),
      ...lentBlocks(view, by),
      ...recusedAskerBlocks(view, by),
      ...unsettledBlocks(view),
      ...(view.deal.status === 'deciding'
        ? shortfallBlocks(view, { steps: view.deal.route.steps, shortfalls: short })
        : []),
      { kind: 'text', text: statusLine(view) },
    ],
  };
};

export const votesVoidedTold = (view: DealView): Told => ({
  title: 'Votes no longer counted',
  tone: 'attention',
  // Who votes next is called by a message of their own.
  blocks: [...voidedBlocks(view), { kind: 'text', text: withNames(view, statusLine(view)) }],
  actions: [whyButton(view.deal.id)],
});

/** Result of the previous approval. */
const replacedBlocks = (view: DealView): Block[] => {
  const { pastApproval } = view.deal;
  if (!pastApproval) return [];
  if (!approvalOf(view.deal)) return lostBlocks(view);
  return [
    { kind: 'text', text: `This takes the place of the approval of ${dayWords(pastApproval.at)}.` },
    ...endedBlocks(view),
  ];
};

/** In the thread each vote was posted in full, except the one that decided: of the others their reason is enough. */
export const decidedTold = (view: DealView, direct: boolean): Told => {
  const { deal } = view;
  if (deal.status !== 'decided') return { blocks: [{ kind: 'text', text: 'The deal was decided.' }] };
  const { outcome, votes, conditions, tier } = deal.decision;
  return {
    title: decisionWords(outcome),
    tone: dealTone(view),
    blocks: [
      {
        kind: 'text',
        text: [
          { person: deal.owner },
          `: ${productWords(deal.details.product)} for ${quoted(deal.details.endUser.name, 300)}. Tier: ${tierWord(tier).toLowerCase()}.`,
        ],
      },
      { kind: 'heading', text: WHO_DECIDED },
      ...votes.flatMap((vote, i) => {
        if (direct)
          return [voteLine(view, deal, vote), ...voteBlocks(view, vote, endsOf(vote.rationale, LONGEST_SAID))];
        return i === votes.length - 1
          ? [voteLine(view, deal, vote), ...voteBlocks(view, vote), ...weighedBlocks(view, vote)]
          : voteAgain(view, vote);
      }),
      ...closeVotes(view, deal.route, votes).map((text): Block => ({ kind: 'note', text })),
      ...asideBlocks(view),
      ...questionBackBlocks(view),
      ...(conditions.length === 0
        ? []
        : [
            { kind: 'heading', text: 'Conditions' } satisfies Block,
            { kind: 'list', items: conditionItems(conditions) } satisfies Block,
          ]),
      ...replacedBlocks(view),
      // The deal's card has it in the thread.
      ...(approvalOf(deal) && direct ? [{ kind: 'note', text: renewalsText(view) } satisfies Block] : []),
      { kind: 'note', text: NOT_A_LICENCE },
    ],
    actions: [...renewalsButtons(view), whyButton(deal.id)],
  };
};
