/** Kinds of end-users, from the mildest to the gravest. House rule. */

import type { EndUserKind } from './policy.ts';

const FROM_MILD_TO_GRAVE: readonly EndUserKind[] = ['private', 'state-tied', 'government', 'security'];

/** Every other that is known is graver. */
export const MILDEST: EndUserKind = 'private';

/** A kind that is not known counts as the worst of one's own deal, and says nothing to another's. */
export const isGraver = (kind: EndUserKind, than: EndUserKind): boolean =>
  than !== 'unknown' && FROM_MILD_TO_GRAVE.indexOf(kind) > FROM_MILD_TO_GRAVE.indexOf(than);

/** Returns the gravest of them. Undefined: none is known. */
export const gravestOf = (kinds: readonly EndUserKind[]): EndUserKind | undefined =>
  kinds.reduce<EndUserKind | undefined>(
    (worst, kind) => (kind !== 'unknown' && (worst === undefined || isGraver(kind, worst)) ? kind : worst),
    undefined,
  );
