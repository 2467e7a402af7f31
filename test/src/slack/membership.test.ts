/** A channel that the bot was not invited to: nothing is started there that could not be posted. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import { buttonClick, startBot, type Bot } from './bot.ts';
import { BOT } from './web-api.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.stop());

const form: Form = { name: 'deal.open', title: 'Open a deal', context: '', blocks: [{ kind: 'text', text: 'Hello' }] };
const INVITE = "I'm not in this channel yet. Invite me first: /invite @Clearthread";
const command = async (channel_id: string): Promise<string> => {
  const trigger_id = `t-${channel_id}-${bot.api.calls.length}`;
  bot.api.triggers.add(trigger_id);
  return (await bot.command({ channel_id, trigger_id })).text();
};

describe.each([
  ['a public channel', 'C0PUBLIC'],
  ['a private channel, which Slack does not let the bot see', 'C0OTHER'],
])('in %s without the bot', (_, channel) => {
  it('a form is refused with what to do, and opens as soon as that is done', async () => {
    bot.answers.push({ kind: 'form', form }, { kind: 'form', form });
    expect(await command(channel)).toContain(INVITE);
    expect(bot.asked.at(-1)?.place).toMatchObject({ channel, botIsMember: false });
    expect(bot.api.of('views.open')).toEqual([]);
    expect(bot.log.lines.at(-1)).toMatchObject({
      event: 'slack.person-refused',
      fields: { code: 'bot-not-in-channel', channel },
    });
    bot.api.channels[channel]?.members.push(BOT.user);
    expect(await command(channel)).toBe('');
    expect(bot.api.of('views.open')).toHaveLength(1);
    expect(bot.asked.at(-1)?.place).toMatchObject({ channel, botIsMember: true });
  });

  it('words are answered as anywhere', async () => {
    bot.answers.push({ kind: 'tell', card: { blocks: [{ kind: 'text', text: 'Please use the clearance channel.' }] } });
    expect(await command(channel)).toContain('Please use the clearance channel.');
  });
});

it('an old button in a channel that the bot has left is refused too', async () => {
  bot.answers.push({ kind: 'form', form });
  await bot.act(buttonClick('t1', {}, { channel: { id: 'C0PUBLIC' } }));
  expect(JSON.stringify(bot.api.of('chat.postMessage'))).toContain('Invite me first');
});

it('a channel that the bot is in is asked about once in five minutes', async () => {
  await command('C0DEALS');
  await command('C0DEALS');
  expect(bot.api.of('conversations.info')).toHaveLength(1);
  bot.now.value = new Date(bot.now.value.getTime() + 5 * 60_000);
  await command('C0DEALS');
  expect(bot.api.of('conversations.info')).toHaveLength(2);
});

it('a channel that everybody in the workspace can read is told from a private one', async () => {
  for (const [id, isPrivate] of [
    ['C0DEALS', true],
    ['C0OPEN', false],
  ] as const) {
    bot.api.channels[id] = { members: ['U0REP', BOT.user], is_private: isPrivate };
    bot.answers.push({ kind: 'form', form });
    await command(id);
  }
  expect(bot.asked.map(({ place }) => place?.isPublic)).toEqual([undefined, true]);
});

it('where Slack does not say, the form opens', async () => {
  bot.api.fail('conversations.info', 'missing_scope');
  bot.answers.push({ kind: 'form', form });
  expect(await command('C0DEALS')).toBe('');
  expect(bot.asked[0]?.place).not.toHaveProperty('botIsMember');
  expect(bot.api.of('views.open')).toHaveLength(1);
});
