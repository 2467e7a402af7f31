/** What the answers of another deal with the same end-user say against those of this one, as a whole. House rule. */

import type { DealId, Instant, PersonId } from '../../ids.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { TIERS, type QuestionId } from '../../policy/policy.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import type { EndedOther, HeardWorry, Others } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import type { SaidKind } from './kinds.ts';

/** What an answer is about: deals share it where they have the same destination, end-user, or product of the catalogue. */
export type Topic = 'country' | 'end-user' | 'product';
export interface Topical {
  question: QuestionId;
  topic: Topic;
}

/** What a deal says that concerns others. */
export interface SaidElsewhere {
  id: DealId;
  owner: PersonId;
  /** True where it is told what others say. */
  listens: boolean;
  /**
   * Results of `endUserKeys`: of the name now, of one that comes back if compliance refuses, and of those before. A name
   * without letters or digits is nobody's.
   */
  endUsers: readonly string[];
  /** The same of everybody whom the deal names: it is told what stands against an end-user of that name. */
  parties: readonly string[];
  /** ISO 3166-1 alpha-2, as above. */
  destinations: readonly string[];
  /** Ids from the catalogue, or `other` with a name, as above. */
  products: readonly string[];
  kind: SaidKind;
  /** What its answers say; undefined before they are there. */
  scope?: 'in' | 'out' | undefined;
  /** Place in `TIERS`, once all is answered. */
  tier?: number | undefined;
  /** True where it was found out of scope. */
  isOut: boolean;
  /** True where an approval is in force and nobody looks at it again: it hears what is grave, and no answers. */
  approved: boolean;
  /** The deal whose confirmation it rests on as out of scope. */
  rests?: DealId | undefined;
  ended?: Omit<EndedOther, 'deal'> | undefined;
  worries: readonly Omit<HeardWorry, 'deal'>[];
  /** Answers about the end-user or its country which say that all is well, or that it is not known. */
  well: readonly Topical[];
  /** Those which say that it is not. */
  otherwise: readonly (Topical & { at: Instant })[];
  noted: Others | undefined;
}

/** Undefined while something is not answered: then it would be the worst by that alone. */
export const tierSaid = (view: DealView): number | undefined => {
  const { tier } = view.assessment;
  return tier === null || sectionProgress(view).some(({ done }) => !done) ? undefined : TIERS.indexOf(tier);
};

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));

const isOther = ({ products }: SaidElsewhere): boolean => products.some((id) => id.startsWith(OTHER_PRODUCT));

/** The same sale by all that is known of it. A product outside the catalogue may be any. */
const isTwin = (one: SaidElsewhere, other: SaidElsewhere): boolean =>
  share(one.destinations, other.destinations) &&
  (isOther(one) || isOther(other) || share(one.products, other.products));

/** `other` names the same end-user, or is what `one` rests on. */
export const elsewhere = (one: SaidElsewhere, other: SaidElsewhere): SaidElsewhere['worries'] => {
  const said = { by: other.owner, at: other.kind.at };
  const rests = one.rests === other.id;
  const isThere = rests || other.destinations.every((country) => one.destinations.includes(country));
  const isRiskier = one.tier !== undefined && other.tier !== undefined && other.tier > one.tier && isTwin(one, other);
  return [
    ...(isThere ? [] : [{ of: 'country' as const, ...said }]),
    ...((one.scope === 'out' && other.scope === 'in') || (rests && !other.isOut)
      ? [{ of: 'scope' as const, ...said }]
      : []),
    ...(isRiskier ? [{ of: 'tier' as const, ...said }] : []),
  ];
};
