/** The groups that a policy names as approvers of the yearly report. */

import type { GroupId } from '../ids.ts';
import { counselGroup, type Organisation } from '../organisation.ts';

/** The group of that id; where there is none, the one with that role. */
export const approverGroup = ({ groups, roles }: Pick<Organisation, 'groups' | 'roles'>, name: string): GroupId => {
  if (groups.some(({ id }) => id === name)) return name;
  const ofRole: Readonly<Record<string, GroupId>> = {
    chief: roles.chief,
    compliance: roles.compliance,
    counsel: counselGroup({ roles }),
  };
  return Object.hasOwn(ofRole, name) ? (ofRole[name] ?? name) : name;
};
