/** "Travel in time": the playground's date, and the ways into its future. */

import { businessNow, whenTravelled } from './business-clock.ts';
import { byId, el, run } from './dom.ts';
import { tellAt } from './server.ts';
import { toast } from './toast.ts';
import type { Travel, Travelled } from './travel-wire.ts';

const DAY_MS = 24 * 60 * 60_000;
/** By then everybody's working day is over, and everything due on that day has come. */
const EVENING = 'T18:00';
const EVERY_MS = 10_000;

const words = (at: Date): string =>
  at.toLocaleString([], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** Returns `yyyy-MM-dd` in local time, as a date field has it. */
const dayOf = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

const showTime = (): void => {
  const now = businessNow();
  const shown = byId('business-time');
  if (shown.textContent !== words(now)) shown.textContent = words(now);
  shown.setAttribute('datetime', now.toISOString());
  byId('travel-day').setAttribute('min', dayOf(now));
};

/** Travels; false where that failed. */
const travelTo = async (to: Date): Promise<boolean> => {
  const done = await tellAt<Travelled>('/playground/clock', { to: to.toISOString() } satisfies Travel);
  if (done.error === undefined) return true;
  toast(done.error);
  return false;
};

/** Draws the control once for each page; it is below the rail, which is redrawn all the time. */
export const drawTravel = (): void => {
  const day = el('input', { type: 'date', id: 'travel-day', required: true });
  const add = (label: string, days: number): HTMLElement =>
    el(
      'button',
      { type: 'button', onclick: () => run(travelTo(new Date(businessNow().getTime() + days * DAY_MS))) },
      label,
    );
  const goTo = (event: Event): void => {
    event.preventDefault();
    const to = new Date(`${day.value}${EVENING}`);
    const go = async (): Promise<void> => {
      if (await travelTo(to)) day.value = '';
    };
    if (!Number.isNaN(to.getTime())) run(go());
  };
  byId('travel').replaceChildren(
    el('h2', {}, 'Travel in time'),
    el('time', { id: 'business-time' }),
    // Announced after a journey; a screen reader should not announce passing minutes.
    el('span', { id: 'travelled', class: 'visually-hidden', role: 'status' }),
    el('div', { class: 'steps' }, add('+1 day', 1), add('+1 week', 7)),
    el(
      'form',
      { onsubmit: goTo },
      el('label', { for: 'travel-day' }, 'Go to'),
      el('div', { class: 'steps' }, day, el('button', { type: 'submit' }, 'Go')),
      el('p', { class: 'note' }, 'You arrive at 18:00. Time goes only forwards.'),
    ),
  );
  showTime();
  whenTravelled(() => {
    showTime();
    byId('travelled').textContent = `It is now ${words(businessNow())}.`;
  });
  setInterval(showTime, EVERY_MS);
};
