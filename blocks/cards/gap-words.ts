/** What is not known and was accepted by compliance: who did, and why. */

import { hasRunOut } from '../../flows/calendar.ts';
import {
  acceptableGaps,
  acceptedGaps,
  endedFor,
  exceptionToConfirm,
  writtenOnSheets,
} from '../../flows/deal/context/gaps.ts';
import type { Gap } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { AcceptedOf, AcceptedOver, TakenFrom } from '../../flows/gap-acceptance.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance, SYSTEM } from '../../flows/organisation.ts';
import type { EndUserKind, QuestionId, Tier, WhyOpen } from '../../flows/policy/policy.ts';
import type { Action, Block, Text } from '../card.ts';
import {
  count,
  countryWords,
  dayWords,
  endsOf,
  endUserKindWords,
  LONGEST_SAID,
  quoted,
  sentence,
  shorten,
  tierWord,
} from '../words.ts';
import { acceptGapsButton } from './actions.ts';

export const WHY_OPEN: Record<WhyOpen, string> = {
  unanswered: 'Not answered yet',
  unknown: 'Don’t know',
  'not applicable': 'Said not to apply',
  'not done': 'Answered “no”',
  'no basis': 'The answer stands on nothing',
  'one publisher': 'One source only',
};

export const exceptionWords = ({ text, tier }: { text: string; tier: Tier }): string =>
  `${sentence(text)} Then it is ${tierWord(tier).toLowerCase()}.`;

/** `Norway`, `Sample Camera` */
export const acceptedOfWords = (on: AcceptedOf): string => (on.of === 'country' ? countryWords(on.country) : on.name);

/** What the deals are at most that take it: `at most an end-user “government agency” and a product that …` */
export const noGraverWords = ({ kind, can }: AcceptedOver): string =>
  `at most an end-user “${endUserKindWords(kind as EndUserKind)}” and a product that ${shorten(can, 100)}`;

/** `, for all deals to Norway until …`, with what they are at most where it is so; empty where it is of one deal. */
export const takenWords = (from: TakenFrom | undefined): string => {
  if (from === undefined) return '';
  const { on, over, until } = from;
  const there = `${on.of === 'country' ? 'to' : 'with'} ${acceptedOfWords(on)}`;
  return over
    ? `, for deals ${there} until ${dayWords(until)} that have ${noGraverWords(over)}`
    : `, for all deals ${there} until ${dayWords(until)}`;
};

export const questionText = ({ policy }: DealView, id: QuestionId): string => policy.question(id)?.text ?? id;

/** The policy's words for one of its exceptions, or its id. */
export const exceptionText = ({ policy }: DealView, id: string): string =>
  policy.picture?.exceptions.find((one) => one.id === id)?.text ?? id;

/** The words of what was accepted or confirmed: a question, or an exception. */
const settledText = (view: DealView, id: string): string =>
  view.policy.question(id)?.text ?? `The exception: ${exceptionText(view, id)}`;

const confirmedItems = ({ deal, assessment }: DealView): Text[] => {
  const exception = assessment.placed?.exception;
  const settled = exception && deal.exceptions?.[exception.id];
  return exception && settled
    ? [
        [
          { strong: `Exception confirmed: ${shorten(exception.text, 150)}.` },
          ` ${sentence(endsOf(settled.reason, LONGEST_SAID))} — `,
          { person: settled.by },
          `, ${dayWords(settled.at)}`,
        ],
      ]
    : [];
};

const SHEET_SINCE = '. The product sheet or the country brief says more since, which they had not read';

/** A line for each: what is not known, why that was accepted, by whom. */
export const gapItems = (view: DealView): Text[] => {
  const isSaidSince = writtenOnSheets(view);
  const gaps = acceptedGaps(view).map(({ question, reason, by, at, from, until }): Text => [
    { strong: shorten(question.text, 150) },
    ` ${sentence(endsOf(reason, LONGEST_SAID))} — `,
    { person: by },
    // A review that was begun in time may be read long after it.
    from
      ? `${takenWords(from)}${hasRunOut(from, view) ? ' (that day has passed)' : ''}`
      : `, ${dayWords(at)}${until === undefined ? '' : `, until ${dayWords(until)}${hasRunOut({ until, by }, view) ? ' (that day has passed)' : ''}`}`,
    ...(isSaidSince(question.id, at) ? [SHEET_SINCE] : []),
  ]);
  return [...gaps, ...confirmedItems(view)];
};

/** What was accepted in the approval that is reassessed: a line for each reason. It is to be accepted anew. */
export const standingGapItems = ({ deal, policy }: DealView): Text[] => {
  const reasons = new Map<string, { asked: string[]; gap: Gap }>();
  for (const [id, gap] of Object.entries(deal.standing?.basis.gaps ?? {})) {
    const key = `${gap.by} ${gap.reason}`;
    const known = reasons.get(key) ?? { asked: [], gap };
    known.asked.push(policy.question(id)?.text ?? id);
    reasons.set(key, known);
  }
  return [...reasons.values()].map(({ asked: [first = '', ...others], gap: { by, at, reason } }): Text => [
    { strong: shorten(first, 150) },
    ...(others.length === 0 ? [] : [` and ${count(others.length, 'more question')}`]),
    ` ${sentence(endsOf(reason, LONGEST_SAID))} — `,
    { person: by },
    `, ${dayWords(at)}`,
  ]);
};

/** What was accepted for all deals with its country or product and ended early: why it did is news for this one, too. */
const endedItems = (view: DealView): Text[] =>
  endedFor(view).map(({ on, by, at, reason }): Text => [
    { strong: `Ended for all deals ${on.of === 'country' ? 'to' : 'with'} ${acceptedOfWords(on)}: ` },
    `${sentence(endsOf(reason, LONGEST_SAID))} — `,
    { person: by },
    `, ${dayWords(at)}`,
  ]);

/** Tells whether this person took it back; else it ended by itself with what they said. Older ones do not say: whoever is of compliance did. */
export const tookBack = (
  { organisation }: Pick<DealView, 'organisation'>,
  { by, byItself }: { by: PersonId; byItself?: true | undefined },
): boolean => byItself === undefined && (by === SYSTEM || isOfCompliance(organisation, by));

/** A line for each that compliance accepted and took back. */
export const takenBackItems = (view: DealView): Text[] => [
  ...endedItems(view),
  ...Object.entries(view.deal.gapsTakenBack ?? {}).map(([id, { by, at, reason, accepted, byItself }]): Text => [
    { strong: shorten(settledText(view, id), 150) },
    ` ${sentence(endsOf(reason, LONGEST_SAID))} ${tookBack(view, { by, byItself }) ? '—' : 'By what was said by'} `,
    { person: by },
    `, ${dayWords(at)}`,
    ...(accepted ? ['. Accepted by ', { person: accepted.by }, `: ${quoted(accepted.reason, LONGEST_SAID)}`] : []),
  ]),
];

/** `most`: lines shown. */
export const gapBlocks = (view: DealView, most: number): Exclude<Block, { kind: 'title' }>[] => {
  const items = gapItems(view);
  if (items.length === 0) return [];
  const more = items.length - most;
  return [
    { kind: 'heading', text: 'Not known, and accepted by compliance' },
    { kind: 'list', items: items.slice(0, most) },
    ...(more > 0 ? ([{ kind: 'note', text: `And ${more} more: press Why?` }] as const) : []),
  ];
};

/** The button of compliance, where there is something to accept or to confirm. */
export const gapsButton = (view: DealView): Action | false => {
  if (acceptableGaps(view).length > 0) return acceptGapsButton(view.deal.id, 'Accept gaps');
  return exceptionToConfirm(view) !== undefined && acceptGapsButton(view.deal.id, 'Confirm the exception');
};

/** What compliance could do about the tier; empty where it can do nothing. */
export const offeredBlocks = (view: DealView): Block[] => {
  const exception = exceptionToConfirm(view);
  const gaps = acceptableGaps(view).length;
  return [
    ...(exception
      ? [{ kind: 'text', text: `Compliance can confirm: ${exceptionWords(exception)}` } satisfies Block]
      : []),
    ...(gaps > 0
      ? [
          {
            kind: 'note',
            text: `${count(gaps, 'thing')} not known. Compliance can accept that: then it counts as a concern.`,
          } satisfies Block,
        ]
      : []),
  ];
};
