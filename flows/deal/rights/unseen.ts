/** Answers to approvers that whoever asked has not looked at: others do not complete the step meanwhile. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import { delegatorsOf } from '../../registers/absences.ts';
import { usedBy } from '../approval/used-by.ts';
import type { InformationRequest } from '../deal.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { recusedFrom } from './apart.ts';

/** Tells whether whoever asked has voted since the answer. */
const isSeen = ({ votes }: DecidingDeal, { by, answer }: InformationRequest): boolean =>
  answer !== undefined && votes.some((vote) => usedBy(vote).includes(by) && vote.at >= answer.at);

/** Tells whether somebody votes among these today, by themselves or as a stand-in. */
const isAmong = (
  { organisation, now }: Pick<DealView, 'organisation' | 'now'>,
  person: PersonId,
  voters: readonly PersonId[],
): boolean => [person, ...delegatorsOf(organisation, person, now)].some((id) => voters.includes(id));

/**
 * Returns until when whoever asked may look at an answer first: a business day of theirs on which the deal waits for votes. While it
 * is withdrawn, or starts over, nobody looks.
 */
export const looksUntil = (
  view: Pick<DealView, 'organisation' | 'now'>,
  deal: DecidingDeal,
  { by, answer }: InformationRequest,
): Instant | undefined => {
  if (!answer) return undefined;
  const { organisation } = view;
  const group = deal.route.steps[deal.step]?.group;
  // Somebody's stand-in looks in the step of whom they stand in for.
  const isTheirs = deal.step === 0 || (group !== undefined && isAmong(view, by, membersOf(organisation, group)));
  const since = deal.stepSince ?? answer.at;
  return addBusinessDays(isTheirs && since > answer.at ? since : answer.at, 1, calendarOf(organisation, by));
};

/**
 * Returns the questions whose answers whoever asked has not looked at yet, unless a later step is theirs: a vote of
 * theirs says that they did, and one business day is enough. A milder colleague could take any words for an answer.
 */
export const unseenAnswers = (view: DealView, deal: DecidingDeal): InformationRequest[] => {
  const { organisation, now } = view;
  const [here, ...later] = deal.route.steps.slice(deal.step).map(({ group }) => membersOf(organisation, group));
  // Putting whoever asked on the deal team is no way around it.
  const out = recusedFrom(deal);
  return deal.requests.filter((request) => {
    const { answer, by, holds } = request;
    if (!answer || !holds || out.includes(by)) return false;
    const isIn = (voters: readonly PersonId[]): boolean => isAmong(view, by, voters);
    if (!(here && isIn(here)) && later.some(isIn)) return false;
    return !isSeen(deal, request) && now < (looksUntil(view, deal, request) ?? now);
  });
};

/** Returns who asked and has not looked at the answer, each once. */
export const unseenBy = (view: DealView, deal: DecidingDeal): PersonId[] => [
  ...new Set(unseenAnswers(view, deal).map(({ by }) => by)),
];

/**
 * Returns who asked and has not looked at the answer in the time that they had, each once: they may have been away. Whoever votes in
 * a later step still has it.
 */
export const neverSeenBy = (view: DealView, deal: DecidingDeal): PersonId[] => {
  const later = deal.route.steps.slice(deal.step + 1).flatMap(({ group }) => membersOf(view.organisation, group));
  const isOver = (request: InformationRequest): boolean => view.now >= (looksUntil(view, deal, request) ?? view.now);
  const over = deal.requests.filter(
    (request) =>
      request.answer && request.holds && !isSeen(deal, request) && isOver(request) && !isAmong(view, request.by, later),
  );
  return [...new Set(over.map(({ by }) => by))];
};
