/** What an approver does beside voting: takes their vote back, or steps back from the deal. */

import { dealContext } from '../../blocks/forms/context.ts';
import { readRecuseForm, recuseForm } from '../../blocks/forms/recuse.ts';
import { press, type OnClick } from './desk.ts';
import { dealSubmit, opens } from './submit.ts';

export const onTakeVoteBack: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'TakeVoteBack', step: Number(arg) });

export const onRecuse = opens('recuse', (view, _arg, person) => recuseForm(view, person));

export const onRecuseSubmit = dealSubmit({
  context: dealContext,
  form: ({ view, person, values }) => recuseForm(view, person, values),
  read: readRecuseForm,
  command: (value) => ({ type: 'Recuse', ...value }),
  refusedAt: 'reason',
});
