/** Right to act: by Entra object id and membership, never by an e-mail address. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalChat, TENANT, type Account } from './bot-connector.ts';
import { CHANNEL, COUNSEL, FROM, PERSONAL, REP, ROOT, startTeamsBot, STRANGER, TWIN, type TeamsBot } from './bot.ts';

let bot: TeamsBot;
beforeEach(async () => {
  bot = await startTeamsBot();
});
afterEach(() => bot.stop());

const account = (user: string): Account => {
  const found = bot.api.accounts.find((a) => a.user === user);
  if (!found) throw new Error('no such account');
  return found;
};
const click = { do: 'click', name: 'deal.nudge', value: 'D-1' } as const;
const form = { name: 'deal.x', context: '{}', showing: 'showing-1', inputs: ['a'], lists: [] };
const later = (minutes: number): void => {
  bot.now.value = new Date(bot.now.value.getTime() + minutes * 60_000);
};
const members = (): number => bot.api.calls.filter((call) => call.includes('/members/')).length;
const said = () => bot.api.sent.slice(1).map(({ conversation, thread, summary }) => [conversation, thread, summary]);

describe('a channel that is chosen in a form', () => {
  const open = { ...form, name: 'deal.open', inputs: ['channel'] };
  const choose = (channel: string) => bot.press('dialog', { do: 'submit', form: open }, { channel });

  it('has to be one that the bot and the person are in', async () => {
    const answer = { task: { type: 'message', value: expect.stringContaining('not in that channel') as string } };
    expect(await choose('19:elsewhere@thread.tacv2')).toEqual(answer);
    bot.api.trouble('GET', { status: 403, code: 'BotNotInConversationRoster' });
    expect(await choose(CHANNEL)).toEqual(answer);
    expect(bot.asked).toEqual([]);
    expect(await choose(CHANNEL)).toBeUndefined();
    expect(bot.asked).toMatchObject([{ kind: 'submit', values: { channel: CHANNEL } }]);
  });

  it('that Teams does not tell of is not taken for granted', async () => {
    await choose(CHANNEL);
    bot.asked.length = 0;
    bot.api.trouble('GET', { status: 503 });
    expect(await choose(CHANNEL)).toMatchObject({
      task: { value: expect.stringContaining('Something went wrong') as string },
    });
    expect(bot.asked).toEqual([]);
  });
});

const ASK = `Clearthread does not know you yet. Ask Sample Compliance to add your Teams id ${STRANGER.id} to the organisation file.`;

describe('somebody whom nobody knows', () => {
  it('is told so in their own chat, and the record keeps it', async () => {
    await bot.say('status', FROM(STRANGER));
    expect(said()).toEqual([[personalChat(STRANGER), undefined, ASK]]);
    expect(bot.refused).toEqual([{ chat: 'teams', account: STRANGER.id, why: 'unknown', looksLike: undefined }]);
    expect(bot.asked).toEqual([]);
  });

  it('is told so in the thread where they have no chat with the bot', async () => {
    account(STRANGER.user).installed = false;
    await bot.say('status', FROM(STRANGER));
    expect(said()).toEqual([[CHANNEL, ROOT, ASK]]);
  });

  it('hears it in the answer to a press', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: ASK };
    expect(await bot.press('card', click, {}, FROM(STRANGER))).toEqual(body);
    const dialog = { task: { type: 'message', value: ASK } };
    expect(await bot.press('fetch', click, {}, FROM(STRANGER))).toEqual(dialog);
    expect(await bot.press('dialog', { do: 'submit', form }, { a: 'x' }, FROM(STRANGER))).toEqual(dialog);
    expect(await bot.press('message', click, {}, FROM(STRANGER))).toBeUndefined();
    expect(said()).toEqual([[personalChat(STRANGER), undefined, ASK]]);
    expect(bot.asked).toEqual([]);
    expect(bot.refused).toHaveLength(4);
  });

  it('is not kept waiting for words while Teams hangs', async () => {
    bot.api.trouble('GET', 'hang');
    await bot.say('status', FROM(STRANGER));
    expect(said()).toEqual([[personalChat(STRANGER), undefined, ASK]]);
    expect(bot.refused).toMatchObject([{ why: 'unknown' }]);
  });

  it('is hinted at by an e-mail address, and stays unknown', async () => {
    account(STRANGER.user).profile = { email: 'Counsel@sample.example' };
    await bot.say('status', FROM(STRANGER));
    expect(bot.refused).toMatchObject([{ why: 'unknown', looksLike: 'counsel-1' }]);
    expect(bot.asked).toEqual([]);
  });

  it('has no account at all', async () => {
    await bot.say('status', { from: { id: STRANGER.user, name: 'Sample' } });
    expect(bot.refused).toMatchObject([{ account: STRANGER.user, why: 'unknown' }]);
    expect(said()[0]?.[2]).toContain('Please sign in to Teams with your work account');
  });

  it('hears it even while Teams does not say who is a member', async () => {
    bot.api.trouble('GET', { status: 503 });
    expect(await bot.press('card', click, {}, FROM(STRANGER))).toMatchObject({ value: ASK });
  });
});

describe('refused, and kept in the record', () => {
  it.each<[string, Account, Partial<Account>, string, string]>([
    [
      'a guest, by the name',
      REP,
      { profile: { userPrincipalName: 'x_y.z#EXT#@s.example' } },
      'guest',
      'Guest accounts',
    ],
    ['a guest, by the role', REP, { role: 'guest' }, 'guest', 'Guest accounts'],
    ['an anonymous visitor', REP, { role: 'anonymous' }, 'guest', 'Guest accounts'],
    ['somebody who left', REP, { left: true }, 'deactivated', 'not a member here any more'],
    [
      'a member of another organisation',
      REP,
      { profile: { tenantId: '00000000-0000-4000-8000-0000000000cc' } },
      'foreign',
      'only for members of its own organisation',
    ],
    ['an account that two people claim', TWIN, {}, 'ambiguous', 'could belong to two people'],
    [
      'an account with the address of somebody else',
      REP,
      { profile: { email: 'counsel@sample.example' } },
      'ambiguous',
      'Ask Sample Compliance to set it right',
    ],
    [
      'an account with the sign-in name of somebody else',
      REP,
      { profile: { userPrincipalName: 'COUNSEL@sample.example', email: 'rep@sample.example' } },
      'ambiguous',
      'Ask Sample Compliance to set it right',
    ],
  ])('%s', async (_, who, more, why, words) => {
    Object.assign(account(who.user), more);
    const answer = await bot.press('card', click, {}, FROM(who));
    expect(JSON.stringify(answer)).toContain(words);
    expect(bot.asked).toEqual([]);
    expect(bot.refused).toMatchObject([{ chat: 'teams', account: who.id, why }]);
    expect(bot.store.conversations.size).toBe(0);
  });

  it.each([
    ['says that it is another account’s', COUNSEL.id],
    ['does not say whose it is', undefined],
  ])('an id of which Teams %s', async (_, aadObjectId) => {
    account(REP.user).profile = { aadObjectId, objectId: aadObjectId };
    await bot.press('card', click);
    expect(bot.asked).toEqual([]);
    expect(bot.refused).toMatchObject([{ account: REP.id, why: 'ambiguous' }]);
  });
});

describe('a member', () => {
  it('is known by the object id in any case, with their own address', async () => {
    account(REP.user).profile = {
      email: 'rep@sample.example',
      userPrincipalName: 'rep@sample.example',
      tenantId: TENANT,
    };
    await bot.press('card', click);
    expect(bot.asked).toMatchObject([{ person: 'rep-1' }]);
    expect(bot.refused).toEqual([]);
  });

  it('is asked about once in five minutes in each place', async () => {
    await bot.say('status');
    await bot.say('status');
    expect(members()).toBe(1);
    await bot.say('status', PERSONAL);
    expect(members()).toBe(2);
    bot.now.value = new Date(bot.now.value.getTime() + 5 * 60_000);
    account(REP.user).left = true;
    await bot.press('card', click);
    expect(members()).toBe(3);
    expect(bot.asked).toHaveLength(3);
  });

  it('of whom Teams does not say anything just now is asked to try again, and nothing is done', async () => {
    bot.api.trouble('GET', { status: 503 }, { status: 429, headers: { 'retry-after': '5' } }, 'reset', { status: 401 });
    for (const via of ['card', 'card', 'fetch', 'dialog'] as const) {
      const act = via === 'dialog' ? ({ do: 'submit', form } as const) : click;
      expect(JSON.stringify(await bot.press(via, act))).toMatch(
        /nothing was done\. Please try again\. \(ref [0-9A-Z]{8}\)/,
      );
    }
    expect(bot.asked).toEqual([]);
    expect(bot.refused).toEqual([]);
    await bot.press('card', click);
    expect(bot.asked).toHaveLength(1);
  });

  it('is believed for longer while Teams does not answer, up to a quarter of an hour', async () => {
    await bot.press('card', click);
    later(6);
    bot.api.trouble('GET', { status: 503 });
    await bot.press('card', click);
    expect(bot.asked).toHaveLength(2);
    later(8);
    bot.api.trouble('GET', { status: 503 });
    await bot.press('card', click);
    expect(bot.asked).toHaveLength(3);
    later(1);
    bot.api.trouble('GET', { status: 503 });
    expect(JSON.stringify(await bot.press('card', click))).toContain('nothing was done. Please try again.');
    expect(bot.asked).toHaveLength(3);
  });

  it('who was none a moment ago is let in at once', async () => {
    account(REP.user).left = true;
    expect(JSON.stringify(await bot.press('card', click))).toContain('not a member here any more');
    account(REP.user).left = false;
    await bot.press('card', click);
    expect(bot.asked).toMatchObject([{ person: 'rep-1' }]);
  });

  it('who was one once and left is not believed while Teams does not answer', async () => {
    await bot.press('card', click);
    later(6);
    account(REP.user).left = true;
    await bot.press('card', click);
    bot.api.trouble('GET', { status: 503 });
    await bot.press('card', click);
    expect(bot.asked).toHaveLength(1);
  });

  it('who starts from a message in a chat without the bot is told to add it', async () => {
    bot.api.trouble('GET', { status: 403, code: 'BotNotInConversationRoster' });
    const answer = await bot.invoke('composeExtension/fetchTask', { commandId: 'newDeal', commandContext: 'message' });
    expect(JSON.stringify(answer)).toContain('Clearthread is not in this chat');
    expect(bot.asked).toEqual([]);
  });

  it('in a channel that other organisations can join is led to the clearance channel', async () => {
    const channelData = { tenant: { id: TENANT }, channel: { id: CHANNEL, type: 'shared' } };
    const answer = await bot.press('card', click, {}, { channelData });
    expect(JSON.stringify(answer)).toContain('People of other organisations can be in this channel');
    expect(bot.asked).toEqual([]);
  });
});
