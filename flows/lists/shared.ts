/** Lets many summaries share what is the same in them: most deals of a company have the same few teams, places and groups. */

import type { SaidElsewhere } from '../deal/context/elsewhere.ts';
import { searchable, type Searchable } from './search.ts';
import type { DealSummary } from './summary.ts';
import type { Wait } from './waits.ts';

/** Keeps one of each for as long as it lives. A result says the same as what it is made of. */
export interface Share {
  summary(summary: DealSummary): DealSummary;
  text<T extends string>(value: T): T;
  search(summary: DealSummary): Searchable;
}

const NONE: readonly never[] = [];

/** Characters of a day. */
const DAY = 10;

/** Instants and names that one summary has several times. */
const within = (): (<T extends string>(value: T) => T) => {
  const own = new Map<string, string>();
  return <T extends string>(value: T): T => {
    const found = own.get(value);
    if (found === undefined) own.set(value, value);
    return (found ?? value) as T;
  };
};

export const createShare = (): Share => {
  const texts = new Map<string, string>();
  const known = new Map<string, unknown>();
  const text = <T extends string>(value: T): T => {
    const found = texts.get(value);
    if (found === undefined) texts.set(value, value);
    return (found ?? value) as T;
  };
  const one = <T>(value: T, key = JSON.stringify(value)): T => {
    const found = known.get(key);
    if (found === undefined) known.set(key, value);
    // The same JSON was made of the same kind of value.
    return (found ?? value) as T;
  };
  const list = <T extends string>(values: readonly T[]): readonly T[] =>
    values.length === 0 ? NONE : one(values, `[${values.join('\n')}`);
  return {
    text,
    search: (summary) => {
      const { stage, names, words, exact } = searchable(summary);
      return { summary, stage, names, words: text(words), exact };
    },
    summary: (summary) => {
      const own = within();
      const wait = ({ since, about, people, group, due, from, ...rest }: Wait): Wait => ({
        ...rest,
        since: own(since),
        ...(about === undefined ? {} : { about: text(about) }),
        ...(people ? { people: list(people) } : {}),
        ...(group === undefined ? {} : { group: text(group) }),
        ...(due === undefined ? {} : { due: due.length > DAY ? own(due) : text(due) }),
        ...(from === undefined ? {} : { from: text(from) }),
      });
      const { decision, endUser } = summary;
      const { asked } = decision ?? {};
      return {
        ...summary,
        openedAt: own(summary.openedAt),
        since: own(summary.since),
        home: one(summary.home),
        policy: one(summary.policy),
        customer: text(summary.customer),
        endUser: { name: text(endUser.name), kind: endUser.kind },
        product: one(summary.product, `product ${summary.product.id}\n${summary.product.name}`),
        team: summary.team.map(text),
        owner: text(summary.owner),
        destination: text(summary.destination),
        approverGroups: list(summary.approverGroups),
        conditionOwners: list(summary.conditionOwners),
        votedFor: list(summary.votedFor),
        flags: one(summary.flags, `flags ${summary.flags.map(({ id, weight }) => `${id} ${weight}`).join('\n')}`),
        waits: summary.waits.length === 0 ? NONE : summary.waits.map(wait),
        ...(summary.votes ? { votes: one(summary.votes) } : {}),
        ...(decision
          ? { decision: { ...decision, at: own(decision.at), ...(asked === undefined ? {} : { asked: own(asked) }) } }
          : {}),
        ...(summary.endedAt === undefined ? {} : { endedAt: own(summary.endedAt) }),
      };
    },
  };
};

/** Does the same for what deals say that concerns others: answers and names are mostly those of many. */
export const createSaidShare = (): ((said: SaidElsewhere) => SaidElsewhere) => {
  const known = new Map<string, unknown>();
  const one = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const found = known.get(key);
    if (found === undefined) known.set(key, value);
    return (found ?? value) as T;
  };
  return (said) => ({
    ...said,
    destinations: one(said.destinations),
    products: one(said.products),
    now: one(said.now),
    worries: said.worries.length === 0 ? NONE : said.worries,
    milder: said.milder.map(one),
    otherwise: said.otherwise.map((each) => ({ ...each, says: one(each.says), about: one(each.about) })),
  });
};
