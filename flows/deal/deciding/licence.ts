/** Deciding on the export licence of an approved deal, which a clearance never is. Guidance: G7. */

import { licenceNow } from '../approval/licence.ts';
import { isIndependentCompliance } from '../rights/access.ts';
import { licenceRenamed } from '../said/renamed.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, unfit, unreasoned, type Case, type Decided } from './decision.ts';
import { licenceShown } from './waiting-shown.ts';

export const decideLicence = ({ command, view, meta, context }: Case<'SetLicence'>): Decided => {
  const { deal } = view;
  const no = unfit(view, meta, command);
  if (no) return no;
  if (command.seen !== undefined && command.seen !== licenceShown(view))
    return refuse('facts changed', 'More was said of the licence while you were reading. Please look at it first.');
  const { licence } = command;
  const reason = command.reason.trim();
  // Somebody else who says the same has a reason of their own, and a number may be corrected.
  const isSaid = deal.licence === undefined || deal.licence.reason === reason;
  if (licence === licenceNow(deal) && (deal.licence?.by ?? deal.owner) === meta.actor && isSaid)
    return refuse('not valid', 'Nothing was changed.', 'licence');
  const silent = unreasoned(reason, 'Please say what it stands on.', 'reason', { tells: 'what it stands on' });
  if (silent) return silent;
  const judged = isIndependentCompliance(view, meta.actor) ? { judged: true as const } : {};
  const renamed = licenceRenamed(view, meta.actor, licence);
  const said = { type: 'LicenceSet' as const, licence, reason, ...judged, ...(renamed.length > 0 ? { renamed } : {}) };
  return accept(meta, withConsequences(view, meta, [said], context));
};
