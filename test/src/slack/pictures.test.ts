/** Pictures on their way to Slack: uploaded once, shown when Slack is ready, and never delaying the text. */

import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Card, Pictures } from '../../../blocks/card.ts';
import { createPictures } from '../../../src/slack/pictures.ts';
import { memoryLogger } from './bot.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#fff"/></svg>';
const card = (svg = SVG): Card => ({ blocks: [{ kind: 'picture', svg, alt: 'A sample picture' }] });
const refused = (error: string): WebAPIPlatformError => new WebAPIPlatformError({ ok: false, error } as never);

const bench = (take: () => Promise<unknown>) => {
  const uploads: object[] = [];
  const logger = memoryLogger();
  const filesUploadV2 = (async (given: object) => {
    uploads.push(given);
    return take();
  }) as never;
  return { uploads, logger, pictures: createPictures({ filesUploadV2 }, logger, [0, 0]) };
};
const taken = async () => ({ ok: true, files: [{ files: [{ id: 'F0SAMPLE01' }] }] });

describe('a picture for Slack', () => {
  it('is a PNG, and is handed in once for however many people get it', async () => {
    const { uploads, pictures } = bench(taken);
    const shown = [1, 2, 3].map(() => pictures.with(card(), async (known) => known(SVG)));
    expect(await shown[0]).toBe('F0SAMPLE01');
    expect(await pictures.with(card(), async (known) => known(SVG))).toBe('F0SAMPLE01');
    await Promise.all(shown);
    expect(await pictures.with({ blocks: [] }, async (known) => known(SVG))).toBeUndefined();
    const [first] = uploads as { file: Buffer; filename: string }[];
    expect(first?.file.subarray(1, 4).toString()).toBe('PNG');
    expect(uploads).toHaveLength(1);
  });

  it('is waited for while Slack calls it invalid, and then left out', async () => {
    const { pictures, logger } = bench(taken);
    const sent: (string | undefined)[] = [];
    const send = (fails: number) => async (known: Pictures) => {
      sent.push(known(SVG));
      if (sent.length <= fails) throw refused('invalid_blocks');
      return 'sent';
    };
    expect(await pictures.with(card(), send(1))).toBe('sent');
    expect(sent).toEqual(['F0SAMPLE01', 'F0SAMPLE01']);
    sent.length = 0;
    expect(await pictures.with(card(), send(2))).toBe('sent');
    expect(sent).toEqual(['F0SAMPLE01', 'F0SAMPLE01', undefined]);
    expect(logger.lines.map(({ event }) => event)).toContain('slack.picture-not-shown');
  });

  it('is left out where Slack takes no file, or where it cannot be drawn', async () => {
    const { pictures, logger } = bench(() => Promise.reject(refused('missing_scope')));
    expect(await pictures.with(card(), async (known) => [known(SVG), 'sent'])).toEqual([undefined, 'sent']);
    expect(await pictures.with(card('no svg'), async (known) => [known('no svg'), 'sent'])).toEqual([
      undefined,
      'sent',
    ]);
    expect(logger.lines.map(({ event }) => event)).toEqual(['slack.picture-not-taken', 'picture.not-drawn']);
  });

  it('hides no other failure', async () => {
    const { pictures } = bench(taken);
    let tries = 0;
    const sending = pictures.with(card(), async () => {
      tries += 1;
      throw refused('not_in_channel');
    });
    await expect(sending).rejects.toThrow('not_in_channel');
    expect(tries).toBe(1);
  });
});
