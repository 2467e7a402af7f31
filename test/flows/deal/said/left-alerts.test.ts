/** The rep corrects the country, because an alert stands on the one before. */

import { expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import type { CountryAlert } from '../../../../flows/country-alert.ts';
import { againstShown, waitingShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { alertsLeftBehind } from '../../../../flows/deal/said/left-alerts.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { dealNamed, NOW } from '../../../support/twins.ts';

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
