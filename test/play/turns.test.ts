/** Turns that a deal can take after its questions, as the people in the thread see them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dmOf, startDay, textOf, type Day } from '../support/bad-day-bench.ts';
import { COLLECTS, ELEVATED, HIGH, LOW, OPENING, PROHIBITED } from '../support/bad-day-deals.ts';
import type { Answer } from '../support/bad-day.ts';
import { readBlocks } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

const rootOf = async (deal: string): Promise<string> => (await day.record.root(deal)).message;
const inThread = async (deal: string, words: string | RegExp): Promise<string> =>
  textOf(await day.reads(PEOPLE.rep, words, { thread: await rootOf(deal) }));
/** The root card at the end. */
const root = (deal: string, words: RegExp): Promise<unknown> =>
  day.reads(PEOPLE.rep, new RegExp(`${deal}[\\s\\S]*${words.source}`, words.flags));
const dm = async (user: string, words: string | RegExp): Promise<string> =>
  textOf(await day.reads(user, words, { channel: dmOf(user) }));
const told = async (user: string, deal: string, words: RegExp): Promise<void> => {
  expect((await day.reads(user, words, { thread: await rootOf(deal) })).onlyForYou).toBe(true);
};
const MORE = ['choice', 'reason', 'person'];
const more = (user: string, deal: string, values: Record<string, string | { user: string }>): Promise<Answer> =>
  day.wire.submit(user, { form: 'deal.more', context: { deal, shown: MORE }, inputs: MORE, values });
const press = async (user: string, deal: string, name: string, value = deal): Promise<Answer> =>
  day.wire.press(user, { name, value, thread: await rootOf(deal) });

describe('a vote', () => {
  it('is taken back until its step completes, seen by all, and can be cast anew', async () => {
    const deal = await day.deals.answered(HIGH);
    await day.deals.vote(PEOPLE.compliance, deal);
    await day.deals.vote(PEOPLE.senior, deal);
    await press(PEOPLE.senior, deal, 'deal.take-vote-back', `${deal}/1`);
    await inThread(deal, 'took their vote in');
    expect((await day.deals.deciding(deal)).votes.map((v) => v.by)).toEqual(['compliance-1']);
    await day.deals.vote(PEOPLE.senior, deal);
    expect((await more(PEOPLE.senior, deal, { choice: 'take-vote-back' })).text).toBe('');
    await day.deals.vote(PEOPLE.counsel, deal);
    await day.deals.vote(PEOPLE.senior2, deal);
    expect((await day.record.state(deal)).status).toBe('decided');
    await press(PEOPLE.senior2, deal, 'deal.take-vote-back', `${deal}/1`);
    await told(PEOPLE.senior2, deal, /The deal is decided, so votes stand/);
  });

  it('that declines ends it, and says who and why', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const rationale = 'The oversight that was promised does not exist.';
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'decline', rationale });
    expect(await inThread(deal, 'Who decided, and why')).toContain(rationale);
    expect(await dm(PEOPLE.rep, 'Who decided, and why')).toContain(rationale);
    await root(deal, /Declined/);
  });
});

describe('a private message that asked for a vote', () => {
  const call = /You approved\.|Decided by|withdrew this deal/;
  const read = async (user: string, deal: string) => {
    const found = await day.reads(user, new RegExp(`${deal}[\\s\\S]*(?:${call.source})`), { channel: dmOf(user) });
    return { words: textOf(found), text: found.text, names: JSON.stringify(found.blocks) };
  };

  it('says what came of it, in its notification too, without a button that refuses', async () => {
    const deal = await day.deals.answered(LOW);
    await dm(PEOPLE.compliance2, new RegExp(`${deal}[\\s\\S]*Your review is wanted`));
    await dm(PEOPLE.compliance, new RegExp(`${deal}[\\s\\S]*Your review is wanted`));
    await day.deals.vote(PEOPLE.compliance, deal);
    const own = await read(PEOPLE.compliance, deal);
    expect([own.text, own.names.includes('deal.review')]).toEqual([expect.stringContaining('You approved.'), false]);
    const other = await read(PEOPLE.compliance2, deal);
    expect(other.text).toMatch(/Decided by .*: approved\./);
    expect(other.names).not.toContain('deal.review');
  });
});

describe('a question of an approver', () => {
  it('goes to the rep, her answer voids the votes made without it, and the step comes back with the difference', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    await day.deals.vote(PEOPLE.senior, deal, { outcome: 'information', question: 'Who trains the operators?' });
    await inThread(deal, 'Who trains the operators?');
    await dm(PEOPLE.rep, 'Who trains the operators?');
    await root(deal, /Waiting for\s+@U0SAMPLEREP1[\s\S]*Who trains the operators/);
    const [request] = (await day.deals.deciding(deal)).requests;
    const { text } = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.give-information',
      context: { deal, request: request?.id },
      values: { text: 'An accredited academy does.', sources: 'Academy register, 2026, https://example.org/register' },
    });
    expect(text).toBe('');
    expect(await dm(PEOPLE.senior, 'An accredited academy does.')).toContain('example.org');
    const difference = await inThread(deal, 'Votes no longer counted');
    expect(difference).toContain('An accredited academy does.');
    expect(difference).toContain(`@${PEOPLE.compliance}`);
    const { step, votes, route } = await day.deals.deciding(deal);
    expect([step, votes]).toEqual([0, []]);
    expect(route.factsHash).toMatch(/^[0-9a-f]{64}$/);
    await day.deals.vote(PEOPLE.compliance, deal);
    // Whoever asked looks at the answer before a colleague decides.
    await expect(day.deals.vote(PEOPLE.senior2, deal)).rejects.toThrow(/looks at it first/);
    // The rep's manager, and therefore not alone.
    await day.deals.vote(PEOPLE.senior, deal);
    await day.deals.vote(PEOPLE.senior2, deal);
    await root(deal, /Approved/);
  });

  it('is answered by the deal team alone', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: 'Who trains the operators?' });
    const [request] = (await day.deals.deciding(deal)).requests;
    await day.unchanged(deal, () => press(PEOPLE.senior, deal, 'deal.give-information', `${deal}/${request?.id}`));
    await told(PEOPLE.senior, deal, /Only the deal team can do this/);
  });
});

describe('a flag from outside the deal team', () => {
  const SETTLE = ['verdict', 'reason'];
  const raise = async (deal: string): Promise<string> => {
    const { text } = await day.wire.submit(PEOPLE.legalAdviser, {
      form: 'deal.raise-flag',
      context: { deal },
      values: { title: 'The agency lends its systems to the secret service.' },
    });
    expect(text).toBe('');
    return (await day.deals.deciding(deal)).ownFlags[0]?.id ?? '';
  };
  const settle = (user: string, deal: string, flag: string, values: Record<string, string>): Promise<Answer> =>
    day.wire.submit(user, { form: 'deal.settle-flag', context: { deal, flag, shown: SETTLE }, inputs: SETTLE, values });

  it('waits for compliance and changes no vote; admitted, it is weighed and voids them', async () => {
    // One severe flag weighs most with a product that works on people.
    const deal = await day.deals.answered({ ...LOW, product: COLLECTS });
    await day.deals.vote(PEOPLE.compliance, deal);
    const flag = await raise(deal);
    expect((await day.deals.deciding(deal)).votes.length).toBe(1);
    await inThread(deal, 'It does not count yet');
    await dm(PEOPLE.compliance2, 'lends its systems');
    await root(deal, /1 raised flag not yet admitted/);
    expect((await settle(PEOPLE.compliance2, deal, flag, { verdict: 'admit', weight: 'severe' })).text).toBe('');
    const state = await day.deals.deciding(deal);
    expect([state.tier, state.step, state.votes]).toEqual(['high', 0, []]);
    expect(await inThread(deal, 'Votes no longer counted')).toContain('lends its systems');
    expect(await dm(PEOPLE.legalAdviser, /admitted as/)).toContain('lends its systems');
  });

  it('that is dismissed leaves the votes, and stays on the record with the reason', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    const flag = await raise(deal);
    const without = await day.unchanged(deal, () => settle(PEOPLE.compliance2, deal, flag, { verdict: 'dismiss' }));
    expect(without.errors?.['reason']).toMatch(/say why/);
    await settle(PEOPLE.compliance2, deal, flag, { verdict: 'dismiss', reason: 'Checked with the regulator.' });
    expect((await day.deals.deciding(deal)).step).toBe(1);
    expect(await dm(PEOPLE.legalAdviser, /dismissed/)).toContain('Checked with the regulator.');
  });

  it('is settled by nobody but compliance, and by nobody who is on the deal', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const flag = await raise(deal);
    const no = { verdict: 'dismiss', reason: 'It is fine.' };
    for (const user of [PEOPLE.rep, PEOPLE.senior]) {
      const { errors } = await day.unchanged(deal, () => settle(user, deal, flag, no));
      expect(errors).toEqual({ verdict: 'Only compliance can admit or dismiss a flag.' });
    }
    await day.wire.submit(PEOPLE.chief, {
      form: 'deal.hand-over',
      context: { deal, section: 'laws' },
      values: { person: { user: PEOPLE.compliance2 } },
    });
    const { errors } = await day.unchanged(deal, () => settle(PEOPLE.compliance2, deal, flag, no));
    expect(errors).toEqual({ verdict: expect.stringContaining('You are on the deal team') });
  });
});

describe('the deal as a whole', () => {
  it.each([
    ['withdrawn', { choice: 'withdraw' }],
    ['given away', { choice: 'reassign', person: { user: PEOPLE.productManager } }],
  ])('is not %s without a reason', async (_, values) => {
    const deal = await day.deals.open();
    const { errors } = await day.unchanged(deal, () => more(PEOPLE.rep, deal, values));
    expect(errors?.['reason']).toMatch(/reason/);
  });

  it('is withdrawn and comes back where it was, each with its reason', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await more(PEOPLE.rep, deal, { choice: 'withdraw', reason: 'The customer went elsewhere.' });
    expect(await inThread(deal, 'withdrew this deal')).toContain('The customer went elsewhere.');
    // In their list of the day, or in a message of its own: nothing asks them for it any more.
    await expect
      .poll(async () => JSON.stringify(await day.messages(PEOPLE.compliance, dmOf(PEOPLE.compliance))))
      .not.toContain(`"${deal}/0"`);
    await root(deal, /The customer went elsewhere/);
    const { errors } = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.reopen',
      context: { deal },
      inputs: ['reason'],
    });
    expect(errors?.['reason']).toMatch(/reason/);
    await day.wire.submit(PEOPLE.rep, {
      form: 'deal.reopen',
      context: { deal },
      values: { reason: 'They came back.' },
    });
    expect(await inThread(deal, 'reopened this deal')).toContain('They came back.');
    expect((await day.deals.deciding(deal)).tier).toBe('elevated');
  });

  it('when decided is reopened by compliance alone, and its votes do not come back', async () => {
    const deal = await day.deals.answered(LOW);
    await day.deals.vote(PEOPLE.compliance, deal);
    await day.unchanged(deal, () => press(PEOPLE.rep, deal, 'deal.reopen'));
    await told(PEOPLE.rep, deal, /Only compliance can reopen a decided deal/);
    const { view } = await day.unchanged(deal, () =>
      day.wire.submit(PEOPLE.rep, { form: 'deal.reopen', context: { deal }, values: { reason: 'I want to.' } }),
    );
    expect(readBlocks(view?.blocks)).toMatch(/Only compliance/);
    await day.wire.submit(PEOPLE.compliance2, {
      form: 'deal.reopen',
      context: { deal },
      values: { reason: 'A new report came out.' },
    });
    expect((await day.deals.deciding(deal)).votes).toEqual([]);
  });

  it('changes owner, who is told why and is a judge no more', async () => {
    const deal = await day.deals.answered(LOW);
    const give = await more(PEOPLE.rep, deal, {
      choice: 'reassign',
      person: { user: PEOPLE.productManager },
      reason: 'I am on leave.',
    });
    expect(give.text).toBe('');
    expect(await dm(PEOPLE.productManager, 'the owner of this deal')).toContain('I am on leave.');
    expect((await day.record.state(deal)) as { owner: string }).toMatchObject({ owner: 'product-manager-1' });
    const judge = await day.unchanged(deal, () =>
      more(PEOPLE.productManager, deal, {
        choice: 'reassign',
        person: { user: PEOPLE.counsel },
        reason: 'She knows it.',
      }),
    );
    expect(judge.errors?.['person']).toMatch(/may be needed to decide/);
  });

  it('has its details corrected with a reason, which voids the votes and shows the difference', async () => {
    const deal = await day.deals.answered(ELEVATED, { endUserName: String(OPENING['endUserName']) });
    await day.deals.vote(PEOPLE.compliance, deal);
    const correct = (values: Record<string, string>): Promise<Answer> =>
      day.wire.submit(PEOPLE.rep, {
        form: 'deal.details',
        context: { deal, shown: [...Object.keys(OPENING), 'reason'] },
        inputs: ['reason'],
        values: { ...(OPENING as Record<string, string>), ...values },
      });
    expect((await correct({ customer: 'Another Customer' })).errors?.['reason']).toMatch(/why/);
    expect((await correct({ reason: 'No change at all.' })).errors?.['reason']).toMatch(/Nothing was changed/);
    expect((await correct({ customer: 'Another Customer', reason: 'A typing error.' })).text).toBe('');
    expect(await inThread(deal, 'Votes no longer counted')).toMatch(/Sample Customer[\s\S]*Another Customer/);
    expect(await inThread(deal, 'corrected the details')).toMatch(
      /Customer: ?\*? ?“Sample Customer” → “Another Customer”/,
    );
    await root(deal, /Another Customer/);
  });

  it('that a rule prohibits is stopped, and only the chief compliance officer reopens it', async () => {
    const deal = await day.deals.answered(PROHIBITED);
    await inThread(deal, 'Stopped');
    await dm(PEOPLE.chief, 'Stopped');
    for (const user of [PEOPLE.rep, PEOPLE.compliance]) {
      await day.unchanged(deal, () => press(user, deal, 'deal.reopen'));
      await told(user, deal, /Only the chief compliance officer can reopen it/);
      const { view } = await day.unchanged(deal, () =>
        day.wire.submit(user, { form: 'deal.reopen', context: { deal }, values: { reason: 'Please.' } }),
      );
      expect(readBlocks(view?.blocks)).toMatch(/Only the chief/);
    }
    const { text } = await day.wire.submit(PEOPLE.chief, {
      form: 'deal.reopen',
      context: { deal },
      values: { reason: 'The report was about another agency.' },
    });
    expect(text).toBe('');
    const state = await day.record.state(deal);
    // The section that stopped it is asked again; the rest stands.
    expect(state.status === 'answering' && Object.keys(state.drafts)).toEqual(['end-user']);
  });

  it('nudges who is waited for, with the button that does it', async () => {
    const deal = await day.deals.answered(LOW);
    await press(PEOPLE.rep, deal, 'deal.nudge');
    const reminder = await day.reads(PEOPLE.compliance, new RegExp(`friendly reminder`), {
      channel: dmOf(PEOPLE.compliance),
    });
    expect(JSON.stringify(reminder.blocks)).toContain(`${deal}/0`);
  });

  it('whose quorum nobody can reach without its own team says so when the route is built', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    const handed = await day.wire.submit(PEOPLE.compliance, {
      form: 'deal.hand-over',
      context: { deal, section: 'laws' },
      values: { person: { user: PEOPLE.counsel } },
    });
    expect(handed.text).toBe('');
    const { laws, ...others } = HIGH;
    for (const [section, values] of Object.entries(others)) await day.deals.answer(deal, section, values);
    await day.deals.answer(deal, 'laws', laws ?? {}, PEOPLE.counsel);
    const routed = await inThread(deal, 'cannot be completed yet');
    expect(routed).toMatch(/people on the deal cannot vote on it/);
    expect(routed).toContain(`@${PEOPLE.compliance}`);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
