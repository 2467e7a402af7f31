/** How a yearly report reads in chat: its figures in sentences, its words, what was asked, and what changed. */

import type { GroupId, PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { YearDifference } from '../../flows/yearly/differences.ts';
import type { PublishedKinds, YearlyFigures } from '../../flows/yearly/published.ts';
import type { Written, YearQuestion, YearText, YearVote } from '../../flows/yearly/register-shapes.ts';
import { EMPTY_YEAR, isEmptyYear, notPublished, sentencesOf } from '../../flows/yearly/sentences.ts';
import { WORD_PARTS, type YearlyWords } from '../../flows/yearly/words.ts';
import type { Block, FormBlock, Span, Text } from '../card.ts';
import { count, groupName, listWords, quoted, sentence, shorten } from '../words.ts';
import { PART_TITLES } from '../yearly/report.ts';

const MOST_SENTENCE = 600;
const MOST_DIFFERENCES = 12;
const MOST_QUOTED = 320;

const kindsSentence = ({ title, total, rows }: PublishedKinds): string[] => {
  const shown = rows.flatMap(({ label, count: many }) => (many === null ? [] : [`${label}: ${many}`]));
  return total === null || shown.length === 0 ? [] : [`${title}: ${shown.join(', ')}.`];
};

/** Titles of what has no figure, or of some of its rows. */
const leftOut = ({ tables, kinds, daysToDecision }: YearlyFigures): string[] => [
  ...tables.flatMap(({ title, total }) => (total === null ? [title] : [])),
  ...kinds.flatMap(({ title, total, rows }) => {
    if (total === null || rows.every((row) => row.count === null)) return [title];
    return rows.flatMap((row) => (row.count === null ? [`${title}: ${row.label}`] : []));
  }),
  ...(daysToDecision.value === null ? [daysToDecision.title] : []),
];

/** The published figures in sentences, and what is not published. Nothing else of the record. */
export const figureBlocks = (figures: YearlyFigures): (Block & FormBlock)[] => {
  const said = [...sentencesOf(figures), ...figures.kinds.flatMap(kindsSentence)];
  const without = leftOut(figures);
  return [
    ...(isEmptyYear(figures) ? [{ kind: 'text', text: EMPTY_YEAR } as const] : []),
    { kind: 'list', items: said.map((line) => shorten(line, MOST_SENTENCE)) },
    ...(without.length > 0
      ? [
          {
            kind: 'note',
            text: `${notPublished(figures.least)} That is so of: ${shorten(without.join('; '), MOST_SENTENCE)}.`,
          } as const,
        ]
      : []),
  ];
};

/** What people wrote, each part whole or at most `most` characters of it. It is text, never markup. */
export const wordBlocks = (words: YearlyWords, mayName: readonly string[], most?: number): (Block & FormBlock)[] => [
  ...WORD_PARTS.flatMap((part): (Block & FormBlock)[] => {
    const text = (words[part] ?? '').trim();
    if (text === '') return [];
    return [
      { kind: 'text', text: [{ strong: PART_TITLES[part] }] },
      { kind: 'quote', text: most === undefined ? text : shorten(text, most) },
    ];
  }),
  ...(mayName.length > 0
    ? [{ kind: 'note', text: `Compliance says that these may be named: ${shorten(mayName.join(', '), 600)}.` } as const]
    : []),
];

export const hasWords = (text: YearText | undefined): text is YearText =>
  text !== undefined && WORD_PARTS.some((part) => (text.words[part] ?? '').trim() !== '');

const PARTS: Readonly<Record<Written, string>> = { ...PART_TITLES, mayName: 'names that may stand there' };

export const partsWords = (parts: readonly Written[]): string => listWords(parts.map((part) => `“${PARTS[part]}”`));

const counted = (value: number | null | undefined): string =>
  value === undefined ? 'no row' : value === null ? 'not published' : String(value);

/** `Decisions, Approved: 12 → 13`. */
export const differenceItems = (differences: readonly YearDifference[]): string[] => {
  const shown = differences
    .slice(0, MOST_DIFFERENCES)
    .map(({ table, row, was, is, wasSaid, isSaid }) =>
      shorten(`${table}, ${row}: ${wasSaid ?? counted(was)} → ${isSaid ?? counted(is)}`, 200),
    );
  const more = differences.length - shown.length;
  if (differences.length === 0) return ['Names of tables or rows; no number.'];
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
};

export const peopleSpans = (people: readonly PersonId[]): Span[] =>
  people.flatMap((person, n): Span[] => [...(n === 0 ? [] : [n === people.length - 1 ? ' or ' : ', ']), { person }]);

export const votesSpans = (votes: readonly YearVote[]): Span[] =>
  votes.flatMap(({ by, for: absent }, n): Span[] => [
    ...(n === 0 ? [] : [', ']),
    { person: by },
    ...(absent === undefined ? [] : [' for ', { person: absent }]),
  ]);

/** `Counsel: @counsel-1`. `left`: those who can still approve it. */
export const waitsItem = (organisation: Organisation, group: GroupId, left: readonly PersonId[]): Text =>
  left.length === 0
    ? `${groupName(organisation, group)}: nobody there can approve it now. Nobody approves what they wrote or sent.`
    : [`${groupName(organisation, group)}: `, ...peopleSpans(left.slice(0, 8)), left.length > 8 ? ', …' : ''];

export const tableTitle = (figures: YearlyFigures | undefined, id: string): string =>
  [...(figures?.tables ?? []), ...(figures?.kinds ?? [])].find((table) => table.id === id)?.title ?? id;

export const questionText = ({ by, text, answer }: YearQuestion, table: string): Text => [
  { person: by },
  ` asked on “${table}”: ${quoted(text, MOST_QUOTED)} `,
  ...(answer
    ? [{ person: answer.by }, ` answered: ${quoted(answer.text, 2 * MOST_QUOTED)}`]
    : ['It is not answered yet, and holds the approval.']),
];

export const voidedCount = (voters: readonly PersonId[]): string =>
  voters.length === 0
    ? 'Nobody had approved it yet.'
    : `${voters.length === 1 ? 'One word' : `${count(voters.length, 'word')}`} of before ${voters.length === 1 ? 'does' : 'do'} not count any more.`;

export const reasonBlock = (reason: string): Block => ({ kind: 'quote', text: sentence(shorten(reason, 700)) });
