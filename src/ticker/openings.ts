/** Removes what people typed into the form for a new deal and never sent: a week later, or once they left. */

import type { PersonId } from '../../flows/ids.ts';
import { person } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { eachInTurn, repeating, type Repeating } from '../bell.ts';
import type { Logger } from '../log.ts';
import { dropOpening, keptOpening } from '../streams/opening-drafts.ts';
import type { Registers } from '../streams/registers.ts';

export interface OpeningsOptions {
  store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>;
  registers: Pick<Registers, 'organisation' | 'files'>;
  clock: () => Date;
  logger: Logger;
  everyMs?: number | undefined;
}

/** An hour: what is too old is shown to nobody from the minute on. */
const EVERY_MS = 3_600_000;

/** Looks at everybody in the organisation file, and at those who were in it and left. One that fails is tried at the next look. */
export const dropOldOpenings = async ({
  store,
  registers,
  clock,
}: Omit<OpeningsOptions, 'logger' | 'everyMs'>): Promise<void> => {
  const organisation = await registers.organisation();
  const { accounts = {} } = (await registers.files.now()).state;
  const all = new Set<PersonId>([...organisation.people.map(({ id }) => id), ...Object.values(accounts)]);
  await eachInTurn(
    [...all].map((id) => async () => {
      if (!person(organisation, id)) await dropOpening({ store, clock }, id);
      // Looking removes what is too old.
      else await keptOpening({ store, clock }, id);
    }),
  );
};

/** Looks at the start, and every hour. */
export const startOpenings = ({ logger, everyMs = EVERY_MS, ...options }: OpeningsOptions): Repeating =>
  repeating(async () => {
    await dropOldOpenings(options).catch((error: unknown) => logger.error('openings.not-removed', { error }));
    return undefined;
  }, everyMs);
