/** Checks reminders: in order of time, not too many, and with somebody left to tell in the end. */

import type { Organisation } from '../organisation.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

const MOST = 5;
const PARTS = [
  'sections',
  'information',
  'approvals',
  'conditions',
  'evidence',
  'reassessments',
  'holds',
  'watch',
  'sheets',
  'licence',
] as const;

interface Rule {
  before?: readonly number[];
  /** Absent where it is every so many days. */
  after?: readonly number[];
  escalate?: { after: number; to: string } | undefined;
  suspend?: number | undefined;
}
type Found = { at: PolicyProblem['path']; message: string };

/** Returns the index of the first number that is not greater than the one before it, or -1. */
const outOfOrder = (numbers: readonly number[]): number => numbers.findIndex((n, i) => i > 0 && n <= numbers[i - 1]!);

function* numberProblems({ before = [], after = [], escalate, suspend }: Rule): Generator<Found> {
  for (const [name, numbers] of Object.entries({ before, after })) {
    if (numbers.length <= MOST) continue;
    yield { at: [name], message: `${name} asks for ${numbers.length} reminders: keep the ${MOST} that matter.` };
  }
  const late = outOfOrder(after);
  if (late > 0) {
    const message = `after must rise, and ${after[late]} does not come after ${after[late - 1]}: put the days in order, each once.`;
    yield { at: ['after', late], message };
  }
  const twice = before.findIndex((n, i) => before.indexOf(n) < i);
  if (twice > 0) yield { at: ['before', twice], message: `before has ${before[twice]} twice: remove one.` };
  const last = Math.max(0, ...after);
  if (escalate && escalate.after <= last) {
    const message = `escalate must come after the last reminder, and ${escalate.after} is not later than ${last}: raise it.`;
    yield { at: ['escalate', 'after'], message };
  }
  const told = Math.max(last, escalate?.after ?? 0);
  if (suspend !== undefined && suspend <= told) {
    const earlier = escalate ? 'escalate' : 'the last reminder';
    const message = `suspend must come after ${earlier}, and ${suspend} is not later than ${told}: raise it.`;
    yield { at: ['suspend'], message };
  }
}

const problems = (policy: PolicyDocument, of: (rule: Rule) => Iterable<Found>): PolicyProblem[] =>
  PARTS.flatMap((part) => {
    const rule: Rule | undefined = policy.reminders?.[part];
    return rule
      ? [...of(rule)].map(
          ({ at, message }) => ({ severity: 'error', path: ['reminders', part, ...at], message }) as const,
        )
      : [];
  });

/** Parts that no single person owes: there is no delegate to tell. */
const OF_A_GROUP: readonly (typeof PARTS)[number][] = ['holds', 'watch', 'sheets'];

const delegateProblems = (policy: PolicyDocument): PolicyProblem[] =>
  OF_A_GROUP.filter((part) => policy.reminders?.[part]?.escalate?.to === 'delegate').map((part) => ({
    severity: 'error',
    path: ['reminders', part, 'escalate', 'to'],
    message: `${part} wait for a group, which has no delegate: name another group or manager.`,
  }));

export const escalationProblems = (policy: PolicyDocument, organisation: Organisation): PolicyProblem[] =>
  problems(policy, ({ escalate }) => {
    const byPerson = escalate?.to === 'manager' || escalate?.to === 'delegate';
    if (!escalate || byPerson || organisation.groups.some((g) => g.id === escalate.to)) return [];
    const message = `The organisation has no group ${escalate.to}: add it there, or name another, manager or delegate.`;
    return [{ at: ['escalate', 'to'], message }];
  });

export const reminderProblems = (policy: PolicyDocument, organisation?: Organisation): PolicyProblem[] => [
  ...problems(policy, numberProblems),
  ...delegateProblems(policy),
  ...(organisation ? escalationProblems(policy, organisation) : []),
];
