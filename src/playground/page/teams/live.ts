/** One stream of server-sent events, opened anew for each person. */
import { followClock } from '../business-clock.ts';
import { byId, run } from '../dom.ts';
import { session } from './session.ts';
import type { TeamsLive } from './wire.ts';

let events: EventSource | undefined;

/** Resolves when it is open; `again` runs after each lost connection. */
export const listen = (heard: (live: TeamsLive) => void, again: () => Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    events?.close();
    const query = new URLSearchParams({ user: session.user, tab: session.tab });
    const stream = new EventSource(`/playground/teams/ui/events?${query.toString()}`);
    events = stream;
    followClock(stream);
    const banner = byId('banner');
    let before = false;
    stream.addEventListener('open', () => {
      banner.hidden = true;
      if (before) run(again());
      before = true;
      resolve();
    });
    stream.addEventListener('error', () => {
      banner.hidden = false;
      banner.textContent = 'Not connected to the playground. Trying again…';
    });
    // The server wrote it: `wire.ts` is the contract.
    stream.addEventListener('message', (event: MessageEvent<string>) => heard(JSON.parse(event.data) as TeamsLive));
  });
