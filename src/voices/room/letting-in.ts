/** Letting another handler read a case that came before them, or before their new key. The keys were sealed in a browser. */

import type { HandlerId } from '../../../flows/voices/case.ts';
import { mayRead } from '../../../flows/voices/case.ts';
import { dayOf } from '../../../flows/voices/days.ts';
import { lettingProblem, tickedIn, type Ticked } from '../../../flows/voices/reading.ts';
import { isActive, keysOf } from '../../../flows/voices/vouching.ts';
import type { Site } from '../../signing/verify.ts';
import type { Handler, Handlers } from '../handlers.ts';
import type { VoicesStore } from '../store.ts';
import type { StoredCase } from '../stored-case.ts';
import { altered } from '../vouched.ts';
import { sealedBytes } from './sealed.ts';
import type { AskLetIn, CanBeLetIn, NewKey, Problem } from './wire.ts';

export interface LettingIn {
  /** Those who could be let in to a case by one of its readers, and names of those whom it concerns. */
  around(found: StoredCase): Promise<{ canBeLetIn: CanBeLetIn[]; concerns: string[] }>;
  /** New keys in place of lost ones, and the cases that one can read and they could before. */
  newKeys(me: Handler): Promise<NewKey[]>;
  letIn(
    me: Handler,
    found: StoredCase,
    asked: AskLetIn,
  ): Promise<{ done: true } | { missing: true } | { stale: true } | Problem>;
}

interface LettingInOptions {
  store: VoicesStore;
  handlers: Handlers;
  site: Site;
  clock: () => Date;
}

const NOT_SEALED: Problem = {
  problem: 'These keys did not arrive as they should. Nothing was kept. Please try again.',
};

export const createLettingIn = ({ store, handlers, site, clock }: LettingInOptions): LettingIn => {
  /** Those who are who they were, so that something may be sealed to them. */
  const trusted = async (): Promise<{ all: Handler[]; active: Handler[] }> => {
    const all = handlers.all();
    const others = await altered(all, site);
    return { all, active: all.filter((one) => isActive(one) && !others.has(one.id)) };
  };
  const mayBeLetIn = (found: StoredCase, all: readonly Handler[], by: HandlerId, to: HandlerId): boolean =>
    lettingProblem(found, all, tickedIn(found, all), { by, to }) === undefined;

  return {
    around: async (found) => {
      const { all, active } = await trusted();
      const [by = ''] = found.sealedTo.filter((id) => mayRead(found, id));
      const ticked: Ticked[] = tickedIn(found, all);
      return {
        canBeLetIn: active
          .filter(({ id }) => mayBeLetIn(found, all, by, id))
          .map(({ id, name, role, recipient }) => ({ id, name, role, recipient, keys: keysOf(all, id) })),
        concerns: [...new Set(ticked.map(({ name }) => name))],
      };
    },
    newKeys: async (me) => {
      const { all, active } = await trusted();
      const cases = store.cases();
      return active
        .filter(({ id, instead }) => instead !== undefined && id !== me.id)
        .map(({ id, name, role }) => {
          const before = keysOf(all, id).slice(1);
          const couldRead = cases.filter(
            (found) => before.some((key) => mayRead(found, key)) && mayBeLetIn(found, all, me.id, id),
          );
          return { id, name, role, cases: couldRead.map((found) => found.id) };
        })
        .filter((key) => key.cases.length > 0);
    },
    letIn: async (me, found, { id, events, messages, reader, keys }) => {
      const { all, active } = await trusted();
      const problem = lettingProblem(found, all, tickedIn(found, all), { by: me.id, to: reader });
      if (problem !== undefined) return { problem };
      if (!active.some((one) => one.id === reader)) return { problem: 'They are not who they were. Nothing was kept.' };
      const sealed = sealedBytes(keys, 1);
      if (!sealed) return NOT_SEALED;
      const made = { reader, by: me.id, day: dayOf(clock()), keys: sealed, messages };
      return store.letIn(id, events, made) ? { done: true } : { stale: true };
    },
  };
};
