/** The lines of standing holds in a digest. Guidance: A1 and A8. */

import { calendarOf, dayIn } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import { daysBetween, midnight, type DigestLine } from './digest.ts';

export const holdLines = (organisation: Organisation, now: Instant): DigestLine[] => {
  const today = midnight(dayIn(now, calendarOf(organisation)));
  return (organisation.holds ?? []).map(({ id, on, review }): DigestLine => {
    const day = midnight(review);
    const late = day <= today;
    return {
      of: late ? 'hold to review' : 'hold',
      ...(on.of === 'deal' ? { deal: on.deal } : {}),
      people: [],
      days: late ? daysBetween(day, today) : daysBetween(today, day),
      about: id,
    };
  });
};
