/** Which messages a commit owes to whom. Pure: the same events always owe the same notices, with the same ids. */
import type { PersonId } from '../organisation.ts';
import { membersOf } from '../organisation.ts';
import type { Fact, LiveCard, Notice, NoticeTarget } from '../notices.ts';
import type { SectionId } from '../policy/policy.ts';
import type { DealEvent } from './events.ts';
import { sectionProgress, waitingFor } from './next.ts';
import type { DealView } from './view.ts';

/** The sections whose card stands in the thread: up to the first that is neither answered nor handed over. */
export const shownSections = (view: DealView): SectionId[] => {
  const shown: SectionId[] = [];
  for (const { section, done } of sectionProgress(view)) {
    shown.push(section.id);
    if (!done && view.deal.handOvers[section.id] === undefined) break;
  }
  return shown;
};

/** What a section's card shows, to see whether it must be drawn again. */
const face = (view: DealView, section: SectionId): string => {
  const questions = new Set(view.policy.sections.find((s) => s.id === section)?.questions.map((q) => q.id));
  return JSON.stringify([
    view.deal.answers[section],
    view.deal.drafts[section],
    view.deal.handOvers[section],
    view.deal.status === 'answering' || view.deal.status === 'deciding',
    view.assessment.flags.filter((f) => f.because.some((id) => questions.has(id))),
    view.assessment.openQuestions.filter((q) => questions.has(q.id)),
  ]);
};

const liveCards = (before: DealView | undefined, now: DealView, events: readonly DealEvent[]): LiveCard[] => {
  const cards: LiveCard[] = [{ card: 'root' }];
  const was = before ? shownSections(before) : [];
  const shown = now.deal.status === 'answering' ? shownSections(now) : was;
  for (const section of new Set([...was, ...shown])) {
    if (!before || !was.includes(section) || face(before, section) !== face(now, section)) {
      cards.push({ card: 'section', section });
    }
  }
  const reviewCards = new Map<string, LiveCard>();
  const review = (round: number, step: number): void => {
    reviewCards.set(`${round}/${step}`, { card: 'review', round, step });
  };
  if (before?.deal.status === 'deciding') {
    for (let step = 0; step <= before.deal.step && step < before.deal.route.steps.length; step += 1) {
      if (step === before.deal.step || before.deal.round !== now.deal.round) review(before.deal.round, step);
    }
  }
  if (now.deal.status === 'deciding' && now.deal.step < now.deal.route.steps.length)
    review(now.deal.round, now.deal.step);
  const matters = events.some((e) => e.type !== 'Nudged' && e.type !== 'RecordExported');
  return matters ? [...cards, ...reviewCards.values()] : [{ card: 'root' }];
};

const THREAD: NoticeTarget = { to: 'thread' };
const people = (ids: readonly PersonId[]): NoticeTarget[] =>
  [...new Set(ids)].map((person) => ({ to: 'person', person }));

const approvers = (before: DealView | undefined): PersonId[] =>
  before?.deal.status === 'deciding' ? [...before.deal.votes.map((v) => v.by), ...waitingFor(before).people] : [];

/** Whoever had the section until now need not answer it any more. */
const takenFrom = (
  { section, by }: { section: SectionId; by: PersonId },
  before: DealView | undefined,
): [Fact, NoticeTarget[]][] => {
  const holder = before?.deal.handOvers[section]?.to;
  if (holder === undefined) return [];
  return [[{ fact: 'section taken back', section, by }, people([holder])]];
};

const factsOf = (event: DealEvent, before: DealView | undefined, now: DealView): [Fact, NoticeTarget[]][] => {
  const { deal, organisation } = now;
  const compliance = membersOf(organisation, organisation.roles.compliance).filter((p) => !deal.team.includes(p));
  switch (event.type) {
    case 'SectionHandedOver': {
      const { to, by } = event.handOver;
      return [
        [{ fact: 'section handed over', section: event.section, to, by }, [THREAD, ...people([to])]],
        ...takenFrom(event, before),
      ];
    }
    case 'HandOverEnded':
      return takenFrom(event, before);
    case 'FlagRaised':
      return [[{ fact: 'own flag raised', flag: event.flag }, [THREAD, ...(event.pending ? people(compliance) : [])]]];
    case 'FlagAdmitted':
    case 'FlagDismissed': {
      const raiser = deal.ownFlags.find((f) => f.id === event.flag)?.by;
      return [[{ fact: 'own flag settled', flag: event.flag }, [THREAD, ...(raiser ? people([raiser]) : [])]]];
    }
    case 'FoundOutOfScope':
      // A deal that was under review does not slip away unseen.
      return [
        [{ fact: 'out of scope' }, [THREAD, ...(deal.round > 0 ? people([...compliance, ...approvers(before)]) : [])]],
      ];
    case 'DetailsCorrected':
      return [[{ fact: 'details corrected' }, [THREAD]]];
    case 'DealRouted':
      return [[{ fact: 'routed' }, [THREAD]]];
    case 'DealStopped':
      return [
        [{ fact: 'stopped' }, [THREAD, ...people([deal.owner, ...membersOf(organisation, organisation.roles.chief)])]],
      ];
    case 'VoteCast':
      return [[{ fact: 'vote cast', step: event.step, by: event.by }, [THREAD]]];
    case 'VoteTakenBack':
      return [[{ fact: 'vote taken back', step: event.step, by: event.by }, [THREAD]]];
    case 'VotesVoided':
      return [[{ fact: 'votes voided' }, [THREAD, ...people(event.voters)]]];
    case 'InformationAsked':
      return [[{ fact: 'information asked', request: event.request }, [THREAD, ...people([deal.owner])]]];
    case 'InformationGiven': {
      const asker = deal.requests.find((r) => r.id === event.request)?.by;
      return [[{ fact: 'information given', request: event.request }, [THREAD, ...(asker ? people([asker]) : [])]]];
    }
    case 'DealDecided':
      return [[{ fact: 'decided' }, [THREAD, ...people([deal.owner, deal.requester])]]];
    case 'DealWithdrawn':
      return [[{ fact: 'withdrawn' }, [THREAD, ...people(before ? waitingFor(before).people : [])]]];
    case 'DealReopened':
      return [[{ fact: 'reopened' }, [THREAD, ...people([deal.owner])]]];
    case 'OwnerReassigned': {
      const { to, reason, by } = event;
      return [[{ fact: 'owner reassigned', to, by, reason }, [THREAD, ...people([to])]]];
    }
    case 'Nudged':
      return [[{ fact: 'nudged', by: event.by }, people(event.people)]];
    case 'DealOpened':
    case 'SectionSavedForLater':
    case 'SectionAnswered':
    case 'FoundInScope':
    case 'QuestionsReopened':
    case 'StepCompleted':
    case 'RecordExported':
      return [];
    default: {
      const never: never = event;
      return never;
    }
  }
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
  const isReview = (notice: Notice): boolean => notice.kind === 'live' && notice.live.card === 'review';
  // In the thread a review card comes after the words that explain it.
  const notices: Notice[] = cards.filter((n) => !isReview(n));
  const tell = (fact: Fact, targets: readonly NoticeTarget[]): void => {
    for (const target of targets) notices.push({ id: `${id}-${notices.length}`, kind: 'fact', target, fact });
  };
  for (const event of events) {
    for (const [fact, targets] of factsOf(event, before, now)) {
      const actor = event.by;
      tell(
        fact,
        targets.filter((t) => t.to === 'thread' || t.person !== actor),
      );
    }
  }
  // Whoever must decide next is told once, when the step becomes theirs.
  const opens = events.some((e) => e.type === 'DealRouted' || (e.type === 'StepCompleted' && e.outcome === 'passed'));
  if (opens && now.deal.status === 'deciding') {
    const waiting = waitingFor(now);
    if (waiting.for === 'votes') tell({ fact: 'review wanted', step: waiting.step }, people(waiting.people));
  }
  return [...notices, ...cards.filter(isReview)];
};

/** The coalescing key of a live card, and the key of its message. */
export const liveKey = (live: LiveCard): string => {
  switch (live.card) {
    case 'root':
      return 'root';
    case 'section':
      return `section:${live.section}`;
    case 'review':
      return `review:${live.round}:${live.step}`;
    default: {
      const never: never = live;
      return never;
    }
  }
};

const liveId = (deal: string, live: LiveCard): string => `live:${deal}:${liveKey(live)}`;
