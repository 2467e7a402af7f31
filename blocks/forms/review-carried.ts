/** Conditions of votes that no longer count: each is taken over, or left out with a reason. */

import type { Condition, LeftOut } from '../../flows/deal/deal.ts';
import { openCarried, uncounted, type Carried } from '../../flows/deal/rights/carried.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { person } from '../../flows/organisation.ts';
import type { FormBlock, FormValues, Text } from '../card.ts';
import { doneBy } from '../cards/spans.ts';
import { dayWords, sentence, shorten, voteWords } from '../words.ts';
import { choiceInput, dateInput, dayAfter, paragraphInput, personInput, textOf } from './inputs.ts';
import { carriedName, dueName, leavingName, ownerName } from './names.ts';
import type { Reader } from './reading.ts';

/** Six blocks each: fits a phone. */
const CONDITIONS_A_PAGE = 3;
const DUE_IN_DAYS = 30;
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

/** The condition's own owner and date, where they still can be. */
const suggested = (
  { deal, organisation, now }: DealView,
  { owner, due }: Condition,
): Pick<Condition, 'owner' | 'due'> => ({
  owner: person(organisation, owner) ? owner : deal.owner,
  due: due > now.slice(0, 10) ? due : dayAfter(now, DUE_IN_DAYS),
});

export const carriedBlocks = (view: DealView, carried: readonly Carried[], values: FormValues): FormBlock[] => [
  {
    kind: 'text',
    text: 'Asked for in votes that no longer count. Take each condition over with your approval, or leave it out and say why. If you decline, nothing here matters.',
  },
  ...carried.flatMap((one, i): FormBlock[] => {
    const { condition } = one;
    const name = carriedName(condition.id);
    const then = suggested(view, condition);
    return [
      ...(i === 0 ? [] : [{ kind: 'divider' } as const]),
      { kind: 'quote', text: condition.text },
      {
        kind: 'note',
        text: [
          'Asked for by ',
          ...doneBy(one, ','),
          ' of ',
          { person: condition.owner },
          `, by ${dayWords(condition.due)}.`,
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
        ? [
            paragraphInput(
              leavingName(condition.id),
              'Why is it not needed?',
              textOf(values, leavingName(condition.id)),
              { hint: 'The thread and the record show it.' },
            ),
          ]
        : [
            personInput(ownerName(name), 'Owner', textOf(values, ownerName(name)) ?? then.owner),
            dateInput(dueName(name), 'Due', textOf(values, dueName(name)) ?? then.due),
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
  for (const { condition, by } of carried) {
    const name = carriedName(condition.id);
    if (form.one(name, CHOICES, 'Please take it over, or leave it out and say why.') === 'leave') {
      const reason = form.required(leavingName(condition.id), 'Please say why it is left out.');
      leftOut.push({ condition, askedBy: by, reason });
      continue;
    }
    const then = suggested(view, condition);
    taken.push({
      ...condition,
      owner: textOf(values, ownerName(name)) === undefined ? then.owner : form.who(ownerName(name), view.organisation),
      due: form.maybeDay(dueName(name), view.now.slice(0, 10)) ?? then.due,
    });
  }
  return { taken, leftOut };
};

/** Votes that no longer count, with their reasons. */
export const discardedItems = (view: DealView): Text[] =>
  uncounted(view).map((vote): Text => [
    ...doneBy(vote, ','),
    ` on ${dayWords(vote.at)}: `,
    { strong: voteWords(vote.outcome).toLowerCase() },
    `. “${shorten(sentence(vote.rationale), 200)}”`,
  ]);

export const leavingItems = (leftOut: readonly LeftOut[]): Text[] =>
  leftOut.map(
    ({ condition, reason }) => `${sentence(shorten(condition.text, 200))} Because: ${sentence(shorten(reason, 300))}`,
  );
