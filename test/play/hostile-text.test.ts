/** Typed text is always shown as text: never a mention, a link, a broadcast or markup, and nothing of it is lost. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { nodes, startDay, written, type Day } from '../support/bad-day-bench.ts';
import { endUser, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import type { Answer } from '../support/bad-day.ts';
import { CLEARANCE, createHand } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

/** On none of these deals. */
const STRANGER = 'U0SAMPLEGST1';
const BIDI = '\u202E';
const ZERO = '\u200B';
const hostile = (mark: string): string =>
  `${mark} <!here> <!channel> <@${STRANGER}> <#C0GENERAL001> <https://evil.example/x|click me> https://evil.example/y ` +
  `mailto:a@evil.example *bold* _sly_ ~gone~ \`code\` :tada: @here & &lt;!here&gt; 😀 ${BIDI}txt.exe${ZERO}`;
/** The visible rest of it. */
const visible = (mark: string): string => hostile(mark).replaceAll(BIDI, '').replaceAll(ZERO, '');

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

/** A month from now, `yyyy-MM-dd`. */
const soon = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const opened = async (deal: string): Promise<OpenedDeal> => {
  const state = await day.record.state(deal);
  if (state.status === 'none') throw new Error('no such deal');
  return state;
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
    const { message: thread } = await day.record.root(deal);
    const reader = createHand(day.playing.url, PEOPLE.rep);
    const answers: string[] = [];
    for (const section of ['End-user', 'Who is involved']) {
      await reader.press(`All answers: ${section}`, { thread });
      const { blocks } = await reader.view();
      expectHarmless('', blocks);
      answers.push(written(blocks));
      await reader.closeView();
    }
    for (const mark of ['m-answer', 'm-reason', 'm-source']) expect(answers.join()).toContain(mark);
    await submit(PEOPLE.rep, 'deal.raise-flag', { deal }, { title: hostile('m-own-flag') });
    await submit(PEOPLE.chief, 'deal.raise-flag', { deal }, { title: hostile('m-outsider') });
    // The legal adviser answers, too: a flag of the rep waits as anybody's.
    for (const pending of (await day.deals.deciding(deal)).ownFlags.filter((f) => f.status === 'pending')) {
      const isOutsiders = pending.title.includes('m-outsider');
      await submit(
        PEOPLE.compliance2,
        'deal.settle-flag',
        { deal, flag: pending.id },
        isOutsiders ? { verdict: 'dismiss', reason: hostile('m-dismissed') } : { verdict: 'admit', weight: 'moderate' },
      );
    }
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
    // The other two are managers of the rep and of the legal adviser, who answered.
    await day.deals.vote(PEOPLE.senior2, deal, words);
    expect((await day.record.state(deal)).status).toBe('decided');
    await submit(
      PEOPLE.compliance2,
      'desk.hold',
      { deal },
      { stop: ['support'], because: 'breach', reason: hostile('m-held'), review: soon() },
    );
    await expect.poll(async () => (await day.record.types(deal)).at(-1)).toBe('HoldNoted');
    await day.record.quiet();
    const hold = Object.keys((await opened(deal)).holds ?? {})[0];
    await submit(PEOPLE.compliance2, 'desk.lift-hold', { hold }, { reason: hostile('m-lifted') });
    await expect.poll(async () => (await day.record.types(deal)).at(-1)).toBe('HoldEnded');
    const { destination } = (await opened(deal)).details;
    const source = '<!here> m-cited <@U0SAMPLEGST1>, 2026, https://reports.example.org/c';
    await submit(
      PEOPLE.compliance2,
      'desk.alert',
      { seen: destination },
      { country: destination, why: hostile('m-alert').slice(0, 390), source, on: '2026-01-31' },
    );
    await expect.poll(async () => (await day.record.types(deal)).at(-1)).toBe('ReassessmentRequired');
    const looked = { found: 'something new', note: hostile('m-looked').slice(0, 290), source };
    await submit(PEOPLE.compliance2, 'desk.looked', { country: destination }, looked);
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

    const shown = await day.everything();
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
      'm-held',
      'm-lifted',
      'm-reopened',
      'm-given',
      'm-withdrawn',
    ];
    // Typed text is shown to its last character, as characters.
    expect(told.filter((mark) => !all.some((text) => text.includes(visible(mark))))).toEqual([]);
    const short = ['m-alert', 'm-looked', 'm-cited', 'm-customer', 'm-product', 'm-end-user'];
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
    for (const { text, blocks } of await day.everything()) {
      if (blocks !== undefined) expectHarmless(text, blocks);
    }
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
    // It hears of no other deal.
    const details = { customer: 'Plain Paper Mill', endUserName: 'Plain Paper Mill', intermediaries: '' };
    const deal = await day.deals.answered(LOW, details);
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
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    const answer = await day.deals.answer(
      deal,
      'end-user',
      endUser({ 'q:H-RF1': 'yes', 's:H-RF1': `A report, 2026, ${url}` }),
    );
    const state = await day.record.state(deal);
    const saved = state.status === 'answering' ? state.answers['end-user']?.['H-RF1']?.sources : undefined;
    // `javascript:` is no link at all, so it counts as words of a name: shown as such, never live.
    if (url.startsWith('javascript')) expect(saved?.[0]?.url).toBeUndefined();
    else expect(answer.errors?.['s:H-RF1']).toMatch(/https:\/\//);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
