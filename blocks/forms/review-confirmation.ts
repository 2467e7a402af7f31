/** The last page of a review: what is signed, and beside what. */

import { acceptedGaps } from '../../flows/deal/context/gaps.ts';
import type { Ballot, Condition, LeftOut } from '../../flows/deal/deal.ts';
import { votesSum } from '../../flows/deal/deciding/votes-shown.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { WEIGHED, type RaisedFlag } from '../../flows/policy/policy.ts';
import type { FormBlock, FormValues, Text } from '../card.ts';
import { weakenedItems } from '../cards/carried-words.ts';
import { disputedItems } from '../cards/disputed-words.ts';
import { intermediariesText } from '../cards/intermediaries-words.ts';
import { notKnown } from '../cards/risk-picture.ts';
import { liftedStopItems } from '../cards/said-before.ts';
import { asideItems, reportedItems, SET_ASIDE } from '../cards/set-aside.ts';
import { conditionItems, listedTitle, heaviestFirst } from '../cards/spans.ts';
import { aloneBlocks } from '../cards/steps.ts';
import { weighingBlocks, weighingItems } from '../cards/weighing-words.ts';
import type { Readable } from '../cards/worry-words.ts';
import {
  count,
  countryWords,
  dayWords,
  endsOf,
  LONGEST_SAID,
  NOT_A_LICENCE,
  productWords,
  quoted,
  sentence,
  shorten,
  tierWord,
  voteWords,
  weightWord,
} from '../words.ts';
import { MAX_TEXT, textOf } from './inputs.ts';
import { clearingName } from './names.ts';
import { leavingItems } from './review-carried.ts';
import { type Opinion, type ReviewDraft, opinionIn, outcomeIn } from './review-draft.ts';
import { endUser } from './review-summary.ts';
import { votesBlocks } from './review-votes.ts';
import { asksToWeigh, OFFERED, saysWhy } from './review-weighing.ts';

/** Whoever signs may read this deal, and no other for that. */
const NONE: Readable = new Set();

const GAPS = 'Gaps that compliance accepted';
/** Why stands on the first page of the review. */
const gapLines = (view: DealView): Text[] =>
  acceptedGaps(view).map(({ question, by }) => [
    { strong: shorten(question.text, 200) },
    ', accepted by ',
    { person: by },
  ]);

/** Lines of one list; a longer one goes on in the next. */
const MOST_LINES = 10;

/** All of them: what is signed is shown by name. */
const part = (heading: string, items: readonly Text[]): FormBlock[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        ...Array.from({ length: Math.ceil(items.length / MOST_LINES) }, (_, i): FormBlock => ({
          kind: 'list',
          items: items.slice(i * MOST_LINES, (i + 1) * MOST_LINES),
        })),
      ];

const brief = (conditions: readonly Condition[]): Text[] =>
  conditionItems(conditions.map((c) => ({ ...c, text: endsOf(c.text, LONGEST_SAID) })));

const flagItem = (flag: RaisedFlag, reason = '', most = 120): Text => [
  { strong: weightWord(flag.weight) },
  `: ${listedTitle(flag, most)}${reason === '' ? '' : `. ${sentence(shorten(reason, most))}`}`,
];

const flagBlocks = ({ assessment: { flags } }: DealView, values: FormValues): FormBlock[] => {
  const those = (opinion: Opinion): RaisedFlag[] =>
    heaviestFirst(flags).filter(({ id }) => opinionIn(values, id) === opinion);
  const [upheld, cleared] = [those('uphold'), those('clear')];
  return [
    ...part(
      `${count(upheld.length, 'flag')} you uphold`,
      upheld.map((flag) => flagItem(flag)),
    ),
    ...part(
      `${count(cleared.length, 'flag')} you clear`,
      cleared.map((flag) => flagItem(flag, textOf(values, clearingName(flag.id)))),
    ),
  ];
};

const weighedBlocks = (view: DealView, values: FormValues): FormBlock[] => {
  if (!asksToWeigh(view, values)) return [];
  const sheet = Object.fromEntries([...WEIGHED, OFFERED].map((name) => [name, textOf(values, name)]));
  return weighingBlocks(view, sheet);
};

/** What the vote asks for and what it does without. */
export interface Restated {
  conditions: readonly Condition[];
  leftOut: readonly LeftOut[];
}

/** Conditions of the approval under reassessment that nobody took over, besides those that this vote leaves out. */
const endingBlocks = (view: DealView, deal: DecidingDeal, { conditions, leftOut }: Restated): FormBlock[] => {
  if (!deal.standing) return [];
  const named = [...conditions, ...leftOut.map(({ condition }) => condition)];
  const kept = new Set([...named, ...deal.votes.flatMap((vote) => vote.conditions)].map(({ id }) => id));
  const ending = conditionStanding(view)
    .filter(({ condition, progress }) => progress.status !== 'accepted' && !kept.has(condition.id))
    .map(({ condition }) => condition);
  return part('Open from the earlier approval, and taken over by nobody yet', brief(ending));
};

/** What the deal is about: where it goes, through whom, and how much of it nobody knows. */
const signedFacts = (view: DealView, deal: DecidingDeal): [string, Text][] => {
  const { details } = deal;
  const open = notKnown(view);
  return [
    ['Deal', `${deal.id}, ${quoted(details.customer, 150)}`],
    ['Product', productWords(details.product, 150)],
    ['End-user', `${endUser(deal)}, ${countryWords(details.destination)}`],
    ...(details.intermediaries.length === 0
      ? []
      : [['Intermediaries', intermediariesText(details, 'page 1 names all')] as [string, Text]]),
    ...(open === 0 ? [] : [['Not known', String(open)] as [string, Text]]),
  ];
};

/** The same of a vote that is about to be signed: everything that it says, and what it rests on. */
export const signedBlocks = (
  view: DealView,
  deal: DecidingDeal,
  ballot: Ballot,
  { voter, absent }: { voter: PersonId; absent: PersonId | undefined },
): Exclude<FormBlock, { kind: 'input' }>[] => {
  const judged = (opinion: 'uphold' | 'clear'): Text[] =>
    heaviestFirst(view.assessment.flags).flatMap((flag) => {
      const own = ballot.flags[flag.id];
      return own?.opinion === opinion ? [flagItem(flag, own.reason, MAX_TEXT)] : [];
    });
  const facts: [string, Text][] = [
    ...signedFacts(view, deal),
    ['Tier', tierWord(deal.tier)],
    ['You', [{ person: voter }, ...(absent === undefined ? [] : [', for ', { person: absent }])]],
    ['You say', voteWords(ballot.outcome)],
    ['Flags', `${judged('uphold').length} upheld, ${judged('clear').length} cleared`],
  ];
  return [
    { kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) },
    ...part('Conditions', conditionItems(ballot.conditions)),
    ...part('Left out', leavingItems(ballot.leftOut ?? [])),
    { kind: 'heading', text: 'Your reasons' },
    { kind: 'quote', text: ballot.rationale },
    ...(ballot.noCondition === undefined
      ? []
      : [{ kind: 'heading', text: 'Why no condition' } as const, { kind: 'quote', text: ballot.noCondition } as const]),
    ...part('Flags that you uphold', judged('uphold')),
    ...part('Flags that you clear', judged('clear')),
    ...part(GAPS, gapLines(view)),
    ...part(SET_ASIDE, [...liftedStopItems(view), ...asideItems(view, NONE), ...reportedItems(view)]),
    ...part('Disputed', disputedItems(view, voter)),
    ...(ballot.outcome === 'decline' ? [] : aloneBlocks(view, deal)),
    ...part('What you weighed', ballot.weighing ? weighingItems(view, { ...ballot.weighing }) : []),
    { kind: 'note', text: `Fingerprint of the facts: ${ballotFacts(deal)}. ${NOT_A_LICENCE}` },
  ] as Exclude<FormBlock, { kind: 'input' }>[];
};

const ballotFacts = ({ route: { factsHash } }: DecidingDeal): string =>
  factsHash.length === 64 ? (factsHash.match(/.{8}/g) ?? []).join(' ') : factsHash;

export const confirmationBlocks = (
  view: DealView,
  deal: DecidingDeal,
  { values, factsHash, votes }: ReviewDraft,
  { conditions, leftOut }: Restated,
  {
    absent,
    reader,
    others = NONE,
  }: { absent: PersonId | undefined; reader?: PersonId | undefined; others?: Readable | undefined },
): FormBlock[] => {
  const outcome = outcomeIn(values);
  const asks = outcome === 'information';
  const own = textOf(values, asks ? 'question' : 'rationale') ?? '';
  const facts: [string, Text][] = [
    ...signedFacts(view, deal),
    [
      'You',
      outcome === undefined
        ? 'have not decided yet'
        : asks
          ? 'ask for information'
          : [voteWords(outcome).toLowerCase(), ...(absent === undefined ? [] : [', for ', { person: absent }])],
    ],
  ];
  const moment = `${dayWords(view.now)}, ${view.now.slice(11, 16)} UTC`;
  const isRead = votes === votesSum(view);
  const why = outcome === 'approve' && saysWhy(view, values) ? textOf(values, 'noCondition') : undefined;
  return [
    // First what is new: others voted since the first page was read.
    ...(asks || isRead ? [] : votesBlocks(view, deal)),
    { kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) },
    ...(outcome === 'approve-with-conditions' ? part('Conditions', brief(conditions)) : []),
    ...(asks || outcome === 'decline' ? [] : part('Left out', leavingItems(leftOut))),
    ...(outcome === 'approve-with-conditions'
      ? part('Later, or somebody else’s, than was asked for', weakenedItems(leftOut))
      : []),
    { kind: 'heading', text: asks ? 'Your question' : 'Your reasons' },
    { kind: 'quote', text: own },
    ...(why === undefined
      ? []
      : [
          { kind: 'heading', text: 'Why no condition' } satisfies FormBlock,
          { kind: 'quote', text: why } satisfies FormBlock,
        ]),
    ...(asks
      ? []
      : [
          ...flagBlocks(view, values),
          ...part(GAPS, gapLines(view)),
          ...part(SET_ASIDE, [...liftedStopItems(view), ...asideItems(view, others, true), ...reportedItems(view)]),
          ...part('Disputed', disputedItems(view, reader)),
          ...weighedBlocks(view, values),
          ...(isRead ? votesBlocks(view, deal, true) : []),
          ...(outcome === 'decline' ? [] : aloneBlocks(view, deal)),
          ...part('Conditions so far', brief(deal.votes.flatMap((vote) => vote.conditions))),
          ...(outcome === 'decline' ? [] : endingBlocks(view, deal, { conditions, leftOut })),
        ]),
    {
      kind: 'note',
      text: asks
        ? 'The question goes to the deal owner, in the thread. The answer brings the step back to you.'
        : `You sign this on the facts of ${moment} (record ${factsHash.slice(0, 8)}…). ${NOT_A_LICENCE}`,
    },
  ];
};
