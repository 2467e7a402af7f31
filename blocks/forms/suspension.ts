/** Compliance restores a suspended approval. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { overdueReassessment } from '../../flows/deal/approval/reassessments.ts';
import { suspendsAfter, suspensionShown } from '../../flows/deal/approval/suspension.ts';
import { latestFirst } from '../../flows/deal/context/worries.ts';
import { liftShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { byDue, evidenceItem, standingItems } from '../cards/condition-state.ts';
import { aboutAllBlocks } from '../cards/confirm.ts';
import { waitingBlocks } from '../cards/flag-waits.ts';
import { inFullFirst } from '../cards/folded.ts';
import { IN_A_FORM, lighterSaidBlocks } from '../cards/said-words.ts';
import { count } from '../words.ts';
import { allBeside, withBeside } from './all-beside.ts';
import { type Looking, newerThan, type Shown, writtenNow } from './confirm-looking.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const MOST_LISTED = 10;
const NEWER =
  'Nothing is saved yet: the approval was suspended again while you were reading. Please look at what is overdue first.';

/** What the form showed before: the suspension, and what speaks against the deal (`liftShown`). */
interface ShownHere extends Shown {
  suspension?: string | undefined;
}

/** What was handed in for conditions, the latest of each author first: whoever lifts it may not be who returned it. */
const evidenceBlocks = (view: DealView): FormBlock[] => {
  const all = inTurn(
    conditionStanding(view)
      .flatMap(({ progress: { evidence } }) => evidence)
      .toSorted(latestFirst),
  );
  return all.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Handed in for conditions' },
        {
          kind: 'list',
          items: inFullFirst(
            all.map((one) => evidenceItem(one, view)),
            MOST_LISTED,
            'more',
            ': the dossier has all',
          ),
        },
      ];
};

/** `shown`: what the form showed before; empty: it is shown for the first time. */
export const liftSuspensionForm = (
  view: DealView,
  values: FormValues = {},
  shown: ShownHere = {},
  looking: Looking = {},
): Form => {
  const { deal } = view;
  const approval = approvalOf(deal);
  if (!approval?.suspended) return savedForm('This approval is not suspended.');
  const suspension = suspensionShown(approval.suspended);
  const seen = liftShown(view);
  const written = writtenNow(view, looking);
  const isAgain = shown.suspension !== undefined && shown.suspension !== suspension;
  const suspend = suspendsAfter(view, approval.suspended);
  const overdue = byDue(conditionStanding(view).filter((s) => s.overdue));
  const isLate = overdueReassessment(view) !== undefined;
  const more = overdue.length - MOST_LISTED;
  return makeForm({
    name: 'deal.lift-suspension',
    title: 'Lift the suspension',
    submit: 'Lift it',
    context: { deal: deal.id, suspension, seen, ...written },
    blocks: withBeside(
      [
        ...(isAgain ? [{ kind: 'text', text: [{ strong: NEWER }] } as const] : newerThan(shown, seen, written)),
        ...aboutAllBlocks(view),
        {
          kind: 'text',
          text:
            'The approval counts again. All dates stay as they are' +
            (suspend === undefined
              ? '.'
              : `: what is still open after ${count(suspend, 'business day')} suspends it again.`),
        },
        ...(overdue.length === 0
          ? [
              {
                kind: 'text',
                text: isLate
                  ? [{ strong: 'The reassessment is overdue.' }]
                  : approval.suspended.reassessments
                    ? 'The reassessment was not done: its date was moved since, or its report taken back.'
                    : 'Nothing is overdue any more.',
              } as const,
            ]
          : [
              ...(isLate ? [{ kind: 'text', text: [{ strong: 'The reassessment is overdue, too.' }] } as const] : []),
              { kind: 'heading', text: `Overdue: ${count(overdue.length, 'condition')}` } as const,
              { kind: 'list', items: standingItems(overdue.slice(0, MOST_LISTED)) } as const,
            ]),
        ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, on the card of the conditions.` } as const] : []),
        ...evidenceBlocks(view),
        ...waitingBlocks(view),
        ...lighterSaidBlocks(view, IN_A_FORM),
      ],
      allBeside(view, looking, { lighter: view.lighterSaid }),
      [paragraphInput('reason', 'Why can it go on?', textOf(values, 'reason'), { hint: 'It stays on the record.' })],
    ),
  });
};

export const readLiftSuspensionForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please give a reason. It stays on the record.') });
};
