/** What deals say of a company in between by its name and its part ("buys for the police"): heard by others through it. House rule. */

import { spaced } from '../../bare.ts';
import { companyKeys } from '../../company-name.ts';
import { isFiller } from '../../filler.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { Walk } from '../../walk.ts';
import type { HeardWorry } from '../heard-shapes.ts';
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
import { amongNames } from './may-be-one.ts';
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
  const whole = { ...deal, renamed: [...(deal.corrected ?? []), ...(deal.renamed ?? [])] };
  const known = calledEver(deal).besides.toSorted((a, b) => b.length - a.length);
  const withNames = (one: { value: string; by: PersonId; at: Instant }): Part => {
    const name = known.find((company) => one.value.startsWith(`${company}, `)) ?? one.value;
    return { name, role: one.value.slice(name.length + 2), by: one.by, at: one.at };
  };
  const companies = [...details.intermediaries, ...(lighterSaid?.was.intermediaries ?? [])];
  return [
    ...companies.map((company) => ({ ...company, ...whoNamed(view, company) })),
    ...[details.customer].map((name) => ({ name, role: '', by: deal.requester, at: deal.openedAt })),
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
  const { endUsers } = calledEver(deal);
  const { intermediaries, customer } = deal.details;
  const now = new Set([customer, ...intermediaries.map(textOf)]);
  const found = new Map<string, SaidOfCompany>();
  for (const part of partsEver(view)) {
    const text = textOf(part);
    if (found.has(text) || isFiller(part.name) || endUsers.includes(part.name)) continue;
    const kind = kindSaidBy(policy, text, 'private');
    if (kind === undefined) continue;
    const stands = now.has(text) ? { stands: true as const } : {};
    found.set(text, { text, name: part.name, keys: companyKeys(part.name), kind, by: part.by, at: part.at, ...stands });
  }
  return found.size === 0 ? undefined : [...found.values()];
};

interface Entry {
  one: SaidElsewhere;
  said: SaidOfCompany;
}
/** By what companies are called: few deals say anything of one. */
export type OfCompanies = ReadonlyMap<string, { keys: ReadonlySet<string>; entries: readonly Entry[] }>;

export function* ofCompaniesIn(all: readonly SaidElsewhere[], since: Instant): Walk<OfCompanies> {
  const found = new Map<string, { keys: ReadonlySet<string>; entries: Entry[] }>();
  for (const one of all) {
    yield;
    for (const said of one.ofCompanies ?? []) {
      if (said.at <= since) continue;
      const known = found.get(said.name);
      if (known) known.entries.push({ one, said });
      else found.set(said.name, { keys: new Set(said.keys), entries: [{ one, said }] });
    }
  }
  return found;
}

/** Of each person so much is heard, and of all: nobody pushes off another. As long as one line. */
const MOST_OF_PERSON = 3;
const MOST_HEARD = 12;
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

/**
 * Returns what others with its product, in whatever country, say of a company that it names, where that is a kind no milder than its
 * end-user's: another service than the end-user is somebody else. What stands here in the same words is none.
 */
export const heardOfCompanies = (one: SaidElsewhere, around: OfCompanies): (HeardWorry & { of: 'named' })[] => {
  const until = hearsUntil(one);
  if (until === undefined || around.size === 0) return [];
  const named = one.called.besides.filter((name) => !isFiller(name));
  const mine = new Set(named.flatMap(companyKeys));
  const mayBe = amongNames(named);
  const through = [...around].flatMap(([name, { keys, entries }]) =>
    [...keys].some((key) => mine.has(key)) ? entries : entries.filter((entry) => mayBe(name, inCommon(one, entry.one))),
  );
  const saidHere = new Set((one.ofCompanies ?? []).flatMap(({ text, stands }) => (stands ? [spaced(text)] : [])));
  const all = through.filter(
    ({ one: other, said }) =>
      other !== one &&
      said.at <= until &&
      !isGraver(one.kind.now, said.kind) &&
      isOfProduct(one, other) &&
      !saidHere.has(spaced(said.text)),
  );
  const heard = new Map<string, Entry>();
  const times = new Map<PersonId, number>();
  for (const entry of all.toSorted(weightiest)) {
    const { by } = entry.said;
    const name = `${entry.one.id} ${entry.said.text}`;
    const many = times.get(by) ?? 0;
    if (heard.has(name) || many === MOST_OF_PERSON || heard.size === MOST_HEARD) continue;
    heard.set(name, entry);
    times.set(by, many + 1);
  }
  return [...heard.values()].map(({ one: other, said: { text, by, at } }) => ({
    deal: other.id,
    of: 'named' as const,
    by,
    at,
    text: cut(text, LONGEST),
    shares: isTwin(one, other) ? ('sale' as const) : ('product' as const),
  }));
};
