/** What a private message asks of its reader, and whether it still waits for them. */

import type { PersonId } from '../../ids.ts';
import { isChief, isOfCompliance, type Organisation } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import { licenceOpenSince } from '../approval/licence.ts';
import { allReassessments } from '../approval/reassessments.ts';
import { lawsOf } from '../basis/laws.ts';
import { isOpen } from '../context/alerts.ts';
import type { DutyKey, Owed } from '../deal.ts';
import { judgeSeat } from '../owing/conditions.ts';
import { dutiesOf } from '../owing/duties.ts';
import { askedToSettle } from '../owing/settling.ts';
import { canDo, canRead } from '../rights/access.ts';
import { confirmers, whoConfirmsScope } from '../rights/confirmers.ts';
import { heldGap } from '../rights/finders.ts';
import { actsFor, seatOf } from '../rights/seats.ts';
import { conditionStanding, sectionProgress, standingOf, waitingFor } from '../rights/whose-turn.ts';
import { scopeSaidOf } from '../said/scope.ts';
import type { DealView } from '../view.ts';
import type { Fact } from './notices.ts';

export type Asked =
  | Owed
  | { kind: 'finding' }
  /** Counsel's note. */
  | { kind: 'laws' }
  /** Help with what somebody else owes. */
  | { kind: 'help'; duty: DutyKey }
  /** Several conditions in one message. */
  | { kind: 'together'; all: Asked[] };

/** Returns what is asked, one by one. */
export const askedIn = (asked: Asked): Asked[] => (asked.kind === 'together' ? asked.all : [asked]);

/** Returns a name for each thing that is asked: two messages with the same name ask the same of one person. */
export const namesOfAsk = (asked: Asked): string[] => askedIn(asked).map((one) => Object.values(one).join(':'));

/** Returns what the message asks; undefined where it tells something, whatever its buttons are. */
export const askOf = (fact: Fact, person: PersonId, organisation: Organisation): Asked | undefined => {
  const confirms = isOfCompliance(organisation, person) || isChief(organisation, person);
  switch (fact.fact) {
    case 'section handed over':
      return person === fact.to ? { kind: 'section', section: fact.section } : undefined;
    case 'information asked':
      return { kind: 'information', request: fact.request };
    case 'review wanted':
      return { kind: 'votes', step: fact.step };
    case 'counsel asked':
      return { kind: 'laws' };
    case 'own flag raised':
      return { kind: 'flag', flag: fact.flag };
    case 'scope said':
      return confirms ? { kind: 'scope' } : undefined;
    case 'lighter said':
      return { kind: 'lighter' };
    case 'finding out':
      return { kind: 'finding' };
    case 'condition met':
      return { kind: 'evidence', condition: fact.condition };
    case 'condition handed over':
      return person === fact.to ? { kind: 'condition', condition: fact.condition } : undefined;
    case 'condition returned':
      return { kind: 'condition', condition: fact.condition };
    case 'nudged':
      return fact.asked;
    case 'reminded':
      if (fact.of === 'escalation') return { kind: 'help', duty: fact.duty };
      return fact.with ? { kind: 'together', all: [fact.owed, ...fact.with.map(({ owed }) => owed)] } : fact.owed;
    default:
      return undefined;
  }
};

const asksFor = (view: DealView, person: PersonId, owers: readonly PersonId[]): boolean =>
  owers.includes(person) || actsFor(view, person).some((absent) => owers.includes(absent));

const sectionWaits = (view: DealView, section: string, person: PersonId): boolean => {
  const { deal } = view;
  if (deal.status !== 'answering' && deal.status !== 'deciding') return false;
  const found = sectionProgress(view).find((one) => one.section.id === section);
  const waits = found && (!found.done || (waitingFor(view).for === 'finding' && heldGap(view, person) === section));
  return !!waits && asksFor(view, person, [deal.handOvers[section]?.to ?? deal.owner]);
};

const votesWait = (view: DealView, step: number, person: PersonId): boolean => {
  const { deal } = view;
  if (deal.status !== 'deciding' || deal.step !== step) return false;
  const { people } = standingOf(view, deal);
  const seat = seatOf(view, deal, person);
  return 'of' in seat && people.includes(seat.of);
};

const conditionWaits = (view: DealView, id: string, person: PersonId): boolean => {
  const found = conditionStanding(view).find(({ condition }) => condition.id === id);
  if (found?.progress.status !== 'open') return false;
  return asksFor(view, person, [found.condition.owner, view.deal.owner]);
};

const evidenceWaits = (view: DealView, id: string, person: PersonId): boolean => {
  const approval = approvalOf(view.deal);
  const found = conditionStanding(view).find(({ condition }) => condition.id === id);
  return found?.progress.status === 'met' && !!approval && !!judgeSeat(view, approval, found.condition, person);
};

/** Tells whether it waits for the person, as the deal and the organisation are in that view. */
const waits = (view: DealView, asked: Asked, person: PersonId): boolean => {
  const { deal } = view;
  switch (asked.kind) {
    case 'section':
      return sectionWaits(view, asked.section, person);
    case 'information': {
      const request = deal.requests.find(({ id }) => id === asked.request);
      if (!request || request.answer || request.takenBack || !isOpen(view.deal)) return false;
      return asksFor(view, person, [deal.owner]) && canDo(view, person, 'give information');
    }
    case 'votes':
      return votesWait(view, asked.step, person);
    case 'condition':
      return conditionWaits(view, asked.condition, person);
    case 'evidence':
      return evidenceWaits(view, asked.condition, person);
    case 'reassessment':
      return (
        deal.status === 'decided' &&
        allReassessments(view).some(({ id }) => id === asked.task) &&
        canDo(view, person, 'reassess')
      );
    case 'licence':
      return deal.status === 'decided' && !!licenceOpenSince(deal) && canDo(view, person, 'set licence');
    case 'scope':
      return !!scopeSaidOf(deal) && asksFor(view, person, whoConfirmsScope(view));
    case 'lighter':
      return !!view.lighterSaid && isOpen(view.deal) && asksFor(view, person, confirmers(view));
    case 'authority':
      return !!deal.authority && !deal.authority.done && asksFor(view, person, confirmers(view));
    case 'flag':
      return deal.ownFlags.some(
        (flag) => flag.id === asked.flag && flag.status === 'pending' && askedToSettle(view, flag).includes(person),
      );
    case 'finding':
      return waitingFor(view).for === 'finding' && asksFor(view, person, waitingFor(view).people);
    case 'laws':
      return isOpen(view.deal) && !lawsOf(deal);
    case 'together':
      return asked.all.some((one) => waits(view, one, person));
    case 'help':
      return dutiesOf(view).some(({ key }) => key === asked.duty);
    default: {
      const never: never = asked;
      return never;
    }
  }
};

/** Asked of people who need not be able to read the deal. */
const beyond = ({ kind }: Asked): boolean => kind === 'laws' || kind === 'help';

/** Tells whether it still waits for the person, who may read what it says. */
export const isAsked = (view: DealView, asked: Asked, person: PersonId): boolean =>
  waits(view, asked, person) && (beyond(asked) || canRead(view, person));
