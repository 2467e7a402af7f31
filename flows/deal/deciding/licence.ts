/** Deciding on the export licence of an approved deal, which a clearance never is. Guidance: G7. */

import { approvalOf } from '../approval/in-force.ts';
import { licenceNow } from '../approval/licence.ts';
import { refusal } from '../rights/access.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, unreasoned, type Case, type Decided } from './decision.ts';

export const decideLicence = ({ command, view, meta, context }: Case<'SetLicence'>): Decided => {
  const { deal } = view;
  if (!approvalOf(deal)) {
    return refuse('not now', 'This deal is not approved now. Its licence is one of its details: correct them instead.');
  }
  const problem = refusal(view, meta.actor, 'set licence');
  if (problem) return refuse('not allowed', problem);
  const { licence } = command;
  if (licence === licenceNow(deal)) return refuse('not valid', 'Nothing was changed.', 'licence');
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say what it stands on.', 'reason', { tells: 'what it stands on' });
  if (silent) return silent;
  return accept(meta, withConsequences(view, meta, [{ type: 'LicenceSet', licence, reason }], context));
};
