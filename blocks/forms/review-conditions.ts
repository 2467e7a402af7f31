/** The conditions of an approval: suggested by the flags' safeguards, and one of the approver's own. */
import type { Condition } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Safeguard, SafeguardId } from '../../flows/policy/policy.ts';
import type { FormBlock, FormValues } from '../card.ts';
import { heaviestFirst } from '../cards/spans.ts';
import { count } from '../words.ts';
import { dateInput, dayAfter, paragraphInput, personInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import type { Reader } from './reading.ts';
import { opinionIn } from './review-draft.ts';

/** Three inputs each: with the rest of the page this stays under Slack's 100 blocks. */
const MOST_SUGGESTIONS = 25;
const OWN = 'cx';
const OWN_DUE_IN_DAYS = 30;
const CHOSEN = 'yes';

/** The safeguards that would answer the flags which this approver does not clear, heaviest flag first. */
const suggestedSafeguards = (view: DealView, values: FormValues): Safeguard[] => {
  const ids = new Set<SafeguardId>(
    heaviestFirst(view.assessment.flags)
      .filter((flag) => opinionIn(values, flag.id) !== 'clear')
      .flatMap((flag) => flag.safeguards),
  );
  return [...ids].flatMap((id) => view.policy.safeguards[id] ?? []);
};

const isChosen = (values: FormValues, id: SafeguardId): boolean => ticksOf(values, `c:${id}`).includes(CHOSEN);

const ownerAndDue = (
  view: DealView,
  values: FormValues,
  key: string,
  dueInDays: number,
  optional?: true,
): FormBlock[] => [
  personInput(`co:${key}`, 'Owner', textOf(values, `co:${key}`) ?? view.deal.owner, { optional }),
  dateInput(`cd:${key}`, 'Due', textOf(values, `cd:${key}`) ?? dayAfter(view.now, dueInDays), { optional }),
];

export const conditionBlocks = (view: DealView, values: FormValues): FormBlock[] => {
  const suggested = suggestedSafeguards(view, values);
  const left = suggested.length - MOST_SUGGESTIONS;
  return [
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
        `c:${id}`,
        title,
        [{ value: CHOSEN, label: 'Make it a condition' }],
        chosen ? [CHOSEN] : [],
        {
          hint: `${condition} (${citation})`,
          optional: true,
          reactive: true,
        },
      );
      return chosen ? [tick, ...ownerAndDue(view, values, id, dueInDays)] : [tick];
    }),
    ...(left > 0
      ? [
          {
            kind: 'note',
            text: `${count(left, 'more safeguard')} of lighter flags: write them as your own condition.`,
          } as const,
        ]
      : []),
    paragraphInput(OWN, 'A condition of your own', textOf(values, OWN), { optional: true }),
    ...ownerAndDue(view, values, OWN, OWN_DUE_IN_DAYS, true),
  ];
};

/** All names that the conditions can use on their page. */
export const conditionNames = (view: DealView, values: FormValues): string[] =>
  [...suggestedSafeguards(view, values).map((s) => s.id), OWN].flatMap((key) => [
    key === OWN ? OWN : `c:${key}`,
    `co:${key}`,
    `cd:${key}`,
  ]);

/** Owner and date fall back to what the form suggested, should it have been sent before they appeared. */
export const readConditions = (form: Reader, view: DealView, values: FormValues, idPrefix: string): Condition[] => {
  const today = view.now.slice(0, 10);
  const rest = (key: string, dueInDays: number): { owner: string; due: string } => ({
    owner: textOf(values, `co:${key}`) === undefined ? view.deal.owner : form.who(`co:${key}`, view.organisation),
    due: form.maybeDay(`cd:${key}`, today) ?? dayAfter(view.now, dueInDays),
  });
  const conditions = suggestedSafeguards(view, values)
    .filter(({ id }) => isChosen(values, id))
    .map(({ id, condition, dueInDays }): Condition => ({
      id: `${idPrefix}-${id}`,
      text: condition,
      safeguard: id,
      ...rest(id, dueInDays),
    }));
  const text = form.optional(OWN);
  if (text !== undefined) conditions.push({ id: `${idPrefix}-${OWN}`, text, ...rest(OWN, OWN_DUE_IN_DAYS) });
  return conditions;
};
