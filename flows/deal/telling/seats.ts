/** What waits for somebody because of the place that the organisation file gives them, and how they are asked for it. */

import type { PersonId } from '../../ids.ts';
import { inGroup } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import { usedBy } from '../approval/used-by.ts';
import { isOpen } from '../context/alerts.ts';
import type { DealEvent } from '../events.ts';
import { judgesOf } from '../owing/conditions.ts';
import { confirmers, whoConfirmsScope } from '../rights/confirmers.ts';
import { actsFor, isRecused } from '../rights/seats.ts';
import { chiefsCalled, conditionStanding, standingOf } from '../rights/whose-turn.ts';
import { scopeSaidOf } from '../said/scope.ts';
import type { SeatAsk } from '../seat-shapes.ts';
import type { DealView } from '../view.ts';
import { toldOfFlag } from './concerned.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

export interface SeatsAsked {
  asked: SeatAsk;
  /** Of whom it is wanted now. */
  people: PersonId[];
  /** Tells whether somebody who was asked has that place still, or did what was asked. */
  keeps: (person: PersonId) => boolean;
}

const votesAsked = (view: DealView): SeatsAsked[] => {
  const { deal, organisation } = view;
  const step = deal.status === 'deciding' ? deal.route.steps[deal.step] : undefined;
  if (deal.status !== 'deciding' || !step) return [];
  const done = deal.votes.filter((vote) => vote.step === deal.step).flatMap(usedBy);
  const chiefs = chiefsCalled(view, deal);
  const sits = (id: PersonId): boolean => inGroup(organisation, step.group, id) || chiefs.includes(id);
  return [
    {
      asked: { kind: 'votes', step: deal.step },
      people: standingOf(view, deal).people,
      keeps: (id) => sits(id) || done.includes(id) || isRecused(deal, id) || actsFor(view, id).some(sits),
    },
  ];
};

/** Returns what waits, with the people of whom it is wanted by the organisation as it is in that view. */
export const seatsAsked = (view: DealView): SeatsAsked[] => {
  const { deal } = view;
  const of = (asked: SeatAsk, wanted: readonly PersonId[]): SeatsAsked => ({
    asked,
    people: [...wanted],
    keeps: (id) => wanted.includes(id) || actsFor(view, id).some((absent) => wanted.includes(absent)),
  });
  const approval = approvalOf(deal);
  const pending = isOpen(deal) ? deal.ownFlags.filter(({ status }) => status === 'pending') : [];
  return [
    ...votesAsked(view),
    ...(deal.status === 'answering' && scopeSaidOf(deal) ? [of({ kind: 'scope' }, whoConfirmsScope(view))] : []),
    ...(view.lighterSaid && isOpen(deal) ? [of({ kind: 'lighter' }, confirmers(view))] : []),
    ...pending.map((flag) =>
      of(
        { kind: 'flag', flag: flag.id },
        toldOfFlag(view, flag).filter((person) => person !== flag.by),
      ),
    ),
    ...(approval ? conditionStanding(view) : []).flatMap(({ condition, progress }) =>
      approval && progress.status === 'met'
        ? [of({ kind: 'evidence', condition: condition.id }, judgesOf(view, approval, condition))]
        : [],
    ),
  ];
};

const factAsking = (asked: SeatAsk): Fact => {
  switch (asked.kind) {
    case 'votes':
      return { fact: 'review wanted', step: asked.step };
    case 'scope':
      return { fact: 'scope said' };
    case 'lighter':
      return { fact: 'lighter said' };
    case 'evidence':
      return { fact: 'condition met', condition: asked.condition };
    case 'flag':
      return { fact: 'own flag raised', flag: asked.flag };
    default: {
      const never: never = asked;
      return never;
    }
  }
};

/** Asks whoever has a place now. The thread hears where the route stands still, or goes on by itself. */
export const seatsNoted = (
  { calls, gone, full, short }: Extract<DealEvent, { type: 'SeatsNoted' }>,
  before: DealView | undefined,
): [Fact, NoticeTarget[]][] => {
  const was = before?.deal.status === 'deciding' ? before.deal : undefined;
  const isNews = (full && was?.full === undefined) || (short && !was?.short);
  return [
    ...(isNews
      ? [
          [{ fact: 'seats noted', gone, ...(full ? { full } : {}), ...(short ? { short } : {}) }, [THREAD]] as [
            Fact,
            NoticeTarget[],
          ],
        ]
      : []),
    ...calls.map(({ asked, people: called }): [Fact, NoticeTarget[]] => [factAsking(asked), people(called)]),
  ];
};
