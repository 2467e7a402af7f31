/** The export licence of an approved deal: what is still open of it, and what was said since. Guidance: G7. */

import type { Instant } from '../../ids.ts';
import type { DealDetails, ExportLicence } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { approvalOf } from './in-force.ts';

const isOpen = (licence: ExportLicence): boolean => licence === 'pending' || licence === 'not-determined';

/** Returns where the licence stands. What was signed does not change: a decided deal keeps its details. */
export const licenceNow = (deal: OpenedDeal): ExportLicence =>
  (deal.status === 'decided' ? deal.licence?.licence : undefined) ?? deal.details.exportLicence;

/** Returns since when an approved deal has waited for its export licence. Undefined where it is settled. */
export const licenceOpenSince = (deal: OpenedDeal): Instant | undefined => {
  const approval = approvalOf(deal);
  return approval && isOpen(licenceNow(deal)) ? (deal.licence?.since ?? approval.decision.at) : undefined;
};

/** Returns the details as they are once nothing signed rests on them. */
export const detailsNow = (deal: OpenedDeal): DealDetails => ({ ...deal.details, exportLicence: licenceNow(deal) });

export const evolveLicence = (
  deal: OpenedDeal,
  { licence, reason, by, at }: Extract<DealEvent, { type: 'LicenceSet' }>,
): Partial<Opened> => {
  const since = (isOpen(licence) ? licenceOpenSince(deal) : undefined) ?? at;
  return {
    ...(deal.status === 'decided' ? {} : { details: { ...deal.details, exportLicence: licence } }),
    licence: { licence, by, at, reason, since },
  };
};
