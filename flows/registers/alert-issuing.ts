/** Whether a country alert can be issued as it is written. */

import { isDay } from '../calendar.ts';
import { countryName } from '../countries.ts';
import type { Day } from '../ids.ts';
import { refuseRegister, type RegisterDecided } from './register.ts';

export const alertProblem = (
  { country, why, on }: { country: string; why: string; on: Day },
  today: Day,
): RegisterDecided<never> | undefined => {
  if (countryName(country) === undefined) {
    return refuseRegister('not valid', 'Please choose a country from the list.', 'country');
  }
  if (why.trim() === '') return refuseRegister('not valid', 'Please say in a sentence what happened.', 'why');
  if (!isDay(on)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'on');
  return on > today
    ? refuseRegister('not valid', 'This day is to come. Please say when it happened.', 'on')
    : undefined;
};
