/** What stands over each part of a case, and what is in it. */

import type { CaseEvent } from '../../../../flows/voices/case.ts';
import { countIn } from '../../../../flows/voices/counting.ts';
import { exportStepIn } from '../../../../flows/voices/exporting.ts';
import { stepIn } from '../../../../flows/voices/steps.ts';
import type { ShownCase, ShownMessage } from '../wire.ts';
import { EXPORT_TITLES, exportParts, type Headings } from './export-words.ts';
import { isWithheld, partsOf, type Part } from './report.ts';
import { countParts, STEP_TITLES, stepParts } from './step-words.ts';
import { dayWords } from './view.ts';

/** Whatever was opened. `headings`: of what stands before it. */
export const partsIn = (value: unknown, headings: Headings): Part[] => {
  const [step, count, exported] = [stepIn(value), countIn(value), exportStepIn(value)];
  if (step) return stepParts(step);
  if (count) return countParts(count);
  return exported ? exportParts(exported, headings) : partsOf(value);
};

export const headingOf = (
  { number, by, toReporter, day }: ShownMessage,
  names: ShownCase['names'],
  value: unknown,
): string => {
  const when = dayWords(day);
  if (by === undefined) return number === 1 ? `The report, ${when}` : `They wrote, ${when}`;
  const name = names[by] ?? by;
  const step = stepIn(value);
  const exported = exportStepIn(value);
  if (exported) return `${EXPORT_TITLES[exported.kind]}: ${name}, ${when}`;
  if (step) return `${STEP_TITLES[step.kind]}: ${name}, ${when}`;
  if (countIn(value)) return `Closed by ${name}, ${when}`;
  if (isWithheld(value)) return `${name}, not sent since that is not safe for them, ${when}`;
  return toReporter ? `${name} to them, ${when}` : `Note by ${name}, for handlers alone, ${when}`;
};

/** What happened, in a sentence without its end. */
export const did = (event: CaseEvent, names: ShownCase['names']): string => {
  const name = 'by' in event ? (names[event.by] ?? event.by) : '';
  switch (event.kind) {
    case 'acknowledged':
      return `${name} said that it arrived`;
    case 'answered':
      return `${name} wrote to them`;
    case 'feedback':
      return `${name} said what came of it`;
    case 'closed':
      return `${name} closed the case`;
    case 'opened again':
      return `${name} opened the case again`;
    case 'worked':
      return `${name} went on with it`;
    case 'asked':
      return `${name} looked whether anybody harmed them for it`;
    case 'found':
      return `${name} found it: ${event.as}`;
    case 'let in':
      return `${name} let ${names[event.reader] ?? event.reader} read what was there`;
    case 'added':
      return 'They wrote again';
    case 'withdrawn':
      return 'They took it back, and what they had sent was erased';
    default: {
      const never: never = event;
      return never;
    }
  }
};
