/** What was told of each duty, and what was put off. */

import type { DealEvent } from './events.ts';
import type { Opened } from './state.ts';

type Reminders = Pick<Opened, 'reminded' | 'snoozed'>;

export const evolveReminder = (
  { reminded, snoozed }: Reminders,
  event: Extract<DealEvent, { type: 'Reminded' | 'Snoozed' }>,
): Reminders => {
  const { duty } = event;
  if (event.type === 'Reminded') {
    const { [duty]: _over, ...others } = snoozed ?? {};
    const also = Object.fromEntries((event.also ?? []).map((key) => [key, 1]));
    return { reminded: { ...reminded, ...also, [duty]: event.stage }, snoozed: others };
  }
  // "Later" asks for a reminder: the last one that was told comes again on that day.
  const told = Math.max(0, (reminded?.[duty] ?? 0) - 1);
  return { reminded: { ...reminded, [duty]: told }, snoozed: { ...snoozed, [duty]: event.until } };
};
