/** Compares two assessments of a deal: whether it got lighter. */

import { TIERS, WEIGHTS, type Assessment, type FlagId } from './policy.ts';

export const fallenFlags = (before: Assessment, now: Assessment): FlagId[] =>
  before.flags.filter(({ id }) => !now.flags.some((flag) => flag.id === id)).map(({ id }) => id);

const weighsLess = (before: Assessment, now: Assessment): boolean =>
  before.flags.some(({ id, weight }) => {
    const flag = now.flags.find((one) => one.id === id);
    return flag === undefined || WEIGHTS.indexOf(flag.weight) < WEIGHTS.indexOf(weight);
  });

export const isLighter = (before: Assessment, now: Assessment): boolean =>
  (before.scope === 'in' && now.scope === 'out') ||
  weighsLess(before, now) ||
  (before.tier !== null && now.tier !== null && TIERS.indexOf(now.tier) < TIERS.indexOf(before.tier));
