/** Whatever people type is shown as text: never a mention, a link, a broadcast or markup, and nothing of it is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/bad-day.ts';
import { ELEVATED, endUser, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import { dmOf, startDay, type Day } from '../support/bad-day-bench.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

/** Nobody on these deals. */
const STRANGER = 'U0SAMPLEGST1';
const BIDI = '\u202E';
const ZERO = '\u200B';
const hostile = (mark: string): string =>
  `${mark} <!here> <!channel> <@${STRANGER}> <#C0GENERAL001> <https://evil.example/x|click me> https://evil.example/y ` +
  `mailto:a@evil.example *bold* _sly_ ~gone~ \`code\` :tada: @here & &lt;!here&gt; 😀 ${BIDI}txt.exe${ZERO}`;
/** What is left to see of it. */
const visible = (mark: string): string => hostile(mark).replaceAll(BIDI, '').replaceAll(ZERO, '');

type Node = Record<string, unknown>;
const nodes = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (value === null || typeof value !== 'object') return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
};

/** Text as it stands in the blocks, one piece after the other. */
const written = (blocks: unknown): string =>
  nodes(blocks)
    .flatMap((n) => (typeof n['text'] === 'string' ? [n['text']] : []))
    .join('');

const everything = async (): Promise<{ text: string; blocks: unknown }[]> => {
  const found: { text: string; blocks: unknown }[] = [];
  for (const user of Object.values(PEOPLE)) {
    for (const channel of [CLEARANCE, dmOf(user)]) {
      const roots = await day.messages(user, channel);
      found.push(...roots.map((m) => ({ text: m.text, blocks: m.blocks })));
      for (const root of roots) {
        const replies = root.replies === 0 ? [] : await day.messages(user, channel, root.ts);
        found.push(...replies.map((m) => ({ text: m.text, blocks: m.blocks })));
      }
    }
  }
  return found;
};

/** Acknowledgements that carry a view. */
const views: Answer[] = [];
const submit = async (
  user: string,
  form: string,
  context: object,
  values: Record<string, string | string[] | { user: string }>,
): Promise<Answer> => {
  const answer = await day.wire.submit(user, { form, context, values });
  expect([form, answer.status, answer.errors]).toEqual([form, 200, undefined]);
  views.push(answer);
  return answer;
};

const expectHarmless = (text: string, blocks: unknown): void => {
  const all = nodes(blocks);
  expect(all.filter((n) => n['type'] === 'mrkdwn')).toEqual([]);
  expect(all.filter((n) => ['broadcast', 'usergroup', 'channel', 'emoji'].includes(String(n['type'])))).toEqual([]);
  expect(all.filter((n) => n['type'] === 'user' && n['user_id'] === STRANGER)).toEqual([]);
  const links = all.filter((n) => n['type'] === 'link').map((n) => String(n['url']));
  expect(links.filter((url) => !url.startsWith('https://') || url.includes('evil.example'))).toEqual([]);
  expect(all.filter((n) => n['emoji'] === true || n['verbatim'] === false)).toEqual([]);
  // `text` is markup to Slack: every angle bracket in it is escaped.
  expect(text).not.toMatch(/[<>]/);
  expect(text + written(blocks)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
};

const values = (named: Record<string, string>): Record<string, string> => named;

describe('hostile text in every free text', () => {
  it('of a deal from its opening to its outcome is text', async () => {
    const deal = await day.deals.open({
      customer: hostile('m-customer').slice(0, 190),
      product: 'other',
      productName: '<!here> m-product <@U0SAMPLEGST1>',
      endUserName: '<https://evil.example|m-end-user> <!here>',
      endUserKind: 'security',
      intermediaries: '<!here> m-between <@U0SAMPLEGST1>, <!channel> reseller',
    });
    for (const [section, given] of Object.entries(HIGH)) {
      if (section === 'laws') {
        await submit(
          PEOPLE.rep,
          'deal.hand-over',
          { deal, section },
          { person: { user: PEOPLE.legalAdviser }, note: hostile('m-note') },
        );
        continue;
      }
      const more =
        section === 'stakeholders'
          ? values({ 'q:S1': hostile('m-answer'), 'q:S1-resellers': 'yes' })
          : section === 'end-user'
            ? values({
                'n:H-RF1': hostile('m-reason').slice(0, 290),
                's:H-RF1': '<!here> m-source <@U0SAMPLEGST1>, 2026, https://reports.example.org/a',
              })
            : {};
      await submit(PEOPLE.rep, 'deal.section', { deal, section }, { ...(given as Record<string, string>), ...more });
    }
    await submit(
      PEOPLE.legalAdviser,
      'deal.section',
      { deal, section: 'laws' },
      { ...(LOW['laws'] as Record<string, string>) },
    );
    await submit(PEOPLE.rep, 'deal.raise-flag', { deal }, { title: hostile('m-own-flag') });
    await submit(PEOPLE.chief, 'deal.raise-flag', { deal }, { title: hostile('m-outsider') });
    const pending = (await day.deals.deciding(deal)).ownFlags.find((f) => f.status === 'pending');
    await submit(
      PEOPLE.compliance2,
      'deal.settle-flag',
      { deal, flag: pending?.id },
      { verdict: 'dismiss', reason: hostile('m-dismissed') },
    );
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: hostile('m-question') });
    const request = (await day.deals.deciding(deal)).requests[0]?.id;
    await submit(
      PEOPLE.rep,
      'deal.give-information',
      { deal, request },
      { text: hostile('m-information'), sources: '<!here> m-register, 2026, https://reports.example.org/b' },
    );
    const cleared = (await day.deals.deciding(deal)).votes;
    expect(cleared).toEqual([]);
    const words = {
      rationale: hostile('m-rationale'),
      safeguardsOffered: hostile('m-offered'),
      'f:H-RF1': 'clear',
      'r:H-RF1': hostile('m-cleared'),
    };
    await day.deals.vote(PEOPLE.compliance, deal, words);
    await day.deals.vote(PEOPLE.senior, deal, {
      ...words,
      outcome: 'approve-with-conditions',
      cx: hostile('m-condition'),
    });
    await day.deals.vote(PEOPLE.counsel, deal, words);
    expect((await day.record.state(deal)).status).toBe('decided');
    await submit(PEOPLE.compliance2, 'deal.reopen', { deal }, { reason: hostile('m-reopened') });
    await submit(
      PEOPLE.rep,
      'deal.details',
      { deal },
      { ...(OPENING as Record<string, string>), endUserKind: 'security', reason: hostile('m-corrected') },
    );
    await submit(
      PEOPLE.compliance2,
      'deal.more',
      { deal },
      { choice: 'reassign', person: { user: PEOPLE.productManager }, reason: hostile('m-given') },
    );
    await submit(PEOPLE.productManager, 'deal.more', { deal }, { choice: 'withdraw', reason: hostile('m-withdrawn') });
    await day.record.quiet();

    const shown = await everything();
    for (const { text, blocks } of shown) expectHarmless(text, blocks);
    for (const { view } of views) if (view) expectHarmless('', view.blocks);
    const all = shown.map((m) => written(m.blocks));
    const told = [
      'm-note',
      'm-own-flag',
      'm-outsider',
      'm-dismissed',
      'm-question',
      'm-information',
      'm-rationale',
      'm-cleared',
      'm-condition',
      'm-reopened',
      'm-given',
      'm-withdrawn',
    ];
    // What was typed is there to its last character, as characters.
    expect(told.filter((mark) => !all.some((text) => text.includes(visible(mark))))).toEqual([]);
    const short = ['m-customer', 'm-product', 'm-end-user', 'm-answer', 'm-reason', 'm-source'];
    expect(short.filter((mark) => !all.some((text) => text.includes(mark)))).toEqual([]);
  });

  it('said to the bot is no command and no markup', async () => {
    const hand = day.playing.hand('rep');
    for (const text of [
      `/deal ${hostile('x')}`,
      '/deal status D-<!here>',
      '/deal D-000000 <@U0SAMPLEGST1>',
      `/deal ${'x'.repeat(5000)}`,
    ]) {
      expect((await hand.say(text)).error).toBeUndefined();
    }
    await day.record.quiet();
    for (const { text, blocks } of await everything()) {
      if (blocks !== undefined) expectHarmless(text, blocks);
    }
  });
});

/** Each free text, by the form that has it. */
const long = (mark: string, length: number): string => `${mark} ${'word '.repeat(2000)}`.slice(0, length - 1) + '.';

describe('long text', () => {
  const TEXTS: readonly (readonly [string, number, (deal: string, text: string) => Promise<Answer>, string])[] = [
    [
      'an answer',
      3000,
      (deal, text) => day.deals.answer(deal, 'stakeholders', { ...LOW['stakeholders'], 'q:S1': text }),
      'q:S1',
    ],
    [
      'a flag',
      3000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, { form: 'deal.raise-flag', context: { deal }, values: { title: text } }),
      'title',
    ],
    [
      'a reason to withdraw',
      3000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.more',
          context: { deal },
          values: { choice: 'withdraw', reason: text },
        }),
      'reason',
    ],
    [
      'a reason to give it away',
      3000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.more',
          context: { deal },
          values: { choice: 'reassign', person: { user: PEOPLE.productManager }, reason: text },
        }),
      'reason',
    ],
    [
      'a word with a hand-over',
      3000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.hand-over',
          context: { deal, section: 'laws' },
          values: { person: { user: PEOPLE.legalAdviser }, note: text },
        }),
      'note',
    ],
    [
      'a customer',
      200,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.details',
          context: { deal },
          values: { ...OPENING, customer: text, reason: 'A typing error.' },
        }),
      'customer',
    ],
    [
      'a reason to correct',
      3000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.details',
          context: { deal },
          values: { ...OPENING, customer: 'Another Customer', reason: text },
        }),
      'reason',
    ],
  ];

  it.each(TEXTS)(
    '%s of exactly %i characters is kept whole, one more is told about',
    async (what, most, send, input) => {
      const deal = await day.deals.answered(ELEVATED);
      const over = await day.unchanged(deal, () => send(deal, long('over', most + 1)));
      expect(over.errors?.[input]).toMatch(/characters long\. Please keep it to/);
      const way = await day.unchanged(deal, () => send(deal, long('way over', 20_000)));
      expect(way.errors?.[input]).toMatch(/characters long\. Please keep it to/);
      const text = long('kept', most);
      expect((await send(deal, text)).errors).toBeUndefined();
      expect(JSON.stringify(await day.record.events(deal))).toContain(text);
      expect(what).toBeTruthy();
    },
  );

  it('of all a review holds is readable in the thread to its last word', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: long('q-long', 3000) });
    const request = (await day.deals.deciding(deal)).requests[0]?.id;
    const given = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.give-information',
      context: { deal, request },
      values: { text: long('i-long', 3000) },
    });
    expect(given.errors).toBeUndefined();
    await day.deals.vote(PEOPLE.compliance, deal, {
      rationale: long('r-long', 3000),
      safeguardsOffered: long('s-long', 3000),
    });
    await day.deals.vote(PEOPLE.senior, deal, {
      rationale: long('t-long', 3000),
      outcome: 'approve-with-conditions',
      cx: long('c-long', 3000),
      'f:H-RF8': 'clear',
      'r:H-RF8': long('f-long', 3000),
    });
    await day.record.quiet();
    const all = (await everything()).map((m) => written(m.blocks));
    const told = ['q-long', 'i-long', 'r-long', 't-long', 'c-long'];
    expect(told.filter((mark) => !all.some((text) => text.includes(long(mark, 3000))))).toEqual([]);
  });

  it('of nothing but brackets, of emoji or of one endless word fits every limit', async () => {
    for (const text of [
      '<'.repeat(3000),
      '😀'.repeat(1500),
      'x'.repeat(3000),
      '&'.repeat(3000),
      'مرحبا '.repeat(500),
      'e\u0301'.repeat(1500),
    ]) {
      const deal = await day.deals.open({ customer: text.slice(0, 200), endUserName: text.slice(0, 200) });
      for (const [section, given] of Object.entries({
        ...ELEVATED,
        stakeholders: { ...LOW['stakeholders'], 'q:S1': text },
      })) {
        const answer = await day.deals.answer(deal, section, given);
        expect([section, answer.errors]).toEqual([section, undefined]);
      }
      await day.deals.vote(PEOPLE.compliance, deal, { rationale: text });
      await day.deals.vote(PEOPLE.senior, deal, { rationale: text, outcome: 'approve-with-conditions', cx: text });
      expect((await day.record.state(deal)).status).toBe('decided');
    }
    await day.record.quiet();
    expect(await day.record.store.outboxProblems()).toEqual([]);
  });
});

describe('text with nothing to see in it', () => {
  it.each([
    ['spaces', ' \u00A0\u3000'],
    ['zero-width characters', '\u200B\u200C\u200D\u2060\uFEFF'],
    ['bidi marks', '\u202E\u2066\u200F'],
  ])('is no text: %s', async (_, text) => {
    const { errors } = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.open',
      context: { channel: CLEARANCE },
      values: { ...OPENING, customer: text, endUserName: text },
    });
    expect(Object.keys(errors ?? {}).toSorted()).toEqual(['customer', 'endUserName']);
    const deal = await day.deals.answered(LOW);
    const flag = await day.unchanged(deal, () =>
      day.wire.submit(PEOPLE.rep, { form: 'deal.raise-flag', context: { deal }, values: { title: text.repeat(20) } }),
    );
    expect(Object.keys(flag.errors ?? {})).toEqual(['title']);
  });
});

describe('sources', () => {
  it.each([
    'http://reports.example.org/a',
    'javascript:alert(1)',
    'https://user:pass@reports.example.org',
    'https://localhost/x',
    'ftp://reports.example.org/a',
  ])('are https and whole, or told about: %s', async (url) => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1': 'yes' });
    const answer = await day.deals.answer(
      deal,
      'end-user',
      endUser({ 'q:H-RF1': 'yes', 's:H-RF1': `A report, 2026, ${url}` }),
    );
    const state = await day.record.state(deal);
    const saved = state.status === 'answering' ? state.answers['end-user']?.['H-RF1']?.sources : undefined;
    // `javascript:` is no link at all, so it is words in a name: shown as such, never live.
    if (url.startsWith('javascript')) expect(saved?.[0]?.url).toBeUndefined();
    else expect(answer.errors?.['s:H-RF1']).toMatch(/https:\/\//);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
