import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Block, Card, Choice, Control, Form, FormBlock, Span, Text } from '../../../blocks/card.ts';
import { fallbackText } from '../../../blocks/fallback.ts';
import { actionName } from '../../../blocks/slack/draw.ts';
import { slackMessage, slackView } from '../../../blocks/slack/slack.ts';
import { messageProblems, objectsIn, text as textOf, viewProblems } from '../../src/slack/check-blocks.ts';

const NASTY = [
  '<!here>',
  '<!channel>',
  '<@U1>',
  '<@U0SAMPLE>',
  '<https://evil.example|https://good.example>',
  'https://evil.example',
  '*bold*',
  '_it_',
  '`code`',
  '&amp;',
  '&lt;!here&gt;',
  ':smile:',
  '@here',
  '\u202Egnp.exe',
  '\u2066x\u2069',
  '\u200B',
  'עברית',
  'العربية',
  '👩‍👩‍👧',
  '🏳️‍🌈',
  '\uD800',
  '\u0000',
  '\u0007',
  '\n\n',
  '\r\n',
  '',
  ' ',
  'x'.repeat(3001),
];
const wild = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...NASTY), { maxLength: 12 }).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((s) => s.repeat(40_000 / s.length)),
  },
);
const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'https://a.example/x',
    'http://a.example',
    'javascript:alert(1)',
    'https://good.example@evil.example/',
  ),
  wild,
);
const personId = fc.constantFrom('rep-1', 'counsel-1', 'no-slack', 'stranger');
const people = (id: string) =>
  ({
    'rep-1': { slack: 'U0REP', name: 'Sample Rep' },
    'counsel-1': { slack: 'U0COUNSEL', name: 'Sample <!here> Counsel' },
    'no-slack': { name: 'Sample Person' },
  })[id];

const span: fc.Arbitrary<Span> = fc.oneof(
  wild,
  wild.map((strong) => ({ strong })),
  wild.map((quiet) => ({ quiet })),
  personId.map((person) => ({ person })),
  fc.record({ url, text: wild }).map((link) => ({ link })),
  fc
    .oneof(
      fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
      wild,
    )
    .map((since) => ({ since })),
);
const text: fc.Arbitrary<Text> = fc.oneof(wild, fc.array(span, { maxLength: 6 }));
const action: fc.Arbitrary<Action> = fc.record({
  name: fc.constantFrom('deal.answer', 'deal.why'),
  value: fc.string({ maxLength: 2000 }),
  label: wild,
  url: fc.option(url, { nil: undefined }),
  style: fc.constantFrom('primary' as const, 'danger' as const, undefined),
  accessibleLabel: fc.option(wild, { nil: undefined }),
});
const formPart: fc.Arbitrary<Exclude<Block, { kind: 'title' }>> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: wild }),
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('quote' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 120 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: wild, value: text }), { maxLength: 30 }),
  }),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.record({ kind: fc.constant('divider' as const) }),
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 12 }) }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('title' as const),
      text: wild,
      tone: fc.constantFrom('good' as const, 'stop' as const, undefined),
    }),
  },
  { weight: 6, arbitrary: formPart },
);
const card: fc.Arbitrary<Card> = fc.record({ blocks: fc.array(block, { maxLength: 14 }) });

const choice: fc.Arbitrary<Choice> = fc.record({
  value: fc.string({ minLength: 1, maxLength: 150 }),
  label: wild,
  description: fc.option(wild, { nil: undefined }),
});
const choices = (max: number) => fc.uniqueArray(choice, { minLength: 1, maxLength: max, selector: (c) => c.value });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const control: fc.Arbitrary<Control> = fc.oneof(
  fc.record({
    type: fc.constant('line' as const),
    initial: maybe(wild),
    placeholder: maybe(wild),
    maxLength: maybe(fc.integer({ min: 1, max: 5000 })),
  }),
  fc.record({
    type: fc.constant('paragraph' as const),
    initial: maybe(wild),
    minLength: maybe(fc.integer({ min: 0, max: 50 })),
  }),
  choices(30).map((options): Control => ({ type: 'radio', options, initial: options[0]?.value })),
  choices(100).map((options): Control => ({ type: 'menu', options, initial: 'none of these' })),
  choices(10).map((options): Control => ({
    type: 'checkboxes',
    options,
    initial: options.slice(0, 2).map((o) => o.value),
  })),
  fc.record({ type: fc.constant('search' as const), source: fc.constant('country'), initial: maybe(choice) }),
  fc.record({ type: fc.constant('date' as const), initial: fc.constantFrom('2027-01-31', 'soon', undefined) }),
  fc.record({ type: fc.constant('person' as const), initial: maybe(personId) }),
);
const form: fc.Arbitrary<Form> = fc
  .record({
    name: fc.constant('deal.open'),
    title: wild,
    submit: wild,
    close: maybe(wild),
    context: fc.string({ maxLength: 400 }),
    parts: fc.array(formPart, { maxLength: 5 }),
    inputs: fc.array(
      fc.record({ label: wild, hint: maybe(wild), optional: fc.boolean(), reactive: fc.boolean(), control }),
      { maxLength: 8 },
    ),
  })
  .map(({ parts, inputs, ...rest }): Form => ({
    ...rest,
    blocks: [...parts, ...inputs.map((input, i): FormBlock => ({ kind: 'input', name: `input-${i}`, ...input }))],
  }));

const HIDDEN =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u;

const spansIn = (part: Text): readonly Span[] => (typeof part === 'string' ? [part] : part);
const textsOf = (blocks: readonly FormBlock[] | readonly Block[]): Span[] =>
  blocks.flatMap((b): Span[] => {
    switch (b.kind) {
      case 'text':
      case 'quote':
      case 'note':
        return [...spansIn(b.text)];
      case 'list':
        return b.items.flatMap(spansIn);
      case 'facts':
        return b.facts.flatMap((f) => spansIn(f.value));
      default:
        return [];
    }
  });

/** No markup, mention or link that the card did not ask for. */
const safetyProblems = (tree: unknown, spans: Span[], urls: (string | undefined)[]): string[] => {
  const asked = new Set(
    spans.flatMap((s) => (typeof s === 'object' && 'person' in s ? [people(s.person)?.slack] : [])),
  );
  const links = new Set(
    spans.flatMap((s) =>
      typeof s === 'object' && 'link' in s && URL.canParse(s.link.url) ? [new URL(s.link.url).href] : [],
    ),
  );
  return [...objectsIn(tree)].flatMap((o) => {
    const problems: string[] = [];
    if (['mrkdwn', 'markdown', 'broadcast', 'usergroup', 'channel', 'emoji'].includes(textOf(o['type'])))
      problems.push(`${textOf(o['type'])}`);
    if (o['type'] === 'plain_text' && o['emoji'] !== false) problems.push('plain_text that draws :emoji:');
    if (o['type'] === 'user' && !asked.has(textOf(o['user_id']))) problems.push(`mention of ${textOf(o['user_id'])}`);
    if (o['type'] === 'link') {
      const href = textOf(o['url']);
      if (!links.has(href) || !href.startsWith('https://')) problems.push(`link to ${href}`);
      if (!textOf(o['text']).endsWith(`(${new URL(href).host})`)) problems.push(`link without its host`);
    }
    if (
      o['type'] === 'button' &&
      o['url'] !== undefined &&
      !urls.some((u) => u !== undefined && URL.canParse(u) && new URL(u).href === o['url'])
    ) {
      problems.push(`button to ${textOf(o['url'])}`);
    }
    for (const [key, value] of Object.entries(o)) {
      if ((key === 'text' || key === 'initial_value') && typeof value === 'string' && HIDDEN.test(value))
        problems.push(`hidden characters in ${key}`);
    }
    return problems;
  });
};
const urlsOf = (blocks: readonly FormBlock[] | readonly Block[]) =>
  blocks.flatMap((b) => (b.kind === 'actions' ? b.actions.map((a) => a.url) : []));

describe('any card', () => {
  it('keeps the limits and carries no markup, mention or link of its own', () => {
    fc.assert(
      fc.property(card, ({ blocks }) => {
        const message = slackMessage({ blocks }, people);
        expect(messageProblems(message.blocks)).toEqual([]);
        expect(safetyProblems(message.blocks, textsOf(blocks), urlsOf(blocks))).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(4000);
        expect(message.text.length).toBeGreaterThan(0);
        expect(message.text).not.toMatch(/[<>]/);
        expect(message.text.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        expect(message.text).not.toMatch(HIDDEN);
      }),
      { numRuns: 150 },
    );
  });
});

describe('any form', () => {
  it('keeps the limits and carries no markup, mention or link of its own', () => {
    fc.assert(
      fc.property(form, (f) => {
        const view = slackView(f, people, { channel: 'C0SAMPLE' });
        expect(viewProblems(view)).toEqual([]);
        expect(safetyProblems(view, textsOf(f.blocks), urlsOf(f.blocks))).toEqual([]);
        expect(JSON.parse(view.private_metadata)).toEqual({ context: f.context, place: { channel: 'C0SAMPLE' } });
      }),
      { numRuns: 120 },
    );
  });
});

const only = (b: Block) => slackMessage({ blocks: [b] }, people).blocks;

describe('a length of time', () => {
  const asked = [{ person: 'rep-1' }, ', asked ', { since: '2026-11-23T14:05:59.250Z' }, '.'];

  it('is counted by who shows it, and says the moment where nobody counts', () => {
    const { blocks, text: words } = slackMessage({ blocks: [{ kind: 'text', text: asked }] }, people);
    expect(blocks).toMatchObject([
      {
        elements: [
          {
            elements: [
              { type: 'user' },
              { text: ', asked ' },
              {
                type: 'date',
                timestamp: Date.UTC(2026, 10, 23, 14, 5, 59) / 1000,
                format: '{ago}',
                fallback: 'on 23 November 2026, 14:05 UTC',
              },
              { text: ', 23 November 2026' },
              { text: '.' },
            ],
          },
        ],
      },
    ]);
    expect(words).toBe('Sample Rep, asked on 23 November 2026, 14:05 UTC.');
  });

  it.each(['quote', 'note'] as const)('is counted in a %s too', (kind) => {
    expect(JSON.stringify(only({ kind, text: asked }))).toContain('"format":"{ago}"');
  });

  it('is counted from the same moment whatever its time zone was', () => {
    const [a, b] = ['2026-11-23T14:05:00Z', '2026-11-23T15:05:00+01:00'].map((since) =>
      only({ kind: 'text', text: [{ since }] }),
    );
    expect(a).toEqual(b);
  });

  it('from no moment at all stays a text', () => {
    expect(JSON.stringify(only({ kind: 'text', text: [{ since: 'soon <!here>' }] }))).toContain('on soon <!here>');
  });
});

describe('a card', () => {
  it('draws each kind of block', () => {
    const { blocks, text: words } = slackMessage(
      {
        blocks: [
          { kind: 'title', text: 'D-1 · Sample', tone: 'attention' },
          { kind: 'text', text: ['Waiting for ', { person: 'rep-1' }, ' and ', { person: 'no-slack' }, '.'] },
          {
            kind: 'facts',
            facts: [
              { label: 'Tier', value: 'low' },
              { label: 'Licence', value: '' },
            ],
          },
          { kind: 'list', items: ['one', [{ strong: 'two' }]] },
          { kind: 'note', text: 'Not a licence.' },
          { kind: 'divider' },
          { kind: 'actions', actions: [{ name: 'deal.why', value: 'D-1', label: 'Why?', style: 'primary' }] },
        ],
      },
      people,
    );
    expect(blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text: '⚠️ D-1 · Sample', emoji: false } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Waiting for ' },
              { type: 'user', user_id: 'U0REP' },
              { type: 'text', text: ' and ' },
              { type: 'text', text: 'Sample Person' },
              { type: 'text', text: '.' },
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Tier: ', style: { bold: true } },
              { type: 'text', text: 'low' },
            ],
          },
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Licence: ', style: { bold: true } },
              { type: 'text', text: '–' },
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'two', style: { bold: true } }] },
            ],
          },
        ],
      },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Not a licence.', emoji: false }] },
      { type: 'divider' },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'deal.why#1',
            text: { type: 'plain_text', text: 'Why?', emoji: false },
            value: 'D-1',
            style: 'primary',
          },
        ],
      },
    ]);
    expect(words).toBe(
      '⚠️ D-1 · Sample\nWaiting for Sample Rep and Sample Person.\nTier: low\nLicence: –\n• one\n• two\nNot a licence.\n[Why?]',
    );
  });

  it('splits a long text over blocks, and counts what does not fit', () => {
    const blocks = only({ kind: 'text', text: 'word '.repeat(8000) });
    expect(blocks.length).toBeGreaterThan(2);
    const shown = [...objectsIn(blocks)].flatMap((o) => (o['type'] === 'text' ? [textOf(o['text'])] : []));
    const last = shown.pop() ?? '';
    const missing = Number(/\((\d+) more characters\)/.exec(last)?.[1]);
    expect(shown.join('').length + missing).toBe(40_000);
  });

  it('says how many parts and items are left out', () => {
    const long: Block = { kind: 'text', text: 'x'.repeat(8000) };
    const blocks = slackMessage(
      { blocks: [long, { kind: 'note', text: 'a' }, { kind: 'quote', text: 'b' }] },
      people,
    ).blocks;
    expect(JSON.stringify(blocks.at(-1))).toContain('2 more parts did not fit here');
    expect(JSON.stringify(only({ kind: 'list', items: Array.from({ length: 130 }, (_, i) => `item ${i}`) }))).toContain(
      '… 30 more',
    );
  });

  it('refuses what only its builder can have got wrong', () => {
    const blocks = Array.from({ length: 50 }, (): Block => ({ kind: 'divider' }));
    expect(() => slackMessage({ blocks }, people)).toThrow('50 blocks');
    expect(() => only({ kind: 'actions', actions: [{ name: 'a', value: 'v'.repeat(2001), label: 'A' }] })).toThrow(
      'longer than Slack takes',
    );
  });

  it('numbers buttons, five to a row, and tells a link from a click', () => {
    const actions = Array.from({ length: 7 }, (_, i) => ({ name: 'deal.answer', value: `${i}`, label: 'Answer' }));
    const blocks = only({
      kind: 'actions',
      actions: [...actions, { name: 'deal.open-thread', value: '', label: 'Open', url: 'https://a.example/' }],
    });
    expect(blocks).toHaveLength(2);
    const ids = [...objectsIn(blocks)].flatMap((o) => (o['type'] === 'button' ? [textOf(o['action_id'])] : []));
    expect(ids.map(actionName)).toEqual([...actions.map((a) => a.name), undefined]);
    expect(
      only({ kind: 'actions', actions: [{ name: 'x', value: '', label: 'X', url: 'http://127.0.0.1:3000/t' }] }),
    ).toHaveLength(1);
  });

  it('has no button to an address that may not be opened', () => {
    for (const bad of [
      'http://a.example',
      'javascript:alert(1)',
      'http://127.0.0.1.evil.example/',
      'https://good.example@evil.example',
    ]) {
      expect(
        JSON.stringify(only({ kind: 'actions', actions: [{ name: 'x', value: '', label: 'X', url: bad }] })),
      ).not.toContain('button');
    }
  });
});

const formOf = (...blocks: FormBlock[]): Form => ({
  name: 'deal.open',
  title: 'Open',
  submit: 'Save',
  context: '{}',
  blocks,
});
const ask = (c: Control, more: object = {}): FormBlock => ({
  kind: 'input',
  name: 'it',
  label: 'It',
  control: c,
  ...more,
});
const options = (n: number): Choice[] =>
  Array.from({ length: n }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }));

describe('a form', () => {
  it('names inputs by block id and sends changes of reactive ones', () => {
    const view = slackView(
      formOf(ask({ type: 'radio', options: options(2), initial: 'v1' }, { reactive: true })),
      people,
    );
    expect(view.blocks[0]).toMatchObject({
      type: 'input',
      block_id: 'it',
      dispatch_action: true,
      element: { type: 'radio_buttons', action_id: 'v', initial_option: { value: 'v1' } },
    });
  });

  it('draws more than ten radio buttons as a menu and refuses eleven checkboxes', () => {
    expect(slackView(formOf(ask({ type: 'radio', options: options(11) })), people).blocks[0]).toMatchObject({
      element: { type: 'static_select' },
    });
    expect(() => slackView(formOf(ask({ type: 'checkboxes', options: options(11) })), people)).toThrow(
      'Slack shows 10',
    );
    expect(() => slackView(formOf(ask({ type: 'menu', options: options(101) })), people)).toThrow('Slack shows 100');
  });

  it('lists a choice in full where its label is clipped', () => {
    const long = `Provides services to ${'the security forces and '.repeat(5)}others`;
    const view = slackView(
      formOf(
        ask({
          type: 'radio',
          options: [
            { value: 'a', label: long },
            { value: 'b', label: 'No' },
          ],
        }),
      ),
      people,
    );
    expect(JSON.stringify(view.blocks[0])).toContain(long);
    expect(JSON.stringify(view.blocks[1])).not.toContain(long);
  });

  it('refuses what only its builder can have got wrong', () => {
    expect(() => slackView({ ...formOf(), context: 'x'.repeat(3000) }, people)).toThrow('longer than Slack keeps');
    expect(() => slackView(formOf(ask({ type: 'date' }), ask({ type: 'date' })), people)).toThrow('same name');
    expect(() => slackView(formOf(ask({ type: 'radio', options: [] })), people)).toThrow('nothing to choose from');
    expect(() => slackView({ name: 'f', title: 'F', context: '', blocks: [ask({ type: 'date' })] }, people)).toThrow(
      'no way to send',
    );
  });

  it('knows people by their Slack id only', () => {
    const view = slackView(formOf(ask({ type: 'person', initial: 'rep-1' })), people);
    expect(view.blocks[0]).toMatchObject({ element: { type: 'users_select', initial_user: 'U0REP' } });
    expect(JSON.stringify(slackView(formOf(ask({ type: 'person', initial: 'no-slack' })), people))).not.toContain(
      'initial_user',
    );
  });

  it('finds people by name where one of them is not in Slack', () => {
    const everybody = Object.assign((id: string) => people(id), { elsewhere: () => true });
    const person = (initial?: string) => slackView(formOf(ask({ type: 'person', initial })), everybody).blocks[0];
    expect(person('no-slack')).toMatchObject({
      element: {
        type: 'external_select',
        action_id: 'v:people',
        min_query_length: 0,
        initial_option: { value: 'no-slack', text: { text: people('no-slack')?.name } },
      },
    });
    for (const nobody of [undefined, 'stranger'])
      expect(JSON.stringify(person(nobody))).not.toContain('initial_option');
    const complete = Object.assign((id: string) => people(id), { elsewhere: () => false });
    expect(slackView(formOf(ask({ type: 'person' })), complete).blocks[0]).toMatchObject({
      element: { type: 'users_select' },
    });
  });
});

it('the fallback text says what the card says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (s) => {
      fc.pre(s.trim() !== '');
      const words = fallbackText(
        {
          blocks: [
            { kind: 'quote', text: s },
            { kind: 'heading', text: s },
          ],
        },
        () => undefined,
      );
      expect(words).toContain(`“${s}”`);
      expect(words).toContain(s.replace(/\s+/g, ' ').trim());
    }),
  );
});
