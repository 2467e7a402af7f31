/** What an auditor brings to check signed votes: nothing of it is read from the host. */

import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { isDay } from '../../../flows/calendar.ts';
import type { Site } from '../../signing/verify.ts';
import { Unusable } from '../command.ts';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, 'must be the 64 digits of a fingerprint');

const rootsShape = z.strictObject({
  /** The host that passkeys belong to. */
  rpId: z.string().min(1),
  /** Where the pages are; `https://` and that host where absent. */
  origin: z.string().min(1).optional(),
  /** Names of the logs in which the record stood: as its checkpoints carry them. */
  logs: z.array(z.string().min(1)).min(1),
  /** Whole fingerprints of the first passkeys. */
  first: z.array(fingerprint).min(1),
  /** Who may vouch for others' keys: ids of compliance and the chief. Absent: everybody with a key that counts. */
  vouchers: z.array(z.string()).optional(),
  /** From which tier and day on an approval must be signed. */
  required: z
    .array(
      z.strictObject({
        from: z.enum(['low', 'elevated', 'high']),
        since: z.string().refine(isDay, 'must be a day, yyyy-mm-dd'),
      }),
    )
    .default([]),
  /** The public key that signs checkpoints, in place of --public-key. */
  checkpointKey: z.string().optional(),
});

export type Roots = z.infer<typeof rootsShape> & { site: Site };

/** Throws Unusable. */
export const readRoots = async (file: string): Promise<Roots> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Unusable(`The roots file ${file} can't be read.`);
  });
  let data: unknown;
  try {
    data = parse(text);
  } catch {
    throw new Unusable(`${file} is neither YAML nor JSON.`);
  }
  const parsed = rootsShape.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Unusable(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not a roots file'}`);
  }
  const { rpId, origin = `https://${rpId}` } = parsed.data;
  return { ...parsed.data, site: { rpId, origin } };
};
