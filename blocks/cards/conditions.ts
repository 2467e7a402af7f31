/** Live card of an approval's conditions: owner, due date and state of each, and the button that reports it as done. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { overdueReassessment } from '../../flows/deal/approval/reassessments.ts';
import { isTheirsAlone, liftLeftBy } from '../../flows/deal/refusing/conditions.ts';
import { conditionStanding, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Action, Block, Card, Span, Text, Tone } from '../card.ts';
import { count, dayWords, endsOf, LONGEST_SAID, sentence, shorten } from '../words.ts';
import { liftSuspensionButton, meetConditionButton, row, settleConditionButton } from './actions.ts';
import { byDue, progressOfConditions, judgeSpans, lifterSpans, stateDetail, stateWord } from './condition-state.ts';
import { endedBlocks } from './reassessment-words.ts';
import { doneBy, people } from './spans.ts';

/** Three blocks each: with the rest of the card this stays under Slack's 50 blocks and 8,000 characters. */
const MOST_IN_FULL = 8;
/** A line and a button each. */
const MOST_IN_BRIEF = 20;
const MOST_ACCEPTED = 10;

interface Numbered extends ConditionStanding {
  /** Position by due date, from 1: it stays the same when others are accepted. */
  number: number;
}

const button = (view: DealView, { condition, progress, number }: Numbered, alone: boolean): Action[] => {
  const named = (label: string): string => (alone ? label : `${label}: ${number}`);
  switch (progress.status) {
    case 'open':
      return [meetConditionButton(view.deal.id, condition, named('Done'))];
    case 'met':
      return [settleConditionButton(view.deal.id, condition, named('Accept or return'))];
    case 'accepted':
      return [];
    default: {
      const never: never = progress.status;
      return never;
    }
  }
};

const inFull = (view: DealView, one: Numbered): Block[] => {
  const { text, owner, due } = one.condition;
  const detail = stateDetail(one);
  return [
    {
      kind: 'text',
      text: [{ strong: `${one.number}. ${stateWord(one)}. ` }, sentence(endsOf(text, LONGEST_SAID))],
    },
    {
      kind: 'note',
      text: ['Owner: ', { person: owner }, `, due ${dayWords(due)}.${detail === '' ? '' : ` ${detail}`}`],
    },
    ...row(...button(view, one, true)),
  ];
};

const inBrief = ({ number, ...one }: Numbered): Text => [
  { strong: `${number}. ${stateWord(one)}. ` },
  `${sentence(shorten(one.condition.text, 60))} `,
  { person: one.condition.owner },
  `, due ${dayWords(one.condition.due)}.`,
];

const openBlocks = (view: DealView, open: readonly Numbered[]): Block[] => {
  const brief = open.slice(MOST_IN_FULL, MOST_IN_FULL + MOST_IN_BRIEF);
  const more = open.length - MOST_IN_FULL - brief.length;
  return [
    ...open.slice(0, MOST_IN_FULL).flatMap((one) => inFull(view, one)),
    ...(brief.length === 0
      ? []
      : [
          { kind: 'heading', text: `${brief.length} more` } satisfies Block,
          { kind: 'list', items: brief.map(inBrief) } satisfies Block,
          ...row(...brief.flatMap((one) => button(view, one, false))),
        ]),
    ...(more > 0
      ? [
          {
            kind: 'note',
            text: `And ${count(more, 'later condition')}: they move up here as others are accepted, and their owners are reminded.`,
          } satisfies Block,
        ]
      : []),
  ];
};

const acceptedBlocks = (accepted: readonly Numbered[]): Block[] => {
  const more = accepted.length - MOST_ACCEPTED;
  return accepted.length === 0
    ? []
    : [
        { kind: 'heading', text: `Accepted: ${accepted.length}` },
        {
          kind: 'list',
          items: accepted
            .slice(0, MOST_ACCEPTED)
            .map(({ number, condition, progress }): Text => [
              `${number}. ${sentence(shorten(condition.text, 80))}`,
              ...(progress.accepted ? [' ', ...doneBy(progress.accepted), `, ${dayWords(progress.accepted.at)}.`] : []),
            ]),
        },
        ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, in the record.` } satisfies Block] : []),
      ];
};

const whatHelps = (view: DealView, standing: readonly ConditionStanding[]): string => {
  const helps = [
    ...(standing.some(({ overdue }) => overdue) ? ['get what is overdue done and accepted'] : []),
    ...(overdueReassessment(view) || approvalOf(view.deal)?.suspended?.reassessments
      ? ['have the deal reassessed, which ends the suspension by itself']
      : []),
  ];
  return helps.length === 0
    ? 'Nothing is overdue any more, so it can be lifted now.'
    : `What helps: ${helps.join('; ')}.`;
};

/** ` @a gave the approval that a report is against, so it is not theirs to lift.` Empty where it is. */
const liftLeftSpans = (view: DealView): Span[] => {
  const left = liftLeftBy(view);
  return left.length === 0
    ? []
    : [' ', ...people(left), ' gave the approval that a report is against, so it is not theirs to lift now.'];
};

/** States that the approval is suspended and what helps. */
export const suspensionBlocks = (view: DealView, standing: readonly ConditionStanding[]): Block[] => [
  {
    kind: 'text',
    text: [
      { strong: 'The approval does not count for now. ' },
      'Only ',
      ...lifterSpans(view),
      ' can lift the suspension. ',
      whatHelps(view, standing),
      ...liftLeftSpans(view),
    ],
  },
];

const toneAndTitle = (suspended: boolean, standing: readonly ConditionStanding[]): { text: string; tone?: Tone } => {
  const overdue = standing.filter((s) => s.overdue);
  if (suspended) return { text: 'Conditions: approval suspended', tone: 'stop' };
  if (overdue.length > 0) return { text: `Conditions: ${overdue.length} overdue`, tone: 'attention' };
  const all = standing.every(({ progress }) => progress.status === 'accepted');
  return all ? { text: 'Conditions: all accepted', tone: 'good' } : { text: 'Conditions of the approval' };
};

/** Card of the approval in force; a deal that is no longer decided says so. */
export const conditionsCard = (view: DealView): Card => {
  const { deal } = view;
  const numbered = byDue(conditionStanding(view)).map((one, i): Numbered => ({ ...one, number: i + 1 }));
  const approval = approvalOf(deal);
  if (!approval || numbered.length === 0) {
    const text = approval
      ? 'There is nothing to keep.'
      : 'The approval does not stand any more, nor do its conditions.';
    return {
      blocks: [{ kind: 'title', text: 'Conditions' }, { kind: 'text', text }, ...endedBlocks(view)],
    };
  }
  const suspended = approval.suspended !== undefined;
  const open = numbered.filter(({ progress }) => progress.status !== 'accepted');
  return {
    blocks: [
      { kind: 'title', ...toneAndTitle(suspended, numbered) },
      { kind: 'text', text: progressOfConditions(numbered) },
      ...(suspended ? [...suspensionBlocks(view, numbered), ...row(liftSuspensionButton(deal.id))] : []),
      ...openBlocks(view, open),
      ...acceptedBlocks(numbered.filter(({ progress }) => progress.status === 'accepted')),
      ...endedBlocks(view),
      ...(open.length === 0
        ? []
        : [
            {
              kind: 'note',
              text: [
                open.every(({ condition }) => isTheirsAlone(view, condition))
                  ? 'The owner presses Done and says how. '
                  : 'The owner or the deal team presses Done and says how. ',
                ...judgeSpans(
                  view,
                  open.map(({ condition }) => condition),
                ),
                ' can accept it or return it.',
              ],
            } satisfies Block,
          ]),
    ],
  };
};
