/** What each filter asks of a deal. A value that it does not know comes back in words, with the nearest that it does. */

import { countriesCalled, countryName, searchCountries } from '../countries.ts';
import { fold } from '../fold.ts';
import type { GroupId, PersonId } from '../ids.ts';
import { nearest } from '../nearest.ts';
import { counselGroup, type Organisation } from '../organisation.ts';
import type { EndUserKind, FlagId } from '../policy/policy.ts';
import type { Filter } from './clauses.ts';
import { withCodes } from './flag-phrases.ts';
import { flagsNamed, type FlagName } from './flags-named.ts';
import { isNamed, peopleCalled } from './search.ts';
import { remembering } from './sharing.ts';
import { hasConditions, isOpenStage, overdueIn, stageOf, tierOf, TIERS, waitsForScope } from './stage.ts';
import type { DealSummary } from './summary.ts';
import { isAsked, mayWaitFor, type Today, type Wait } from './waits.ts';

export interface Asking extends Today {
  organisation: Organisation;
  /** Who asks, for `me`; absent on the command line. */
  person?: PersonId | undefined;
  /** Tells whether the policy of today has that flag. */
  isFlag: (id: FlagId) => boolean;
  /** Those of the policy of today, by which they are found in words. */
  flagNames?: readonly FlagName[] | undefined;
  /** Flags of deals that whoever asks may read: an older policy may have had others. */
  flags: () => Iterable<FlagId>;
}

export type Fits = (deal: DealSummary) => boolean;
/** `text` is for the person. */
export interface Misread {
  text: string;
}
type Test = (value: string, asking: Asking) => Fits | Misread;

const didYouMean = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean ${near}?`);

/** Values by the words for them, folded. The first of each is the one that is offered. */
type Words<T extends string> = Readonly<Record<T, readonly [string, ...string[]]>>;

const valueIn = <T extends string>(words: Words<T>, said: string): T | undefined => {
  const asked = fold(said);
  return (Object.keys(words) as T[]).find((value) => words[value].some((word) => fold(word) === asked));
};

const unknownAmong = (
  what: string,
  said: string,
  offered: readonly string[],
  also: readonly string[] = [],
): Misread => ({
  text: `“${said}” is no ${what}.${didYouMean(nearest(said, [...offered, ...also]))} There is ${offered.join(', ')}.`,
});

const firsts = <T extends string>(words: Words<T>): string[] =>
  (Object.keys(words) as T[]).map((value) => words[value][0]);
const rest = <T extends string>(words: Words<T>): string[] =>
  (Object.keys(words) as T[]).flatMap((value) => words[value].slice(1));

/** A filter whose values are these. */
const oneOf =
  <T extends string>(what: string, words: Words<T>, fits: (value: T, asking: Asking) => Fits): Test =>
  (said, asking) => {
    const value = valueIn(words, said);
    return value === undefined ? unknownAmong(what, said, firsts(words), rest(words)) : fits(value, asking);
  };

const YES_NO = { yes: ['yes', 'true'], no: ['no', 'false'] } as const;
const yesOrNo = (what: string, is: (asking: Asking) => Fits): Test =>
  oneOf(`answer to “${what}:”`, YES_NO, (value, asking) => {
    const test = is(asking);
    return value === 'yes' ? test : (deal) => !test(deal);
  });

const country: Test = (said) => {
  const code = said.toUpperCase();
  const codes = countryName(code) === undefined ? countriesCalled(said) : new Set([code]);
  if (codes.size > 0) return ({ destination }) => codes.has(destination);
  const [begun] = searchCountries(said, 1);
  const near =
    begun?.name ??
    nearest(
      said,
      searchCountries('', Number.POSITIVE_INFINITY).map(({ name }) => name),
    );
  return { text: `No country is called “${said}”.${didYouMean(near)}` };
};

const product: Test = (said) => {
  const id = said.toLowerCase();
  // Most deals sell the same few products.
  const known = new Map<string, boolean>();
  return ({ product: sold }) => {
    if (sold.id.toLowerCase() === id) return true;
    const isThis = known.get(sold.name) ?? isNamed(sold.name, said);
    known.set(sold.name, isThis);
    return isThis;
  };
};

const TIER_WORDS = {
  prohibited: ['prohibited'],
  high: ['high'],
  elevated: ['elevated', 'medium'],
  low: ['low'],
  none: ['none', 'no tier', 'not known', 'unknown'],
} as const satisfies Words<(typeof TIERS)[number]>;

/** Returns the flags that are meant: one by its code, those that its words name; of none, what is near. */
export const flagsSaid = (
  said: string,
  { isFlag, flags, flagNames = [] }: Pick<Asking, 'isFlag' | 'flags' | 'flagNames'>,
): readonly FlagId[] | Misread => {
  const id = withCodes(said).toUpperCase();
  if (isFlag(id)) return [id];
  const named = flagsNamed(said, flagNames).map((one) => one.id);
  if (named.length > 0) return named;
  const seen = [...flags()];
  if (seen.some((one) => one.toUpperCase() === id)) return [id];
  return {
    text: `There is no flag “${said}”.${didYouMean(nearest(said, seen))} Flags are named as H-RF4 is, by words of their title, or by their place: “Guidance 2, red flag 4”.`,
  };
};

const flag: Test = (said, asking) => {
  const meant = flagsSaid(said, asking);
  if ('text' in meant) return meant;
  const ids = new Set(meant.map((id) => id.toUpperCase()));
  // Many deals have the same flags.
  const isAmong = remembering((raised: DealSummary['flags']) => raised.some(({ id }) => ids.has(id.toUpperCase())));
  return (deal) => isAmong(deal.flags);
};

const KIND_WORDS: Words<EndUserKind> = {
  government: ['government', 'agency', 'government agency'],
  security: ['security', 'police', 'intelligence', 'military'],
  'state-tied': ['state-tied', 'state-owned', 'state'],
  private: ['private'],
  unknown: ['unknown', 'not known'],
};

const isMe = (said: string): boolean => /^(?:me|my|mine)$/iu.test(said);
const NO_ME = 'Please name somebody: nobody is “me” here.';

/** Returns whoever is meant; several people may have the name. */
const personSaid = (said: string, { organisation, person }: Asking): ReadonlySet<PersonId> | Misread => {
  const name = said.replace(/^@/u, '').trim();
  if (isMe(name)) return person === undefined ? { text: NO_ME } : new Set([person]);
  const byId = organisation.people.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  const found = byId ? new Set([byId.id]) : peopleCalled(organisation, name);
  if (found.size > 0) return found;
  const near = nearest(
    name,
    organisation.people.flatMap((one) => [one.name, ...one.name.split(/\s+/u)]),
  );
  return { text: `Nobody is called “${name}”.${didYouMean(near)}` };
};

const owner: Test = (said, asking) => {
  const people = personSaid(said, asking);
  return 'text' in people ? people : (deal) => people.has(deal.owner);
};

const STATUS_WORDS = {
  open: ['open'],
  answering: ['answering'],
  'scope to confirm': ['scope-to-confirm', 'to confirm'],
  'in review': ['in-review', 'review', 'deciding', 'waiting for approval'],
  approved: ['approved', 'approved with conditions'],
  conditions: ['conditions', 'conditions open'],
  suspended: ['suspended'],
  reassessment: ['reassessment', 'reassessed'],
  declined: ['declined', 'rejected'],
  stopped: ['stopped'],
  withdrawn: ['withdrawn'],
  'out of scope': ['out-of-scope'],
  decided: ['decided'],
  closed: ['closed', 'over'],
} as const satisfies Words<string>;

const statusFits = (value: keyof typeof STATUS_WORDS): Fits => {
  switch (value) {
    case 'open':
      return (deal) => isOpenStage(stageOf(deal));
    case 'conditions':
      return hasConditions;
    case 'suspended':
      return (deal) => deal.suspended === true;
    case 'reassessment':
      return (deal) => deal.reassessed === true;
    case 'decided':
      return (deal) => deal.status === 'decided';
    case 'closed':
      return (deal) => !isOpenStage(stageOf(deal)) && stageOf(deal) !== 'approved';
    default:
      return (deal) => stageOf(deal) === value;
  }
};

const WAITING_WORDS = {
  compliance: ['compliance'],
  counsel: ['counsel'],
  requester: ['requester', 'owner', 'rep'],
  approvers: ['approvers', 'approval', 'votes'],
  nobody: ['nobody', 'none', 'no'],
} as const satisfies Words<string>;

/** What waits for a role or a group as such, and not for people that the deal names. */
const forRole = (role: NonNullable<Wait['role']>, group: GroupId) => (wait: Wait) =>
  wait.role === role || wait.group === group;

const waitFits = (value: keyof typeof WAITING_WORDS, { organisation }: Asking) => {
  switch (value) {
    case 'compliance':
      return forRole('compliance', organisation.roles.compliance);
    case 'counsel':
      return forRole('counsel', counselGroup(organisation));
    case 'requester':
      return ({ people = [] }: Wait, deal: DealSummary) =>
        people.includes(deal.owner) || (deal.requester !== undefined && people.includes(deal.requester));
    case 'approvers':
      return ({ of }: Wait) => of === 'votes';
    case 'nobody':
      return () => true;
    default: {
      const never: never = value;
      return never;
    }
  }
};

const waiting: Test = (said, asking) => {
  const value = valueIn(WAITING_WORDS, said);
  if (value !== undefined) {
    const fits = waitFits(value, asking);
    const some = (deal: DealSummary): boolean => deal.waits.some((wait) => isAsked(wait, asking) && fits(wait, deal));
    return value === 'nobody' ? (deal) => !some(deal) : some;
  }
  const { groups } = asking.organisation;
  const group = groups.find(({ id, name }) => [id, name].some((one) => fold(one) === fold(said)));
  if (group) return (deal) => deal.waits.some((wait) => wait.group === group.id && isAsked(wait, asking));
  const people = personSaid(said, asking);
  if (!('text' in people)) {
    const as = [...people];
    return (deal) => deal.waits.some((wait) => mayWaitFor(wait, asking, as));
  }
  if (isMe(said)) return people;
  const known = [...firsts(WAITING_WORDS), ...groups.map(({ name }) => name)];
  return {
    text: `Nothing waits for “${said}”.${didYouMean(nearest(said, known))} Say ${known.join(', ')}, me, or a name.`,
  };
};

const SCOPE_WORDS = {
  out: ['out', 'out of scope'],
  'to confirm': ['to-confirm', 'confirm'],
  in: ['in', 'in scope'],
} as const satisfies Words<string>;

const scopeOf = (deal: DealSummary): keyof typeof SCOPE_WORDS =>
  deal.status === 'out of scope' ? 'out' : waitsForScope(deal) ? 'to confirm' : 'in';

/** Dates are read together (`dates.ts`), and an order is no test. */
export const TESTS: Readonly<Record<Exclude<Filter, 'since' | 'until' | 'year' | 'sort'>, Test>> = {
  country,
  product,
  tier: oneOf('tier', TIER_WORDS, (value) => (deal) => tierOf(deal) === value),
  flag,
  kind: oneOf(
    'kind of end-user',
    KIND_WORDS,
    (value) =>
      ({ endUser }) =>
        endUser.kind === value,
  ),
  owner,
  status: oneOf('status', STATUS_WORDS, statusFits),
  waiting,
  overdue: yesOrNo('overdue', overdueIn),
  hold: yesOrNo('hold', () => (deal) => (deal.holds?.length ?? 0) > 0),
  scope: oneOf('answer to “scope:”', SCOPE_WORDS, (value) => (deal) => scopeOf(deal) === value),
};

/** Values that are offered, by filter. */
export const OFFERED = {
  tier: TIERS,
  kind: Object.keys(KIND_WORDS) as EndUserKind[],
  status: firsts(STATUS_WORDS),
  waiting: firsts(WAITING_WORDS),
} as const;

/** Returns the value that is offered for what was typed, where it is one of those. */
export const offeredFor = (filter: keyof typeof OFFERED, said: string): string | undefined => {
  const words: Words<string> = { tier: TIER_WORDS, kind: KIND_WORDS, status: STATUS_WORDS, waiting: WAITING_WORDS }[
    filter
  ];
  const value = valueIn(words, said);
  return value === undefined ? undefined : words[value]?.[0];
};
