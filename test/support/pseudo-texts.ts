/** The page's words in a language that nobody speaks: each Latin letter is an Arabic one, and what is filled in stays. */

import type { Texts } from '../../src/voices/texts.ts';

const LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنه';

const said = (text: string): string =>
  text.replaceAll(/\{\w+\}|[a-z]/giu, (part) =>
    part.length > 1 ? part : (LETTERS[part.toLowerCase().charCodeAt(0) - 97] ?? part),
  );

/** Longer by a third, as translations are. */
const longer = (text: string): string => {
  const words = said(text.replaceAll(/\{\w+\}/g, ''));
  return `${said(text)} ${words.slice(0, words.length / 3)}`;
};

export const pseudoTexts = (english: Texts): Texts => ({
  ...(Object.fromEntries(
    Object.entries(english).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(longer) : longer(String(value)),
    ]),
  ) as unknown as Texts),
  language: 'ar',
  direction: 'rtl',
});
