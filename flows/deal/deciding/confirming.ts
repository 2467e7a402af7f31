/** Deciding on what a second person confirms: out of scope, changes that make a deal lighter, the authority notified. */

import { SYSTEM } from '../../organisation.ts';
import { namedByOfficers } from '../context/named-by-officers.ts';
import { againstScope } from '../context/others.ts';
import type { LighterSaid, Reworded } from '../said-shapes.ts';
import { othersIn } from '../said/renamed.ts';
import { rewordedIn } from '../said/reworded.ts';
import { confirmationFor, scopeSaidOf } from '../said/scope.ts';
import { answersBack, detailsAgain, heavierBack, heavierDetails } from '../said/sent-back.ts';
import type { DealView } from '../view.ts';
import { discarded, withConsequences } from './consequences.ts';
import { accept, after, refuse, unfit, unreasoned, type Case, type Decided } from './decision.ts';
import { loweredBy } from './lowering.ts';
import { withOthers } from './other-parties.ts';
import { sheetsWorse } from './sheets.ts';
import { waitingShown } from './waiting-shown.ts';

const CHANGED = 'The answers, or what is said of this deal, changed since you opened this. Please look at it again.';

interface Looked {
  seen?: string | undefined;
}

const isNewer = (view: DealView, { seen }: Looked): boolean => seen !== undefined && seen !== waitingShown(view);

const otherScope = (view: DealView, looked: Looked & { factsHash: string }): Decided | undefined => {
  const said = scopeSaidOf(view.deal);
  const same = said?.factsHash === looked.factsHash && !isNewer(view, looked);
  return same ? undefined : refuse('facts changed', CHANGED);
};

export const decideConfirmScope = ({ command, view, meta, context }: Case<'ConfirmScope'>): Decided => {
  const said = scopeSaidOf(view.deal);
  const no = unfit(view, meta, command);
  const newer = otherScope(view, command);
  // What came meanwhile is shown before it is said that it holds the deal.
  const problem = said && no?.refusal.code === 'not now' ? (newer ?? no) : (no ?? newer);
  if (problem || !said) return problem ?? refuse('not now', CHANGED);
  const { reasons, by, at } = said;
  const { company, 'end-user': endUser } = namedByOfficers(view);
  const isNamed = company !== undefined || endUser !== undefined;
  const keeps = confirmationFor(view, said, { by: meta.actor, at: meta.at, heard: againstScope(view), isNamed });
  return accept(meta, [
    ...(view.deal.standing ? discarded(view, 'ended', context) : []),
    { type: 'ScopeConfirmed', ...(keeps ? { keeps } : {}) },
    { type: 'FoundOutOfScope', reasons, said: { by, at }, confirmed: { by: meta.actor, at: meta.at } },
  ]);
};

export const decideRefuseScope = ({ command, view, meta }: Case<'RefuseScope'>): Decided => {
  const problem = unfit(view, meta, command) ?? otherScope(view, command);
  if (problem) return problem;
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say in a sentence why it goes back.');
  if (silent) return silent;
  return accept(meta, [{ type: 'ScopeRefused', section: view.policy.scopeSection, reason }]);
};

const otherLighter = (view: DealView, looked: Looked & { asOf: string }): Decided | undefined => {
  const same = view.lighterSaid?.at === looked.asOf && !isNewer(view, looked);
  return same ? undefined : refuse('facts changed', CHANGED);
};

export const decideConfirmLighter = ({ command, view, meta, context }: Case<'ConfirmLighter'>): Decided => {
  const no = unfit(view, meta, command) ?? otherLighter(view, command);
  if (no) return no;
  const lowered = loweredBy(view, meta, { type: 'LighterConfirmed' });
  const confirmed = { type: 'LighterConfirmed' as const, ...(lowered ? { lowered } : {}) };
  return accept(meta, withConsequences(view, meta, [confirmed], context));
};

/** Returns what is written in the answers in whose place those of before come back. */
const wordsThatGo = (view: DealView, answers: LighterSaid['answers']): Reworded => {
  const { deal } = view;
  // What is saved for later stays as it is.
  const answered = { ...view, deal: { ...deal, drafts: {} } };
  const sections = new Set(answers.map(({ section }) => section));
  return [...sections].flatMap((section) => {
    const back = answers.flatMap((one) => (one.section === section ? [[one.question, one.answer] as const] : []));
    const given = deal.answers[section];
    return given ? rewordedIn(answered, section, { ...given, ...Object.fromEntries(back) }, SYSTEM) : [];
  });
};

export const decideRefuseLighter = ({ command, view, meta, context }: Case<'RefuseLighter'>): Decided => {
  const problem = unfit(view, meta, command) ?? otherLighter(view, command);
  if (problem) return problem;
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say in a sentence why it goes back.');
  if (silent) return silent;
  const { deal } = view;
  const back = deal.lighterSaid || deal.lighterKept ? detailsAgain(view) : undefined;
  const renamed = back ? othersIn(view, back, meta.actor) : [];
  const answers = answersBack(view);
  const reworded = wordsThatGo(view, answers);
  const refused = {
    type: 'LighterRefused' as const,
    reason,
    ...(renamed.length > 0 ? { renamed } : {}),
    ...(reworded.length > 0 ? { reworded } : {}),
    ...heavierBack(view, answers),
    ...(back ? heavierDetails(view, back) : {}),
    ...(back ? withOthers(view, back) : {}),
  };
  const moved = sheetsWorse(view, after(view, meta, [refused]), meta.actor);
  return accept(meta, withConsequences(view, meta, [refused, ...moved], context));
};

export const decideAuthority = ({ command, view, meta }: Case<'NoteAuthority'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const note = command.note.trim();
  if (note === '') return refuse('not valid', 'Please say what was notified, and when.', 'note');
  return accept(meta, [{ type: 'AuthorityNoted', note }]);
};
