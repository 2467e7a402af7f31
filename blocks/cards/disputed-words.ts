/** What is said against the sheets that a deal's answers stand on, for who judges the deal. */

import { disputesOfTaken, type DisputeOfTaken } from '../../flows/deal/sheets/disputed.ts';
import { disputersFirst, sheetDisputes, type DisputeOfSheet } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { readsDispute, settlersOf } from '../../flows/registers/sheet-rights.ts';
import { sheetName } from '../../flows/sheet.ts';
import type { Span, Text } from '../card.ts';
import { count, dayWords, LONGEST_SAID, quotedSentence } from '../words.ts';
import { heardName, settledSpans } from './sheet-words.ts';
import { people } from './spans.ts';

const MOST_DISPUTES = 8;

/** To whoever may not read what is said: that it is disputed, since when, and whom to ask. */
const askWhom = (organisation: Organisation, { sheet, dispute }: DisputeOfSheet): Span[] => {
  const settlers = settlersOf(organisation, sheet, dispute);
  return settlers.length === 0 ? ['Nobody is here who could settle it.'] : ['Please ask ', ...people(settlers), '.'];
};

/**
 * `The product sheet is disputed: 2 answers that this deal took, by @rep on 28 November 2026: “…”`; to whoever may not read that, also
 * where nobody is known to read: since when, and whom to ask.
 */
export const disputeItem = (
  organisation: Organisation,
  of: DisputeOfSheet & Partial<Pick<DisputeOfTaken, 'answers'>>,
  reader: PersonId | undefined,
): Text => {
  const { sheet, dispute, answers } = of;
  const isOver = 'settled' in dispute;
  const on = dayWords(dispute.at);
  const then = answers === undefined ? ' ' : ', ';
  const head: Span[] = [
    { strong: `The ${heardName(of)} ${isOver ? 'was' : 'is'} disputed${answers === undefined ? '' : ': '}` },
    ...(answers === undefined ? [] : [`${count(answers, 'answer')} that this deal took`]),
  ];
  if (reader === undefined || !readsDispute(organisation, sheet, dispute, reader))
    return isOver
      ? [...head, `${then}on ${on}.`, ...settledSpans(dispute, false), ' Please ask them.']
      : [...head, `${then}since ${on}. `, ...askWhom(organisation, of)];
  return [
    ...head,
    ', by ',
    { person: dispute.by },
    ` on ${on}: ${quotedSentence(dispute.reason, LONGEST_SAID)}`,
    ...(isOver ? settledSpans(dispute) : [' Nobody has settled it yet.']),
  ];
};

/** `The product sheet is disputed: 2 answers that this deal took, by @rep on 28 November 2026: “…”`. Without a reader, no words of it. */
export const disputedItems = (view: Pick<DealView, 'deal' | 'organisation'>, reader: PersonId | undefined): Text[] => {
  const all = disputersFirst(view, disputesOfTaken(view));
  const more = all.length - MOST_DISPUTES;
  return [
    ...all.slice(0, MOST_DISPUTES).map((one) => disputeItem(view.organisation, one, reader)),
    ...(more > 0 ? [`and ${count(more, 'more dispute')} of answers that this deal took`] : []),
  ];
};

/** What no answer of the deal was taken from. */
export const otherDisputes = (
  view: Pick<DealView, 'deal' | 'organisation' | 'now'>,
  reader: PersonId | undefined,
): Text[] => {
  const taken = new Set(disputesOfTaken(view).map(({ dispute }) => dispute.id));
  const others = sheetDisputes(view).filter(({ dispute }) => !taken.has(dispute.id));
  const more = others.length - MOST_DISPUTES;
  return [
    ...others.slice(0, MOST_DISPUTES).map((one) => disputeItem(view.organisation, one, reader)),
    ...(more > 0 ? [`and ${count(more, 'more dispute')}`] : []),
  ];
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
