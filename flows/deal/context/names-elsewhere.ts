/** Whom a deal ever named whose name, or part, says a kind of end-user: for others with its end-user, or through the same company, that may say a milder one. House rule. */

import { endUserKeys } from '../../end-user.ts';
import { kindSaidBy } from '../said/name-says.ts';
import { pastDetails, type PastDetail } from '../said/past-details.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import type { NameElsewhere } from './elsewhere.ts';
import { calledEver } from './ever-said.ts';

/** Whose part it says, where it is a company with its part. */
const companyIn = (name: string, besides: readonly string[]): string | undefined =>
  besides.filter((one) => name.startsWith(`${one} `)).toSorted((a, b) => b.length - a.length)[0];

/** The parts that companies had before, said as those of now. Whoever looks after the deal said some themselves. */
const pastParts = (deal: OpenedDeal, besides: readonly string[]): (Omit<PastDetail, 'value'> & { name: string })[] =>
  pastDetails(deal, 'roles').flatMap(({ value, ...past }) => {
    const company = besides.filter((one) => value.startsWith(`${one}, `)).toSorted((a, b) => b.length - a.length)[0];
    return company === undefined ? [] : [{ name: `${company} ${value.slice(company.length + 2)}`, ...past }];
  });

/** Undefined: nobody. */
export const namesElsewhere = ({ deal, policy }: DealView): readonly NameElsewhere[] | undefined => {
  const { endUsers, besides } = calledEver(deal);
  const { kind: said } = deal.details.endUser;
  const past = pastParts(deal, besides);
  const found: NameElsewhere[] = [];
  for (const name of new Set([...endUsers, ...besides, ...past.map((one) => one.name)])) {
    // What its end-user is, it says itself.
    const kind = kindSaidBy(policy, name, endUsers.includes(name) ? said : 'private');
    // With its part it says no more than by itself.
    if (kind === undefined || found.some((one) => one.kind === kind && name.startsWith(`${one.name} `))) continue;
    const { by = deal.requester, at = deal.lastCorrection?.at ?? deal.openedAt } =
      (deal.putIn ?? []).findLast((one) => one.name === name || `${one.name} ${one.role}` === name) ??
      past.find((one) => one.name === name) ??
      {};
    const company = companyIn(name, besides);
    found.push({
      name,
      keys: endUserKeys(name),
      kind,
      by,
      at,
      ...(company === undefined ? {} : { company: endUserKeys(company) }),
    });
  }
  return found.length === 0 ? undefined : found;
};
