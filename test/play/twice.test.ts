/** Requests that come twice, at once, too late or from another sender than Slack: each has one correct outcome. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { contextOf, ELEVATED, endUser, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import {
  asPayload,
  pressing,
  signed,
  submission,
  type Answer,
  type RawView,
  type Submission,
} from '../support/bad-day.ts';
import { PEOPLE } from '../support/playing.ts';

/** Of a country and a product of their own: others with either would hear of what they answer while their reviews are open. */
const ELSEWHERE = { destination: 'LV', product: 'data-analytics' };
/** Another low one that hears of nobody: what others say meanwhile would be read before a vote counts. */
const APART_LOW = { destination: 'LT', customer: 'Another Sample Customer', endUserName: 'Tallow Record Office' };

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

const count = async (deal: string, type: string): Promise<number> =>
  (await day.record.types(deal)).filter((t) => t === type).length;

/** A busy machine answers that nothing is lost if one presses again, or that it may be saved: so people do. */
const pressUntilTaken = async (user: string, form: Submission): Promise<Answer> => {
  let answer = await day.wire.submit(user, form);
  for (let times = 0; times < 20 && /press again/i.test(answer.text); times += 1)
    answer = await day.wire.submit(user, form);
  return answer;
};

const OTHERS = 'Others decided while you were reading';

/** Signs, and once more on each page that comes back with what others decided meanwhile. */
const signsOnce = async (user: string, view: RawView): Promise<Answer> => {
  let answer = await day.deals.sign(user, view);
  for (let times = 0; times < 3 && answer.text.includes(OTHERS); times += 1)
    answer = await day.deals.sign(user, answer.view!);
  return answer;
};

describe('at the same moment', () => {
  it('two approvers sign: one counts, the other reads that and signs, and the deal is decided once', async () => {
    const deal = await day.deals.answered(HIGH, ELSEWHERE);
    await day.deals.vote(PEOPLE.compliance, deal);
    const [senior, counsel] = [
      await day.deals.review(PEOPLE.senior, deal),
      await day.deals.review(PEOPLE.counsel, deal),
    ];
    const answers = await Promise.all([day.deals.sign(PEOPLE.senior, senior), day.deals.sign(PEOPLE.counsel, counsel)]);
    const late = answers.find(({ text }) => text !== '');
    expect(answers.map(({ text }) => text)).toContain('');
    expect(late?.text).toContain(OTHERS);
    expect(await count(deal, 'VoteCast')).toBe(2);
    const by = late === answers[0] ? PEOPLE.senior : PEOPLE.counsel;
    expect((await day.deals.sign(by, late!.view!)).text).toBe('');
    expect(await count(deal, 'VoteCast')).toBe(3);
    expect(await count(deal, 'DealDecided')).toBe(1);
  });

  it('three sign where two are needed: the third is told that the step is over, and nothing is counted twice', async () => {
    const deal = await day.deals.answered(HIGH, ELSEWHERE);
    await day.deals.vote(PEOPLE.compliance, deal);
    const people = [PEOPLE.senior, PEOPLE.senior2, PEOPLE.counsel];
    const views = await Promise.all(people.map((p) => day.deals.review(p, deal)));
    const answers = await Promise.all(people.map((p, i) => signsOnce(p, views[i]!)));
    const counted = answers.filter((a) => a.text === '').length;
    expect(await count(deal, 'VoteCast')).toBe(1 + counted);
    expect(await count(deal, 'DealDecided')).toBe(1);
    for (const { text } of answers) {
      if (text !== '') expect(text).toMatch(/waiting for a decision|waits for no votes|Only the deal team/);
    }
  });

  it('Sign is clicked twice: one vote, and the form closes', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const view = await day.deals.review(PEOPLE.compliance, deal);
    const same = { view: `V${randomUUID()}`, hash: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => day.deals.sign(PEOPLE.compliance, view, same)));
    expect(answers.map((a) => a.text)).toEqual(['', '', '']);
    expect(await count(deal, 'VoteCast')).toBe(1);
    expect((await day.deals.deciding(deal)).step).toBe(1);
  });

  it('the review is signed in two windows: one vote, and the other window says so', async () => {
    const deal = await day.deals.answered(HIGH, ELSEWHERE);
    await day.deals.vote(PEOPLE.compliance, deal);
    const view = await day.deals.review(PEOPLE.senior, deal);
    const answers = await Promise.all([1, 2].map(() => day.deals.sign(PEOPLE.senior, view)));
    const texts = answers.map((a) => a.text).toSorted();
    expect(texts[0]).toBe('');
    expect(texts[1]).toMatch(/Not counted[\s\S]*You have voted in this step already/);
    expect(await count(deal, 'VoteCast')).toBe(2);
  });

  it('a decline comes after a colleague’s approval: what it says can be raised as a flag', async () => {
    const deal = await day.deals.answered(LOW);
    const rationale = 'They beat journalists in the station, I saw it there myself.';
    const mine = await day.deals.review(PEOPLE.compliance2, deal, { outcome: 'decline', rationale });
    await day.deals.vote(PEOPLE.compliance, deal);
    const late = await day.deals.sign(PEOPLE.compliance2, mine);
    expect(late.text).toMatch(/Not counted[\s\S]*raise it as a flag/);
    expect(late.text).toContain(rationale);
    expect(late.view?.callback_id).toBe('deal.raise-flag');
  });

  it.each<[string, Record<string, string>]>([
    ['a question', { outcome: 'information', question: 'Which of their stations would run it, and who watches?' }],
    ['a condition', { outcome: 'approve-with-conditions', cx: 'An audit of the logs each quarter by a third party' }],
  ])('%s comes after a colleague’s approval: it can be raised as a flag too', async (_what, more) => {
    const deal = await day.deals.answered(LOW);
    const mine = await day.deals.review(PEOPLE.compliance2, deal, more);
    await day.deals.vote(PEOPLE.compliance, deal);
    const late = await day.deals.sign(PEOPLE.compliance2, mine);
    expect(late.text).toMatch(/Not counted[\s\S]*raise it as a flag/);
    expect(late.text).toContain(more['cx'] ?? more['question']);
    expect(late.view?.callback_id).toBe('deal.raise-flag');
  });

  it('the decision is changed in one window and signed in the other: that one shows it again, and nothing is signed', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const view = await day.deals.review(PEOPLE.compliance, deal);
    const { signs: _, ...shown } = contextOf(view) as { page: number; signs: string };
    const rationale = 'On second thoughts this must not be sold at all.';
    const context = { ...shown, page: shown.page - 1 };
    const values = { outcome: 'decline', rationale };
    await day.wire.submit(PEOPLE.compliance, { form: 'deal.review', context, values });
    const again = await day.deals.sign(PEOPLE.compliance, view);
    expect(again.text).toMatch(/Nothing is signed yet\.[\s\S]*On second thoughts/);
    expect(await count(deal, 'VoteCast')).toBe(0);
    if (again.view) await day.deals.sign(PEOPLE.compliance, again.view);
    expect(await count(deal, 'VoteCast')).toBe(1);
  });

  it('a dozen flags are raised: every one is there', async () => {
    const deal = await day.deals.answered(LOW);
    const everybody = [PEOPLE.rep, PEOPLE.senior, PEOPLE.counsel, PEOPLE.chief, PEOPLE.legalAdviser, PEOPLE.compliance];
    const answers = await Promise.all(
      [...everybody, ...everybody].map((user, i) =>
        pressUntilTaken(user, {
          form: 'deal.raise-flag',
          context: { deal },
          values: { title: `Something worries me: ${i}.` },
          view: `V${randomUUID()}`,
          hash: randomUUID(),
        }),
      ),
    );
    expect(answers.map((a) => [a.status, a.text])).toEqual(answers.map(() => [200, '']));
    const raised = (await day.record.events(deal)).flatMap((e) => (e.type === 'FlagRaised' ? [e.flag] : []));
    expect(new Set(raised).size).toBe(12);
  });

  it('a vote and a changed answer: the vote counts on today’s facts or not at all', async () => {
    for (let i = 0; i < 4; i += 1) {
      const deal = await day.deals.answered(ELEVATED);
      const view = await day.deals.review(PEOPLE.compliance, deal);
      const change = (): Promise<unknown> => day.deals.answer(deal, 'end-user', endUser({ 'q:H-RF8': 'yes' }));
      const vote = (): Promise<unknown> => day.deals.sign(PEOPLE.compliance, view);
      await Promise.all(i % 2 === 0 ? [change(), vote()] : [vote(), change()]);
      const { votes, route, step } = await day.deals.deciding(deal);
      expect([votes.every((v) => v.factsHash === route.factsHash), step]).toEqual([true, 0]);
    }
  });
});

/** Hears of no other deal of the day. */
const APART = { ...OPENING, endUserName: 'Vell Harbour Lights', customer: 'Vell Trading' };

describe('the same act, delivered again with a new timestamp and signature', () => {
  it('opens one deal, and is answered as before', async () => {
    const same = { view: `V${randomUUID()}`, hash: randomUUID() };
    const open = () =>
      day.wire.submit(PEOPLE.rep, {
        form: 'deal.open',
        context: { channel: 'C0CLEARANCE1' },
        values: APART,
        ...same,
      });
    const [first, second] = [await open(), await open()];
    expect(contextOf(second.view)['deal']).toBe(contextOf(first.view)['deal']);
    expect(await day.record.types(String(contextOf(first.view)['deal']))).toEqual(['DealOpened']);
  });

  it.each([
    ['a section', 'deal.section', (deal: string) => ({ deal, section: 'scope' }), { 'q:G1-capability': 'yes' }],
    ['a flag', 'deal.raise-flag', (deal: string) => ({ deal }), { title: 'Something worries me here.' }],
    ['a withdrawal', 'deal.more', (deal: string) => ({ deal }), { choice: 'withdraw', reason: 'No budget.' }],
    [
      'a new owner',
      'deal.more',
      (deal: string) => ({ deal }),
      { choice: 'reassign', person: { user: PEOPLE.productManager }, reason: 'On leave.' },
    ],
    [
      'corrected details',
      'deal.details',
      (deal: string) => ({ deal }),
      { ...APART, customer: 'Vell Shipping', reason: 'A typing error.' },
    ],
  ])('is recorded once and answered as before: %s', async (_, form, context, values) => {
    const deal = await day.deals.open();
    const same = { form, context: context(deal), values, view: `V${randomUUID()}`, hash: randomUUID() };
    const first = await day.wire.submit(PEOPLE.rep, same);
    expect([first.status, first.errors]).toEqual([200, undefined]);
    const second = await day.unchanged(deal, () => day.wire.submit(PEOPLE.rep, same));
    expect([second.status, second.errors]).toEqual([200, undefined]);
    expect(second.view?.callback_id).toBe(first.view?.callback_id);
  });

  it('a hand-over is recorded once', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    const same = {
      form: 'deal.hand-over',
      context: { deal, section: 'laws' },
      values: { person: { user: PEOPLE.legalAdviser } },
      view: `V${randomUUID()}`,
      hash: randomUUID(),
    };
    expect((await day.wire.submit(PEOPLE.rep, same)).errors).toBeUndefined();
    expect((await day.unchanged(deal, () => day.wire.submit(PEOPLE.rep, same))).errors).toBeUndefined();
  });

  it('a vote that decided the deal is still answered as cast', async () => {
    const deal = await day.deals.answered(LOW, APART_LOW);
    let view = await day.deals.review(PEOPLE.compliance, deal);
    let same = { view: `V${randomUUID()}`, hash: randomUUID() };
    let first = await day.deals.sign(PEOPLE.compliance, view, same);
    // On a busy machine others' words on the product reach the deal while the review is open: it comes back once with them.
    for (let times = 0; times < 5 && /while you were reading/.test(first.text); times += 1) {
      view = await day.deals.review(PEOPLE.compliance, deal);
      same = { view: `V${randomUUID()}`, hash: randomUUID() };
      first = await day.deals.sign(PEOPLE.compliance, view, same);
    }
    expect(first.text).toBe('');
    const again = await day.unchanged(deal, () => day.deals.sign(PEOPLE.compliance, view, same));
    expect(again.text).toBe('');
  });

  it('a click does it once', async () => {
    const deal = await day.deals.answered(LOW);
    const { message: thread } = await day.record.root(deal);
    const nudge = { name: 'deal.nudge', value: deal, thread, trigger: randomUUID() };
    await Promise.all([day.wire.press(PEOPLE.rep, nudge), day.wire.press(PEOPLE.rep, nudge)]);
    expect(await count(deal, 'Nudged')).toBe(1);
  });

  it('an event is answered once', async () => {
    const deal = await day.deals.open();
    const { message: thread } = await day.record.root(deal);
    const body = {
      type: 'event_callback',
      team_id: 'T0PLAYGROUND',
      event_id: `Ev${randomUUID()}`,
      event: {
        type: 'app_mention',
        user: PEOPLE.rep,
        channel: 'C0CLEARANCE1',
        text: '<@U0CLEARTHRD> status',
        ts: '1.1',
        thread_ts: thread,
      },
    };
    for (const n of [1, 2, 3]) expect((await day.wire.event({ ...body, n })).status).toBe(200);
    const told = (await day.messages(PEOPLE.rep, 'C0CLEARANCE1', thread)).filter((m) => m.onlyForYou);
    expect(told.length).toBe(1);
  });

  it('pressing again is another act: the second nudge waits for its hour', async () => {
    const deal = await day.deals.answered(LOW);
    const { message: thread } = await day.record.root(deal);
    await day.wire.press(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread });
    await day.reads(PEOPLE.rep, 'Nudged', { thread });
    await day.wire.press(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread });
    await day.reads(PEOPLE.rep, 'nudged within the last hour', { thread });
    expect(await count(deal, 'Nudged')).toBe(1);
  });
});

describe('a request that Slack did not send, or not now', () => {
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const withdraw = (deal: string): string =>
    asPayload(
      submission(PEOPLE.rep, { form: 'deal.more', context: { deal }, values: { choice: 'withdraw', reason: 'Typo.' } }),
    );

  it.each([
    ['from the future', (body: string) => signed(body, { at: seconds() + 60 }), 401, 'future'],
    [
      'an hour from the future, which Bolt lets through',
      (body: string) => signed(body, { at: seconds() + 3600 }),
      401,
      'future',
    ],
    ['stale', (body: string) => signed(body, { at: seconds() - 301 }), 401, 'stale'],
    ['signed with another secret', (body: string) => signed(body, { secret: 'another-signing-secret' }), 401, 'forged'],
    ['changed after it was signed', (body: string) => ({ ...signed(body), body: `${body}&more=1` }), 401, 'forged'],
    [
      'with a new timestamp under an old signature',
      (body: string) => ({ ...signed(body, { at: seconds() - 10 }), timestamp: String(seconds()) }),
      401,
      'forged',
    ],
    ['without a signature', (body: string) => ({ ...signed(body), signature: '' }), 401, 'unsigned'],
    ['without a timestamp', (body: string) => ({ ...signed(body), timestamp: '' }), 401, 'unsigned'],
    ['that is no form and no JSON', () => signed('payload=nonsense'), 400, 'garbage'],
    ['of another media type', (body: string) => signed(body, { type: 'text/plain' }), 415, 'media-type'],
  ] as const)('%s is refused, logged with its id, and does nothing', async (_, make, status, code) => {
    const deal = await day.deals.open();
    day.lines.length = 0;
    const answer = await day.unchanged(deal, () => day.wire.send(make(withdraw(deal))));
    expect([answer.status, answer.text]).toEqual([status, '']);
    const line = await day.logged('slack.request-refused', code);
    expect(line.fields.trace).toMatch(/^[0-9A-Z]{8}$/);
  });

  it('exactly repeated is refused, at once and after a restart', async () => {
    const deal = await day.deals.answered(LOW);
    const { message: thread } = await day.record.root(deal);
    const request = signed(asPayload(pressing(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread })));
    expect((await day.wire.send(request)).status).toBe(200);
    expect((await day.wire.send(request)).status).toBe(409);
    await day.playing.restart();
    expect((await day.wire.send(request)).status).toBe(409);
    expect(await count(deal, 'Nudged')).toBe(1);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
