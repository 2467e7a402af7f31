/** When a deal as a whole is not to be ended, moved on, looked at again or asked about, or not by this person. */

import type { PersonId } from '../../ids.ts';
import { counselOf } from '../../organisation.ts';
import { heldBack } from '../../registers/training/held-back.ts';
import { approvalOf } from '../approval/in-force.ts';
import { askedReassessments, reportedChanges } from '../approval/reassessments.ts';
import { saidBy } from '../basis/basis.ts';
import { asksCounsel, lawsOf } from '../basis/laws.ts';
import { isOpen } from '../context/alerts.ts';
import type { DutyKey } from '../deal.ts';
import { judgesOf } from '../owing/conditions.ts';
import { dutiesOf } from '../owing/duties.ts';
import type { Duty } from '../owing/owing.ts';
import { whoElseSettles } from '../owing/settling.ts';
import { absenceFor } from '../owing/standing-in.ts';
import { changesToTakeBack, refusal, type DealAction } from '../rights/access.ts';
import { confirmers } from '../rights/confirmers.ts';
import { nameOf } from '../rights/seats.ts';
import { conditionStanding, waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import { STOPPED } from './answers.ts';
import { notAllowed, notNow, type No } from './attempt.ts';

const STANDS =
  'This deal has an approval that stands until it is decided again, so it cannot be withdrawn. If nobody needs it any more, ask compliance: they can reopen the deal, which ends the approval.';

export const withdrawRefused = (view: DealView, person: PersonId): No | undefined => {
  const { status, standing } = view.deal;
  if (status === 'withdrawn' || status === 'decided') return notNow(`This deal is ${status} already.`);
  if (status === 'stopped') return notNow(STOPPED);
  // Otherwise a withdrawal would be a way around a reassessment.
  return standing ? notNow(STANDS) : notAllowed(refusal(view, person, 'withdraw'));
};

export const reopenRefused = (view: DealView, person: PersonId): No | undefined => {
  const { deal, organisation, now } = view;
  if (!deal.standing && isOpen(deal)) return notNow('This deal is open.');
  const no = notAllowed(refusal(view, person, 'reopen'));
  if (no) return no;
  // An old deal that goes on is as good as a new one.
  return deal.team.includes(person) ? notAllowed(heldBack(organisation, person, 'opening', now)?.text) : undefined;
};

/** Returns who must act on an approval: on a condition that is overdue, or done and not accepted; on a reassessment. */
const moversOf = (view: DealView): PersonId[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  const ofConditions = conditionStanding(view).flatMap(({ condition, progress, overdue }) => {
    if (progress.status === 'met') return judgesOf(view, approval, condition);
    return overdue ? [condition.owner] : [];
  });
  return askedReassessments(view).length > 0 ? [...ofConditions, view.deal.owner] : ofConditions;
};

/** Returns whom a nudge reaches. */
export const nudgedBy = (view: DealView, person: PersonId): PersonId[] => {
  // No approval is complete before compliance has confirmed what makes the deal lighter, or sent it back.
  const judging = view.lighterSaid && isOpen(view.deal) ? confirmers(view) : [];
  return [...new Set([...waitingFor(view).people, ...judging, ...moversOf(view)])].filter((id) => id !== person);
};

export const nudgeRefused = (view: DealView, person: PersonId): No | undefined => {
  const no = notAllowed(refusal(view, person, 'nudge'));
  if (no || nudgedBy(view, person).length > 0) return no;
  const waitsFor: readonly PersonId[] = waitingFor(view).people;
  return notNow(
    `${waitsFor.includes(person) ? 'This deal waits for you: nobody' : 'Nobody'} else has to act on it right now.`,
  );
};

export const counselRefused = (view: DealView, person: PersonId): No | undefined => {
  const { deal, policy, organisation } = view;
  const no = notAllowed(refusal(view, person, 'ask counsel'));
  if (no) return no;
  if (!isOpen(deal)) return notNow(`This deal is ${deal.status}, so nobody waits for counsel's note.`);
  if (!asksCounsel(policy)) return { code: 'not valid', text: 'The policy of this deal asks for no note of counsel.' };
  if (lawsOf(deal)) return notNow('The deal has counsel’s note on this country already.');
  return counselOf(organisation).some((id) => !deal.team.includes(id))
    ? undefined
    : notNow('There is no counsel outside the deal to ask. Please ask compliance.');
};

export const objectRefused = (view: DealView, person: PersonId): No | undefined => {
  const { deal } = view;
  const no = notAllowed(refusal(view, person, 'object to basis'));
  if (no) return no;
  // The answers of a deal that is over stand, and those of an open one may stand on another's word since: then it is a flag.
  const flags = !isOpen(deal) || saidBy(deal.answers, person).length === 0;
  return flags && deal.ownFlags.some(({ by, status }) => by === person && status === 'pending')
    ? notNow('A flag of yours waits for compliance already.')
    : undefined;
};

const NOT_APPROVED = notNow('This deal is not approved now, so there is nothing to reassess.');

/** Refuses what is done with an approval in force. */
export const approvedRefused = (view: DealView, person: PersonId, action: DealAction): No | undefined =>
  approvalOf(view.deal) ? notAllowed(refusal(view, person, action)) : NOT_APPROVED;

export const licenceRefused = (view: DealView, person: PersonId): No | undefined =>
  approvalOf(view.deal)
    ? notAllowed(refusal(view, person, 'set licence'))
    : notNow('This deal is not approved now. Its licence is one of its details: correct them instead.');

export const changeBackRefused = (view: DealView, person: PersonId, task: string): No | undefined => {
  if (view.deal.standing) return notNow('The reassessment is under way already. Confirm in it what is still so.');
  const reported = reportedChanges(view.deal).find(({ id }) => id === task);
  if (!reported) return notNow('This change does not ask for a reassessment any more.');
  const no = notAllowed(refusal(view, person, 'take change back'));
  if (no) return no;
  if (!changesToTakeBack(view, person).some(({ id }) => id === task))
    return notAllowed('Somebody else reported this change. They and compliance can take it back.');
  const others = reported.by === person ? [] : whoElseSettles(view, person, reported.by);
  return others.length > 0
    ? notAllowed(
        `You approved this deal, so a colleague takes back what is reported against it: ${others.map((id) => nameOf(view, id)).join(' or ')}.`,
      )
    : undefined;
};

export const startRefused = (view: DealView, person: PersonId): No | undefined => {
  if (view.deal.standing) return notNow('The reassessment is under way already. The thread has its questions.');
  const no = approvedRefused(view, person, 'reassess');
  if (no || askedReassessments(view).length > 0) return no;
  return notNow('Nothing asks for a reassessment yet. Press “Something changed” and say what did.');
};

/** Tells whether somebody may postpone it: the person who owes it, or their present stand-in. */
export const canPutOff = (view: DealView, { person, owed }: Duty, actor: PersonId): boolean =>
  person !== undefined && (person === actor || absenceFor(view, owed, person, view.now)?.delegate === actor);

export const snoozeRefused = (view: DealView, person: PersonId, key: DutyKey): No | undefined => {
  const no = notAllowed(refusal(view, person, 'snooze'));
  if (no) return no;
  const duty = dutiesOf(view).find((one) => one.key === key);
  if (!duty) return notNow('This is done, so nothing reminds you of it any more.');
  return canPutOff(view, duty, person)
    ? undefined
    : notAllowed('Only the person who is asked to do this can put it off.');
};
