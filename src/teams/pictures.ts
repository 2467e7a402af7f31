/** Pictures inside a card of Teams. */

import type { Card, Pictures } from '../../blocks/card.ts';
import type { Logger } from '../log.ts';
import { picturesOf } from '../pictures/of-card.ts';

/**
 * As a data URI with the rest of a digest it stays under a message's limit, though Microsoft says that it does not
 * count: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
const PICTURE = { width: 640, colours: 24 };

/** Renders the card's pictures. One that fails is left to its words. */
export const picturesIn = async (card: Card, logger: Logger): Promise<Pictures> => {
  const drawn = await picturesOf(card, PICTURE, logger);
  return (svg) => {
    const png = drawn.get(svg);
    return png && `data:image/png;base64,${png.toString('base64')}`;
  };
};
