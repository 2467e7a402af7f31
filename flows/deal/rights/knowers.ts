/** Who might know the answers of a section, to whom it is handed. House rule. */

import type { PersonId } from '../../ids.ts';
import { isAuditor } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { SectionId } from '../../policy/policy.ts';
import { sheetKindOf } from '../../policy/sheet-questions.ts';
import { managerOf } from '../../registers/sheet-owners.ts';
import type { DealView } from '../view.ts';
import { joinsTeamRefusal } from './picking.ts';

export interface Knower {
  person: PersonId;
  why: 'manages the product' | 'watches the country' | 'answered it here before';
}

/**
 * Returns who might know, the likeliest first, each once: only people to whom `asker` may hand the section, and not who has it.
 * `watcher`: who watches the deal's country.
 */
export const whoMightKnow = (
  view: DealView,
  section: SectionId,
  asker: PersonId,
  watcher: PersonId | undefined,
): Knower[] => {
  const { deal, policy, organisation } = view;
  const { id, name } = deal.details.product;
  const kinds = new Set(policy.sections.find((s) => s.id === section)?.questions.map(sheetKindOf));
  const manager = kinds.has('product') ? managerOf(organisation, { of: 'product', product: id, name }) : undefined;
  const answered = Object.values(own(deal.answers, section) ?? {}).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const likely: Knower[] = [
    ...(manager === undefined ? [] : [{ person: manager, why: 'manages the product' } as const]),
    ...(watcher !== undefined && kinds.has('country')
      ? [{ person: watcher, why: 'watches the country' } as const]
      : []),
    ...answered.map(({ by }) => ({ person: by, why: 'answered it here before' }) as const),
  ];
  const holder = own(deal.handOvers, section)?.to ?? deal.owner;
  return likely.filter(
    ({ person }, i) =>
      person !== asker &&
      person !== holder &&
      likely.findIndex((one) => one.person === person) === i &&
      !isAuditor(organisation, person) &&
      joinsTeamRefusal(view, asker, person) === undefined,
  );
};
