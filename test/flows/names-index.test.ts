/** The index of names finds all that a look at each pair finds. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealsByName } from '../../flows/deal/context/alike.ts';
import type { SaidElsewhere } from '../../flows/deal/context/elsewhere.ts';
import { isNeverHere, mayBeSame, mayBeSameAnywhere, mayBeSameHere } from '../../flows/names-alike.ts';
import { mayBeAtOnce } from '../../flows/names-at-once.ts';
import { namesIndex } from '../../flows/names-index.ts';
import { endUserNames } from '../support/end-user-names.ts';
import { runs } from '../support/runs.ts';

const WORDS =
  'Papa State Guards Guard PapaStateGuard Border Unit of the National Police Malta Maltese Oslo Osloo Book Kilombero Kilombera ' +
  'Kilimbera Marines Marine Brigade 3rd 4th Ministry Interior 國家 警察 國家警察 Kenya Kenia Sierra Leone Third Battalion ' +
  'Coast Coats Coat Nigerian Nigerain Republic Republik Maltees Mali Bali P#pa #apa Gu.rd Mal()a M4lta Gu@rd Papa3 5ierra ' +
  'Ltd S.A. GmbH L.L.C. Group Киломберо Министерство Ministerio Seguridad Min. Ord. Order Natl Sec. Security Kilomberos Kilombaro Kilomberabrigade BorderUnits ' +
  'Coastal Coastline Guardian Kilomberoland Marinelle Orderly Borcler Orcler Briqacle Brigacle Guarcls Mannes';
const some = fc.array(fc.constantFrom(...WORDS.split(' ')), { minLength: 1, maxLength: 4 });
/** Half of them are made of each other's words. */
const two = fc
  .oneof(
    fc.tuple(some, some),
    some.chain((words) =>
      fc.tuple(
        fc.constant(words),
        fc.tuple(fc.shuffledSubarray(words), some).map(([kept, more]) => [...kept, ...more]),
      ),
    ),
  )
  .map(([one, other]) => [one.join(' '), other.slice(0, 5).join(' ')] as const);
const places = fc.subarray(['MT', 'NO', 'TW', 'KE'], { minLength: 1 });

const said = (id: string, name: string, destinations: string[], stops: boolean, customer: string): SaidElsewhere =>
  ({
    id,
    called: { endUsers: [name], besides: [] },
    destinations,
    products: [id],
    parties: [customer],
    worries: stops ? [{ of: 'stop', by: 'rep-1', at: '2027-01-01T09:00:00.000Z' }] : [],
    ended: { how: 'declined', at: '2027-01-01T09:00:00.000Z' },
  }) as unknown as SaidElsewhere;

describe('deals by names that may be the same', () => {
  it('are all that a look at each pair finds, from either side', () => {
    let [found, apart] = [0, 0];
    fc.assert(
      fc.property(two, places, places, fc.boolean(), fc.boolean(), ([one, other], mine, theirs, stops, sale) => {
        const listener = said('D-1', one, mine, false, 'customer');
        const heard = said('D-2', other, theirs, stops, sale ? 'customer' : 'another');
        const countries = mine.filter((country) => theirs.includes(country));
        const common = { countries, either: [...mine, ...theirs], sale };
        const maybe = mayBeSame(one, other, common);
        expect(mayBeSame(other, one, common)).toBe(maybe);
        const [byHeard, byListener] = [dealsByName('heard'), dealsByName('listener')];
        byHeard.add(heard);
        byListener.add(listener);
        // Common words alone, in no country of both, count for a stop only.
        const isMeant = mayBeSameAnywhere(one, other) || stops || countries.length > 0;
        if (isMeant) {
          expect([one, other, byHeard.find(listener, [one], 'endUsers').get(heard)]).toEqual([
            one,
            other,
            maybe ? other : undefined,
          ]);
          expect([one, other, byListener.find(heard, [other], 'endUsers').get(listener)]).toEqual([
            one,
            other,
            maybe ? other : undefined,
          ]);
        }
        if (maybe) expect([one, other, mayBeAtOnce(one)(other)]).toEqual([one, other, true]);
        if (isNeverHere(one, other))
          expect([one, other, mayBeSameHere(one, other, common)]).toEqual([one, other, false]);
        found += Number(maybe);
        apart += Number(!maybe);
      }),
      { numRuns: runs(1200) },
    );
    expect(Math.min(found, apart)).toBeGreaterThan(150);
  });

  it('are told apart at once, most of ten thousand', () => {
    const names = endUserNames(10_000);
    const looks = names.slice(0, 20).map((name) => names.filter(mayBeAtOnce(name)).length);
    expect(looks.reduce((a, b) => a + b) / looks.length).toBeLessThan(1500);
  });

  it('of ten thousand names are compared with few others', () => {
    const index = namesIndex();
    const names = endUserNames(10_000);
    for (const name of names) index.add(name, ['KE']);
    const looked = names.slice(0, 500).map((name) => index.like(name).size);
    expect(looked.reduce((a, b) => a + b) / looked.length).toBeLessThan(250);
  });
});
