import { expect, it } from 'vitest';
import { absenceCard } from '../../../blocks/cards/absence.ts';
import { absences } from '../../../flows/registers/absences.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { plain } from './plain.ts';

it('tells of stopped deals whoever acts for the chief, and nobody else', () => {
  const told = (person: string): string =>
    plain(
      absenceCard(
        { fact: 'delegated', absence: { person, delegate: 'compliance-1', from: '2027-03-01', until: '2027-03-12' } },
        absences.none,
        { organisation: anOrganisation() },
      ),
    );
  expect(told('chief-1')).toContain('What only the chief compliance officer may do about a stopped deal waits');
  expect(told('senior-1')).not.toContain('chief');
  expect(told('senior-1')).toContain('What waits for them then comes to you.');
});
