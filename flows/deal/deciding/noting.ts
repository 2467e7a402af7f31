/** Notes on the deal what happened elsewhere: a hold, an alert for its country, what other deals say. */

import type { CommandMeta } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { setApartShort } from '../../set-apart.ts';
import { alertsShown, isOpen } from '../context/alerts.ts';
import { gapsOutgrown } from '../context/gaps.ts';
import { isHeldBy, isOver } from '../context/holds.ts';
import { hearsOthers, isEndKnown } from '../context/others.ts';
import { likeToAsk, openLikes } from '../context/similar-holds.ts';
import { stoppedAmong } from '../context/stopped.ts';
import { othersOnly, unheard } from '../context/topics.ts';
import { flagWaits, isNoted, isWaiting } from '../context/worries.ts';
import type { DealFact } from '../events.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import type { LikeHeld } from '../own-flag.ts';
import { isGapKnown, isSaidOfProductSince, isWrittenSince } from '../said/heard-again.ts';
import type { DealView } from '../view.ts';
import { completedNow } from './completing.ts';
import { whereItMatters, withConsequences } from './consequences.ts';
import { accept, after, refuse, type Case, type DealContext, type Decided } from './decision.ts';
import { confirmationLost } from './ending.ts';
import { factsText } from './facts.ts';

const ONLY_BOT = 'Only the bot itself does this.';

export const decideNoteHold = ({ command: { hold }, view, meta, context }: Case<'NoteHold'>): Decided => {
  const { deal, organisation } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  if (!organisation.holds?.some(({ id }) => id === hold.id)) return refuse('not now', 'This hold was lifted.');
  if (own(deal.holds, hold.id)) return refuse('not now', 'The deal knows of this hold.');
  // Where nothing is sold any more, one on the deal itself still tells those for the same sale.
  if ((!isOver(deal) || hold.on.of === 'deal') && isHeldBy(deal, hold))
    return accept(meta, [{ type: 'HoldNoted', hold }]);
  const like = likeToAsk(view).filter((one) => one.hold === hold.id);
  return like.length === 0
    ? refuse('not now', 'This hold is not for this deal.')
    : accept(meta, whereItMatters(view, meta, likeFlags(like, meta), context));
};

/** In characters. */
const MOST_NAME = 80;

/** Somebody who is called much like one on hold waits for compliance, as somebody on a list does. A whole channel sees it: not whose name. */
export const likeFlags = (all: readonly LikeHeld[], { id }: CommandMeta): DealFact[] =>
  all.map((like, n) => ({
    type: 'FlagRaised',
    flag: `like-${id}-${n}`,
    title: `“${setApartShort(like.party, MOST_NAME)}” may be somebody on hold`,
    pending: true,
    weight: 'severe',
    hit: true,
    like,
  }));

export const decideNoteRelease = ({ command, view, meta }: Case<'NoteRelease'>): Decided => {
  const { deal } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  const { hold, reason, by, was } = command;
  const asked = openLikes(deal).filter(({ like }) => like?.hold === hold);
  const held = own(deal.holds, hold);
  if (!held && asked.length === 0) return refuse('not now', 'The deal knows of no such hold.');
  const ended: DealFact[] = [
    ...(held ? [{ type: 'HoldEnded' as const, hold, reason, lifted: by, why: held.reason, from: held.by }] : []),
    ...(!held && was?.on.of === 'end-user'
      ? [{ type: 'HoldEnded' as const, hold, reason, lifted: by, why: was.reason, from: was.by, name: was.on.name }]
      : []),
    // A whole channel reads this; the reason of whoever lifted it may name whom it was on.
    ...asked.map(({ id }) => ({
      type: 'FlagDismissed' as const,
      flag: id,
      reason: 'That hold was lifted.',
      settledBy: SYSTEM,
    })),
  ];
  return accept(meta, [...ended, ...completedNow(after(view, meta, ended))]);
};

/** An alert is a fact where a risk picture weighs it, and changes nothing elsewhere. */
export const alertFacts = (view: DealView, meta: CommandMeta, facts: readonly DealFact[], context: DealContext) =>
  view.policy.picture ? withConsequences(view, meta, facts, context) : facts;

export const decideNoteAlert = ({ command: { alert }, view, meta, context }: Case<'NoteAlert'>): Decided => {
  const { deal, organisation } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  if (deal.warned?.includes(alert.id)) return refuse('not now', 'The deal shows this alert.');
  if (!alertsShown({ deal, organisation }).some(({ id }) => id === alert.id)) {
    return refuse('not now', 'This alert is not for this deal now.');
  }
  return accept(meta, alertFacts(view, meta, [{ type: 'AlertNoted', alert }], context));
};

export const decideNoteAlertEnd = ({ command, view, meta, context }: Case<'NoteAlertEnd'>): Decided => {
  const { deal } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  const { alert, reason, by, why, from } = command;
  if (!deal.warned?.includes(alert)) return refuse('not now', 'The deal shows no such alert.');
  return accept(meta, alertFacts(view, meta, [{ type: 'AlertEnded', alert, reason, ended: by, why, from }], context));
};

const FLAG_ELSEWHERE = 'Another deal speaks against this one';
const FLAG_TO_STOP = 'Another deal says “yes” to what stops a deal';

/**
 * A worry of another deal waits here for compliance, so that a new deal is no way around it; one at a time. A stop waits for
 * the chief instead, and says all that the same deal's answers do.
 */
const flagElsewhere = (view: Pick<DealView, 'deal'>, flag: string, worries: readonly HeardWorry[]): DealFact[] => {
  if (flagWaits(view) || !isOpen(view.deal)) return [];
  const stopped = stoppedAmong([...(view.deal.others?.worries ?? []), ...worries]);
  const waiting = worries.filter(
    (worry) => isWaiting(view, worry) && !((worry.of === 'stop' || worry.of === 'tier') && stopped.has(worry.deal)),
  );
  if (waiting.length === 0) return [];
  const title = waiting.some(({ of }) => of === 'answer') ? FLAG_TO_STOP : FLAG_ELSEWHERE;
  return [{ type: 'FlagRaised', flag, title, pending: true, weight: 'moderate' }];
};

/**
 * The same of what was heard while it did not wait here: of a deal that was over or approved then. What compliance settled a flag over
 * since waits no more: that flag does, once the deal names others.
 */
export const flagForHeard = (view: Pick<DealView, 'deal'>, meta: CommandMeta): DealFact[] => {
  const { keepsWords, others, ownFlags } = view.deal;
  const looked = ownFlags.flatMap(({ heard = 0 }) => heard);
  const unlooked = (others?.worries ?? []).slice(Math.max(0, ...looked));
  return keepsWords ? flagElsewhere(view, `heard-${meta.id}`, unlooked) : [];
};

/**
 * What was accepted as not known was accepted over the kind of end-user that was known then. Once a graver one is heard, it is not
 * known again, as where that was heard first: in either order compliance looks at these gaps with it. House rule.
 */
const gapsEnded = (now: DealView): DealFact[] => {
  const outgrown = isOpen(now.deal) ? gapsOutgrown(now) : [];
  return outgrown.length > 0 ? [{ type: 'BasisEnded', outgrown }] : [];
};

export const decideNoteOthers = ({ command, view, meta, context }: Case<'NoteOthers'>): Decided => {
  const { deal } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  if (!hearsOthers(deal)) return refuse('not now', 'Nothing is heard for this deal.');
  const known = deal.others;
  const ended = command.ended.filter((one) => !isEndKnown(known, one));
  const otherwise = command.otherwise.flatMap((one) => {
    const told = one.instead
      ? known?.otherwise.filter(({ deal: from }) => from === one.deal)
      : one.own
        ? known?.otherwise
        : othersOnly(known?.otherwise);
    // Of an end-user each person who says so is news.
    const before = told?.filter(({ by }) => by === undefined || one.by === undefined || by === one.by);
    const says = unheard(before, one.question, one.says ?? ['yes']);
    return says.length === 0 ? [] : [{ ...one, ...(one.says ? { says } : {}) }];
  });
  const kinds = (command.kinds ?? []).filter(
    (one) =>
      !known?.kinds?.some(
        (other) => other.deal === one.deal && other.kind === one.kind && (one.own || !other.own || one.by !== other.by),
      ),
  );
  const worries = (command.worries ?? []).filter((worry) => !isNoted(known, worry));
  const { more = 0, written, ofProduct } = command;
  const isWritten = written !== undefined && isWrittenSince(known, written);
  const isOfProduct = ofProduct !== undefined && isSaidOfProductSince(known, ofProduct);
  const says = ended.length + otherwise.length + kinds.length + worries.length > 0 || more > (known?.more ?? 0);
  const gaps = (command.gaps ?? []).filter((gap) => !isGapKnown(known, gap));
  if (!says && !isWritten && !isOfProduct && gaps.length === 0) return refuse('not now', 'The deal knows of this.');
  const noted: DealFact = {
    type: 'OthersNoted',
    ended,
    ...(more > 0 ? { more } : {}),
    otherwise,
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(worries.length > 0 ? { worries } : {}),
    ...(isWritten ? { written } : {}),
    ...(isOfProduct ? { ofProduct } : {}),
    ...(gaps.length > 0 ? { gaps } : {}),
    ...(command.together ? { together: true } : {}),
  };
  const heard = [noted, ...flagElsewhere(view, `own-${meta.id}`, worries)];
  const facts = [...heard, ...(kinds.length > 0 ? gapsEnded(after(view, meta, heard)) : [])];
  const now = after(view, meta, facts);
  const lost = confirmationLost(now, context.hash(factsText(now)));
  return accept(meta, lost.length > 0 ? [...facts, ...lost] : whereItMatters(view, meta, facts, context));
};

/** Compliance hears once of all settled deals that hear of this one. */
export const decideNoteHeard = ({ command: { deals }, meta }: Case<'NoteHeard'>): Decided =>
  meta.actor === SYSTEM ? accept(meta, [{ type: 'HeardElsewhere', deals }]) : refuse('not allowed', ONLY_BOT);
