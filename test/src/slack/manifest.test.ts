/** The manifest requests exactly the scopes and events that the code uses. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SHORTCUTS as PLAYGROUND_SHORTCUTS } from '../../../src/playground/mount.ts';
import { EVENTS, SHORTCUTS } from '../../../src/slack/payloads.ts';
import { COMMANDS } from '../../../src/slack/slack.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const Manifest = z.object({
  display_information: z.object({ name: z.string().max(35), description: z.string().max(140) }),
  features: z.object({
    app_home: z.object({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.object({ display_name: z.string().max(80) }),
    shortcuts: z.array(
      z.object({
        name: z.string().max(24),
        type: z.string(),
        callback_id: z.string(),
        description: z.string().max(150),
      }),
    ),
    slash_commands: z.array(
      z.object({ command: z.string().max(32), url: z.url().optional(), description: z.string() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ request_url: z.url().optional(), bot_events: z.array(z.string()) }),
    interactivity: z.object({
      is_enabled: z.boolean(),
      request_url: z.url().optional(),
      message_menu_options_url: z.url().optional(),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
  }),
});

/** https://docs.slack.dev/reference/methods: the scopes that each method needs in conversations where we call it. */
const SCOPES_OF: Record<string, string[]> = {
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.info': ['files:read'],
  // `filesUploadV2`.
  'files.upload': ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
/** https://docs.slack.dev/reference/events */
const SCOPES_OF_EVENT: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
};

const sources = readdirSync(`${root}/src/slack`)
  .map((name) => readFileSync(`${root}/src/slack/${name}`, 'utf8'))
  .join('\n');
const called = [
  ...new Set(
    [...sources.matchAll(/\b(?:client|quick)\.(?:(\w+)\.(\w+)|(files)(Upload)V2)\(/g)].map(
      ([, family = 'files', method = 'upload']) => `${family}.${method}`,
    ),
  ),
].sort();

const manifest = Manifest.parse(parse(readFileSync(`${root}/manifest.yml`, 'utf8')));
const addresses = ({ features, settings }: z.infer<typeof Manifest>): (string | undefined)[] => [
  ...features.slash_commands.map((c) => c.url),
  settings.interactivity.request_url,
  settings.interactivity.message_menu_options_url,
  settings.event_subscriptions.request_url,
];
const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Merges as a person does by hand: entries of a list with the same place belong together. */
const merged = (into: unknown, added: unknown): unknown => {
  if (Array.isArray(into) && Array.isArray(added)) return into.map((item, i) => merged(item, added[i]));
  if (!isMapping(into) || !isMapping(added)) return added ?? into;
  const both = Object.entries(added).map(([key, value]) => [key, merged(into[key], value)]);
  return { ...into, ...Object.fromEntries(both) } as unknown;
};
const same = (a: readonly string[], b: readonly string[]) => expect([...a].sort()).toEqual([...b].sort());

describe('the manifest', () => {
  it('has a scope for every method the code calls, and no other', () => {
    expect(called.length).toBeGreaterThan(8);
    const needed = new Set([
      'commands',
      ...called.flatMap((method) => SCOPES_OF[method] ?? []),
      // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
      ...(readFileSync(`${root}/blocks/slack/form.ts`, 'utf8').includes("'file_input'") ? ['files:read'] : []),
      ...EVENTS.flatMap((event) => SCOPES_OF_EVENT[event] ?? ['no scope known']),
    ]);
    same(manifest.oauth_config.scopes.bot, [...needed]);
  });

  it('names every method of the table because the code calls it', () => {
    same(called, Object.keys(SCOPES_OF));
  });

  it('has the commands, shortcuts and events that the code knows', () => {
    same(
      manifest.features.slash_commands.map((c) => c.command),
      COMMANDS,
    );
    same(
      manifest.features.shortcuts.map((s) => s.callback_id),
      SHORTCUTS,
    );
    expect(manifest.features.shortcuts.every((s) => s.type === 'message')).toBe(true);
    same(manifest.settings.event_subscriptions.bot_events, EVENTS);
  });

  it('works as it stands: Socket Mode, and no address to fill in', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(addresses(manifest)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(readFileSync(`${root}/manifest.yml`, 'utf8')).not.toContain('example.com');
  });

  it('becomes one for HTTP by what the README adds: everything goes to the one address that is listened on', () => {
    const [, added = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(`${root}/README.md`, 'utf8')) ?? [];
    const http = Manifest.parse(merged(parse(readFileSync(`${root}/manifest.yml`, 'utf8')), parse(added)));
    expect(http.settings.socket_mode_enabled).toBe(false);
    same(
      http.features.slash_commands.map((c) => c.command),
      COMMANDS,
    );
    const urls = addresses(http);
    expect(urls).toHaveLength(5);
    expect([...new Set(urls)].map((url) => new URL(url ?? '').pathname)).toEqual(['/slack/events']);
  });

  it('calls the shortcuts what the playground calls them', () => {
    expect(PLAYGROUND_SHORTCUTS).toEqual(
      manifest.features.shortcuts.map(({ callback_id, name }) => ({ callbackId: callback_id, name })),
    );
  });

  it('lets people write to the bot, and has a home tab', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });
});
