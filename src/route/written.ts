/** Finds what other deals with one of a deal's parties say in words, for a review and “Why?”. A page never waits long for it. */

import { type Written, type WrittenIn, writtenShown } from '../../blocks/cards/ever-words.ts';
import { isSellersWord } from '../../flows/deal/context/elsewhere.ts';
import {
  calledEver,
  destinationsEver,
  endUsersEver,
  partiesEver,
  productsIn,
  productsNamed,
  type ProductNamed,
} from '../../flows/deal/context/ever-said.ts';
import { mayNameEachOther, mayNameOneCompany } from '../../flows/deal/context/may-be-one.ts';
import { mayStandIn, namesToFind } from '../../flows/deal/context/names-in-words.ts';
import { notesOfOthers, notesOfSeller } from '../../flows/deal/context/notes.ts';
import { dealsHeardByName } from '../../flows/deal/context/others.ts';
import { nameEachOther } from '../../flows/deal/context/parties.ts';
import { plannedShown, type PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import { wordsElsewhere, type WordsElsewhere, type WordsEver } from '../../flows/deal/context/words-ever.ts';
import { wordsNaming } from '../../flows/deal/context/words-naming.ts';
import { wordsOfCompanies } from '../../flows/deal/context/words-of-companies.ts';
import { wordsOfProduct } from '../../flows/deal/context/words-of-product.ts';
import { saidBeside, wordsSaid } from '../../flows/deal/context/words-said.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import { weightyFirst } from '../../flows/deal/said/says-more.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { marksOf, shareKey } from '../../flows/end-user.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { fromBothEnds, inTurnOf } from '../../flows/in-turn.ts';
import { remembering } from '../../flows/lists/sharing.ts';
import { plansAt } from '../../flows/registers/hold-placing.ts';
import { inSlices } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import { namesIn, type IndexedDeal } from '../streams/indexed-deal.ts';
import type { Desk } from './desk.ts';

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
export const DEADLINE_MS = 700;
/** Deals loaded for one page: with one of its parties; and with the same company in between, of which a reseller has thousands. */
export const MOST_READ = 40;
export const MOST_THROUGH = 20;
/** The same of deals for others with its product, or in its country, in which somebody wrote something of that. */
export const MOST_OF_PRODUCT = 16;
/** Of those in which nobody says anything of a company so many are looked at for what was written. */
const MOST_LOOKED = 200;
/** The part of the time that deals through the same company may take. */
const OF_COMPANIES = 0.6;
/** So much of it may be gone until those of its product are looked through. */
const OF_PRODUCT = 0.85;

/** What was said against it first, then where most people had a part: dummies of one person push nothing out. */
const gravity = ({ doubted, team }: IndexedDeal): number => (doubted ? 1000 : 0) + team.length;

const byGravity = (a: IndexedDeal, b: IndexedDeal): number => gravity(b) - gravity(a) || (a.saidAt < b.saidAt ? 1 : -1);

/** Where somebody else wrote comes first, each author in turn, then each owner's: many deals of one push off no other's word. */
const mostRead = async (
  index: Desk['index'],
  { deal }: DealView,
  all: readonly IndexedDeal[],
  most: number,
): Promise<DealId[]> => {
  const ids = all.map(({ id }) => id);
  if (all.length <= most) return ids;
  const said = await index.said(ids);
  const writersIn = ({ id }: IndexedDeal): PersonId[] => {
    const one = said.get(id);
    return (one?.wrote ?? []).flatMap(({ by }) => (deal.team.includes(by) || isSellersWord(one!, by) ? [] : [by]));
  };
  const written = all.filter((one) => writersIn(one).length > 0);
  const others = all.filter((one) => !written.includes(one));
  const inOrder = [...inTurnOf(written, writersIn), ...inTurnOf(others, ({ owner }) => [owner])];
  return inOrder.slice(0, most).map(({ id }) => id);
};

type Looks = Pick<Desk, 'index' | 'deals' | 'registers'>;

const kindOf = ({ by, of }: WordsEver): string => `${by} ${of}`;

/** One of each kind of each author in turn, the latest and the earliest first. */
const inKinds = (all: readonly WordsEver[]): WordsEver[] => {
  const kinds = new Map<string, WordsEver[]>();
  for (const one of all) kinds.set(kindOf(one), [...(kinds.get(kindOf(one)) ?? []), one]);
  return inTurnOf([...kinds.values()].flatMap(fromBothEnds), (one) => [kindOf(one)]);
};

/**
 * Each author in turn, those who sell it last: many notes of one hide nothing that another wrote. Of each what weighs comes first, then one of
 * each kind of words in turn: many corrections hide no note.
 */
const besideIn = (view: DealView, said: readonly WordsEver[]): WordsEver[] =>
  othersFirst(view.deal, weightyFirst(view, inKinds([...said, ...notesOfOthers(view), ...notesOfSeller(view)])));

/** Names them: plans are made, and withdrawn, while somebody reads. */
export const planNames = (planned: readonly PlannedOn[]): string[] =>
  planned.map(({ plan: { hold, withdrawn } }) => `${hold.id}${withdrawn ? ' withdrawn' : ''}`);

const plannedFor = async ({ registers }: Looks, view: DealView, person: PersonId): Promise<string[]> =>
  planNames(plannedShown(view, plansAt((await registers.holds.now()).state, view.now), person));

/** What the person reads of the words in these deals, and how many others have some that they may not read. */
const readIn = async (
  { deals }: Looks,
  view: DealView,
  person: PersonId,
  ids: readonly DealId[],
  wordsOf: (some: readonly DealView[], said: ReadonlyMap<DealId, readonly WordsEver[]>) => WordsElsewhere[],
): Promise<Omit<WrittenIn, 'late'>> => {
  // One that cannot be read now must not hide the others.
  const loaded = await Promise.all(ids.map((id) => deals.view(id).catch((): undefined => undefined)));
  const others = loaded.filter((other) => other !== undefined);
  const said = new Map(
    await Promise.all(
      others.map(async ({ deal: { id } }) => [id, wordsSaid(await deals.events(id).catch(() => []))] as const),
    ),
  );
  const open = others.filter((other) => canRead(other, person));
  const closed = others.filter((other) => !open.includes(other));
  return {
    words: wordsOf(open, said),
    hidden: closed.filter((other) => wordsOf([other], said).length > 0).length,
    // Who decides on this deal reads what was written, and not where or by whom.
    unnamed: decidesOn(view, person) ? wordsOf(closed, said) : [],
    left: ids.length - others.length,
  };
};

const eachOnce = (all: readonly WordsElsewhere[]): WordsElsewhere[] => {
  const known = new Map<string, WordsElsewhere>();
  for (const one of all) {
    const key = `${one.deal} ${one.by} ${one.text}`;
    if (!known.get(key)?.grave) known.set(key, one);
  }
  const grave = (one: WordsElsewhere): number => Number(one.grave);
  return [...known.values()].toSorted((a, b) => grave(b) - grave(a));
};

/** Those whose words may name one of its parties, or say something of a company, come first, each owner's in turn: dummies push off nobody's. */
const readThrough = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  through: readonly IndexedDeal[],
  mayName: (marks: readonly number[]) => boolean,
): Promise<WrittenIn> => {
  const gravest = through.toSorted(byGravity);
  const says = (one: IndexedDeal): boolean => one.ofCompanies || mayName(one.mentions);
  const saying = inTurnOf(gravest.filter(says), ({ owner }) => [owner]);
  const first = saying.slice(0, MOST_THROUGH).map(({ id }) => id);
  const others = gravest.filter((one) => !says(one)).slice(0, MOST_LOOKED);
  const rest = await mostRead(desk.index, view, others, Math.max(0, MOST_THROUGH - first.length));
  const read = await readIn(desk, view, person, [...first, ...rest], (some, said) =>
    eachOnce([...wordsNaming(view, some, said), ...wordsOfCompanies(view, some, said)]),
  );
  return { ...read, left: read.left + saying.length - first.length };
};

/** What another deal may say: of its product in its country, or of one of the two. The first comes first. */
const [LIKE, SAME_PRODUCT, SAME_COUNTRY] = [0, 1, 2];
interface OfProduct {
  one: IndexedDeal;
  as: number;
}

/** Tells what of another deal may be said of this one: of each name of a product its keys are found once. */
const ofProduct = ({ deal, organisation }: DealView): ((one: IndexedDeal) => OfProduct[]) => {
  const keysIn = remembering((product: ProductNamed) => productsIn(organisation)([product]));
  const mine = new Set(productsNamed(deal).flatMap(keysIn));
  const places = new Set(destinationsEver(deal));
  return (one) => {
    const { products = [], destinations = [] } = one.spoken ?? {};
    const isProduct = products.some((each) => keysIn(each).some((key) => mine.has(key)));
    const isCountry = destinations.some((each) => places.has(each));
    if (!isProduct && !isCountry) return [];
    return [{ one, as: isProduct && isCountry ? LIKE : isProduct ? SAME_PRODUCT : SAME_COUNTRY }];
  };
};

/** How many more there are of only one of them nobody needs to know. */
const readOfProduct = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  all: readonly OfProduct[],
  known: readonly WordsElsewhere[],
): Promise<WrittenIn> => {
  const inOrder = all.toSorted((a, b) => a.as - b.as || byGravity(a.one, b.one)).map(({ one }) => one);
  const ids = await mostRead(desk.index, view, inOrder.slice(0, MOST_LOOKED), MOST_OF_PRODUCT);
  const read = await readIn(desk, view, person, ids, (others, said) => wordsOfProduct(view, others, said, known));
  return { ...read, left: all.filter(({ one, as }) => as === LIKE && !ids.includes(one.id)).length };
};

const LATE: WrittenIn = { words: [], hidden: 0, left: 0, late: true };

const find = async (desk: Looks, view: DealView, person: PersonId, deadlineMs: number): Promise<Written> => {
  const { deal } = view;
  const began = performance.now();
  const leftUntil = (part: number): number => Math.max(0, began + deadlineMs * part - performance.now());
  const beside = desk.deals.events(deal.id).then((events) => saidBeside(view, events));
  const planned = plannedFor(desk, view, person);
  // They are awaited below; until then nobody hears of their failure.
  beside.catch(() => {});
  planned.catch(() => {});
  const mine = { endUsers: marksOf(endUsersEver(deal)), parties: marksOf(partiesEver(deal)) };
  const heard = dealsHeardByName(deal);
  const names = { destination: deal.details.destination, ...calledEver(deal) };
  const [mayName, mayShare] = [mayNameEachOther(names), mayNameOneCompany(names)];
  const inWords = mayStandIn(namesToFind(view));
  const named = new Set<DealId>();
  const rest = inSlices();
  const found: IndexedDeal[] = [];
  const through: IndexedDeal[] = [];
  const alike: OfProduct[] = [];
  const likeness = ofProduct(view);
  for (const one of await desk.index()) {
    const resting = rest();
    if (resting) await resting;
    const { id, endUsers, everNamed } = one;
    if (id === deal.id) continue;
    if (nameEachOther(mine, { endUsers, parties: everNamed })) named.add(id);
    if (named.has(id) || heard.has(id) || mayName(namesIn(one))) found.push(one);
    // Names that are only alike take long: where nobody says anything of a company it is no matter.
    else {
      const isThrough = shareKey(mine.parties, everNamed) || (one.ofCompanies && mayShare(namesIn(one)));
      if (isThrough || inWords(one.mentions)) through.push(one);
      alike.push(...likeness(one));
    }
  }
  // Where somebody else had a part: dummies of this deal's team, under whatever name, push off nobody's.
  const isOthers = ({ team }: IndexedDeal): boolean => team.some((id) => !deal.team.includes(id));
  const all = found.toSorted(
    (a, b) =>
      Number(isOthers(b)) - Number(isOthers(a)) || Number(named.has(b.id)) - Number(named.has(a.id)) || byGravity(a, b),
  );
  const ids = await mostRead(desk.index, view, all, MOST_READ);
  const [read, ofCompanies] = await Promise.all([
    // Of one person, what they said of the very name comes first.
    readIn(desk, view, person, ids, (some, said) => wordsElsewhere(view, some, said, (one) => named.has(one))),
    // A reseller's many deals never cost the words of the end-user's.
    inTime(readThrough(desk, view, person, through, inWords), leftUntil(OF_COMPANIES)),
  ]);
  const said = ofCompanies === 'late' ? [] : [...ofCompanies.words, ...(ofCompanies.unnamed ?? [])];
  const product = await inTime(readOfProduct(desk, view, person, alike, said), leftUntil(OF_PRODUCT));
  return {
    ...read,
    left: read.left + all.length - ids.length,
    ofCompanies: ofCompanies === 'late' ? LATE : ofCompanies,
    ofProduct: product === 'late' ? LATE : product,
    beside: besideIn(view, await beside),
    planned: await planned,
  };
};

/** Returns what the person may read of it. Too late, or a failure: says that nothing was looked through. */
export const writtenElsewhere = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  deadlineMs = DEADLINE_MS,
): Promise<Written> => {
  const found = await inTime(
    find(desk, view, person, deadlineMs).catch((): Written => LATE),
    deadlineMs,
  );
  return found === 'late' ? LATE : found;
};

/** Tells whether a form that is sent shows other words by now; one that was taken already is not asked. */
export const isNewlyWritten = async (
  { desk, view, person, written }: { desk: Desk; view: DealView; person: PersonId; written?: string | undefined },
  cause: string,
): Promise<boolean> =>
  (await isWrittenSince(desk, view, person, written)) && !(await desk.deals.done(view.deal.id, cause));

/** Tells whether a page shows other words now. `shown`: those it was drawn with (`writtenShown`); unknown is not compared. */
export const isWrittenSince = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  shown: string | undefined,
): Promise<boolean> => {
  const now = shown === undefined ? undefined : writtenShown(await writtenElsewhere(desk, view, person));
  return now !== undefined && now !== shown;
};
