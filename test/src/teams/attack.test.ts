/** Card data invented by a client, other people's forms, both chats at the same moment: nobody exceeds their rights. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HIGH } from '../../support/bad-day-deals.ts';
import { heldForm, inPersonalChat, startWholeBot, type Via, type WholeBot, type Who } from './whole-bot.ts';

let bot: WholeBot;
beforeAll(async () => {
  bot = await startWholeBot();
});
afterAll(() => bot.end());

const count = async (deal: string, type: string): Promise<number> =>
  (await bot.types(deal)).filter((t) => t === type).length;

const factsHashOf = async (deal: string): Promise<string> => {
  const { deal: state } = await bot.view(deal);
  return state.status === 'deciding' ? state.route.factsHash : '';
};

const CLICKS = [
  'deal.answer',
  'deal.save-for-later',
  'deal.hand-over',
  'deal.take-section-back',
  'deal.settle-flag',
  'deal.another-party',
  'deal.listed-party',
  'deal.why',
  'deal.nudge',
  'deal.more',
  'deal.reopen',
  'deal.review',
  'deal.review-back',
  'deal.take-vote-back',
  'deal.recuse',
  'deal.give-information',
  'deal.take-question-back',
  'constructor',
  '__proto__',
];
const FORMS = [
  'deal.details',
  'deal.more',
  'deal.reopen',
  'deal.section',
  'deal.hand-over',
  'deal.settle-flag',
  'deal.review',
  'deal.give-information',
  'toString',
];
const ARGUMENTS = ['', '/', '/end-user', '/__proto__', '/constructor', '/-1', '/NaN', '/0/99', '/scope/../end-user'];
const TYPED = { title: 'x', reason: 'a reason', choice: 'withdraw', verdict: 'dismiss', person: 'rep-1', 'q:G1': 'no' };
const VIAS: readonly Via[] = ['fetch', 'dialog', 'card', 'message'];

describe('made-up card data', () => {
  it('shows nothing of a deal, and changes nothing, for somebody who may not read it', async () => {
    const deal = await bot.answered(HIGH);
    const before = await bot.types(deal);
    const context = { deal, section: 'end-user', flag: 'x', request: 'x', step: 0, page: 9, factsHash: 'x', shown: [] };
    const acts = [
      ...CLICKS.flatMap((name) => ARGUMENTS.map((arg) => ({ do: 'click', name, value: `${deal}${arg}` }))),
      ...CLICKS.map((name) => ({ do: 'press', name, value: deal, form: heldForm('deal.section', context, ['q:G1']) })),
      ...FORMS.map((form) => ({ do: 'submit', form: heldForm(form, context, Object.keys(TYPED)) })),
      ...['root', 'section:end-user', 'review:1:0', 'section:__proto__'].map((key) => ({ do: 'look', deal, key })),
    ];
    for (const [i, ours] of acts.entries()) {
      const via = VIAS[i % VIAS.length] ?? 'card';
      const { status, body } = await bot.press('productManager', via, ours, TYPED, inPersonalChat('productManager'));
      expect([status, ours]).toEqual([200, ours]);
      expect(JSON.stringify(body ?? '')).not.toMatch(/Sample Customer|Sample Agency|went wrong/);
    }
    await bot.settled();
    expect(await bot.types(deal)).toEqual(before);
  });

  it('opens no step, and leaves no fault, for somebody who may read and not vote', async () => {
    const deal = await bot.answered(HIGH);
    const factsHash = await factsHashOf(deal);
    const before = await bot.types(deal);
    for (const who of ['rep', 'senior', 'chief'] as const) {
      for (const step of [0, 1, 99, 1e15]) {
        for (const via of VIAS) {
          const form = heldForm('deal.review', { deal, step, page: 9, factsHash }, ['outcome', 'rationale']);
          const typed = { outcome: 'approve', rationale: 'It is fine, really, believe me.' };
          const { status, body } = await bot.press(who, via, { do: 'submit', form }, typed, inPersonalChat(who));
          expect(status).toBe(200);
          expect(JSON.stringify(body ?? '')).not.toMatch(/went wrong/);
        }
      }
    }
    await bot.settled();
    expect(await bot.types(deal)).toEqual(before);
  });

  it('with the showing of somebody else is an act of whoever sends it', async () => {
    const deal = await bot.answered(HIGH);
    const signs = await bot.review('compliance', deal);
    for (const who of ['rep', 'senior', 'productManager'] as const) await bot.press(who, 'dialog', signs);
    expect(await count(deal, 'VoteCast')).toBe(0);
    await bot.press('compliance', 'dialog', signs);
    expect(await count(deal, 'VoteCast')).toBe(1);
  });
});

describe('the same person in both chats', () => {
  it('decides once, and each judge counts once, when twenty presses come at the same moment', async () => {
    const deal = await bot.answered(HIGH);
    await bot.press('compliance', 'dialog', await bot.review('compliance', deal));
    const judges: [Who, string][] = [
      ['senior', 'senior-1'],
      ['senior2', 'senior-2'],
      ['counsel', 'counsel-1'],
    ];
    const signing = await Promise.all(
      judges.map(async ([who, person]) => ({ who, person, signs: await bot.review(who, deal) })),
    );
    await Promise.all(
      Array.from({ length: 7 }, (_, i) => i).flatMap((i) =>
        signing.map(async ({ who, person, signs }) => {
          const { form } = signs;
          if (i % 2 === 0) {
            // Each from a separate window.
            const own = { ...form, showing: `${form.showing}-${i}` };
            const { status } = await bot.press(who, i % 4 === 0 ? 'card' : 'dialog', { do: 'submit', form: own });
            expect(status).toBe(200);
            return;
          }
          const context = JSON.parse(form.context) as object;
          await bot.inSlack(person, { kind: 'submit', form: form.name, context, values: {} });
        }),
      ),
    );
    // One was first: the others read what that one says, and sign then.
    expect(await count(deal, 'VoteCast')).toBe(2);
    const { deal: meanwhile } = await bot.view(deal);
    const first = meanwhile.status === 'deciding' ? meanwhile.votes.map(({ by }) => by) : [];
    const [late] = judges.filter(
      ([who, person]) => !first.includes(person) && (who === 'counsel' || first.includes('counsel-1')),
    );
    await bot.press(late![0], 'dialog', await bot.review(late![0], deal));
    const { deal: state } = await bot.view(deal);
    expect(state.status).toBe('decided');
    expect(await count(deal, 'DealDecided')).toBe(1);
    const voters = state.status === 'decided' ? state.decision.votes.map(({ by, step }) => `${by} ${step}`) : [];
    expect(new Set(voters).size).toBe(voters.length);
    expect(await count(deal, 'VoteCast')).toBe(voters.length);
  });

  it('has one vote: what was signed in Slack is not signed again in Teams', async () => {
    const deal = await bot.answered(HIGH);
    await bot.press('compliance', 'dialog', await bot.review('compliance', deal));
    const { form } = await bot.review('senior', deal);
    const context = JSON.parse(form.context) as object;
    await bot.inSlack('senior-1', { kind: 'submit', form: form.name, context, values: { noStake: ['none'] } });
    expect(await count(deal, 'VoteCast')).toBe(2);
    const { body } = await bot.press('senior', 'dialog', { do: 'submit', form });
    expect(JSON.stringify(body)).toMatch(/You have voted in this step already/);
    expect(await count(deal, 'VoteCast')).toBe(2);
  });
});

it('leaves no fault in the log', () => {
  expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
