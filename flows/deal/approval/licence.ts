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

/** Since when it has been in its present state, as long as that is open. */
const sinceNow = (deal: OpenedDeal): Instant | undefined => {
  const approval = approvalOf(deal);
  return approval && isOpen(licenceNow(deal)) ? (deal.licence?.since ?? approval.decision.at) : undefined;
};

/**
 * Returns since when an approved deal has waited for its export licence: what only the deal team called settled in between
 * starts no new time. Undefined where it is settled.
 */
export const licenceOpenSince = (deal: OpenedDeal): Instant | undefined => {
  const since = sinceNow(deal);
  return since === undefined ? undefined : (deal.licenceOpenFirst ?? since);
};

/** Names the wait: whoever goes back to what was open is reminded, and others told, as of a new one. */
export const licenceWait = (deal: OpenedDeal): string | undefined => {
  const [first, since] = [licenceOpenSince(deal), sinceNow(deal)];
  return first === since ? first : `${first}:${since}`;
};

/** Returns the details as they are once nothing signed rests on them. */
export const detailsNow = (deal: OpenedDeal): DealDetails => ({ ...deal.details, exportLicence: licenceNow(deal) });

/** Keeps since when it was open first, across the end of what was said of it. Empty where it never was. */
export const keptOpen = (deal: OpenedDeal): Pick<Opened, 'licenceOpenFirst'> => {
  const first = licenceOpenSince(deal) ?? deal.licenceOpenFirst;
  return first === undefined ? {} : { licenceOpenFirst: first };
};

/** An approval that was given over a settled licence has judged that too. */
export const openAfterDecision = (
  deal: OpenedDeal,
  { outcome }: Pick<Extract<DealEvent, { type: 'DealDecided' }>, 'outcome'>,
): Pick<Opened, 'licenceOpenFirst'> =>
  outcome !== 'declined' && !isOpen(deal.details.exportLicence) && deal.licenceOpenFirst !== undefined
    ? { licenceOpenFirst: undefined }
    : keptOpen(deal);

export const evolveLicence = (
  deal: OpenedDeal,
  { licence, reason, judged, by, at }: Extract<DealEvent, { type: 'LicenceSet' }>,
): Partial<Opened> => {
  const since = (isOpen(licence) ? sinceNow(deal) : undefined) ?? at;
  const first = judged && !isOpen(licence) ? undefined : keptOpen(deal).licenceOpenFirst;
  const isKept = first !== undefined && (!isOpen(licence) || first !== since);
  return {
    ...(deal.status === 'decided' ? {} : { details: { ...deal.details, exportLicence: licence } }),
    licence: { licence, by, at, reason, since },
    ...(isKept || deal.licenceOpenFirst !== undefined ? { licenceOpenFirst: first } : {}),
  };
};
