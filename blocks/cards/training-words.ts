/** Training in words: a course's state, why a person needs it, when the next reminders come. */

import type { Day } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Training } from '../../flows/policy/reminders.ts';
import type { Course } from '../../flows/policy/reminders.ts';
import type { DueRule } from '../../flows/policy/reminders.ts';
import type { NeedReason } from '../../flows/registers/training/needs.ts';
import type { NeedStatus } from '../../flows/registers/training/standing.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { Span } from '../card.ts';
import { capital, count, dayWords, groupName, listWords } from '../words.ts';

/** Follows the course's name. */
export const statusWords = (status: NeedStatus, until: Day): string => {
  switch (status) {
    case 'current':
      return `valid until ${dayWords(until)}`;
    case 'expiring':
      return `runs out on ${dayWords(until)}`;
    case 'expired':
      return `ran out on ${dayWords(until)}`;
    case 'to take':
      return `to be taken by ${dayWords(until)}`;
    case 'missing':
      return `not taken; it was due on ${dayWords(until)}`;
    default: {
      const never: never = status;
      return never;
    }
  }
};

/** `you are in Compliance, and on the team of a deal` */
export const becauseWords = (organisation: Organisation, { groups, dealTeam }: NeedReason): string => {
  const named = groups.length > 0 ? [`in ${listWords(groups.map((id) => groupName(organisation, id)))}`] : [];
  return `you are ${[...named, ...(dealTeam ? ['on the team of a deal'] : [])].join(', and ')}`;
};

/** `30 and 7 days before, on the day itself, and every week after it` */
export const momentsWords = ({ before, weeklyAfter }: DueRule): string => {
  const earlier = before.filter((days) => days > 0);
  const parts = [
    earlier.length > 0
      ? `${listWords(earlier)} ${earlier.length === 1 && earlier[0] === 1 ? 'day' : 'days'} before`
      : '',
    before.includes(0) ? 'on the day itself' : '',
    weeklyAfter ? 'every week after it' : '',
  ].filter((part) => part !== '');
  return listWords(parts);
};

export const rhythmWords = (organisation: Organisation, { reminders }: Training): string => {
  const { escalate } = reminders;
  const when = momentsWords(reminders);
  const told =
    escalate?.to === 'manager' ? 'your manager or compliance' : escalate && groupName(organisation, escalate.to);
  return [
    when === '' ? '' : `Reminders come ${when}.`,
    escalate && told ? `${capital(count(escalate.after, 'day'))} past it, ${told} is told.` : '',
  ]
    .filter((line) => line !== '')
    .join(' ');
};

const HELD = { opening: 'open a deal', voting: 'vote' } as const;

/** `Without it you cannot open a deal or vote.`; undefined if nothing is held back. */
export const trainingHeldWords = ({ blocks }: Training, courses: readonly string[]): string | undefined => {
  const acts = (['opening', 'voting'] as const).filter((act) => blocks[act].some((id) => courses.includes(id)));
  return acts.length === 0 ? undefined : `Without it you cannot ${acts.map((act) => HELD[act]).join(' or ')}.`;
};

/** The course's link, only if it is https; always with its host. */
export const linkSpan = ({ url }: Pick<Course, 'url'>): Span[] => {
  const parsed = url === undefined ? undefined : parsedUrl(url);
  return parsed?.protocol === 'https:' ? [{ link: { url: parsed.href, text: `Take it here (${parsed.host})` } }] : [];
};
