/** Which of many deals are read for a page, and what a person may read of them. */

import type { WrittenIn } from '../../blocks/cards/ever-words.ts';
import { isSellersWord } from '../../flows/deal/context/elsewhere.ts';
import { wordsSaid } from '../../flows/deal/context/words-said.ts';
import type { WordsElsewhere, WordsEver } from '../../flows/deal/context/words-shapes.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { inTurnOf } from '../../flows/in-turn.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Desk } from './desk.ts';

/** What was said against it first, then where most people had a part: dummies of one person push nothing out. */
const gravity = ({ doubted, team }: IndexedDeal): number => (doubted ? 1000 : 0) + team.length;

export const byGravity = (a: IndexedDeal, b: IndexedDeal): number =>
  gravity(b) - gravity(a) || (a.saidAt < b.saidAt ? 1 : -1);

/**
 * Where somebody else wrote, or held something against it, comes first, each author in turn, then each owner's: many deals of one push off no
 * other's word, nor do those of one group another's.
 */
export const mostReadOf = async (
  index: Desk['index'],
  { deal }: DealView,
  groups: readonly (readonly IndexedDeal[])[],
  most: number,
): Promise<DealId[]> => {
  const idsOf = (all: readonly IndexedDeal[]): DealId[] => all.map(({ id }) => id);
  if (groups.reduce((sum, { length }) => sum + length, 0) <= most) return idsOf(groups.flat());
  const [first, last]: [DealId[], DealId[]] = [[], []];
  for (const all of groups) {
    if (first.length >= most) break;
    const said = await index.said(idsOf(all));
    const writersIn = ({ id }: IndexedDeal): PersonId[] => {
      const one = said.get(id);
      const words = [...(one?.wrote ?? []), ...(one?.worries ?? [])];
      return [...new Set(words.map(({ by }) => by))].filter(
        (by) => !deal.team.includes(by) && !isSellersWord(one!, by),
      );
    };
    const written = all.filter((one) => writersIn(one).length > 0);
    const others = all.filter((one) => !written.includes(one));
    first.push(...idsOf(inTurnOf(written, writersIn)));
    last.push(...idsOf(inTurnOf(others, ({ owner }) => [owner])));
  }
  return [...first, ...last].slice(0, most);
};

export const mostRead = (
  index: Desk['index'],
  view: DealView,
  all: readonly IndexedDeal[],
  most: number,
): Promise<DealId[]> => mostReadOf(index, view, [all], most);

export type Looks = Pick<Desk, 'index' | 'deals' | 'registers'>;

/** What the person reads of the words in these deals, and how many others have some that they may not read. */
export const readIn = async (
  { deals }: Looks,
  view: DealView,
  person: PersonId,
  ids: readonly DealId[],
  wordsOf: (some: readonly DealView[], said: ReadonlyMap<DealId, readonly WordsEver[]>) => WordsElsewhere[],
): Promise<Omit<WrittenIn, 'late'>> => {
  // One that cannot be read now must not hide the others.
  const loaded = await Promise.all(ids.map((id) => deals.view(id).catch((): undefined => undefined)));
  const others = loaded.filter((other) => other !== undefined);
  const said = new Map(
    await Promise.all(
      others.map(async ({ deal: { id } }) => [id, wordsSaid(await deals.events(id).catch(() => []))] as const),
    ),
  );
  const open = others.filter((other) => canRead(other, person));
  const closed = others.filter((other) => !open.includes(other));
  return {
    words: wordsOf(open, said),
    hidden: closed.filter((other) => wordsOf([other], said).length > 0).length,
    // Who decides on this deal reads what was written, and not where or by whom.
    unnamed: decidesOn(view, person) ? wordsOf(closed, said) : [],
    left: ids.length - others.length,
  };
};
