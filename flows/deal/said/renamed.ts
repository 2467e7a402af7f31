/** Whether corrected details name somebody else, of whom nothing was answered. House rule. */

import { spaced } from '../../bare.ts';
import { looksKey } from '../../end-user.ts';
import type { PersonId } from '../../ids.ts';
import { sameProduct } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { Question } from '../../policy/policy.ts';
import { licenceNow } from '../approval/licence.ts';
import type { DealDetails, ExportLicence } from '../deal.ts';
import { othersNow, sameName } from '../formerly.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { Renamed } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { lastAnswers } from './last-answers.ts';
import { kindSaidBy } from './name-says.ts';

type Name = Extract<Renamed, 'end-user' | 'intermediaries'>;

/** The Guidance's items on the end-user, its stakeholders and the use; and those which are on the companies in between. */
const ON: Readonly<Record<Name, RegExp>> = { 'end-user': /^(?:H|K|S)/u, intermediaries: /^S/u };

const isAbout = (of: Name, { about, sources }: Question): boolean =>
  about === undefined && sources.some((id) => ON[of].test(id));

/** Tells whether a question is on the companies in between, or on who else is involved. */
export const isOfBetween = (question: Question | undefined): boolean =>
  question !== undefined && isAbout('intermediaries', question);

/** Tells whether anything was answered about them, also where it is asked again. */
const answeredOf = ({ deal, policy }: DealView, of: Name): boolean =>
  policy.sections.some(({ id, questions }) => {
    const given = lastAnswers(deal, id);
    return given !== undefined && questions.some((question) => isAbout(of, question) && own(given, question.id));
  });

type Between = DealDetails['intermediaries'];

const sameNames = (was: Between, now: Between): boolean =>
  [was, now].every((some) =>
    some.every(({ name }) => [was, now].every((all) => all.some((one) => sameName(one.name, name)))),
  );

/** Returns who bears another name now. Whoever comes where nobody was before is nobody's other. */
const othersByName = ({ deal }: DealView, now: DealDetails): Name[] => {
  const { kind } = deal.details.endUser;
  const others = othersNow(deal, { ...now, endUser: { ...now.endUser, kind } });
  const was = deal.details.intermediaries;
  const isOther = others.includes('between') && was.length > 0 && !sameNames(was, now.intermediaries);
  return [
    ...(others.includes('end-user') ? (['end-user'] as const) : []),
    ...(isOther ? (['intermediaries'] as const) : []),
  ];
};

/** Tells whether anything that a deal is of is another now, also a company in between where nobody was before. */
export const namesOthers = ({ deal }: DealView, now: DealDetails): boolean =>
  othersNow(deal, now).length > 0 || !sameName(deal.details.customer, now.customer);

/**
 * Tells whether those who are still there do what they did, and are written as they were, and whoever left had no part that was said: a
 * role says who somebody is, too.
 */
const sameParts = (was: Between, now: Between): boolean =>
  was.every(({ name, role }) => {
    const still = now.filter((other) => sameName(name, other.name));
    return (
      (still.length === 0 && spaced(role) === '') ||
      still.some((other) => spaced(other.name) === spaced(name) && spaced(other.role) === spaced(role))
    );
  });

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

/**
 * Returns who of the details is somebody else now, after answers about the one of before were given. Another spelling
 * of a name is the same one; so are the same intermediaries in another order.
 */
export const renamedIn = (before: DealView, now: DealDetails): Name[] =>
  before.policy.lighter === undefined ? [] : othersByName(before, now).filter((of) => answeredOf(before, of));

/** Tells whether anything was said of the deal: answered or saved, flagged, asked or put on hold; or corrected by a colleague. */
const isSpokenOf = ({ deal, policy }: DealView): boolean =>
  (deal.lastCorrection !== undefined && !looksAfter(deal, deal.lastCorrection.by)) ||
  // Somebody asked for it and gave it away.
  !looksAfter(deal, deal.requester) ||
  (deal.putIn ?? []).length > 0 ||
  (deal.renamed ?? []).length > 0 ||
  policy.sections.some(({ id }) => lastAnswers(deal, id) !== undefined) ||
  deal.ownFlags.length + deal.requests.length + Object.keys({ ...deal.holds, ...deal.drafts }).length > 0;

/** Tells whether the name or the part of whoever buys, or is in between, said a kind of end-user, and does no more. */
const saysKindNoMore = ({ deal, policy }: DealView, now: DealDetails): boolean => {
  const kindsIn = ({ customer, endUser, intermediaries }: DealDetails): Set<string> =>
    new Set(
      [...(sameName(customer, endUser.name) ? [] : [{ name: customer, role: '' }]), ...intermediaries].flatMap(
        ({ name, role }) => {
          const kind = kindSaidBy(policy, `${name}, ${role}`, 'private');
          return kind === undefined ? [] : [`${looksKey(name)} ${kind}`];
        },
      ),
    );
  const still = kindsIn(now);
  return [...kindsIn(deal.details)].some((said) => !still.has(said));
};

const UNWEIGHED = ['valueBand', 'expectedSigning', 'exportLicence'] as const;

/** Nothing weighs them, and whoever sells the deal learns them by and by: what a colleague says of them stays. */
const isKept = (deal: OpenedDeal, of: Renamed, actor: PersonId): boolean =>
  !looksAfter(deal, actor) ||
  (deal.renamed ?? []).some((one) => one.of === of) ||
  (of === 'exportLicence' && deal.licence !== undefined && deal.licence.by !== actor);

/** The same of the licence of an approved deal, which is no correction of it. */
export const licenceRenamed = (
  { deal, policy }: DealView,
  actor: PersonId,
  licence: ExportLicence,
): 'exportLicence'[] =>
  policy.lighter !== undefined && licence !== licenceNow(deal) && isKept(deal, 'exportLicence', actor)
    ? ['exportLicence']
    : [];

/**
 * Returns which details are others now, after anything at all was said, or where a colleague says it or it `waits` for compliance: they
 * stay visible, whoever confirms them.
 */
export const othersIn = (before: DealView, now: DealDetails, actor: PersonId, waits = false): Renamed[] => {
  const { deal, policy } = before;
  const was = deal.details;
  const isSpoken = waits || !looksAfter(deal, actor) || isSpokenOf(before) || saysKindNoMore(before, now);
  if (policy.lighter === undefined || !isSpoken) return renamedIn(before, now);
  return distinct<Renamed>([
    ...othersByName(before, now),
    ...(sameParts(was.intermediaries, now.intermediaries) ? [] : (['roles'] as const)),
    ...(sameName(was.customer, now.customer) ? [] : (['customer'] as const)),
    ...(was.endUser.kind === now.endUser.kind ? [] : (['kind'] as const)),
    ...(sameProduct(was.product, now.product) ? [] : (['product'] as const)),
    ...(was.destination === now.destination ? [] : (['destination'] as const)),
    ...UNWEIGHED.filter((of) => was[of] !== now[of] && isKept(deal, of, actor)),
  ]);
};
