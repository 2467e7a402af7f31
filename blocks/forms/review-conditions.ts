/** Conditions of an approval: suggested by the flags' safeguards, and one of the approver's own. */

import type { Condition } from '../../flows/deal/deal.ts';
import { latestDue, TOO_LATE } from '../../flows/deal/deciding/weighing.ts';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import { conditionStanding, type ConditionStanding, countedVotes } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { About, Day, PersonId } from '../../flows/ids.ts';
import { own } from '../../flows/own.ts';
import type { Safeguard, SafeguardId } from '../../flows/policy/policy.ts';
import type { FormBlock, FormValues } from '../card.ts';
import { heaviestFirst } from '../cards/spans.ts';
import { count, dayWords, shorten } from '../words.ts';
import { dateInput, dayAfter, paragraphInput, personInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { conditionName, dueName, ownerName } from './names.ts';
import type { Reader } from './reading.ts';
import { opinionIn } from './review-draft.ts';

/** Two inputs each, and three for each suggestion below. */
const MOST_TAKEN_OVER = 8;
/** Three inputs each: with the rest of the page this stays under Slack's 100 blocks. */
const MOST_SUGGESTIONS = 25;
const OWN = 'cx';
const TAKEN_OVER = 'k:';
const OWN_DUE_IN_DAYS = 30;
const CHOSEN = 'yes';

/** Safeguards for what is not known, then for the flags which this approver does not clear, heaviest flag first. */
const suggestedSafeguards = (view: DealView, values: FormValues): Safeguard[] => {
  // Those are on a page of their own, to be taken over.
  const carried = new Set(openCarried(view).map(({ condition }) => condition.safeguard));
  const ids = new Set<SafeguardId>([
    ...view.assessment.openQuestions.flatMap((question) => question.safeguards ?? []),
    ...heaviestFirst(view.assessment.flags)
      .filter((flag) => opinionIn(values, flag.id) !== 'clear')
      .flatMap((flag) => flag.safeguards),
  ]);
  for (const id of carried) if (id !== undefined) ids.delete(id);
  return [...ids].flatMap((id) => view.policy.safeguards[id] ?? []);
};

const isTicked = (values: FormValues, name: string): boolean => ticksOf(values, name).includes(CHOSEN);
const isChosen = (values: FormValues, id: SafeguardId): boolean => isTicked(values, conditionName(id));

/** A suggestion is never later than a vote may set it. */
const atMost = ({ now }: DealView, due: Day): Day => (due > latestDue(now) ? latestDue(now) : due);

/** The condition's own date, or a future one if it has passed. */
const laterDue = (view: DealView, { due }: Condition): Day =>
  due > view.now.slice(0, 10) ? atMost(view, due) : dayAfter(view.now, OWN_DUE_IN_DAYS);

/** Tells whether another vote that counts asks for no less: this one need not ask again. */
const isKept = (view: DealView, condition: Condition): boolean =>
  view.deal.status === 'deciding' &&
  countedVotes(view, view.deal).some(({ conditions }) =>
    conditions.some(
      ({ id, owner, due }) => id === condition.id && owner === condition.owner && due <= laterDue(view, condition),
    ),
  );

/** Conditions of the approval under reassessment, not accepted yet: they end with it unless they are taken over. */
const openThen = (view: DealView): ConditionStanding[] => {
  const carried = new Set(openCarried(view).map(({ condition }) => condition.id));
  return view.deal.standing
    ? conditionStanding(view)
        .filter(({ condition: { id }, progress }) => progress.status !== 'accepted' && !carried.has(id))
        .filter(({ condition }) => !isKept(view, condition))
    : [];
};

/** The condition in the approver's own words. One that they wrote in a vote that was voided is carried already. */
const ownText = (view: DealView, values: FormValues): string | undefined => {
  const text = textOf(values, OWN);
  const known = openCarried(view).some(({ condition }) => condition.text.trim() === text?.trim());
  return known ? undefined : text;
};

/** Returns the conditions that somebody asked for, in words: their own, and those that they ticked. */
export const wantedConditions = (view: DealView, values: FormValues): string[] => [
  ...Object.keys(values).flatMap((name) => {
    const safeguard = isTicked(values, name)
      ? own(view.policy.safeguards, name.slice(conditionName('').length))
      : undefined;
    return safeguard && name === conditionName(safeguard.id) ? [safeguard.condition] : [];
  }),
  ...openThen(view).flatMap(({ condition: { id, text } }) => (isTicked(values, `${TAKEN_OVER}${id}`) ? [text] : [])),
  ...[textOf(values, OWN)?.trim() ?? ''].filter((text) => text !== ''),
];

const takeOverBlocks = (view: DealView, values: FormValues): FormBlock[] => {
  const all = openThen(view);
  const open = all.slice(0, MOST_TAKEN_OVER);
  const more = all.length - open.length;
  if (open.length === 0) return [];
  return [
    { kind: 'text', text: 'Still open from the earlier approval. What you do not take over ends with it:' },
    ...open.flatMap(({ condition }): FormBlock[] => {
      const name = `${TAKEN_OVER}${condition.id}`;
      const ticked = isTicked(values, name);
      const tick = ticksInput(
        name,
        shorten(condition.text, 150),
        [{ value: CHOSEN, label: 'Take it over' }],
        ticked ? [CHOSEN] : [],
        { hint: `Due ${dayWords(condition.due)}.`, optional: true, reactive: true },
      );
      return ticked
        ? [tick, ...ownerAndDue(view, values, name, laterDue(view, condition), undefined, condition.owner)]
        : [tick];
    }),
    ...(more > 0
      ? [
          {
            kind: 'note',
            text: `And ${more} more, on the card of the conditions. To keep one of them, write it as your own.`,
          } as const,
        ]
      : []),
  ];
};

const ownerAndDue = (
  view: DealView,
  values: FormValues,
  key: string,
  due: Day,
  optional?: true,
  owner: PersonId = view.deal.owner,
): FormBlock[] => [
  personInput(ownerName(key), 'Owner', textOf(values, ownerName(key)) ?? owner, { optional }),
  dateInput(dueName(key), 'Due', textOf(values, dueName(key)) ?? due, { optional }),
];

export const conditionBlocks = (view: DealView, values: FormValues): FormBlock[] => {
  const suggested = suggestedSafeguards(view, values);
  const left = suggested.length - MOST_SUGGESTIONS;
  return [
    ...takeOverBlocks(view, values),
    {
      kind: 'text',
      text:
        suggested.length === 0
          ? 'No flag suggests a safeguard. Write a condition of your own.'
          : 'Suggested by the flags:',
    },
    ...suggested.slice(0, MOST_SUGGESTIONS).flatMap((safeguard): FormBlock[] => {
      const { id, title, condition, citation, dueInDays } = safeguard;
      const chosen = isChosen(values, id);
      const tick = ticksInput(
        conditionName(id),
        title,
        [{ value: CHOSEN, label: 'Make it a condition' }],
        chosen ? [CHOSEN] : [],
        {
          hint: `${condition} (${citation})`,
          optional: true,
          reactive: true,
        },
      );
      return chosen ? [tick, ...ownerAndDue(view, values, id, atMost(view, dayAfter(view.now, dueInDays)))] : [tick];
    }),
    ...(left > 0
      ? [
          {
            kind: 'note',
            text: `${count(left, 'more safeguard')} of lighter flags: write them as your own condition.`,
          } as const,
        ]
      : []),
    paragraphInput(OWN, 'A condition of your own', ownText(view, values), { optional: true }),
    ...ownerAndDue(view, values, OWN, dayAfter(view.now, OWN_DUE_IN_DAYS), true),
  ];
};

/** All input names that the conditions can use on their page. */
export const conditionNames = (view: DealView, values: FormValues): string[] => [
  ...openThen(view).flatMap(({ condition: { id } }) => {
    const name = `${TAKEN_OVER}${id}`;
    return [name, ownerName(name), dueName(name)];
  }),
  ...[...suggestedSafeguards(view, values).map((s) => s.id), OWN].flatMap((key) => [
    key === OWN ? OWN : conditionName(key),
    ownerName(key),
    dueName(key),
  ]),
];

/** The input of a condition that a decision refused; its id came from `readConditions` with the same prefix. */
export const conditionInput = (
  view: DealView,
  values: FormValues,
  { condition, part }: Extract<About, { condition: string }>,
  idPrefix: string,
): string | undefined => {
  const standing = openThen(view).find((c) => c.condition.id === condition);
  const keys = [...suggestedSafeguards(view, values).map(({ id }) => id), OWN];
  const key = standing ? `${TAKEN_OVER}${condition}` : keys.find((k) => condition === `${idPrefix}-${k}`);
  if (key === undefined) return undefined;
  if (part === 'text') return standing || key === OWN ? key : conditionName(key);
  return part === 'owner' ? ownerName(key) : dueName(key);
};

/** Reads the conditions. Owner and date fall back to the form's suggestions if it was sent before they appeared. */
export const readConditions = (form: Reader, view: DealView, values: FormValues, idPrefix: string): Condition[] => {
  const today = view.now.slice(0, 10);
  const rest = (key: string, due: Day, owner = view.deal.owner): { owner: string; due: string } => {
    const who = textOf(values, ownerName(key)) === undefined ? owner : form.who(ownerName(key), view.organisation);
    const typed = form.maybeDay(dueName(key), today);
    if (typed !== undefined && typed > latestDue(view.now)) form.fail(dueName(key), TOO_LATE);
    return { owner: who, due: typed ?? due };
  };
  // The condition keeps its id, and so the evidence that was handed in for it.
  const takenOver = openThen(view)
    .map(({ condition }) => ({ condition, name: `${TAKEN_OVER}${condition.id}` }))
    .filter(({ name }) => isTicked(values, name))
    .map(({ condition, name }): Condition => ({
      ...condition,
      ...rest(name, laterDue(view, condition), condition.owner),
    }));
  const conditions = suggestedSafeguards(view, values)
    .filter(({ id }) => isChosen(values, id))
    .map(({ id, condition, dueInDays }): Condition => ({
      id: `${idPrefix}-${id}`,
      text: condition,
      safeguard: id,
      ...rest(id, atMost(view, dayAfter(view.now, dueInDays))),
    }));
  const text = form.optional(OWN);
  if (text !== undefined && ownText(view, values) !== undefined)
    conditions.push({ id: `${idPrefix}-${OWN}`, text, ...rest(OWN, dayAfter(view.now, OWN_DUE_IN_DAYS)) });
  return [...takenOver, ...conditions];
};
