/** `clearthread audit roots`: a draft of what an auditor brings to check signed votes. */

import { stringify } from 'yaml';
import type { PasskeyEvent } from '../../../flows/registers/passkeys.ts';
import { spokenFingerprint, wholeFingerprint } from '../../signing/verify.ts';
import { eventsOf } from '../../streams/repeats.ts';
import { command, Unusable } from '../command.ts';
import { whereOf, withStore } from '../record.ts';
import { PASSKEYS } from './audit-votes.ts';

const HELP = `Usage: clearthread audit roots [--data DIR] > roots.yml

Prints a roots file for "audit verify --roots", from the record: the host of its passkeys, the log's name, and the
fingerprints of the first keys, each with the 12 characters that its person can read out. It is a draft: compare
these with their people by voice or face, add from when votes must be signed, and keep it outside.

  --data DIR  the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

Exit code: 0 printed, 2 it could not be done.`;

export const auditRoots = command({
  help: HELP,
  options: { data: { type: 'string' } },
  read: ({ values: { data } }, env) => ({ where: whereOf(data, env) }),
  run: ({ where }, io) =>
    withStore(where, io, async (store) => {
      const commits = (await store.heads()).some(({ stream }) => stream === PASSKEYS) ? await store.read(PASSKEYS) : [];
      const events = eventsOf<PasskeyEvent>(commits);
      const named = new Set(
        events.flatMap((event) => (event.type === 'KeyEnrolled' && event.first ? [event.key] : [])),
      );
      const first = events.flatMap((event) =>
        event.type === 'KeyProposed' && named.has(event.key.id) ? [event.key] : [],
      );
      const rpId = first.at(-1)?.rpId;
      const log = (await store.logHead())?.origin;
      if (rpId === undefined || log === undefined) {
        throw new Unusable('No passkey is enrolled yet: there is nothing to check signatures with.');
      }
      const here = first.filter((key) => key.rpId === rpId);
      for (const key of here) io.out(`# ${key.person}: ${spokenFingerprint(key)}`);
      io.out(stringify({ rpId, logs: [log], first: here.map(wholeFingerprint), required: [] }).trimEnd());
      return 0;
    }),
});
