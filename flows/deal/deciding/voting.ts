/** Deciding on votes. Every right and every fact is checked here, whatever the form or the button said. */

import { calendarOf, dayIn, isDay } from '../../calendar.ts';
import type { About, PersonId, Instant } from '../../ids.ts';
import { isAuditor, person } from '../../organisation.ts';
import type { VoteSignature } from '../../passkey.ts';
import { isSentence, reasonProblem } from '../../policy/sentence.ts';
import { usedBy } from '../approval/used-by.ts';
import { approvalHeld } from '../context/holds.ts';
import type { Ballot, Vote } from '../deal.ts';
import type { DealFact } from '../events.ts';
import { notCountedOver } from '../owing/over-words.ts';
import { waitsForFlag } from '../refusing/confirming.ts';
import { refusedNow } from '../refusing/refused.ts';
import { takesBackWords } from '../rights/access.ts';
import { droppedBy, keptConditions, leftOutBy, openCarried, weakerIn } from '../rights/carried.ts';
import { actsFor, nameOf, seatOf } from '../rights/seats.ts';
import { signatureProblem, signingOf, waitsWords } from '../rights/signing.ts';
import { unseenAnswers } from '../rights/unseen.ts';
import { openRequests } from '../rights/whose-turn.ts';
import { savedHeavier } from '../said/saved.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { completedNow, outcomeOf } from './completing.ts';
import { withConsequences } from './consequences.ts';
import { accept, after, refuse, unfit, unreasoned, type Case, type Decided, type Refused } from './decision.ts';
import { andAskedAnew } from './in-time.ts';
import { votesSum } from './votes-shown.ts';
import { latestDue, MIN_RATIONALE, TOO_LATE, weighingProblem, whyProblem } from './weighing.ts';

/** A chat's word alone does not do where the voter has a passkey. */
export const SIGN_FIRST =
  'Your vote on this deal is signed with your passkey. Please open the review again, and sign it there.';

/** What colleagues wrote is read before a vote counts beside theirs, or in place of theirs. */
const VOTED_MEANWHILE = 'Others decided while you were reading. Please read what they say, and sign again.';

const OVER = 'This deal is not waiting for a decision any more.';

const ballotProblem = (view: DealView, ballot: Ballot, now: Instant): [string, About] | undefined => {
  for (const flag of view.assessment.flags) {
    const opinion = ballot.flags[flag.id];
    if (!opinion) return [`Please uphold or clear this flag: ${flag.title}`, { flag: flag.id, part: 'opinion' }];
    const missing = `Please say why you clear this flag: ${flag.title}`;
    const problem = opinion.opinion === 'clear' ? reasonProblem(opinion.reason ?? '', missing) : undefined;
    if (problem !== undefined) return [problem, { flag: flag.id, part: 'reason' }];
  }
  const weighing = weighingProblem(view, ballot);
  if (weighing) return weighing;
  if (ballot.rationale.trim().length < MIN_RATIONALE) {
    return [`Please give your reasons, in at least ${MIN_RATIONALE} characters.`, 'rationale'];
  }
  if (ballot.outcome === 'approve-with-conditions') {
    if (ballot.conditions.length === 0) return ['Please choose at least one condition, or approve without.', 'outcome'];
    for (const condition of ballot.conditions) {
      const about = (part: 'text' | 'owner' | 'due'): About => ({ condition: condition.id, part });
      if (!person(view.organisation, condition.owner))
        return ['Please choose an owner for each condition.', about('owner')];
      if (isAuditor(view.organisation, condition.owner))
        return ['Auditors act on no deal, so they keep no condition. Please choose somebody else.', about('owner')];
      if (condition.text.trim() === '') return ['Please say what the condition is.', about('text')];
      if (!isDay(condition.due)) return ['Please give a date of the calendar.', about('due')];
      if (condition.due < now.slice(0, 10)) return ['This date is in the past.', about('due')];
      if (condition.due < dayIn(now, calendarOf(view.organisation, condition.owner))) {
        return ['It is a day later where the owner is. Please choose a later date.', about('due')];
      }
      if (condition.due > latestDue(now)) return [TOO_LATE, about('due')];
    }
  } else if (ballot.conditions.length > 0) {
    return ['Conditions go with "approve with conditions".', 'outcome'];
  }
  return whyProblem(view, ballot);
};

export const NO_STAKE_SAID =
  'Please say that you have no stake in this deal. If you have one, recuse yourself: then others decide on it.';

/** Tells whether a vote must say that its voter has no stake in the deal: the first of each person. */
export const mustDeclare = ({ deal, policy }: DealView, voter: PersonId): boolean =>
  policy.declareStake === true && !deal.noStake?.includes(voter);

/** Returns why a step cannot be completed by approvals: a question to the deal team is open. */
const heldByQuestion = (view: DealView, deal: DecidingDeal, actor: PersonId): string | undefined => {
  const [asked] = openRequests(deal);
  if (!asked) return undefined;
  if (asked.by === actor) {
    return `Your own question is open: “${asked.question}” This step is complete when it is answered. If you need no answer any more, take the question back in the thread, then sign.`;
  }
  const asker = nameOf(view, asked.by, 'An approver');
  return `${asker} asked the deal team: “${asked.question}” This step cannot be completed before it is answered. In the thread, ${asker}, ${takesBackWords(view, asked)}`;
};

/** Returns why a step cannot be completed by approvals yet: whoever asked has not looked at the answer. */
const heldByAnswer = (view: DealView, deal: DecidingDeal, seats: readonly PersonId[]): string | undefined => {
  const [unseen] = unseenAnswers(view, deal).filter(({ by }) => !seats.includes(by));
  if (!unseen) return undefined;
  const asker = nameOf(view, unseen.by, 'An approver');
  return `${asker} asked the deal team: “${unseen.question}” The answer is there, and ${asker} looks at it first. This step can be completed once they have voted, or had one business day to look.`;
};

/** Returns why a step cannot be completed by approvals yet: somebody saved a heavier answer, and nobody gave or settled it. */
const heldBySaved = (view: DealView): string | undefined => {
  const [saved] = savedHeavier(view);
  if (!saved) return undefined;
  const section = view.policy.sections.find(({ id }) => id === saved.section)?.title ?? saved.section;
  return `${nameOf(view, saved.by, 'Somebody')} saved a heavier answer for later in “${section}”, and did not give it. This step can be completed once the deal team gives that section: the Change button in the thread. If it stays as it is, they say why, and compliance confirms it. A decline counts already.`;
};

/** Returns why a form that was opened to vote for somebody is no longer valid. */
const lapsed = (view: DealView, actor: PersonId, absent: PersonId | undefined): string | undefined =>
  absent === undefined || actsFor(view, actor).includes(absent)
    ? undefined
    : `${nameOf(view, absent)} is not away any more, so you cannot vote for them.`;

/** A vote that nothing stands in the way of but, maybe, its signature. */
interface Judged {
  kind: 'judged';
  deal: DecidingDeal;
  /** As it is kept. */
  ballot: Ballot;
  absent: PersonId | undefined;
  follows: DealFact[];
}

/** Judges a vote without its signature: also before one is asked for. */
export const judgeVote = ({
  command,
  view,
  meta,
}: Pick<Case<'CastVote'>, 'command' | 'view' | 'meta'>): Judged | Refused => {
  const { deal } = view;
  const no = refusedNow(view, meta.actor, command);
  if (no) {
    const text = no.code === 'not allowed' ? lapsed(view, meta.actor, command.for) : undefined;
    return refuse(no.code, text ?? no.text);
  }
  if (deal.status !== 'deciding') return refuse('not now', OVER);
  const seat = seatOf(view, deal, meta.actor);
  if ('no' in seat) return refuse('not allowed', seat.no);
  const absent = seat.of === meta.actor ? undefined : seat.of;
  if (command.for !== absent) {
    const whose = absent === undefined ? 'your own vote' : `a vote for ${nameOf(view, absent)}, who is away`;
    return refuse(
      'not now',
      lapsed(view, meta.actor, command.for) ?? `This would be ${whose} now. Please open the review again.`,
    );
  }
  // Before the clock has ended it.
  const over = notCountedOver(view);
  if (over) return refuse('facts changed', over);
  if (command.factsHash !== deal.route.factsHash) {
    return refuse(
      'facts changed',
      'The facts changed while you were reading. Please look at what is different, then sign again. What you typed is kept.',
    );
  }
  if (command.step !== deal.step) return refuse('not now', 'This step is over. Please open the review again.');
  if (command.votes !== undefined && command.votes !== votesSum(view)) return refuse('votes changed', VOTED_MEANWHILE);
  const held = command.ballot.outcome === 'decline' ? undefined : approvalHeld(view);
  if (held) return refuse('not now', held, 'outcome');
  const invalid = ballotProblem(view, command.ballot, meta.at);
  if (invalid) return refuse('not valid', ...invalid);
  if (mustDeclare(view, meta.actor) && !command.ballot.noStake) return refuse('not valid', NO_STAKE_SAID, 'noStake');
  const open = openCarried(view);
  const dropped = droppedBy(command.ballot, open);
  if (dropped) {
    const { condition, by, approval, kept } = dropped;
    const where =
      approval === undefined
        ? 'in a vote that no longer counts'
        : `in the approval that is looked at again, and it is ${kept ? 'accepted as kept of what the deal was then alone' : 'not accepted as kept'}`;
    const please = weakerIn(command.ballot, dropped)
      ? 'Here it is later, or somebody else’s. Please keep it as it was, or say why.'
      : 'Please take it over, or leave it out and say why.';
    return refuse(
      'not valid',
      `${nameOf(view, by, 'An approver')} asked for this condition ${where}: “${condition.text}” ${please}`,
      { condition: condition.id, part: 'carried' },
    );
  }
  const { leftOut: _shown, conditions: asked, ...rest } = command.ballot;
  const conditions = keptConditions(asked, open, meta.actor);
  const leftOut = leftOutBy(command.ballot, open);
  for (const { condition, reason } of leftOut) {
    const silent = unreasoned(reason, '', { condition: condition.id, part: 'carried' });
    if (silent) return silent;
  }
  const ballot: Ballot = { ...rest, conditions, ...(leftOut.length > 0 ? { leftOut } : {}) };
  const { factsHash } = command;
  const name = absent === undefined ? {} : { for: absent };
  const vote: Vote = { ...ballot, step: deal.step, by: meta.actor, at: meta.at, factsHash, ...name };
  const follows = outcomeOf(view, deal, [...deal.votes, vote]);
  const unsettled = deal.ownFlags.find((f) => f.status === 'pending');
  if (unsettled && follows.some((f) => f.type === 'DealDecided' && f.outcome !== 'declined')) {
    return refuse('not now', waitsForFlag(unsettled));
  }
  if (view.lighterSaid && follows.some((f) => f.type === 'DealDecided' && f.outcome !== 'declined')) {
    return refuse(
      'not now',
      'Compliance must first confirm or send back what was said to make this deal lighter: the deal’s card has the button.',
    );
  }
  const waits = follows.some((f) => f.type === 'StepCompleted' && f.outcome === 'passed')
    ? (heldByQuestion(view, deal, meta.actor) ?? heldByAnswer(view, deal, usedBy(vote)) ?? heldBySaved(view))
    : undefined;
  if (waits) return refuse('not now', waits);
  return { kind: 'judged', deal, ballot, absent, follows };
};

/** The text can be made again of the vote. */
const keptOf = ({ over: _text, ...signature }: VoteSignature & { over: string }): VoteSignature => signature;

export const decideVote = ({ command, view, meta, context }: Case<'CastVote'>): Decided => {
  const judged = judgeVote({ command, view, meta });
  if (judged.kind === 'refused') return andAskedAnew(judged, view, meta, context);
  const { deal, ballot, absent, follows } = judged;
  const { factsHash, signature: given } = command;
  const signing = signingOf(view, meta.actor);
  if (!given && signing.kind === 'sign') return refuse('not now', SIGN_FIRST);
  if (!given && signing.kind === 'waits') return refuse('not now', waitsWords(signing.why));
  const problem = given && signatureProblem(view, deal, { signature: given, ballot, voter: meta.actor, absent });
  if (problem !== undefined) return refuse('not now', problem);
  return accept(meta, [
    {
      type: 'VoteCast',
      step: deal.step,
      factsHash,
      ballot,
      ...(absent === undefined ? {} : { for: absent }),
      ...(given ? { signature: keptOf(given) } : {}),
    },
    ...follows,
  ]);
};

export const decideTakeVoteBack = ({ command, view, meta }: Case<'TakeVoteBack'>): Decided => {
  const { step, reason } = command;
  return unfit(view, meta, command) ?? accept(meta, [{ type: 'VoteTakenBack', step, reason }]);
};

export const decideAsk = ({ command, view, meta }: Case<'AskForInformation'>): Decided => {
  const { deal } = view;
  const no = unfit(view, meta, command);
  if (no || deal.status !== 'deciding') return no ?? refuse('not now', OVER);
  if (command.step !== deal.step) return refuse('not now', 'This step is over. Please open the review again.');
  if (!command.question.trim()) return refuse('not valid', 'Please write your question.', 'question');
  return accept(meta, [
    {
      type: 'InformationAsked',
      request: `ask-${meta.id}`,
      step: deal.step,
      question: command.question.trim(),
      holds: true,
    },
  ]);
};

/** What somebody else wanted to know before they decide: approvers read why nobody waits for it. */
export const WHY_BACK = 'Please say why this question of a colleague needs no answer any more.';

export const decideTakeQuestionBack = ({ command, view, meta }: Case<'TakeQuestionBack'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const { request } = command;
  const asked = view.deal.requests.find(({ id }) => id === request);
  const reason = command.reason?.trim() ?? '';
  const silent = asked?.by === meta.actor ? undefined : unreasoned(reason, WHY_BACK);
  if (silent) return silent;
  const back = { type: 'InformationTakenBack' as const, request, ...(reason === '' ? {} : { reason }) };
  return accept(meta, [back, ...completedNow(after(view, meta, [back]))]);
};

/** An answer frees the step for every approver: a full stop must not. */
export const ANSWER_SENTENCE =
  'Please answer in a sentence. If you don’t know, say whom you asked or where you looked.';

export const decideGive = ({ command, view, meta, context }: Case<'GiveInformation'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  if (!isSentence(command.text)) return refuse('not valid', ANSWER_SENTENCE, 'text');
  const { text, sources } = command;
  return accept(
    meta,
    withConsequences(
      view,
      meta,
      [{ type: 'InformationGiven', request: command.request, text: text.trim(), sources }],
      context,
    ),
  );
};
