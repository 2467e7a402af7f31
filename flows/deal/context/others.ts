/** What other deals say against this one: ends of the same end-user's, answers about it or its country. House rule. */

import { endUserKey } from '../../hold.ts';
import type { DealId, Instant } from '../../ids.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { CompiledPolicy, Question, QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { EndedOther, HeardOtherwise, Others } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';

/** An answer is held against another deal's for so long. */
const RECENT_MS = 365 * 24 * 3_600_000;
/** Ends of the same end-user's deals that one deal takes, the latest first. */
const MOST_ENDED = 10;

/** What an answer is about: deals share it where they have the same destination, or the same end-user. */
type Topic = 'country' | 'end-user';
interface Topical {
  question: QuestionId;
  topic: Topic;
}

/** What a deal says that concerns others. */
export interface SaidElsewhere {
  id: DealId;
  open: boolean;
  /** Result of `endUserKey`; empty: a name without letters or digits, which is nobody's. */
  endUser: string;
  /** ISO 3166-1 alpha-2. */
  destination: string;
  ended?: Omit<EndedOther, 'deal'> | undefined;
  /** Answers about the end-user or its country which say that all is well. */
  well: readonly Topical[];
  /** Those which say that it is not. */
  otherwise: readonly (Topical & { at: Instant })[];
  noted: Others | undefined;
}

/** Returns how the deal ended without an approval. A stop counts too where the chief took it back. */
const endOf = (deal: OpenedDeal): SaidElsewhere['ended'] => {
  if (deal.status === 'decided' && deal.decision.outcome === 'declined')
    return { how: 'declined', at: deal.decision.at };
  if (deal.status === 'stopped') return { how: 'stopped', at: deal.at };
  const stopped = deal.stops?.at(-1);
  if (stopped) return { how: 'stopped', at: stopped.at };
  if (deal.status === 'withdrawn') {
    const after = deal.requests.length > 0 ? 'question' : deal.carried?.length ? 'vote' : undefined;
    return after && { how: 'withdrawn', after, at: deal.at };
  }
  // Declined, and then reopened: the votes that said so are kept.
  const declined = approvalOf(deal) ? undefined : deal.carried?.findLast(({ outcome }) => outcome === 'decline');
  return declined ? { how: 'declined', at: declined.at } : undefined;
};

/** The Guidance's items on the end-user's record, on what is known of the use, and on who stands behind the end-user. */
const ON_END_USER = /^(?:H|K|G2$|S3$|S-RF1$)/u;

/** What was done for one deal, and where "yes" is the good answer, says nothing of another. */
const topicOf = (policy: CompiledPolicy, question: Question | undefined): Topic | undefined => {
  if (!question || policy.isBenign(question.id, 'yes')) return undefined;
  if (question.about === 'country') return 'country';
  return question.about === undefined && question.sources.some((id) => ON_END_USER.test(id)) ? 'end-user' : undefined;
};

/** Returns the answers that other deals may contradict. Open ones say nothing. */
const topicalAnswers = ({ deal, policy }: DealView): (Topical & { well: boolean; at: Instant })[] =>
  Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([question, { value, at }]) => {
      const topic = topicOf(policy, policy.question(question));
      return topic === undefined || isOpenValue(value)
        ? []
        : [{ question, topic, well: policy.isBenign(question, value), at }];
    }),
  );

export const saidElsewhere = (view: DealView): SaidElsewhere => {
  const { deal } = view;
  const answers = topicalAnswers(view);
  return {
    id: deal.id,
    open: isOpen(deal),
    endUser: endUserKey(deal.details.endUser.name),
    destination: deal.details.destination,
    ended: endOf(deal),
    well: answers.filter(({ well }) => well).map(({ question, topic }) => ({ question, topic })),
    otherwise: answers.filter(({ well }) => !well).map(({ question, topic, at }) => ({ question, topic, at })),
    noted: deal.others,
  };
};

const grouped = (all: readonly SaidElsewhere[], key: (one: SaidElsewhere) => string) => {
  const groups = new Map<string, SaidElsewhere[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
};

const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/** Names what deals share by an answer; undefined: nothing. */
const sharedBy = (
  { destination, endUser }: Pick<SaidElsewhere, 'destination' | 'endUser'>,
  { question, topic }: Topical,
): string | undefined => {
  if (topic === 'country') return `${question} ${destination}`;
  return endUser === '' ? undefined : `${question} of ${endUser}`;
};

/** Returns the latest two of each kind, which are enough: one of them is another deal's. */
const latestOtherwise = (
  all: readonly SaidElsewhere[],
  since: Instant,
): Map<string, { deal: DealId; at: Instant }[]> => {
  const latest = new Map<string, { deal: DealId; at: Instant }[]>();
  for (const one of all) {
    for (const said of one.otherwise) {
      const key = sharedBy(one, said);
      if (key === undefined || said.at <= since) continue;
      const found = [...(latest.get(key) ?? []), { deal: one.id, at: said.at }];
      latest.set(key, found.toSorted(latestFirst).slice(0, 2));
    }
  }
  return latest;
};

/** Returns, for each open deal, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> => {
  const sameEndUser = grouped(
    all.filter(({ ended, endUser }) => ended !== undefined && endUser !== ''),
    ({ endUser }) => endUser,
  );
  const latest = latestOtherwise(all, new Date(Date.parse(now) - RECENT_MS).toISOString());
  const news = new Map<DealId, Others>();
  for (const one of all.filter(({ open }) => open)) {
    const { id, endUser, well, noted } = one;
    const ended = (sameEndUser.get(endUser) ?? [])
      .flatMap((other) => (other.id !== id && other.ended ? [{ deal: other.id, ...other.ended }] : []))
      .toSorted(latestFirst)
      .slice(0, MOST_ENDED)
      .filter(({ deal }) => !noted?.ended.some((known) => known.deal === deal));
    const otherwise = well
      .filter(({ question }) => !noted?.otherwise.some((known) => known.question === question))
      .flatMap((said) => {
        const heard = latest.get(sharedBy(one, said) ?? '')?.find(({ deal }) => deal !== id);
        return heard ? [{ question: said.question, ...heard }] : [];
      });
    if (ended.length > 0 || otherwise.length > 0) news.set(id, { ended, otherwise });
  }
  return news;
};

/** Returns what was heard otherwise of answers that still say that all is well. */
export const heardOtherwise = (view: DealView): HeardOtherwise[] => {
  const heard = view.deal.others?.otherwise ?? [];
  if (heard.length === 0) return [];
  const well = new Set(topicalAnswers(view).flatMap(({ question, well: isWell }) => (isWell ? [question] : [])));
  return heard.filter(({ question }) => well.has(question));
};

/** Returns the questions about the country whose answers say that all is well while a country alert stands. */
export const againstAlert = (view: DealView): QuestionId[] =>
  alertsShown(view).length === 0
    ? []
    : topicalAnswers(view).flatMap(({ question, topic, well }) => (topic === 'country' && well ? [question] : []));
