/** Registers of a test, on its store. */

import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { placeAll } from '../../src/checkpoints/signing.ts';
import { createDigests, type Digests } from '../../src/digests/digests.ts';
import { silentLogger } from '../../src/log.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import type { Deals } from '../../src/streams/deals.ts';
import type { ReadAhead } from '../../src/streams/read-ahead.ts';
import { createRegisters, type Registers } from '../../src/streams/registers.ts';
import type { EventStore } from '../../store/event-store.ts';
import { treeHeadOf } from '../../store/log/tree-head.ts';

export const registersOn = (
  store: EventStore,
  organisation: () => Organisation,
  clock: () => Date = () => new Date(),
  policy: () => CompiledPolicy | undefined = () => undefined,
  ahead?: ReadAhead,
  rpId?: string,
): Registers => createRegisters({ store, policy, organisation, clock, ahead, rpId, wake: () => {} });

export const digestsOn = (
  store: EventStore,
  deals: Pick<Deals, 'view'>,
  organisation: () => Organisation,
  clock: () => Date = () => new Date(),
): Digests =>
  createDigests({
    store,
    deals,
    index: createDealIndex({ store, deals, logger: silentLogger, organisation }),
    policy: () => undefined,
    organisation,
    registers: registersOn(store, organisation, clock),
    signed: async () => {
      await placeAll(store);
      const log = await store.logHead();
      return log && treeHeadOf(log.origin, log.tree, log.before);
    },
    clock,
    logger: silentLogger,
    wake: () => {},
  });
