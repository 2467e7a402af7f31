/** The lines of a digest as rows. */

import { allReassessments } from '../flows/deal/approval/reassessments.ts';
import { tierShown } from '../flows/deal/context/tier.ts';
import { conditionStanding } from '../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../flows/deal/view.ts';
import type { DigestLine } from '../flows/digest/digest.ts';
import { person } from '../flows/organisation.ts';
import { confirmedWords, heldBy, type ShownWith } from './cards/digest-lines.ts';
import { countryWords, tierWord } from './words.ts';

export const DIGEST_COLUMNS = [
  'what',
  'days',
  'deal',
  'customer',
  'product',
  'end-user',
  'destination',
  'tier',
  'people',
  'about',
] as const;

const aboutOf = (line: DigestLine, view: DealView | undefined, { organisation }: ShownWith): string => {
  if (line.of === 'hold' || line.of === 'hold to review') return heldBy(line, organisation);
  if (line.of === 'country alert' || line.of === 'country to look at') return countryWords(line.about ?? '');
  if (line.of === 'out of scope') return confirmedWords(view, organisation).replace(/^, /u, '');
  const condition = view && conditionStanding(view).find((c) => c.condition.id === line.about);
  const flag = view?.deal.ownFlags.find(({ id }) => id === line.about);
  const task = view && allReassessments(view).find(({ id }) => id === line.about);
  return condition?.condition.text ?? flag?.title ?? task?.why ?? line.about ?? '';
};

const tierOf = (view: DealView | undefined): string => {
  const tier = view && tierShown(view);
  return tier === undefined ? '' : tierWord(tier);
};

/** Returns one row, in the order of `DIGEST_COLUMNS`. */
export const digestRow = (line: DigestLine, shownWith: ShownWith): (string | number)[] => {
  const { deals, organisation } = shownWith;
  const view = line.deal === undefined ? undefined : deals.get(line.deal);
  const details = view?.deal.details;
  return [
    line.of,
    line.days,
    line.deal ?? '',
    details?.customer ?? '',
    details?.product.name ?? '',
    details?.endUser.name ?? '',
    details === undefined ? '' : countryWords(details.destination),
    tierOf(view),
    line.people.map((id) => person(organisation, id)?.name ?? id).join('; '),
    aboutOf(line, view, shownWith),
  ];
};
