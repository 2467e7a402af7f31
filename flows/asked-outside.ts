/** Who outside was asked, as far as deals hear of it: a community, an embassy, an organisation. Guidance: A5 and G12. */

import type { Instant, PersonId } from './ids.ts';

export interface CameSaid {
  came: string;
  by: PersonId;
  at: Instant;
}

export interface AskedOutside {
  who: string;
  /** On what they were asked. */
  about: string;
  /** ISO 3166-1 alpha-2. Absent: of no country, or recorded before it was asked for. */
  country?: string | undefined;
  /** Id of the catalogue. Absent: of no product of it, or recorded before it was asked for. */
  product?: string | undefined;
  /** What came of it. Absent: nothing yet. */
  came?: string | undefined;
  /** What was said before of what came of it, by whom and when: the latest first. Absent: nothing. */
  before?: CameSaid[] | undefined;
  /** Who said last what came of it, and when, where that is not who recorded it then. */
  said?: Omit<CameSaid, 'came'> | undefined;
  by: PersonId;
  at: Instant;
}
