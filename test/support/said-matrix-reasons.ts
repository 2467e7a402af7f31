/** Why something does not stand on a form. One of a form that cannot be opened begins with `n/a`, one of what stands without its author with `no name`. */

import type { Column } from './said-matrix.ts';

export type Reasons = readonly (readonly [why: string, ...columns: Column[]])[];

const ONE_FLAG = 'it settles one flag, and shows that';
const ONE_CONDITION = 'it settles one condition, and shows what was handed in for that';
export const APART: Reasons = [
  [ONE_FLAG, 'flag'],
  [ONE_CONDITION, 'evidence'],
];
export const ONLY_FLAG: Reasons = [[ONE_FLAG, 'flag']];
export const ENDS = 'nothing gets lighter by it: it ends the approval';
export const STANDS = 'it stands in the answers or details, and nobody took it away';
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

/** To be mended: each names its cause. */
export const HOLES = {
  reported: 'HOLE: gaps.ts and exception.ts do not show what was reported while the deal is reassessed',
  crowded: 'HOLE: ever-words.ts gives each source of each answer a line of its own, and has none left for the note',
  handedOver: 'HOLE: condition.ts does not say why that condition was handed over',
  voteBack: 'HOLE: no page has why a vote was taken back',
  exceptionBack: 'HOLE: why an exception was taken back is kept nowhere: gaps.ts shows it of gaps alone',
  authority: 'HOLE: no page has what was noted of the authority',
  chief: 'HOLE: askedHere says what was asked, and not why somebody else took it back',
  admitted: 'HOLE: contradictions name the flag, and not why it was admitted',
  admittedBy: 'no name: HOLE: flags give why they were admitted without who did it',
  cleared: 'HOLE: votesBlocks gives the reasons of a vote, and not why it cleared a flag',
  asker: 'no name: HOLE: informationBlocks does not say who asked a question once it is answered',
  conditionBy: 'no name: HOLE: othersBlocks lists conditions so far without who asks for them',
  leftOut: 'no name: HOLE: leftOutItems gives why it is left out without who did it',
  sheet: 'HOLE: no page of a review says that the product sheet is disputed',
} as const;

/** What the table says of a cell. */
export const cellOf = (reasons: Reasons, column: Column): string => {
  const [why] = reasons.find(([, ...columns]) => columns.includes(column)) ?? [];
  return why === undefined ? 'shown' : (/^(?:n\/a|no name)/.exec(why)?.[0] ?? 'not shown');
};
