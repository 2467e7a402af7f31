/** Facts of renewals and reassessments of an approved deal. Guidance: A2 to A5. */

import { approvalOf, isSuspended } from '../../flows/deal/approval/in-force.ts';
import { askedReassessments, latestLook } from '../../flows/deal/approval/reassessments.ts';
import type { Owed } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId, ReminderStage } from '../../flows/ids.ts';
import type { Action, Block } from '../card.ts';
import { dayWords, LONGEST_SAID, quoted } from '../words.ts';
import { reassessButton, renewalsButton, takeVoteBackButton } from './actions.ts';
import { statusLine } from './next-line.ts';
import { askedBlocks, datesWords, reassessmentNamed, reassessmentText, renewalsText } from './reassessment-words.ts';
import type { FactNamed, Told } from './told.ts';

const HOW = 'Each section shows what was said then. You confirm it or change it, and the approvers see the difference.';

/** Buttons to start a reassessment or go on with it; none if there is no approval any more. */
const startButtons = ({ deal }: DealView): Action[] =>
  approvalOf(deal) && !deal.standing ? [reassessButton(deal.id)] : [];

const VOTED_BEFORE = 'You voted before this was reported. While the step is open you can take your vote back.';

const howOn = (view: DealView): Block => ({
  kind: 'text',
  text: view.deal.standing ? statusLine(view) : HOW,
});

export const renewalsSetTold = (view: DealView, fact: FactNamed<'renewals set'>): Told => {
  const { renewals } = view.deal;
  const latest = latestLook(view);
  const reason = renewals?.dates.length === 0 ? undefined : renewals?.reason;
  return {
    blocks: [
      { kind: 'text', text: [{ person: fact.by }, ' set when this deal is renewed.'] },
      { kind: 'text', text: renewalsText(view) },
      ...(fact.before ? [{ kind: 'text', text: `Before: ${datesWords(fact.before)}.` } satisfies Block] : []),
      ...(latest !== undefined && !renewals?.dates.some(({ on }) => on <= latest)
        ? [
            {
              kind: 'note',
              text: 'No renewal comes before that day. Compliance is told, and the deal is looked at again all the same.',
            } satisfies Block,
          ]
        : []),
      ...(reason === undefined ? [] : [{ kind: 'quote', text: reason } satisfies Block]),
    ],
  };
};

/** `to`: who is told in private. */
export const reassessmentAskedTold = (
  view: DealView,
  fact: FactNamed<'reassessment asked'>,
  to: PersonId | undefined,
): Told => {
  const task = reassessmentNamed(view, fact.task);
  const { deal } = view;
  const vote = deal.status === 'deciding' ? deal.votes.find(({ by }) => by === to) : undefined;
  return {
    title: 'Something changed',
    blocks: [
      ...(task ? [{ kind: 'text', text: reassessmentText(view, task) } satisfies Block] : []),
      {
        kind: 'text',
        text: isSuspended(view.deal) ? 'The approval is suspended meanwhile.' : 'The approval stands meanwhile.',
      },
      ...(vote ? [{ kind: 'text', text: VOTED_BEFORE } satisfies Block] : []),
      howOn(view),
    ],
    actions:
      vote && deal.status === 'deciding' && vote.step === deal.step
        ? [takeVoteBackButton(deal.id, vote.step)]
        : startButtons(view),
  };
};

export const changeTakenBackTold = (view: DealView, { task, reason, by }: FactNamed<'change taken back'>): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: by }, ' took back that something changed: it was a mistake.'] },
    { kind: 'text', text: ['What was reported: ', { quiet: quoted(task.why, LONGEST_SAID) }] },
    { kind: 'quote', text: reason },
    ...(askedReassessments(view).length > 0
      ? askedBlocks(view)
      : [{ kind: 'text', text: 'Nothing asks for a reassessment now. The approval stands.' } satisfies Block]),
  ],
});

export const reassessmentStartedTold = (view: DealView, fact: FactNamed<'reassessment started'>): Told => {
  const at = view.deal.standing?.decision.at;
  return {
    title: 'Reassessment',
    blocks: [
      { kind: 'text', text: [{ person: fact.by }, ' started the reassessment of this deal.'] },
      ...askedBlocks(view),
      {
        kind: 'text',
        text: `${HOW} Until it is decided again, ${isSuspended(view.deal) ? 'the approval stays suspended, and its conditions stand' : `the approval${at === undefined ? '' : ` of ${dayWords(at)}`} and its conditions stand`}.`,
      },
    ],
  };
};

/** Reminds the owner of a reassessment, or says in the thread that its date has passed. */
export const reassessmentTold = (
  view: DealView,
  owed: Extract<Owed, { kind: 'reassessment' }>,
  of: ReminderStage,
): Told => {
  const task = reassessmentNamed(view, owed.task);
  if (!task) {
    return {
      title: 'Reminder',
      blocks: [{ kind: 'text', text: 'This deal was to be reassessed. It has moved on since.' }],
    };
  }
  return {
    title: of === 'before' ? `Reassess by ${dayWords(task.due)}` : 'Reassessment overdue',
    tone: of === 'before' ? undefined : 'attention',
    blocks: [{ kind: 'text', text: reassessmentText(view, task) }, howOn(view)],
    actions: startButtons(view),
  };
};

/** The button shown with a decision: the renewal dates of the approval, which set its next reassessment. */
export const renewalsButtons = ({ deal }: DealView): Action[] => (approvalOf(deal) ? [renewalsButton(deal.id)] : []);
