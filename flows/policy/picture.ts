/**
 * Places a deal in the policy's risk picture. What is not known counts as its worse answer, so that a deal gains nothing
 * by "don't know", by silence, or by an answer that stands on nothing. House rule.
 */

import { perText } from '../per-text.ts';
import { encode, NOT_APPLICABLE, UNKNOWN, type Coded } from './answers.ts';
import type { Test, Weighed } from './conditions.ts';
import { type Placed } from './policy.ts';
import { type WhyOpen } from './policy.ts';
import { TIERS, WEIGHTS, type Facts, type FactValue, type QuestionId, type Tier, type TraceLine } from './policy.ts';
import { isSentence } from './sentence.ts';
import type { FlagRule } from './weigh.ts';

/** A question as the picture reads it. Bits as in `answers.ts`. */
export interface PictureQuestion {
  coded: Coded;
  /** How it counts where it is open. */
  counts: number;
  /** The answers that need a basis to count, 0 where none does. */
  needsBasis: number;
  /** "Not done": the worse answer, where yes is the good one. */
  notDone: number;
  goodNotApplicable?: Test | undefined;
  weighty: boolean;
  /** Asked by what was said as it stands alone. */
  followUp: boolean;
  mustBeKnown: boolean;
  publishersWhenHigh: number;
  /** Words that are no sentence leave it open. */
  wantsSentence: boolean;
}

interface Band {
  id: string;
  text: string;
  /** Undefined for the first. */
  test: Test | undefined;
}

export interface PictureRules {
  questions: readonly PictureQuestion[];
  rows: readonly Band[];
  down: readonly { id: string; text: string; test: Test }[];
  columns: readonly Band[];
  cells: readonly (readonly Tier[])[];
  rules: readonly { id: string; tier: Tier; text: string; test: Test }[];
  exceptions: readonly { id: string; row: string; column: string; tier: Tier; text: string; test: Test }[];
}

/** The ways to read a deal. */
export interface Readings {
  /** Every open question as it counts. */
  counted: Weighed;
  /** The same, but nothing for questions that nobody answered: the scope goes by this. */
  said: Weighed;
  /** Known answers alone; what is open is UNKNOWN. */
  known: Weighed;
  /** By question, in the file's order. */
  why: (WhyOpen | undefined)[];
  /** By question: it is asked, by what was said as it stands or as it counts. */
  asked: boolean[];
  /** By question: it is asked, or would be if what is open came to the worst. */
  reached: boolean[];
}

const blank = (facts: Facts, questions: readonly unknown[]): Weighed => ({
  endUser: facts.endUser,
  intermediaries: facts.intermediaries !== false,
  answers: questions.map(() => 0),
  flags: [],
  heaviest: -1,
  ownFlags: (facts.ownFlags ?? []).map(({ weight }) => WEIGHTS.indexOf(weight)),
  weightyOpen: false,
  outOfScope: false,
  row: -1,
  accepted: false,
  alert: facts.alert === true,
});

/** Counting words is the slowest part of an evaluation. */
const saysSomething = perText(isSentence);

const whyOpen = (question: PictureQuestion, code: number, based: number, counted: Weighed): WhyOpen | undefined => {
  if (code === 0) return 'unanswered';
  if ((code & UNKNOWN) !== 0) return 'unknown';
  if ((code & NOT_APPLICABLE) !== 0) return question.goodNotApplicable?.(counted) ? undefined : 'not applicable';
  if ((code & question.notDone) !== 0) return 'not done';
  return based < 0 || ((code & question.needsBasis) !== 0 && based < 1) ? 'no basis' : undefined;
};

const codeOf = ({ coded, wantsSentence }: PictureQuestion, value: FactValue | undefined): number => {
  const code = encode(coded, value);
  return wantsSentence && code !== NOT_APPLICABLE && typeof value === 'string' && !saysSomething(value)
    ? UNKNOWN
    : code;
};

interface Asking {
  picture: Pick<PictureRules, 'questions'>;
  asked: readonly (Test | undefined)[];
}

/** Reads the answers. Questions may only depend on earlier ones. */
export const readings = ({ picture: { questions }, asked }: Asking, facts: Facts): Readings => {
  const reading = (): Weighed => blank(facts, questions);
  const [counted, said, known, given] = [reading(), reading(), reading(), reading()];
  counted.weightyOpen = facts.endUser === 'unknown';
  const accepted = new Set(facts.accepted);
  const why: (WhyOpen | undefined)[] = [];
  const isAsked: boolean[] = [];
  const reached: boolean[] = [];
  for (let i = 0; i < questions.length; i++) {
    const question = questions[i]!;
    const test = asked[i];
    isAsked[i] = !test || test(given) || (!question.followUp && test(said));
    reached[i] = isAsked[i] || !test || test(counted);
    if (!reached[i]) continue;
    const { id } = question.coded;
    const code = codeOf(question, facts.answers[id]);
    const open = whyOpen(question, code, facts.based?.[id] ?? 0, counted);
    why[i] = isAsked[i] || !question.followUp ? open : undefined;
    const taken = open !== undefined && accepted.has(id) && !question.mustBeKnown;
    const value = open === undefined ? code : taken ? UNKNOWN : question.counts;
    counted.answers[i] = value;
    if (taken) counted.accepted = true;
    if (open !== undefined && !taken && question.weighty) counted.weightyOpen = true;
    if (!isAsked[i] || code === 0) continue;
    given.answers[i] = code;
    said.answers[i] = value;
    known.answers[i] = open === undefined || open === 'not done' ? code : UNKNOWN;
    if (taken) said.accepted = known.accepted = true;
  }
  return { counted, said, known, why, asked: isAsked, reached };
};

export const weighAll = (flags: readonly FlagRule[], deal: Weighed): void => {
  deal.heaviest = Math.max(-1, ...deal.ownFlags);
  for (let i = 0; i < flags.length; i++) {
    const weight = flags[i]!.weigh(deal);
    deal.flags[i] = weight;
    if (weight > deal.heaviest) deal.heaviest = weight;
  }
};

const lastOf = (bands: readonly Band[], deal: Weighed): number => {
  for (let i = bands.length - 1; i > 0; i--) if (bands[i]!.test?.(deal)) return i;
  return 0;
};

interface Standing {
  row: number;
  column: number;
  tier: Tier;
  rule: { id: string; text: string } | undefined;
  exception: Placed['exception'];
}

const graver = (a: Tier, b: Tier): boolean => TIERS.indexOf(a) > TIERS.indexOf(b);

/** `deal` has its flags weighed. */
const standing = (picture: PictureRules, deal: Weighed, known: Weighed, confirmed: readonly string[]): Standing => {
  let row = lastOf(picture.rows, deal);
  deal.row = row;
  for (const { test } of picture.down) if (row < picture.rows.length - 1 && test(deal)) row += 1;
  deal.row = row;
  const column = lastOf(picture.columns, deal);
  let tier = picture.cells[row]![column]!;
  const fits = picture.exceptions.find(
    (e) => e.row === picture.rows[row]!.id && e.column === picture.columns[column]!.id && e.test(deal),
  );
  const exception = fits && { id: fits.id, text: fits.text, tier: fits.tier, confirmed: confirmed.includes(fits.id) };
  let rule: Standing['rule'] = exception?.confirmed ? exception : undefined;
  if (exception?.confirmed) tier = exception.tier;
  for (const { id, tier: to, text, test } of picture.rules) {
    if (!graver(to, tier) || !test(to === 'prohibited' ? known : deal)) continue;
    tier = to;
    rule = { id, text };
  }
  return { row, column, tier, rule, exception };
};

const WORDS: Record<Tier, string> = { low: 'Low', elevated: 'Elevated', high: 'High', prohibited: 'Prohibited' };
const stop = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
/** `6 things are not known`; where all of them are answers without a basis, `6 answers name no source …`. */
const things = (open: number, baseless: number): string =>
  baseless === open
    ? `${open === 1 ? '1 good answer names' : `${open} good answers name`} no source and nobody who said so, and ${open === 1 ? 'counts' : 'each counts'} as the worse one until it does.`
    : `${open === 1 ? '1 thing is' : `${open} things are`} not known${baseless > 0 ? ', or said without a source' : ''}, and ${open === 1 ? 'counts' : 'each counts'} as its worse answer until it is.`;

export interface Result {
  tier: Tier;
  /** Id of the line that decided. */
  rule: string;
  line: TraceLine;
  placed: Placed;
}

/** Places the deal. `readings` have their flags weighed; `unanswered` counts towards what is not known. */
export const placed = (picture: PictureRules, { counted, known, why }: Readings, facts: Facts): Result => {
  const confirmed = facts.confirmed ?? [];
  const now = standing(picture, counted, known, confirmed);
  const sure = standing(picture, known, known, confirmed);
  const [row, column] = [picture.rows[now.row]!, picture.columns[now.column]!];
  const cell = picture.cells[now.row]![now.column]!;
  const accepted = new Set(facts.accepted);
  const ids: QuestionId[] = [];
  let open = facts.endUser === 'unknown' ? 1 : 0;
  let baseless = 0;
  for (let i = 0; i < why.length; i++) {
    const reason = why[i];
    if (reason === undefined) continue;
    const { coded, mustBeKnown } = picture.questions[i]!;
    if (reason === 'unanswered') ids.push(coded.id);
    if (reason !== 'not done' && (mustBeKnown || !accepted.has(coded.id))) {
      open += 1;
      if (reason === 'no basis') baseless += 1;
    }
  }
  const [guessedRow, guessedColumn] = [sure.row < now.row, sure.column < now.column];
  const notAll = 'not all of it is known, so it counts as if ';
  const down = picture.down.filter(({ test }) => test(counted));
  const steps: TraceLine[] = [
    { id: row.id, text: `What it can do: ${guessedRow ? notAll : ''}it ${stop(row.text)}` },
    ...down.map(({ id, text, test }) => ({ id, text: `One row graver: ${test(known) ? '' : notAll}${stop(text)}` })),
    { id: column.id, text: `Who would use it, and where: ${guessedColumn ? notAll : ''}${stop(column.text)}` },
    { id: `${row.id}-${column.id}`, text: `Where the two meet in the table: ${cell}.` },
    ...(now.exception
      ? [
          {
            id: `exception-${now.exception.id}`,
            text: `An exception fits: ${stop(now.exception.text)} ${
              now.exception.confirmed
                ? `Compliance confirmed it, so it is ${now.exception.tier}.`
                : `Once compliance confirms it, it is ${now.exception.tier}.`
            }`,
          },
        ]
      : []),
  ];
  const rule = now.rule?.id ?? 'risk-picture';
  const plain = now.rule
    ? `${WORDS[now.tier]}: ${stop(now.rule.text)}`
    : `${WORDS[now.tier]}: ${guessedRow || guessedColumn ? 'it counts as if ' : ''}it ${row.text}, and ${stop(column.text)}`;
  const text =
    graver(now.tier, sure.tier) && open > 0
      ? `${WORDS[now.tier]} for now: ${things(open, baseless)} On what is known it would be ${sure.tier}.`
      : plain;
  return {
    tier: now.tier,
    rule,
    line: { id: rule, text },
    placed: {
      row: row.id,
      column: column.id,
      cell,
      known: sure.tier,
      steps: text === plain ? steps : [...steps, { id: `${rule}-counted`, text: plain }],
      unanswered: ids,
      ...(now.exception ? { exception: now.exception } : {}),
    },
  };
};
