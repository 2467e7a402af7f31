/** Vouching for another handler, whose characters were read out by themselves. */

import type { Assertion } from '../../../flows/passkey.ts';
import type { HandlerId } from '../../../flows/voices/case.ts';
import { dayOf } from '../../../flows/voices/days.ts';
import { vouchingProblem } from '../../../flows/voices/vouching.ts';
import { readSpelled } from '../../ids.ts';
import { assertionProblem, challengeOf, type Site } from '../../signing/verify.ts';
import { spokenKey, vouchedText, type Handler, type Handlers } from '../handlers.ts';
import { hintOf, PATIENCE_MS } from './entering.ts';
import type { Problem, ToVouch, Vouched } from './wire.ts';

export interface Vouching {
  begin(me: Handler, id: HandlerId): ToVouch | Problem;
  /** `typed`: the 12 characters that the other one read out. */
  finish(me: Handler, id: HandlerId, typed: string, assertion: Assertion): Promise<Vouched | Problem>;
}

const NOT_THESE: Problem = {
  problem:
    'These are not the characters of this key. Nothing was signed. Please compare again. If they differ, it may be somebody else’s key: tell whom you trust, by voice.',
};

export const createVouching = (handlers: Handlers, site: Site, clock: () => Date): Vouching => {
  const vouchable = (me: Handler, id: HandlerId): Handler | Problem => {
    const all = handlers.all();
    const problem = vouchingProblem(all, me.id, id);
    if (problem !== undefined) return { problem };
    return all.find((handler) => handler.id === id) ?? { problem: 'They are not here any more.' };
  };
  return {
    begin: (me, id) => {
      const other = vouchable(me, id);
      if ('problem' in other) return other;
      const text = vouchedText(other);
      return {
        id,
        name: other.name,
        role: other.role,
        text,
        options: {
          challenge: challengeOf(text),
          rpId: site.rpId,
          allowCredentials: [hintOf(me)],
          userVerification: 'required',
          timeout: PATIENCE_MS,
        },
      };
    },
    finish: async (me, id, typed, assertion) => {
      const other = vouchable(me, id);
      if ('problem' in other) return other;
      if (readSpelled(typed) !== spokenKey(other)) return NOT_THESE;
      const problem = await assertionProblem(assertion, { key: me.passkey, text: vouchedText(other), site });
      if (problem !== undefined)
        return { problem: 'This passkey did not sign as asked. Nothing was kept. Please try again.' };
      return handlers.vouch(id, { by: me.id, day: dayOf(clock()), assertion })
        ? { name: other.name, counts: handlers.active().some((handler) => handler.id === id) }
        : { problem: 'Somebody vouched for them already.' };
    },
  };
};
