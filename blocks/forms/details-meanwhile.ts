/** What the form of the details remembers of its opening, and how it shows what somebody else corrected since. */

import type { Base } from '../../flows/deal/answer-shapes.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { detailsBase, mergeDetails, type Detail } from '../../flows/deal/sections/merging-details.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock } from '../card.ts';
import {
  countryWords,
  dayWords,
  endUserKindWords,
  licenceWord,
  listWords,
  productWords,
  valueBandWords,
} from '../words.ts';
import { isInput } from './inputs.ts';
import { formatIntermediaries } from './lines.ts';

export interface DetailsOpenedOn {
  base?: Base | undefined;
  /** Details whose other correction is shown beside this person's own. */
  met?: readonly string[] | undefined;
}

export const detailsOpenedNow = ({ deal }: DealView): DetailsOpenedOn => ({ base: detailsBase(deal.details) });

/** This person's corrections on the details of now, and what to show beside them. */
export const rebasedDetails = (
  { deal }: DealView,
  mine: DealDetails,
  base: Base | undefined,
): { details: DealDetails; opened: DetailsOpenedOn } => {
  const { details, clashes } = mergeDetails(deal, { base, mine });
  return { details, opened: { base: detailsBase(deal.details), met: clashes } };
};

const WORDS: Readonly<Record<Detail, (details: DealDetails) => string>> = {
  customer: (d) => d.customer,
  product: (d) => productWords(d.product),
  destination: (d) => countryWords(d.destination),
  endUserName: (d) => d.endUser.name,
  endUserKind: (d) => endUserKindWords(d.endUser.kind),
  intermediaries: (d) => formatIntermediaries(d.intermediaries).replaceAll('\n', '; ') || 'none',
  valueBand: (d) => (d.valueBand === undefined ? 'not given' : valueBandWords(d.valueBand)),
  expectedSigning: (d) => (d.expectedSigning === undefined ? 'not given' : dayWords(d.expectedSigning)),
  exportLicence: (d) => licenceWord(d.exportLicence),
};
const isDetail = (name: string): name is Detail => Object.hasOwn(WORDS, name);

/** The blocks with the other corrections beside their inputs, under a line that says where to look. */
export const withOthers = ({ deal }: DealView, blocks: readonly FormBlock[], met: readonly string[]): FormBlock[] => {
  const both = blocks.filter((b) => isInput(b) && met.includes(b.name) && isDetail(b.name));
  if (both.length === 0) return [...blocks];
  const { by, at } = deal.lastCorrection ?? {};
  const names = listWords(both.flatMap((b) => (isInput(b) ? [`“${b.label}”`] : [])));
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Not saved yet: somebody else corrected this too. ' },
        `Both corrections of ${names} are shown. What you typed is kept: save again to have it as you see it.`,
      ],
    },
    ...blocks.flatMap((block): FormBlock[] =>
      isInput(block) && met.includes(block.name) && isDetail(block.name)
        ? [
            block,
            {
              kind: 'text',
              text: [
                by === undefined ? 'Somebody' : { person: by },
                ' corrected it meanwhile',
                ...(at === undefined ? [] : [', ', { since: at }]),
                ': ',
                { strong: WORDS[block.name](deal.details) },
              ],
            },
          ]
        : [block],
    ),
  ];
};
