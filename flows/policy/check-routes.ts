/** Checks routes: one for each tier, and quorums that can be reached. */

import type { Organisation } from '../organisation.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`;

export function* routeProblems(policy: PolicyDocument, organisation?: Organisation): Generator<PolicyProblem> {
  for (const tier of ['low', 'elevated', 'high'] as const) {
    const route = policy.routes[tier];
    if (!route) {
      yield { severity: 'error', path: ['routes'], message: `There is no route for tier ${tier}: add one.` };
      continue;
    }
    for (const [s, step] of route.steps.entries()) {
      const path = ['routes', tier, 'steps', s];
      const problem = (at: (string | number)[], message: string): PolicyProblem => ({
        severity: 'error',
        path: [...path, ...at],
        message,
      });
      for (const [i, part] of step.including.entries()) {
        if (part.atLeast <= step.quorum) continue;
        const message = `${part.atLeast} of ${part.group} don't fit into a quorum of ${step.quorum}: raise the quorum.`;
        yield problem(['including', i, 'atLeast'], message);
      }
      if (!organisation) continue;
      const members = (id: string): string[] | undefined => organisation.groups.find((g) => g.id === id)?.members;
      const group = members(step.group);
      if (!group) {
        yield problem(['group'], `The organisation has no group ${step.group}: add it there or name another.`);
        continue;
      }
      if (group.length < step.quorum) {
        const message = `${step.group} has ${people(group.length)}, so a quorum of ${step.quorum} can't be reached: add members or lower it.`;
        yield problem(['quorum'], message);
      }
      for (const [i, part] of step.including.entries()) {
        const both = members(part.group)?.filter((id) => group.includes(id));
        if (!both) {
          yield problem(
            ['including', i, 'group'],
            `The organisation has no group ${part.group}: add it there or name another.`,
          );
        } else if (both.length < part.atLeast) {
          const message = `Only ${people(both.length)} of ${part.group} can vote in ${step.group}, and ${part.atLeast} must: add them to ${step.group}.`;
          yield problem(['including', i, 'atLeast'], message);
        }
      }
    }
  }
}
