/** How many of the Guidance's points on single deals a policy names: what it asks, raises and offers. Guidance: G9 and G12. */

import type { Guidance } from '../policy/guidance.ts';
import type { CompiledPolicy } from '../policy/policy.ts';

const OF_DEALS: ReadonlySet<string> = new Set(['question', 'flag', 'safeguard', 'reference']);

/** `H-RF3-conflict` and `H3-targeted` are parts of a point. */
const pointOf = (id: string): string => /^[A-Z](?:-RF)?\d+/u.exec(id)?.[0] ?? id;

export const coverageOf = (
  { items }: Guidance,
  {
    sections,
    safeguards,
    flagNames,
    weighing,
  }: Pick<CompiledPolicy, 'sections' | 'safeguards' | 'flagNames' | 'weighing'>,
): { points: number; without: string[] } => {
  const questions = sections.flatMap((section) => section.questions);
  // A flag's question alone raises nothing.
  const raised = new Set(flagNames.map(({ id }) => pointOf(id)));
  const named = new Set(
    [
      ...questions.flatMap(({ id, sources, references }) => [id, ...sources, ...references.map((one) => one.id)]),
      ...Object.keys(safeguards),
      ...(weighing ? ['G6'] : []),
    ].map(pointOf),
  );
  const points = items.filter(({ kind }) => OF_DEALS.has(kind));
  const isThere = ({ id, kind }: Guidance['items'][number]): boolean => (kind === 'flag' ? raised : named).has(id);
  return { points: points.length, without: points.filter((item) => !isThere(item)).map(({ id }) => id) };
};
