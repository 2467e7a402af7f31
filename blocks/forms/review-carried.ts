/** Conditions of votes that no longer count, or of the approval under reassessment: taken over, or left out with a reason. */

import type { Condition, LeftOut } from '../../flows/deal/deal.ts';
import type { DiscardedVote } from '../../flows/deal/discarded-vote.ts';
import {
  isTakenOver,
  openCarried,
  stillPossible,
  discardedVotes,
  type Carried,
} from '../../flows/deal/rights/carried.ts';
import { pastVotes } from '../../flows/deal/rights/past-votes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, FormValues, Input, Text } from '../card.ts';
import { approvalWords, carriedFrom, leftWords, ownerSpans } from '../cards/carried-words.ts';
import { alsoAsked, alsoWhy, doneBy, dueSpans, leftOutWhy } from '../cards/spans.ts';
import { weighedInShort } from '../cards/weighing-words.ts';
import { dayWords, endsOf, LONGEST_SAID, quoted, quotedSentence, sentence, shorten, voteWords } from '../words.ts';
import { choiceInput, dateInput, paragraphInput, personInput, textOf } from './inputs.ts';
import { carriedName, dueName, leavingName, ownerName } from './names.ts';
import type { Reader } from './reading.ts';

/** Seven blocks each: fits a phone. */
const CONDITIONS_A_PAGE = 3;
const CHOICES = ['take', 'leave'] as const;

const isLeft = (values: FormValues, { id }: Condition): boolean => textOf(values, carriedName(id)) === 'leave';

/** What is carried, page by page. */
export const carriedPages = (view: DealView): Carried[][] => {
  const open = openCarried(view);
  return Array.from({ length: Math.ceil(open.length / CONDITIONS_A_PAGE) }, (_, i) =>
    open.slice(i * CONDITIONS_A_PAGE, (i + 1) * CONDITIONS_A_PAGE),
  );
};

export const carriedNames = ({ condition: { id } }: Carried): string[] => {
  const name = carriedName(id);
  return [name, leavingName(id), ownerName(name), dueName(name)];
};

/** The condition as the form has it: with its own owner and date, or ones that still can be, until others are chosen. */
const takenIn = (view: DealView, values: FormValues, { condition }: Carried): Condition => {
  const name = carriedName(condition.id);
  const then = stillPossible(view, condition);
  return {
    ...condition,
    owner: textOf(values, ownerName(name)) ?? then.owner,
    due: textOf(values, dueName(name)) ?? then.due,
  };
};

const whyInput = (values: FormValues, { id }: Condition, label: string): Input =>
  paragraphInput(leavingName(id), label, textOf(values, leavingName(id)), {
    hint: 'The thread and the record show it.',
  });

export const carriedBlocks = (view: DealView, carried: readonly Carried[], values: FormValues): FormBlock[] => [
  {
    kind: 'text',
    text: `${carriedFrom(carried)}. Take each condition over with your approval, or leave it out and say why. If you decline, nothing here matters.`,
  },
  ...carried.flatMap((one, i): FormBlock[] => {
    const { condition } = one;
    const name = carriedName(condition.id);
    const taken = takenIn(view, values, one);
    return [
      ...(i === 0 ? [] : [{ kind: 'divider' } as const]),
      { kind: 'quote', text: condition.text },
      {
        kind: 'note',
        text: [
          'Asked for by ',
          ...doneBy(one, ','),
          ...alsoAsked(condition),
          ' of ',
          ...ownerSpans(condition),
          approvalWords(one),
          ...dueSpans(condition, `${condition.due < view.now.slice(0, 10) ? ', which has passed' : ''}.`, 'by'),
          ...(condition.first
            ? [' At first of ', { person: condition.first.owner }, `, by ${dayWords(condition.first.due)}.`]
            : []),
          ...leftWords(one.left),
        ],
      },
      choiceInput(
        name,
        shorten(condition.text, 150),
        [
          { value: 'take', label: 'Take it over' },
          { value: 'leave', label: 'Leave it out', description: 'Say why below' },
        ],
        textOf(values, name) ?? 'take',
        { reactive: true },
      ),
      ...(isLeft(values, condition)
        ? [whyInput(values, condition, 'Why is it not needed?')]
        : [
            personInput(ownerName(name), 'Owner', taken.owner, { reactive: true }),
            dateInput(dueName(name), 'Due', taken.due, { reactive: true }),
            ...(isTakenOver(taken, one) ? [] : [whyInput(values, condition, 'Why later, or somebody else’s?')]),
          ]),
    ];
  }),
];

/** Reads these conditions; a missing choice is an error. */
export const readCarried = (
  form: Reader,
  view: DealView,
  values: FormValues,
  carried: readonly Carried[] = openCarried(view),
): { taken: Condition[]; leftOut: LeftOut[] } => {
  const taken: Condition[] = [];
  const leftOut: LeftOut[] = [];
  for (const one of carried) {
    const { condition, by } = one;
    const name = carriedName(condition.id);
    if (form.one(name, CHOICES, 'Please take it over, or leave it out and say why.') === 'leave') {
      const reason = form.reason(leavingName(condition.id), 'Please say why it is left out.');
      leftOut.push({ condition, askedBy: by, reason });
      continue;
    }
    if (textOf(values, ownerName(name)) !== undefined) form.who(ownerName(name), view.organisation);
    form.maybeDay(dueName(name), view.now.slice(0, 10));
    const ours = takenIn(view, values, one);
    taken.push(ours);
    const isWrong = [ownerName(name), dueName(name)].some((field) => form.errors[field] !== undefined);
    if (isWrong || isTakenOver(ours, one)) continue;
    const reason = form.reason(leavingName(condition.id), 'Please say why it is later, or somebody else’s.');
    leftOut.push({ condition, askedBy: by, reason, instead: { owner: ours.owner, due: ours.due } });
  }
  return { taken, leftOut };
};

const discardedItem = (view: DealView, vote: DiscardedVote): Text => [
  ...doneBy(vote, ','),
  ` on ${dayWords(vote.at)}: `,
  { strong: voteWords(vote.outcome).toLowerCase() },
  `. ${quoted(sentence(vote.rationale), LONGEST_SAID)}`,
  ...alsoWhy(view, vote, LONGEST_SAID),
  ...(vote.weighing ? [` Weighed: ${sentence(weighedInShort(view, vote.weighing))}`] : []),
  ...leftOutWhy(vote),
  ...(vote.back
    ? [` Taken back${vote.back.reason === undefined ? '.' : `: ${quoted(vote.back.reason, LONGEST_SAID)}`}`]
    : []),
];

/** Votes that no longer count, with their reasons. */
export const discardedItems = (view: DealView): Text[] => discardedVotes(view).map((vote) => discardedItem(view, vote));

/** What was said with earlier votes that others took the place of. */
export const pastVoteItems = (view: DealView): Text[] => pastVotes(view).map((vote) => discardedItem(view, vote));

export const leavingItems = (leftOut: readonly LeftOut[]): Text[] =>
  leftOut.flatMap(({ condition, reason, instead }) =>
    instead ? [] : `${sentence(endsOf(condition.text, LONGEST_SAID))} Because: ${quotedSentence(reason, 300)}`,
  );
