/** Asks who knows for the product sheets and country briefs that open deals want and that nobody has filled in. */

import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { hasSheets } from '../../flows/policy/sheet-questions.ts';
import { sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import type { SheetsState } from '../../flows/registers/sheet-shapes.ts';
import type { SheetOf } from '../../flows/sheet.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';

/**
 * Returns what is missing. A product's sheet is asked of the manager whom the catalogue names; briefs are, once the company has
 * written its first: where it has neither, nothing changes.
 */
export const missingSheets = (
  deals: readonly Pick<IndexedDeal, 'open' | 'destination' | 'summary'>[],
  { sheets, asked }: SheetsState,
  { products }: Pick<Organisation, 'products'>,
  policy: CompiledPolicy,
): SheetOf[] => {
  const open = deals.filter((deal) => deal.open);
  const sold = new Set(open.map(({ summary }) => summary.product.id));
  const wantsBriefs = hasSheets(policy, 'country') && Object.values(sheets).some(({ on }) => on.of === 'country');
  const wanted: SheetOf[] = [
    ...(hasSheets(policy, 'product') ? products : [])
      .filter(({ id, manager }) => manager !== undefined && sold.has(id))
      .map(({ id, name }): SheetOf => ({ of: 'product', product: id, name })),
    ...(wantsBriefs ? [...new Set(open.map(({ destination }) => destination))] : [])
      .toSorted()
      .map((country): SheetOf => ({ of: 'country', country })),
  ];
  return wanted.filter((on) => !Object.hasOwn(sheets, sheetIdOf(on)) && !Object.hasOwn(asked, sheetIdOf(on)));
};

export const askForSheets = async (
  deals: readonly IndexedDeal[],
  registers: Pick<Registers, 'sheets' | 'policy'>,
  now: string,
): Promise<void> => {
  const policy = registers.policy();
  if (!policy) return;
  const { state, version } = await registers.sheets.now();
  const of = missingSheets(deals, state, registers.sheets.context().organisation, policy);
  // Whoever was asked lately is asked with the next look that finds something missing.
  if (of.length > 0)
    await registers.sheets.handle({ type: 'AskSheets', of }, { actor: SYSTEM, cause: `asked:${version}:${now}` });
};
