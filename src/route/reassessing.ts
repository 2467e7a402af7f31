/** An approved deal over the years: its renewal date, changes to it, and its reassessment. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { changeForm, readChangeForm } from '../../blocks/forms/change.ts';
import { dealContext, setContext, type SetShown } from '../../blocks/forms/context.ts';
import { licenceForm, readLicenceForm } from '../../blocks/forms/licence.ts';
import { readRenewalsForm, renewalsForm } from '../../blocks/forms/renewals.ts';
import { saidBeside } from '../../flows/deal/context/words-said.ts';
import type { WordsEver } from '../../flows/deal/context/words-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { press, type Desk, type OnClick } from './desk.ts';
import { dealSubmit, opens } from './submit.ts';

/** What was said so far stands above what is said anew. */
const said = async (desk: Desk, view: DealView): Promise<readonly WordsEver[]> =>
  saidBeside(view, await desk.deals.events(view.deal.id));

export const renewalsNow = async (desk: Desk, view: DealView, values?: FormValues, shown?: SetShown): Promise<Form> =>
  renewalsForm(view, values, await said(desk, view), shown);

export const licenceNow = async (desk: Desk, view: DealView, values?: FormValues, shown?: SetShown): Promise<Form> =>
  licenceForm(view, values, await said(desk, view), shown);

export const onRenewals = opens('set renewals', (view, _arg, _person, desk) => renewalsNow(desk, view));

export const onRenewalsSubmit = dealSubmit({
  context: setContext,
  form: ({ desk, view, values, ...shown }) => renewalsNow(desk, view, values, shown),
  read: readRenewalsForm,
  command: (value, { seen }) => ({ type: 'SetRenewals', ...value, seen }),
  changed: (view, { desk, values, ...shown }) => renewalsNow(desk, view, values, shown),
  refusedAt: 'reason',
});

export const onLicence = opens('set licence', (view, _arg, _person, desk) => licenceNow(desk, view));

export const onLicenceSubmit = dealSubmit({
  context: setContext,
  form: ({ desk, view, values, ...shown }) => licenceNow(desk, view, values, shown),
  read: readLicenceForm,
  command: (value, { seen }) => ({ type: 'SetLicence', ...value, seen }),
  changed: (view, { desk, values, ...shown }) => licenceNow(desk, view, values, shown),
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
