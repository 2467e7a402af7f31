/** Whether words say something, and are short enough to be shown whole: an answer in a sentence, a reason. */

/** Longest reason for what gets lighter or is corrected: shown whole wherever people judge it. */
export const LONGEST_WHY = 300;
/** Longest answer to a question that wants a sentence: the review shows it whole. */
export const LONGEST_SENTENCE = 600;

/** Who does what: fewer words say no more than "x". Letters would refuse short sentences in other scripts. */
const FEWEST_WORDS = 3;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

const wordsOf = (text: string): string[] =>
  [
    ...segmenter.segment(
      text
        .normalize('NFKC')
        .replace(/[’‘`´]/gu, "'")
        .toLowerCase(),
    ),
  ].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));

/**
 * Words of which people make what stands in for an answer: "n/a", "TBD", "same as above", "sorry, I don't know that yet".
 * Whoever says something needs another word. English only, as the questionnaire is.
 */
const SAYING_NOTHING = new Set(
  [
    "i i'm we we're you nobody no one anyone somebody someone they it it's this that that's there the a an of for to in at on and or",
    "is are be am was do don't dont does doesn't did didn't can can't cannot could couldn't will i'll we'll would have haven't",
    'has not n na none nil nothing null never unknown undefined unclear unsure sure clear idea clue know knows known knew idk',
    'dunno say tell sorry honestly really just still currently please yet now later soon here moment present so far all me us',
    'tbd tba tbc todo determined decided defined confirmed announced added filled clarified provided applicable apply applies',
    'relevant available information info comment same ditto idem as above before below earlier previous previously last like',
    'see answer answers question questions section note notes stated said text thing test',
  ].flatMap((line) => line.split(' ')),
);

/** Stands for an answer in words that says something. */
export const SOME_WORDS = 'Somebody watches the gate.';

/** Tells whether a text only stands in for an answer, or has no words at all. */
export const isPlaceholder = (text: string): boolean =>
  wordsOf(text).every((word) => SAYING_NOTHING.has(word) || /^(.)\1*$/u.test(word));

/** Tells whether a text has three different words, in whatever language it is written, and says something. */
export const isSentence = (text: string): boolean =>
  new Set(wordsOf(text)).size >= FEWEST_WORDS && !isPlaceholder(text);

export const tooLong = (length: number, most: number): string =>
  `This is ${length.toLocaleString('en')} characters long. Please keep it to ${most.toLocaleString('en')}.`;

/** What keeps a text from being an answer; undefined: nothing. `missing`: what to say where it is no sentence. */
export const sentenceProblem = (text: string, missing: string): string | undefined => {
  if (!isSentence(text)) return missing;
  return text.length > LONGEST_SENTENCE ? tooLong(text.length, LONGEST_SENTENCE) : undefined;
};

/** Longest stand-in that is worth repeating to who typed it. */
const QUOTED = 30;

/** Words that stand in for a reason. Fewer than for an answer: “Later” or “They know it” can be one. */
const NO_REASON = new Set(
  'n na none nil nothing null tbd tba tbc todo same as above before ditto idem x test'.split(' '),
);

const isEmptyReason = (text: string): boolean =>
  wordsOf(text).every((word) => NO_REASON.has(word) || /^(.)\1*$/u.test(word));

/**
 * What keeps a text from being a reason; undefined: nothing. One honest word is enough: “Typo.” `missing`: what to say
 * where there is none; `tells`: what nobody learns from a text that says nothing.
 */
export const reasonProblem = (
  text: string,
  missing: string,
  { most = Infinity, tells = 'why' }: { most?: number; tells?: string } = {},
): string | undefined => {
  const said = text.trim();
  if (said === '') return missing;
  if (said.length > most) return tooLong(said.length, most);
  if (!isEmptyReason(said)) return undefined;
  const letters = [...said.replace(/\s+/gu, ' ')];
  const quoted = letters.length > QUOTED ? `${letters.slice(0, QUOTED).join('')}…` : letters.join('');
  return `Please say it in a few words: “${quoted}” tells nobody ${tells}.`;
};
