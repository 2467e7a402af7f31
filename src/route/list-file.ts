/** A list of deals as a file, whatever its length. */

import { csvRow, csvText } from '../../blocks/csv.ts';
import { csvForm } from '../../blocks/forms/csv.ts';
import { factsIn, LIST_COLUMNS, listRow } from '../../blocks/list-csv.ts';
import { find } from '../../flows/lists/query.ts';
import type { Today } from '../../flows/lists/waits.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, type OnDeskClick } from './desk.ts';
import { askedOf } from './fitting.ts';
import { soon } from './lists.ts';

const fileName = (today: Today): string => `deals-${today.now.slice(0, 10)}.csv`;

/** How the same list is had on the bot's machine, by whoever runs it. */
const commandFor = (query: string): string =>
  query === ''
    ? 'clearthread deals list --csv'
    : `clearthread deals list --where '${query.replaceAll("'", ' ')}' --csv`;

/** Gives the whole list as a file. */
export const onListCsv: OnDeskClick = (desk, { person, place, value }) => {
  const query = value;
  const answer = async (): Promise<Reply> => {
    const { deals, columns, today, read } = await askedOf(desk, person);
    const asked = read(query);
    if (!asked.ok) return deny(asked.text);
    const factsOf = factsIn(today);
    const summaries = new Map(deals.map(({ summary }) => [summary.id, summary]));
    const rows = find(deals, asked.query, today, person, columns).flatMap((id) => {
      const summary = summaries.get(id);
      return summary ? [listRow(factsOf(summary))] : [];
    });
    return {
      kind: 'file',
      file: { name: fileName(today), content: () => csvText([LIST_COLUMNS, ...rows]) },
      form: csvForm({ name: 'desk.list-csv', command: commandFor(query) }, csvRow(LIST_COLUMNS), rows.map(csvRow)),
    };
  };
  return soon(desk, { place }, `list ${query}`, answer());
};
