/**
 * Decides on what approvers of a yearly report do: approve exactly what they saw, send it back, or ask about a table. House rule;
 * nobody approves words that they wrote.
 */

import type { CommandMeta, PersonId } from '../ids.ts';
import { own } from '../own.ts';
import { isSentence, LONGEST_WHY, reasonProblem, tooLong } from '../policy/sentence.ts';
import { refuseRegister, type RegisterContext } from '../registers/register.ts';
import { mayWriteYear, yearSeat, type YearSeat } from './approvers.ts';
import {
  draftOf,
  HELD,
  NOT_SENT,
  openQuestions,
  OTHERS_NOW,
  publishedText,
  voidedBy,
  votersOf,
  withoutNames,
  type Command,
  type Decided,
} from './deciding.ts';
import type { YearlyFigures } from './published.ts';
import type { SentYear, YearDraft, YearlyState } from './register-shapes.ts';

const MOST_QUESTIONS = 50;

type Asked = { draft: YearDraft; sent: SentYear; seat: Extract<YearSeat, { of: PersonId }> };

/** What an approver does, if they may and it is what they saw. */
const asApprover = (
  { year, hash, away }: Pick<Command<'ApproveYear'>, 'year' | 'hash' | 'away'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
  context: RegisterContext,
): Asked | Decided => {
  if (own(state.years, String(year))) return refuseRegister('not now', publishedText(year));
  const draft = draftOf(state, year);
  const seat = yearSeat(draft, actor, context, { away, at });
  if ('no' in seat) return refuseRegister('not allowed', seat.no);
  if (!draft.sent) return refuseRegister('facts changed', `${OTHERS_NOW} ${NOT_SENT}`);
  if (draft.sent.hash !== hash) return refuseRegister('facts changed', OTHERS_NOW);
  return { draft, sent: draft.sent, seat };
};

const forOf = ({ of }: Asked['seat'], actor: PersonId): { for?: PersonId } => (of === actor ? {} : { for: of });

export const decideApprove = (
  command: Command<'ApproveYear'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const asked = asApprover(command, state, meta, context);
  if ('kind' in asked) return asked;
  const { draft, sent, seat } = asked;
  if (openQuestions(draft).length > 0) return refuseRegister('not now', HELD);
  const { year, hash, figures } = command;
  const voided = voidedBy(year, sent, figures, meta);
  if (voided) return voided;
  const { actor, at } = meta;
  return {
    kind: 'accepted',
    events: [{ at, by: actor, type: 'YearApproved', year, hash, ...forOf(seat, actor), groups: seat.groups }],
  };
};

export const decideReturn = (
  command: Command<'ReturnYear'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const asked = asApprover(command, state, meta, context);
  if ('kind' in asked) return asked;
  const reason = command.reason.trim();
  const silent = reasonProblem(reason, 'Please say why. Compliance reads it.', { most: LONGEST_WHY * 2 });
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  const no = withoutNames(command.named, 'reason');
  if (no) return no;
  const { year, hash } = command;
  const { actor, at } = meta;
  const voters = votersOf(asked.sent);
  return {
    kind: 'accepted',
    events: [{ at, by: actor, type: 'YearReturned', year, hash, reason, ...forOf(asked.seat, actor), voters }],
  };
};

const tablesIn = ({ tables, kinds }: YearlyFigures): string[] => [...tables, ...kinds].map(({ id }) => id);

export const decideAsk = (
  command: Command<'AskYear'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const asked = asApprover(command, state, meta, context);
  if ('kind' in asked) return asked;
  const { year, hash, table } = command;
  const text = command.text.trim();
  if (!tablesIn(asked.sent.figures).includes(table))
    return refuseRegister('not valid', 'Please choose one of the tables.', 'table');
  if (!isSentence(text)) return refuseRegister('not valid', 'Please ask in a sentence.', 'text');
  if (text.length > LONGEST_WHY) return refuseRegister('not valid', tooLong(text.length, LONGEST_WHY), 'text');
  const no = withoutNames(command.named, 'text');
  if (no) return no;
  if (asked.draft.questions.length >= MOST_QUESTIONS)
    return refuseRegister('not now', `${MOST_QUESTIONS} questions were asked already. Please send it back instead.`);
  const { actor, at, id } = meta;
  return {
    kind: 'accepted',
    events: [{ at, by: actor, type: 'YearAsked', year, question: `question-${id}`, table, text, hash }],
  };
};

const ANSWERED = 'This question was answered or taken back already.';

export const decideAnswer = (
  command: Command<'AnswerYear'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
  context: RegisterContext,
): Decided => {
  if (!mayWriteYear(context, actor))
    return refuseRegister('not allowed', 'Compliance answers questions on the report.');
  const { year, question } = command;
  const open = openQuestions(draftOf(state, year)).find(({ id }) => id === question);
  if (!open) return refuseRegister('not now', ANSWERED);
  if (open.by === actor) return refuseRegister('not allowed', 'You asked this, so a colleague of compliance answers.');
  const text = command.text.trim();
  if (!isSentence(text)) return refuseRegister('not valid', 'Please answer in a sentence.', 'text');
  if (text.length > LONGEST_WHY * 2) return refuseRegister('not valid', tooLong(text.length, LONGEST_WHY * 2), 'text');
  const no = withoutNames(command.named, 'text');
  return no ?? { kind: 'accepted', events: [{ at, by: actor, type: 'YearAnswered', year, question, text }] };
};

export const decideTakeBack = (
  { year, question }: Command<'TakeYearQuestionBack'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
): Decided => {
  const open = openQuestions(draftOf(state, year)).find(({ id }) => id === question);
  if (!open) return refuseRegister('not now', ANSWERED);
  if (open.by !== actor) return refuseRegister('not allowed', 'Only the person who asked takes a question back.');
  return { kind: 'accepted', events: [{ at, by: actor, type: 'YearQuestionTakenBack', year, question }] };
};
