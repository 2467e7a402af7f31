import { businessNow } from './business-clock.ts';

/** `Today`, or the day in the reader's own words. */
export const dayName = (date: Date): string => {
  const today = businessNow();
  if (date.toDateString() === today.toDateString()) return 'Today';
  return date.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
};
