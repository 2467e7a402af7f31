/** Where what compliance accepted or confirmed stands whatever is said after it, or that cannot be said then, and why. All else is asked again. */

import type { Fate, Settled } from './settled-then-said.ts';

export type Where = 'here' | 'elsewhere';
type Cell = `${Settled}, ${Where}` | 'scope, elsewhere';
type Reasons = readonly (readonly [why: string, ...cells: Cell[]])[];

const SOURCE =
  'a source is named under every answer: it ends the gap of its own question alone, and an exception of its own deal';
const REQUIRED = 'every deal asks for it in words';
const VOTE =
  'whoever votes reads what was accepted: it is voted again where that ends, and two deals would never come to an end';
const SETTLED_THERE = 'it is accepted again where that ends: two deals would never come to an end';
const FLAG_WAITS =
  'a flag waits for compliance, and nobody approves the deal before that: whoever settles it has said so then';
const CONFIRMED_WITH = 'compliance confirms the change, and reads why';
const FOR_IT = 'it speaks for the deal';
const OTHER_DEAL = 'n/a: it is not said of a deal of which that is settled';
const OVER = 'it is over again: nobody reads it on that form any more';
const NOT_THERE = 'what is out of scope is not asked that, and its form shows no other deal’s answer to it';
const HELD = 'n/a: while that waits in the other deal nobody confirms the scope';
const CLOSED = 'n/a: it cannot be said once that is settled';

/** What the table says of a cell. */
export const fateIn = (reasons: Reasons, cell: Cell): Fate => {
  const [why] = reasons.find(([, ...cells]) => cells.includes(cell)) ?? [];
  return why === undefined ? 'asked again' : why.startsWith('n/a') ? 'n/a' : 'stands';
};

export const SETTLED_TABLE: Readonly<Record<string, Reasons>> = {
  'note under yes': [[OTHER_DEAL, 'exception, here', 'exception, elsewhere']],
  'source under yes': [
    [SOURCE, 'gaps, here', 'gaps, elsewhere'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  'source, another beside it': [[SOURCE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'source, stands': [[SOURCE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'source, replaced': [[SOURCE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'source, replaced by its author': [[SOURCE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'text, stands': [[REQUIRED, 'gaps, elsewhere', 'exception, elsewhere']],
  'text, replaced': [[REQUIRED, 'gaps, elsewhere', 'exception, elsewhere']],
  'text, altered by its author': [[REQUIRED, 'gaps, elsewhere', 'exception, elsewhere']],
  'lighter, why': [
    [CONFIRMED_WITH, 'gaps, here', 'gaps, elsewhere'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  reopened: [[CLOSED, 'gaps, here', 'exception, here']],
  'said again': [
    [CLOSED, 'gaps, here'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  'flag of the team': [[FLAG_WAITS, 'gaps, here', 'gaps, elsewhere', 'exception, here']],
  reported: [[FLAG_WAITS, 'gaps, elsewhere']],
  'report, taken back': [[CLOSED, 'gaps, here', 'exception, here']],
  'report, why taken back': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [HELD, 'scope, elsewhere'],
  ],
  'scope sent back': [
    [CLOSED, 'gaps, here'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  'lighter sent back': [[OTHER_DEAL, 'exception, here', 'exception, elsewhere']],
  'reopened by compliance': [[CLOSED, 'gaps, here', 'exception, here']],
  'stop taken back': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [HELD, 'scope, elsewhere'],
  ],
  'gaps accepted': [
    [CLOSED, 'gaps, here'],
    [SETTLED_THERE, 'gaps, elsewhere'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  'gaps taken back': [[OTHER_DEAL, 'exception, here', 'exception, elsewhere']],
  'exception confirmed': [
    [OTHER_DEAL, 'gaps, here', 'gaps, elsewhere'],
    [CLOSED, 'exception, here'],
    [SETTLED_THERE, 'exception, elsewhere'],
    [OTHER_DEAL, 'scope, elsewhere'],
  ],
  'exception taken back': [
    [OTHER_DEAL, 'gaps, here', 'gaps, elsewhere'],
    [CLOSED, 'exception, here'],
    [OTHER_DEAL, 'scope, elsewhere'],
  ],
  'flag, waits': [[FLAG_WAITS, 'gaps, here', 'gaps, elsewhere', 'exception, here']],
  'flag, admitted': [[FLAG_WAITS, 'gaps, elsewhere']],
  'flag, why admitted': [
    [FLAG_WAITS, 'gaps, elsewhere', 'exception, elsewhere'],
    [HELD, 'scope, elsewhere'],
  ],
  'flag after the approval': [[FLAG_WAITS, 'gaps, here', 'gaps, elsewhere', 'exception, here']],
  'decline taken back': [[CLOSED, 'gaps, here', 'exception, here']],
  'vote, reasons': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, here', 'exception, elsewhere']],
  'vote, safeguards': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, here', 'exception, elsewhere']],
  'vote, reasons, voided': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'vote, safeguards, voided': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere']],
  'vote, condition': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, here']],
  'vote, condition, voided': [[VOTE, 'gaps, here', 'gaps, elsewhere']],
  'vote, condition, approved': [[VOTE, 'gaps, elsewhere']],
  'vote, no condition': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, here', 'exception, elsewhere']],
  'vote, flag cleared': [[VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, here', 'exception, elsewhere']],
  'vote, left out': [
    [VOTE, 'gaps, here', 'gaps, elsewhere', 'exception, elsewhere'],
    [OTHER_DEAL, 'exception, here'],
  ],
  'vote, taken back': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [VOTE, 'gaps, elsewhere', 'exception, elsewhere'],
  ],
  'vote, why taken back': [[CLOSED, 'gaps, here', 'exception, here']],
  'vote, cast anew': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [VOTE, 'gaps, elsewhere', 'exception, elsewhere'],
  ],
  'vote, safeguards, cast anew': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [VOTE, 'gaps, elsewhere', 'exception, elsewhere'],
  ],
  'vote, no condition, cast anew': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [VOTE, 'gaps, elsewhere', 'exception, elsewhere'],
  ],
  'vote, why taken back, cast anew': [[CLOSED, 'gaps, here', 'exception, here']],
  'reported by an approver': [[FLAG_WAITS, 'gaps, elsewhere']],
  'report of an approver, taken back': [[CLOSED, 'gaps, here', 'exception, here']],
  'report, why taken back by compliance': [
    [CLOSED, 'gaps, here', 'exception, here'],
    [HELD, 'scope, elsewhere'],
  ],
  'suspension lifted': [
    [CLOSED, 'exception, elsewhere'],
    [HELD, 'scope, elsewhere'],
  ],
  'basis denied after the approval': [
    [FLAG_WAITS, 'gaps, here', 'gaps, elsewhere'],
    [OTHER_DEAL, 'exception, here'],
  ],
  hold: [[FLAG_WAITS, 'gaps, elsewhere']],
  'laws noted': [
    [FOR_IT, 'gaps, here', 'gaps, elsewhere'],
    [OTHER_DEAL, 'exception, here', 'exception, elsewhere'],
  ],
  'authority noted': [[HELD, 'scope, elsewhere']],
  'flag, why dismissed': [[HELD, 'scope, elsewhere']],
  'hold, why lifted': [[HELD, 'scope, elsewhere']],
  'alert, ended': [[OVER, 'scope, elsewhere']],
  'alert, why ended': [[OVER, 'scope, elsewhere']],
  'saved yes, left': [[NOT_THERE, 'scope, elsewhere']],
  'yes, stands': [[NOT_THERE, 'scope, elsewhere']],
  'yes, turned': [[NOT_THERE, 'scope, elsewhere']],
};
