/** The app's own page, as the bot published it. */

import { brokenBlocks, drawBlock, elementsIn } from './blocks.ts';
import { el } from './dom.ts';
import { drawPlace, emptyPlace } from './place.ts';
import { keepEntries, type Surface } from './surface.ts';
import { toast } from './toast.ts';
import type { Block } from './wire.ts';

const drawn = (blocks: readonly Block[]): HTMLElement => {
  if (blocks.length === 0) return emptyPlace('Nothing here yet.');
  const surface: Surface = {
    id: 'home',
    container: { kind: 'home' },
    entries: keepEntries({}, elementsIn(blocks)),
    complain: toast,
  };
  try {
    return el('div', { class: 'home' }, ...blocks.map((block) => drawBlock(surface, block)));
  } catch (error) {
    return el('div', { class: 'home' }, brokenBlocks(error));
  }
};

export const drawHome = (blocks: readonly Block[]): void =>
  drawPlace({ title: 'Home', rail: 'Show channels' }, drawn(blocks));
