/** The facts told for each event: in the thread, and to the people concerned. */

import type { Hold } from '../../hold.ts';
import type { PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import type { SectionId } from '../../policy/policy.ts';
import { conditionsIn } from '../approval/evolve-conditions.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import { reportedChanges } from '../approval/reassessments.ts';
import type { DealEvent } from '../events.ts';
import { judgesOf } from '../owing/conditions.ts';
import { independentCompliance } from '../rights/access.ts';
import { waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import type { Fact, NoticeTarget } from './notices.ts';

const THREAD: NoticeTarget = { to: 'thread' };
export const people = (ids: readonly PersonId[]): NoticeTarget[] =>
  [...new Set(ids)].map((person) => ({ to: 'person', person }));

const approvers = (before: DealView | undefined): PersonId[] =>
  before?.deal.status === 'deciding' ? [...before.deal.votes.map((v) => v.by), ...waitingFor(before).people] : [];

/** Tells the person who had the section until now that it was taken back. */
const takenFrom = (
  { section, by }: { section: SectionId; by: PersonId },
  before: DealView | undefined,
): [Fact, NoticeTarget[]][] => {
  const holder = before?.deal.handOvers[section]?.to;
  if (holder === undefined) return [];
  return [[{ fact: 'section taken back', section, by }, people([holder])]];
};

const concerned = ({ deal }: DealView, conditions: readonly string[]): PersonId[] => {
  const all = conditionsNow(deal);
  return [...all.filter(({ id }) => conditions.includes(id)).map(({ owner }) => owner), deal.owner];
};

const judges = (view: DealView, id: string): PersonId[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  return conditionsIn(approval)
    .filter((c) => c.id === id)
    .flatMap((c) => judgesOf(view, approval, c));
};

/** Returns whom the end of an approval under reassessment concerns: condition owners, the deal's owner, compliance. */
const affectedByEnd = (before: DealView | undefined, compliance: readonly PersonId[]): PersonId[] => {
  const standing = before?.deal.standing;
  if (!before || !standing) return [];
  return [...standing.decision.conditions.map(({ owner }) => owner), before.deal.owner, ...compliance];
};

/** Tells whether dates were removed or moved to later, which may evade a reassessment. */
const putOff = (before: DealView | undefined, now: DealView): boolean =>
  (before?.deal.renewals?.dates ?? []).some(
    ({ of, on }) => !now.deal.renewals?.dates.some((date) => date.of === of && date.on <= on),
  );
/** Returns the owner to tell. Of a hold on an end-user the register tells each owner once, for all their deals. */
const ownerOf = ({ on }: Hold, { deal }: DealView): NoticeTarget[] => (on.of === 'deal' ? people([deal.owner]) : []);

export const factNoticesOf = (
  event: DealEvent,
  before: DealView | undefined,
  now: DealView,
): [Fact, NoticeTarget[]][] => {
  const { deal, organisation } = now;
  const compliance = independentCompliance(now);
  switch (event.type) {
    case 'SectionHandedOver': {
      const { to, by } = event.handOver;
      return [
        [{ fact: 'section handed over', section: event.section, to, by }, [THREAD, ...people([to])]],
        ...takenFrom(event, before),
      ];
    }
    case 'HandOverEnded':
      return takenFrom(event, before);
    case 'FlagRaised':
      return [[{ fact: 'own flag raised', flag: event.flag }, [THREAD, ...(event.pending ? people(compliance) : [])]]];
    case 'FlagAdmitted':
    case 'FlagDismissed': {
      const raiser = deal.ownFlags.find((f) => f.id === event.flag)?.by;
      return [[{ fact: 'own flag settled', flag: event.flag }, [THREAD, ...(raiser ? people([raiser]) : [])]]];
    }
    case 'FoundOutOfScope':
      // A withdrawal under review must not go unnoticed.
      return [
        [
          { fact: 'out of scope' },
          [
            THREAD,
            ...(deal.round > 0
              ? people([...compliance, ...approvers(before), ...affectedByEnd(before, compliance)])
              : []),
          ],
        ],
      ];
    case 'GapsAccepted': {
      const { reason, questions, confirm, from } = event;
      const more = { ...(confirm === undefined ? {} : { confirm }), ...(from ? { from } : {}) };
      const fact: Fact = { fact: 'gaps accepted', by: from?.by ?? event.by, reason, questions, ...more };
      return [[fact, [THREAD, ...(from ? [] : people([deal.owner]))]]];
    }
    case 'FindingOut':
      return [[{ fact: 'finding out' }, [THREAD, ...people([deal.owner])]]];
    case 'FindOutNudged':
      return [[{ fact: 'finding out', soon: true }, people([deal.owner])]];
    case 'DetailsCorrected':
      return [[{ fact: 'details corrected' }, [THREAD]]];
    case 'DealRouted':
      return [[{ fact: 'routed' }, [THREAD]]];
    case 'DealStopped':
      return [
        [
          { fact: 'stopped' },
          [
            THREAD,
            ...people([
              deal.owner,
              ...membersOf(organisation, organisation.roles.chief),
              ...affectedByEnd(before, compliance),
            ]),
          ],
        ],
      ];
    case 'VoteCast':
      return [[{ fact: 'vote cast', step: event.step, by: event.by }, [THREAD]]];
    case 'VoteTakenBack':
      return [[{ fact: 'vote taken back', step: event.step, by: event.by }, [THREAD]]];
    case 'VotesVoided':
      return [[{ fact: 'votes voided' }, [THREAD, ...people([...event.voters, ...Object.values(event.seats ?? {})])]]];
    case 'InformationAsked':
      return [[{ fact: 'information asked', request: event.request }, [THREAD, ...people([deal.owner])]]];
    case 'InformationGiven': {
      const asker = deal.requests.find((r) => r.id === event.request)?.by;
      return [[{ fact: 'information given', request: event.request }, [THREAD, ...(asker ? people([asker]) : [])]]];
    }
    case 'DealDecided':
      return [
        [
          { fact: 'decided' },
          [
            THREAD,
            ...people([
              deal.owner,
              deal.requester,
              ...event.conditions.map(({ owner }) => owner),
              ...affectedByEnd(before, event.outcome === 'declined' ? compliance : []),
            ]),
          ],
        ],
      ];
    case 'DealWithdrawn':
      return [[{ fact: 'withdrawn' }, [THREAD, ...people(before ? waitingFor(before).people : [])]]];
    case 'DealReopened':
      return [[{ fact: 'reopened' }, [THREAD, ...people([deal.owner, ...affectedByEnd(before, [])])]]];
    case 'OwnerReassigned': {
      const { to, reason, by } = event;
      return [[{ fact: 'owner reassigned', to, by, reason }, [THREAD, ...people([to])]]];
    }
    case 'Nudged':
      return [[{ fact: 'nudged', by: event.by }, people(event.people)]];
    case 'Reminded': {
      const { duty, owed, of, to, acting } = event;
      const told = [...new Set(to)].map((person): NoticeTarget => ({
        to: 'person',
        person,
        ...(acting ? { acting } : {}),
      }));
      return [[{ fact: 'reminded', duty, owed, of }, to.length === 0 ? [THREAD] : told]];
    }
    case 'ConditionMet': {
      const { condition } = event;
      return [[{ fact: 'condition met', condition }, [THREAD, ...people(judges(now, condition))]]];
    }
    case 'ConditionAccepted': {
      const { condition } = event;
      return [[{ fact: 'condition accepted', condition }, [THREAD, ...people(concerned(now, [condition]))]]];
    }
    case 'ConditionHandedOver': {
      const { condition, to, by, reason } = event;
      const had = before && conditionsNow(before.deal).find(({ id }) => id === condition)?.owner;
      const told = people([to, ...(had === undefined ? [] : [had])]);
      return [[{ fact: 'condition handed over', condition, to, by, reason }, [THREAD, ...told]]];
    }
    case 'ConditionReturned': {
      const { condition } = event;
      return [[{ fact: 'condition returned', condition }, [THREAD, ...people(concerned(now, [condition]))]]];
    }
    case 'DealSuspended': {
      const chief = membersOf(organisation, organisation.roles.chief).filter((id) => !deal.team.includes(id));
      return [
        [{ fact: 'suspended' }, [THREAD, ...people([...concerned(now, event.conditions), ...compliance, ...chief])]],
      ];
    }
    case 'SuspensionLifted': {
      const held = (before && approvalOf(before.deal)?.suspended?.conditions) ?? [];
      const { reason, by } = event;
      return [[{ fact: 'suspension lifted', reason, by }, [THREAD, ...people(concerned(now, held))]]];
    }
    case 'RenewalsSet':
      return [[{ fact: 'renewals set', by: event.by }, [THREAD, ...people(putOff(before, now) ? compliance : [])]]];
    case 'ReassessmentRequired': {
      // The register tells the owners of an alert once for all their deals.
      if (event.alert !== undefined) return [];
      return [[{ fact: 'reassessment asked', task: event.task.id }, [THREAD, ...people([deal.owner, ...compliance])]]];
    }
    case 'ChangeTakenBack': {
      const { task: id, reason, by } = event;
      const task = before && reportedChanges(before.deal).find((t) => t.id === id);
      const told = [THREAD, ...people([deal.owner, ...compliance])];
      return task ? [[{ fact: 'change taken back', task, reason, by }, told]] : [];
    }
    case 'ReassessmentStarted':
      return [[{ fact: 'reassessment started', by: event.by }, [THREAD, ...people([deal.owner])]]];
    case 'HoldNoted':
      return [[{ fact: 'put on hold', hold: event.hold }, [THREAD, ...ownerOf(event.hold, now)]]];
    case 'HoldEnded': {
      const hold = before?.deal.holds?.[event.hold];
      const { reason, lifted } = event;
      return hold ? [[{ fact: 'hold lifted', hold, reason, by: lifted }, [THREAD, ...ownerOf(hold, now)]]] : [];
    }
    // Cards show it; owners hear of an alert from the register, once for all their deals.
    case 'AlertNoted':
    case 'AlertEnded':
    case 'SentOn':
    case 'Snoozed':
    case 'DealOpened':
    case 'SectionSavedForLater':
    case 'SectionAnswered':
    case 'FoundInScope':
    case 'QuestionsReopened':
    case 'StepCompleted':
    case 'RecordExported':
      return [];
    default: {
      const never: never = event;
      return never;
    }
  }
};
