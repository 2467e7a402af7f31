/** Conditions of an approval: reporting one as done, accepting or returning it; and lifting a suspension. */

import {
  meetConditionForm,
  readMeetConditionForm,
  readSettleConditionForm,
  settleConditionForm,
} from '../../blocks/forms/condition.ts';
import { conditionContext, settleContext, suspensionContext } from '../../blocks/forms/context.ts';
import { handOverConditionForm, readHandOverConditionForm } from '../../blocks/forms/hand-over.ts';
import { liftSuspensionForm, readLiftSuspensionForm } from '../../blocks/forms/suspension.ts';
import { dealChange, dealSubmit, opens } from './submit.ts';

export const onMeetCondition = opens('meet condition', (view, condition) => meetConditionForm(view, condition));

export const onMeetConditionSubmit = dealSubmit({
  context: conditionContext,
  form: ({ view, condition, values }) => meetConditionForm(view, condition, values),
  read: readMeetConditionForm,
  command: (value, { condition }) => ({ type: 'MeetCondition', condition, ...value }),
  refusedAt: 'text',
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

export const onSettleCondition = opens('settle condition', (view, condition) => settleConditionForm(view, condition));

export const onSettleConditionChange = dealChange(settleContext, ({ view, condition, values, evidence }) =>
  settleConditionForm(view, condition, values, evidence),
);

export const onSettleConditionSubmit = dealSubmit({
  context: settleContext,
  form: ({ view, condition, values, evidence }) => settleConditionForm(view, condition, values, evidence),
  read: readSettleConditionForm,
  command: (settled, { condition, evidence }) =>
    settled.verdict === 'accept'
      ? { type: 'AcceptCondition', condition, evidence }
      : { type: 'ReturnCondition', condition, evidence, reason: settled.reason },
  refusedAt: 'verdict',
  // A typed reason is kept; accepting the newer evidence is a choice to make again.
  changed: (view, { condition, values, evidence }, { verdict }) =>
    settleConditionForm(view, condition, verdict === 'return' ? values : {}, evidence),
});

export const onLiftSuspension = opens('lift suspension', (view) => liftSuspensionForm(view));

export const onLiftSuspensionSubmit = dealSubmit({
  context: suspensionContext,
  form: ({ view, values, suspension }) => liftSuspensionForm(view, values, suspension),
  read: readLiftSuspensionForm,
  command: (value, { suspension }) => ({ type: 'LiftSuspension', suspension, ...value }),
  refusedAt: 'reason',
  changed: (view, { values, suspension }) => liftSuspensionForm(view, values, suspension),
});
