/** The company that is played: the sample's, with as many people as 200 deals a month need. One counsel, as in the sample. */

import type { Organisation } from '../../../flows/organisation.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);

export const REPS = numbered('rep', 10);
export const COMPLIANCE = numbered('compliance', 3);
const SENIORS = numbered('senior', 4);

export const CHANNEL = 'C0CLEARANCE1';

export const managerOf = (rep: string): string => SENIORS[REPS.indexOf(rep) % SENIORS.length] ?? '';

export const company = (): Organisation => {
  const sample = loadOrganisation(sampleOrganisationFile);
  const named = (id: string) => ({ id, name: `Sample ${id}`, slack: `U0${id.toUpperCase().replace('-', '')}` });
  return {
    ...sample,
    people: [
      ...REPS.map((id) => ({ ...named(id), manager: managerOf(id) })),
      ...COMPLIANCE.map((id) => ({ ...named(id), manager: 'chief-1' })),
      ...SENIORS.map(named),
      { ...named('counsel-1'), manager: 'chief-1' },
      named('chief-1'),
    ],
    groups: sample.groups.map((group) => {
      switch (group.id) {
        case 'sales':
          return { ...group, members: REPS };
        case 'compliance':
          return { ...group, members: COMPLIANCE };
        case 'senior-approvers':
          return { ...group, members: [...SENIORS, 'counsel-1'] };
        default:
          return group;
      }
    }),
  };
};
