/** Asking to erase records, agreeing to it, and stopping it. */

import { endedAs } from '../../flows/deal/context/erasing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Ended } from '../../flows/policy/policy.ts';
import type { ErasureRequest } from '../../flows/registers/erasure-shapes.ts';
import { MOST_DEALS } from '../../flows/registers/erasures.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { FOR_GOOD, numbersWords } from '../cards/erasures.ts';
import { count, dayWords, dealWords, shorten } from '../words.ts';
import { makeForm, paragraphInput, textOf, ticksInput, ticksOf, MAX_TEXT } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const GONE = 'This request was stopped, or its deals were erased already.';

/** `past`: numbers of deals that the policy keeps no longer, which fill the form in. */
export const askErasureForm = (
  { deal, past = [] }: { deal?: DealView | undefined; past?: readonly string[] },
  values: FormValues = {},
): Form =>
  makeForm({
    name: 'desk.erase',
    title: 'Erase records',
    submit: 'Ask to erase',
    context: {},
    blocks: [
      {
        kind: 'text',
        text: `A second person of compliance decides, and it is done a day later. ${FOR_GOOD}`,
      },
      ...(deal ? [{ kind: 'text', text: dealWords(deal.deal) } satisfies FormBlock] : []),
      paragraphInput('deals', 'Which deals?', textOf(values, 'deals') ?? deal?.deal.id ?? past.join(' '), {
        most: MAX_TEXT,
        placeholder: 'D-… D-…',
        hint:
          past.length > 0 && !deal
            ? 'These are kept no longer by the policy. Take out what is still needed.'
            : `Their numbers, at most ${MOST_DEALS}.`,
      }),
      paragraphInput('why', 'Why?', textOf(values, 'why'), {
        hint: 'It is what stays on the record: write nothing of what is to be forgotten.',
      }),
    ],
  });

export interface AskErasureRead {
  /** Words as typed, each of which should name a deal. */
  deals: string[];
  why: string;
}

export const readAskErasureForm = (values: FormValues): Read<AskErasureRead> => {
  const form = reader(values);
  const typed = form.required('deals', 'Please name at least one deal.', { max: MAX_TEXT });
  const deals = [
    ...new Set(
      typed
        .toUpperCase()
        .split(/[\s,;]+/u)
        .filter((word) => word !== ''),
    ),
  ];
  return form.done({ deals, why: form.reason('why', 'Please say why. It is what stays on the record.') });
};

const ENDED: Readonly<Record<Ended, string>> = {
  approved: 'Its approval ended',
  declined: 'Declined',
  stopped: 'Stopped',
  withdrawn: 'Withdrawn',
  outOfScope: 'Out of scope',
};

/** How it ended, and how much was said against it: what is about to be forgotten. */
const saidWords = ({ deal, assessment: { flags } }: DealView): string => {
  const end = endedAs(deal);
  const against = flags.length + deal.ownFlags.filter(({ status }) => status === 'dismissed').length;
  const asked = deal.requests.length;
  return [
    end ? `${ENDED[end.as]} on ${dayWords(end.at)}` : 'Not ended',
    against === 0 ? 'no red flags' : count(against, 'red flag'),
    ...(asked === 0 ? [] : [count(asked, 'question of an approver', 'questions of approvers')]),
  ].join(', ');
};

/** `views`: those that the person may read. */
const dealItems = ({ deals }: ErasureRequest, views: readonly DealView[]): Text[] => {
  const known = new Map(views.map((view) => [view.deal.id, view]));
  return deals.map((id) => {
    const view = known.get(id);
    return view ? [shorten(dealWords(view.deal), 300), ` ${saidWords(view)}`] : `${id} (you can't open it)`;
  });
};

const SURE = 'sure';

export const agreeErasureForm = (
  request: ErasureRequest | undefined,
  views: readonly DealView[],
  values: FormValues = {},
): Form =>
  request === undefined
    ? savedForm(GONE)
    : makeForm({
        name: 'desk.agree-erase',
        title: 'Erase records',
        submit: 'Erase',
        context: { erasure: request.id },
        blocks: [
          { kind: 'list', items: dealItems(request, views) },
          { kind: 'text', text: 'The reason:' },
          { kind: 'quote', text: shorten(request.why, 1000) },
          { kind: 'note', text: `They are erased a day from now, and can be stopped until then. ${FOR_GOOD}` },
          ticksInput(
            SURE,
            'Is nothing of it needed any more?',
            [{ value: SURE, label: 'I looked, and it can be forgotten' }],
            ticksOf(values, SURE),
          ),
        ],
      });

export const readAgreeErasureForm = (values: FormValues): Read<object> => {
  const form = reader(values);
  if (!form.ticks(SURE).includes(SURE)) form.fail(SURE, 'Please tick it, or close this form.');
  return form.done({});
};

export const stopErasureForm = (request: ErasureRequest | undefined, values: FormValues = {}): Form =>
  request === undefined
    ? savedForm(GONE)
    : makeForm({
        name: 'desk.stop-erase',
        title: 'Keep the records',
        submit: 'Keep them',
        context: { erasure: request.id },
        blocks: [
          {
            kind: 'text',
            text: `Nothing is erased of ${numbersWords(request.deals)}. The person who asked is told why.`,
          },
          paragraphInput('reason', 'Why?', textOf(values, 'reason'), { hint: 'It stays on the record.' }),
        ],
      });

export const readStopErasureForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why. It stays on the record.') });
};
