/** What a deal noted of other deals, a line each: for the dossier and the record. */

import type { Others } from '../../flows/deal/heard-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, Instant } from '../../flows/ids.ts';
import { count, dayWords, endUserKindWords, listWords } from '../words.ts';
import { andMore, endedHow, endedWords, KIND_OF_END_USER } from './others-words.ts';
import { ofAll, sharing, WORRY, type Readable } from './worry-words.ts';

/** `D-7K3QXM was declined on 3 November 2026` and so on, for the dossier. `readable`: absent, all of them. */
export const othersNotedLines = (
  view: DealView,
  { ended, otherwise, kinds = [], worries = [], written }: Others,
  readable?: Readable,
): string[] => {
  const reads = (deal: DealId): boolean => readable === undefined || readable.has(deal);
  const named = (deal: DealId): string => (reads(deal) ? deal : 'Another deal');
  // Of a deal that the reader may not read, no more than the thread says: neither when, nor which kind.
  const when = (deal: DealId, at: Instant): string => (reads(deal) ? ` on ${dayWords(at)}` : '');
  return [
    ...ended.map((one) => `${named(one.deal)} ${sharing(one)} was ${endedHow(one)}`),
    ...otherwise.map(
      ({ question, deal, at, more = 0 }) =>
        `${named(deal)}${reads(deal) ? andMore([{ more }]) : ''} answered otherwise${when(deal, at)}: ${view.policy.question(question)?.text ?? question}`,
    ),
    ...kinds.map(({ deal, kind, at }) =>
      reads(deal)
        ? `${deal} said${when(deal, at)} of the same end-user: ${endUserKindWords(kind)}`
        : `Compliance has heard otherwise: ${KIND_OF_END_USER.slice(0, -1)}`,
    ),
    ...worries.map((one) =>
      reads(one.deal)
        ? `${one.deal} ${sharing(one)},${when(one.deal, one.at)}: ${WORRY[one.of].toLowerCase()}`
        : `Another deal ${sharing(one)}: ${WORRY[one.of].toLowerCase()}`,
    ),
    ...(written ? [`${named(written.deal)}: somebody else wrote there${when(written.deal, written.at)}`] : []),
  ];
};

export const othersCount = ({ ended, more = 0, otherwise, kinds = [], worries = [], written }: Others): string =>
  listWords([
    ...(written ? ['colleagues wrote of this end-user elsewhere'] : []),
    ...(ended.length > 0 ? [endedWords(ended.length, ended)] : []),
    ...(more > 0 ? [`${count(more, 'more deal is', 'more deals are')} not listed`] : []),
    ...(otherwise.length > 0 ? [`${count(otherwise.length, 'answer is', 'answers are')} otherwise elsewhere`] : []),
    ...(kinds.length > 0 ? ['a graver kind of end-user is said elsewhere'] : []),
    ...(worries.length > 0 ? [`something was said of another deal ${ofAll(worries)}`] : []),
  ]);
