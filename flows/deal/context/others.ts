/** What other deals say against this one: ends of the same end-user's, answers about it or its country. House rule. */

import { endUserKey, endUserKeys } from '../../end-user.ts';
import type { DealId, Instant } from '../../ids.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { CompiledPolicy, Question, QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealDetails, DraftAnswer } from '../deal.ts';
import type { EndedOther, HeardOtherwise, Others } from '../said-shapes.ts';
import { saidIn } from '../said/scope.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';
import { elsewhere, tierSaid, type SaidElsewhere, type Topic, type Topical } from './elsewhere.ts';
import { holdsOn } from './holds.ts';
import { graverKind, heardKinds, saidKind } from './kinds.ts';
import { partyKeys } from './parties.ts';
import { AGES, GRAVE, isNoted, latestFirst, worriesOf } from './worries.ts';

/** An answer is held against another deal's for so long. */
const RECENT_MS = 365 * 24 * 3_600_000;
/** Ends of the same end-user's deals that one deal takes, the gravest first. Of the rest it knows how many. */
const MOST_ENDED = 10;

/** Tells whether compliance had yet to confirm what makes the deal lighter, or did not confirm it. */
export const isUnconfirmed = (deal: OpenedDeal): boolean =>
  (deal.lighterSaid ?? deal.lighterRefused ?? deal.scopeRefused) !== undefined ||
  ('scopeSaid' in deal && deal.scopeSaid !== undefined);

/** Returns how the deal ended without an approval. A stop counts too where the chief took it back. */
const endOf = (deal: OpenedDeal): SaidElsewhere['ended'] => {
  if (deal.status === 'decided' && deal.decision.outcome === 'declined')
    return { how: 'declined', at: deal.decision.at };
  if (deal.status === 'stopped') return { how: 'stopped', at: deal.at };
  const stopped = deal.stops?.at(-1);
  if (stopped) return { how: 'stopped', at: stopped.at };
  if (deal.status === 'withdrawn') {
    if (isUnconfirmed(deal)) return { how: 'withdrawn', at: deal.at, unconfirmed: true };
    const after = deal.requests.length > 0 ? 'question' : deal.carried?.length ? 'vote' : undefined;
    return after && { how: 'withdrawn', after, at: deal.at };
  }
  // Declined, and then reopened: the votes that said so are kept.
  const declined = approvalOf(deal) ? undefined : deal.carried?.findLast(({ outcome }) => outcome === 'decline');
  return declined ? { how: 'declined', at: declined.at } : undefined;
};

/** The Guidance's items on the end-user's record, on who is involved, on what is known of the use, and on our part in it. */
const ON_END_USER = /^(?:H|K|S|G2$|G8$|G10$|G11$)/u;

/** Those on what the product can do, and whether it is in scope. */
const ON_PRODUCT = /^(?:G1$|P)/u;

/** What was done for one deal, and where "yes" is the good answer, says nothing of another. */
const topicOf = (policy: CompiledPolicy, question: Question | undefined): Topic | undefined => {
  if (!question || policy.isBenign(question.id, 'yes')) return undefined;
  if (question.about === 'country') return 'country';
  if (question.kind === 'yes-no' && question.sources.some((id) => ON_PRODUCT.test(id))) return 'product';
  return question.about === undefined && question.sources.some((id) => ON_END_USER.test(id)) ? 'end-user' : undefined;
};

/** Not known is as little as well: somebody else may know. */
type Said = Topical & { well: boolean; at: Instant };

const topical = (
  { policy, deal }: DealView,
  question: QuestionId,
  { value, at = deal.openedAt }: Pick<DraftAnswer, 'value' | 'at'>,
): Said[] => {
  const topic = topicOf(policy, policy.question(question));
  return topic === undefined
    ? []
    : [{ question, topic, well: isOpenValue(value) || policy.isBenign(question, value), at }];
};

/** Returns the answers that other deals may contradict. */
const topicalAnswers = (view: DealView): Said[] =>
  Object.values(view.deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([question, answer]) => topical(view, question, answer)),
  );

/** Returns what was said beside the answers of now: asked again since, saved for later, or waiting for compliance as lighter. */
const countedBeside = (view: DealView): Said[] => {
  const { answers, drafts, earlierSaid, lastSaid, lighterSaid, lighterKept } = view.deal;
  const saved = [drafts, earlierSaid].flatMap((sections) =>
    Object.values(sections ?? {}).flatMap((given) =>
      Object.entries(given).flatMap(([id, answer]) => topical(view, id, answer)),
    ),
  );
  const again = Object.entries(lastSaid ?? {}).flatMap(([section, given]) =>
    own(answers, section) ? [] : Object.entries(given).flatMap(([id, answer]) => topical(view, id, answer)),
  );
  const waiting = [...(lighterSaid?.answers ?? []), ...(lighterKept?.answers ?? [])].flatMap(({ question, answer }) =>
    topical(view, question, answer),
  );
  return [...saved, ...again, ...waiting];
};

const distinct = (all: readonly (string | undefined)[]): string[] =>
  [...new Set(all.filter((one) => one !== undefined && one !== ''))] as string[];

/**
 * A deal that is out of scope by another deal's confirmation rests on that as long as nothing more speaks against it. What is
 * sold already is looked at again where somebody learns more of its end-user.
 */
export const hearsOthers = (deal: OpenedDeal): boolean =>
  isOpen(deal) ||
  approvalOf(deal) !== undefined ||
  (deal.status === 'out of scope' && deal.confirmed?.deal !== undefined);

/** One outside the catalogue is the same where its name is. */
const productKey = ({ id, name }: DealDetails['product']): string =>
  id === OTHER_PRODUCT ? `${OTHER_PRODUCT} ${endUserKey(name)}` : id;

/** What was said of a name stays said of it, whatever the deal is called since. */
const pastEndUsers = ({ renamed = [] }: OpenedDeal): string[] =>
  renamed.flatMap(({ of, before }) => (of === 'end-user' ? before : []));

export const saidElsewhere = (view: DealView): SaidElsewhere => {
  const { deal } = view;
  const { endUser, destination, product } = deal.details;
  const was = deal.lighterSaid?.was;
  const answers = topicalAnswers(view);
  const well = answers.filter((said) => said.well && (isOpen(deal) || said.topic === 'product'));
  return {
    id: deal.id,
    owner: deal.owner,
    listens: hearsOthers(deal),
    endUsers: distinct([endUser.name, was?.name, ...pastEndUsers(deal)].flatMap((name) => endUserKeys(name ?? ''))),
    parties: partyKeys(deal.details),
    destinations: distinct([destination, was?.destination]),
    products: distinct([product, was?.product].map((one) => one && productKey(one))),
    kind: saidKind(deal),
    scope: deal.answers[view.policy.scopeSection] && saidIn(view).scope,
    tier: tierSaid(view),
    rests: deal.status === 'out of scope' ? deal.confirmed?.deal : undefined,
    isOut: deal.status === 'out of scope',
    approved: deal.status === 'decided' && approvalOf(deal) !== undefined,
    ended: endOf(deal),
    worries: worriesOf(view),
    well: well.map(({ question, topic }) => ({ question, topic })),
    otherwise: [...answers, ...countedBeside(view)]
      .filter(({ well }) => !well)
      .map(({ question, topic, at }) => ({ question, topic, at })),
    noted: deal.others,
  };
};

const grouped = (all: readonly SaidElsewhere[], keys: (one: SaidElsewhere) => readonly string[]) => {
  const groups = new Map<string, SaidElsewhere[]>();
  for (const one of all) for (const key of keys(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
  return groups;
};

/** From what the deal team can't make alone to what it can: dummies that it stops or withdraws hide no decline. */
const GRAVEST: readonly EndedOther['how'][] = ['declined', 'stopped', 'withdrawn'];

export const gravestFirst = (all: readonly EndedOther[]): EndedOther[] =>
  all.toSorted((a, b) => GRAVEST.indexOf(a.how) - GRAVEST.indexOf(b.how) || latestFirst(a, b));

/** Names what deals share by an answer. Empty: nothing. */
const sharedBy = (
  { destinations, endUsers, products }: Pick<SaidElsewhere, 'destinations' | 'endUsers' | 'products'>,
  { question, topic }: Topical,
): string[] => {
  const of = { country: destinations, 'end-user': endUsers, product: products }[topic];
  return of.map((one) => `${question} of ${topic} ${one}`);
};

/** Returns the latest two of each kind, which are enough: one of them is another deal's. */
const latestOtherwise = (
  all: readonly SaidElsewhere[],
  since: Instant,
): Map<string, { deal: DealId; at: Instant }[]> => {
  const latest = new Map<string, { deal: DealId; at: Instant }[]>();
  for (const one of all) {
    for (const said of one.otherwise) {
      if (said.at <= since) continue;
      for (const key of sharedBy(one, said)) {
        // One deal may say it twice: as it is now, and as it was.
        const found = [...(latest.get(key) ?? []), { deal: one.id, at: said.at }].toSorted(latestFirst);
        latest.set(
          key,
          found.filter(({ deal }, i) => found.findIndex((other) => other.deal === deal) === i).slice(0, 2),
        );
      }
    }
  }
  return latest;
};

/** Returns, for each open deal, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> => {
  const sameEndUser = grouped(all, ({ endUsers }) => endUsers);
  // Most deals are approved, and of most others there is nothing that an approved one hears.
  const loud = grouped(
    all.filter(({ ended, worries }) => ended !== undefined || worries.length > 0),
    ({ endUsers }) => endUsers,
  );
  const byId = new Map(all.map((one) => [one.id, one]));
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const latest = latestOtherwise(all, since);
  const news = new Map<DealId, Others>();
  const isNamed = (party: string): boolean => loud.has(party);
  const listeners = all.filter(
    ({ listens, approved, endUsers, parties }) => listens && (!approved || [...endUsers, ...parties].some(isNamed)),
  );
  for (const one of listeners) {
    const { id, endUsers, parties, well, noted } = one;
    const heard = one.approved ? loud : sameEndUser;
    const same = new Set(endUsers.flatMap((endUser) => heard.get(endUser) ?? []));
    const named = [...new Set([...endUsers, ...parties].flatMap((party) => heard.get(party) ?? []))];
    const allEnded = gravestFirst(
      named.flatMap((other) => (other.id !== id && other.ended ? [{ deal: other.id, ...other.ended }] : [])),
    );
    const isNew = ({ deal }: EndedOther): boolean => !noted?.ended.some((known) => known.deal === deal);
    const ended = allEnded.slice(0, MOST_ENDED).filter(isNew);
    const more = allEnded.slice(MOST_ENDED).filter(isNew).length;
    const otherwise = (one.approved ? [] : well)
      .filter(({ question }) => !noted?.otherwise.some((known) => known.question === question))
      .flatMap((said) => {
        const against = sharedBy(one, said)
          .flatMap((key) => latest.get(key) ?? [])
          .find(({ deal }) => deal !== id);
        return against ? [{ question: said.question, ...against }] : [];
      });
    const kind = one.approved ? undefined : graverKind(one, [...same], since, noted?.kinds);
    const base = one.rests === undefined ? undefined : byId.get(one.rests);
    const worries = [...new Set([...named, ...(base ? [base] : [])])]
      .filter((other) => other.id !== id)
      .flatMap((other) =>
        [...other.worries, ...(same.has(other) || other === base ? elsewhere(one, other) : [])].map((worry) => ({
          deal: other.id,
          ...worry,
        })),
      )
      .filter(({ at, of }) => (at > since || !AGES.has(of)) && (!one.approved || GRAVE.has(of)))
      .filter((worry) => !isNoted(noted, worry));
    if (ended.length + otherwise.length + worries.length > 0 || kind || more > (noted?.more ?? 0))
      news.set(id, {
        ended,
        otherwise,
        ...(more > 0 ? { more } : {}),
        ...(kind ? { kinds: [kind] } : {}),
        ...(worries.length > 0 ? { worries } : {}),
      });
  }
  return news;
};

/** Counts the ends of deals with the same end-user, with those that are not taken one by one. */
export const endedCount = (others: Pick<Others, 'ended' | 'more'> | undefined): number =>
  (others?.ended.length ?? 0) + (others?.more ?? 0);

/** Returns the other deals that were heard of. */
export const dealsHeard = ({ others }: Pick<OpenedDeal, 'others'>): DealId[] => [
  ...new Set(
    [others?.ended, others?.otherwise, others?.kinds, others?.worries].flatMap((all) =>
      (all ?? []).map(({ deal }) => deal),
    ),
  ),
];

/** Returns what was heard otherwise of answers that still say that all is well. */
export const heardOtherwise = (view: DealView): HeardOtherwise[] => {
  const heard = view.deal.others?.otherwise ?? [];
  if (heard.length === 0) return [];
  const well = new Set(topicalAnswers(view).flatMap(({ question, well: isWell }) => (isWell ? [question] : [])));
  return heard.filter(({ question }) => well.has(question));
};

/** Returns the ids of other deals and of holds that speak against being out of scope without a look of compliance. */
export const againstScope = (view: DealView): string[] => {
  const { deal, policy } = view;
  const ofProduct = heardOtherwise(view).filter(
    ({ question }) => topicOf(policy, policy.question(question)) === 'product',
  );
  const { ended = [], worries = [] } = deal.others ?? {};
  const heard = [...ended, ...worries, ...heardKinds(view), ...ofProduct].map((other) => other.deal);
  return [...new Set([...heard, ...holdsOn(view).map(({ id }) => id)])];
};

/** Returns the questions about the country whose answers say that all is well while a country alert stands. */
export const againstAlert = (view: DealView): QuestionId[] =>
  alertsShown(view).length === 0
    ? []
    : topicalAnswers(view).flatMap(({ question, topic, well }) => (topic === 'country' && well ? [question] : []));
