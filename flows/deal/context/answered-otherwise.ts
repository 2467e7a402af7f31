/** What other deals answered otherwise, about the same country, end-user, product or sale. House rule. */

import type { DealId, Instant, PersonId } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOtherwise } from '../heard-shapes.ts';
import { isOutside, listenedFor, type Graver, type SaidElsewhere } from './elsewhere.ts';
import { othersOnly, unheard, type Milder, type Topic } from './topics.ts';
import { latestFirst } from './worries.ts';

/**
 * Names the same sale by its end-user and country, where either product is outside the catalogue: it may be any. `any`: by
 * whatever product; `outside`: by one of those.
 */
const twinKeys = (
  keys: readonly string[],
  { destinations }: Pick<SaidElsewhere, 'destinations'>,
  product: 'any' | 'outside',
): string[] => keys.flatMap((key) => destinations.map((country) => `${product} to ${key} in ${country}`));

/** Whom, and what, a listener hears of beside what it names. */
export interface Alike {
  near: Near;
  /** Products outside the catalogue that are named nearly as one of its own. */
  products: readonly string[];
}

/** Deals in which somebody may be one whom the listener names, one of the two an end-user, by the name there. */
export type Near = ReadonlyMap<SaidElsewhere, string>;

/** Stands for a deal's end-user, for those where it may be the same under another name. */
const ofDeal = ({ id }: SaidElsewhere): string => `of ${id}`;

/**
 * Names what an answer is about, for whoever says it and for whoever listens. An end-user counts where the other names it in
 * any part; that both name the same company in between is nothing.
 */
const spokenOf = (one: SaidElsewhere, { topic, about }: Graver): string[] => {
  const { endUsers, parties } = one;
  const keys = [...endUsers, ofDeal(one)];
  const twins = [...twinKeys(keys, one, 'any'), ...(about.some(isOutside) ? twinKeys(keys, one, 'outside') : [])];
  switch (topic) {
    case 'country':
      return [...about];
    case 'product':
      return [...about, ...twins];
    case 'end-user':
      return [...endUsers.map((key) => `is ${key}`), ...parties.map((key) => `names ${key}`), ofDeal(one)];
    case 'sale':
      return [...keys.flatMap((key) => about.map((product) => `${key} ${product}`)), ...twins];
    default: {
      const never: never = topic;
      return never;
    }
  }
};
const listenedTo = (one: SaidElsewhere, topic: Topic, { near, products }: Alike): string[] => {
  const { now, endUsers, parties } = one;
  const sold = [...now.products, ...products];
  const others = [...near.keys()].map(ofDeal);
  const keys = [...endUsers, ...others];
  const twins = twinKeys(keys, now, now.products.some(isOutside) ? 'any' : 'outside');
  switch (topic) {
    case 'country':
      return [...now.destinations];
    case 'product':
      return [...sold, ...twins];
    case 'end-user':
      return [...parties.map((key) => `is ${key}`), ...endUsers.map((key) => `names ${key}`), ...others];
    case 'sale':
      return [...keys.flatMap((key) => sold.map((product) => `${key} ${product}`)), ...twins];
    default: {
      const never: never = topic;
      return never;
    }
  }
};

interface Said {
  one: SaidElsewhere;
  at: Instant;
  by: PersonId;
}

/** Who said the same, once for each deal. */
interface Sayers {
  /** Those that stand first, and then the latest. */
  all: readonly Said[];
  /** By owner, in the order of the first of each. */
  byOwner: ReadonlyMap<PersonId, readonly Said[]>;
  /** Of each person who said it, the first two deals in that order. */
  byPerson: ReadonlyMap<PersonId, readonly Said[]>;
}

export type Latest = ReadonlyMap<string, Sayers>;
const keyOf = (question: QuestionId, value: string, topic: Topic, subject: string): string =>
  `${question}=${value} of ${topic} ${subject}`;

/** Tells whether a deal was not simply taken back, as one that was opened by mistake is. */
const stands = ({ listens, ended }: SaidElsewhere): boolean =>
  listens || (ended !== undefined && ended.how !== 'withdrawn');

/** Tells whether somebody else said it than who looks after that deal. */
const isOfColleague = ({ one, by }: Said): boolean => by !== one.owner;

const standingFirst = (a: Said, b: Said): number =>
  Number(stands(b.one)) - Number(stands(a.one)) || latestFirst(a, b) || (a.one.id < b.one.id ? -1 : 1);

/** Names everything that somebody listens to whose answers may be contradicted. */
function* subjectsOf(
  listeners: readonly SaidElsewhere[],
  alikeOf: (one: SaidElsewhere) => Alike,
): Walk<ReadonlySet<string>> {
  const wanted = new Set<string>();
  for (const one of listeners) {
    yield;
    if (!one.listens) continue;
    const alike = alikeOf(one);
    for (const topic of new Set(listenedFor(one).map((said) => said.topic)))
      for (const subject of listenedTo(one, topic, alike)) wanted.add(subject);
  }
  return wanted;
}

/** Returns who said what of what these listen to: most that was ever said is about nobody who is asked now. */
export function* latestOtherwise(
  all: readonly SaidElsewhere[],
  since: Instant,
  listeners: readonly SaidElsewhere[],
  alikeOf: (one: SaidElsewhere) => Alike,
): Walk<Latest> {
  const wanted = yield* subjectsOf(listeners, alikeOf);
  const found = new Map<string, Said[]>();
  const add = (key: string, said: Said): void => {
    const known = found.get(key);
    const last = known?.at(-1);
    if (!known) found.set(key, [said]);
    // One deal may say it twice: as it is now, and as it was. What a colleague said there is no slip of its rep.
    else if (last?.one !== said.one) known.push(said);
    else if (isOfColleague(said) === isOfColleague(last) ? last.at < said.at : isOfColleague(said))
      known[known.length - 1] = said;
  };
  for (const one of all) {
    yield;
    for (const said of one.otherwise) {
      if (said.at <= since) continue;
      for (const subject of spokenOf(one, said)) {
        if (!wanted.has(subject)) continue;
        const { at, by = one.owner } = said;
        for (const value of said.says) add(keyOf(said.question, value, said.topic, subject), { one, at, by });
      }
    }
  }
  const latest = new Map<string, Sayers>();
  for (const [key, said] of found) {
    yield;
    const sorted = said.toSorted(standingFirst);
    const [byOwner, byPerson] = [new Map<PersonId, Said[]>(), new Map<PersonId, Said[]>()];
    for (const each of sorted) {
      const said = byPerson.get(each.by);
      if (!said) byPerson.set(each.by, [each]);
      else if (said.length < 2) said.push(each);
      const theirs = byOwner.get(each.one.owner);
      if (theirs) theirs.push(each);
      else byOwner.set(each.one.owner, [each]);
    }
    latest.set(key, { all: sorted, byOwner, byPerson });
  }
  return latest;
}

/** Of one owner's deals, so many are looked at for one on which nobody of the team worked. */
const MOST_LOOKED = 100;

/**
 * Returns the deal that is named first of those that say the same. A rep's own dummy hides nobody's: first one with which nobody of the team has to
 * do; else one that none of the team owns, and on which the owner did not work; else one in which somebody else than
 * the owner said it; else the best of all. Each time one that stands, the latest.
 */
const namedOf = (one: SaidElsewhere, { all, byOwner }: Sayers): { said: Said; own: boolean } | undefined => {
  const ours = new Set(one.team);
  const isFree = ({ team }: SaidElsewhere): boolean => !team.some((id) => ours.has(id));
  const isApartFromOwner = ({ team }: SaidElsewhere): boolean => !team.includes(one.owner);
  const apart = [isFree, isApartFromOwner].flatMap((isApart) => [
    (other: SaidElsewhere): boolean => stands(other) && isApart(other),
    isApart,
  ]);
  for (const isApart of apart)
    for (const [owner, theirs] of byOwner) {
      if (ours.has(owner)) continue;
      const said = theirs.slice(0, MOST_LOOKED).find((other) => other.one !== one && isApart(other.one));
      if (said) return { said, own: false };
    }
  const others = all.filter((other) => other.one !== one);
  const colleague = others.find(({ by }) => by !== one.owner);
  if (colleague) return { said: colleague, own: false };
  const [said] = others;
  return said && { said, own: true };
};

/** Returns another owner's beside the one that is named, where it stands and nobody of the team has to do with it: either may be withdrawn again. */
const secondOf = (one: SaidElsewhere, { byOwner }: Sayers, first: SaidElsewhere): Said | undefined => {
  const ours = new Set(one.team);
  for (const [owner, theirs] of byOwner) {
    if (ours.has(owner) || owner === first.owner) continue;
    const second = theirs
      .slice(0, MOST_LOOKED)
      .find((other) => other.one !== one && stands(other.one) && !other.one.team.some((id) => ours.has(id)));
    if (second) return second;
  }
  return undefined;
};

/** Returns one that stands, once none of those that were named does: a friend who withdraws theirs takes back nobody else's word. */
const insteadOf = (
  one: SaidElsewhere,
  sayers: readonly Sayers[],
  told: readonly Pick<HeardOtherwise, 'deal'>[],
): Said | undefined => {
  const named = new Set(told.map(({ deal }) => deal));
  const isStill = sayers.some(({ all }) => all.some((each) => named.has(each.one.id) && stands(each.one)));
  const found = isStill ? [] : sayers.flatMap((those) => namedOf(one, those) ?? []);
  return found.find(({ said, own }) => !own && stands(said.one) && !named.has(said.one.id))?.said;
};

/** Returns how many others say it. Of an end-user each under whatever name; of a country or a product there are too many to tell apart. */
const saidBy = (one: SaidElsewhere, topic: Topic, sayers: readonly Sayers[]): number => {
  if (topic === 'end-user' && sayers.length > 1)
    return new Set(sayers.flatMap(({ all }) => all.flatMap((each) => (each.one === one ? [] : [each.one])))).size;
  return Math.max(...sayers.map(({ all }) => all.length - Number(all.some((each) => each.one === one))));
};

/** The same of what was said until then: what a deal was found out of scope over. */
const saidUntil = ({ all, byOwner, byPerson }: Sayers, until: Instant): Sayers => {
  const then = (some: readonly Said[]): Said[] => some.filter(({ at }) => at <= until);
  const each = (groups: ReadonlyMap<PersonId, readonly Said[]>) =>
    new Map([...groups].map(([person, some]) => [person, then(some)] as const));
  return { all: then(all), byOwner: each(byOwner), byPerson: each(byPerson) };
};

/** People of whom a deal hears one by one that they say the same of its end-user. */
const MOST_PEOPLE = 5;

/** Returns who else says it, and of whom nobody told: one person's dummies hide no other's word. */
const others = (
  one: SaidElsewhere,
  sayers: readonly Sayers[],
  known: readonly Pick<HeardOtherwise, 'by' | 'own'>[],
): Said[] => {
  // Older ones do not say who: they cover everybody.
  if (known.some(({ by, own }) => by === undefined && !own)) return [];
  const told = new Set(known.map(({ by }) => by));
  const found = new Map<PersonId, Said>();
  for (const { byPerson } of sayers)
    for (const [person, theirs] of byPerson) {
      const said = theirs.find((each) => each.one !== one);
      if (said && person !== one.owner && !told.has(person) && !found.has(person)) found.set(person, said);
    }
  return [...found.values()].slice(0, Math.max(0, MOST_PEOPLE - told.size));
};

/** Returns what others say beyond an answer, by the deal that says it; each word once, and once more where only the team's own deal said it. */
export const beyond = (
  one: SaidElsewhere,
  { question, topic, unsaid }: Milder,
  latest: Latest,
  alike: Alike,
): HeardOtherwise[] => {
  const { near } = alike;
  const subjects = listenedTo(one, topic, alike);
  const noted = one.noted?.otherwise;
  const heard = new Map<DealId, HeardOtherwise & { says: string[] }>();
  const hear = (
    { one: { id }, at, by }: Said,
    value: string,
    more: Pick<HeardOtherwise, 'called' | 'own' | 'more' | 'instead'>,
  ): void => {
    const known = heard.get(id);
    if (known) {
      known.says.push(value);
      if ((more.more ?? 0) > (known.more ?? 0)) known.more = more.more;
    } else {
      const who = topic === 'end-user' ? { by } : {};
      heard.set(id, { question, deal: id, at, says: [value], ...who, ...more });
    }
  };
  const [anew, again] = [unheard(othersOnly(noted), question, unsaid), unheard(noted, question, unsaid)];
  for (const value of unsaid) {
    const sayers = subjects
      .flatMap((subject) => latest.get(keyOf(question, value, topic, subject)) ?? [])
      .map((those) => (topic === 'product' && one.foundAt !== undefined ? saidUntil(those, one.foundAt) : those));
    const calledOf = (said: Said) => (near.has(said.one) ? { called: near.get(said.one) } : {});
    const [found] = anew.includes(value)
      ? sayers
          .flatMap((those) => namedOf(one, those) ?? [])
          .toSorted((a, b) => Number(a.own) - Number(b.own) || standingFirst(a.said, b.said))
      : [];
    const isNews = found !== undefined && (!found.own || again.includes(value));
    if (isNews) {
      const more = saidBy(one, topic, sayers) - 1;
      hear(found.said, value, {
        ...calledOf(found.said),
        ...(found.own ? { own: true } : {}),
        ...(more > 0 ? { more } : {}),
      });
      const [second] =
        topic === 'end-user' || found.own ? [] : sayers.flatMap((those) => secondOf(one, those, found.said.one) ?? []);
      if (second) hear(second, value, calledOf(second));
    }
    const told = (noted ?? []).filter((known) => known.question === question && (known.says?.includes(value) ?? true));
    if (topic !== 'end-user') {
      const next = anew.includes(value) ? undefined : insteadOf(one, sayers, told);
      if (next) hear(next, value, { ...calledOf(next), instead: true });
      continue;
    }
    const now = isNews ? [{ by: found.said.by, own: undefined }] : [];
    for (const said of others(one, sayers, [...told, ...now])) hear(said, value, calledOf(said));
  }
  return [...heard.values()];
};
