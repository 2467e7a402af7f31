/** Random behaviour of people over the years: acts on a deal, and absences. */

import { addDays } from '../../flows/calendar.ts';
import { askedReassessments } from '../../flows/deal/approval/reassessments.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Owed } from '../../flows/deal/deal.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import { absenceFor } from '../../flows/deal/owing/standing-in.ts';
import { joinsTeamRefusal } from '../../flows/deal/rights/picking.ts';
import { unseenAnswers } from '../../flows/deal/rights/unseen.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { Approval } from '../../flows/deal/state.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Absence, Organisation } from '../../flows/organisation.ts';
import { absences as register, type AbsenceCommand, type AbsencesState } from '../../flows/registers/absences.ts';
import { voteOf } from './deal-lines.ts';
import { DAY } from './oracle-clock.ts';

type Random = () => number;
export type Deed = [actor: string, command: DealCommand];

const given = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));
const ANSWERS: Record<string, Record<string, string>> = {
  scope: { G1: 'yes' },
  product: { P1: 'no', P2: 'no', P4: 'common' },
};

/** The person themselves or their delegate: four in ten of those who are away look at their phone. */
const hand = (view: DealView, person: string, owed: Owed, random: Random): string => {
  const absence = absenceFor(view, owed, person, view.now);
  return absence && random() < 0.6 ? absence.delegate : person;
};

/** Work on the conditions of an approval, also while it is reassessed. */
const promise = (view: DealView, approval: Approval, luck: number, random: Random): Deed | undefined => {
  const { decision, conditions, suspended } = approval;
  const left = decision.conditions.filter((c) => conditions?.[c.id]?.status !== 'accepted');
  const condition = left[Math.floor(luck * 7919) % (left.length || 1)];
  if (suspended && luck < 0.5) return ['compliance-1', { type: 'LiftSuspension', reason: 'They are on it' }];
  if (!condition) return undefined;
  const { id, owner } = condition;
  const progress = conditions?.[id];
  if (progress?.status !== 'met') {
    const actor = hand(view, owner, { kind: 'condition', condition: id }, random);
    return [actor, { type: 'MeetCondition', condition: id, text: 'Done.', sources: [] }];
  }
  const judge = ['compliance-1', 'compliance-2', 'chief-1'].find(
    (who) => who !== owner && who !== progress.evidence.at(-1)?.by && !view.deal.team.includes(who),
  );
  if (judge === undefined) return undefined;
  const actor = hand(view, judge, { kind: 'evidence', condition: id }, random);
  return luck < 0.6
    ? [actor, { type: 'ReturnCondition', condition: id, reason: 'Not enough' }]
    : [actor, { type: 'AcceptCondition', condition: id }];
};

const answering = (view: DealView, luck: number, random: Random): Deed | undefined => {
  const { deal } = view;
  const section = ['scope', 'product', 'record'].find((s) => !deal.answers[s]) ?? 'record';
  const holder = deal.handOvers[section]?.to ?? deal.owner;
  const to = deal.owner === 'rep-1' ? 'product-1' : 'rep-1';
  const joins = joinsTeamRefusal(view, 'rep-1', to) === undefined;
  if (luck < 0.35 && joins && section !== 'scope' && !deal.handOvers[section]) {
    return ['rep-1', { type: 'HandOverSection', section, to }];
  }
  if (luck < 0.4 && joins && deal.ownedSince === undefined) {
    return [deal.owner, { type: 'ReassignOwner', to, reason: 'Holiday' }];
  }
  if (luck < 0.5) return undefined;
  const actor = hand(view, holder, { kind: 'section', section }, random);
  if (confirmable(view, section) && luck < 0.8) return [actor, { type: 'ConfirmSection', section }];
  const record = { 'H-RF1': random() < 0.4 ? 'yes' : 'no', 'H-RF3': 'no', 'H-RF5': 'no' };
  return [actor, { type: 'AnswerSection', section, answers: given(ANSWERS[section] ?? record) }];
};

const dayOf = ({ now }: DealView, days: number): string =>
  new Date(Date.parse(now) + days * DAY).toISOString().slice(0, 10);

const deciding = (view: DealView, luck: number, random: Random): Deed | undefined => {
  const { deal } = view;
  if (deal.status !== 'deciding' || luck < 0.3) return undefined;
  const waiting = waitingFor(view);
  const anybody = waiting.people[Math.floor(random() * waiting.people.length)] ?? 'rep-1';
  // Whoever asked looks at the answer first; where several did, they wait for each other for a day.
  const [unseen, ...more] = unseenAnswers(view, deal);
  if (more.some(({ by }) => by !== unseen?.by)) return undefined;
  if (unseen && waiting.for === 'votes' && !waiting.people.includes(unseen.by)) return undefined;
  const person = unseen && waiting.for === 'votes' ? unseen.by : anybody;
  if (waiting.for === 'information') {
    const { request } = waiting;
    const actor = hand(view, person, { kind: 'information', request }, random);
    return [actor, { type: 'GiveInformation', request, text: 'The ministry runs it.', sources: [] }];
  }
  if (waiting.people.length === 0) return undefined;
  if (luck < 0.45) return [person, { type: 'AskForInformation', step: deal.step, question: 'Who runs it?' }];
  const day = (days: number): string => dayOf(view, days);
  const conditions = [
    { id: `a-${deal.round}`, text: 'Limit use', owner: 'product-1', due: day(10 + Math.floor(random() * 60)) },
    { id: `b-${deal.round}`, text: 'Train', owner: 'compliance-2', due: day(Math.floor(2 + random() * 20)) },
    { id: `c-${deal.round}`, text: 'Report', owner: 'rep-1', due: day(Math.floor(2 + random() * 90)) },
  ];
  const last = deal.step + 1 === deal.route.steps.length;
  const vote = voteOf(view, last ? { outcome: 'approve-with-conditions' as const, conditions } : {});
  const actor = hand(view, person, { kind: 'votes', step: deal.step }, random);
  return [actor, actor === person || vote.type !== 'CastVote' ? vote : { ...vote, for: person }];
};

const decided = (view: DealView, luck: number, random: Random): Deed | undefined => {
  const { deal } = view;
  if (deal.status !== 'decided' || luck < 0.25) return undefined;
  const day = (days: number): string => dayOf(view, days);
  const turn = random();
  if (turn < 0.15) {
    const [licence, contract] = [day(2 + Math.floor(random() * 200)), day(2 + Math.floor(random() * 400))];
    return [deal.owner, { type: 'SetRenewals', licence, contract, reason: 'They signed' }];
  }
  if (turn < 0.25) {
    const on = random() < 0.5 ? day(Math.floor(2 + random() * 40)) : undefined;
    return ['compliance-1', { type: 'ReportChange', what: 'service', why: 'They want more of it', on }];
  }
  const [task] = askedReassessments(view);
  if (turn < 0.55 && task) {
    return [hand(view, deal.owner, { kind: 'reassessment', task: task.id }, random), { type: 'StartReassessment' }];
  }
  const kept = promise(view, deal, luck, random);
  return kept ?? (luck < 0.4 ? ['compliance-1', { type: 'Reopen', reason: 'New facts' }] : undefined);
};

/** The next act of a person, or undefined if there is none. */
export const behaviour = (view: DealView, random: Random): Deed | undefined => {
  const { deal } = view;
  const luck = random();
  if (luck < 0.2) {
    const mine = dutiesOf(view).filter((d) => d.person !== undefined);
    const duty = mine[Math.floor(random() * mine.length)];
    if (duty?.person) {
      const until = dayOf(view, 2 + Math.floor(random() * 20));
      return [hand(view, duty.person, duty.owed, random), { type: 'Snooze', duty: duty.key, until }];
    }
  }
  if (deal.standing && random() < 0.3) {
    const kept = promise(view, deal.standing, luck, random);
    if (kept) return kept;
  }
  if (deal.status === 'answering') return answering(view, luck, random);
  return deal.status === 'deciding' ? deciding(view, luck, random) : decided(view, luck, random);
};

export interface Change {
  at: number;
  /** Current and planned absences. */
  absences: Absence[];
}

const AWAY = ['rep-1', 'product-1', 'compliance-1', 'compliance-2', 'senior-1', 'senior-2', 'counsel-1', 'boss-1'];
const STAND_IN = ['boss-1', 'boss-2', 'boss-2', 'chief-1', 'product-1', 'senior-2', 'compliance-2', 'counsel-1'];

/** Everybody goes away a few times a year, mostly as planned: by the register's own decisions, in the order of time. */
export const changesOf = (organisation: Organisation, from: number, to: number, random: Random): Change[] => {
  const said: { at: number; actor: string; command: AbsenceCommand }[] = [];
  for (const actor of AWAY) {
    for (let at = from + random() * 60 * DAY; at < to; at += (40 + random() * 120) * DAY) {
      const day = new Date(at).toISOString().slice(0, 10);
      const first = addDays(day, Math.floor(random() * 12));
      const delegate = STAND_IN[Math.floor(random() * STAND_IN.length)] ?? 'boss-1';
      const until = addDays(first, Math.floor(random() * 21));
      said.push({ at: Math.floor(at), actor, command: { type: 'SetAway', delegate, from: first, until } });
      if (random() < 0.3) {
        said.push({ at: Math.floor(at + random() * 20 * DAY), actor, command: { type: 'EndAway' } });
      }
    }
  }
  let state: AbsencesState = register.none;
  return said
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ at, actor, command }): Change[] => {
      const meta = { actor, at: new Date(at).toISOString(), id: 'id' };
      const outcome = register.decide(command, state, meta, { organisation, policy: undefined });
      if (outcome.kind === 'refused') return [];
      state = outcome.events.reduce(register.evolve, state);
      return [{ at, absences: Object.values(state.absences) }];
    });
};
