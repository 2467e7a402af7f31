/** Buttons about a deal. The router knows exactly these names; a value is `D-…` or `D-…/what`. */

import type { Condition, DutyKey } from '../../flows/deal/deal.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Section } from '../../flows/policy/policy.ts';
import type { Action, Block } from '../card.ts';
import { shorten } from '../words.ts';

/** Slack's and Teams' screen-reader labels end at 75 characters. */
export const spoken = (text: string): string => shorten(text, 75);

/** `channel` is the clearance channel's id, or '' if the form has to ask for it. */
export const newDealButton = (channel: string): Action => ({
  name: 'deal.new',
  value: channel,
  label: 'New deal',
  style: 'primary',
  opens: 'form',
});

export const answerButton = (deal: DealId, section: Section, label: 'Answer' | 'Change'): Action => ({
  name: 'deal.answer',
  value: `${deal}/${section.id}`,
  label,
  style: label === 'Answer' ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${section.title}`),
});

/** On the root card: `Answer 12 questions`. */
export const answerNextButton = (deal: DealId, section: Section, questions: string): Action => ({
  ...answerButton(deal, section, 'Answer'),
  label: `Answer ${questions}`,
  accessibleLabel: spoken(`Answer ${questions}: ${section.title}`),
});

export const handOverButton = (deal: DealId, section: Section): Action => ({
  name: 'deal.hand-over',
  value: `${deal}/${section.id}`,
  label: 'Who might know?',
  opens: 'form',
  accessibleLabel: spoken(`Who might know? Hand over ${section.title}`),
});

export const takeSectionBackButton = (deal: DealId, section: Section): Action => ({
  name: 'deal.take-section-back',
  value: `${deal}/${section.id}`,
  label: 'Take back',
  accessibleLabel: spoken(`Take back ${section.title}`),
});

export const whyButton = (deal: DealId): Action => ({
  name: 'deal.why',
  value: deal,
  label: 'Why?',
  opens: 'form',
  accessibleLabel: `Why? The tier of ${deal}`,
});

/** Every answer, for whoever may read the deal: of this section, or of the first. */
export const answersButton = (deal: DealId, section?: Section, label = section?.title ?? 'All evidence'): Action => ({
  name: 'deal.answers',
  value: section === undefined ? deal : `${deal}/${section.id}`,
  label: shorten(label, 75),
  opens: 'form',
  accessibleLabel: spoken(
    section === undefined
      ? `All evidence: ${deal}`
      : label === section.title
        ? `${label}: answers of ${deal}`
        : `${label}: ${section.title}`,
  ),
});

export const dossierButton = (deal: DealId): Action => ({
  name: 'deal.dossier',
  value: deal,
  label: 'Dossier',
  opens: 'form',
  accessibleLabel: `Dossier of ${deal}`,
});

export const raiseFlagButton = (deal: DealId): Action => ({
  name: 'deal.raise-flag',
  value: deal,
  label: 'Raise a flag',
  opens: 'form',
  accessibleLabel: `Raise a flag of your own on ${deal}`,
});

export const settleFlagButton = (
  deal: DealId,
  { id: flag, hit }: Pick<OwnFlag, 'id' | 'hit'>,
  title: string,
): Action => ({
  name: 'deal.settle-flag',
  value: `${deal}/${flag}`,
  label: hit ? 'Say who it is' : 'Admit or dismiss',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(hit ? `Say who it is: ${title}` : `Admit or dismiss the flag: ${title}`),
});

export const confirmScopeButton = (deal: DealId): Action => ({
  name: 'deal.confirm-scope',
  value: deal,
  label: 'Confirm or send back',
  style: 'primary',
  opens: 'form',
  accessibleLabel: `Confirm or send back: ${deal} is out of scope`,
});

export const confirmLighterButton = (deal: DealId): Action => ({
  name: 'deal.confirm-lighter',
  value: deal,
  label: 'Confirm or send back',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Confirm or send back: changes that make ${deal} lighter`),
});

export const authorityButton = (deal: DealId): Action => ({
  name: 'deal.authority',
  value: deal,
  label: 'Authority notified',
  style: 'primary',
  opens: 'form',
  accessibleLabel: `Authority notified about ${deal}`,
});

export const sendOnButton = (deal: DealId): Action => ({
  name: 'deal.send-on',
  value: deal,
  label: 'Send it on',
  accessibleLabel: `Send it on: ${deal}, with what is not known`,
});

export const acceptGapsButton = (deal: DealId, label: 'Accept gaps' | 'Confirm the exception'): Action => ({
  name: 'deal.accept-gaps',
  value: deal,
  label,
  opens: 'form',
  accessibleLabel: `${label} of ${deal}`,
});

export const takeGapsBackButton = (deal: DealId): Action => ({
  name: 'deal.take-gaps-back',
  value: deal,
  label: 'Take back',
  opens: 'form',
  accessibleLabel: `Take back what compliance accepted as not known of ${deal}`,
});

export const reviewButton = (deal: DealId, step: number): Action => ({
  name: 'deal.review',
  value: `${deal}/${step}`,
  label: 'Review',
  style: 'primary',
  opens: 'form',
  accessibleLabel: `Review ${deal} and vote`,
});

export const takeVoteBackButton = (deal: DealId, step: number): Action => ({
  name: 'deal.take-vote-back',
  value: `${deal}/${step}`,
  label: 'Take my vote back',
});

export const recuseButton = (deal: DealId): Action => ({
  name: 'deal.recuse',
  value: deal,
  label: 'Recuse myself',
  opens: 'form',
  accessibleLabel: `Recuse myself from ${deal}`,
});

export const giveInformationButton = (deal: DealId, request: string, question: string): Action => ({
  name: 'deal.give-information',
  value: `${deal}/${request}`,
  label: 'Answer',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Answer: ${question}`),
});

export const askCounselButton = (deal: DealId): Action => ({
  name: 'deal.ask-counsel',
  value: deal,
  label: 'Ask counsel',
  accessibleLabel: `Ask counsel to look at the laws: ${deal}`,
});

export const objectButton = (deal: DealId, label = "I didn't say that"): Action => ({
  name: 'deal.object',
  value: deal,
  label,
  opens: 'form',
  accessibleLabel: `${label}: object in ${deal}`,
});

export const nudgeButton = (deal: DealId): Action => ({
  name: 'deal.nudge',
  value: deal,
  label: 'Nudge',
  accessibleLabel: `Nudge the people ${deal} is waiting for`,
});

export const reopenButton = (deal: DealId): Action => ({
  name: 'deal.reopen',
  value: deal,
  label: 'Reopen',
  opens: 'form',
  accessibleLabel: `Reopen ${deal}`,
});

export const moreButton = (deal: DealId): Action => ({
  name: 'deal.more',
  value: deal,
  label: 'More',
  opens: 'form',
  accessibleLabel: `More to do with ${deal}`,
});

/** `label`: `Done`, or with the condition's number if several are on one card. */
export const meetConditionButton = (deal: DealId, { id, text }: Condition, label: string = 'Done'): Action => ({
  name: 'deal.meet-condition',
  value: `${deal}/${id}`,
  label,
  style: label === 'Done' ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${text}`),
});

export const handOverConditionButton = (deal: DealId, { id, text }: Condition): Action => ({
  name: 'deal.hand-over-condition',
  value: `${deal}/${id}`,
  label: 'Hand over',
  opens: 'form',
  accessibleLabel: spoken(`Hand over: ${text}`),
});

export const settleConditionButton = (
  deal: DealId,
  { id, text }: Condition,
  label: string = 'Accept or return',
): Action => ({
  name: 'deal.settle-condition',
  value: `${deal}/${id}`,
  label,
  style: label === 'Accept or return' ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${text}`),
});

export const liftSuspensionButton = (deal: DealId): Action => ({
  name: 'deal.lift-suspension',
  value: deal,
  label: 'Lift the suspension',
  opens: 'form',
  accessibleLabel: `Lift the suspension of ${deal}`,
});

export const reassessButton = (deal: DealId): Action => ({
  name: 'deal.reassess',
  value: deal,
  label: 'Start the reassessment',
  style: 'primary',
  accessibleLabel: `Start the reassessment of ${deal}`,
});

export const somethingChangedButton = (deal: DealId): Action => ({
  name: 'deal.something-changed',
  value: deal,
  label: 'Something changed',
  opens: 'form',
  accessibleLabel: `Something changed about ${deal}`,
});

export const renewalsButton = (deal: DealId): Action => ({
  name: 'deal.renewals',
  value: deal,
  label: 'Renewal dates',
  opens: 'form',
  accessibleLabel: `Renewal dates of licence and contract: ${deal}`,
});

export const licenceButton = (deal: DealId): Action => ({
  name: 'deal.licence',
  value: deal,
  label: 'Export licence',
  opens: 'form',
  accessibleLabel: `Export licence of ${deal}: say where it stands`,
});

export const nothingChangedButton = (deal: DealId, section: Section): Action => ({
  name: 'deal.nothing-changed',
  value: `${deal}/${section.id}`,
  label: 'Nothing changed here',
  style: 'primary',
  accessibleLabel: spoken(`Nothing changed here: ${section.title}`),
});

export const snoozeButton = (deal: DealId, duty: DutyKey): Action => ({
  name: 'deal.snooze',
  value: `${deal}/${duty}`,
  label: 'Remind me later',
  opens: 'form',
});

export const openThreadButton = (deal: DealId, url: string): Action => ({
  name: 'deal.open-thread',
  value: deal,
  label: 'Open the thread',
  url,
});

/** A row of the given buttons; no row if there are none. */
export const row = (...actions: readonly (Action | false | undefined)[]): Exclude<Block, { kind: 'title' }>[] => {
  const there = actions.filter((a): a is Action => a !== undefined && a !== false);
  return there.length === 0 ? [] : [{ kind: 'actions', actions: there }];
};
