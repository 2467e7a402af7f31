/** Draws how long ago something was, kept current for as long as the page is open. */

import { businessNow, whenTravelled } from './business-clock.ts';
import { el } from './dom.ts';

const MINUTE_MS = 60_000;
const UNITS = [
  { unit: 'day', minutes: 24 * 60 },
  { unit: 'hour', minutes: 60 },
  { unit: 'minute', minutes: 1 },
] as const;

/** Returns `2 days ago`, as Slack's `{ago}` reads. */
const words = (seconds: number): string => {
  const minutes = Math.floor((businessNow().getTime() / 1000 - seconds) / 60);
  const found = UNITS.find((each) => minutes >= each.minutes);
  if (!found) return 'just now';
  const count = Math.floor(minutes / found.minutes);
  return `${count} ${found.unit}${count === 1 ? '' : 's'} ago`;
};

export const ago = (seconds: number): HTMLElement => {
  const at = new Date(seconds * 1000);
  return el(
    'time',
    // Messages are in a live region, where a screen reader should not announce passing minutes.
    { class: 'ago', datetime: at.toISOString(), title: at.toLocaleString(), 'aria-live': 'off' },
    words(seconds),
  );
};

const refresh = (): void => {
  for (const shown of document.querySelectorAll<HTMLTimeElement>('time.ago')) {
    const now = words(Date.parse(shown.dateTime) / 1000);
    if (shown.textContent !== now) shown.textContent = now;
  }
};
setInterval(refresh, MINUTE_MS);
whenTravelled(refresh);
