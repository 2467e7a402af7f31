/** What somebody typed into the form for a new deal and did not send: kept for them alone, as closing its window loses it. */

import { z } from 'zod';
import type { FormValues } from '../../blocks/card.ts';
import { CHANNEL } from '../../blocks/forms/open.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { streamOf } from '../../flows/registers/register.ts';
import type { EventStore, Json } from '../../store/event-store.ts';

type Drafts = { store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>; clock: () => Date };

/** There is no deal yet. */
const STREAM = streamOf('opening');
const keyOf = (person: PersonId): string => `open:${person}`;

/** Older ones are of a deal that was opened otherwise, or of none. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const keptSchema = z.object({
  at: z.iso.datetime(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/** Inputs that a form fills in by itself. */
const PRESET: readonly string[] = ['exportLicence', CHANNEL];

const isTyped = (values: FormValues): boolean =>
  Object.entries(values).some(([name, value]) => !PRESET.includes(name) && value !== undefined && value.length > 0);

export const keepOpening = async ({ store, clock }: Drafts, person: PersonId, values: FormValues): Promise<void> => {
  if (isTyped(values))
    await store.putDraft(STREAM, keyOf(person), { at: clock().toISOString(), values } as unknown as Json);
};

export const dropOpening = ({ store }: Drafts, person: PersonId): Promise<void> =>
  store.dropDraft(STREAM, keyOf(person));

/** Removes what is too old. */
export const keptOpening = async (
  { store, clock }: Drafts,
  person: PersonId,
): Promise<{ at: Instant; values: FormValues } | undefined> => {
  const kept = await store.draft(STREAM, keyOf(person));
  if (kept === undefined) return undefined;
  const { data } = keptSchema.safeParse(kept);
  if (data && clock().getTime() - Date.parse(data.at) < KEPT_MS) return data;
  await store.dropDraft(STREAM, keyOf(person));
  return undefined;
};
