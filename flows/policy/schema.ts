/** The YAML policy, as data. Strict: a misspelt key is an error. Lengths and ids are checked in `check.ts`. */

import { z } from 'zod';
import { isDay } from '../calendar.ts';
import { factCondition, weighedCondition } from './condition.ts';
import { KNOWERS, NAMED_KINDS, type Retention } from './policy.ts';
import { indicatorsDocument } from './schema-indicators.ts';
import { pictureDocument, pictureQuestion } from './schema-picture.ts';
import { channelReviewDocument, trainingDocument, trainingRemindersDocument } from './schema-training.ts';
import { weighingDocument } from './schema-weighing.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');
const text = z.string().trim().min(1);
const weight = z.enum(['light', 'moderate', 'heavy', 'severe']);

const option = z.strictObject({ value: id, label: text });

const question = z.strictObject({
  id,
  text,
  hint: text.optional(),
  kind: z.enum(['yes-no', 'choice', 'choices', 'text']).default('yes-no'),
  /** Mildest first. */
  options: z.array(option).default([]),
  citation: text,
  /** The question's own id where absent. */
  sources: z.array(id).optional(),
  /** The worse answer: a worse answer never makes a deal lighter. */
  worse: z.enum(['yes', 'no']).default('yes'),
  weighty: z.boolean().default(false),
  allowNotApplicable: z.boolean().default(false),
  evidence: z.boolean().default(false),
  /** The answer is a sentence: what to write, said where it is less. For text. */
  sentence: text.optional(),
  /** A "yes" stops the deal at once, whatever else is open. */
  stops: z.boolean().optional(),
  references: z.array(id).default([]),
  when: factCondition.optional(),
  /** Who answers it. Product managers: on a product sheet; counsel or compliance: in a country brief. */
  answeredBy: z.array(z.enum(KNOWERS)).min(1).optional(),
  ...pictureQuestion,
});

const section = z.strictObject({
  id,
  title: text,
  intro: text,
  questions: z.array(question).min(1),
  checklists: z
    .array(z.strictObject({ id, prompt: text, answer: z.enum(['yes', 'no']), questions: z.array(id).min(2) }))
    .default([]),
});

const flag = z.strictObject({
  id,
  title: text,
  why: text,
  citation: text,
  weight,
  when: factCondition,
  modifiers: z
    .array(z.strictObject({ id, text, effect: z.enum(['heavier', 'lighter']), when: factCondition }))
    .default([]),
  safeguards: z.array(id).default([]),
});

const safeguard = z.strictObject({
  id,
  title: text,
  condition: text,
  citation: text,
  dueInDays: z.int().min(0).max(3650),
});

const scopeRule = z.strictObject({ id, when: factCondition, text });

const tierRule = z.strictObject({
  id,
  tier: z.enum(['low', 'elevated', 'high', 'prohibited']),
  when: weighedCondition,
  text,
});

const route = z.strictObject({
  /** Approvers fill the G6 weighing. */
  weighing: z.boolean().default(false),
  steps: z
    .array(
      z.strictObject({
        group: id,
        quorum: z.int().min(1).max(20),
        including: z.array(z.strictObject({ group: id, atLeast: z.int().min(1).max(20) })).default([]),
      }),
    )
    .min(1),
});

/** A year of business days is longer than anybody waits. */
const days = z.int().min(1).max(250);
const escalate = z.strictObject({ after: days, to: id });
const reminderRule = z.strictObject({ after: z.array(days), escalate: escalate.optional() });

const months = z.int().min(1).max(120);
const reassessmentRule = reminderRule.extend({
  before: z.array(days).default([]),
  within: days.default(30),
  /** Months after an approval, by its tier, at the end of which the deal is looked at again, whatever date was given. */
  atMost: z.strictObject({ high: months, others: months }).optional(),
  /** Business days past its date, after which the approval is suspended. Absent: never. */
  suspend: days.optional(),
});
/** The default for a policy without this part: it came after the others, so it is not stored with the policy. */
export const usualReassessments: z.output<typeof reassessmentRule> = {
  before: [90, 60, 30, 7],
  within: 30,
  after: [3, 6],
  escalate: { after: 10, to: 'manager' },
};

const watchRule = reminderRule.extend({ every: days });
/** The default, as above. */
export const usualWatch: z.output<typeof watchRule> = {
  every: 90,
  after: [5],
  escalate: { after: 10, to: 'manager' },
};

const sheetsRule = reminderRule.extend({ months: z.int().min(1).max(60), before: z.array(days).default([]) });
/** The default, as above. */
export const usualSheets: z.output<typeof sheetsRule> = {
  months: 12,
  before: [30, 7],
  after: [5],
  escalate: { after: 10, to: 'manager' },
};

const holdsRule = reminderRule.extend({ before: z.array(days).default([]) });
/** The default for a policy without this part: it came after the others, so it is not stored with the policy. */
export const usualHolds: z.output<typeof holdsRule> = {
  before: [7],
  after: [2, 5],
  escalate: { after: 8, to: 'manager' },
};

/**
 * A part that is left out has these defaults; one that is written holds as written. A policy without any of it is
 * stored without it, to keep the hash it had before there were reminders: these defaults must never change.
 */
export const remindersDocument = z.strictObject({
  sections: reminderRule.default({ after: [2, 4], escalate: { after: 6, to: 'manager' } }),
  information: reminderRule.default({ after: [1, 3], escalate: { after: 5, to: 'manager' } }),
  approvals: reminderRule.default({ after: [2, 4], escalate: { after: 6, to: 'manager' } }),
  conditions: reminderRule
    .extend({ before: z.array(days).default([]), suspend: days.optional() })
    .default({ before: [14, 3], after: [2, 5], escalate: { after: 8, to: 'manager' } }),
  evidence: reminderRule.default({ after: [2, 4], escalate: { after: 6, to: 'manager' } }),
  reassessments: reassessmentRule.optional(),
  holds: holdsRule.optional(),
  training: trainingRemindersDocument.optional(),
  channelReview: channelReviewDocument.optional(),
  watch: watchRule.optional(),
  /** Product sheets and country briefs: the months for which they are valid, and reminders around their last day. */
  sheets: sheetsRule.optional(),
  /** An export licence that is not settled, reminded of every so many business days. */
  licence: z.strictObject({ every: days, escalate: escalate.optional() }).optional(),
  /** Business days in which a complete deal with gaps asks who might know, before it goes to its approvers. Absent: none. */
  findOut: z.int().min(1).max(20).optional(),
});

const keptMonths = z.int().min(1).max(600).optional();
const retentionDocument = z.strictObject({
  approved: keptMonths,
  declined: keptMonths,
  stopped: keptMonths,
  withdrawn: keptMonths,
  outOfScope: keptMonths,
}) satisfies z.ZodType<Retention>;

export const policyDocument = z.strictObject({
  name: text,
  version: text,
  scope: z.strictObject({
    /** The section that settles the scope, asked first. */
    section: id,
    /** A deal is out of scope when one of these holds, and in scope otherwise. */
    out: z.array(scopeRule),
    /** Reasons to name when it is in scope. */
    in: z.array(scopeRule).default([]),
    /** The reason where none of these applies. */
    otherwise: text,
  }),
  /** The open question raised by an end-user of unknown kind, and the safeguards that it offers. */
  endUserKind: z.strictObject({ text, citation: text, safeguards: z.array(id).optional() }),
  sections: z.array(section).min(1),
  flags: z.array(flag),
  safeguards: z.array(safeguard),
  /** Lines that "Why?" adds when they hold. */
  principles: z.array(z.strictObject({ id, text, citation: text, when: weighedCondition })).default([]),
  /** Sets the tier. A policy has this or, as all had before it, `tiers`. */
  picture: pictureDocument.optional(),
  /** The first rule that holds sets the tier: gravest first, and the last always holds. */
  tiers: z.array(tierRule).min(1).optional(),
  routes: z.strictObject({ low: route.optional(), elevated: route.optional(), high: route.optional() }),
  /** These three came after the others: absent where a policy does not say, for its hash. */
  declareStake: z.boolean().optional(),
  managerAlone: z.boolean().optional(),
  delegates: z.enum(['same-group', 'anybody']).optional(),
  reminders: remindersDocument.optional(),
  training: trainingDocument.optional(),
  weighing: weighingDocument,
  /** Whether compliance confirms that a deal is out of scope. Absent, as in older policies: never. */
  confirmScope: z.enum(['always', 'able', 'never']).optional(),
  /** Categories of the catalogue whose products can gather or analyse data about people, unless marked otherwise. */
  ableCategories: z.array(text).optional(),
  /** Words in a party's name that belong to a kind of end-user: beside a milder one it is shown. Absent, as in older policies: none. */
  kindNames: z.partialRecord(z.enum(NAMED_KINDS), z.array(text).nonempty()).optional(),
  /** What a change that makes a deal lighter needs: a reason, or also compliance. Absent, as in older policies: nothing. */
  lighter: z.enum(['reason', 'confirm']).optional(),
  /** Months for which the record of a deal is kept after its end, by how it ended. */
  retention: retentionDocument.optional(),
  /**
   * Months for which an answer about an end-user is offered to a later deal with it: no longer than one deal's answers are
   * held against another's. Absent, as in older policies: none is offered.
   */
  reuse: z.strictObject({ months: z.int().min(1).max(12) }).optional(),
  /** From which tier on votes are signed with a passkey. Absent, as in older policies: none is. */
  signature: z
    .strictObject({
      from: z.enum(['low', 'elevated', 'high']),
      /** What happens where a voter can't sign: the vote waits, or goes on and is shown as not signed. */
      without: z.enum(['wait', 'allow']),
      /** `device-bound`: no passkey that is copied between devices. Absent: any. */
      passkeys: z.enum(['any', 'device-bound']).optional(),
    })
    .optional(),
  /** The company exports from the EU: it notifies the authority of a use for repression. */
  euExporter: z.boolean().optional(),
  /** The yearly report on the company's diligence. Absent, as in older policies: the chief and counsel approve it. */
  yearlyReport: z
    .strictObject({
      /** Groups, one person of each; `chief`, `counsel` and `compliance` are also the groups with that role. `none`: nobody. */
      approvers: z.union([z.literal('none'), z.array(id).min(1).max(5)]).optional(),
      /** How many deals must be left behind a figure, 5 or more. */
      least: z.int().min(5).max(1000).optional(),
      /** The day of the year, `MM-DD`, by which the last year's is published. Absent: nobody is reminded. */
      reportBy: z
        .string()
        .refine((day) => isDay(`2027-${day}`), 'must be a day that each year has, such as 03-31')
        .optional(),
    })
    .optional(),
  /** What values of public datasets suggest in country briefs. Absent, as in older policies: nothing. */
  indicators: indicatorsDocument.optional(),
  references: z.array(z.strictObject({ id, name: text, url: z.url({ protocol: /^https$/ }).optional() })).default([]),
});

export type PolicyDocument = z.output<typeof policyDocument>;
export type QuestionDocument = z.output<typeof question>;
export type FlagDocument = z.output<typeof flag>;
