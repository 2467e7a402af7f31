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
    // Nothing to see: within a word, and where a space would be.
    ['Bou\u3164vet Road', 'Bouvet Road'],
    ['Bou\uffa0vet Road', 'Bouvet Road'],
    ['Bou\u115f\u1160vet Road', 'Bouvet Road'],
    ['Bou\u2800vet Road', 'Bouvet Road'],
    ['Bouvet Road\u3164', 'Bouvet Road'],
    ['Min\u00adistry of the Interior', 'Interior Ministry'],
    ['Min\u200b\u2060istry of the Interior', 'Interior Ministry'],
    ['Min\u{e0061}istry of the Interior', 'Interior Ministry'],
    ['Min\ufff9istry of the Interior', 'Interior Ministry'],
    ['Ministry\u3164of\u3164the\u3164Interior', 'Interior Ministry'],
    ['Min\u00adistry\u3164of Interior', 'Interior Ministry'],
    ['Ministry\u200bof Interior', 'Interior Ministry'],
    ['Ministry\u2800of\u2800Interior', 'Interior Ministry'],
    ['Minis\u02bctry of the Interior', 'Interior Ministry'],
    ['Bouvet\u02d0 Road\ua4f8', 'Bouvet Road'],
    ['وزا\u0640\u0640رة', 'وزارة'],
    // Letters that look like Latin ones.
    ['ꓐꓳꓴꓦꓰꓔ ꓣꓳꓮꓓ', 'Bouvet Road'],
    ['ꓑꓧꓬꓫ ꓖꓗꓙꓚ ꓜꓝꓟꓠ ꓡꓢꓪꓲ', 'PHYX GKJC ZFMN LSWI'],
    ['ꮲost Ꭺrea', 'Post Area'],
    ['Ꮲꭺꭱꮶ Ꮮꭺꮯꭼ', 'Park Lace'],
    ['ʙᴏᴜᴠᴇᴛ ʀᴏᴀᴅ', 'Bouvet Road'],
    ['ᴘꜱꜰɪɴɢ ʜʟᴊᴋ ᴍᴡʏ ᴢᴄꞯ ᴁ', 'psfing hljk mwy zcq ae'],
    // By the Unicode list of confusables, small or capital.
    ['Sαɾʙσɳ Bσɾԃҽɾ Guαɾԃ', 'Sarbon Border Guard'],
    ['ՏarЬon Ьorder Guaгd', 'Sarbon Border Guard'],
    // Letters that look the same in many fonts.
    ['Northern AIIiance PoIice', 'Northern Alliance Police'],
    ['PoIice of Northern AlIiance', 'Northern Alliance Police'],
    ['N0rthern A11iance', 'Northern Alliance'],
    ['Modern Avvay Ltd', 'Modem Away Ltd'],
    ['Northern Rai| Po|ice', 'Northern Rail Police'],
    ['Northern Raiǀ Poǀice', 'Northern Rail Police'],
    ['Northern Rail Poliϲe', 'Northern Rail Police'],
    ['NORTHERN RAIL POLIϹE', 'Northern Rail Police'],
    ['Northern Rail P○lice', 'Northern Rail Police'],
    ['Northern RaiⵏPoיⵏice', 'Northern Rail Poיlice'],
    ['Northern Raiו Poɭice', 'Northern Rail Police'],
    ['NORTHERN RAIL PⲞLICE', 'Northern Rail Police'],
    ['ᑭolice', 'Police'],
    ['Misor Water Desĸ', 'Misor Water Desk'],
    ['Miʂor Ⱳater Dɛsƙ', 'Misor Ⱳater Desk'],
    ['ĦŊŦ Ɖesk', 'hnt desk'],
    // Digits and signs within words.
    ['5ulton Water Desk', 'Sulton Water Desk'],
    ['Sult@n Water De$k', 'Sultan Water Desk'],
    ['8ek2od Pol!c3', 'Bekzod Police'],
    ['6or6er Guard', 'Gorger Guard'],
    ['５ult＠n Water Desk', 'Sultan Water Desk'],
    ['6order 5erv1ce', 'Border Service'],
  ])('%j is the same as %j', (one, other) => {
    expect(sameEndUser(one, other)).toBe(true);
    expect(endUserKey(one)).not.toBe('');
  });

  it.each([
    ['Sample Ministry', 'Sample Ministry 2'],
    ['Министерство', 'Полиция'],
    ['Brigade 12', 'Brigade 21'],
    ['Brigade 5', 'Brigade S'],
    ['3M', 'EM'],
    ['A4 Group', 'AA Group'],
    ['Bouvet Road Agency', 'Bouvet Intelligence Agency'],
    ['Road Agency', 'Road'],
    [' - ', ' — '],
    ['内政部', '国防部'],
    ['佐々木', '佐木'],
    ['スーパー', 'スパ'],
  ])('%j is not the same as %j', (one, other) => expect(sameEndUser(one, other)).toBe(false));

  it('is nobody’s without letters and digits', () => expect(endUserKeys(' - ')).toEqual([]));

  it('is nobody’s where there is nothing to see', () => {
    for (const name of ['\u3164', '\u2800 \u00ad', '\u115f\u1160\uffa0', '\u02bc'])
      expect(endUserKeys(name)).toEqual([]);
  });

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
      'Bou\u3164vet',
      'Oʼbrien',
      'ꓑꓳꓢꓔ',
      'Ꮲark',
      'ᴘᴏꜱᴛ',
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
        // What nobody sees is nobody's name.
        fc.pre(endUserKey(one) !== '' && oldKey(one) !== '' && oldKey(one) === oldKey(other));
        expect(sameEndUser(one, other)).toBe(true);
      }),
    );
  });
});

describe('two names that read alike', () => {
  it('are told from other spellings', () => {
    expect(readAlike('Bouvet State', 'Bouvet Stаte')).toBe(true);
    expect(readAlike('Bouvet', 'Bouνet')).toBe(true);
    expect(readAlike('Bouvet', 'ꓐouvet')).toBe(true);
    expect(readAlike('Bouvet Road', 'Bouvet\u3164Ro\u00adad')).toBe(false);
    expect(readAlike('Bouvet State', 'BOUVET-STATE')).toBe(false);
    expect(readAlike('Bouvet State', 'Bouvet Road')).toBe(false);
    expect(readAlike('', ' ')).toBe(false);
  });
});
