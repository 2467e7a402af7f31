/** Ends what deals took or rest on, once that is withdrawn or doubted. */

import { acceptanceOf } from '../../flows/deal/context/gaps.ts';
import { doubts } from '../../flows/deal/context/worries.ts';
import type { DealId, Instant } from '../../flows/ids.ts';
import { isOfUse } from '../../flows/lists/entry.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { Logger } from '../log.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';

export interface DroppingOptions {
  index: DealIndex;
  deals: Pick<Deals, 'handle' | 'view'>;
  registers: Pick<Registers, 'scopes' | 'gaps'>;
  clock: () => Date;
  logger: Logger;
}

/**
 * Later deals rest no more on a confirmation whose own deal is not out of scope any more, is doubted, or was erased; nor on one
 * where a flag was raised, a report sent, or something written beside it in a deal that rests on it, or rested on it then.
 */
export const dropScopes = async (
  all: readonly IndexedDeal[],
  {
    index,
    registers: { scopes },
    deals,
    clock,
    logger,
  }: Pick<DroppingOptions, 'index' | 'registers' | 'deals' | 'clock' | 'logger'>,
): Promise<void> => {
  const byId = new Map(all.map((one) => [one.id, one]));
  const standing = (await scopes.now()).state.scopes;
  if (standing.length === 0) return;
  const said = await index.said(
    all.flatMap((one) => ((one.doubted || one.remarked) && one.outOfScope ? [one.id] : [])),
  );
  const flagged = new Set(
    [...said].flatMap(([id, { rests, worries }]) =>
      rests !== undefined && (byId.get(id)?.remarked || worries.some(isOfUse)) ? [rests] : [],
    ),
  );
  /** By the confirmed deal: since when the latest rested on it over which something was said. */
  const left = new Map<DealId, Instant>();
  for (const { restedOn: one } of all) if (one && one.at > (left.get(one.deal) ?? '')) left.set(one.deal, one.at);
  for (const { deal, product, kind, at } of standing) {
    const from = byId.get(deal);
    // One that could not be read this time is not erased.
    if (!from && (await deals.view(deal).catch(() => true))) continue;
    const isDoubted =
      flagged.has(deal) || (left.get(deal) ?? '') >= at || said.get(deal)?.worries.some(doubts) || from?.remarked;
    if (from?.outOfScope && !isDoubted) continue;
    const ask = { actor: SYSTEM, cause: `doubted:${deal}:${from?.version ?? 'erased'}:${clock().toISOString()}` };
    await scopes
      .handle({ type: 'DropScope', product, kind }, ask)
      .catch((error: unknown) => logger.error('others.scope-stands', { stream: deal, error }));
  }
};

/** Open deals lose what they took of an acceptance for a country or a product that compliance ended since. */
export const dropAcceptances = async (
  all: readonly IndexedDeal[],
  { registers, deals, logger }: Pick<DroppingOptions, 'registers' | 'deals' | 'logger'>,
): Promise<void> => {
  const { ended } = (await registers.gaps.now()).state;
  if (Object.keys(ended).length === 0) return;
  for (const { id: deal, took } of all) {
    for (const acceptance of new Set(took)) {
      const end = own(ended, acceptance);
      if (!end) continue;
      const view = await deals.view(deal);
      const questions = Object.entries(view?.deal.gaps ?? {}).flatMap(([id, gap]) =>
        acceptanceOf(gap) === acceptance ? [id] : [],
      );
      if (questions.length === 0) continue;
      const reason = `It was ended for all deals: ${end.reason}`;
      await deals
        .handle(
          deal,
          { type: 'TakeGapsBack', questions, reason, ended: end.by },
          { actor: SYSTEM, cause: `ended:${acceptance}` },
        )
        .catch((error: unknown) => logger.error('others.acceptance-stands', { stream: deal, error }));
    }
  }
};
