import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIT_FROM, type ListEntry, type Party } from '../../flows/screening/entry.ts';
import { likeness, mistakesBetween } from '../../flows/screening/likeness.ts';
import { wordsOfName } from '../../flows/screening/name-index.ts';
import { isName, screenOf } from '../../flows/screening/screening.ts';
import { soundOf, spelled } from '../../flows/screening/spelling.ts';
import { backgroundList, figuresOf, madeUpList, NOT_SEEN, pairs, PARTS } from '../support/screening.ts';

const entry = (id: string, name: string, more: Partial<ListEntry> = {}): ListEntry => ({
  id,
  name,
  aliases: [],
  type: 'unknown',
  countries: [],
  addresses: [],
  programmes: [],
  ...more,
});

const hitsOf = (list: readonly ListEntry[], party: Party | string) =>
  screenOf(list).check(typeof party === 'string' ? { name: party } : party);
const idsOf = (list: readonly ListEntry[], party: Party | string): string[] =>
  (hitsOf(list, party) ?? []).map((hit) => hit.entry.id);

describe('a name whose words very many have', () => {
  it('is found all the same, whatever rarer word looks like one of them', () => {
    const many = (given: string): ListEntry[] =>
      Array.from({ length: 2100 }, (_, i) =>
        entry(`${given}-${i}`, `${given} Zark${String.fromCharCode(97 + (i % 26))}${i.toString(36)}n`),
      );
    const list = [...many('Ali'), ...many('Ahmad'), entry('rare', 'Ahmid Zoltrin'), entry('asked', 'AHMAD, Ali')];
    expect(idsOf(list, 'Ali Ahmad')).toContain('asked');
  });
});

describe('a name that is written so that it is not found', () => {
  const list = [entry('meant', 'Tamsalin Velquistor'), entry('other', 'Border Police of Nordavia')];
  it.each([
    'Tamsalin Velquis†or Guard',
    'Tamsal!n Velquistor',
    'T@msalin Velqu*stor',
    'Tamsalin@Velquistor',
    'Ta ms al in Ve lq ui st or',
    'Tam sal in Vel qui st or',
    'T a m s a l i n V e l q u i s t o r',
  ])('by signs or blanks within words is found: %s', (name) => expect(idsOf(list, name)).toEqual(['meant']));
  it.each(['Al Ba Ra Tu', 'De La Fu En Te', 'A. B. C. D.', 'Q&A Partners', 'R*S Bakery'])(
    'is nobody where nothing is left of it: %s',
    (name) => expect(idsOf(list, name)).toEqual([]),
  );
});

describe('a name of which the other says a part otherwise', () => {
  const one = (name: string, type: ListEntry['type'] = 'organisation'): ListEntry[] => [entry('meant', name, { type })];
  it.each([
    ['NTC Zarkolab JSC', 'AO Nauchno-Tekhnicheskiy Tsentr Zarkolab'],
    ['НТЦ «Зарколаб»', 'AO Nauchno-Tekhnicheskiy Tsentr Zarkolab'],
    ['AO Nauchno-Tekhnicheskiy Tsentr Zarkolab', 'NTTs Zarkolab'],
    ['JB Ndavirangu', 'NDAVIRANGU Jean-Bosco'],
    ['JB Jean Ndavirangu', 'NDAVIRANGU Jean-Bosco'],
  ])('by initials is found: %s, for %s', (asked, listed) =>
    expect(idsOf(one(listed, listed.includes('Bosco') ? 'person' : 'organisation'), asked)).toEqual(['meant']),
  );
  it.each([
    ['NTC Mayak', 'AO Nauchno-Tekhnicheskiy Tsentr Zarkolab'],
    ['XYZ Zarkolab Hotel Spa', 'AO Nauchno-Tekhnicheskiy Tsentr Zarkolab'],
    // No vowels are written there, so that any short word would be initials.
    ['يوسف علي', 'LALEKOVIN, Yusuf'],
  ])('by other initials, or none, is not: %s, for %s', (asked, listed) =>
    expect(idsOf(one(listed), asked)).toEqual([]),
  );

  it.each([
    ['Siarhei Charnabayeu Chernobayev', 'CHERNOBAYEV, Sergei'],
    ['Dzmitry Belashapkin', 'BELOSHAPKIN, Dmitriy'],
    ['Maxamed Cabdi Warsaji', 'WARSADJI Abdi Mohamed'],
    ['Muuse Cumar Dorweyni', 'DORWEYNI Omar Muse'],
    ['谭柏良', 'TAN Boliang'],
    ['单查良', 'SHAN Zhaliang'],
    ['Saeed Noorvand', 'Said Nurvand'],
    ['Beloshapkevich Dmitriy', 'BELOSHAPKEVICH, Dmitriy Sergeyevich'],
    ['منذر عدنان الزروقي', 'Munther Adnan al-Zarruqi'],
  ])('in the spelling of another language is found: %s, for %s', (asked, listed) =>
    expect(idsOf(one(listed, 'person'), asked)).toEqual(['meant']),
  );

  it.each([
    ['Tayfun Svyaz Servis', 'OOO Tayfunsvyaz Servis'],
    ['Tayfunsvyaz Servis', 'OOO Tayfun Svyaz Servis'],
    ['Zarkon Savqnma Sanayi', 'Zarkon Savunma Sanayi A.Ş.'],
    ['Ministerio de Orden Público de Svalbard', 'Ministry of Public Order of Svalbard and Jan Mayen'],
    [
      'Public Order Directorate of South Georgia',
      'Public Order Directorate of South Georgia and the South Sandwich Islands',
    ],
    ['한울광 무역회사', 'Hanulgwang Trading Company'],
    ['天枢火网监控', 'Tianshu Huowang Surveillance'],
  ])('in other words is found: %s, for %s', (asked, listed) => expect(idsOf(one(listed), asked)).toEqual(['meant']));
  it.each([
    ['Ministry of Public Order of Georgia', 'Ministry of Public Order of South Georgia and the South Sandwich Islands'],
    ['Ministry of Interior of Guinea', 'Ministry of Interior of Guinea-Bissau'],
    ['Anadolu Elektronik A.Ş.', 'Anadolgöz Elektronik A.Ş.'],
  ])('for another one is not: %s, for %s', (asked, listed) => expect(idsOf(one(listed), asked)).toEqual([]));
});

describe('words of a name', () => {
  it('are the same in every script, case and form', () => {
    expect(wordsOfName('Юсуф  КАРИМАНОВ')).toEqual(['yusuf', 'karimanov']);
    expect(wordsOfName('Ｋａｒｉｍａｎｏｖ, Yu\u200Bsuf')).toEqual(['karimanov', 'yusuf']);
    expect(wordsOfName('张伟贸易有限公司')).toEqual(['zhang', 'wei', 'trading', 'ltd']);
    expect(wordsOfName('Nordlicht G.m.b.H.')).toEqual(['nordlicht', 'gmbh']);
    expect(wordsOfName('M.E. Karimanov')).toEqual(['m', 'e', 'karimanov']);
    expect(wordsOfName('Zarkonil S.A. de C.V.')).toEqual(['zarkonil', 'sa', 'de', 'cv']);
    expect(wordsOfName('J. R. Karimanov')).toEqual(['j', 'r', 'karimanov']);
    expect(wordsOfName('Ministère de l’Intérieur')).toEqual(['ministry', 'de', 'interior']);
  });

  it('with letters of two alphabets are read as they look', () => {
    expect(wordsOfName('Zаrkоnil')).toEqual(['zarkonil']);
  });

  it.each([['Abdulrahman'], ['Abd al-Rahman'], ['Abdurrahman'], ['Abdul Rahman'], ['Abd el Rahman']])(
    'read %s as the same name',
    (name) => {
      const words = wordsOfName(name).filter((word) => !['al', 'el'].includes(word));
      expect(words[0]).toBe('abd');
      expect(soundOf(words[1] ?? '')).toBe(soundOf('rahman'));
    },
  );

  it('have nothing left of their sound but what Arabic writes', () => {
    expect(
      new Set(['Muhammad', 'Mohamed', 'محمد', 'Мухаммад', 'Mohammad'].map((name) => soundOf(spelled(name)))),
    ).toEqual(new Set(['mhmd']));
  });

  it('are spelled the same the second time, and with ASCII letters alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const once = spelled(text);
        expect(once).toMatch(/^[a-z0-9 ]*$/u);
        expect(spelled(once)).toBe(once);
      }),
    );
  });
});

describe('likeness', () => {
  it('counts letters that changed places as one mistake', () => {
    expect(mistakesBetween('karimanov', 'kairmanov', 2)).toBe(1);
    expect(mistakesBetween('karimanov', 'karmanov', 2)).toBe(1);
    expect(mistakesBetween('karimanov', 'zzz', 2)).toBe(3);
  });

  it('counts as the table of all steps does', () => {
    const all = (one: string, other: string): number => {
      const steps = Array.from({ length: one.length + 1 }, (_, i) =>
        Array.from({ length: other.length + 1 }, (_each, j) => (i === 0 ? j : j === 0 ? i : 0)),
      );
      for (let i = 1; i <= one.length; i += 1)
        for (let j = 1; j <= other.length; j += 1) {
          const same = one[i - 1] === other[j - 1] ? 0 : 1;
          const ways = [steps[i - 1]![j]! + 1, steps[i]![j - 1]! + 1, steps[i - 1]![j - 1]! + same];
          if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
            ways.push(steps[i - 2]![j - 2]! + 1);
          steps[i]![j] = Math.min(...ways);
        }
      return steps[one.length]![other.length]!;
    };
    const word = fc.stringMatching(/^[a-d]{0,9}$/u);
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(mistakesBetween(one, other, 20)).toBe(all(one, other));
        expect(Math.min(all(one, other), 3)).toBe(mistakesBetween(one, other, 2));
      }),
    );
  });

  it('is the same both ways, and whole only for the same word', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u);
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(likeness(one, other)).toBe(likeness(other, one));
        expect(likeness(one, other) === 1).toBe(one === other);
      }),
    );
  });
});

describe('a screen', () => {
  const list = madeUpList();
  const screen = screenOf(list);

  it('finds each of its own names, in any case and order of words, with characters that nobody sees', () => {
    const shuffled = fc.constantFrom(...list).chain((one) => {
      const name = fc.constantFrom(one.name, ...one.aliases);
      return name.chain((text) => {
        const words = text.split(' ');
        return fc.record({
          one: fc.constant(one),
          words: fc.shuffledSubarray(words, { minLength: words.length }),
          up: fc.boolean(),
        });
      });
    });
    fc.assert(
      fc.property(shuffled, ({ one, words, up }) => {
        const text = words.map((word) => `${word.slice(0, 2)}\u200B${word.slice(2)}`).join('  ');
        const hits = screen.check({ name: up ? text.toUpperCase() : text });
        expect(hits?.map((hit) => hit.entry.id)).toContain(one.id);
      }),
    );
  });

  it('says why in words, and what was not compared', () => {
    const [hit] =
      screen.check({ name: 'Zarkonil Trade', countries: ['AE'], address: 'Saffron Industrial Area, Dubai' }) ?? [];
    expect(hit).toMatchObject({
      matched: 'Zarkonil Trade',
      isAlias: true,
      parts: { country: 0.05, address: 0.04, type: 0 },
    });
    expect(hit?.why).toEqual([
      'The name fits “Zarkonil Trade”, another name of “Zarkonil General Trading LLC”, by 100%.',
      'Same country: United Arab Emirates.',
      'Type not compared: it was not given.',
      'Words of the address stand in an address on the list.',
    ]);
  });

  it('takes no other country’s ministry, and its own by its country alone', () => {
    const ministries = [
      entry('aq', 'Ministry of Interior of Antarctica', { type: 'organisation', countries: ['AQ'] }),
      entry('bv', 'Ministry of Defence', { type: 'organisation', countries: ['BV'] }),
    ];
    expect(idsOf(ministries, 'Ministry of Interior of Norway')).toEqual([]);
    expect(idsOf(ministries, { name: 'Ministry of Interior', countries: ['NO'] })).toEqual([]);
    expect(idsOf(ministries, { name: 'Interior Ministry', countries: ['AQ'] })).toEqual(['aq']);
    expect(idsOf(ministries, { name: 'Ministry of Defence of Bouvet Island' })).toEqual(['bv']);
    expect(idsOf(ministries, { name: 'Ministry of Defence', countries: ['NO'] })).toEqual([]);
  });

  it('is not deceived by another country: a whole name stays a hit, with less', () => {
    const one = [entry('1', 'KARIMANOV, Yusuf', { countries: ['UZ'], type: 'person' })];
    const [same, other] = ['UZ', 'CH'].map(
      (code) => hitsOf(one, { name: 'Yusuf Karimanov', countries: [code] })?.[0]?.score ?? 0,
    );
    expect(other).toBeGreaterThanOrEqual(HIT_FROM);
    expect(same).toBeGreaterThan(other ?? 1);
    expect(idsOf(one, { name: 'Yusuf Karimanov', countries: ['CH'], type: 'organisation' })).toEqual(['1']);
  });

  it('tells numbered bodies apart', () => {
    const units = [entry('84213', 'Unit 84213'), entry('84214', 'Unit 84214')];
    expect(idsOf(units, 'Unit 84214')).toEqual(['84214']);
    expect(idsOf(units, '84213th Unit')).not.toContain('84214');
  });

  it.each(['N/A', 'n.a.', '-', '', '   ', 'Unknown', 'TBD', '\u200B', '...'])(
    'has nothing to compare in “%s”',
    (name) => {
      expect(isName(name)).toBe(false);
      expect(screen.check({ name })).toBeUndefined();
    },
  );

  it('answers whatever is asked, of an empty list too', () => {
    const none = screenOf([]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        expect(none.check({ name }) ?? []).toEqual([]);
        for (const hit of screen.check({ name }) ?? []) {
          expect(hit.score).toBeGreaterThanOrEqual(HIT_FROM);
          expect(hit.score).toBeLessThanOrEqual(1);
        }
      }),
    );
    expect(screen.check({ name: 'karimanov '.repeat(5000) })).toBeDefined();
  });
});

describe('among 20,000 other names', () => {
  const screen = screenOf([...madeUpList(), ...backgroundList(20_000)]);

  it.each(PARTS)('the pairs of the part “%s” are found, and clean parties left alone', (part) => {
    const { trueOnes, missed, clean, falsely } = figuresOf(
      screen,
      pairs().filter((pair) => pair.part === part),
    );
    expect(trueOnes).toBeGreaterThan(60);
    expect(clean).toBeGreaterThan(40);
    // The aim is 99%: of what was not seen when the rules were made, less is found (test/fixtures/README.md).
    const most = part === NOT_SEEN ? 0.15 : 0.02;
    expect(missed.length / trueOnes, JSON.stringify(missed)).toBeLessThanOrEqual(most);
    expect(falsely.length / clean, JSON.stringify(falsely)).toBeLessThanOrEqual(1 / 20);
  });
});
