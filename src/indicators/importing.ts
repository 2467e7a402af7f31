/** Takes a file on countries into use: what the record keeps of it, and whom its values concern. */

import { standingOf, suggestionsOf, type DatasetsInUse } from '../../flows/indicators/suggest.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { Concerned, DatasetVersion } from '../../flows/registers/indicators.ts';
import { keepersOf, sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import type { SheetsState } from '../../flows/registers/sheet-shapes.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';

/** Returns the countries that have a brief, or deals that are open or under an approval. */
export const concernedBy = (
  version: DatasetVersion,
  {
    policy,
    organisation,
    sheets,
    deals,
  }: {
    policy: CompiledPolicy;
    organisation: Organisation;
    sheets: SheetsState['sheets'];
    deals: readonly Pick<IndexedDeal, 'id' | 'destination' | 'open' | 'approved'>[];
  },
): Concerned[] => {
  const live = deals.filter(({ open, approved }) => open || approved);
  const countries = new Set([
    ...live.map(({ destination }) => destination),
    ...Object.values(sheets).flatMap(({ on }) => (on.of === 'country' ? [on.country] : [])),
  ]);
  const datasets: DatasetsInUse = { [version.dataset]: version };
  return [...countries].toSorted().map((country) => {
    const brief = own(sheets, sheetIdOf({ of: 'country', country }));
    const against = suggestionsOf(policy, datasets, country)
      .filter((one) => standingOf(policy, one, own(brief?.answers ?? {}, one.question)) === 'heavier')
      .map(({ question }) => question);
    return {
      country,
      keepers: brief ? keepersOf(organisation, brief) : [],
      against: [...new Set(against)],
      deals: live.filter(({ destination }) => destination === country).map(({ id }) => id),
    };
  });
};
