/** Deciding on what somebody says against a product sheet or a country brief, and on leaving it as it is. House rule. */

import type { CommandMeta, PersonId, Refusal } from '../ids.ts';
import { person } from '../organisation.ts';
import { own } from '../own.ts';
import { reasonProblem } from '../policy/sentence.ts';
import type { SettledDispute, Sheet } from '../sheet.ts';
import { refuseRegister, type RegisterContext, type RegisterDecided } from './register.ts';
import { disputedOf, settleRefusal } from './sheet-rights.ts';
import type { SheetsCommand, SheetsEvent, SheetsState } from './sheet-shapes.ts';

type Decided = RegisterDecided<SheetsEvent>;
type Command<T extends SheetsCommand['type']> = Extract<SheetsCommand, { type: T }>;

/** Not settled at the same time, of one sheet. */
const MOST_DISPUTES = 50;

/** Not settled at the same time, of one sheet and by one person: nobody fills it alone, so that others can say nothing. */
const MOST_EACH = 10;

/** Over, and kept to be read, of one sheet. */
const MOST_SETTLED = 100;

type Dispute = Command<'DisputeSheet'>;
type About = Pick<RegisterContext, 'organisation'>;

const standing = ({ sheet: id, questions }: Dispute, state: SheetsState, by: PersonId) => {
  const sheet = own(state.sheets, id);
  const known = sheet ? questions.filter((question) => own(sheet.answers, question) !== undefined) : [];
  const mine = sheet?.disputes.find(
    (one) => one.by === by && known.every((question) => one.questions.includes(question)),
  );
  return { sheet, known, mine };
};

/** Tells whether this person said the same already, in the same words, and it waits for an answer. */
export const isDisputedAlready = (command: Dispute, state: SheetsState, by: PersonId): boolean =>
  standing(command, state, by).mine?.reason === command.reason.trim();

/** Says why a dispute is not taken; undefined: it is. */
export const disputeRefusal = (
  command: Dispute,
  state: SheetsState,
  by: PersonId,
  { organisation }: About,
): Refusal | undefined => {
  const { sheet, known, mine } = standing(command, state, by);
  if (!sheet || !person(organisation, by)) return { code: 'not now', text: 'There is no such sheet any more.' };
  const silent = reasonProblem(command.reason, 'Please say what is wrong. Whoever looks after it reads that.', {
    tells: 'what is wrong',
  });
  if (silent !== undefined) return { code: 'not valid', text: silent, about: 'reason' };
  if (known.length === 0) return { code: 'not valid', text: 'Please choose which answer is wrong.' };
  if (mine) return { code: 'not now', text: 'You said so already, and it waits for an answer.' };
  if (sheet.disputes.filter((one) => one.by === by).length >= MOST_EACH)
    return {
      code: 'not now',
      text: `${MOST_EACH} things that you said about this sheet wait for an answer. Please wait until one is settled.`,
    };
  return sheet.disputes.length < MOST_DISPUTES
    ? undefined
    : { code: 'not now', text: 'Many have said so already. Please ask compliance.' };
};

export const decideDispute = (
  command: Dispute,
  state: SheetsState,
  { actor: by, at, id: made }: CommandMeta,
  context: RegisterContext,
): Decided => {
  const refusal = disputeRefusal(command, state, by, context);
  const { sheet, known } = standing(command, state, by);
  if (refusal || !sheet) return { kind: 'refused', refusal: refusal! };
  const reason = command.reason.trim();
  const against = disputedOf(sheet, { questions: known });
  const dispute = { id: `dispute-${made}`, version: sheet.version, questions: known, reason, by, at, against };
  return { kind: 'accepted', events: [{ type: 'SheetDisputed', at, by, sheet: sheet.id, dispute }] };
};

export const decideSettle = (
  { sheet: id, dispute, reason }: Command<'SettleDispute'>,
  state: SheetsState,
  { actor: by, at }: CommandMeta,
  { organisation }: RegisterContext,
): Decided => {
  const sheet = own(state.sheets, id);
  const found = sheet?.disputes.find((one) => one.id === dispute);
  if (!sheet || !found) return refuseRegister('not now', 'This was settled already.');
  const no = settleRefusal(organisation, sheet, found, by);
  if (no !== undefined) return refuseRegister('not allowed', no);
  const silent = reasonProblem(reason.trim(), 'Please say why it stays as it is. Who asked reads it.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  return { kind: 'accepted', events: [{ type: 'DisputeSettled', at, by, sheet: id, dispute, reason: reason.trim() }] };
};

type Disputes = Pick<Sheet, 'disputes' | 'settled'>;

const ended = (
  { disputes, settled: before = [] }: Disputes,
  ends: (dispute: Sheet['disputes'][number]) => boolean,
  how: SettledDispute['settled'],
): Disputes => {
  const over = disputes.filter(ends).map((dispute) => ({ ...dispute, settled: how }));
  return {
    disputes: disputes.filter((dispute) => !ends(dispute)),
    ...(before.length + over.length > 0 ? { settled: [...before, ...over].slice(-MOST_SETTLED) } : {}),
  };
};

/** Returns what is left of the disputes, and what is over, once answers took others' place: a question that was changed is another one to dispute. */
export const afterChanges = (
  before: Disputes | undefined,
  { changes, by, at }: Pick<Extract<SheetsEvent, { type: 'SheetConfirmed' }>, 'changes' | 'by' | 'at'>,
): Disputes => {
  const changed = new Set(changes.map(({ question }) => question));
  const isOver = ({ questions }: Sheet['disputes'][number]): boolean => questions.every((one) => changed.has(one));
  return ended(before ?? { disputes: [] }, isOver, { by, at });
};

export const afterSettling = (
  before: Disputes,
  { dispute, by, at, reason }: Extract<SheetsEvent, { type: 'DisputeSettled' }>,
): Disputes => ended(before, ({ id }) => id === dispute, { by, at, reason });
