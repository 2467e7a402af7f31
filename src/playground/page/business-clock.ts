/** The time in the playground: as the server tells it, since somebody may have travelled in time. */

let aheadMs = 0;
const listeners = new Set<() => void>();

export const businessNow = (): Date => new Date(Date.now() + aheadMs);

/** Calls the listener when somebody travelled, in whichever window. */
export const whenTravelled = (listener: () => void): void => void listeners.add(listener);

/** `ms`: the server's clock, milliseconds since 1970. */
const setClock = (ms: number): void => {
  aheadMs = ms - Date.now();
  for (const listener of listeners) listener();
};

/** Follows the clock in a pane's stream, which tells the time when it opens and after each journey. */
export const followClock = (stream: EventSource): void =>
  stream.addEventListener('clock', (event: MessageEvent<string>) => setClock(Number(event.data)));
