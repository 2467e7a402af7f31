/** What a deal does not know yet of the others: it is told once. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { EndedOther, HeardGap, HeardOfProduct, HeardWorry, HeardWritten, Others } from '../heard-shapes.ts';
import { isGapKnown, isSaidOfProductSince, isWrittenSince } from '../said/heard-again.ts';
import { BY_NAME } from './alike.ts';
import { beyond, latestOtherwise, type Near } from './answered-otherwise.ts';
import { elsewhere, isDismissedOfAnother, isSellersWord, listenedFor, type SaidElsewhere } from './elsewhere.ts';
import { graverKinds } from './kinds.ts';
import { aroundOf, betweenIn, nearIn, neighboursOf, sharesWith, type Neighbours } from './neighbours.ts';
import { byGravity, gravestFirst, isEndKnown } from './others.ts';
import { productsNear } from './products-near.ts';
import { heardOfCompanies, type OfCompanies } from './said-of-companies.ts';
import { heardOfProduct, spokenBetween, spokenOfProducts, type SpokenOfProducts } from './spoke-of-product.ts';
import { RECENT_MS } from './topics.ts';
import { AGES, GRAVE, isNoted } from './worries.ts';
import { readableFrom, type Wrote } from './wrote.ts';

/** Ends of the same end-user's deals that one deal takes, the gravest first, and as many of one that may be the same. Of the rest it knows how many. */
const MOST_ENDED = 10;

/**
 * Tells whether a deal hears of a worry. One that was found out of scope by itself hears that its twin is not, and
 * that one with its end-user was stopped; one that is out of scope, that compliance sent back there what makes it lighter.
 */
const hears = ({ settled }: SaidElsewhere, { of }: Pick<HeardWorry, 'of'>): boolean =>
  settled === undefined ||
  of === 'scope' ||
  of === 'stop' ||
  (of === 'named' && settled !== 'approved') ||
  (of === 'refused' && settled !== 'approved') ||
  (GRAVE.has(of) && settled !== 'found');

/** Returns, for each deal that listens, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> =>
  new Map([...newsInTurn(all, now)].filter((found) => found !== undefined));

/** The approver's act after which a deal was withdrawn: a rep alone brings neither about. */
const JUDGED: readonly (EndedOther['after'] | undefined)[] = ['vote', 'question', 'colleague', 'team', undefined];

/** Returns all, in the order in which they are taken: dummies that a rep withdraws later, or withdrew before, hide no withdrawal. */
const inOrderTaken = (ends: readonly EndedOther[]): EndedOther[] => {
  const alike = new Map<string, EndedOther[]>();
  for (const end of gravestFirst(ends).toSorted(
    (a, b) => byGravity(a, b) || JUDGED.indexOf(a.after) - JUDGED.indexOf(b.after),
  )) {
    const key = `${end.how} ${end.after ?? ''}`;
    alike.set(key, [...(alike.get(key) ?? []), end]);
  }
  return [...alike.values()].flatMap(fromBothEnds);
};

/**
 * The same since an approval, which nobody reads again: with what was answered there against its end-user. Withdrawn once more, it is news if
 * it answered more.
 */
const leftSince = (one: SaidElsewhere, others: Iterable<SaidElsewhere>): EndedOther[] => {
  const { approvedAt = '9', noted } = one;
  const ends = [...others].flatMap((other): EndedOther[] => {
    const { id: deal, left, otherwise } = other;
    if (!left || left.at <= approvedAt || isSellersWord(one, left.by)) return [];
    const said = new Set(otherwise.flatMap(({ topic, question }) => (topic === 'end-user' ? [question] : [])));
    const known = (noted?.ended ?? []).filter((end) => end.deal === deal);
    const against = [...said].filter((question) => !known.some((end) => end.against?.includes(question)));
    if (known.length > 0 && (against.length === 0 || known.some(({ how }) => how !== 'withdrawn'))) return [];
    return [{ deal, how: 'withdrawn', after: 'colleague', at: left.at, ...(against.length > 0 ? { against } : {}) }];
  });
  return inOrderTaken(ends).slice(0, MOST_ENDED);
};

const heardEnds = (one: SaidElsewhere, around: Neighbours, since: Instant): Pick<Others, 'ended' | 'more'> => {
  const endsOf = (others: Iterable<SaidElsewhere>): EndedOther[] =>
    gravestFirst(
      [...others].flatMap((other) =>
        other.ended ? [{ deal: other.id, ...other.ended, ...sharesWith(around, other) }] : [],
      ),
    );
  const isNew = (end: EndedOther): boolean => !isEndKnown(one.noted, end);
  // What a colleague took back before anybody judged it is news where nobody else looks: whoever reviews a deal in scope reads why.
  // Found out of scope at once, a deal hears what there was until then.
  const leftOf = (others: Iterable<SaidElsewhere>): EndedOther[] =>
    [...others].flatMap((other): EndedOther[] => {
      const { id: deal, left } = other;
      if (!left || one.scope !== 'out' || isSellersWord(one, left.by)) return [];
      if (one.settled !== undefined && !(one.foundAt !== undefined && left.at <= one.foundAt)) return [];
      return [{ deal, how: 'withdrawn', after: 'colleague', at: left.at, ...sharesWith(around, other) }];
    });
  const gone = leftSince(one, around.left);
  const takenOf = (others: Iterable<SaidElsewhere>, also: readonly EndedOther[] = []) => {
    const all = inOrderTaken([...(one.settled === 'found' ? [] : endsOf(others)), ...also]);
    return { taken: gravestFirst(all.slice(0, MOST_ENDED)), left: all.slice(MOST_ENDED) };
  };
  const [same, near] = [
    takenOf(around.named, leftOf(around.named)),
    takenOf(around.mayBe.keys(), leftOf(around.mayBe.keys())),
  ];
  const isElse = (end: EndedOther): boolean => near.taken.every(({ deal }) => deal !== end.deal);
  const beside = endsOf(around.beside).filter((end) => end.at > since && isElse(end));
  const transit = endsOf(around.transit.filter((other) => !around.mayBe.has(other))).filter(
    ({ at, how }) => at > since && how !== 'withdrawn',
  );
  const isListed = (end: EndedOther): boolean => beside.some(({ deal }) => deal === end.deal);
  const more = [...same.left, ...near.left].filter((end) => isNew(end) && !isListed(end)).length;
  return {
    ended: [...[...same.taken, ...near.taken, ...beside, ...transit].filter(isNew), ...gone],
    ...(more > 0 ? { more } : {}),
  };
};

/** What approvers said of a deal and have not decided: nobody asks them for less under another name. */
const OF_APPROVERS: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['question', 'asked', 'conditions']);

const heardWorries = (
  one: SaidElsewhere,
  around: Neighbours,
  since: Instant,
  ofCompanies: OfCompanies,
): HeardWorry[] => {
  const { same, named, mayBe, near, nearParty, base, beside, transit, through } = around;
  // Whoever is asked about a list here already looks at the parties.
  const isListed = one.worries.some(({ of }) => of === 'listed');
  const saidOf = (other: SaidElsewhere, also: SaidElsewhere['worries']): HeardWorry[] =>
    [...other.worries, ...also].map((worry) => ({ deal: other.id, ...worry, ...sharesWith(around, other) }));
  const ofAnother = (other: SaidElsewhere, worry: HeardWorry): HeardWorry =>
    worry.of === 'dismissed' &&
    isDismissedOfAnother(one, other, worry, [...named, ...mayBe.keys(), ...near.keys(), ...nearParty.keys()])
      ? { ...worry, otherwise: true }
      : worry;
  const byName = [...mayBe].flatMap(([other, called]) =>
    other.worries.flatMap((worry) =>
      BY_NAME.has(worry.of)
        ? [ofAnother(other, { deal: other.id, ...worry, ...sharesWith(around, other), called })]
        : [],
    ),
  );
  // The same sale asked anew under a longer name sheds no wait.
  const anewAs = (others: Near, by: 'end-user' | 'party', shares: 'name' | 'like'): HeardWorry[] =>
    [...others].flatMap(([other, called]) =>
      [
        // Somebody of that name in another country may well be somebody else.
        ...elsewhere(one, other, by).filter(({ of }) => of !== 'country'),
        ...other.worries.filter(({ of }) => OF_APPROVERS.has(of)),
      ].map((worry) => ({ deal: other.id, ...worry, shares, called })),
    );
  // So does one for whom it was asked as somebody in between.
  const anew = [...anewAs(near, 'end-user', 'name'), ...anewAs(nearParty, 'party', 'like')];
  const isNear = (other: SaidElsewhere): boolean => near.has(other) || nearParty.has(other);
  // What one name may say is not said again of what is beside it.
  const besides = (others: readonly SaidElsewhere[]): HeardWorry[] =>
    others.flatMap((other) => {
      const called = through.get(other);
      return saidOf(other, [])
        .filter(({ of }) => !(mayBe.has(other) && BY_NAME.has(of)) && !(isNear(other) && OF_APPROVERS.has(of)))
        .map((worry) => (called === undefined ? worry : { ...worry, called }));
    });
  const close = [...named, ...(base && !named.has(base) ? [base] : [])].flatMap((other) =>
    saidOf(other, elsewhere(one, other, same.has(other) || other === base ? 'end-user' : 'party')).map((worry) =>
      ofAnother(other, worry),
    ),
  );
  const namedThere = new Map(
    close.flatMap(({ deal, of, text = '' }) => (of === 'named' ? [[deal, text] as const] : [])),
  );
  // A name with its part is said as one there.
  const isSaidThere = ({ deal, text = '' }: HeardWorry): boolean =>
    namedThere.get(deal)?.includes(text.replace(', ', ' ')) ?? false;
  return [
    ...heardOfCompanies(one, ofCompanies, since).filter((worry) => !isSaidThere(worry)),
    ...[...byName, ...anew, ...close].filter(({ at, of }) => at > since || !AGES.has(of)),
    ...besides(beside).filter(({ at }) => at > since),
    ...besides(transit).filter(({ at, of }) => at > since && GRAVE.has(of)),
  ].filter((worry) => hears(one, worry) && !isNoted(one.noted, worry) && !(worry.of === 'listed' && isListed));
};

/** Whoever writes while a deal comes to rest hides nothing that was written before: of each other deal the last two are known alone. */
const WHILE_MS = 3_600_000;

/** Tells whether a deal is said to be out of scope, and nobody looked yet. */
const waitsOut = ({ scope, isOut, ended }: SaidElsewhere): boolean => scope === 'out' && !isOut && ended === undefined;

/** Until when it hears what others write: one that is out of scope, what there was as it came to be. Undefined: it hears nothing of that. */
const hearsUntil = ({ settled, isOut, restsAt, foundAt }: SaidElsewhere): Instant | undefined => {
  const outAt = restsAt ?? (settled === 'found' ? foundAt : undefined);
  if (outAt) return new Date(Date.parse(outAt) + WHILE_MS).toISOString();
  return settled !== undefined || isOut ? undefined : '9';
};

/** The same of its product, in deals for others, where that matters: while it may be out of scope. */
const heardOfIt = (
  one: SaidElsewhere,
  near: readonly string[],
  spoken: SpokenOfProducts,
  between: () => Parameters<typeof heardOfProduct>[4],
): HeardOfProduct | undefined => {
  const until = one.scope === 'in' ? undefined : hearsUntil(one);
  if (until === undefined) return undefined;
  const found = heardOfProduct(one, [...one.now.products, ...near], spoken, until, between());
  return found && isSaidOfProductSince(one.noted, found) ? found : undefined;
};

/**
 * Returns what somebody else wrote last of its end-user, or one that may be the same, where that is later than what the deal knows of: what
 * compliance confirmed of another deal was confirmed without that. One that rests on such a confirmation hears what there was until then;
 * one of which compliance accepted something, what others told since; one that went out of scope at once, what they had told until then.
 */
const heardWritten = (one: SaidElsewhere, around: Neighbours, since: Instant): HeardWritten | undefined => {
  const { accepted = [], settled } = one;
  const until = hearsUntil(one);
  if (until === undefined) return undefined;
  const isHeard = ({ by, at, told }: Wrote): boolean =>
    one.scope === 'in'
      ? told === true && accepted.some((each) => readableFrom(at) > each.at && by !== each.by)
      : at <= until && (settled === undefined || told === true);
  let last: HeardWritten | undefined;
  let isTold = false;
  for (const other of [...around.named, ...around.near.keys(), ...around.nearParty.keys()]) {
    // What its rep wrote there nobody read while that waits, too: until this one came to rest on what was read before.
    const isUnread = one.scope !== 'in' && settled === undefined && waitsOut(other);
    for (const wrote of other.wrote ?? []) {
      const { by, at, told } = wrote;
      if (at <= since || !isHeard(wrote) || (isSellersWord(one, by) && !(isUnread && at <= (one.restsAt ?? at))))
        continue;
      if (told) isTold = true;
      if (at > (last?.at ?? '')) last = { deal: other.id, by, at };
    }
  }
  const found = last && { ...last, ...(isTold ? { told: true as const } : {}) };
  return found && isWrittenSince(one.noted, found) ? found : undefined;
};

/** Returns the questions of which other deals with its end-user take nothing that was accepted for all, as others say, where it does not know that: one deal for each. */
const heardGaps = (one: SaidElsewhere, around: Neighbours): HeardGap[] => {
  if (one.settled !== undefined) return [];
  const heard = new Map<QuestionId, HeardGap>();
  for (const other of [...around.named, ...around.near.keys(), ...around.nearParty.keys()])
    for (const gap of other.gaps ?? []) {
      const isNew = !heard.has(gap.question) && !isGapKnown(one.noted, gap);
      // Whoever sells both said it of their own.
      const isOwn = isSellersWord(one, gap.by) && isSellersWord(other, gap.by);
      if (isNew && !isOwn) heard.set(gap.question, { deal: other.id, ...gap });
    }
  return [...heard.values()];
};

/**
 * The same, a deal at a time: many deals of one end-user take long together. Undefined: no news for one.
 *
 * @param listeners - those whose news is wanted; absent: all
 */
export function* newsInTurn(
  all: readonly SaidElsewhere[],
  now: Instant,
  listeners: readonly SaidElsewhere[] = all,
): Generator<[DealId, Others] | undefined> {
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const around = yield* aroundOf(all, listeners, since);
  const nearTo = productsNear(all.flatMap(({ products }) => products));
  const productsOf = ({ now: { products } }: SaidElsewhere): string[] => products.flatMap(nearTo);
  const latest = yield* latestOtherwise(all, since, listeners, (one) => ({
    near: nearIn(one, around),
    products: productsOf(one),
  }));
  const spoken = yield* spokenOfProducts(all, listeners, since);
  for (const one of listeners) {
    yield;
    if (!one.listens) continue;
    const { id, noted, settled } = one;
    const neighbours = neighboursOf(one, around);
    const { named, mayBe, near, nearParty, left } = neighbours;
    const listened = listenedFor(one);
    const products = productsOf(one);
    const ofProduct = heardOfIt(one, products, spoken, () => spokenBetween(one, betweenIn(one, around).keys(), since));
    if (
      settled !== undefined &&
      !ofProduct &&
      named.size + mayBe.size + near.size + nearParty.size + left.size + listened.length === 0
    )
      continue;
    const { ended, more = 0 } = heardEnds(one, neighbours, since);
    const alike = { near: new Map([...nearParty, ...near]), products };
    const otherwise = listened.flatMap((said) => beyond(one, said, latest, alike));
    const others = [...named, ...near.keys(), ...nearParty.keys()];
    const kinds = graverKinds(one, others, since, { known: noted?.kinds, called: near, like: nearParty });
    const worries = heardWorries(one, neighbours, since, around.ofCompanies);
    const written = heardWritten(one, neighbours, since);
    const gaps = heardGaps(one, neighbours);
    const many = ended.length + otherwise.length + worries.length + kinds.length + gaps.length;
    if (many > 0 || more > (noted?.more ?? 0) || written || ofProduct)
      yield [
        id,
        {
          ended,
          otherwise,
          ...(more > 0 ? { more } : {}),
          ...(kinds.length > 0 ? { kinds } : {}),
          ...(worries.length > 0 ? { worries } : {}),
          ...(written ? { written } : {}),
          ...(ofProduct ? { ofProduct } : {}),
          ...(gaps.length > 0 ? { gaps } : {}),
        },
      ];
  }
}
