import { businessNow } from './business-clock.ts';
import { el } from './dom.ts';

const day = new Intl.DateTimeFormat([], { weekday: 'long', day: 'numeric', month: 'long' });

/** Returns `Today`, or the day in the reader's own language. */
const dayName = (date: Date): string => {
  const today = businessNow();
  if (date.toDateString() === today.toDateString()) return 'Today';
  return day.format(date);
};

/** Puts the day above the first message of each. A day that is in `list` already is used again: nothing moves. */
export const withDays = (list: HTMLElement, messages: readonly { at: Date; element: HTMLElement }[]): HTMLElement[] => {
  let before = '';
  return messages.flatMap(({ at, element }) => {
    const name = dayName(at);
    if (name === before) return [element];
    before = name;
    const known = list.querySelector<HTMLElement>(`.day[data-day="${CSS.escape(name)}"]`);
    return [known ?? el('div', { class: 'day', 'data-day': name }, el('span', {}, name)), element];
  });
};
