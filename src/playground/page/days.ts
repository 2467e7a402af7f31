import { businessNow } from './business-clock.ts';
import { el } from './dom.ts';

/** Returns `Today`, or the day in the reader's own language. */
const dayName = (date: Date): string => {
  const today = businessNow();
  if (date.toDateString() === today.toDateString()) return 'Today';
  return date.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
};

/** Puts the day above the first message of each. A day that is in `list` already is used again: nothing moves. */
export const withDays = (list: HTMLElement, messages: readonly { at: Date; element: HTMLElement }[]): HTMLElement[] => {
  let before = '';
  return messages.flatMap(({ at, element }) => {
    const day = dayName(at);
    if (day === before) return [element];
    before = day;
    const known = list.querySelector<HTMLElement>(`.day[data-day="${CSS.escape(day)}"]`);
    return [known ?? el('div', { class: 'day', 'data-day': day }, el('span', {}, day)), element];
  });
};
