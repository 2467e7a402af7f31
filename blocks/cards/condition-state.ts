/** State of an approval's conditions, in the same words on every card and form. Guidance: T and C items. */

import { dueFirst } from '../../flows/deal/approval/evolve-conditions.ts';
import { approvalOf, approvedOther } from '../../flows/deal/approval/in-force.ts';
import { licenceNow, licenceOpenSince } from '../../flows/deal/approval/licence.ts';
import { askedReassessments, overdueReassessment } from '../../flows/deal/approval/reassessments.ts';
import type { ConditionProgress } from '../../flows/deal/condition-shapes.ts';
import { openLikes } from '../../flows/deal/context/similar-holds.ts';
import type { Condition, DealDetails } from '../../flows/deal/deal.ts';
import { isSaidOf, namedOf } from '../../flows/deal/formerly.ts';
import { judgesOf } from '../../flows/deal/owing/conditions.ts';
import { isPossible } from '../../flows/deal/refusing/refused.ts';
import { conditionStanding, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import { isOfHit, openHits } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Span, Text } from '../card.ts';
import {
  count,
  countryWords,
  dayWords,
  decisionWords,
  endsOf,
  endUserWords,
  licenceWord,
  listWords,
  LONGEST_SAID,
  productWords,
  quoted,
  quotedSentence,
  sentence,
  shorten,
  valueBandWords,
} from '../words.ts';
import { openKinds, openParts } from './open-words.ts';
import { people, sourceSpans } from './spans.ts';

export const standingOfCondition = (view: DealView, id: string): ConditionStanding | undefined =>
  conditionStanding(view).find(({ condition }) => condition.id === id);

/** One or two words, without a full stop. */
export const stateWord = ({ progress, overdue }: ConditionStanding): string => {
  switch (progress.status) {
    case 'accepted':
      return 'Accepted';
    case 'met':
      return overdue ? 'Overdue, done' : 'Done';
    case 'open':
      if (overdue) return 'Overdue';
      return progress.returned ? 'Returned' : 'Open';
    default: {
      const never: never = progress.status;
      return never;
    }
  }
};

/** Details that the word leaves out: who has it now, or why it was returned. Empty if the word says everything. */
export const stateDetail = ({ progress, overdue }: ConditionStanding): string => {
  if (progress.status === 'met') return 'It waits for compliance.';
  if (progress.status === 'open' && progress.returned) {
    return `${overdue ? 'Returned' : 'Why'}: ${sentence(endsOf(progress.returned.reason, LONGEST_SAID))}`;
  }
  return '';
};

/** `The contract lets us end access. Owner: @rep-1, due 1 May 2027. Overdue.` */
export const standingItems = (standing: readonly ConditionStanding[]): Text[] =>
  standing.map((one): Text => {
    const { text, owner, due } = one.condition;
    const detail = stateDetail(one);
    return [
      `${sentence(endsOf(text, LONGEST_SAID))} Owner: `,
      { person: owner },
      `, due ${dayWords(due)}. `,
      { strong: `${stateWord(one)}.` },
      detail === '' ? '' : ` ${detail}`,
    ];
  });

/** Sorts by earliest date first; conditions of one day stay in the order of the decision. */
/** Of one piece of evidence. */
const MOST_SOURCES = 5;

/** Of what evidence was, where that is something else than the deal is of, or than was approved. */
export const ofOtherWords = (
  { of }: Pick<ConditionProgress['evidence'][number], 'of'>,
  { deal }: Pick<DealView, 'deal'>,
): string | undefined => {
  if (!of) return undefined;
  if (!isSaidOf(of, deal.details)) return `Said of ${namedOf(of, deal.details)}, which the deal was of then.`;
  return approvedOther(deal) ? undefined : 'Said while the deal was of something else than was approved.';
};

/** `@b, 3 March 2027: “…” “Sample report, 2026”.` */
export const evidenceItem = (
  evidence: ConditionProgress['evidence'][number],
  view: Pick<DealView, 'deal'>,
  mostSources = MOST_SOURCES,
): Text => {
  const { by, at, text, sources } = evidence;
  const of = ofOtherWords(evidence, view);
  return [
    { person: by },
    `, ${dayWords(at)}: ${quotedSentence(text, LONGEST_SAID)}${of === undefined ? '' : ` ${of}`}${sources.length > 0 ? ' ' : ''}`,
    ...sourceSpans(sources, mostSources),
  ];
};

export const byDue = (standing: readonly ConditionStanding[]): ConditionStanding[] =>
  standing.toSorted((a, b) => dueFirst(a.condition, b.condition));

/** Returns its number in the deal's thread, from 1; undefined where it is the only one. */
export const numberOf = (view: DealView, id: string): number | undefined => {
  const all = byDue(conditionStanding(view));
  return all.length < 2 ? undefined : all.findIndex(({ condition }) => condition.id === id) + 1 || undefined;
};

/** Puts the open conditions before the accepted ones, each by date. */
export const openFirst = (standing: readonly ConditionStanding[]): ConditionStanding[] => {
  const sorted = byDue(standing);
  const isAccepted = ({ progress }: ConditionStanding): boolean => progress.status === 'accepted';
  return [...sorted.filter((one) => !isAccepted(one)), ...sorted.filter(isAccepted)];
};

const orCompliance = (who: readonly PersonId[]): Span[] =>
  who.length === 0 ? ['compliance colleagues who are not on the deal'] : people(who);

/** People who may accept or return evidence for any of these: never its condition's owner or its author. */
const judges = (view: DealView, conditions: readonly Condition[]): PersonId[] => {
  const approval = approvalOf(view.deal);
  return approval ? [...new Set(conditions.flatMap((c) => judgesOf(view, approval, c)))] : [];
};

export const judgeSpans = (view: DealView, conditions: readonly Condition[]): Span[] =>
  orCompliance(judges(view, conditions));

/** People who may lift a suspension: compliance and the chief, unless the deal or the condition is theirs, or a report is against what they approved. */
export const lifterSpans = (view: DealView): Span[] => {
  return orCompliance(
    view.organisation.people.map(({ id }) => id).filter((id) => isPossible(view, id, { type: 'LiftSuspension' })),
  );
};

const overdueWords = (overdue: readonly unknown[]): string =>
  overdue.length === 1 ? 'condition overdue' : `${overdue.length} conditions overdue`;

/** People who have the next step of these: their owners, and compliance for what was handed in. */
const holders = (view: DealView, standing: readonly ConditionStanding[]): PersonId[] => {
  const owners = standing.filter((s) => s.progress.status === 'open').map((s) => s.condition.owner);
  const handedIn = standing.filter((s) => s.progress.status === 'met').map((s) => s.condition);
  return [...new Set([...owners, ...judges(view, handedIn)])];
};

/** `The condition is accepted`, `Both conditions are accepted`; without a full stop. */
export const allAccepted = ({ length }: readonly unknown[]): string => {
  if (length === 1) return 'The condition is accepted';
  return length === 2 ? 'Both conditions are accepted' : `All ${length} conditions are accepted`;
};

/** Progress of the conditions: `2 conditions to keep, the next is due 1 May 2027.` */
export const progressOfConditions = (standing: readonly ConditionStanding[]): string => {
  const open = byDue(standing).filter(({ progress }) => progress.status !== 'accepted');
  const [next] = open;
  if (standing.length === 0) return '';
  if (!next) return `${allAccepted(standing)}.`;
  const due = `${open.length === 1 ? 'due' : 'the next is due'} ${dayWords(next.condition.due)}`;
  const left =
    open.length === standing.length
      ? count(open.length, 'condition')
      : `${open.length} of ${standing.length} conditions`;
  return `${left} to keep, ${due}.`;
};

/** What an approval leaves to the deal's owner besides its conditions. Empty if there is nothing. */
const leftSpans = ({ deal }: DealView): Span[] => {
  if (!approvalOf(deal)) return [];
  const left = [
    ...(licenceOpenSince(deal) === undefined
      ? []
      : [`settle the export licence (${licenceWord(licenceNow(deal)).toLowerCase()})`]),
    ...(deal.renewals ? [] : ['say when the licence or the contract is renewed']),
  ];
  return left.length === 0 ? [] : ['Left for ', { person: deal.owner }, `: ${left.join(', and ')}.`];
};

/** Whom compliance has yet to know, by name: of a deal that is over, too. */
export const hitsToSettle = (deal: DealView['deal']): string[] => {
  const named = [
    ...openHits(deal).map(({ party, list }) => `${quoted(party.name, 80)} is who is on ${list}`),
    ...openLikes(deal).map(({ like }) => `${quoted(like?.party ?? '', 80)} is who is on hold`),
  ];
  const [first, ...more] = [...new Set(named)];
  return first === undefined
    ? []
    : [`compliance says whether ${first}${more.length > 0 ? `, and of ${more.length} more` : ''}`];
};

/** Items that are open whatever the deal has come to: nothing is done while one of them is. */
export const stillOpen = ({ deal }: Pick<DealView, 'deal'>): string[] => [
  ...(deal.authority && !deal.authority.done ? ['the authority is to be notified'] : []),
  ...(deal.ownFlags.some((flag) => flag.status === 'pending' && !isOfHit(flag))
    ? ['compliance settles a flag that was raised']
    : []),
  ...hitsToSettle(deal),
];

/** What was open when it was decided, accepted by compliance or not: no decision settles it. */
const openWhenDecided = (view: DealView, inShort: boolean): string => {
  const { all, accepted } = openParts(view);
  const [first] = all;
  if (!first) return '';
  const by =
    accepted.length === 0
      ? ''
      : `, ${accepted.length === all.length ? '' : `${accepted.length} of them `}accepted by compliance`;
  if (inShort) return `Decided with ${openKinds(all)}${by}.`;
  const which = all.length === 1 ? '' : ', the first';
  return `Decided with ${openKinds(all)}${by}${which}: ${shorten(first.text, 200)}`;
};

/** `Approved with conditions on 12 March 2027.`, for a row that says what is left to do. Empty for a deal that is not decided. */
export const decidedInShort = ({ deal }: Pick<DealView, 'deal'>): Text => {
  if (deal.status !== 'decided') return [];
  const { outcome, at } = deal.decision;
  return [
    { strong: `${decisionWords(outcome)} on ${dayWords(at)}` },
    deal.suspended ? '. The approval is suspended.' : '.',
  ];
};

/** Status line of a decided deal. Empty for any other. `inShort`: what was open is counted, and not named. */
export const decidedWords = (view: DealView, inShort = false): Span[] => {
  const { deal } = view;
  if (deal.status !== 'decided') return [];
  const standing = conditionStanding(view);
  const overdue = standing.filter((s) => s.overdue);
  const late = overdueReassessment(view) !== undefined;
  const what = [...(overdue.length > 0 ? [overdueWords(overdue)] : []), ...(late ? ['reassessment overdue'] : [])];
  if (deal.suspended) {
    const was = deal.suspended.conditions.length > 0 ? 'a condition was overdue' : 'its reassessment was overdue';
    const why = what.length > 0 ? what.join(', ') : was;
    return [`Approval suspended: ${why}. Only `, ...lifterSpans(view), ' can lift the suspension.'];
  }
  if (what.length > 0) {
    const who = [...new Set([...holders(view, overdue), ...(late ? [deal.owner] : [])])];
    return [`Approved, ${what.join(', ')}. Waiting for `, ...orCompliance(who), '.'];
  }
  const [task] = askedReassessments(view);
  const outcome = `${decisionWords(deal.decision.outcome)}. `;
  const open = standing.some(({ progress }) => progress.status !== 'accepted');
  const progress = progressOfConditions(standing);
  if (task) {
    const due = `${task.trigger === 'A2' ? 'before' : 'by'} ${dayWords(task.due)}`;
    return [
      `${outcome}A reassessment is asked for ${due}. Waiting for `,
      { person: deal.owner },
      `.${progress === '' ? '' : ` ${progress}`}`,
    ];
  }
  const said = `${outcome}${progress === '' ? '' : `${progress} `}`;
  const others = stillOpen(view);
  const rest = [
    leftSpans(view),
    ...(others.length > 0 ? [[`Still open: ${others.join('; ')}.`]] : []),
    [openWhenDecided(view, inShort)].filter((words) => words !== ''),
  ].filter((spans) => spans.length > 0);
  if (rest.length > 0) return [said, ...rest.flatMap((spans, i) => (i === 0 ? spans : [' ', ...spans]))];
  return [open ? said.trimEnd() : `${said}Nothing is left to do here.`];
};

/** `Sample network protection, Kenya`: of what was approved, what the deal is not any more. */
const otherWords = (then: DealDetails, now: DealDetails): string => {
  const parts = ({ product, destination, endUser, customer, intermediaries, valueBand }: DealDetails): string[] => [
    productWords(product),
    countryWords(destination),
    endUserWords(endUser, 300),
    `customer ${quoted(customer, 200)}`,
    intermediaries.length === 0
      ? 'a sale with nobody in between'
      : `a sale through ${listWords(intermediaries.map(({ name }) => quoted(name, 200)))}`,
    valueBand === undefined ? 'a value that nobody said' : `a value of ${valueBandWords(valueBand).toLowerCase()}`,
  ];
  const present = parts(now);
  return parts(then)
    .filter((part, i) => part !== present[i])
    .map((part) => shorten(part, 120))
    .join(', ');
};

/** `Approved on 3 May 2027`, and for what where the deal is another one by now: for that it does not count. */
export const approvedWords = ({ deal }: DealView): string => {
  if (!deal.standing) return '';
  const { decision, suspended } = deal.standing;
  const on = dayWords(decision.at);
  const other = approvedOther(deal);
  if (other) return `Approved on ${on} for ${otherWords(other, deal.details)}, which does not count for this`;
  return suspended ? `Approval of ${on} suspended` : `Approved on ${on}`;
};

/** Sentence before the status line of a deal whose approval stands while it is reassessed. Empty for any other. */
export const reassessedWords = (view: DealView): string => {
  const { standing } = view.deal;
  if (!standing) return '';
  const overdue = conditionStanding(view).filter((s) => s.overdue);
  return [
    approvedWords(view),
    overdue.length > 0 ? `, ${overdueWords(overdue)}` : '',
    `; reassessment ${overdueReassessment(view) ? 'overdue, ' : ''}under way. `,
  ].join('');
};

/** Owner and due date, for a form or message about one condition alone. */
export const ownerAndDue = ({ owner, due, first }: Condition): Text => [
  'Owner: ',
  { person: owner },
  `, due ${dayWords(due)}.`,
  ...(first ? [' At first: ', { person: first.owner }, `, due ${dayWords(first.due)}.`] : []),
];
