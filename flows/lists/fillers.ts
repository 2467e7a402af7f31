/** Words that are no data: those that make a sentence of the others, and those that say nothing by themselves. */

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).filter((word) => word !== ''));

/** Words between those that are meant: "all high deals to Vietnam with flag H-RF4 in 2026". They stand in no name. */
const BETWEEN = setOf(
  'a about all an and at by deal deals flag flags for from in is me my of on show the tier to was were where which who with year',
);

/** Words of questions that may also stand in a name. */
const ASKING = setOf(`
  already also any anything are as be been being both came can come comes concern concerned concerning concerns contain containing
  could current currently did do does doing done due during each either ever every everything exist existing exists find flagged
  get getting give given go goes going got had happen happened happening has have having her here his how i if include included includes including into
  involve involved involves involving it its just kindly left let like list long longer look looking many may might more
  most much must need needs newest news next now off only opened or our ours out over please pls plz question questions raised regarding
  related relating right risk see shall she should since sit sits sitting so some stand standing stands status still take
  takes tell than that their them then there these they thing things this those time today turn under until up update updates us via wait
  waiting waits want wanted wants we went what whats when wheres whether while whom whos whose why will within would yet you your
`);

/** What is to be done, by its common names. They may stand in a name, and mean nothing beside other words. */
const COMMON = setOf('item items job jobs stuff task tasks todo todos work');

/** Words that leave something out. They are no data, but whoever drops one turns round what was asked. */
const LEAVING_OUT = setOf('but except excluding no nor not than unless without');

/** Words that stand in titles and questions of red flags, and mean none. */
const SAYING_NOTHING = setOf(`
  access after again against always another approve approves approving because before behind below besides best better between
  beyond build care case cases certain check clear close company companies countries country customer customers day days
  decide decided decides different else end-user end-users few first follow following full good great group groups help history
  important inside kept know known last late later least less likely made make makes making matter mean means meant meet month
  months name named names nearly never none nothing often once open other others outside owner part parts past people
  person place places point poor possible product products provide put quite rather reach read reading real really reason
  record records reports said same say says second service services several similar simple small someone something somewhere
  stay such sure system systems think through together told too total toward towards try under use used user users uses using
  very way ways week weeks well were whole without word words work year years
`);

const isCode = (word: string): boolean => /^[A-Z]{2}$/.test(word);

/** Tells whether it stands between words that are meant, and is no country's code. */
export const isBetween = (word: string): boolean => !isCode(word) && BETWEEN.has(word.toLowerCase());

/** Tells whether it turns round what stands beside it, as "without" does. */
export const leavesOut = (word: string): boolean => LEAVING_OUT.has(word.toLowerCase());

/** Tells whether it only makes a question of the words around it. */
export const isFiller = (word: string): boolean => isBetween(word) || (ASKING.has(word.toLowerCase()) && !isCode(word));

/** Tells whether it names only that something is to be done: where it is left out of what is searched, that is said. */
export const isCommon = (word: string): boolean => COMMON.has(word.toLowerCase());

/** Tells whether it means nothing by itself, as "have" and "this": a red flag is named by other words of its title. */
export const isOrdinary = (word: string): boolean => {
  const said = word.toLowerCase();
  return BETWEEN.has(said) || ASKING.has(said) || LEAVING_OUT.has(said) || COMMON.has(said) || SAYING_NOTHING.has(said);
};
