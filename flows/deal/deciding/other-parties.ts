/** What falls, or is asked again, when the details name others: by a correction, or as those of before come back. House rule. */

import type { FlagId } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';
import { isMore, isSaidOf, othersNow, sameName, type Subject } from '../formerly.ts';
import { isSettledOfParties } from '../own-flag.ts';
import { namesOthers } from '../said/renamed.ts';
import type { DealView } from '../view.ts';

/** In whom somebody may have a stake. */
const PARTIES: ReadonlySet<Subject> = new Set<Subject>(['end-user', 'between']);

/**
 * `flagsAgain`: flags that were dismissed or weighed of what the deal was of, or of less than it is of. `questionsAgain`: what approvers asked, and
 * was answered of that. `stakesAgain`: voters say again that they have no stake.
 */
export const withOthers = (
  view: DealView,
  details: DealDetails,
): {
  flagsAgain?: FlagId[] | undefined;
  questionsAgain?: string[] | undefined;
  stakesAgain?: true | undefined;
} => {
  const { deal } = view;
  const isOther = namesOthers(view, details) || isMore(deal.details, details);
  const again = isOther ? deal.ownFlags.filter(isSettledOfParties).map(({ id }) => id) : [];
  const others = othersNow(deal, details);
  const asked = deal.keepsWords ? deal.requests : [];
  const questions = asked.flatMap(({ id, answer, of = deal.details, takenBack, holds }) =>
    answer && !takenBack && holds && !isSaidOf(of, details) ? [id] : [],
  );
  const isOtherParty =
    others.some((subject) => PARTIES.has(subject)) || !sameName(deal.details.customer, details.customer);
  return {
    ...(again.length > 0 ? { flagsAgain: again } : {}),
    ...(questions.length > 0 ? { questionsAgain: questions } : {}),
    ...(isOtherParty && deal.noStake ? { stakesAgain: true as const } : {}),
  };
};
