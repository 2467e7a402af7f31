/** Checks ids: each is given once, and none is referred to that doesn't exist. */

import { valuesOf } from './answers.ts';
import { atomsOf, type Criterion } from './condition.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

type Path = PolicyProblem['path'];
type Named = { id: string; path: Path };

const error = (path: Path, message: string): PolicyProblem => ({ severity: 'error', path, message });

function* repeated(what: string, named: readonly Named[]): Generator<PolicyProblem> {
  const seen = new Set<string>();
  for (const { id, path } of named) {
    if (seen.has(id)) yield error([...path, 'id'], `${what} ${id} is there twice: give one of them another id.`);
    seen.add(id);
  }
}

const named = (list: readonly { id: string }[], ...path: (string | number)[]): Named[] =>
  list.map(({ id }, i) => ({ id, path: [...path, i] }));

function* duplicates(policy: PolicyDocument): Generator<PolicyProblem> {
  yield* repeated('Section', named(policy.sections, 'sections'));
  yield* repeated(
    'Question',
    policy.sections.flatMap((s, i) => named(s.questions, 'sections', i, 'questions')),
  );
  yield* repeated(
    'Checklist',
    policy.sections.flatMap((s, i) => named(s.checklists, 'sections', i, 'checklists')),
  );
  yield* repeated('Flag', named(policy.flags, 'flags'));
  yield* repeated(
    'Modifier',
    policy.flags.flatMap((f, i) => named(f.modifiers, 'flags', i, 'modifiers')),
  );
  yield* repeated('Safeguard', named(policy.safeguards, 'safeguards'));
  yield* repeated('Reference', named(policy.references, 'references'));
  yield* repeated('Tier rule', named(policy.tiers ?? [], 'tiers'));
  yield* repeated('Row', named(policy.picture?.rows ?? [], 'picture', 'rows'));
  yield* repeated('Column', named(policy.picture?.columns ?? [], 'picture', 'columns'));
  yield* repeated('Rule', [
    ...named(policy.picture?.rules ?? [], 'picture', 'rules'),
    ...named(policy.picture?.rowDown ?? [], 'picture', 'rowDown'),
    ...named(policy.picture?.exceptions ?? [], 'picture', 'exceptions'),
  ]);
  yield* repeated('Scope rule', [...named(policy.scope.out, 'scope', 'out'), ...named(policy.scope.in, 'scope', 'in')]);
  for (const [s, section] of policy.sections.entries()) {
    for (const [q, { id, options }] of section.questions.entries()) {
      const values = options.map(({ value }) => ({ id: value }));
      yield* repeated(`${id}: option`, named(values, 'sections', s, 'questions', q, 'options'));
    }
  }
}

const pictureConditions = ({ picture }: PolicyDocument): { when: Criterion; path: Path }[] =>
  (['rows', 'rowDown', 'columns', 'rules', 'exceptions'] as const).flatMap((part) =>
    (picture?.[part] ?? []).flatMap(({ when }, i) => (when ? [{ when, path: ['picture', part, i, 'when'] }] : [])),
  );

const allConditions = (policy: PolicyDocument): { when: Criterion; path: Path }[] => [
  ...policy.sections.flatMap((section, s) =>
    section.questions.flatMap(({ when }, q) => (when ? [{ when, path: ['sections', s, 'questions', q, 'when'] }] : [])),
  ),
  ...policy.flags.flatMap((flag, f) => [
    { when: flag.when, path: ['flags', f, 'when'] },
    ...flag.modifiers.map(({ when }, m) => ({ when, path: ['flags', f, 'modifiers', m, 'when'] })),
  ]),
  ...(['out', 'in'] as const).flatMap((side) =>
    policy.scope[side].map(({ when }, i) => ({ when, path: ['scope', side, i, 'when'] })),
  ),
  ...(policy.tiers ?? []).map(({ when }, t) => ({ when, path: ['tiers', t, 'when'] })),
  ...policy.sections.flatMap((section, s) =>
    section.questions.flatMap(({ notApplicableWhen: when }, q) =>
      when ? [{ when, path: ['sections', s, 'questions', q, 'notApplicableWhen'] }] : [],
    ),
  ),
  ...pictureConditions(policy),
  ...policy.principles.map(({ when }, p) => ({ when, path: ['principles', p, 'when'] })),
];

function* inConditions(policy: PolicyDocument): Generator<PolicyProblem> {
  const questions = new Map(policy.sections.flatMap((s) => s.questions).map((q) => [q.id, q]));
  const flags = new Set(policy.flags.map((f) => f.id));
  const rows = new Set(policy.picture?.rows.map((r) => r.id));
  for (const { when, path } of allConditions(policy)) {
    for (const { atom, path: inside } of atomsOf(when)) {
      const at = [...path, ...inside];
      if ('flag' in atom && !flags.has(atom.flag)) {
        yield error([...at, 'flag'], `There is no flag ${atom.flag}: correct the id or add the flag.`);
      }
      if ('row' in atom && !rows.has(atom.row.atLeast)) {
        yield error([...at, 'row'], `There is no row ${atom.row.atLeast}: correct the id or add the row.`);
      }
      if (!policy.picture && ('row' in atom || 'accepted' in atom || 'alert' in atom)) {
        yield error(at, 'This condition needs a risk picture ("picture").');
      }
      if (!('is' in atom)) continue;
      for (const id of 'question' in atom ? [atom.question] : atom.anyOf) {
        const question = questions.get(id);
        if (!question) {
          yield error(at, `There is no question ${id}: correct the id or add the question.`);
          continue;
        }
        const known = [
          ...valuesOf({ ...question, allowNotApplicable: true }),
          ...(question.kind === 'text' ? ['yes', 'no'] : []),
        ];
        for (const value of atom.is) {
          if (known.includes(value)) continue;
          yield error([...at, 'is'], `${id} can't be answered "${value}": use ${known.join(', ')}.`);
        }
      }
    }
  }
}

function* elsewhere(policy: PolicyDocument): Generator<PolicyProblem> {
  if (!policy.sections.some((s) => s.id === policy.scope.section)) {
    yield error(
      ['scope', 'section'],
      `There is no section ${policy.scope.section}: name the one that settles the scope.`,
    );
  }
  const safeguards = new Set(policy.safeguards.map((s) => s.id));
  for (const [f, flag] of policy.flags.entries()) {
    for (const [i, id] of flag.safeguards.entries()) {
      if (safeguards.has(id)) continue;
      yield error(['flags', f, 'safeguards', i], `There is no safeguard ${id}: correct the id or add the safeguard.`);
    }
  }
  for (const [i, id] of (policy.endUserKind.safeguards ?? []).entries()) {
    if (safeguards.has(id)) continue;
    const path = ['endUserKind', 'safeguards', i];
    yield error(path, `There is no safeguard ${id}: correct the id or add the safeguard.`);
  }
  const references = new Set(policy.references.map((r) => r.id));
  for (const [s, section] of policy.sections.entries()) {
    for (const [q, question] of section.questions.entries()) {
      for (const [i, id] of question.references.entries()) {
        if (references.has(id)) continue;
        const path = ['sections', s, 'questions', q, 'references', i];
        yield error(path, `There is no reference ${id}: correct the id or add the reference.`);
      }
    }
  }
}

export const idProblems = (policy: PolicyDocument): PolicyProblem[] => [
  ...duplicates(policy),
  ...inConditions(policy),
  ...elsewhere(policy),
];
