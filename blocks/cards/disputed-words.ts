/** What is said against the sheets that a deal's answers stand on, for who judges the deal. */

import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import { disputesOfTaken, type DisputeOfTaken } from '../../flows/deal/sheets/disputed.ts';
import { disputersFirst, sheetDisputes, type DisputeOfSheet } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { readsDispute, settlersOf } from '../../flows/registers/sheet-rights.ts';
import { sheetName } from '../../flows/sheet.ts';
import type { Span, Text } from '../card.ts';
import { count, dayWords, LONGEST_SAID, quotedSentence } from '../words.ts';
import { inShort } from './in-short.ts';
import { heardName, settledSpans } from './sheet-words.ts';
import { people } from './spans.ts';

/** Heading of what is said against them. */
export const DISPUTED_SHEETS = 'Said against the product sheet or the country brief';

const MOST_DISPUTES = 8;

/** To whoever may not read what is said: that it is disputed, since when, and whom to ask. */
const askWhom = (organisation: Organisation, { sheet, dispute }: DisputeOfSheet): Span[] => {
  const settlers = settlersOf(organisation, sheet, dispute);
  return settlers.length === 0 ? ['Nobody is here who could settle it.'] : ['Please ask ', ...people(settlers), '.'];
};

/** What somebody reads of it: whoever decides on the deal reads what a colleague of another deal wrote, and not who that is. */
const readingOf = (view: DealView, { sheet, dispute }: DisputeOfSheet, reader: PersonId | undefined) => {
  const reads = reader !== undefined && readsDispute(view.organisation, sheet, dispute, reader);
  const words = reads || (reader !== undefined && decidesOn(view, reader));
  return { words, named: reads || (words && view.deal.team.includes(dispute.by)) };
};

/**
 * `The product sheet is disputed: 2 answers that this deal took, by @rep on 28 November 2026: “…”`; to whoever may not read that, also
 * where nobody is known to read: since when, and whom to ask.
 */
export const disputeItem = (
  view: DealView,
  of: DisputeOfSheet & Partial<Pick<DisputeOfTaken, 'answers'>>,
  reader: PersonId | undefined,
): Text => {
  const { dispute, answers } = of;
  const isOver = 'settled' in dispute;
  const on = dayWords(dispute.at);
  const then = answers === undefined ? ' ' : ', ';
  const head: Span[] = [
    { strong: `The ${heardName(of)} ${isOver ? 'was' : 'is'} disputed${answers === undefined ? '' : ': '}` },
    ...(answers === undefined ? [] : [`${count(answers, 'answer')} that this deal took`]),
  ];
  const { words, named } = readingOf(view, of, reader);
  if (!words)
    return isOver
      ? [...head, `${then}on ${on}.`, ...settledSpans(dispute, false), ' Please ask them.']
      : [...head, `${then}since ${on}. `, ...askWhom(view.organisation, of)];
  return [
    ...head,
    ...(named ? [', by ', { person: dispute.by }] : [`${then}by a colleague`]),
    ` on ${on}: ${quotedSentence(dispute.reason, LONGEST_SAID)}`,
    ...(isOver ? settledSpans(dispute) : [' Nobody has settled it yet.']),
  ];
};

/** What there is no room for, in short, to who may read it. */
const restInShort = (view: DealView, rest: readonly DisputeOfSheet[], reader: PersonId | undefined): Text[] => {
  const shown = rest.map((of) => ({ of, ...readingOf(view, of, reader) }));
  const hidden = shown.filter(({ words }) => !words).length;
  return [
    ...inShort(
      shown.flatMap(({ of: { dispute }, words, named }) =>
        words ? [{ text: dispute.reason, by: named ? dispute.by : undefined }] : [],
      ),
      'compliance reads all',
    ),
    ...(hidden > 0 ? [`and ${count(hidden, 'more dispute')}`] : []),
  ];
};

const itemsOf = (
  view: DealView,
  all: readonly (DisputeOfSheet & Partial<Pick<DisputeOfTaken, 'answers'>>)[],
  reader: PersonId | undefined,
): Text[] => [
  ...all.slice(0, MOST_DISPUTES).map((one) => disputeItem(view, one, reader)),
  ...restInShort(view, all.slice(MOST_DISPUTES), reader),
];

/** `The product sheet is disputed: 2 answers that this deal took, by @rep on 28 November 2026: “…”`. Without a reader, no words of it. */
export const disputedItems = (view: DealView, reader: PersonId | undefined): Text[] =>
  itemsOf(view, disputersFirst(view, disputesOfTaken(view)), reader);

/** What no answer of the deal was taken from. */
export const otherDisputes = (view: DealView, reader: PersonId | undefined): Text[] => {
  const taken = new Set(disputesOfTaken(view).map(({ dispute }) => dispute.id));
  return itemsOf(
    view,
    sheetDisputes(view).filter(({ dispute }) => !taken.has(dispute.id)),
    reader,
  );
};

/** For the deal's card, which a whole channel may read: that something waits, and no words of it. */
export const disputedNotes = (view: Pick<DealView, 'deal' | 'organisation'>): { kind: 'note'; text: string }[] => {
  const open = disputesOfTaken(view).filter(({ dispute }) => !('settled' in dispute));
  if (open.length === 0) return [];
  const of = [...new Set(open.map(({ sheet }) => sheetName(sheet)))].join(' and the ');
  const waits = open.length === 1 ? 'waits' : 'wait';
  return [
    {
      kind: 'note',
      text: `${count(open.length, 'dispute')} of what this deal took from the ${of} ${waits} for an answer.`,
    },
  ];
};
