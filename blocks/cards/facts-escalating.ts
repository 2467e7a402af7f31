/** An escalation, to a person who does not owe the duty: what waits, who may need help, only what they may read. */

import type { Owed } from '../../flows/deal/deal.ts';
import type { Duty } from '../../flows/deal/owing/owing.ts';
import { handConditionRefused } from '../../flows/deal/refusing/conditions.ts';
import { canDo, canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Action, Span } from '../card.ts';
import { capital, dayWords, groupName } from '../words.ts';
import { handOverButton, handOverConditionButton, moreButton, nudgeButton, reassessButton } from './actions.ts';
import { conditionOf, owedWords } from './owed.ts';
import { reassessmentNamed } from './reassessment-words.ts';
import { people } from './spans.ts';
import type { Told } from './told.ts';
import { hasLeft } from './why-reminded.ts';

/** Buttons for a person who does not owe the duty. */
const helpButtons = (view: DealView, owed: Owed, to: PersonId): Action[] => {
  const { deal, policy } = view;
  if (!canRead(view, to)) return [];
  const section = owed.kind === 'section' ? policy.sections.find((s) => s.id === owed.section) : undefined;
  const condition = owed.kind === 'condition' ? conditionOf(view, owed.condition) : undefined;
  const open = deal.status === 'answering' || deal.status === 'deciding';
  return [
    ...(section && open && canDo(view, to, 'hand over') ? [handOverButton(deal.id, section)] : []),
    ...(owed.kind === 'reassessment' && deal.status === 'decided' && canDo(view, to, 'reassess')
      ? [reassessButton(deal.id)]
      : []),
    ...(condition && !handConditionRefused(view, to, condition.id)
      ? [handOverConditionButton(deal.id, condition)]
      : []),
    ...(open && canDo(view, to, 'nudge') ? [nudgeButton(deal.id)] : []),
    moreButton(deal.id),
  ];
};

/** Words for a step that has too few people left to complete it. */
const stuckWords = (view: DealView): Span[] => {
  const { deal, organisation } = view;
  const step = deal.status === 'deciding' ? deal.route.steps[deal.step] : undefined;
  return step
    ? [`Too few are left who can vote: please have somebody added to ${groupName(organisation, step.group)}.`]
    : [];
};

export const escalationTold = (view: DealView, owed: Owed, duty: Duty | undefined, to: PersonId): Told => {
  const what = capital(owedWords(view, owed, canRead(view, to)));
  const due =
    owed.kind === 'condition'
      ? conditionOf(view, owed.condition)?.due
      : owed.kind === 'reassessment'
        ? reassessmentNamed(view, owed.task)?.due
        : undefined;
  const named = owed.kind === 'reassessment' ? 'A reassessment' : what;
  const waited = due
    ? `${named} was due ${dayWords(due)}. `
    : duty === undefined
      ? `${what} still waits. `
      : `${what} has waited since ${dayWords(duty.since)}. `;
  const who = duty?.owers ?? [];
  const help: Span[] = hasLeft(view, who)
    ? ['The person who had it is not here any more: please find somebody to take it over.']
    : who.length === 0
      ? duty === undefined
        ? []
        : stuckWords(view)
      : [...people(who), ' may need help.'];
  return {
    title: 'Somebody may need help',
    blocks: [{ kind: 'text', text: [waited, ...help] }],
    actions: helpButtons(view, owed, to),
  };
};
