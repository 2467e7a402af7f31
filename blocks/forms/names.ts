/** Names of the inputs about one question, flag or condition, and the input that each refusal belongs to. */

import type { About, Field } from '../../flows/ids.ts';
import type { FlagId, QuestionId } from '../../flows/policy/policy.ts';

/** Longest note on an answer. */
export const NOTE_LENGTH = 1000;

export const answerName = (question: QuestionId): string => `q:${question}`;
export const noteName = (question: QuestionId): string => `n:${question}`;
export const sourcesName = (question: QuestionId): string => `s:${question}`;
/** What a section's benign answers stand on. */
export const basisName = 'b:sources';
export const toldName = 'b:told';
/** Whether a section takes a product sheet or a country brief as it is, and why it is wrong. */
export const sheetName = (kind: 'product' | 'country'): string => `sheet:${kind}`;
export const disputeName = (kind: 'product' | 'country'): string => `wrong:${kind}`;
/** What data on a country suggests for a question of its brief. */
export const suggestedName = (question: QuestionId): string => `d:${question}`;
export const opinionName = (flag: FlagId): string => `f:${flag}`;
/** Whether all flags of a page are upheld at once. */
export const ALL_FLAGS = 'flags';
export const clearingName = (flag: FlagId): string => `r:${flag}`;
export const conditionName = (key: string): string => `c:${key}`;
export const ownerName = (key: string): string => `co:${key}`;
export const carriedName = (condition: string): string => `v:${condition}`;
export const leavingName = (condition: string): string => `vr:${condition}`;
export const dueName = (key: string): string => `cd:${key}`;

export const NAMES: Readonly<Record<Field, string>> = {
  channel: 'channel',
  customer: 'customer',
  product: 'product',
  destination: 'destination',
  endUser: 'endUserName',
  intermediaries: 'intermediaries',
  licence: 'licence',
  told: toldName,
  contract: 'contract',
  outcome: 'outcome',
  rationale: 'rationale',
  noStake: 'noStake',
  leverage: 'leverage',
  crucial: 'crucial',
  scale: 'scale',
  scope: 'scope',
  irremediability: 'irremediability',
  ending: 'ending',
  noCondition: 'noCondition',
  deal: 'deal',
  deals: 'deals',
  name: 'endUser',
  stop: 'stop',
  review: 'review',
  to: 'person',
  delegate: 'delegate',
  watcher: 'watcher',
  country: 'country',
  from: 'from',
  until: 'until',
  on: 'on',
  taken: 'rows',
  foreword: 'foreword',
  learned: 'learned',
  change: 'change',
  mayName: 'mayName',
  table: 'table',
  title: 'title',
  question: 'question',
  text: 'text',
  note: 'note',
  why: 'why',
  reason: 'reason',
};

/** The input that shows a refusal about this. */
export const inputOf = (about: About): string => {
  if (typeof about === 'string') return NAMES[about];
  if ('question' in about) return { answer: answerName, note: noteName }[about.part](about.question);
  if ('flag' in about) return { opinion: opinionName, reason: clearingName }[about.part](about.flag);
  return { text: conditionName, owner: ownerName, due: dueName, carried: carriedName }[about.part](about.condition);
};
