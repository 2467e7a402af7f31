/** Finding deals by words and filters, for whoever asks: as a list, page by page, and as a file. */

import type { Card } from '../../blocks/card.ts';
import { findCard, leftOutWords, onCardsCard, readAsWords, type OnCard } from '../../blocks/cards/find.ts';
import type { NearName } from '../../blocks/cards/help.ts';
import { A_PAGE, allCard, found, type ListPage } from '../../blocks/cards/lists.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { findForm, listForm } from '../../blocks/forms/lists.ts';
import { count, quoted } from '../../blocks/words.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Columns } from '../../flows/lists/columns.ts';
import { isFiller } from '../../flows/lists/fillers.ts';
import type { Asking } from '../../flows/lists/filters.ts';
import { hasLetters } from '../../flows/lists/flag-phrases.ts';
import { flagsAsked } from '../../flows/lists/flags-asked.ts';
import { fewerWords, toBlame, type Blamed } from '../../flows/lists/left-out.ts';
import { findNamed, findOnCards, nearName } from '../../flows/lists/name-rank.ts';
import { commonLeftOut, searchesIn } from '../../flows/lists/plain-questions.ts';
import { findPage, readQuery, settled, type Query, type ReadQuery } from '../../flows/lists/query.ts';
import type { Searchable } from '../../flows/lists/search.ts';
import type { Today } from '../../flows/lists/waits.ts';
import { isAuditor, readsAll, showsCardsOf } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { elsewhereFor, nothingWords } from './channels.ts';
import { deny, readable, type Desk, type OnDeskClick, type OnSubmit, type Words } from './desk.ts';
import { allDeals, counted, drawPage, pageOf, readPage, soon, told, type Asker } from './lists.ts';
import { exampleOf, toType } from './opening.ts';

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
type FoundPage = ListPage & Pick<Query, 'readAs'> & { left?: readonly string[] | undefined };

/** Draws a page of the deals that fit and that the person may read; `text` where it was not understood. */
const pageFor = async (
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

const readingOf = ({ readAs, left }: FoundPage): Pick<FoundPage, 'readAs' | 'left'> => ({ readAs, left });

interface Fitting {
  list: FoundPage;
  query: string;
}

/** Draws the first page of the first of these searches, of what was `said`, that finds any deal. */
const firstFitting = async (
  desk: Desk,
  asker: Asker,
  said: string,
  queries: readonly string[],
): Promise<Fitting | undefined> => {
  for (const query of queries) {
    const list = await pageFor(desk, asker, query, 1);
    if (!('text' in list) && list.all > 0) return { list: { ...list, left: commonLeftOut(said, query) }, query };
  }
  return undefined;
};

const MOST_ON_CARDS = 3;

/**
 * Draws the deals whose cards everybody sees where it is asked: by their names alone, and only for somebody who may open
 * none that fits. Undefined where there is none.
 */
const onCardsHere = async (
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
const withFewer = async (desk: Desk, asker: Asker, queries: readonly string[]): Promise<Fitting | undefined> => {
  const { deals, today, asking } = await askedOf(desk, asker.person);
  const reads = readerIn(today, asker.person);
  let none: Fitting | undefined;
  for (const query of queries) {
    const fewer = fewerWords(readQuery(query, asking), deals, reads, asking);
    if (fewer === undefined) continue;
    const list = await pageFor(desk, asker, fewer.fitting > 0 ? fewer.text : query, 1);
    if ('text' in list) continue;
    const left = fewer.left.filter((word) => !isFiller(word));
    if (list.all > 0) return { list: { ...list, left }, query: fewer.text };
    none ??= { list: { ...list, left }, query };
  }
  return none;
};

/** Returns what keeps everything out of the first search all of whose words are recognised; undefined where none is such. */
const blamedIn = async (
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

/** Answers `/deal find WORDS`. */
export const onFindWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>, said: string): Promise<Reply> => {
  const query = cutQuery(said);
  const organisation = desk.organisation();
  const words = {
    example: exampleOf(desk, act.place),
    readsAll: readsAll(organisation, act.person),
    elsewhere: elsewhereFor(organisation, act, query),
  };
  const answer = async (): Promise<Reply> => {
    if (query === '') return told(findCard({ rows: [], page: 1, all: 0 }, query, act.person, words));
    const list = await pageFor(desk, act, query, 1);
    if ('text' in list) return deny(list.text);
    // Where nothing fits all the words, those may that are left without what only makes a sentence.
    const searches = searchesIn(query);
    // Words that only make sentences name nothing: that nothing fits them would say nothing of the deals.
    if (list.all === 0 && searches.length === 0) return told(findCard(list, '', act.person, words));
    const others = list.all > 0 ? [] : searches.filter((other) => other !== query);
    const fit = list.all > 0 ? { list, query } : await firstFitting(desk, act, query, others);
    const here = fit ? undefined : await onCardsHere(desk, act, [query, ...others]);
    if (here) return told(here);
    const shown = fit ?? (await withFewer(desk, act, [...others, query])) ?? { list, query };
    const none = shown.list.all > 0 ? undefined : await blamedIn(desk, act, [...others, query]);
    return told(
      findCard(shown.list, none?.query ?? shown.query, act.person, {
        ...words,
        ...readingOf(shown.list),
        blamed: none?.blamed,
      }),
    );
  };
  return soon(desk, act, `find ${query}`, answer());
};

/** Answers `/deal list`. */
export const onListWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>): Promise<Reply> => {
  const answer = async (): Promise<Reply> => {
    const list = await pageFor(desk, act, '', 1);
    if ('text' in list) return deny(list.text);
    const words = {
      open: isAuditor(desk.organisation(), act.person) ? undefined : toType(desk, act.place, 'new deal'),
      fewer: toType(desk, act.place, 'list status:open tier:high'),
    };
    return told(allCard(list, act.person, words));
  };
  return soon(desk, act, 'list', answer());
};

/** A name with a colon is no filter, on the next page either. */
const asQuery = (name: string): string => (/[:：]/u.test(name) ? `"${name.replaceAll(/["“”„«»]/gu, ' ')}"` : name);

/**
 * Answers words that are no command: with the deals whose end-user or customer is called so, or that fit what a question
 * names; else with `otherwise`, and a name that is near.
 */
export const onNameWords = async (
  desk: Desk,
  act: Pick<Words, 'person' | 'place' | 'words'>,
  otherwise: (near?: NearName) => Card,
): Promise<Reply> => {
  const said = cutQuery(act.words);
  const answer = async (): Promise<Reply> => {
    const { deals, today } = await askedOf(desk, act.person);
    const words = { example: '', readsAll: readsAll(today.organisation, act.person) };
    const named = findNamed(deals, said, today, act.person);
    if (named.length > 0) return told(findCard(await pageOf(desk, act, named, 1), asQuery(said), act.person, words));
    const searches = searchesIn(said);
    const fit = await firstFitting(desk, act, said, searches);
    const here = fit ? undefined : await onCardsHere(desk, act, [said, ...searches]);
    if (here) return told(here);
    const shown = fit ?? (await withFewer(desk, act, searches.slice(-1)));
    if (!shown || shown.list.all === 0) {
      const none = await blamedIn(desk, act, searches.slice(-1));
      if (none === undefined) {
        const name = nearName(deals, searches.at(-1)?.split(/\s+/u) ?? [], today, act.person);
        return told(otherwise(name === undefined ? undefined : { name, query: asQuery(name) }));
      }
      const list = await pageOf(desk, act, [], 1);
      const example = exampleOf(desk, act.place);
      return told(findCard(list, none.query, act.person, { ...words, example, blamed: none.blamed }));
    }
    return told(findCard(shown.list, shown.query, act.person, { ...words, ...readingOf(shown.list) }));
  };
  // Whoever mistyped a command need not wait for all deals.
  const reply = await counted(desk, answer());
  return reply === 'late' ? told(otherwise()) : reply;
};

/**
 * Answers a question about a decision by a customer's or end-user's name: with what its number answers where one deal is called
 * so, with the list of several; else with `otherwise`.
 */
export const onDecisionWords = async (
  desk: Desk,
  act: Pick<Words, 'person' | 'place'>,
  {
    named,
    one,
    otherwise,
  }: { named: string; one: (view: DealView) => Promise<Reply>; otherwise: () => Promise<Reply> },
): Promise<Reply> => {
  const said = cutQuery(named);
  const answer = async (): Promise<Reply | undefined> => {
    const { deals, today } = await askedOf(desk, act.person);
    const ids = findNamed(deals, said, today, act.person);
    const [only, another] = ids;
    const view = only !== undefined && another === undefined ? await readable(desk, only, act.person) : undefined;
    if (view) return one(view);
    if (another === undefined) return undefined;
    const words = { example: '', readsAll: readsAll(today.organisation, act.person) };
    return told(findCard(await pageOf(desk, act, ids, 1), asQuery(said), act.person, words));
  };
  const reply = await counted(desk, answer());
  return reply === 'late' || reply === undefined ? otherwise() : reply;
};

const leadOf = ({ all, readAs, left = [] }: Pick<FoundPage, 'all' | 'readAs' | 'left'>, query: string): string => {
  if (query === '') return `${count(all, 'deal')} that you may read.`;
  const read = readAs === undefined ? '' : ` ${readAsWords(readAs)}`;
  const without = left.length === 0 ? '' : ` ${leftOutWords(left, all)}`;
  return `${count(all, 'deal')} for ${quoted(query, 60)}.${without}${read}`;
};

export const onFind: OnDeskClick = (desk, { person, place, value }) => {
  const { page, query } = readPage(value);
  const answer = async (): Promise<Reply> => {
    const list = await pageFor(desk, { person, place }, query, page);
    if ('text' in list) return deny(list.text);
    return { kind: 'form', form: listForm('Deals found', list, found(query), person, leadOf(list, query)) };
  };
  return soon(desk, { place }, `find ${query}`, answer());
};

export const onFindForm: OnDeskClick = () => ({ kind: 'form', form: findForm() });

export const onFindFormSubmit: OnSubmit = async (desk, { person, place, values }) => {
  const query = cutQuery(textOf(values, 'words') ?? '');
  const missed = (text: string): Reply => ({ kind: 'errors', errors: { words: text }, form: () => findForm(values) });
  if (query === '') return missed('Please say what to look for.');
  const answer = async (): Promise<Reply> => {
    const asker = { person, place };
    const list = await pageFor(desk, asker, query, 1);
    if ('text' in list) return missed(list.text);
    const shown = list.all > 0 ? { list, query } : await withFewer(desk, asker, [...searchesIn(query), query]);
    if (!shown || shown.list.all === 0) return missed(nothingWords(desk.organisation(), asker, query));
    const lead = leadOf(shown.list, shown.query);
    return { kind: 'form', form: listForm('Deals found', shown.list, found(shown.query), person, lead) };
  };
  return soon(desk, { place }, `find ${query}`, answer());
};
