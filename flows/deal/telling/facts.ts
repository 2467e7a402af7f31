/**
 * The facts told for each event: in the thread, and to the people concerned. Whoever was only asked, and is asked no more,
 * reads it in the message that asked them.
 */

import type { Hold } from '../../hold.ts';
import { counselOf, membersOf, SYSTEM } from '../../organisation.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import { reportedChanges } from '../approval/reassessments.ts';
import { isUnconfirmed } from '../context/others.ts';
import { openLikes } from '../context/similar-holds.ts';
import type { DealEvent } from '../events.ts';
import { independentCompliance } from '../rights/access.ts';
import { confirmers, whoConfirmsScope } from '../rights/confirmers.ts';
import { waitingFor } from '../rights/whose-turn.ts';
import { timesLifted } from '../said/ended-against.ts';
import { scopeSaidOf } from '../said/scope.ts';
import { openHits } from '../screened/screened.ts';
import type { DealView } from '../view.ts';
import { answersChanged, basisEnded, namedAsBasis, nudged } from './basis.ts';
import {
  affectedByEnd,
  anotherThanApproved,
  approvers,
  askerOf,
  chiefOutside,
  comesLate,
  concerned,
  concernedByRecusal,
  discardedNow,
  judges,
  placersOf,
  putOff,
  replacedVoters,
  reportersOf,
} from './concerned.ts';
import { heardElsewhere, othersNoted } from './elsewhere.ts';
import { againTold, flagTold } from './flag-told.ts';
import { endedWithDetails, gapsAccepted, gapsTakenBack } from './gaps.ts';
import { ownerReassigned } from './hand-over.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';
import { isRoutedAlike } from './routed-alike.ts';
import { savedHeavierTold } from './saved.ts';
import { seatsNoted } from './seats.ts';
import { decidedWithout, votesTold } from './votes.ts';

/** Returns the owner to tell. Of a hold on an end-user the register tells each owner once, for all their deals. */
const ownerOf = ({ on }: Hold, { deal }: DealView): NoticeTarget[] => (on.of === 'deal' ? people([deal.owner]) : []);

const lighterSaid = (now: DealView): [Fact, NoticeTarget[]][] => [
  [{ fact: 'lighter said' }, [THREAD, ...people(confirmers(now))]],
];

const isLighterNow = (before: DealView | undefined, now: DealView): boolean =>
  now.lighterSaid !== undefined && before?.lighterSaid === undefined;
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
      return [[{ fact: 'section handed over', section: event.section, to, by }, [THREAD, ...people([to])]]];
    }
    case 'CounselAsked': {
      const counsel = counselOf(organisation).filter((id) => !deal.team.includes(id));
      return [[{ fact: 'counsel asked', by: event.by }, people(counsel)]];
    }
    case 'LawsTaken':
      return [];
    case 'BasisEnded':
      return basisEnded(event, before);
    case 'SheetMoved': {
      const questions = Object.values(event.answers).flatMap((answers) => Object.keys(answers));
      return [[{ fact: 'sheet moved', sheet: event.sheet, questions }, [THREAD]]];
    }
    case 'OthersNoted':
      return othersNoted(event, before, now);
    case 'HeardElsewhere':
      return heardElsewhere(event, now);
    case 'SectionAnswered':
      return [
        ...namedAsBasis(event, before),
        ...(event.lighter ? answersChanged(event, now) : []),
        ...(event.lighter?.waits || (isLighterNow(before, now) && now.lighterSaid?.again?.since !== event.at)
          ? lighterSaid(now)
          : []),
      ];
    case 'SectionSavedForLater':
      return savedHeavierTold(before, now);
    case 'BasisObjected': {
      const { questions, reason, by } = event;
      return [[{ fact: 'basis objected', questions, reason, by }, [THREAD, ...people([deal.owner])]]];
    }
    case 'FlagRaised':
      return [flagTold(now, event.flag, event.pending)];
    case 'FlagAdmitted':
    case 'FlagDismissed': {
      const raiser = deal.ownFlags.find((f) => f.id === event.flag)?.by;
      // What another deal says is nobody's own: the colleagues of who dismissed it hear, so that none is the milder one.
      const hear = raiser === SYSTEM ? independentCompliance(now) : raiser === undefined ? [] : [raiser];
      return [[{ fact: 'own flag settled', flag: event.flag }, [THREAD, ...people(hear)]]];
    }
    case 'ScopeSaid': {
      const voters = deal.round > 0 ? approvers(before) : [];
      return [[{ fact: 'scope said' }, [THREAD, ...people([...whoConfirmsScope(now), ...voters])]]];
    }
    case 'ScopeRefused': {
      const said = before && scopeSaidOf(before.deal);
      return [[{ fact: 'scope refused' }, [THREAD, ...people([deal.owner, ...(said ? [said.by] : [])])]]];
    }
    case 'AuthorityNoted':
      return [[{ fact: 'authority noted' }, [THREAD, ...people(membersOf(organisation, organisation.roles.chief))]]];
    case 'FoundOutOfScope':
      // A withdrawal under review must not go unnoticed.
      return [
        [
          { fact: 'out of scope' },
          [
            THREAD,
            ...(event.said ? people([deal.owner, event.said.by]) : []),
            ...(openHits(deal).length + openLikes(deal).length > 0 ? people(compliance) : []),
            ...(deal.round > 0
              ? people([...compliance, ...approvers(before), ...affectedByEnd(before, compliance)])
              : []),
          ],
        ],
      ];
    case 'GapsAccepted':
      return gapsAccepted(event, now);
    case 'GapsTakenBack':
      return gapsTakenBack(event, before, now);
    case 'FindingOut':
      return [[{ fact: 'finding out' }, [THREAD, ...people([deal.owner])]]];
    case 'FindOutNudged':
      return nudged({ fact: 'finding out', soon: true }, waitingFor(now).people, { by: deal.owner, view: now });
    case 'SentOn':
      return [[{ fact: 'sent on', by: event.by }, [THREAD, ...(event.by === deal.owner ? [] : people([deal.owner]))]]];
    case 'DetailsCorrected': {
      const { by, ...ended } = endedWithDetails(before, now);
      return [
        [
          { fact: 'details corrected', was: before?.deal.details, ...ended },
          [THREAD, ...people([...anotherThanApproved(before, now), ...by])],
        ],
        ...(event.waits ? lighterSaid(now) : []),
        ...againTold(before, now, event),
      ];
    }
    case 'LighterConfirmed':
    case 'LighterRefused': {
      const changers = (before?.lighterSaid?.changes ?? []).map(({ by }) => by);
      const again = event.type === 'LighterRefused' ? againTold(before, now, event) : [];
      const confirmed = event.type === 'LighterConfirmed';
      const settled = { fact: 'lighter settled' as const, confirmed, by: event.by };
      return [[settled, [THREAD, ...people([deal.owner, ...changers])]], ...again];
    }
    case 'DealRouted':
      return isRoutedAlike(before, now) ? [] : [[{ fact: 'routed' }, [THREAD]]];
    case 'DealStopped':
      return [
        [
          { fact: 'stopped' },
          [
            THREAD,
            ...people([
              deal.owner,
              deal.requester,
              ...compliance,
              ...counselOf(organisation),
              ...membersOf(organisation, organisation.roles.chief),
              ...affectedByEnd(before, compliance),
            ]),
          ],
        ],
      ];
    case 'VoteCast':
    case 'VoteTakenBack':
    case 'VotesVoided':
      return votesTold(event, now);
    case 'Recused': {
      const { by, reason, voters } = event;
      return [[{ fact: 'recused', by, reason, voters }, [THREAD, ...people(concernedByRecusal(before, now, event))]]];
    }
    case 'SeatsNoted':
      return seatsNoted(event, before);
    case 'InformationAsked':
      return [[{ fact: 'information asked', request: event.request }, [THREAD, ...people([deal.owner])]]];
    case 'InformationGiven':
      return [[{ fact: 'information given', request: event.request }, [THREAD, ...people(askerOf(deal, event))]]];
    case 'InformationTakenBack': {
      const told = askerOf(deal, event);
      return [[{ fact: 'information taken back', request: event.request }, [THREAD, ...people(told)]]];
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
              ...reportersOf(before),
              ...affectedByEnd(before, event.outcome === 'declined' ? compliance : []),
              ...replacedVoters(before),
            ]),
          ],
        ],
      ];
    case 'DealWithdrawn': {
      const told = [deal.owner, ...discardedNow(now, event), ...deal.requests.map(({ by }) => by)];
      return [[{ fact: 'withdrawn' }, [THREAD, ...people([...told, ...(isUnconfirmed(deal) ? confirmers(now) : [])])]]];
    }
    case 'DealReopened': {
      const ofStop = before?.deal.status === 'stopped' ? [...compliance, ...counselOf(organisation)] : [];
      const ended = [...affectedByEnd(before, []), ...(event.over ?? []).map(({ from }) => from)];
      return [
        [{ fact: 'reopened' }, [THREAD, ...people([deal.owner, ...ofStop, ...ended, ...discardedNow(now, event)])]],
      ];
    }
    case 'OwnerReassigned':
      return ownerReassigned(event, before, now);
    case 'LighterAskedAgain':
      return isLighterNow(before, now) && !deal.lighterSaid ? lighterSaid(now) : [];
    case 'FlagsAskedAgain':
      return againTold(before, now, event);
    case 'Nudged':
      return nudged({ fact: 'nudged', by: event.by }, event.people, { by: event.by, view: now });
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
      const told = [...concerned(now, [condition]), ...placersOf(now, [condition])];
      return [[{ fact: 'condition accepted', condition }, [THREAD, ...people(told)]]];
    }
    case 'ConditionHandedOver': {
      const { condition, to, by, reason } = event;
      const had = before ? conditionsNow(before.deal).flatMap((one) => (one.id === condition ? [one.owner] : [])) : [];
      return [[{ fact: 'condition handed over', condition, to, by, reason }, [THREAD, ...people([to, ...had])]]];
    }
    case 'ConditionReturned': {
      const { condition } = event;
      return [[{ fact: 'condition returned', condition }, [THREAD, ...people(concerned(now, [condition]))]]];
    }
    case 'DealSuspended': {
      const chief = chiefOutside(now);
      return [
        [{ fact: 'suspended' }, [THREAD, ...people([...concerned(now, event.conditions), ...compliance, ...chief])]],
      ];
    }
    case 'SuspensionLifted': {
      const held = (before && approvalOf(before.deal)?.suspended?.conditions) ?? [];
      const { reason, by } = event;
      // Who asked for the condition and the chief judge whether it was right, as they do of a hold.
      const chief = chiefOutside(now);
      // Who lifts the same again and again does so before colleagues.
      const others = timesLifted(deal) > 1 ? compliance : [];
      const told = people([...concerned(now, held), ...placersOf(now, held), ...chief, ...others]);
      return [[{ fact: 'suspension lifted', reason, by }, [THREAD, ...told]]];
    }
    case 'RenewalsSet': {
      const was = putOff(before, now);
      const told = was.before || comesLate(now) ? compliance : [];
      return [[{ fact: 'renewals set', by: event.by, ...was }, [THREAD, ...people(told)]]];
    }
    case 'LicenceSet': {
      const { licence, reason, by } = event;
      return [[{ fact: 'licence set', licence, reason, by }, [THREAD, ...people([deal.owner, ...compliance])]]];
    }
    case 'ReassessmentRequired': {
      // The register tells the owners of an alert once for all their deals.
      if (event.alert !== undefined) return [];
      // Whoever has voted in the review already did not know.
      const voted = deal.status === 'deciding' ? deal.votes.map(({ by }) => by) : [];
      const told = [...new Set([deal.owner, ...compliance, ...voted])];
      return [[{ fact: 'reassessment asked', task: event.task.id }, [THREAD, ...people(told)]]];
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
    case 'StepCompleted':
      return decidedWithout(event);
    // Cards show it; owners hear of an alert from the register, once for all their deals.
    case 'AlertNoted':
    case 'AlertEnded':
    case 'PartyScreened':
    case 'Snoozed':
    case 'HandOverEnded':
    case 'DealOpened':
    case 'FoundInScope':
    case 'ScopeConfirmed':
    case 'QuestionsReopened':
    case 'RecordExported':
      return [];
    default: {
      const never: never = event;
      return never;
    }
  }
};
