/** The JSON of `deal export`: the record opened, and as stored, so that the file alone suffices to check the chain. */

import type { DealView } from '../../flows/deal/view.ts';
import { snapshotHash, snapshotText } from '../../store/chain.ts';
import type { Commit, Json, Snapshot, StoredCommit } from '../../store/event-store.ts';

const HOW_TO_VERIFY = [
  '"commits" is the record opened, to read. "stored" is the same commits as they lie in the database, each with its "body" encrypted. The hashes cover "stored", so they can be checked without any key:',
  '1. Canonical JSON below means: members sorted by name (by UTF-16 code unit), no white space, text and numbers as JSON writes them. Hashes are SHA-256 of UTF-8 text, in small hexadecimal letters. "\\n" is one line feed.',
  '2. The stored commits have the versions 1, 2, 3 and so on without a gap, and all name this deal as "stream".',
  '3. The "prevHash" of commit 1 is the hash of "clearthread stream 1\\n" followed by the stream. Each later "prevHash" is the "hash" of the commit before.',
  '4. Each "hash" is the hash of "clearthread commit 2\\n" followed by the canonical JSON of the stored commit without its member "hash". Older commits have no "stateHash"; theirs is made with "clearthread commit 1\\n". After the first commit that has one, all have one.',
  '5. Each commit in "commits" has the same version, time, actor, cause, context versions and hashes as the stored one. Where it has a "stateHash", that is the hash of "clearthread body 1\\n" followed by the text "plain", and reading that text as JSON gives "body": what you read is what was recorded. The random "salt" in it is why nobody can guess a body from its hash. What is in an older body can be compared with the encrypted one only by whoever holds the data key.',
  '6. "snapshot" is the state that the last commit left. The hash of "clearthread snapshot 1\\n", the "salt" of the last body, "\\n" and the text "snapshot.plain" is that body\'s "snapshot". Reading the text as JSON gives its columns (as lists show them), the format of the state, and the state; without the members "eventTypes" and "committedAt" that is "state".',
  '7. The "contextVersions.policy" of each commit is "policy.hash", which is the hash of the canonical JSON of "policy.document".',
  '8. The last hash belongs to the export itself. The file that ends in ".tlog-proof" shows that the log of all commits contains it, under a signed checkpoint (c2sp.org/tlog-proof): the entry is the 32 bytes of that hash, and the log\'s public key comes from somebody you trust. A tree that contains the last commit contains, by the chain above, the deal up to there. A checkpoint in the older form names this deal with a version and a hash: the stored commit of that version must have that hash.',
];

export interface DealRecord {
  view: DealView;
  /** The policy that the deal was opened under, as stored. */
  policy: Json | undefined;
  commits: readonly Commit[];
  stored: readonly StoredCommit[];
  /** As the last commit was written with. */
  snapshot: Snapshot | undefined;
}

/** A commit with the text that its `stateHash` covers: read and written again it is the same. */
const withPlain = (commit: Commit): object =>
  commit.stateHash === undefined ? commit : { ...commit, plain: JSON.stringify(commit.body) };

/** The text of a snapshot, if the commit speaks for that one. */
const plainOf = (snapshot: Snapshot, last: Commit | undefined): string | undefined => {
  const { format, state, ...columns } = snapshot;
  const plain = snapshotText({ columns, format, state });
  return snapshotHash(last?.body.salt ?? '', plain) === last?.body.snapshot ? plain : undefined;
};

export const recordJson = ({ view, policy, commits, stored, snapshot }: DealRecord): string => {
  const plain = snapshot && plainOf(snapshot, commits.at(-1));
  const record = {
    format: 'clearthread-record-1',
    howToVerify: HOW_TO_VERIFY,
    deal: view.deal.id,
    state: view.deal,
    assessment: view.assessment,
    policy: { hash: view.deal.policy, document: policy ?? null },
    commits: commits.map(withPlain),
    ...(plain === undefined ? {} : { snapshot: { plain } }),
    stored,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
};
