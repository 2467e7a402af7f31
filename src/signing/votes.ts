/** A vote on its way from the chat to its signature: kept sealed beside its deal, until its link is over. */

import { z } from 'zod';
import { differenceItems } from '../../blocks/cards/spans.ts';
import { signedBlocks } from '../../blocks/forms/review-confirmation.ts';
import type { Ballot } from '../../flows/deal/deal.ts';
import { differences } from '../../flows/deal/deciding/facts.ts';
import { votesSum } from '../../flows/deal/deciding/votes-shown.ts';
import { judgeVote } from '../../flows/deal/deciding/voting.ts';
import { againstShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { notCountedOver } from '../../flows/deal/owing/over-words.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { signingOf, textOfVote } from '../../flows/deal/rights/signing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, PersonId, Refusal } from '../../flows/ids.ts';
import { expiryOf, type Assertion } from '../../flows/passkey.ts';
import type { EventStore, Json } from '../../store/event-store.ts';
import type { Deals } from '../streams/deals.ts';
import type { Ask } from '../streams/stream-kind.ts';
import { newNonce, type Link, type Links } from './links.ts';
import { pageBlocks } from './page-words.ts';
import type { PageBlock, Shown } from './page/wire.ts';
import { assertionProblem, challengeOf, type Site } from './verify.ts';

export interface VotesOptions {
  deals: Pick<Deals, 'view' | 'viewAt' | 'done' | 'handle'>;
  store: Pick<EventStore, 'putDraft' | 'draft' | 'heads'>;
  /** Name of the log in which the record stands. */
  log: () => Promise<string>;
  clock: () => Date;
  site: Site;
  links: Links;
  writtenSince: WrittenSince;
}

/** Tells whether other deals say more in words than a page that was drawn with `shown`; unknown is not compared. */
export type WrittenSince = (view: DealView, person: PersonId, shown: string | undefined) => Promise<boolean>;

export interface VoteToSign {
  step: number;
  factsHash: string;
  ballot: Ballot;
  absent: PersonId | undefined;
  /** What spoke against the deal, as the review showed it (`againstShown`); empty: nothing. Absent: it is not compared. */
  against?: string | undefined;
  /** What other deals say in words, as the review showed it (`writtenShown`). Absent: it is not compared. */
  written?: string | undefined;
  /** The votes that the review listed (`votesSum`). Absent: they are not compared. */
  votes?: string | undefined;
}

export interface SignedVotes {
  /** Keeps the vote, and returns the token of its link; what keeps it from being cast is said before. */
  ask(view: DealView, vote: VoteToSign, ask: Ask): Promise<{ token: string } | { refused: Refusal }>;
  show(link: VoteLink): Promise<Shown>;
  /** Casts the vote, or says why not. */
  cast(link: VoteLink, assertion: Assertion): Promise<Shown>;
}

type VoteLink = Extract<Link, { for: 'vote' }>;

const pendingShape = z.object({
  cause: z.string(),
  step: z.number().int().nonnegative(),
  factsHash: z.string(),
  /** The decision looks at it again, and at the signature over it. */
  ballot: z.custom<Ballot>((value) => typeof value === 'object' && value !== null && 'outcome' in value),
  absent: z.string().optional(),
  log: z.string(),
  head: z.object({ version: z.number().int(), hash: z.string() }),
  expires: z.string(),
  nonce: z.string(),
  /** As above. Absent also in links from before it was kept. */
  against: z.string().optional(),
  written: z.string().optional(),
  votes: z.string().optional(),
});
type Pending = z.infer<typeof pendingShape>;

const keyFor = (person: PersonId): string => `sign:${person}`;

type Nothing = Extract<Shown, { does: 'nothing' }>;

/** Long enough to find a phone. */
export const PATIENCE_MS = 5 * 60_000;

export const nothing = (title: string, ...texts: string[]): Nothing => ({
  does: 'nothing',
  title,
  blocks: texts.map((text): PageBlock => ({ kind: 'text', text })),
});
export const OVER = nothing(
  'This link is over',
  'It was for ten minutes, or a newer one took its place. Nothing was signed. Please open it anew from the chat.',
);
const WRITTEN_SINCE =
  'Something was written about this deal, or the end-user elsewhere, since you opened the review. Please open it again and read that first: what you typed is kept.';
const VOTED_SINCE =
  'Others decided since you opened the review. Please open it again and read that first: what you typed is kept.';
const CAST: Shown = {
  ...nothing('Your vote is cast', 'It is signed with your passkey. You can close this page: the thread goes on.'),
  good: true,
};

export const createSignedVotes = ({
  deals,
  store,
  log,
  clock,
  site,
  links,
  writtenSince,
}: VotesOptions): SignedVotes => {
  const pendingOf = async ({ deal, person, nonce }: VoteLink): Promise<Pending | undefined> => {
    const parsed = pendingShape.safeParse(await store.draft(deal, keyFor(person)).catch(() => undefined));
    return parsed.success && parsed.data.nonce === nonce ? parsed.data : undefined;
  };

  /** What changed since the vote was chosen: the facts as they were, and as they are. */
  const changed = async (view: DealView, { head }: Pending): Promise<Shown> => {
    const before = await deals.viewAt(view.deal.id, head.version);
    const found = before ? differences(before.view, view) : [];
    return {
      does: 'nothing',
      title: 'The facts changed meanwhile',
      blocks: [
        {
          kind: 'text',
          text: 'Nothing was signed. Please look at what is different, then open the review again: what you typed is kept.',
        },
        ...pageBlocks([{ kind: 'list', items: differenceItems(view, found) }], view.organisation),
      ],
    };
  };

  /** The vote as it can be signed now, or what to say in place of it. */
  const standing = async (link: VoteLink) => {
    const pending = await pendingOf(link);
    if (!pending) return { shown: OVER };
    if (await deals.done(link.deal, pending.cause)) return { shown: CAST };
    const view = await deals.view(link.deal);
    if (!view || clock().toISOString() > pending.expires) return { shown: OVER };
    const { deal } = view;
    const no = refusal(view, link.person, 'vote');
    if (deal.status !== 'deciding' || deal.step !== pending.step || no !== undefined) {
      return {
        shown: nothing('Not now', no ?? 'This step waits for no votes any more. The thread shows where the deal is.'),
      };
    }
    if (deal.route.factsHash !== pending.factsHash) return { shown: await changed(view, pending) };
    const isSince = pending.against !== undefined && pending.against !== (againstShown(view) ?? '');
    if (isSince || (await writtenSince(view, link.person, pending.written)))
      return { shown: nothing('Not signed', WRITTEN_SINCE) };
    if (pending.votes !== undefined && pending.votes !== votesSum(view))
      return { shown: nothing('Not signed', VOTED_SINCE) };
    const signing = signingOf(view, link.person);
    if (signing.kind !== 'sign')
      return { shown: nothing('Not now', 'No passkey of yours counts here now. Please open the review again.') };
    const of = { ballot: pending.ballot, voter: link.person, absent: pending.absent };
    return { shown: undefined, view, deal, pending, keys: signing.keys, text: textOfVote(deal, of, pending) };
  };

  return {
    ask: async (view, { step, factsHash, ballot, absent, against, written, votes }, { actor, cause }) => {
      const at: Instant = clock().toISOString();
      const judged = judgeVote({
        command: { type: 'CastVote', step, factsHash, ballot, for: absent, votes },
        view,
        meta: { actor, at, id: cause },
      });
      if (judged.kind === 'refused') return { refused: judged.refusal };
      const made = { expires: expiryOf(at), nonce: newNonce() };
      const { id } = view.deal;
      const [head = { version: 0, hash: '' }] = await store.heads(id);
      const pending: Pending = {
        cause,
        step,
        factsHash,
        ballot: judged.ballot,
        ...(absent === undefined ? {} : { absent }),
        log: await log(),
        head: { version: head.version, hash: head.hash },
        ...(against === undefined ? {} : { against }),
        ...(written === undefined ? {} : { written }),
        ...(votes === undefined ? {} : { votes }),
        ...made,
      };
      await store.putDraft(id, keyFor(actor), pending as unknown as Json);
      return { token: links.seal({ for: 'vote', deal: id, person: actor, ...made }) };
    },
    show: async (link) => {
      const found = await standing(link);
      if (found.shown) return found.shown;
      const { view, deal, pending, keys, text } = found;
      const over = notCountedOver(view);
      if (over) return nothing('Not now', over);
      const who = { voter: link.person, absent: pending.absent };
      return {
        does: 'sign',
        title: 'Sign your vote',
        blocks: pageBlocks(signedBlocks(view, deal, pending.ballot, who), view.organisation),
        button: 'Sign with your passkey',
        text,
        options: {
          challenge: challengeOf(text),
          rpId: site.rpId,
          allowCredentials: keys.map(({ id, transports }) => ({ type: 'public-key', id, transports })),
          userVerification: 'required',
          timeout: PATIENCE_MS,
        },
      };
    },
    cast: async (link, assertion) => {
      const found = await standing(link);
      if (found.shown) return found.shown;
      const { view, pending, keys, text } = found;
      const key = keys.find(({ id }) => id === assertion.key);
      const deviceBound = view.policy.signature?.passkeys === 'device-bound';
      const problem = key ? await assertionProblem(assertion, { key, text, site, deviceBound }) : 'not yours';
      if (problem !== undefined) {
        return nothing(
          'Not signed',
          'This passkey did not sign this vote as asked. Nothing was cast. Please try again.',
        );
      }
      const { cause, step, factsHash, ballot, absent, votes, log: name, head, expires, nonce } = pending;
      const outcome = await deals.handle(
        link.deal,
        {
          type: 'CastVote',
          step,
          factsHash,
          ballot,
          for: absent,
          votes,
          signature: { ...assertion, log: name, head, expires, nonce, over: text },
        },
        { actor: link.person, cause },
      );
      if (outcome.kind === 'accepted') return CAST;
      if (outcome.refusal.code === 'facts changed' && outcome.view) return changed(outcome.view, pending);
      if (outcome.refusal.code === 'votes changed') return nothing('Not signed', VOTED_SINCE);
      return nothing('Not counted', outcome.refusal.text);
    },
  };
};
