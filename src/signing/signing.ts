/** Signing with passkeys, at Clearthread's own address: links for the chats, and the pages behind them. */

import type { Express } from 'express';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId, Refusal } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { expiryOf } from '../../flows/passkey.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { allKeys, type PasskeysState } from '../../flows/registers/passkeys.ts';
import type { EventStore } from '../../store/event-store.ts';
import { placeAll } from '../checkpoints/signing.ts';
import type { Logger } from '../log.ts';
import type { Deals } from '../streams/deals.ts';
import type { Registers } from '../streams/registers.ts';
import type { Ask } from '../streams/stream-kind.ts';
import { createKeys } from './keys.ts';
import { createLinks, newNonce, type Link } from './links.ts';
import { mountPages } from './mount.ts';
import type { Site } from './verify.ts';
import { createSignedVotes, type VoteToSign, type WrittenSince } from './votes.ts';

export interface Signing {
  site: Site;
  /** Returns the address on which that person signs that vote. */
  voteUrl(view: DealView, vote: VoteToSign, ask: Ask): Promise<{ url: string } | { refused: Refusal }>;
  newKeyUrl(person: PersonId): string;
  vouchUrl(person: PersonId, key: string): string;
  mount(app: Express): void;
}

export interface SigningOptions {
  site: Site;
  dataKey: Buffer;
  deals: Deals;
  registers: Registers;
  store: EventStore;
  organisation: () => Organisation;
  clock: () => Date;
  logger: Logger;
  writtenSince: WrittenSince;
}

/** Returns the log's name. A log has one from its first commit on, which is placed here if it waits. */
const logOf = (store: Pick<EventStore, 'logHead' | 'placeCommits'>) => {
  let known: string | undefined;
  return async (): Promise<string> => {
    if (known === undefined) {
      if (!(await store.logHead())) await placeAll(store);
      known = (await store.logHead())?.origin;
    }
    return known ?? '';
  };
};

export const siteOf = (url: string): Site => ({ origin: new URL(url).origin, rpId: new URL(url).hostname });

export const createSigning = (options: SigningOptions): Signing => {
  const { site, dataKey, deals, registers, store, organisation, clock, logger, writtenSince } = options;
  const links = createLinks(dataKey);
  const log = logOf(store);
  const votes = createSignedVotes({ deals, store, log, clock, site, links, writtenSince });
  const keys = createKeys({ registers, store, organisation, log, clock, site });
  // In the fragment it is sent to no server, and stands in no server's log.
  const urlOf = (token: string): string => `${site.origin}/passkey#${token}`;
  const fresh = (): Pick<Link, 'expires' | 'nonce'> => ({
    expires: expiryOf(clock().toISOString()),
    nonce: newNonce(),
  });
  return {
    site,
    voteUrl: async (view, vote, ask) => {
      const asked = await votes.ask(view, vote, ask);
      return 'refused' in asked ? asked : { url: urlOf(asked.token) };
    },
    newKeyUrl: (person) => urlOf(links.seal({ for: 'new key', person, ...fresh() })),
    vouchUrl: (person, key) => urlOf(links.seal({ for: 'vouching', person, key, ...fresh() })),
    mount: (app) => mountPages(app, { site, links, votes, keys, logger }),
  };
};

/** Says what stands in the way of signed votes, a sentence each. */
export const signatureWarnings = (
  policy: Pick<CompiledPolicy, 'signature'> | undefined,
  site: Site | undefined,
  state: PasskeysState,
): string[] => {
  const { signature } = policy ?? {};
  if (!site) {
    if (!signature) return [];
    const then = signature.without === 'wait' ? 'these votes wait' : 'these votes count as “not signed”';
    return [
      `The policy asks for signed votes from tier ${signature.from} on, and Clearthread has no address of its own: ${then}. Set CLEARTHREAD_PUBLIC_URL.`,
    ];
  }
  const enrolled = allKeys(state).filter(({ from, revoked }) => from !== undefined && !revoked);
  const hosts = [...new Set(enrolled.map(({ rpId }) => rpId))].filter((host) => host !== site.rpId);
  if (hosts.length === 0 || enrolled.some(({ rpId }) => rpId === site.rpId)) return [];
  return [
    `Passkeys belong to one host: those enrolled for ${hosts.join(', ')} do not count at ${site.rpId}. Everybody enrols anew, or CLEARTHREAD_PUBLIC_URL goes back.`,
  ];
};
