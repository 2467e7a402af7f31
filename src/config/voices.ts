/** The `voices` part of the organisation file. */

import { z } from 'zod';
import type { VoicesPlan } from '../../flows/organisation.ts';
import { parsedUrl } from '../../flows/url.ts';

const text = z.string().trim().min(1);

const address = text.refine((value) => {
  const url = parsedUrl(value);
  return url !== undefined && (url.protocol === 'https:' || url.hostname.endsWith('.onion'));
}, 'must be an address that begins with https://, or of an onion service');

export const voicesDocument = z.strictObject({
  address: address.optional(),
  leave: address.optional(),
  authorities: z.array(text).default([]),
  outside: z
    .strictObject({
      name: text,
      key: text.startsWith('age1pq1', 'must be a key that begins with age1pq1: “age-keygen -pq” makes one'),
    })
    .optional(),
  handlers: z.array(text).optional(),
  /** The law of the EU asks for 7 at most. */
  acknowledgeDays: z.int().min(1).max(7).optional(),
  /** The law of the EU asks for 3 at most. */
  feedbackMonths: z.int().min(1).max(3).optional(),
  /** A month at least: who spoke needs time to ask again. */
  retentionDays: z.int().min(30).max(3650).optional(),
}) satisfies z.ZodType<VoicesPlan>;
