/** Auditors read every deal, so they judge none, stand in for nobody and are asked for nothing. House rule. */

import type { Organisation } from '../../flows/organisation.ts';
import type { Problem } from './yaml-file.ts';

type Read = Pick<Organisation, 'people' | 'groups' | 'products' | 'roles'>;

/** Finds auditors with another part: in another group, as somebody's deputy or manager, or with a product sheet to fill in. */
export function* auditorProblems({ people, groups, products, roles }: Read): Generator<Problem> {
  const auditors = new Set(groups.find(({ id }) => id === roles.auditors)?.members);
  for (const [role, group] of Object.entries(roles)) {
    if (role === 'auditors' || roles.auditors === undefined || group !== roles.auditors) continue;
    yield {
      path: ['roles', 'auditors'],
      message: `${group} is ${role}, and auditors act on no deal: name another group.`,
    };
  }
  for (const [g, { id, members }] of groups.entries()) {
    if (id === roles.auditors) continue;
    for (const [m, who] of members.entries()) {
      if (!auditors.has(who)) continue;
      const message = `${who} is an auditor, who reads every deal and acts on none: remove them from ${id} or from ${roles.auditors}.`;
      yield { path: ['groups', g, 'members', m], message };
    }
  }
  for (const [i, { manager, deputies = [] }] of people.entries()) {
    for (const [d, deputy] of deputies.entries()) {
      if (!auditors.has(deputy)) continue;
      const message = `${deputy} is an auditor, who stands in for nobody: name another.`;
      yield { path: ['people', i, 'deputies', d], message };
    }
    if (manager === undefined || !auditors.has(manager)) continue;
    const message = `${manager} is an auditor, and a manager may be asked to decide: name another.`;
    yield { path: ['people', i, 'manager'], message };
  }
  for (const [p, { manager }] of products.entries()) {
    if (manager === undefined || !auditors.has(manager)) continue;
    const message = `${manager} is an auditor, who fills in no product sheet: name another.`;
    yield { path: ['products', p, 'manager'], message };
  }
}
