/** The parts of a policy that concern the company and not one deal: training, and its reporting channel. */

import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');
const text = z.string().trim().min(1);
/** Calendar days. */
const days = z.int().min(0).max(366);
const months = z.int().min(1).max(120);

const course = z.strictObject({
  id,
  title: text,
  /** The subject, for people who are to take it. */
  about: text,
  citation: text,
  url: z.url({ protocol: /^https$/ }).optional(),
  validMonths: months,
  for: z.strictObject({ groups: z.array(id).default([]), dealTeam: z.boolean().default(false) }),
});

export const trainingDocument = z.strictObject({
  courses: z.array(course).min(1),
  /** Calendar days in which somebody new takes a course. */
  graceDays: days.default(30),
  /** Acts that require those courses. */
  blocks: z.strictObject({ opening: z.array(id).default([]), voting: z.array(id).default([]) }).default({
    opening: [],
    voting: [],
  }),
});

const dueRule = z.strictObject({ before: z.array(days).default([]), weeklyAfter: z.boolean().default(false) });

export const trainingRemindersDocument = dueRule.extend({
  escalate: z.strictObject({ after: z.int().min(1).max(366), to: id }).optional(),
});

export const channelReviewDocument = dueRule.extend({
  everyMonths: months,
  /** Calendar days past the date after which the chief compliance officer is told. */
  escalate: z.strictObject({ after: z.int().min(1).max(366) }).optional(),
});

/** The default for a policy with training that names no reminders. Must never change: see `remindersDocument`. */
export const TRAINING_REMINDERS: z.output<typeof trainingRemindersDocument> = {
  before: [30, 7, 0],
  weeklyAfter: true,
  escalate: { after: 14, to: 'manager' },
};
