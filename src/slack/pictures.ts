/** Uploads pictures to Slack as the bot's own files, which the message names. */

import type { WebClient } from '@slack/web-api';
import type { Card, Pictures } from '../../blocks/card.ts';
import type { Logger } from '../log.ts';
import { picturesOf } from '../pictures/of-card.ts';
import { slackCode } from './faults.ts';

/** Twice as wide as a desktop shows it. */
const SIZE = { width: 1440 };
const MOST_KEPT = 20;
/** Slack calls a file that it has only just taken an invalid one: https://github.com/slackapi/python-slack-sdk/issues/1521 */
const NOT_READY_MS = [500, 1500, 3000];
const NOT_READY = 'invalid_blocks';

const NONE: Pictures = () => undefined;

export interface SlackPictures {
  /** Sends with the card's pictures, or without them where Slack does not take them. */
  with<T>(card: Card, send: (pictures: Pictures) => Promise<T>): Promise<T>;
}

export const createPictures = (
  client: Pick<WebClient, 'filesUploadV2'>,
  logger: Logger,
  waitsMs: readonly number[] = NOT_READY_MS,
): SlackPictures => {
  /** A digest for several people shares one picture. */
  const kept = new Map<string, Promise<string | undefined>>();

  const upload = async (file: Buffer): Promise<string | undefined> => {
    try {
      const { files } = await client.filesUploadV2({ file, filename: 'picture.png' });
      const id = files.flatMap((done) => done.files ?? [])[0]?.id;
      if (id === undefined) throw new Error('Slack named no file');
      return id;
    } catch (error) {
      logger.warn('slack.picture-not-taken', { code: slackCode(error), error });
      return undefined;
    }
  };

  const drawAndUpload = async (card: Card, svg: string): Promise<string | undefined> => {
    const png = (await picturesOf(card, SIZE, logger)).get(svg);
    return png && upload(png);
  };

  /** Returns the file's id. A picture that was not taken is tried again with the next message. */
  const idOf = (card: Card, svg: string): Promise<string | undefined> => {
    const known = kept.get(svg);
    if (known) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const id = drawAndUpload(card, svg).then((found) => {
      if (found === undefined) kept.delete(svg);
      return found;
    });
    kept.set(svg, id);
    return id;
  };

  return {
    with: async (card, send) => {
      const wanted = card.blocks.flatMap((block) => (block.kind === 'picture' ? [block.svg] : []));
      const ids = new Map<string, string>();
      for (const svg of wanted) {
        const id = await idOf(card, svg);
        if (id !== undefined) ids.set(svg, id);
      }
      if (ids.size === 0) return send(NONE);
      for (const ms of waitsMs) {
        try {
          return await send((svg) => ids.get(svg));
        } catch (error) {
          if (slackCode(error) !== NOT_READY) throw error;
          await new Promise((resolve) => setTimeout(resolve, ms));
        }
      }
      logger.warn('slack.picture-not-shown', { code: NOT_READY });
      return send(NONE);
    },
  };
};
