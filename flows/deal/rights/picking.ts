/** Whom somebody may put on the deal team: whoever is on it does not judge the deal. House rule. */

import type { PersonId } from '../../ids.ts';
import { inGroup, isAuditor, membersOf, person } from '../../organisation.ts';
import { decidingGroups } from '../../registers/absences.ts';
import type { DealView } from '../view.ts';
import { isIndependentCompliance } from './access.ts';
import { notAlone } from './close.ts';
import { hasVoted, isRecused, mayBeNeeded, nameOf, standsInForNeeded } from './seats.ts';

/**
 * Tells whether without this person a deciding group has only whoever hands it over, the sellers' managers and who wrote the sheets. Where nobody
 * is left at all, the deal says so itself.
 */
const leavesMild = (view: DealView, actor: PersonId, to: PersonId): boolean => {
  const { organisation, policy, deal } = view;
  const partial = [actor, ...notAlone(view)];
  return [...new Set([organisation.roles.compliance, organisation.roles.chief, ...decidingGroups(policy)])]
    .filter((group) => inGroup(organisation, group, to))
    .some((group) => {
      const left = membersOf(organisation, group).filter(
        (id) => id !== to && !deal.team.includes(id) && !isRecused(deal, id),
      );
      return left.length > 0 && left.every((id) => partial.includes(id));
    });
};

/**
 * Returns why not. Only compliance outside the deal gives work to a person who would then not judge it, and nobody to an
 * auditor.
 */
export const pickRefusal = (view: DealView, actor: PersonId, to: PersonId): string | undefined => {
  if (isAuditor(view.organisation, to)) {
    return `${nameOf(view, to)} is an auditor, who acts on no deal. Please choose someone else.`;
  }
  return !isIndependentCompliance(view, actor) && (mayBeNeeded(view, to) || standsInForNeeded(view, to))
    ? `${nameOf(view, to)} may be needed to decide on this deal. Ask compliance to hand it over, or choose someone else.`
    : undefined;
};

/** The same of the deal team, for compliance too: a mild officer would leave only mild judges. */
export const teamRefusal = (view: DealView, actor: PersonId, to: PersonId): string | undefined =>
  pickRefusal(view, actor, to) ??
  (leavesMild(view, actor, to)
    ? `Without ${nameOf(view, to)} too few could decide on this deal independently. Please choose someone else.`
    : undefined);

/** Returns why somebody may not get a section or the deal from `actor`; who is on the deal team already may. */
export const joinsTeamRefusal = (view: DealView, actor: PersonId, to: PersonId): string | undefined => {
  const { deal, organisation } = view;
  const colleague = person(organisation, to);
  if (!colleague) return 'Clearthread does not know that person. Ask compliance to add them.';
  if (deal.team.includes(to)) return undefined;
  if (hasVoted(view, to)) {
    return `${colleague.name} has voted on this deal, so they cannot join the deal team.`;
  }
  // Nobody is a judge in their own case.
  if (Object.values({ ...deal.gaps, ...deal.exceptions }).some(({ by }) => by === to)) {
    return `${colleague.name} accepted something as not known on this deal, so they cannot join the deal team.`;
  }
  return teamRefusal(view, actor, to);
};
