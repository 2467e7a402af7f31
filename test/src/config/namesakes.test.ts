/** Two entries for one person are two votes: whoever reads the file or a card has to see that there are two. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { namesakeWarnings } from '../../../src/config/namesakes.ts';
import { readOrganisationText, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';

const sample = readFileSync(sampleOrganisationFile, 'utf8');
const named = (name: string) =>
  readOrganisationText(sample.replace('name: Sample Senior Approver,', `name: ${name},`), 'o.yml').people;

it('are shown with their ids, and told at the start', () => {
  const people = named('sample  REP');
  expect(people.filter(({ name }) => /sample\s+rep/i.test(name)).map(({ name }) => name)).toEqual([
    'Sample Rep (rep-1)',
    'sample  REP (senior-1)',
  ]);
  expect(namesakeWarnings(people)).toEqual([expect.stringContaining('rep-1 and senior-1 have one name, “Sample Rep”')]);
});

it('change no name where there are none, and take no name with brackets for one', () => {
  expect(named('Sample Senior Approver').map(({ name }) => name)).toEqual(
    named('Sample Senior Approver').map(({ name }) => name),
  );
  expect(namesakeWarnings(named('Sample Senior (senior-1)'))).toEqual([]);
  expect(named('Sample Senior (senior-1)').find(({ id }) => id === 'senior-1')?.name).toBe('Sample Senior (senior-1)');
});
