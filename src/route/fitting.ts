/** What fits the words of whoever looks for deals: all of them, or what is left without those that no deal has. */

import type { Card } from '../../blocks/card.ts';
import { onCardsCard, type OnCard } from '../../blocks/cards/find.ts';
import type { NearName } from '../../blocks/cards/help.ts';
import { A_PAGE, type ListPage } from '../../blocks/cards/lists.ts';
import { countryNear } from '../../flows/countries.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Columns } from '../../flows/lists/columns.ts';
import { isFiller } from '../../flows/lists/fillers.ts';
import type { Asking } from '../../flows/lists/filters.ts';
import { hasLetters } from '../../flows/lists/flag-phrases.ts';
import { flagsAsked } from '../../flows/lists/flags-asked.ts';
import { fewerWords, toBlame, type Blamed } from '../../flows/lists/left-out.ts';
import { findOnCards, nearName } from '../../flows/lists/name-rank.ts';
import { commonLeftOut, searchesIn } from '../../flows/lists/plain-questions.ts';
import { findPage, readQuery, settled, type Query, type ReadQuery } from '../../flows/lists/query.ts';
import type { Searchable } from '../../flows/lists/search.ts';
import type { Today } from '../../flows/lists/waits.ts';
import { showsCardsOf } from '../../flows/organisation.ts';
import type { Desk, Words } from './desk.ts';
import { allDeals, drawPage, type Asker } from './lists.ts';

/** In characters: longer ones fit no button. */
export const MOST_QUERY = 200;
/** Signs alone ask for nothing. */
export const cutQuery = (said: string): string =>
  hasLetters(said) ? [...said.trim()].slice(0, MOST_QUERY).join('') : '';

/** Flags of deals that they may read: nobody learns of one by asking for its flag. */
const flagsSeen = function* (deals: readonly Searchable[], today: Today, person: PersonId): Iterable<string> {
  const reads = readerIn(today, person);
  for (const { summary } of deals) if (reads(summary)) for (const { id } of summary.flags) yield id;
};

/** All deals, ready to be asked. */
export interface Asked {
  deals: readonly Searchable[];
  columns: Columns;
  today: Today;
  asking: Asking;
  read(text: string): ReadQuery;
}

export const askedOf = async (desk: Desk, person: PersonId): Promise<Asked> => {
  const { deals: all, today } = await allDeals(desk);
  const columns = desk.index.columns(all);
  const { deals } = columns;
  const asking: Asking = {
    ...today,
    person,
    isFlag: (id) => desk.registers.policy()?.flagTitle(id) !== undefined,
    flagNames: desk.registers.policy()?.flagNames,
    flags: () => new Set(flagsSeen(deals, today, person)),
  };
  return {
    deals,
    columns,
    today,
    asking,
    read: (text) => {
      const found = readQuery(text, asking);
      return found.ok ? { ok: true, query: settled(found, deals, readerIn(today, person)) } : found;
    },
  };
};

/** `readAs`: how the words were read. `left`: those that were left out, so that anything fits. */
export type FoundPage = ListPage & Pick<Query, 'readAs'> & { left?: readonly string[] | undefined };

/** Draws a page of the deals that fit and that the person may read; `text` where it was not understood. */
export const pageFor = async (
  desk: Desk,
  asker: Asker,
  query: string,
  page: number,
): Promise<FoundPage | { text: string }> => {
  const { deals, columns, today, asking, read } = await askedOf(desk, asker.person);
  const asked = read(query);
  if (!asked.ok) return { text: asked.text };
  const found = findPage(deals, asked.query, today, asker.person, { page, size: A_PAGE, columns });
  const drawn = await drawPage(desk, asker, found, { flags: flagsAsked(asked.query, asking) });
  return { ...drawn, readAs: asked.query.readAs };
};

export const readingOf = ({ readAs, left }: FoundPage): Pick<FoundPage, 'readAs' | 'left'> => ({ readAs, left });

/** `query`: what is left of what was asked. `typed`: all of it, for the pages that follow. */
export interface Fitting {
  list: FoundPage;
  query: string;
  typed: string;
}

/** Draws a page of the first of these searches, of what was `said`, that finds any deal. */
export const firstFitting = async (
  desk: Desk,
  asker: Asker,
  said: string,
  queries: readonly string[],
  page = 1,
): Promise<Fitting | undefined> => {
  for (const query of queries) {
    const list = await pageFor(desk, asker, query, page);
    if ('text' in list || list.all === 0) continue;
    const left = commonLeftOut(said, query);
    return { list: { ...list, left }, query, typed: left.length > 0 ? said : query };
  }
  return undefined;
};

const MOST_ON_CARDS = 3;

/**
 * Draws the deals whose cards everybody sees where it is asked: by their names alone, and only for somebody who may open
 * none that fits. Undefined where there is none.
 */
export const onCardsHere = async (
  desk: Desk,
  { place }: Pick<Words, 'place'>,
  queries: readonly string[],
): Promise<Card | undefined> => {
  if (!place || place.direct || place.shared) return undefined;
  const { deals: all, today } = await allDeals(desk);
  const { deals } = desk.index.columns(all);
  const stands = (home: string): boolean => showsCardsOf(today.organisation, place.channel, home);
  for (const query of queries) {
    const named = findOnCards(deals, query, stands);
    const shown = await Promise.all(
      named.slice(0, MOST_ON_CARDS).map(async (id): Promise<OnCard[]> => {
        const view = await desk.deals.view(id);
        if (!view) return [];
        const threadUrl = await desk.threadUrl(id, view.deal.home, place.platform).catch(() => undefined);
        return [{ view, threadUrl }];
      }),
    );
    if (named.length > 0) return onCardsCard(shown.flat(), named.length, query);
  }
  return undefined;
};

/**
 * Draws what fits without the words that no deal has beside what was recognised. A list of none says that there is none
 * without them either; undefined where no word is to blame.
 */
export const withFewer = async (
  desk: Desk,
  asker: Asker,
  queries: readonly string[],
  page = 1,
): Promise<Fitting | undefined> => {
  const { deals, today, asking } = await askedOf(desk, asker.person);
  const reads = readerIn(today, asker.person);
  let none: Fitting | undefined;
  for (const query of queries) {
    const fewer = fewerWords(readQuery(query, asking), deals, reads, asking);
    if (fewer === undefined) continue;
    const list = await pageFor(desk, asker, fewer.fitting > 0 ? fewer.text : query, page);
    if ('text' in list) continue;
    const left = fewer.left.filter((word) => !isFiller(word));
    if (list.all > 0) return { list: { ...list, left }, query: fewer.text, typed: query };
    none ??= { list: { ...list, left }, query, typed: query };
  }
  return none;
};

/** Returns what keeps everything out of the first search all of whose words are recognised; undefined where none is such. */
export const blamedIn = async (
  desk: Desk,
  asker: Asker,
  queries: readonly string[],
): Promise<{ query: string; blamed: Blamed[] } | undefined> => {
  const { deals, today, asking, read } = await askedOf(desk, asker.person);
  const reads = readerIn(today, asker.person);
  for (const query of queries) {
    const blamed = toBlame(read(query), deals, reads, asking);
    if (blamed !== undefined) return { query, blamed };
  }
  return undefined;
};

/** A name with a colon is no filter, on the next page either. */
export const asQuery = (name: string): string =>
  /[:：]/u.test(name) ? `"${name.replaceAll(/["“”„«»]/gu, ' ')}"` : name;

/**
 * Returns a name or a country that is one letter away from one of these words, which no deal has, where a deal that the person may
 * read fits it: beside what else was asked, or alone.
 */
export const nearTo = async (
  desk: Desk,
  asker: Asker,
  words: readonly string[],
  beside: string,
): Promise<NearName | undefined> => {
  const { deals, columns, today, read } = await askedOf(desk, asker.person);
  const called = nearName(deals, words, today, asker.person);
  const near = called ?? words.map(countryNear).find((name) => name !== undefined);
  if (near === undefined) return undefined;
  for (const query of new Set([`${beside} ${asQuery(near)}`.trim(), asQuery(near)])) {
    const asked = read(query);
    if (asked.ok && findPage(deals, asked.query, today, asker.person, { page: 1, size: 1, columns }).all > 0)
      return { name: near, query: cutQuery(query) };
  }
  return undefined;
};

/** Draws a page of what fits these words, as the first page was found. */
export const fittingPage = async (
  desk: Desk,
  asker: Asker,
  typed: string,
  page: number,
): Promise<Fitting | { text: string }> => {
  const list = await pageFor(desk, asker, typed, page);
  if ('text' in list) return list;
  const whole = { list, query: typed, typed };
  if (list.all > 0) return whole;
  const others = searchesIn(typed).filter((other) => other !== typed);
  return (
    (await firstFitting(desk, asker, typed, others, page)) ??
    (await withFewer(desk, asker, [...others, typed], page)) ??
    whole
  );
};
