/** Checks who answers what: a question is on one sheet at most, and asked by what that sheet can know. */

import { atomsOf } from './condition.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';
import { sheetKindOf } from './sheet-questions.ts';

export function* knowerProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  const all = policy.sections.flatMap((section, s) =>
    section.questions.map((question, q) => ({ question, at: ['sections', s, 'questions', q] as const })),
  );
  const kinds = new Map(all.map(({ question }) => [question.id, sheetKindOf(question)]));
  for (const { question, at } of all) {
    const { id, about, answeredBy = [], when } = question;
    const kind = kinds.get(id);
    const problem = (path: PolicyProblem['path'], message: string): PolicyProblem => ({
      severity: 'error',
      path: [...at, ...path],
      message,
    });
    if (kind === 'product' && answeredBy.includes('counsel')) {
      yield problem(
        ['answeredBy'],
        `${id} would be on the product sheet and in the country brief: name product-managers, or counsel.`,
      );
    }
    if (kind !== undefined && about !== undefined && about !== kind) {
      yield problem(['answeredBy'], `${id} is about the ${about}, and is answered on the sheet of a ${kind}.`);
    }
    if (kind === undefined || when === undefined) continue;
    for (const { atom, path } of atomsOf(when)) {
      const named = 'question' in atom ? [atom.question] : 'anyOf' in atom ? atom.anyOf : undefined;
      if (named?.every((other) => kinds.get(other) === kind)) continue;
      yield problem(
        ['when', ...path],
        `${id} is answered for every deal, so it can be asked only by other questions of the same sheet.`,
      );
    }
  }
}
