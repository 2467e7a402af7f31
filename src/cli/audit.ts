/** `clearthread audit verify`: looks for what was done to the record. */

import type { GoneMessage, Head, Ledger, States, Verified, VerifiedPolicies } from '../../store/event-store.ts';
import { findCheckpointKey, findDataKey } from '../../store/keys.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { findErased } from './audit-erased.ts';
import { askedRoot, NOTHING, readSaved, type AskedRoot } from './audit-given.ts';
import { inspectLog } from './audit-log.ts';
import { command, Unusable } from './command.ts';
import { inspectDueTimes, type DueTimes } from './due-times.ts';
import type { CliIo } from './io.ts';
import { whereOf, withLedger, withStore } from './record.ts';
import { nothingSeen, replaysNoting } from './replays.ts';
import { plural, printable } from './text.ts';
import { ownKey, trustedKeyIn, type TrustedKey } from './trusted-key.ts';
import { auditVotes, PASSKEYS, type AuditedVotes } from './votes/audit-votes.ts';
import { readRoots, type Roots } from './votes/roots.ts';

const HELP = `Usage: clearthread audit verify [--data DIR] [--checkpoint FILE] [--root HASH] [--public-key KEY] [--roots FILE]

Walks every commit of every stream, then every stored policy, and names the first bad one. Commits name the
policy that they were decided under by its hash. Then it walks the log, in which each commit has one place, and
compares it with the record and with the checkpoints that were signed of it. With the data key
(CLEARTHREAD_DATA_KEY, else the one in the data folder) it also opens and replays every stream, deals and
registers, and compares what comes out with the state that is kept beside it and with the messages in the outbox,
and checks the rows that say what is due, what is owed to whom, where messages are and where to reach whom. With
the organisation file (CLEARTHREAD_ORGANISATION) it computes due times anew that moved since their commit. A deal
whose key is gone must have been erased by people: it says by whom and why. Without that key it says what it did
not check. Reads only; the bot may be running.

  --data DIR         the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --checkpoint FILE  a checkpoint saved earlier: also finds what was cut off, removed or rewritten since
  --root HASH        the same with a root that a digest showed: its 64 digits, better as SIZE:HASH, as the
                     digest's list of all lines has it
  --public-key KEY   trust this signer (as "audit checkpoint" prints it, or base64). Else the data folder's own
                     key is trusted, and whoever can change the database may be able to use that one too.
  --roots FILE       also checks the passkeys that signed votes, from what you bring: the fingerprints of the first
                     keys, the address's host, the log's name, and from which tier and day on votes must be
                     signed ("audit roots" prints such a file, to compare outside). Names each vote signed,
                     unsigned or invalid. Needs the data key.

Exit code: 0 the record is whole, 1 it is not, 2 it could not be checked.`;

/** Appended to what was verified without the data key. */
const NOT_OPENED = `Not checked, for want of the data key: what the commits say inside, whether the state kept beside each
stream is what they make of it, whether it is due when it says, whether the outbox owes what they owe, and
whether people decided what was erased. Set CLEARTHREAD_DATA_KEY, or name the data folder that has it.`;

type Broken = { kind: 'broken'; words: string };
type Found = { kind: 'whole'; words: string[] } | Broken;

const brokenPolicy = ({ hash, what, detail }: Extract<VerifiedPolicies, { kind: 'broken' }>): Broken => ({
  kind: 'broken',
  words: `BROKEN: policy ${printable(hash)}: ${what}. ${detail}`,
});

const broken = ({ stream, version, what, detail }: Extract<Verified, { kind: 'broken' }>): Broken => ({
  kind: 'broken',
  words: `BROKEN: stream ${printable(stream)}, commit ${version}: ${what}. ${detail}`,
});

const statesIn = ({ compared, unproven, otherFormat, newer, erased }: States): string => {
  const counted: [number, string][] = [
    [unproven, 'not compared, from before states stood in the chain'],
    [otherFormat, 'not compared, with a state of another version, which is made anew when needed'],
    [newer, 'not compared, written to by a newer version'],
    [erased, 'erased'],
  ];
  const others = counted.flatMap(([count, what]) => (count === 0 ? [] : [`, ${count} ${what}`]));
  return `Replayed: ${plural(compared, 'stream')} with the state that ${compared === 1 ? 'its' : 'their'} events make${others.join('')}.`;
};

const dueWords = ({ asked, unchecked }: DueTimes): string[] => [
  ...(asked === 0 ? [] : [`${plural(asked, 'due time')} moved since, as the calendar asks.`]),
  ...(unchecked === 0
    ? []
    : [
        `${plural(unchecked, 'due time')} moved since, as the calendar asks or by hand: not compared, for want of the organisation file (CLEARTHREAD_ORGANISATION) or of a newer version.`,
      ]),
];

/** Streams and messages that are named, and then only counted. */
const MOST_NAMED = 5;

const goneWords = (gone: readonly GoneMessage[]): string[] => {
  if (gone.length === 0) return ['Each message that a commit owes waits in the outbox, or has its place in a chat.'];
  const named = gone.slice(0, MOST_NAMED).map(({ stream, version, id }) => `${stream} ${version} (${id})`);
  const more = gone.length > MOST_NAMED ? ` and ${gone.length - MOST_NAMED} more` : '';
  return [
    `LOOK: ${plural(gone.length, 'message')} that commits owe neither ${gone.length === 1 ? 'waits' : 'wait'} in the outbox nor ${gone.length === 1 ? 'has' : 'have'} a place in a chat: ${printable(named.join(', '))}${more}. An older version dropped them or had nothing left to say, or somebody removed their rows.`,
  ];
};

/** What nobody can tell from the record. */
const NOT_TOLD =
  'Not to be told: whether a card that stands in a chat waited to be drawn anew, or a message waited for a mirror, and its row was removed.';

const brokenDue = ({ putOff }: DueTimes): Broken | undefined => {
  const [first] = putOff;
  if (!first) return undefined;
  const { stream, nextDueAt, owed } = first;
  const others = putOff.length === 1 ? '' : ` So are ${putOff.length - 1} more.`;
  const words = `CHANGED: stream ${printable(stream)} is due at ${printable(nextDueAt ?? 'no time')} in the list, and owes something at ${owed}.${others} If the organisation file is newer than the bot’s last start, start the bot and verify again.`;
  return { kind: 'broken', words };
};

/** Opens and replays, if there is a key. */
const inspectStates = async (ledger: Ledger, where: StoreLocation, env: CliIo['env']): Promise<Found> => {
  const key = findDataKey(env['CLEARTHREAD_DATA_KEY'], where.dataDir);
  if (!key) return { kind: 'whole', words: [NOT_OPENED] };
  const heads = await ledger.heads();
  const seen = nothingSeen();
  const erased = findErased(replaysNoting(seen));
  const gone: GoneMessage[] = [];
  const found = await ledger.verifyStates(key, erased.replays, (message) => void gone.push(message));
  if (found.kind === 'broken') return broken(found);
  const forgotten = erased.compared(heads, new Date().toISOString());
  if (forgotten.kind === 'broken') return { kind: 'broken', words: forgotten.lines.join('\n') };
  const rows = await ledger.verifyRows(key);
  const [first, ...more] = rows.kind === 'checked' ? rows.changed : [];
  if (first) {
    const others = more.length === 0 ? '' : ` So are ${more.length} more.`;
    const words = `CHANGED: row ${printable(first.key)} of ${first.table} is not as Clearthread wrote it.${others}`;
    return { kind: 'broken', words };
  }
  const due = await inspectDueTimes(ledger, seen, env);
  return (
    brokenDue(due) ?? {
      kind: 'whole',
      words: [statesIn(found), ...forgotten.lines, ...dueWords(due), ...goneWords(gone), NOT_TOLD],
    }
  );
};

/** Inspects streams first: what they name can only be believed when they are whole. */
export const inspect = async (
  ledger: Ledger,
  saved?: Head[],
): Promise<{ kind: 'whole'; words: string; commits: number } | Broken> => {
  const found: Verified = await ledger.verify(saved);
  if (found.kind === 'broken') return broken(found);
  const policies = await ledger.verifyPolicies();
  if (policies.kind === 'broken') return brokenPolicy(policies);
  const { streams, commits } = found;
  const kept = plural(policies.policies, 'policy', 'policies');
  const words = `The record is whole: ${plural(streams, 'stream')}, ${plural(commits, 'commit')}, ${kept}.`;
  return { kind: 'whole', words, commits };
};

interface Verifying {
  where: StoreLocation;
  /** The checkpoint. */
  file: string | undefined;
  root: AskedRoot | undefined;
  /** The public key that must have signed it. */
  key: string | undefined;
  /** The file of what votes' signatures are checked with. */
  roots: string | undefined;
}

/** Checks the signatures of votes, or says that nobody did. */
const inspectVotes = async (
  ledger: Ledger,
  where: StoreLocation,
  roots: Roots | undefined,
  io: CliIo,
): Promise<AuditedVotes> => {
  if (!roots) {
    const some = (await ledger.heads()).some(({ stream }) => stream === PASSKEYS);
    return {
      good: true,
      votes: [],
      words: some ? ['Signatures of votes: not checked. Bring your roots (--roots).'] : [],
    };
  }
  if (!findDataKey(io.env['CLEARTHREAD_DATA_KEY'], where.dataDir)) {
    throw new Unusable('Signatures can’t be checked without the data key: set CLEARTHREAD_DATA_KEY.');
  }
  const found: AuditedVotes[] = [];
  await withStore(where, io, async (store) => {
    found.push(await auditVotes(store, roots));
    return 0;
  });
  return found[0] ?? { good: false, votes: [], words: [] };
};

/** The key that the auditor brought, else the installation's own. */
const trustedIn = ({ where, key }: Verifying, env: CliIo['env']): TrustedKey | undefined => {
  if (key !== undefined) return trustedKeyIn(key);
  const own = findCheckpointKey(env['CLEARTHREAD_CHECKPOINT_KEY'], where.dataDir);
  return own && ownKey(own);
};

const verify = async (wanted: Verifying, io: CliIo): Promise<number> => {
  const roots = wanted.roots === undefined ? undefined : await readRoots(wanted.roots);
  const asked = { ...wanted, key: wanted.key ?? roots?.checkpointKey };
  return withLedger(asked.where, async (ledger) => {
    const { file, root, where } = asked;
    const bad = ({ words }: Broken): number => {
      io.out(words);
      return 1;
    };
    const trusted = trustedIn(asked, io.env);
    const given = file === undefined ? { ...NOTHING, ...(root ? { words: [] } : {}) } : await readSaved(file, trusted);
    const found = await inspect(ledger, given.heads);
    if (found.kind === 'broken') return bad(found);
    const log = await inspectLog(ledger, { given, root, trusted, commits: found.commits });
    if (log.kind === 'broken') return bad(log);
    const states = await inspectStates(ledger, where, io.env);
    if (states.kind === 'broken') return bad(states);
    const votes = await inspectVotes(ledger, where, roots, io);
    for (const line of [found.words, ...given.words, ...log.words, ...states.words, ...votes.words]) io.out(line);
    return votes.good ? 0 : 1;
  });
};

export const auditVerify = command({
  help: HELP,
  options: {
    data: { type: 'string' },
    checkpoint: { type: 'string' },
    root: { type: 'string' },
    'public-key': { type: 'string' },
    roots: { type: 'string' },
  },
  read: ({ values: { data, checkpoint: file, root, 'public-key': key, roots } }, env): Verifying => ({
    where: whereOf(data, env),
    file,
    root: root === undefined ? undefined : askedRoot(root),
    key,
    roots,
  }),
  run: verify,
});
