/** The few facts of a deal that say who may read it. */

import type { GroupId, PersonId } from '../ids.ts';
import type { CompiledPolicy } from '../policy/policy.ts';

/** JSON, and nothing of the organisation: who is in a group is looked up when somebody asks. */
export interface Readership {
  /** The deal team. */
  team: readonly PersonId[];
  /** Groups that decide on its route, or did for its approval in force. */
  approverGroups: readonly GroupId[];
  conditionOwners: readonly PersonId[];
  /** Who cast a vote that stands for somebody who was away. */
  votedFor: readonly PersonId[];
  /** True while it is decided. */
  deciding: boolean;
  /** True where a rule of the policy ever stopped it. */
  wasStopped: boolean;
  /** True while somebody says that a condition is met, and nobody looked yet. */
  evidenceWaits: boolean;
  /** What its policy says of stand-ins, and which groups decide by it. */
  policy: Pick<CompiledPolicy, 'delegates'> & { deciders: readonly GroupId[] };
}
