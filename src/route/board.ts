/** The board of compliance: counts of deals by tier and stage, the lists behind them, and its filters. */

import type { Card, Form, FormValues } from '../../blocks/card.ts';
import { BOARD, boardCard } from '../../blocks/cards/board.ts';
import { boardFilterForm, queriesIn, valuesFor } from '../../blocks/forms/board.ts';
import { cardForm } from '../../blocks/forms/lists.ts';
import type { PersonId } from '../../flows/ids.ts';
import { boardOf, type Board } from '../../flows/lists/board.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { savedViews } from '../../flows/registers/views.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, type Desk, type OnDeskClick, type OnSubmit, type Words } from './desk.ts';
import { askedOf, cutQuery, MOST_QUERY } from './fitting.ts';
import { soon, told, type Asker } from './lists.ts';
import { toType } from './opening.ts';

export const notForBoard = (desk: Desk, { person, place }: Asker): Reply | undefined =>
  isOfCompliance(desk.organisation(), person)
    ? undefined
    : deny(
        `Only compliance has a board. ${toType(desk, place, 'mine')} shows your deals, and ${toType(desk, place, 'list')} all that you may read.`,
      );

/** `text`: what was not understood of the query. */
export const boardFor = async (desk: Desk, person: PersonId, query: string): Promise<Board | { text: string }> => {
  const asked = await askedOf(desk, person);
  const read = asked.read(query);
  return read.ok ? boardOf(asked.deals, read.query, asked.asking, person, asked.columns) : { text: read.text };
};

const cardFor = async (desk: Desk, { person, place }: Asker, query: string): Promise<Card | { text: string }> => {
  const [board, { state }] = await Promise.all([boardFor(desk, person, query), desk.registers.views.now()]);
  if ('text' in board) return board;
  return boardCard(board, {
    query,
    organisation: desk.organisation(),
    open: toType(desk, place, 'new deal'),
    views: savedViews(state),
  });
};

/** Answers `/deal board` and `/deal board FILTERS`. */
export const onBoardWords = async (desk: Desk, act: Pick<Words, 'person' | 'place'>, said: string): Promise<Reply> => {
  const no = notForBoard(desk, act);
  if (no) return no;
  const query = cutQuery(said);
  const answer = async (): Promise<Reply> => {
    const card = await cardFor(desk, act, query);
    return 'text' in card ? deny(card.text) : told(card);
  };
  return soon(desk, act, `board ${query}`.trim(), answer());
};

const boardForm = async (desk: Desk, asker: Asker, query: string): Promise<Reply> => {
  const card = await cardFor(desk, asker, query);
  return 'text' in card ? deny(card.text) : { kind: 'form', form: cardForm('Board', { button: BOARD, query }, card) };
};

export const boardInWindow = (desk: Desk, asker: Asker, query: string): Promise<Reply> =>
  soon(desk, asker, `board ${query}`.trim(), boardForm(desk, asker, query));

export const onBoard: OnDeskClick = (desk, { person, place, value }) =>
  notForBoard(desk, { person, place }) ?? boardInWindow(desk, { person, place }, value);

export const onBoardFilter: OnDeskClick = (desk, { person, place, value }) => {
  const organisation = desk.organisation();
  const flags = desk.registers.policy()?.flagNames;
  return (
    notForBoard(desk, { person, place }) ?? {
      kind: 'form',
      form: boardFilterForm(organisation, valuesFor(value, organisation, flags), flags),
    }
  );
};

const filterForm = (desk: Desk, values: FormValues): Form =>
  boardFilterForm(desk.organisation(), values, desk.registers.policy()?.flagNames);

const TOO_LONG = `These are more than ${MOST_QUERY} characters together. Please take a filter away.`;

export const onBoardFilterSubmit: OnSubmit = async (desk, { person, place, values }) => {
  const no = notForBoard(desk, { person, place });
  if (no) return no;
  const queries = Object.entries(queriesIn(values));
  const query = queries.map(([, one]) => one).join(' ');
  const { read } = await askedOf(desk, person);
  const errors = Object.fromEntries(
    queries.flatMap(([name, one]): [string, string][] => {
      const found = read(one);
      return found.ok ? [] : [[name, found.text]];
    }),
  );
  const whole = read(query);
  if (Object.keys(errors).length === 0 && !whole.ok) errors['words'] = whole.text;
  if ([...query].length > MOST_QUERY) errors['words'] ??= TOO_LONG;
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors, form: () => filterForm(desk, values) };
  return boardInWindow(desk, { person, place }, query);
};
