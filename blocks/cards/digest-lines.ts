/** One line of a digest in words, with the buttons that act on it. */

import { askedReassessments } from '../../flows/deal/approval/reassessments.ts';
import { conditionStanding, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import { remarksOfColleagues } from '../../flows/deal/said/remarks.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DigestLine, LineKind } from '../../flows/digest/digest.ts';
import type { DealId } from '../../flows/ids.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { Action, Block } from '../card.ts';
import { capital, count, countryWords, listWords, quoted } from '../words.ts';
import { alertsButton, holdReviewButton, liftHoldButton, lookedButton, watcherButton } from './actions-desk.ts';
import {
  authorityButton,
  confirmLighterButton,
  confirmScopeButton,
  liftSuspensionButton,
  reassessButton,
  row,
  settleConditionButton,
  settleFlagButton,
} from './actions.ts';
import { heldWords } from './hold-words.ts';
import { dealTitle } from './spans.ts';

/** Lookup for the names in a digest. */
export interface ShownWith {
  /** Deals of the lines; a missing one was erased or cannot be read. */
  deals: ReadonlyMap<DealId, DealView>;
  organisation: Organisation;
}

export const showButton = (deal: DealId): Action => ({
  name: 'deal.show',
  value: deal,
  label: 'Open',
  opens: 'form',
  accessibleLabel: `Open ${deal}`,
});

const remindButton = (deal: DealId): Action => ({
  name: 'deal.nudge',
  value: deal,
  label: 'Remind',
  accessibleLabel: `Remind the people ${deal} is waiting for`,
});

const assignButton = (deal: DealId): Action => ({
  name: 'deal.assign',
  value: deal,
  label: 'Assign',
  opens: 'form',
  accessibleLabel: `Assign ${deal} to somebody else`,
});

const waited = (n: number): string => (n === 0 ? 'waits since today' : `has waited ${count(n, 'day')}`);
const ahead = (n: number): string => (n === 0 ? 'today' : `in ${count(n, 'day')}`);
const ago = (n: number): string => (n === 0 ? 'today' : `${count(n, 'day')} ago`);

const standingOf = (line: DigestLine, view: DealView | undefined): ConditionStanding | undefined =>
  view && conditionStanding(view).find(({ condition }) => condition.id === line.about);
const conditionWords = (line: DigestLine, view: DealView | undefined): string => {
  const found = standingOf(line, view);
  return found ? ` ${quoted(found.condition.text, 80)}` : '';
};
const flagWords = (line: DigestLine, view: DealView | undefined): string => {
  const found = view?.deal.ownFlags.find(({ id }) => id === line.about);
  return found ? ` ${quoted(found.title, 80)}` : '';
};

/** Name of the hold; one that was lifted since has none any more. */
export const heldBy = ({ about, deal }: DigestLine, { holds = [] }: Organisation): string => {
  const hold = holds.find(({ id }) => id === about);
  return hold ? heldWords(hold) : (deal ?? 'an end-user');
};

/** Buttons for compliance, the only readers of these lines. */
const registerButtons = ({ of, about = '' }: DigestLine, { holds = [] }: Organisation): Action[] => {
  if (of === 'country to look at') return [lookedButton(about), watcherButton(about)];
  if (of === 'country alert') return [alertsButton(1, 0)];
  const hold = of === 'hold' || of === 'hold to review' ? holds.find(({ id }) => id === about) : undefined;
  return hold ? [holdReviewButton(hold), liftHoldButton(hold)] : [];
};

const MOST_WROTE = 3;
const LONGEST_WROTE = 160;
const MOST_NAMED = 4;
/** Names instead of mentions: a digest notifies nobody. */
const whoIn = ({ people }: DigestLine, organisation: Organisation, mine: boolean): string => {
  if (mine) return people.length < 2 ? 'you' : `you and ${count(people.length - 1, 'other')}`;
  const names = people.map((id) => person(organisation, id)?.name ?? id);
  const more = names.length - MOST_NAMED;
  return names.length === 0 ? 'nobody' : listWords(more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more`] : names);
};

export const confirmedWords = (view: DealView | undefined, { people }: Organisation): string => {
  if (view?.deal.status !== 'out of scope') return '';
  const { by, deal } = view.deal.confirmed ?? {};
  if (by === undefined) return ', on the answers alone';
  const who = people.find(({ id }) => id === by)?.name ?? by;
  return deal === undefined ? `, confirmed by ${who}` : `, as confirmed by ${who} for ${deal}`;
};

/** What others than its owner wrote of a deal, each for themselves: nobody else reads it while it waits. */
const wroteWords = (view: DealView | undefined, organisation: Organisation): string => {
  const remarks = view ? remarksOfColleagues(view.deal) : [];
  const more = remarks.length - MOST_WROTE;
  const said = remarks
    .slice(0, MOST_WROTE)
    .map(({ by, text }) => ` ${person(organisation, by)?.name ?? by} wrote there: ${quoted(text, LONGEST_WROTE)}`);
  return `${said.join('')}${more > 0 ? ` And ${count(more, 'more colleague')} wrote there.` : ''}`;
};

/** Text after the deal's name. */
const saidOf = (line: DigestLine, view: DealView | undefined, organisation: Organisation, mine: boolean): string => {
  const { of, about = '' } = line;
  const n = line.days;
  const who = whoIn(line, organisation, mine);
  const whose = (what: string): string => (mine && line.people.length < 2 ? `your ${what}` : `the ${what} of ${who}`);
  switch (of) {
    case 'suspended':
      return `suspended ${n === 0 ? 'since today' : `for ${count(n, 'day')}`}, until somebody lifts that.`;
    case 'condition overdue':
      return `condition${conditionWords(line, view)} is ${count(n, 'day')} overdue (${who}).`;
    case 'condition open':
      return `condition${conditionWords(line, view)} is due ${ahead(n)} (${who}).`;
    case 'evidence to look at':
      return `condition${conditionWords(line, view)} is said to be done. It ${waited(n)} for ${who}.`;
    case 'flag to settle':
      return `a raised flag${flagWords(line, view)} ${waited(n)} to be admitted or dismissed.`;
    case 'scope to confirm':
      return `is said to be out of scope, and ${waited(n)} for ${who} to confirm it.`;
    case 'change to confirm':
      return `changes make it lighter, and that ${waited(n)} for ${who} to confirm it.`;
    case 'authority to notify':
      return `the authority is to be notified. It ${waited(n)} for ${who}.`;
    case 'stopped':
      return `was stopped ${ago(n)}. Only the chief can reopen it.`;
    case 'out of scope':
      return `was found out of scope ${ago(n)}${confirmedWords(view, organisation)}.`;
    case 'nobody can vote':
      return `${waited(n)}, and nobody is left who can vote.`;
    case 'waiting for votes':
      return `${waited(n)} for ${mine && line.people.length < 2 ? 'your vote' : `the votes of ${who}`}.`;
    case 'waiting for information':
      return `an approver's question ${waited(n)} for ${who}.`;
    case 'waiting for answers':
      return `${waited(n)} for ${whose('answers')}.${mine ? '' : wroteWords(view, organisation)}`;
    case 'reassessment overdue':
      return `its reassessment is ${count(n, 'day')} overdue (${who}).`;
    case 'reassessment due':
      return `its reassessment is due ${ahead(n)} (${who}).`;
    case 'rows changed':
      return `${n === 1 ? 'an entry' : `${n} entries`} beside the record ${n === 1 ? 'was' : 'were'} changed by something else than Clearthread. The people who run it can see which.`;
    case 'messages failed':
      return `${count(n, 'message')} could not be delivered. The people who run Clearthread can see which, and why.`;
    case 'training missing':
      return `${about} is not taken by ${who}, for ${count(n, 'day')} at the longest.`;
    case 'training expired':
      return `${about} ran out ${ago(n)} at the earliest: ${who}.`;
    case 'training expiring':
      return `${about} runs out ${ahead(n)} at the earliest: ${who}.`;
    case 'hold to review':
      return `the hold on ${heldBy(line, organisation)} was to be looked at ${ago(n)}.`;
    case 'hold':
      return `the hold on ${heldBy(line, organisation)} is to be looked at ${ahead(n)}.`;
    case 'country to look at':
      return `${countryWords(about)} was to be looked at ${ago(n)} (${line.people.length === 0 ? 'compliance' : who}).`;
    case 'country alert':
      return `an alert for ${countryWords(about)} was given ${ago(n)}.`;
    case 'list not fetched':
      return `the list ${about} could not be fetched. Its version of ${ago(n)} stays in use, and the people who run Clearthread can see why.`;
    case 'list old':
      return `the list ${about} is ${count(n, 'day')} old, and parties are compared with nothing newer.`;
    case 'decided':
      return `${about} ${ago(n)}.`;
    default: {
      const never: never = of;
      return never;
    }
  }
};

/** Lines that let compliance remind those whose move it is; `ASSIGNED` ones can also go to another owner. */
const REMINDED = new Set<LineKind>([
  'condition overdue',
  'evidence to look at',
  'waiting for votes',
  'waiting for information',
  'waiting for answers',
  'reassessment overdue',
  'scope to confirm',
]);
const ASSIGNED = new Set<LineKind>(['condition overdue', 'waiting for information', 'waiting for answers']);

/** The button that settles the line. */
const settling = (line: DigestLine, view: DealView, mine: boolean): Action | undefined => {
  const { id } = view.deal;
  switch (line.of) {
    case 'suspended':
      return liftSuspensionButton(id);
    case 'reassessment overdue':
    case 'reassessment due':
      return mine && askedReassessments(view).length > 0 ? reassessButton(id) : undefined;
    case 'evidence to look at': {
      const found = standingOf(line, view);
      return found && settleConditionButton(id, found.condition);
    }
    case 'scope to confirm':
      return confirmScopeButton(id);
    case 'change to confirm':
      return confirmLighterButton(id);
    case 'authority to notify':
      return authorityButton(id);
    case 'flag to settle': {
      const flag = view.deal.ownFlags.find((f) => f.id === line.about);
      return flag && settleFlagButton(id, flag, flag.title);
    }
    default:
      return undefined;
  }
};

/** Drops the button's style: in a list of many, none stands out. */
const plainly = (action: Action | undefined): Action | undefined => action && { ...action, style: undefined };

/** `mine`: shown to the person it waits for, who is spoken to and needs no reminding. */
export const lineBlocks = (
  line: DigestLine,
  { deals, organisation }: ShownWith,
  mine = false,
): Exclude<Block, { kind: 'title' }>[] => {
  const view = line.deal === undefined ? undefined : deals.get(line.deal);
  const said = saidOf(line, view, organisation, mine);
  const ofRegister = registerButtons(line, organisation);
  if (line.deal === undefined) return [{ kind: 'text', text: capital(said) }, ...row(...ofRegister)];
  if (!view) return [{ kind: 'text', text: [{ strong: line.deal }, `: ${said}`] }];
  const { id } = view.deal;
  return [
    { kind: 'text', text: [{ strong: dealTitle(view.deal) }, `: ${said}`] },
    ...row(
      plainly(settling(line, view, mine)),
      ...ofRegister,
      !mine && REMINDED.has(line.of) && remindButton(id),
      !mine && ASSIGNED.has(line.of) && assignButton(id),
      showButton(id),
    ),
  ];
};
