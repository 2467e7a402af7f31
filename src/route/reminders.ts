/** What somebody who was reminded can do beside the thing itself: be reminded later. */

import type { Form } from '../../blocks/card.ts';
import { dutyContext, readContext } from '../../blocks/forms/context.ts';
import { readSnoozeForm, snoozeForm } from '../../blocks/forms/snooze.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { deny, DONE, gone, mistaken, readable, refusedForm, type OnClick, type OnSubmit } from './desk.ts';

export const onSnooze: OnClick = (_desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'snooze');
  return no ? deny(no) : { kind: 'form', form: snoozeForm(view, click.person, arg) };
};

export const onSnoozeSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dutyContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, duty } = target;
  const form = (): Form => snoozeForm(view, person, duty, values);
  const read = readSnoozeForm(view, person, values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const outcome = await desk.deals.handle(deal, { type: 'Snooze', duty, ...read.value }, { actor: person, cause });
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'until', form) : DONE;
};
