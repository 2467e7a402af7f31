/** Names of every script in small Latin letters, so that they can be compared. */

import anyAscii from 'any-ascii';
import { endUserKey } from '../end-user.ts';

/** Seen by nobody. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Strokes within a word, with those that Arabic letters are spelled with. */
const WITHIN = /['`’‘ʻʼʿʾ´]/gu;

/** Chinese and Korean words that say what a company is or does. A translation of them stands on most lists, their sound on none. */
const EAST_ASIAN: readonly (readonly [RegExp, string])[] = (
  [
    ['有限责任公司|股份有限公司|有限公司', 'ltd'],
    ['公司', 'company'],
    ['集团|集團', 'group'],
    ['进出口|進出口', 'import export'],
    ['贸易|貿易', 'trading'],
    ['科技|技术|技術', 'technology'],
    ['电子|電子', 'electronics'],
    ['研究所|研究院', 'institute'],
    ['大学|大學', 'university'],
    ['国际|國際', 'international'],
    ['工业|工業|实业|實業', 'industry'],
    ['公安部', 'ministry security'],
    ['银行|銀行', 'bank'],
    ['中国|中國', 'china'],
    ['监控|監控|监视|監視', 'surveillance'],
    ['信息|资讯|資訊', 'information'],
    ['软件|軟件', 'software'],
    ['数据|數據', 'data'],
    ['安全', 'security'],
    ['주식회사|유한회사', 'ltd'],
    ['무역회사', 'trading company'],
    ['회사', 'company'],
    ['무역', 'trading'],
    ['은행', 'bank'],
    ['전자', 'electronics'],
    ['기술', 'technology'],
    ['그룹|집단', 'group'],
    ['연구소', 'institute'],
    ['대학교', 'university'],
  ] as const
).map(([pattern, english]) => [new RegExp(pattern, 'gu'), ` ${english} `] as const);

const ALL_ASCII = /^[\x20-\x7E]*$/u;
const HAN = /[\p{Script=Han}\p{Script=Hangul}]/u;
/** Letters that Persian has beside Arabic: there two letters for d are spoken as z. */
const PERSIAN = /[پچژگکی]/u;
/** The article "al", with or without "and" or "for", written with its noun. */
const ARABIC_ARTICLE = /(?<![\p{L}\p{M}])(?:و?ال|لل)(?=\p{L}{2})/gu;
/** An article that lost its vowel. */
const ELIDED = /(?<![\p{L}\p{M}])[ld]['’](?=\p{L}{2})/giu;
const MIXED =
  /(?=\S*\p{Script=Latin})(?=\S*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Canadian_Aboriginal}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Tifinagh}])[\p{L}\p{M}\p{N}]+/gu;
/** No list is written in them: whoever uses them means what they look like. */
const RARE = /(?=\S*[\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}])[\p{L}\p{M}\p{N}]+/gu;
const scriptsApart = (text: string): string => {
  const english = HAN.test(text) ? EAST_ASIAN.reduce((all, [pattern, word]) => all.replace(pattern, word), text) : text;
  const arabic = PERSIAN.test(english) ? english.replace(/[ضظذ]/gu, 'ز') : english;
  return (
    arabic
      .replace(/عبد\s?الله/gu, ' abdullah ')
      .replace(ARABIC_ARTICLE, '')
      .replace(/ة/gu, '')
      .replace(/آ/gu, 'ا')
      // Not to be read as one sound of two letters; between consonants the yāʾ is not heard.
      .replace(/(?<=[زسكدتغذگصطضپک])[هح]/gu, 'ي$&')
      .replace(/[\p{Script=Han}\p{Script=Hangul}]/gu, (sign) => ` ${sign} `)
      .replace(MIXED, (word) => endUserKey(word))
      .replace(RARE, (word) => endUserKey(word))
  );
};

/**
 * Returns the text in small Latin letters, digits and spaces: of compatibility forms, case, accents and unseen characters
 * nothing is left. A word that mixes Latin letters with those of another alphabet, or
 * is in one that no list is written in, is read as it looks.
 */
export const spelled = (text: string): string => {
  const plain = ALL_ASCII.test(text) ? text : anyAscii(scriptsApart(text.normalize('NFKC').replace(UNSEEN, '')));
  return plain
    .replace(ELIDED, '')
    .replace(WITHIN, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
};

/** Letters with dots between them: a legal form such as `S.A.`, or initials where a name begins with them. */
const DOTTED = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,5}(?![\p{L}\p{N}])/gu;

/** Returns the words of a name, spelled. `isWord`: tells whether letters with dots between them are one word. */
export const spelledWords = (name: string, isWord: (letters: string) => boolean): string[] => {
  const whole = name.includes('.')
    ? name.trim().replace(DOTTED, (letters, at: number) => {
        const word = letters.replaceAll('.', '');
        return at > 0 && isWord(spelled(word)) ? word : letters;
      })
    : name;
  const text = spelled(whole);
  return text === '' ? [] : text.split(' ');
};

/** Letters that sound alike, or that Arabic writes alike; the longest first. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/shch|tsch|tsh|tch|sch|sh|ch/g, 'x'],
  [/dzh|dj|zh|j|(?<!n)gh/g, 'g'],
  [/kh/g, 'h'],
  [/ph|v|(?<=[aeiou])w|w(?=[aeiouy])/g, 'f'],
  [/ck|q|c(?![ei])/g, 'k'],
  [/ts|tz|z|c/g, 's'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/p/g, 'b'],
];

/**
 * Returns how a word sounds without its vowels, which Arabic and Hebrew leave out: `Muhammad`, `Mohamed` and `محمد` are all
 * `mhmd`. Empty where a word has vowels alone. `isDoubled`: two of a letter are two, as there was a vowel between them.
 */
export const soundOf = (word: string, isDoubled = false): string => {
  const same = (word.startsWith('x') ? word : word.replaceAll('x', 'ks'))
    // An h that only says that a vowel comes before it; a y that only leads to one.
    .replace(/(?<=.[^kscgtdpz])h$/, '')
    .replace(/^y(?=e)/, '')
    .replace(/^i(?=[aou])/, 'y');
  const once = SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), same);
  const single = isDoubled ? once : once.replace(/(.)\1+/g, '$1');
  return (single.charAt(0) + single.slice(1).replace(/[yw]/g, '')).replace(/[aeiou]/g, '');
};

/** Tells whether vowels were left out: a word of Arabic or Hebrew, as it is spelled. */
export const isBare = (word: string): boolean => word.length > 1 && !/[aeiou0-9]/u.test(word);
