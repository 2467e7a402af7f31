/** What lists, search and counts need of a deal: small, JSON, made of the deal alone. */

import { conditionsIn, progressOf } from '../deal/approval/evolve-conditions.ts';
import { approvalOf, isSuspended } from '../deal/approval/in-force.ts';
import { allReassessments } from '../deal/approval/reassessments.ts';
import type { ConditionProgress } from '../deal/condition-shapes.ts';
import { ownPartOf } from '../deal/context/contribution.ts';
import { endedAs } from '../deal/context/erasing.ts';
import { tierShown } from '../deal/context/tier.ts';
import type { DealDetails, Decision, Home, VoteOutcome } from '../deal/deal.ts';
import type { Readership } from '../deal/readership.ts';
import { readershipOf } from '../deal/rights/readers.ts';
import { votesOn } from '../deal/rights/seats.ts';
import type { OpenedDeal } from '../deal/state.ts';
import type { DealView } from '../deal/view.ts';
import type { HoldId } from '../hold.ts';
import type { Day, DealId, Instant, PersonId } from '../ids.ts';
import type { FlagId, SectionId, Tier, Weight } from '../policy/policy.ts';
import { waitsOf, type Wait } from './waits.ts';

/** `asked`: when the questions were asked that it rests on. Absent: they are asked again meanwhile. */
interface DecisionTaken extends Pick<Decision, 'outcome' | 'at' | 'tier'> {
  asked?: Instant | undefined;
}

/** No member depends on the organisation or on the time: the same deal has the same summary. */
export interface DealSummary extends Readership, Pick<DealDetails, 'customer' | 'product' | 'destination' | 'endUser'> {
  id: DealId;
  home: Home;
  status: OpenedDeal['status'];
  owner: PersonId;
  /** Absent: its owner. */
  requester?: PersonId | undefined;
  openedAt: Instant;
  /** Since when somebody has to act, or had to last. */
  since: Instant;
  /** As it is shown; an estimate until the deal is routed. Absent: none is shown. */
  tier?: Tier | undefined;
  flags: readonly { id: FlagId; weight: Weight }[];
  /** Flags that were raised and are not settled. */
  pending: number;
  /** Open questions that compliance did not accept. */
  open: number;
  waits: readonly Wait[];
  /** What compliance accepted as not known. Absent: written by an older version, which did not say. */
  accepted?: number | undefined;
  /** Red flags that fell by answers or details that were made lighter; the same. */
  fell?: number | undefined;
  /** The first day by which an approval had to be decided anew, while it is reassessed. */
  again?: Day | undefined;
  /** Sections that somebody else than the owner answers. */
  handed?: readonly { section: SectionId; to: PersonId; since: Instant }[] | undefined;
  /** Of the approval in force. */
  conditions?: readonly { id: string; owner: PersonId; due: Day; state: ConditionProgress['status'] }[] | undefined;
  suspended?: true | undefined;
  /** Holds that reached the deal and were not lifted. */
  holds?: readonly HoldId[] | undefined;
  /** Of the decision, and of the approval that stands while it is reassessed. */
  decision?: DecisionTaken | undefined;
  reassessed?: true | undefined;
  /**
   * What the company's own part in harm would be, if it had one: an option of the policy's question. Absent also where an older
   * version wrote it.
   */
  ownPart?: string | undefined;
  /** Votes that stand. */
  votes?: readonly { by: PersonId; for?: PersonId | undefined; outcome: VoteOutcome }[] | undefined;
  /** When it was found out of scope, stopped, withdrawn or declined. */
  endedAt?: Instant | undefined;
}

const decisionOf = (deal: OpenedDeal): DealSummary['decision'] => {
  if (deal.status !== 'decided') {
    const decision = deal.standing?.decision;
    return decision && { outcome: decision.outcome, at: decision.at, tier: decision.tier };
  }
  const { outcome, at, tier } = deal.decision;
  const asked = deal.answeringSince ?? deal.openedAt;
  return { outcome, at, tier, ...(asked <= at ? { asked } : {}) };
};

/** Leaves out what is empty: most deals have little of all this. */
const some = <K extends keyof DealSummary, T>(name: K, items: readonly T[]): Partial<Record<K, readonly T[]>> =>
  items.length === 0 ? {} : ({ [name]: items } as Record<K, readonly T[]>);

const handedOf = ({ owner, handOvers }: OpenedDeal): NonNullable<DealSummary['handed']> =>
  Object.entries(handOvers).flatMap(([section, { to, at }]) => (to === owner ? [] : [{ section, to, since: at }]));

const conditionsOf = (deal: OpenedDeal): NonNullable<DealSummary['conditions']> => {
  const approval = approvalOf(deal);
  return approval
    ? conditionsIn(approval).map(({ id, owner, due }) => ({ id, owner, due, state: progressOf(approval, id).status }))
    : [];
};

export const summaryOf = (view: DealView): DealSummary => {
  const { deal, assessment } = view;
  const { customer, product, destination, endUser } = deal.details;
  const tier = tierShown(view);
  const decision = decisionOf(deal);
  const end = endedAs(deal);
  const own = deal.status === 'out of scope' ? undefined : ownPartOf(view)?.value;
  const again =
    deal.standing &&
    allReassessments(view)
      .map(({ due }) => due)
      .toSorted()[0];
  return {
    ...readershipOf(view),
    id: deal.id,
    home: deal.home,
    status: deal.status,
    customer,
    product,
    destination,
    endUser,
    owner: deal.owner,
    ...(deal.requester === deal.owner ? {} : { requester: deal.requester }),
    openedAt: deal.openedAt,
    since: deal.waitingSince,
    ...(tier === undefined ? {} : { tier }),
    flags: deal.status === 'out of scope' ? [] : assessment.flags.map(({ id, weight }) => ({ id, weight })),
    pending: deal.ownFlags.filter(({ status }) => status === 'pending').length,
    open: deal.status === 'out of scope' ? 0 : assessment.openQuestions.filter(({ accepted }) => !accepted).length,
    accepted: assessment.openQuestions.filter(({ accepted }) => accepted === true).length,
    fell: new Set((deal.fell ?? []).flatMap(({ flags: fallen }) => fallen)).size,
    ...(again === undefined ? {} : { again }),
    waits: waitsOf(view),
    ...some('handed', handedOf(deal)),
    ...some('conditions', conditionsOf(deal)),
    ...(isSuspended(deal) ? { suspended: true } : {}),
    ...some('holds', Object.keys(deal.holds ?? {})),
    ...(decision ? { decision } : {}),
    ...(deal.standing ? { reassessed: true } : {}),
    ...(own === undefined ? {} : { ownPart: own }),
    ...some(
      'votes',
      votesOn(deal).map(({ by, for: absent, outcome }) => ({ by, outcome, ...(absent ? { for: absent } : {}) })),
    ),
    ...(end ? { endedAt: end.at } : {}),
  };
};
