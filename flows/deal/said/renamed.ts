/** Whether corrected details name somebody else, of whom nothing was answered. House rule. */

import { sameProduct } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { Question } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';
import { isOtherEndUser, othersBetween, sameName } from '../formerly.ts';
import type { Renamed } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { lastAnswers } from './evolve-said.ts';

type Name = Extract<Renamed, 'end-user' | 'intermediaries'>;

/** The Guidance's items on the end-user, its stakeholders and the use; and those which are on the companies in between. */
const ON: Readonly<Record<Name, RegExp>> = { 'end-user': /^(?:H|K|S)/u, intermediaries: /^S/u };

const isAbout = (of: Name, { about, sources }: Question): boolean =>
  about === undefined && sources.some((id) => ON[of].test(id));

/** Tells whether anything was answered about them, also where it is asked again. */
const answeredOf = ({ deal, policy }: DealView, of: Name): boolean =>
  policy.sections.some(({ id, questions }) => {
    const given = lastAnswers(deal, id);
    return given !== undefined && questions.some((question) => isAbout(of, question) && own(given, question.id));
  });

type Between = DealDetails['intermediaries'];
/** Tells whether somebody in between is gone, or somebody came beside those who were there. */
const changedBetween = ({ deal }: DealView, now: Between): boolean => (othersBetween(deal, now)?.length ?? 0) > 0;

const bare = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** Tells whether those who are still there do what they did: a role says who somebody is, too. */
const sameParts = (was: Between, now: Between): boolean =>
  was.every(({ name, role }) => {
    const still = now.filter((other) => sameName(name, other.name));
    return still.length === 0 || still.some((other) => bare(other.role) === bare(role));
  });

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

/**
 * Returns who of the details is somebody else now, after answers about the one of before were given. Another spelling
 * of a name is the same one; so are the same intermediaries in another order.
 */
export const renamedIn = (before: DealView, now: DealDetails): Name[] => {
  if (before.policy.lighter === undefined) return [];
  const other: Readonly<Record<Name, boolean>> = {
    'end-user': isOtherEndUser(before.deal, now.endUser.name),
    intermediaries: changedBetween(before, now.intermediaries),
  };
  return (['end-user', 'intermediaries'] as const).filter((of) => other[of] && answeredOf(before, of));
};

/** Tells whether anything was said of the deal: answered, flagged, asked or put on hold. */
const isSpokenOf = ({ deal, policy }: DealView): boolean =>
  policy.sections.some(({ id }) => lastAnswers(deal, id) !== undefined) ||
  deal.ownFlags.length + deal.requests.length + Object.keys(deal.holds ?? {}).length > 0;

/** Returns which details are others now, after anything at all was said: they stay visible, whoever confirms them. */
export const othersIn = (before: DealView, now: DealDetails): Renamed[] => {
  const { deal, policy } = before;
  const was = deal.details;
  if (policy.lighter === undefined || !isSpokenOf(before)) return renamedIn(before, now);
  const names = new Set<Renamed>(renamedIn(before, now));
  if (isOtherEndUser(deal, now.endUser.name)) names.add('end-user');
  return distinct([
    ...names,
    ...(changedBetween(before, now.intermediaries) ? (['intermediaries'] as const) : []),
    ...(sameParts(was.intermediaries, now.intermediaries) ? [] : (['roles'] as const)),
    ...(sameName(was.customer, now.customer) ? [] : (['customer'] as const)),
    ...(was.endUser.kind === now.endUser.kind ? [] : (['kind'] as const)),
    ...(sameProduct(was.product, now.product) ? [] : (['product'] as const)),
    ...(was.destination === now.destination ? [] : (['destination'] as const)),
  ]);
};
