/** What other deals say against this one: ends of the same end-user's, and answers about the same country. House rule. */

import { endUserKey } from '../../hold.ts';
import type { DealId, Instant } from '../../ids.ts';
import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { Answer } from '../deal.ts';
import type { EndedOther, HeardOtherwise, Others } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';

/** An answer about a country is held against another one for so long. */
const RECENT_MS = 365 * 24 * 3_600_000;
/** Ends of the same end-user's deals that one deal takes, the latest first. */
const MOST_ENDED = 10;

/** What a deal says that concerns others. */
export interface SaidElsewhere {
  id: DealId;
  open: boolean;
  /** Result of `endUserKey`; empty: a name without letters or digits, which is nobody's. */
  endUser: string;
  /** ISO 3166-1 alpha-2. */
  destination: string;
  ended?: Omit<EndedOther, 'deal'> | undefined;
  /** Questions about the country whose answer says that all is well there. */
  well: readonly QuestionId[];
  /** Those whose answer says that it is not, and when it was given. */
  otherwise: Readonly<Record<QuestionId, Instant>>;
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
    return deal.requests.length > 0 || deal.carried?.length ? { how: 'withdrawn', at: deal.at } : undefined;
  }
  // Declined, and then reopened: the votes that said so are kept.
  const declined = approvalOf(deal) ? undefined : deal.carried?.findLast(({ outcome }) => outcome === 'decline');
  return declined ? { how: 'declined', at: declined.at } : undefined;
};

/** Returns the answers about the country, by question. */
const aboutCountry = ({ deal, policy }: DealView): [QuestionId, Answer][] =>
  Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).filter(([id]) => policy.question(id)?.about === 'country'),
  );

export const saidElsewhere = (view: DealView): SaidElsewhere => {
  const { deal, policy } = view;
  const known = aboutCountry(view).filter(([, { value }]) => !isOpenValue(value));
  return {
    id: deal.id,
    open: isOpen(deal),
    endUser: endUserKey(deal.details.endUser.name),
    destination: deal.details.destination,
    ended: endOf(deal),
    well: known.flatMap(([id, { value }]) => (policy.isBenign(id, value) ? [id] : [])),
    otherwise: Object.fromEntries(
      known.flatMap(([id, { value, at }]) => (policy.isBenign(id, value) ? [] : [[id, at] as const])),
    ),
    noted: deal.others,
  };
};

const grouped = (all: readonly SaidElsewhere[], key: (one: SaidElsewhere) => string) => {
  const groups = new Map<string, SaidElsewhere[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
};

const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/** Returns, for each open deal, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> => {
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const sameEndUser = grouped(
    all.filter(({ ended, endUser }) => ended !== undefined && endUser !== ''),
    ({ endUser }) => endUser,
  );
  const sameCountry = grouped(
    all.filter((one) => Object.keys(one.otherwise).length > 0),
    ({ destination }) => destination,
  );
  const news = new Map<DealId, Others>();
  for (const { id, open, endUser, destination, well, noted } of all) {
    if (!open) continue;
    const ended = (sameEndUser.get(endUser) ?? [])
      .flatMap((other) => (other.id !== id && other.ended ? [{ deal: other.id, ...other.ended }] : []))
      .toSorted(latestFirst)
      .slice(0, MOST_ENDED)
      .filter(({ deal }) => !noted?.ended.some((known) => known.deal === deal));
    const others = (sameCountry.get(destination) ?? []).filter((other) => other.id !== id);
    const otherwise = well
      .filter((question) => !noted?.otherwise.some((known) => known.question === question))
      .flatMap((question) => {
        const heard = others.flatMap((other) => {
          const at = own(other.otherwise, question);
          return at !== undefined && at > since ? [{ question, deal: other.id, at }] : [];
        });
        return heard.toSorted(latestFirst).slice(0, 1);
      });
    if (ended.length > 0 || otherwise.length > 0) news.set(id, { ended, otherwise });
  }
  return news;
};

const isWell = (view: DealView): ((question: QuestionId) => boolean) => {
  const given = new Map(aboutCountry(view));
  return (question) => {
    const value = given.get(question)?.value;
    return value !== undefined && !isOpenValue(value) && view.policy.isBenign(question, value);
  };
};

/** Returns what was heard otherwise of answers that still say that all is well. */
export const heardOtherwise = (view: DealView): HeardOtherwise[] => {
  const heard = view.deal.others?.otherwise ?? [];
  return heard.length === 0 ? [] : heard.filter(({ question }) => isWell(view)(question));
};

/** Returns the questions about the country whose answers say that all is well while a country alert stands. */
export const againstAlert = (view: DealView): QuestionId[] => {
  if (alertsShown(view).length === 0) return [];
  const well = isWell(view);
  const asked = view.policy.sections.flatMap(({ questions }) => questions.filter(({ about }) => about === 'country'));
  return asked.map(({ id }) => id).filter(well);
};
