/** Compliance places a hold, lifts it, or moves its review date. Guidance: A1 and A8. */

import { addDays } from '../../flows/calendar.ts';
import type { DealView } from '../../flows/deal/view.ts';
import {
  HOLD_CAUSES,
  HOLD_STOPS,
  type Hold,
  type HoldCause,
  type HoldStop,
  type LiftedHold,
  type PlannedHold,
} from '../../flows/hold.ts';
import type { Day, DealId } from '../../flows/ids.ts';
import type { Choice, Form, FormBlock, FormValues, Text } from '../card.ts';
import { inFullFirst } from '../cards/folded.ts';
import { CAUSE_LABELS, heldWords, holdWhy, STOP_CHOICES, stopWords } from '../cards/hold-words.ts';
import { dealTitle } from '../cards/spans.ts';
import { count, dayWords, quotedSentence, sentence, LONGEST_SAID } from '../words.ts';
import {
  choiceInput,
  dateInput,
  lineInput,
  makeForm,
  paragraphInput,
  textOf,
  ticksInput,
  ticksOf,
  following,
} from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** The deals that a hold would reach. `seen` is its target in comparable form. */
export interface HoldMatch {
  seen: string;
  /** Number of an end-user's deals; 1 for a single deal. */
  deals: number;
  /** Some of the deals. */
  shown: readonly DealView[];
}

const DAYS_UNTIL_REVIEW = 30;

const ON: readonly Choice[] = [
  { value: 'deal', label: 'One deal' },
  { value: 'end-user', label: 'An end-user', description: 'All of its deals, and new ones cannot be approved' },
];

const targetBlocks = (values: FormValues): FormBlock[] => {
  const on = textOf(values, 'on');
  return [
    choiceInput('on', 'What is it for?', ON, on, { reactive: true }),
    ...following([
      ...(on === 'deal'
        ? [lineInput('deal', 'Deal', textOf(values, 'deal'), { placeholder: 'D-…', hint: 'The number on its card.' })]
        : []),
      ...(on === 'end-user'
        ? [
            lineInput('endUser', 'End-user', textOf(values, 'endUser'), {
              hint: 'As deals name it. Capitals, spaces, punctuation and accents make no difference.',
            }),
          ]
        : []),
    ]),
  ];
};

const matchBlocks = ({ deals, shown }: HoldMatch, endUser: boolean): FormBlock[] => {
  const items = shown.map(({ deal }) => dealTitle(deal));
  const more = deals - items.length;
  const words = endUser
    ? deals === 0
      ? 'No deal names this end-user now. While the hold stands, new ones cannot be approved.'
      : `${count(deals, 'deal names', 'deals name')} this end-user:`
    : 'This is the deal:';
  return [
    { kind: 'text', text: [{ strong: words }] },
    ...(items.length === 0
      ? []
      : [{ kind: 'list', items: more > 0 ? [...items, `and ${count(more, 'more deal')}`] : items } as const]),
    ...(endUser
      ? [
          {
            kind: 'note',
            text: 'Of deals that name somebody who is called much like that, you are asked who it is.',
          } as const,
        ]
      : []),
    { kind: 'text', text: 'Please check that this is what you mean, then place the hold.' },
  ];
};

/** `deal`: set for a form about one deal. `match`: the deals it would reach, once shown; the next press places it. */
export const holdForm = (
  { deal, match, today }: { deal?: DealView | undefined; match?: HoldMatch | undefined; today: Day },
  values: FormValues = {},
): Form =>
  makeForm({
    name: 'desk.hold',
    title: 'Place a hold',
    submit: deal || match ? 'Place the hold' : 'Next',
    context: { ...(deal ? { deal: deal.deal.id } : {}), ...(match ? { seen: match.seen } : {}) },
    blocks: [
      ...(match ? matchBlocks(match, textOf(values, 'on') === 'end-user') : []),
      ...(deal ? [{ kind: 'text', text: dealTitle(deal.deal) } as const] : targetBlocks(values)),
      ticksInput('stop', 'What is stopped?', STOP_CHOICES, ticksOf(values, 'stop')),
      choiceInput(
        'because',
        'Because of what?',
        HOLD_CAUSES.map((value) => ({ value, ...CAUSE_LABELS[value] })),
        textOf(values, 'because'),
      ),
      paragraphInput('reason', 'Reason', textOf(values, 'reason'), {
        hint: 'For those who may read the deal. Say what is looked at, and never that somebody said it.',
      }),
      dateInput('from', 'From which day', textOf(values, 'from'), {
        hint: 'Today: at once. A later day: on its morning, with that day’s other messages. Until then compliance alone sees it.',
      }),
      dateInput('review', 'Look at it again by', textOf(values, 'review') ?? addDays(today, DAYS_UNTIL_REVIEW), {
        hint: 'Compliance is reminded. The hold stands until somebody lifts it.',
      }),
    ],
  });

export type ReadHold = {
  on: { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string };
  stop: HoldStop[];
  because: HoldCause;
  reason: string;
  review: Day;
  from: Day | undefined;
};

const isStop = (text: string): text is HoldStop => HOLD_STOPS.some((stop) => stop === text);

/** `deal`: set if the form was about one deal. */
export const readHoldForm = (values: FormValues, deal: DealId | undefined): Read<ReadHold> => {
  const form = reader(values);
  const on = deal === undefined ? form.one('on', ['deal', 'end-user'], 'Please choose what it is for.') : 'deal';
  const line = (name: string, missing: string): string => {
    const text = form.line(name);
    if (text === undefined) form.fail(name, missing);
    return text ?? '';
  };
  const target: ReadHold['on'] =
    on === 'end-user'
      ? { of: 'end-user', name: line('endUser', 'Please write the name of the end-user.') }
      : { of: 'deal', deal: deal ?? line('deal', 'Please write the number of the deal, such as D-7K3QXM.') };
  const stop = form.ticks('stop').filter(isStop);
  if (stop.length === 0) form.fail('stop', 'Please choose what to stop.');
  return form.done({
    on: target,
    stop,
    because: form.one('because', HOLD_CAUSES, 'Please choose why.'),
    reason: form.reason('reason', 'Please say why. It stays on the record.'),
    review: form.day('review', 'Please choose a day.'),
    // A form of an earlier version does not ask for it.
    from: form.maybeDay('from'),
  });
};

const GONE = 'This hold was lifted already.';

const MOST_EARLIER = 4;

/** Earlier holds on the same deal or end-user, and why each was lifted. */
const earlierBlocks = (earlier: readonly LiftedHold[]): FormBlock[] =>
  earlier.length === 0
    ? []
    : [
        { kind: 'text', text: [{ strong: 'Held before' }] },
        {
          kind: 'list',
          items: inFullFirst(
            earlier
              .toReversed()
              .map(({ hold, reason, by, at }): Text => [
                { person: hold.by },
                `, ${dayWords(hold.at)}: ${quotedSentence(hold.reason, LONGEST_SAID)} `,
                { person: by },
                ` lifted it on ${dayWords(at)}: ${quotedSentence(reason, LONGEST_SAID)}`,
              ]),
            MOST_EARLIER,
            'more',
          ),
        },
      ];

/** `hold`: standing, or planned. */
export const liftHoldForm = (
  hold: Hold | PlannedHold | undefined,
  values: FormValues = {},
  earlier: readonly LiftedHold[] = [],
): Form =>
  hold === undefined
    ? savedForm(GONE)
    : makeForm({
        name: 'desk.lift-hold',
        title: 'from' in hold ? 'Withdraw the hold' : 'Lift the hold',
        submit: 'from' in hold ? 'Withdraw it' : 'Lift it',
        context: { hold: hold.id },
        blocks: [
          { kind: 'text', text: `${sentence(`The hold on ${heldWords(hold)} says: ${stopWords(hold.stop)}`)}` },
          ...holdWhy(hold, false).filter((block) => block.kind !== 'title'),
          ...earlierBlocks(earlier),
          {
            kind: 'text',
            text:
              'from' in hold
                ? `It would begin on ${dayWords(hold.from)}. No deal was told of it, and none will be.`
                : 'When it is lifted, all of that can go on. Owners and threads are told.',
          },
          paragraphInput('reason', 'Why can it go on?', textOf(values, 'reason'), { hint: 'It stays on the record.' }),
        ],
      });

export const readLiftHoldForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why. It stays on the record.') });
};

export const holdReviewForm = (
  hold: Hold | undefined,
  values: FormValues = {},
  earlier: readonly LiftedHold[] = [],
): Form =>
  hold === undefined
    ? savedForm(GONE)
    : makeForm({
        name: 'desk.hold-review',
        title: 'Change review date',
        submit: 'Save',
        context: { hold: hold.id },
        blocks: [
          { kind: 'text', text: sentence(`The hold on ${heldWords(hold)} says: ${stopWords(hold.stop)}`) },
          ...holdWhy(hold, false).filter((block) => block.kind !== 'title'),
          ...earlierBlocks(earlier),
          dateInput('review', 'Look at it again by', textOf(values, 'review') ?? hold.review),
        ],
      });

export const readHoldReviewForm = (values: FormValues): Read<{ review: Day }> => {
  const form = reader(values);
  return form.done({ review: form.day('review', 'Please choose a day.') });
};
