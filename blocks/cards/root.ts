/** The deal's one card in the channel: always what is next and who has it. */

import { approvalOf, isSuspended } from '../../flows/deal/approval/in-force.ts';
import { licenceOpenSince } from '../../flows/deal/approval/licence.ts';
import { askedReassessments, overdueReassessment } from '../../flows/deal/approval/reassessments.ts';
import { isOpen } from '../../flows/deal/context/alerts.ts';
import { findingNow } from '../../flows/deal/context/finding.ts';
import { holdsOn } from '../../flows/deal/context/holds.ts';
import { openLikes } from '../../flows/deal/context/similar-holds.ts';
import { canDo } from '../../flows/deal/rights/access.ts';
import { conditionStanding, shortfallsNow, waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { openHits } from '../../flows/deal/screened/screened.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { membersOf } from '../../flows/organisation.ts';
import type { Action, Block, Card, Text, Tone } from '../card.ts';
import {
  capital,
  count,
  countryWords,
  dayWords,
  endUserWords,
  LONGEST_QUOTED,
  NOT_A_LICENCE,
  productWords,
  quoted,
  quotedSentence,
  sentence,
  valueBandWords,
} from '../words.ts';
import {
  answerNextButton,
  giveInformationButton,
  licenceButton,
  authorityButton,
  confirmLighterButton,
  confirmScopeButton,
  moreButton,
  nothingChangedButton,
  nudgeButton,
  raiseFlagButton,
  reassessButton,
  renewalsButton,
  reopenButton,
  reviewButton,
  row,
  sendOnButton,
  somethingChangedButton,
  whyButton,
} from './actions.ts';
import { alertBlocks } from './alert-words.ts';
import { openFirst, standingItems } from './condition-state.ts';
import { disputedNotes } from './disputed-words.ts';
import { licenceSaid } from './facts-licence.ts';
import { gapsButton } from './gap-words.ts';
import { toAnswer } from './half-saved.ts';
import { comparedBlocks } from './hit-words.ts';
import { holdBlocks } from './hold-words.ts';
import { intermediariesText } from './intermediaries-words.ts';
import { progressLine, statusLine } from './next-line.ts';
import { questionBackBlocks } from './questions-back.ts';
import { askedBlocks, endedBlocks, lostBlocks, renewalsText } from './reassessment-words.ts';
import { forNowWords } from './risk-picture.ts';
import { pastBlocks } from './said-before.ts';
import {
  authorityBlocks,
  confirmedText,
  lighterSaidBlocks,
  scopeRefusedBlocks,
  scopeSaidBlocks,
} from './said-words.ts';
import { dealTitle, people, voteSpans } from './spans.ts';
import { recusedBlocks, shortfallBlocks, stepItems } from './steps.ts';

/** A summary: the conditions' own card has them all. */
const MOST_CONDITIONS = 8;

export const dealFacts = (deal: OpenedDeal): { label: string; value: Text }[] => {
  const { details, owner, requester } = deal;
  return [
    { label: 'Customer', value: quoted(details.customer, 300) },
    { label: 'Product', value: productWords(details.product, 300) },
    { label: 'End-user', value: endUserWords(details.endUser, 300) },
    { label: 'Destination', value: countryWords(details.destination) },
    { label: 'Intermediaries', value: intermediariesText(details, '“Why?” names all') },
    ...(details.valueBand === undefined ? [] : [{ label: 'Value', value: valueBandWords(details.valueBand) }]),
    ...(details.expectedSigning === undefined
      ? []
      : [{ label: 'Expected signing', value: dayWords(details.expectedSigning) }]),
    { label: 'Export licence', value: licenceSaid(deal) },
    { label: 'Owner', value: [{ person: owner }] },
    ...(requester === owner ? [] : [{ label: 'Requested by', value: [{ person: requester }] }]),
  ];
};

/** Tone of an approval in force. */
const approvalTone = (view: DealView): Tone => {
  if (isSuspended(view.deal)) return 'stop';
  const late = conditionStanding(view).some(({ overdue }) => overdue) || overdueReassessment(view) !== undefined;
  return late ? 'attention' : 'good';
};

export const dealTone = (view: DealView): Tone => {
  const { deal } = view;
  if (holdsOn(view).length > 0) return 'stop';
  switch (deal.status) {
    case 'answering':
      return deal.standing ? approvalTone(view) : 'neutral';
    case 'out of scope':
      return openHits(deal).length + openLikes(deal).length > 0 ? 'attention' : 'neutral';
    case 'withdrawn':
      return 'neutral';
    case 'deciding':
      if (shortfallsNow(view).length > 0) return 'attention';
      return deal.standing ? approvalTone(view) : 'neutral';
    case 'stopped':
      return 'stop';
    case 'decided':
      return deal.decision.outcome === 'declined' ? 'stop' : approvalTone(view);
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** The rule's own words, if the policy still has the rule. */
export const ruleText = (view: DealView, rule: string): string =>
  sentence(view.assessment.trace.find((line) => line.id === rule)?.text ?? 'A rule of the policy stopped this deal.');

/** The conditions of the approval in force, and its renewals. */
const approvalBlocks = (view: DealView): Block[] => {
  if (!approvalOf(view.deal)) return lostBlocks(view);
  const standing = openFirst(conditionStanding(view));
  return [
    ...(standing.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Conditions' } satisfies Block,
          { kind: 'list', items: standingItems(standing.slice(0, MOST_CONDITIONS)) } satisfies Block,
        ]),
    ...(standing.length > MOST_CONDITIONS
      ? [
          {
            kind: 'note',
            text: `And ${standing.length - MOST_CONDITIONS} more, on their card in the thread.`,
          } satisfies Block,
        ]
      : []),
    ...endedBlocks(view),
    ...askedBlocks(view),
    { kind: 'note', text: renewalsText(view) },
  ];
};

const forNowBlocks = (view: DealView): Block[] => {
  const words = forNowWords(view);
  return words === undefined ? [] : [{ kind: 'text', text: words }];
};

/** Blocks specific to this status, below the status line. */
const statusBlocks = (view: DealView): Block[] => {
  const { deal, organisation } = view;
  const confirmed = confirmedText(view);
  switch (deal.status) {
    case 'answering':
      return [...scopeSaidBlocks(view), ...scopeRefusedBlocks(view), ...approvalBlocks(view)];
    case 'out of scope':
      return [
        { kind: 'list', items: deal.reasons.map(sentence) },
        { kind: 'note', text: ['Said by ', { person: deal.by }, ` on ${dayWords(deal.at)}.`] },
        ...(confirmed === undefined ? [] : [{ kind: 'note', text: confirmed } satisfies Block]),
        ...approvalBlocks(view),
      ];
    case 'deciding':
      return [
        ...forNowBlocks(view),
        { kind: 'list', items: stepItems(view, deal) },
        ...recusedBlocks(view),
        ...questionBackBlocks(view),
        ...disputedNotes(view),
        ...shortfallBlocks(view, { steps: deal.route.steps, shortfalls: shortfallsNow(view) }),
        ...approvalBlocks(view),
      ];
    case 'stopped': {
      const chief = membersOf(organisation, organisation.roles.chief);
      return [
        { kind: 'text', text: [{ strong: 'Stopped. ' }, ruleText(view, deal.rule)] },
        ...(chief.length === 0
          ? []
          : [{ kind: 'note', text: ['Only ', ...people(chief), ' can reopen it.'] } satisfies Block]),
        ...approvalBlocks(view),
      ];
    }
    case 'decided': {
      const { votes, at } = deal.decision;
      return [
        { kind: 'text', text: `Decided on ${dayWords(at)} by:` },
        { kind: 'list', items: votes.map((vote) => [...voteSpans(vote), '.']) },
        ...recusedBlocks(view),
        ...questionBackBlocks(view),
        ...(approvalOf(deal) ? disputedNotes(view) : []),
        ...approvalBlocks(view),
        { kind: 'note', text: NOT_A_LICENCE },
      ];
    }
    case 'withdrawn':
      return [
        { kind: 'text', text: `Reason: ${quotedSentence(deal.reason, LONGEST_QUOTED)}` },
        ...approvalBlocks(view),
      ];
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** The button for whoever is waited for. What compliance confirms and what is sent on have theirs. */
const nextButton = (view: DealView): Action | undefined => {
  const { deal, policy } = view;
  const waiting = waitingFor(view);
  switch (waiting.for) {
    case 'section': {
      const section = policy.sections.find(({ id }) => id === waiting.section);
      if (!section) return undefined;
      return confirmable(view, section.id)
        ? nothingChangedButton(deal.id, section)
        : answerNextButton(deal.id, section, count(toAnswer(view, section.id).length, 'question'));
    }
    case 'information': {
      const request = deal.requests.find(({ id }) => id === waiting.request);
      return request && giveInformationButton(deal.id, request.id, request.question);
    }
    case 'votes':
      return waiting.people.length > 0 ? reviewButton(deal.id, waiting.step) : undefined;
    case 'scope':
    case 'finding':
    case 'chief':
    case 'nothing':
      return undefined;
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

/** Tells whether somebody may say of the deal what worries them: not once nothing is sold. */
export const takesFlags = ({ deal }: DealView): boolean =>
  isOpen(deal) || approvalOf(deal) !== undefined || deal.status === 'out of scope';

const rootActions = (view: DealView): Block[] => {
  const { deal } = view;
  const open = isOpen(deal);
  const reopens = deal.status === 'out of scope' || deal.status === 'stopped' || deal.status === 'withdrawn';
  const held = waitsForLifting(view);
  const approved = approvalOf(deal) !== undefined;
  return row(
    !held && nextButton(view),
    approved && !deal.standing && askedReassessments(view).length > 0 && reassessButton(deal.id),
    scopeSaidOf(deal) !== undefined && confirmScopeButton(deal.id),
    open && scopeSaidOf(deal) === undefined && view.lighterSaid !== undefined && confirmLighterButton(deal.id),
    deal.authority !== undefined && !deal.authority.done && authorityButton(deal.id),
    findingNow(view) !== undefined && sendOnButton(deal.id),
    findingNow(view) !== undefined && gapsButton(view),
    !held && waitingFor(view).people.length > 0 && nudgeButton(deal.id),
    approved && somethingChangedButton(deal.id),
    approved && !deal.renewals && renewalsButton(deal.id),
    deal.status === 'decided' && licenceOpenSince(deal) !== undefined && licenceButton(deal.id),
    reopens && view.organisation.people.some(({ id }) => canDo(view, id, 'reopen')) && reopenButton(deal.id),
    whyButton(deal.id),
    takesFlags(view) && raiseFlagButton(deal.id),
    moreButton(deal.id),
  );
};

/** Tells whether nothing is next but that compliance lifts a hold. */
const waitsForLifting = (view: DealView): boolean => isOpen(view.deal) && holdsOn(view).length > 0;

/** The deal's name, its risk, and what is next: of a deal on hold, that alone. */
export const headBlocks = (view: DealView): Block[] => {
  const progress = progressLine(view);
  return [
    { kind: 'title', text: dealTitle(view.deal), tone: dealTone(view) },
    ...(progress === '' ? [] : [{ kind: 'text', text: [{ strong: capital(progress) }] } satisfies Block]),
    ...holdBlocks(view),
    ...alertBlocks(view),
    ...(waitsForLifting(view) ? [] : [{ kind: 'text', text: statusLine(view) } satisfies Block]),
  ];
};

/** What its card says of how it stands, below its name. */
export const stateBlocks = (view: DealView): Block[] => [...headBlocks(view).slice(1), ...statusBlocks(view)];

export const rootCard = (view: DealView): Card => ({
  blocks: [
    ...headBlocks(view),
    ...statusBlocks(view),
    ...lighterSaidBlocks(view),
    ...pastBlocks(view),
    ...authorityBlocks(view),
    { kind: 'divider' },
    { kind: 'facts', facts: dealFacts(view.deal) },
    ...comparedBlocks(view),
    ...rootActions(view),
  ],
});
