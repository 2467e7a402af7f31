/** What other deals answered otherwise, about the same country, end-user, product or sale. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOtherwise } from '../said-shapes.ts';
import { isOutside, type Graver, type SaidElsewhere } from './elsewhere.ts';
import { unheard, type Milder, type Topic } from './topics.ts';
import { latestFirst } from './worries.ts';

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

export type Latest = ReadonlyMap<string, readonly { deal: DealId; at: Instant }[]>;
const keyOf = (question: QuestionId, value: string, topic: Topic, subject: string): string =>
  `${question}=${value} of ${topic} ${subject}`;

/** Names everything that somebody listens to whose answers may be contradicted. */
function* subjectsOf(listeners: readonly SaidElsewhere[]): Walk<ReadonlySet<string>> {
  const wanted = new Set<string>();
  for (const one of listeners) {
    yield;
    if (!one.listens || one.settled !== undefined) continue;
    for (const topic of new Set(one.milder.map((said) => said.topic)))
      for (const subject of listenedTo(one, topic)) wanted.add(subject);
  }
  return wanted;
}

/**
 * Returns the latest two of each kind, which are enough: one of them is another deal's. Only of what these listen to: most that
 * was ever said is about nobody who is asked now.
 */
export function* latestOtherwise(
  all: readonly SaidElsewhere[],
  since: Instant,
  listeners: readonly SaidElsewhere[],
): Walk<Latest> {
  const wanted = yield* subjectsOf(listeners);
  const latest = new Map<string, readonly { deal: DealId; at: Instant }[]>();
  const add = (key: string, said: { deal: DealId; at: Instant }): void => {
    const known = latest.get(key) ?? [];
    const [, second] = known;
    if (second && second.at >= said.at) return;
    // One deal may say it twice: as it is now, and as it was.
    const found = [...known, said].toSorted(latestFirst);
    latest.set(key, found.filter(({ deal }, i) => found.findIndex((other) => other.deal === deal) === i).slice(0, 2));
  };
  for (const one of all) {
    yield;
    for (const said of one.otherwise) {
      if (said.at <= since) continue;
      for (const subject of spokenOf(one, said)) {
        if (!wanted.has(subject)) continue;
        for (const value of said.says)
          add(keyOf(said.question, value, said.topic, subject), { deal: one.id, at: said.at });
      }
    }
  }
  return latest;
}

/** Returns what others say beyond an answer, by the deal that says it; each word once. */
export const beyond = (one: SaidElsewhere, { question, topic, unsaid }: Milder, latest: Latest): HeardOtherwise[] => {
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
