/** What others said against a deal since compliance accepted or confirmed something of it. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { Settled } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isOnlyBeside } from '../only-beside.ts';
import { colleaguesReports, looksAfter } from '../rights/set-aside.ts';
import { notedOnSheets, refusedOnSheets, sheetDisputes } from '../sheets/said.ts';
import type { DealView } from '../view.ts';
import { alertsShown } from './alerts.ts';
import { LIGHT } from './heard.ts';
import { holdsOn } from './holds.ts';
import { GRAVE } from './worries.ts';
import { readableFrom } from './wrote.ts';

interface Spoke {
  by?: PersonId | undefined;
  at?: Instant | undefined;
}

/** What others note on the sheets of its product and its country, what they say against these, and what became of that. */
const onSheets = (view: DealView): Spoke[] => {
  const { deal, policy } = view;
  const noted = notedOnSheets(view).filter(
    ({ note, question, value }) => note !== undefined || !policy.isBenign(question, value),
  );
  const disputes = sheetDisputes(view).map(({ dispute }) => dispute);
  const settled = disputes.flatMap((dispute) => ('settled' in dispute ? [dispute.settled] : []));
  return [...noted, ...disputes.filter(({ by }) => !looksAfter(deal, by)), ...settled, ...refusedOnSheets(view)];
};

/**
 * All that is said of a deal beside its answers, and beside a vote, which is cast on what was accepted: questions, what was settled, sent
 * back, taken back or ended, evidence, reports, holds and alerts; what was told in other deals; and what sheets say.
 */
const spokenIn = (view: DealView): (Spoke | undefined)[] => {
  const { deal } = view;
  const { requests, ownFlags, gapsTakenBack = {}, lighterRefused, scopeRefused, remarks = [], team } = deal;
  const conditions = Object.values(deal.standing?.conditions ?? {});
  return [
    ...requests,
    ...requests.map(({ takenBack }) => (takenBack?.reason === undefined ? undefined : takenBack)),
    ...ownFlags.map(({ settledBy: by, settledAt: at }) => ({ by, at })),
    ...Object.values(gapsTakenBack),
    lighterRefused,
    scopeRefused,
    ...remarks.filter(({ by }) => !team.includes(by)),
    ...(deal.endedAgainst ?? []),
    ...colleaguesReports(deal).map(({ by, since: at }) => ({ by, at })),
    ...conditions
      .flatMap(({ evidence, returned }) => [...evidence, returned])
      .filter((one) => one && !looksAfter(deal, one.by)),
    deal.authority?.done,
    ...(deal.others?.written ? [{ by: deal.others.written.by, at: readableFrom(deal.others.written.at) }] : []),
    ...holdsOn(view),
    ...alertsShown(view),
    ...onSheets(view),
  ];
};

/** Tells whether somebody else than who settled something said something against the deal since. */
export const isSpokenSince = (view: DealView, { by: settler, at: then }: Settled): boolean =>
  spokenIn(view).some(
    (one) => one?.by !== undefined && one.at !== undefined && one.by !== SYSTEM && one.by !== settler && one.at > then,
  );

/**
 * Of what other deals say, a flag that waits asks compliance by itself, and what opening a deal brings about says little. Conditions are
 * voted again where an acceptance ended: two deals that hear of each other's would never come to an end.
 */
const ASKS_NOBODY: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  ...GRAVE,
  ...LIGHT,
  'tier',
  'conditions',
]);

const isHeard = ({
  ended,
  otherwise,
  kinds = [],
  worries = [],
}: Extract<DealEvent, { type: 'OthersNoted' }>): boolean =>
  ended.length + otherwise.length + kinds.length > 0 ||
  // For what is said of another end-user no flag waits.
  worries.some((worry) => !ASKS_NOBODY.has(worry.of) || (GRAVE.has(worry.of) && isOnlyBeside(worry)));

/** Tells the same of what just happened: a vote that was taken back with a reason, and what was heard of other deals. */
export const isSpokenNow = (events: readonly DealEvent[], { by: settler }: Settled): boolean =>
  events.some((event) =>
    event.type === 'VoteTakenBack'
      ? event.reason !== undefined && event.by !== settler
      : event.type === 'OthersNoted' && isHeard(event),
  );
