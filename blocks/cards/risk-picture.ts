/** The risk picture with a deal's place in it, how the deal came there, and what would lower its tier. */

import { tierIsKnown } from '../../flows/deal/context/tier.ts';
import { answersOfAnother } from '../../flows/deal/formerly.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { type Picture } from '../../flows/policy/policy.ts';
import { type Placed } from '../../flows/policy/policy.ts';
import { TIERS, type CompiledPolicy, type Lowering, type Tier, type TraceLine } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, listWords, quoted, shorten, tierMeaning, tierWord } from '../words.ts';

type Part = Exclude<Block, { kind: 'title' }>;

/** A policy may have longer ones. */
const TITLE_LENGTH = 80;

export const HOUSE_RULES = 'The table and its rules are house rules.';

export interface Place {
  picture: Picture;
  placed: Placed;
  /** Titles. */
  row: string;
  column: string;
}

/** Returns nothing without a risk picture, out of scope, and before the tier may be shown. */
export const placeOf = (view: DealView): Place | undefined => {
  const { picture } = view.policy;
  const { placed } = view.assessment;
  if (!picture || !placed || !tierIsKnown(view)) return undefined;
  const short = (bands: Picture['rows']) =>
    bands.map((band) => ({ ...band, title: shorten(band.title, TITLE_LENGTH) }));
  const [rows, columns] = [short(picture.rows), short(picture.columns)];
  const titleOf = (bands: Picture['rows'], id: string): string => bands.find((band) => band.id === id)?.title ?? id;
  return {
    picture: { ...picture, rows, columns },
    placed,
    row: titleOf(rows, placed.row),
    column: titleOf(columns, placed.column),
  };
};

const commas = (parts: readonly Span[]): Span[] =>
  parts.flatMap((part, i): Span[] => (i === 0 ? [part] : [', ', part]));

/**
 * The table as a list, a line for each row. A table of the chats' own would be too wide for a phone, and Slack takes none
 * in a form: https://docs.slack.dev/reference/block-kit/blocks/table-block
 */
const tableBlocks = ({ picture, placed }: Place, here: string): Part[] => [
  {
    kind: 'text',
    text: [
      'The table: each line is what a product can do. From left to right: ',
      ...commas(picture.columns.map(({ id, title }) => (id === placed.column ? { strong: title } : title))),
      '.',
    ],
  },
  {
    kind: 'list',
    items: picture.rows.map(({ id, title }, i): Text => {
      const cells = picture.cells[i] ?? [];
      if (id !== placed.row) return `${title}: ${cells.join(', ')}`;
      const at = picture.columns.findIndex((column) => column.id === placed.column);
      return [
        { strong: `${title}: ` },
        ...commas(cells.map((cell, c) => (c === at ? { strong: `${cell} (${here})` } : cell))),
      ];
    }),
  },
  { kind: 'note', text: HOUSE_RULES },
];

const hereWords = (view: DealView): string => (isForNow(view) ? 'this deal, for now' : 'this deal');

/** The place in one sentence, for a card. “Why?” has the table. */
export const pictureBlocks = (view: DealView): Part[] => {
  const place = placeOf(view);
  if (!place) return [];
  const { placed, row, column } = place;
  const { tier } = view.assessment;
  return [
    {
      kind: 'text',
      text: [
        `What it can do: ${row}; who would use it and where: ${column}; where they meet: ${placed.cell}.`,
        tier === null || tier === placed.cell ? '' : ` A rule makes it ${tier}.`,
        isForNow(view) ? ' What is not known counts as its worse answer.' : '',
      ].join(''),
    },
    { kind: 'note', text: HOUSE_RULES },
  ];
};

/** Sentences, the last that of the rule, if one made the tier another than the cell's. */
export const stepWords = ({ assessment: { placed, tier, rule, trace } }: DealView): string[] => {
  if (!placed) return [];
  const steps = placed.steps.map(({ text }) => text);
  const told = tier === placed.cell || placed.steps.some(({ id }) => id === `${rule}-counted`);
  const text = told ? undefined : trace.find(({ id }) => id === rule)?.text;
  return text === undefined ? steps : [...steps, text];
};

/** What a flag is. The rules of a risk picture may count heavy ones. */
export const flagNote = ({ picture }: Pick<CompiledPolicy, 'picture'>): string =>
  picture
    ? 'A flag is no verdict: its weight depends on the context.'
    : 'Weighed, not counted: a flag is no verdict, and its weight depends on the context.';

/** A sentence for each step that put the deal there, and the table, for a form. */
export const pictureInSteps = (view: DealView): Part[] => {
  const place = placeOf(view);
  if (!place) return [];
  return [
    { kind: 'heading', text: 'How the deal came to this tier' },
    { kind: 'list', items: stepWords(view).map((text) => shorten(text, 300)) },
    ...tableBlocks(place, hereWords(view)),
  ];
};

/** The trace without what the picture's steps say already, and without the tier where it may not be shown. */
export const restOfTrace = (view: DealView): readonly TraceLine[] => {
  const { placed, rule, trace } = view.assessment;
  if (!placed) return trace;
  const known = tierIsKnown(view);
  return trace.filter((line) => !placed.steps.includes(line) && (known || line.id !== rule));
};

const MOST_NAMED = 3;
const NAME_LENGTH = 100;
/** A card is drawn again whenever something else of its deal changes. */
const MOST_KEPT = 50;
const kept = new WeakMap<CompiledPolicy, Map<string, Lowering>>();

const lowering = ({ policy, facts }: DealView): Lowering => {
  const found = kept.get(policy) ?? new Map<string, Lowering>();
  kept.set(policy, found);
  const key = JSON.stringify(facts);
  const lower = found.get(key) ?? policy.wouldLower(facts);
  // The one that was looked for last is the last to go.
  found.delete(key);
  found.set(key, lower);
  const [oldest] = found.keys();
  if (found.size > MOST_KEPT && oldest !== undefined) found.delete(oldest);
  return lower;
};

/**
 * `These 2 would lower it: “…” and “…”.` Nothing where no answer would, or nothing is open that makes the deal graver. A
 * search of up to tens of milliseconds: for one deal that is looked at, never for a list.
 */
export const loweringWords = (view: DealView): string => {
  if (!isForNow(view)) return '';
  const { ids, fewest } = lowering(view);
  if (ids.length === 0) return '';
  const named = ids
    .slice(0, MOST_NAMED)
    .map((id) => quoted(view.policy.question(id)?.text ?? 'A question', NAME_LENGTH));
  const more = ids.length - named.length;
  const names = more > 0 ? `${named.join(', ')} and ${more} more` : listWords(named);
  return `${ids.length === 1 ? 'This one' : `These ${ids.length}`} would lower it: ${names}.${fewest ? '' : ' Fewer may do.'}`;
};

/** What counts as its worse answer because it is not known. */
export const notKnown = ({ assessment: { openQuestions, placed } }: DealView): number =>
  openQuestions.filter(({ why, accepted }) => accepted !== true && why !== 'not done' && why !== 'one publisher')
    .length + (placed?.unanswered.length ?? 0);

/** Tells whether what is not known makes the tier graver than what is known would. */
export const isForNow = (view: DealView): boolean => {
  const { placed, tier } = view.assessment;
  const { status } = view.deal;
  if (!placed || tier === null || (status !== 'deciding' && status !== 'answering')) return false;
  return TIERS.indexOf(tier) > TIERS.indexOf(placed.known) && notKnown(view) > 0 && tierIsKnown(view);
};

/** `High for now: 6 things are not known. These 2 would lower it: “…” and “…”.` As dear as `loweringWords`. */
export const forNowWords = (view: DealView): string | undefined => {
  const { tier } = view.assessment;
  if (tier === null || !isForNow(view)) return undefined;
  const would = loweringWords(view);
  return `${tierWord(tier)} for now: ${notKnownWords(view)}.${would === '' ? '' : ` ${would}`}`;
};

/** `32 good answers name no source …` where that is all, else `6 things are not known`. */
const notKnownWords = (view: DealView): string => {
  const open = notKnown(view);
  const others = answersOfAnother(view).length;
  if (others > 0)
    return `${count(others, 'answer was', 'answers were')} given before the details changed, of something else${open > others ? `, and ${count(open - others, 'thing is', 'things are')} not known` : ''}`;
  const baseless = view.assessment.openQuestions.filter(({ why, accepted }) => why === 'no basis' && !accepted).length;
  return baseless === open
    ? `${count(open, 'good answer names', 'good answers name')} no source and nobody who said so`
    : `${count(open, 'thing is', 'things are')} not known${baseless > 0 ? ', or said without a source' : ''}`;
};

/** The tier's meaning, to follow its word; or that it is so for now. */
export const tierMeaningHere = (view: DealView, tier: Tier): string =>
  isForNow(view) ? `for now, because ${notKnownWords(view)}` : tierMeaning(tier);
