/** Evolves what was said of the export licence of an approved deal: what it was said to be before stays visible. Guidance: G7. */

import { detailsNow, evolveLicence } from '../approval/licence.ts';
import type { DealEvent } from '../events.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { renamedBy } from './evolve-lighter.ts';

export const licenceSaid = (deal: OpenedDeal, event: Extract<DealEvent, { type: 'LicenceSet' }>): Partial<Opened> => {
  const { renamed, reason: why, by: changedBy, at: until } = event;
  const before = { ...deal, details: detailsNow(deal) };
  return {
    ...evolveLicence(deal, event),
    ...(renamed ? renamedBy(before, renamed, { until, changedBy, why }) : {}),
  };
};
