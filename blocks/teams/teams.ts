/** Cards and forms as Adaptive Cards 1.5. Text goes out as RichTextBlock runs, where nothing is markup. */

import type { Card, Pictures } from '../card.ts';
import { fallbackText } from '../fallback.ts';
import { CardFault, TEAMS } from '../limits.ts';
import { cardButton, type Surface } from './actions.ts';
import { drawBlock, skippedLine, type Drawing } from './draw.ts';
import { TOO_LARGE, wholeCard, type AdaptiveCard, type Refresh, type TeamsContext } from './whole.ts';

export type { Surface } from './actions.ts';
export { teamsForm } from './form.ts';
export type { Names } from './text.ts';
export type { AdaptiveCard, Refresh, TeamsContext } from './whole.ts';

/**
 * Draws a card. `fallbackText` says the same as the body. A line counts the parts that don't fit; words replace a
 * picture that doesn't. Throws CardFault for a card that its builder made impossible.
 */
export const teamsCard = (
  card: Card,
  { names }: TeamsContext,
  refresh?: Refresh,
  /** Data URIs. */
  pictures?: Pictures,
  /** A dialog knows no `Action.Execute`, and no dialog opens from it. */
  surface: Surface = 'card',
): AdaptiveCard => {
  const draw = (shown: Pictures | undefined): AdaptiveCard => {
    const allowance = { left: TEAMS.text.card, skipped: 0 };
    const drawing: Drawing = { names, allowance, button: cardButton(surface), pictures: shown, divide: false };
    const body = card.blocks.flatMap((block) => drawBlock(block, drawing));
    return wholeCard(
      [...body, ...skippedLine(allowance)],
      fallbackText(card, (id) => names(id)?.name),
      { refresh, message: true },
    );
  };
  if (!pictures) return draw(undefined);
  try {
    return draw(pictures);
  } catch (error) {
    if (!(error instanceof CardFault) || error.code !== TOO_LARGE) throw error;
    return draw(undefined);
  }
};
