/** Names in the details that were others, in words: those that wait for compliance, and all that there ever were. */

import type { DealDetails, ExportLicence, ValueBand } from '../../flows/deal/deal.ts';
import { isOwnWord } from '../../flows/deal/rights/set-aside.ts';
import type { LighterSaid, PastNames } from '../../flows/deal/said-shapes.ts';
import { pastDetails, withOthersCorrections } from '../../flows/deal/said/past-details.ts';
import { partyText, takenOutBy, whatBecame } from '../../flows/deal/said/put-in.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Span, Text } from '../card.ts';
import {
  count,
  countryWords,
  dayWords,
  endUserKindWords,
  licenceWords,
  quoted,
  quotedWhole,
  valueBandWords,
} from '../words.ts';

/** Keeps one item under a block's 3,000 characters: a name has up to 200. */
const NAMES_AN_ITEM = 10;

const allQuoted = (names: readonly string[]): string => names.map((name) => quoted(name, 200)).join(', ');

/** Of one person. */
const MOST_REASONS = 3;

const inParts = (names: readonly string[]): string[][] =>
  names.length === 0 ? [] : [names.slice(0, NAMES_AN_ITEM), ...inParts(names.slice(NAMES_AN_ITEM))];

const SUBJECT: Readonly<Record<PastNames['of'], (n: number) => string>> = {
  'end-user': () => 'End-user was',
  customer: () => 'Customer was',
  intermediaries: (n) => (n === 1 ? 'Intermediary was' : 'Intermediaries were'),
  roles: (n) => (n === 1 ? 'Part of an intermediary was' : 'Parts of intermediaries were'),
  kind: () => 'Kind of end-user was',
  product: () => 'Product was',
  destination: () => 'Destination was',
  valueBand: () => 'Value was',
  expectedSigning: () => 'Expected signing was',
  exportLicence: () => 'Export licence was',
};

const SAID: Readonly<Partial<Record<PastNames['of'], (said: string) => string>>> = {
  destination: countryWords,
  valueBand: (said) => valueBandWords(said as ValueBand),
  expectedSigning: dayWords,
  exportLicence: (said) => licenceWords(said as ExportLicence),
};

/** The words of what a detail was: names in quotes, countries and kinds of end-user as everywhere. */
export const pastWords = (of: PastNames['of'], before: readonly string[]): string => {
  const texts = SAID[of];
  if (texts) return before.map((one) => (one === '' ? 'not said' : texts(one))).join(', ');
  return of === 'kind' ? before.map((kind) => endUserKindWords(kind as EndUserKind)).join(', ') : allQuoted(before);
};

/** More names of one detail than anybody has honestly: the first and the last are shown. */
const MOST_NAMES = 2 * NAMES_AN_ITEM;

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

const withPart = ({ name, role }: DealDetails['intermediaries'][number]): string =>
  role === '' ? name : `${name}, ${role}`;

/** Tells whether that is this company's part. One of whose name another begins is another. A part is kept with a comma, also where it says nothing. */
const isPartOf = (part: string, name: string, names: readonly string[] = []): boolean =>
  part.startsWith(`${name}, `) &&
  part.length > name.length + 2 &&
  !names.some((other) => other.length > name.length && part.startsWith(`${other}, `));

/** What a detail was, each with who had said so, where that was not whoever works on the deal alone. */
const saidSpans = (deal: DealView['deal'], of: PastNames['of']) => {
  const past = pastDetails(deal, of);
  const isOwn = past.every(({ by }) => isOwnWord(deal, by));
  const whose = (name: string): Span[] => {
    const said = isOwn ? undefined : past.find(({ value }) => value === name || isPartOf(name, value));
    return said ? [' (', { person: said.by }, ')'] : [];
  };
  return (start: string, names: readonly string[], end: string): Span[] =>
    isOwn
      ? [{ strong: `${start}${pastWords(of, names)}${end}` }]
      : [
          { strong: start },
          ...names.flatMap((name, n): Span[] => [
            { strong: `${n === 0 ? '' : ', '}${pastWords(of, [name])}` },
            ...whose(name),
          ]),
          { strong: end },
        ];
};

/** Whoever left is named with the part that they had by then. What becomes of parts alone stands by itself. */
const withParts = ({ renamed: all = [], details }: DealView['deal']): PastNames[] => {
  const stands = new Set(details.intermediaries.map(withPart));
  const named = (of: PastNames['of'], until: string): readonly string[] =>
    all.flatMap((one) => (one.of === of && one.until === until ? one.before : []));
  return all.flatMap((one): PastNames[] => {
    if (one.of === 'intermediaries') {
      const parts = named('roles', one.until);
      const withThem = (name: string): string[] => {
        const theirs = parts.filter((part) => isPartOf(part, name, one.before));
        return theirs.length > 0 ? theirs : [name];
      };
      return [{ ...one, before: distinct(one.before.flatMap(withThem)) }];
    }
    if (one.of !== 'roles') return [one];
    const left = named('intermediaries', one.until);
    const before = one.before
      .map((part) => part.replace(/, $/u, ''))
      .filter((part) => !stands.has(part) && !left.some((name) => part === name || isPartOf(part, name, left)));
    return before.length === 0 ? [] : [{ ...one, before }];
  });
};

/** `End-user was “X” (@b) until 25 November 2026: @a changed it: “…”`, each detail once, however often it was changed. */
export const renamedItems = (view: DealView): Text[] => {
  const deal = withOthersCorrections(view.deal);
  const all = withParts(deal);
  const kinds = [...new Set(all.map(({ of }) => of))];
  return kinds.flatMap((of) => {
    const changes = all.filter((one) => one.of === of);
    const [first, last] = [changes[0], changes.at(-1)];
    if (!first || !last) return [];
    const names = distinct(changes.flatMap(({ before }) => before));
    const shown =
      names.length <= MOST_NAMES ? names : [...names.slice(0, NAMES_AN_ITEM), ...names.slice(-NAMES_AN_ITEM)];
    const more = names.length === shown.length ? '' : `, and ${names.length - shown.length} more in between`;
    const again = changes.length === 1 ? '' : `, changed ${changes.length} times`;
    const spans = saidSpans(deal, of);
    return inParts(shown).map((part): Text => [
      ...spans(`${SUBJECT[of](names.length)} `, part, `${more} until ${dayWords(last.until)}${again}: `),
      { person: first.changedBy },
      ` changed it: ${quotedWhole(first.why, LONGEST_WHY)}`,
      ...(last.why === first.why
        ? []
        : [` Last, `, { person: last.changedBy }, `: ${quotedWhole(last.why, LONGEST_WHY)}`]),
    ]);
  });
};

/** `@a named “Sample Trading, reseller” here on 3 March 2027: “…” It was taken out.`, a line for each person. */
export const takenOutItems = (view: DealView): Text[] =>
  takenOutBy(view).map(({ by, parties }): Text => {
    const [first] = parties;
    const names = parties.slice(0, NAMES_AN_ITEM).map((party) => quoted(partyText(party), 400));
    const more = parties.length - names.length;
    const whys = distinct(parties.flatMap(({ why }) => why ?? []));
    const others = whys.length - MOST_REASONS;
    const shown = whys.slice(0, MOST_REASONS).map((why) => quotedWhole(why, LONGEST_WHY));
    const reasons = `${shown.join(', ')}${others > 0 ? ` and ${count(others, 'more reason')}.` : ''}`;
    return [
      { person: by },
      { strong: ` named ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} here` },
      `${first && parties.length === 1 ? ` on ${dayWords(first.at)}` : ''}${reasons === '' ? '.' : `: ${reasons}`} It ${whatBecame(view, parties)}.`,
    ];
  });

/** `1 detail was another before`; undefined: none was. */
export const renamedCounted = ({ deal }: DealView): string | undefined => {
  const { length } = withParts(withOthersCorrections(deal));
  return length > 0 ? `${count(length, 'detail was', 'details were')} another before` : undefined;
};

/** The end-user's name, where another one waits for compliance. */
export const endUserPending = ({ deal: { details } }: DealView, { was }: LighterSaid): Text[] =>
  was.name === undefined || was.name === details.endUser.name
    ? []
    : [`End-user: was ${allQuoted([was.name])}, now ${allQuoted([details.endUser.name])}.`];

/** Intermediaries that wait for compliance: there may be many, so that they come after the answers. */
export const intermediariesPending = ({ deal: { details } }: DealView, { was }: LighterSaid): Text[] => {
  const { intermediaries } = details;
  const left = was.intermediaries ?? intermediaries;
  const without = (all: typeof left, others: typeof left): string[] =>
    all.filter(({ name }) => !others.some((other) => other.name === name)).map(withPart);
  const [gone, come] = [without(left, intermediaries), without(intermediaries, left)];
  return [
    ...inParts(gone).map((names) => `Intermediaries: no longer ${allQuoted(names)}.`),
    ...inParts(come).map((names) => `Intermediaries: now ${allQuoted(names)}.`),
  ];
};

const PENDING_OTHERS = { customer: 'Customer', roles: 'Parts of intermediaries' } as const;

/** The customer and the parts of companies in between, where they became others since the first change that waits. */
export const othersPending = ({ deal }: DealView, { changes }: LighterSaid): Text[] => {
  const [first] = changes;
  const since = (deal.renamed ?? []).filter(({ until }) => first !== undefined && until >= first.at);
  const { customer, intermediaries } = deal.details;
  const before = (of: 'customer' | 'roles'): string[] =>
    distinct(since.filter((one) => one.of === of).flatMap(({ before: names }) => names));
  // Who left, or came, is named by itself.
  const names = distinct([
    ...intermediaries.map(({ name }) => name),
    ...since.flatMap((one) => (one.of === 'intermediaries' ? one.before : [])),
  ]);
  const stands = intermediaries.map(({ name, role }) => `${name}, ${role}`);
  const isOf = (part: string, name: string): boolean => part === `${name}, ` || isPartOf(part, name, names);
  const gone = before('roles').filter((part) => !stands.includes(part));
  const still = intermediaries.filter(({ name }) => gone.some((part) => isOf(part, name)));
  const was = {
    customer: before('customer'),
    roles: gone.filter((part) => still.some(({ name }) => isOf(part, name))).map((part) => part.replace(/, $/u, '')),
  };
  const now = { customer: [customer], roles: still.map(withPart) };
  return (['customer', 'roles'] as const).flatMap((of): Text[] =>
    was[of].length === 0
      ? []
      : [
          `${PENDING_OTHERS[of]}: was ${allQuoted(was[of].slice(0, NAMES_AN_ITEM))}, now ${allQuoted(now[of].slice(0, NAMES_AN_ITEM))}.`,
        ],
  );
};
