/** What time it is in the playground: as the server says it, since somebody may have travelled in time. */

let aheadMs = 0;
const listeners = new Set<() => void>();

export const businessNow = (): Date => new Date(Date.now() + aheadMs);

/** Called when somebody travelled, in whichever window. */
export const whenTravelled = (listener: () => void): void => void listeners.add(listener);

/** `ms`: the server's clock, milliseconds since 1970. */
const setClock = (ms: number): void => {
  aheadMs = ms - Date.now();
  for (const listener of listeners) listener();
};

/** Both panes' streams say the time when they open, and after each journey. */
export const followClock = (stream: EventSource): void =>
  stream.addEventListener('clock', (event: MessageEvent<string>) => setClock(Number(event.data)));
