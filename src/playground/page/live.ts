/** One stream of server-sent events, reopened for each person. Both panes follow theirs. */

import { followClock } from './business-clock.ts';
import { byId, run } from './dom.ts';

let events: EventSource | undefined;

/** Opens the stream; resolves when it is open. `again` runs after each lost connection. */
export const listen = <Live>(
  path: string,
  { user, tab }: { user: string; tab: string },
  heard: (live: Live) => void,
  again: () => Promise<void>,
): Promise<void> =>
  new Promise((resolve) => {
    events?.close();
    const stream = new EventSource(`${path}?${new URLSearchParams({ user, tab }).toString()}`);
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
    stream.addEventListener('message', (event: MessageEvent<string>) => heard(JSON.parse(event.data) as Live));
  });
