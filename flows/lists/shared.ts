/**
 * Summaries as a bot keeps a hundred thousand of them: all of one shape, so that a walk over them is quick, and what deals
 * have in common is there once. Names of customers and end-users are with their own deal alone, and go with it.
 */

import { markOf, type Mark } from './mark.ts';
import { countryWords, namesOf, productWords, standingWords, type Searchable } from './search.ts';
import { remembering, sharing, within, type Within } from './sharing.ts';
import { stageOf, type Stage } from './stage.ts';
import type { DealSummary } from './summary.ts';
import type { Wait } from './waits.ts';

/** What a deal has in common with many. */
interface Standing extends Pick<
  DealSummary,
  | 'status'
  | 'tier'
  | 'home'
  | 'policy'
  | 'approverGroups'
  | 'deciding'
  | 'wasStopped'
  | 'evidenceWaits'
  | 'pending'
  | 'open'
  | 'accepted'
  | 'fell'
  | 'suspended'
  | 'reassessed'
> {
  kind: DealSummary['endUser']['kind'];
  stage: Stage;
  words: string;
}

/** What few deals have. */
type Rare = Pick<
  DealSummary,
  'requester' | 'handed' | 'conditions' | 'conditionOwners' | 'votedFor' | 'holds' | 'again'
>;

const NONE: readonly never[] = [];
const NOTHING: Rare = { conditionOwners: NONE, votedFor: NONE };

/** A summary as it is kept, and as search sees it. */
export class KeptSummary implements DealSummary, Searchable {
  readonly id: DealSummary['id'];
  readonly customer: string;
  readonly destination: string;
  readonly owner: DealSummary['owner'];
  readonly team: DealSummary['team'];
  readonly openedAt: DealSummary['openedAt'];
  readonly since: DealSummary['since'];
  readonly waits: DealSummary['waits'];
  readonly decision: DealSummary['decision'];
  readonly endedAt: DealSummary['endedAt'];
  readonly votes: DealSummary['votes'];
  readonly product: DealSummary['product'];
  readonly flags: DealSummary['flags'];
  readonly names: string;
  readonly mark: Mark;
  readonly #endUser: string;
  readonly #standing: Standing;
  readonly #ofProduct: string;
  readonly #ofCountry: string;
  readonly #rare: Rare;

  constructor(summary: DealSummary, standing: Standing, rare: Rare, words: { product: string; country: string }) {
    this.id = summary.id;
    this.customer = summary.customer;
    this.destination = summary.destination;
    this.owner = summary.owner;
    this.team = summary.team;
    this.openedAt = summary.openedAt;
    this.since = summary.since;
    this.waits = summary.waits;
    this.decision = summary.decision;
    this.endedAt = summary.endedAt;
    this.votes = summary.votes;
    this.product = summary.product;
    this.flags = summary.flags;
    this.names = namesOf(summary);
    this.mark = markOf(summary, standing.stage);
    this.#endUser = summary.endUser.name;
    this.#standing = standing;
    this.#ofProduct = words.product;
    this.#ofCountry = words.country;
    this.#rare = rare;
  }
  get summary(): DealSummary {
    return this;
  }
  says(needle: string, isIn = (words: string): boolean => words.includes(needle)): boolean {
    // Its names are its own: to remember of them would be to remember of each deal.
    return this.names.includes(needle) || isIn(this.#ofCountry) || isIn(this.#standing.words) || isIn(this.#ofProduct);
  }
  get endUser(): DealSummary['endUser'] {
    return { name: this.#endUser, kind: this.#standing.kind };
  }
  get stage(): Stage {
    return this.#standing.stage;
  }
  get status(): DealSummary['status'] {
    return this.#standing.status;
  }
  get tier(): DealSummary['tier'] {
    return this.#standing.tier;
  }
  get home(): DealSummary['home'] {
    return this.#standing.home;
  }
  get policy(): DealSummary['policy'] {
    return this.#standing.policy;
  }
  get approverGroups(): DealSummary['approverGroups'] {
    return this.#standing.approverGroups;
  }
  get deciding(): boolean {
    return this.#standing.deciding;
  }
  get wasStopped(): boolean {
    return this.#standing.wasStopped;
  }
  get evidenceWaits(): boolean {
    return this.#standing.evidenceWaits;
  }
  get pending(): number {
    return this.#standing.pending;
  }
  get open(): number {
    return this.#standing.open;
  }
  get accepted(): DealSummary['accepted'] {
    return this.#standing.accepted;
  }
  get fell(): DealSummary['fell'] {
    return this.#standing.fell;
  }
  get suspended(): true | undefined {
    return this.#standing.suspended;
  }
  get reassessed(): true | undefined {
    return this.#standing.reassessed;
  }
  get requester(): DealSummary['requester'] {
    return this.#rare.requester;
  }
  get handed(): DealSummary['handed'] {
    return this.#rare.handed;
  }
  get conditions(): DealSummary['conditions'] {
    return this.#rare.conditions;
  }
  get conditionOwners(): DealSummary['conditionOwners'] {
    return this.#rare.conditionOwners;
  }
  get votedFor(): DealSummary['votedFor'] {
    return this.#rare.votedFor;
  }
  get holds(): DealSummary['holds'] {
    return this.#rare.holds;
  }
  get again(): DealSummary['again'] {
    return this.#rare.again;
  }
}

/** Keeps one of each for as long as it lives. `own`: texts of the deal that are kept beside it. */
export type Share = (summary: DealSummary, own?: Within) => KeptSummary;

export const createShare = (): Share => {
  const [text, one] = [remembering((value: string) => value), sharing()];
  const wordsOf = {
    product: remembering((name: string) => productWords({ name })),
    country: remembering(countryWords),
  };
  const alone = remembering((person: string): readonly string[] => [person]);
  const standings = new Map<string, Standing>();

  const standingOf = (summary: DealSummary): Standing => {
    const { status, tier, home, policy, approverGroups, deciding, wasStopped, evidenceWaits, pending, open } = summary;
    const { accepted, fell, suspended, reassessed, endUser, decision, holds, conditions } = summary;
    const stage = stageOf(summary);
    const own = { status, tier, home, policy, approverGroups, deciding, wasStopped, evidenceWaits, pending, open };
    const kept = { ...own, accepted, fell, suspended, reassessed, kind: endUser.kind, stage };
    // Its words say these as well.
    const key = JSON.stringify([kept, decision?.outcome, !holds, !conditions]);
    const known = standings.get(key);
    if (known) return known;
    const made = { ...kept, home: one(home), policy: one(policy), words: standingWords(summary) };
    standings.set(key, made);
    return made;
  };
  const rareOf = ({ requester, handed, conditions, conditionOwners, votedFor, holds, again }: DealSummary): Rare => {
    const rare = { requester, handed, conditions, conditionOwners, votedFor, holds, again };
    const isThere = Object.values(rare).some((value) => value !== undefined && value.length > 0);
    return isThere ? rare : NOTHING;
  };
  const waitIn = ({ of, since, about, people, group, role, due, from }: Wait, own: Within): Wait => ({
    of,
    since: own(since),
    about: about === undefined ? undefined : text(about),
    people: people?.length === 1 ? alone(people[0] ?? '') : people,
    group: group === undefined ? undefined : text(group),
    role,
    due: own(due),
    from: own(from),
  });

  return (summary, own = within()) => {
    const { team, waits, decision } = summary;
    return new KeptSummary(
      {
        ...summary,
        destination: text(summary.destination),
        owner: text(summary.owner),
        openedAt: own(summary.openedAt),
        since: own(summary.since),
        endedAt: own(summary.endedAt),
        team: team.length === 1 ? alone(team[0] ?? '') : team.map(text),
        waits: waits.length === 0 ? NONE : waits.map((wait) => waitIn(wait, own)),
        decision: decision && {
          outcome: decision.outcome,
          at: own(decision.at),
          tier: decision.tier,
          asked: own(decision.asked),
        },
        votes: summary.votes && one(summary.votes),
        product: one(summary.product),
        flags: one(summary.flags),
      },
      standingOf(summary),
      rareOf(summary),
      { product: wordsOf.product(summary.product.name), country: wordsOf.country(summary.destination) },
    );
  };
};
