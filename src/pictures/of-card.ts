/** The pictures of a card as PNG. Where one fails, the card goes out with words instead. */

import type { Card } from '../../blocks/card.ts';
import type { Logger } from '../log.ts';
import type { Size } from './svg-to-png.ts';

/** Renders pictures, by their drawing. The renderer is loaded with the first one: most messages have none. */
export const picturesOf = async (card: Card, size: Size, logger: Logger): Promise<Map<string, Buffer>> => {
  const drawn = new Map<string, Buffer>();
  for (const block of card.blocks) {
    if (block.kind !== 'picture') continue;
    try {
      const { pngOf } = await import('./svg-to-png.ts');
      drawn.set(block.svg, pngOf(block.svg, size));
    } catch (error) {
      logger.warn('picture.not-drawn', { error });
    }
  }
  return drawn;
};
