/** Names that somebody types to get past a form, and that nobody has. House rule. */

import { endUserKey } from './end-user.ts';

/** Written whole: with any other word beside it, each of them may be a name. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'na none nil null nobody noone tbd tbc tba tobedetermined tobeconfirmed tobeannounced test tests testing testtest dummy placeholder foo foobar blah blahblah ' +
    'unknown notknown notknownyet notyetknown undisclosed notdisclosed confidential classified anonymous noenduser enduser theenduser ' +
    'client theclient customer thecustomer seecontract seeabove somebody someone various several nn'
  ).split(' '),
);

/** Keys side by side, from the left of a row; no shorter run, since some are words or companies. */
const ROWS =
  /^(?:asdf(?:g(?:h(?:j(?:kl?)?)?)?)?|qwer(?:t(?:[yz](?:u(?:i(?:op?)?)?)?)?)?|azerty(?:uiop)?|[zy]xcv(?:b(?:nm?)?)?)+$/u;

/** Companies are called X, 3M, ABC or AAA, and none xxx, or by one letter five times. */
const ONE_LETTER = /^(?:x{3,}|(\p{L})\1{4,})$/u;

/**
 * Tells whether a name says of nobody who it is: a filler ("n/a", "TBD", "test"), a word that says it is not told ("undisclosed", "client"), x three times or more, another letter five times
 * or more, or keys side by side. Case, punctuation and look-alike letters of other alphabets make no difference.
 */
export const isFiller = (name: string): boolean => {
  const key = endUserKey(name);
  return FILLERS.has(key) || ROWS.test(key) || ONE_LETTER.test(key);
};
