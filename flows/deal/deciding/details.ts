/** Deciding on corrected details: what they may be, and what they change. */

import { countryName } from '../../countries.ts';
import type { AlertId } from '../../country-alert.ts';
import { endUserKeys } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import { OTHER_PRODUCT, sameProduct, type Organisation } from '../../organisation.ts';
import { fallenFlags } from '../../policy/compare.ts';
import { LONGEST_WHY } from '../../policy/sentence.ts';
import { catalogueNamed } from '../../product-names.ts';
import type { DealDetails } from '../deal.ts';
import type { DealFact } from '../events.ts';
import {
  betweenRespelled,
  customerRespelled,
  isMore,
  isRemembered,
  othersNow,
  sameName,
  type Subject,
} from '../formerly.ts';
import { nameOf } from '../rights/seats.ts';
import { detailsWait, countedFacts } from '../said/lighter.ts';
import { othersIn } from '../said/renamed.ts';
import { saidIn } from '../said/scope.ts';
import { mergeDetails } from '../sections/merging-details.ts';
import type { DealView } from '../view.ts';
import { withConsequences } from './consequences.ts';
import { type Case, after, accept, type Decided, refuse, unfit, unreasoned } from './decision.ts';
import { withOthers } from './other-parties.ts';
import { sheetsWorse } from './sheets.ts';

/** Tells whether a name is somebody's: not “***”, of whom nothing is ever heard, nor “n/a”. */
const isSomebodys = (name: string): boolean => endUserKeys(name).length > 0 && !isFiller(name);

/** Refuses details that no form would send. `before`: those that the deal has already, whose names may stay. */
export const detailsProblem = (
  details: DealDetails,
  organisation: Organisation,
  before?: DealDetails,
): Decided | undefined => {
  const { product, destination, customer, endUser, intermediaries } = details;
  if (customer.trim() === '') return refuse('not valid', 'Please write who the customer is.', 'customer');
  if (endUser.name.trim() === '') return refuse('not valid', 'Please write who the end-user is.', 'endUser');
  // “***” would be nobody's name, of whom nothing is ever heard.
  if (endUserKeys(endUser.name).length === 0)
    return refuse('not valid', 'Please write the end-user’s name in letters or digits.', 'endUser');
  // An end-user who is not known counts as the gravest kind.
  if (isFiller(endUser.name) && endUser.kind !== 'unknown')
    return refuse(
      'not valid',
      'Please write who the end-user is (with its legal form, if it is called so), or choose “Not known” as its kind.',
      'endUser',
    );
  if (customer !== before?.customer && !isSomebodys(customer))
    return refuse(
      'not valid',
      'Please write who the customer is, as on the contract (with its legal form, if it is called so).',
      'customer',
    );
  const nobody = intermediaries.find(
    ({ name }) => !isSomebodys(name) && before?.intermediaries.every((one) => one.name !== name) !== false,
  );
  if (nobody)
    return refuse(
      'not valid',
      `“${nobody.name}” names nobody. Please write who it is (with its legal form, if it is called so), or leave it out.`,
      'intermediaries',
    );
  if (countryName(destination) === undefined)
    return refuse('not valid', 'Please choose a country from the list.', 'destination');
  const listed = organisation.products.some((p) => p.id === product.id && p.name === product.name);
  if (!listed && (product.id !== OTHER_PRODUCT || product.name.trim() === '')) {
    return refuse('not valid', 'Please choose a product, or “Other”.', 'product');
  }
  const { same } = catalogueNamed(organisation, product);
  if (same && !(before && sameProduct(before.product, product)))
    return refuse('not valid', `“${same.name}” is in the list. Please choose it there.`, 'product');
  return undefined;
};

export const decideDetails = ({ command, view, meta, context }: Case<'CorrectDetails'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const silent = unreasoned(command.reason, 'Please say why the details change.', 'reason', { most: LONGEST_WHY });
  if (silent) return silent;
  const wrong = detailsProblem(command.details, view.organisation, view.deal.details);
  if (wrong) return wrong;
  const { base, details: mine, reason } = command;
  const { details: merged, clashes } = mergeDetails(view.deal, { base, mine });
  if (clashes.length > 0) {
    const by = view.deal.lastCorrection?.by;
    const who = by === undefined ? 'Somebody' : nameOf(view, by, 'Somebody');
    return refuse('facts changed', `${who} corrected this meanwhile. Please look at both and save again.`);
  }
  if (JSON.stringify(merged) === JSON.stringify(view.deal.details)) return refuse('not valid', 'Nothing was changed.');
  const others = othersNow(view.deal, merged);
  const details = withoutLicence(view.deal.details, merged, others);
  const left = alertsLeft(view, details);
  const corrected = {
    type: 'DetailsCorrected' as const,
    details,
    reason,
    ...left,
    ...(isRemembered(view.deal.details, merged) ? { formerly: true as const } : {}),
    ...(betweenRespelled(view.deal.details.intermediaries, merged.intermediaries) ? { between: true as const } : {}),
    ...(customerRespelled(view.deal.details, merged) ? { customer: true as const } : {}),
    ...(isMore(view.deal.details, merged) ? { more: true as const } : {}),
  };
  const now = after(view, meta, [corrected]);
  const fell = view.policy.lighter ? fallenFlags(saidIn(view), saidIn(now)) : [];
  const waits = detailsWait(view, now);
  const renamed = othersIn(view, details, meta.actor, waits);
  const changes: DealFact[] = [
    {
      ...corrected,
      ...(fell.length > 0 ? { fell } : {}),
      ...(renamed.length > 0 ? { renamed } : {}),
      ...withOthers(view, details),
      ...(waits ? { waits: countedFacts(view) } : {}),
    },
  ];
  const moved = sheetsWorse(view, now, meta.actor);
  return accept(meta, withConsequences(view, meta, [...changes, ...moved], context));
};

/** A licence is for a product, a country and its parties: of others it is not determined, unless the same correction says so. */
const withoutLicence = (before: DealDetails, details: DealDetails, others: readonly Subject[]): DealDetails => {
  const { exportLicence: was } = before;
  const isOther = others.length > 0 || !sameName(before.customer, details.customer);
  const ends = isOther && (was === 'granted' || was === 'not-needed');
  return ends && details.exportLicence === was ? { ...details, exportLicence: 'not-determined' } : details;
};

/** An alert is for a country: where a risk picture weighs it, it does not follow the deal to another. */
export const alertsLeft = ({ deal, policy }: DealView, { destination }: DealDetails): { alertsLeft?: AlertId[] } =>
  policy.picture && deal.warned?.length && deal.details.destination !== destination ? { alertsLeft: deal.warned } : {};
