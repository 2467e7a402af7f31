/** Details that were changed and wait for compliance, each with before and now. */

import type { DealDetails } from '../../flows/deal/deal.ts';
import type { LighterSaid } from '../../flows/deal/said-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { countryWords, detailWords, endUserKindWords, productWords } from '../words.ts';

interface PendingDetail {
  label: string;
  /** Undefined where an older event does not say. */
  before: (was: LighterSaid['was']) => string | undefined;
  now: (details: DealDetails) => string;
}

const PENDING: readonly PendingDetail[] = [
  {
    label: detailWords('endUser'),
    before: ({ endUser }) => endUserKindWords(endUser),
    now: ({ endUser }) => endUserKindWords(endUser.kind),
  },
  {
    label: detailWords('product'),
    before: ({ product }) => productWords(product),
    now: ({ product }) => productWords(product),
  },
  {
    label: detailWords('destination'),
    before: ({ destination }) => destination && countryWords(destination),
    now: ({ destination }) => countryWords(destination),
  },
];

/** `Destination: was Norway, now Sweden.`, one for each that changed. */
export const pendingDetails = ({ lighterSaid, deal: { details } }: DealView): string[] => {
  if (!lighterSaid) return [];
  return PENDING.flatMap(({ label, before, now }) => {
    const [was, is] = [before(lighterSaid.was), now(details)];
    return was === undefined || was === is ? [] : [`${label}: was ${was}, now ${is}.`];
  });
};
