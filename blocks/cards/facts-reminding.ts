/** A reminder: what waits, the button that does it, and why they get it. */
import { dutiesOf } from '../../flows/deal/duties.ts';
import type { Owed } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/organisation.ts';
import type { Block } from '../card.ts';
import { capital, sectionEffort, shorten, tierMeaning, tierWord } from '../words.ts';
import {
  answerButton,
  giveInformationButton,
  handOverButton,
  meetConditionButton,
  reviewButton,
  settleConditionButton,
  snoozeButton,
} from './actions.ts';
import { standingOfCondition, stateDetail } from './condition-state.ts';
import { conditionBlocks } from './facts-conditions.ts';
import { escalationTold } from './facts-escalating.ts';
import { tierShown } from './next-line.ts';
import { owedWords, requestOf } from './owed.ts';
import { sourceSpans } from './spans.ts';
import { stepName } from './steps.ts';
import type { FactNamed, Told } from './told.ts';
import { reassessmentTold } from './facts-reassessing.ts';
import { whyReminded } from './why-reminded.ts';

type Reminded = FactNamed<'reminded'>;

/** A reminder of what the deal does not know any more: it moved on. */
const movedOn = (view: DealView, owed: Owed): Told => ({
  title: 'Reminder',
  blocks: [{ kind: 'text', text: `This waited for you: ${owedWords(view, owed)}. The deal has moved on since.` }],
});

const sectionTold = (view: DealView, owed: Extract<Owed, { kind: 'section' }>): Told => {
  const { deal, policy, facts } = view;
  const section = policy.sections.find((s) => s.id === owed.section);
  if (!section) return movedOn(view, owed);
  return {
    title: `${section.title} waits for you`,
    blocks: [
      { kind: 'text', text: section.intro },
      { kind: 'note', text: `${sectionEffort(section, policy.questionsFor(section.id, facts))}.` },
      { kind: 'text', text: '“Don’t know” is an answer too. Or hand it to somebody who might know.' },
    ],
    actions: [answerButton(deal.id, section, 'Answer'), handOverButton(deal.id, section)],
  };
};

const informationTold = (view: DealView, owed: Extract<Owed, { kind: 'information' }>): Told => {
  const request = requestOf(view, owed.request);
  if (!request) return movedOn(view, owed);
  return {
    title: 'A question waits for you',
    blocks: [
      { kind: 'text', text: [{ person: request.by }, ' needs to know before voting:'] },
      { kind: 'quote', text: request.question },
    ],
    actions: [giveInformationButton(view.deal.id, request.id, request.question)],
  };
};

const votesTold = (view: DealView, owed: Extract<Owed, { kind: 'votes' }>): Told => {
  const { deal } = view;
  if (deal.status !== 'deciding') return movedOn(view, owed);
  const tier = tierShown(view);
  return {
    title: 'Your review waits',
    blocks: [
      { kind: 'text', text: `You can vote in ${stepName(view, deal.route, owed.step)}.` },
      ...(tier === undefined
        ? []
        : [{ kind: 'text', text: `Tier: ${tierWord(tier).toLowerCase()}, ${tierMeaning(tier)}.` } satisfies Block]),
    ],
    actions: [reviewButton(deal.id, owed.step)],
  };
};

const CONDITION_TITLES: Record<Reminded['of'], string> = {
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
): Told => {
  const found = standingOfCondition(view, owed.condition);
  if (!found) return movedOn(view, owed);
  const { condition } = found;
  const detail = stateDetail(found);
  return {
    title: CONDITION_TITLES[of],
    tone: of === 'before' ? undefined : 'attention',
    blocks: [
      ...conditionBlocks(condition),
      ...(detail === '' ? [] : [{ kind: 'text', text: detail } satisfies Block]),
      {
        kind: 'text',
        text:
          condition.owner === to
            ? 'Is it done? Press Done and say how.'
            : ['You are on the deal, so you can say that it is done, as ', { person: condition.owner }, ' can.'],
      },
    ],
    actions: found.progress.status === 'open' ? [meetConditionButton(view.deal.id, condition)] : [],
  };
};

const evidenceTold = (view: DealView, owed: Extract<Owed, { kind: 'evidence' }>): Told => {
  const found = standingOfCondition(view, owed.condition);
  const evidence = found?.progress.evidence.at(-1);
  if (!found || !evidence) return movedOn(view, owed);
  const cited = sourceSpans(evidence.sources, 3);
  return {
    title: 'A condition waits for compliance',
    blocks: [
      { kind: 'text', text: [{ person: evidence.by }, ' says that this is done:'] },
      ...conditionBlocks(found.condition),
      { kind: 'text', text: [{ strong: 'What was done: ' }, shorten(evidence.text, 600)] },
      ...(cited.length === 0 ? [] : [{ kind: 'note', text: ['Sources: ', ...cited] } satisfies Block]),
    ],
    actions: found.progress.status === 'met' ? [settleConditionButton(view.deal.id, found.condition)] : [],
  };
};

const owedTold = (view: DealView, { owed, of }: Reminded, to: PersonId): Told => {
  switch (owed.kind) {
    case 'section':
      return sectionTold(view, owed);
    case 'information':
      return informationTold(view, owed);
    case 'votes':
      return votesTold(view, owed);
    case 'condition':
      return conditionTold(view, owed, of, to);
    case 'evidence':
      return evidenceTold(view, owed);
    case 'reassessment':
      return reassessmentTold(view, owed, of);
    default: {
      const never: never = owed;
      return never;
    }
  }
};

/** In the thread, where everybody sees what is late. */
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

/** `to` is who reads it; undefined for the thread. */
export const remindedTold = (view: DealView, fact: Reminded, to: PersonId | undefined): Told => {
  const { owed } = fact;
  const duty = dutiesOf(view).find(({ key }) => key === fact.duty);
  const escalation = fact.of === 'escalation';
  const told =
    to === undefined
      ? threadTold(view, owed)
      : escalation
        ? escalationTold(view, owed, duty, to)
        : owedTold(view, fact, to);
  return {
    ...told,
    blocks: [...told.blocks, { kind: 'note', text: whyReminded(view, owed, { to, duty, escalation }) }],
    actions: [
      ...(told.actions ?? []),
      ...(escalation || to === undefined ? [] : [snoozeButton(view.deal.id, fact.duty)]),
    ],
  };
};
