/** What the bot adds to every decision by itself, of the deal as it is after it: by whatever door somebody came. House rule. */

import type { CommandMeta } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { alertsToNote, isOpen } from '../context/alerts.ts';
import { endedToNote, flagsForEnded, hasEnded } from '../context/ended-before.ts';
import { gapsUnread } from '../context/gaps.ts';
import { holdsOn } from '../context/holds.ts';
import { likeToAsk } from '../context/similar-holds.ts';
import { isSpokenNow, isSpokenSince } from '../context/spoken-since.ts';
import { flagForStops } from '../context/stopped.ts';
import type { Settled } from '../deal.ts';
import type { DealEvent, DealFact } from '../events.ts';
import { evolve } from '../evolve.ts';
import { isOwnWord, looksAfter } from '../rights/set-aside.ts';
import { hasRemarkSince, writtenSince } from '../said/written-since.ts';
import type { DealState, OpenedDeal } from '../state.ts';
import { dealView } from '../view.ts';
import { whereItMatters, withConsequences } from './consequences.ts';
import { after, refuse, stamp, type DealContext, type Decided } from './decision.ts';
import { scopeOverWords } from './ending.ts';
import { factsText } from './facts.ts';
import { endedInTime } from './in-time.ts';
import { alertFacts, flagForHeard, likeFlags } from './noting.ts';

interface Adding {
  /** The deal after the decision, and what was added to it so far. */
  deal: OpenedDeal;
  before: DealState;
  /** What was decided. */
  events: readonly DealEvent[];
  /** Of the bot: the actor did not cause this, so everybody concerned is told. */
  meta: CommandMeta;
  context: DealContext;
}

const viewOf = ({ deal, meta, context: { policy, organisation } }: Adding) =>
  dealView(deal, policy, organisation, meta.at);

/** The end of what ran out long ago: its tick may be late, or owed by nobody. */
const inTime = (adding: Adding): readonly DealFact[] =>
  adding.before.status === 'deciding' ? endedInTime(adding.deal, adding.meta, adding.context) : [];

/**
 * Flags wait which counted at once while whoever raised them worked on the deal alone: once others do, nobody can tell who sells
 * it.
 */
const askedAgain = ({ deal, before }: Adding): readonly DealFact[] => {
  if (before.status === 'none' || !isOpen(deal)) return [];
  const alone = before.ownFlags.filter(
    ({ by, status, settledBy, again }) =>
      status === 'admitted' && settledBy === undefined && !again && isOwnWord(before, by),
  );
  const flagsAgain = alone.filter(({ by }) => !isOwnWord(deal, by)).map(({ id }) => id);
  return flagsAgain.length === 0 ? [] : [{ type: 'FlagsAskedAgain', flagsAgain }];
};

/** What was accepted for other deals is not known here again, once a colleague's words stand under it: by whatever door they became a colleague's. */
const unread = (adding: Adding): readonly DealFact[] => {
  const { deal, meta, context } = adding;
  const isAnyTaken = Object.values(deal.gaps ?? {}).some(({ from }) => from);
  const questions = isAnyTaken && isOpen(deal) ? gapsUnread(viewOf(adding)) : [];
  return questions.length === 0
    ? []
    : whereItMatters(viewOf(adding), meta, [{ type: 'BasisEnded', unread: questions }], context);
};

/**
 * What compliance accepted or confirmed of this deal is asked again once a colleague wrote what was not there: under an answer, as one, or
 * beside what they did; a source, of a gap's own question alone. Officers and other deals may say it, too.
 */
const unreadHere = (adding: Adding): readonly DealFact[] => {
  const { deal, before, meta, context, events } = adding;
  const { gaps = {}, exceptions: confirmed = {} } = deal;
  const then = [...Object.values(gaps).filter(({ from }) => !from), ...Object.values(confirmed)];
  if (before.status === 'none' || !isOpen(deal) || then.length === 0) return [];
  const { policy } = context;
  const view = viewOf(adding);
  const isSaid = (settled: Settled): boolean =>
    hasRemarkSince(deal, settled.at) || isSpokenSince(view, settled) || isSpokenNow(events, settled);
  const writtenThen = writtenSince({ deal: before, policy }, { deal, policy });
  const questions = Object.entries(gaps).flatMap(([id, gap]) => {
    const { words, sourcesOf } = writtenThen(gap.at);
    return !gap.from && (words || sourcesOf.has(id) || isSaid(gap)) ? [id] : [];
  });
  const exceptions = Object.entries(confirmed).flatMap(([id, settled]) =>
    writtenThen(settled.at).any || isSaid(settled) ? [id] : [],
  );
  if (questions.length + exceptions.length === 0) return [];
  const reason = 'A colleague said something of the deal since compliance looked.';
  const back: DealFact = {
    type: 'GapsTakenBack',
    questions,
    ...(exceptions.length === 0 ? {} : { exceptions }),
    reason,
  };
  return whereItMatters(view, meta, [back], context);
};

/** The holds and country alerts that stand for the deal then: one that is opened, renamed or reopened under a hold records it. */
const standing = (adding: Adding): readonly DealFact[] => {
  const { deal, meta, context } = adding;
  const { organisation } = context;
  if (!(organisation.holds?.length || organisation.alerts?.length || hasEnded(organisation))) return [];
  const now = { deal, organisation };
  const alerts = alertsToNote(now).map((alert) => ({ type: 'AlertNoted' as const, alert }));
  const noted: DealFact[] = [
    ...holdsOn(now)
      .filter(({ id }) => !deal.holds?.[id])
      .map((hold) => ({ type: 'HoldNoted' as const, hold })),
    ...(alerts.length === 0 ? [] : alertFacts(viewOf(adding), meta, alerts, context)),
    ...endedToNote(now, meta.at),
  ];
  const like = [...likeFlags(likeToAsk(now), meta), ...flagsForEnded(now, meta.at, meta.id)];
  return like.length === 0
    ? noted
    : [...noted, ...whereItMatters(after(viewOf(adding), meta, noted), meta, like, context)];
};

/** The flag for stops that the deal heard of and that nobody has looked at for it since it is open. */
const forStops = (adding: Adding): readonly DealFact[] => {
  const { deal, meta, context } = adding;
  const flag = flagForStops({ deal }, meta.id);
  return flag.length === 0 ? [] : withConsequences(viewOf(adding), meta, flag, context);
};

/** The flag for other worries of other deals that nobody has looked at for it since it is open, or since they wait for it. */
const forHeard = (adding: Adding): readonly DealFact[] => {
  const { deal, meta, context } = adding;
  if (!isOpen(deal) || !deal.others?.worries) return [];
  const flag = flagForHeard({ deal }, meta);
  return flag.length === 0 ? [] : whereItMatters(viewOf(adding), meta, flag, context);
};

/** What a colleague who worked on it writes beside what they do to a deal that is out of scope goes to compliance, as before it was. Others are read in a message. */
const writtenOutOfScope = (adding: Adding): readonly DealFact[] => {
  const { deal, before, context } = adding;
  if (before.status !== 'out of scope' || deal.status !== 'out of scope') return [];
  const known = before.remarks ?? [];
  const isSaid = (deal.remarks ?? []).some(
    (one) => !known.includes(one) && before.team.includes(one.by) && !looksAfter(before, one.by),
  );
  const view = viewOf(adding);
  return isSaid ? scopeOverWords(view, context.hash(factsText(view))) : [];
};

/** In this order: each sees what those before it added. */
const ADDED = [inTime, writtenOutOfScope, askedAgain, unread, unreadHere, standing, forStops, forHeard];

const LOOKED_AT_FIRST =
  'Somebody said something of this deal since compliance accepted or confirmed something of it, so they look at that again. Please open the review again. What you typed is kept.';

const isApproval = (decided: Decided): boolean =>
  decided.kind === 'accepted' &&
  decided.events.some((event) => event.type === 'VoteCast' && event.ballot.outcome !== 'decline');

export const withAdded = (decided: Decided, before: DealState, by: CommandMeta, context: DealContext): Decided => {
  if (decided.kind === 'refused') return decided;
  const meta = { ...by, actor: SYSTEM };
  // What is said beside the deal, as on a sheet, reaches it with the next act: no approval counts over that.
  if (before.status !== 'none' && isApproval(decided)) {
    const now = { deal: before, before, events: [], meta, context };
    const taken = unread(now);
    const first = taken.length > 0 ? taken : unreadHere(now);
    if (first.length > 0) return { ...refuse('facts changed', LOOKED_AT_FIRST), events: stamp(meta, first) };
  }
  const events = [...decided.events];
  let deal = events.reduce<DealState>(evolve, before);
  for (const adds of ADDED) {
    if (deal.status === 'none') break;
    const more = stamp(meta, adds({ deal, before, events: decided.events, meta, context }));
    deal = more.reduce<DealState>(evolve, deal);
    events.push(...more);
  }
  return { kind: 'accepted', events };
};
