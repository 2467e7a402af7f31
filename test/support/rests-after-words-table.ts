/** Where a later deal is out of scope as before, whatever is said, or that cannot be said then, and why. All else is asked, with the words. */

import type { Column, Rests } from './rests-after-words.ts';

type Reasons = readonly (readonly [why: string, ...columns: Column[]])[];

const BY_NAME: readonly Column[] = [
  'names both',
  'names its end-user',
  'names a company',
  'names both, at once',
  'names a company, at once',
];
const SAME_COMPANY: readonly Column[] = ['same company', 'same company, at once', 'company called alike, at once'];
const NAMED_ALONE: Reasons = [['it is of the end-user there, which is another', 'same sale', 'product', 'country']];
const BY_APPROVERS: Reasons = [['whoever decides on that deal says it of that one', 'same sale', 'product', 'country']];
const SETTLED: Reasons = [['it says why nothing stands there any more', 'same sale', 'product', 'country']];
/** Beside answers, and held against nothing. */
const BESIDE: Reasons = [['it is heard of the same product alone', 'country']];
const OTHER_PRODUCT = 'it is of the product, which is another';
const OTHER_COUNTRY = 'it is of the country, which is another';
const NO_WORDS: Reasons = [...NAMED_ALONE, ['it is no words', ...BY_NAME, ...SAME_COMPANY]];
const TITLE = 'a title says what was looked up: it names nobody';
const NO_NAMES = 'why it was changed names nobody';
const PARTY = 'a name among the details is heard as what it is there';
const AS_PARTY: Reasons = [[PARTY, 'names both', 'names both, at once']];
const ROLE: Reasons = [[OTHER_PRODUCT, 'country'], ...AS_PARTY];
const ALERT: Reasons = [[OTHER_COUNTRY, 'product', ...SAME_COMPANY]];
const HOLD: Reasons = [['it is of whom it holds', 'same sale', 'product', 'country', ...SAME_COMPANY]];
const OVER: Reasons = [
  ['the alert is over: why is of the country', 'same sale', 'product', 'country', ...SAME_COMPANY],
];

/** What the table says of a cell. */
export const restsIn = (reasons: Reasons, column: Column): Rests => {
  const [why] = reasons.find(([, ...columns]) => columns.includes(column)) ?? [];
  return why === undefined ? 'asked' : why.startsWith('n/a') ? 'n/a' : 'stands';
};

export const RESTS_TABLE: Readonly<Record<string, Reasons>> = {
  'asked outside': [
    ['they were asked of nothing that these deals are of', 'same sale', 'product', 'country', ...SAME_COMPANY],
  ],
  'source on the product sheet': [
    [TITLE, 'same sale', 'product', 'country', ...SAME_COMPANY],
    ['it is on the sheet of the very product', 'names both', 'names both, at once'],
  ],
  'source on the country brief': [[TITLE, 'same sale', 'product', 'country', ...SAME_COMPANY]],
  'note on the product': [[OTHER_PRODUCT, 'country']],
  'note on the country': [[OTHER_COUNTRY, 'product']],
  'note among sources': [[OTHER_COUNTRY, 'product']],
  'scope sent back': [[OTHER_PRODUCT, 'country']],
  'note, stands': NAMED_ALONE,
  'note, replaced': NAMED_ALONE,
  'note, stands, deal given away': NAMED_ALONE,
  'note under yes': NAMED_ALONE,
  'source under yes': NAMED_ALONE,
  'source, another beside it': NAMED_ALONE,
  'source, stands': NAMED_ALONE,
  'source, replaced': NAMED_ALONE,
  'source, replaced by its author': NAMED_ALONE,
  'text, stands': NAMED_ALONE,
  'text, replaced': NAMED_ALONE,
  'text, altered by its author': NAMED_ALONE,
  'saved note, given over': NAMED_ALONE,
  'saved note, left': NAMED_ALONE,
  'question, open': BY_APPROVERS,
  'question, answered': BY_APPROVERS,
  'question, taken back': BY_APPROVERS,
  'question, why taken back': BY_APPROVERS,
  'vote, reasons': BY_APPROVERS,
  'vote, reasons, voided': BY_APPROVERS,
  'vote, safeguards': BY_APPROVERS,
  'vote, safeguards, voided': BY_APPROVERS,
  'vote, condition': BY_APPROVERS,
  'vote, condition, voided': BY_APPROVERS,
  'vote, condition, approved': BY_APPROVERS,
  'vote, no condition': BY_APPROVERS,
  'vote, flag cleared': BY_APPROVERS,
  'vote, left out': BY_APPROVERS,
  'vote, taken back': BY_APPROVERS,
  'vote, why taken back': BY_APPROVERS,
  'vote, cast anew': BY_APPROVERS,
  'vote, safeguards, cast anew': BY_APPROVERS,
  'vote, no condition, cast anew': BY_APPROVERS,
  'vote, why taken back, cast anew': BY_APPROVERS,
  'gaps accepted': BY_APPROVERS,
  'flag, why dismissed': BY_APPROVERS,
  'flag, why admitted': BY_APPROVERS,
  'suspension lifted': BY_APPROVERS,
  'authority noted': BY_APPROVERS,
  'report, why taken back': SETTLED,
  'report, why taken back by compliance': SETTLED,
  'hold, why lifted': SETTLED,
  'flag, dismissed': SETTLED,
  'yes, stands': NO_WORDS,
  'yes, turned': NO_WORDS,
  'saved yes, left': NO_WORDS,
  hold: HOLD,
  'hold, lifted': HOLD,
  'alert, ended': OVER,
  'alert, why ended': OVER,
  'role, stands': ROLE,
  'role, replaced': ROLE,
  'lighter, why': BESIDE,
  corrected: BESIDE,
  'owner changed': BESIDE,
  'handed over': BESIDE,
  withdrawn: BESIDE,
  reopened: BESIDE,
  'question answered': BESIDE,
  'condition met': BESIDE,
  'condition met, accepted': BESIDE,
  'condition handed over': BESIDE,
  licence: BESIDE,
  renewals: BESIDE,
  'lighter sent back': BESIDE,
  recused: BESIDE,
  'owner changed by compliance': BESIDE,
  'reopened by compliance': BESIDE,
  'stop taken back': BESIDE,
  'gaps taken back': BESIDE,
  'decline taken back': BESIDE,
  'evidence returned': BESIDE,
  'condition handed over by compliance': BESIDE,
  'licence judged': BESIDE,
  'renewals by compliance': BESIDE,
  'said again': [
    [OTHER_PRODUCT, 'country'],
    ['whoever sends it back reads it', ...BY_NAME],
  ],
  'destination, replaced': [
    [OTHER_PRODUCT, 'country'],
    [NO_NAMES, ...BY_NAME],
  ],
  'sheet disputed': [[OTHER_PRODUCT, 'country', ...SAME_COMPANY]],
  'kind, replaced': [...BESIDE, [NO_NAMES, ...BY_NAME]],
  'product, replaced': BESIDE,
  'customer, replaced': BESIDE,
  'between, replaced': BESIDE,
  'end-user, replaced': [...BESIDE, [PARTY, 'names both', 'names both, at once']],
  alert: ALERT,
  'alert after the approval': ALERT,
  'laws noted': ALERT,
};
