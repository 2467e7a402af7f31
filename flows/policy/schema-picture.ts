/** The risk picture of a policy: a table whose cell is the tier, and the rules around it. House rule, all of it. */

import { z } from 'zod';
import { factCondition, weighedCondition } from './condition.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');
const text = z.string().trim().min(1);
const reviewed = z.enum(['low', 'elevated', 'high']);

const row = z.strictObject({
  id,
  /** The head of the row in the table. */
  title: text,
  /** Completes the sentence "It …". */
  text,
  /** The last row that holds is the deal's. The first has no condition: it is for what no other row fits. */
  when: weighedCondition.optional(),
});

export const pictureDocument = z.strictObject({
  /** `required`: a benign answer to a weighty question counts only where it stands on something. */
  bases: z.enum(['required', 'optional']).optional(),
  /** What the product can do, mildest first. */
  rows: z.array(row).min(2).max(6),
  /** Each that holds moves the deal one row down, to the graver side. */
  rowDown: z.array(z.strictObject({ id, text, when: weighedCondition })).optional(),
  /** What is known of who would use it and where, mildest first. `text` completes "About … there ...". */
  columns: z.array(row).min(2).max(6),
  /** A list for each row, a tier for each column. */
  cells: z.record(z.string(), z.array(reviewed)),
  /** Rules that raise the tier of the cell. They never lower it. `prohibited` goes by what was said, the others by what counts. */
  rules: z
    .array(
      z.strictObject({ id, tier: z.enum(['low', 'elevated', 'high', 'prohibited']), text, when: weighedCondition }),
    )
    .default([]),
  /** Named cells that are one tier lighter for some deals, once compliance confirms it for that deal. */
  exceptions: z
    .array(z.strictObject({ id, row: id, column: id, tier: reviewed, text, when: weighedCondition }))
    .optional(),
});

/** What a question adds for a policy with a risk picture. Absent members: the usual. */
export const pictureQuestion = {
  /** What a benign answer to a weighty question must stand on. Usual: `source`, a source or a person who said so. */
  basis: z.enum(['source', 'counsel', 'none']).optional(),
  /** `better`: not knowing counts as the better answer. Usual: as the worse one. */
  openCounts: z.enum(['worse', 'better']).optional(),
  /** Asks on after an answer as it was given. Others are asked too where what is open counts as its worse answer. */
  followUp: z.boolean().optional(),
  /** Where "doesn't apply" is a good answer. Usual: nowhere. */
  notApplicableWhen: factCondition.optional(),
  /** Compliance can't accept that it is not known. */
  mustBeKnown: z.literal(true).optional(),
  /** What the answer is about where it is not the end-user's own conduct: compliance may accept the gap for all its deals. */
  about: z.enum(['country', 'product']).optional(),
  /** Publishers that the answer stands on in a deal of high risk. Usual: one. */
  publishersWhenHigh: z.int().min(2).max(5).optional(),
};

export type PictureDocument = z.output<typeof pictureDocument>;
