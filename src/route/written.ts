/** Finds what other deals with one of a deal's parties say in words, for a review and “Why?”. A page never waits long for it. */

import { allIn, type Written, type WrittenIn } from '../../blocks/cards/ever-words.ts';
import { showsOther, writtenShown } from '../../blocks/cards/written-shown.ts';
import { calledEver, destinationsEver, endUsersEver, partiesEver } from '../../flows/deal/context/ever-said.ts';
import { mayNameEachOther, mayNameOneCompany } from '../../flows/deal/context/may-be-one.ts';
import { officersElsewhere } from '../../flows/deal/context/named-by-officers.ts';
import { mayBeNamedHere, namedHere } from '../../flows/deal/context/named-here.ts';
import { mayStandIn } from '../../flows/deal/context/names-in-words.ts';
import { namesToFind } from '../../flows/deal/context/names-to-find.ts';
import { notesOfOthers, notesOfSeller } from '../../flows/deal/context/notes.ts';
import { dealsHeardByName } from '../../flows/deal/context/others.ts';
import { nameEachOther } from '../../flows/deal/context/parties.ts';
import { plannedShown, type PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import { wordsElsewhere } from '../../flows/deal/context/words-ever.ts';
import { SALE_PLACES } from '../../flows/deal/context/words-of-product.ts';
import { saidBeside } from '../../flows/deal/context/words-said.ts';
import type { WordsEver } from '../../flows/deal/context/words-shapes.ts';
import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import { weightyFirst } from '../../flows/deal/said/says-more.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { marksOf, shareKey } from '../../flows/end-user.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { fromBothEnds, inTurnOf } from '../../flows/in-turn.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { askedShown } from '../../flows/programme/asked-of-deal.ts';
import { inSlices } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import { namesIn, type IndexedDeal } from '../streams/indexed-deal.ts';
import type { Desk } from './desk.ts';
import { plansNow } from './plans.ts';
import { byGravity, mostRead, readIn, type Looks } from './reading-others.ts';
import {
  keepingGravest,
  inSaleOf,
  MOST_LOOKED,
  readNaming,
  readOfProduct,
  readThrough,
  together,
  type Places,
} from './written-for-others.ts';

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
export const DEADLINE_MS = 700;
/** The same of a form that is sent, which draws nothing: what is new there is read before the press counts. */
const CHECK_MS = 1500;
/** Deals loaded for one page, with one of its parties. */
export const MOST_READ = 40;
/** The part of the time that deals through the same company may take. */
const OF_COMPANIES = 0.6;
/** So much of it may be gone until those of its product are looked through. */
const OF_PRODUCT = 0.85;

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

const plannedFor = async (desk: Looks, view: DealView, person: PersonId): Promise<string[]> =>
  planNames(plannedShown(view, await plansNow(desk, view.now), person));

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
  const toFind = namesToFind(calledEver(view.deal));
  const [inWords, namesEndUser] = [mayStandIn(toFind), mayStandIn(toFind.filter(({ of }) => of === 'end-user'))];
  const named = new Set<DealId>();
  const rest = inSlices();
  const found: IndexedDeal[] = [];
  const through: IndexedDeal[] = [];
  const naming: IndexedDeal[] = [];
  const ofNamed: IndexedDeal[] = [];
  const [mayBeNamed, namesHere] = [mayBeNamedHere(view), namedHere(view)];
  const places: Places = SALE_PLACES.map(() => keepingGravest(MOST_LOOKED));
  const placeOf = inSaleOf(view);
  const goesTo = new Set(destinationsEver(deal));
  const isNear = ({ spoken, destination }: IndexedDeal): boolean =>
    (spoken?.destinations ?? [destination]).some((one) => goesTo.has(one));
  const says = (one: IndexedDeal): boolean => one.ofCompanies || namesEndUser(one.mentions, () => isNear(one));
  for (const one of await desk.index()) {
    const resting = rest();
    if (resting) await resting;
    const { id, endUsers, everNamed } = one;
    if (id === deal.id) continue;
    if (nameEachOther(mine, { endUsers, parties: everNamed })) named.add(id);
    if (mayBeNamed(one.toFind) && namesHere(namesIn(one)).length > 0) ofNamed.push(one);
    if (named.has(id) || heard.has(id) || mayName(namesIn(one))) found.push(one);
    // Names that are only alike take long: where nobody wrote anything it is no matter.
    else {
      const isThrough =
        shareKey(mine.parties, everNamed) || ((one.ofCompanies || one.spoken) && mayShare(namesIn(one)));
      if (isThrough) through.push(one);
      else if (inWords(one.mentions, () => isNear(one))) naming.push(one);
      const place = placeOf(one);
      if (place !== undefined) places[place]?.add(one);
    }
  }
  // Where somebody else had a part: dummies of this deal's team, under whatever name, push off nobody's.
  const isOthers = ({ team }: IndexedDeal): boolean => team.some((id) => !deal.team.includes(id));
  const all = found.toSorted(
    (a, b) =>
      Number(isOthers(b)) - Number(isOthers(a)) || Number(named.has(b.id)) - Number(named.has(a.id)) || byGravity(a, b),
  );
  const ids = await mostRead(desk.index, view, all, MOST_READ);
  const [read, ofThem, ofNames] = await Promise.all([
    // Of one person, what they said of the very name comes first.
    readIn(desk, view, person, ids, (some, said) =>
      wordsElsewhere(view, some, said, { comesFirst: (one) => named.has(one) }),
    ),
    // A reseller's many deals never cost the words of the end-user's.
    inTime(readThrough(desk, view, person, through, says), leftUntil(OF_COMPANIES)),
    inTime(readNaming(desk, view, person, { naming, ofNamed }), leftUntil(OF_COMPANIES)),
  ]);
  const ofCompanies = together(view, ofThem, ofNames);
  const product = await inTime(readOfProduct(desk, view, person, places, allIn(ofCompanies)), leftUntil(OF_PRODUCT));
  return {
    ...read,
    left: read.left + all.length - ids.length,
    ofCompanies,
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
  const bounded = <T>(work: Promise<T>): Promise<T | 'late'> =>
    inTime(
      work.catch(() => 'late' as const),
      deadlineMs,
    );
  // However many other deals there are, who was asked is there.
  const [found, programme] = await Promise.all([
    bounded(find(desk, view, person, deadlineMs)),
    bounded(desk.registers.programme.now()),
  ]);
  const written = found === 'late' ? LATE : found;
  if (programme === 'late') return { ...written, late: true };
  const asked = askedShown(view, programme.state.asked, person);
  const officers = isOfCompliance(view.organisation, person) || decidesOn(view, person) ? officersElsewhere(view) : [];
  return { ...written, ...(asked.length > 0 ? { asked } : {}), ...(officers.length > 0 ? { officers } : {}) };
};

/** Tells whether a form that is sent shows other words by now; one that was taken already is not asked. */
export const isNewlyWritten = async (
  { desk, view, person, written }: { desk: Desk; view: DealView; person: PersonId; written?: string | undefined },
  cause: string,
): Promise<boolean> =>
  (await isWrittenSince(desk, view, person, written)) && !(await desk.deals.done(view.deal.id, cause));

/** Tells whether a page shows other words now. `shown`: those it was drawn with (`writtenShown`); unknown is not compared, so that a slow store holds nobody up. */
export const isWrittenSince = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  shown: string | undefined,
): Promise<boolean> => {
  if (shown === undefined) return false;
  const now = writtenShown(await writtenElsewhere(desk, view, person, CHECK_MS));
  return now !== undefined && showsOther(shown, now);
};
