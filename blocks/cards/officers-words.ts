/** What officers wrote in registers of something else, and that names a deal's product or a party; and why gaps are accepted for all deals. In words. */

import { isAcceptedForAll } from '../../flows/deal/context/named-by-officers.ts';
import type { OfficersWords } from '../../flows/deal/context/officers-words.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Span, Text } from '../card.ts';
import { countryWords, dayWords, LONGEST_SAID, quoted } from '../words.ts';
import { inLists } from './in-lists.ts';
import { shortAfter } from './in-short.ts';

const MOST_LINES = 5;

const OF_OFFICERS = 'Named in an alert, a hold or a note of something else';

const OFFICERS: Record<OfficersWords['of'], string> = {
  alert: 'Country alert',
  laws: 'Counsel on the laws',
  hold: 'A hold',
  sheet: 'Product sheet',
  waits: 'Product sheet, to be confirmed',
  dispute: 'Disputed',
  gaps: 'Gaps accepted',
  asked: 'People outside',
};

const OF_COUNTRY: Partial<typeof OFFICERS> = {
  sheet: 'Country brief',
  waits: 'Country brief, to be confirmed',
};

/** `Country alert, Finland, over: “…” @compliance, 3 March 2027.` Whom a hold is on, and who placed it, those know who may read its deal. */
const officersItem = ({ organisation }: DealView, { of, on, over, text, by, at }: OfficersWords): Text => {
  const product = on?.of === 'product' ? organisation.products.find(({ id }) => id === on.product) : undefined;
  const what = on?.of === 'country' ? countryWords(on.country) : on && quoted(product?.name ?? on.name, 120);
  return [
    {
      strong: [
        on?.of === 'country' ? (OF_COUNTRY[of] ?? OFFICERS[of]) : OFFICERS[of],
        ...(what === undefined ? [] : [what]),
        ...(over ? ['over'] : []),
      ].join(', '),
    },
    `: ${quoted(text, LONGEST_SAID)} `,
    ...(of === 'hold' ? [] : [{ person: by } satisfies Span, ', ']),
    `${dayWords(at)}.`,
  ];
};

const OF_GAPS = 'Accepted as not known, for all such deals';

/** For whoever decides on the deal: each is read in full, of many the latest. */
export const officersBlocks = (view: DealView, officers: readonly OfficersWords[] = []): FormBlock[] => {
  const accepted = officers.filter((one) => isAcceptedForAll(view, one));
  const parts: [string, readonly OfficersWords[]][] = [
    [OF_OFFICERS, officers.filter((one) => !accepted.includes(one))],
    [OF_GAPS, accepted],
  ];
  return parts.flatMap(([heading, some]): FormBlock[] => {
    if (some.length === 0) return [];
    const items = shortAfter(some, {
      most: MOST_LINES,
      full: (one) => officersItem(view, one),
      short: ({ of, text, by }) => ({ text, by: of === 'hold' ? undefined : by }),
    });
    return [{ kind: 'heading', text: heading }, ...inLists(items, MOST_LINES)];
  });
};
