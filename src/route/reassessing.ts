/** An approved deal over the years: when it is renewed, what changed, and its new review. */

import type { Form } from '../../blocks/card.ts';
import { changeForm, readChangeForm } from '../../blocks/forms/change.ts';
import { dealContext, readContext } from '../../blocks/forms/context.ts';
import { readRenewalsForm, renewalsForm } from '../../blocks/forms/renewals.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { deny, DONE, gone, mistaken, press, readable, refusedForm, type OnClick, type OnSubmit } from './desk.ts';

export const onRenewals: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'set renewals');
  return no ? deny(no) : { kind: 'form', form: renewalsForm(view) };
};

export const onRenewalsSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const form = (): Form => renewalsForm(view, values);
  const read = readRenewalsForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    target.deal,
    { type: 'SetRenewals', ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'reason', form) : DONE;
};

export const onSomethingChanged: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'report change');
  return no ? deny(no) : { kind: 'form', form: changeForm(view) };
};

export const onSomethingChangedSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const form = (): Form => changeForm(view, values);
  const read = readChangeForm(values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(
    target.deal,
    { type: 'ReportChange', ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'why', form) : DONE;
};

const STARTED = 'Started. The thread asks section by section: confirm what is still so, change what is not.';

export const onReassess: OnClick = (desk, click, { view }) =>
  press(desk, click, view.deal.id, { type: 'StartReassessment' }, STARTED);

export const onNothingChanged: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'ConfirmSection', section: arg });
