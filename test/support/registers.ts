/** The registers of a test, on its store. */
import type { Organisation } from '../../flows/organisation.ts';
import { createRegisters, type Registers } from '../../src/registers.ts';
import type { EventStore } from '../../store/event-store.ts';

export const registersOn = (
  store: EventStore,
  organisation: () => Organisation,
  clock: () => Date = () => new Date(),
): Registers => createRegisters({ store, policy: () => undefined, organisation, clock, wake: () => {} });
