import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../../src/playground/page/wire.ts';
import { CHANNEL, codeOf, COUNSEL, openBench, plain, REP, type Bench } from './bench.ts';

let bench: Bench;
let ahead = 0;
beforeAll(async () => {
  bench = await openBench({ now: () => Date.now() + ahead });
});
afterAll(() => bench.end());
afterEach(() => {
  bench.answer = () => undefined;
  ahead = 0;
});

const post = (more: object = {}) => bench.web.chat.postMessage({ channel: CHANNEL, text: 'Hello', ...more });
const tsOf = async (posted: Promise<{ ts?: string }>): Promise<string> => (await posted).ts ?? '';
/** The trigger of a slash command, as the bot hears it. */
const trigger = async (): Promise<string> => {
  await bench.ui('say', { channel: CHANNEL, text: '/deal' });
  return bench.heard.at(-1)?.fields['trigger_id'] ?? '';
};
interface Home {
  type: 'home';
  blocks: [];
}
const view = (more: object = {}) => ({
  type: 'modal' as const,
  title: plain('Title'),
  blocks: [{ type: 'section' as const, text: plain('Words') }],
  ...more,
});

describe('tokens and methods', () => {
  it('ask for the right token', async () => {
    const other = (token?: string) =>
      new WebClient(token, { slackApiUrl: `${bench.url}/playground/api/`, retryConfig: { retries: 0 } });
    expect(await codeOf(other().auth.test())).toBe('not_authed');
    expect(await codeOf(other('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await bench.web.auth.test()).toMatchObject({ user_id: 'U0CLEARTHRD', bot_id: 'B0CLEARTHRD' });
  });

  it('know no other method', async () => {
    expect(await codeOf(bench.web.apiCall('admin.users.list'))).toBe('unknown_method');
    expect(await codeOf(bench.web.apiCall('toString'))).toBe('unknown_method');
    expect(await codeOf(bench.web.apps.connections.open())).toBe('not_allowed_token_type');
  });

  it('take JSON as well as a form', async () => {
    const response = await fetch(`${bench.url}/playground/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json' },
      body: JSON.stringify({ channel: CHANNEL, text: 'By JSON', blocks: [{ type: 'divider' }] }),
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      message: { text: 'By JSON', blocks: [{ type: 'divider' }] },
    });
  });
});

describe('messages', () => {
  it.each([
    ['an unknown channel', { channel: 'C0NOWHERE001' }, 'channel_not_found'],
    ['a channel without the bot', { channel: 'C0NOBOT00001' }, 'not_in_channel'],
    ['an archived channel', { channel: 'C0ARCHIVED01' }, 'is_archived'],
    ['a deactivated person', { channel: 'U0SAMPLELEFT' }, 'user_disabled'],
    ['an unknown thread', { thread_ts: '1.000001' }, 'thread_not_found'],
    ['blocks without a text', { text: '', blocks: [{ type: 'divider' }] }, 'no_text'],
    ['too much text', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['bad blocks', { blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }, 'invalid_blocks'],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_format'],
  ])('refuse %s', async (_, more, code) => {
    expect(await codeOf(post(more as object))).toBe(code);
  });

  it('are threaded, counted and found again with their metadata', async () => {
    const ts = await tsOf(post({ metadata: { event_type: 'notice', event_payload: { id: 'n-1' } } }));
    const reply = await tsOf(post({ text: 'A reply', thread_ts: ts }));
    // A reply's ts leads to its root.
    await post({ text: 'Another', thread_ts: reply });
    const bare = await bench.web.conversations.replies({ channel: CHANNEL, ts });
    expect(bare.messages?.map((m) => m.text)).toEqual(['Hello', 'A reply', 'Another']);
    expect(bare.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
    expect(bare.messages?.[0]?.metadata).toBeUndefined();
    const full = await bench.web.conversations.replies({ channel: CHANNEL, ts, include_all_metadata: true });
    expect(full.messages?.[0]?.metadata).toMatchObject({ event_type: 'notice', event_payload: { id: 'n-1' } });
    const newest = await bench.web.conversations.history({ channel: CHANNEL, limit: 1 });
    expect(newest.messages?.map((m) => m.ts)).toEqual([ts]);
    expect(newest.has_more).toBe(true);
  });

  it('are changed by their author only', async () => {
    const own = await tsOf(post());
    expect(await bench.web.chat.update({ channel: CHANNEL, ts: own, text: 'Changed' })).toMatchObject({
      text: 'Changed',
    });
    await bench.ui('say', { channel: CHANNEL, text: 'Mine' });
    const theirs = (await bench.web.conversations.history({ channel: CHANNEL, limit: 1 })).messages?.[0]?.ts ?? '';
    expect(await codeOf(bench.web.chat.update({ channel: CHANNEL, ts: theirs, text: 'x' }))).toBe(
      'cant_update_message',
    );
    expect(await codeOf(bench.web.chat.delete({ channel: CHANNEL, ts: theirs }))).toBe('cant_delete_message');
    expect(await codeOf(bench.web.chat.update({ channel: CHANNEL, ts: '1.000001', text: 'x' }))).toBe(
      'message_not_found',
    );
  });

  it('leave a closed thread behind when deleted', async () => {
    const ts = await tsOf(post());
    await post({ thread_ts: ts, text: 'A reply' });
    await bench.web.chat.delete({ channel: CHANNEL, ts });
    expect(await codeOf(post({ thread_ts: ts }))).toBe('thread_not_found');
    expect(await codeOf(bench.web.chat.update({ channel: CHANNEL, ts, text: 'x' }))).toBe('message_not_found');
    const shown = await bench.see<ShownMessage[]>('messages', { channel: CHANNEL, thread: ts });
    expect(shown.map((m) => m.deleted)).toEqual([true, false]);
  });

  it('are ephemeral for one person', async () => {
    await bench.web.chat.postEphemeral({ channel: CHANNEL, user: REP, text: 'For you' });
    const texts = async (user: string) =>
      (await bench.see<ShownMessage[]>('messages', { channel: CHANNEL }, user)).map((m) => m.text);
    expect(await texts(REP)).toContain('For you');
    expect(await texts(COUNSEL)).not.toContain('For you');
    const history = await bench.web.conversations.history({ channel: CHANNEL });
    expect(history.messages?.map((m) => m.text)).not.toContain('For you');
    expect(await codeOf(bench.web.chat.postEphemeral({ channel: CHANNEL, user: 'U0SAMPLELEFT', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
  });

  it('have permalinks into the page', async () => {
    const ts = await tsOf(post());
    const reply = await tsOf(post({ thread_ts: ts }));
    const { permalink } = await bench.web.chat.getPermalink({ channel: CHANNEL, message_ts: reply });
    expect(permalink).toBe(
      `${bench.url}/archives/${CHANNEL}/p${reply.replace('.', '')}?thread_ts=${ts}&cid=${CHANNEL}`,
    );
  });

  it('survive a restart', async () => {
    const ts = await tsOf(post({ text: 'Before', blocks: [{ type: 'divider' }] }));
    await post({ thread_ts: ts, text: 'In the thread' });
    await bench.restart();
    const { messages } = await bench.web.conversations.replies({ channel: CHANNEL, ts });
    expect(messages?.map((m) => m.text)).toEqual(['Before', 'In the thread']);
    expect(Number(await tsOf(post({ thread_ts: ts })))).toBeGreaterThan(Number(messages?.[1]?.ts));
  });
});

describe('people', () => {
  it('are who the organisation file says', async () => {
    const { members } = await bench.web.users.list({});
    expect(members?.map((m) => m.id)).toEqual([REP, COUNSEL, 'U0SAMPLEGST1', 'U0SAMPLELEFT', 'U0CLEARTHRD']);
    expect((await bench.web.users.info({ user: 'U0SAMPLEGST1' })).user).toMatchObject({ is_restricted: true });
    expect((await bench.web.users.info({ user: 'U0SAMPLELEFT' })).user).toMatchObject({ deleted: true });
    expect(await codeOf(bench.web.users.info({ user: 'U0NOBODY0001' }))).toBe('user_not_found');
  });

  it('have direct messages', async () => {
    const { channel } = await bench.web.conversations.open({ users: REP });
    expect(channel?.id).toMatch(/^D/);
    await bench.web.chat.postMessage({ channel: REP, text: 'To you' });
    const { messages } = await bench.web.conversations.history({ channel: channel?.id ?? '' });
    expect(messages?.[0]?.text).toBe('To you');
    expect(await codeOf(bench.web.conversations.open({ users: 'U0SAMPLELEFT' }))).toBe('user_disabled');
    expect(await codeOf(bench.web.conversations.open({ users: 'U0NOBODY0001' }))).toBe('user_not_found');
  });

  it('meet in channels', async () => {
    expect((await bench.web.conversations.info({ channel: 'C0SHARED0001' })).channel).toMatchObject({
      is_ext_shared: true,
    });
    expect((await bench.web.conversations.info({ channel: 'C0NOBOT00001' })).channel).toMatchObject({
      is_member: false,
    });
    expect((await bench.web.conversations.members({ channel: CHANNEL })).members).toContain('U0SAMPLEGST1');
  });
});

describe('views', () => {
  it('open once, within three seconds', async () => {
    const id = await trigger();
    expect((await bench.web.views.open({ trigger_id: id, view: view() })).view?.root_view_id).toBeDefined();
    expect(await codeOf(bench.web.views.open({ trigger_id: id, view: view() }))).toBe('exchanged_trigger_id');
    const late = await trigger();
    ahead = 3_001;
    expect(await codeOf(bench.web.views.open({ trigger_id: late, view: view() }))).toBe('expired_trigger_id');
    expect(await codeOf(bench.web.views.open({ trigger_id: '1.2.abc', view: view() }))).toBe('invalid_trigger_id');
  });

  it('keep their trigger when the view is refused', async () => {
    const id = await trigger();
    expect(await codeOf(bench.web.views.open({ trigger_id: id, view: view({ title: plain('x'.repeat(25)) }) }))).toBe(
      'invalid_arguments',
    );
    expect(await codeOf(bench.web.views.open({ trigger_id: id, view: view() }))).toBe('ok');
  });

  it('change under the hash that was read', async () => {
    const { view: opened } = await bench.web.views.open({ trigger_id: await trigger(), view: view() });
    const view_id = opened?.id ?? '';
    const changed = await bench.web.views.update({
      view_id,
      hash: opened?.hash ?? '',
      view: view({ title: plain('New') }),
    });
    expect(changed.view?.title?.text).toBe('New');
    expect(await codeOf(bench.web.views.update({ view_id, hash: opened?.hash ?? '', view: view() }))).toBe(
      'hash_conflict',
    );
    expect(await codeOf(bench.web.views.update({ view_id: 'V0NONE', view: view() }))).toBe('view_not_found');
  });

  it('stand at most three deep', async () => {
    const again = {
      type: 'actions',
      block_id: 'b',
      elements: [{ type: 'button', action_id: 'more', text: plain('More') }],
    };
    const opened = await bench.web.views.open({ trigger_id: await trigger(), view: view({ blocks: [again] }) });
    const press = async (id: string): Promise<string> => {
      await bench.ui('click', {
        container: { kind: 'view', view: id },
        block: 'b',
        action: 'more',
        value: null,
        entries: {},
      });
      return String(bench.heard.at(-1)?.payload['trigger_id']);
    };
    const push = async (on: string) =>
      bench.web.views.push({ trigger_id: await press(on), view: view({ blocks: [again] }) });
    const second = await push(opened.view?.id ?? '');
    const third = await push(second.view?.id ?? '');
    expect(third.view).toMatchObject({ root_view_id: opened.view?.id, previous_view_id: second.view?.id });
    expect(await codeOf(push(third.view?.id ?? ''))).toBe('push_limit_reached');
  });

  it('become a home', async () => {
    const home = { type: 'home' as const, blocks: [{ type: 'divider' as const, block_id: 'd' }] };
    await bench.web.views.publish({ user_id: REP, view: home });
    expect(await bench.see('home')).toEqual(home.blocks);
  });

  it.each([
    ['more than 100 blocks', REP, { type: 'home', blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    ['another type', REP, view()],
    ['a title', REP, { type: 'home', title: plain('Home'), blocks: [] }],
    ['unknown blocks', REP, { type: 'home', blocks: [{ type: 'table' }] }],
    ['a header that is too long', REP, { type: 'home', blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }],
  ])('are refused as a home with %s', async (_, user_id, home) => {
    expect(await codeOf(bench.web.views.publish({ user_id, view: home as Home }))).toBe('invalid_arguments');
  });

  it('are no home of somebody who is not there, and none over a newer one', async () => {
    const home: Home = { type: 'home', blocks: [] };
    expect(await codeOf(bench.web.views.publish({ user_id: 'U0NONE', view: home }))).toBe('user_not_found');
    await bench.web.views.publish({ user_id: REP, view: home });
    expect(await codeOf(bench.web.views.publish({ user_id: REP, view: home, hash: '0.old' }))).toBe('hash_conflict');
  });

  it('tell the bot that somebody opens their home', async () => {
    await bench.ui('open-home', {});
    expect(bench.heard.at(-1)?.payload).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user: REP, tab: 'home', channel: expect.stringMatching(/^D/) as unknown },
    });
  });
});
