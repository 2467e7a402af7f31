/** Duties of compliance beside the review: to confirm what makes a deal lighter, to settle flags, to notify the authority. */

import type { ReminderRule } from '../../policy/reminders.ts';
import { flagSince } from '../own-flag.ts';
import { confirmers, whoConfirmsScope } from '../rights/confirmers.ts';
import type { ScopeSaid } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { reminded, type Thing } from './owing.ts';
import { askedToSettle } from './settling.ts';

/** Begins on the next business day. House rule. */
export const AUTHORITY: ReminderRule = { after: [1, 2, 3], escalate: { after: 4, to: 'manager' } };

export const scopeOwed = (view: DealView, { at: since }: ScopeSaid): Thing[] => {
  const rule = view.policy.reminders.approvals;
  const key = `scope:${since}`;
  const owers = whoConfirmsScope(view).map((person) =>
    reminded(view, rule, { person, key: `${key}:${person}`, since }),
  );
  return [{ key, owed: { kind: 'scope' }, rule, owers }];
};

/** Owed while the deal is asked or decided; a deal that ended waits for nothing. */
export const lighterOwed = (view: DealView): Thing[] => {
  const { lighterSaid } = view;
  const { status } = view.deal;
  if (!lighterSaid || (status !== 'answering' && status !== 'deciding')) return [];
  const { at: since } = lighterSaid;
  const rule = view.policy.reminders.approvals;
  const key = `lighter:${since}`;
  const owers = confirmers(view).map((person) => reminded(view, rule, { person, key: `${key}:${person}`, since }));
  return [{ key, owed: { kind: 'lighter' }, rule, owers }];
};

/** Also of a deal that is over: one that was withdrawn after a flag is worth the look. Nobody settles their own. */
export const flagsOwed = (view: DealView): Thing[] => {
  const rule = view.policy.reminders.approvals;
  return view.deal.ownFlags.flatMap((flag): Thing[] => {
    if (flag.status !== 'pending') return [];
    const key = flag.again ? `flag:${flag.id}:${flag.again.at}` : `flag:${flag.id}`;
    const others = askedToSettle(view, flag).filter((person) => person !== flag.by);
    const owers = others.map((person) =>
      reminded(view, rule, { person, key: `${key}:${person}`, since: flagSince(flag) }),
    );
    return [{ key, owed: { kind: 'flag', flag: flag.id }, rule, owers }];
  });
};

export const authorityOwed = (view: DealView): Thing[] => {
  const { authority } = view.deal;
  if (!authority || authority.done) return [];
  const { since } = authority;
  const key = `authority:${since}`;
  const owers = confirmers(view).map((person) => reminded(view, AUTHORITY, { person, key: `${key}:${person}`, since }));
  return [{ key, owed: { kind: 'authority' }, rule: AUTHORITY, owers }];
};
