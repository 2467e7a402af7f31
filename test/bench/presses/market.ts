/** The supposed month: what is sold to whom and where, what is true of it, and what the rep knows. The same in each run. */

import type { EndUserKind, FactValue, QuestionId } from '../../../flows/policy/policy.ts';
import { chance } from '../deals.ts';

type Truth = Readonly<Record<QuestionId, FactValue>>;
/** A value and its share among others. */
type Shares<T> = readonly (readonly [T, number])[];

/** One deal as it comes in. Shares below are of 100. */
export interface Plan {
  number: number;
  rep: string;
  product: string;
  country: string;
  kind: EndUserKind;
  intermediary: boolean;
  licence: 'pending' | 'not-needed';
  /** What an honest rep answers; what is not named is the good answer. */
  truth: Truth;
  /** Said at first and corrected the day after: answers by id, or the wrong kind of end-user. */
  mistake?: { section: string; question: QuestionId; first: FactValue } | { kind: EndUserKind } | undefined;
  /** Compliance asks the rep a question before it votes. */
  asked: boolean;
  /** Conditions that the deal's second step puts; a high deal always gets two. */
  conditions: 0 | 1;
  /** A first renewal is near: the deal is reassessed within the weeks that are played. */
  renewedSoon: boolean;
}

export const PRODUCTS: Shares<{ id: string; truth: Truth }> = [
  [{ id: 'network-protection', truth: {} }, 30],
  [{ id: 'data-analytics', truth: { P2: 'yes', P6: 'yes' } }, 20],
  [{ id: 'weather-sensor', truth: { 'G1-capability': 'no' } }, 15],
  [{ id: 'camera-recorder', truth: { P1: 'yes', P6: 'yes' } }, 15],
  [{ id: 'location-tracker', truth: { P1: 'yes', P6: 'yes' } }, 10],
  [{ id: 'facial-recognition', truth: { P1: 'yes', P2: 'yes', P6: 'yes', 'P-RF1': 'yes' } }, 10],
];

export const KINDS: Shares<EndUserKind> = [
  ['government', 35],
  ['private', 30],
  ['state-tied', 20],
  ['security', 10],
  ['unknown', 5],
];

const OF_KIND: Readonly<Record<EndUserKind, Truth>> = {
  government: {},
  private: { G2: 'no' },
  'state-tied': { S3: 'yes' },
  security: { H4: 'yes' },
  unknown: {},
};

const CALM: Truth = {};
const MIXED: Truth = { 'H-RF5-oversight': 'yes', 'L-RF7': 'yes' };
const GRAVE: Truth = {
  ...MIXED,
  'H-RF2': 'yes',
  'H-RF4': 'yes',
  'L-RF1': 'yes',
  'L-RF2': 'yes',
  'L-RF4-arbitrary': 'yes',
  'L-RF5-oversight': 'yes',
};
/** Twenty far-off places stand for twenty countries; five of them take three deals of five. */
export const COUNTRIES: Shares<{ code: string; truth: Truth }> = [
  ['AQ', CALM, 18],
  ['BV', CALM, 14],
  ['HM', MIXED, 11],
  ['TF', CALM, 9],
  ['GS', GRAVE, 8],
  ...'IO UM SJ PN TK NU NF CC'.split(' ').map((code) => [code, CALM, 2.7] as const),
  ...'CX FK SH PM WF'.split(' ').map((code) => [code, MIXED, 2.7] as const),
  ...'AX FO'.split(' ').map((code) => [code, GRAVE, 2.7] as const),
].map(([code, truth, share]) => [{ code, truth } as { code: string; truth: Truth }, share as number] as const);

/** What reps do not find out: about the country, about the end-user, about who else is involved. */
const UNKNOWN: Shares<QuestionId> = [
  ['H-RF2', 10],
  ['H-RF4', 10],
  ['L4', 10],
  ['L-RF1', 15],
  ['L-RF3', 15],
  ['L-RF6', 10],
  ['H3-targeted', 8],
  ['H-RF8', 8],
  ['H-RF9', 6],
  ['S4', 8],
];

export const SHARES = {
  /** Of private end-users, those close to a government: the others are out of scope. */
  closePrivate: 40,
  /** Of end-users in scope, those with reports of misuse and a record of abuses. */
  badRecord: 6,
  /** Of deals in scope, those with one to four answers that nobody knows. */
  gaps: 30,
  /** Said worse at first by mistake, in one answer. */
  correctedAnswer: 8,
  /** Opened with a wrong kind of end-user. */
  correctedKind: 4,
  intermediary: 25,
  pendingLicence: 15,
  asked: 10,
  /** Of elevated deals, those that get one condition. */
  conditions: 50,
  renewedSoon: 8,
} as const;

const MISTAKES = [
  { section: 'end-user', question: 'H-RF8', first: 'yes' },
  { section: 'stakeholders', question: 'S-RF2', first: 'yes' },
  { section: 'end-user', question: 'H-RF9', first: 'yes' },
] as const;

const pick = <T>(shares: Shares<T>, at: number): T => {
  const all = shares.reduce((sum, [, share]) => sum + share, 0);
  let left = at * all;
  const found = shares.find(([, share]) => (left -= share) < 0) ?? shares[0];
  if (!found) throw new Error('nothing to choose from');
  return found[0];
};

/** Returns the next deal each time. */
export const createMarket = (reps: readonly string[]): (() => Plan) => {
  const random = chance(20270301);
  const happens = (share: number): boolean => random() * 100 < share;
  let number = 0;
  return () => {
    number += 1;
    const product = pick(PRODUCTS, random());
    const country = pick(COUNTRIES, random());
    const kind = pick(KINDS, random());
    const close = kind === 'private' && happens(SHARES.closePrivate);
    const bad = happens(SHARES.badRecord);
    const gaps = happens(SHARES.gaps) ? 1 + Math.floor(random() * 4) : 0;
    const unknown = Array.from({ length: gaps }, () => [pick(UNKNOWN, random()), 'unknown'] as const);
    const truth: Truth = {
      ...product.truth,
      ...country.truth,
      ...OF_KIND[kind],
      ...(close ? { G2: 'yes' } : {}),
      ...(bad ? { 'H-RF1': 'yes', 'H-RF8': 'yes' } : {}),
      ...Object.fromEntries(unknown),
    };
    const wrong = MISTAKES[Math.floor(random() * MISTAKES.length)];
    const answer = happens(SHARES.correctedAnswer) && wrong && truth[wrong.question] === undefined ? wrong : undefined;
    const asKind = happens(SHARES.correctedKind) && kind === 'government' ? { kind: 'state-tied' as const } : undefined;
    return {
      number,
      rep: reps[number % reps.length] ?? '',
      product: product.id,
      country: country.code,
      kind,
      truth,
      mistake: answer ?? asKind,
      intermediary: happens(SHARES.intermediary),
      licence: happens(SHARES.pendingLicence) ? 'pending' : 'not-needed',
      asked: happens(SHARES.asked),
      conditions: happens(SHARES.conditions) ? 1 : 0,
      renewedSoon: happens(SHARES.renewedSoon),
    };
  };
};
