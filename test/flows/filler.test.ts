/** What is typed where a name is asked for, to get past it; and short names that somebody has. */

import { describe, expect, it } from 'vitest';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { detailsProblem } from '../../flows/deal/deciding/details.ts';
import { isFiller } from '../../flows/filler.ts';
import { aDeal, anOrganisation } from '../support/deal-builders.ts';

const FILLERS = [
  'xxx',
  'XXXX',
  'x x x',
  'x.x.x',
  '\u0445\u0445\u0445',
  'n/a',
  'N.A.',
  'na',
  'TBD',
  't.b.d.',
  'test',
  'Test!',
  'testing',
  'asdf',
  'asdfasdf',
  'ASDFGH',
  'qwerty',
  'qwertz',
  'azerty',
  'zxcvbnm',
  'yxcv',
  'aaaaa',
  'None',
  'to be determined',
  'foo',
  'dummy',
  'Unknown buyer',
  'To be named',
  'Will follow',
  'Not told',
  'Secret',
  'Not public',
  'Our customer',
  'As in contract',
  'TBN',
  'Various end-users',
  'Name withheld',
  'Private person',
  'None yet',
  'Client of customer',
  'A security service',
  'Some ministry',
  'Same as customer',
  'Nobody in particular',
  'Endkunde unbekannt',
  'Geheim',
];
const NAMES = [
  'Secret GmbH',
  'Security Service',
  'Some Like It GmbH',
  'One Bank Holding',
  'Known Systems',
  'Open Society',
  'Public Health Norway',
  'Person & Sons',
  'A',
  'X',
  'XX',
  'X Corp',
  'Castlemaine XXXX',
  'AAA',
  'AAAA',
  'ABC',
  '3M',
  'BP',
  'EY',
  'HP',
  'NA Trading',
  'Test AG',
  'Wert',
  'Azer',
  'Dell',
  'Ford',
  'Ada',
  'Foo Fighters',
  'Bar',
  'Qatar',
  'Nil Aviation',
  '國家',
  'Zzz Hotels',
  'Xerox',
  'Xxl Sport',
  'Asda',
  'Ii',
  'Oo',
  'Unknown Worlds',
];
const problemOf = (name: string, kind: 'private' | 'unknown' = 'private') => {
  const { details } = aDeal();
  return detailsProblem({ ...details, endUser: { name, kind } }, anOrganisation());
};

describe('a name of nobody', () => {
  it.each(FILLERS)('%s is refused as an end-user, and says what to do', (name) => {
    expect(isFiller(name)).toBe(true);
    expect(problemOf(name)).toMatchObject({
      refusal: { code: 'not valid', about: 'endUser', text: expect.stringContaining('“Not known”') as string },
    });
  });
  it('is refused as a customer or a company in between, too, unless it stands there already', () => {
    const { details } = aDeal();
    const problem = (more: Partial<DealDetails>, before?: DealDetails) =>
      detailsProblem({ ...details, ...more }, anOrganisation(), before);
    for (const name of ['***', 'xxx', 'n/a', 'our customer']) {
      const between = { intermediaries: [{ name, role: 'agent' }] };
      expect(problem({ customer: name })).toMatchObject({ refusal: { about: 'customer' } });
      expect(problem(between)).toMatchObject({ refusal: { about: 'intermediaries' } });
      expect(problem({ customer: name, ...between }, { ...details, customer: name, ...between })).toBeUndefined();
    }
  });
  it('stays what it is where the end-user is said not to be known: that counts as the gravest kind', () => {
    expect(problemOf('TBD', 'unknown')).toBeUndefined();
    expect(problemOf('***', 'unknown')).toBeDefined();
  });
});

describe('a short name that somebody has', () => {
  it.each(NAMES)('%s is taken', (name) => expect([isFiller(name), problemOf(name)]).toEqual([false, undefined]));
});
