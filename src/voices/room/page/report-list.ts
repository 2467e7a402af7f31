/** Shows what somebody wrote: each word in the direction of its own script. */

import { element } from '../../../signing/page/draw.ts';
import type { Part } from './report.ts';
import { words } from './view.ts';

const text = (name: 'p' | 'dd', said: string): HTMLElement => {
  const made = element(name, { text: said, className: 'words' });
  made.dir = 'auto';
  return made;
};

/** With their labels. */
export const partList = (parts: readonly Part[]): HTMLElement => {
  const list = element('dl');
  for (const part of parts) list.append(element('dt', { text: part.label ?? '' }), text('dd', part.text));
  return list;
};

export const drawnParts = (parts: readonly Part[]): HTMLElement[] => {
  const loose = parts.filter(({ label }) => label === undefined).map((part) => text('p', part.text));
  const named = parts.filter(({ label }) => label !== undefined);
  if (named.length === 0) return loose.length > 0 ? loose : [words('There is nothing in it.', 'quiet')];
  return [...loose, partList(named)];
};
