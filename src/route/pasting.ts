/** Deals to paste into a conversation, for whoever looks for one: only those that they may read. */

import type { Choice } from '../../blocks/card.ts';
import { progressLine } from '../../blocks/cards/next-line.ts';
import { dealNames, quoted } from '../../blocks/words.ts';
import { findNamed } from '../../flows/lists/name-rank.ts';
import { searchesIn } from '../../flows/lists/plain-questions.ts';
import { findPage } from '../../flows/lists/query.ts';
import type { Interaction, Reply } from '../edge/interaction.ts';
import { dealNamedIn } from '../ids.ts';
import { nothingWords } from './channels.ts';
import type { Desk } from './desk.ts';
import { askedOf, cutQuery, nearTo } from './fitting.ts';
import { COUNTING, counted, read } from './lists.ts';

/** The source under which a chat asks for them. */
export const DEALS = 'deals';

const MOST = 10;
const MOST_NAME = 60;

type Suggest = Extract<Interaction, { kind: 'suggest' }>;

/** `all`: how many fit. */
const idsFor = async (desk: Desk, { person, query }: Suggest): Promise<{ ids: string[]; all: number }> => {
  const said = cutQuery(query);
  const named = dealNamedIn(said);
  if (named !== undefined) return { ids: [named], all: 1 };
  const { deals, today, read: readWords } = await askedOf(desk, person);
  const asked = readWords(said);
  const found = asked.ok ? findPage(deals, asked.query, today, person, { page: 1, size: MOST }) : undefined;
  // While a name is typed its words are not whole yet.
  if (found && found.all > 0) return found;
  const ids = findNamed(deals, said, today, person);
  return { ids: ids.slice(0, MOST), all: ids.length };
};

/** Says what to do where nothing fits. The cards of the place where it is asked were not looked at: it is none of theirs. */
const nothingFor = async (desk: Desk, { person, place, query }: Suggest): Promise<string> => {
  const said = cutQuery(query);
  const asker = { person, place: place && { ...place, direct: true } };
  const named = searchesIn(said).at(-1) ?? '';
  const near = await nearTo(desk, asker, named.split(/\s+/u), '');
  const meant = near === undefined ? '' : ` Did you mean ${quoted(near.name, MOST_NAME)}?`;
  return `${nothingWords(desk.organisation(), asker, said)}${meant}`;
};

/** Answers what somebody types to find a deal. The label is a deal's number; the description is for their eyes alone. */
export const onSuggestDeals = async (desk: Desk, act: Suggest): Promise<Reply> => {
  const found = async (): Promise<Choice[]> => {
    const { ids, all } = await idsFor(desk, act);
    const views = await read(desk, ids, act.person);
    // No chat shows how many there are: the last one says it.
    const cut = all > ids.length ? ` · ${ids.length} of ${all} deals are shown: another word finds the others.` : '';
    return views.map((view, i) => ({
      value: view.deal.id,
      label: view.deal.id,
      description:
        `${dealNames(view.deal.details, MOST_NAME)} · ${progressLine(view)}${i === views.length - 1 ? cut : ''}`.trim(),
    }));
  };
  const answer = async (): Promise<Reply> => {
    const options = await found();
    return { kind: 'options', options, nothing: options.length > 0 ? undefined : await nothingFor(desk, act) };
  };
  const reply = await counted(desk, answer());
  return reply === 'late' ? { kind: 'options', options: [], nothing: COUNTING } : reply;
};
