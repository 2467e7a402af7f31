/** What a bot keeps of a deal to answer lists, registers and other deals without its state. */

import type { AlertId } from '../country-alert.ts';
import { approvalOf } from '../deal/approval/in-force.ts';
import { lawsOf } from '../deal/basis/laws.ts';
import { isOpen } from '../deal/context/alerts.ts';
import type { Graver } from '../deal/context/elsewhere.ts';
import { endedAs } from '../deal/context/erasing.ts';
import { acceptanceOf } from '../deal/context/gaps.ts';
import { isOver } from '../deal/context/holds.ts';
import { marksInWords, marksOfNames } from '../deal/context/names-in-words.ts';
import { saidByDeal, type SaidByDeal } from '../deal/context/others.ts';
import { saysOfCompanies } from '../deal/context/words-of-companies.ts';
import { spokenOf, type SpokenOf } from '../deal/context/words-of-product.ts';
import type { HeardWorry } from '../deal/heard-shapes.ts';
import { scopeSaidOf } from '../deal/said/scope.ts';
import { hasRemarkSince } from '../deal/said/written-since.ts';
import { comparedWith, hitKey } from '../deal/screened/screened.ts';
import type { OpenedDeal } from '../deal/state.ts';
import { sheetsTaken } from '../deal/taking/sheets.ts';
import type { DealView } from '../deal/view.ts';
import { marksOf } from '../end-user.ts';
import type { AcceptanceId } from '../gap-acceptance.ts';
import type { DealId, Instant } from '../ids.ts';
import type { Ended } from '../policy/policy.ts';
import type { SheetId } from '../sheet.ts';
import { digestFactsOf, digestText } from './digest-facts.ts';
import { summaryOf, type DealSummary } from './summary.ts';

/** JSON. Contains of answers only which say that all is well, or that it is not, and sums of their words; of worries the words. */
export interface DealEntry {
  summary: DealSummary;
  /** Marks of the results of `endUserKeys` of everybody whom the deal ever named, those of its end-user first. */
  everNamed: readonly number[];
  /** How many of them are its end-user's. */
  endUsers: number;
  /** Whom it ever named beside its end-user and its customer of now. Absent: nobody, or in older entries. */
  named?: readonly string[] | undefined;
  /** True where somebody says of a company in between what is a kind of end-user. Absent: nobody, or in older entries. */
  ofCompanies?: true | undefined;
  /** Marks of a word of each name of its parties, by which a text may name one. Absent: nobody wrote anything in it, or in older entries. */
  toFind?: readonly number[] | undefined;
  /** Marks of words that may be of names beside those of its parties, in what people wrote. Absent: none, or in older entries. */
  mentions?: readonly number[] | undefined;
  /** Where somebody wrote something that others with its product, or in its country, hear: what it was of. Absent: nobody, or in older entries. */
  spoken?: SpokenOf | undefined;
  /** True where a colleague wrote something since compliance confirmed that it is out of scope. Absent: not so, or in older entries. */
  remarked?: true | undefined;
  /**
   * On whose confirmation it rested, and since when, where it does no more and a colleague wrote something while it did, or spoke against it.
   * Absent: not so, or in older entries.
   */
  restedOn?: { deal: DealId; at: Instant } | undefined;
  /** True where it ended without an approval, or something is said against it. */
  doubted?: true | undefined;
  /** When its end-user's kind was said. */
  saidAt: Instant;
  /** True once nothing is sold on the deal any more. */
  over?: true | undefined;
  /** True while an approval is in force, also during its reassessment. */
  approved?: true | undefined;
  /** Since when it waits for compliance to confirm that it is out of scope, or changes that make it lighter. */
  toConfirm?: Instant | undefined;
  /** Acceptances of its country or product that it took, while it is open. */
  took?: readonly AcceptanceId[] | undefined;
  /** How it ended, where nothing is left to do. */
  end?: { as: Ended; at: Instant } | undefined;
  /** Country alerts that the deal showed and that were not ended. */
  warned?: readonly AlertId[] | undefined;
  /** Product sheets and country briefs that its answers were taken from. */
  sheets?: readonly SheetId[] | undefined;
  /** Names of the lists with which everybody was compared whom it names. */
  compared?: readonly string[] | undefined;
  /** Entries of lists that somebody whom it names may be, each as its list and its id. Absent: none, or in older entries. */
  hits?: readonly string[] | undefined;
  /** Since when it waits for counsel's note on the laws of its country, which somebody asked for. */
  lawsAsked?: Instant | undefined;
  /** `DigestFacts` as JSON. Absent in entries from before a digest could be made of them: it opens the deal. */
  digest?: string | undefined;
  /** A `SaidByDeal` as JSON: most who read an entry don't need it. */
  said: string;
}

/**
 * The shapes of entries: one of another is not read, and the deal's state is used. In the first, answers stood in full in what is
 * said; before the third, nothing said of what a flag was dismissed; before the fourth, nothing of companies in between; before the sixth, nothing of what is said of
 * products, nor of all names in words; before the seventh, nothing of which countries and products words name, nor of who said something of
 * a product; before the eighth, nothing of who said that under answers, or names somebody; before the ninth, nothing of names of two letters in words;
 * before the tenth, nothing of what may be of companies in between; before the eleventh, no name as people write it besides.
 */
const FORMATS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const FORMAT = 11;
const [WITH_SALE, WITH_COMPANIES] = [3, 4];

const lacksSale = ({ summary: { status }, said }: DealEntry): boolean =>
  status === 'answering' || status === 'deciding' || said.includes('"of":"dismissed"');

/** Where a name of now says a kind of end-user, that is kept by itself in them: what companies were before is heard once the deal changes. */
const lacksCompanies = ({ said }: DealEntry): boolean => said.includes('"says":[{');

/** What somebody wrote of a deal, or held against it, may be of its product, or name somebody. */
const lacksSpoken = ({ said, doubted }: DealEntry): boolean => doubted === true || said.includes('"wrote":[');

type Sealed = { [name: string]: never };

/** Most answers were given at once, and are about the same: an entry is read a hundred thousand times. */
export const saidText = (said: SaidByDeal): string => {
  let [last, where]: [Instant, string] = ['', '[]'];
  const otherwise = said.otherwise.map((one): Graver | Shortened => {
    const { question, topic, says, at, about, by } = one;
    if (by !== undefined) return one;
    const there = JSON.stringify(about);
    if (at === last && there === where) return [question, topic, says];
    [last, where] = [at, there];
    return [question, topic, says, at, about];
  });
  return JSON.stringify({ ...said, otherwise });
};

/** What people say of a product's use in one deal counts for all that rest on the same confirmation; a list says it of a name. */
const SAID_OF_USE: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['flag', 'report']);
export const isOfUse = ({ of }: Pick<HeardWorry, 'of'>): boolean => SAID_OF_USE.has(of);

/** What was said while a deal rested on a confirmation is said of all that rest on it, whatever becomes of that deal. */
const saidWhileResting = (deal: OpenedDeal, { worries }: Pick<SaidByDeal, 'worries'>): DealEntry['restedOn'] => {
  const { rested } = deal;
  if (!rested) return undefined;
  const { at: since, until } = rested;
  const isSaid =
    hasRemarkSince(deal, since, until) || worries.some((one) => isOfUse(one) && one.at > since && one.at <= until);
  return isSaid ? { deal: rested.deal, at: since } : undefined;
};

/** The same for the same deal, whatever the catalogue of today has, and whoever works here. */
export const entryOf = (view: DealView): DealEntry => {
  const { deal } = view;
  const summary = summaryOf(view);
  const said = saidByDeal(view);
  const everNamed = marksOf([...said.parties, ...(said.once ?? [])]);
  const open = isOpen(deal);
  const toConfirm = scopeSaidOf(deal)?.at ?? (open ? view.lighterSaid?.at : undefined);
  const took = open ? Object.values(deal.gaps ?? {}).flatMap((gap) => acceptanceOf(gap) ?? []) : [];
  const restedOn = saidWhileResting(deal, said);
  const hits = [...new Set((deal.screened?.hits ?? []).map(hitKey))];
  const end = endedAs(deal);
  const sheets = sheetsTaken(deal);
  const now = [summary.endUser.name, summary.customer];
  const [spoken, mentions] = [spokenOf(view), marksInWords(view)];
  const isOfCompanies = said.ofCompanies !== undefined || saysOfCompanies(view);
  const isWritten = spoken !== undefined || (said.wrote ?? []).length + said.worries.length > 0 || isOfCompanies;
  const named = [...said.called.endUsers, ...said.called.besides].filter((name) => !now.includes(name));
  return {
    summary,
    everNamed,
    endUsers: said.endUsers.length,
    ...(named.length > 0 ? { named } : {}),
    ...(isOfCompanies ? { ofCompanies: true } : {}),
    ...(isWritten ? { toFind: marksOfNames(said.called) } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(spoken ? { spoken } : {}),
    // What was written in one before it came to rest on another's confirmation was looked at then.
    ...(deal.status === 'out of scope' &&
    deal.confirmed &&
    hasRemarkSince(deal, deal.confirmed.deal === undefined ? deal.confirmed.at : deal.at)
      ? { remarked: true }
      : {}),
    ...(restedOn ? { restedOn } : {}),
    ...(said.ended || said.worries.length > 0 ? { doubted: true } : {}),
    saidAt: said.kind.at,
    ...(isOver(deal) ? { over: true } : {}),
    ...(approvalOf(deal) === undefined ? {} : { approved: true }),
    ...(toConfirm === undefined ? {} : { toConfirm }),
    ...(took.length > 0 ? { took } : {}),
    ...(end ? { end } : {}),
    ...(deal.warned?.length ? { warned: deal.warned } : {}),
    ...(sheets.length > 0 ? { sheets } : {}),
    ...(deal.screened ? { compared: comparedWith(deal) } : {}),
    ...(hits.length > 0 ? { hits } : {}),
    ...(open && deal.counselAsked && !lawsOf(deal) ? { lawsAsked: deal.counselAsked.at } : {}),
    digest: digestText(digestFactsOf(view, summary)),
    said: saidText(said),
  };
};

/** Returns the entry as it is stored. */
export const sealedEntry = (entry: DealEntry): Sealed => ({ format: FORMAT, ...entry }) as unknown as Sealed;

/** Undefined where another version of this program wrote it in another shape. */
export const entryIn = (stored: unknown): DealEntry | undefined => {
  const { format, ...entry } = stored as DealEntry & { format: number };
  if (!FORMATS.includes(format)) return undefined;
  const lacks =
    (format < WITH_SALE && lacksSale(entry)) ||
    (format < WITH_COMPANIES && lacksCompanies(entry)) ||
    (format < FORMAT && lacksSpoken(entry));
  return lacks ? undefined : entry;
};

/** An answer without what it has in common with the one before it. */
type Shortened = [
  question: string,
  topic: Graver['topic'],
  says: Graver['says'],
  at?: Instant,
  about?: Graver['about'],
];

export const saidOf = ({ said }: Pick<DealEntry, 'said'>): SaidByDeal => {
  const { otherwise, ...rest } = JSON.parse(said) as Omit<SaidByDeal, 'otherwise'> & {
    otherwise: readonly (Graver | Shortened)[];
  };
  let [last, where]: [Instant, Graver['about']] = ['', []];
  return {
    ...rest,
    otherwise: otherwise.map((one) => {
      if ('question' in one) return one;
      const [question, topic, says, at = last, about = where] = one;
      [last, where] = [at, about];
      return { question, topic, says, at, about };
    }),
  };
};
