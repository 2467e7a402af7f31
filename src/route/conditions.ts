/** The conditions of an approval: done, accepted or returned; and an approval that was suspended over one. */

import type { Form } from '../../blocks/card.ts';
import {
  meetConditionForm,
  readMeetConditionForm,
  readSettleConditionForm,
  settleConditionForm,
} from '../../blocks/forms/condition.ts';
import { conditionContext, readContext, settleContext, suspensionContext } from '../../blocks/forms/context.ts';
import { handOverConditionForm, readHandOverConditionForm } from '../../blocks/forms/hand-over.ts';
import { liftSuspensionForm, readLiftSuspensionForm } from '../../blocks/forms/suspension.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
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

export const onHandOverCondition: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'hand over condition');
  return no ? deny(no) : { kind: 'form', form: handOverConditionForm(view, arg) };
};

export const onHandOverConditionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(conditionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, condition } = target;
  const form = (): Form => handOverConditionForm(view, condition, values);
  const read = readHandOverConditionForm(values, desk.organisation());
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    deal,
    { type: 'HandOverCondition', condition, ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'person', form) : DONE;
};

export const onSettleCondition: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'settle condition');
  return no ? deny(no) : { kind: 'form', form: settleConditionForm(view, arg) };
};

export const onSettleConditionChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(settleContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  return { kind: 'form', form: settleConditionForm(view, target.condition, values, target.evidence) };
};

export const onSettleConditionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(settleContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, condition, evidence } = target;
  const form = (): Form => settleConditionForm(view, condition, values, evidence);
  const read = readSettleConditionForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const settled = read.value;
  const outcome = await desk.deals.handle(
    deal,
    settled.verdict === 'accept'
      ? { type: 'AcceptCondition', condition, evidence }
      : { type: 'ReturnCondition', condition, evidence, reason: settled.reason },
    { actor: person, cause },
  );
  if (outcome.kind === 'accepted') return DONE;
  if (outcome.refusal.code === 'facts changed' && outcome.view) {
    // A reason that was typed is kept; to accept what is newer is a choice to make anew.
    const kept = settled.verdict === 'return' ? values : {};
    return { kind: 'form', form: settleConditionForm(outcome.view, condition, kept, evidence), again: true };
  }
  return refusedForm(outcome.refusal, 'verdict', form);
};

export const onLiftSuspension: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'lift suspension');
  return no ? deny(no) : { kind: 'form', form: liftSuspensionForm(view) };
};

export const onLiftSuspensionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(suspensionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, suspension } = target;
  const form = (): Form => liftSuspensionForm(view, values, suspension);
  const read = readLiftSuspensionForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    deal,
    { type: 'LiftSuspension', suspension, ...read.value },
    { actor: person, cause },
  );
  if (outcome.kind === 'accepted') return DONE;
  if (outcome.refusal.code === 'facts changed' && outcome.view) {
    return { kind: 'form', form: liftSuspensionForm(outcome.view, values, suspension), again: true };
  }
  return refusedForm(outcome.refusal, 'reason', form);
};
