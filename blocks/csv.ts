/** Comma-separated values that a spreadsheet opens as text: nothing a person typed becomes a formula. */

import { plainLine } from './text.ts';

/**
 * A cell that begins with one of these is a formula to Excel, LibreOffice or Sheets, and so is one behind a space or in
 * full width: https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[\s'"`]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Writes a cell on one line, without control, bidi and zero-width characters. An apostrophe disarms a formula. */
export const csvCell = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  // A leading tab or line end counts as what follows it.
  const line = plainLine(value);
  const safe = FORMULA.test(value) || FORMULA.test(line) || /^[\t\r\n]/.test(value) ? `'${line}` : line;
  return /[",;\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Excel reads UTF-8 only where the file says so. */
const BOM = '\uFEFF';

/** RFC 4180. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string => BOM + rows.map(csvRow).join('');
