/** Cases in the case room: those that are sealed to who asks, and what is done to one. The server reads none of it. */

import {
  caseDays,
  decideOnCase,
  mayRead,
  type Case,
  type CaseAction,
  type HandlerId,
} from '../../../flows/voices/case.ts';
import { caseDue, type CaseClocks } from '../../../flows/voices/clocks.ts';
import { dayOf, type Day } from '../../../flows/voices/days.ts';
import { tickedIn } from '../../../flows/voices/reading.ts';
import { erasedOn } from '../../../flows/voices/retention.ts';
import { barred, type Known } from '../../../flows/voices/steps.ts';
import { HANDLERS_NEEDED, isActive, keysOf, vouchingProblem } from '../../../flows/voices/vouching.ts';
import { inFours } from '../../ids.ts';
import type { Site } from '../../signing/verify.ts';
import { spokenKey, type Handler, type Handlers } from '../handlers.ts';
import type { VoicesStore } from '../store.ts';
import type { StoredCase } from '../stored-case.ts';
import { altered } from '../vouched.ts';
import { createLettingIn } from './letting-in.ts';
import { sealedBytes } from './sealed.ts';
import type { Act, AskLetIn, CaseLine, Colleague, Overview, Problem, ShownCase } from './wire.ts';

export interface Cases {
  overview(me: Handler): Promise<Overview>;
  /** Undefined where there is none, or it is not sealed to them: nobody can tell which. */
  show(me: Handler, id: string): Promise<ShownCase | undefined>;
  /** `missing`: as for `show`. `stale`: somebody was faster, or the case changed. */
  act(me: Handler, asked: Act): Promise<Done>;
  letIn(me: Handler, asked: AskLetIn): Promise<Done>;
}

type Done = { done: true } | { missing: true } | { stale: true } | Problem;

/** Whether its words go to who reported it, to the handlers, or there are none. */
const audienceOf = (action: CaseAction): 'reporter' | 'handlers' | 'none' => {
  switch (action.do) {
    case 'acknowledge':
    case 'answer':
    case 'feedback':
    case 'ask':
      return 'reporter';
    case 'note':
    case 'work':
    case 'investigate':
    case 'export':
    case 'close':
      return 'handlers';
    case 'open again':
      return 'none';
    default: {
      const never: never = action;
      return never;
    }
  }
};

/** Until when something has to be done, for sorting: what is not due stands after what is, what is over last. */
const urgency = ({ due, over }: CaseLine): string => due?.by ?? (over === undefined ? '9998' : '9999');

const UNREADABLE: Problem = {
  problem: 'This message did not arrive as it should. Nothing was kept. Please try again.',
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

interface CasesOptions {
  store: VoicesStore;
  handlers: Handlers;
  site: Site;
  clocks: CaseClocks;
  /** Of the organisation file. */
  people: readonly Known[];
  retentionDays: number;
  clock: () => Date;
}

export const createCases = ({ store, handlers, site, clocks, people, retentionDays, clock }: CasesOptions): Cases => {
  const today = (): Day => dayOf(clock());
  const lettingIn = createLettingIn({ store, handlers, site, clock });
  const theirs = (me: Handler, id: string): StoredCase | undefined => {
    const found = store.caseOf(id);
    return found && mayRead(found, me.id) ? found : undefined;
  };

  /** Those to whom a message in a case is sealed: to who left, or is not who they were, nothing more is. */
  const readers = async (of: Case): Promise<Handler[]> => {
    const all = handlers.all();
    const others = await altered(all, site);
    return all.filter(({ id, left }) => left === undefined && !others.has(id) && mayRead(of, id));
  };

  const lineOf = (of: Case): CaseLine => {
    const days = caseDays(of);
    const last = of.events.findLast(({ kind }) => kind !== 'let in');
    const gone = erasedOn(of, retentionDays);
    return {
      id: of.id,
      day: of.day,
      due: caseDue(days, today(), clocks),
      over: days.over,
      newest: last?.kind === 'added' ? last.day : undefined,
      ...(gone !== undefined && { erasedOn: gone }),
    };
  };

  /** Looks at who is named, and keeps nothing of it: what is kept is sealed. */
  const investigatorProblem = (
    found: StoredCase,
    { who, not }: Extract<CaseAction, { do: 'investigate' }>,
  ): string | undefined => {
    const named = (ids: readonly string[]): Known[] => people.filter(({ id }) => ids.includes(id));
    if (named(who).length < new Set(who).size) return 'Somebody of these is not in the organisation file any more.';
    const concerns = tickedIn(found, handlers.all()).map(({ name }) => name);
    const [wrong] = barred(
      named(who),
      not.map((id) => ({ id, name: '' })),
      concerns,
    );
    return wrong && `${wrong.name} is of the deals, or it concerns them: somebody else has to investigate.`;
  };

  /** Of closed cases and erased ones. */
  const countsFor = ({ id: mine }: Handler): Pick<Overview, 'counts' | 'year'> => {
    const closed = store
      .cases()
      .filter((found) => mayRead(found, mine) && caseDays(found).over !== undefined)
      .flatMap(({ id }) => store.tombstones.countOf(id) ?? []);
    const erased = store.tombstones
      .all()
      .flatMap(({ sealedTo, count }) => (count !== undefined && sealedTo.includes(mine) ? [count] : []));
    return { counts: [...closed, ...erased].map(base64), year: Number(today().slice(0, 4)) };
  };

  const stateOf = (handler: Handler, others: ReadonlySet<HandlerId>): Colleague['state'] => {
    if (handler.left !== undefined) return 'left';
    if (others.has(handler.id)) return 'altered';
    return isActive(handler) ? 'active' : 'waits';
  };

  return {
    overview: async (me) => {
      const all = handlers.all();
      const others = await altered(all, site);
      const as = (handler: Handler): Colleague => ({
        id: handler.id,
        name: handler.name,
        role: handler.role,
        state: stateOf(handler, others),
        by: [handler.vouched, handler.also].flatMap((one) => all.find(({ id }) => id === one?.by)?.name ?? []),
        hasNewKey: handler.instead === undefined ? undefined : true,
      });
      return {
        me: as(me),
        spoken: !isActive(me) ? inFours(spokenKey(me)) : undefined,
        missing: Math.max(0, HANDLERS_NEEDED - all.filter((handler) => stateOf(handler, others) === 'active').length),
        others: all.filter(({ id }) => id !== me.id).map(as),
        toVouch: all
          .filter(({ id }) => vouchingProblem(all, me.id, id) === undefined)
          .map(({ id, name, role, instead }) => ({
            id,
            name,
            role,
            hasNewKey: instead === undefined ? undefined : true,
          })),
        newKeys: await lettingIn.newKeys(me),
        ...countsFor(me),
        cases: store
          .cases()
          .filter((found) => mayRead(found, me.id))
          .map(lineOf)
          .toSorted((a, b) => (urgency(a) < urgency(b) ? -1 : urgency(a) > urgency(b) ? 1 : a.day < b.day ? -1 : 1)),
      };
    },
    show: async (me, id) => {
      const found = theirs(me, id);
      if (!found) return undefined;
      const acknowledged = caseDue({ ...caseDays(found), acknowledged: today() }, today(), clocks);
      const keys = store.keysFor(id, me.id);
      const now = await readers(found);
      const names: Record<HandlerId, string> = {};
      for (const handler of handlers.all()) if (found.sealedTo.includes(handler.id)) names[handler.id] = handler.name;
      return {
        ...lineOf(found),
        today: today(),
        events: found.events,
        sealedTo: found.sealedTo,
        names,
        recipients: now.map(({ recipient }) => recipient),
        readers: now.map((one) => ({ id: one.id, name: one.name, keys: keysOf(handlers.all(), one.id) })),
        reporter: found.recipient,
        who: found.who && base64(found.who),
        messages: store.messagesOf(id).map(({ number, day, by, forHandlers, forReporter }) => ({
          number,
          day,
          by,
          toReporter: forReporter !== undefined,
          sealed: base64(forHandlers),
        })),
        feedbackBy: acknowledged?.by,
        keys: keys && base64(keys),
        ...(await lettingIn.around(found)),
      };
    },
    act: async (me, { id, events, action, message }) => {
      const found = theirs(me, id);
      if (!found) return { missing: true };
      if (found.events.length !== events) return { stale: true };
      const day = today();
      const decided = decideOnCase(found, action, me.id, day);
      if ('refused' in decided) return { problem: decided.refused };
      const wrong = action.do === 'investigate' ? investigatorProblem(found, action) : undefined;
      if (wrong !== undefined) return { problem: wrong };
      const audience = audienceOf(action);
      if ((audience !== 'none') !== (message !== undefined)) return UNREADABLE;
      if (!message) return store.add(id, events, { event: decided.event }) ? { done: true } : { stale: true };
      if ((audience === 'reporter') !== (message.forReporter !== undefined)) return UNREADABLE;
      const forHandlers = sealedBytes(message.forHandlers, (await readers(found)).length);
      const forReporter = message.forReporter === undefined ? undefined : sealedBytes(message.forReporter, 1);
      if (!forHandlers || (message.forReporter !== undefined && !forReporter)) return UNREADABLE;
      const added = store.add(id, events, {
        message: { day, by: me.id, forHandlers, forReporter },
        event: decided.event,
      });
      return added ? { done: true } : { stale: true };
    },
    letIn: async (me, asked) => {
      const found = theirs(me, asked.id);
      return found ? lettingIn.letIn(me, found, asked) : { missing: true };
    },
  };
};
