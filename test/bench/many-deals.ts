/** A company's deals over some years, generated: names, countries, answers, owners and ends differ as they do in life. */

import { searchCountries } from '../../flows/countries.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy, EndUserKind, Facts } from '../../flows/policy/policy.ts';
import { aDeal, aDecidingDeal, anOrganisation, answered, NOW } from '../support/deal-builders.ts';
import { anApproval, everyStatus } from '../support/every-deal.ts';
import { chance, generatedDeals } from './deals.ts';

/** The answers of that many deals, used repeatedly: the store seals each copy separately. */
const DIFFERENT = 500;
const REPS = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

const KINDS: readonly EndUserKind[] = ['private', 'government', 'security', 'state-tied', 'unknown'];
const FIRST = 'North South East West Grand Silver Blue Red Old New Upper Lower Central Harbour Valley River'.split(' ');
const SECOND = 'Wind Stone Field Bridge Gate Water Light Iron Oak Pine Lake Hill Mill Port Sand Star'.split(' ');
const THIRD = 'Networks Ministry Police Utilities Airports Systems Telecom Authority Rail Security Bank Ports'.split(
  ' ',
);

const PRODUCTS = Array.from({ length: 20 }, (_, n) => ({
  id: `product-${n}`,
  name: `Sample Instrument ${n}`,
  category: 'Data analytics',
}));

/** A company of two hundred reps. */
export const aCompany = (): Organisation => {
  const small = anOrganisation();
  const reps = Array.from({ length: REPS }, (_, n) => ({
    id: `seller-${n}`,
    name: `Sample Seller ${n}`,
    slack: `U0SELLER${n}`,
  }));
  return { ...small, people: [...small.people, ...reps], products: PRODUCTS };
};

const COUNTRIES = searchCountries('', Number.POSITIVE_INFINITY).map(({ code }) => code);

export const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * DAY_MS).toISOString();

/** Of ten deals one is answered, one waits for votes, one has a condition, five are approved, two are closed. */
export const inStage = (n: number, days: number, owner: string): OpenedDeal => {
  const at = daysAgo(days);
  switch (n % 10) {
    case 0:
      return aDeal({ waitingSince: at });
    case 1:
      return aDecidingDeal({ stepSince: at });
    case 2: {
      const due = daysAgo((n % 60) - 50).slice(0, 10);
      const deal = anApproval([{ id: 'c1', text: 'A sample condition', owner, due }]);
      return { ...deal, decision: { ...deal.decision, at } };
    }
    case 8:
      return everyStatus.withdrawn;
    case 9:
      return everyStatus['out of scope'];
    default: {
      const deal = anApproval([]);
      return { ...deal, decision: { ...deal.decision, at } };
    }
  }
};

export const answersOf = (policy: CompiledPolicy, { answers }: Facts): OpenedDeal['answers'] =>
  Object.fromEntries(
    policy.sections.map((section) => [
      section.id,
      answered(
        Object.fromEntries(
          section.questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])),
        ),
      ),
    ]),
  );

export const idOf = (n: number): string => `D-${n.toString(36).toUpperCase().padStart(6, '0')}`;

/** Returns the deal of each number: the same in each run. */
export const manyDeals = (policy: CompiledPolicy): ((n: number) => OpenedDeal) => {
  const answers = generatedDeals(policy, DIFFERENT).map((facts) => answersOf(policy, facts));
  return (n) => {
    const random = chance(n + 1);
    const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const named = (): string => `${one(FIRST)} ${one(SECOND)} ${one(THIRD)} ${Math.floor(random() * 20)}`;
    const days = Math.floor(random() * 1200);
    const deal = inStage(n, days, `seller-${n % REPS}`);
    const rep = `seller-${Math.floor(random() * REPS)}`;
    const { id, name } = one(PRODUCTS);
    const details: DealDetails = {
      ...deal.details,
      customer: named(),
      endUser: { name: named(), kind: one(KINDS) },
      product: { id, name },
      destination: one(COUNTRIES),
      intermediaries: random() < 0.3 ? [{ name: named(), role: 'reseller' }] : [],
    };
    return {
      ...deal,
      id: idOf(n),
      policy: policy.hash,
      owner: rep,
      requester: rep,
      team: [rep, `seller-${Math.floor(random() * REPS)}`],
      openedAt: daysAgo(days + 20),
      details,
      answers: n % 10 === 0 ? {} : (answers[n % DIFFERENT] ?? {}),
    };
  };
};
