/** What compliance is shown of a deal that waits for its confirmation: a press counts for that, and for nothing else. */

import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { smallSum } from '../../sum.ts';
import { licenceNow } from '../approval/licence.ts';
import { otherNotes } from '../context/counsel-notes.ts';
import { endedSince } from '../context/ended-before.ts';
import { acceptableGaps, endedFor, exceptionToConfirm } from '../context/gaps.ts';
import { holdsOn } from '../context/holds.ts';
import { heardKinds } from '../context/kinds.ts';
import { heardOtherwise } from '../context/topics.ts';
import { isWaiting } from '../context/worries.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { datesOver, longOver } from '../owing/run-out.ts';
import { isOfOthers, type OwnFlag } from '../own-flag.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { conditionStanding } from '../rights/whose-turn.ts';
import { contradictions } from '../said/contradictions.ts';
import { settledSince } from '../said/ended-against.ts';
import { alertsLeftBehind } from '../said/left-alerts.ts';
import { savedBehind, savedHeavier } from '../said/saved.ts';
import { scopeSaidOf, sentBackElsewhere } from '../said/scope.ts';
import { saidUnasked } from '../said/unasked.ts';
import { hitsOf } from '../screened/screened.ts';
import {
  refusedOnSheets,
  notedOnSheets,
  rewordedOnSheets,
  saidOnSheets,
  sheetDisputes,
  worseNow,
  worseOnSheets,
} from '../sheets/said.ts';
import type { DealView } from '../view.ts';
import { factsText } from './facts.ts';

/** Returns what somebody said and is over, or was replaced: it stands on the first page, and in no facts. */
const overShown = (view: DealView): unknown[] => {
  const { deal } = view;
  const { endedAgainst = [], objections = [], requests, was = [], fell = [], renamed = [], reworded = [] } = deal;
  const { gapsTakenBack = {}, finding } = deal;
  return [
    ...[...endedAgainst, ...endedSince(view), ...settledSince(deal)].map(({ of, at }) => [of, at]),
    ...requests.flatMap(({ id, takenBack }) => (takenBack ? [id] : [])),
    ...objections.map(({ by, at }) => ['objection', by, at]),
    ...[...was, ...renamed, ...reworded].map(({ until, changedBy }) => ['before', until, changedBy]),
    ...fell.map(({ by, at }) => ['fell', by, at]),
    ...saidUnasked(view).map(({ question, by, at }) => ['unasked', question, by, at]),
    ...Object.values(gapsTakenBack).map(({ by, at }) => ['gap', by, at]),
    ...endedFor(view).map(({ id }) => ['gap ended', id]),
    ...alertsLeftBehind(view).map(({ id }) => ['alert', id]),
    ...(finding?.sent ? ['sent on', finding.sent.by] : []),
    // Over what ended long ago no vote counts, and says so in its own words.
    ...(longOver(view) ? [] : Object.entries(datesOver(view)).map((over) => ['run out', ...over])),
  ];
};

/** What people wrote beside what they did, answered to approvers, saved for later under an answer, or handed in for conditions. */
const writtenShown = (view: DealView): unknown[] => {
  const { deal, policy } = view;
  const { remarks = [], requests, drafts, carried = [], ownFlags, authority } = view.deal;
  const saved = Object.values(drafts).flatMap((section) =>
    Object.entries(section).flatMap(([id, { value, note = '', by }]) => {
      if (by === undefined || isOwnWord(view.deal, by)) return [];
      return policy.question(id)?.kind === 'text' ? [value, note] : [note];
    }),
  );
  return [
    ...remarks.map(({ of, by, at }) => [of, by, at]),
    ...carried.flatMap(({ by, at, back }) => (back ? ['vote back', by, at] : [])),
    // One that asks for nothing is as the reader would vote.
    ...(deal.status === 'deciding'
      ? deal.votes.flatMap(({ by, at, conditions }) => (conditions.length > 0 ? ['vote', by, at] : []))
      : []),
    ...requests.flatMap(({ id, answer }) => (answer ? [[id, answer.at]] : [])),
    ...saved.filter((text) => text !== ''),
    ...ownFlags.flatMap(({ id, status, by }) => (status === 'pending' && by !== SYSTEM ? [id] : [])),
    ...notedOnSheets(view).map(({ sheet, question, by, at }) => ['noted', sheet.id, question, by, at]),
    ...worseOnSheets(view).map(({ sheet, question, value, by, at }) => ['worse', sheet.id, question, value, by, at]),
    ...rewordedOnSheets(view).map(({ sheet, question, until }) => [sheet.id, question, until]),
    ...refusedOnSheets(view).map(({ sheet, at }) => [sheet.id, at]),
    ...sentBackElsewhere(view).map(({ deal: id, at }) => [id, at]),
    ...otherNotes(view).map(({ note, replaced }) => [note.id, replaced !== undefined]),
    ...sheetDisputes(view).map(({ dispute }) => [dispute.id, 'settled' in dispute]),
    ...(authority?.done ? [authority.done.at] : []),
    ...conditionStanding(view).flatMap(({ condition: { id }, progress: { evidence } }) =>
      evidence.length === 0 ? [] : [[id, evidence.length]],
    ),
  ];
};

/**
 * Names what speaks against a deal beside its facts: whoever signs has read it. Undefined where nothing does. What somebody raised
 * and waits for compliance is in it, though it completes nothing until it is settled: set aside, nobody votes on it again. So is
 * what was written where a deal was withdrawn and reopened, given to somebody else, or left by an approver: by its round, and by
 * when that was; and beside what else was done, answered to approvers or handed in. So is what was saved and not given, all that
 * the first page prints of before (what was ended, taken back, denied or replaced), and what has run out.
 */
export const againstShown = (view: DealView): string | undefined => {
  const { others, ownFlags, round, ownedSince, recused = [] } = view.deal;
  const dismissed = ownFlags.filter(({ status }) => status === 'dismissed').map(({ id }) => id);
  const reasons = view.deal.standing ? (view.deal.reassessments ?? []).map(({ id }) => id) : [];
  const written = [round > 1 ? round : [], ownedSince ?? [], recused.map(({ by }) => by), writtenShown(view)].flat();
  const [saved, over] = [savedHeavier(view), overShown(view)];
  const later = saved.length + over.length > 0 ? [written, saved, over] : written.length > 0 ? [written] : [];
  if (!others && dismissed.length + reasons.length + later.length === 0) return undefined;
  return smallSum(JSON.stringify([others, dismissed, reasons, ...later]));
};

/** A hit whose entry left its list is settled no more. */
const standingHits = (deal: DealView['deal'], flag: OwnFlag): string[] =>
  hitsOf(deal, flag).flatMap(({ id, gone }) => (gone ? [] : [id]));

/**
 * Names the worries that a flag of another deal waits for, and what its form shows beside them. What somebody raised themselves
 * stands for nothing else.
 */
export const flagShown = (view: DealView, flag: OwnFlag): string =>
  smallSum(
    JSON.stringify([
      flag.title,
      ...(flag.again ? [flag.again.at] : []),
      ...(flag.hit ? standingHits(view.deal, flag) : isOfOthers(flag) ? Object.values(heardWaiting(view)).flat() : []),
    ]),
  );

const worriesWaiting = (view: DealView): HeardWorry[] =>
  (view.deal.others?.worries ?? []).filter((worry) => isWaiting(view, worry));

/**
 * Returns what the form of a flag for other deals shows of them: the worries that wait, how those deals ended, and all that is
 * answered or said of the end-user otherwise, by whichever deal.
 */
export const heardWaiting = (view: DealView) => {
  const worries = worriesWaiting(view);
  const deals = new Set(worries.map(({ deal }) => deal));
  const ended = (view.deal.others?.ended ?? []).filter(({ deal }) => deals.has(deal));
  return { worries, ended, kinds: heardKinds(view), otherwise: heardOtherwise(view) };
};

/**
 * Tells whether something came since that the form of a flag did not show. `seen`: what it showed (`flagShown`); a form of
 * before that was kept has shown what there was when the flag was raised.
 */
export const isNewerThanFlag = (view: DealView, flag: OwnFlag, seen: string | undefined): boolean =>
  seen === undefined
    ? isOfOthers(flag) && !flag.hit && worriesWaiting(view).some(({ at }) => at > flag.at)
    : seen !== flagShown(view, flag);

/**
 * Names what the form that lifts a suspension shows: reports, flags that wait, what was handed in for conditions, answers that
 * were heavier, and what speaks against the deal.
 */
export const liftShown = (view: DealView): string => {
  const { ownFlags, was = [] } = view.deal;
  const pending = ownFlags.filter(({ status }) => status === 'pending');
  return smallSum(JSON.stringify([waitingShown(view), pending.map(({ id }) => id), was]));
};

/** Names what the form of renewal dates shows: what was set of them last. */
export const renewalsShown = ({ deal }: DealView): string => smallSum(JSON.stringify(deal.renewals ?? null));

/** The same of the export licence: where it stands, and what was said of it on the way there. */
export const licenceShown = ({ deal }: DealView): string =>
  smallSum(
    JSON.stringify([licenceNow(deal), deal.licence, (deal.renamed ?? []).filter(({ of }) => of === 'exportLicence')]),
  );

/** Names what the form that reopens a deal shows: the same, of the deal as it is over. */
export const reopenShown = (view: DealView): string => smallSum(JSON.stringify([view.deal.status, liftShown(view)]));

/**
 * Names what a form to confirm shows: facts, pending changes, flags that wait, what speaks against it, was said before, reported, or
 * handed in for a condition.
 */
export const waitingShown = (view: DealView): string => {
  const { lighterSaid, others } = view.deal;
  const saved = [...savedHeavier(view), ...savedBehind(view)];
  const [worse, onSheets] = [worseNow(view), saidOnSheets(view)];
  const said = worse.map((id) => [id, onSheets.get(id)?.answer]);
  const against = [
    scopeSaidOf(view.deal),
    contradictions(view),
    others,
    againstShown(view),
    holdsOn(view).map(({ id }) => id),
    (view.deal.reassessments ?? []).map(({ id }) => id),
    ...[saved, said].filter((all) => all.length > 0),
  ];
  return smallSum(JSON.stringify([factsText(view), lighterSaid, ...against]));
};

/**
 * Names what a form about gaps shows: another answer in between is another thing to accept, and so is another end-user,
 * country or product, or something that was said against the deal since. An exception stands on all answers, and on what is
 * behind them, and on what is said beside them as where compliance confirms.
 */
export const gapsShown = (view: DealView): string => {
  const { facts, deal } = view;
  const { destination, product, endUser } = deal.details;
  const exception = exceptionToConfirm(view);
  return smallSum(
    JSON.stringify([
      ...acceptableGaps(view).map(({ id, why }) => [id, why, own(facts.answers, id)]),
      exception?.id ?? '',
      [destination, product.id, product.name, endUser.name, endUser.kind],
      [deal.ownFlags, deal.warned, deal.others],
      waitingShown(view),
      ...(exception ? [deal.answers] : []),
    ]),
  );
};
