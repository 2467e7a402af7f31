/** What a page showed of the words of a deal, and of others, in a few letters: whether it would show something else by now. */

import { smallSum } from '../../flows/sum.ts';
import { allIn, type Written, type WrittenIn } from './ever-words.ts';

/** Between the words and the plans in what a page showed. */
const PLANS = '.';
/** Between the words of its parties, those of deals for others through its companies that weigh, and when the last of others was written. */
const PARTS = ':';

/** Returns what a page showed, with other plans: a page that shows none of the words may show those. */
export const withPlans = (shown: string, planned: readonly string[] = []): string =>
  `${shown.split(PLANS)[0]}${planned.length > 0 ? `${PLANS}${smallSum(JSON.stringify(planned))}` : ''}`;

/** What weighs of its companies. Empty: there was no time to look. */
const throughShown = (ofCompanies: WrittenIn | undefined): string =>
  ofCompanies?.late ? '' : smallSum(JSON.stringify(allIn(ofCompanies).filter(({ grave }) => grave)));

/** When a colleague last wrote something of these in deals for others: few of many such deals are read, so others may be read another time. */
const sinceWhen = (...all: (WrittenIn | undefined)[]): string => {
  if (all.some((one) => one?.late)) return '';
  const times = all.flatMap(allIn).flatMap(({ at, ofColleague }) => (ofColleague ? [Date.parse(at)] : []));
  return Math.max(0, ...times).toString(36);
};

/** Names the words that a page shows, of this deal and of others, and the holds that are planned. Undefined: there was no time to look. */
export const writtenShown = (written: Written): string | undefined => {
  const {
    words,
    unnamed = [],
    beside = [],
    asked = [],
    officers = [],
    ofCompanies,
    ofProduct,
    planned,
    late,
  } = written;
  if (late) return undefined;
  const ofParties = smallSum(
    JSON.stringify([words, unnamed, beside, asked, ...(officers.length > 0 ? [officers] : [])]),
  );
  return withPlans([ofParties, throughShown(ofCompanies), sinceWhen(ofCompanies, ofProduct)].join(PARTS), planned);
};

/** Tells whether a page that showed the one shows something else `now`. What either had no time to look at is not compared. */
export const showsOther = (shown: string, now: string): boolean => {
  const [[words = '', plans = ''], [wordsNow = '', plansNow = '']] = [shown.split(PLANS), now.split(PLANS)];
  if (plans !== plansNow) return true;
  const [was, is] = [words.split(PARTS), wordsNow.split(PARTS)];
  const [[, , since = ''], [, , sinceNow = '']] = [was, is];
  const isOther = (part: number): boolean => Boolean(was[part] && is[part]) && was[part] !== is[part];
  const isLater = since !== '' && sinceNow !== '' && parseInt(sinceNow, 36) > parseInt(since, 36);
  return isOther(0) || isOther(1) || isLater;
};
