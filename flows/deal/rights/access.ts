/** Who may read and who may act. Cards, forms, lists, exports and decisions all ask here; the default is denial. */

import type { PersonId } from '../../ids.ts';
import { inGroup, isAuditor, isChief, isOfCompliance, membersOf } from '../../organisation.ts';
import { heldBack } from '../../registers/training/held-back.ts';
import { conditionsNow } from '../approval/in-force.ts';
import { isOwed, reportedChanges } from '../approval/reassessments.ts';
import { saidBy, wasChanged } from '../basis/basis.ts';
import type { InformationRequest, Reassessment } from '../deal.ts';
import type { OwnFlag } from '../own-flag.ts';
import type { DealView } from '../view.ts';
import type { Apart } from './apart.ts';
import { approverGroupsOf, mayRead, readershipOf } from './readers.ts';
import {
  actsFor,
  asksFor,
  hasVoted,
  isRecused,
  judgesFor,
  mayBeNeeded,
  nameOf,
  OWN_DEAL,
  RECUSED,
  seatOf,
  standsInForNeeded,
  worksFor,
} from './seats.ts';

export type DealAction =
  | 'answer'
  | 'object to basis'
  | 'ask counsel'
  | 'hand over'
  | 'correct details'
  | 'raise flag'
  | 'settle flag'
  | 'accept gaps'
  | 'take gaps back'
  | 'send on'
  | 'vote'
  | 'take vote back'
  | 'recuse'
  | 'ask for information'
  | 'give information'
  | 'take question back'
  | 'withdraw'
  | 'reopen'
  | 'reassign owner'
  | 'nudge'
  | 'export'
  | 'get dossier'
  | 'meet condition'
  | 'settle condition'
  | 'hand over condition'
  | 'lift suspension'
  | 'snooze'
  | 'set renewals'
  | 'set licence'
  | 'report change'
  | 'take change back'
  | 'reassess'
  | 'place hold'
  | 'confirm';

const isCompliance = ({ organisation }: DealView, person: PersonId): boolean => isOfCompliance(organisation, person);

/** Tells whether a person is of compliance, neither on the deal nor recused from it: nobody is a judge in their own case. */
export const isIndependentCompliance = (view: DealView, person: PersonId): boolean =>
  isCompliance(view, person) && !view.deal.team.includes(person) && !isRecused(view.deal, person);

/** Returns the members of the compliance group outside the deal, who are told what compliance must see. */
export const independentCompliance = ({ deal, organisation }: Apart): PersonId[] =>
  membersOf(organisation, organisation.roles.compliance).filter(
    (id) => !deal.team.includes(id) && !isRecused(deal, id),
  );

const ownsCondition = ({ deal }: DealView, person: PersonId): boolean =>
  conditionsNow(deal).some((c) => c.owner === person);

/** Tells whether a person approves on the deal's route, or did for its approval in force. */
export const isApprover = ({ deal, organisation }: DealView, person: PersonId): boolean =>
  approverGroupsOf(deal).some((group) => inGroup(organisation, group, person));

/** Tells whether a person may read: deal team, approvers, compliance, auditors, owners of conditions, and their stand-ins. */
export const canRead = (view: DealView, person: PersonId): boolean => mayRead(readershipOf(view), view, person);

const actsForTeam = (view: DealView, person: PersonId): PersonId | undefined =>
  actsFor(view, person).find((absent) => view.deal.team.includes(absent));

/** Returns why not. Doing the team's work puts a person on the team, which a possible judge of the deal must not be. */
const teamWork = (view: DealView, person: PersonId): string | undefined => {
  const { deal } = view;
  if (deal.team.includes(person)) return undefined;
  const absent = actsForTeam(view, person);
  if (absent === undefined) {
    return `Only the deal team can do this. Ask ${nameOf(view, deal.owner, 'the deal owner')} to hand you the section.`;
  }
  if (isRecused(deal, person)) return RECUSED;
  if (hasVoted(view, person)) return 'You have voted on this deal, so you cannot work on it too.';
  return mayBeNeeded(view, person)
    ? `You may be needed to decide on this deal, so you cannot do this for ${nameOf(view, absent)}. Ask compliance to hand it to somebody else.`
    : undefined;
};

/**
 * Tells whether a person may take a question back: its author, their stand-in, the chief, and compliance where its author
 * recused themself; nobody of the deal team, and nobody else who is recused.
 */
export const mayTakeBack = (view: DealView, person: PersonId, { by }: Pick<InformationRequest, 'by'>): boolean => {
  const { deal, organisation } = view;
  if (deal.team.includes(person)) return false;
  if (person === by) return true;
  if (isRecused(deal, person)) return false;
  const isLeft = isRecused(deal, by) && isCompliance(view, person);
  return isLeft || isChief(organisation, person) || asksFor(view, person, by);
};

/** Says who besides its author may take a question back. */
export const takesBackWords = ({ deal }: DealView, asked: Pick<InformationRequest, 'by'> | undefined): string =>
  asked && isRecused(deal, asked.by)
    ? 'somebody who stands in for them, compliance, and the chief compliance officer can take this question back: they recused themself from this deal.'
    : 'somebody who stands in for them, and the chief compliance officer can take this question back.';

const AUDITS = 'You are an auditor: you read every deal, and act on none.';

/** What an auditor may do: nobody's word is kept on a deal against their will. */
const AUDITING: ReadonlySet<DealAction> = new Set(['get dossier', 'object to basis']);

const JUDGING: ReadonlySet<DealAction> = new Set([
  'settle flag',
  'vote',
  'ask for information',
  'take vote back',
  'settle condition',
  'lift suspension',
  'place hold',
  'confirm',
  'accept gaps',
  'take gaps back',
]);

/** Returns undefined where it is allowed, otherwise one sentence that says why not and who can. */
export const refusal = (view: DealView, person: PersonId, action: DealAction): string | undefined => {
  const { deal, organisation } = view;
  if (!organisation.people.some((p) => p.id === person))
    return 'Clearthread does not know you. Ask compliance to add you.';
  if (isAuditor(organisation, person) && !AUDITING.has(action)) return AUDITS;
  const onTeam = deal.team.includes(person);
  const owner = nameOf(view, deal.owner, 'the deal owner');
  if (JUDGING.has(action) && isRecused(deal, person)) return RECUSED;
  switch (action) {
    case 'correct details':
      return onTeam ? undefined : `Only the deal team can do this. Ask ${owner} to hand you the section.`;
    case 'answer':
    case 'send on':
    case 'give information':
      return teamWork(view, person);
    case 'ask counsel':
      return onTeam || isCompliance(view, person) || actsForTeam(view, person) !== undefined
        ? undefined
        : `Only the deal team and compliance can ask counsel. Ask ${owner}.`;
    // So may whoever gave an answer that somebody else made lighter.
    // Whoever was named may say so also once another name stands there: then it is a flag, which anybody may raise.
    case 'object to basis':
      if (isAuditor(organisation, person) && saidBy(deal.answers, person).length === 0 && !wasChanged(deal, person))
        return AUDITS;
      return saidBy(deal.answers, person).length > 0 ||
        wasChanged(deal, person) ||
        !(onTeam || deal.objections?.some(({ by }) => by === person))
        ? undefined
        : 'No answer of this deal stands on your word any more, so there is nothing to object to.';
    case 'hand over':
      return onTeam || isCompliance(view, person) || actsForTeam(view, person) !== undefined
        ? undefined
        : `Only the deal team and compliance can hand a section over. Ask ${owner}.`;
    case 'raise flag':
      return undefined;
    case 'settle flag':
      if (!isCompliance(view, person)) return 'Only compliance can admit or dismiss a flag.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must settle this flag.' : undefined;
    case 'accept gaps':
      if (!isCompliance(view, person)) return 'Only compliance can accept that something is not known. Ask them.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must accept this.' : undefined;
    case 'take gaps back':
      if (!isCompliance(view, person)) return 'Only compliance can take back what it accepted. Ask them.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must take this back.' : undefined;
    case 'vote':
    case 'ask for information':
    case 'take vote back': {
      if (onTeam) return OWN_DEAL;
      if (deal.status !== 'deciding') return 'This deal is not waiting for a decision.';
      const mine = deal.votes.some((v) => v.by === person && v.step === deal.step);
      if (action === 'take vote back' && mine) return undefined;
      const seat = seatOf(view, deal, person);
      if ('no' in seat) return action === 'ask for information' && seat.voted ? undefined : seat.no;
      return action === 'vote' ? heldBack(organisation, person, 'voting', view.now)?.text : undefined;
    }
    case 'take question back':
      if (onTeam) return 'You are on the deal team, so you cannot take back a question to it.';
      return deal.requests.some((request) => mayTakeBack(view, person, request))
        ? undefined
        : `Only the person who asked, ${takesBackWords(
            view,
            deal.requests.findLast((r) => !r.answer && !r.takenBack),
          )}`;
    case 'recuse':
      if (onTeam) return 'You are on the deal team, so you decide nothing on this deal.';
      if (isRecused(deal, person)) return 'You have recused yourself from this deal already.';
      return mayBeNeeded(view, person) || isApprover(view, person) || standsInForNeeded(view, person)
        ? undefined
        : 'Nobody asks you to decide on this deal, so there is nothing to step back from.';
    case 'withdraw':
      return person === deal.owner || person === deal.requester ? undefined : `Only ${owner} can withdraw this deal.`;
    case 'reopen':
      if (deal.status === 'stopped') {
        if (!isChief(organisation, person))
          return 'A rule of the policy stopped this deal. Only the chief compliance officer can reopen it.';
        if (isRecused(deal, person)) return RECUSED;
        return onTeam ? 'You are on the deal team, so you cannot reopen a stopped deal.' : undefined;
      }
      if (deal.status === 'decided') {
        return isIndependentCompliance(view, person) ? undefined : 'Only compliance can reopen a decided deal.';
      }
      if (deal.standing) {
        return isIndependentCompliance(view, person)
          ? undefined
          : 'The approval of this deal stands, and only compliance colleagues who are not on the deal can end it.';
      }
      return onTeam || isCompliance(view, person)
        ? undefined
        : `Only the deal team and compliance can reopen this deal. Ask ${owner}.`;
    case 'reassign owner':
      return person === deal.owner || isIndependentCompliance(view, person)
        ? undefined
        : `Only ${owner} and compliance can give this deal to someone else.`;
    case 'nudge':
      return canRead(view, person) ? undefined : 'Only the deal team, its approvers and compliance can nudge.';
    case 'export':
      return isCompliance(view, person) ? undefined : 'Only compliance can export the record.';
    case 'get dossier':
      return canRead(view, person)
        ? undefined
        : 'Only those who may read the deal, its team, its approvers and compliance, can have its dossier.';
    case 'meet condition':
      return onTeam ||
        ownsCondition(view, person) ||
        worksFor(view, person).some((absent) => deal.team.includes(absent) || ownsCondition(view, absent))
        ? undefined
        : `Only the person who has the condition, and the deal team, can say that it is done. Ask ${owner}.`;
    case 'hand over condition':
      return onTeam ||
        isCompliance(view, person) ||
        ownsCondition(view, person) ||
        worksFor(view, person).some((absent) => deal.team.includes(absent) || ownsCondition(view, absent))
        ? undefined
        : `Only the person who has the condition, the deal team and compliance can hand it over. Ask ${owner}.`;
    case 'settle condition':
      if (
        !isCompliance(view, person) &&
        !judgesFor(view, person).some((absent) => isIndependentCompliance(view, absent))
      ) {
        return 'Only compliance can accept or return this.';
      }
      return onTeam ? 'You are on the deal team, so another compliance colleague must look at this.' : undefined;
    case 'lift suspension':
      if (!isCompliance(view, person)) return 'Only compliance can lift the suspension.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must lift the suspension.' : undefined;
    case 'snooze':
      return canRead(view, person) ? undefined : 'Only the person who is reminded can put a reminder off.';
    case 'set renewals':
    case 'set licence':
    case 'reassess':
      return onTeam ||
        isCompliance(view, person) ||
        (action !== 'set renewals' && actsForTeam(view, person) !== undefined)
        ? undefined
        : `Only the deal team and compliance can do this. Ask ${owner}.`;
    case 'report change':
      return canRead(view, person)
        ? undefined
        : `Only the deal team, its approvers and compliance can do this. Tell ${owner}.`;
    case 'take change back':
      return isIndependentCompliance(view, person) || reportedChanges(deal).some(({ by }) => by === person)
        ? undefined
        : 'Only the person who reported the change, and compliance colleagues who are not on the deal, can take it back.';
    case 'confirm':
      if (!isCompliance(view, person)) return 'Only compliance can confirm this.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must confirm this.' : undefined;
    case 'place hold':
      if (!isCompliance(view, person)) return 'Only compliance can place and lift holds.';
      return onTeam ? 'You are on the deal team, so another compliance colleague must do this.' : undefined;
    default: {
      const never: never = action;
      return never;
    }
  }
};

/** Returns why not, for this flag: one that waits for a stop is settled by whoever can take a stop back. */
export const settleRefusal = (view: DealView, person: PersonId, flag: OwnFlag | undefined): string | undefined => {
  if (flag?.stops === undefined) return refusal(view, person, 'settle flag');
  if (!isChief(view.organisation, person))
    return 'It is about a deal that was stopped. Only the chief compliance officer can admit or dismiss it.';
  if (isRecused(view.deal, person)) return RECUSED;
  return view.deal.team.includes(person) ? 'You are on the deal team, so you cannot settle this flag.' : undefined;
};

/** Returns whom a flag waits for: compliance outside the deal, or the chief. */
export const settlersOf = (view: Apart, flag: Pick<OwnFlag, 'stops'> | undefined): PersonId[] => {
  if (flag?.stops === undefined) return independentCompliance(view);
  const { deal, organisation } = view;
  return membersOf(organisation, organisation.roles.chief).filter(
    (id) => !deal.team.includes(id) && !isRecused(deal, id),
  );
};

/** Returns the flags that wait to be settled and that nobody may settle: the chief is on the deal or recused. */
export const unsettledFlags = (view: DealView): OwnFlag[] =>
  view.deal.ownFlags.filter(
    (flag) => flag.status === 'pending' && flag.stops !== undefined && settlersOf(view, flag).length === 0,
  );

export const changesToTakeBack = (view: DealView, person: PersonId): Reassessment[] =>
  reportedChanges(view.deal).filter(
    (task) => isIndependentCompliance(view, person) || (task.by === person && !isOwed(view, task)),
  );

export const canDo = (view: DealView, person: PersonId, action: DealAction): boolean =>
  refusal(view, person, action) === undefined;
