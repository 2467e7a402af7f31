/** Facts of a deal's life: its endings and reopenings, its details, its owner, and a nudge to those it waits for. */

import { approvedOther } from '../../flows/deal/approval/in-force.ts';
import { askedReassessments } from '../../flows/deal/approval/reassessments.ts';
import { isUnconfirmed } from '../../flows/deal/context/others.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { answersOfAnother } from '../../flows/deal/formerly.ts';
import { confirmers } from '../../flows/deal/rights/confirmers.ts';
import { mayBeNeeded } from '../../flows/deal/rights/seats.ts';
import { conditionStanding, waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { membersOf } from '../../flows/organisation.ts';
import type { Action, Block, Text } from '../card.ts';
import { changeText, detailTexts } from '../detail-texts.ts';
import { capital, listWords, LONGEST_QUOTED, quoted, quotedSentence, sentence, shorten } from '../words.ts';
import {
  confirmLighterButton,
  answerButton,
  authorityButton,
  confirmScopeButton,
  giveInformationButton,
  meetConditionButton,
  raiseFlagButton,
  reassessButton,
  reopenButton,
  reviewButton,
  settleConditionButton,
  whyButton,
} from './actions.ts';
import { approvedWords, hitsToSettle } from './condition-state.ts';
import { reopenedItems } from './ended-words.ts';
import { sectionNamed } from './facts-asking.ts';
import { endedList } from './facts-gaps.ts';
import { findingButton } from './finding-button.ts';
import { statusLine } from './next-line.ts';
import { lostBlocks } from './reassessment-words.ts';
import { voidedBlocks } from './review.ts';
import { ruleText } from './root.ts';
import { authorityBlocks, confirmedText } from './said-words.ts';
import { SET_ASIDE } from './set-aside.ts';
import { people } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

export const stoppedTold = (view: DealView): Told => {
  const { deal, organisation } = view;
  const chief = membersOf(organisation, organisation.roles.chief);
  return {
    title: 'Stopped',
    tone: 'stop',
    blocks: [
      {
        kind: 'text',
        text: deal.status === 'stopped' ? ruleText(view, deal.rule) : 'A rule of the policy stopped this deal.',
      },
      {
        kind: 'text',
        text:
          chief.length === 0
            ? 'Only the chief compliance officer can reopen it.'
            : ['Only ', ...people(chief), ' can reopen it.'],
      },
      ...((deal.stops?.at(-1)?.because ?? []).length === 0
        ? []
        : [
            {
              kind: 'note',
              text: 'The stop is a house rule of ours. Compliance, counsel and the chief are told. What the law asks is a separate question.',
            } satisfies Block,
          ]),
      ...authorityBlocks(view),
      ...lostBlocks(view),
    ],
    actions: [
      whyButton(deal.id),
      reopenButton(deal.id),
      ...(deal.authority && !deal.authority.done ? [authorityButton(deal.id)] : []),
    ],
  };
};

export const outOfScopeTold = (view: DealView): Told => {
  const { deal } = view;
  const confirmed = confirmedText(view);
  return {
    title: 'Out of scope',
    blocks:
      deal.status === 'out of scope'
        ? [
            {
              kind: 'text',
              text: ['On the answers of ', { person: deal.by }, ', the guidance does not apply to this deal:'],
            },
            { kind: 'list', items: deal.reasons.map(sentence) },
            ...(confirmed === undefined ? [] : [{ kind: 'text', text: confirmed } satisfies Block]),
            ...lostBlocks(view),
            ...hitsToSettle(deal).map((open): Block => ({ kind: 'text', text: sentence(capital(open)) })),
            { kind: 'note', text: 'If facts change, reopen it. The export licence is a separate question.' },
          ]
        : [{ kind: 'text', text: 'The guidance does not apply to this deal.' }],
    actions: [reopenButton(deal.id), whyButton(deal.id), raiseFlagButton(deal.id)],
  };
};

/** The votes that this act discarded. */
const discardedBlocks = (view: DealView, at: Instant): Block[] =>
  view.deal.lastVoided?.because !== undefined && view.deal.lastVoided.at === at ? voidedBlocks(view) : [];

const NOT_CONFIRMED =
  'Compliance has not confirmed what was said to make it lighter: what was said before counts against other deals with this end-user.';
const SCOPE_NOT_CONFIRMED =
  'Compliance has not confirmed that it is out of scope: this end counts against other deals with this end-user.';

export const withdrawnTold = (view: DealView): Told => {
  const { deal } = view;
  return {
    title: 'Withdrawn',
    blocks:
      deal.status === 'withdrawn'
        ? [
            { kind: 'text', text: [{ person: deal.by }, ' withdrew this deal.'] },
            { kind: 'quote', text: deal.reason },
            ...(isUnconfirmed(deal)
              ? [{ kind: 'text', text: deal.scopeSaid ? SCOPE_NOT_CONFIRMED : NOT_CONFIRMED } satisfies Block]
              : []),
            ...discardedBlocks(view, deal.at),
          ]
        : [{ kind: 'text', text: 'This deal was withdrawn.' }],
    actions: [reopenButton(deal.id)],
  };
};

const overBlocks = (view: DealView, at: Instant): Block[] => {
  const items = reopenedItems(view, at);
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: SET_ASIDE },
        { kind: 'list', items },
      ];
};

export const reopenedTold = (view: DealView): Told => {
  const { lastReopened } = view.deal;
  return {
    title: 'Reopened',
    blocks: [
      ...(lastReopened
        ? [
            { kind: 'text', text: [{ person: lastReopened.by }, ' reopened this deal.'] } satisfies Block,
            { kind: 'quote', text: lastReopened.reason } satisfies Block,
            ...overBlocks(view, lastReopened.at),
            ...discardedBlocks(view, lastReopened.at),
          ]
        : []),
      ...lostBlocks(view),
      { kind: 'text', text: statusLine(view) },
    ],
  };
};

/** `Destination: Kenya → Sudan` for each detail that is another now. */
const changedDetails = (now: DealDetails, was: DealDetails): Text[] => {
  const before = detailTexts(was);
  return detailTexts(now).flatMap(({ label, text }, i): Text[] => {
    const old = before[i]?.text ?? '';
    return old === text ? [] : [[{ strong: `${label}: ` }, changeText(shorten(old, 300), shorten(text, 300))]];
  });
};

const MOST_LABEL = 60;

/** What was answered of another product, country or end-user stands on nothing until somebody looks at it again. */
const lookAgain = (view: DealView): Pick<Told, 'blocks' | 'actions'> => {
  const stale = new Set(answersOfAnother(view).map(({ section }) => section));
  const sections = view.policy.sections.filter(({ id }) => stale.has(id));
  if (sections.length === 0) return { blocks: [] };
  const titles = listWords(sections.map(({ title }) => title));
  return {
    blocks: [
      {
        kind: 'text',
        text: `Please look again at ${titles}, and save: the answers there were given of something else, and count as not known until then.`,
      },
    ],
    actions: sections.map((section) => {
      const label = shorten(`Look again: ${section.title}`, MOST_LABEL);
      return { ...answerButton(view.deal.id, section, 'Change'), label, accessibleLabel: label };
    }),
  };
};

/** Questions that were answered while the deal was of something else. */
const questionsAgain = ({ deal }: DealView): Block[] => {
  const again = deal.requests.filter(({ answer, takenBack, before }) => before && !answer && !takenBack);
  return again.length === 0
    ? []
    : [
        { kind: 'text', text: 'Answered of what the deal was before, and to be answered again:' },
        { kind: 'list', items: again.map(({ question }) => quoted(question, LONGEST_QUOTED)) },
      ];
};

/** `direct`: to compliance and the chief, who answer nothing. */
export const detailsCorrectedTold = (
  view: DealView,
  { was, ended = [] }: FactNamed<'details corrected'>,
  direct: boolean,
): Told => {
  const { lastCorrection, details } = view.deal;
  const again = lookAgain(view);
  const changed = was ? changedDetails(details, was) : [];
  if (!lastCorrection) return { blocks: [{ kind: 'text', text: 'The details of the deal were corrected.' }] };
  return {
    blocks: [
      {
        kind: 'text',
        text: [{ person: lastCorrection.by }, ' corrected the details of the deal. The first card shows them.'],
      },
      ...(changed.length === 0 ? [] : [{ kind: 'list', items: changed } satisfies Block]),
      { kind: 'text', text: `Reason: ${quotedSentence(lastCorrection.reason, LONGEST_QUOTED)}` },
      ...(ended.length === 0
        ? []
        : [
            {
              kind: 'text',
              text: 'What compliance had accepted of the deal as it was counts no more:',
            } satisfies Block,
            endedList(view, ended),
          ]),
      ...again.blocks,
      ...questionsAgain(view),
      ...(approvedOther(view.deal)
        ? [{ kind: 'text', text: `${approvedWords(view)} until it is decided again.` } satisfies Block]
        : []),
    ],
    ...(direct ? {} : { actions: again.actions }),
  };
};

export const ownerReassignedTold = (view: DealView, fact: FactNamed<'owner reassigned'>): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: fact.by }, ' made ', { person: fact.to }, ' the owner of this deal.'] },
    { kind: 'quote', text: fact.reason },
    ...(mayBeNeeded(view, fact.to)
      ? [{ kind: 'text', text: 'Whoever has owned a deal does not decide on it, also later.' } satisfies Block]
      : []),
    { kind: 'text', text: statusLine(view) },
  ],
});

const MOST_BUTTONS = 5;

/** Buttons for conditions that are overdue, or done and not accepted yet. */
const conditionButtons = (view: DealView): Action[] =>
  conditionStanding(view)
    .flatMap(({ condition, progress, overdue }) => {
      if (progress.status === 'met') return [settleConditionButton(view.deal.id, condition)];
      return overdue ? [meetConditionButton(view.deal.id, condition)] : [];
    })
    .slice(0, MOST_BUTTONS - 1);

/** The button that does what the deal waits for. */
const waitedForButtons = (view: DealView, person: PersonId | undefined): Action[] => {
  const { deal } = view;
  const waiting = waitingFor(view);
  switch (waiting.for) {
    case 'section': {
      const section = sectionNamed(view, waiting.section);
      return section ? [answerButton(deal.id, section, 'Answer')] : [];
    }
    case 'information': {
      const request = deal.requests.find((r) => r.id === waiting.request);
      return request ? [giveInformationButton(deal.id, request.id, request.question)] : [];
    }
    case 'votes':
      return [reviewButton(deal.id, waiting.step)];
    case 'scope':
      return [confirmScopeButton(deal.id)];
    case 'finding':
      return [findingButton(view, person)];
    case 'chief':
      return [reopenButton(deal.id)];
    case 'nothing':
      return [...conditionButtons(view), ...(askedReassessments(view).length > 0 ? [reassessButton(deal.id)] : [])];
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

export const nudgedTold = (view: DealView, fact: FactNamed<'nudged'>, person?: PersonId): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: fact.by }, ' sends a friendly reminder.'] },
    { kind: 'text', text: statusLine(view) },
  ],
  actions:
    view.lighterSaid && person !== undefined && confirmers(view).includes(person)
      ? [confirmLighterButton(view.deal.id)]
      : waitedForButtons(view, person),
});
