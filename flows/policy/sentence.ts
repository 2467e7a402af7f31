/** Whether words say something: a question can want a sentence. */

/** Who does what: fewer words say no more than "x". Letters would refuse short sentences in other scripts. */
const FEWEST_WORDS = 3;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Tells whether a text has three different words, in whatever language it is written. */
export const isSentence = (text: string): boolean =>
  new Set([...words.segment(text.toLowerCase())].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : [])))
    .size >= FEWEST_WORDS;
