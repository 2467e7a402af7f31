/** Deals of a list as rows and as JSON: what is known of each without its answers. */

import type { Day, GroupId, PersonId } from '../flows/ids.ts';
import { overdueIn, stageOf, tierOf, type Stage, type TierOrNone } from '../flows/lists/stage.ts';
import type { DealSummary } from '../flows/lists/summary.ts';
import { isAsked, type Today, type Wait } from '../flows/lists/waits.ts';
import { person, type Organisation } from '../flows/organisation.ts';
import type { EndUserKind } from '../flows/policy/policy.ts';
import { countryWords, groupName } from './words.ts';

/** Members are the keys of the command line's JSON. Days are in UTC, `yyyy-MM-dd`. */
export interface ListedFacts {
  deal: string;
  status: Stage;
  tier: TierOrNone;
  customer: string;
  endUser: string;
  endUserKind: EndUserKind;
  /** ISO 3166-1 alpha-2. */
  country: string;
  countryName: string;
  product: string;
  owner: string;
  opened: Day;
  decision: string | null;
  decided: Day | null;
  ended: Day | null;
  flags: readonly string[];
  openQuestions: number;
  waitsFor: readonly string[];
  waitsSince: Day | null;
  overdue: boolean;
  onHold: boolean;
  suspended: boolean;
  conditionsOpen: number;
  /** What compliance has to confirm or settle. */
  toConfirm: readonly ('out of scope' | 'lighter' | 'flag' | 'evidence' | 'authority' | 'suspension')[];
  /** Of questions that compliance accepted as not known; null: not known of a deal that an older version wrote last. */
  gapsAccepted: number | null;
  /** Red flags that fell by lighter answers or details; null: the same. */
  flagsFallen: number | null;
  /** `none`: the approval, if there is one, is not asked to be looked at again yet. */
  reassessment: 'none' | 'asked' | 'begun';
  reassessmentDue: Day | null;
}

const TO_CONFIRM: Partial<Record<Wait['of'], ListedFacts['toConfirm'][number]>> = {
  scope: 'out of scope',
  lighter: 'lighter',
  flag: 'flag',
  evidence: 'evidence',
  authority: 'authority',
  suspension: 'suspension',
};

const nameOf = (organisation: Organisation, id: PersonId): string => person(organisation, id)?.name ?? id;

const ROLE_WORDS: Record<NonNullable<Wait['role']>, string> = { compliance: 'Compliance', counsel: 'Counsel' };

/** Returns whom it waits for: people by name, groups and roles as such. */
export const waitNames = ({ people = [], group, role }: Wait, organisation: Organisation): string[] => [
  ...people.map((id) => nameOf(organisation, id)),
  ...(group === undefined ? [] : [groupName(organisation, group satisfies GroupId)]),
  ...(role === undefined ? [] : [ROLE_WORDS[role]]),
];

const dayOf = (at: string | undefined): Day | null => at?.slice(0, 10) ?? null;

const reassessmentOf = (
  { reassessed, again }: DealSummary,
  asked: readonly Wait[],
): Pick<ListedFacts, 'reassessment' | 'reassessmentDue'> => {
  if (reassessed) return { reassessment: 'begun', reassessmentDue: again ?? null };
  const due = asked.flatMap((wait) => (wait.of === 'reassessment' ? (wait.due ?? []) : [])).toSorted()[0];
  return due === undefined
    ? { reassessment: 'none', reassessmentDue: null }
    : { reassessment: 'asked', reassessmentDue: dayOf(due) };
};

/** Prepares what is the same for all deals of a list. */
export const factsIn = (today: Today): ((deal: DealSummary) => ListedFacts) => {
  const isOverdue = overdueIn(today);
  const { organisation } = today;
  return (deal) => {
    const asked = deal.waits.filter((wait) => isAsked(wait, today));
    const since = asked.map((wait) => wait.since).toSorted()[0];
    return {
      deal: deal.id,
      status: stageOf(deal),
      tier: tierOf(deal),
      customer: deal.customer,
      endUser: deal.endUser.name,
      endUserKind: deal.endUser.kind,
      country: deal.destination,
      countryName: countryWords(deal.destination),
      product: deal.product.name,
      owner: nameOf(organisation, deal.owner),
      opened: deal.openedAt.slice(0, 10),
      decision: deal.decision?.outcome ?? null,
      decided: dayOf(deal.decision?.at),
      ended: dayOf(deal.endedAt),
      flags: deal.flags.map(({ id }) => id),
      openQuestions: deal.open,
      waitsFor: [...new Set(asked.flatMap((wait) => waitNames(wait, organisation)))],
      waitsSince: dayOf(since),
      overdue: isOverdue(deal),
      onHold: (deal.holds?.length ?? 0) > 0,
      suspended: deal.suspended === true,
      conditionsOpen: (deal.conditions ?? []).filter(({ state }) => state !== 'accepted').length,
      toConfirm: [...new Set(asked.flatMap(({ of }) => TO_CONFIRM[of] ?? []))],
      gapsAccepted: deal.accepted ?? null,
      flagsFallen: deal.fell ?? null,
      ...reassessmentOf(deal, asked),
    };
  };
};

const yes = (is: boolean): string => (is ? 'yes' : 'no');

const COLUMNS: readonly (readonly [head: string, of: (facts: ListedFacts) => string | number])[] = [
  ['deal', ({ deal }) => deal],
  ['status', ({ status }) => status],
  ['tier', ({ tier }) => tier],
  ['customer', ({ customer }) => customer],
  ['end-user', ({ endUser }) => endUser],
  ['kind of end-user', ({ endUserKind }) => endUserKind],
  ['country', ({ country }) => country],
  ['country name', ({ countryName }) => countryName],
  ['product', ({ product }) => product],
  ['owner', ({ owner }) => owner],
  ['opened', ({ opened }) => opened],
  ['decision', ({ decision }) => decision ?? ''],
  ['decided', ({ decided }) => decided ?? ''],
  ['ended', ({ ended }) => ended ?? ''],
  ['flags', ({ flags }) => flags.join(' ')],
  ['open questions', ({ openQuestions }) => openQuestions],
  ['waits for', ({ waitsFor }) => waitsFor.join('; ')],
  ['waits since', ({ waitsSince }) => waitsSince ?? ''],
  ['overdue', ({ overdue }) => yes(overdue)],
  ['on hold', ({ onHold }) => yes(onHold)],
  ['suspended', ({ suspended }) => yes(suspended)],
  ['open conditions', ({ conditionsOpen }) => conditionsOpen],
  ['to confirm', ({ toConfirm }) => toConfirm.join('; ')],
  ['gaps accepted', ({ gapsAccepted }) => gapsAccepted ?? ''],
  ['flags fallen', ({ flagsFallen }) => flagsFallen ?? ''],
  ['reassessment', ({ reassessment }) => reassessment],
  ['reassessment due', ({ reassessmentDue }) => reassessmentDue ?? ''],
];

export const LIST_COLUMNS: readonly string[] = COLUMNS.map(([head]) => head);

/** Returns one row, in the order of `LIST_COLUMNS`. */
export const listRow = (facts: ListedFacts): (string | number)[] => COLUMNS.map(([, of]) => of(facts));
