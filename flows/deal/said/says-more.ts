/** The order in which officers read what one person wrote of a deal: many harmless words of theirs hide none that weighs more. House rule. */

import { perObject } from '../../per-object.ts';
import type { DealDetails } from '../deal.ts';
import type { PutIn } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { kindSaidBy, namesKind } from './name-says.ts';

type View = Pick<DealView, 'deal' | 'policy'>;

/** What one person wrote. `moves`: the product, its end-user, the country or who is in between became another with it. */
interface Wrote {
  text: string;
  moves?: object | true | undefined;
  grave?: boolean | undefined;
}

/** Tells whether a party's name, or its part in a sale, says a graver kind of end-user than the deal does. */
export const saysGraver = ({ deal, policy }: View, { name, role = '' }: Pick<PutIn, 'name' | 'role'>): boolean =>
  [name, role].some((words) => kindSaidBy(policy, words, deal.details.endUser.kind) !== undefined);

/** Why somebody named parties that do. A page asks for many people, and each name is read in many ways. */
const reasonsForGraver = perObject((view: View): ReadonlySet<string> => {
  const { putIn = [], betweenBy = [] } = view.deal;
  const named = [...putIn, ...betweenBy];
  return new Set(named.flatMap((one) => (one.why !== undefined && saysGraver(view, one) ? [one.why] : [])));
});

/** Puts first what says a graver kind of end-user, or why somebody named a party that does; then what moved the deal, or speaks against it. */
export const weightyFirst = <T extends Wrote>(view: View, all: readonly T[]): T[] => {
  if (all.length < 2) return [...all];
  const { kind } = view.deal.details.endUser;
  const reasons = reasonsForGraver(view);
  const rank = ({ text, moves, grave }: Wrote): number =>
    reasons.has(text) || namesKind(view.policy, text, kind) ? 0 : moves || grave ? 1 : 2;
  const ranked = all.map((one) => ({ one, rank: rank(one) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ one }) => one);
};

const moving = ({ product, endUser, destination, customer, intermediaries }: DealDetails): string =>
  JSON.stringify([product.id, product.name, endUser.name, endUser.kind, destination, customer, intermediaries]);

/** Tells whether these details have another product, end-user, country, customer or companies in between than those. */
export const isMoved = (was: DealDetails, now: DealDetails): boolean => moving(was) !== moving(now);
