/**
 * An attacker with the bot's token, the signing secret, the database and the data key, who can write any record they like
 * and have keys of their own. They have nobody's passkey: no approval may show as signed by a key that did not sign it.
 */

import { canonical } from '../../flows/canonical.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { keyText, voteText, type Passkey, type VoteSignature } from '../../flows/passkey.ts';
import type { PasskeyEvent } from '../../flows/registers/passkeys.ts';
import { auditVotes } from '../../src/cli/votes/audit-votes.ts';
import type { Roots } from '../../src/cli/votes/roots.ts';
import { wholeFingerprint } from '../../src/signing/verify.ts';
import { sha256 } from '../../store/chain.ts';
import type { Commit } from '../../store/event-store.ts';
import { aPolicy } from '../support/deal-builders.ts';
import { signingDesk } from '../support/signing-desk.ts';
import { SITE, softPasskey, type SoftPasskey } from '../support/soft-passkey.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const TIMES = { short: 120, long: 20_000 };
const DEALS = 3;
const PEOPLE = ['compliance-1', 'chief-1', 'senior-1', 'counsel-1'];
const REGISTER = 'register:passkeys';

type Cast = Extract<DealEvent, { type: 'VoteCast' }> & { signature: VoteSignature };
type RecordOf = Map<string, Commit[]>;

interface Hand {
  record: RecordOf;
  deals: string[];
  random: () => number;
  /** A key of the attacker's. */
  own: SoftPasskey;
}

type Attack = (hand: Hand) => void;

const eventsIn = (commit: Commit): DealEvent[] => commit.body.events as unknown as DealEvent[];
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!;
const commitsOf = ({ record }: Hand, stream: string): Commit[] => record.get(stream) ?? [];
const casts = (hand: Hand, deal: string): Cast[] =>
  commitsOf(hand, deal)
    .flatMap(eventsIn)
    .filter((event): event is Cast => event.type === 'VoteCast' && event.signature !== undefined);
const anyCast = (hand: Hand): { deal: string; cast: Cast } => {
  const deal = pick(hand.deals, hand.random);
  return { deal, cast: pick(casts(hand, deal), hand.random) };
};
const registered = (hand: Hand): PasskeyEvent[] =>
  commitsOf(hand, REGISTER).flatMap((commit) => commit.body.events as unknown as PasskeyEvent[]);

/** Adds a commit with these events at the end: the chain is made to fit. */
const add = (hand: Hand, stream: string, events: readonly object[]): void => {
  const commits = commitsOf(hand, stream);
  const last = commits.at(-1)!;
  commits.push({
    ...structuredClone(last),
    version: last.version + 1,
    body: { events: structuredClone(events) as never, notices: [] },
  });
};

/** Signs with the attacker's key what would have to be signed. */
const signedAgain = (hand: Hand, deal: string, cast: Cast, key = hand.own): void => {
  const { log, head, expires, nonce } = cast.signature;
  const opened = eventsIn(commitsOf(hand, deal)[0]!)[0]! as Extract<DealEvent, { type: 'DealOpened' }>;
  const text = voteText({
    log,
    head,
    expires,
    nonce,
    deal,
    person: cast.by,
    for: cast.for,
    policy: opened.policy,
    tier: 'high',
    factsHash: cast.factsHash,
    step: cast.step,
    ballot: cast.ballot,
  });
  Object.assign(cast.signature, key.sign(text));
};

const ATTACKS: Readonly<Record<string, Attack>> = {
  'another outcome': (hand) => void (anyCast(hand).cast.ballot.outcome = 'decline'),
  'other reasons': (hand) => void (anyCast(hand).cast.ballot.rationale += ' Really.'),
  'a condition more': (hand) =>
    void anyCast(hand).cast.ballot.conditions.push({ id: 'x', text: 'None', owner: 'rep-1', due: '2027-09-01' }),
  'another opinion on a flag': (hand) => {
    for (const opinion of Object.values(anyCast(hand).cast.ballot.flags)) opinion.opinion = 'clear';
  },
  'something else weighed': (hand) => void (anyCast(hand).cast.ballot.weighing = undefined),
  'a stake denied': (hand) => void (anyCast(hand).cast.ballot.noStake = true),
  'another voter': (hand) => {
    const { cast } = anyCast(hand);
    cast.by = pick(
      PEOPLE.filter((id) => id !== cast.by),
      hand.random,
    );
  },
  'for somebody else': (hand) => void (anyCast(hand).cast.for = 'senior-2'),
  'another step': (hand) => void (anyCast(hand).cast.step += 1),
  'another time': (hand) => void (anyCast(hand).cast.at = '2027-06-01T09:00:00.000Z'),
  'a longer validity': (hand) => void (anyCast(hand).cast.signature.expires = '2028-01-01T00:00:00.000Z'),
  'another head': (hand) => void (anyCast(hand).cast.signature.head.version = 1),
  'another log': (hand) => void (anyCast(hand).cast.signature.log = 'clearthread/log/other'),
  'a vote copied to another deal': (hand) => {
    const { cast } = anyCast(hand);
    const to = pick(hand.deals, hand.random);
    const theirs = pick(casts(hand, to), hand.random);
    if (theirs !== cast) Object.assign(theirs.signature, structuredClone(cast.signature));
  },
  'a whole vote put in the place of another': (hand) => {
    const [a, b] = [anyCast(hand).cast, anyCast(hand).cast];
    if (a !== b) Object.assign(a, structuredClone(b));
  },
  'a vote cast twice': (hand) => {
    const { deal, cast } = anyCast(hand);
    const before = commitsOf(hand, deal).findIndex((commit) => eventsIn(commit).includes(cast));
    commitsOf(hand, deal)[before]?.body.events.push(structuredClone(cast) as never);
  },
  'a deal copied under another number': (hand) => {
    const from = pick(hand.deals, hand.random);
    const text = JSON.stringify(commitsOf(hand, from)).replaceAll(from, 'D-F0RGED');
    hand.record.set('D-F0RGED', JSON.parse(text) as Commit[]);
  },
  'a deal copied whole over another': (hand) => {
    const [from, to] = [pick(hand.deals, hand.random), pick(hand.deals, hand.random)];
    if (from !== to) hand.record.set(to, structuredClone(commitsOf(hand, from)));
  },
  'other answers under the vote': (hand) => {
    const deal = pick(hand.deals, hand.random);
    for (const event of commitsOf(hand, deal).flatMap(eventsIn)) {
      if (event.type === 'SectionAnswered')
        for (const answer of Object.values(event.answers)) answer.note = 'Looked at again.';
    }
  },
  'another customer': (hand) => {
    const [opened] = eventsIn(commitsOf(hand, pick(hand.deals, hand.random))[0]!);
    if (opened?.type === 'DealOpened') opened.details.endUser.name = 'Somebody Else';
  },
  'another policy': (hand) => {
    const [opened] = eventsIn(commitsOf(hand, pick(hand.deals, hand.random))[0]!);
    if (opened?.type === 'DealOpened') opened.policy = 'other-policy';
  },
  'another history of the deal': (hand) => {
    const deal = pick(hand.deals, hand.random);
    // A chain that fits again: each hash stands on the one before.
    for (const commit of commitsOf(hand, deal)) commit.hash = sha256(`${commit.hash}forged`);
  },
  'a forged vote, signed with a key of their own': (hand) => {
    const { deal, cast } = anyCast(hand);
    cast.ballot.rationale = 'This is fine, and nobody needs to look at it again.';
    signedAgain(hand, deal, cast);
  },
  'a forged vote, with a key of their own under the voter’s id': (hand) => {
    const { deal, cast } = anyCast(hand);
    const id = cast.signature.key;
    cast.ballot.outcome = 'approve';
    cast.ballot.rationale = 'This is fine, and nobody needs to look at it again.';
    signedAgain(hand, deal, cast);
    cast.signature.key = id;
  },
  'a swapped enrolment': (hand) => {
    const { deal, cast } = anyCast(hand);
    for (const event of registered(hand)) {
      if (event.type === 'KeyProposed' && event.key.id === cast.signature.key)
        event.key.publicKey = hand.own.key.publicKey;
    }
    const id = cast.signature.key;
    cast.ballot.rationale = 'This is fine, and nobody needs to look at it again.';
    signedAgain(hand, deal, cast);
    cast.signature.key = id;
  },
  'an enrolment of their own for the voter': (hand) => {
    const { deal, cast } = anyCast(hand);
    const at = '2027-03-01T09:00:00.000Z';
    const key: Passkey = { ...hand.own.key, person: cast.by };
    const made = { log: cast.signature.log, expires: '2027-03-01T09:10:00.000Z', nonce: `n${hand.random()}` };
    const by = hand.random() < 0.5 ? 'compliance-1' : 'chief-1';
    const theirs = registered(hand).find((event) => event.type === 'KeyProposed' && event.by === by);
    const text = keyText({ ...made, by, key });
    const signature = {
      ...made,
      ...hand.own.sign(text),
      ...(theirs?.type === 'KeyProposed' ? { key: theirs.key.id } : {}),
    };
    add(hand, REGISTER, [
      { type: 'KeyProposed', at, by: cast.by, key, fingerprint: 'ABCDEFGHJKMN' },
      { type: 'KeyVouchedFor', at, by, key: key.id, signature },
      { type: 'KeyEnrolled', at, by, key: key.id, from: at, ...(hand.random() < 0.5 ? { first: true } : {}) },
    ]);
    cast.ballot.rationale = 'This is fine, and nobody needs to look at it again.';
    signedAgain(hand, deal, cast);
  },
  'an enrolment with what was signed for another key': (hand) => {
    const { deal, cast } = anyCast(hand);
    const at = '2027-03-01T09:00:00.000Z';
    const genuine = registered(hand).find((event) => event.type === 'KeyVouchedFor');
    if (!genuine) return;
    const key: Passkey = { ...hand.own.key, person: cast.by };
    add(hand, REGISTER, [
      { type: 'KeyProposed', at, by: cast.by, key, fingerprint: 'ABCDEFGHJKMN' },
      { ...structuredClone(genuine), key: key.id },
    ]);
    cast.ballot.rationale = 'This is fine, and nobody needs to look at it again.';
    signedAgain(hand, deal, cast);
  },
  'a key given to somebody else': (hand) => {
    const { cast } = anyCast(hand);
    const other = pick(
      PEOPLE.filter((id) => id !== cast.by),
      hand.random,
    );
    for (const event of registered(hand)) {
      if (event.type !== 'KeyProposed' || event.key.id !== cast.signature.key) continue;
      event.key.person = other;
      event.by = other;
    }
    cast.by = other;
  },
};

/** What a vote says and rests on, and who says it. */
const said = (deal: string, { by, for: absent, step, factsHash, ballot, signature }: Cast): string =>
  canonical({ deal, by, for: absent, step, factsHash, ballot, key: signature.key });

const auditOf = (record: RecordOf, roots: Roots) =>
  auditVotes(
    {
      heads: async () =>
        [...record].map(([stream, commits]) => ({ stream, version: commits.length, hash: commits.at(-1)?.hash ?? '' })),
      read: async (stream) => record.get(stream) ?? [],
      policy: async () => undefined,
    },
    roots,
    async (hash) => aPolicy({ hash, signature: { from: 'high', without: 'wait' } }),
  );

const run = async (form: Form): Promise<string[]> => {
  const desk = await signingDesk();
  try {
    const keys = await desk.enrolAll(PEOPLE);
    const deals: string[] = [];
    for (let n = 0; n < DEALS; n += 1) {
      const { deal } = await desk.highDeal();
      for (const person of ['compliance-1', 'senior-1', 'counsel-1']) {
        await desk.sign(await desk.voteUrl(person, deal), keys[person]!);
      }
      deals.push(deal);
    }
    const record: RecordOf = new Map();
    for (const stream of [REGISTER, ...deals]) record.set(stream, await desk.at.store.read(stream));
    const log = (await desk.at.store.logHead())?.origin ?? '';
    const first = ['compliance-1', 'chief-1'].map((person) => wholeFingerprint(keys[person]!.key));
    const required = [{ from: 'high' as const, since: '2027-01-01' }];
    const roots: Roots = { rpId: SITE.rpId, origin: SITE.origin, site: SITE, logs: [log], first, required };

    const started = performance.now();
    const honest = await auditOf(record, roots);
    const each = (performance.now() - started) / honest.votes.length;
    must(
      honest.good && honest.votes.every(({ state }) => state === 'signed'),
      `the honest record is not whole: ${honest.words.join('\n')}`,
    );
    must(honest.votes.length === DEALS * 3, 'votes are missing');
    const genuine = new Set<string>();
    for (const deal of deals)
      for (const cast of casts({ record, deals, random: Math.random, own: softPasskey('x') }, deal))
        genuine.add(said(deal, cast));

    const tried = new Map<string, number>();
    const random = chance(20_270_301);
    let signedForged = 0;
    for (let n = 0; n < TIMES[form]; n += 1) {
      const [name, attack] = Object.entries(ATTACKS)[n % Object.keys(ATTACKS).length]!;
      const forged: RecordOf = structuredClone(record);
      const hand: Hand = { record: forged, deals, random, own: softPasskey('attacker') };
      attack(hand);
      const changed = canonical([...forged]) !== canonical([...record]);
      const found = await auditOf(forged, roots);
      // Votes of one person at one moment look alike in the audit: as many may be signed as were.
      const left = new Map<string, number>();
      const nameOf = (deal: string, by: string, at: string, step: number): string => `${deal} ${by} ${at} ${step}`;
      for (const deal of forged.keys()) {
        for (const cast of casts(hand, deal)) {
          const one = nameOf(deal, cast.by, cast.at, cast.step + 1);
          if (genuine.has(said(deal, cast))) left.set(one, (left.get(one) ?? 0) + 1);
        }
      }
      for (const { state, deal, by, at, step } of found.votes) {
        if (state !== 'signed') continue;
        const one = nameOf(deal, by, at, step);
        const may = left.get(one) ?? 0;
        if (may === 0) signedForged += 1;
        left.set(one, may - 1);
      }
      must(signedForged === 0, `${name}: a forged vote shows as signed`);
      must(!changed || !found.good, `${name}: the forged record passes`);
      if (changed) tried.set(name, (tried.get(name) ?? 0) + 1);
    }
    const attempts = [...tried.values()].reduce((sum, count) => sum + count, 0);
    must(tried.size === Object.keys(ATTACKS).length, 'an attack changed nothing');
    // Other roots lead to none of these keys.
    const strangers = await auditOf(record, { ...roots, first: [wholeFingerprint(softPasskey('x').key)] });
    must(
      strangers.votes.every(({ state }) => state === 'invalid'),
      'keys count without roots',
    );
    return [
      `${attempts} forged records in ${tried.size} ways: 0 forged votes show as signed, 0 records pass`,
      `${each.toFixed(1)} ms for each vote that is checked`,
    ];
  } finally {
    await desk.end();
  }
};

export const forgedVotes: Script = {
  name: 'forged-votes',
  proves: 'whoever holds database, data key and chat secrets makes no vote show as signed that its voter did not sign',
  run,
};
