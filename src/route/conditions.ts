/** Conditions of an approval: reporting one as done, accepting or returning it; and lifting a suspension. */

import type { Form } from '../../blocks/card.ts';
import type { FilesNow } from '../../blocks/cards/file-words.ts';
import {
  meetConditionForm,
  readMeetConditionForm,
  readSettleConditionForm,
  settleConditionForm,
} from '../../blocks/forms/condition.ts';
import { conditionContext, settleContext, suspensionContext } from '../../blocks/forms/context.ts';
import { handOverConditionForm, readHandOverConditionForm } from '../../blocks/forms/hand-over.ts';
import { liftSuspensionForm, readLiftSuspensionForm } from '../../blocks/forms/suspension.ts';
import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import { deny, type Desk, type OnClick } from './desk.ts';
import { lookAgain, withFiles } from './evidence.ts';
import { type Again, lookingAt } from './looking.ts';
import { dealSubmit, judgingChange, opens } from './submit.ts';
import { isNewlyWritten } from './written.ts';

export const onMeetCondition = opens('meet condition', (view, condition) => meetConditionForm(view, condition));

export const onMeetConditionSubmit = dealSubmit({
  context: conditionContext,
  form: ({ view, condition, values }) => meetConditionForm(view, condition, values),
  read: readMeetConditionForm,
  complete: withFiles,
  command: ({ text, sources, files }, { condition }) => ({
    type: 'MeetCondition',
    condition,
    text,
    sources: [...sources, ...files],
  }),
  refusedAt: 'text',
  // Somebody else said that it is done: whoever knows better says so.
  words: ['text', 'sources'],
});

export const onHandOverCondition = opens('hand over condition', (view, condition) =>
  handOverConditionForm(view, condition),
);

export const onHandOverConditionSubmit = dealSubmit({
  context: conditionContext,
  form: ({ view, condition, values }) => handOverConditionForm(view, condition, values),
  read: (values, { desk }) => readHandOverConditionForm(values, desk.organisation()),
  command: (value, { condition }) => ({ type: 'HandOverCondition', condition, ...value }),
  refusedAt: 'person',
});

/** Looks at the files of the newest evidence again: one can be another by now. */
const filesNow = (desk: Desk, { deal }: DealView, condition: string): Promise<FilesNow> =>
  lookAgain(desk, own(approvalOf(deal)?.conditions ?? {}, condition)?.evidence.at(-1)?.sources ?? []);

export const onSettleCondition: OnClick = async (desk, { person }, { view, arg }) => {
  const no = refusal(view, person, 'settle condition');
  if (no !== undefined) return deny(no);
  return { kind: 'form', form: await settleAgain({ desk, person, view, condition: arg, values: {} }) };
};

interface Settling extends Again {
  condition: string;
  evidence?: number | undefined;
}

/** The form as it would be now; it says where it showed less before. */
const settleAgain = async ({ desk, person, view, condition, values, ...shown }: Settling): Promise<Form> => {
  const [looking, files] = await Promise.all([lookingAt(desk, person, [view]), filesNow(desk, view, condition)]);
  return settleConditionForm(view, condition, values, shown, looking, files);
};

/** A typed reason is kept; to accept what is newer is a choice to make again. */
const chosenAnew = (at: Settling, { verdict }: { verdict: string }): Promise<Form> =>
  settleAgain(verdict === 'return' ? at : { ...at, values: {} });

export const onSettleConditionChange = judgingChange(settleContext, settleAgain);

export const onSettleConditionSubmit = dealSubmit({
  context: settleContext,
  form: settleAgain,
  older: async (at, settled, cause) =>
    settled.verdict === 'accept' && (await isNewlyWritten(at, cause)) ? chosenAnew(at, settled) : undefined,
  read: readSettleConditionForm,
  command: (settled, { condition, evidence, seen }) =>
    settled.verdict === 'accept'
      ? { type: 'AcceptCondition', condition, evidence, seen }
      : { type: 'ReturnCondition', condition, evidence, reason: settled.reason },
  refusedAt: 'verdict',
  words: ['reason'],
  changed: (view, at, settled) => chosenAnew({ ...at, view }, settled),
});

export const onLiftSuspension: OnClick = async (desk, { person }, { view }) => {
  const no = refusedNow(view, person, { type: 'LiftSuspension' });
  if (no?.code === 'not allowed') return deny(no.text);
  return { kind: 'form', form: liftSuspensionForm(view, {}, {}, await lookingAt(desk, person, [view])) };
};

interface Lifting extends Again {
  suspension?: string | undefined;
}

/** The form as it would be now; it says where it showed less before. */
const liftAgain = async ({ desk, person, view, values, suspension, seen, written }: Lifting): Promise<Form> =>
  liftSuspensionForm(view, values, { suspension, seen, written }, await lookingAt(desk, person, [view]));

export const onLiftSuspensionSubmit = dealSubmit({
  context: suspensionContext,
  form: liftAgain,
  older: async (at, _value, cause) => ((await isNewlyWritten(at, cause)) ? liftAgain(at) : undefined),
  read: readLiftSuspensionForm,
  command: (value, { suspension, seen }) => ({ type: 'LiftSuspension', suspension, seen, ...value }),
  refusedAt: 'reason',
  changed: (view, at) => liftAgain({ ...at, view }),
});
