/** What other deals say against this one: ends of the same end-user's, answers about it or its country. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { EndedOther, HeardOtherwise, Others } from '../said-shapes.ts';
import { saidIn } from '../said/scope.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';
import { elsewhere, isOutside, type Graver, type SaidElsewhere } from './elsewhere.ts';
import {
  answersEver,
  destinationsEver,
  detailsNow,
  endUsersEver,
  partiesEver,
  productsEver,
  tierEver,
  tierSaid,
} from './ever-said.ts';
import { holdsOn } from './holds.ts';
import { graverKind, heardKinds, saidKind } from './kinds.ts';
import { gravePart, heardOtherwise, milderAnswers, topicOf, unheard, type Milder, type Topic } from './topics.ts';
import { AGES, doubts, GRAVE, isNoted, latestFirst, worriesOf } from './worries.ts';

/** An answer is held against another deal's for so long. */
export const RECENT_MS = 365 * 24 * 3_600_000;
/** Ends of the same end-user's deals that one deal takes, the gravest first. Of the rest it knows how many. */
const MOST_ENDED = 10;

/** Tells whether compliance had yet to confirm what makes the deal lighter, or did not confirm it. */
export const isUnconfirmed = (deal: OpenedDeal): boolean =>
  (deal.lighterSaid ?? deal.lighterRefused ?? deal.scopeRefused) !== undefined ||
  ('scopeSaid' in deal && deal.scopeSaid !== undefined);

/** Returns how the deal ended without an approval. A stop counts too where the chief took it back. */
const endOf = (deal: OpenedDeal): SaidElsewhere['ended'] => {
  if (deal.status === 'decided' && deal.decision.outcome === 'declined')
    return { how: 'declined', at: deal.decision.at };
  if (deal.status === 'stopped') return { how: 'stopped', at: deal.at };
  const stopped = deal.stops?.at(-1);
  if (stopped) return { how: 'stopped', at: stopped.at };
  if (deal.status === 'withdrawn') {
    if (isUnconfirmed(deal)) return { how: 'withdrawn', at: deal.at, unconfirmed: true };
    const after = deal.requests.length > 0 ? 'question' : deal.carried?.length ? 'vote' : undefined;
    return after && { how: 'withdrawn', after, at: deal.at };
  }
  // Declined, and then reopened: the votes that said so are kept.
  const declined = approvalOf(deal) ? undefined : deal.carried?.findLast(({ outcome }) => outcome === 'decline');
  return declined ? { how: 'declined', at: declined.at } : undefined;
};

/**
 * A deal that is out of scope by another deal's confirmation rests on that as long as nothing more speaks against it. What is
 * sold already is looked at again where somebody learns more of its end-user.
 */
export const hearsOthers = (deal: OpenedDeal): boolean =>
  isOpen(deal) ||
  approvalOf(deal) !== undefined ||
  (deal.status === 'out of scope' && deal.confirmed?.deal !== undefined);

/** Every answer against the deal, with what it was about when it was given, and as long as it stood. */
const graverAnswers = (view: DealView): Graver[] =>
  answersEver(view).flatMap((answer) => {
    const { question, value, at } = answer;
    const topic = topicOf(view.policy, view.policy.question(question));
    const says = topic ? gravePart(view.policy, question, value) : [];
    if (!topic || says.length === 0) return [];
    const about = topic === 'country' ? destinationsEver(view, answer) : productsEver(view, answer);
    return [{ question, topic, says, at, about }];
  });

export const saidElsewhere = (view: DealView): SaidElsewhere => {
  const { deal } = view;
  return {
    id: deal.id,
    owner: deal.owner,
    listens: hearsOthers(deal),
    endUsers: endUsersEver(deal),
    parties: partiesEver(deal),
    destinations: destinationsEver(view),
    products: productsEver(view),
    now: detailsNow(view),
    kind: saidKind(deal),
    scope: deal.answers[view.policy.scopeSection] && saidIn(view).scope,
    tier: tierSaid(view),
    tierEver: tierEver(view),
    rests: deal.status === 'out of scope' ? deal.confirmed?.deal : undefined,
    isOut: deal.status === 'out of scope',
    approved: deal.status === 'decided' && approvalOf(deal) !== undefined,
    ended: endOf(deal),
    worries: worriesOf(view),
    milder: milderAnswers(view).filter(({ topic }) => isOpen(deal) || topic === 'product'),
    otherwise: graverAnswers(view),
    noted: deal.others,
  };
};

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

/** From what the deal team can't make alone to what it can: dummies that it stops or withdraws hide no decline. */
const GRAVEST: readonly EndedOther['how'][] = ['declined', 'stopped', 'withdrawn'];

export const gravestFirst = (all: readonly EndedOther[]): EndedOther[] =>
  all.toSorted((a, b) => GRAVEST.indexOf(a.how) - GRAVEST.indexOf(b.how) || latestFirst(a, b));

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

/** Returns, for each open deal, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> =>
  new Map([...newsInTurn(all, now)].filter((found) => found !== undefined));

/** The same, a deal at a time: many deals of one end-user take long together. Undefined: no news for one. */
export function* newsInTurn(all: readonly SaidElsewhere[], now: Instant): Generator<[DealId, Others] | undefined> {
  const [sameEndUser, sameParty] = [grouped(all, ({ endUsers }) => endUsers), grouped(all, ({ parties }) => parties)];
  // Most deals are approved, and of most others there is nothing that an approved one hears.
  const loud = all.filter(({ ended, worries }) => ended !== undefined || worries.length > 0);
  const [loudEndUser, loudParty] = [grouped(loud, ({ endUsers }) => endUsers), grouped(loud, ({ parties }) => parties)];
  const byId = new Map(all.map((one) => [one.id, one]));
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const latest = latestOtherwise(all, since);
  for (const one of all) {
    yield;
    if (!one.listens) continue;
    const { id, endUsers, parties, milder, noted } = one;
    const [byEndUser, byParty] = one.approved ? [loudEndUser, loudParty] : [sameEndUser, sameParty];
    const same = new Set(endUsers.flatMap((endUser) => byEndUser.get(endUser) ?? []));
    const named = [
      ...new Set([
        ...same,
        ...parties.flatMap((party) => byEndUser.get(party) ?? []),
        ...endUsers.flatMap((endUser) => byParty.get(endUser) ?? []),
      ]),
    ];
    if (one.approved && named.length === 0) continue;
    const allEnded = gravestFirst(
      named.flatMap((other) => (other.id !== id && other.ended ? [{ deal: other.id, ...other.ended }] : [])),
    );
    const isNew = ({ deal }: EndedOther): boolean => !noted?.ended.some((known) => known.deal === deal);
    const ended = allEnded.slice(0, MOST_ENDED).filter(isNew);
    const more = allEnded.slice(MOST_ENDED).filter(isNew).length;
    const otherwise = one.approved ? [] : milder.flatMap((said) => beyond(one, said, latest));
    const kind = one.approved ? undefined : graverKind(one, named, since, noted?.kinds);
    const base = one.rests === undefined ? undefined : byId.get(one.rests);
    const worries = [...new Set([...named, ...(base ? [base] : [])])]
      .filter((other) => other.id !== id)
      .flatMap((other) =>
        [...other.worries, ...elsewhere(one, other, same.has(other) || other === base ? 'end-user' : 'party')].map(
          (worry) => ({ deal: other.id, ...worry }),
        ),
      )
      .filter(({ at, of }) => (at > since || !AGES.has(of)) && (!one.approved || GRAVE.has(of)))
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

/** Counts the ends of deals with the same end-user, with those that are not taken one by one. */
export const endedCount = (others: Pick<Others, 'ended' | 'more'> | undefined): number =>
  (others?.ended.length ?? 0) + (others?.more ?? 0);

/** Returns the other deals that were heard of. */
export const dealsHeard = ({ others }: Pick<OpenedDeal, 'others'>): DealId[] => [
  ...new Set(
    [others?.ended, others?.otherwise, others?.kinds, others?.worries].flatMap((all) =>
      (all ?? []).map(({ deal }) => deal),
    ),
  ),
];

/** Returns the ids of other deals and of holds that speak against being out of scope without a look of compliance. */
export const againstScope = (view: DealView): string[] => {
  const { deal, policy } = view;
  const ofProduct = heardOtherwise(view).filter(
    ({ question }) => topicOf(policy, policy.question(question)) === 'product',
  );
  const { ended = [], worries = [] } = deal.others ?? {};
  const heard = [...ended, ...worries.filter(doubts), ...heardKinds(view), ...ofProduct].map((other) => other.deal);
  return [...new Set([...heard, ...holdsOn(view).map(({ id }) => id)])];
};

/** Returns the questions about the country whose answers say that all is well while a country alert stands. */
export const againstAlert = (view: DealView): QuestionId[] =>
  alertsShown(view).length === 0
    ? []
    : milderAnswers(view).flatMap(({ question, topic }) => (topic === 'country' ? [question] : []));
