/** The page of a person in Slack: opened, drawn, pressed. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/edge/interaction.ts';
import { startBot, type Bot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ graceMs: 100 });
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const tell = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] } });
const opened = (user: string, more: object = {}, envelope: object = {}) =>
  bot.event({ event: { type: 'app_home_opened', user, channel: 'D0REP', tab: 'home', ...more }, ...envelope });
const published = () => bot.api.of('views.publish');
const shown = () => JSON.stringify(published());
const PLACE = { platform: 'slack', channel: 'D0REP', direct: true };
const metadata = JSON.stringify({ context: '', place: PLACE });

describe('somebody who opens it', () => {
  it('gets what the route answers, and no message', async () => {
    bot.answers.push(tell('Nothing waits for you'));
    expect((await opened('U0REP')).status).toBe(200);
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'home', page: true, person: 'rep-1', place: PLACE }]);
    expect(published()).toMatchObject([{ user_id: 'U0REP', view: { type: 'home', private_metadata: metadata } }]);
    expect(shown()).toContain('Nothing waits for you');
    expect(bot.api.messages).toEqual([]);
  });

  it('who looks at the messages instead gets nothing', async () => {
    expect((await opened('U0REP', { tab: 'messages' })).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(published()).toEqual([]);
  });

  it('and whom nobody knows gets one sentence there, and no record of it', async () => {
    await opened('U0NOBODY');
    expect(shown()).toContain('does not know you yet');
    expect(bot.asked).toEqual([]);
    expect(bot.turnedAway).toEqual([]);
  });

  it.each([
    ['is a guest', { is_restricted: true }, 'Guest accounts cannot work on deals'],
    ['is deactivated', { deleted: true }, 'This account is deactivated'],
  ])('and %s gets one sentence there', async (_, profile, words) => {
    // What is known of an account is remembered for a while.
    bot.now.value = new Date(bot.now.value.getTime() + 3_600_000);
    const before = bot.api.users['U0COUNSEL'] ?? {};
    bot.api.users['U0COUNSEL'] = { ...before, ...profile };
    await opened('U0COUNSEL');
    bot.api.users['U0COUNSEL'] = before;
    expect(published()).toHaveLength(1);
    expect(shown()).toContain(words);
    expect(bot.asked).toEqual([]);
  });

  it('has it drawn once, however often Slack sends the same event', async () => {
    bot.answers.push(tell('Once'), tell('Twice'), tell('Thrice'));
    const again = { event_id: 'Ev-home-again' };
    await Promise.all([
      opened('U0REP', {}, { ...again, event_time: 1 }),
      opened('U0REP', {}, { ...again, event_time: 2 }),
    ]);
    await opened('U0REP', {}, { ...again, event_time: 3 });
    expect(published()).toHaveLength(1);
    expect(shown()).toContain('Once');
  });

  it('is told of nothing else where Slack does not take it, and the log says so', async () => {
    bot.api.fail('views.publish', 'not_enabled');
    bot.answers.push(tell('x'));
    expect((await opened('U0REP')).status).toBe(200);
    expect(bot.log.lines.map(({ level, event, fields }) => [level, event, fields['code']])).toEqual([
      ['warn', 'slack.home-not-published', 'not_enabled'],
    ]);
    expect(bot.api.messages).toEqual([]);
  });

  it('gets words for a fault', async () => {
    bot.answers.push(new Error('no'));
    await opened('U0REP');
    expect(shown()).toContain('Something went wrong on our side');
  });
});

describe('a button there', () => {
  const press = (trigger: string) => {
    bot.api.triggers.add(trigger);
    return bot.act({
      type: 'block_actions',
      trigger_id: trigger,
      container: { type: 'view', view_id: 'V0HOME' },
      view: { id: 'V0HOME', type: 'home', hash: '1.a', callback_id: '', private_metadata: metadata, blocks: [] },
      actions: [{ type: 'button', action_id: 'deal.review#1', block_id: 'b', value: 'D-1/1' }],
    });
  };

  it('opens a window, which acts in the direct message', async () => {
    bot.answers.push({ kind: 'form', form: { name: 'deal.review', title: 'Review', context: '{}', blocks: [] } });
    expect((await press('home-1')).status).toBe(200);
    expect(bot.asked).toMatchObject([{ kind: 'click', name: 'deal.review', value: 'D-1/1', place: PLACE }]);
    expect(bot.asked[0]).not.toHaveProperty('form');
    expect(bot.api.of('views.update')).toEqual([]);
    const [{ view } = {}] = bot.api.of('views.open') as { view?: { private_metadata: string } }[];
    expect(JSON.parse(view?.private_metadata ?? '')).toMatchObject({ place: { channel: 'D0REP', direct: true } });
  });

  it('that only says something says it in the direct message', async () => {
    bot.answers.push(tell('Not yours any more.'));
    await press('home-2');
    expect(bot.api.messages.map(({ channel, text }) => [channel, text])).toEqual([['D0REP', 'Not yours any more.']]);
    bot.api.messages.length = 0;
  });
});
