/** Cards as Block Kit messages. Text goes out as rich_text or plain_text, never as mrkdwn. */

import type { Card, Pictures } from '../card.ts';
import { fallbackText } from '../fallback.ts';
import { clip, SLACK } from '../limits.ts';
import { escapeMrkdwn } from '../text.ts';
import type { HomeView, MessageBlock } from './block-kit.ts';
import { drawBlock, skippedLine, startDrawing } from './draw.ts';
import { plainText, type People } from './text.ts';

export type { People } from './text.ts';
export { slackView } from './form.ts';

const escapedWithin = (text: string, max: number): string => {
  const escaped = escapeMrkdwn(text);
  if (escaped.length <= max) return escaped;
  // Cut by halving the plain text, so that no entity is cut through.
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (escapeMrkdwn(clip(text, middle)).length <= max) low = middle;
    else high = middle - 1;
  }
  return escapeMrkdwn(clip(text, low));
};

/**
 * Draws a card. `text` says the same as `blocks` for notifications. At most 50 blocks and 8,000 characters; a line
 * counts the parts that don't fit. Throws CardFault for a card that its builder made impossible.
 */
export const slackMessage = (
  card: Card,
  people: People,
  /** Ids of files. */
  pictures?: Pictures,
): { text: string; blocks: MessageBlock[] } => {
  const drawing = startDrawing(card.blocks, people, SLACK.message, pictures);
  const drawn = card.blocks.flatMap((block) => drawBlock(block, drawing));
  const blocks = [...drawn, ...skippedLine(drawing.allowance)];
  return {
    text:
      escapedWithin(
        fallbackText(card, (id) => people(id)?.name),
        SLACK.message.text,
      ) || '–',
    // Without blocks Slack would draw `text`, and that is markup.
    blocks: blocks.length === 0 ? [{ type: 'context', elements: [plainText('', SLACK.text)] }] : blocks,
  };
};

/** Draws a card as a page of its own. Throws CardFault for a card that its builder made impossible. */
export const slackHome = (card: Card, people: People): HomeView => {
  const drawing = startDrawing(card.blocks, people, SLACK.view);
  const blocks = card.blocks.flatMap((block) => drawBlock(block, drawing));
  return { type: 'home', blocks: [...blocks, ...skippedLine(drawing.allowance)] };
};
