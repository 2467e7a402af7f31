/** Why something does not stand on a form. One of a form that cannot be opened begins with `n/a`, one of what stands without its author with `no name`. */

import type { Column } from './said-matrix.ts';

export type Reasons = readonly (readonly [why: string, ...columns: Column[]])[];

const ONE_FLAG = 'it settles one flag, and shows that';
export const ONLY_FLAG: Reasons = [[ONE_FLAG, 'flag']];
export const ENDS = 'nothing gets lighter by it: it ends the approval';
export const STANDS_UNNAMED = 'no name: it stands in the answers or details, and nobody took it away';
export const FOR_IT = 'harmless: it speaks for the deal';
export const OF_APPROVAL = 'it is asked of an approval, and of nothing else';
export const CONDITION_THERE = 'no name: the condition stands there, and it is the approval’s';
export const HELD = 'while it holds nobody can approve the deal or confirm its scope, and page 1 has it';
export const OF_ALL = 'no name: compliance says it of all deals there';
export const OTHER_DEAL = 'n/a: it is not said in a deal for which that form opens';
export const OWN_FORM = 'n/a: it is confirmed on its own form alone, as there is more to read';
export const COUNTED =
  'n/a: what was said before counts until compliance confirms the change, and nothing of that is open';
export const OWN_STOP = 'n/a: nobody else can take a stop back';
export const KEPT = 'n/a: the condition is kept';
export const NO_EXCEPTION = 'n/a: no exception fits any more';
export const CONFIRMED = 'n/a: it is confirmed';

/** What the table says of a cell. */
export const cellOf = (reasons: Reasons, column: Column): string => {
  const [why] = reasons.find(([, ...columns]) => columns.includes(column)) ?? [];
  return why === undefined ? 'shown' : (/^(?:n\/a|no name)/.exec(why)?.[0] ?? 'not shown');
};
