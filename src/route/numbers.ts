/** Numbers over time, for compliance: in a message with a picture, in a window, as a file. */

import { NUMBERS, numbersCard, type NumbersWords } from '../../blocks/cards/numbers.ts';
import { csvRow, csvText } from '../../blocks/csv.ts';
import { csvForm } from '../../blocks/forms/csv.ts';
import { cardForm } from '../../blocks/forms/lists.ts';
import { NUMBERS_COLUMNS, numbersRow } from '../../blocks/numbers-csv.ts';
import type { PersonId } from '../../flows/ids.ts';
import { numbersOf, type Period, type Span } from '../../flows/lists/numbers.ts';
import type { Reply } from '../edge/interaction.ts';
import { notForBoard } from './board.ts';
import { deny, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { askedOf, cutQuery } from './fitting.ts';
import { soon, told, type Asker } from './lists.ts';

const periodsFor = async (
  desk: Desk,
  person: PersonId,
  { span, query }: NumbersWords,
): Promise<Period[] | { text: string }> => {
  const asked = await askedOf(desk, person);
  const read = asked.read(query);
  return read.ok ? numbersOf(asked.deals, read.query, asked.today, { span, person }) : { text: read.text };
};

/** Reads `month/query` and `quarter/query`. */
const wordsIn = (value: string): NumbersWords => {
  const [, span = 'month', query = ''] = /^(month|quarter)\/([^]*)$/u.exec(value) ?? [];
  return { span: span as Span, query };
};

const answered = (
  desk: Desk,
  asker: Asker,
  words: NumbersWords,
  draw: (periods: Period[]) => Reply,
): Promise<Reply> | Reply => {
  const answer = async (): Promise<Reply> => {
    const periods = await periodsFor(desk, asker.person, words);
    return 'text' in periods ? deny(periods.text) : draw(periods);
  };
  return notForBoard(desk, asker) ?? soon(desk, asker, `board numbers ${words.query}`.trim(), answer());
};

/** Answers `/deal board numbers`, and the same with `month` or `quarter` and filters. */
export const onNumbersWords = (
  desk: Desk,
  act: Pick<Words, 'person' | 'place'>,
  said: string,
): Promise<Reply> | Reply => {
  const [, span, rest] = /^(?:by\s+)?(month|quarter)s?(?:\s+([^]*))?$/iu.exec(said.trim()) ?? [];
  const words: NumbersWords =
    span === undefined
      ? { span: 'month', query: cutQuery(said) }
      : { span: span.toLowerCase() as Span, query: cutQuery(rest ?? '') };
  return answered(desk, act, words, (periods) => told(numbersCard(periods, words)));
};

export const onNumbers: OnDeskClick = (desk, { person, place, value }) => {
  const words = wordsIn(value);
  return answered(desk, { person, place }, words, (periods) => ({
    kind: 'form',
    form: cardForm('Numbers', { button: NUMBERS, query: words.query }, numbersCard(periods, words, true)),
  }));
};

export const onNumbersPicture: OnDeskClick = (desk, { person, place, value }) => {
  const words = wordsIn(value);
  return answered(desk, { person, place }, words, (periods) => told(numbersCard(periods, words)));
};

export const onNumbersCsv: OnDeskClick = (desk, { person, place, value }) => {
  const words = wordsIn(value);
  return answered(desk, { person, place }, words, (periods) => {
    const rows = periods.map(numbersRow);
    return {
      kind: 'file',
      file: {
        name: `numbers-${desk.clock().toISOString().slice(0, 10)}.csv`,
        content: () => csvText([NUMBERS_COLUMNS, ...rows]),
      },
      form: csvForm({ name: 'desk.numbers-csv' }, csvRow(NUMBERS_COLUMNS), rows.map(csvRow)),
    };
  });
};
