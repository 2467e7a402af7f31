/** The weighing sheet of a policy (G6): its scales, and what asks for a reason. */

import { z } from 'zod';
import { WEIGHED } from './policy.ts';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');
const text = z.string().trim().min(1);
/** Mildest first. */
const scale = z.array(z.strictObject({ value: id, label: text })).min(2);
const chosen = z.array(id).min(1).optional();

export const weighingDocument = z
  .strictObject({
    citation: text.optional(),
    leverage: scale,
    crucial: scale,
    /** Serves for each of the next three that has no scale of its own. */
    severity: scale.optional(),
    /** How grave, how many people, and whether it can be undone. */
    scale: scale.optional(),
    scope: scale.optional(),
    irremediability: scale.optional(),
    ending: scale,
    /** Choices that ask for a condition, or for a reason why none is needed, where a severe flag is upheld. */
    askWhy: z
      .strictObject({
        leverage: chosen,
        crucial: chosen,
        scale: chosen,
        scope: chosen,
        irremediability: chosen,
        ending: chosen,
      })
      .optional(),
  })
  .superRefine((weighing, found) => {
    for (const part of WEIGHED) {
      const offered = weighing[part] ?? weighing.severity;
      if (!offered) {
        found.addIssue({ code: 'custom', path: [part], message: 'needs a scale of its own, or severity one for all.' });
      }
      for (const [i, value] of (weighing.askWhy?.[part] ?? []).entries()) {
        if (offered?.some((option) => option.value === value)) continue;
        found.addIssue({ code: 'custom', path: ['askWhy', part, i], message: `is no choice of ${part}.` });
      }
    }
  });
