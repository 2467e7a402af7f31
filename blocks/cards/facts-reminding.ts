/** A reminder: what waits, the button for it, and why the person gets it. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { tierShown } from '../../flows/deal/context/tier.ts';
import type { Condition, Acting, Owed } from '../../flows/deal/deal.ts';
import { judgesOf } from '../../flows/deal/owing/conditions.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import { handConditionRefused, isTheirsAlone, meetRefused } from '../../flows/deal/refusing/conditions.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { NoticeTarget } from '../../flows/deal/telling/notices.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Block, Span, Text } from '../card.ts';
import { capital, quotedSentence, tierWord, LONGEST_SAID } from '../words.ts';
import { awayButton } from './actions-desk.ts';
import {
  answerButton,
  giveInformationButton,
  handOverButton,
  handOverConditionButton,
  meetConditionButton,
  moreButton,
  reviewButton,
  settleConditionButton,
  snoozeButton,
} from './actions.ts';
import { standingOfCondition, stateDetail } from './condition-state.ts';
import { ownFlagRaisedTold } from './facts-asking.ts';
import { conditionBlocks } from './facts-conditions.ts';
import { authorityWaitsTold, lighterWaitsTold, scopeWaitsTold } from './facts-confirming.ts';
import { escalationTold } from './facts-escalating.ts';
import { licenceTold } from './facts-licence.ts';
import { reassessmentTold } from './facts-reassessing.ts';
import { effortOf, toAnswer } from './half-saved.ts';
import { flagOf, owedWords, requestOf } from './owed.ts';
import { tierMeaningHere } from './risk-picture.ts';
import { doneBy, people, sourceSpans } from './spans.ts';
import { stepName } from './steps.ts';
import type { FactNamed, Told } from './told.ts';
import { whyReminded } from './why-reminded.ts';

type Reminded = FactNamed<'reminded'>;

/** A question goes to the deal team as a whole, so it cannot be handed over. */
const whoElse = ({ deal }: DealView): Text =>
  deal.team.length < 2
    ? 'You alone are on the deal team. If a colleague should answer, press More and give them the deal.'
    : ['Anybody on the deal team can answer: ', ...people(deal.team), '.'];

/** A reminder of a duty that the deal no longer has: it moved on. */
const movedOn = (view: DealView, owed: Owed): Told => ({
  title: 'Reminder',
  blocks: [{ kind: 'text', text: `This waited for you: ${owedWords(view, owed)}. The deal has moved on since.` }],
});

/** `@a (away)`: the person somebody else acts for. */
const forWhom = (acting: Acting | undefined): Span[] => (acting ? [' for ', { person: acting.for }] : []);

const sectionTold = (view: DealView, owed: Extract<Owed, { kind: 'section' }>, acting: Acting | undefined): Told => {
  const { deal, policy } = view;
  const section = policy.sections.find((s) => s.id === owed.section);
  if (!section) return movedOn(view, owed);
  return {
    title: acting ? `${section.title} waits` : `${section.title} waits for you`,
    blocks: [
      { kind: 'text', text: section.intro },
      { kind: 'note', text: `${effortOf(view, section, toAnswer(view, section.id))}.` },
      {
        kind: 'text',
        text: acting
          ? ['You can answer it for ', { person: acting.for }, ', who is away, and are on the deal team then.']
          : '“Don’t know” is an answer too. Or hand it to somebody who might know.',
      },
    ],
    actions: [answerButton(deal.id, section, 'Answer'), handOverButton(deal.id, section)],
  };
};

const informationTold = (
  view: DealView,
  owed: Extract<Owed, { kind: 'information' }>,
  acting: Acting | undefined,
): Told => {
  const request = requestOf(view, owed.request);
  if (!request) return movedOn(view, owed);
  return {
    title: acting ? 'A question waits' : 'A question waits for you',
    blocks: [
      { kind: 'text', text: [{ person: request.by }, ' needs to know before voting:'] },
      { kind: 'quote', text: request.question },
      {
        kind: 'text',
        text: acting
          ? ['You can answer it for ', { person: acting.for }, ', who is away, and are on the deal team then.']
          : whoElse(view),
      },
    ],
    actions: [
      giveInformationButton(view.deal.id, request.id, request.question),
      ...(acting ? [] : [moreButton(view.deal.id)]),
    ],
  };
};

const votesTold = (view: DealView, owed: Extract<Owed, { kind: 'votes' }>, acting: Acting | undefined): Told => {
  const { deal } = view;
  if (deal.status !== 'deciding') return movedOn(view, owed);
  const tier = tierShown(view);
  return {
    title: acting ? 'A review waits' : 'Your review waits',
    blocks: [
      { kind: 'text', text: [`You can vote in ${stepName(view, deal.route, owed.step)}`, ...forWhom(acting), '.'] },
      ...(tier === undefined
        ? []
        : [
            {
              kind: 'text',
              text: `Tier: ${tierWord(tier).toLowerCase()}, ${tierMeaningHere(view, tier)}.`,
            } satisfies Block,
          ]),
      ...(acting
        ? []
        : [
            {
              kind: 'text',
              text: 'A vote is not handed over. If you are away, somebody can vote for you meanwhile.',
            } satisfies Block,
          ]),
    ],
    actions: [reviewButton(deal.id, owed.step), ...(acting ? [] : [awayButton(false)])],
  };
};

const CONDITION_TITLES: Record<Reminded['of'], string> = {
  delegated: 'A condition waits',
  before: 'A condition is due soon',
  reminder: 'A condition is overdue',
  overdue: 'A condition is overdue',
  escalation: 'A condition is overdue',
  suspension: 'A condition is overdue',
};

const conditionTold = (
  view: DealView,
  owed: Extract<Owed, { kind: 'condition' }>,
  of: Reminded['of'],
  to: PersonId,
  acting: Acting | undefined,
): Told => {
  const found = standingOfCondition(view, owed.condition);
  if (!found) return movedOn(view, owed);
  const { condition } = found;
  const detail = stateDetail(found);
  return {
    title: CONDITION_TITLES[of],
    tone: of === 'before' || of === 'delegated' ? undefined : 'attention',
    blocks: [
      ...conditionBlocks(condition),
      ...(detail === '' ? [] : [{ kind: 'text', text: detail } satisfies Block]),
      {
        kind: 'text',
        text:
          condition.owner === (acting?.for ?? to)
            ? ['Is it done? Press Done and say how', ...forWhom(acting), '.']
            : isTheirsAlone(view, condition)
              ? [{ person: condition.owner }, ' has it, and only they can say that it is done.']
              : ['You are on the deal, so you can say that it is done, as ', { person: condition.owner }, ' can.'],
      },
    ],
    actions: [
      ...(meetRefused(view, to, condition.id) ? [] : [meetConditionButton(view.deal.id, condition)]),
      ...(handConditionRefused(view, to, condition.id) ? [] : [handOverConditionButton(view.deal.id, condition)]),
    ],
  };
};

/** A duty of compliance is not handed over: a colleague may do it as it is. */
const othersCan = (view: DealView, condition: Condition, to: PersonId): Block[] => {
  const approval = approvalOf(view.deal);
  const others = approval ? judgesOf(view, approval, condition).filter((id) => id !== to) : [];
  return others.length === 0 ? [] : [{ kind: 'text', text: ['These can do it as well: ', ...people(others), '.'] }];
};

const evidenceTold = (
  view: DealView,
  owed: Extract<Owed, { kind: 'evidence' }>,
  to: PersonId,
  acting: Acting | undefined,
): Told => {
  const found = standingOfCondition(view, owed.condition);
  const evidence = found?.progress.evidence.at(-1);
  if (!found || !evidence) return movedOn(view, owed);
  const cited = sourceSpans(evidence.sources, 3);
  return {
    title: 'A condition waits for compliance',
    blocks: [
      { kind: 'text', text: [...doneBy(evidence, ','), ' says that this is done:'] },
      ...conditionBlocks(found.condition),
      { kind: 'text', text: [{ strong: 'What was done: ' }, quotedSentence(evidence.text, LONGEST_SAID)] },
      ...(cited.length === 0 ? [] : [{ kind: 'note', text: ['Sources: ', ...cited] } satisfies Block]),
      ...(acting
        ? [{ kind: 'text', text: ['You can accept or return it', ...forWhom(acting), '.'] } satisfies Block]
        : othersCan(view, found.condition, to)),
    ],
    actions: found.progress.status === 'met' ? [settleConditionButton(view.deal.id, found.condition)] : [],
  };
};

const owedTold = (view: DealView, { owed, of }: Reminded, to: PersonId, acting: Acting | undefined): Told => {
  switch (owed.kind) {
    case 'section':
      return sectionTold(view, owed, acting);
    case 'information':
      return informationTold(view, owed, acting);
    case 'votes':
      return votesTold(view, owed, acting);
    case 'condition':
      return conditionTold(view, owed, of, to, acting);
    case 'evidence':
      return evidenceTold(view, owed, to, acting);
    case 'reassessment':
      return reassessmentTold(view, owed, of);
    case 'licence':
      return licenceTold(view);
    case 'scope':
      return scopeSaidOf(view.deal) ? scopeWaitsTold(view) : movedOn(view, owed);
    case 'lighter':
      return view.lighterSaid ? lighterWaitsTold(view) : movedOn(view, owed);
    case 'flag':
      return flagOf(view, owed.flag)?.status === 'pending'
        ? { ...ownFlagRaisedTold(view, { fact: 'own flag raised', flag: owed.flag }), title: 'A flag waits for you' }
        : movedOn(view, owed);
    case 'authority':
      return view.deal.authority && !view.deal.authority.done ? authorityWaitsTold(view) : movedOn(view, owed);
    default: {
      const never: never = owed;
      return never;
    }
  }
};

/** The reminder in the thread, where everybody sees what is late. */
const threadTold = (view: DealView, owed: Owed): Told => {
  if (owed.kind === 'reassessment') return reassessmentTold(view, owed, 'overdue');
  const found = owed.kind === 'condition' ? standingOfCondition(view, owed.condition) : undefined;
  if (!found) return { blocks: [{ kind: 'text', text: `${capital(owedWords(view, owed))} still waits.` }] };
  const { condition, progress } = found;
  return {
    title: 'A condition is overdue',
    tone: 'attention',
    blocks: [
      ...conditionBlocks(condition),
      { kind: 'text', text: [{ person: condition.owner }, ': is it done? Press Done and say how.'] },
    ],
    actions: progress.status === 'open' ? [meetConditionButton(view.deal.id, condition)] : [],
  };
};

/** Several conditions, each with its own buttons. */
const togetherTold = (
  view: DealView,
  { with: others = [], ...first }: Reminded,
  to: PersonId,
  acting: Acting | undefined,
): Told => {
  const all = [first, ...others];
  const duty = dutiesOf(view).find(({ key }) => key === first.duty);
  const why = whyReminded(view, first.owed, { to, duty, escalation: false, acting });
  return {
    title: all.some(({ of }) => of !== 'before' && of !== 'delegated')
      ? `${all.length} conditions wait, and some are overdue`
      : `${all.length} conditions are due soon`,
    tone: 'attention',
    blocks: [
      ...all.flatMap(({ duty: key, owed, of }): Block[] => {
        const told = owedTold(view, { fact: 'reminded', duty: key, owed, of }, to, acting);
        const later = of === 'delegated' ? [] : [snoozeButton(view.deal.id, key)];
        return [...told.blocks, { kind: 'actions', actions: [...(told.actions ?? []), ...later] }];
      }),
      { kind: 'note', text: why },
    ],
  };
};

/** `target` is the reader. */
export const remindedTold = (view: DealView, fact: Reminded, target: NoticeTarget): Told => {
  const { owed } = fact;
  const { person: to, acting } = target.to === 'person' ? target : { person: undefined, acting: undefined };
  if (fact.with && to !== undefined) return togetherTold(view, fact, to, acting);
  const duty = dutiesOf(view).find(({ key }) => key === fact.duty);
  const escalation = fact.of === 'escalation';
  const told =
    to === undefined
      ? threadTold(view, owed)
      : escalation
        ? escalationTold(view, owed, duty, to)
        : owedTold(view, fact, to, acting);
  return {
    ...told,
    blocks: [...told.blocks, { kind: 'note', text: whyReminded(view, owed, { to, duty, escalation, acting }) }],
    actions: [
      ...(told.actions ?? []),
      ...(escalation || fact.of === 'delegated' || to === undefined ? [] : [snoozeButton(view.deal.id, fact.duty)]),
    ],
  };
};
