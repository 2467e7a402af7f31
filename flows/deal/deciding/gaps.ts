/** Deciding on gaps: compliance accepts that something is not known. It makes nobody part of the deal team. */

import { isDay } from '../../calendar.ts';
import type { CommandMeta } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { TIERS } from '../../policy/policy.ts';
import { isOpen } from '../context/alerts.ts';
import { findingNow } from '../context/finding.ts';
import { acceptableGaps, exceptionToConfirm, overNow } from '../context/gaps.ts';
import type { DealFact } from '../events.ts';
import type { DealView } from '../view.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, unfit, unreasoned, type Case, type DealContext, type Decided } from './decision.ts';
import { loweredBy } from './lowering.ts';
import { gapsShown } from './waiting-shown.ts';

export const MIN_GAP_REASON = 10;

export const decideAcceptGaps = ({ command, view, meta, context }: Case<'AcceptGaps'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const { seen, confirm, until } = command;
  if (seen !== undefined && seen !== gapsShown(view)) {
    return refuse('facts changed', 'The answers changed while you were reading. Please look at them again.');
  }
  const questions = [...new Set(command.questions)];
  if (questions.length === 0 && confirm === undefined) {
    return refuse('not valid', 'Please choose what you accept.');
  }
  const offered = new Set(acceptableGaps(view).map(({ id }) => id));
  if (questions.some((id) => !offered.has(id))) {
    return refuse('not valid', 'One of these can’t be accepted: it is known, accepted already, or must be known.');
  }
  if (confirm !== undefined && exceptionToConfirm(view)?.id !== confirm) {
    return refuse('not now', 'This exception does not fit the deal, or it is confirmed already.');
  }
  if (until && !isDay(until.day)) return refuse('not valid', 'Please give a date of the calendar.', 'until');
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say in a sentence why. Every later approver reads it.');
  if (silent) return silent;
  if (reason.length < MIN_GAP_REASON) {
    return refuse('not valid', 'Please say in a sentence why. Every later approver reads it.', 'reason');
  }
  const over = questions.length > 0 ? overNow(view) : undefined;
  const also = {
    ...(confirm === undefined ? {} : { confirm }),
    ...(over ? { over } : {}),
    ...(until ? { until } : {}),
  };
  const accepted = { type: 'GapsAccepted' as const, questions, reason, ...also };
  const fell = loweredBy(view, meta, accepted);
  // What is not known of a deal that several groups decide is read by all of them.
  const lowered = confirm !== undefined || fell?.to === TIERS[0] ? fell : undefined;
  const fact = { ...accepted, ...(lowered ? { lowered } : {}) };
  return accept(meta, withConsequences(view, meta, [fact], context));
};

export const decideTakeGapsBack = ({ command, view, meta, context }: Case<'TakeGapsBack'>): Decided => {
  // What compliance ended for a whole country is ended here, too, by the same person.
  const by = meta.actor === SYSTEM ? command.ended : undefined;
  const no = by === undefined ? unfit(view, meta, command) : undefined;
  if (no) return no;
  if (!isOpen(view.deal)) return refuse('not now', `This deal is ${view.deal.status}. Reopen it first.`);
  const questions = [...new Set(command.questions)];
  const exceptions = [...new Set(command.exceptions)];
  if (questions.length + exceptions.length === 0) return refuse('not valid', 'Please choose what you take back.');
  const { gaps, exceptions: confirmed } = view.deal;
  if (questions.some((id) => !own(gaps, id)) || exceptions.some((id) => !own(confirmed, id))) {
    return refuse('not now', 'One of these was taken back already, or ended with another answer.');
  }
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say in a sentence why. Every later approver reads it.');
  if (silent) return silent;
  if (reason.length < MIN_GAP_REASON) {
    return refuse('not valid', 'Please say in a sentence why. Every later approver reads it.', 'reason');
  }
  const more = {
    ...(exceptions.length === 0 ? {} : { exceptions }),
    ...(by === undefined ? {} : { forAll: true as const }),
  };
  const said = by === undefined ? meta : { ...meta, actor: by };
  return accept(said, withConsequences(view, said, [{ type: 'GapsTakenBack', questions, reason, ...more }], context));
};

export const decideSendOn = ({ command, view, meta, context }: Case<'SendOn'>): Decided =>
  unfit(view, meta, command) ?? accept(meta, withConsequences(view, meta, [{ type: 'SentOn' }], context));

/** Reminds the owner and whoever might know once, then sends the deal on by itself. */
export const findingFacts = (view: DealView, meta: CommandMeta, context: DealContext): DealFact[] => {
  const finding = findingNow(view);
  if (!finding) return [];
  if (finding.until <= view.now) return withConsequences(view, meta, [{ type: 'SentOn' }], context);
  const { nudge, nudged } = finding;
  return nudge !== undefined && !nudged && nudge <= view.now ? [{ type: 'FindOutNudged' }] : [];
};
