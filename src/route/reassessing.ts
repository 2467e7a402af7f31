/** An approved deal over the years: its renewal date, changes to it, and its reassessment. */

import { changeForm, readChangeForm } from '../../blocks/forms/change.ts';
import { dealContext } from '../../blocks/forms/context.ts';
import { licenceForm, readLicenceForm } from '../../blocks/forms/licence.ts';
import { readRenewalsForm, renewalsForm } from '../../blocks/forms/renewals.ts';
import { press, type OnClick } from './desk.ts';
import { dealSubmit, opens } from './submit.ts';

export const onRenewals = opens('set renewals', (view) => renewalsForm(view));

export const onRenewalsSubmit = dealSubmit({
  context: dealContext,
  form: ({ view, values }) => renewalsForm(view, values),
  read: readRenewalsForm,
  command: (value) => ({ type: 'SetRenewals', ...value }),
  refusedAt: 'reason',
});

export const onLicence = opens('set licence', (view) => licenceForm(view));

export const onLicenceSubmit = dealSubmit({
  context: dealContext,
  form: ({ view, values }) => licenceForm(view, values),
  read: readLicenceForm,
  command: (value) => ({ type: 'SetLicence', ...value }),
  refusedAt: 'licence',
});

export const onSomethingChanged = opens('report change', (view) => changeForm(view));

export const onSomethingChangedSubmit = dealSubmit({
  context: dealContext,
  form: ({ view, values }) => changeForm(view, values),
  read: readChangeForm,
  command: (value) => ({ type: 'ReportChange', ...value }),
  refusedAt: 'why',
});

const STARTED = 'Started. The thread asks section by section: confirm what is still so, change what is not.';

export const onReassess: OnClick = (desk, click, { view }) =>
  press(desk, click, view.deal.id, { type: 'StartReassessment' }, STARTED);

export const onNothingChanged: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'ConfirmSection', section: arg });
