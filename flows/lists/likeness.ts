/** How much many deals are like one, by their summaries: the best are then compared as they are. */

import { productsAlike, worthOf, worthOfFlags, worthOfProduct } from '../deal/context/precedent.ts';
import type { DealView } from '../deal/view.ts';
import { endUserKeys, marksOf, shareKey } from '../end-user.ts';
import { askedAt, type Columns } from './columns.ts';
import { remembering } from './sharing.ts';
import type { DealSummary } from './summary.ts';

/** Of many deals: the summary says all but who its end-user ever was. */
export interface Past {
  summary: Pick<DealSummary, 'product' | 'destination' | 'endUser' | 'flags'>;
  /** Marks of the results of `endUserKeys` of everybody whom it ever named, and of every name that its end-user ever had. */
  everNamed: readonly number[];
  endUsers: readonly number[];
}

const NOT = { named: false, country: false, endUser: false };

/**
 * Returns the score of many deals with this one: at least what `similarity` says, as an end-user is known by former names too.
 *
 * @param columns - of these deals, where there are very many: then most are scored without being opened
 */
export const likeness = (
  { deal, assessment, organisation }: DealView,
  columns?: Columns,
): ((past: Past, at: number) => number) => {
  const { details } = deal;
  const mine = marksOf(endUserKeys(details.endUser.name));
  const raised = new Set(assessment.flags.map(({ id }) => id));
  const byId = remembering((id: string) => worthOfProduct(productsAlike(details.product.id, id, organisation)));
  const ofProduct = ({ product }: Past['summary']): number => byId(product.id);
  // Many deals have the same flags.
  const byFlags = remembering((flags: DealSummary['flags']) =>
    worthOfFlags(flags.filter(({ id }) => raised.has(id)).length),
  );
  const ofFlags = ({ flags }: Past['summary']): number => byFlags(flags);
  const { kind } = details.endUser;
  const ofKind = ({ endUser }: Past['summary']): number =>
    worthOf({ ...NOT, endUser: kind !== 'unknown' && endUser.kind === kind });
  const ofCountry = ({ destination }: Past['summary']): number =>
    worthOf({ ...NOT, country: destination === details.destination });
  const named = worthOf({ ...NOT, named: true });
  const isNamed = ({ everNamed, endUsers }: Pick<Past, 'everNamed' | 'endUsers'>): number =>
    shareKey(mine, everNamed) && shareKey(mine, endUsers) ? named : 0;
  if (!columns)
    return (past) => {
      const { summary } = past;
      return ofProduct(summary) + ofFlags(summary) + ofKind(summary) + ofCountry(summary) + isNamed(past);
    };
  const [product, flags, standing, country] = [
    askedAt(columns, 'sold', ({ summary }) => ofProduct(summary)),
    askedAt(columns, 'raised', ({ summary }) => ofFlags(summary)),
    askedAt(columns, 'standing', ({ summary }) => ofKind(summary)),
    askedAt(columns, 'country', ({ summary }) => ofCountry(summary)),
  ];
  return (past, at) => product(at) + flags(at) + standing(at) + country(at) + isNamed(past);
};
