/**
 * Erases what two people decided, once its day has come. The list outside the database is written first and the register
 * last, so that a crash in between repeats a step: nothing is recorded as erased that can still be read.
 */

import type { DealId, Instant } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { ErasureRequest } from '../../flows/registers/erasure-shapes.ts';
import { countDueAt, isDue } from '../../flows/registers/erasures.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { eachInTurn } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { ErasedList } from '../streams/erased-list.ts';
import type { Registers } from '../streams/registers.ts';
import { dealsToErase, keptNoLonger, type ToErase } from '../streams/to-erase.ts';

export interface ErasingOptions extends ToErase {
  store: Pick<EventStore, 'erase' | 'load' | 'heads' | 'outboxProblems' | 'settle' | 'read'>;
  registers: Pick<Registers, 'erasures'>;
  list: ErasedList;
  logger: Logger;
}

export interface Erasing {
  tick(stream: string, dueAt: Instant): Promise<void>;
  /** Erases again what a backup brought back, and counts for the first time what is kept no longer. */
  begin(): Promise<void>;
}

const isErased = async ({ store }: Pick<ErasingOptions, 'store'>, deal: DealId): Promise<boolean> => {
  try {
    await store.load(deal);
    return false;
  } catch (error) {
    if (error instanceof StoreFault && error.code === 'erased') return true;
    // What can't be read for another reason can be erased all the same.
    if (error instanceof StoreFault && error.code === 'damaged') return false;
    throw error;
  }
};

export const createErasing = (options: ErasingOptions): Erasing => {
  const { store, registers, list, logger, clock, policy } = options;
  const { erasures } = registers;

  /** Destroys the key, and whatever was owed about the deal. */
  const destroy = async (deal: DealId): Promise<void> => {
    await store.erase(deal);
    for (const { id, lane, stream } of await store.outboxProblems()) {
      if (stream === deal) await store.settle({ id, lane }, Number.MAX_SAFE_INTEGER);
    }
  };

  const eraseOne = async (request: ErasureRequest, deal: DealId): Promise<void> => {
    const ask = (what: string) => ({ actor: SYSTEM, cause: `${request.id}:${what}:${deal}` });
    if (!(await isErased(options, deal))) {
      const [now] = await dealsToErase(options, [deal]);
      const why = now ? now.keep : 'it is not in the record';
      if (why !== undefined) {
        await erasures.handle({ type: 'DealKept', request: request.id, deal, why }, ask('kept'));
        return;
      }
      await list.add(deal, clock().toISOString());
      await destroy(deal);
    }
    const [last] = await store.heads(deal);
    if (!last) return;
    const { version, hash } = last;
    await erasures.handle({ type: 'DealErased', request: request.id, deal, version, hash }, ask('erased'));
    logger.info('deal.erased', { stream: deal, version });
  };

  const count = async (cause: string): Promise<void> => {
    const deals = (await keptNoLonger(options)).length;
    await erasures.handle({ type: 'CountKept', deals }, { actor: SYSTEM, cause });
  };

  return {
    tick: async (_stream, dueAt) => {
      const now = clock().toISOString();
      const { state } = await erasures.now();
      const due = Object.values(state.requests).filter((request) => isDue(request, now));
      const counting = countDueAt(state, { policy: policy() }, now);
      await eachInTurn([
        ...due.flatMap((request) => request.deals.map((deal) => () => eraseOne(request, deal))),
        ...(counting !== null && counting <= now ? [() => count(`count:${dueAt}`)] : []),
        () => erasures.tick(dueAt),
      ]);
    },
    begin: async () => {
      const recorded = new Map<DealId, Instant>();
      for (const { body, at } of await store.read(erasures.stream)) {
        for (const event of body.events as { type: string; deal?: string }[]) {
          if ((event.type === 'DealErased' || event.type === 'ErasedAgain') && event.deal !== undefined)
            recorded.set(event.deal, at);
        }
      }
      const listed = new Map((await list.read()).map(({ deal, at }) => [deal, at]));
      for (const [deal, at] of new Map([...recorded, ...listed])) {
        const back = !(await isErased(options, deal));
        if (!back && recorded.has(deal)) continue;
        const [last] = await store.heads(deal);
        // A backup from before the deal was opened.
        if (!last) continue;
        if (!listed.has(deal)) await list.add(deal, at);
        const { version, hash } = last;
        if (back) await destroy(deal);
        logger.warn('deal.erased-again', { stream: deal, version });
        const cause = `again:${deal}:${version}:${hash.slice(0, 16)}:${back ? clock().toISOString() : 'noted'}`;
        await erasures.handle({ type: 'ErasedAgain', deal, version, hash, listed: at }, { actor: SYSTEM, cause });
      }
      if (policy()?.retention && (await erasures.now()).state.counted === undefined) await count('count:first');
    },
  };
};
