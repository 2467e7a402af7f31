/** Derives the consequences of changed facts: scope, completeness, tier, route, and the votes that no longer hold. */

import type { CommandMeta } from '../../ids.ts';
import { own } from '../../own.ts';
import type { Tier } from '../../policy/policy.ts';
import { withBasis } from '../approval/evolve-gaps.ts';
import { viewThen } from '../approval/in-force.ts';
import { askedReassessments } from '../approval/reassessments.ts';
import { restsOnLess } from '../basis/basis.ts';
import { askedLately, lawsToTake } from '../basis/laws.ts';
import { alertsToNote } from '../context/alerts.ts';
import { findingFor } from '../context/finding.ts';
import { gapsToTake } from '../context/gaps.ts';
import { inOtherWords, wordsOf } from '../context/said-sale.ts';
import { ownStopAgain } from '../context/stopped.ts';
import type { Vote } from '../deal.ts';
import type { DiscardedBy, DiscardedVote } from '../discarded-vote.ts';
import type { DealFact } from '../events.ts';
import { isMore } from '../formerly.ts';
import { longOver, lostBasis, saidBySellers } from '../owing/run-out.ts';
import { isSettledOfParties } from '../own-flag.ts';
import { keptOf } from '../rights/carried.ts';
import { counselToLook } from '../rights/finders.ts';
import { shortfalls } from '../rights/quorum.ts';
import { votesGone, votesOfDecision } from '../rights/votes-gone.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import { saysAgainst } from '../said/heard-again.ts';
import { lastAnswers } from '../said/last-answers.ts';
import { namesOthers } from '../said/renamed.ts';
import { saidIn, scopeSaidOf } from '../said/scope.ts';
import type { DecidingDeal } from '../state.ts';
import { isRoutedAlike } from '../telling/routed-alike.ts';
import { dealView, type DealView } from '../view.ts';
import { after, type DealContext } from './decision.ts';
import { authorityToNotify, outOfScope, stopAtOnce } from './ending.ts';
import { differences, factsText } from './facts.ts';

/** Returns the deal as it was when the votes still owed were cast: approvers are shown the differences from it. */
const baselineView = (view: DealView): DealView | undefined => {
  const { baseline } = view.deal;
  return baseline && dealView(withBasis(view.deal, baseline), view.policy, view.organisation, view.now);
};

const routed = (
  before: DealView,
  view: DealView,
  tier: Exclude<Tier, 'prohibited'>,
  context: DealContext,
): DealFact => {
  const route = view.policy.routeFor(tier);
  const base = baselineView(before);
  const then = viewThen(view);
  const recused = (view.deal.recused ?? []).map(({ by }) => by);
  return {
    type: 'DealRouted',
    tier,
    rule: view.assessment.rule ?? 'none',
    ...(isRoutedAlike(before, view, { tier, route }) ? { alike: true } : {}),
    route: {
      ...route,
      factsHash: context.hash(factsText(view)),
      shortfalls: shortfalls(context.organisation, route.steps, [...view.deal.team, ...recused]),
    },
    ...(base && view.deal.lastVoided ? { differences: differences(base, view) } : {}),
    ...(then ? { sinceApproval: differences(then, view), covers: askedReassessments(view).map(({ id }) => id) } : {}),
  };
};

type Voided = Extract<DealFact, { type: 'VotesVoided' }>;

const votesVoided = (lost: readonly DiscardedVote[], why: Omit<Voided, 'type' | 'voters' | 'seats'>): Voided[] => {
  if (lost.length === 0) return [];
  const voters = [...new Set(lost.map((v) => v.by))];
  const seats = Object.fromEntries(lost.flatMap((v) => (v.for === undefined ? [] : [[v.by, v.for]])));
  const discarded = lost.map(keptOf);
  return [{ type: 'VotesVoided', voters, ...(Object.keys(seats).length > 0 ? { seats } : {}), ...why, discarded }];
};

/** Counsel's note on the country counts from the first time that the deal's facts are looked at. */
const newLaws = (view: DealView): DealFact[] => {
  const note = lawsToTake(view.deal, view);
  return note ? [{ type: 'LawsTaken', note }] : [];
};

/** What has a last day serves a review on that was begun in time. It serves none that begins after it. */
const endedBasis = (view: DealView): DealFact[] => {
  const lost = lostBasis(view);
  return lost ? [{ type: 'BasisEnded', ...lost }] : [];
};

/** Ends what ran out long ago, so that a review does not go on for ever on it. */
export const endedByTime = (view: DealView, meta: CommandMeta, context: DealContext): DealFact[] => {
  const lost = longOver(view);
  return lost ? withConsequences(view, meta, [{ type: 'BasisEnded', ...lost }], context) : [];
};

/** Ends at once what stands on the word of somebody who has just begun to sell the deal. */
export const ownWord = (view: DealView): DealFact[] => {
  const words = saidBySellers(view);
  return words.length === 0 ? [] : [{ type: 'BasisEnded', words }];
};

/** Adds the note that the deal takes, and while it is asked what it stands on no more. */
export const withToday = (before: DealView, meta: CommandMeta, happened: readonly DealFact[]): DealFact[] => {
  const noted = [...happened, ...newLaws(after(before, meta, happened))];
  const now = after(before, meta, noted);
  return now.deal.status === 'answering' ? [...noted, ...endedBasis(now)] : noted;
};

/** Records the votes that a withdrawal or a reopening discards. */
export const discarded = (view: DealView, because: DiscardedBy, { hash }: DealContext): DealFact[] =>
  votesVoided(votesGone(view), { differences: [], factsHash: hash(factsText(view)), because });

/** Records the votes of the approval under reassessment, which a decline ends. */
export const approvalEnded = ({ standing, route }: DecidingDeal): DealFact[] =>
  standing
    ? votesVoided(votesOfDecision(standing), { differences: [], factsHash: route.factsHash, because: 'ended' })
    : [];

/** Records the votes that a recusal ends. */
export const endedByRecusal = (lost: readonly Vote[], { route }: DecidingDeal): DealFact[] =>
  votesVoided(lost, { differences: [], factsHash: route.factsHash, because: 'recused' });

const voided = (before: DealView, now: DealView, factsHash: string): DealFact[] =>
  before.deal.status === 'deciding'
    ? votesVoided(
        before.deal.votes.filter((v) => v.factsHash !== factsHash),
        { differences: differences(baselineView(before) ?? before, now), factsHash },
      )
    : [];

/** Records the votes that are gone where the deal ends, with those of the approval that ends with it. */
const ended = (before: DealView, now: DealView, factsHash: string): DealFact[] =>
  before.deal.standing
    ? votesVoided(votesGone(before), {
        differences: differences(baselineView(before) ?? before, now),
        factsHash,
        because: 'ended',
      })
    : voided(before, now, factsHash);

/** Adds the country alerts that stand for the deal now: where a risk picture weighs them, they are facts. */
const withAlerts = (before: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => {
  if (!before.policy.picture) return facts;
  const alerts = alertsToNote(after(before, meta, facts));
  return [...facts, ...alerts.map((alert) => ({ type: 'AlertNoted' as const, alert }))];
};

/** Adds the gaps that a complete deal takes from acceptances for its country and its product. */
const withTaken = (before: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => {
  if (!before.organisation.acceptances?.length) return facts;
  const now = after(before, meta, facts);
  if (sectionProgress(now).some((s) => !s.done)) return facts;
  return [...facts, ...gapsToTake(now).map((taken) => ({ type: 'GapsAccepted' as const, ...taken }))];
};

/** That another deal is in a higher tier asks by itself: confirmed one after the other, two of the same sale would end each other's exceptions. */
const isHeard = ({ worries = [], ...heard }: Extract<DealFact, { type: 'OthersNoted' }>): boolean =>
  saysAgainst({ ...heard, worries: worries.filter(({ of }) => of !== 'tier') });

/** A flag that waits for compliance speaks against nothing yet: otherwise anybody could void a decision. */
const speaksAgainst = (fact: DealFact): boolean =>
  fact.type === 'FlagRaised'
    ? !fact.pending
    : fact.type === 'FlagAdmitted' ||
      fact.type === 'AlertNoted' ||
      (fact.type === 'OthersNoted' && isHeard(fact)) ||
      fact.type === 'SheetMoved';

/** Tells whether what was said in words, such as what it is for, is said in others. What is not given by now says nothing. */
const isReworded = ({ policy, deal: before }: DealView, { deal: now }: DealView): boolean =>
  policy.sections.some(({ id }) => {
    const given = own(now.answers, id);
    return (
      given !== undefined && inOtherWords(wordsOf(policy, id, lastAnswers(before, id)), wordsOf(policy, id, given))
    );
  });

/**
 * What compliance confirmed and accepted on what was known then: once something speaks against it, a source or somebody's
 * word is gone on which an answer stood, or what they read was said in other words, they look again.
 */
const settledEnded = (before: DealView, facts: readonly DealFact[], now: DealView): DealFact[] => {
  if (!now.deal.exceptions && !now.deal.gaps) return [];
  const lost = restsOnLess(before.deal.answers, now.deal.answers);
  const isAgainst = facts.some(speaksAgainst);
  const isOther = isReworded(before, now);
  const exceptions =
    isAgainst || isOther || lost.length > 0
      ? Object.keys(before.deal.exceptions ?? {}).filter((id) => now.deal.exceptions?.[id])
      : [];
  // What was accepted of a country or a product stands on no answer of this deal.
  const gaps = (isOther ? Object.keys(now.deal.gaps ?? {}) : lost).filter((id) => {
    const gap = own(now.deal.gaps, id);
    return gap !== undefined && gap.from === undefined && own(before.deal.gaps, id) !== undefined;
  });
  if (exceptions.length + gaps.length === 0) return [];
  const reason = isAgainst
    ? 'Something was said against it since it was confirmed.'
    : isOther
      ? 'Something was said in other words since compliance looked.'
      : 'An answer lost what it stood on since compliance looked.';
  const also = exceptions.length === 0 ? {} : { exceptions };
  return [{ type: 'GapsTakenBack', questions: gaps, ...also, reason, byItself: true }];
};

/** Flags that were dismissed, or weighed, of what the deal was said to be for, wait once more; so does its own stop that was taken back. */
const flagsReworded = (before: DealView, now: DealView, { id }: CommandMeta): DealFact[] => {
  const settled = before.deal.ownFlags.filter(isSettledOfParties).map((flag) => flag.id);
  const again = now.deal.ownFlags.filter((flag) => settled.includes(flag.id) && isSettledOfParties(flag));
  const stop = ownStopAgain(now.deal, id, 'reworded');
  // Most deals have none: only then are words compared.
  if (again.length + stop.length === 0 || !isReworded(before, now)) return [];
  const asked = { type: 'FlagsAskedAgain' as const, flagsAgain: again.map((flag) => flag.id), reworded: true as const };
  return [...(again.length > 0 ? [asked] : []), ...stop];
};

/** Tells whether the deal is of others, or of more, than it was. */
const isOfOthers = (before: DealView, { deal: { details } }: DealView): boolean =>
  before.deal.details !== details && (namesOthers(before, details) || isMore(before.deal.details, details));

/** Lighter answers that compliance confirmed are looked at again. What stops a deal the chief alone takes back. */
const confirmedAgain = (before: DealView, now: DealView): DealFact[] => {
  const { lighterConfirmed } = now.deal;
  if (!lighterConfirmed || !before.deal.lighterConfirmed) return [];
  const questions = lighterConfirmed.answers.flatMap(({ question }) =>
    now.policy.question(question)?.stops === true ? [] : [question],
  );
  const over = isReworded(before, now) ? 'words' : isOfOthers(before, now) ? 'details' : undefined;
  return questions.length > 0 && over ? [{ type: 'LighterAskedAgain', questions, over }] : [];
};

/** Takes what just happened to the deal in `before`; returns it with all its consequences. */
export const withConsequences = (
  before: DealView,
  meta: CommandMeta,
  happened: readonly DealFact[],
  context: DealContext,
): DealFact[] => {
  const taken = withTaken(before, meta, withAlerts(before, meta, withToday(before, meta, happened)));
  const then = after(before, meta, taken);
  const facts = [
    ...taken,
    ...settledEnded(before, taken, then),
    ...flagsReworded(before, then, meta),
    ...confirmedAgain(before, then),
  ];
  const now = after(before, meta, facts);
  if (now.deal.status !== 'answering' && now.deal.status !== 'deciding') return [...facts];
  const factsHash = context.hash(factsText(now));
  // A reopening has recorded already which votes it discards.
  const lost = (of: typeof voided): DealFact[] =>
    facts.some(({ type }) => type === 'VotesVoided') ? [] : of(before, now, factsHash);
  const stop = stopAtOnce(now, factsHash);
  if (stop.length > 0) return [...facts, ...lost(ended), ...stop];
  const scopeDone = now.deal.answers[now.policy.scopeSection] !== undefined;
  if (scopeDone && saidIn(now).scope === 'out') {
    const out = outOfScope(now, factsHash, happened);
    // A deal whose scope waits for compliance is not over.
    const over = out.some(({ type }) => type === 'FoundOutOfScope');
    return [...facts, ...lost(over ? ended : voided), ...out];
  }
  if (scopeSaidOf(now.deal)) {
    const back: DealFact = { type: 'FoundInScope', reasons: [...now.assessment.scopeReasons] };
    return withConsequences(before, meta, [...facts, back], context);
  }
  const open = sectionProgress(now).filter((s) => !s.done);
  if (open.length > 0) {
    if (now.deal.status !== 'deciding') return [...facts];
    return [...facts, ...lost(voided), { type: 'QuestionsReopened', sections: open.map((s) => s.section.id) }];
  }
  if (now.assessment.tier === 'prohibited') {
    return [
      ...facts,
      ...lost(ended),
      { type: 'DealStopped', rule: now.assessment.rule ?? 'none', factsHash, because: [], ...authorityToNotify(now) },
    ];
  }
  if (now.deal.status === 'deciding' && now.deal.route.factsHash === factsHash) return [...facts];
  const over = endedBasis(now);
  if (over.length > 0) return withConsequences(before, meta, [...facts, ...over], context);
  const finding = findingFor(now);
  if (finding.kind === 'begun') return [...facts];
  if (finding.kind === 'begins') {
    const { kind: _begins, ...days } = finding;
    const counsel = counselToLook(now).length > 0 && !askedLately(now.deal, meta.at);
    return [...facts, { type: 'FindingOut', ...days }, ...(counsel ? [{ type: 'CounselAsked' as const }] : [])];
  }
  return [...facts, ...lost(voided), routed(before, now, now.assessment.tier ?? 'low', context)];
};

/** As above, for what seldom touches the facts: where it does not, nothing follows. */
export const whereItMatters = (
  before: DealView,
  meta: CommandMeta,
  happened: readonly DealFact[],
  context: DealContext,
): DealFact[] =>
  !before.deal.exceptions && factsText(after(before, meta, happened)) === factsText(before)
    ? [...happened]
    : withConsequences(before, meta, happened, context);
