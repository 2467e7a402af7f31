/** Buttons about no single deal, for a person's or compliance's own work. The router knows exactly these names. */

import type { CountryAlert } from '../../flows/country-alert.ts';
import type { AcceptanceId } from '../../flows/gap-acceptance.ts';
import type { Hold } from '../../flows/hold.ts';
import type { CourseId } from '../../flows/policy/reminders.ts';
import type { ErasureId } from '../../flows/registers/erasure-shapes.ts';
import type { Action } from '../card.ts';
import { countryWords, shorten } from '../words.ts';
import { spoken } from './actions.ts';

/** The name of the button that shows a person's page. */
export const HOME = 'desk.home';
export const homeButton: Action = { name: HOME, value: '', label: 'What waits for me', opens: 'form' };

/** The name of the button that asks for words, and finds deals by them. */
export const FIND_FORM = 'desk.find-form';

export const findButton: Action = { name: FIND_FORM, value: '', label: 'Find a deal', opens: 'form' };

export const awayButton = (known: boolean): Action => ({
  name: 'desk.away',
  value: '',
  label: known ? 'Change' : 'I am away',
  opens: 'form',
  accessibleLabel: known ? 'Change when you are away' : 'I am away: say when',
});

/** `country`: empty where it is to be chosen. */
export const lawsButton = (country: string, label: string): Action => ({
  name: 'desk.laws',
  value: country,
  label,
  opens: 'form',
  accessibleLabel: country === '' ? label : spoken(`${label}: counsel on ${countryWords(country)}`),
});

export const lawsListButton = (page: number, more: number): Action => ({
  name: 'desk.laws-list',
  value: String(page),
  opens: 'form',
  label: `Show ${more} more`,
  accessibleLabel: `Show ${more} more notes of counsel`,
});

export const backButton = (): Action => ({ name: 'desk.back', value: '', label: 'I am back' });

export const takeTrainingButton = (course: CourseId, title: string, first: boolean): Action => ({
  name: 'desk.take-training',
  value: course,
  label: shorten(`I took ${title}`, 60),
  style: first ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`I took ${title}`),
});

export const myTrainingButton = (): Action => ({
  name: 'desk.training',
  value: '',
  opens: 'form',
  label: 'All of mine',
  accessibleLabel: 'All of mine: training',
});

/** `from`: number of lines before. */
export const allTrainingButton = (from: number, label: string): Action => ({
  name: 'desk.training-all',
  value: String(from),
  opens: 'form',
  label,
  accessibleLabel: spoken(`${label}: training of everybody`),
});

export const importTrainingButton = (): Action => ({
  name: 'desk.training-import',
  value: '',
  label: 'Record',
  opens: 'form',
  accessibleLabel: 'Record training from a learning system',
});

export const reviewChannelButton = (): Action => ({
  name: 'desk.review-channel',
  value: '',
  label: 'Reviewed',
  style: 'primary',
  opens: 'form',
  accessibleLabel: 'Reviewed: the reporting channel',
});

export const laterButton = (of: 'training' | 'channel'): Action => ({
  name: 'desk.later',
  value: of,
  label: 'Remind me later',
  opens: 'form',
});

/** `deal` empty: the form asks for the hold's target. */
export const placeHoldButton = (deal: string): Action => ({
  name: 'desk.hold',
  value: deal,
  label: 'Place a hold',
  opens: 'form',
  accessibleLabel: deal === '' ? 'Place a hold on a deal or an end-user' : `Place a hold on ${deal}`,
});

const heldName = ({ on }: Hold): string => (on.of === 'end-user' ? on.name : on.deal);

export const liftHoldButton = (hold: Hold): Action => ({
  name: 'desk.lift-hold',
  value: hold.id,
  label: 'Lift',
  opens: 'form',
  accessibleLabel: spoken(`Lift the hold on ${heldName(hold)}`),
});

export const withdrawHoldButton = (hold: Hold): Action => ({
  ...liftHoldButton(hold),
  label: 'Withdraw',
  accessibleLabel: spoken(`Withdraw the planned hold on ${heldName(hold)}`),
});

export const holdReviewButton = (hold: Hold): Action => ({
  name: 'desk.hold-review',
  value: hold.id,
  label: 'Change review date',
  opens: 'form',
  accessibleLabel: spoken(`Change review date: hold on ${heldName(hold)}`),
});

export const holdsButton = (page: number, more: number): Action => ({
  name: 'desk.holds',
  value: `${page}`,
  opens: 'form',
  label: `Show ${more} more`,
  accessibleLabel: `Show ${more} more holds`,
});

/** `words`: the text that fills the form in, such as a country's code; empty: none. */
export const alertButton = (words: string): Action => ({
  name: 'desk.alert',
  value: words.slice(0, 1500),
  label: 'Issue an alert',
  opens: 'form',
  accessibleLabel: spoken(
    words.length === 2 ? `Issue an alert for ${countryWords(words)}` : 'Issue an alert for a country',
  ),
});

export const endAlertButton = ({ id, country }: CountryAlert): Action => ({
  name: 'desk.end-alert',
  value: id,
  label: 'End',
  opens: 'form',
  accessibleLabel: spoken(`End the alert for ${countryWords(country)}`),
});

/** `more` 0: the list from its start. */
export const alertsButton = (page: number, more: number): Action => ({
  name: 'desk.alerts',
  value: `${page}`,
  opens: 'form',
  label: more === 0 ? 'Country alerts' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'Country alerts' : `Show ${more} more country alerts`,
});

export const lookedButton = (country: string): Action => ({
  name: 'desk.looked',
  value: country,
  label: 'I looked',
  opens: 'form',
  accessibleLabel: spoken(`I looked at ${countryWords(country)}`),
});

export const watcherButton = (country: string): Action => ({
  name: 'desk.watcher',
  value: country,
  label: 'Who watches?',
  opens: 'form',
  accessibleLabel: spoken(`Who watches? ${countryWords(country)}`),
});

/** `more` 0: the list from its start. */
export const watchListButton = (page: number, more: number): Action => ({
  name: 'desk.watch',
  value: `${page}`,
  opens: 'form',
  label: more === 0 ? 'Watch list' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'Watch list of countries' : `Show ${more} more countries to watch`,
});

export const endGapButton = (acceptance: AcceptanceId, of: string): Action => ({
  name: 'desk.end-gap',
  value: acceptance,
  label: 'End',
  opens: 'form',
  accessibleLabel: spoken(`End what is accepted of ${of}`),
});

/** `more` 0: the list from its start. */
export const gapsListButton = (page: number, more: number): Action => ({
  name: 'desk.gaps',
  value: `${page}`,
  opens: 'form',
  label: more === 0 ? 'Accepted gaps' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'Accepted gaps' : `Show ${more} more accepted gaps`,
});

/** `deal` empty: the form asks which. */
export const askErasureButton = (deal: string): Action => ({
  name: 'desk.erase',
  value: deal,
  label: 'Ask to erase',
  opens: 'form',
  accessibleLabel: deal === '' ? 'Ask to erase the records of deals' : `Ask to erase ${deal}`,
});

export const agreeErasureButton = (request: ErasureId): Action => ({
  name: 'desk.agree-erase',
  value: request,
  label: 'Look and erase',
  opens: 'form',
  accessibleLabel: 'Look and erase: agree that these records are erased',
});

export const stopErasureButton = (request: ErasureId): Action => ({
  name: 'desk.stop-erase',
  value: request,
  label: 'Keep them',
  opens: 'form',
  accessibleLabel: 'Keep them: stop that these records are erased',
});

/** `more` 0: the list from its start. */
export const erasuresButton = (page: number, more: number): Action => ({
  name: 'desk.erasures',
  value: `${page}`,
  opens: 'form',
  label: more === 0 ? 'All requests' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'All requests to erase records' : `Show ${more} more requests to erase records`,
});

/** The first page of a list. */
export const listButton = (name: string, label: string): Action => ({ name, value: '1', label, opens: 'form' });

/** Every deal that the reader may read. */
export const allButton: Action = listButton('desk.find', 'All deals');
