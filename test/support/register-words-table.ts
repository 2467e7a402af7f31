/** Where it does not stand what was said in a register, or a form that was opened before counts, and why. On all other forms it stands, and all others come back. */

import { OF_DEALS, type Column, type Late } from './register-words.ts';
import { FOR_IT, OF_ALL } from './said-matrix-reasons.ts';

export type Reasons = readonly (readonly [why: string, ...columns: (Column | Late)[]])[];

const QUIET = 'silent: it speaks for the deal, and the form does not show it';
const NOT_TAKEN = 'the deal was decided on before it, and takes none of it';
const TAKEN = 'counts: the deal was decided on before it, and takes none of it';
const IN_SCOPE = 'what is out of scope takes none of it';
const NOTHING_OPEN = 'n/a: the brief answers what could be accepted';
const OF_SCOPE = 'it is of the scope, which is answered and not judged there';
const ONE_DEAL = 'it was taken back on one deal, and the officer is told that others still take it';
const ONE_DEAL_COUNTS = `counts: ${ONE_DEAL}`;
const ENDED = 'it is heavier to end it, and the deals show the ends of before';
const ENDED_ALERTS = 'the alert of before is over, and deals show it and why for a quarter';
const IN_INPUT = 'it stands in the input for a note';
const OTHER_PARTY = 'it is of another end-user';
const NOT_WHY = 'who plans it and from when stands there for compliance, and not why';
const FOR_COMPLIANCE = 'compliance decides whether it is an alert; deals hear of alerts';
const FOR_COMPLIANCE_COUNTS = `counts: ${FOR_COMPLIANCE}`;

/** To be mended: each names its cause. */
const HOLES = {
  scope: 'HOLE: why a scope was sent back is kept in that deal alone (ScopeDropped)',
  refusedSilent: 'silent, HOLE: whoever saves again does not read why it was not confirmed',
  renew: 'HOLE: whoever saves a sheet again is not shown what was said of it (blocks/forms/sheet.ts)',
  renewLate:
    'counts, HOLE: whoever saves a sheet again is not shown what was disputed meanwhile (SaveSheet looks at its version alone)',
  note: 'HOLE: a note on a sheet is shown to nobody who judges a deal that answers the same apart',
  noteLate: 'counts, HOLE: a note on a sheet is shown to nobody who judges a deal that answers the same apart',
  noteSilent: 'silent, HOLE: a form that comes back for another version names changed answers, and no changed notes',
  unnamed: 'no name, HOLE: what speaks against a scope quotes the sheet without its author (contradictions.ts)',
  scopeBrief: 'HOLE: the note of a brief whose answer goes with the scope is not shown where that is confirmed',
  settle: 'HOLE: whoever leaves a sheet as it is reads one dispute, and none of the others to the same answer',
  settleLate: 'counts, HOLE: whoever leaves a sheet as it is reads one dispute, and none that came meanwhile',
  alert: 'no name, HOLE: whoever ends an alert is not told who issued it',
  looked: 'HOLE: whoever looks at a country reads when it was looked at last, and not what was found',
  lookedLate: 'counts, HOLE: whoever looks at a country reads when it was looked at last, and not what was found',
  holdBefore: 'HOLE: whoever lifts or prolongs a hold is not shown an earlier one on the same end-user that was lifted',
  withdrawn: 'HOLE: a planned hold that a colleague withdraws leaves no trace (holds.ts)',
} as const;

const OLD = ['old gaps', 'old page 1', 'old review'] as const;
const NEW = ['gaps', 'page 1', 'review'] as const;

const LAWS_ELSE: Reasons = [[FOR_IT, 'gaps', 'scope', 'old gaps']];
const BY_BRIEF: Reasons = [[NOTHING_OPEN, 'gaps', 'old gaps', 'late gaps']];
const OTHER_END_USER: Reasons = [[OTHER_PARTY, ...OLD]];

export const TABLE: Readonly<Record<string, Reasons>> = {
  'laws noted': [...LAWS_ELSE, [QUIET, 'late gaps']],
  'laws noted, replaced': [],
  'laws noted, by whom the deal asks': [[FOR_IT, 'gaps', 'scope']],
  'laws noted, run out': [[FOR_IT, 'old gaps']],
  'laws noted, and a brief': [
    [NOTHING_OPEN, 'gaps', 'old gaps'],
    [FOR_IT, 'scope'],
  ],
  'gap accepted': [
    [NOT_TAKEN, ...OLD],
    [IN_SCOPE, 'scope'],
    [TAKEN, 'late gaps', 'late review'],
  ],
  'gap ended': [],
  'gap ended, accepted anew': [[ENDED, 'end gap']],
  'gap ended, accepted anew after its day': [[ENDED, 'end gap']],
  'gap taken back on another deal': [
    [ONE_DEAL, 'end gap', ...OF_DEALS],
    [ONE_DEAL_COUNTS, 'late gaps', 'late review'],
  ],
  'scope sent back on another deal': [
    [OF_SCOPE, ...OLD, ...NEW],
    [HOLES.scope, 'scope'],
  ],
  'scope confirmed, then sent back on another deal': [
    [OF_SCOPE, ...OLD, ...NEW],
    [HOLES.scope, 'scope'],
  ],
  'sheet, lighter not confirmed': [
    [HOLES.renew, 'sheet'],
    [HOLES.refusedSilent, 'late sheet'],
  ],
  'sheet, lighter not confirmed, given again': [[HOLES.renew, 'sheet']],
  'sheet, note': [
    [IN_INPUT, 'sheet'],
    [HOLES.note, ...OF_DEALS],
    [HOLES.noteLate, 'late gaps', 'late review'],
    [HOLES.noteSilent, 'late sheet'],
  ],
  'sheet, note replaced': [[HOLES.renew, 'sheet']],
  'sheet, heavier before': [
    [HOLES.renew, 'sheet'],
    [HOLES.unnamed, 'scope'],
  ],
  'sheet, heavier before, made lighter': [[HOLES.renew, 'sheet']],
  'sheet, disputed': [
    [HOLES.renew, 'sheet'],
    [HOLES.renewLate, 'late sheet'],
  ],
  'sheet, disputed by two': [
    [HOLES.renew, 'sheet'],
    [HOLES.settle, 'settle'],
    [HOLES.settleLate, 'late settle'],
  ],
  'sheet, disputed, left, disputed again': [
    [HOLES.renew, 'sheet'],
    [HOLES.settle, 'settle'],
  ],
  'sheet, disputed and renewed': [[HOLES.renew, 'sheet']],
  'brief, lighter not confirmed': [...BY_BRIEF, [HOLES.renew, 'brief'], [HOLES.refusedSilent, 'late brief']],
  'brief, lighter not confirmed, given again': [...BY_BRIEF, [HOLES.renew, 'brief']],
  'brief, note': [
    ...BY_BRIEF,
    [IN_INPUT, 'brief'],
    [HOLES.note, ...OF_DEALS],
    [HOLES.noteLate, 'late review'],
    [HOLES.noteSilent, 'late brief'],
  ],
  'brief, note replaced': [...BY_BRIEF, [HOLES.renew, 'brief']],
  'brief, heavier before': [...BY_BRIEF, [HOLES.renew, 'brief'], [HOLES.scopeBrief, 'scope']],
  'brief, heavier before, made lighter': [...BY_BRIEF, [HOLES.renew, 'brief']],
  'brief, disputed': [...BY_BRIEF, [HOLES.renew, 'brief'], [HOLES.renewLate, 'late brief']],
  'brief, disputed by two': [
    ...BY_BRIEF,
    [HOLES.renew, 'brief'],
    [HOLES.settle, 'settle'],
    [HOLES.settleLate, 'late settle'],
  ],
  'brief, disputed, left, disputed again': [...BY_BRIEF, [HOLES.renew, 'brief'], [HOLES.settle, 'settle']],
  'brief, disputed and renewed': [...BY_BRIEF, [HOLES.renew, 'brief']],
  alert: [
    [OF_ALL, ...OF_DEALS],
    [HOLES.alert, 'end alert'],
  ],
  'alert, ended, another': [[ENDED_ALERTS, 'end alert']],
  'alert, why ended, another': [[ENDED_ALERTS, 'end alert']],
  'something new': [
    [HOLES.looked, 'looked', 'end alert'],
    [FOR_COMPLIANCE, ...OF_DEALS],
    [FOR_COMPLIANCE_COUNTS, 'late gaps', 'late review'],
    [HOLES.lookedLate, 'late looked'],
  ],
  'something new, then nothing new': [
    [HOLES.looked, 'looked', 'end alert'],
    [FOR_COMPLIANCE, ...OF_DEALS],
  ],
  hold: OTHER_END_USER,
  'hold, lifted, another': [...OTHER_END_USER, [HOLES.holdBefore, 'lift hold', 'review hold']],
  'hold, why lifted, another': [...OTHER_END_USER, [HOLES.holdBefore, 'lift hold', 'review hold']],
  'hold planned': [[NOT_WHY, ...NEW, 'scope'], ...OTHER_END_USER],
  'hold planned, withdrawn': [...OTHER_END_USER, [HOLES.withdrawn, ...NEW, 'scope']],
  'hold planned, why withdrawn': [...OTHER_END_USER, [HOLES.withdrawn, ...NEW, 'scope']],
};

/** What the table says of a cell. */
export const registerCellOf = (name: string, column: Column | Late): string => {
  const [why] = TABLE[name]?.find(([, ...columns]) => columns.includes(column)) ?? [];
  if (why === undefined) return column.startsWith('late ') ? 'back' : 'shown';
  return /^(?:n\/a|no name|counts|silent)/.exec(why)?.[0] ?? 'not shown';
};
