/** Conditions of discarded votes, and of an approval under reassessment: the next one takes over or leaves out each. */

import { addDays } from '../../calendar.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import { person as personOf, SYSTEM } from '../../organisation.ts';
import { progressOf } from '../approval/evolve-conditions.ts';
import { approvedOther, conditionsNow, firstOf } from '../approval/in-force.ts';
import type { Ballot, Condition, LeftOut } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import type { DealView } from '../view.ts';
import {
  alsoOf,
  askedTogether,
  askersOf,
  isFor,
  withEarlier,
  withLeftOut,
  withOwnIds,
  wordsOf,
} from './asked-together.ts';
import { seatOfVote } from './quorum.ts';
import { countedVotes } from './whose-turn.ts';

/** A condition and who asked for it. */
export interface Carried extends Pick<DiscardedVote, 'by' | 'for' | 'at'> {
  condition: Condition;
  /** When the approval under reassessment was made, which it is of. Absent: of a vote that no longer counts, or `left`. */
  approval?: Instant | undefined;
  /** True where compliance accepted it as kept while the deal was what was approved, and it is of others now. */
  kept?: true | undefined;
  /** Who left it out of an approval, which was of another deal, and why. */
  left?: { by: PersonId; reason: string } | undefined;
  /** Its owner is not in the organisation file any more: somebody else is no less. */
  ownerLeft?: true | undefined;
  /** Its date has passed while nothing was approved: one until then is no later. */
  until?: Day | undefined;
  /** Of the approval, and somebody asked for the same in a vote that no longer counts. */
  besides?: true | undefined;
}

const GRACE_DAYS = 30;

/** Returns the owner and the date that a condition had, or ones that are possible now and no less. */
export const stillPossible = (
  { deal, organisation, now }: DealView,
  { owner, due }: Condition,
): Pick<Condition, 'owner' | 'due'> => ({
  owner: personOf(organisation, owner) ? owner : deal.owner,
  due: due > now.slice(0, 10) ? due : addDays(now.slice(0, 10), GRACE_DAYS),
});

/** Tells whether two conditions are one, though one may be later, or have another owner. */
export const isSame = (a: Condition, b: Condition): boolean =>
  wordsOf(a) === wordsOf(b) && (a.id === b.id || a.owner === b.owner);

/** Tells whether somebody owed it by its date, which passed in an approval, or was put off before: another takes a reason. */
const wasOwed = ({ condition, approval, left }: Carried): boolean =>
  approval !== undefined || left !== undefined || firstOf(condition).due < condition.due;

/** Who asked for a condition that this person takes over, and who set its date and its owner, where that is somebody else. */
const askedAs = (
  { due, owner }: Condition,
  from: Carried,
  besides: Carried | undefined,
  by: PersonId,
): Pick<Condition, 'askedBy' | 'dueBy' | 'ownerBy' | 'askedAlso'> => {
  const { condition: was, by: asker } = from;
  const besidesBy = besides?.condition.ownerBy;
  const others = alsoOf(from, besides ? [besides] : []).filter((id) => id !== besidesBy);
  if (asker === SYSTEM) return others.length === 0 ? {} : { askedAlso: others };
  const dueBy = due === was.due ? (was.dueBy ?? asker) : by;
  const ownerBy = owner === was.owner ? (was.ownerBy ?? asker) : (besidesBy ?? by);
  return {
    ...(asker === by ? {} : { askedBy: asker }),
    ...(dueBy === asker ? {} : { dueBy }),
    ...(ownerBy === asker ? {} : { ownerBy }),
    ...(others.length === 0 ? {} : { askedAlso: others }),
  };
};

/** Returns conditions as this person's vote keeps them: with who asked for each; whose it was first, and by when, where it takes one over otherwise. */
export const keptConditions = (given: readonly Condition[], open: readonly Carried[], by: PersonId): Condition[] =>
  given.map(
    ({ first: _first, askedBy: _asked, dueBy: _set, ownerBy: _gave, askedAlso: _also, askedAt: _at, ...ours }) => {
      // Given to somebody who owes the same already, it is the word of both.
      const named = open.find(({ condition }) => condition.id === ours.id && isSame(ours, condition));
      const theirs = open.find(({ condition }) => isFor(ours, condition));
      const from = named ?? theirs;
      const taken = { ...ours, ...(from ? askedAs(ours, from, theirs === from ? undefined : theirs, by) : {}) };
      const other = given.some((one) => named && isFor(one, named.condition)) ? undefined : named;
      const one = theirs ?? other;
      const first = one && firstOf(one.condition);
      return first && (first.owner !== taken.owner || first.due < taken.due) ? { ...taken, first } : taken;
    },
  );

/** Tells whether a condition asks for no less than the carried one. */
export const isTakenOver = (taken: Condition, { condition, ownerLeft, until }: Carried): boolean =>
  wordsOf(taken) === wordsOf(condition) &&
  (ownerLeft === true || taken.owner === condition.owner) &&
  taken.due <= (until ?? condition.due);

/** Returns what a vote asked for by itself: a condition that it made later is kept as it was asked for first; one that it gave to somebody else, too. */
const ownConditions = ({ conditions, leftOut = [] }: DiscardedVote): Condition[] =>
  conditions.filter(
    (own) =>
      !leftOut.some(
        ({ condition, instead }) =>
          instead && condition.id === own.id && isSame(condition, own) && condition.owner === own.owner,
      ),
  );

/** Returns what is kept of a vote that no longer counts. */
export const keptOf = ({
  by,
  for: absent,
  at,
  outcome,
  rationale,
  conditions,
  leftOut,
  noCondition,
  flags = {},
  weighing,
}: DiscardedVote): DiscardedVote => {
  const reasoned = Object.entries(flags).filter(([, { reason }]) => reason !== undefined);
  return {
    by,
    ...(absent === undefined ? {} : { for: absent }),
    at,
    outcome,
    rationale,
    conditions,
    ...(leftOut?.length ? { leftOut } : {}),
    ...(noCondition === undefined ? {} : { noCondition }),
    ...(reasoned.length === 0 ? {} : { flags: Object.fromEntries(reasoned) }),
    ...(weighing === undefined ? {} : { weighing }),
  };
};

/** Adds discarded votes: of each approver the last one stays, with the conditions of the earlier ones, whose words are `replaced`. */
export const carryOn = (
  carried: readonly DiscardedVote[] | undefined,
  discarded: readonly DiscardedVote[],
): { carried: DiscardedVote[]; replaced: DiscardedVote[] } => {
  const replaced: DiscardedVote[] = [];
  const all = discarded.reduce<DiscardedVote[]>(
    (so, vote) => {
      const known = so.find((one) => seatOfVote(one) === seatOfVote(vote));
      const own = { ...vote, conditions: ownConditions(vote) };
      const [last, before] = known && known.at > vote.at ? [known, own] : [own, known];
      if (before) replaced.push(before);
      const leftOut = withLeftOut(last.leftOut ?? [], before);
      const kept: DiscardedVote = {
        ...last,
        conditions: withEarlier(last, before),
        ...(leftOut.length > 0 ? { leftOut } : {}),
      };
      return [...so.filter((one) => one !== known), kept];
    },
    [...(carried ?? [])],
  );
  return { carried: all, replaced };
};

export const keepCarried = (
  carried: readonly DiscardedVote[] | undefined,
  discarded: readonly DiscardedVote[],
): DiscardedVote[] => carryOn(carried, discarded).carried;

/** Whoever took it over did not ask for it. */
const askerOf = (
  { askedBy }: Condition,
  { by, for: absent }: Pick<DiscardedVote, 'by' | 'for'>,
): Pick<Carried, 'by' | 'for'> =>
  askedBy === undefined ? { by, ...(absent === undefined ? {} : { for: absent }) } : { by: askedBy };

const conditionsOf = ({ by, for: absent, at, conditions, leftOut = [] }: DiscardedVote): Carried[] => [
  ...conditions.map(({ askedAt = at, ...condition }) => ({
    condition,
    at: askedAt,
    ...askerOf(condition, { by, for: absent }),
  })),
  ...leftOut.map(({ condition, askedBy, at: then = at }) => ({ condition, by: askedBy, at: then })),
];

/** Tells whether a vote takes the condition over, or says why it does not, or not as it was. */
const settles = ({ conditions, leftOut = [] }: Pick<Ballot, 'conditions' | 'leftOut'>, one: Carried): boolean =>
  conditions.some((taken) => isTakenOver(taken, one)) ||
  leftOut.some(
    ({ condition, reason }) =>
      condition.id === one.condition.id && condition.owner === one.condition.owner && reason.trim() !== '',
  );

/**
 * Tells whether a vote did without it, or not as it was, after it was asked for: what somebody asks for later is another word, and so is
 * that of somebody whose vote counted then.
 */
const didWithout = ({ at, leftOut = [] }: DiscardedVote, one: Carried): boolean =>
  one.at <= at &&
  leftOut.some(
    (left) => isFor(left.condition, one.condition) && left.reason.trim() !== '' && askersOf(left).includes(one.by),
  );

/** Returns the votes that no longer count: discarded ones, and those of people who may not vote any more. */
export const discardedVotes = (view: DealView): DiscardedVote[] => uncountedOf(view, () => true);

/** Returns those of which nothing counts: whoever took theirs back and voted again asks for what they ask for now. */
export const uncounted = (view: DealView): DiscardedVote[] => {
  const { deal } = view;
  const votedAgain = deal.status === 'deciding' ? countedVotes(view, deal).map(seatOfVote) : [];
  return uncountedOf(view, (vote) => !vote.back || !votedAgain.includes(seatOfVote(vote)));
};

const uncountedOf = (view: DealView, isOne: (vote: DiscardedVote) => boolean): DiscardedVote[] => {
  const { deal } = view;
  const carried = deal.carried?.filter(isOne);
  if (deal.status !== 'deciding') return [...(carried ?? [])];
  const counted = countedVotes(view, deal);
  return keepCarried(
    carried,
    deal.votes.filter((vote) => !counted.includes(vote)),
  );
};

/**
 * Returns the conditions of the approval under reassessment that are not accepted as kept, by whoever asked for each; of something else
 * than the deal is now all of them.
 * None under policies from before a lighter deal had to be explained: there they end unless somebody takes them over.
 */
const ofStanding = ({ deal, policy }: DealView): Carried[] => {
  const { standing } = deal;
  if (!standing || (policy.lighter === undefined && policy.picture === undefined)) return [];
  const { votes, at: approval } = standing.decision;
  const isOther = deal.keepsWords === true && approvedOther(deal) !== undefined;
  const isKept = ({ id }: Condition): boolean => progressOf(standing, id).status === 'accepted';
  return conditionsNow(deal)
    .filter((condition) => isOther || !isKept(condition))
    .map((condition) => {
      const decided = standing.decision.conditions.find(({ id }) => id === condition.id) ?? condition;
      const asking = votes.filter(({ conditions }) => conditions.some((one) => isFor(one, decided)));
      const asked = asking.find(({ conditions }) => conditions.some(({ id }) => id === decided.id)) ?? asking[0];
      const given = asked ?? { by: SYSTEM, at: approval };
      const kept = isKept(condition) ? { kept: true as const } : {};
      return { condition, at: given.at, approval, ...kept, ...askerOf(condition, given) };
    });
};

/** Returns what approvals left out so far, where the one under reassessment was of something else than the deal is now, and did not take it over. */
const leftOutOfAnother = ({ deal, policy }: DealView): Carried[] => {
  const { standing, pastVotes: past = [] } = deal;
  if (!standing || approvedOther(deal) === undefined) return [];
  if (policy.lighter === undefined && policy.picture === undefined) return [];
  const { votes, conditions } = standing.decision;
  return [...votes, ...past.filter(({ isVoid }) => !isVoid).toReversed()].flatMap(({ by, at, leftOut = [] }) =>
    leftOut.flatMap(({ condition, askedBy, reason, instead }) =>
      instead || conditions.some((one) => isSame(one, condition))
        ? []
        : [{ condition, by: askedBy, at, left: { by, reason } }],
    ),
  );
};

/** Returns the conditions that the next approval takes over or leaves out: no vote that counts has settled them. */
export const openCarried = (view: DealView): Carried[] => (view.deal.status === 'deciding' ? askedBefore(view) : []);

/** The same of a deal that is being answered, and may never come to an approval. */
export const askedBefore = (view: DealView): Carried[] => {
  const { deal } = view;
  const counted = deal.status === 'deciding' ? countedVotes(view, deal) : [];
  const all = [...ofStanding(view), ...uncounted(view).flatMap(conditionsOf), ...leftOutOfAnother(view)];
  const asked = all.filter((one) => !counted.some((vote) => didWithout(vote, one)));
  return withOwnIds(askedTogether(asked.map((one) => untilPossible(view, one))))
    .map((one) => {
      const { owner } = stillPossible(view, one.condition);
      return owner === one.condition.owner ? one : { ...one, ownerLeft: true as const };
    })
    .filter((one) => !counted.some(({ conditions }) => settles({ conditions }, one)));
};

const untilPossible = (view: DealView, one: Carried): Carried => {
  const { due } = stillPossible(view, one.condition);
  return due === one.condition.due || wasOwed(one) ? one : { ...one, until: due };
};

/** Returns the first carried condition that the ballot passes over in silence. */
export const droppedBy = (ballot: Ballot, open: readonly Carried[]): Carried | undefined =>
  ballot.outcome === 'decline' ? undefined : open.find((one) => !settles(ballot, one));

/** Returns the ballot's own condition in place of the carried one, where it asks for less. */
export const weakerIn = ({ conditions }: Pick<Ballot, 'conditions'>, one: Carried): Condition | undefined =>
  conditions.some((taken) => isTakenOver(taken, one))
    ? undefined
    : conditions.find((taken) => isSame(taken, one.condition));

/** Returns what the ballot leaves out or weakens, in the deal's own words: a form says only which and why. */
export const leftOutBy = (ballot: Ballot, open: readonly Carried[]): LeftOut[] =>
  open.flatMap((one): LeftOut[] => {
    const { condition, by } = one;
    const { outcome, conditions, leftOut = [] } = ballot;
    const reason = leftOut.find((left) => left.condition.id === condition.id)?.reason.trim();
    if (outcome === 'decline' || reason === undefined || settles({ conditions }, one)) return [];
    const weaker = weakerIn(ballot, one);
    const instead = weaker && { instead: { owner: weaker.owner, due: weaker.due } };
    return [{ condition, askedBy: by, reason, ...instead }];
  });
