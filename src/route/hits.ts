/** Finds how compliance settled in other deals whom flags are about. */

import type { HitsElsewhere } from '../../blocks/cards/hit-words.ts';
import { dealsHeard } from '../../flows/deal/context/others.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { settledElsewhere, type SettledHit } from '../../flows/deal/screened/elsewhere.ts';
import { hitKey, hitsOf, isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { endUserKeys, marksOf, shareKey } from '../../flows/end-user.ts';
import { inTurnOf } from '../../flows/in-turn.ts';
import { inTime } from '../edge/deadline.ts';
import type { Desk } from './desk.ts';
import { DEADLINE_MS, MOST_READ } from './written.ts';

/** What was said against them first, each owner's in turn: many deals of one push off no other's. */
const find = async (
  { index, deals }: Pick<Desk, 'index' | 'deals'>,
  view: Pick<DealView, 'deal' | 'organisation'>,
  asked: readonly OwnFlag[],
): Promise<SettledHit[]> => {
  const { deal } = view;
  const names = asked.flatMap((flag) => [
    ...hitsOf(deal, flag).map(({ party }) => party.name),
    ...(flag.like ? [flag.like.party] : []),
  ]);
  // What was heard of may name the same party otherwise, and so may whoever names them by another name of the entry.
  const heard = new Set(dealsHeard(deal));
  const entries = new Set(asked.flatMap((flag) => hitsOf(deal, flag).map(hitKey)));
  const keys = marksOf(names.flatMap(endUserKeys));
  const all = (await index())
    .filter(
      ({ id, everNamed, hits }) =>
        id !== deal.id && (heard.has(id) || shareKey(everNamed, keys) || hits.some((hit) => entries.has(hit))),
    )
    .toSorted((a, b) => Number(b.doubted) - Number(a.doubted) || (a.saidAt < b.saidAt ? 1 : -1));
  const views = await Promise.all(
    // One that cannot be read now must not hide the others.
    inTurnOf(all, ({ owner }) => [owner])
      .slice(0, MOST_READ)
      .map(({ id }) => deals.view(id).catch((): undefined => undefined)),
  );
  return settledElsewhere(
    view,
    asked,
    views.flatMap((other) => (other ? [other.deal] : [])),
  );
};

/** Returns how these were settled in other deals. A page never waits long for it, as for the words of other deals. */
export const hitsElsewhere = async (
  desk: Pick<Desk, 'index' | 'deals'>,
  view: Pick<DealView, 'deal' | 'organisation'>,
  flags: readonly OwnFlag[],
  deadlineMs = DEADLINE_MS,
): Promise<HitsElsewhere> => {
  const asked = flags.filter(isOfHit);
  if (asked.length === 0) return [];
  return inTime(
    find(desk, view, asked).catch(() => 'late' as const),
    deadlineMs,
  );
};
