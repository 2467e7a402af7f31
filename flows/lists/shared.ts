/**
 * Summaries as a bot keeps a hundred thousand of them: all of one shape, so that a walk over them is quick, and what deals
 * have in common is there once. Names of customers and end-users are with their own deal alone, and go with it.
 */

import { markOf, type Mark } from './mark.ts';
import { beginnings, countryWords, namesOf, productWords, standingWords, type Searchable } from './search.ts';
import { counting, remembering, sharing, sharingBy, within, type Common, type Parts, type Within } from './sharing.ts';
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
  | 'ownPart'
> {
  kind: DealSummary['endUser']['kind'];
  stage: Stage;
  words: Common<string>;
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
  // What a search asks of every deal first, side by side: what lies together is read at once.
  readonly begins: number;
  readonly beginsToo: number;
  readonly mark: Mark;
  readonly #standing: Standing;
  readonly countryWords: Searchable['countryWords'];
  readonly productWords: Searchable['productWords'];
  readonly sold: Searchable['sold'];
  readonly raised: Searchable['raised'];
  readonly destination: string;
  readonly owner: DealSummary['owner'];
  readonly id: DealSummary['id'];
  readonly names: string;
  readonly openedAt: DealSummary['openedAt'];
  readonly customer: string;
  readonly team: DealSummary['team'];
  readonly since: DealSummary['since'];
  readonly waits: DealSummary['waits'];
  readonly decision: DealSummary['decision'];
  readonly endedAt: DealSummary['endedAt'];
  readonly votes: DealSummary['votes'];
  readonly #endUser: string;
  readonly #rare: Rare;

  constructor(
    summary: DealSummary,
    standing: Standing,
    rare: Rare,
    common: Pick<Searchable, 'sold' | 'raised' | 'productWords' | 'countryWords'>,
  ) {
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
    this.sold = common.sold;
    this.raised = common.raised;
    this.productWords = common.productWords;
    this.countryWords = common.countryWords;
    this.names = namesOf(summary);
    [this.begins, this.beginsToo] = beginnings(this.names);
    this.mark = markOf(summary, standing.stage);
    this.#endUser = summary.endUser.name;
    this.#standing = standing;
    this.#rare = rare;
  }
  get summary(): DealSummary {
    return this;
  }
  get standingWords(): Common<string> {
    return this.#standing.words;
  }
  get product(): DealSummary['product'] {
    return this.sold.value;
  }
  get flags(): DealSummary['flags'] {
    return this.raised.value;
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
  get ownPart(): DealSummary['ownPart'] {
    return this.#standing.ownPart;
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

/** Its words say more than its own members: they hang on the decision, on holds and on conditions too. */
const standingParts = (summary: DealSummary): Parts => {
  const { status, tier, home, policy, approverGroups, deciding, wasStopped, evidenceWaits, pending, open } = summary;
  const { accepted, fell, suspended, reassessed, ownPart, endUser, decision, holds, conditions } = summary;
  const { platform, channel } = home;
  const own: Parts = [
    status,
    tier,
    deciding,
    wasStopped,
    evidenceWaits,
    pending,
    open,
    accepted,
    fell,
    suspended,
    reassessed,
    ownPart,
  ];
  const words = [endUser.kind, stageOf(summary), decision?.outcome, !holds, !conditions];
  const { deciders, delegates } = policy;
  return own.concat(words, [platform, channel, delegates, approverGroups.length], approverGroups, deciders);
};

/** Keeps one of each for as long as it lives. `own`: texts of the deal that are kept beside it. */
export type Share = (summary: DealSummary, own?: Within) => KeptSummary;

/** `next`: numbers for what is shared. Summaries of several shares that are searched together need one for all. */
export const createShare = (next = counting()): Share => {
  const [text, one] = [remembering((value: string) => value), sharing()];
  const common = <T>(value: T): Common<T> => ({ n: next(), value });
  const ofProduct = remembering((name: string) => common(productWords({ name })));
  const ofCountry = remembering((code: string) => common(countryWords(code)));
  const sold = sharingBy<DealSummary['product'], Searchable['sold']>(({ id, name }) => [id, name], common);
  const raised = sharingBy<DealSummary['flags'], Searchable['raised']>(
    (flags) => flags.flatMap(({ id, weight }) => [id, weight]),
    common,
  );
  const voted = sharingBy<NonNullable<DealSummary['votes']>, DealSummary['votes']>(
    (votes) => votes.flatMap(({ by, for: absent, outcome }) => [by, absent, outcome]),
    (votes) => votes,
  );
  const alone = remembering((person: string): readonly string[] => [person]);

  const standingOf = sharingBy<DealSummary, Standing>(standingParts, (summary) => {
    const { status, tier, home, policy, approverGroups, deciding, wasStopped, evidenceWaits, pending, open } = summary;
    const { accepted, fell, suspended, reassessed, ownPart, endUser } = summary;
    const own = { status, tier, approverGroups, deciding, wasStopped, evidenceWaits, pending, open };
    const few = { accepted, fell, suspended, reassessed, ownPart, kind: endUser.kind, stage: stageOf(summary) };
    return { ...own, ...few, home: one(home), policy: one(policy), words: common(standingWords(summary)) };
  });
  const rareOf = ({ requester, handed, conditions, conditionOwners, votedFor, holds, again }: DealSummary): Rare => {
    const rare = { requester, handed, conditions, conditionOwners, votedFor, holds, again };
    const isThere = Object.values(rare).some((value) => value !== undefined && value.length > 0);
    return isThere ? rare : NOTHING;
  };
  // In one of three shapes: most waits say little, and a member that is not there takes no room.
  const waitIn = ({ of, since, about, people, group, role, due, from }: Wait, own: Within): Wait => {
    const by = people?.length === 1 ? alone(people[0] ?? '') : people;
    const at = own(since);
    if (group !== undefined || role !== undefined || by === undefined) {
      const named = { people: by, group: group === undefined ? undefined : text(group), role };
      const told = about === undefined ? undefined : text(about);
      return { of, since: at, about: told, ...named, due: own(due), from: own(from) };
    }
    if (about === undefined && due === undefined && from === undefined) return { of, since: at, people: by };
    return { of, since: at, about: about && text(about), people: by, due: own(due), from: own(from) };
  };

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
        votes: summary.votes && voted(summary.votes),
      },
      standingOf(summary),
      rareOf(summary),
      {
        sold: sold(summary.product),
        raised: raised(summary.flags),
        productWords: ofProduct(summary.product.name),
        countryWords: ofCountry(summary.destination),
      },
    );
  };
};
