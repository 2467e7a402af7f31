/** Notes on the deal that another organisation file counts: who is asked now, who is not any more, whether its route goes on. */

import { SYSTEM } from '../../organisation.ts';
import { filledBy } from '../owing/filled.ts';
import { shortfallsNow } from '../rights/whose-turn.ts';
import { namesOfAsk } from '../telling/asks.ts';
import { seatsAsked } from '../telling/seats.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

/** House rule. */
export const decideNoteSeats = ({ command: { asked }, view, meta }: Case<'NoteSeats'>): Decided => {
  const { deal } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only the bot itself reads its files.');
  const step = deal.status === 'deciding' ? deal.step : 0;
  if (deal.status === 'deciding' && (asked.round !== deal.round || asked.step !== step)) {
    return refuse('not now', 'The deal moved on meanwhile, and asked who has a place now.');
  }
  const seats = seatsAsked(view).map((seat) => ({
    ...seat,
    before: namesOfAsk(seat.asked).flatMap((name) => asked.people[name] ?? []),
  }));
  const calls = seats.flatMap(({ asked: ask, people, before }) => {
    const fresh = people.filter((id) => !before.includes(id));
    // Whoever was asked first for anything but a vote was asked when it came up.
    return fresh.length > 0 && (ask.kind === 'votes' || before.length > 0) ? [{ asked: ask, people: fresh }] : [];
  });
  const gone = [...new Set(seats.flatMap(({ before, keeps }) => before.filter((id) => !keeps(id))))];
  const was = deal.status === 'deciding' ? deal : undefined;
  const full = was !== undefined && filledBy(view, was) !== 'open';
  const short = shortfallsNow(view).length > 0;
  const wasShort = was?.short ?? (was?.route.shortfalls.length ?? 0) > 0;
  const isSame = full === (was?.full !== undefined) && short === wasShort;
  if (calls.length + gone.length === 0 && isSame)
    return refuse('not now', 'Nobody’s place on this deal is another one.');
  return accept(meta, [{ type: 'SeatsNoted', calls, gone, ...(full ? { full } : {}), ...(short ? { short } : {}) }]);
};
