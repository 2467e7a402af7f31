/** Finds what is wrong with what a policy says of the yearly report: approvers who are not there, or there twice. */

import { membersOf, type Organisation } from '../organisation.ts';
import { approverGroup } from './approver-group.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

export const yearlyProblems = ({ yearlyReport }: PolicyDocument, organisation?: Organisation): PolicyProblem[] => {
  const approvers = yearlyReport?.approvers ?? [];
  if (approvers === 'none') return [];
  return approvers.flatMap((name, n): PolicyProblem[] => {
    const path = ['yearlyReport', 'approvers', n];
    const error = (message: string): PolicyProblem[] => [{ severity: 'error', path, message }];
    if (approvers.indexOf(name) < n) return error(`${name} is there twice: one person of each group approves.`);
    if (!organisation) return [];
    const group = approverGroup(organisation, name);
    if (!organisation.groups.some(({ id }) => id === group))
      return error(`The organisation has no group ${name}: add it there, or name another.`);
    return membersOf(organisation, group).length === 0
      ? error(`Nobody is in ${name}, so nobody could approve: add members.`)
      : [];
  });
};
