/** What a deal does not know yet of the others: it is told once. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import type { EndUserKind, QuestionId } from '../../policy/policy.ts';
import type { EndedOther, HeardOtherwise, HeardWorry, Others } from '../said-shapes.ts';
import { elsewhere, isOutside, isTwin, type Graver, type SaidElsewhere } from './elsewhere.ts';
import { graverKind, isGraver } from './kinds.ts';
import { gravestFirst, isEndKnown, RECENT_MS } from './others.ts';
import { unheard, type Milder, type Topic } from './topics.ts';
import { AGES, doubts, GRAVE, isNoted, latestFirst } from './worries.ts';

/** Ends of the same end-user's deals that one deal takes, the gravest first. Of the rest it knows how many. */
const MOST_ENDED = 10;
/**
 * Deals through the same company that it hears of, where only their own teams speak against them. What somebody else said
 * against one is heard whatever there is beside it, up to a number that nobody opens by the way: dummies hide nothing.
 */
const MOST_BESIDE = 5;
const MOST_DOUBTED = 50;

const grouped = (all: readonly SaidElsewhere[], keys: (one: SaidElsewhere) => readonly string[]) => {
  const groups = new Map<string, SaidElsewhere[]>();
  for (const one of all) {
    for (const key of keys(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
};

/**
 * Names the same sale by its end-user and country, where either product is outside the catalogue: it may be any. `any`: by
 * whatever product; `outside`: by one of those.
 */
const twinKeys = (
  { endUsers }: SaidElsewhere,
  { destinations }: Pick<SaidElsewhere, 'destinations'>,
  product: 'any' | 'outside',
): string[] => endUsers.flatMap((key) => destinations.map((country) => `${product} to ${key} in ${country}`));

/**
 * Names what an answer is about, for whoever says it and for whoever listens. An end-user counts where the other names it in
 * any part; that both name the same company in between is nothing.
 */
const spokenOf = (one: SaidElsewhere, { topic, about }: Graver): string[] => {
  const { endUsers, parties } = one;
  const twins = [...twinKeys(one, one, 'any'), ...(about.some(isOutside) ? twinKeys(one, one, 'outside') : [])];
  switch (topic) {
    case 'country':
      return [...about];
    case 'product':
      return [...about, ...twins];
    case 'end-user':
      return [...endUsers.map((key) => `is ${key}`), ...parties.map((key) => `names ${key}`)];
    case 'sale':
      return [...endUsers.flatMap((key) => about.map((product) => `${key} ${product}`)), ...twins];
    default: {
      const never: never = topic;
      return never;
    }
  }
};
const listenedTo = (one: SaidElsewhere, topic: Topic): string[] => {
  const { now, endUsers, parties } = one;
  const twins = twinKeys(one, now, now.products.some(isOutside) ? 'any' : 'outside');
  switch (topic) {
    case 'country':
      return [...now.destinations];
    case 'product':
      return [...now.products, ...twins];
    case 'end-user':
      return [...parties.map((key) => `is ${key}`), ...endUsers.map((key) => `names ${key}`)];
    case 'sale':
      return [...endUsers.flatMap((key) => now.products.map((product) => `${key} ${product}`)), ...twins];
    default: {
      const never: never = topic;
      return never;
    }
  }
};

type Latest = ReadonlyMap<string, readonly { deal: DealId; at: Instant }[]>;
const keyOf = (question: QuestionId, value: string, topic: Topic, subject: string): string =>
  `${question}=${value} of ${topic} ${subject}`;

/** Returns the latest two of each kind, which are enough: one of them is another deal's. */
const latestOtherwise = (all: readonly SaidElsewhere[], since: Instant): Latest => {
  const latest = new Map<string, { deal: DealId; at: Instant }[]>();
  for (const one of all) {
    for (const said of one.otherwise) {
      if (said.at <= since) continue;
      for (const subject of spokenOf(one, said)) {
        for (const value of said.says) {
          const key = keyOf(said.question, value, said.topic, subject);
          // One deal may say it twice: as it is now, and as it was.
          const found = [...(latest.get(key) ?? []), { deal: one.id, at: said.at }].toSorted(latestFirst);
          latest.set(
            key,
            found.filter(({ deal }, i) => found.findIndex((other) => other.deal === deal) === i).slice(0, 2),
          );
        }
      }
    }
  }
  return latest;
};

/** Returns what others say beyond an answer, by the deal that says it; each word once. */
const beyond = (one: SaidElsewhere, { question, topic, unsaid }: Milder, latest: Latest): HeardOtherwise[] => {
  const subjects = listenedTo(one, topic);
  const heard = new Map<DealId, HeardOtherwise & { says: string[] }>();
  for (const value of unheard(one.noted?.otherwise, question, unsaid)) {
    const [found] = subjects
      .flatMap((subject) => latest.get(keyOf(question, value, topic, subject)) ?? [])
      .filter(({ deal }) => deal !== one.id)
      .toSorted(latestFirst);
    if (!found) continue;
    const known = heard.get(found.deal);
    if (known) known.says.push(value);
    else heard.set(found.deal, { question, ...found, says: [value] });
  }
  return [...heard.values()];
};

/** The mildest kind that settled deals say, by those keys. */
const mildestKinds = (
  all: readonly SaidElsewhere[],
  keys: (one: SaidElsewhere) => readonly string[],
): Map<string, EndUserKind> => {
  const mildest = new Map<string, EndUserKind>();
  for (const one of all) {
    const { now } = one.kind;
    if (one.settled === undefined || now === 'unknown') continue;
    for (const key of keys(one)) {
      const known = mildest.get(key);
      if (known === undefined || isGraver(known, now)) mildest.set(key, now);
    }
  }
  return mildest;
};

const endUsersOf = ({ endUsers }: SaidElsewhere): readonly string[] => endUsers;
const partiesOf = ({ parties }: SaidElsewhere): readonly string[] => parties;

/** Returns the deals of which a settled one may hear: most deals are settled, and most say nothing against another. */
const loudOf = (all: readonly SaidElsewhere[]): SaidElsewhere[] => {
  const [ofEndUser, ofParty] = [mildestKinds(all, endUsersOf), mildestKinds(all, partiesOf)];
  const isGraverThan = (kind: EndUserKind, mildest: EndUserKind | undefined): boolean =>
    mildest !== undefined && isGraver(kind, mildest);
  return all.filter(
    ({ ended, worries, kind, endUsers, parties }) =>
      ended !== undefined ||
      worries.length > 0 ||
      parties.some((key) => isGraverThan(kind.gravest, ofEndUser.get(key))) ||
      endUsers.some((key) => isGraverThan(kind.gravest, ofParty.get(key))),
  );
};

const isRecent = ({ worries, ended }: SaidElsewhere, since: Instant): boolean =>
  (ended?.at ?? '') > since || worries.some(({ at }) => at > since);

/** Tells whether somebody beside its own team spoke against a deal. */
const isDoubted = ({ team, worries, ended }: SaidElsewhere): boolean =>
  ended?.how === 'declined' || worries.some((worry) => doubts(worry) && !team.includes(worry.by));

/** Those that others doubted, declined ones first and then the latest; then a few of which only their teams speak. */
const mostGrave = (beside: readonly SaidElsewhere[]): SaidElsewhere[] => {
  const lastSaid = ({ worries, ended }: SaidElsewhere): Instant =>
    [ended?.at ?? '', ...worries.map(({ at }) => at)].reduce((a, b) => (a > b ? a : b));
  const sorted = beside.toSorted(
    (a, b) =>
      Number(b.ended?.how === 'declined') - Number(a.ended?.how === 'declined') ||
      latestFirst({ at: lastSaid(a) }, { at: lastSaid(b) }),
  );
  return [
    ...sorted.filter(isDoubted).slice(0, MOST_DOUBTED),
    ...sorted.filter((one) => !isDoubted(one)).slice(0, MOST_BESIDE),
  ];
};

/** Tells whether a deal hears of a worry. Who found a harmless product out of scope by itself hears that its twin is not. */
const hears = ({ settled }: SaidElsewhere, { of }: Pick<HeardWorry, 'of'>): boolean =>
  settled === undefined || of === 'scope' || (settled !== 'found' && GRAVE.has(of));

/** Returns, for each deal that listens, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> =>
  new Map([...newsInTurn(all, now)].filter((found) => found !== undefined));

/** The same, a deal at a time: many deals of one end-user take long together. Undefined: no news for one. */
export function* newsInTurn(all: readonly SaidElsewhere[], now: Instant): Generator<[DealId, Others] | undefined> {
  const [sameEndUser, sameParty] = [grouped(all, endUsersOf), grouped(all, partiesOf)];
  const loud = loudOf(all);
  const [loudEndUser, loudParty] = [grouped(loud, endUsersOf), grouped(loud, partiesOf)];
  const byId = new Map(all.map((one) => [one.id, one]));
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const latest = latestOtherwise(all, since);
  for (const one of all) {
    yield;
    if (!one.listens) continue;
    const { id, endUsers, parties, milder, noted, settled } = one;
    // What was found out of scope is looked at beside its twins.
    const byEndUser = settled === 'approved' ? loudEndUser : sameEndUser;
    const byParty = settled === undefined ? sameParty : loudParty;
    const byEndUserInParts = settled === undefined ? sameEndUser : loudEndUser;
    const same = new Set(endUsers.flatMap((endUser) => byEndUser.get(endUser) ?? []));
    const named = new Set([
      ...same,
      ...parties.flatMap((party) => byEndUserInParts.get(party) ?? []),
      ...endUsers.flatMap((endUser) => byParty.get(endUser) ?? []),
    ]);
    named.delete(one);
    if (settled !== undefined && named.size === 0) continue;
    const base = one.rests === undefined ? undefined : byId.get(one.rests);
    // The same sale through the same company, for another end-user: a name is changed easily.
    const beside =
      settled === undefined
        ? mostGrave(
            [...new Set(parties.flatMap((party) => loudParty.get(party) ?? []))].filter(
              (other) =>
                other !== one && other !== base && !named.has(other) && isTwin(one, other) && isRecent(other, since),
            ),
          )
        : [];
    const shares = (other: SaidElsewhere): Pick<HeardWorry, 'shares'> =>
      same.has(other) ? {} : { shares: named.has(other) ? 'party' : other === base ? 'confirmation' : 'sale' };

    const endsOf = (others: Iterable<SaidElsewhere>): EndedOther[] =>
      gravestFirst(
        [...others].flatMap((other) => (other.ended ? [{ deal: other.id, ...other.ended, ...shares(other) }] : [])),
      );
    const allEnded = settled === 'found' ? [] : endsOf(named);
    const isNew = (end: EndedOther): boolean => !isEndKnown(noted, end);
    const ended = [...allEnded.slice(0, MOST_ENDED), ...endsOf(beside).filter(({ at }) => at > since)].filter(isNew);
    const more = allEnded.slice(MOST_ENDED).filter(isNew).length;
    const otherwise = settled === undefined ? milder.flatMap((said) => beyond(one, said, latest)) : [];
    const kind = graverKind(one, [...named], since, noted?.kinds);
    const worriesOf = (other: SaidElsewhere, also: SaidElsewhere['worries']): HeardWorry[] =>
      [...other.worries, ...also].map((worry) => ({ deal: other.id, ...worry, ...shares(other) }));
    const worries = [
      ...[...named, ...(base && !named.has(base) ? [base] : [])].flatMap((other) =>
        worriesOf(other, elsewhere(one, other, same.has(other) || other === base ? 'end-user' : 'party')).filter(
          ({ at, of }) => at > since || !AGES.has(of),
        ),
      ),
      ...beside.flatMap((other) => worriesOf(other, []).filter(({ at }) => at > since)),
    ]
      .filter((worry) => hears(one, worry))
      .filter((worry) => !isNoted(noted, worry));
    if (ended.length + otherwise.length + worries.length > 0 || kind || more > (noted?.more ?? 0))
      yield [
        id,
        {
          ended,
          otherwise,
          ...(more > 0 ? { more } : {}),
          ...(kind ? { kinds: [kind] } : {}),
          ...(worries.length > 0 ? { worries } : {}),
        },
      ];
  }
}
