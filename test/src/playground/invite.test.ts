/** A clearance channel without the bot, from the refusal to the open form, with the whole bot. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import type { Done, ShownMessage, ShownView, Start } from '../../../src/playground/page/wire.ts';
import { readBlocks } from '../../support/chat-hand.ts';
import { PEOPLE, play, type Playing } from '../../support/playing.ts';

const CHANNEL = 'C0NOBOT00001';
const user = PEOPLE.rep;
const tab = 'tab-1';
let folder: string;
let playing: Playing;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-organisation-'));
  const file = join(folder, 'organisation.yml');
  const sample = readFileSync(sampleOrganisationFile, 'utf8');
  writeFileSync(file, sample.replace('clearanceChannels:\n', `clearanceChannels:\n  - ${CHANNEL}\n`));
  playing = await play(undefined, { CLEARTHREAD_ORGANISATION: file });
});
afterAll(async () => {
  await playing.end();
  rmSync(folder, { recursive: true, force: true });
});

const say = async (text: string, channel = CHANNEL): Promise<Done> => {
  const response = await fetch(`${playing.url}/playground/ui/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: playing.url },
    body: JSON.stringify({ user, tab, channel, text }),
  });
  return (await response.json()) as Done;
};
const see = async <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
  (await (
    await fetch(`${playing.url}/playground/ui/${path}?${new URLSearchParams({ user, ...query }).toString()}`)
  ).json()) as T;
const newest = async (): Promise<string> => {
  const last = (await see<ShownMessage[]>('messages', { channel: CHANNEL })).at(-1);
  return `${last?.text} ${readBlocks(last?.blocks)}`;
};
const forms = async (): Promise<string[]> => (await see<ShownView[]>('views', { tab })).map((v) => v.title);

it('the bot asks to be invited, is invited, and stays', async () => {
  const { channels } = await see<Start>('start');
  expect(channels.filter((c) => c.clearance).map((c) => c.name)).toEqual(['no-bot', 'deal-clearance']);

  expect(await say('/deal')).toEqual({});
  expect(await newest()).toContain("I'm not in this channel yet. Invite me first: /invite @Clearthread");
  expect(await forms()).toEqual([]);

  expect(await say('/invite @Sample Counsel')).toEqual({ error: 'Only @Clearthread can be invited here.' });
  expect(await say('/invite @clearthread')).toEqual({});
  expect(await say('/invite @Clearthread')).toEqual({ error: 'Clearthread is already in #no-bot.' });
  expect(await say('/deal')).toEqual({});
  expect(await forms()).toHaveLength(1);

  await playing.restart();
  expect(await say('/invite @Clearthread')).toEqual({ error: 'Clearthread is already in #no-bot.' });
  expect(await say('/invite @Clearthread', `D${user.slice(1)}`)).toEqual({
    error: "@Clearthread can't be invited here.",
  });
});
