/** A yearly report as it is written to files: JSON that follows report.schema.json. HTML and text are drawn from it alone. */

import type { Day } from '../../flows/ids.ts';
import { comparedYears, type ComparedTable } from '../../flows/yearly/comparing.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import { sentencesOf } from '../../flows/yearly/sentences.ts';
import { notAnswered, standardsOf, type Standard } from '../../flows/yearly/standards.ts';
import { WORD_PARTS, type WordPart, type YearlyWords } from '../../flows/yearly/words.ts';

export const FORMAT = 'clearthread-yearly-report-1';

export interface YearlyReport {
  $schema: string;
  format: typeof FORMAT;
  /** A draft is not for the public: its figures may still change. */
  status: 'draft' | 'published';
  /** When the figures were published. */
  publishedOn?: Day | undefined;
  /** Days on which the words were changed after that, oldest first. */
  wordsChangedOn: Day[];
  figures: YearlyFigures;
  words: YearlyWords;
  /** The figures in sentences. */
  sentences: string[];
  /** With the report of the year before, where that was published. */
  compared?: ComparedYear | undefined;
  standards: readonly Standard[];
  notAnswered: readonly string[];
  /** Pages in the same folder. Absent: they were not written there. */
  pages?: { policy: string; misuse: string } | undefined;
}

/** Numbers that both years publish, each of the same rows. */
export interface ComparedYear {
  with: number;
  tables: ComparedTable[];
}

export const PART_TITLES: Readonly<Record<WordPart, string>> = {
  foreword: 'Foreword',
  learned: 'What we learned',
  change: 'What we will change',
};

const sameWords = (one: YearlyWords, other: YearlyWords): boolean =>
  WORD_PARTS.every((part) => (one[part] ?? '') === (other[part] ?? ''));

const comparedOf = (before: YearlyFigures | undefined, figures: YearlyFigures): Pick<YearlyReport, 'compared'> => {
  const tables = before ? comparedYears(before, figures) : [];
  return before && tables.length > 0 ? { compared: { with: before.year, tables } } : {};
};

export const comparedTitle = ({ with: year }: ComparedYear): string => `Compared with ${year}`;
export const COMPARED = 'Only numbers that both years publish, each of the same rows.';

/** `before`: the report that stands where this one is written. A published one whose words are others now says since when. */
export const yearlyReport = (
  figures: YearlyFigures,
  words: YearlyWords,
  {
    publishedOn,
    today,
    before,
    pages,
    yearBefore,
  }: {
    publishedOn?: Day | undefined;
    today: Day;
    before?: Pick<YearlyReport, 'status' | 'words' | 'wordsChangedOn'> | undefined;
    /** Those that stand in the same folder. */
    pages?: YearlyReport['pages'];
    /** Published figures of the year before: of what is public alone. */
    yearBefore?: YearlyFigures | undefined;
  },
): YearlyReport => {
  const earlier = publishedOn !== undefined && before?.status === 'published' ? before : undefined;
  const changed = earlier && !sameWords(earlier.words, words) ? [today] : [];
  return {
    $schema: './report.schema.json',
    format: FORMAT,
    status: publishedOn === undefined ? 'draft' : 'published',
    ...(publishedOn === undefined ? {} : { publishedOn }),
    wordsChangedOn: [...new Set([...(earlier?.wordsChangedOn ?? []), ...changed])],
    figures,
    words,
    sentences: sentencesOf(figures),
    ...comparedOf(yearBefore, figures),
    standards: standardsOf(figures),
    notAnswered: notAnswered(figures, pages !== undefined),
    ...(pages ? { pages } : {}),
  };
};

/** Said above the table of what others ask. */
export const MAPPING = "This mapping is the company's own reading. Nobody else has checked it.";

/** The name of its files, without the ending. */
export const fileOf = ({ status, figures: { year } }: Pick<YearlyReport, 'status' | 'figures'>): string =>
  status === 'draft' ? `draft-report-${year}` : `report-${year}`;

/** Says when the report was made, and what it does not change any more; each a sentence. */
export const statusLines = ({ status, publishedOn, wordsChangedOn, figures }: YearlyReport): string[] =>
  status === 'draft'
    ? [
        `Draft, counted on ${figures.countedAt.slice(0, 10)}. Not for publication: figures that are published later may differ, and the difference may tell.`,
      ]
    : [
        `Published on ${publishedOn}. Figures as of ${figures.countedAt.slice(0, 10)}: they stay as they are, whatever is corrected or erased later.`,
        ...(wordsChangedOn.length > 0 ? [`Words changed on ${wordsChangedOn.join(', ')}.`] : []),
      ];

/** Says how single customers are protected. */
export const protectionLine = ({ least }: YearlyFigures): string =>
  `No number stands here unless at least ${least} are left without those of any one customer or end-user, and there are at least 3 customers and 3 end-users. Where there are fewer, rows are published together, or not at all. That is so for zero, too.`;

/** The heading of a table, with what it counts. */
export const headingOf = ({ year, organisation }: YearlyFigures): string =>
  `${organisation}: human-rights due diligence in ${year}`;
