/** What people of the organisation file do here, for whoever chooses one of them to be. */

import { salesGroup, type Organisation, type Person } from '../../flows/organisation.ts';

/** One of those whom the group's name names: "Senior approvers" has a "Senior approver". */
const oneOf = (group: string): string => group.replace(/(approver|member|manager|officer|auditor|lawyer|rep)s$/i, '$1');

/** Such as "Rep" or "Senior approver, Counsel"; empty where the organisation has no groups. */
export const roleOf = ({ groups, roles }: Organisation, { id }: Pick<Person, 'id'>): string => {
  if (groups.length === 0) return '';
  const own = groups.filter(({ members }) => members.includes(id));
  if (own.length === 0) return 'Colleague';
  return own.map(({ id: group, name }) => (group === salesGroup(roles) ? 'Rep' : oneOf(name))).join(', ');
};
