/** Sentences to start from, of the published figures alone: somebody edits them, or there is no report. */

import type { YearlyFigures } from './published.ts';
import { countedWord } from './sentences.ts';
import type { YearlyWords } from './words.ts';

const largest = <Row extends { count: number | null }>(rows: readonly Row[]): Row | undefined =>
  rows.reduce<Row | undefined>((most, row) => ((row.count ?? 0) > (most?.count ?? 0) ? row : most), undefined);

/** Names no region: a name of one may be the name of a country. */
export const startingWords = ({ year, organisation, tables, kinds }: YearlyFigures): YearlyWords => {
  const table = (id: string) => tables.find((one) => one.id === id);
  const [decided, again, conditions] = [table('outcome'), table('again'), table('conditions')];
  const flag = largest(kinds.flatMap(({ rows }) => rows));
  const stricter = again?.rows.find(({ cells }) => cells.length === 1 && cells[0] === 'stricter');
  const overdue = conditions?.rows.find(({ cells }) => cells.length === 1 && cells[0] === 'overdue');
  return {
    foreword: [
      `This is how ${organisation} looked after human rights in its sales in ${year}.`,
      decided?.total ? `We decided on ${countedWord(decided.total, 'deals')}.` : '',
    ]
      .join(' ')
      .trim(),
    learned: [
      flag?.count ? `What we met most often: ${flag.label.toLowerCase()} (${countedWord(flag.count, 'deals')}).` : '',
      stricter ? `Looking again made us stricter with ${countedWord(stricter.count, 'deals')}.` : '',
    ]
      .join(' ')
      .trim(),
    change: overdue ? `Overdue at the end: ${countedWord(overdue.count, 'conditions')}. We will …` : '',
  };
};
