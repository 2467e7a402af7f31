/** No way around rights: the decision checks them, whatever a button, a form or its metadata says. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { contextOf, ELEVATED, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

/** Values of all pages, from a person who never saw a page. */
const BALLOT = { outcome: 'approve', rationale: 'I would like this deal to go through, please.' };

const forgedVote = async (user: string, deal: string, more: object = {}, page = 3): Promise<string> => {
  const { step, route } = await day.deals.deciding(deal);
  const context = { deal, step, page, factsHash: route.factsHash, ...more };
  const { status, text } = await day.unchanged(deal, () =>
    day.wire.submit(user, { form: 'deal.review', context, values: BALLOT }),
  );
  expect(status).toBe(200);
  return text;
};

describe('the requester', () => {
  it('cannot vote by the button, and is told why', async () => {
    const deal = await day.deals.answered(LOW);
    const { message: thread } = await day.record.root(deal);
    await day.unchanged(deal, () => day.wire.press(PEOPLE.rep, { name: 'deal.review', value: `${deal}/0`, thread }));
    await day.reads(PEOPLE.rep, 'nobody decides on their own deal', { thread });
  });

  it('cannot vote by a forged submission of any page', async () => {
    const deal = await day.deals.answered(LOW);
    for (const page of [1, 2, 3, 99]) {
      expect(await forgedVote(PEOPLE.rep, deal, {}, page)).toMatch(
        /Not counted[\s\S]*nobody decides on their own deal/,
      );
    }
  });

  it('cannot vote on a deal that she gave away', async () => {
    const deal = await day.deals.open();
    await day.wire.submit(PEOPLE.rep, {
      form: 'deal.more',
      context: { deal },
      values: { choice: 'reassign', person: { user: PEOPLE.productManager }, reason: 'On leave.' },
    });
    for (const [section, values] of Object.entries(LOW))
      await day.deals.answer(deal, section, values, PEOPLE.productManager);
    expect(await forgedVote(PEOPLE.rep, deal)).toMatch(/nobody decides on their own deal/);
    expect(await forgedVote(PEOPLE.productManager, deal)).toMatch(/nobody decides on their own deal/);
  });
});

describe('who opened a deal as compliance', () => {
  it('needs a colleague to decide it', async () => {
    const opened = await day.wire.submit(PEOPLE.compliance, {
      form: 'deal.open',
      context: { channel: 'C0CLEARANCE1' },
      values: OPENING,
    });
    const deal = String(contextOf(opened.view)['deal']);
    for (const [section, values] of Object.entries(LOW))
      await day.deals.answer(deal, section, values, PEOPLE.compliance);
    expect(await forgedVote(PEOPLE.compliance, deal)).toMatch(/nobody decides on their own deal/);
    await day.deals.vote(PEOPLE.compliance2, deal);
    expect((await day.record.state(deal)).status).toBe('decided');
  });
});

describe('a hold', () => {
  const asked = (deal: string) => ({
    form: 'desk.hold',
    context: { deal },
    values: { stop: ['support'], because: 'breach', reason: 'So that it stops.', review: '2099-01-01' },
  });
  it('is placed and lifted by nobody but compliance, whatever is sent', async () => {
    const deal = await day.deals.open();
    for (const user of [PEOPLE.rep, PEOPLE.senior, PEOPLE.counsel, PEOPLE.legalAdviser]) {
      await day.unchanged(deal, async () => {
        await day.wire.submit(user, asked(deal));
        await day.wire.submit(user, {
          form: 'desk.lift-hold',
          context: { hold: 'hold-1' },
          values: { reason: 'Now.' },
        });
        return day.wire.submit(user, { form: 'deal.more', context: { deal }, values: { choice: 'hold' } });
      });
    }
    expect((await day.record.store.load('register:holds')).version).toBe(0);
  });
  it('is not for compliance on their own deal', async () => {
    const made = await day.wire.submit(PEOPLE.compliance, {
      form: 'deal.open',
      context: { channel: 'C0CLEARANCE1' },
      values: OPENING,
    });
    const deal = String(contextOf(made.view)['deal']);
    const { text } = await day.wire.submit(PEOPLE.compliance, asked(deal));
    expect(text).toMatch(/another compliance colleague/);
    expect((await day.record.store.load('register:holds')).version).toBe(0);
  });
});

describe('a country alert and the watch list', () => {
  it('are of compliance, whatever is sent', async () => {
    const deal = await day.deals.open();
    const values = { country: 'NO', why: 'So that it stops.', on: '2026-01-31', found: 'nothing new', note: 'Looked.' };
    for (const user of [PEOPLE.rep, PEOPLE.senior, PEOPLE.counsel]) {
      for (const form of ['desk.alert', 'desk.end-alert', 'desk.looked', 'desk.watcher']) {
        const context = { seen: 'NO', alert: 'alert-1', country: 'NO' };
        const { text } = await day.unchanged(deal, () =>
          day.wire.submit(user, { form, context, values: { ...values, watcher: { user } } }),
        );
        expect(text).not.toContain('stands');
      }
    }
    const { commits, snapshot } = await day.record.store.load('register:countries');
    expect(JSON.stringify([commits, snapshot])).not.toContain('So that it stops.');
  });
});

describe('an approver whom compliance handed a section', () => {
  it('cannot vote while holding it, nor after answering it', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const handed = await day.wire.submit(PEOPLE.compliance, {
      form: 'deal.hand-over',
      context: { deal, section: 'laws' },
      values: { person: { user: PEOPLE.senior } },
    });
    expect(handed.text).toBe('');
    await day.deals.vote(PEOPLE.compliance, deal);
    expect(await forgedVote(PEOPLE.senior, deal)).toMatch(/nobody decides on their own deal/);
    await day.deals.answer(deal, 'laws', { ...LOW['laws'] }, PEOPLE.senior);
    expect(await forgedVote(PEOPLE.senior, deal)).toMatch(/nobody decides on their own deal/);
    await day.deals.vote(PEOPLE.senior2, deal);
    expect((await day.record.state(deal)).status).toBe('decided');
  });

  it('is not a judge that the rep can pick off: the form keeps what was typed, with words', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { ...LOW['scope'] });
    const { errors } = await day.unchanged(deal, () =>
      day.wire.submit(PEOPLE.rep, {
        form: 'deal.hand-over',
        context: { deal, section: 'laws' },
        values: { person: { user: PEOPLE.counsel }, note: 'You know these laws.' },
      }),
    );
    expect(errors).toEqual({ person: expect.stringMatching(/may be needed to decide[\s\S]*Ask compliance/) });
  });

  it('does not count any more when he votes first and joins the team afterwards', async () => {
    const deal = await day.deals.answered(HIGH);
    await day.deals.vote(PEOPLE.compliance, deal);
    await day.deals.vote(PEOPLE.senior, deal);
    const { errors } = await day.unchanged(deal, () =>
      day.wire.submit(PEOPLE.compliance2, {
        form: 'deal.hand-over',
        context: { deal, section: 'laws' },
        values: { person: { user: PEOPLE.senior } },
      }),
    );
    expect(errors?.['person']).toMatch(/has voted on this deal/);
  });
});

describe('who is not in the group of the step', () => {
  it('cannot vote, and learns who can', async () => {
    const deal = await day.deals.answered(ELEVATED);
    expect(await forgedVote(PEOPLE.senior, deal)).toMatch(/Compliance decides first/);
    await day.deals.vote(PEOPLE.compliance, deal);
    expect(await forgedVote(PEOPLE.compliance2, deal)).toMatch(/This step is decided by Senior approvers/);
    expect(await forgedVote(PEOPLE.chief, deal)).toMatch(/This step is decided by Senior approvers/);
  });

  it('and is not on the deal, learns nothing about it', async () => {
    const deal = await day.deals.answered(LOW);
    const missing = await day.wire.submit(PEOPLE.legalAdviser, {
      form: 'deal.review',
      context: { deal: 'D-000000', step: 0, page: 1, factsHash: 'x' },
    });
    for (const [form, context, values] of [
      ['deal.review', { deal, step: 0, page: 1, factsHash: 'x' }, {}],
      ['deal.section', { deal, section: 'product' }, { 'q:P1': 'no' }],
      ['deal.hand-over', { deal, section: 'laws' }, { person: { user: PEOPLE.productManager } }],
      ['deal.give-information', { deal, request: 'ask-x' }, { text: 'The ministry runs it.' }],
      ['deal.settle-flag', { deal, flag: 'own-x' }, { verdict: 'dismiss', reason: 'No.' }],
      ['deal.reopen', { deal }, { reason: 'Once more.' }],
      ['deal.more', { deal }, { choice: 'withdraw', reason: 'No.' }],
      ['deal.details', { deal }, { ...OPENING, reason: 'No.' }],
    ] as const) {
      const { status, text } = await day.unchanged(deal, () =>
        day.wire.submit(PEOPLE.legalAdviser, { form, context, values }),
      );
      expect([form, status, text]).toEqual([form, 200, missing.text]);
    }
    const { message: thread } = await day.record.root(deal);
    for (const name of [
      'deal.review',
      'deal.answer',
      'deal.why',
      'deal.dossier',
      'deal.more',
      'deal.nudge',
      'deal.reopen',
    ]) {
      await day.unchanged(deal, () => day.wire.press(PEOPLE.legalAdviser, { name, value: `${deal}/product`, thread }));
    }
    await day.reads(PEOPLE.legalAdviser, 'Only the deal team, its approvers and compliance can open this deal', {
      thread,
    });
  });
});

describe('forged metadata', () => {
  it('that names another step opens none', async () => {
    const deal = await day.deals.answered(ELEVATED);
    expect(await forgedVote(PEOPLE.senior, deal, { step: 1 })).toMatch(/Compliance decides first/);
    expect(await forgedVote(PEOPLE.compliance, deal, { step: 1 })).toMatch(/waits for no votes/);
    await day.deals.vote(PEOPLE.compliance, deal);
    expect(await forgedVote(PEOPLE.senior, deal, { step: 0 })).toMatch(/waits for no votes/);
    expect(await forgedVote(PEOPLE.compliance, deal, { step: 0 })).toMatch(/You decided in an earlier step/);
  });

  it('that names a person is not even read: the signed user counts', async () => {
    const deal = await day.deals.answered(LOW);
    const more = { person: 'compliance-1', actor: 'compliance-1', user: PEOPLE.compliance, by: 'compliance-1' };
    expect(await forgedVote(PEOPLE.rep, deal, more)).toMatch(/nobody decides on their own deal/);
  });

  it('that names another deal acts on that one, with the rights there', async () => {
    const mine = await day.deals.answered(LOW);
    const opened = await day.wire.submit(PEOPLE.compliance, {
      form: 'deal.open',
      context: { channel: 'C0CLEARANCE1' },
      values: OPENING,
    });
    const theirs = String(contextOf(opened.view)['deal']);
    for (const [section, values] of Object.entries(LOW))
      await day.deals.answer(theirs, section, values, PEOPLE.compliance);
    // Drawn for `mine`, where she may vote; sent for `theirs`, where she is on the team.
    const view = await day.deals.review(PEOPLE.compliance, mine);
    const { text } = await day.unchanged(theirs, () =>
      day.wire.submit(PEOPLE.compliance, { form: 'deal.review', context: { ...contextOf(view), deal: theirs } }),
    );
    expect(text).toMatch(/nobody decides on their own deal/);
    expect(await day.record.types(mine)).not.toContain('VoteCast');
  });

  it('with other facts shows the review again and counts nothing', async () => {
    const deal = await day.deals.answered(LOW);
    await day.deals.review(PEOPLE.compliance, deal);
    const text = await forgedVote(PEOPLE.compliance, deal, { factsHash: 'f'.repeat(64) });
    expect(text).toContain('"response_action":"update"');
    expect(text).toContain('"callback_id":"deal.review"');
  });

  it('that goes straight to the last page brings the page that is missing', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const text = await forgedVote(PEOPLE.compliance, deal, {}, 99);
    expect(text).toContain('"callback_id":"deal.review"');
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['JSON of something else', '[]'],
    ['no context', '{}'],
    ['a context that is no JSON', '{"context":"{"}'],
    ['a context without its deal', '{"context":"{}"}'],
    ['a deal of a wrong type', '{"context":"{\\"deal\\":7,\\"step\\":-1,\\"page\\":0}"}'],
    ['an absurdly long deal', JSON.stringify({ context: JSON.stringify({ deal: 'D'.repeat(2000) }) })],
  ])('%s does nothing, and closes nothing by accident', async (_, metadata) => {
    const { status } = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.more',
      context: {},
      metadata,
      values: { choice: 'withdraw', reason: 'Typo.' },
    });
    expect(status).toBe(200);
    await day.alive();
  });
});

describe('fields of a submission', () => {
  it('that are missing are asked for, at their inputs', async () => {
    const { errors, view } = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.open',
      context: { channel: 'C0CLEARANCE1', shown: Object.keys(OPENING) },
      values: { customer: 'Sample Customer' },
    });
    expect(view).toBeUndefined();
    expect(errors?.['customer']).toMatch(/Please/);
  });

  it('that are foreign change nothing', async () => {
    const deal = await day.deals.open();
    const { view } = await day.deals.answer(deal, 'scope', {
      'q:G1-capability': 'yes',
      'q:K1': 'no',
      'q:nope': 'yes',
      owner: 'compliance-1',
      tier: 'low',
      __proto__: 'x',
      constructor: 'x',
    });
    expect(view?.callback_id).toBe('deal.section');
    const answered = (await day.record.events(deal)).find((e) => e.type === 'SectionAnswered');
    expect(Object.keys(answered?.type === 'SectionAnswered' ? answered.answers : {})).toEqual(['G1-capability']);
  });

  it('with values that were never offered are refused at their inputs', async () => {
    const deal = await day.deals.open();
    for (const value of ['maybe', 'not-applicable', '__proto__', ['yes', 'no'], { user: PEOPLE.rep }]) {
      const { errors } = await day.unchanged(deal, () => day.deals.answer(deal, 'scope', { 'q:G1-capability': value }));
      expect(errors?.['q:G1-capability']).toMatch(/Please/);
    }
  });

  it('for a section that is not there, or not this deal’s, are refused in words', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    for (const section of ['nope', '__proto__', 'constructor']) {
      const { status, text } = await day.unchanged(deal, () => day.deals.answer(deal, section, { 'q:P1': 'no' }));
      expect([section, status]).toEqual([section, 200]);
      expect(text).toMatch(/no questions for this deal|not part of the deal/);
    }
  });
});

describe('what the bot does not know', () => {
  const OLDER = 'This button belongs to an older version of Clearthread';

  it.each(['deal.nope', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'is explained: a button named "%s"',
    async (name) => {
      const deal = await day.deals.open();
      const { message: thread } = await day.record.root(deal);
      await day.unchanged(deal, () => day.wire.press(PEOPLE.rep, { name, value: deal, thread }));
      await day.reads(PEOPLE.rep, OLDER, { thread });
    },
  );

  it.each(['deal.nope', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'is explained: a form named "%s"',
    async (form) => {
      const deal = await day.deals.open();
      const { message: thread } = await day.record.root(deal);
      const metadata = JSON.stringify({
        context: JSON.stringify({ deal }),
        place: { channel: 'C0CLEARANCE1', thread },
      });
      await day.unchanged(deal, () => day.wire.submit(PEOPLE.rep, { form, context: { deal }, metadata }));
      await day.reads(PEOPLE.rep, OLDER, { thread });
    },
  );

  it('is nothing at all: a button without a name', async () => {
    const deal = await day.deals.open();
    for (const name of ['', 'deal.open-thread']) {
      const { status } = await day.unchanged(deal, () => day.wire.press(PEOPLE.rep, { name, value: deal }));
      expect(status).toBe(200);
    }
  });

  it('leaves no fault behind', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
