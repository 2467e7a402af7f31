/** A small company's record with something in every part of it. */

import { SYSTEM } from '../../flows/organisation.ts';
import type { EventStore, NewCommit, NewOutboxRow } from '../../store/event-store.ts';
import { policyHash } from '../../store/policies.ts';
import { anOrganisation } from './deal-builders.ts';
import { registersOn } from './registers.ts';
import { AT, fact, later, live, write } from './store-samples.ts';

const POLICY = { name: 'sample' };
const FAR = '2999-01-01T00:00:00.000Z';

/** A first commit's body, which owes the rows that lie in the outbox. */
const bodyOwing = (rows: readonly NewOutboxRow[]): NewCommit['body'] => ({
  events: [{ type: 'Sampled', number: 1 }],
  notices: rows.map(({ id, kind, lane }) => {
    const person = lane.slice('person:'.length);
    return kind === 'live' ? { id, kind, live: { card: 'root' } } : { id, kind, target: { to: 'person', person } };
  }),
});

export const fillCompany = async (store: EventStore): Promise<void> => {
  const hash = policyHash(POLICY);
  const by = { commit: { contextVersions: { policy: hash } } };
  await store.putPolicy(hash, POLICY);
  const writeOwing = (
    stream: string,
    rows: NewOutboxRow[],
    snapshot: NonNullable<Parameters<typeof write>[3]>['snapshot'] = {},
  ) => write(store, stream, rows, { commit: { ...by.commit, body: bodyOwing(rows) }, snapshot });
  await writeOwing('D-9', [fact('a-1', 'person:a'), { ...fact('a-2', 'person:a'), trace: 'TRACE123' }]);
  await writeOwing('D-1', [live('card', 'thread:D-1'), { ...fact('c-1', 'person:c'), bulk: true }], {
    nextDueAt: later(5),
    tier: 'high',
  });
  await writeOwing('D-5', [fact('d-1', 'person:d'), fact('e-1', 'person:e')], { owner: 'rep-2' });
  await write(store, 'D-9', [], { ...by, snapshot: { status: 'deciding' } });
  await write(store, 'D-0', [], by);
  await store.putDraft('D-5', 'product', { P1: 'yes' });
  await store.erase('D-0');
  const [gone] = (await store.heads()).filter(({ stream }) => stream === 'D-0');
  const { erasures } = registersOn(
    store,
    () => anOrganisation(),
    () => new Date(AT),
  );
  await erasures.handle(
    { type: 'ErasedAgain', deal: 'D-0', version: 1, hash: gone?.hash ?? '', listed: AT },
    { actor: SYSTEM, cause: 'again' },
  );
  await store.saveRef('D-9', 'root', { channel: 'C1', message: '1.1' });
  await store.saveConversation('teams:person:rep-1', { conversation: 'a:1' });
  await store.firstTime('event-1', FAR);
  await store.putMeta('deployment', 'real');
  await store.holdTurns('slack:C1', later(8));
  // One row is being sent, one will be tried again, one was given up.
  await store.claim(AT, 60_000, 4);
  await store.retry('card', later(3), 'ratelimited', 0);
  await store.fail('d-1', 'user_disabled', 0);
};

/** The company as a bot sees it. Reading changes it a little: compare once each. */
export const seenOfCompany = async (store: EventStore): Promise<unknown> => ({
  heads: (await store.heads()).toSorted((a, b) => (a.stream < b.stream ? -1 : 1)),
  verified: await store.verify(),
  policies: await store.verifyPolicies(),
  list: await store.list({ kind: 'deal', limit: 10 }),
  page: await store.list({ kind: 'deal', limit: 1, after: 'D-5' }),
  due: await store.due('deal', later(5), 10),
  loaded: [await store.load('D-9'), await store.load('D-1'), await store.load('D-5')],
  read: await store.read('D-9'),
  erased: await store.load('D-0').catch((error: unknown) => String(error)),
  draft: await store.draft('D-5', 'product'),
  ref: await store.findRef({ channel: 'C1', message: '1.1' }),
  conversation: await store.conversation('teams:person:rep-1'),
  firstTime: await store.firstTime('event-1', FAR),
  deployment: await store.meta('deployment'),
  turn: await store.turn('slack:C1', later(7), [{ everyMs: 1000, burst: 1 }], 600_000),
  problems: (await store.outboxProblems()).map(({ at: _at, ...problem }) => problem),
  backlog: await store.outboxBacklog(later(2)),
  nextReady: await store.nextReady(),
  claims: [
    await store.claim(later(0), 1000, 10),
    await store.claim(later(2), 1000, 10),
    await store.claim(later(4), 1000, 10),
  ],
});
