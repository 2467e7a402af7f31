/** What somebody typed, for between quotation marks: it ends none of them, by whatever sign that looks like one. */

const SINGLE = '[‘’‚‛❛❜ʻʼʽʾʿˊˋ＇᾽᾿῾՚՝′‵´ˈ]';
const SINGLES = new RegExp(SINGLE, 'gu');
/** Two single ones look like a double one. */
const DOUBLES = new RegExp(`[“”„‟❝❞〝〞〟＂ˮ″‶‴‷⁗〃ʺ˝״⹂🙶🙷🙸]|${SINGLE}{2,}`, 'gu');

/** For between double ones, on its lines. */
export const withoutQuotes = (text: string): string => text.replace(DOUBLES, '"');

/** The same on one line: it makes no line of its own that reads like ours. */
export const setApart = (text: string): string => withoutQuotes(text).replace(/\s+/gu, ' ');

/** The same of a name, in so many characters. */
export const setApartShort = (name: string, most: number): string =>
  setApart(name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** For between single ones within those, where several texts stand together. */
export const setApartWithin = (text: string): string => text.replace(SINGLES, "'");
