/** How much many deals are like one, by their summaries: the best are then compared as they are. */

import { productsAlike, worthOf, worthOfFlags, worthOfProduct } from '../deal/context/precedent.ts';
import type { DealView } from '../deal/view.ts';
import { endUserKeys, marksOf, shareKey } from '../end-user.ts';
import { remembering } from './sharing.ts';
import type { DealSummary } from './summary.ts';

/** Of many deals: the summary says all but who its end-user ever was. */
export interface Past {
  summary: Pick<DealSummary, 'product' | 'destination' | 'endUser' | 'flags'>;
  /** Marks of the results of `endUserKeys` of everybody whom it ever named, and of every name that its end-user ever had. */
  everNamed: readonly number[];
  endUsers: readonly number[];
}

/** Returns the score of many deals with this one: at least what `similarity` says, as an end-user is known by former names too. */
export const likeness = ({ deal, assessment, organisation }: DealView): ((past: Past) => number) => {
  const { details } = deal;
  const mine = marksOf(endUserKeys(details.endUser.name));
  const raised = new Set(assessment.flags.map(({ id }) => id));
  const ofProduct = remembering((id: string) => worthOfProduct(productsAlike(details.product.id, id, organisation)));
  // Many deals have the same flags.
  const ofFlags = remembering((flags: DealSummary['flags']) =>
    worthOfFlags(flags.filter(({ id }) => raised.has(id)).length),
  );
  const { kind } = details.endUser;
  return (past) => {
    const { summary } = past;
    return (
      ofProduct(summary.product.id) +
      ofFlags(summary.flags) +
      worthOf({
        named: shareKey(mine, past.everNamed) && shareKey(mine, past.endUsers),
        country: summary.destination === details.destination,
        endUser: kind !== 'unknown' && summary.endUser.kind === kind,
      })
    );
  };
};
