/** Where a press on an old form counts over what was said since, or nobody can say that then, and why. All other presses come back. */

import type { Late } from './late-words.ts';

type Reasons = readonly (readonly [why: string, ...columns: Late[]])[];

const OTHER_FLAG = 'n/a: it does not concern that flag';
const OTHER_CONDITION = 'n/a: it does not concern that condition, or cannot be said once something was handed in';
const NOT_FLAG: Reasons = [[OTHER_FLAG, 'flag']];
const NOT_CONDITION: Reasons = [[OTHER_CONDITION, 'evidence']];
const ELSE: Reasons = [...NOT_FLAG, ...NOT_CONDITION];
const CLOSED = 'n/a: it cannot be said while that form is open';
/** Of a deal that is open. */
const WHILE_OPEN: Reasons = [[CLOSED, 'stopped', 'declined', 'lift']];
/** Of one that compliance need not find out of scope. */
const IN_SCOPE: Reasons = [[CLOSED, 'scope', 'scope, several', 'stopped', 'declined', 'lift']];
/** Of one that approvers of a later step look at by then. */
const TWO_STEPS: Reasons = [
  ...ELSE,
  [CLOSED, 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'declined', 'lift'],
];
/** Of an approval. */
const NOT_ENDED: Reasons = [[CLOSED, 'stopped', 'declined']];
const OTHER_DEAL = 'n/a: it is not said in a deal for which that form opens';
const OWN_FORM = 'n/a: it is confirmed on its own form alone, as there is more to read';
const FOR_IT = 'harmless: it speaks for the deal';
const QUIET = 'silent: it speaks for the deal, and the form does not show it';
const SAME = 'harmless: the answers stay as they were, and why is kept nowhere';
const GONE = 'harmless: it came and went while the deal was over, and its form has neither';
const HELD = 'while it holds nobody can approve the deal, and page 1 has it';

const UNDER_YES: Reasons = [
  ...ELSE,
  [CLOSED, 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'declined', 'lift'],
  [OTHER_DEAL, 'exception'],
];

/** What the table says of a cell. */
export const lateCellOf = (reasons: Reasons, column: Late): string => {
  const [why] = reasons.find(([, ...columns]) => columns.includes(column)) ?? [];
  return why === undefined ? 'back' : (/^(?:n\/a|silent)/.exec(why)?.[0] ?? 'counts');
};

export const LATE_TABLE: Readonly<Record<string, Reasons>> = {
  'note, stands': [...ELSE, ...IN_SCOPE],
  'note, replaced': [...ELSE, ...IN_SCOPE],
  'note, stands, deal given away': [...ELSE, ...IN_SCOPE],
  'note among sources': TWO_STEPS,
  'note under yes': UNDER_YES,
  'source under yes': UNDER_YES,
  'source, another beside it': [...ELSE, ...IN_SCOPE],
  'source, stands': [...ELSE, ...IN_SCOPE],
  'source, replaced': [...ELSE, ...IN_SCOPE],
  'source, replaced by its author': [...ELSE, ...IN_SCOPE],
  'text, stands': [...ELSE, ...IN_SCOPE],
  'text, replaced': [...ELSE, ...IN_SCOPE],
  'text, altered by its author': [...ELSE, ...IN_SCOPE],
  'yes, stands': TWO_STEPS,
  'yes, turned': TWO_STEPS,
  'role, stands': [...ELSE, ...IN_SCOPE],
  'role, replaced': [...ELSE, ...IN_SCOPE],
  'saved note, given over': [...ELSE, ...IN_SCOPE],
  'saved note, left': [...ELSE, ...IN_SCOPE],
  'saved yes, left': [...ELSE, ...IN_SCOPE],
  'lighter, why': [...ELSE, [SAME, 'lighter', 'lighter, several'], ...IN_SCOPE, [OTHER_DEAL, 'exception']],
  corrected: [...ELSE, ...WHILE_OPEN],
  'owner changed': [...ELSE, [OWN_FORM, 'lighter, several', 'scope, several']],
  'handed over': TWO_STEPS,
  withdrawn: [...ELSE, [OWN_FORM, 'lighter, several', 'scope, several'], ...WHILE_OPEN],
  reopened: [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'declined',
      'lift',
      'exception',
    ],
  ],
  'said again': [
    ...ELSE,
    [CLOSED, 'gaps', 'review', 'lighter', 'lighter, several', 'stopped', 'declined', 'lift'],
    [OWN_FORM, 'scope, several'],
    [OTHER_DEAL, 'exception'],
  ],
  'flag of the team': ELSE,
  'question answered': [...ELSE, ...WHILE_OPEN],
  'condition met': [...NOT_FLAG, ...NOT_ENDED],
  'condition met, accepted': [...NOT_FLAG, ...NOT_ENDED],
  'condition handed over': [...ELSE, ...NOT_ENDED],
  licence: [...ELSE, ...NOT_ENDED],
  renewals: [...ELSE, ...NOT_ENDED],
  reported: [...ELSE, ...NOT_ENDED],
  'report, taken back': [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'declined',
      'exception',
    ],
  ],
  'report, why taken back': [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'declined',
      'lift',
      'exception',
    ],
  ],
  'kind, replaced': [...ELSE, ...IN_SCOPE],
  'destination, replaced': [...ELSE, ...IN_SCOPE],
  'product, replaced': [...ELSE, ...IN_SCOPE],
  'customer, replaced': [...ELSE, ...IN_SCOPE],
  'end-user, replaced': [...ELSE, ...IN_SCOPE],
  'between, replaced': [...ELSE, ...IN_SCOPE],
  'sheet disputed': ELSE,
  'scope sent back': [
    ...ELSE,
    [CLOSED, 'gaps', 'review', 'lighter', 'lighter, several', 'stopped', 'declined', 'lift'],
    [OTHER_DEAL, 'exception'],
  ],
  'lighter sent back': [...ELSE, ...WHILE_OPEN, [OTHER_DEAL, 'exception']],
  recused: ELSE,
  'owner changed by compliance': ELSE,
  'reopened by compliance': [
    ...ELSE,
    [CLOSED, 'gaps', 'review', 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'exception'],
  ],
  'stop taken back': [
    ...ELSE,
    [CLOSED, 'gaps', 'review', 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'exception'],
  ],
  'gaps accepted': [...ELSE, ...IN_SCOPE, [OTHER_DEAL, 'exception']],
  'gaps taken back': [...ELSE, ...WHILE_OPEN, [OTHER_DEAL, 'exception']],
  'exception confirmed': [
    ...ELSE,
    [CLOSED, 'gaps'],
    [OTHER_DEAL, 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'declined', 'lift'],
  ],
  'exception taken back': [
    ...ELSE,
    [CLOSED, 'gaps', 'exception'],
    [OTHER_DEAL, 'lighter', 'lighter, several', 'scope', 'scope, several', 'stopped', 'declined', 'lift'],
  ],
  'flag, waits': ELSE,
  'flag, dismissed': ELSE,
  'flag, dismissed, end-user renamed': [...ELSE, ...WHILE_OPEN],
  'flag, admitted': [...ELSE, ...WHILE_OPEN],
  'flag, why dismissed': [...NOT_CONDITION, [OWN_FORM, 'scope, several'], [CLOSED, 'declined', 'lift']],
  'flag, why admitted': [...NOT_CONDITION, [OWN_FORM, 'scope, several'], ...WHILE_OPEN],
  'flag after the approval': ELSE,
  'question, open': [...ELSE, ...IN_SCOPE],
  'question, answered': [...ELSE, ...IN_SCOPE],
  'question, taken back': [...ELSE, ...IN_SCOPE],
  'question, why taken back': [...ELSE, ...WHILE_OPEN],
  'decline taken back': [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'lift',
      'exception',
    ],
  ],
  'vote, reasons': [...ELSE, [FOR_IT, 'gaps', 'lighter', 'lighter, several', 'exception'], ...IN_SCOPE],
  'vote, safeguards': [...ELSE, [FOR_IT, 'gaps', 'lighter', 'lighter, several', 'exception'], ...IN_SCOPE],
  'vote, reasons, voided': [...ELSE, ...IN_SCOPE],
  'vote, safeguards, voided': [...ELSE, ...IN_SCOPE],
  'vote, condition': [...ELSE, ...IN_SCOPE],
  'vote, condition, voided': [...ELSE, ...IN_SCOPE],
  'vote, condition, approved': TWO_STEPS,
  'vote, no condition': [...ELSE, [FOR_IT, 'gaps', 'lighter', 'lighter, several', 'exception'], ...IN_SCOPE],
  'vote, flag cleared': [...ELSE, [FOR_IT, 'gaps', 'lighter', 'lighter, several', 'exception'], ...IN_SCOPE],
  'vote, left out': [...ELSE, [FOR_IT, 'gaps', 'lighter', 'lighter, several', 'exception'], ...IN_SCOPE],
  'vote, taken back': TWO_STEPS,
  'vote, why taken back': TWO_STEPS,
  'vote, cast anew': TWO_STEPS,
  'vote, safeguards, cast anew': TWO_STEPS,
  'vote, no condition, cast anew': TWO_STEPS,
  'vote, why taken back, cast anew': TWO_STEPS,
  declined: [...ELSE, ...IN_SCOPE],
  'evidence returned': [...NOT_FLAG, ...WHILE_OPEN],
  'condition handed over by compliance': [...ELSE, ...NOT_ENDED],
  'licence judged': [...ELSE, ...NOT_ENDED],
  'renewals by compliance': [...ELSE, ...NOT_ENDED],
  'reported by an approver': [...ELSE, ...NOT_ENDED],
  'report of an approver, taken back': [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'declined',
      'exception',
    ],
  ],
  'report, why taken back by compliance': [
    ...ELSE,
    [
      CLOSED,
      'gaps',
      'review',
      'lighter',
      'lighter, several',
      'scope',
      'scope, several',
      'stopped',
      'declined',
      'exception',
    ],
  ],
  'suspension lifted': [...ELSE, ...NOT_ENDED],
  'authority noted': ELSE,
  'basis denied': ELSE,
  'basis denied after the approval': ELSE,
  hold: [...ELSE, [HELD, 'declined']],
  'hold, lifted': ELSE,
  'hold, why lifted': [...ELSE, [OWN_FORM, 'scope, several']],
  alert: ELSE,
  'alert, ended': [...ELSE, [GONE, 'declined']],
  'alert, why ended': ELSE,
  'alert after the approval': ELSE,
  'laws noted': [
    ...ELSE,
    [QUIET, 'gaps', 'lighter'],
    [FOR_IT, 'stopped', 'declined', 'lift'],
    [OTHER_DEAL, 'exception'],
  ],
};

/** The same of what is written in another deal. */
export const ELSEWHERE: Reasons = ELSE;
