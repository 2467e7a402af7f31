/** Where it does not stand what was said in a register, or a form that was opened before counts, and why. On all other forms it stands, and all others come back. */

import { OF_DEALS, type Column, type Late } from './register-words.ts';
import { FOR_IT, OF_ALL } from './said-matrix-reasons.ts';

export type Reasons = readonly (readonly [why: string, ...columns: (Column | Late)[]])[];

const QUIET = 'silent: it speaks for the deal, and the form does not show it';
const NOTHING_OPEN = 'n/a: the brief answers what could be accepted';
const ONE_DEAL = 'it was taken back on one deal, and the officer is told that others still take it';
const ENDED = 'it is heavier to end it, and the deals show the ends of before';
const ENDED_ALERTS = 'the alert of before is over, and deals show it and why for a quarter';
const IN_INPUT = 'it stands in the input for a note';
const OTHER_PARTY = 'it is of another end-user';
const FOR_COMPLIANCE = 'compliance decides whether it is an alert; deals hear of alerts';
const FOR_COMPLIANCE_COUNTS = `counts: ${FOR_COMPLIANCE}`;

const OLD = ['old gaps', 'old page 1', 'old review', 'old senior'] as const;
const NEW = ['gaps', 'page 1', 'review', 'senior'] as const;
const SENIORS = ['senior', 'old senior'] as const;
const UNNAMED: Reasons = [['no name: whoever may not read that deal, or disputes, reads the words alone', ...SENIORS]];
const HELD = 'n/a: a hold stops the deal before that';
const ALONE = 'what compliance plans, and why, it knows alone';

const LAWS_ELSE: Reasons = [[FOR_IT, 'gaps', 'old gaps']];
const BY_BRIEF: Reasons = [[NOTHING_OPEN, 'gaps', 'old gaps', 'late gaps']];
const OTHER_END_USER: Reasons = [[OTHER_PARTY, ...OLD]];

export const TABLE: Readonly<Record<string, Reasons>> = {
  'laws noted': [...LAWS_ELSE, [QUIET, 'late gaps']],
  'laws noted, replaced': [],
  'laws noted, by whom the deal asks': [[FOR_IT, 'gaps']],
  'laws noted, run out': [[FOR_IT, 'old gaps']],
  'laws noted, and a brief': [[NOTHING_OPEN, 'gaps', 'old gaps']],
  'gap accepted': [],
  'gap ended': [],
  'gap ended, accepted anew': [[ENDED, 'end gap']],
  'gap ended, accepted anew after its day': [[ENDED, 'end gap']],
  'gap taken back on another deal': [[ONE_DEAL, 'end gap']],
  'scope sent back on another deal': UNNAMED,
  'scope confirmed, then sent back on another deal': UNNAMED,
  'sheet, lighter not confirmed': [],
  'sheet, lighter not confirmed, given again': [],
  'sheet, note': [[IN_INPUT, 'sheet']],
  'sheet, note replaced': [],
  'sheet, heavier before': [],
  'sheet, heavier before, made lighter': [],
  'sheet, note replaced, disputed': [],
  'sheet, disputed': UNNAMED,
  'sheet, disputed by two': UNNAMED,
  'sheet, disputed, left, disputed again': UNNAMED,
  'sheet, disputed and renewed': UNNAMED,
  'brief, lighter not confirmed': BY_BRIEF,
  'brief, lighter not confirmed, given again': BY_BRIEF,
  'brief, note': [...BY_BRIEF, [IN_INPUT, 'brief']],
  'brief, note replaced': BY_BRIEF,
  'brief, heavier before': BY_BRIEF,
  'brief, heavier before, made lighter': BY_BRIEF,
  'brief, note replaced, disputed': BY_BRIEF,
  'brief, disputed': [...BY_BRIEF, ...UNNAMED],
  'brief, disputed by two': [...BY_BRIEF, ...UNNAMED],
  'brief, disputed, left, disputed again': [...BY_BRIEF, ...UNNAMED],
  'brief, disputed and renewed': [...BY_BRIEF, ...UNNAMED],
  alert: [[OF_ALL, ...OF_DEALS]],
  'alert, ended, another': [[ENDED_ALERTS, 'end alert']],
  'alert, why ended, another': [[ENDED_ALERTS, 'end alert']],
  'something new': [
    [FOR_COMPLIANCE, ...OF_DEALS],
    [FOR_COMPLIANCE_COUNTS, 'late gaps', 'late review'],
  ],
  'something new, then nothing new': [[FOR_COMPLIANCE, ...OF_DEALS]],
  hold: [...OTHER_END_USER, [HELD, 'senior']],
  'hold, lifted, another': [...OTHER_END_USER, [HELD, 'senior']],
  'hold, why lifted, another': [...OTHER_END_USER, [HELD, 'senior']],
  'hold planned': [...OTHER_END_USER, [ALONE, 'senior']],
  'hold planned on a deal': [
    [OTHER_PARTY, ...NEW, 'scope'],
    [ALONE, 'old senior'],
  ],
  'hold planned, withdrawn': [...OTHER_END_USER, [ALONE, 'senior']],
  'hold planned, why withdrawn': [...OTHER_END_USER, [ALONE, 'senior']],
  'asked outside': [],
  'asked outside, said otherwise': [],
};

/** What the table says of a cell. */
export const registerCellOf = (name: string, column: Column | Late): string => {
  const [why] = TABLE[name]?.find(([, ...columns]) => columns.includes(column)) ?? [];
  if (why === undefined) return column.startsWith('late ') ? 'back' : 'shown';
  return /^(?:n\/a|no name|counts|silent)/.exec(why)?.[0] ?? 'not shown';
};
