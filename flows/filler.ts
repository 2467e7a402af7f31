/** Names that somebody types to get past a form, and that nobody has. House rule. */

import { endUserKey, lookWords } from './end-user.ts';
import { perText } from './per-text.ts';

/** Written whole: with any other word beside it, each of them may be a name. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'na none nil null nobody noone tbd tbc tba tobedetermined tobeconfirmed tobeannounced test tests testing testtest dummy placeholder foo foobar blah blahblah ' +
    'unknown notknown notknownyet notyetknown undisclosed notdisclosed confidential classified anonymous noenduser enduser theenduser ' +
    'client theclient customer thecustomer seecontract seeabove somebody someone various several nn'
  ).split(' '),
);

/** Words of a name of nobody: if there is no other word in it, it names nobody, whatever their order. */
const NOBODYS: ReadonlySet<string> = new Set(
  lookWords(
    'unknown known not yet none no never told tell named name names unnamed unspecified specified undisclosed disclosed disclose ' +
      'withheld redacted confidential classified secret private public pending open later soon now follow follows will shall to be ' +
      'is are the a an our their your this that of on in as per by see contract above below undecided decided determined confirmed ' +
      'announced defined identified identity buyer buyers client clients customer customers end final ultimate user users enduser ' +
      'endusers person persons people party parties company entity organisation organization somebody someone various several ' +
      'different many other others tbn tbd tba tbc some any same nobody nothing particular particularly firma kunde kunden endkunde ' +
      'unbekannt geheim vertraulich anonym inconnu confidentiel cliente desconocido confidencial secreto',
  ),
);

/** What somebody is, which is nobody's name after an indefinite article. Without one it may be: a service is called Security Service. */
const KINDS: ReadonlySet<string> = new Set(
  lookWords(
    'government state public private foreign local national ministry agency service services security police army military ' +
      'intelligence guard department authority office body bank bureau hospital school university company firm business shop dealer ' +
      'reseller distributor partner customs border prison operator provider',
  ),
);
const INDEFINITE: ReadonlySet<string> = new Set(lookWords('a an some any'));

const isOfAKind = ([first = '', ...rest]: readonly string[]): boolean =>
  INDEFINITE.has(first) && rest.length > 0 && rest.every((word) => KINDS.has(word));

/** Keys side by side, from the left of a row; no shorter run, since some are words or companies. */
const ROWS =
  /^(?:asdf(?:g(?:h(?:j(?:kl?)?)?)?)?|qwer(?:t(?:[yz](?:u(?:i(?:op?)?)?)?)?)?|azerty(?:uiop)?|[zy]xcv(?:b(?:nm?)?)?)+$/u;

/** Companies are called X, 3M, ABC or AAA, and none xxx, or by one letter five times. */
const ONE_LETTER = /^(?:x{3,}|(\p{L})\1{4,})$/u;

/** With each look at all deals all names are asked. */
const MOST_KEPT = 20_000;

/**
 * Tells whether a name says of nobody who it is: a filler ("n/a", "TBD", "test"), words that say it is not told ("undisclosed", "our customer"), what somebody is ("some ministry"), x three times or more, another letter five times
 * or more, or keys side by side. Case, punctuation and look-alike letters of other alphabets make no difference.
 */
export const isFiller = perText((name): boolean => {
  const key = endUserKey(name);
  const words = lookWords(name);
  // Companies are called A.
  if (words.some((word) => word.length > 1) && words.every((word) => NOBODYS.has(word))) return true;
  return isOfAKind(words) || FILLERS.has(key) || ROWS.test(key) || ONE_LETTER.test(key);
}, MOST_KEPT);
