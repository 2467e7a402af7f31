/** A deal with everything needed to show it or to judge it. */

import type { Instant } from '../ids.ts';
import { SYSTEM, type Organisation } from '../organisation.ts';
import { perJson } from '../per-json.ts';
import { perObject } from '../per-object.ts';
import { isLighter } from '../policy/compare.ts';
import {
  OF_ANOTHER,
  TIERS,
  WEIGHTS,
  type Assessment,
  type CompiledPolicy,
  type Facts,
  type FactValue,
  type QuestionId,
} from '../policy/policy.ts';
import { setApart } from '../set-apart.ts';
import { basedOn } from './basis/basis.ts';
import { lawsOf } from './basis/laws.ts';
import type { Gap } from './deal.ts';
import { keptFacts, withKept } from './kept.ts';
import { isWeighed, standsForStop } from './own-flag.ts';
import type { Earlier } from './reuse-shapes.ts';
import type { CountedFacts, LighterSaid } from './said-shapes.ts';
import type { OpenedDeal } from './state.ts';

export interface DealView {
  deal: OpenedDeal;
  /** The policy that the deal was opened under. */
  policy: CompiledPolicy;
  organisation: Organisation;
  facts: Facts;
  /** Changes that make the deal lighter and wait for compliance, with those that do since they make a difference. */
  lighterSaid?: LighterSaid | undefined;
  /** While lighter facts wait for compliance, the heaviest of those before, those said, and both together. */
  assessment: Assessment;
  /** Set then: what was said by itself, and the facts that the heavier assessment rests on. */
  heavier?: { said: Assessment; facts: Facts } | undefined;
  now: Instant;
  /** Earlier deals with the same end-user whose answers this person may take. Absent: nobody looked, or there are none. */
  earlier?: Earlier | undefined;
}

const HIGH = TIERS.indexOf('high');
/** House rule. */
const STOPPED_ELSEWHERE = 'end-user-stopped';

/** Raises the tier to high where an end-user's stop stands for the deal. Nothing is prohibited by another deal alone. */
const besideStop = (deal: OpenedDeal, assessment: Assessment): Assessment => {
  const { tier, trace, placed } = assessment;
  const [flag] = deal.ownFlags.filter(standsForStop);
  if (!flag || tier === null || TIERS.indexOf(tier) >= HIGH) return assessment;
  const line = { id: STOPPED_ELSEWHERE, text: `${flag.title}: the tier is high at least.` };
  return {
    ...assessment,
    tier: 'high',
    rule: STOPPED_ELSEWHERE,
    trace: [...trace, line],
    ...(placed ? { placed: { ...placed, known: 'high' } } : {}),
  };
};

/**
 * The facts that the policy weighs: saved answers, the end-user's kind, intermediaries, admitted own flags, what compliance
 * accepted and confirmed, a country alert that stands. No drafts.
 */
export const factsOf = (deal: OpenedDeal, policy: CompiledPolicy): Facts => {
  const answers: Record<QuestionId, FactValue> = {};
  for (const section of Object.values(deal.answers)) {
    for (const [id, answer] of Object.entries(section)) answers[id] = answer.value;
  }
  return {
    endUser: deal.details.endUser.kind,
    intermediaries: deal.details.intermediaries.length > 0,
    answers,
    ownFlags: deal.ownFlags.filter(isWeighed).map(({ id, title, weight }) => ({ id, title, weight })),
    based: basedOn(policy, deal.answers, lawsOf(deal) ? 1 : 0, deal),
    ...(deal.gaps ? { accepted: Object.keys(gapsThatCount(deal)) } : {}),
    ...(deal.exceptions ? { confirmed: Object.keys(deal.exceptions) } : {}),
    ...(deal.warned?.length ? { alert: true } : {}),
  };
};

/** What compliance accepted as not known, without what another deal says since: somebody knows it. */
export const gapsThatCount = ({ gaps = {}, others }: OpenedDeal): Record<QuestionId, Gap> =>
  Object.fromEntries(Object.entries(gaps).filter(([id]) => !others?.otherwise.some(({ question }) => question === id)));

/** What counted as given of another then does so as long as it does now: whoever gave it anew settled that. */
const settledSince = (then: CountedFacts, { based: now = {} }: Facts): CountedFacts =>
  then.based === undefined
    ? then
    : {
        ...then,
        based: Object.fromEntries(
          Object.entries(then.based).map(([id, n]) => [id, n === OF_ANOTHER ? (now[id] ?? n) : n]),
        ),
      };

/** The ways to count facts of before beside those of now: of those that weigh the same the first is shown, so that what is open now stands there. */
const together = (before: CountedFacts, facts: Facts): Facts[] => {
  const { answers, ...then } = settledSince(before, facts);
  return [
    { ...facts, ...then, answers: { ...facts.answers, ...answers }, based: { ...facts.based, ...then.based } },
    { ...facts, ...then, answers: { ...answers, ...facts.answers }, based: { ...then.based, ...facts.based } },
    { ...facts, ...then, answers },
    { ...facts, endUser: then.endUser, answers },
  ];
};

/** Marks the flags that somebody raised, so that their words are shown as words. A stored policy's own judgement stays as it was. */
const markedByHand = (
  deal: Pick<OpenedDeal, 'ownFlags'>,
  { ownFlags = [] }: Pick<Facts, 'ownFlags'>,
  assessment: Assessment,
): Assessment => {
  if (ownFlags.length === 0) return assessment;
  const titles = new Map(ownFlags.map(({ id, title }) => [id, title]));
  const byBot = new Set(deal.ownFlags.flatMap(({ id, by }) => (by === SYSTEM ? [id] : [])));
  return {
    ...assessment,
    flags: assessment.flags.map((flag) => {
      if (!titles.has(flag.id)) return flag;
      const why = byBot.has(flag.id) ? 'Clearthread raised it: something beside the answers says so.' : flag.why;
      return { ...flag, why, byHand: true as const };
    }),
    trace: assessment.trace.map((line) => {
      const title = titles.get(line.id);
      return title === undefined ? line : { ...line, text: line.text.replace(title, () => `“${setApart(title)}”`) };
    }),
  };
};

type Judged = Pick<DealView, 'facts' | 'assessment' | 'lighterSaid' | 'heavier'>;

/** Most acts change no fact, and a deal that was read again has the same. */
const asBefore = perJson<Facts>();
const evaluatedBy = perObject((evaluate: CompiledPolicy['evaluate']) => perObject(evaluate));

const judged = (deal: OpenedDeal, policy: CompiledPolicy): Judged => {
  const facts = asBefore(factsOf(deal, policy));
  const evaluate = evaluatedBy(policy.evaluate);
  const weigh = (counted: Facts): Assessment =>
    besideStop(deal, markedByHand(deal, facts, evaluate(asBefore(counted))));
  const said = weigh(facts);
  const kept = keptFacts(facts, deal.lighterKept?.answers ?? []);
  if (!deal.lighterSaid && !(deal.lighterKept && isLighter(weigh(kept), said))) return { facts, assessment: said };
  const lighterSaid = withKept(deal, deal.lighterKept ? [kept] : []);
  const heaviest = lighterSaid.before
    .flatMap((then) => (deal.lighterKept ? [facts, kept] : [facts]).flatMap((is) => together(then, is)))
    .map((counted) => ({ facts: counted, assessment: weigh(counted) }))
    .reduce((a, b) => (graver(b.assessment, a.assessment) ? b : a), { facts, assessment: said });
  if (heaviest.assessment === said) return { facts, assessment: said, lighterSaid };
  return { facts, lighterSaid, assessment: heaviest.assessment, heavier: { said, facts: heaviest.facts } };
};

/** A deal is seen several times in each act, and by each of its cards, before it changes. */
const judgedUnder = perObject((policy: CompiledPolicy) => perObject((deal: OpenedDeal) => judged(deal, policy)));

export const dealView = (
  deal: OpenedDeal,
  policy: CompiledPolicy,
  organisation: Organisation,
  now: Instant,
): DealView => ({ deal, policy, organisation, now, ...judgedUnder(policy)(deal) });

/** In scope before out of it, then the tier, then the weights of the red flags together. */
const gravity = ({ scope, tier, flags }: Assessment): readonly number[] => [
  scope === 'in' ? 1 : 0,
  tier === null ? -1 : TIERS.indexOf(tier),
  flags.reduce((sum, { weight }) => sum + WEIGHTS.indexOf(weight) + 1, 0),
];

const graver = (a: Assessment, b: Assessment): boolean => {
  const [of, than] = [gravity(a), gravity(b)];
  const first = of.findIndex((n, i) => n !== than[i]);
  return first >= 0 && (of[first] ?? 0) > (than[first] ?? 0);
};
