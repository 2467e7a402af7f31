/** Deciding on what a second person confirms: that a deal is out of scope. And on the stop that one answer causes. */

import type { DealFact } from '../events.ts';
import { refusal } from '../rights/access.ts';
import { contradictions } from '../said/contradictions.ts';
import { confirmationFor, outRules, scopeSaidOf, standingConfirmation, waitsForConfirmation } from '../said/scope.ts';
import { stoppingAnswers } from '../said/stops.ts';
import type { DealView } from '../view.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

/** Returns what follows from answers that put the deal out of scope: found so, or said so until compliance confirms. */
export const outOfScope = (now: DealView, factsHash: string): DealFact[] => {
  const reasons = [...now.assessment.scopeReasons];
  if (!waitsForConfirmation(now)) return [{ type: 'FoundOutOfScope', reasons }];
  const contradicts = contradictions(now);
  const standing = standingConfirmation(now, contradicts);
  if (standing) {
    const { by, at, deal } = standing;
    return [{ type: 'FoundOutOfScope', reasons, confirmed: { by, at, deal } }];
  }
  if (scopeSaidOf(now.deal)?.factsHash === factsHash) return [];
  return [{ type: 'ScopeSaid', reasons, contradicts, rules: outRules(now), factsHash }];
};

/** Returns the stop that one answer causes, whatever else is open. */
export const stopAtOnce = (now: DealView, factsHash: string): DealFact[] => {
  const because = stoppingAnswers(now).map(({ id }) => id);
  const [question] = because;
  if (question === undefined) return [];
  const { tier, rule } = now.assessment;
  return [
    {
      type: 'DealStopped',
      rule: tier === 'prohibited' && rule !== null ? rule : question,
      factsHash,
      because,
      ...(now.policy.euExporter ? { notify: true as const } : {}),
    },
  ];
};

const CHANGED = 'The facts changed since you opened this. Please look at the deal again.';

const unconfirmed = (view: DealView, actor: string, factsHash: string): Decided | undefined => {
  const problem = refusal(view, actor, 'confirm');
  if (problem) return refuse('not allowed', problem);
  const said = scopeSaidOf(view.deal);
  if (!said) return refuse('not now', 'Nothing waits for a confirmation on this deal any more.');
  return said.factsHash === factsHash ? undefined : refuse('facts changed', CHANGED);
};

export const decideConfirmScope = ({ command, view, meta }: Case<'ConfirmScope'>): Decided => {
  const problem = unconfirmed(view, meta.actor, command.factsHash);
  const said = scopeSaidOf(view.deal);
  if (problem || !said) return problem ?? refuse('not now', CHANGED);
  const { reasons, by, at } = said;
  const keeps = confirmationFor(view, said, { by: meta.actor, at: meta.at });
  return accept(meta, [
    { type: 'ScopeConfirmed', ...(keeps ? { keeps } : {}) },
    { type: 'FoundOutOfScope', reasons, said: { by, at }, confirmed: { by: meta.actor, at: meta.at } },
  ]);
};

export const decideRefuseScope = ({ command, view, meta }: Case<'RefuseScope'>): Decided => {
  const problem = unconfirmed(view, meta.actor, command.factsHash);
  if (problem) return problem;
  const reason = command.reason.trim();
  if (reason === '') return refuse('not valid', 'Please say in a sentence why it goes back.', 'reason');
  return accept(meta, [{ type: 'ScopeRefused', section: view.policy.scopeSection, reason }]);
};

export const decideAuthority = ({ command, view, meta }: Case<'NoteAuthority'>): Decided => {
  const problem = refusal(view, meta.actor, 'confirm');
  if (problem) return refuse('not allowed', problem);
  const { authority } = view.deal;
  if (!authority || authority.done) return refuse('not now', 'Nothing is left to notify on this deal.');
  const note = command.note.trim();
  if (note === '') return refuse('not valid', 'Please say what was notified, and when.', 'note');
  return accept(meta, [{ type: 'AuthorityNoted', note }]);
};
