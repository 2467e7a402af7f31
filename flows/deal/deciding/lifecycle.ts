/** Deciding on the deal as a whole: opening, withdrawing, reopening, its owner, its record. */

import type { CommandMeta } from '../../ids.ts';
import { OPENS_NONE, OPERATOR, isAuditor, isClearanceChannel, person } from '../../organisation.ts';
import type { SectionId } from '../../policy/policy.ts';
import { heldBack } from '../../registers/training/held-back.ts';
import type { DealCommand } from '../commands.ts';
import { refusal } from '../rights/access.ts';
import { joinsTeamRefusal } from '../rights/picking.ts';
import { overturnedBy } from '../said/ended-against.ts';
import { stoppingAnswers } from '../said/stops.ts';
import type { DealView } from '../view.ts';
import { discarded, ownWord, whereItMatters, withConsequences } from './consequences.ts';
import {
  accept,
  after,
  refuse,
  unreasoned,
  stamp,
  unfit,
  type Case,
  type DealContext,
  type Decided,
} from './decision.ts';
import { detailsProblem } from './details.ts';
import { sheetsWorse } from './sheets.ts';
import { reopenShown } from './waiting-shown.ts';

export const decideOpen = (
  command: Extract<DealCommand, { type: 'OpenDeal' }>,
  meta: CommandMeta,
  { policy, organisation }: DealContext,
): Decided => {
  if (!person(organisation, meta.actor)) {
    return refuse('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
  }
  if (!isClearanceChannel(organisation, command.home.channel)) {
    return refuse('not allowed', 'Deals are not cleared in this channel.', 'channel');
  }
  if (isAuditor(organisation, meta.actor)) return refuse('not allowed', OPENS_NONE);
  const held = heldBack(organisation, meta.actor, 'opening', meta.at);
  if (held) return refuse('not allowed', held.text);
  const wrong = detailsProblem(command.details, organisation);
  if (wrong) return wrong;
  const { deal, home, details } = command;
  return {
    kind: 'accepted',
    events: stamp(meta, [
      {
        type: 'DealOpened',
        deal,
        home,
        owner: meta.actor,
        details,
        policy: policy.hash,
        oneCard: true,
        keepsWords: true,
      },
    ]),
  };
};

export const decideWithdraw = ({ command, view, meta, context }: Case<'Withdraw'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const silent = unreasoned(command.reason, 'Please say why you withdraw the deal.');
  if (silent) return silent;
  return accept(meta, [
    ...discarded(view, 'withdrawn', context),
    { type: 'DealWithdrawn', reason: command.reason.trim() },
  ]);
};

/** Returns the sections to ask again: of a stopped deal those that the stop rests on, else all that have answers. */
const askAgain = (view: DealView): SectionId[] => {
  const { deal, policy, facts } = view;
  const given = Object.keys(deal.answers);
  if (deal.status !== 'stopped') return deal.status === 'out of scope' ? [policy.scopeSection] : [];
  const stopping = stoppingAnswers(view).map(({ section }) => section);
  if (stopping.length > 0) return [...new Set(stopping)];
  const behind = given.filter((section) => {
    const own = new Set(Object.keys(deal.answers[section] ?? {}));
    const answers = Object.fromEntries(Object.entries(facts.answers).filter(([id]) => !own.has(id)));
    return policy.evaluate({ ...facts, answers }).tier !== 'prohibited';
  });
  return behind.length > 0 ? behind : given;
};

export const decideReopen = ({ command, view, meta, context }: Case<'Reopen'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  if (command.seen !== undefined && command.seen !== reopenShown(view)) {
    return refuse('facts changed', 'More was said against the deal while you were reading. Please look at it first.');
  }
  const silent = unreasoned(command.reason, 'Please say why you reopen the deal.');
  if (silent) return silent;
  const over = overturnedBy(view.deal, meta.actor);
  const reopened = {
    type: 'DealReopened' as const,
    reason: command.reason.trim(),
    askAgain: askAgain(view),
    from: view.deal.status,
    ...(over.length > 0 ? { over } : {}),
  };
  const lost = discarded(view, 'reopened', context);
  const moved = sheetsWorse(view, after(view, meta, [...lost, reopened]), meta.actor);
  return accept(meta, withConsequences(view, meta, [...lost, reopened, ...moved], context));
};

export const decideReassign = ({ command, view, meta, context }: Case<'ReassignOwner'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  if (command.to === view.deal.owner) return refuse('not valid', 'That person owns this deal already.', 'to');
  const silent = unreasoned(command.reason, 'Please say why the owner changes.');
  if (silent) return silent;
  const joining = joinsTeamRefusal(view, meta.actor, command.to);
  if (joining) return refuse('not allowed', joining, 'to');
  const reassigned = {
    type: 'OwnerReassigned' as const,
    to: command.to,
    reason: command.reason.trim(),
    from: view.deal.owner,
  };
  return accept(meta, whereItMatters(view, meta, [reassigned, ...ownWord(after(view, meta, [reassigned]))], context));
};

export const decideExport = ({ command, view, meta }: Case<'RecordExport'>): Decided => {
  // A dossier says what its readers may read; the whole record holds its keys and its stored form too.
  const action = command.format === 'pdf' ? 'get dossier' : 'export';
  const problem = meta.actor === OPERATOR ? undefined : refusal(view, meta.actor, action);
  if (problem) return refuse('not allowed', problem);
  return accept(meta, [{ type: 'RecordExported', format: command.format }]);
};
