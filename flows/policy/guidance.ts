/** The Guidance point by point (`guidance.yml`), checked. */

import { z } from 'zod';

const line = z.string().min(1).max(200);
const kind = z.enum([
  'question',
  'flag',
  'rule',
  'safeguard',
  'reference',
  'reassess',
  'follow-up',
  'programme',
  'report',
]);

const item = z.strictObject({
  id: z.string().regex(/^[A-Z](?:-RF)?[1-9]\d*$/),
  kind,
  text: line,
  /** What we add; the Guidance does not say it. */
  house: line.optional(),
});

const section = z.strictObject({ number: z.int().min(0).max(9), letter: z.string().regex(/^[A-Z]$/), title: line });

export const guidanceDocument = z.strictObject({ sections: z.array(section), items: z.array(item) });
