/** `indicators:` of a policy: which value of which public dataset suggests which answer in a country brief. House rule. */

import { z } from 'zod';
import { DATASETS } from '../dataset.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');

const indicator = z.strictObject({
  id,
  dataset: z.enum(DATASETS),
  /** The column of V-Dem; of UCDP what is counted in its rows: `conflicts` or `intensity`. */
  variable: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be the name of a column'),
  /** Named before its value: `freedom of expression`. */
  title: z.string().trim().min(1),
  /** The largest value there is, shown after the value: `0.12 of 1`. */
  of: z.number().positive().optional(),
  /** One of these: from which side of which value on it suggests the answer. */
  below: z.number().optional(),
  atLeast: z.number().optional(),
  question: id,
  answer: id,
});

export const indicatorsDocument = z.array(indicator).max(100);

export type Indicator = z.output<typeof indicator>;
