/** What a changed policy file says otherwise, weakest first. House rule. */

import { isWeaker } from '../policy/weaker.ts';
import { isNews, type Change } from './said.ts';

/** Settings that say who decides and how much, before texts. */
const SETTINGS =
  /^(?:routes|confirmScope|lighter|managerAlone|declareStake|delegates|signature|yearlyReport|picture|tiers|scope)\b/;

const gravity = (change: Change): number => (isWeaker(change) ? 0 : SETTINGS.test(change.path) ? 1 : 2);

/** A part that comes or goes is one line: what is said of it is not repeated. */
const isFolded = ({ path }: Change, whole: ReadonlySet<string>): boolean => {
  const parts = path.split(' ');
  return parts.some((_, n) => {
    const id = [...parts.slice(0, n), 'id'].join(' ');
    return id !== path && whole.has(id);
  });
};

/** Returns the changes to tell. */
export const weakestFirst = (changes: readonly Change[]): Change[] => {
  const whole = new Set(
    changes
      .filter(({ path, was, is }) => path.endsWith(' id') && (was === undefined || is === undefined))
      .map(({ path }) => path),
  );
  return changes
    .filter((change) => isNews(change) && !isFolded(change, whole))
    .map((change) => ({ change, is: gravity(change) }))
    .toSorted((a, b) => a.is - b.is)
    .map(({ change }) => change);
};
