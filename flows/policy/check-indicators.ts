/** Checks what datasets suggest: an answer that is offered, of a question that a country brief asks. */

import { dataset } from '../dataset.ts';
import { valuesOf } from './answers.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';
import { sheetKindOf } from './sheet-questions.ts';

const MOST_TITLE = 60;
/** Each is a line and a choice at the question. */
const MOST_OF_A_QUESTION = 5;

export function* indicatorProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  const questions = new Map(policy.sections.flatMap((section) => section.questions).map((one) => [one.id, one]));
  const seen = new Set<string>();
  const many = new Map<string, number>();
  for (const [i, { id, dataset: from, variable, title, below, atLeast, question, answer }] of (
    policy.indicators ?? []
  ).entries()) {
    const problem = (at: string, message: string): PolicyProblem => ({
      severity: 'error',
      path: ['indicators', i, at],
      message,
    });
    if (seen.has(id)) yield problem('id', `Indicator ${id} is there twice: give one of them another id.`);
    seen.add(id);
    if (title.length > MOST_TITLE)
      yield problem('title', `title has ${title.length} characters: shorten it to ${MOST_TITLE}.`);
    const { name, variables } = dataset[from];
    if (variables && !variables.includes(variable)) {
      yield problem('variable', `${name} has no ${variable} here: use ${variables.join(' or ')}.`);
    }
    if ((below === undefined) === (atLeast === undefined)) {
      yield problem('id', `${id} needs either below or atLeast: from which value on it suggests ${answer}.`);
    }
    many.set(question, (many.get(question) ?? 0) + 1);
    if (many.get(question) === MOST_OF_A_QUESTION + 1) {
      yield problem(
        'question',
        `${question} has more than ${MOST_OF_A_QUESTION} indicators: keep those that say most.`,
      );
    }
    const asked = questions.get(question);
    if (!asked) {
      yield problem('question', `There is no question ${question}: correct the id or add the question.`);
      continue;
    }
    if (sheetKindOf(asked) !== 'country') {
      yield problem(
        'question',
        `${question} is in no country brief: let counsel or compliance answer it (answeredBy).`,
      );
    } else if (asked.kind !== 'yes-no' && asked.kind !== 'choice') {
      yield problem('question', `${question} is a ${asked.kind} question: a number suggests one answer of a few.`);
    } else {
      const offered = valuesOf({ ...asked, allowNotApplicable: false }).filter((value) => value !== 'unknown');
      if (!offered.includes(answer)) {
        yield problem('answer', `${question} can't be answered "${answer}": use ${offered.join(', ')}.`);
      }
    }
  }
}
