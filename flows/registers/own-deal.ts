/** Nobody of compliance ends what stands against a deal of their own team. House rule. */

import type { PersonId } from '../ids.ts';
import { membersOf, person, type Organisation } from '../organisation.ts';

/** Keeps the refusal to a sentence or two. */
const MOST_NAMED = 3;

/** Returns why this person can't do it, and who can; undefined where no such deal is theirs. */
export const ownDealProblem = (
  organisation: Organisation,
  actor: PersonId,
  team: readonly PersonId[],
): string | undefined => {
  if (!team.includes(actor)) return undefined;
  const { compliance, chief } = organisation.roles;
  const able = [...new Set([...membersOf(organisation, compliance), ...membersOf(organisation, chief)])].filter(
    (id) => !team.includes(id),
  );
  const names = able.flatMap((id) => person(organisation, id)?.name ?? []).slice(0, MOST_NAMED);
  const who = names.length === 0 ? 'Nobody of compliance is apart from it now.' : `Who can: ${names.join(', ')}.`;
  return `You are on the team of a deal that this is about, or recused yourself from it, so another compliance colleague must do it. ${who}`;
};
