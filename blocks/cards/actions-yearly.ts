/** Buttons about a yearly report. Values: `2026`, `2026/what`; the router knows exactly these names. */

import type { Action } from '../card.ts';
import { spoken } from './actions.ts';

export const showYearButton = (year: number, label = 'Show the report'): Action => ({
  name: 'desk.year',
  value: String(year),
  label,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${year}`),
});

export const yearWordsButton = (year: number, known: boolean): Action => ({
  name: 'desk.year-words',
  value: String(year),
  label: known ? 'Change the words' : 'Write the words',
  opens: 'form',
  accessibleLabel: spoken(`${known ? 'Change' : 'Write'} the words: the report of ${year}`),
});

export const yearComplaintsButton = (year: number, known: boolean): Action => ({
  name: 'desk.year-complaints',
  value: String(year),
  label: known ? 'Change reports of misuse' : 'Add reports of misuse',
  opens: 'form',
  accessibleLabel: spoken(`${known ? 'Change' : 'Add'} reports of misuse: the report of ${year}`),
});

/** `version`: the words that are sent. */
export const sendYearButton = (year: number, version: number): Action => ({
  name: 'desk.year-send',
  value: `${year}/${version}`,
  label: 'Send for approval',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Send for approval: the report of ${year}`),
});

const onSent =
  (name: string, label: string, style?: 'primary') =>
  (year: number, hash: string): Action => ({
    name,
    value: `${year}/${hash}`,
    label,
    opens: 'form',
    ...(style === undefined ? {} : { style }),
    accessibleLabel: spoken(`${label}: the report of ${year}`),
  });

export const approveYearButton = onSent('desk.year-approve', 'Read and approve', 'primary');
export const returnYearButton = onSent('desk.year-return', 'Send back');
export const askYearButton = onSent('desk.year-ask', 'Ask about a figure');
export const publishYearButton = onSent('desk.year-publish', 'Publish', 'primary');

export const answerYearButton = (year: number, question: string, table: string): Action => ({
  name: 'desk.year-answer',
  value: `${year}/${question}`,
  label: 'Answer',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Answer: the question on ${table}`),
});

export const takeYearQuestionBackButton = (year: number, question: string, table: string): Action => ({
  name: 'desk.year-take-back',
  value: `${year}/${question}`,
  label: 'Take my question back',
  opens: 'form',
  accessibleLabel: spoken(`Take my question back: ${table}`),
});
