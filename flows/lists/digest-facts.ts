/** What a digest needs of a deal besides its summary: of most deals nothing. Made of the deal alone, JSON. */

import { conditionsIn, progressOf } from '../deal/approval/evolve-conditions.ts';
import { approvalOf } from '../deal/approval/in-force.ts';
import { allReassessments, latestLook } from '../deal/approval/reassessments.ts';
import type { Reassessment, Vote } from '../deal/deal.ts';
import { handsOf, type Hands } from '../deal/owing/conditions.ts';
import { recusedFrom } from '../deal/rights/apart.ts';
import { sectionProgress, votingOn, waitingFor, type Voting } from '../deal/rights/whose-turn.ts';
import type { DealView } from '../deal/view.ts';
import type { Instant, PersonId } from '../ids.ts';
import type { Tier } from '../policy/policy.ts';
import { summaryOf, type DealSummary } from './summary.ts';

/** A vote that counts or did in its step. */
type CountedVote = Pick<Vote, 'by' | 'for' | 'step' | 'outcome'>;

export interface DigestFacts {
  /** Those who recused themselves from the deal. */
  recused?: readonly PersonId[] | undefined;
  /** The tier of the digest's table while the deal is answered, where the summary shows another or none. */
  tier?: Tier | 'unknown' | undefined;
  /** Who has a section to answer, while one is open. */
  answering?: readonly PersonId[] | undefined;
  /** Of the open step; the team and those recused stand beside it. */
  voting?: Omit<Voting<CountedVote>, 'team' | 'recused'> | undefined;
  /** Of conditions that somebody says are met, by condition; the owner stands in the summary. */
  hands?: Readonly<Record<string, Omit<Hands, 'owner'>>> | undefined;
  /** Flags that wait and keep a stop. */
  stops?: readonly string[] | undefined;
  /** The reason that is due first, while the deal is reassessed. */
  again?: Pick<Reassessment, 'id' | 'due'> | undefined;
  /** True where its policy names no day by which an approval is looked at again. */
  undated?: true | undefined;
  /** When it was stopped or found out of scope, where the summary has another time or none. */
  ended?: Instant | undefined;
}

/** A deal as a digest sees it. */
export interface DigestDeal {
  summary: DealSummary;
  facts: DigestFacts;
}

/** The first that is due, of several on one day the first that was there. */
export const firstDue = <T extends { due?: string | undefined }>(tasks: readonly T[]): T | undefined => {
  let first: T | undefined;
  for (const task of tasks) if (!first || (task.due ?? '') < (first.due ?? '')) first = task;
  return first;
};

const answeringOf = (view: DealView): PersonId[] | undefined => {
  const waiting = waitingFor(view);
  if (waiting.for !== 'section') return undefined;
  const open = sectionProgress(view).flatMap(({ section, done }) => (done ? [] : [section.id]));
  const handed = open.flatMap((id) => view.deal.handOvers[id]?.to ?? []);
  return [...new Set([...waiting.people, ...handed])];
};

/** Votes of an earlier step spend their voters whatever they were on; those of the open one count on the present facts. */
const votingOf = (view: DealView): DigestFacts['voting'] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return undefined;
  const { steps, step, votes, factsHash, close } = votingOn(view, deal);
  const counted = votes.flatMap((vote): CountedVote[] => {
    const { by, for: absent, step: of, outcome } = vote;
    const isSpent = of < step || (of === step && vote.factsHash === factsHash);
    return isSpent ? [{ by, step: of, outcome, ...(absent === undefined ? {} : { for: absent }) }] : [];
  });
  return { steps, step, votes: counted, ...(close ? { close } : {}) };
};

const heldIn = (view: DealView): DigestFacts['hands'] => {
  const approval = approvalOf(view.deal);
  const met = approval ? conditionsIn(approval).filter(({ id }) => progressOf(approval, id).status === 'met') : [];
  if (!approval || met.length === 0) return undefined;
  return Object.fromEntries(
    met.map((condition) => {
      const { handedBy, met: evidence } = handsOf(approval, condition);
      const { by, for: absent } = evidence ?? {};
      return [
        condition.id,
        {
          ...(handedBy === undefined ? {} : { handedBy }),
          ...(by === undefined ? {} : { met: { by, ...(absent === undefined ? {} : { for: absent }) } }),
        },
      ];
    }),
  );
};

const endedOf = ({ deal }: DealView): Instant | undefined => {
  if (deal.status === 'stopped') return deal.at;
  if (deal.status !== 'out of scope') return undefined;
  return deal.confirmed && deal.confirmed.deal === undefined ? deal.confirmed.at : deal.at;
};

/** The same for the same deal and summary, whatever the organisation and the time. */
export const digestFactsOf = (view: DealView, summary: DealSummary): DigestFacts => {
  const { deal, assessment } = view;
  const recused = recusedFrom(deal);
  const tier = assessment.tier ?? 'unknown';
  const answering = answeringOf(view);
  const voting = votingOf(view);
  const hands = heldIn(view);
  const stops = deal.ownFlags.flatMap(({ id, status, stops }) =>
    status === 'pending' && stops !== undefined ? [id] : [],
  );
  const again = deal.standing && firstDue(allReassessments(view));
  const ended = endedOf(view);
  return {
    ...(recused.length > 0 ? { recused } : {}),
    ...(deal.status === 'answering' && tier !== (summary.tier ?? 'unknown') ? { tier } : {}),
    ...(answering ? { answering } : {}),
    ...(voting ? { voting } : {}),
    ...(hands ? { hands } : {}),
    ...(stops.length > 0 ? { stops } : {}),
    ...(again ? { again: { id: again.id, due: again.due } } : {}),
    ...(approvalOf(deal) && latestLook(view) === undefined ? { undated: true } : {}),
    ...(ended !== undefined && ended !== summary.endedAt ? { ended } : {}),
  };
};

const NOTHING: DigestFacts = {};
const NOTHING_TEXT = JSON.stringify(NOTHING);

/** Returns the facts as they are sealed and kept: a text, which most who read a summary don't need. */
export const digestText = (facts: DigestFacts): string => JSON.stringify(facts);

/** Tells whether there is nothing but the summary. */
export const isNothing = (text: string): boolean => text === NOTHING_TEXT;

/** `text`: absent where there is nothing but the summary. */
export const digestFactsIn = (text: string | undefined): DigestFacts =>
  text === undefined || isNothing(text) ? NOTHING : (JSON.parse(text) as DigestFacts);

/** From the deal's state, where its summary is from before a digest could be made of it. */
export const digestDealOf = (view: DealView): DigestDeal => {
  const summary = summaryOf(view);
  return { summary, facts: digestFactsOf(view, summary) };
};
