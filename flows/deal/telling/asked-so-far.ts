/** Who was asked for what waits on a deal, by its record: the messages that its commits owe, in order. */

import type { PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { DealEvent } from '../events.ts';
import type { AskedSoFar } from '../seat-shapes.ts';
import { askOf, namesOfAsk } from './asks.ts';
import type { Notice } from './notices.ts';

export const noneAsked: AskedSoFar = { round: 0, step: 0, people: {} };

/** A commit of a deal. */
export interface Owing {
  events: readonly DealEvent[];
  notices: readonly Notice[];
}

/** Returns what the event ends: whoever is asked for that afterwards, is asked anew. */
const endedBy = (event: DealEvent): ((name: string) => boolean) | undefined => {
  switch (event.type) {
    case 'DealRouted':
    case 'StepCompleted':
      return (name) => name.startsWith('votes:');
    case 'ScopeSaid':
      return (name) => name === 'scope';
    case 'LighterConfirmed':
    case 'LighterRefused':
      return (name) => name === 'lighter';
    case 'ConditionMet':
      return (name) => name === `evidence:${event.condition}`;
    default:
      return undefined;
  }
};

const afterEvent = (asked: AskedSoFar, event: DealEvent): AskedSoFar => {
  const isOver = endedBy(event);
  const left = isOver
    ? Object.fromEntries(Object.entries(asked.people).filter(([name]) => !isOver(name)))
    : asked.people;
  switch (event.type) {
    case 'DealRouted':
      return { round: asked.round + 1, step: 0, people: left };
    case 'StepCompleted':
      return { ...asked, step: event.outcome === 'passed' ? event.step + 1 : asked.step, people: left };
    case 'SeatsNoted':
      // Who comes back is asked again.
      return {
        ...asked,
        people: Object.fromEntries(
          Object.entries(left).map(([name, ids]) => [name, ids.filter((id) => !event.gone.includes(id))]),
        ),
      };
    default:
      return { ...asked, people: left };
  }
};

/** Returns who was asked, of all commits in order. */
export const askedSoFar = (commits: readonly Owing[], organisation: Organisation): AskedSoFar =>
  commits.reduce<AskedSoFar>((asked, { events, notices }) => {
    const then = events.reduce(afterEvent, asked);
    const people: Record<string, readonly PersonId[]> = { ...then.people };
    for (const notice of notices) {
      if (notice.kind !== 'fact' || notice.target.to !== 'person') continue;
      const { person } = notice.target;
      const ask = askOf(notice.fact, person, organisation);
      for (const name of ask ? namesOfAsk(ask) : []) people[name] = [...new Set([...(people[name] ?? []), person])];
    }
    return { ...then, people };
  }, noneAsked);
