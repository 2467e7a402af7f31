/** The expected quorum, computed separately from the stored order of votes and of what voids them, by its own rules. */

import type { DealEvent } from '../../../flows/deal/events.ts';
import type { Step } from '../../../flows/policy/policy.ts';
import { must } from './script.ts';

export interface Counted {
  votes: number;
  takenBack: number;
  voided: number;
  asked: number;
  decided: string | undefined;
}

type Cast = Extract<DealEvent, { type: 'VoteCast' }>;
type Fact<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>;

const wordsOf = ({ owner, text }: { owner: string; text: string }): string => `${owner}: ${text}`;

/** `commits`: the events of each, in stored order. Throws Broken if the quorum was not exact. */
export const countQuorum = (
  deal: string,
  commits: readonly (readonly DealEvent[])[],
  members: (group: string) => readonly string[],
): Counted => {
  const counted: Counted = { votes: 0, takenBack: 0, voided: 0, asked: 0, decided: undefined };
  const standing = new Map<string, Cast>();
  let steps: readonly Step[] = [];
  let facts = '';
  let open = 0;
  let version = 0;
  const right: typeof must = (holds, what) => must(holds, `${deal}, version ${version}: ${what}`);

  /** Events that have to come with a vote, in the same commit: no more and no less. */
  const dueNow = (): string[] => {
    const step = steps[open];
    const here = [...standing.values()].filter((vote) => vote.step === open);
    if (here.some(({ ballot }) => ballot.outcome === 'decline')) return ['step declined', 'declined'];
    const of = (group: string): number => here.filter(({ by }) => members(group).includes(by)).length;
    const enough = step && here.length >= step.quorum && step.including.every((i) => of(i.group) >= i.atLeast);
    if (!enough) return [];
    if (open + 1 < steps.length) return ['step passed'];
    const conditions = [...standing.values()].some(({ ballot }) => ballot.conditions.length > 0);
    return ['step passed', conditions ? 'approved with conditions' : 'approved'];
  };

  const cast = (vote: Cast, more: readonly DealEvent[]): void => {
    const group = steps[open]?.group ?? '';
    right(counted.decided === undefined, `${vote.by} voted on a deal that is decided`);
    right(vote.step === open, `${vote.by} voted in step ${vote.step} while step ${open} was open`);
    right(vote.factsHash === facts, `${vote.by} voted on facts that are not of today`);
    right(members(group).includes(vote.by), `${vote.by} voted and is not in ${group}`);
    right(!standing.has(vote.by), `${vote.by} was counted twice`);
    standing.set(vote.by, vote);
    counted.votes += 1;
    const follows = more.map((event) =>
      event.type === 'StepCompleted'
        ? `step ${event.outcome}`
        : event.type === 'DealDecided'
          ? event.outcome
          : event.type,
    );
    const due = dueNow();
    right(follows.join() === due.join(), `with this vote came [${follows.join()}], and [${due.join()}] was due`);
    for (const event of more) {
      if (event.type === 'StepCompleted') open += 1;
      if (event.type === 'DealDecided') decide(event);
    }
  };

  const decide = ({ outcome, conditions }: Fact<'DealDecided'>): void => {
    counted.decided = outcome;
    const asked = outcome === 'declined' ? [] : [...standing.values()].flatMap(({ ballot }) => ballot.conditions);
    const wanted = [...new Set(asked.map(wordsOf))].toSorted();
    const got = conditions.map(wordsOf).toSorted();
    right(got.join('; ') === wanted.join('; '), `decided with [${got.join('; ')}] instead of [${wanted.join('; ')}]`);
  };

  for (const events of commits) {
    version += 1;
    const [first, ...more] = events;
    right(first !== undefined, 'nothing happened');
    if (first.type === 'VoteCast') {
      cast(first, more);
      continue;
    }
    for (const event of events) {
      switch (event.type) {
        case 'VoteTakenBack':
          right(standing.get(event.by)?.step === open, `${event.by} took a vote back that does not stand in this step`);
          right(counted.decided === undefined, `${event.by} took a vote back from a deal that is decided`);
          standing.delete(event.by);
          counted.takenBack += 1;
          break;
        case 'InformationAsked':
          right(counted.decided === undefined, `${event.by} asked about a deal that is decided`);
          right(members(steps[open]?.group ?? '').includes(event.by), `${event.by} asked and is no approver`);
          counted.asked += 1;
          break;
        case 'VotesVoided': {
          const voted = [...standing.keys()].toSorted().join();
          right(event.voters.toSorted().join() === voted, `voided ${event.voters.join()} of ${voted}`);
          counted.voided += standing.size;
          standing.clear();
          break;
        }
        case 'DealRouted':
          right(standing.size === 0, 'votes on other facts go on');
          steps = event.route.steps;
          facts = event.route.factsHash;
          open = 0;
          break;
        case 'StepCompleted':
        case 'DealDecided':
          right(false, `${event.type} without a vote`);
          break;
        default:
      }
    }
  }
  return counted;
};
