/** What else a name may be meant to be read as: each reading is looked up beside the name itself. House rule. */

import { spelledAndMeant } from './name-index.ts';

/** A sign between two letters, which may be any letter, or nothing; not one that people write between words. */
const SIGN = /(?<=[\p{L}\p{M}])[§¶†‡*#%^~=@!?$£€¥¢°©®™|](?=\p{L})/gu;
/** Words of so few letters are parts of words. */
const MOST_IN_PART = 3;
const LEAST_PARTS = 4;

/** Somali writes x for the h of Arabic, c for its ʿayn, and long vowels twice: `Xasan`, `Cumar`, `Jaamac`. */
const LONG = '(?=.*(?:aa|ee|ii|oo|uu))';
const SOMALI = new RegExp(
  `(?<!\\p{L})(?:cabd|x[aeou])|(?<=[aeiou])x(?=[aeiou\\s]|[dmnr][aeiou])|^${LONG}.*(?:(?<!\\p{L})c[aiu]|[aeiou]c(?!\\p{L}))`,
  'iu',
);
const somali = (name: string): string =>
  name
    .replace(/x/gu, 'h')
    .replace(/X/gu, 'H')
    .replace(/c(?!h)/giu, '');

/** Chinese characters that are read otherwise in a name, or in another word, with the other reading (pinyin). */
const ALSO_READ: ReadonlyMap<string, string> = new Map(
  (
    '柏bo 单shan 單shan 仇qiu 解xie 查zha 曾zeng 朴piao 尉yu 乐yue 樂yue 盖ge 蓋ge 区ou 區ou 覃qin 翟zhai 黑he 员yun 員yun ' +
    '缪miao 繆miao 召shao 隗kui 折she 秘bi 种chong 朝zhao 长chang 長chang 重chong 行hang 弹tan 彈tan 藏zang 调tiao 調tiao ' +
    '还huan 還huan 传zhuan 傳zhuan 参shen 參shen 校jiao 降xiang 率shuai 隽jun 雋jun 薄bo 洗xian 都du 大dai 便pian 宿xiu'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), ` ${pair.slice(1)} `] as const),
);
const HAN = /\p{Script=Han}/u;
/** Two characters that can be read in two ways are four names. */
const MOST_CHARACTERS = 3;

const otherCharacters = (name: string): string[] => {
  if (!HAN.test(name)) return [];
  let read = [''];
  let left = MOST_CHARACTERS;
  for (const sign of name.normalize('NFKC')) {
    const other = left > 0 ? ALSO_READ.get(sign) : undefined;
    if (other !== undefined) left -= 1;
    read = [...read.map((text) => text + sign), ...(other === undefined ? [] : read.map((text) => text + other))];
  }
  return read.slice(1);
};

/** Returns the other readings: without signs within words, all that is in parts as one word, of another spelling or sound. */
export const alsoRead = (name: string): string[] => {
  const plain = name.replace(SIGN, '');
  const words = spelledAndMeant(plain);
  const joined = words.map(({ word, written }) => written || word).join('');
  const isParted = words.length >= LEAST_PARTS && joined.length <= MOST_IN_PART * words.length;
  return [
    ...(plain === name ? [] : [plain]),
    ...(isParted ? [[...joined].join(' ')] : []),
    ...(SOMALI.test(plain) ? [somali(plain)] : []),
    ...otherCharacters(plain),
  ];
};
