/**
 * Deciding on product sheets and country briefs. What is heavier counts at once; what is lighter than before counts once
 * somebody of compliance, who did not give it, confirmed it. House rule.
 */

import { addMonths, calendarOf, dayIn } from '../calendar.ts';
import type { CommandMeta, PersonId, Refusal } from '../ids.ts';
import { isCounsel, person } from '../organisation.ts';
import { own } from '../own.ts';
import { sameValue, validValue } from '../policy/answers.ts';
import { NONE, type CompiledPolicy, type FactValue, type QuestionId } from '../policy/policy.ts';
import type { Reminders } from '../policy/reminders.ts';
import { usualSheets } from '../policy/schema.ts';
import { isSentence, LONGEST_SENTENCE, LONGEST_WHY, reasonProblem, tooLong } from '../policy/sentence.ts';
import { isLighterThan, saysAgainst, sheetQuestions } from '../policy/sheet-questions.ts';
import type { Sheet, SheetAnswer, SheetAnswers, SheetChange, SheetSaid } from '../sheet.ts';
import { refuseRegister, type RegisterContext, type RegisterDecided } from './register.ts';
import { isThere, sheetIdOf } from './sheet-owners.ts';
import { judgeRefusal, saveRefusal, settleRefusal } from './sheet-rights.ts';
import type { SheetGiven, SheetsCommand, SheetsEvent, SheetsState } from './sheet-shapes.ts';

type Decided = RegisterDecided<SheetsEvent>;
type Command<T extends SheetsCommand['type']> = Extract<SheetsCommand, { type: T }>;

export const sheetsRule = ({ policy }: Pick<RegisterContext, 'policy'>): Reminders['sheets'] =>
  policy?.reminders.sheets ?? usualSheets;

const MOST_DISPUTES = 50;

const MEANWHILE = 'Somebody saved another version meanwhile. Please look at it and save again.';
const WHY_LIGHTER =
  'Some answers are lighter than before. Please say why: compliance confirms them, and approvers read it.';

const saysSame = (a: SheetGiven, b: SheetGiven): boolean =>
  JSON.stringify([a.value, a.note ?? '', a.sources]) === JSON.stringify([b.value, b.note ?? '', b.sources]);

/** Both picks together: what is added to one of several options counts at once, what is left out does not. */
const together = (before: FactValue, now: FactValue): FactValue =>
  Array.isArray(before) && Array.isArray(now)
    ? [...before, ...now.filter((one) => one !== NONE && !before.includes(one))]
    : before;

/** Tells whether it is lighter than the answer before, or than what was said against deals before that was not known. */
const isLighterNow = (policy: CompiledPolicy, sheet: Sheet, id: QuestionId, now: FactValue): boolean => {
  const before = own(sheet.answers, id)?.value;
  if (before === undefined)
    return sheet.said.some((one) => one.question === id && isLighterThan(policy, id, one.value, now));
  if (isLighterThan(policy, id, before, now)) return true;
  const wasOpen = !saysAgainst(policy, id, before) && policy.lightens(id, before, now);
  return wasOpen && sheet.said.some((one) => one.question === id && policy.lightens(id, one.value, now));
};

interface Next {
  /** All that count now. */
  answers: Record<QuestionId, SheetAnswer>;
  /** All that compliance is to confirm. */
  waits: Record<QuestionId, SheetAnswer>;
}

const nextAnswers = (
  policy: CompiledPolicy,
  before: Sheet | undefined,
  given: Readonly<Record<QuestionId, SheetGiven>>,
  author: Pick<SheetAnswer, 'by' | 'at' | 'counsel'>,
): Next => {
  const next: Next = { answers: { ...before?.answers }, waits: {} };
  for (const [id, { value, note, sources }] of Object.entries(given)) {
    const was = own(before?.answers ?? {}, id);
    const said: SheetAnswer = { value, ...(note === undefined ? {} : { note }), sources, ...author };
    if (was && saysSame(was, said)) continue;
    if (before && isLighterNow(policy, before, id, value)) {
      const waiting = own(before.waits?.answers ?? {}, id);
      next.waits[id] = waiting && saysSame(waiting, said) ? waiting : said;
      const union = was && together(was.value, value);
      if (was && union !== undefined && !sameValue(union, was.value))
        next.answers[id] = { ...was, ...author, value: union };
    } else {
      const confirmed = was && sameValue(was.value, value) ? was.confirmed : undefined;
      next.answers[id] = { ...said, ...(confirmed ? { confirmed } : {}) };
    }
  }
  return next;
};

const changesIn = (before: SheetAnswers = {}, now: SheetAnswers, version: number): SheetChange[] =>
  Object.entries(now).flatMap(([question, { value }]) => {
    const was = own(before, question)?.value;
    if (was !== undefined && sameValue(was, value)) return [];
    return [{ version, question, ...(was === undefined ? {} : { before: was }) }];
  });

/** Returns what was said against deals for the first time. */
const newlySaid = (
  policy: CompiledPolicy,
  before: Sheet | undefined,
  answers: readonly SheetAnswers[],
  version: number,
): SheetSaid[] => {
  const known = [...(before?.said ?? [])];
  for (const [question, { value, by, at }] of answers.flatMap((some) => Object.entries(some))) {
    const isKnown = known.some((one) => one.question === question && sameValue(one.value, value));
    if (!isKnown && saysAgainst(policy, question, value)) known.push({ question, value, by, at, version });
  }
  return known.slice(before?.said.length ?? 0);
};

const givenProblem = (policy: CompiledPolicy, { on, answers }: Command<'SaveSheet'>): Decided | undefined => {
  for (const [id, { value, note }] of Object.entries(answers)) {
    const question = policy.question(id);
    const about = (part: 'answer' | 'note') => ({ question: id, part });
    if (!question || !validValue(question, value)) {
      return refuseRegister('not valid', 'That is not one of the answers.', about('answer'));
    }
    if (value === 'not-applicable' && !note?.trim()) {
      return refuseRegister('not valid', 'Please say why this does not apply.', about('note'));
    }
    if (question.sentence !== undefined && typeof value === 'string' && value !== 'unknown') {
      if (!isSentence(value)) return refuseRegister('not valid', question.sentence, about('answer'));
      if (value.length > LONGEST_SENTENCE) {
        return refuseRegister('not valid', tooLong(value.length, LONGEST_SENTENCE), about('answer'));
      }
    }
  }
  const asked = new Set(sheetQuestions(policy, on.of, answers).map(({ id }) => id));
  return Object.keys(answers).some((id) => asked.has(id))
    ? undefined
    : refuseRegister('not valid', 'Please answer at least one question. “I don’t know” is a good answer.');
};

export const decideSave = (
  command: Command<'SaveSheet'>,
  state: SheetsState,
  { actor, at }: CommandMeta,
  { organisation, policy }: RegisterContext,
): Decided => {
  const { on, from } = command;
  if (!isThere(organisation, on)) {
    return refuseRegister('not valid', 'Please choose a country, or a product of the catalogue by its present name.');
  }
  const no = saveRefusal(organisation, on, actor);
  if (no !== undefined) return refuseRegister('not allowed', no);
  if (!policy) return refuseRegister('not now', 'There is no policy here to say what is asked.');
  const sheet = sheetIdOf(on);
  const before = own(state.sheets, sheet);
  if (from !== (before?.version ?? 0)) return refuseRegister('facts changed', MEANWHILE);
  const wrong = givenProblem(policy, command);
  if (wrong) return wrong;
  const asked = new Set(sheetQuestions(policy, on.of, { ...before?.answers, ...command.answers }).map(({ id }) => id));
  const given = Object.fromEntries(Object.entries(command.answers).filter(([id]) => asked.has(id)));
  const author = { by: actor, at, ...(isCounsel(organisation, actor) ? { counsel: true as const } : {}) };
  const { answers, waits } = nextAnswers(policy, before, given, author);
  const waiting = Object.keys(waits).length > 0;
  const isNews = Object.values(waits).some((one) => one.at === at && one.by === actor);
  const why = isNews ? (command.why?.trim() ?? '') : (before?.waits?.why ?? '');
  const silent = isNews ? reasonProblem(why, WHY_LIGHTER, { most: LONGEST_WHY }) : undefined;
  if (silent !== undefined) return refuseRegister('not valid', silent, 'why');
  const version = from + 1;
  const changes = changesIn(before?.answers, answers, version);
  // Said for the first time, it contradicts what was found out of scope without it.
  const heavier = changes.flatMap(({ question, before: was }) => {
    const { value } = answers[question]!;
    const isHeavier =
      was === undefined ? saysAgainst(policy, question, value) : isLighterThan(policy, question, value, was);
    return isHeavier ? [question] : [];
  });
  const until = addMonths(dayIn(at, calendarOf(organisation, actor)), sheetsRule({ policy }).months);
  const said = newlySaid(policy, before, [answers, waits], version);
  const asOf = isNews || !before?.waits ? { by: actor, at } : { by: before.waits.by, at: before.waits.at };
  return {
    kind: 'accepted',
    events: [
      {
        type: 'SheetSaved',
        at,
        by: actor,
        sheet,
        on,
        version,
        until,
        answers,
        changes,
        said,
        heavier,
        ...(waiting ? { waits: { answers: waits, why, ...asOf } } : {}),
      },
    ],
  };
};

/** Somebody of compliance other than who gave them judges lighter answers, as they were when they were looked at. */
const judged = (
  { sheet: id, asOf }: Command<'ConfirmSheet' | 'RefuseSheet'>,
  state: SheetsState,
  { actor }: CommandMeta,
  { organisation }: RegisterContext,
): { sheet: Sheet; waits: NonNullable<Sheet['waits']> } | Decided => {
  const sheet = own(state.sheets, id);
  const waits = sheet?.waits;
  const no = judgeRefusal(organisation, waits, actor);
  if (no !== undefined) return refuseRegister('not allowed', no);
  if (!sheet || !waits) return refuseRegister('not now', 'Nothing waits to be confirmed here.');
  if (waits.at !== asOf) return refuseRegister('facts changed', 'These answers changed meanwhile. Please look again.');
  return { sheet, waits };
};

export const decideConfirm = (
  command: Command<'ConfirmSheet'>,
  state: SheetsState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const found = judged(command, state, meta, context);
  if ('kind' in found) return found;
  const { sheet, waits } = found;
  const confirmed = { by: meta.actor, at: meta.at };
  const given = Object.entries(waits.answers).map(([id, answer]) => [id, { ...answer, confirmed }] as const);
  const answers = { ...sheet.answers, ...Object.fromEntries(given) };
  const version = sheet.version + 1;
  const changes = changesIn(sheet.answers, answers, version);
  return {
    kind: 'accepted',
    events: [{ type: 'SheetConfirmed', at: meta.at, by: meta.actor, sheet: sheet.id, version, answers, changes }],
  };
};

export const decideRefuse = (
  command: Command<'RefuseSheet'>,
  state: SheetsState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const found = judged(command, state, meta, context);
  if ('kind' in found) return found;
  const reason = command.reason.trim();
  const silent = reasonProblem(reason, 'Please say why. Who gave these answers reads it.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  const { sheet } = found;
  return {
    kind: 'accepted',
    events: [{ type: 'SheetRefused', at: meta.at, by: meta.actor, sheet: sheet.id, reason }],
  };
};

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
  const dispute = { id: `dispute-${made}`, version: sheet.version, questions: known, reason, by, at };
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
