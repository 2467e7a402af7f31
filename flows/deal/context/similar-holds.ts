/**
 * Standing holds on somebody who is called much like a party of a deal, though not the same: written in another alphabet, in
 * another order, with a typing error, or by a longer or shorter name. They prevent nothing; compliance and approvers are shown them. House rule; Guidance: A1, A8.
 */

import type { Hold } from '../../hold.ts';
import { mayBeSameAnywhere } from '../../names-alike.ts';
import { screenOf, type Screen } from '../../screening/screening.ts';
import { partiesOf } from '../screened/screened.ts';
import type { DealView } from '../view.ts';
import { holdsOn, isOver } from './holds.ts';

export interface SimilarHold {
  hold: Hold;
  /** As the deal names them, and as the hold does. */
  party: string;
  name: string;
}

/** One index for all deals that are looked at while the same holds stand. */
const screens = new WeakMap<readonly Hold[], Screen | undefined>();

const screenFor = (holds: readonly Hold[]): Screen | undefined => {
  if (screens.has(holds)) return screens.get(holds);
  const entries = holds.flatMap(({ id, on }) =>
    on.of === 'end-user'
      ? [
          {
            id,
            name: on.name,
            aliases: [],
            type: 'unknown' as const,
            countries: [],
            addresses: [],
            programmes: [],
          },
        ]
      : [],
  );
  const made = entries.length === 0 ? undefined : screenOf(entries);
  screens.set(holds, made);
  return made;
};

/** Returns each such hold once, with the party that is most like it; none that holds the deal. */
export const similarHolds = (view: Pick<DealView, 'deal' | 'organisation'>): SimilarHold[] => {
  const { deal, organisation } = view;
  const holds = organisation.holds ?? [];
  const screen = holds.length === 0 || isOver(deal) ? undefined : screenFor(holds);
  if (!screen) return [];
  const holding = new Set(holdsOn(view).map(({ id }) => id));
  const best = new Map<string, { score: number; party: string }>();
  const named = partiesOf(deal.details).map(({ name }) => name);
  for (const party of named) {
    for (const { entry, score } of screen.check({ name: party }) ?? []) {
      if (score > (best.get(entry.id)?.score ?? 0)) best.set(entry.id, { score, party });
    }
  }
  return holds.flatMap((hold): SimilarHold[] => {
    if (hold.on.of !== 'end-user' || holding.has(hold.id)) return [];
    const { name } = hold.on;
    const party = best.get(hold.id)?.party ?? named.find((one) => mayBeSameAnywhere(one, name));
    return party === undefined ? [] : [{ hold, party, name }];
  });
};
