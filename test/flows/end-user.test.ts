/** Which names are of one end-user: spellings, look-alikes and orders of words; and names that are not. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endUserKey, endUserKeys, readAlike, sameEndUser } from '../../flows/end-user.ts';

const OLD_PLAIN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };
/** The rule until November 2026, whose keys are stored in holds and confirmations of scope. */
const oldKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/[øđłæœðþ]/gu, (letter) => OLD_PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

describe('the name of an end-user', () => {
  it.each([
    ['Sample Ministry', ' sample  ministry '],
    ['Sample Ministry', 'SAMPLE-MINISTRY.'],
    ['Ministère de l’Intérieur', "Ministere de l'Interieur"],
    ['Straße 9', 'STRASSE 9'],
    ['Sécurité Łódź', 'Securite Lodz'],
    ['Ｓａｍｐｌｅ', 'Sample'],
    ['Sample\u202eMinistry', 'Sample Ministry'],
    ['Sam\u200bple\u00ad Ministry', 'Sample Ministry'],
    ['Sample Ministry', 'SampleMinistry'],
    ['Bouvet Stаte Security', 'Bouvet State Security'],
    ['Heаrd Road Agency', 'Heard Road Agency'],
    ['ВОUVЕТ ROAD', 'Bouvet Road'],
    ['Βοuνεt Rοad', 'Bouvet Road'],
    ['Bouνet Road', 'Bouvet Road'],
    ['Ministry of the Interior', 'Interior Ministry'],
    ['The Bank for Sample', 'sample bank'],
    ['Ministerio del Interior', 'Interior, Ministerio'],
    ['МИНИСТЕРСТВО ОБОРОНЫ', 'министерство обороны'],
    ['ΥΠΟΥΡΓΕΙΟ Άμυνας', 'υπουργείο άμυνας'],
  ])('%j is the same as %j', (one, other) => {
    expect(sameEndUser(one, other)).toBe(true);
    expect(endUserKey(one)).not.toBe('');
  });

  it.each([
    ['Sample Ministry', 'Sample Ministry 2'],
    ['Министерство', 'Полиция'],
    ['Brigade 12', 'Brigade 21'],
    ['Bouvet Road Agency', 'Bouvet Intelligence Agency'],
    ['Road Agency', 'Road'],
    [' - ', ' — '],
    ['内政部', '国防部'],
  ])('%j is not the same as %j', (one, other) => expect(sameEndUser(one, other)).toBe(false));

  it('is nobody’s without letters and digits', () => expect(endUserKeys(' - ')).toEqual([]));

  it('is the same as its own stored key, of the old rule and of this one', () => {
    const word = fc.constantFrom(
      'Bouvet',
      'Road',
      'of',
      'the',
      'Ågency',
      'Stаte',
      'ВОUVЕТ',
      'Βοuνεt',
      '12',
      'Łódź',
      'Оборона',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (all) => {
        const name = all.join(' ');
        expect(sameEndUser(oldKey(name), name)).toBe(true);
        expect(sameEndUser(endUserKey(name), name)).toBe(true);
        expect(sameEndUser(all.toReversed().join('-'), name)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every name together that the old rule did', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(name, fc.constantFrom(' ', '-', '. '), (one, by) => {
        const other = [...one].join(by).toUpperCase();
        fc.pre(oldKey(one) !== '' && oldKey(one) === oldKey(other));
        expect(sameEndUser(one, other)).toBe(true);
      }),
    );
  });
});

describe('two names that read alike', () => {
  it('are told from other spellings', () => {
    expect(readAlike('Bouvet State', 'Bouvet Stаte')).toBe(true);
    expect(readAlike('Bouvet', 'Bouνet')).toBe(true);
    expect(readAlike('Bouvet State', 'BOUVET-STATE')).toBe(false);
    expect(readAlike('Bouvet State', 'Bouvet Road')).toBe(false);
    expect(readAlike('', ' ')).toBe(false);
  });
});
