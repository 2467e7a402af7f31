/** The buttons of the cards. The router knows exactly these names; a value is `D-…` or `D-…/what`. */
import type { Condition, DealId, DutyKey } from '../../flows/deal/deal.ts';
import type { CountryAlert } from '../../flows/country-alert.ts';
import type { Hold } from '../../flows/hold.ts';
import type { CourseId, FlagId, Section } from '../../flows/policy/policy.ts';
import type { Action, Block } from '../card.ts';
import { countryWords, shorten } from '../words.ts';

/** Slack's and Teams' screen-reader labels end at 75 characters. */
const spoken = (text: string): string => shorten(text, 75);

/** `channel` is the clearance channel's id, or '' where the form has to ask for it. */
export const newDealButton = (channel: string): Action => ({
  name: 'deal.new',
  value: channel,
  label: 'New deal',
  style: 'primary',
  opens: 'form',
});

export const awayButton = (known: boolean): Action => ({
  name: 'desk.away',
  value: '',
  label: known ? 'Change' : 'I am away',
  opens: 'form',
  accessibleLabel: known ? 'Change when you are away' : 'Say when you are away',
});

export const backButton = (): Action => ({ name: 'desk.back', value: '', label: 'I am back' });

export const takeTrainingButton = (course: CourseId, title: string, first: boolean): Action => ({
  name: 'desk.take-training',
  value: course,
  label: shorten(`I took ${title}`, 60),
  style: first ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`Say that you took ${title}`),
});

export const myTrainingButton = (): Action => ({
  name: 'desk.training',
  value: '',
  label: 'All of mine',
  accessibleLabel: 'Show all of my training',
});

/** `from`: how many lines come before. */
export const allTrainingButton = (from: number, label: string): Action => ({
  name: 'desk.training-all',
  value: String(from),
  label,
  accessibleLabel: spoken(`${label}: training of everybody`),
});

export const importTrainingButton = (): Action => ({
  name: 'desk.training-import',
  value: '',
  label: 'Record',
  opens: 'form',
  accessibleLabel: 'Record training from a learning system',
});

export const reviewChannelButton = (): Action => ({
  name: 'desk.review-channel',
  value: '',
  label: 'Reviewed',
  style: 'primary',
  opens: 'form',
  accessibleLabel: 'Say that the reporting channel was reviewed',
});

export const laterButton = (of: 'training' | 'channel'): Action => ({
  name: 'desk.later',
  value: of,
  label: 'Remind me later',
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

export const handOverButton = (deal: DealId, section: Section): Action => ({
  name: 'deal.hand-over',
  value: `${deal}/${section.id}`,
  label: 'Who might know?',
  opens: 'form',
  accessibleLabel: spoken(`Hand ${section.title} to somebody who might know`),
});

export const takeSectionBackButton = (deal: DealId, section: Section): Action => ({
  name: 'deal.take-section-back',
  value: `${deal}/${section.id}`,
  label: 'Take back',
  accessibleLabel: spoken(`Take ${section.title} back`),
});

export const whyButton = (deal: DealId): Action => ({
  name: 'deal.why',
  value: deal,
  label: 'Why?',
  opens: 'form',
  accessibleLabel: `Why this tier for ${deal}`,
});

export const raiseFlagButton = (deal: DealId): Action => ({
  name: 'deal.raise-flag',
  value: deal,
  label: 'Raise a flag',
  opens: 'form',
  accessibleLabel: `Raise a flag of your own on ${deal}`,
});

export const settleFlagButton = (deal: DealId, flag: FlagId, title: string): Action => ({
  name: 'deal.settle-flag',
  value: `${deal}/${flag}`,
  label: 'Admit or dismiss',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Admit or dismiss the flag: ${title}`),
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

export const giveInformationButton = (deal: DealId, request: string, question: string): Action => ({
  name: 'deal.give-information',
  value: `${deal}/${request}`,
  label: 'Answer',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Answer: ${question}`),
});

export const nudgeButton = (deal: DealId): Action => ({
  name: 'deal.nudge',
  value: deal,
  label: 'Nudge',
  accessibleLabel: `Remind whoever ${deal} is waiting for`,
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

/** `label`: `Done`, or with the condition's number where many stand together. */
export const meetConditionButton = (deal: DealId, { id, text }: Condition, label: string = 'Done'): Action => ({
  name: 'deal.meet-condition',
  value: `${deal}/${id}`,
  label,
  style: label === 'Done' ? 'primary' : undefined,
  opens: 'form',
  accessibleLabel: spoken(`Done: ${text}`),
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
  accessibleLabel: spoken(`Accept or return: ${text}`),
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
  accessibleLabel: `Say what changed about ${deal}`,
});

export const renewalsButton = (deal: DealId): Action => ({
  name: 'deal.renewals',
  value: deal,
  label: 'Renewal dates',
  opens: 'form',
  accessibleLabel: `Say when licence and contract of ${deal} are renewed`,
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

/** `deal` empty: the form asks what it is for. */
export const placeHoldButton = (deal: string): Action => ({
  name: 'desk.hold',
  value: deal,
  label: 'Place a hold',
  opens: 'form',
  accessibleLabel: deal === '' ? 'Place a hold on a deal or an end-user' : `Place a hold on ${deal}`,
});

const heldName = ({ on }: Hold): string => (on.of === 'end-user' ? on.name : on.deal);

export const liftHoldButton = (hold: Hold): Action => ({
  name: 'desk.lift-hold',
  value: hold.id,
  label: 'Lift',
  opens: 'form',
  accessibleLabel: spoken(`Lift the hold on ${heldName(hold)}`),
});

export const holdReviewButton = (hold: Hold): Action => ({
  name: 'desk.hold-review',
  value: hold.id,
  label: 'Change review date',
  opens: 'form',
  accessibleLabel: spoken(`Change the review date of the hold on ${heldName(hold)}`),
});

export const holdsButton = (page: number, more: number): Action => ({
  name: 'desk.holds',
  value: `${page}`,
  label: `Show ${more} more`,
  accessibleLabel: 'Show more holds',
});

/** `words`: what fills the form in, such as a country's code; empty: nothing. */
export const alertButton = (words: string): Action => ({
  name: 'desk.alert',
  value: words.slice(0, 1500),
  label: 'Issue an alert',
  opens: 'form',
  accessibleLabel: spoken(
    words.length === 2 ? `Issue a country alert for ${countryWords(words)}` : 'Issue a country alert',
  ),
});

export const endAlertButton = ({ id, country }: CountryAlert): Action => ({
  name: 'desk.end-alert',
  value: id,
  label: 'End',
  opens: 'form',
  accessibleLabel: spoken(`End the alert for ${countryWords(country)}`),
});

/** `more` 0: the list from its beginning. */
export const alertsButton = (page: number, more: number): Action => ({
  name: 'desk.alerts',
  value: `${page}`,
  label: more === 0 ? 'Country alerts' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'Show the country alerts' : 'Show more country alerts',
});

export const lookedButton = (country: string): Action => ({
  name: 'desk.looked',
  value: country,
  label: 'I looked',
  opens: 'form',
  accessibleLabel: spoken(`Say that you looked at ${countryWords(country)}`),
});

export const watcherButton = (country: string): Action => ({
  name: 'desk.watcher',
  value: country,
  label: 'Who watches?',
  opens: 'form',
  accessibleLabel: spoken(`Say who watches ${countryWords(country)}`),
});

/** `more` 0: the list from its beginning. */
export const watchListButton = (page: number, more: number): Action => ({
  name: 'desk.watch',
  value: `${page}`,
  label: more === 0 ? 'Watch list' : `Show ${more} more`,
  accessibleLabel: more === 0 ? 'Show the countries to watch' : 'Show more countries to watch',
});

/** A row of the buttons that are there; no row where there are none. */
export const row = (...actions: readonly (Action | false | undefined)[]): Exclude<Block, { kind: 'title' }>[] => {
  const there = actions.filter((a): a is Action => a !== undefined && a !== false);
  return there.length === 0 ? [] : [{ kind: 'actions', actions: there }];
};
