/**
 * Deciding on product sheets and country briefs. What is heavier counts at once; what is lighter than before counts once
 * somebody of compliance, who did not give it, confirmed it. House rule.
 */

import { addMonths, calendarOf, dayIn } from '../calendar.ts';
import type { CommandMeta } from '../ids.ts';
import { isCounsel } from '../organisation.ts';
import { own } from '../own.ts';
import { sameValue, validValue } from '../policy/answers.ts';
import { NONE, type CompiledPolicy, type FactValue, type QuestionId } from '../policy/policy.ts';
import type { Reminders } from '../policy/reminders.ts';
import { usualSheets } from '../policy/schema.ts';
import { isSentence, LONGEST_SENTENCE, LONGEST_WHY, reasonProblem, tooLong } from '../policy/sentence.ts';
import { isLighterThan, saysAgainst, sheetQuestions, type SheetKind } from '../policy/sheet-questions.ts';
import type { Sheet, SheetAnswer, SheetAnswers, SheetChange, SheetSaid } from '../sheet.ts';
import { refuseRegister, type RegisterContext, type RegisterDecided } from './register.ts';
import { isThere, sheetIdOf } from './sheet-owners.ts';
import { judgeRefusal, saveRefusal } from './sheet-rights.ts';
import type { SheetGiven, SheetsCommand, SheetsEvent, SheetsState } from './sheet-shapes.ts';
import { keptNote, whoseWords } from './sheet-words.ts';

type Decided = RegisterDecided<SheetsEvent>;
type Command<T extends SheetsCommand['type']> = Extract<SheetsCommand, { type: T }>;

export const sheetsRule = ({ policy }: Pick<RegisterContext, 'policy'>): Reminders['sheets'] =>
  policy?.reminders.sheets ?? usualSheets;

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
  // Counsel who saves a brief as it is looked at the laws again. Who corrects another answer in it did not say so.
  const isSame = ([id, said]: [QuestionId, SheetGiven]): boolean => {
    const was = own(before?.answers ?? {}, id);
    return was !== undefined && saysSame(was, said);
  };
  const looked = author.counsel === true && Object.entries(given).every(isSame);
  for (const [id, { value, note: left, sources, suggested }] of Object.entries(given)) {
    const was = own(before?.answers ?? {}, id);
    const waiting = own(before?.waits?.answers ?? {}, id);
    const known = [was, waiting].filter((one) => one !== undefined);
    const note = keptNote(known, { value, note: left }, author.by);
    const said: SheetAnswer = {
      value,
      ...(note === undefined ? {} : { note }),
      sources,
      ...(suggested && suggested.length > 0 ? { suggested } : {}),
      ...author,
      ...whoseWords(known, { value, note, sources }, author.by),
    };
    if (was && saysSame(was, said)) {
      if (looked && policy.question(id)?.basis === 'counsel') next.answers[id] = { ...was, ...author };
      continue;
    }
    if (before && isLighterNow(policy, before, id, value)) {
      next.waits[id] = waiting && saysSame(waiting, said) ? waiting : said;
      const union = was && together(was.value, value);
      if (was && union !== undefined && !sameValue(union, was.value))
        next.answers[id] = { ...was, ...author, ...whoseWords([was], was, author.by), value: union };
    } else {
      const confirmed = was && sameValue(was.value, value) ? was.confirmed : undefined;
      next.answers[id] = { ...said, ...(confirmed ? { confirmed } : {}) };
    }
  }
  return next;
};

type Given = Readonly<Record<QuestionId, SheetGiven>>;

/** The answers of those given that the sheet asks for. */
const askedOf = (policy: CompiledPolicy, kind: SheetKind, before: Sheet | undefined, given: Given): Given => {
  const asked = new Set(sheetQuestions(policy, kind, { ...before?.answers, ...given }).map(({ id }) => id));
  return Object.fromEntries(Object.entries(given).filter(([id]) => asked.has(id)));
};

const notWaitingYet = (before: Sheet | undefined, waits: Next['waits']): QuestionId[] =>
  Object.keys(waits).filter((id) => waits[id] !== own(before?.waits?.answers ?? {}, id));

/**
 * Returns the questions whose answers are lighter than what stands or was said, and do not wait for compliance as they are: they
 * want a reason. One rule for the form that asks for it and for the decision that wants it.
 */
export const lighterGiven = (
  policy: CompiledPolicy,
  kind: SheetKind,
  before: Sheet | undefined,
  given: Given,
): QuestionId[] =>
  notWaitingYet(before, nextAnswers(policy, before, askedOf(policy, kind, before, given), { by: '', at: '' }).waits);

const changesIn = (before: SheetAnswers = {}, now: SheetAnswers, version: number): SheetChange[] =>
  Object.entries(now).flatMap(([question, { value }]) => {
    const was = own(before, question)?.value;
    if (was !== undefined && sameValue(was, value)) return [];
    return [{ version, question, ...(was === undefined ? {} : { before: was }) }];
  });

/** Notes of one person to one answer that are kept. */
const MOST_OF_ONE = 12;

/** Returns what was said against deals for the first time, or under other words. */
const newlySaid = (
  policy: CompiledPolicy,
  before: Sheet | undefined,
  answers: readonly SheetAnswers[],
  version: number,
): SheetSaid[] => {
  const known = [...(before?.said ?? [])];
  for (const [question, { value, note, by, at }] of answers.flatMap((some) => Object.entries(some))) {
    const same = known.filter((one) => one.question === question && sameValue(one.value, value));
    const theirs = same.filter((one) => one.by === by);
    // Who says the same after another is a voice of their own.
    const isKnown = note === undefined ? theirs.length > 0 : same.some((one) => one.note === note);
    // Many words of one person are no place to hide those of others.
    if (theirs.length >= MOST_OF_ONE) continue;
    if (!isKnown && saysAgainst(policy, question, value))
      known.push({ question, value, ...(note === undefined ? {} : { note }), by, at, version });
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
  const author = { by: actor, at, ...(isCounsel(organisation, actor) ? { counsel: true as const } : {}) };
  const { answers, waits } = nextAnswers(policy, before, askedOf(policy, on.of, before, command.answers), author);
  const waiting = Object.keys(waits).length > 0;
  const isNews = notWaitingYet(before, waits).length > 0;
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
        keepsSources: true,
        keepsOwn: true,
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
    events: [
      {
        type: 'SheetConfirmed',
        at: meta.at,
        by: meta.actor,
        sheet: sheet.id,
        version,
        answers,
        changes,
        keepsSources: true,
        keepsOwn: true,
      },
    ],
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
  const { sheet, waits } = found;
  const of = { questions: Object.keys(waits.answers), from: waits.by };
  return {
    kind: 'accepted',
    events: [{ type: 'SheetRefused', at: meta.at, by: meta.actor, sheet: sheet.id, reason, of }],
  };
};

/** The latest that are kept, of one sheet. */
const MOST_REFUSED = 100;

/** Whoever gives such answers again, or is to confirm them then, reads why they were not confirmed. */
export const afterRefusing = (
  { refused = [] }: Pick<Sheet, 'refused'>,
  { of, reason, by, at }: Extract<SheetsEvent, { type: 'SheetRefused' }>,
): Pick<Sheet, 'refused'> => (of ? { refused: [...refused, { ...of, reason, by, at }].slice(-MOST_REFUSED) } : {});
