/** Red flags, raised by anybody and settled by compliance; and objections of those whom answers name. */

import { dealContext, flagContext } from '../../blocks/forms/context.ts';
import { raiseFlagForm, readRaiseFlagForm, readSettleFlagForm, settleFlagForm } from '../../blocks/forms/flag.ts';
import { objectForm, readObjectForm } from '../../blocks/forms/object.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { settleRefusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import { deny, type OnClick } from './desk.ts';
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

const flagIn = ({ deal }: DealView, id: FlagId): OwnFlag | undefined => deal.ownFlags.find((flag) => flag.id === id);

export const onSettleFlag: OnClick = (_desk, { person }, { view, arg }) => {
  const no = settleRefusal(view, person, flagIn(view, arg));
  return no === undefined ? { kind: 'form', form: settleFlagForm(view, arg) } : deny(no);
};

/** With what they press said already. */
const settles =
  (verdict: 'admit' | 'dismiss'): OnClick =>
  (_desk, { person }, { view, arg }) => {
    const no = settleRefusal(view, person, flagIn(view, arg));
    return no === undefined ? { kind: 'form', form: settleFlagForm(view, arg, { verdict }) } : deny(no);
  };

export const onAnotherParty = settles('dismiss');
export const onListedParty = settles('admit');

export const onSettleFlagChange = dealChange(flagContext, ({ view, flag, values, seen }) =>
  settleFlagForm(view, flag, values, seen),
);

export const onSettleFlagSubmit = dealSubmit({
  context: flagContext,
  form: ({ view, flag, values, seen }) => settleFlagForm(view, flag, values, seen),
  read: (values, { view, flag }) => readSettleFlagForm(values, flagIn(view, flag)),
  command: (settled, { flag, seen }) =>
    settled.verdict === 'admit'
      ? { type: 'AdmitFlag', flag, weight: settled.weight, reason: settled.reason, seen }
      : { type: 'DismissFlag', flag, reason: settled.reason, seen },
  refusedAt: 'verdict',
  // A form of before it was kept what one showed: that it comes back says so.
  changed: (view, { flag, values, seen = '' }) => settleFlagForm(view, flag, values, seen),
});
