/** Red flags, raised by anybody and settled by compliance; and objections of those whom answers name. */

import { dealContext, flagContext } from '../../blocks/forms/context.ts';
import { raiseFlagForm, readRaiseFlagForm, readSettleFlagForm, settleFlagForm } from '../../blocks/forms/flag.ts';
import { objectForm, readObjectForm } from '../../blocks/forms/object.ts';
import { dealChange, dealSubmit, opens } from './submit.ts';

export const onRaiseFlag = opens('raise flag', (view) => raiseFlagForm(view));

export const onRaiseFlagSubmit = dealSubmit({
  context: dealContext,
  // The form shows nothing of the deal.
  openToAll: true,
  form: ({ view, values }) => raiseFlagForm(view, values),
  read: readRaiseFlagForm,
  command: (value) => ({ type: 'RaiseFlag', ...value }),
  refusedAt: 'title',
});

export const onObject = opens('object to basis', (view, _arg, person) => objectForm(view, person));

export const onObjectSubmit = dealSubmit({
  context: dealContext,
  // Whoever is named need not be able to read the deal.
  openToAll: true,
  form: ({ view, values, person }) => objectForm(view, person, values),
  read: readObjectForm,
  command: (value) => ({ type: 'ObjectToBasis', ...value }),
  refusedAt: 'reason',
});

export const onSettleFlag = opens('settle flag', (view, flag) => settleFlagForm(view, flag));

export const onSettleFlagChange = dealChange(flagContext, ({ view, flag, values }) =>
  settleFlagForm(view, flag, values),
);

export const onSettleFlagSubmit = dealSubmit({
  context: flagContext,
  form: ({ view, flag, values }) => settleFlagForm(view, flag, values),
  read: readSettleFlagForm,
  command: (settled, { flag }) =>
    settled.verdict === 'admit'
      ? { type: 'AdmitFlag', flag, weight: settled.weight, reason: settled.reason }
      : { type: 'DismissFlag', flag, reason: settled.reason },
  refusedAt: 'verdict',
});
