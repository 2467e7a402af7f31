/** Digests: their due times, their contents, and what their buttons show later. */

import type { Card } from '../../blocks/card.ts';
import type { ShownWith } from '../../blocks/cards/digest-lines.ts';
import { digestCard, personalCard } from '../../blocks/cards/digest.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { shownFirst, type DigestLine } from '../../flows/digest/digest.ts';
import {
  audienceNamed,
  digestsFor,
  dueDigest,
  type Audience,
  type DigestsCommand,
  type DigestsState,
  type Made,
} from '../../flows/digest/register.ts';
import type { Instant, DealId, PersonId, Refusal } from '../../flows/ids.ts';
import { knownDigests } from '../../flows/known/digests.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { streamOf } from '../../flows/registers/register.ts';
import type { EventStore, OwedRows } from '../../store/event-store.ts';
import { nextRun } from '../config/schedule.ts';
import type { Logger } from '../log.ts';
import { exceptNewer } from '../newer.ts';
import type { Deals } from '../streams/deals.ts';
import { openRegister, KIND, type OpenRegister, type RegisterOptions } from '../streams/register.ts';
import { besideDeals, type BesideOptions } from './beside.ts';
import { createScan, ScanStopped, type Scan, type ScanOptions } from './scan.ts';

export interface Digests {
  handle(
    person: PersonId,
    command: Exclude<DigestsCommand, { type: 'Make' }>,
    cause: string,
  ): Promise<{ kind: 'accepted' } | { kind: 'refused'; refusal: Refusal }>;
  /** A sent digest, by the name on its buttons; undefined if there is none. */
  sent(name: string): Promise<{ audience: Audience; made: Made } | undefined>;
  /** Lookup for the names in these lines; it leaves out what the reader may not read. */
  shownWith(lines: readonly DigestLine[], reader: Exclude<Audience, { to: 'channel' }>): Promise<ShownWith>;
  /** Throws if no digest has that stream. */
  tick(stream: string, dueAt: Instant): Promise<void>;
  /** Runs at each start: the organisation file may name other places or times. */
  startAll(): Promise<void>;
  said: OpenRegister<unknown, never>['said'];
  /** Rows that a commit owes; undefined if there is none, or no such digest. */
  owed(stream: string, version: number): Promise<OwedRows | undefined>;
  /** Stops looking at deals. */
  stop(): void;
}

export interface DigestsOptions extends RegisterOptions {
  store: RegisterOptions['store'] & Pick<EventStore, 'list' | 'logHead' | 'outboxProblems'>;
  deals: Pick<Deals, 'view'>;
  index: ScanOptions['index'];
  logger: Logger;
  registers: BesideOptions['registers'];
  rowsChanged?: BesideOptions['rowsChanged'];
  signed?: BesideOptions['signed'];
}

type Opened = OpenRegister<DigestsState, DigestsCommand>;

/** Prefix of the streams of all digests. */
export const DIGESTS = streamOf('digest');
/** A digest on demand covers the last week. */
const ASKED_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export const createDigests = (options: DigestsOptions): Digests => {
  const { deals, index, organisation, registers, clock, logger, store } = options;
  let ended = false;
  const scan = createScan({
    index,
    deals,
    organisation: () => registers.organisation(),
    clock,
    logger,
    stopped: () => ended,
  });

  const views = async (ids: readonly DealId[]): Promise<Map<DealId, DealView>> => {
    const found = new Map<DealId, DealView>();
    for (const id of new Set(ids)) {
      // A deal that was erased or is damaged must not hide the others.
      const view = await deals.view(id).catch(() => undefined);
      if (view) found.set(id, view);
    }
    return found;
  };

  const shownWith: Digests['shownWith'] = async (lines, reader) => {
    const found = await views(lines.flatMap(({ deal }) => deal ?? []));
    if (reader.to === 'person') {
      for (const [id, view] of found) if (!canRead(view, reader.person)) found.delete(id);
    }
    return { deals: found, organisation: await registers.organisation() };
  };

  const draw = async (state: DigestsState, audience: Audience, name: string): Promise<Card> => {
    const { made } = state;
    if (made?.of === 'mine' && audience.to === 'person') {
      const { digest } = made;
      const why =
        state.begun === undefined
          ? 'Only you see this. Say “digest on” here to get it each working morning.'
          : 'You get this each working morning. Say “digest off” here to end it.';
      return personalCard(digest, await shownWith([...digest.mine, ...digest.others], audience), why);
    }
    if (made?.of !== 'compliance') throw new Error('a digest was told of that was never made');
    return digestCard(made.digest, await shownWith(shownFirst(made.digest.lines), { to: 'compliance' }), name);
  };

  const opened = new Map<string, { audience: Audience; register: Opened }>();
  const open = (name: string): { audience: Audience; register: Opened } | undefined => {
    const stream = streamOf(name);
    const known = opened.get(stream);
    const audience = audienceNamed(name);
    if (known || !audience) return known;
    const register: Opened = openRegister(
      digestsFor(audience, nextRun),
      knownDigests,
      (_fact, state, { name: of }) => draw(state, audience, of),
      options,
    );
    opened.set(stream, { audience, register });
    return { audience, register };
  };
  const at = (stream: string): { audience: Audience; register: Opened } | undefined =>
    stream.startsWith(`${DIGESTS}:`) ? open(stream.slice(streamOf('').length)) : undefined;
  const ofPerson = (person: PersonId): Opened => {
    const found = open(`digest:person:${person}`);
    if (!found) throw new Error('a person without an id');
    return found.register;
  };

  const make = async (audience: Audience, of: Made['of'], state: DigestsState, found: Scan): Promise<Made> => {
    if (of === 'mine' && audience.to === 'person') {
      return { of, digest: found.queues.of(audience.person, found.at) };
    }
    const asked = audience.to === 'person';
    const weekAgo = new Date(Date.parse(found.at) - ASKED_DAYS * DAY_MS).toISOString();
    const since = asked ? weekAgo : (state.last ?? state.begun);
    const digest = found.tally.digest({ since, until: found.at }, await besideDeals(options, since, found.at));
    return { of: 'compliance', digest };
  };

  const tick = async ({ audience, register }: NonNullable<ReturnType<typeof at>>, dueAt: Instant): Promise<void> => {
    const { state, version } = await register.now();
    const due = dueDigest(state, clock().toISOString(), audience, organisation(), nextRun);
    if (!due) return register.start();
    const made = await make(audience, due.of, state, await scan());
    const ask = { actor: SYSTEM, cause: `tick:${version}:${dueAt}` };
    const outcome = await register.handle({ type: 'Make', made }, ask);
    if (outcome.kind === 'refused') await register.start();
  };

  /** Starts the digests of the places that the organisation file names. */
  const begin = async () => {
    for (const { channel } of organisation().digests ?? []) {
      const found = open(channel === undefined ? 'digest:compliance' : `digest:channel:${channel}`);
      if (!found || (await found.register.now()).state.begun !== undefined) continue;
      await found.register.handle({ type: 'Begin' }, { actor: SYSTEM, cause: 'organisation-file' }).catch(exceptNewer);
    }
  };

  return {
    handle: (person, asked, cause) => ofPerson(person).handle(asked, { actor: person, cause }),
    sent: async (name) => {
      const [, stream = '', version = ''] = /^(.+)\/(\d+)$/.exec(name) ?? [];
      const found = at(stream);
      const state = found && (await found.register.at(Number(version)));
      return found && state?.made && { audience: found.audience, made: state.made };
    },
    shownWith,
    tick: async (stream, dueAt) => {
      const found = at(stream);
      if (!found) throw new Error('there is no such digest');
      await tick(found, dueAt).catch((error: unknown) => {
        // The next start does it.
        if (!(error instanceof ScanStopped)) throw error;
      });
    },
    startAll: async () => {
      await begin();
      let after: string | undefined;
      do {
        const page = await store.list({ kind: KIND, limit: 100, ...(after === undefined ? {} : { after }) });
        for (const { stream } of page) await at(stream)?.register.start();
        after = page.at(-1)?.stream;
      } while (after !== undefined);
    },
    said: async (row, read) => at(row.stream)?.register.said(row, read),
    owed: async (stream, version) => at(stream)?.register.owed(version),
    stop: () => {
      ended = true;
    },
  };
};
