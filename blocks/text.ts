/** Typed text may hide or reorder what others read. Here it becomes text that looks like what it is. */

/** Bidi embeddings, overrides, isolates and marks; zero-width, filler and tag characters; soft hyphen; annotations. */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]/gu;

const JOINER = '\u200D';
const NON_JOINER = '\u200C';
const EMOJI_STYLE = /[\uFE0E\uFE0F]/u;
/** Before a joiner an emoji may carry a style, a skin tone or a keycap. */
const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const STYLED = /[\p{Emoji}\p{Extended_Pictographic}]$/u;
/** Scripts that are misspelled without joiners: Persian, Hindi, Bengali, Sinhala and their neighbours. */
const JOINED_END =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Syriac}\p{Script=Mongolian}]$/u;
const JOINED_START = new RegExp(`^${JOINED_END.source.slice(0, -1)}`, 'u');

const keeps = (found: string, before: string, after: string): boolean => {
  if (found === JOINER && EMOJI_END.test(before) && EMOJI_START.test(after)) return true;
  if (EMOJI_STYLE.test(found)) return STYLED.test(before);
  return (found === JOINER || found === NON_JOINER) && JOINED_END.test(before) && JOINED_START.test(after);
};

/** Returns the one or two code units of the character that ends just before `at`. */
const characterBefore = (text: string, at: number): string => text.slice(Math.max(0, at - 2), at);

/**
 * Removes control, bidi-control and zero-width characters. Line breaks stay; a tab becomes a space, and so does a line or paragraph
 * separator, which a field of one line takes. A joiner stays where a script or an emoji is written with it, half of a surrogate pair
 * becomes U+FFFD.
 */
export const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\u0085\u2028\u2029]/g, ' ')
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(INVISIBLE, (found: string, at: number, whole: string) =>
      keeps(found, characterBefore(whole, at), whole.slice(at + found.length, at + found.length + 2)) ? found : '',
    );

/** `plain` on one line. */
export const plainLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

/** Slack reads `&`, `<` and `>` as markup in a message's `text`: https://docs.slack.dev/messaging/formatting-message-text */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const utf8 = new TextEncoder();
/** UTF-8 bytes of a value as JSON. */
export const bytesOf = (value: unknown): number => utf8.encode(JSON.stringify(value)).length;
