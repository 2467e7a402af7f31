/**
 * The handlers of cases: who they are, the key that reports are sealed to, their passkey, and who vouched for them. One
 * counts once another handler has compared its fingerprint and signed it with a passkey; two are needed, or no report is
 * taken.
 */

import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Assertion, Passkey } from '../../flows/passkey.ts';
import type { HandlerId } from '../../flows/voices/case.ts';
import type { Day } from '../../flows/voices/days.ts';
import { isActive, vouchingProblem, withVouch } from '../../flows/voices/vouching.ts';
import { spell } from '../ids.ts';
import type { Recipient } from './sealing.ts';
import type { VoicesStore } from './store.ts';

export interface Vouched {
  by: HandlerId;
  day: Day;
  assertion: Assertion;
}

export interface Handler {
  id: HandlerId;
  /** As people who report see it, to tick whom their report concerns. */
  name: string;
  /** Such as "Head of compliance"; shown beside the name. */
  role: string;
  recipient: Recipient;
  /** The handler's private key, sealed with their passphrase in their browser: base64. */
  wrapped: string;
  passkey: Passkey;
  enrolled: Day;
  /** Who compared the fingerprint, when, and the signature over `vouchedText`. */
  vouched?: Vouched | undefined;
  /** The second one, and whether there has to be one: see flows/voices/vouching.ts. */
  also?: Vouched | undefined;
  both?: true | undefined;
  /** Whose lost key this one replaces, once two others vouched for it. */
  instead?: HandlerId | undefined;
  /** Since when nothing more is sealed to them. */
  left?: Day | undefined;
}

export interface Invitation {
  id: HandlerId;
  name: string;
  role: string;
  /** The last day on which it can be used. */
  until: Day;
  /** Whose lost key it replaces. */
  instead?: HandlerId | undefined;
}

/** The text that a voucher's passkey signs: whoever alters a name or a key afterwards breaks it. */
export const vouchedText = ({
  id,
  name,
  role,
  recipient,
  passkey,
  instead,
}: Omit<Handler, 'vouched' | 'also' | 'both' | 'wrapped' | 'enrolled' | 'left'>): string =>
  JSON.stringify([
    'clearthread voices handler',
    id,
    name,
    role,
    recipient,
    passkey.id,
    passkey.publicKey,
    passkey.rpId,
    ...(instead === undefined ? [] : ['in place of', instead]),
  ]);

/** What two people read to each other: 12 letters and digits of the key's fingerprint. */
export const spokenKey = (handler: Parameters<typeof vouchedText>[0]): string =>
  spell(createHash('sha256').update(vouchedText(handler)).digest().subarray(0, 12));

export interface Handlers {
  all(): Handler[];
  /** Those to whom a report is sealed: vouched for, and still there. */
  active(): Handler[];
  /** Makes an invitation and returns its token, which is stored nowhere. */
  invite(invited: Omit<Invitation, 'id'>): { id: HandlerId; token: string };
  invited(token: string, today: Day): Invitation | undefined;
  /** Takes the handler in and uses up the invitation; false where it was used already. */
  enrol(token: string, handler: Handler): boolean;
  /** False where it can't be done any more. The second of two who vouch for a new key ends the one that it replaces. */
  vouch(id: HandlerId, vouched: Vouched): boolean;
  /** From that day on nothing more is sealed to them; what was, they can still open. */
  leave(id: HandlerId, day: Day): boolean;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const invitationShape = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  until: z.string(),
  instead: z.string().optional(),
});

export const createHandlers = ({ db }: Pick<VoicesStore, 'db'>): Handlers => {
  const every = db.prepare<[], { handler: string }>('SELECT handler FROM handlers ORDER BY id');
  const one = db.prepare<[string], { handler: string }>('SELECT handler FROM handlers WHERE id = ?');
  const put = db.prepare(
    'INSERT INTO handlers VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET handler = excluded.handler',
  );
  const invitation = db.prepare<[string], { invitation: string }>('SELECT invitation FROM invitations WHERE hash = ?');
  const all = (): Handler[] => every.all().map(({ handler }) => JSON.parse(handler) as Handler);
  const change = (id: HandlerId, to: (handler: Handler) => Handler | undefined): boolean =>
    db
      .transaction(() => {
        const row = one.get(id);
        const changed = row && to(JSON.parse(row.handler) as Handler);
        if (changed) put.run(id, JSON.stringify(changed));
        return changed !== undefined;
      })
      .immediate();
  return {
    all,
    active: () => all().filter(isActive),
    invite: (invited) => {
      const id = `h-${spell(randomBytes(6)).toLowerCase()}`;
      const token = randomBytes(24).toString('base64url');
      db.prepare('INSERT INTO invitations VALUES (?, ?)').run(
        hashOf(token),
        JSON.stringify({ id, ...invited } satisfies Invitation),
      );
      return { id, token };
    },
    invited: (token, today) => {
      const row = invitation.get(hashOf(token));
      if (!row) return undefined;
      const found = invitationShape.parse(JSON.parse(row.invitation));
      return found.until < today ? undefined : found;
    },
    enrol: (token, handler) =>
      db
        .transaction(() => {
          const { changes } = db.prepare('DELETE FROM invitations WHERE hash = ?').run(hashOf(token));
          if (changes === 1) put.run(handler.id, JSON.stringify(handler));
          return changes === 1;
        })
        .immediate(),
    vouch: (id, vouched) =>
      db
        .transaction(() => {
          const everyone = all();
          const handler = everyone.find((other) => other.id === id);
          if (!handler || vouchingProblem(everyone, vouched.by, id) !== undefined) return false;
          const made = withVouch(everyone, handler, vouched);
          put.run(id, JSON.stringify(made));
          const before = isActive(made) ? everyone.find((other) => other.id === made.instead) : undefined;
          if (before) put.run(before.id, JSON.stringify({ ...before, left: vouched.day } satisfies Handler));
          return true;
        })
        .immediate(),
    leave: (id, day) => change(id, (handler) => (handler.left === undefined ? { ...handler, left: day } : undefined)),
  };
};
