/** Whether a button of a private message would still do something for its reader, or refuse. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { askedReassessments } from '../../flows/deal/approval/reassessments.ts';
import { isOpen } from '../../flows/deal/context/alerts.ts';
import { gapsToTakeBack } from '../../flows/deal/context/gaps.ts';
import { canPutOff } from '../../flows/deal/deciding/reminding.ts';
import { judgeSeat } from '../../flows/deal/owing/conditions.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import { canDo, canRead, isIndependentCompliance, mayTakeBack, settleRefusal } from '../../flows/deal/rights/access.ts';
import { conditionStanding, sectionProgress, waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import type { Action } from '../card.ts';

type Press = (view: DealView, person: PersonId, about: string) => boolean;

const statusOf = (view: DealView, id: string) =>
  conditionStanding(view).find(({ condition }) => condition.id === id)?.progress.status;
const confirms: Press = (view, person) => canDo(view, person, 'confirm');
const openRequest = ({ deal }: DealView, id: string) =>
  deal.requests.find((request) => request.id === id && !request.answer && !request.takenBack);
const asks = (view: DealView, section: string): boolean =>
  isOpen(view.deal) && !scopeSaidOf(view.deal) && sectionProgress(view).some((one) => one.section.id === section);

/** By a button's name. A name that is not here is never refused. */
const PRESSES: Readonly<Record<string, Press>> = {
  'deal.answer': (view, person, section) => asks(view, section) && canDo(view, person, 'answer'),
  'deal.nothing-changed': (view, person, section) => asks(view, section) && canDo(view, person, 'answer'),
  'deal.hand-over': (view, person, section) => asks(view, section) && canDo(view, person, 'hand over'),
  'deal.why': (view, person) => canRead(view, person),
  'deal.more': (view, person) => canRead(view, person),
  'deal.settle-flag': (view, person, flag) =>
    view.deal.ownFlags.some(
      (one) =>
        one.id === flag &&
        one.status === 'pending' &&
        one.by !== person &&
        settleRefusal(view, person, one) === undefined,
    ),
  'deal.confirm-scope': (view, person, about) => !!scopeSaidOf(view.deal) && confirms(view, person, about),
  'deal.confirm-lighter': (view, person, about) =>
    !!view.lighterSaid && isOpen(view.deal) && confirms(view, person, about),
  'deal.authority': (view, person, about) =>
    !!view.deal.authority && !view.deal.authority.done && confirms(view, person, about),
  'deal.send-on': (view, person) => waitingFor(view).for === 'finding' && canDo(view, person, 'send on'),
  'deal.take-gaps-back': (view, person) => {
    const { gaps, exceptions } = gapsToTakeBack(view);
    return gaps.length + exceptions.length > 0 && canDo(view, person, 'take gaps back');
  },
  'deal.review': (view, person) => view.deal.status === 'deciding' && canDo(view, person, 'vote'),
  'deal.give-information': (view, person, request) =>
    isOpen(view.deal) && !!openRequest(view, request) && canDo(view, person, 'give information'),
  'deal.take-question-back': (view, person, id) => {
    const request = openRequest(view, id);
    return isOpen(view.deal) && !!request && mayTakeBack(view, person, request);
  },
  'deal.ask-counsel': (view, person) => isOpen(view.deal) && canDo(view, person, 'ask counsel'),
  'deal.object': (view, person) => canDo(view, person, 'object to basis'),
  'deal.nudge': (view, person) => canDo(view, person, 'nudge') && waitingFor(view).for !== 'nothing',
  'deal.reopen': (view, person) => !isOpen(view.deal) && canDo(view, person, 'reopen'),
  'deal.meet-condition': (view, person, id) => statusOf(view, id) === 'open' && canDo(view, person, 'meet condition'),
  'deal.hand-over-condition': (view, person, id) =>
    statusOf(view, id) === 'open' && canDo(view, person, 'hand over condition'),
  'deal.settle-condition': (view, person, id) => {
    const approval = approvalOf(view.deal);
    const found = conditionStanding(view).find(({ condition }) => condition.id === id);
    if (!approval || found?.progress.status !== 'met') return false;
    return canDo(view, person, 'settle condition') && !!judgeSeat(view, approval, found.condition, person);
  },
  'deal.lift-suspension': (view, person) =>
    !!approvalOf(view.deal)?.suspended &&
    canDo(view, person, 'lift suspension') &&
    (isIndependentCompliance(view, person) || !isOfCompliance(view.organisation, person)),
  'deal.reassess': (view, person) =>
    view.deal.status === 'decided' && askedReassessments(view).length > 0 && canDo(view, person, 'reassess'),
  'deal.renewals': (view, person) => !!approvalOf(view.deal) && canDo(view, person, 'set renewals'),
  'deal.licence': (view, person) =>
    view.deal.status === 'decided' && !!approvalOf(view.deal) && canDo(view, person, 'set licence'),
  'deal.snooze': (view, person, key) => {
    const duty = dutiesOf(view).find((one) => one.key === key);
    return !!duty && canDo(view, person, 'snooze') && canPutOff(view, duty, person);
  },
};

/** A button's value is the deal, and behind a slash what it is about. */
export const isPressable = (
  view: DealView,
  { name, value }: Pick<Action, 'name' | 'value'>,
  person: PersonId,
): boolean => {
  const press = Object.hasOwn(PRESSES, name) ? PRESSES[name] : undefined;
  return press?.(view, person, value.slice(view.deal.id.length + 1)) ?? true;
};
