/**
 * Counts the presses of a company that clears 200 deals a month, over six weeks: at the route, with people who do the least
 * that gets each thing done. A press is a button, a command or a sent form; words are those that had to be typed.
 */

import { toConfirm } from '../../../blocks/forms/confirm.ts';
import { addMonths } from '../../../flows/calendar.ts';
import { askedReassessments } from '../../../flows/deal/approval/reassessments.ts';
import { conditionStanding, sectionProgress, waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import { defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { CHANNEL, COMPLIANCE, company, managerOf, REPS } from './company.ts';
import { createHands, type Hand } from './hand.ts';
import * as judges from './judges.ts';
import { createMarket, type Plan } from './market.ts';
import { createPost, type Post } from './post.ts';
import { createRep } from './rep.ts';
import { createTally, type Tally } from './tally.ts';

export const WEEKS = 6;
const DAYS_A_WEEK = 5;
/** 200 deals a month, 21.7 working days each. */
const DEALS_A_DAY = (200 * 12) / (52 * DAYS_A_WEEK);
const FIRST = Date.UTC(2027, 2, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Working days from an event to what its rep does about it. */
const LATER = { condition: 9, licence: 8, renewal: 1 } as const;
/** The day of the country alert: the third week. */
const ALERT = { day: 11, country: 'CC' } as const;

interface Played {
  plan: Plan;
  id: string;
  /** Days on which the rep acts, by what they do. */
  todo: Map<number, ((hand: Hand) => Promise<void>)[]>;
  decided: boolean;
  asked: boolean;
  corrected: boolean;
  opened: number;
}

export interface Outcome {
  tally: Tally;
  post: Post;
  views: readonly DealView[];
  plans: readonly Plan[];
}

const instant = (day: number, hour: number, second = 0): string => {
  const week = Math.floor(day / DAYS_A_WEEK);
  const date = FIRST + (week * 7 + (day % DAYS_A_WEEK)) * DAY_MS;
  return new Date(date + hour * 60 * 60 * 1000 + second * 1000).toISOString();
};

/** Notes and alerts reach their deals a page a second. */
const settle = async (at: AtDesk, day: number, hour: number): Promise<void> => {
  for (let second = 0; second < 8; second += 1) await at.travel(instant(day, hour, second));
};

export const playWeeks = async (weeks = WEEKS): Promise<Outcome> => {
  const policy = loadPolicy(defaultPolicyFile).compiled;
  const at = atDesk({ organisation: company(), policy });
  try {
    return await play(at, policy, weeks);
  } finally {
    await at.end();
  }
};

const play = async (at: AtDesk, policy: CompiledPolicy, weeks: number): Promise<Outcome> => {
  const tally = createTally();
  let day = 0;
  const hands = createHands(at, { platform: 'slack', channel: CHANNEL }, (person, act, words) =>
    tally.add({ person, act, words, week: Math.floor(day / DAYS_A_WEEK) }),
  );
  const [post, market, rep] = [createPost(at), createMarket(REPS), createRep(policy)];
  const played: Played[] = [];
  await at.desk.registers.startAll();

  const view = async ({ id }: Pick<Played, 'id'>): Promise<DealView> => {
    const found = await at.deals.view(id);
    if (!found) throw new Error(`no deal ${id}`);
    return found;
  };
  const known = new Map<string, { version: number; view: DealView }>();
  /** Every deal as it is now; only those that changed are read. */
  const views = async (): Promise<Map<string, DealView>> => {
    for (const { stream, version } of await at.store.list({ kind: 'deal', limit: 10_000 })) {
      if (known.get(stream)?.version !== version) known.set(stream, { version, view: await view({ id: stream }) });
    }
    return new Map([...known].map(([id, one]) => [id, one.view]));
  };
  const later = (one: Played, days: number, act: (hand: Hand) => Promise<void>): void => {
    one.todo.set(day + days, [...(one.todo.get(day + days) ?? []), act]);
  };
  /** Deals in these states, each with what it is now. */
  const those = async (...statuses: DealView['deal']['status'][]): Promise<[Played, DealView][]> => {
    const now = await views();
    return played.flatMap((one): [Played, DealView][] => {
      const found = now.get(one.id);
      return found && statuses.includes(found.deal.status) ? [[one, found]] : [];
    });
  };

  const repsInTheMorning = async (): Promise<void> => {
    for (const one of played) for (const act of one.todo.get(day) ?? []) await act(hands(one.plan.rep));
    const until = Math.round((day + 1) * DEALS_A_DAY);
    while (played.length < until) {
      const plan = market();
      const id = await rep.open(hands(plan.rep), plan);
      const one: Played = { plan, id, todo: new Map(), decided: false, asked: false, corrected: false, opened: day };
      played.push(one);
    }
  };
  /** A mistake is seen on the same day: every second one only once compliance has voted. */
  const repsCorrect = async (after: 'opening' | 'compliance'): Promise<void> => {
    for (const [one] of await those('answering', 'deciding')) {
      if (one.opened !== day || !one.plan.mistake || one.corrected) continue;
      if (after === 'opening' && one.plan.number % 2 === 0) continue;
      one.corrected = true;
      await rep.correct(hands(one.plan.rep), one.plan, one.id);
    }
  };

  /** Reassessed deals: nothing changed, section by section. */
  const reassess = async (one: Played, hand: Hand): Promise<void> => {
    await rep.startReassessment(hand, one.id);
    for (let n = 0; n < 8; n += 1) {
      const now = await view(one);
      const next = now.deal.status === 'answering' ? sectionProgress(now).find(({ done }) => !done) : undefined;
      if (!next) return;
      await rep.stillSo(hand, one.id, next.section.id);
    }
  };

  const repsInTheEvening = async (): Promise<void> => {
    for (const [one, now] of await those('deciding', 'decided')) {
      const { deal } = now;
      const hand = hands(one.plan.rep);
      const waiting = waitingFor(now);
      if (waiting.for === 'information') await rep.answerQuestion(hand, one.id, waiting.request);
      if (deal.status !== 'decided') continue;
      if (askedReassessments({ ...now, now: at.desk.clock().toISOString() }).length > 0) await reassess(one, hand);
      if (one.decided || deal.decision.outcome === 'declined') continue;
      one.decided = true;
      for (const { condition } of conditionStanding(now)) {
        later(one, LATER.condition, (by) => rep.meetCondition(by, one.id, condition.id));
      }
      if (one.plan.licence === 'pending') later(one, LATER.licence, (by) => rep.settleLicence(by, one.id));
      // Its reassessment is asked for 90 days before.
      const renewal = instant(day, 0).slice(0, 10);
      if (one.plan.renewedSoon) later(one, LATER.renewal, (by) => rep.setRenewal(by, one.id, addMonths(renewal, 3)));
    }
  };

  const counselNotes = async (): Promise<void> => {
    const wanted = new Set<string>();
    for (const [, { deal }] of await those('answering', 'deciding')) {
      if (deal.counselAsked && !deal.laws) wanted.add(deal.details.destination);
    }
    for (const country of wanted) await judges.noteLaws(hands('counsel-1'), country);
  };

  const voteLabel = ({ deal }: DealView): string =>
    `vote: ${deal.status === 'deciding' ? deal.tier : ''}${deal.standing ? ', again' : ''}`;

  const complianceRound = async (): Promise<void> => {
    if (day === ALERT.day) await judges.alertOn(hands('compliance-1'), ALERT.country);
    const waiting = await those('answering', 'deciding');
    if (waiting.some(([, now]) => toConfirm(now) !== undefined)) {
      const hand = hands('compliance-1');
      tally.confirmed(await judges.confirmAll(hand));
      for (const [one, now] of await those('answering', 'deciding')) {
        const what = toConfirm(now);
        if (!what) continue;
        await judges.confirmAlone(hand, one.id, what.of);
        tally.confirmed(1);
      }
    }
    for (const [one, now] of await those('deciding', 'decided')) {
      const officer = COMPLIANCE[one.plan.number % COMPLIANCE.length] ?? '';
      const hand = hands(officer);
      if (now.deal.status === 'decided') {
        for (const { condition, progress } of conditionStanding(now)) {
          if (progress.status === 'met') await judges.acceptEvidence(hand, one.id, condition.id);
        }
      }
      if (now.deal.status !== 'deciding') continue;
      if (judges.gapsWouldHelp(now)) await judges.acceptGaps(hand, now);
      const then = await view(one);
      const turn = waitingFor(then);
      if (turn.for !== 'votes' || turn.group !== 'compliance') continue;
      if (one.plan.asked && !one.asked) {
        one.asked = true;
        await judges.askRep(hand, then);
        continue;
      }
      // Who confirmed that it is lighter has voted, and a colleague is asked.
      const voter = turn.people.includes(officer) ? officer : (turn.people[0] ?? officer);
      await judges.vote(hands(voter), then, { act: voteLabel(then), outcome: 'approve', conditions: 0 });
    }
  };

  /** Counsel first where one of counsel is needed, and never the rep's own manager. */
  const nextSenior = (people: readonly string[], { plan }: Played, now: DealView): string | undefined => {
    const high = now.deal.status === 'deciding' && now.deal.tier === 'high';
    const others = people.filter((id) => id !== 'counsel-1' && id !== managerOf(plan.rep));
    return high && people.includes('counsel-1') ? 'counsel-1' : others[plan.number % others.length];
  };

  const seniorRound = async (): Promise<void> => {
    for (const [one] of await those('deciding')) {
      for (let n = 0; n < 3; n += 1) {
        const now = await view(one);
        const turn = waitingFor(now);
        // What compliance is to confirm first may make it another deal.
        if (toConfirm(now)) break;
        if (turn.for !== 'votes' || turn.group !== 'senior-approvers') break;
        const person = nextSenior(turn.people, one, now);
        if (person === undefined) break;
        const high = now.deal.status === 'deciding' && now.deal.tier === 'high';
        const conditions = n > 0 || now.deal.standing ? 0 : high ? 2 : one.plan.conditions;
        await judges.vote(hands(person), now, { act: voteLabel(now), outcome: 'approve', conditions });
      }
    }
  };

  for (; day < weeks * DAYS_A_WEEK; day += 1) {
    await at.travel(instant(day, 9));
    await repsInTheMorning();
    await at.travel(instant(day, 10));
    await counselNotes();
    await repsCorrect('opening');
    await settle(at, day, 11);
    await complianceRound();
    await settle(at, day, 13);
    await repsCorrect('compliance');
    await post.deliver(day);
    await at.travel(instant(day, 14));
    await seniorRound();
    await at.travel(instant(day, 16));
    await repsInTheEvening();
    await post.deliver(day);
  }
  return { tally, post, views: [...(await views()).values()], plans: played.map(({ plan }) => plan) };
};
