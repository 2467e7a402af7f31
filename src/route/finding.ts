/** Finding deals by words and filters, for whoever asks: as a list, page by page, and as a file. */

import type { Card } from '../../blocks/card.ts';
import { blamedWords, findCard, leftOutWords, readAsWords } from '../../blocks/cards/find.ts';
import type { NearName } from '../../blocks/cards/help.ts';
import { allCard, found } from '../../blocks/cards/lists.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { findForm, listForm } from '../../blocks/forms/lists.ts';
import { count, quoted } from '../../blocks/words.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { findNamed } from '../../flows/lists/name-rank.ts';
import { searchesIn } from '../../flows/lists/plain-questions.ts';
import { isAuditor, readsAll } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { elsewhereFor, nothingWords } from './channels.ts';
import { deny, readable, type Desk, type OnDeskClick, type OnSubmit, type Words } from './desk.ts';
import {
  askedOf,
  asQuery,
  blamedIn,
  cutQuery,
  firstFitting,
  fittingPage,
  nearTo,
  onCardsHere,
  pageFor,
  readingOf,
  withFewer,
  type Fitting,
  type FoundPage,
} from './fitting.ts';
import { counted, pageOf, readPage, soon, told, type Asker } from './lists.ts';
import { exampleOf, toType } from './opening.ts';

const wordsOf = (query = ''): string[] => query.split(/\s+/u).filter((word) => word !== '');

/** Returns what is near to the words that no deal has; of those that were left out, beside the others. */
const nearIn = (desk: Desk, act: Asker, { list, query }: Fitting, said: string): Promise<NearName | undefined> =>
  list.all > 0
    ? nearTo(desk, act, list.left ?? [], query)
    : nearTo(desk, act, wordsOf(searchesIn(said).at(-1)), (list.left ?? []).length > 0 ? query : '');

/** Answers `/deal find WORDS`. */
export const onFindWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>, said: string): Promise<Reply> => {
  const query = cutQuery(said);
  const organisation = desk.organisation();
  const words = {
    example: exampleOf(desk, act.place),
    readsAll: readsAll(organisation, act.person),
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
    const whole = { list, query, typed: query };
    const fit = list.all > 0 ? whole : await firstFitting(desk, act, query, others);
    const here = fit ? undefined : await onCardsHere(desk, act, [query, ...others]);
    if (here) return told(here);
    const shown = fit ?? (await withFewer(desk, act, [...others, query])) ?? whole;
    const none = shown.list.all > 0 ? undefined : await blamedIn(desk, act, [...others, query]);
    return told(
      findCard(shown.list, none?.query ?? shown.query, act.person, {
        ...words,
        ...readingOf(shown.list),
        elsewhere: elsewhereFor(desk.organisation(), act, query, none === undefined),
        typed: shown.typed,
        blamed: none?.blamed,
        near: none === undefined ? await nearIn(desk, act, shown, query) : undefined,
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
        return told(otherwise(await nearTo(desk, act, wordsOf(searches.at(-1)), '')));
      }
      const list = await pageOf(desk, act, [], 1);
      const example = exampleOf(desk, act.place);
      const elsewhere = elsewhereFor(desk.organisation(), act, said, false);
      return told(findCard(list, none.query, act.person, { ...words, example, elsewhere, blamed: none.blamed }));
    }
    return told(
      findCard(shown.list, shown.query, act.person, {
        ...words,
        ...readingOf(shown.list),
        typed: shown.typed,
        near: await nearIn(desk, act, shown, said),
      }),
    );
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
    const fit = await fittingPage(desk, { person, place }, query, page);
    if ('text' in fit) return deny(fit.text);
    const lead = leadOf(fit.list, fit.query);
    return { kind: 'form', form: listForm('Deals found', fit.list, found(fit.query, fit.typed), person, lead) };
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
    const shown = await fittingPage(desk, asker, query, 1);
    if ('text' in shown) return missed(shown.text);
    if (shown.list.all === 0) {
      const none = await blamedIn(desk, asker, [...searchesIn(query), query]);
      const near = none === undefined ? await nearIn(desk, asker, shown, query) : undefined;
      return missed(
        [
          nothingWords(desk.organisation(), asker, query, none === undefined),
          ...(none === undefined ? [] : [blamedWords(none.blamed)]),
          ...(near === undefined ? [] : [`Did you mean ${quoted(near.name, 60)}?`]),
        ].join(' '),
      );
    }
    const lead = leadOf(shown.list, shown.query);
    return { kind: 'form', form: listForm('Deals found', shown.list, found(shown.query, shown.typed), person, lead) };
  };
  return soon(desk, { place }, `find ${query}`, answer());
};
