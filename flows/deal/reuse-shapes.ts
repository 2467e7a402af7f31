/** The shapes of what one deal may take of another. */

import type { DealId, Instant, PersonId } from '../ids.ts';
import type { QuestionId } from '../policy/policy.ts';
import type { GivenAnswer } from './answer-shapes.ts';
import type { DealDetails } from './deal.ts';
import type { Readership } from './readership.ts';

/** An answer as a later deal may confirm it. */
export interface EarlierAnswer {
  by: PersonId;
  /** When it was given there. */
  at: Instant;
  /** What was asked, so that a question that was reworded since is another. */
  asked: string;
  /** Its sources, those of its section's basis among them. */
  answer: Pick<GivenAnswer, 'value' | 'note' | 'sources'> & { told?: PersonId | undefined };
}

export type EarlierDetails = Pick<DealDetails, 'customer' | 'product' | 'destination' | 'endUser' | 'intermediaries'>;

/** An approved deal, as far as a later one may take of it. */
export interface EarlierDeal {
  id: DealId;
  details: EarlierDetails;
  readership: Readership;
  answers: Readonly<Record<QuestionId, EarlierAnswer>>;
}

/** What somebody may take of earlier deals. */
export interface Earlier {
  person: PersonId;
  deals: readonly EarlierDeal[];
}
