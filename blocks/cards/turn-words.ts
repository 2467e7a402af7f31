/** What waits for a person, in a few words said to that person, with the button that does it. */

import { askedReassessments, isOverdue } from '../../flows/deal/approval/reassessments.ts';
import { conditionStanding, standingOf, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Turn, Wait } from '../../flows/lists/waits.ts';
import type { Action, Span, Text } from '../card.ts';
import { dayWords, quoted, shorten } from '../words.ts';
import {
  answerButton,
  authorityButton,
  confirmLighterButton,
  confirmScopeButton,
  giveInformationButton,
  licenceButton,
  liftSuspensionButton,
  meetConditionButton,
  reassessButton,
  reviewButton,
  settleConditionButton,
  settleFlagButton,
  spoken,
} from './actions.ts';
import { numberOf } from './condition-state.ts';
import { findingButton } from './finding-button.ts';
import { effortWords } from './next-line.ts';
import { reassessmentNamed } from './reassessment-words.ts';
import { people } from './spans.ts';
import { missingWords, stepName } from './steps.ts';

const MOST_TEXT = 100;

const sectionOf = (view: DealView, { about }: Wait) => view.policy.sections.find(({ id }) => id === about);
const requestOf = ({ deal }: DealView, { about }: Wait) => deal.requests.find(({ id }) => id === about);
const flagOf = ({ deal }: DealView, { about }: Wait) => deal.ownFlags.find(({ id }) => id === about);
const conditionOf = (view: DealView, { about }: Wait): ConditionStanding | undefined =>
  conditionStanding(view).find(({ condition }) => condition.id === about);

const aboutWords = (text: string | undefined, most: number): string =>
  text === undefined ? '' : ` ${quoted(text, most)}`;
/** Its own full stop would stand before a comma. */
const conditionWords = (found: ConditionStanding | undefined, most: number): string =>
  aboutWords(found?.condition.text.replace(/\.$/u, ''), most);
/** ` 2`: as it is numbered in the thread. */
const numberWords = (view: DealView, { about = '' }: Wait): string => {
  const number = numberOf(view, about);
  return number === undefined ? '' : ` ${number}`;
};
const dueWords = (day: string, late: boolean): string => `${late ? 'overdue since' : 'due'} ${dayWords(day)}`;

/**
 * `Your vote in Senior approvers (step 2 of 2), or that of @counsel-1`: `and`, where no vote is to spare; and how many are
 * needed, where that is more than one.
 */
const voteSpans = (view: DealView, voter: PersonId): Span[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [{ strong: 'Your vote' }];
  const standing = standingOf(view, deal);
  const mine: Span[] = [{ strong: 'Your vote' }, ` in ${stepName(view, deal.route, deal.step)}`];
  const others = standing.people.filter((id) => id !== voter);
  if (others.length === 0) return mine;
  const needed = missingWords(view, deal).replace(/^(\d+ more votes)/u, '$1 are needed');
  if (standing.missing > others.length)
    return [...mine, ', and that of ', ...people(others), ...(standing.missing > 1 ? [`: ${needed}`] : [])];
  return standing.missing > 1
    ? [...mine, `: ${needed}; others who can vote: `, ...people(others)]
    : [...mine, ', or that of ', ...people(others)];
};

const sectionSpans = (view: DealView, wait: Wait): Span[] => {
  const section = sectionOf(view, wait);
  return section
    ? [{ strong: `Answer ${section.title}` }, ` (${effortWords(view, section)})`]
    : [{ strong: 'Answer the questions' }];
};

/** In so many characters a line of a short list says what a text is about. */
const SHORT_TEXT = 40;

/** The same in a few words: for what its page says anyway. */
const toDoInShort = (view: DealView, wait: Wait, voter: PersonId): Span[] => {
  switch (wait.of) {
    case 'votes':
      return [{ strong: 'Your vote' }];
    case 'section':
      return [{ strong: `Answer ${sectionOf(view, wait)?.title ?? 'the questions'}` }];
    default:
      return toDo(view, wait, voter, SHORT_TEXT);
  }
};

/** `voter`: in whose seat the reader votes. `most`: of a text that somebody typed, in characters. */
const toDo = (view: DealView, wait: Wait, voter: PersonId, most = MOST_TEXT): Span[] => {
  switch (wait.of) {
    case 'votes':
      return voteSpans(view, voter);
    case 'scope':
      return [{ strong: 'Confirm that it is out of scope' }, ', or send it back'];
    case 'lighter':
      return [{ strong: 'Confirm what makes it lighter' }, ', or send it back'];
    case 'authority':
      return [{ strong: 'Notify the authority' }];
    case 'flag':
      return [
        { strong: 'Admit or dismiss' },
        ` the flag${aboutWords(flagOf(view, wait)?.title, most)}${view.deal.status === 'withdrawn' ? ', of a deal that is withdrawn' : ''}`,
      ];
    case 'suspension':
      return [{ strong: 'Suspended' }, ': lift that once it is settled'];
    case 'evidence':
      return [
        { strong: 'Accept or return' },
        ` the condition${numberWords(view, wait)}${conditionWords(conditionOf(view, wait), most)}`,
      ];
    case 'section':
      return sectionSpans(view, wait);
    case 'information': {
      const asked = requestOf(view, wait);
      if (!asked) return [{ strong: "Answer an approver's question" }];
      return [{ strong: 'Answer' }, ' ', { person: asked.by }, `, who asks${aboutWords(asked.question, most)}`];
    }
    case 'finding':
      return [{ strong: 'Find out' }, ' what is not known, or send it on'];
    case 'condition': {
      const found = conditionOf(view, wait);
      const due = found ? `, ${dueWords(found.condition.due, found.overdue)}` : '';
      return [{ strong: `Condition${numberWords(view, wait)}` }, `${conditionWords(found, most)}${due}`];
    }
    case 'reassessment': {
      const task = reassessmentNamed(view, wait.about ?? '');
      return [{ strong: 'Reassess' }, task ? `, ${dueWords(task.due, isOverdue(view, task))}` : ''];
    }
    case 'licence':
      return [{ strong: 'Say where the export licence stands' }];
    default: {
      const never: never = wait.of;
      return never;
    }
  }
};

/** `Your vote in Compliance, or that of @a · asked 2 days ago`; `For Sample Senior, who is away: …`. `person`: the reader. */
const turnText = (view: DealView, { wait, for: absent }: Turn, person: PersonId): Text => [
  ...(absent === undefined ? [] : ['For ', { person: absent }, ', who is away: ']),
  ...toDo(view, wait, absent ?? person),
  wait.of === 'condition' ? ' · set ' : wait.of === 'reassessment' ? ' · came up ' : ' · asked ',
  { since: wait.since },
];

/** `Answer Product, since 3 May 2027`: with its day, as a line of a short list has it. */
const shortText = (view: DealView, { wait, for: absent }: Turn, person: PersonId): Text => [
  ...(absent === undefined ? [] : ['For ', { person: absent }, ': ']),
  ...toDoInShort(view, wait, absent ?? person),
  wait.of === 'condition' || wait.of === 'reassessment' ? '' : `, since ${dayWords(wait.since)}`,
];

/** `person`: the reader. Undefined where nothing can be pressed for it. */
const turnButton = (view: DealView, { wait }: Turn, person: PersonId): Action | undefined => {
  const { id } = view.deal;
  switch (wait.of) {
    case 'votes':
      return reviewButton(id, Number(wait.about));
    case 'scope':
      return confirmScopeButton(id);
    case 'lighter':
      return confirmLighterButton(id);
    case 'authority':
      return authorityButton(id);
    case 'flag': {
      const flag = flagOf(view, wait);
      return flag && settleFlagButton(id, flag, shorten(flag.title, MOST_TEXT));
    }
    case 'suspension':
      return liftSuspensionButton(id);
    case 'evidence': {
      const found = conditionOf(view, wait);
      return found && settleConditionButton(id, found.condition);
    }
    case 'section': {
      const section = sectionOf(view, wait);
      return section && answerButton(id, section, 'Answer');
    }
    case 'information': {
      const asked = requestOf(view, wait);
      return asked && giveInformationButton(id, asked.id, asked.question);
    }
    case 'finding':
      return findingButton(view, person);
    case 'condition': {
      const found = conditionOf(view, wait);
      return found && meetConditionButton(id, found.condition);
    }
    case 'reassessment':
      return askedReassessments(view).length > 0 ? reassessButton(id) : undefined;
    case 'licence':
      return licenceButton(id);
    default: {
      const never: never = wait.of;
      return never;
    }
  }
};

/** Drops the button's style: in a list of many, none stands out. */
const plainly = (action: Action | undefined): Action | undefined => action && { ...action, style: undefined };

/** Puts a number into a button that shows the same words as another one: that of its line above. */
const numbered = (action: Action, number: number): Action => {
  const { label, accessibleLabel = '' } = action;
  const shown = `${label}: ${number}`;
  const rest = accessibleLabel.startsWith(label) ? accessibleLabel.slice(label.length).replace(/^: | /u, '') : '';
  return { ...action, label: shown, ...(rest === '' ? {} : { accessibleLabel: spoken(`${shown}, ${rest}`) }) };
};

/** What waits for the reader, each with its button, or in `short`; with numbers where two buttons would show the same. */
export const turnLines = (
  view: DealView,
  turns: readonly Turn[],
  person: PersonId,
  short = false,
): { text: Text; action: Action | undefined }[] => {
  const lines = turns.map((turn) => ({
    text: (short ? shortText : turnText)(view, turn, person),
    action: plainly(turnButton(view, turn, person)),
    // Conditions have their number in the thread, which their words say.
    number:
      turn.wait.of === 'condition' || turn.wait.of === 'evidence' ? numberOf(view, turn.wait.about ?? '') : undefined,
  }));
  const labels = lines.map(({ action }) => action?.label);
  return lines.map(({ text, action, number }, i) => {
    if (action && number !== undefined) return { text, action: numbered(action, number) };
    return action && labels.indexOf(action.label) !== labels.lastIndexOf(action.label)
      ? { text: [`${i + 1}. `, ...[text].flat()], action: numbered(action, i + 1) }
      : { text, action };
  });
};
