/** What is said against the sheets that a deal's answers stand on, for who judges the deal. */

import { disputesOfTaken, type DisputeOfTaken } from '../../flows/deal/sheets/disputed.ts';
import { sheetsOf } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { readsDispute, settlersOf } from '../../flows/registers/sheet-rights.ts';
import { sheetName } from '../../flows/sheet.ts';
import type { Span, Text } from '../card.ts';
import { count, dayWords, quotedSentence } from '../words.ts';
import { settledSpans } from './sheet-words.ts';
import { people } from './spans.ts';

const MOST_DISPUTES = 3;

/** To whoever may not read what is said: that it is disputed, since when, and whom to ask. */
const askWhom = (organisation: Organisation, { sheet, dispute }: DisputeOfTaken): Span[] => {
  const settlers = settlersOf(organisation, sheet, dispute);
  return settlers.length === 0 ? ['Nobody is here who could settle it.'] : ['Please ask ', ...people(settlers), '.'];
};

const disputedText = (organisation: Organisation, of: DisputeOfTaken, reader: PersonId | undefined): Text => {
  const { sheet, dispute, answers } = of;
  const reads = reader !== undefined && readsDispute(organisation, sheet, dispute, reader);
  const on = dayWords(dispute.at);
  const head: Span[] = [
    { strong: `The ${sheetName(sheet)} ${'settled' in dispute ? 'was' : 'is'} disputed: ` },
    `${count(answers, 'answer')} that this deal took, `,
  ];
  const said: Span[] = reads
    ? ['by ', { person: dispute.by }, ` on ${on}: ${quotedSentence(dispute.reason, 200)}`]
    : [];
  if ('settled' in dispute) {
    return reads
      ? [...head, ...said, ...settledSpans(dispute)]
      : [...head, `on ${on}.`, ...settledSpans(dispute, false), ' Please ask them.'];
  }
  return reads
    ? [...head, ...said, ' Nobody has settled it yet.']
    : [...head, `since ${on}. `, ...askWhom(organisation, of)];
};

const otherText = (organisation: Organisation, of: DisputeOfTaken, reader: PersonId | undefined): Text => {
  const { sheet, dispute } = of;
  const head: Span = { strong: `The ${sheetName(sheet)} is disputed` };
  return reader !== undefined && readsDispute(organisation, sheet, dispute, reader)
    ? [head, ', by ', { person: dispute.by }, ` on ${dayWords(dispute.at)}: ${quotedSentence(dispute.reason, 200)}`]
    : [head, ` since ${dayWords(dispute.at)}. `, ...askWhom(organisation, of)];
};

/** `The product sheet is disputed: 2 answers that this deal took, by @rep on 28 November 2026: “…”`. Without a reader, no words of it. */
export const disputedItems = (view: Pick<DealView, 'deal' | 'organisation'>, reader: PersonId | undefined): Text[] => {
  const all = disputesOfTaken(view);
  const more = all.length - MOST_DISPUTES;
  return [
    ...all.slice(0, MOST_DISPUTES).map((one) => disputedText(view.organisation, one, reader)),
    ...(more > 0 ? [`and ${count(more, 'more dispute')} of answers that this deal took`] : []),
  ];
};

/** `The product sheet is disputed, by @rep on 28 November 2026: “…”`: what no answer of the deal was taken from. */
export const otherDisputes = (view: Pick<DealView, 'deal' | 'organisation'>, reader: PersonId | undefined): Text[] => {
  const taken = new Set(disputesOfTaken(view).map(({ dispute }) => dispute.id));
  return sheetsOf(view).flatMap((sheet) =>
    sheet.on.of === 'product'
      ? sheet.disputes.flatMap((dispute): Text[] =>
          taken.has(dispute.id) ? [] : [otherText(view.organisation, { sheet, dispute, answers: 0 }, reader)],
        )
      : [],
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
