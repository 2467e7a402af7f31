/** Figures that a test holds to its limits, for `npm run bench thread` to print. */

import { appendFileSync } from 'node:fs';

/** The file that takes them; without it none is written. */
export const MEASURES = 'CLEARTHREAD_MEASURES';

export const measure = (what: string, figures: Readonly<Record<string, number>>): void => {
  const file = process.env[MEASURES];
  if (file === undefined) return;
  const said = Object.entries(figures).map(([name, figure]) => `${figure.toLocaleString('en')} ${name}`);
  appendFileSync(file, `  ${what.padEnd(48)} ${said.join(', ')}\n`);
};
