/** A stop, and a "yes" to what stops a deal: every other deal with that end-user waits for it. House rule. */

import type { DealId, Instant, PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { Answer } from '../answer-shapes.ts';
import type { DealFact } from '../events.ts';
import { othersThan } from '../formerly.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isByName, isOnlyBeside } from '../only-beside.ts';
import { standsForStop } from '../own-flag.ts';
import { whoElse, whoseValue } from '../said/first-said.ts';
import type { OpenedDeal } from '../state.ts';
import { dealView, type DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { answersEver } from './ever-said.ts';

interface SaidOnce {
  by: PersonId;
  at: Instant;
  text: string;
}

const askedIn = ({ policy }: DealView, question: QuestionId): string => policy.question(question)?.text ?? question;

/** Returns the stop that stands: what for, who said it, and when. Empty: none, or the chief took it back. */
export const stopsNow = (view: DealView): SaidOnce[] => {
  const { deal, assessment } = view;
  if (deal.status !== 'stopped') return [];
  const { because = [], by = deal.owner } = deal.stops?.at(-1) ?? {};
  const rule = assessment.trace.find(({ id }) => id === deal.rule)?.text ?? 'A rule of the policy forbids it.';
  if (because.length === 0) return [{ by, at: deal.at, text: rule }];
  // Where compliance sent a “no” back, the stop is theirs, and the answer is not.
  const answers = Object.assign({}, ...Object.values(deal.answers)) as Readonly<Record<QuestionId, Answer | undefined>>;
  return because.flatMap((question) => {
    const { [question]: answer } = answers;
    const said = answer ? [whoseValue(deal, answer).by, ...whoElse(deal, answer)] : [];
    return (said.length > 0 ? said : [by]).map((one) => ({ by: one, at: deal.at, text: askedIn(view, question) }));
  });
};

/**
 * Returns every "yes" to a question that stops a deal, also one that was only saved for later, or changed since. Not one for
 * which the deal is stopped, nor one that the chief looked at when they took its stop back.
 */
export const saidToStop = (view: DealView): SaidOnce[] => {
  const { deal, policy } = view;
  const stops = deal.stops ?? [];
  const isLooked = ({ question, at }: { question: QuestionId; at: Instant }): boolean =>
    stops.some(
      ({ because, lifted, at: since }) =>
        (because?.includes(question) ?? true) && at <= (lifted?.at ?? since) && (lifted || deal.status === 'stopped'),
    );
  return answersEver(view).flatMap(({ question, value, by = deal.owner, at }) =>
    value === 'yes' && policy.question(question)?.stops && !isLooked({ question, at })
      ? [{ by, at, text: askedIn(view, question) }]
      : [],
  );
};

/** From what is only shown to what is said of the end-user itself. */
const closeness = (worry: Pick<HeardWorry, 'shares'>): number =>
  isOnlyBeside(worry) ? 0 : isByName(worry) ? 1 : worry.shares === 'party' ? 2 : 3;

/** Tells whether a deal that is known to share the one shares no less than where it shares the other: it may be renamed meanwhile. */
export const isAsClose = (known: Pick<HeardWorry, 'shares'>, worry: Pick<HeardWorry, 'shares'>): boolean =>
  closeness(known) >= closeness(worry);

const TITLE = {
  same: 'Another deal with this end-user was stopped',
  name: 'Another deal was stopped whose end-user may be the same as one named here',
  like: 'Another deal was stopped that names somebody who may be the same as this end-user',
  party: 'Another deal that shares a party with this one was stopped',
};

const OWN_STOP = {
  others: 'The stop of this deal was taken back when its details were others',
  reworded: 'The stop of this deal was taken back before something was said in other words',
};

/** When the chief took back the deal's last stop that was taken back. */
const liftedLast = ({ stops = [] }: OpenedDeal): Instant | undefined =>
  stops.flatMap((stop) => stop.lifted?.at ?? []).at(-1);

/** The deal's own stop, which the chief took back of something else than it is of now, or over other words. */
export const ownStopAgain = (deal: OpenedDeal, id: string, because: keyof typeof OWN_STOP): DealFact[] => {
  const lifted = liftedLast(deal);
  if (lifted === undefined || !deal.keepsWords) return [];
  // Whoever looked at that flag looks again as the deal becomes another once more.
  const isRaised = deal.ownFlags.some(({ stops }) => (own(stops, deal.id) ?? '') >= lifted);
  const title = OWN_STOP[because];
  return isRaised
    ? []
    : [
        {
          type: 'FlagRaised',
          flag: `own-stop-${id}`,
          title,
          pending: true,
          weight: 'severe',
          stops: { [deal.id]: lifted },
        },
      ];
};

const ownStopOfOthers = (deal: OpenedDeal, id: string): DealFact[] => {
  const lifted = liftedLast(deal);
  return lifted !== undefined && othersThan(deal, lifted).length > 0 ? ownStopAgain(deal, id, 'others') : [];
};

/**
 * Returns the flag for the stops that an open deal heard of and nobody has looked at here, and for its own: each waits for whoever can
 * take a stop back. One for all that were heard of; none where they have one.
 */
export const flagForStops = (view: Pick<DealView, 'deal'>, id: string): DealFact[] =>
  isOpen(view.deal) ? [...ownStopOfOthers(view.deal, id), ...flagForHeardStops(view, id)] : [];

const flagForHeardStops = ({ deal }: Pick<DealView, 'deal'>, id: string): DealFact[] => {
  const worries = (deal.others?.worries ?? []).filter((worry) => worry.of === 'stop' && !isOnlyBeside(worry));
  const open = worries.filter(
    (worry) =>
      !deal.ownFlags.some(
        ({ stops, mayBe }) =>
          (own(stops, worry.deal) ?? '') >= worry.at && (isByName(worry) || !mayBe?.includes(worry.deal)),
      ),
  );
  if (open.length === 0) return [];
  const certain = open.filter((worry) => !isByName(worry));
  const mayBe = [...new Set(open.map((worry) => worry.deal))].filter((id) =>
    certain.every((worry) => worry.deal !== id),
  );
  const sharing = (one: HeardWorry['shares']): boolean => open.some(({ shares }) => shares === one);
  const title =
    certain.length > 0
      ? TITLE[certain.some(({ shares }) => shares === undefined) ? 'same' : 'party']
      : TITLE[sharing('name') ? 'name' : 'like'];
  const stops = Object.fromEntries(
    open.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map((worry) => [worry.deal, worry.at]),
  );
  const of = mayBe.length > 0 ? { stops, mayBe } : { stops };
  return [{ type: 'FlagRaised', flag: `stop-${id}`, title, pending: true, weight: 'severe', ...of }];
};

/** Returns the deals of which a stop that was heard says all that their answers do. */
export const stoppedAmong = (worries: readonly HeardWorry[]): ReadonlySet<DealId> =>
  new Set(worries.flatMap(({ of, deal }) => (of === 'stop' ? [deal] : [])));

/** The deal without what weighs in it for the stop of another: that one says it itself. */
export const withoutStops = (view: DealView): DealView => {
  const { deal, policy, organisation, now } = view;
  if (!deal.ownFlags.some(standsForStop)) return view;
  const own: OpenedDeal = { ...deal, ownFlags: deal.ownFlags.filter((flag) => !standsForStop(flag)) };
  return dealView(own, policy, organisation, now);
};
