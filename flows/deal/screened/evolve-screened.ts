/** What a deal keeps of who was compared with lists. House rule; Guidance: X1. */

import type { DealEvent } from '../events.ts';
import type { ComparedParty, DealHit, Screened } from '../screened-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import { askedAs, isAskedAnew, isSameParty, partsOf, stillNamed } from './screened.ts';

type PartyScreened = Extract<DealEvent, { type: 'PartyScreened' }>;

export const evolveScreened = (deal: OpenedDeal, event: PartyScreened): Screened => {
  const { party, lists, hits, flag = '', gone = [], nothing, more, roles, parts: doing, at } = event;
  const { parties, hits: known } = deal.screened ?? { parties: [], hits: [] };
  const before = parties.find((one) => isSameParty(one, party));
  const others = (before?.lists ?? []).filter(({ name }) => lists.every((list) => list.name !== name));
  const compared: ComparedParty = {
    ...party,
    lists: [...others, ...lists],
    ...(nothing ? { nothing } : {}),
    ...(more === undefined ? {} : { more }),
  };
  const askedOf = (id: string): Pick<DealHit, 'asked' | 'before'> => {
    const one = known.find((hit) => hit.id === id);
    const before = one && isAskedAnew(deal, one) ? { before: one.flag } : {};
    return roles ? { asked: askedAs(deal.details, partsOf(roles, doing), one?.asked), ...before } : {};
  };
  const found: DealHit[] = hits.map((hit) => ({ ...hit, party, flag, at, ...askedOf(hit.id) }));
  const kept = known
    .filter(({ id }) => found.every((hit) => hit.id !== id))
    .map((hit) => {
      const over = gone.find(({ hit: id }) => id === hit.id);
      return over ? { ...hit, gone: { why: over.why, at } } : hit;
    });
  const screened: Screened = {
    parties: [...parties.filter((one) => !isSameParty(one, party)), compared],
    hits: [...kept, ...found],
  };
  // A search that began before a correction says nothing of who is named now.
  return stillNamed({ details: deal.details, screened }) ?? screened;
};
