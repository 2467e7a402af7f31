/** Renewal dates of licence and contract: the deal is reassessed before them. Guidance: A2. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { latestLook } from '../../flows/deal/approval/reassessments.ts';
import type { WordsEver } from '../../flows/deal/context/words-shapes.ts';
import type { Renewal } from '../../flows/deal/deal.ts';
import { renewalsShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Day } from '../../flows/ids.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { CITATIONS } from '../cards/reassessment-words.ts';
import { setBlocks } from '../cards/set-words.ts';
import { dayWords, listWords } from '../words.ts';
import type { SetShown } from './context.ts';
import { dateInput, makeForm, paragraphInput, textOf } from './inputs.ts';
import { newerBlocks } from './newer.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** A date that nobody touched is the one that was set meanwhile. */
const typed = (values: FormValues, of: Renewal['of'], known: Day | undefined, shown: SetShown): string | undefined => {
  const [licence, contract] = (shown.dates ?? '').split(' ');
  const was = of === 'licence' ? licence : contract;
  const now = textOf(values, of);
  return shown.dates !== undefined && (now ?? '') === (was ?? '') ? known : now;
};

/** `said`: what was written beside the answers (`saidBeside`); `shown`: what the form showed before. */
export const renewalsForm = (
  view: DealView,
  values?: FormValues,
  said: readonly WordsEver[] = [],
  shown: SetShown = {},
): Form => {
  const { deal, policy } = view;
  if (!approvalOf(deal)) return savedForm('This deal is not approved now, so nothing is renewed.');
  const known = (of: Renewal['of']): Day | undefined => deal.renewals?.dates.find((d) => d.of === of)?.on;
  const date = (of: Renewal['of']): string | undefined => (values ? typed(values, of, known(of), shown) : known(of));
  const { before } = policy.reminders.reassessments;
  const rhythm = before.length === 0 ? '' : ` Reminders come ${listWords(before)} days before.`;
  const set = deal.renewals !== undefined;
  const latest = latestLook(view);
  const now = renewalsShown(view);
  return makeForm({
    name: 'deal.renewals',
    title: 'Renewal dates',
    submit: 'Save',
    context: { deal: deal.id, seen: now, dates: `${known('licence') ?? ''} ${known('contract') ?? ''}` },
    blocks: [
      ...newerBlocks(now, shown.seen),
      {
        kind: 'text',
        text: [`Before each date the deal is reassessed.${rhythm} `, { quiet: `${CITATIONS.A2}.` }],
      },
      ...(latest === undefined
        ? []
        : [
            {
              kind: 'note',
              text: `With later dates or none, it is reassessed by ${dayWords(latest)} all the same. ${CITATIONS.house}.`,
            } satisfies FormBlock,
          ]),
      ...setBlocks(view, said, 'dates'),
      dateInput('licence', 'The licence is renewed on', date('licence'), { optional: true }),
      dateInput('contract', 'The contract is renewed on', date('contract'), { optional: true }),
      paragraphInput(
        'reason',
        set ? 'Why do the dates change?' : 'If nothing is renewed: why?',
        textOf(values ?? {}, 'reason'),
        {
          optional: true,
          hint: set ? 'Needed for a change. It stays on the record.' : 'Needed only where you give no date.',
        },
      ),
    ],
  });
};

export interface RenewalsRead {
  licence?: Day | undefined;
  contract?: Day | undefined;
  reason?: string | undefined;
}

export const readRenewalsForm = (values: FormValues): Read<RenewalsRead> => {
  const form = reader(values);
  return form.done({
    licence: form.maybeDay('licence'),
    contract: form.maybeDay('contract'),
    reason: form.maybeReason('reason'),
  });
};
