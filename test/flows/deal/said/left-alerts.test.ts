/** The rep corrects the country, because an alert stands on the one before. */

import { expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import type { CountryAlert } from '../../../../flows/country-alert.ts';
import { againstShown, waitingShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { alertsLeftBehind } from '../../../../flows/deal/said/left-alerts.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { dealNamed, NOW, openNamed } from '../../../support/twins.ts';

const WHY = 'The riot troops there read the letters of strikers.';
const alert = {
  id: 'a1',
  country: 'NO',
  why: WHY,
  on: '2027-03-01',
  by: 'compliance-1',
  at: NOW,
} as unknown as CountryAlert;
const warned = (view: DealView): DealView => ({
  ...view,
  organisation: { ...view.organisation, alerts: [alert] },
});

it('is named on the form that confirms another country, and on page one after that', () => {
  const before = dealNamed('D-LEFT11', { 'H-RF1': 'yes' });
  expect(before.view.deal.details.destination).toBe('NO');
  expect(alertsLeftBehind(warned(before.view))).toEqual([]);
  const moved = before.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...before.view.deal.details, destination: 'SE' },
    reason: 'The contract names the depot over there.',
  });
  const view = warned(moved.view);
  expect(alertsLeftBehind(view)).toEqual([alert]);
  expect(JSON.stringify(againstItems(view))).toContain(WHY);
  // A review or a form that was open before comes back with it.
  expect(againstShown(view)).not.toBe(againstShown(moved.view));
  expect(waitingShown(view)).not.toBe(waitingShown(moved.view));
  expect(view.lighterSaid).toBeDefined();
  expect(JSON.stringify(confirmLighterForm(view))).toContain(WHY);
});

it('is named also where nothing was said yet when the country was corrected', () => {
  const opened = openNamed('D-LEFT22');
  const { view } = opened.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...opened.view.deal.details, destination: 'SE' },
    reason: 'It was a slip in the first form.',
  });
  expect(alertsLeftBehind(warned({ ...view, lighterSaid: undefined }))).toEqual([alert]);
});

it('is read with why it ended, too', () => {
  const before = dealNamed('D-LEFT33', { 'H-RF1': 'yes' });
  const { view } = before.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...before.view.deal.details, destination: 'SE' },
    reason: 'The contract names the depot over there.',
  });
  const reason = 'The strikers are free again.';
  const alertsEnded = [{ alert, by: 'compliance-2', at: NOW, reason }];
  const ended = { ...view, now: NOW, organisation: { ...view.organisation, alertsEnded } };
  const form = JSON.stringify(confirmLighterForm(ended));
  expect(form).toContain(WHY);
  expect(form).toContain(reason);
  expect(againstShown(ended)).not.toBe(againstShown(view));
});
