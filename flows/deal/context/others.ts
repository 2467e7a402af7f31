/** What other deals say against this one: ends of the same end-user's, answers about it or its country. House rule. */

import type { DealId, Instant, PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import { sellers } from '../basis/basis.ts';
import type { EndedOther, HeardOtherwise, Others, Shares } from '../heard-shapes.ts';
import { isOwnWord, looksAfter } from '../rights/set-aside.ts';
import { pastKinds } from '../said/past-details.ts';
import { OF_PRODUCT, saidIn as assessmentSaid } from '../said/scope.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';
import type { Graver, SaidElsewhere } from './elsewhere.ts';
import {
  answersEver,
  calledEver,
  destinationsEver,
  detailsNow,
  endUsersEver,
  onceNamed,
  partiesEver,
  productsIn,
  productsNamed,
  tierEver,
  tierSaid,
} from './ever-said.ts';
import { gapsLeftOpen } from './gaps.ts';
import { holdsOn } from './holds.ts';
import { heardKinds, saidKind } from './kinds.ts';
import { namesElsewhere } from './names-elsewhere.ts';
import { saidOfCompanies } from './said-of-companies.ts';
import { asksAnew, dismissedHere, saleOf } from './said-sale.ts';
import { spokeOfProduct, withNames } from './spoke-of-product.ts';
import { withoutStops } from './stopped.ts';
import { gravePart, heardOtherwise, milderAnswers, topicOf } from './topics.ts';
import { doubts, latestFirst, worriesOf } from './worries.ts';
import { wroteIn } from './wrote.ts';

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
  // Declined, and then reopened, and maybe withdrawn: the votes that said so are kept.
  const declined = approvalOf(deal) ? undefined : deal.carried?.findLast(({ outcome }) => outcome === 'decline');
  if (declined) return { how: 'declined', at: declined.at };
  if (deal.status === 'withdrawn') {
    if (isUnconfirmed(deal)) return { how: 'withdrawn', at: deal.at, unconfirmed: true };
    const judged = deal.requests.length > 0 ? 'question' : deal.carried?.length ? 'vote' : undefined;
    const after = judged ?? (isOwnWord(deal, deal.by) ? undefined : looksAfter(deal, deal.by) ? 'team' : 'colleague');
    return after && { how: 'withdrawn', after, at: deal.at };
  }
  return undefined;
};

/** Who withdrew it where that is no end of its own: somebody else who sells to the same end-user hears of a colleague. */
const leftBy = (deal: OpenedDeal): SaidElsewhere['left'] =>
  deal.status === 'withdrawn' ? { by: deal.by, at: deal.at } : undefined;

/** What is sold already, or was cleared by its scope, is looked at again where somebody learns more of its end-user. */
export const hearsOthers = (deal: OpenedDeal): boolean =>
  isOpen(deal) || approvalOf(deal) !== undefined || deal.status === 'out of scope';

/**
 * Returns how it was settled, where it was: such a deal hears what is grave, and no answers. One that is out of scope by
 * another deal's confirmation is not: it rests on that as long as nothing more speaks against it.
 */
export const settledAs = (deal: OpenedDeal): SaidElsewhere['settled'] => {
  if (deal.status === 'decided') return approvalOf(deal) && 'approved';
  if (deal.status !== 'out of scope' || deal.confirmed?.deal !== undefined) return undefined;
  return deal.confirmed ? 'confirmed' : 'found';
};

/** Every answer against the deal, with what it was about when it was given, and as long as it stood. */
const graverAnswers = (view: DealView): Graver[] =>
  answersEver(view).flatMap((answer) => {
    const { deal } = view;
    const { question, value, by, at } = answer;
    const topic = topicOf(view.policy, view.policy.question(question));
    const says = topic ? gravePart(view.policy, question, value) : [];
    if (!topic || says.length === 0) return [];
    const about = topic === 'country' ? destinationsEver(deal, answer) : productsNamed(deal, answer);
    return [{ question, topic, says, at, about, ...(by === undefined || by === deal.owner ? {} : { by }) }];
  });

const isOfScope = ({ policy }: DealView, question: QuestionId): boolean =>
  policy.question(question)?.section === policy.scopeSection;

/** As `SaidElsewhere`, with each product as the deal names it: nothing of the catalogue of today. JSON. */
export type SaidByDeal = SaidElsewhere;

/** Returns the same with the products as that catalogue has them. */
export const saidIn = (catalogue: Pick<Organisation, 'products'>, said: SaidByDeal): SaidElsewhere => {
  const products = productsIn(catalogue);
  return {
    ...said,
    products: products(said.products),
    now: { ...said.now, products: products(said.now.products) },
    ...(said.spoke ? { spoke: withNames(catalogue, said.spoke) } : {}),
    otherwise: said.otherwise.map((one) => (one.topic === 'country' ? one : { ...one, about: products(one.about) })),
  };
};

/** What compliance accepted or confirmed of an open deal alone, by whom, and when first. */
const acceptedIn = (deal: OpenedDeal): { by: PersonId; at: Instant }[] => {
  if (!isOpen(deal)) return [];
  const all = [...Object.values(deal.gaps ?? {}).filter(({ from }) => !from), ...Object.values(deal.exceptions ?? {})];
  const first = new Map<PersonId, Instant>();
  for (const { by, at } of all) if (at < (first.get(by) ?? '9')) first.set(by, at);
  return [...first].map(([by, at]) => ({ by, at }));
};

/** Tells whether nobody said for a while who would use it in the end: what was said meanwhile was of whoever that is. */
const wasUnsaid = (deal: OpenedDeal): boolean =>
  [deal.details.endUser.kind, deal.lighterSaid?.was.endUser, ...pastKinds(deal).map(({ kind }) => kind)].includes(
    'unknown',
  );

export const saidByDeal = (view: DealView): SaidByDeal => {
  const { deal } = view;
  const saysOut = deal.status === 'out of scope';
  const own = withoutStops(view);
  const parties = partiesEver(deal);
  const once = onceNamed(deal).filter((key) => !parties.includes(key));
  const [ended, left] = [endOf(deal), leftBy(deal)];
  const [worries, over, anew] = [worriesOf(view), dismissedHere(deal), asksAnew(deal)];
  const [accepted, wrote, gaps] = [acceptedIn(deal), wroteIn(view), gapsLeftOpen(view)];
  const spoke = spokeOfProduct(view);
  return {
    id: deal.id,
    owner: deal.owner,
    ...(isOwnWord(deal, deal.owner) ? {} : { askedBy: deal.requester }),
    team: [...new Set([...deal.team, ...sellers(deal)])],
    listens: hearsOthers(deal),
    endUsers: endUsersEver(deal),
    parties,
    ...(once.length > 0 ? { once } : {}),
    called: calledEver(deal),
    ...(wasUnsaid(deal) ? { unsaid: true as const } : {}),
    destinations: destinationsEver(deal),
    products: productsNamed(deal),
    now: detailsNow(deal),
    kind: saidKind(deal),
    says: namesElsewhere(view),
    ofCompanies: saidOfCompanies(view),
    scope: deal.answers[view.policy.scopeSection] && assessmentSaid(view).scope,
    tier: tierSaid(own),
    tierEver: tierEver(own),
    rests: deal.status === 'out of scope' ? deal.confirmed?.deal : undefined,
    ...(deal.status === 'out of scope' && deal.confirmed?.deal ? { restsAt: deal.at } : {}),
    isOut: saysOut,
    ...(saysOut && settledAs(deal) === 'found' ? { foundAt: deal.at } : {}),
    settled: settledAs(deal),
    ...(deal.status === 'decided' && settledAs(deal) === 'approved' ? { approvedAt: deal.decision.at } : {}),
    ended,
    ...(ended || !left ? {} : { left }),
    worries,
    ...(isOpen(deal) || over.length > 0 || anew ? { sale: saleOf(view) } : {}),
    ...(anew ? { asksAnew: true as const } : {}),
    ...(over.length > 0 ? { dismissedHere: over } : {}),
    ...(accepted.length > 0 ? { accepted } : {}),
    ...(wrote.length > 0 ? { wrote } : {}),
    ...(spoke.length > 0 ? { spoke } : {}),
    ...(gaps.length > 0 ? { gaps } : {}),
    milder: milderAnswers(view).filter(
      ({ topic, question }) => isOpen(deal) || topic === 'product' || (saysOut && isOfScope(view, question)),
    ),
    otherwise: graverAnswers(view),
    noted: deal.others,
  };
};

export const saidElsewhere = (view: DealView): SaidElsewhere => saidIn(view.organisation, saidByDeal(view));

/** From what the deal team can't make alone to what it can: dummies that it stops or withdraws hide no decline. */
const GRAVEST: readonly EndedOther['how'][] = ['declined', 'stopped', 'withdrawn'];

/**
 * Tells whether an end of that deal is known already that is as grave: one that was reopened may be declined later, and once more for
 * another reason. A rep withdraws as often as they like.
 */
export const isEndKnown = (noted: Pick<Others, 'ended'> | undefined, { deal, how, at }: EndedOther): boolean =>
  noted?.ended.some(
    (known) =>
      known.deal === deal &&
      GRAVEST.indexOf(known.how) <= GRAVEST.indexOf(how) &&
      (how === 'withdrawn' || known.how !== how || known.at >= at),
  ) ?? false;

export const byGravity = (a: EndedOther, b: EndedOther): number => GRAVEST.indexOf(a.how) - GRAVEST.indexOf(b.how);

export const gravestFirst = (all: readonly EndedOther[]): EndedOther[] =>
  all.toSorted((a, b) => byGravity(a, b) || latestFirst(a, b));

/** Counts the ends of deals with the same end-user, or one that may be the same, with those that are not taken one by one. */
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

/** Returns those of them that name somebody who may be the same, under another name. */
export const dealsHeardByName = ({ others }: Pick<OpenedDeal, 'others'>): ReadonlySet<DealId> => {
  const { ended = [], otherwise = [], kinds = [], worries = [] } = others ?? {};
  const isByName = ({ shares }: { shares?: Shares | undefined }): boolean => shares === 'name' || shares === 'like';
  const isCalled = ({ called }: { called?: string | undefined }): boolean => called !== undefined;
  const all = [...[...ended, ...worries].filter(isByName), ...[...otherwise, ...kinds].filter(isCalled)];
  return new Set(all.map(({ deal }) => deal));
};

/**
 * Returns what other deals and holds say against being out of scope without a look of compliance, each with what it is and since when:
 * what is said later in a deal that was heard of before is news.
 */
export const againstScope = (view: DealView): string[] => {
  const { deal, policy } = view;
  const ofProduct = heardOtherwise(view).filter(
    ({ question }) => topicOf(policy, policy.question(question)) === 'product' || isOfScope(view, question),
  );
  // Of a product many deals say the same, of whatever end-user; of one end-user each that does is news.
  const aboutOf = ({ question, more = 0 }: HeardOtherwise): string =>
    topicOf(policy, policy.question(question)) === 'end-user' ? ` ${more}` : OF_PRODUCT;
  const { ended = [], worries = [] } = deal.others ?? {};
  const lifted = (deal.endedAgainst ?? []).flatMap(({ hold }) => hold ?? []);
  return [
    ...new Set([
      ...ended.map((one) => `${one.deal} ${one.how} ${one.at}`),
      ...worries.filter(doubts).map((one) => `${one.deal} ${one.of} ${one.at}`),
      ...heardKinds(view).map((one) => `${one.deal} ${one.kind} ${one.at}`),
      ...ofProduct.map((one) => `${one.deal} ${one.question} ${one.at}${aboutOf(one)}`),
      ...holdsOn(view).map(({ id }) => id),
      ...lifted,
    ]),
  ];
};

/** Returns the questions about the country whose answers say that all is well while a country alert stands. */
export const againstAlert = (view: DealView): QuestionId[] =>
  alertsShown(view).length === 0
    ? []
    : milderAnswers(view).flatMap(({ question, topic }) => (topic === 'country' ? [question] : []));
