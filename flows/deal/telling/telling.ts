/** The messages that a commit owes, and their recipients. Pure: same events, same notices with the same ids. */

import type { PersonId } from '../../ids.ts';
import type { SectionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealEvent } from '../events.ts';
import { chiefsCalled, askedOf, sectionProgress, waitingFor } from '../rights/whose-turn.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isCalledInThread, isCardNew } from './calls.ts';
import { factNoticesOf } from './facts.ts';
import { people, type Fact, type LiveCard, type Notice, type NoticeTarget } from './notices.ts';
import { cardRoundOf, isRoutedAlike } from './routed-alike.ts';
import { withStandIns } from './standing-in.ts';

type Reminded = Extract<DealEvent, { type: 'Reminded' }>;

/** Returns the sections whose card stands in the thread: up to the first that is neither answered nor handed over. */
export const shownSections = (view: DealView): SectionId[] => {
  const shown: SectionId[] = [];
  for (const { section, done } of sectionProgress(view)) {
    shown.push(section.id);
    if (!done && view.deal.handOvers[section.id] === undefined) break;
  }
  return shown;
};

/** Returns the sections on the card that they share: also those that were answered before their turn, or apply no more. */
export const sectionsTogether = (view: DealView): SectionId[] => {
  const shown = new Set(shownSections(view));
  return view.policy.sections.map(({ id }) => id).filter((id) => view.deal.answers[id] !== undefined || shown.has(id));
};

/** Returns a text of what a section's card shows, to see whether it must be drawn again. */
const shownText = (view: DealView, section: SectionId): string => {
  const questions = new Set(view.policy.sections.find((s) => s.id === section)?.questions.map((q) => q.id));
  return JSON.stringify([
    // Answers elsewhere can bring a question to a section that was complete.
    askedOf(view)
      .find((one) => one.section.id === section)
      ?.questions.map(({ id }) => id) ?? [],
    view.deal.answers[section],
    view.deal.drafts[section],
    view.deal.handOvers[section],
    view.deal.status === 'answering' || view.deal.status === 'deciding',
    view.assessment.flags.filter((f) => f.because.some((id) => questions.has(id))),
    view.assessment.openQuestions.filter((q) => questions.has(q.id)),
  ]);
};

/** Events that change no card but the root's. */
const QUIET: ReadonlySet<DealEvent['type']> = new Set([
  'HeardElsewhere',
  'Nudged',
  'RecordExported',
  'Reminded',
  'Snoozed',
  'RenewalsSet',
]);

const QUIET_ONCE_DECIDED: ReadonlySet<DealEvent['type']> = new Set([
  'ReassessmentRequired',
  'ChangeTakenBack',
  'LicenceSet',
]);

/** A country alert reaches thousands of approved deals: one card each. Approvers at work see it on theirs too. */
const isQuiet = ({ type }: DealEvent, { deal }: DealView): boolean =>
  QUIET.has(type) || (QUIET_ONCE_DECIDED.has(type) && deal.status === 'decided');

const conditionsOf = (view: DealView | undefined): readonly unknown[] =>
  (view && approvalOf(view.deal)?.decision.conditions) ?? [];

/** Tells whether to draw the conditions: at first, after any change to one, and when a reopening ended them. */
const conditionsChanged = (before: DealView | undefined, now: DealView, events: readonly DealEvent[]): boolean => {
  if (conditionsOf(before).length + conditionsOf(now).length === 0) return false;
  return before?.deal.status !== now.deal.status || events.some((e) => e.type === 'Reminded' || !isQuiet(e, now));
};

/** The card that a section stands on: of the deal's current or last reassessment. */
const sectionLive = ({ deal }: DealView, section: SectionId): LiveCard => {
  if (deal.reassessed !== undefined) return { card: 'section', section, asked: deal.reassessed };
  return deal.oneCard ? { card: 'answers' } : { card: 'section', section };
};

const liveCards = (before: DealView | undefined, now: DealView, events: readonly DealEvent[]): LiveCard[] => {
  const cards: LiveCard[] = [{ card: 'root' }];
  // A reassessment asks on new cards; earlier ones keep the answers of their time.
  const together = now.deal.oneCard && now.deal.reassessed === undefined;
  const shownIn = together ? sectionsTogether : shownSections;
  const was = before && before.deal.reassessed === now.deal.reassessed ? shownIn(before) : [];
  const shown = together || now.deal.status === 'answering' ? shownIn(now) : was;
  const sections = new Map<string, LiveCard>();
  for (const section of new Set([...was, ...shown])) {
    const stays = was.includes(section) && shown.includes(section);
    if (before && stays && shownText(before, section) === shownText(now, section)) continue;
    const live = sectionLive(now, section);
    sections.set(liveKey(live), live);
  }
  cards.push(...sections.values());
  const reviewCards = new Map<string, LiveCard>();
  const review = (deal: OpenedDeal, step: number): void => {
    const round = cardRoundOf(deal);
    reviewCards.set(`${round}/${step}`, { card: 'review', round, step });
  };
  if (before?.deal.status === 'deciding') {
    for (let step = 0; step <= before.deal.step && step < before.deal.route.steps.length; step += 1) {
      if (step === before.deal.step || before.deal.round !== now.deal.round) review(before.deal, step);
    }
  }
  if (now.deal.status === 'deciding' && now.deal.step < now.deal.route.steps.length) review(now.deal, now.deal.step);
  const matters = events.some((e) => !isQuiet(e, now));
  const rest: LiveCard[] = matters ? [...cards, ...reviewCards.values()] : [{ card: 'root' }];
  return conditionsChanged(before, now, events) ? [...rest, { card: 'conditions' }] : rest;
};

/** Conditions of which one person is reminded in the same moment are one message: by its first event, the others. */
const remindedTogether = (events: readonly DealEvent[]): Map<DealEvent, Reminded[]> => {
  const first = new Map<string, Reminded>();
  const others = new Map<DealEvent, Reminded[]>();
  for (const event of events) {
    if (event.type !== 'Reminded' || event.owed.kind !== 'condition' || event.of === 'escalation') continue;
    if (event.to.length !== 1) continue;
    const key = JSON.stringify([event.to, event.acting?.for]);
    const begun = first.get(key);
    if (begun) others.set(begun, [...(others.get(begun) ?? []), event]);
    else first.set(key, event);
  }
  return others;
};

/** Events after which everybody owes what they owed before. */
const SETTLES_NOTHING: ReadonlySet<DealEvent['type']> = new Set([
  'AlertEnded',
  'AlertNoted',
  'DealOpened',
  'HeardElsewhere',
  'HoldEnded',
  'HoldNoted',
  'Nudged',
  'ReassessmentRequired',
  'RecordExported',
  'Reminded',
  'SectionSavedForLater',
  'Snoozed',
]);

/** The row after which private messages become what came of them. */
const settling = ({ deal }: DealView, events: readonly DealEvent[]): Notice[] => {
  const live: LiveCard = { card: 'private' };
  return events.every(({ type }) => SETTLES_NOTHING.has(type))
    ? []
    : [{ id: liveId(deal.id, live), kind: 'live', live }];
};

/** `id`: the command's meta id. `before`: undefined for a new deal. */
export const noticesFor = (
  before: DealView | undefined,
  now: DealView,
  events: readonly DealEvent[],
  id: string,
): Notice[] => {
  const cards = liveCards(before, now, events).map<Notice>((live) => ({
    id: liveId(now.deal.id, live),
    kind: 'live',
    live,
  }));
  const restarts = events.some(({ type }) => type === 'ReassessmentStarted');
  const explained = ({ kind, ...notice }: Notice): boolean => {
    if (kind !== 'live' || !('live' in notice)) return false;
    const { card } = notice.live;
    return card === 'review' || card === 'conditions' || (restarts && card === 'section');
  };
  // In the thread these cards come after the words that explain them.
  const notices: Notice[] = cards.filter((n) => !explained(n));
  const tell = (fact: Fact, targets: readonly NoticeTarget[], actor: PersonId): void => {
    for (const target of withStandIns(now, fact, targets, actor).filter((one) => !isMentioned(fact, one)))
      notices.push({ id: `${id}-${notices.length}`, kind: 'fact', target, fact });
  };
  // The next approvers are told once, when the step becomes theirs.
  const opens = events.some((e) => e.type === 'DealRouted' || (e.type === 'StepCompleted' && e.outcome === 'passed'));
  const isMentioned = ({ fact }: Fact, target: NoticeTarget): boolean =>
    fact === 'review wanted' &&
    opens &&
    target.to === 'person' &&
    isCardNew(now) &&
    isCalledInThread(now, target.person);
  const decision = events.find(({ type }) => type === 'DealDecided');
  const hearing = decision ? factNoticesOf(decision, before, now).flatMap(([, targets]) => targets) : [];
  const hears = (one: NoticeTarget): boolean =>
    one.to === 'person' && hearing.some((other) => other.to === 'person' && other.person === one.person);
  const together = remindedTogether(events);
  const covered = new Set<DealEvent>([...together.values()].flat());
  for (const event of events) {
    if (covered.has(event)) continue;
    const others = together.get(event)?.map(({ duty, owed, of }) => ({ duty, owed, of }));
    for (const [fact, targets] of factNoticesOf(event, before, now)) {
      // The decision says it, with the reasons.
      if (decision && fact.fact === 'vote cast') continue;
      const actor = event.by;
      const told = fact.fact === 'conditions left out' ? targets.filter((one) => !hears(one)) : targets;
      tell(
        others && fact.fact === 'reminded' ? { ...fact, with: others } : fact,
        told.filter((t) => t.to === 'thread' || t.person !== actor),
        actor,
      );
    }
  }
  if (opens && now.deal.status === 'deciding') {
    const waiting = waitingFor(now);
    const by = events.at(-1)?.by ?? now.deal.owner;
    // Their call stands, and leads to the facts as they are now.
    const called =
      isRoutedAlike(before, now) && !events.some(({ type }) => type === 'VotesVoided' || type === 'StepCompleted');
    if (waiting.for === 'votes' && !called)
      tell({ fact: 'review wanted', step: waiting.step }, people(waiting.people), by);
  }
  const left = events.find((e) => e.type === 'Recused');
  if (left && !opens && now.deal.status === 'deciding') {
    const waiting = waitingFor(now);
    // Who was asked already is asked again only for a vote that was thought to be there.
    const asked = before && left.voters === undefined ? waitingFor(before).people : [];
    const fresh = waiting.people.filter((id) => !asked.includes(id));
    if (waiting.for === 'votes') tell({ fact: 'review wanted', step: waiting.step }, people(fresh), left.by);
  } else if (!opens && now.deal.status === 'deciding' && before?.deal.status === 'deciding') {
    // Whoever set something aside left nobody else of compliance: it is asked of the chief, who would hear of it from a reminder only.
    const asked = chiefsCalled(before, before.deal);
    const fresh = chiefsCalled(now, now.deal).filter((id) => !asked.includes(id));
    tell({ fact: 'review wanted', step: now.deal.step }, people(fresh), events.at(-1)?.by ?? now.deal.owner);
  }
  return [...notices, ...cards.filter(explained), ...settling(now, events)];
};

/** Returns the coalescing key of a live card, which is also the key of its message. */
export const liveKey = (live: LiveCard): string => {
  switch (live.card) {
    case 'root':
    case 'answers':
      return live.card;
    case 'section':
      return live.asked === undefined ? `section:${live.section}` : `section:${live.section}:${live.asked}`;
    case 'review':
      return `review:${live.round}:${live.step}`;
    case 'conditions':
    case 'private':
      return live.card;
    default: {
      const never: never = live;
      return never;
    }
  }
};

const liveId = (deal: string, live: LiveCard): string => `live:${deal}:${liveKey(live)}`;
