/** The registers of a test, on its store. */
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { createRegisters, type Registers } from '../../src/registers.ts';
import type { EventStore } from '../../store/event-store.ts';

export const registersOn = (
  store: EventStore,
  organisation: () => Organisation,
  clock: () => Date = () => new Date(),
  policy: () => CompiledPolicy | undefined = () => undefined,
): Registers => createRegisters({ store, policy, organisation, clock, wake: () => {} });
