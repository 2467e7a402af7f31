/** What the index keeps of a deal: of a hundred thousand, so most of it is shared, and what can be derived is. */

import type { AlertId } from '../../flows/country-alert.ts';
import { isOpen } from '../../flows/deal/context/alerts.ts';
import type { SpokenOf } from '../../flows/deal/context/words-of-product.ts';
import type { AcceptanceId } from '../../flows/gap-acceptance.ts';
import type { HoldId } from '../../flows/hold.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { digestFactsIn, isNothing, type DigestFacts } from '../../flows/lists/digest-facts.ts';
import type { DealEntry } from '../../flows/lists/entry.ts';
import type { Searchable } from '../../flows/lists/search.ts';
import type { KeptSummary, Share } from '../../flows/lists/shared.ts';
import { within } from '../../flows/lists/sharing.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import type { Ended } from '../../flows/policy/policy.ts';
import type { SheetId } from '../../flows/sheet.ts';

export interface IndexedDeal {
  readonly version: number;
  readonly id: DealId;
  readonly owner: PersonId;
  readonly team: readonly PersonId[];
  /** Marks of the results of `endUserKeys` of everybody whom the deal ever named. */
  readonly everNamed: readonly number[];
  /** The same of every name that its end-user ever had. */
  readonly endUsers: readonly number[];
  /** Whom it ever named beside its end-user and its customer of now, by name. */
  readonly named: readonly string[];
  /** True where somebody says of a company in between what is a kind of end-user. */
  readonly ofCompanies: boolean;
  /** Marks of a word of each name of its parties, by which a text may name one. Empty where nobody wrote anything. */
  readonly toFind: readonly number[];
  /** Marks of words that may be of names beside those of its parties, in what people wrote. */
  readonly mentions: readonly number[];
  /** Where somebody wrote something that others with its product, or in its country, hear: what it was of. */
  readonly spoken?: SpokenOf | undefined;
  /** True where a colleague wrote something since compliance confirmed that it is out of scope. */
  readonly remarked: boolean;
  /** On whose confirmation it rested, and since when, where it does no more and a colleague spoke against it while it did. */
  readonly restedOn?: { deal: DealId; at: Instant } | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly destination: string;
  /** True once nothing is sold on the deal any more. */
  readonly over: boolean;
  /** True while the deal is answered or decided. */
  readonly open: boolean;
  /** True where it was found out of scope. */
  readonly outOfScope: boolean;
  /** True while an approval is in force, also during its reassessment. */
  readonly approved: boolean;
  /** Since when it waits for compliance to confirm that it is out of scope, or changes that make it lighter. */
  readonly toConfirm?: Instant | undefined;
  /** Acceptances of its country or product that it took, while it is open. */
  readonly took: readonly AcceptanceId[];
  /** How it ended, where nothing is left to do. */
  readonly end?: { as: Ended; at: Instant } | undefined;
  /** Holds that reached the deal and were not lifted. */
  readonly holds: readonly HoldId[];
  /** Country alerts that the deal showed and that were not ended. */
  readonly warned: readonly AlertId[];
  /** Product sheets and country briefs that its answers were taken from. */
  readonly sheets: readonly SheetId[];
  /** Names of the lists with which everybody was compared whom it names. */
  readonly compared: readonly string[];
  /** Entries of lists that somebody whom it names may be: results of `hitKey`. */
  readonly hits: readonly string[];
  /** Since when it waits for counsel's note on the laws of its country, which somebody asked for. */
  readonly lawsAsked?: Instant | undefined;
  /** True where it ended without an approval, or something is said against it. */
  readonly doubted: boolean;
  /** When its end-user's kind was said. */
  readonly saidAt: Instant;
  /** For lists and search. */
  readonly search: Searchable;
  readonly summary: DealSummary;
  /** What a digest says of it besides. Undefined where its summary is from before that was in it. */
  readonly digest: DigestFacts | undefined;
}

/** Returns whom a deal names: its end-user of now, and everybody else whom it names or named. */
export const namesIn = ({ summary, named }: Pick<IndexedDeal, 'summary' | 'named'>) => ({
  destination: summary.destination,
  endUsers: [summary.endUser.name],
  besides: [summary.customer, ...named],
});

/** What few deals have. */
type Rare = Pick<
  DealEntry,
  | 'named'
  | 'ofCompanies'
  | 'toFind'
  | 'mentions'
  | 'spoken'
  | 'remarked'
  | 'restedOn'
  | 'hits'
  | 'toConfirm'
  | 'took'
  | 'end'
  | 'warned'
  | 'sheets'
  | 'compared'
  | 'lawsAsked'
  | 'digest'
>;

const NONE: readonly never[] = [];
const NOTHING: Rare = {};

const [DOUBTED, OVER, APPROVED, DIGESTED, EACH] = [1, 2, 4, 8, 16];

const MOST_SHARED = 1000;
/** Most deals were compared with the same lists, and many name the same companies. */
const known = new Map<string, readonly string[]>();
const sharedNames = (names: readonly string[]): readonly string[] => {
  const key = names.join(',');
  const found = known.get(key) ?? names;
  if (!known.has(key) && known.size < MOST_SHARED) known.set(key, found);
  return found;
};

/** Many deals are of the same product, in the same country. */
const knownSpoken = new Map<string, SpokenOf>();
const sharedSpoken = ({ words, ...spoken }: SpokenOf): SpokenOf => {
  const key = JSON.stringify(spoken);
  const found = knownSpoken.get(key) ?? spoken;
  if (!knownSpoken.has(key) && knownSpoken.size < MOST_SHARED) knownSpoken.set(key, found);
  return words ? { ...found, words } : found;
};

class Indexed implements IndexedDeal {
  readonly version: number;
  readonly summary: KeptSummary;
  readonly everNamed: readonly number[];
  readonly saidAt: Instant;
  /** How many of the names are its end-user's, and what is true of it. */
  readonly #few: number;
  readonly #rare: Rare;

  constructor(version: number, entry: DealEntry, share: Share) {
    const { summary, everNamed, endUsers, saidAt, doubted, over, approved, said: _said, ...rare } = entry;
    this.version = version;
    const own = within();
    this.summary = share(summary, own);
    this.everNamed = everNamed;
    this.saidAt = own(saidAt);
    this.#few = endUsers * EACH + (doubted ? DOUBTED : 0) + (over ? OVER : 0) + (approved ? APPROVED : 0);
    if (rare.digest !== undefined) this.#few += DIGESTED;
    if (rare.digest !== undefined && isNothing(rare.digest)) delete rare.digest;
    if (rare.end) rare.end = { as: rare.end.as, at: own(rare.end.at) };
    if (rare.compared) rare.compared = sharedNames(rare.compared);
    if (rare.named) rare.named = sharedNames(rare.named);
    if (rare.spoken) rare.spoken = sharedSpoken(rare.spoken);
    if (rare.lawsAsked !== undefined) rare.lawsAsked = own(rare.lawsAsked);
    this.#rare = Object.keys(rare).length === 0 ? NOTHING : rare;
  }
  get search(): Searchable {
    return this.summary;
  }
  get doubted(): boolean {
    return (this.#few & DOUBTED) !== 0;
  }
  get over(): boolean {
    return (this.#few & OVER) !== 0;
  }
  get approved(): boolean {
    return (this.#few & APPROVED) !== 0;
  }
  get digest(): DigestFacts | undefined {
    return (this.#few & DIGESTED) === 0 ? undefined : digestFactsIn(this.#rare.digest);
  }
  get id(): DealId {
    return this.summary.id;
  }
  get owner(): PersonId {
    return this.summary.owner;
  }
  get team(): readonly PersonId[] {
    return this.summary.team;
  }
  get endUsers(): readonly number[] {
    return this.everNamed.slice(0, Math.floor(this.#few / EACH));
  }
  get named(): readonly string[] {
    return this.#rare.named ?? NONE;
  }
  get ofCompanies(): boolean {
    return this.#rare.ofCompanies === true;
  }
  get toFind(): readonly number[] {
    return this.#rare.toFind ?? NONE;
  }
  get mentions(): readonly number[] {
    return this.#rare.mentions ?? NONE;
  }
  get spoken(): SpokenOf | undefined {
    return this.#rare.spoken;
  }
  get remarked(): boolean {
    return this.#rare.remarked === true;
  }
  get restedOn(): { deal: DealId; at: Instant } | undefined {
    return this.#rare.restedOn;
  }
  get hits(): readonly string[] {
    return this.#rare.hits ?? NONE;
  }
  get destination(): string {
    return this.summary.destination;
  }
  get open(): boolean {
    return isOpen(this.summary);
  }
  get outOfScope(): boolean {
    return this.summary.status === 'out of scope';
  }
  get toConfirm(): Instant | undefined {
    return this.#rare.toConfirm;
  }
  get took(): readonly AcceptanceId[] {
    return this.#rare.took ?? NONE;
  }
  get end(): { as: Ended; at: Instant } | undefined {
    return this.#rare.end;
  }
  get holds(): readonly HoldId[] {
    return this.summary.holds ?? NONE;
  }
  get warned(): readonly AlertId[] {
    return this.#rare.warned ?? NONE;
  }
  get sheets(): readonly SheetId[] {
    return this.#rare.sheets ?? NONE;
  }
  get compared(): readonly string[] {
    return this.#rare.compared ?? NONE;
  }
  get lawsAsked(): Instant | undefined {
    return this.#rare.lawsAsked;
  }
}

export const indexedDeal = (version: number, entry: DealEntry, share: Share): IndexedDeal =>
  new Indexed(version, entry, share);
