/**
 * Holds and country alerts that were ended before a deal heard of them: in either order of opening and lifting, whoever decides
 * reads of it. Where somebody of the deal's own team ended it, compliance off the team says whether that stands. House rule.
 */

import type { EndedAlert } from '../../country-alert.ts';
import type { Hold, LiftedHold } from '../../hold.ts';
import type { Instant } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import { SYSTEM } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import type { DealFact } from '../events.ts';
import type { EndedAgainst } from '../said-shapes.ts';
import { countriesLeft } from '../said/left-alerts.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { isHeldBy } from './holds.ts';
import { isAskedOf, likeNow, similarHolds } from './similar-holds.ts';

type Context = Pick<DealView, 'deal' | 'organisation'>;

/** An alert is of a whole country: what nobody on the team ended is shown for a quarter, not for the year. */
const SHOWN_MS = 92 * 24 * 3_600_000;

/** Similar names are looked for in an index that is kept for the same array of holds. */
const holdsIn = perObject((lifted: readonly LiftedHold[]): Hold[] => lifted.map(({ hold }) => hold));

const isSold = ({ status }: Pick<OpenedDeal, 'status'>): boolean => status !== 'withdrawn' && status !== 'decided';

const isOfTeam = ({ deal }: Context, { by }: { by: string }): boolean => deal.team.includes(by);

/** Returns the lifted holds on the deal or a party of it, or on somebody who is called much like one unless a colleague said that it is another. */
const liftedFor = (view: Context): LiftedHold[] => {
  const { deal, organisation } = view;
  const lifted = organisation.lifted ?? [];
  if (lifted.length === 0 || !isSold(deal)) return [];
  const similar = similarHolds({ deal, organisation: { ...organisation, holds: holdsIn(lifted) } }).filter(
    (one) =>
      !deal.ownFlags.some(
        (flag) => flag.settledBy !== undefined && flag.settledBy !== SYSTEM && isAskedOf(flag, likeNow(deal, one)),
      ),
  );
  const like = new Set(similar.map(({ hold }) => hold.id));
  return lifted.filter(({ hold }) => isHeldBy(deal, hold) || like.has(hold.id));
};

const endedFor = (view: Context, now: Instant): EndedAlert[] => {
  const { deal, organisation } = view;
  if (!isSold(deal)) return [];
  const left = countriesLeft(deal);
  return (organisation.alertsEnded ?? []).filter(
    (ended) =>
      (ended.alert.country === deal.details.destination || left.has(ended.alert.country)) &&
      (isOfTeam(view, ended) || Date.parse(now) - Date.parse(ended.at) <= SHOWN_MS),
  );
};

/** Tells whether the deal's record has that end: what is on its way to a deal reaches it by itself. */
const isKnown = (
  { endedAgainst = [] }: OpenedDeal,
  of: 'hold' | 'alert',
  { by, at, reason }: Pick<LiftedHold, 'by' | 'at' | 'reason'>,
  { reason: why, by: from }: { reason: string; by: string },
): boolean =>
  endedAgainst.some(
    (one) =>
      one.of === of && one.at >= at && one.by === by && one.reason === reason && one.why === why && one.from === from,
  );

const alertsToNote = (view: Context, now: Instant): Extract<DealFact, { type: 'AlertEnded' }>[] => {
  const { deal } = view;
  return endedFor(view, now).flatMap(({ alert, by, at, reason }) =>
    deal.warned?.includes(alert.id) || isKnown(deal, 'alert', { by, at, reason }, { reason: alert.why, by: alert.by })
      ? []
      : [{ type: 'AlertEnded', alert: alert.id, reason, ended: by, why: alert.why, from: alert.by, on: at }],
  );
};

/** Returns what the deal's record has yet to say of them. */
export const endedToNote = (view: Context, now: Instant): DealFact[] => {
  const { deal } = view;
  const asks = (id: string): boolean =>
    deal.ownFlags.some(({ like, status }) => like?.hold === id && status === 'pending');
  return [
    ...liftedFor(view).flatMap(({ hold, by, at, reason }): DealFact[] =>
      deal.holds?.[hold.id] || asks(hold.id) || isKnown(deal, 'hold', { by, at, reason }, hold)
        ? []
        : [
            {
              type: 'HoldEnded',
              hold: hold.id,
              reason,
              lifted: by,
              why: hold.reason,
              from: hold.by,
              ...(hold.on.of === 'end-user' ? { name: hold.on.name } : {}),
              on: at,
            },
          ],
    ),
    ...alertsToNote(view, now),
  ];
};

/** Returns alerts whose end reaches the deal's record with whatever is done next: whoever decides reads of it before. */
export const endedSince = (view: DealView): EndedAgainst[] =>
  alertsToNote(view, view.now).map(({ why, from, ended: by, on: at = view.now, reason }) => ({
    of: 'alert',
    why,
    from,
    by,
    at,
    reason,
  }));

const TITLES = {
  hold: 'Somebody on the team of this deal lifted a hold on it or on a party of it',
  alert: 'Somebody on the team of this deal ended a country alert for its country',
};

/** Returns a flag for each that somebody of the deal's team ended: until a colleague off the team settles it, nobody can approve. */
export const flagsForEnded = (view: Context, now: Instant, id: string): DealFact[] => {
  const { deal } = view;
  if (!isOpen(deal)) return [];
  const own = [
    ...liftedFor(view).flatMap((one) => (isOfTeam(view, one) ? [{ of: 'hold' as const, id: one.hold.id }] : [])),
    ...endedFor(view, now).flatMap((one) => (isOfTeam(view, one) ? [{ of: 'alert' as const, id: one.alert.id }] : [])),
  ].filter((ended) => !deal.ownFlags.some((flag) => flag.ended?.of === ended.of && flag.ended.id === ended.id));
  return own.map((ended, n) => ({
    type: 'FlagRaised',
    flag: `ended-${id}-${n}`,
    title: TITLES[ended.of],
    pending: true,
    weight: 'severe',
    ended,
  }));
};

/** Tells whether the registers say anything of the kind. */
export const hasEnded = ({ lifted, alertsEnded }: Organisation): boolean =>
  (lifted?.length ?? 0) + (alertsEnded?.length ?? 0) > 0;
