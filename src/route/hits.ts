/** Finds how compliance settled in other deals whom flags are about. */

import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { settledElsewhere, type SettledHit } from '../../flows/deal/screened/elsewhere.ts';
import { hitsOf, isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { endUserKeys, marksOf, shareKey } from '../../flows/end-user.ts';
import type { Desk } from './desk.ts';
import { MOST_READ } from './written.ts';

/** What was said against them first. */
export const hitsElsewhere = async (
  { index, deals }: Pick<Desk, 'index' | 'deals'>,
  { deal }: Pick<DealView, 'deal'>,
  flags: readonly OwnFlag[],
): Promise<SettledHit[]> => {
  const asked = flags.filter(isOfHit);
  if (asked.length === 0) return [];
  const keys = marksOf(asked.flatMap((flag) => hitsOf(deal, flag)).flatMap(({ party }) => endUserKeys(party.name)));
  const all = (await index())
    .filter(({ id, everNamed }) => id !== deal.id && shareKey(everNamed, keys))
    .toSorted((a, b) => Number(b.doubted) - Number(a.doubted) || (a.saidAt < b.saidAt ? 1 : -1));
  const views = await Promise.all(
    // One that cannot be read now must not hide the others.
    all.slice(0, MOST_READ).map(({ id }) => deals.view(id).catch((): undefined => undefined)),
  );
  return settledElsewhere(
    deal,
    asked,
    views.flatMap((view) => (view ? [view.deal] : [])),
  );
};
