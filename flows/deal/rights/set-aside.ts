/** Who set aside what somebody else said against a deal: they do not then judge it alone. House rule. */

import type { PersonId } from '../../ids.ts';
import { isOfSales, membersOf, salesGroup, SYSTEM, type Organisation } from '../../organisation.ts';
import { own } from '../../own.ts';
import { perObject } from '../../per-object.ts';
import { approvalOf } from '../approval/in-force.ts';
import { usedBy } from '../approval/used-by.ts';
import type { Reassessment } from '../deal.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isOnlyBeside } from '../only-beside.ts';
import type { OwnFlag } from '../own-flag.ts';
import type { EndedAgainst } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

type Chairs = Pick<OpenedDeal, 'requester' | 'owner'> & Partial<Pick<OpenedDeal, 'owned' | 'answers' | 'team'>>;
type Of = Chairs & Pick<OpenedDeal, 'ownFlags' | 'endedAgainst' | 'lowered' | 'standing' | 'reassessments'>;

const giversOf = perObject(
  (answers: OpenedDeal['answers']): ReadonlySet<PersonId | undefined> =>
    new Set(Object.values(answers).flatMap((given) => Object.values(given).map(({ by }) => by))),
);

const NOBODY: ReadonlySet<PersonId | undefined> = new Set();

/** Returns who gave the answers that stand. It is asked of each word there is. */
const answerersOf = ({ answers }: Chairs): ReadonlySet<PersonId | undefined> => (answers ? giversOf(answers) : NOBODY);

/** Tells whether somebody asked for the deal and looked after it ever since, so that they may be who sells it. */
export const looksAfter = ({ requester, owner, owned = [] }: Chairs, by: PersonId): boolean =>
  by === requester && by === owner && owned.every((id) => id === by);

/**
 * Tells whether it is the word of whoever asked for the deal, looked after it ever since and works on it alone. Everybody else is
 * another: a rep chooses whom to hand a section, whom to make its owner, who asks for it and hands it to them, and to whom they give it
 * back. Where several answer, or save something for later, nobody can tell who sells it.
 */
export const isOwnWord = (deal: Chairs, by: PersonId): boolean => {
  const isTheirs = (id: PersonId | undefined): boolean => id === undefined || id === SYSTEM || id === by;
  return looksAfter(deal, by) && [...(deal.team ?? []), ...answerersOf(deal)].every(isTheirs);
};

/** Who is not of sales sells nothing, whoever asked for the deal: they are a colleague to others. Where nobody is of sales, anybody may sell. */
export const maySell = (organisation: Organisation, by: PersonId): boolean =>
  isOfSales(organisation, by) || membersOf(organisation, salesGroup(organisation.roles)).length === 0;

/** Tells whether others take it for the word of who sells that deal: asked for it, looks after it ever since, and sells. */
export const isSellers = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>, by: PersonId): boolean =>
  looksAfter(deal, by) && maySell(organisation, by);

/** The same of who works on it alone. */
export const isSellersAlone = (
  { deal, organisation }: Pick<DealView, 'deal' | 'organisation'>,
  by: PersonId,
): boolean => isOwnWord(deal, by) && maySell(organisation, by);

/**
 * Tells whether it is a slip of whoever may sell the deal, beside what is said in its place now by those (`over`): where another says
 * that, it is none of theirs. Whoever answers nothing of what others answer does not sell it.
 */
export const isOwnSlip = (deal: Chairs, by: PersonId, over: readonly (PersonId | undefined)[]): boolean => {
  const givers = answerersOf(deal);
  return (
    looksAfter(deal, by) &&
    (givers.size === 0 || givers.has(by)) &&
    over.every((other) => other === undefined || other === SYSTEM || other === by)
  );
};

/** Returns who gave the answers by which a deal may be out of scope. */
export const scopeGivers = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): (PersonId | undefined)[] =>
  Object.values(own(deal.answers, policy.scopeSection) ?? {}).map(({ by }) => by);

/**
 * Tells whether somebody else than who settled a flag raised it, or said elsewhere what it tells. Those of whoever sells a deal count at
 * once on an open deal, so that none of them is settled there.
 */
const isOfOthers = ({ by, settledBy, over = [] }: OwnFlag): boolean =>
  settledBy !== undefined && (by === SYSTEM ? over.length > 0 : settledBy !== by);

const settlers = (flags: readonly OwnFlag[]): PersonId[] => [
  ...new Set(flags.filter(isOfOthers).flatMap(({ settledBy }) => settledBy ?? [])),
];

/** Returns who dismissed a flag that somebody else raised, or that told what somebody else had said elsewhere. */
export const dismissersOf = ({ ownFlags }: Pick<Of, 'ownFlags'>): PersonId[] =>
  settlers(ownFlags.filter(({ status }) => status === 'dismissed'));

export const isAdmittedLighter = ({ status, waited }: OwnFlag): boolean =>
  status === 'admitted' && waited !== undefined;

/** Returns who admitted such a flag as lighter than it was while it waited. */
export const lightenersOf = ({ ownFlags }: Pick<Of, 'ownFlags'>): PersonId[] =>
  settlers(ownFlags.filter(isAdmittedLighter));

/** A suspension ends as its conditions are kept; what one reports of a deal that one sells and answers alone is one's own matter. */
const isOfAnother = (deal: Chairs, { of, from, by }: EndedAgainst): boolean =>
  of !== 'suspension' &&
  from !== undefined &&
  from !== by &&
  from !== SYSTEM &&
  !(of === 'report' && isOwnWord(deal, from));

const endersIn = (deal: Chairs & Pick<Of, 'endedAgainst'>, reopened?: true): PersonId[] => {
  const ended = (deal.endedAgainst ?? []).filter((one) => one.reopened === reopened && isOfAnother(deal, one));
  return [...new Set(ended.map(({ by }) => by))];
};

/** Returns who lifted a hold, ended an alert or took back a report that somebody else had made. */
export const endersOf = (deal: Chairs & Pick<Of, 'endedAgainst'>): PersonId[] => endersIn(deal);

/** Returns who reopened the deal over a colleague's vote to decline it, or over what a colleague had reported. */
export const reopenersOf = (deal: Chairs & Pick<Of, 'endedAgainst'>): PersonId[] => endersIn(deal, true);

/** Returns who confirmed a change, or an exception of the policy, by which the deal's tier fell. */
export const lowerersOf = ({ lowered = [] }: Pick<Of, 'lowered'>): PersonId[] => [
  ...new Set(lowered.map(({ by }) => by)),
];

/** Returns what somebody else reported against the deal's approval, and nothing settled yet. */
export const colleaguesReports = (deal: Chairs & Pick<Of, 'reassessments'>): Reassessment[] =>
  (deal.reassessments ?? []).filter(({ by }) => by !== SYSTEM && !isOwnWord(deal, by));

/** Returns those of them against an approval that is reassessed: the next decision settles them. */
export const reportsOfOthers = (deal: Chairs & Pick<Of, 'standing' | 'reassessments'>): Reassessment[] =>
  deal.standing ? colleaguesReports(deal) : [];

/** Returns the reports over which a deal was reopened, while nobody has approved it since: whoever looks from the start has settled nothing. */
export const reportsReopened = (deal: OpenedDeal): EndedAgainst[] => {
  const { pastApproval: past, endedAgainst = [] } = deal;
  return approvalOf(deal) || !past
    ? []
    : endedAgainst.filter(({ of, reopened, at }) => of === 'report' && reopened && at > past.at);
};

/** Returns who gave the approval that a colleague's report is against: answered away by the deal team, it would be settled by them alone. */
export const reportedOn = (deal: OpenedDeal): PersonId[] => {
  const past = reportsReopened(deal).flatMap(({ from }) => (from && !isOwnWord(deal, from) ? [from] : []));
  const reporters = [...reportsOfOthers(deal).map(({ by }) => by), ...past];
  if (reporters.length === 0) return [];
  const voters = deal.standing ? deal.standing.decision.votes.flatMap(usedBy) : (deal.pastApproval?.by ?? []);
  return [...new Set(voters)].filter((id) => reporters.some((by) => by !== id));
};

type Heard = Pick<OpenedDeal, 'others'>;

/** Returns what was set aside in other deals with the same parties, or with some that may be the same. */
export const asideElsewhere = ({ others }: Heard): HeardWorry[] =>
  (others?.worries ?? []).filter((worry) => worry.setAsideBy !== undefined && !isOnlyBeside(worry));

/** Returns who set aside there what somebody else had said. */
export const settersElsewhere = (deal: Heard): PersonId[] => [
  ...new Set(asideElsewhere(deal).flatMap(({ setAsideBy = [] }) => setAsideBy)),
];

/** Of this deal. */
export const settersHere = (deal: OpenedDeal): PersonId[] => [
  ...new Set([
    ...dismissersOf(deal),
    ...lightenersOf(deal),
    ...endersOf(deal),
    ...reopenersOf(deal),
    ...lowerersOf(deal),
    ...reportedOn(deal),
  ]),
];

export const settersAside = (deal: OpenedDeal): PersonId[] => [
  ...new Set([...settersHere(deal), ...settersElsewhere(deal)]),
];
