/** What deals say of a company in between by its name and its part ("buys for the police"): heard by others through it. House rule. */

import { spaced } from '../../bare.ts';
import { companyKeys } from '../../company-name.ts';
import { isFiller } from '../../filler.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { mayBeSameHere, whereSame } from '../../names-alike.ts';
import { namesIndex, type NamesIndex } from '../../names-index.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { Walk } from '../../walk.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isOnlyBeside } from '../only-beside.ts';
import { kindSaidBy } from '../said/name-says.ts';
import { pastDetails } from '../said/past-details.ts';
import type { DealView } from '../view.ts';
import { inCommon } from './alike.ts';
import {
  isOutside,
  isSameProduct,
  isSellersWord,
  isTwin,
  type SaidElsewhere,
  type SaidOfCompany,
} from './elsewhere.ts';
import { calledEver } from './ever-said.ts';
import { cut } from './joined-words.ts';
import { whoNamed } from './words-ever.ts';

interface Part {
  name: string;
  role: string;
  by: PersonId;
  at: Instant;
}

const textOf = ({ name, role }: Pick<Part, 'name' | 'role'>): string => (role === '' ? name : `${name}, ${role}`);

/** Every company that the deal ever named, with each part that it had: those of now first. */
const partsEver = (view: DealView): Part[] => {
  const { deal } = view;
  const { details, lighterSaid, putIn = [] } = deal;
  const whole = {
    ...deal,
    renamed: [...(deal.corrected ?? []), ...(deal.renamed ?? [])].toSorted((a, b) => (a.until < b.until ? -1 : 1)),
  };
  const buyer = putIn.find(({ name, role }) => role === 'customer' && name === details.customer);
  const bought = whole.renamed.findLast(({ of }) => of === 'customer');
  const known = calledEver(whole).besides.toSorted((a, b) => b.length - a.length);
  const withNames = (one: { value: string; by: PersonId; at: Instant }): Part => {
    const name = known.find((company) => one.value.startsWith(`${company}, `)) ?? one.value;
    return { name, role: one.value.slice(name.length + 2), by: one.by, at: one.at };
  };
  const companies = [...details.intermediaries, ...(lighterSaid?.was.intermediaries ?? [])];
  return [
    ...companies.map((company) => ({ ...company, ...whoNamed(view, company) })),
    {
      name: details.customer,
      role: '',
      by: buyer?.by ?? bought?.changedBy ?? deal.requester,
      at: buyer?.at ?? bought?.until ?? deal.openedAt,
    },
    ...putIn.flatMap(({ name, role = '', by, at }) =>
      role === 'end-user' ? [] : [{ name, role: role === 'customer' ? '' : role, by, at }],
    ),
    ...pastDetails(whole, 'roles').map(withNames),
    ...[...pastDetails(whole, 'intermediaries'), ...pastDetails(whole, 'customer')].map(({ value, by, at }) => ({
      name: value,
      role: '',
      by,
      at,
    })),
  ];
};

/** Undefined: nothing. */
export const saidOfCompanies = (view: DealView): readonly SaidOfCompany[] | undefined => {
  const { policy, deal } = view;
  const { intermediaries, customer, endUser } = deal.details;
  const now = new Set([customer, ...intermediaries.map(textOf)]);
  const found = new Map<string, SaidOfCompany>();
  for (const part of partsEver(view)) {
    const text = textOf(part);
    if (found.has(text) || isFiller(part.name) || part.name === endUser.name) continue;
    const kind = kindSaidBy(policy, text, 'private');
    if (kind === undefined) continue;
    found.set(text, {
      text,
      name: part.name,
      keys: companyKeys(part.name),
      kind,
      by: part.by,
      at: part.at,
      ...(now.has(text) ? { stands: true as const } : {}),
      ...(part.role !== '' && kindSaidBy(policy, part.name, 'private') === kind ? { byName: true as const } : {}),
    });
  }
  return found.size === 0 ? undefined : [...found.values()];
};

interface Entry {
  one: SaidElsewhere;
  said: SaidOfCompany;
}
/** By what companies are called: few deals say anything of one. */
export interface OfCompanies {
  byKey: ReadonlyMap<string, readonly Entry[]>;
  /** Those of one name, by its number in the index. */
  index: NamesIndex;
  named: readonly { name: string; entries: readonly Entry[] }[];
}

export function* ofCompaniesIn(all: readonly SaidElsewhere[], since: Instant): Walk<OfCompanies> {
  const byKey = new Map<string, Entry[]>();
  const index = namesIndex();
  const named: { name: string; entries: Entry[] }[] = [];
  for (const one of all) {
    yield;
    for (const said of one.ofCompanies ?? []) {
      if (said.at <= since) continue;
      const entry = { one, said };
      for (const key of said.keys) {
        const same = byKey.get(key);
        if (same) same.push(entry);
        else byKey.set(key, [entry]);
      }
      (named[index.add(said.name, one.destinations)] ??= { name: said.name, entries: [] }).entries.push(entry);
    }
  }
  return { byKey, index, named };
}

/** Returns what is said of these companies, or of some that may be the same. */
const saidOf = (one: SaidElsewhere, { byKey, index, named }: OfCompanies): Set<Entry> => {
  const names = one.called.besides.filter((name) => !isFiller(name));
  const found = new Set(names.flatMap(companyKeys).flatMap((key) => byKey.get(key) ?? []));
  for (const name of names)
    for (const at of new Set([...index.like(name), ...index.likeIn(name, one.destinations)])) {
      const { name: called, entries } = named[at]!;
      const where = whereSame(name, called);
      if (where === 'never') continue;
      for (const entry of entries)
        if (where === 'anywhere' || mayBeSameHere(name, called, inCommon(one, entry.one))) found.add(entry);
    }
  return found;
};

/** Of each person so much is heard at once, and of all: nobody pushes off another; and within a year. As long as one line. */
const MOST_OF_PERSON = 4;
const MOST_HEARD = 24;
const YEARLY = 3;
const LONGEST = 300;

/** What is said while a deal comes to rest is said before it. */
const WHILE_MS = 3_600_000;

/** Until when it hears: one that rests on another's confirmation, what there was when it came to; any that is settled, nothing. */
const hearsUntil = ({ settled, isOut, restsAt }: SaidElsewhere): Instant | undefined => {
  if (settled !== undefined || (isOut && restsAt === undefined)) return undefined;
  return restsAt === undefined ? '9' : new Date(Date.parse(restsAt) + WHILE_MS).toISOString();
};

const isOfProduct = (one: SaidElsewhere, other: SaidElsewhere): boolean =>
  isSameProduct(one, other) || [...one.products, ...other.products].some(isOutside);

/** Others' words first, then the graver kind, then the latest. */
const weightiest = (a: Entry, b: Entry): number =>
  Number(isSellersWord(a.one, a.said.by)) - Number(isSellersWord(b.one, b.said.by)) ||
  Number(isGraver(b.said.kind, a.said.kind)) - Number(isGraver(a.said.kind, b.said.kind)) ||
  (a.said.at < b.said.at ? 1 : Number(a.said.at > b.said.at) * -1);

const left = (most: number, noted = 0): number => Math.max(0, Math.min(most, YEARLY * most - noted));

/**
 * Returns what others with its product, in whatever country, say of a company that it names, where that is a kind no milder than its
 * end-user's: another service than the end-user is somebody else. What stands here in the same words is none, nor what the company's very
 * name says that stands here.
 */
export const heardOfCompanies = (
  one: SaidElsewhere,
  around: OfCompanies,
  since: Instant,
): (HeardWorry & { of: 'named' })[] => {
  const until = hearsUntil(one);
  if (until === undefined || around.byKey.size === 0) return [];
  const standing = (one.ofCompanies ?? []).filter(({ stands }) => stands);
  const saidHere = new Set(standing.map(({ text }) => spaced(text)));
  const namedHere = new Set(standing.map(({ name }) => spaced(name)));
  const all = [...saidOf(one, around)].filter(
    ({ one: other, said }) =>
      other !== one &&
      said.at <= until &&
      !isGraver(one.kind.now, said.kind) &&
      isOfProduct(one, other) &&
      !saidHere.has(spaced(said.text)) &&
      !((said.byName || said.text === said.name) && namedHere.has(spaced(said.name))),
  );
  const noted = (one.noted?.worries ?? []).filter((worry) => worry.of === 'named' && isOnlyBeside(worry));
  const times = new Map<PersonId, number>();
  const lately = noted.filter(({ at }) => at > since);
  for (const { by } of lately) times.set(by, (times.get(by) ?? 0) + 1);
  const known = new Set(noted.map(({ deal, text }) => `${deal} ${text}`));
  const byPerson = new Map<PersonId, Entry[]>();
  for (const entry of all.toSorted(weightiest)) {
    const { by } = entry.said;
    if (!known.has(`${entry.one.id} ${cut(entry.said.text, LONGEST)}`))
      byPerson.set(by, [...(byPerson.get(by) ?? []), entry]);
  }
  const heard = [...byPerson]
    .flatMap(([by, theirs]) => fromBothEnds(theirs).slice(0, left(MOST_OF_PERSON, times.get(by))))
    .toSorted(weightiest)
    .slice(0, left(MOST_HEARD, lately.length));
  return heard.map(({ one: other, said: { text, by, at } }) => ({
    deal: other.id,
    of: 'named' as const,
    by,
    at,
    text: cut(text, LONGEST),
    shares: isTwin(one, other) ? ('sale' as const) : ('product' as const),
  }));
};
