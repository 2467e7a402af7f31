/** Buttons about product sheets and country briefs. The router knows exactly these names. */

import { OTHER_PRODUCT } from '../../flows/organisation.ts';
import type { SheetKind } from '../../flows/policy/sheet-questions.ts';
import type { SheetId, SheetOf } from '../../flows/sheet.ts';
import type { Action } from '../card.ts';
import { spoken } from './actions.ts';
import { sheetTitle } from './sheet-words.ts';

/** `country/NO`, `product/ID` of the catalogue, `other/NAME`. */
const valueOf = (on: SheetOf): string => {
  if (on.of === 'country') return `country/${on.country}`;
  return on.product === OTHER_PRODUCT ? `other/${on.name}` : `product/${on.product}`;
};

export const sheetButton = (on: SheetOf, label: string): Action => ({
  name: 'desk.sheet',
  value: valueOf(on),
  label,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${sheetTitle(on)}`),
});

export const showSheetButton = (on: SheetOf, label = 'Show'): Action => ({
  name: 'desk.show-sheet',
  value: valueOf(on),
  opens: 'form',
  label,
  accessibleLabel: spoken(`${label}: ${sheetTitle(on)}`),
});

/** The form asks of which country, or of which product outside the catalogue. */
export const beginSheetButton = (kind: SheetKind): Action => ({
  name: 'desk.begin-sheet',
  value: kind,
  label: kind === 'country' ? 'Write a brief' : 'Product not listed',
  opens: 'form',
  accessibleLabel: kind === 'country' ? 'Write a brief on a country' : 'Fill in the sheet of a product not listed',
});

export const judgeSheetButton = (on: SheetOf, sheet: SheetId): Action => ({
  name: 'desk.judge-sheet',
  value: sheet,
  label: 'Look and decide',
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`Look and decide: lighter answers, ${sheetTitle(on)}`),
});

export const settleDisputeButton = (on: SheetOf, sheet: SheetId, dispute: string): Action => ({
  name: 'desk.settle-dispute',
  value: `${dispute}/${sheet}`,
  label: 'It stays',
  opens: 'form',
  accessibleLabel: spoken(`It stays: say why, ${sheetTitle(on)}`),
});

export const allSheetsButton = (kind: SheetKind): Action => ({
  name: 'desk.sheets',
  value: `${kind}/1`,
  opens: 'form',
  label: kind === 'country' ? 'All country briefs' : 'All product sheets',
});

export const sheetsListButton = (kind: SheetKind, page: number, more: number): Action => ({
  name: 'desk.sheets',
  value: `${kind}/${page}`,
  opens: 'form',
  label: `Show ${more} more`,
  accessibleLabel: `Show ${more} more ${kind === 'country' ? 'country briefs' : 'product sheets'}`,
});
