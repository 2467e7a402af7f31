/** The same form in two windows, or sent repeatedly: nothing is signed unseen, or called saved that was not kept. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ELEVATED, HIGH } from '../../support/bad-day-deals.ts';
import { heldForm, inPersonalChat, startWholeBot, type WholeBot } from './whole-bot.ts';

let bot: WholeBot;
beforeAll(async () => {
  bot = await startWholeBot();
});
afterAll(() => bot.end());

const SECOND_THOUGHTS = 'On second thoughts this must not be sold at all.';

it.each(['dialog', 'card'] as const)(
  'signs only what its confirmation showed: changed in Slack meanwhile, it is shown again (%s)',
  async (via) => {
    const deal = await bot.answered(ELEVATED);
    const signs = await bot.review('compliance', deal);
    const shown = JSON.parse(signs.form.context) as { page: number };
    await bot.inSlack('compliance-1', {
      kind: 'submit',
      form: 'deal.review',
      context: { ...shown, page: shown.page - 1 },
      values: { outcome: 'decline', rationale: SECOND_THOUGHTS },
    });
    const { body } = await bot.press('compliance', via, signs);
    expect(await bot.types(deal)).not.toContain('VoteCast');
    const again = JSON.stringify(body);
    expect(again).toContain('Nothing is signed yet.');
    expect(again).toContain(SECOND_THOUGHTS);
    expect(again).toContain('Sign: decline');
  },
);

it.each(['dialog', 'card'] as const)('does not say Saved of a vote that was taken back since (%s)', async (via) => {
  const deal = await bot.answered(HIGH);
  await bot.press('compliance', 'dialog', await bot.review('compliance', deal));
  const signs = await bot.review('senior', deal);
  await bot.press('senior', via, signs);
  await bot.press('senior', 'card', { do: 'click', name: 'deal.take-vote-back', value: `${deal}/1` });
  const { body } = await bot.press('senior', via, signs);
  expect(JSON.stringify(body)).toMatch(/Review[\s\S]*Page 1 of/);
  // It can be signed again, from its new showing.
  await bot.press('senior', via, await bot.review('senior', deal));
  const { deal: state } = await bot.view(deal);
  expect(state.status === 'deciding' && state.votes.map(({ by }) => by)).toEqual(['compliance-1', 'senior-1']);
});

it('keeps a second flag that was written into the same form in a chat, and each flag once', async () => {
  const deal = await bot.answered(ELEVATED);
  const form = heldForm('deal.raise-flag', { deal }, ['title']);
  const titles = ['The buyer resells to others.', 'The buyer is under sanctions.'];
  for (const title of titles.flatMap((each) => [each, each])) {
    await bot.press('legalAdviser', 'message', { do: 'submit', form }, { title }, inPersonalChat('legalAdviser'));
  }
  expect((await bot.view(deal)).deal.ownFlags.map(({ title }) => title)).toEqual(titles);
});
