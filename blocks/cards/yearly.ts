/** A yearly report, for those who write, approve or audit it: as it stands, and what happened to it. */

import type { PersonId } from '../../flows/ids.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import {
  approverGroups,
  approversLeft,
  authorsOf,
  mayWriteYear,
  waitedFor,
  yearSeat,
  type YearToday,
} from '../../flows/yearly/approvers.ts';
import { comparedYears } from '../../flows/yearly/comparing.ts';
import { yearOf } from '../../flows/yearly/deal-year.ts';
import { draftOf, openQuestions } from '../../flows/yearly/deciding.ts';
import { differencesIn, sameFigures } from '../../flows/yearly/differences.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type { PublishedYear, YearDraft, YearlyState, YearVoided } from '../../flows/yearly/register-shapes.ts';
import type { Action, Block, Card } from '../card.ts';
import { dayWords } from '../words.ts';
import {
  answerYearButton,
  approveYearButton,
  askYearButton,
  publishYearButton,
  returnYearButton,
  sendYearButton,
  takeYearQuestionBackButton,
  yearComplaintsButton,
  yearWordsButton,
} from './actions-yearly.ts';
import { row } from './actions.ts';
import {
  differenceItems,
  figureBlocks,
  hasWords,
  partsWords,
  questionText,
  reasonBlock,
  tableTitle,
  voidedCount,
  votesSpans,
  waitsItem,
  wordBlocks,
} from './yearly-words.ts';

/** Characters of each part that a card shows: the window to approve it has all. */
const MOST_SHOWN = 450;

export interface YearShown {
  year: number;
  state: YearlyState;
  /** As the record counts it now. */
  counted: YearlyFigures;
  context: RegisterContext;
  today: YearToday;
  reader: PersonId;
}

export const voidedBlocks = ({ because, by, differences, parts, voters }: YearVoided): Block[] =>
  because === 'words'
    ? [{ kind: 'text', text: [{ person: by }, ` changed ${partsWords(parts)}. ${voidedCount(voters)}`] }]
    : [
        { kind: 'text', text: `It is counted otherwise than what was sent. ${voidedCount(voters)}` },
        { kind: 'list', items: differenceItems(differences) },
      ];

const publishedBlocks = ({ at, by, votes = [] }: PublishedYear): Block[] => [
  {
    kind: 'text',
    text: [
      `Published on ${dayWords(at)} by `,
      { person: by },
      ...(votes.length > 0 ? ['. Approved by ', ...votesSpans(votes)] : []),
      '. Its figures stay as they are, whatever is corrected or erased later.',
    ],
  },
];

const sentBlocks = (draft: YearDraft, { context, counted }: YearShown): Block[] => {
  const { sent } = draft;
  if (!sent) return [];
  const missing = waitedFor(sent, context);
  const isOpen = openQuestions(draft).length > 0;
  return [
    {
      kind: 'text',
      text: [
        { person: sent.by },
        ` sent it for approval on ${dayWords(sent.at)}.`,
        ...(sent.votes.length > 0 ? [' Approved by ', ...votesSpans(sent.votes), '.'] : []),
        isOpen ? ' A question on it is open, and holds it.' : '',
        missing.length > 0 ? ' It waits for:' : isOpen ? '' : ' Compliance can publish it.',
      ],
    },
    ...(missing.length > 0
      ? [
          {
            kind: 'list',
            items: missing.map((group) => waitsItem(context.organisation, group, approversLeft(draft, group, context))),
          } as const,
        ]
      : []),
    ...(sameFigures(sent.figures, counted)
      ? []
      : [
          {
            kind: 'text',
            text: 'Today it would be counted otherwise. The next approval voids those of before, and compliance sends it again:',
          } as const,
          { kind: 'list', items: differenceItems(differencesIn(sent.figures, counted)) } as const,
        ]),
  ];
};

const draftBlocks = (draft: YearDraft, { year, counted }: YearShown): Block[] => {
  const { text, returned, voided } = draft;
  return [
    ...(counted.countedAt < yearOf(year).until
      ? [
          {
            kind: 'text',
            text: `${year} is not over: these are the figures so far. It can be sent for approval from 1 January ${year + 1}.`,
          } as const,
        ]
      : []),
    {
      kind: 'text',
      text: hasWords(text)
        ? ['Compliance works on it. The words were changed last by ', { person: text.by }, ` on ${dayWords(text.at)}.`]
        : 'Compliance works on it. Nobody has written words yet.',
    },
    ...(returned
      ? [
          { kind: 'text', text: [{ person: returned.by }, ` sent it back on ${dayWords(returned.at)}:`] } as const,
          reasonBlock(returned.reason),
        ]
      : []),
    ...(voided ? voidedBlocks(voided) : []),
  ];
};

const questionBlocks = (draft: YearDraft, { year, reader, context, counted }: YearShown): Block[] =>
  draft.questions.flatMap((question) => {
    const title = tableTitle(draft.sent?.figures ?? counted, question.table);
    const isOpen = question.answer === undefined;
    return [
      { kind: 'text', text: questionText(question, title) },
      ...row(
        isOpen && question.by === reader && takeYearQuestionBackButton(year, question.id, title),
        isOpen && question.by !== reader && mayWriteYear(context, reader) && answerYearButton(year, question.id, title),
      ),
    ];
  });

const actionsFor = (draft: YearDraft, { year, reader, context, today, counted }: YearShown): Action[] => {
  const { text, sent } = draft;
  const writes = mayWriteYear(context, reader);
  const isHeld = openQuestions(draft).length > 0;
  const isReady = sent !== undefined && waitedFor(sent, context).length === 0 && !isHeld;
  const votes = sent !== undefined && 'of' in yearSeat(draft, reader, context, today);
  const isOver = counted.countedAt >= yearOf(year).until;
  return [
    ...(votes
      ? [
          ...(isHeld ? [] : [approveYearButton(year, sent.hash)]),
          returnYearButton(year, sent.hash),
          askYearButton(year, sent.hash),
        ]
      : []),
    ...(writes && isReady ? [publishYearButton(year, sent.hash)] : []),
    ...(writes && !sent && hasWords(text) && isOver ? [sendYearButton(year, text.version)] : []),
    ...(writes
      ? [yearWordsButton(year, hasWords(text)), yearComplaintsButton(year, draft.complaints !== undefined)]
      : []),
  ];
};

const ownNote = (draft: YearDraft, { reader, context, today }: YearShown): Block[] => {
  const seat = draft.sent && yearSeat(draft, reader, context, today);
  const says =
    seat && 'no' in seat && (authorsOf(draft).includes(reader) || draft.sent?.votes.some(({ by }) => by === reader));
  return says ? [{ kind: 'note', text: seat.no }] : [];
};

const KEEP =
  'Until it is published this is for compliance, its approvers, counsel and auditors alone: two drafts side by side can tell what one does not.';

/** With the report of the year before, where that was published. */
const comparedBlocks = (figures: YearlyFigures, before: PublishedYear | undefined): Block[] => {
  const tables = before ? comparedYears(before.figures, figures) : [];
  if (!before || tables.length === 0) return [];
  return [
    { kind: 'heading', text: `Compared with ${before.figures.year}` },
    {
      kind: 'list',
      items: tables.map(({ title, rows }) => [
        { strong: title },
        `: ${rows.map(({ label, was, is }) => `${label} ${was === is ? `${is}, as before` : `${is}, was ${was}`}`).join('; ')}.`,
      ]),
    },
    { kind: 'note', text: 'Only numbers that both years publish, each of the same rows.' },
  ];
};

/** Answers `/deal report-year`. */
export const yearCard = (shown: YearShown): Card => {
  const { year, state, counted, context } = shown;
  const published = state.years[year];
  const draft = draftOf(state, year);
  const figures = published?.figures ?? draft.sent?.figures ?? counted;
  const inChat = approverGroups(context).length > 0;
  const text = published ? undefined : draft.text;
  const words = published ? (published.words ?? {}) : (text?.words ?? {});
  return {
    blocks: [
      { kind: 'title', text: `Yearly report of ${year}`, tone: published ? 'good' : 'neutral' },
      ...(published ? publishedBlocks(published) : draft.sent ? sentBlocks(draft, shown) : draftBlocks(draft, shown)),
      ...(published || inChat
        ? []
        : [
            {
              kind: 'text',
              text: `The policy asks nobody to approve it: the bot’s operator publishes it with clearthread report ${year}.`,
            } as const,
          ]),
      ...(published || !inChat ? [] : row(...actionsFor(draft, shown))),
      ...(published ? [] : ownNote(draft, shown)),
      { kind: 'divider' },
      { kind: 'heading', text: 'The figures' },
      ...figureBlocks(figures),
      ...comparedBlocks(figures, state.years[year - 1]),
      ...(Object.keys(words).length > 0 ? [{ kind: 'heading', text: 'The words' } as const] : []),
      ...wordBlocks(words, text?.mayName ?? [], MOST_SHOWN),
      ...(published || draft.questions.length === 0
        ? []
        : [{ kind: 'heading', text: 'Questions' } as const, ...questionBlocks(draft, shown)]),
      ...(published ? [] : [{ kind: 'note', text: KEEP } as const]),
    ],
  };
};
