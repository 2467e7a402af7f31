/** given / when / then for a deal, on the sample policy: commands in, events or a refusal out. */

import { expect } from 'vitest';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Ballot } from '../../flows/deal/deal.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext, Decided } from '../../flows/deal/deciding/decision.ts';
import type { DealEvent, DealEventType } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../flows/deal/state.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import type { About, Refusal } from '../../flows/ids.ts';
import { CONTEXT, voteOf, type Line } from './deal-lines.ts';

export { answer, answeredDeal, ballot, CONTEXT, DEAL, open, sha256, voteOf, type Line } from './deal-lines.ts';

const START = Date.parse('2027-03-01T09:00:00.000Z');

export interface Story {
  state: DealState;
  events: DealEvent[];
  view: DealView;
  /** Runs a command; throws if it is refused. `command` may be made from the view of that moment. */
  and(actor: string, command: DealCommand | ((view: DealView) => DealCommand), at?: string): Story;
  /** Votes in the open step on the current facts. */
  vote(actor: string, more?: Partial<Ballot>): Story;
  when(actor: string, command: DealCommand | ((view: DealView) => DealCommand), at?: string): Then;
  /** Goes on with another story's deal in this one's context: the organisation file was edited. */
  resume(other: Pick<Story, 'state' | 'events'>): Story;
}

export interface Then {
  then(...types: DealEventType[]): Story;
  /** Returns what follows all the same. */
  refused(code: Refusal['code'], words?: RegExp, about?: About): Story;
}

export const story = (lines: readonly Line[], context: DealContext = CONTEXT): Story => {
  const tell = (state: DealState, events: DealEvent[]): Story => {
    const clock = (): string => new Date(START + events.length * 60_000).toISOString();
    const view = (): DealView => dealView(state as OpenedDeal, context.policy, context.organisation, clock());
    const run = (actor: string, command: DealCommand | ((view: DealView) => DealCommand), at = clock()): Decided =>
      decide(
        typeof command === 'function' ? command(view()) : command,
        state,
        { actor, at, id: `id${events.length}` },
        context,
      );
    const take = (decided: Decided): Story => {
      if (decided.kind === 'refused') throw new Error(`refused: ${decided.refusal.text}`);
      return tell(replay(decided.events, state), [...events, ...decided.events]);
    };
    return {
      state,
      events,
      get view() {
        return view();
      },
      resume: (other) => tell(other.state, [...other.events]),
      and: (actor, command, at) => take(run(actor, command, at)),
      vote: (actor, more) => take(run(actor, (v) => voteOf(v, more))),
      when: (actor, command, at) => {
        const decided = run(actor, command, at);
        return {
          then: (...types) => {
            const found = decided.kind === 'accepted' ? decided.events.map((e) => e.type) : [decided.refusal.text];
            expect(found).toEqual(types);
            return take(decided);
          },
          refused: (code, words, about) => {
            expect(decided.kind === 'refused' ? decided.refusal.code : decided.events.map((e) => e.type)).toBe(code);
            if (words && decided.kind === 'refused') expect(decided.refusal.text).toMatch(words);
            if (about && decided.kind === 'refused') expect(decided.refusal.about).toEqual(about);
            return take({ kind: 'accepted', events: decided.events ?? [] });
          },
        };
      },
    };
  };
  return lines.reduce<Story>((told, [actor, command, at]) => told.and(actor, command, at), tell(noDeal, []));
};
