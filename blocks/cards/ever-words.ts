/** What was written in other deals with this one's parties, and what stood against this one and is settled. In words. */

import type { OfficersWords } from '../../flows/deal/context/officers-words.ts';
import type { WordsElsewhere, WordsEver } from '../../flows/deal/context/words-shapes.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import { settledSince } from '../../flows/deal/said/ended-against.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { shorten } from '../../flows/ends-of.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { ASKED_KINDS } from '../../flows/programme/asked-kinds.ts';
import type { AskedShown } from '../../flows/programme/asked-of-deal.ts';
import type { FormBlock, Span, Text } from '../card.ts';
import { movesTexts } from '../detail-texts.ts';
import { count, countryWords, dayWords, endsWithQuotes, LONGEST_SAID, quoted } from '../words.ts';
import { inFullFirst } from './folded.ts';
import { inLists } from './in-lists.ts';
import { inShort, type Short, shortAfter } from './in-short.ts';
import { setSpans } from './set-words.ts';

/** What some other deals say in words, as far as the reader may read them. */
export interface WrittenIn {
  words: readonly WordsElsewhere[];
  /** How many deals with other words the reader may not read. */
  hidden: number;
  /** Their words for an approver of this deal: shown without the deal and the people. */
  unnamed?: readonly WordsElsewhere[] | undefined;
  /** How many deals were not looked through, because they are too many. */
  left: number;
  /** There was no time to look. */
  late?: true | undefined;
}

/** What is said in words in other deals with its parties, and of it. */
export interface Written extends WrittenIn {
  /** The same of deals for others, through the same company, or whose words name a party of its. Absent: none. */
  ofCompanies?: WrittenIn | undefined;
  /** The same of deals for others with its product, or in its country: of that. Absent: none. */
  ofProduct?: WrittenIn | undefined;
  /** What was written of this deal itself beside its answers, and stands nowhere else. */
  beside?: readonly WordsEver[] | undefined;
  /** Who outside was asked of it. Absent: nobody, or the reader may not know. */
  asked?: readonly AskedShown[] | undefined;
  /** What officers wrote of something else that names its product or a party. Absent: nothing, or the reader may not know. */
  officers?: readonly OfficersWords[] | undefined;
  /** Holds that are planned on it, or were, by id: the page shows them by themselves. Empty for whoever may not know of them. */
  planned?: readonly string[] | undefined;
}
export const NOTHING_WRITTEN: Written = { words: [], hidden: 0, left: 0 };

/** All that is read of them, with its deal or without. */
export const allIn = ({ words, unnamed = [] }: WrittenIn = NOTHING_WRITTEN): WordsElsewhere[] => [...words, ...unnamed];

/** Also of deals for others, where a page has room for them: “Why?”. */
export const MOST_LINES = 12;
const LINES_A_LIST = 5;

const WHAT = {
  answer: 'An answer',
  note: 'A note',
  source: 'A source',
  role: 'Who is in between',
  called: 'A name in its details',
  vote: 'A vote against it',
  denied: 'Somebody denied having said it',
  'sent back': 'Sent back by compliance',
  reasons: 'Reasons of a vote',
  condition: 'A condition',
  withdrawn: 'Withdrawn',
  reopened: 'Reopened',
  recused: 'An approver stepped back',
  evidence: 'Evidence',
  returned: 'Evidence returned',
  'handed over': 'Handed over',
  corrected: 'Changed',
  settled: 'Settled',
  'taken back': 'Not accepted any more',
  admitted: 'A flag was admitted',
  dismissed: 'A flag was dismissed',
  set: 'Licence or renewals',
  authority: 'The authority was notified',
  flag: 'A red flag was raised',
  question: 'An approver asked',
  report: 'A change was reported',
} satisfies Record<WordsElsewhere['of'], string>;

/** What the words are of: a question, or a flag. */
const aboutSpans = (
  { policy }: DealView,
  { question, flag, asked: request }: Pick<WordsEver, 'question' | 'flag' | 'asked'>,
): string[] => {
  const asked = question === undefined ? request : (policy.question(question)?.text ?? question);
  return [
    ...(asked === undefined ? [] : [`To ${quoted(asked, 150)} `]),
    ...(flag === undefined ? [] : [`Of the flag ${quoted(flag, 150)} `]),
  ];
};

/** Room for two names of a party, and for some of those in between. */
const LONGEST_MOVE = 600;
const movesSpans = (moves: WordsElsewhere['moves'], unnamed = false): string[] =>
  moves ? movesTexts(moves, unnamed).map((text) => `${endsWithQuotes(text, LONGEST_MOVE)}. `) : [];

/** Of a deal that the reader may not open: its people, and where it is for others, what its parties are called, too. */
type Hidden = 'people' | 'people and parties';

const shortOf = ({ text, moves, by }: WordsElsewhere, hidden?: Hidden): Short => ({
  text,
  by: hidden ? undefined : by,
  with: moves && movesTexts(moves, hidden === 'people and parties').join('. '),
});

const sinceWords = ({ gone, dismissed, admitted }: Pick<WordsEver, 'gone' | 'dismissed' | 'admitted'>): string =>
  dismissed ? ', and dismissed there' : admitted ? ', and admitted there' : gone ? ', replaced since' : '';

const item = (view: DealView, { deal, of, text, by, at, moves, ...about }: WordsElsewhere): Text => {
  return [
    { strong: `${deal}. ` },
    `${WHAT[of]}${sinceWords(about)}: ${quoted(text, LONGEST_SAID)} `,
    ...movesSpans(moves),
    ...aboutSpans(view, about),
    { person: by },
    `, ${dayWords(at)}.`,
  ];
};

/** For an approver who may not open that deal. */
const unnamedItem = (view: DealView, { of, text, at, moves, ...about }: WordsElsewhere, hidden: Hidden): Text => {
  return [
    { strong: 'Another deal. ' },
    `${WHAT[of]}${sinceWords(about)}: ${quoted(text, LONGEST_SAID)} `,
    ...movesSpans(moves, hidden === 'people and parties'),
    ...aboutSpans(view, about),
    `${dayWords(at)}.`,
  ];
};

/** Names the deals that have more, so that the reader can open them. */
const moreLine = (more: readonly WordsElsewhere[]): Text[] => {
  if (more.length === 0) return [];
  const deals = [...new Set(more.map(({ deal }) => deal))];
  const named = deals.slice(0, MOST_LINES).join(', ');
  return [
    `And ${count(more.length, 'more', 'more')} in ${named}${deals.length > MOST_LINES ? ' and other deals' : ''}.`,
  ];
};

const writtenBlocks = (
  view: DealView,
  { words, hidden, unnamed = [], left, late }: WrittenIn,
  heading: string,
  most: number,
): FormBlock[] => {
  const hides = heading === OF_END_USER ? 'people' : 'people and parties';
  const items: Text[] = [
    ...words.slice(0, most).map((one) => item(view, one)),
    ...moreLine(words.slice(most)),
    ...inShort(
      words.slice(most).map((one) => shortOf(one)),
      'those deals have all',
    ),
    ...shortAfter(unnamed, {
      most,
      full: (one) => unnamedItem(view, one, hides),
      short: (one) => shortOf(one, hides),
      where: 'compliance can read those deals',
    }),
    ...(hidden === 0 || (unnamed.length > 0 && unnamed.length <= most)
      ? []
      : [
          `${count(hidden, 'deal')} that you cannot read ${hidden === 1 ? 'has' : 'have'} other words, too. Compliance can read those.`,
        ]),
    ...(left === 0 ? [] : [`${count(left, 'more deal')} not looked through here: too many to show.`]),
    ...(late ? ['Other deals were not looked through in time: please open this again.'] : []),
  ];
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    ...inLists(items, LINES_A_LIST),
    {
      kind: 'note',
      text: 'It counts for nothing by itself. This deal does not say it. “[…]” is cut: that deal has it in full.',
    },
  ];
};

const ASKED = 'People outside who were asked about it';
const MOST_ASKED = 5;

const beforeSpans = ({ before = [] }: AskedShown): Span[] =>
  before.flatMap(({ came, by, at }): Span[] => [
    ` Before: ${quoted(came, LONGEST_SAID)} `,
    { person: by },
    `, ${dayWords(at)}.`,
  ]);

const whoWords = ({ who, kind }: AskedShown): string =>
  who === undefined ? (kind === undefined ? 'Somebody' : ASKED_KINDS[kind]) : shorten(who, 120);

const subjectWords = ({ organisation }: DealView, { country, product }: AskedShown): string => {
  const named = organisation.products.find(({ id }) => id === product)?.name;
  const all = [...(named === undefined ? [] : [quoted(named, 120)]), ...(country ? [countryWords(country)] : [])];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
};

/** `Rights groups, 20 November 2026, about “…” (Norway). What came of it: “…” @compliance.` */
const askedItem = (view: DealView, one: AskedShown): Text => {
  const { on, about, came, by, said } = one;
  return [
    { strong: `${whoWords(one)}, ${dayWords(on)}, ` },
    `about ${quoted(about, LONGEST_SAID)}${subjectWords(view, one)}. `,
    ...(came === undefined
      ? ['Nobody said yet what came of it. ']
      : [{ strong: 'What came of it: ' }, `${quoted(came, LONGEST_SAID)} `]),
    { person: said?.by ?? by },
    '.',
    ...beforeSpans(one),
  ];
};

const askedBlocks = (view: DealView, { asked = [] }: Written): FormBlock[] => {
  if (asked.length === 0) return [];
  const items = shortAfter(asked, {
    most: MOST_ASKED,
    full: (one) => askedItem(view, one),
    short: ({ about, came, before = [], by, said }) => ({
      text: [came ?? about, ...before.map((one) => one.came)].join(' / '),
      by: said?.by ?? by,
    }),
    where: 'compliance reads all',
  });
  return [{ kind: 'heading', text: ASKED }, ...inLists(items, LINES_A_LIST)];
};

const OF_END_USER = 'Written in other deals that name this end-user, or one that may be the same';
const OF_COMPANY = 'Written of a party of this deal, or of whom it names, in deals for others';
const OF_PRODUCT = 'Written of this product, or of this country, in deals for others';

/** The latest first, each author in turn, those who sell the deal last: many harmless ones hide none. */
const settledInOrder = ({ deal }: DealView): ReturnType<typeof settledSince> =>
  othersFirst(deal, settledSince(deal).toReversed());

const settledItems = (view: DealView): Text[] =>
  settledInOrder(view).map(({ of, why, by, at }): Text => [
    { strong: of === 'report' ? 'A report of a change is settled: ' : 'A suspension is settled: ' },
    `${quoted(why, LONGEST_SAID)} `,
    ...(by === SYSTEM ? [] : [{ person: by } satisfies Span, ', ']),
    `${dayWords(at)}.`,
  ]);

/** Those that are open are listed by themselves. */
const KEPT = 'Asked for, and accepted as kept since';

const besideBlocks = (view: DealView, { beside = [] }: Written): FormBlock[] => {
  if (beside.length === 0) return [];
  const items = shortAfter(beside, {
    most: MOST_LINES,
    full: ({ of, text, set, moves, by, at, ...about }): Text => [
      { strong: `${of === 'condition' ? KEPT : WHAT[of]}: ` },
      ...setSpans(set),
      ...(text === '' ? [] : [`${quoted(text, LONGEST_SAID)} `]),
      ...movesSpans(moves),
      ...aboutSpans(view, about),
      { person: by },
      `, ${dayWords(at)}.`,
    ],
    short: ({ text, set, moves, by }) => ({
      text: text || setSpans(set).join(''),
      by,
      with: moves && movesTexts(moves).join('. '),
    }),
  });
  return [{ kind: 'heading', text: 'Also written here' }, ...inLists(items, LINES_A_LIST)];
};

/** For the same pages, below that: what is of whatever end-user takes no room from it. */
export const ofProductBlocks = (
  view: DealView,
  { ofProduct }: Written = NOTHING_WRITTEN,
  most = LINES_A_LIST,
): FormBlock[] => (ofProduct ? writtenBlocks(view, ofProduct, OF_PRODUCT, most) : []);

/** For the first page of a review and “Why?”. */
export const everBlocks = (
  view: DealView,
  written: Written = NOTHING_WRITTEN,
  mostOfCompanies = LINES_A_LIST,
): FormBlock[] => {
  const settled = settledItems(view);
  return [
    ...askedBlocks(view, written),
    ...writtenBlocks(view, written, OF_END_USER, MOST_LINES),
    ...(written.ofCompanies ? writtenBlocks(view, written.ofCompanies, OF_COMPANY, mostOfCompanies) : []),
    ...besideBlocks(view, written),
    ...(settled.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Stood against it before' } satisfies FormBlock,
          ...inLists(inFullFirst(settled, MOST_LINES, 'more', ': the dossier lists all'), LINES_A_LIST),
        ]),
  ];
};
