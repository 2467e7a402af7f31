/** Flags that people raise, and compliance settles. */

import type { Form } from '../../blocks/card.ts';
import { dealContext, flagContext, readContext } from '../../blocks/forms/context.ts';
import { raiseFlagForm, readRaiseFlagForm, readSettleFlagForm, settleFlagForm } from '../../blocks/forms/flag.ts';
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

export const onRaiseFlag: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'raise flag');
  return no ? deny(no) : { kind: 'form', form: raiseFlagForm(view) };
};

export const onRaiseFlagSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  // Raising a flag asks for no right to read; its form shows nothing of the deal.
  const view = target && (await desk.deals.view(target.deal));
  if (!target || !view) return gone();
  const form = (): Form => raiseFlagForm(view, values);
  const read = readRaiseFlagForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(target.deal, { type: 'RaiseFlag', ...read.value }, { actor: person, cause });
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'title', form) : DONE;
};

export const onSettleFlag: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'settle flag');
  return no ? deny(no) : { kind: 'form', form: settleFlagForm(view, arg) };
};

export const onSettleFlagChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(flagContext, context);
  const view = target && (await readable(desk, target.deal, person));
  return target && view ? { kind: 'form', form: settleFlagForm(view, target.flag, values) } : gone();
};

export const onSettleFlagSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(flagContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const read = readSettleFlagForm(values);
  const { deal, flag } = target;
  const form = (): Form => settleFlagForm(view, flag, values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const settled = read.value;
  const outcome = await desk.deals.handle(
    deal,
    settled.verdict === 'admit'
      ? { type: 'AdmitFlag', flag, weight: settled.weight, reason: settled.reason }
      : { type: 'DismissFlag', flag, reason: settled.reason },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'verdict', form) : DONE;
};
