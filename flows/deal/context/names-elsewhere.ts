/** Whom a deal ever named whose name says a kind of end-user: for others with its end-user, that may say a milder one. House rule. */

import { endUserKeys } from '../../end-user.ts';
import { kindSaidBy } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import type { NameElsewhere } from './elsewhere.ts';
import { calledEver } from './ever-said.ts';

/** Undefined: nobody. */
export const namesElsewhere = ({ deal, policy }: DealView): readonly NameElsewhere[] | undefined => {
  const { endUsers, besides } = calledEver(deal);
  const { kind: said } = deal.details.endUser;
  const found: NameElsewhere[] = [];
  for (const name of new Set([...endUsers, ...besides])) {
    // What its end-user is, it says itself.
    const kind = kindSaidBy(policy, name, endUsers.includes(name) ? said : 'private');
    // With its part it says no more than by itself.
    if (kind === undefined || found.some((one) => one.kind === kind && name.startsWith(`${one.name} `))) continue;
    const { by = deal.requester, at = deal.lastCorrection?.at ?? deal.openedAt } =
      (deal.putIn ?? []).findLast((one) => one.name === name || `${one.name} ${one.role}` === name) ?? {};
    found.push({ name, keys: endUserKeys(name), kind, by, at });
  }
  return found.length === 0 ? undefined : found;
};
