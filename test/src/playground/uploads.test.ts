/** Files that the bot uploads: https://docs.slack.dev/messaging/working-with-files/#upload */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartSvg } from '../../../blocks/chart.ts';
import { pngOf } from '../../../src/pictures/svg-to-png.ts';
import type { ShownMessage } from '../../../src/playground/page/wire.ts';
import { fullDigest } from '../../support/digests.ts';
import { CHANNEL, codeOf, openBench, REP, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.end());

const png = pngOf(chartSvg(fullDigest), { width: 320, colours: 16 });
const upload = async (filename: string, file: Buffer, more: object = {}): Promise<string> => {
  const { files } = await bench.web.filesUploadV2({ filename, file, ...more });
  return files?.flatMap((done) => done.files ?? [])[0]?.id ?? '';
};
const image = (id: string) => ({
  channel: CHANNEL,
  text: 'A digest',
  blocks: [{ type: 'image' as const, slack_file: { id }, alt_text: 'A sample chart' }],
});
const last = async (channel: string): Promise<ShownMessage | undefined> =>
  (await bench.see<ShownMessage[]>('messages', { channel })).at(-1);

describe('an upload', () => {
  it('is shown in a message, and the page gets its bytes', async () => {
    const id = await upload('digest.png', png);
    await bench.web.chat.postMessage(image(id));
    expect((await last(CHANNEL))?.blocks).toMatchObject([{ type: 'image', slack_file: { id } }]);
    const response = await fetch(`${bench.url}/playground/files/${id}/image`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
  });

  it('goes to a conversation with its words', async () => {
    const { channel } = await bench.web.conversations.open({ users: REP });
    const id = await upload('lines.csv', Buffer.from('a,b\r\n'), {
      channel_id: channel?.id,
      initial_comment: 'Here it is.',
    });
    expect(await last(channel?.id ?? '')).toMatchObject({ text: 'Here it is.', files: [{ id, name: 'lines.csv' }] });
    const response = await fetch(`${bench.url}/playground/files/${id}/lines.csv`);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(await response.text()).toBe('a,b\r\n');
  });

  it('must be whole before it is complete', async () => {
    const { files } = bench.web;
    const { file_id = '', upload_url = '' } = await files.getUploadURLExternal({
      filename: 'a.png',
      length: png.length,
    });
    const complete = () => files.completeUploadExternal({ files: [{ id: file_id }] });
    expect(await codeOf(complete())).toBe('file_not_found');
    await fetch(upload_url, { method: 'POST', body: new Uint8Array(png.subarray(1)) });
    expect(await codeOf(complete())).toBe('file_not_found');
    expect(await codeOf(bench.web.chat.postMessage(image(file_id)))).toBe('invalid_blocks');
    await fetch(upload_url, { method: 'POST', body: new Uint8Array(png) });
    expect(await codeOf(complete())).toBe('ok');
    expect(await codeOf(complete())).toBe('file_not_found');
    expect((await fetch(upload_url, { method: 'POST', body: new Uint8Array(png) })).status).toBe(404);
  });

  it('has a length and a name', async () => {
    const { files } = bench.web;
    expect(await codeOf(files.getUploadURLExternal({ filename: 'a.png', length: 0 }))).toBe('invalid_arguments');
    expect(await codeOf(files.getUploadURLExternal({ filename: '', length: 9 }))).toBe('invalid_arguments');
    expect(await codeOf(files.getUploadURLExternal({ filename: 'a.png', length: 9_000_000 }))).toBe(
      'file_upload_size_restricted',
    );
  });

  it('goes only where the bot may write', async () => {
    expect(await codeOf(upload('a.csv', Buffer.from('a'), { channel_id: 'C0NOWHERE1' }))).toBe('channel_not_found');
    expect(await codeOf(upload('a.csv', Buffer.from('a'), { channel_id: REP }))).toBe('channel_not_found');
  });
});

describe('an image', () => {
  it('shows a picture of the bot and nothing else', async () => {
    const text = await upload('a.txt', Buffer.from('words'));
    for (const id of [text, 'F0UNKNOWN99', 'x']) {
      expect(await codeOf(bench.web.chat.postMessage(image(id)))).toBe('invalid_blocks');
    }
    const id = await upload('digest.png', png);
    const [block] = image(id).blocks;
    const both = { ...image(id), blocks: [{ ...block, image_url: 'https://example.org/a.png' }] };
    expect(await codeOf(bench.web.chat.postMessage(both as never))).toBe('invalid_blocks');
    const neither = { ...image(id), blocks: [{ type: 'image', alt_text: 'x' }] };
    expect(await codeOf(bench.web.chat.postMessage(neither as never))).toBe('invalid_blocks');
  });
});
