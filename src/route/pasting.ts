/** Deals to paste into a conversation, for whoever looks for one: only those that they may read. */

import type { Choice } from '../../blocks/card.ts';
import { progressLine } from '../../blocks/cards/next-line.ts';
import { dealNames } from '../../blocks/words.ts';
import { findNamed } from '../../flows/lists/name-rank.ts';
import { findPage } from '../../flows/lists/query.ts';
import type { Interaction, Reply } from '../edge/interaction.ts';
import { dealNamedIn } from '../ids.ts';
import type { Desk } from './desk.ts';
import { askedOf, cutQuery } from './finding.ts';
import { counted, read } from './lists.ts';

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
  const options = await counted(desk, found());
  return { kind: 'options', options: options === 'late' ? [] : options };
};
