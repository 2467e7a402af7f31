/** Ways into the case room: taking an invitation, and signing in. */

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Assertion } from '../../../flows/passkey.ts';
import type { HandlerId } from '../../../flows/voices/case.ts';
import { dayOf } from '../../../flows/voices/days.ts';
import { isActive } from '../../../flows/voices/vouching.ts';
import { ALGORITHMS, assertionProblem, challengeOf, readNewKey, type NewKey, type Site } from '../../signing/verify.ts';
import type { Handler, Handlers } from '../handlers.ts';
import { isRecipient } from '../sealing.ts';
import { altered } from '../vouched.ts';
import { isWrapped } from './sealed.ts';
import { createSessions } from './sessions.ts';
import type { CanSignIn, Invited, Named, Problem, SignedIn, SignIn } from './wire.ts';

/** Milliseconds in which a device may be asked. */
export const PATIENCE_MS = 120_000;

const TICKET_MS = 5 * 60_000;

export interface Entering {
  invited(token: string): Invited | Problem;
  enrol(token: string, made: { credential: NewKey; recipient: string; wrapped: string }): Promise<Named | Problem>;
  /** Those who can sign in. */
  names(): CanSignIn[];
  begin(id: HandlerId): SignIn | Problem;
  finish(id: HandlerId, ticket: string, assertion: Assertion): Promise<SignedIn | Problem>;
  /** Returns who is signed in with that token, and still a handler. */
  signedIn(token: string): Handler | undefined;
  leave(token: string): void;
}

const OVER: Problem = { problem: 'This invitation was used, or its time is over. Please ask for another one.' };
const ALTERED: Problem = {
  problem:
    'Your name, key or passkey is not the one for which somebody vouched. Please tell the other handlers, by voice.',
};
const NOT_SIGNED: Problem = { problem: 'This passkey did not sign as asked. Please try again.' };

const named = ({ id, name, role }: Named): Named => ({ id, name, role });

export const hintOf = ({ passkey: { id, transports } }: Handler) => ({ type: 'public-key' as const, id, transports });

/**
 * Tickets of a sign-in: nothing is stored for those who only ask for one, so that a crowd of them keeps nobody out. One
 * that was used is remembered until it would have ended.
 */
const createTickets = (clock: () => Date) => {
  const key = randomBytes(32);
  const used = new Map<string, number>();
  const macOf = (id: HandlerId, body: string): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([id, body]))
      .digest();
  return {
    make: (id: HandlerId): string => {
      const body = `${clock().getTime() + TICKET_MS}.${randomBytes(16).toString('base64url')}`;
      return `${body}.${macOf(id, body).toString('base64url')}`;
    },
    isGood: (id: HandlerId, ticket: string): boolean => {
      const [expires = '', nonce = '', mac = ''] = ticket.split('.');
      const given = Buffer.from(mac, 'base64url');
      const right = macOf(id, `${expires}.${nonce}`);
      return (
        given.length === right.length &&
        timingSafeEqual(given, right) &&
        Number(expires) >= clock().getTime() &&
        !used.has(nonce)
      );
    },
    /** False where it was used meanwhile. */
    useUp: (ticket: string): boolean => {
      const [expires = '', nonce = ''] = ticket.split('.');
      for (const [other, until] of used) if (until < clock().getTime()) used.delete(other);
      if (used.has(nonce)) return false;
      used.set(nonce, Number(expires));
      return true;
    },
  };
};

export const createEntering = (handlers: Handlers, site: Site, clock: () => Date): Entering => {
  const sessions = createSessions(clock);
  const tickets = createTickets(clock);
  const today = (): string => dayOf(clock());
  const present = (id: HandlerId): Handler | undefined =>
    handlers.all().find((handler) => handler.id === id && handler.left === undefined);
  const textOfInvitation = (id: HandlerId, token: string): string =>
    JSON.stringify(['clearthread voices invitation', id, createHash('sha256').update(token).digest('hex'), site.rpId]);
  const textOfTicket = (id: HandlerId, ticket: string): string =>
    JSON.stringify(['clearthread voices sign-in', id, ticket, site.rpId]);

  return {
    invited: (token) => {
      const invited = handlers.invited(token, today());
      if (!invited) return OVER;
      const { id, name, role } = invited;
      return {
        id,
        name,
        role,
        options: {
          challenge: challengeOf(textOfInvitation(id, token)),
          rp: { id: site.rpId, name: 'Case room' },
          user: {
            id: createHash('sha256').update(`${site.rpId} ${id}`).digest('base64url'),
            name: `${name}, case room`,
            displayName: name,
          },
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
          excludeCredentials: [],
          authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
          attestation: 'none',
          timeout: PATIENCE_MS,
        },
      };
    },
    enrol: async (token, { credential, recipient, wrapped }) => {
      const invited = handlers.invited(token, today());
      if (!invited) return OVER;
      const { id, name, role, instead } = invited;
      if (instead !== undefined && !present(instead)) return OVER;
      const key = await readNewKey(credential, { text: textOfInvitation(id, token), site });
      const all = handlers.all();
      if (!key || all.some(({ passkey }) => passkey.id === key.id)) return NOT_SIGNED;
      if (!isRecipient(recipient) || all.some((other) => other.recipient === recipient) || !isWrapped(wrapped)) {
        return {
          problem: 'Your browser made no key that can be used here. Please try again, or with another browser.',
        };
      }
      const passkey = { ...key, person: id };
      const handler = { id, name, role, instead, recipient, wrapped, passkey, enrolled: today() };
      return handlers.enrol(token, handler) ? named(handler) : OVER;
    },
    names: () =>
      handlers
        .all()
        .filter(({ left }) => left === undefined)
        .map((one) => ({ ...named(one), ...(one.instead !== undefined && !isActive(one) ? { hasNewKey: true } : {}) })),
    begin: (id) => {
      const handler = present(id);
      if (!handler) return { problem: 'They can’t sign in here any more.' };
      const ticket = tickets.make(id);
      return {
        ticket,
        options: {
          challenge: challengeOf(textOfTicket(id, ticket)),
          rpId: site.rpId,
          allowCredentials: [hintOf(handler)],
          userVerification: 'required',
          timeout: PATIENCE_MS,
        },
      };
    },
    finish: async (id, ticket, assertion) => {
      const handler = present(id);
      if (!handler || !tickets.isGood(id, ticket)) return NOT_SIGNED;
      const key = handler.passkey;
      const problem = await assertionProblem(assertion, { key, text: textOfTicket(id, ticket), site });
      if (problem !== undefined || !tickets.useUp(ticket)) return NOT_SIGNED;
      if ((await altered(handlers.all(), site)).has(id)) return ALTERED;
      const { recipient, wrapped } = handler;
      return { token: sessions.start(id), me: named(handler), recipient, wrapped };
    },
    signedIn: (token) => {
      const id = sessions.use(token);
      return id === undefined ? undefined : present(id);
    },
    leave: (token) => sessions.end(token),
  };
};
