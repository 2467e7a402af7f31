/** The conditions of an approval: done, accepted or returned; and an approval that was suspended over one. */
import {
  meetConditionForm,
  readMeetConditionForm,
  readSettleConditionForm,
  settleConditionForm,
} from '../../blocks/forms/condition.ts';
import { conditionContext, dealContext, readContext } from '../../blocks/forms/context.ts';
import { liftSuspensionForm, readLiftSuspensionForm } from '../../blocks/forms/suspension.ts';
import type { Form } from '../../blocks/card.ts';
import { refusal } from '../../flows/access.ts';
import {
  deny,
  DONE,
  gone,
  mistaken,
  readable,
  refusedForm,
  type OnChange,
  type OnClick,
  type OnSubmit,
} from './desk.ts';

export const onMeetCondition: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'meet condition');
  return no ? deny(no) : { kind: 'form', form: meetConditionForm(view, arg) };
};

export const onMeetConditionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(conditionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, condition } = target;
  const form = (): Form => meetConditionForm(view, condition, values);
  const read = readMeetConditionForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    deal,
    { type: 'MeetCondition', condition, ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'text', form) : DONE;
};

export const onSettleCondition: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'settle condition');
  return no ? deny(no) : { kind: 'form', form: settleConditionForm(view, arg) };
};

export const onSettleConditionChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(conditionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  return target && view ? { kind: 'form', form: settleConditionForm(view, target.condition, values) } : gone();
};

export const onSettleConditionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(conditionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, condition } = target;
  const form = (): Form => settleConditionForm(view, condition, values);
  const read = readSettleConditionForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const settled = read.value;
  const outcome = await desk.deals.handle(
    deal,
    settled.verdict === 'accept'
      ? { type: 'AcceptCondition', condition }
      : { type: 'ReturnCondition', condition, reason: settled.reason },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'verdict', form) : DONE;
};

export const onLiftSuspension: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'lift suspension');
  return no ? deny(no) : { kind: 'form', form: liftSuspensionForm(view) };
};

export const onLiftSuspensionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const form = (): Form => liftSuspensionForm(view, values);
  const read = readLiftSuspensionForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    target.deal,
    { type: 'LiftSuspension', ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'reason', form) : DONE;
};
