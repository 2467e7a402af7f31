/** Whether handlers are still those for whom somebody vouched: a store that was altered from outside shows. */

import type { HandlerId } from '../../flows/voices/case.ts';
import { keysOf } from '../../flows/voices/vouching.ts';
import { assertionProblem, type Site } from '../signing/verify.ts';
import { vouchedText, type Handler } from './handlers.ts';

/**
 * Returns those whose name, key or passkey is another than the one that was vouched for, or whose voucher is not there.
 * `site`: that of the case room, where passkeys sign.
 */
export const altered = async (all: readonly Handler[], site: Site): Promise<ReadonlySet<HandlerId>> => {
  const found = new Set<HandlerId>();
  for (const handler of all) {
    for (const vouched of [handler.vouched, handler.also]) {
      if (!vouched) continue;
      const { by, assertion } = vouched;
      const voucher = keysOf(all, handler.id).includes(by) ? undefined : all.find(({ id }) => id === by);
      const problem =
        voucher && (await assertionProblem(assertion, { key: voucher.passkey, text: vouchedText(handler), site }));
      if (!voucher || problem !== undefined) found.add(handler.id);
    }
  }
  return found;
};
