/** The messages of the countries' register. */

import type { CounselNote } from '../counsel-note.ts';
import type { CountryAlert } from '../country-alert.ts';
import type { PersonId, ReminderStage } from '../ids.ts';
import type { Reached } from './fan-out.ts';
import type { CountryCode, CountryReview } from './watch-list.ts';

export type CountriesFact =
  | { fact: 'laws noted for deals'; note: CounselNote; reached: Reached }
  /** To compliance: approved deals go there, or it took the place of another. `deals`: how many were approved at the last count. */
  | { fact: 'laws noted anew'; note: CounselNote; before?: CounselNote | undefined; deals: number }
  | { fact: 'alert for deals'; alert: CountryAlert; reached: Reached }
  /** To whoever issued it, and the chief. */
  | { fact: 'alert ended'; alert: CountryAlert; reason: string; by: PersonId }
  | { fact: 'something new'; country: CountryCode; look: CountryReview }
  | { fact: 'watch assigned'; country: CountryCode; by: PersonId }
  | { fact: 'countries to look at'; countries: CountryCode[]; of: ReminderStage };
