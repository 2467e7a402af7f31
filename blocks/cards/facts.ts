/** Facts as cards, each posted once: in the thread, or to one person with the way back to it. */

import { canRead } from '../../flows/deal/rights/access.ts';
import type { Fact, NoticeTarget } from '../../flows/deal/telling/notices.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Action, Block, Card } from '../card.ts';
import { openThreadButton } from './actions.ts';
import {
  handedOverTold,
  informationAskedTold,
  informationGivenTold,
  informationTakenBackTold,
  ownFlagRaisedTold,
  ownFlagSettledTold,
  sectionTakenBackTold,
} from './facts-asking.ts';
import {
  basisEndedTold,
  basisObjectedTold,
  counselAskedTold,
  answersChangedTold,
  namedAsBasisTold,
  sheetMovedTold,
} from './facts-basis.ts';
import {
  conditionAcceptedTold,
  conditionHandedOverTold,
  conditionMetTold,
  conditionReturnedTold,
  suspendedTold,
  suspensionLiftedTold,
} from './facts-conditions.ts';
import {
  authorityNotedTold,
  lighterSaidTold,
  lighterSettledTold,
  scopeRefusedTold,
  scopeSaidTold,
} from './facts-confirming.ts';
import {
  decidedTold,
  recusedTold,
  reviewWantedTold,
  routedTold,
  voteCastTold,
  voteTakenBackTold,
  votesVoidedTold,
} from './facts-deciding.ts';
import { findingOutTold, gapsAcceptedTold, gapsTakenBackTold, sentOnTold } from './facts-gaps.ts';
import { heardElsewhereTold } from './facts-heard.ts';
import { holdLiftedTold, putOnHoldTold } from './facts-holds.ts';
import { conditionsLeftOutTold } from './facts-left-out.ts';
import { licenceSetTold } from './facts-licence.ts';
import {
  detailsCorrectedTold,
  nudgedTold,
  outOfScopeTold,
  ownerReassignedTold,
  reopenedTold,
  stoppedTold,
  withdrawnTold,
} from './facts-lifecycle.ts';
import {
  changeTakenBackTold,
  reassessmentAskedTold,
  reassessmentStartedTold,
  renewalsSetTold,
} from './facts-reassessing.ts';
import { remindedTold } from './facts-reminding.ts';
import { seatsNotedTold } from './facts-seats.ts';
import { heardTold } from './others-words.ts';
import { savedTold } from './saved-words.ts';
import { dealTitle } from './spans.ts';
import { actingNote } from './stand-ins.ts';
import { decidedWithoutTold } from './steps.ts';
import type { Told } from './told.ts';

const told = (view: DealView, fact: Fact, target: NoticeTarget): Told => {
  const direct = target.to === 'person';
  const acting = target.to === 'person' ? target.acting : undefined;
  switch (fact.fact) {
    case 'section handed over':
      return handedOverTold(view, fact, direct);
    case 'section taken back':
      return sectionTakenBackTold(view, fact);
    case 'counsel asked':
      return counselAskedTold(view, fact);
    case 'named as basis':
      return namedAsBasisTold(view, fact);
    case 'answers changed':
      return answersChangedTold(view, fact);
    case 'saved heavier':
      return savedTold(view, fact);
    case 'others noted':
      return heardTold(view, fact);
    case 'basis objected':
      return basisObjectedTold(view, fact);
    case 'own flag raised':
      return ownFlagRaisedTold(view, fact);
    case 'own flag settled':
      return ownFlagSettledTold(view, fact);
    case 'gaps accepted':
      return gapsAcceptedTold(view, fact);
    case 'gaps taken back':
      return gapsTakenBackTold(view, fact);
    case 'sheet moved':
      return sheetMovedTold(view, fact);
    case 'basis ended':
      return basisEndedTold(view, fact);
    case 'finding out':
      return findingOutTold(view, fact);
    case 'sent on':
      return sentOnTold(view, fact);
    case 'routed':
      return routedTold(view);
    case 'stopped':
      return stoppedTold(view);
    case 'out of scope':
      return outOfScopeTold(view);
    case 'scope said':
      return scopeSaidTold(view);
    case 'lighter said':
      return lighterSaidTold(view);
    case 'lighter settled':
      return lighterSettledTold(view, fact);
    case 'scope refused':
      return scopeRefusedTold(view);
    case 'authority noted':
      return authorityNotedTold(view);
    case 'details corrected':
      return detailsCorrectedTold(view, fact, direct);
    case 'review wanted':
      return reviewWantedTold(view, fact, direct, acting?.for);
    case 'vote cast':
      return voteCastTold(view, fact);
    case 'conditions left out':
      return conditionsLeftOutTold(view, fact);
    case 'vote taken back':
      return voteTakenBackTold(view, fact);
    case 'recused':
      return recusedTold(view, fact);
    case 'votes voided':
      return votesVoidedTold(view);
    case 'seats noted':
      return seatsNotedTold(view, fact);
    case 'heard elsewhere':
      return heardElsewhereTold(view, fact);
    case 'information asked':
      return informationAskedTold(view, fact, direct);
    case 'information given':
      return informationGivenTold(view, fact);
    case 'information taken back':
      return informationTakenBackTold(view, fact);
    case 'decided':
      return decidedTold(view, direct);
    case 'withdrawn':
      return withdrawnTold(view);
    case 'reopened':
      return reopenedTold(view);
    case 'owner reassigned':
      return ownerReassignedTold(view, fact);
    case 'nudged':
      return nudgedTold(view, fact, target.to === 'person' ? target.person : undefined);
    case 'reminded':
      return remindedTold(view, fact, target);
    case 'condition met':
      return conditionMetTold(view, fact, direct);
    case 'condition accepted':
      return conditionAcceptedTold(view, fact);
    case 'condition handed over':
      return conditionHandedOverTold(view, fact, target.to === 'person' ? target.person : undefined);
    case 'condition returned':
      return conditionReturnedTold(view, fact, direct);
    case 'suspended':
      return suspendedTold(view, direct);
    case 'suspension lifted':
      return suspensionLiftedTold(view, fact);
    case 'renewals set':
      return renewalsSetTold(view, fact);
    case 'decided without':
      return decidedWithoutTold(view, fact);
    case 'licence set':
      return licenceSetTold(view, fact);
    case 'reassessment asked':
      return reassessmentAskedTold(view, fact, target.to === 'person' ? target.person : undefined);
    case 'change taken back':
      return changeTakenBackTold(view, fact);
    case 'reassessment started':
      return reassessmentStartedTold(view, fact);
    case 'put on hold':
      return putOnHoldTold(view, fact, direct);
    case 'hold lifted':
      return holdLiftedTold(view, fact, direct);
    default: {
      const never: never = fact;
      return never;
    }
  }
};

/** A manager, counsel and whoever is named as basis may not read the deal: they learn its id only. */
const BEYOND: ReadonlySet<Fact['fact']> = new Set(['reminded', 'counsel asked', 'named as basis']);
const headingFor = (view: DealView, { fact }: Fact, to: PersonId): string =>
  BEYOND.has(fact) && !canRead(view, to) ? view.deal.id : dealTitle(view.deal);

/** `view` is the deal as of the notice's commit. `threadUrl` leads to the deal's root message. */
export const factCard = (
  view: DealView,
  fact: Fact,
  links: { threadUrl?: string | undefined },
  target: NoticeTarget,
): Card => {
  const { title, tone, blocks, actions } = told(view, fact, target);
  const acting = target.to === 'person' && fact.fact !== 'reminded' ? target.acting : undefined;
  const back: readonly Action[] =
    target.to === 'person' && links.threadUrl !== undefined ? [openThreadButton(view.deal.id, links.threadUrl)] : [];
  const buttons = [...(actions ?? []), ...back];
  // A direct message has no thread around it, so it names the deal first.
  const heading: Block[] =
    target.to === 'person'
      ? [
          { kind: 'title', text: headingFor(view, fact, target.person), tone },
          ...(title === undefined ? [] : [{ kind: 'heading', text: title } satisfies Block]),
        ]
      : title === undefined
        ? []
        : [{ kind: 'title', text: title, tone }];
  return {
    blocks: [
      ...heading,
      ...blocks,
      ...(acting ? [{ kind: 'note', text: actingNote(acting) } satisfies Block] : []),
      ...(buttons.length === 0 ? [] : [{ kind: 'actions', actions: buttons } satisfies Block]),
    ],
  };
};
