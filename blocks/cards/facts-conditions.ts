/** Facts of an approval's conditions: done, accepted, returned; the approval suspended and restored. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { overdueReassessment } from '../../flows/deal/approval/reassessments.ts';
import { isOverLook, suspendsAfter } from '../../flows/deal/approval/suspension.ts';
import type { Evidence } from '../../flows/deal/condition-shapes.ts';
import type { Condition } from '../../flows/deal/deal.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import { timesLifted } from '../../flows/deal/said/ended-against.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Block } from '../card.ts';
import { capital, count, dayWords, LONGEST_QUOTED, quotedSentence } from '../words.ts';
import {
  handOverConditionButton,
  liftSuspensionButton,
  meetConditionButton,
  reassessButton,
  settleConditionButton,
} from './actions.ts';
import {
  allAccepted,
  byDue,
  ofOtherWords,
  ownerAndDue,
  progressOfConditions,
  judgeSpans,
  standingItems,
  standingOfCondition,
} from './condition-state.ts';
import { suspensionBlocks } from './conditions.ts';
import { doneBy, people, sourceSpans } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

const MOST_LISTED = 15;

/** The deal moved on: its approval does not stand any more. */
const GONE: Told = {
  blocks: [{ kind: 'text', text: 'A condition of this deal changed. The deal has moved on since.' }],
};

const isSuspended = ({ deal }: DealView): boolean => approvalOf(deal)?.suspended !== undefined;

const quoted = ({ text }: Condition): Block => ({ kind: 'quote', text });

/** What whoever asked for the condition reads, too, once it is accepted. */
const doneBlocks = (evidence: Evidence | undefined): Block[] => {
  if (!evidence) return [];
  const cited = sourceSpans(evidence.sources, 5);
  return [
    { kind: 'text', text: [{ strong: 'What was done: ' }, quotedSentence(evidence.text, LONGEST_QUOTED)] },
    ...(cited.length === 0 ? [] : [{ kind: 'note', text: ['Sources: ', ...cited] } satisfies Block]),
  ];
};

export const conditionMetTold = (view: DealView, fact: FactNamed<'condition met'>, direct: boolean): Told => {
  const found = standingOfCondition(view, fact.condition);
  const evidence = found?.progress.evidence.at(-1);
  if (!found || !evidence) return GONE;
  const isAgain = (found.progress.again ?? '') > evidence.at;
  const of = ofOtherWords(evidence, view);
  return {
    blocks: [
      {
        kind: 'text',
        text: isAgain
          ? 'The deal is of what was approved again. Compliance accepted what was done for a condition while it was not, so that waits once more:'
          : [...doneBy(evidence, ','), ' says that a condition is done:'],
      },
      quoted(found.condition),
      ...doneBlocks(evidence),
      ...(of === undefined ? [] : [{ kind: 'text', text: of } satisfies Block]),
      {
        kind: 'text',
        text: direct
          ? 'Please accept it, or return it with a reason.'
          : [...judgeSpans(view, [found.condition]), ': please accept it, or return it with a reason.'],
      },
    ],
    actions: found.progress.status === 'met' ? [settleConditionButton(view.deal.id, found.condition)] : [],
  };
};

export const conditionAcceptedTold = (view: DealView, fact: FactNamed<'condition accepted'>): Told => {
  const found = standingOfCondition(view, fact.condition);
  if (!found?.progress.accepted) return GONE;
  const standing = conditionStanding(view);
  const suspended = isSuspended(view);
  const all = standing.every(({ progress }) => progress.status === 'accepted');
  return {
    ...(all && !suspended ? { title: allAccepted(standing), tone: 'good' as const } : {}),
    blocks: [
      { kind: 'text', text: [...doneBy(found.progress.accepted, ','), ' accepted what was done for a condition:'] },
      quoted(found.condition),
      ...doneBlocks(found.progress.evidence.at(-1)),
      ...(all && !suspended ? [] : [{ kind: 'text', text: progressOfConditions(standing) } satisfies Block]),
      ...(suspended ? suspensionBlocks(view, standing) : []),
    ],
    actions: suspended ? [liftSuspensionButton(view.deal.id)] : [],
  };
};

export const conditionHandedOverTold = (
  view: DealView,
  fact: FactNamed<'condition handed over'>,
  to: PersonId | undefined,
): Told => {
  const found = standingOfCondition(view, fact.condition);
  if (!found) return GONE;
  const mine = to === fact.to;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { person: fact.by },
          ...(mine ? [' handed a condition to you:'] : [' handed a condition to ', { person: fact.to }, ':']),
        ],
      },
      quoted(found.condition),
      { kind: 'text', text: [{ strong: 'Why: ' }, quotedSentence(fact.reason, LONGEST_QUOTED)] },
      {
        kind: 'note',
        text: `Its date stays: ${dayWords(found.condition.due)}.${to === undefined || mine ? '' : ' You need not do it any more.'}`,
      },
    ],
    actions:
      mine && found.progress.status === 'open'
        ? [meetConditionButton(view.deal.id, found.condition), handOverConditionButton(view.deal.id, found.condition)]
        : [],
  };
};

export const conditionReturnedTold = (view: DealView, fact: FactNamed<'condition returned'>, direct: boolean): Told => {
  const found = standingOfCondition(view, fact.condition);
  if (!found?.progress.returned) return GONE;
  const { reason } = found.progress.returned;
  const { owner, due } = found.condition;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          ...(direct ? [] : [{ person: owner }, ': ']),
          ...doneBy(found.progress.returned, ','),
          ' looked at a condition and needs more before it is done:',
        ],
      },
      quoted(found.condition),
      { kind: 'text', text: [{ strong: 'Why: ' }, quotedSentence(reason, LONGEST_QUOTED)] },
      { kind: 'note', text: `It is open again. Its date stays: ${dayWords(due)}.` },
    ],
    actions: found.progress.status === 'open' ? [meetConditionButton(view.deal.id, found.condition)] : [],
  };
};

export const suspendedTold = (view: DealView, direct: boolean): Told => {
  const { deal } = view;
  const overdue = byDue(conditionStanding(view).filter((s) => s.overdue));
  const over = approvalOf(deal)?.suspended;
  const isLook = over !== undefined && isOverLook(over);
  const days = suspendsAfter(view, over);
  const open = overdue.filter(({ progress }) => progress.status === 'open');
  const [only, another] = open;
  const what = isLook ? 'the reassessment' : 'a condition';
  const late = `${direct ? capital(what) : what} has been overdue`;
  return {
    title: 'Approval suspended',
    tone: 'stop',
    blocks: [
      {
        kind: 'text',
        text: [
          ...(direct ? [] : [...people([...new Set([deal.owner, ...open.map((o) => o.condition.owner)])]), ': ']),
          days === undefined
            ? `${late} for too long.`
            : `${late} for ${count(days, 'business day')}, so the policy holds the approval back.`,
        ],
      },
      ...(overdue.length === 0
        ? []
        : [{ kind: 'list', items: standingItems(overdue.slice(0, MOST_LISTED)) } satisfies Block]),
      ...(overdue.length > MOST_LISTED
        ? [
            {
              kind: 'note',
              text: `And ${overdue.length - MOST_LISTED} more, on the card of the conditions.`,
            } satisfies Block,
          ]
        : []),
      ...suspensionBlocks(view, overdue),
    ],
    actions: [
      ...(isLook && !deal.standing ? [reassessButton(deal.id)] : []),
      ...(only && !another ? [meetConditionButton(deal.id, only.condition)] : []),
      ...(isSuspended(view) ? [liftSuspensionButton(deal.id)] : []),
    ],
  };
};

/** Says when what stays open suspends the approval again, after a space. */
const againWords = ({ policy: { reminders } }: DealView, late: readonly ('conditions' | 'reassessments')[]): string => {
  const days = late.flatMap((of) => reminders[of].suspend ?? []);
  return days.length === 0
    ? ''
    : ` What is still open after ${count(Math.min(...days), 'business day')} suspends the approval again.`;
};

export const suspensionLiftedTold = (view: DealView, fact: FactNamed<'suspension lifted'>): Told => {
  const times = timesLifted(view.deal);
  const overdue = conditionStanding(view).filter((s) => s.overdue).length;
  const isLate = overdueReassessment(view) !== undefined;
  const late = [...(overdue === 0 ? [] : (['conditions'] as const)), ...(isLate ? (['reassessments'] as const) : [])];
  const still = [...(overdue === 0 ? [] : [count(overdue, 'condition')]), ...(isLate ? ['the reassessment'] : [])];
  return {
    title: 'Suspension lifted',
    blocks: [
      { kind: 'text', text: [{ person: fact.by }, ' lifted the suspension: the approval counts again.'] },
      { kind: 'quote', text: fact.reason },
      ...(times > 1
        ? [{ kind: 'text', text: `The same was suspended and lifted ${times} times.` } satisfies Block]
        : []),
      ...(still.length === 0
        ? []
        : [
            {
              kind: 'text',
              text: `Still overdue: ${still.join(' and ')}.${againWords(view, late)}`,
            } satisfies Block,
          ]),
    ],
  };
};

/** A condition with its owner and date, for a message about it alone. */
export const conditionBlocks = (condition: Condition): Block[] => [
  quoted(condition),
  { kind: 'note', text: ownerAndDue(condition) },
];
