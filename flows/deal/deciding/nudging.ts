/** Decides on nudges: reminding whoever a deal waits for. */

import { nudgedBy } from '../refusing/lifecycle.ts';
import { accept, refuse, unfit, type Case, type Decided } from './decision.ts';

const NUDGE_PAUSE_MS = 60 * 60 * 1000;

export const decideNudge = ({ command, view, meta }: Case<'Nudge'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const last = view.deal.lastNudge;
  // The people for whom the deal has been waiting since then were not nudged yet.
  if (
    last &&
    last > view.deal.waitingSince &&
    new Date(meta.at).getTime() - new Date(last).getTime() < NUDGE_PAUSE_MS
  ) {
    return refuse('not now', 'They were nudged within the last hour. Give them a little time.');
  }
  return accept(meta, [{ type: 'Nudged', people: nudgedBy(view, meta.actor) }]);
};
