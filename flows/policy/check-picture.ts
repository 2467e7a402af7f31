/** Checks the risk picture: that no cell is lighter than its neighbours allow, and that a deal can reach each one. */

import { benignAnswer } from './compile-picture.ts';
import { compile } from './compile.ts';
import { END_USER_KINDS } from './condition.ts';
import { TIERS, type CompiledPolicy, type Facts, type FactValue, type QuestionId } from './policy.ts';
import type { PolicyProblem, PolicyWarning } from './problem.ts';
import type { PictureDocument } from './schema-picture.ts';
import type { PolicyDocument, QuestionDocument } from './schema.ts';
import { SOME_WORDS } from './sentence.ts';

type Path = PolicyProblem['path'];
const error = (path: Path, message: string): PolicyProblem => ({ severity: 'error', path, message });
const warning = (path: Path, message: string): PolicyWarning => ({ severity: 'warning', path, message });

function* shapeProblems({ rows, columns, cells, exceptions = [] }: PictureDocument): Generator<PolicyProblem> {
  for (const [side, bands] of [['rows', rows] as const, ['columns', columns] as const]) {
    for (const [i, { id, when }] of bands.entries()) {
      const at = ['picture', side, i, 'when'];
      if (i === 0 && when) yield error(at, `${id} is the mildest, for what fits no other: remove its condition.`);
      if (i > 0 && !when) yield error(at.slice(0, -1), `${id} needs a condition: "when" says which deals stand there.`);
    }
  }
  for (const { id } of rows) {
    const tiers = cells[id];
    if (!tiers) yield error(['picture', 'cells'], `There is no row ${id} here: give it a tier for each column.`);
    else if (tiers.length !== columns.length)
      yield error(
        ['picture', 'cells', id],
        `${id} has ${tiers.length} tiers: give it ${columns.length}, one a column.`,
      );
  }
  for (const id of Object.keys(cells)) {
    if (!rows.some((r) => r.id === id))
      yield error(['picture', 'cells', id], `There is no row ${id}: correct the id or add the row.`);
  }
  for (const [e, { row, column }] of exceptions.entries()) {
    const at = ['picture', 'exceptions', e];
    if (!rows.some((r) => r.id === row)) yield error([...at, 'row'], `There is no row ${row}: correct the id.`);
    if (!columns.some((c) => c.id === column))
      yield error([...at, 'column'], `There is no column ${column}: correct the id.`);
  }
}

/** To the right and downwards a tier never falls. */
function* fallingCells({ rows, columns, cells, exceptions = [] }: PictureDocument): Generator<PolicyProblem> {
  const tierAt = (r: number, c: number): number => TIERS.indexOf(cells[rows[r]?.id ?? '']?.[c] ?? 'prohibited');
  for (const [r, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      const [tier, left, above] = [tierAt(r, c), tierAt(r, c - 1), tierAt(r - 1, c)];
      const name = `${row.id}, ${column.id} is ${TIERS[tier]}`;
      const path = ['picture', 'cells', row.id, c];
      if (c > 0 && tier < left) yield error(path, `${name}, but to its left is ${TIERS[left]}: it can't be lighter.`);
      else if (r > 0 && tier < above)
        yield error(path, `${name}, but above it is ${TIERS[above]}: it can't be lighter.`);
    }
  }
  for (const [e, { id, row, column, tier }] of exceptions.entries()) {
    const cell = tierAt(
      rows.findIndex((r) => r.id === row),
      columns.findIndex((c) => c.id === column),
    );
    if (TIERS.indexOf(tier) >= cell)
      yield error(
        ['picture', 'exceptions', e, 'tier'],
        `${id} is no lighter than its cell, ${TIERS[cell]}: remove it.`,
      );
  }
}

/** An answer that is as bad as it can be. */
const worstAnswer = ({ kind, worse, options }: QuestionDocument): FactValue => {
  if (kind === 'yes-no') return worse;
  if (kind === 'choice') return options.at(-1)?.value ?? 'unknown';
  return kind === 'choices' ? options.map(({ value }) => value) : 'unknown';
};

/** Yields deals in which all is well but for one, two or three answers, those that the rows go by among them. */
function* deals(policy: PolicyDocument): Generator<Facts> {
  const questions = policy.sections.flatMap((section) => section.questions);
  const good: Record<QuestionId, FactValue> = {};
  const based: Record<QuestionId, number> = {};
  for (const question of questions) {
    good[question.id] = benignAnswer(question) ?? SOME_WORDS;
    based[question.id] = question.publishersWhenHigh ?? 1;
  }
  // Whatever stands in the scope section decides whether the deal is looked at: it is answered so that it is.
  for (const question of policy.sections.find((s) => s.id === policy.scope.section)?.questions ?? []) {
    good[question.id] = question.kind === 'yes-no' ? 'yes' : (good[question.id] ?? SOME_WORDS);
  }
  const bad = questions.map((q): Record<QuestionId, FactValue> => ({ [q.id]: worstAnswer(q) }));
  for (const endUser of END_USER_KINDS) {
    const facts = (...more: Record<QuestionId, FactValue>[]): Facts => ({
      endUser,
      answers: Object.assign({}, good, ...more),
      based,
    });
    yield facts();
    for (const one of bad) yield facts(one);
  }
  for (const endUser of END_USER_KINDS) {
    for (const [i, one] of bad.entries()) {
      for (const two of bad.slice(i + 1)) yield { endUser, answers: { ...good, ...one, ...two }, based };
    }
  }
  for (const [i, one] of bad.entries()) {
    for (const [j, two] of bad.slice(i + 1).entries()) {
      for (const three of bad.slice(i + j + 2)) {
        yield { endUser: 'government', answers: { ...good, ...one, ...two, ...three }, based };
      }
    }
  }
}

function* unreached(policy: PolicyDocument, picture: PictureDocument): Generator<PolicyWarning> {
  const compiled: CompiledPolicy = compile(policy, '');
  const left = new Set(picture.rows.flatMap((r) => picture.columns.map((c) => `${r.id} ${c.id}`)));
  for (const facts of deals(policy)) {
    const { placed } = compiled.evaluate(facts);
    if (placed) left.delete(`${placed.row} ${placed.column}`);
    if (left.size === 0) return;
  }
  for (const [c, column] of picture.columns.entries()) {
    for (const row of picture.rows) {
      if (!left.has(`${row.id} ${column.id}`)) continue;
      const message = `No deal was found that stands in ${row.id}, ${column.id}: correct the conditions of the row or the column.`;
      yield warning(['picture', 'cells', row.id, c], message);
    }
  }
}

/** Finds what is wrong with the picture; that there is none is no problem, so long as `tiers` are there. */
export const pictureProblems = (policy: PolicyDocument): PolicyProblem[] => {
  const { picture, tiers } = policy;
  if (!picture && !tiers) return [error([], 'Nothing sets the tier: add a risk picture ("picture").')];
  if (!picture) {
    const message =
      'The tiers are a list of rules, in which what is not known counts for little. Take over the risk picture of the default policy: clearthread policy upgrade FILE';
    return [warning(['tiers'], message)];
  }
  if (tiers) return [error(['tiers'], 'Both "tiers" and "picture" set the tier: remove "tiers".')];
  const shape = [...shapeProblems(picture)];
  return shape.length > 0 ? shape : [...fallingCells(picture)];
};

/** Searches for deals, so it is asked once every id is known to exist. */
export const unreachedCells = (policy: PolicyDocument): PolicyWarning[] =>
  policy.picture && pictureProblems(policy).length === 0 ? [...unreached(policy, policy.picture)] : [];
