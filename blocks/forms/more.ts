/** The less frequent actions on a deal, each with its reason. */

import { changesToTakeBack } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Choice, Form, FormBlock, FormValues } from '../card.ts';
import { dayWords, shorten } from '../words.ts';
import { choiceInput, makeForm, paragraphInput, personInput, textOf, following } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { endsBlocks, hasToRead } from './reopen.ts';
import { takenBackBlocks } from './reported.ts';
import { savedForm } from './saved.ts';

/** Only the latest are offered: no chat's picker has room for all possible ones. */
const MOST_CHANGES = 50;

export const MORE_CHOICES = [
  'details',
  'renewals',
  'licence',
  'take-change-back',
  'reassign',
  'take-vote-back',
  'take-gaps-back',
  'recuse',
  'withdraw',
  'reopen',
  'hold',
  'lift-hold',
] as const;
export type MoreChoice = (typeof MORE_CHOICES)[number];

const LABELS: Record<MoreChoice, Omit<Choice, 'value'>> = {
  details: { label: 'Correct the details', description: 'Customer, product, end-user and the like' },
  renewals: { label: 'Set the renewal dates', description: 'The deal is reassessed before each' },
  licence: { label: 'Say where the export licence stands', description: 'It is another question than this approval' },
  'take-change-back': { label: 'Take back that something changed', description: 'It was reported by mistake' },
  reassign: { label: 'Give it to another owner', description: 'They get a message' },
  'take-vote-back': { label: 'Take my vote back', description: 'Until its step is complete' },
  'take-gaps-back': { label: 'Take an accepted gap back', description: 'It counts as not known again' },
  recuse: { label: 'Recuse myself', description: 'Others decide on this deal' },
  withdraw: { label: 'Withdraw the deal', description: 'It ends; the record stays' },
  reopen: { label: 'Reopen the deal', description: 'Questions and votes go on' },
  hold: { label: 'Place a hold', description: 'Stop upgrades, support and the like' },
  'lift-hold': { label: 'Lift the hold', description: 'What was stopped can go on' },
};

/** Choices that lead to a form of their own. */
const NEXT = ['details', 'renewals', 'licence', 'take-gaps-back', 'recuse', 'hold', 'lift-hold'] as const;

const isMore = (text: string): text is MoreChoice => MORE_CHOICES.some((choice) => choice === text);

const changeBlocks = (view: DealView, person: PersonId, values: FormValues): FormBlock[] => {
  const all = changesToTakeBack(view, person);
  const changes = all.slice(-MOST_CHANGES);
  if (changes.length === 0) return [{ kind: 'note', text: 'Nothing that you reported asks for a reassessment.' }];
  const options = changes.map(({ id, why, due }) => ({
    value: id,
    label: shorten(why, 70),
    description: `Reassess by ${dayWords(due)}`,
  }));
  return [
    ...takenBackBlocks(view, all),
    choiceInput('change', 'Which one?', options, textOf(values, 'change') ?? options.at(-1)?.value),
    ...(all.length > changes.length
      ? [
          {
            kind: 'note',
            text: `${all.length - changes.length} older ones come here once newer ones are taken back.`,
          } as const,
        ]
      : []),
    { kind: 'note', text: 'Nothing asks for its reassessment then. It stays on the record.' },
    paragraphInput('reason', 'Why was it a mistake?', textOf(values, 'reason')),
  ];
};

const fieldsOf = (
  view: DealView,
  person: PersonId,
  choice: MoreChoice | undefined,
  values: FormValues,
): FormBlock[] => {
  const reason = textOf(values, 'reason');
  switch (choice) {
    case undefined:
      return [];
    case 'details':
      return [{ kind: 'note', text: 'The next page shows the details.' }];
    case 'renewals':
      return [{ kind: 'note', text: 'The next page asks for the dates.' }];
    case 'licence':
    case 'take-gaps-back':
    case 'recuse':
    case 'hold':
    case 'lift-hold':
      return [{ kind: 'note', text: 'The next page asks for the rest.' }];
    case 'reassign':
      return [personInput('person', 'New owner', textOf(values, 'person')), paragraphInput('reason', 'Reason', reason)];
    case 'take-vote-back':
      return [paragraphInput('reason', 'Reason', reason, { optional: true })];
    case 'take-change-back':
      return changeBlocks(view, person, values);
    case 'reopen':
      return hasToRead(view)
        ? [...endsBlocks(view), { kind: 'note', text: 'The next page shows what that takes back.' }]
        : [paragraphInput('reason', 'Reason', reason)];
    case 'withdraw':
      return [paragraphInput('reason', 'Reason', reason)];
    default: {
      const never: never = choice;
      return never;
    }
  }
};

/** `allowed`: the MORE_CHOICES that the person may use; others in it are left out. */
export const moreForm = (
  view: DealView,
  person: PersonId,
  allowed: readonly string[],
  values: FormValues = {},
): Form => {
  const offered = MORE_CHOICES.filter((choice) => allowed.includes(choice));
  if (offered.length === 0) return savedForm('There is nothing else that you can do with this deal.');
  const typed = textOf(values, 'choice');
  const chosen = offered.find((choice) => choice === typed);
  return makeForm({
    name: 'deal.more',
    title: 'More',
    submit: NEXT.some((choice) => choice === chosen) || (chosen === 'reopen' && hasToRead(view)) ? 'Next' : 'Go',
    context: { deal: view.deal.id },
    blocks: [
      choiceInput(
        'choice',
        'What would you like to do?',
        offered.map((value) => ({ value, ...LABELS[value] })),
        chosen,
        { reactive: true },
      ),
      ...following(fieldsOf(view, person, chosen, values)),
    ],
  });
};

export type More =
  | { choice: (typeof NEXT)[number] }
  | { choice: 'reassign'; person: PersonId; reason: string }
  | { choice: 'take-change-back'; change: string; reason: string }
  | { choice: 'take-vote-back'; reason?: string | undefined }
  | { choice: 'withdraw'; reason: string }
  /** Without a reason where its own form asks for one. */
  | { choice: 'reopen'; reason?: string | undefined };

const MISSING_REASON = 'Please give a reason. It stays on the record.';

export const readMoreForm = (
  values: FormValues,
  allowed: readonly string[],
  organisation: Organisation,
): Read<More> => {
  const form = reader(values);
  const typed = textOf(values, 'choice') ?? '';
  if (!isMore(typed) || !allowed.includes(typed)) {
    form.fail('choice', 'Please choose one of these.');
    return form.done({ choice: 'details' });
  }
  switch (typed) {
    case 'details':
    case 'renewals':
    case 'licence':
    case 'take-gaps-back':
    case 'recuse':
    case 'hold':
    case 'lift-hold':
      return form.done({ choice: typed });
    case 'reassign':
      return form.done({
        choice: typed,
        person: form.who('person', organisation, 'Please choose the new owner.'),
        reason: form.reason('reason', MISSING_REASON),
      });
    case 'take-change-back':
      return form.done({
        choice: typed,
        change: form.required('change', 'Please choose one of these.'),
        reason: form.reason('reason', MISSING_REASON),
      });
    case 'take-vote-back':
    case 'reopen':
      return form.done({ choice: typed, reason: form.maybeReason('reason') });
    case 'withdraw':
      return form.done({ choice: typed, reason: form.reason('reason', MISSING_REASON) });
    default: {
      const never: never = typed;
      return never;
    }
  }
};
