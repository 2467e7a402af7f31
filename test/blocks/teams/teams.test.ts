import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Block, Control, Form, FormBlock } from '../../../blocks/card.ts';
import { newDealButton } from '../../../blocks/cards/actions.ts';
import { TEAMS } from '../../../blocks/limits.ts';
import type { CardElement, CardInput, ChoiceInput } from '../../../blocks/teams/adaptive-card.ts';
import { ours, type Ours } from '../../../blocks/teams/data.ts';
import { teamsCard, teamsForm, type AdaptiveCard, type TeamsContext } from '../../../blocks/teams/teams.ts';
import { plain } from '../../../blocks/text.ts';
import { everyCard, everyForm } from '../../support/every-card.ts';
import { bodyOf } from '../../support/shown.ts';

const people = [
  { id: 'rep-1', name: 'Sample Rep' },
  { id: 'rep-2', name: 'Sample Rep' },
  { id: 'counsel-1', name: 'Sample Counsel' },
];
const context: TeamsContext = {
  names: (id) => people.find((p) => p.id === id) ?? (id === 'left-1' ? { name: 'Sample Leaver' } : undefined),
  people,
};
const SHOWING = 'showing-1';

const cardOf = (...blocks: Block[]): CardElement[] => bodyOf(teamsCard({ blocks }, context));
const sample = (blocks: readonly FormBlock[], more: Partial<Form> = {}): Form => ({
  name: 'deal.sample',
  title: 'Sample form',
  submit: 'Save',
  context: '{"deal":"D-1"}',
  blocks,
  ...more,
});
const dialogOf = (form: Form, errors?: Record<string, string>): CardElement[] =>
  bodyOf(teamsForm(form, context, { surface: 'dialog', showing: SHOWING, errors }));
const input = (control: Control, more: object = {}): FormBlock => ({
  kind: 'input',
  name: 'q',
  label: 'Sample question',
  control,
  ...more,
});
const inputOf = (control: Control, more: object = {}): CardElement | undefined =>
  dialogOf(sample([input(control, more)])).find((e) => e.type.startsWith('Input.'));
const choicesOf = (control: Control): ChoiceInput => {
  const element = inputOf(control);
  if (element?.type !== 'Input.ChoiceSet') throw new Error('nothing to choose from');
  return element;
};
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }));

/** Everything in a tree that contains our data. */
const dataIn = (tree: unknown): unknown[] => {
  if (typeof tree !== 'object' || tree === null) return [];
  const own = 'clearthread' in tree ? [tree.clearthread] : [];
  return [...own, ...Object.values(tree).flatMap(dataIn)];
};

describe('a card', () => {
  it('draws each kind of block', () => {
    expect(
      cardOf(
        { kind: 'title', text: 'D-1 · Sample', tone: 'attention' },
        { kind: 'heading', text: 'A [heading](http://a.example)' },
        { kind: 'text', text: ['Waiting for ', { person: 'rep-1' }, '.\n\nSince ', { since: '2026-11-23T14:05:59Z' }] },
        { kind: 'quote', text: 'We do.' },
        { kind: 'divider' },
        { kind: 'list', items: ['one', [{ strong: 'two' }], ' '] },
        {
          kind: 'facts',
          facts: [
            { label: 'Tier', value: 'low' },
            { label: 'Licence', value: '' },
          ],
        },
        { kind: 'note', text: ['Not a ', { link: { url: 'https://a.example/x', text: 'licence' } }] },
      ),
    ).toEqual([
      { type: 'TextBlock', text: '⚠️ D-1 · Sample', wrap: true, style: 'heading', weight: 'Bolder', size: 'Large' },
      {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: 'A [heading](http://a.example)', weight: 'Bolder', size: 'Medium' }],
      },
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'Waiting for ' },
          { type: 'TextRun', text: 'Sample Rep', weight: 'Bolder' },
          { type: 'TextRun', text: '.' },
        ],
      },
      {
        type: 'RichTextBlock',
        spacing: 'Small',
        inlines: [
          { type: 'TextRun', text: 'Since ' },
          { type: 'TextRun', text: 'on 23 November 2026, 14:05 UTC' },
        ],
      },
      {
        type: 'Container',
        style: 'emphasis',
        items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'We do.' }] }],
      },
      {
        type: 'RichTextBlock',
        separator: true,
        spacing: 'Medium',
        inlines: [
          { type: 'TextRun', text: '• ' },
          { type: 'TextRun', text: 'one' },
        ],
      },
      {
        type: 'RichTextBlock',
        spacing: 'Small',
        inlines: [
          { type: 'TextRun', text: '• ' },
          { type: 'TextRun', text: 'two', weight: 'Bolder' },
        ],
      },
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'Tier: ', weight: 'Bolder' },
          { type: 'TextRun', text: 'low' },
        ],
      },
      {
        type: 'RichTextBlock',
        spacing: 'Small',
        inlines: [
          { type: 'TextRun', text: 'Licence: ', weight: 'Bolder' },
          { type: 'TextRun', text: '–' },
        ],
      },
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'Not a ', isSubtle: true, size: 'Small' },
          {
            type: 'TextRun',
            text: 'licence (a.example)',
            selectAction: { type: 'Action.OpenUrl', url: 'https://a.example/x' },
            isSubtle: true,
            size: 'Small',
          },
        ],
      },
    ]);
  });

  it.each(['http://a.example', 'javascript:alert(1)', 'https://good.example@evil.example/'])(
    '%s is no live link',
    (url) => {
      const body = JSON.stringify(cardOf({ kind: 'text', text: [{ link: { url, text: 'Here' } }] }));
      expect(body).not.toContain('OpenUrl');
      expect(body).toContain(`Here (${url})`);
    },
  );

  it('opens a form in a dialog, does all else at once, and keeps a fallback', () => {
    const [row] = cardOf({
      kind: 'actions',
      actions: [
        newDealButton('19:sample@thread.tacv2'),
        { name: 'deal.nudge', value: 'D-1', label: 'Nudge', accessibleLabel: 'Remind them', style: 'danger' },
        { name: 'deal.open-thread', value: 'D-1', label: 'Open the thread', url: 'https://a.example/x' },
        { name: 'deal.open-thread', value: 'D-1', label: 'Open nothing', url: 'http://a.example/x' },
      ],
    });
    const nudge = { clearthread: { do: 'click', name: 'deal.nudge', value: 'D-1' } };
    const look = { title: 'Nudge', style: 'destructive', tooltip: 'Remind them' };
    expect(row).toEqual({
      type: 'ActionSet',
      actions: [
        {
          type: 'Action.Submit',
          title: 'New deal',
          style: 'positive',
          data: {
            msteams: { type: 'task/fetch' },
            clearthread: { do: 'click', name: 'deal.new', value: '19:sample@thread.tacv2' },
          },
        },
        {
          type: 'Action.Execute',
          ...look,
          verb: 'deal.nudge',
          data: nudge,
          fallback: { type: 'Action.Submit', ...look, data: nudge },
        },
        { type: 'Action.OpenUrl', title: 'Open the thread', url: 'https://a.example/x' },
      ],
    });
  });

  it('puts at most six buttons in a row', () => {
    const actions = Array.from({ length: 13 }, (_, i): Action => ({ name: 'deal.why', value: `${i}`, label: `${i}` }));
    expect(cardOf({ kind: 'actions', actions }).map((e) => (e.type === 'ActionSet' ? e.actions.length : 0))).toEqual([
      6, 6, 1,
    ]);
  });

  it('shows no date and no link that somebody typed into what a button says', () => {
    const typed = '{{DATE(2020-01-01T00:00:00Z)}} [x](https://a.example)';
    const [row] = cardOf({
      kind: 'actions',
      actions: [{ name: 'deal.nudge', value: 'D-1', label: typed, accessibleLabel: typed }],
    });
    const action = row?.type === 'ActionSet' ? row.actions[0] : undefined;
    const inert = '{\u2060{DATE(2020-01-01T00:00:00Z)}} [x]\u2060(https://a.example)';
    expect(action).toMatchObject({ title: inert, tooltip: inert, fallback: { title: inert, tooltip: inert } });
  });

  it('asks for what viewers see in its place, where there are viewers', () => {
    const refresh = { deal: 'D-1', key: 'root', userIds: ['29:a'] };
    expect(teamsCard({ blocks: [] }, context, refresh)).toMatchObject({
      msteams: { width: 'Full' },
      refresh: {
        userIds: ['29:a'],
        action: {
          type: 'Action.Execute',
          verb: 'look',
          data: { clearthread: { do: 'look', deal: 'D-1', key: 'root' } },
        },
      },
    });
    expect(teamsCard({ blocks: [] }, context, { ...refresh, userIds: [] })).not.toHaveProperty('refresh');
    const crowd = Array.from({ length: 61 }, (_, i) => `29:${i}`);
    expect(() => teamsCard({ blocks: [] }, context, { ...refresh, userIds: crowd })).toThrow('61 people');
  });

  it('says how many items and parts are left out', () => {
    const items = Array.from({ length: 130 }, (_, i) => `item ${i}`);
    expect(JSON.stringify(cardOf({ kind: 'list', items }))).toContain('… 30 more');
    const long: Block = { kind: 'text', text: 'x'.repeat(TEAMS.text.card) };
    expect(JSON.stringify(cardOf(long, { kind: 'note', text: 'a' }, { kind: 'quote', text: 'b' }).at(-1))).toContain(
      '2 more parts did not fit here',
    );
  });

  it('shows any text line by line as it is, and in no run a date that a client would draw', () => {
    const part = fc.oneof(
      fc.constantFrom('{{DATE(2020-01-01T00:00:00Z)}}', '{{TIME(', '{', '{{', '**', '\n', '\r\n', '\u202E', ' '),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const lines = cardOf({ kind: 'text', text }).flatMap((e) => (e.type === 'RichTextBlock' ? [e.inlines] : []));
        const wanted = plain(text)
          .split('\n')
          .filter((line) => line.trim() !== '');
        expect(lines.map((runs) => runs.map((run) => run.text).join(''))).toEqual(wanted);
        for (const run of lines.flat()) expect(run.text).not.toMatch(/\{\{(?:DATE|TIME)\(/);
      }),
    );
  });

  it('counts exactly what it cuts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), (unit) => {
        const text = `${unit.replace(/[\s\p{C}]/gu, 'x')}.`.repeat(30_000);
        const shown = cardOf({ kind: 'text', text }).flatMap((e) =>
          e.type === 'RichTextBlock' ? e.inlines.map((run) => run.text) : [],
        );
        const missing = Number(/\((\d+) more characters\)/.exec(shown.pop() ?? '')?.[1]);
        expect(text.startsWith(shown.join(''))).toBe(true);
        expect(shown.join('').length + missing).toBe(text.length);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a heading', () => {
  it.each(['Review: 2 votes, at least 1', 'Tier: High', 'Æther & co', 'Done. Next (soon)', 'مرحبا'])('%s', (text) => {
    const type = text.includes('&') ? 'RichTextBlock' : 'TextBlock';
    expect(cardOf({ kind: 'heading', text })[0]?.type).toBe(type);
  });

  it('is a TextBlock only where nothing in it can be markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1 .*_~[]()<>`#|{}@:/&\\+-=!\n'), minLength: 1 }), (text) => {
        const [element] = cardOf({ kind: 'heading', text });
        if (element?.type !== 'TextBlock') return;
        expect(element.text).not.toMatch(/[*_~[\]<>`#|{}@/&\\]|^[-+]|^\d+[.)]|\.\S/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an input', () => {
  it('of text has its length and what was typed', () => {
    expect(inputOf({ type: 'line', initial: 'a\nb', maxLength: 200, placeholder: 'Name' })).toMatchObject({
      type: 'Input.Text',
      id: 'q',
      label: 'Sample question',
      isMultiline: false,
      maxLength: 200,
      value: 'a b',
      placeholder: 'Name',
    });
    expect(inputOf({ type: 'paragraph', initial: 'a\nb', minLength: 20 }, { optional: true })).toMatchObject({
      label: 'Sample question (optional)',
      isMultiline: true,
      maxLength: 3000,
      value: 'a\nb',
    });
  });

  it.each([
    ['radio', { type: 'radio', options: options(12), initial: 'v2' }, 'expanded'],
    ['menu', { type: 'menu', options: options(15), initial: 'v2' }, 'compact'],
    ['long menu, chosen from', { type: 'menu', options: options(16), initial: 'v2' }, 'compact'],
  ] as const)('of one choice is a %s', (_name, control, style) => {
    expect(choicesOf(control)).toMatchObject({ style, wrap: true, value: 'v2' });
    expect(choicesOf({ ...control, initial: 'gone' })).not.toHaveProperty('value');
    expect(choicesOf(control)).not.toHaveProperty('isMultiSelect');
  });

  it('of many choices is found by typing, until one is chosen', () => {
    expect(choicesOf({ type: 'menu', options: options(16) }).style).toBe('filtered');
    expect(choicesOf({ type: 'menu', options: options(15) }).style).toBe('compact');
    expect(choicesOf({ type: 'search', source: 'countries' }).style).toBe('filtered');
    expect(choicesOf({ type: 'person' }).style).toBe('filtered');
  });

  it('of several choices gives them back parted by commas', () => {
    const ticks = choicesOf({ type: 'checkboxes', options: options(3), initial: ['v2', 'gone', 'v0'] });
    expect(ticks).toMatchObject({ style: 'expanded', isMultiSelect: true, value: 'v0,v2' });
  });

  it('shows a description behind its label, in full', () => {
    const label = 'A label that says what it means in many more than seventy-five characters, and all of them';
    const [choice] = choicesOf({ type: 'radio', options: [{ value: 'a', label, description: 'It counts' }] }).choices;
    expect(choice).toEqual({ value: 'a', title: `${label}: It counts` });
  });

  it('of a country finds all of them, of another source only what is chosen', () => {
    const countries = choicesOf({
      type: 'search',
      source: 'countries',
      initial: { value: 'CI', label: 'Côte d’Ivoire' },
    });
    expect(countries).toMatchObject({ style: 'compact', value: 'CI' });
    expect(countries.choices.length).toBe(250);
    expect(countries.choices[0]).toEqual({ title: 'Afghanistan', value: 'AF' });
    expect(countries.choices).toContainEqual({ title: 'Myanmar (Burma)', value: 'MM' });
    const other = choicesOf({ type: 'search', source: 'else', initial: { value: 'a', label: 'Chosen' } });
    expect(other.choices).toEqual([{ title: 'Chosen', value: 'a' }]);
  });

  it('of a person offers everybody, tells namesakes apart and keeps who is chosen', () => {
    expect(choicesOf({ type: 'person', initial: 'left-1', placeholder: 'Choose a colleague' })).toMatchObject({
      style: 'compact',
      value: 'left-1',
      placeholder: 'Choose a colleague',
      choices: [
        { title: 'Sample Leaver', value: 'left-1' },
        { title: 'Sample Rep (rep-1)', value: 'rep-1' },
        { title: 'Sample Rep (rep-2)', value: 'rep-2' },
        { title: 'Sample Counsel', value: 'counsel-1' },
      ],
    });
  });

  it('of a day takes a day', () => {
    expect(inputOf({ type: 'date', initial: '2027-01-31' })).toMatchObject({ type: 'Input.Date', value: '2027-01-31' });
    expect(inputOf({ type: 'date', initial: 'soon' })).not.toHaveProperty('value');
  });
});

describe('a form', () => {
  const form = sample([
    { kind: 'text', text: 'Sample words.' },
    input({ type: 'radio', options: options(2) }, { reactive: true, hint: 'Either will do.' }),
    input({ type: 'checkboxes', options: options(2) }, { name: 'ticks' }),
    { kind: 'actions', actions: [{ name: 'deal.save-for-later', value: 'D-1/x', label: 'Save for later' }] },
  ]);
  const held = {
    name: 'deal.sample',
    context: '{"deal":"D-1"}',
    showing: SHOWING,
    inputs: ['q', 'ticks'],
    lists: ['ticks'],
  };
  const rowOf = (body: readonly CardElement[]): unknown[] =>
    body.flatMap((e) => (e.type === 'ActionSet' ? e.actions : []));

  it('sends from a dialog by Action.Submit, its own buttons beside the first', () => {
    expect(rowOf(dialogOf(form))).toEqual([
      {
        type: 'Action.Submit',
        title: 'Save',
        style: 'positive',
        data: { clearthread: { do: 'submit', form: held } },
      },
      {
        type: 'Action.Submit',
        title: 'Save for later',
        data: { clearthread: { do: 'press', name: 'deal.save-for-later', value: 'D-1/x', form: held } },
      },
    ]);
    expect(JSON.stringify(dialogOf(form))).not.toContain('Sample form');
  });

  it('asks for links where files are wanted, and promises nothing of what is behind them', () => {
    const control: Control = { type: 'files', most: 5, placeholder: 'Links, one a line', links: 'Links only.' };
    const text = JSON.stringify(dialogOf(sample([input(control, { hint: 'The record keeps a hash.' })])));
    expect(text).toContain('Links only.');
    expect(text).not.toContain('hash');
  });

  it('sends from a card by Action.Execute, under its title', () => {
    const body = bodyOf(teamsForm(form, context, { surface: 'card', showing: SHOWING }));
    expect(body[0]).toMatchObject({ type: 'TextBlock', style: 'heading', text: 'Sample form' });
    const clearthread = { do: 'submit', form: held };
    expect(rowOf(body)[0]).toMatchObject({
      type: 'Action.Execute',
      verb: 'deal.sample',
      data: { clearthread },
      fallback: { type: 'Action.Submit', data: { clearthread } },
    });
  });

  it('opens a dialog from a card for a button that brings another form, and goes on in a dialog', () => {
    const asking = { name: 'deal.hand-over', value: 'D-1/x', label: 'Who might know?', opens: 'form' } as const;
    const leading = sample([...form.blocks.slice(0, 3), { kind: 'actions', actions: [asking] }]);
    const clearthread = { do: 'press', name: 'deal.hand-over', value: 'D-1/x', form: held };
    const pressed = { type: 'Action.Submit', title: 'Who might know?' };
    expect(rowOf(bodyOf(teamsForm(leading, context, { surface: 'card', showing: SHOWING })))[1]).toEqual({
      ...pressed,
      data: { msteams: { type: 'task/fetch' }, clearthread },
    });
    expect(rowOf(dialogOf(leading))[1]).toEqual({ ...pressed, data: { clearthread } });
  });

  it('says once that it may grow', () => {
    const grows = (body: readonly CardElement[]) => JSON.stringify(body).split('bring a further question').length - 1;
    expect(grows(dialogOf(form))).toBe(1);
    expect(grows(dialogOf(sample([input({ type: 'line' })])))).toBe(0);
  });

  it('puts what is wrong above its input, and how much there is above it all', () => {
    const words = (errors?: Record<string, string>) =>
      dialogOf(form, errors).map((e) => (e.type === 'RichTextBlock' ? e.inlines.map((r) => r.text).join('') : e.type));
    const rest = ['Input.ChoiceSet', 'ActionSet'];
    expect(words({ q: 'Please choose.', gone: 'Somebody was faster.' })).toEqual([
      expect.stringMatching(/^⚠️ 2 things need a look: “[^”]+”$/),
      '⚠️ Somebody was faster.',
      'Sample words.',
      '⚠️ Please choose.',
      'Input.ChoiceSet',
      'Either will do.',
      rest[0],
      expect.stringContaining('a further question'),
      rest[1],
    ]);
    expect(words({ q: 'Please choose.' })[0]).toMatch(/^⚠️ 1 thing needs a look: “[^”]+”$/);
    expect(words().join()).not.toContain('⚠️');
  });

  it('names the questions that are wrong at its top, shortened, and each is found below', () => {
    const long = `Is ${'very '.repeat(40)}much wrong?`;
    const form = sample([
      input({ type: 'line' }, { label: long }),
      input({ type: 'line' }, { name: 'q2', label: 'Second?' }),
    ]);
    const [top] = dialogOf(form, { q: 'Please write it.', q2: 'Please write this.' });
    const words = top?.type === 'RichTextBlock' ? top.inlines.map((r) => r.text).join('') : '';
    expect(words).toMatch(/^⚠️ 2 things need a look: “Is very very .*…”, “Second\?”$/);
    expect(words.length).toBeLessThan(120);
  });

  it('asks in the client for what must be there, unless a button takes half the form', () => {
    let required = 0;
    for (const [name, made] of everyForm()) {
      const halves = made.blocks.some((b) => b.kind === 'actions' && b.actions.some(({ url }) => url === undefined));
      for (const block of made.blocks) {
        if (block.kind !== 'input') continue;
        const drawn = dialogOf(made).find((e) => 'id' in e && e.id === block.name) as CardInput | undefined;
        const wanted = !halves && !block.optional && !block.follows;
        expect([name, block.name, drawn?.isRequired ?? false]).toEqual([name, block.name, wanted]);
        expect(drawn?.errorMessage !== undefined).toBe(wanted);
        required += wanted ? 1 : 0;
      }
    }
    expect(required).toBeGreaterThan(20);
  });

  it('insists on nothing in place of a card that it has to be possible to leave', () => {
    const made = sample([input({ type: 'line' })]);
    const shown = {
      surface: 'card',
      showing: SHOWING,
      refresh: { deal: 'D-7K3QXM', key: 'section:product', userIds: [] },
    } as const;
    expect(JSON.stringify(teamsForm(made, context, { ...shown, back: true }))).not.toContain('isRequired');
    expect(JSON.stringify(teamsForm(made, context, shown))).toContain('isRequired');
  });

  const bad: readonly [string, Form, string][] = [
    [
      'a comma in a value',
      sample([input({ type: 'checkboxes', options: [{ value: 'a,b', label: 'x' }] })]),
      'bad-option',
    ],
    ['no options', sample([input({ type: 'menu', options: [] })]), 'no-options'],
    [
      'the same option twice',
      sample([input({ type: 'menu', options: [...options(1), ...options(1)] })]),
      'same-option',
    ],
    ['the same name twice', sample([input({ type: 'line' }), input({ type: 'line' })]), 'same-name'],
    ['our own name', sample([input({ type: 'line' }, { name: 'clearthread' })]), 'bad-name'],
    ['no way to send it', sample([input({ type: 'line' })], { submit: undefined }), 'no-submit'],
    ['a long context', sample([], { context: 'x'.repeat(3001) }), 'context-too-long'],
    [
      'too many inputs',
      sample(Array.from({ length: 201 }, (_, i) => input({ type: 'line' }, { name: `q${i}` }))),
      'too-many-inputs',
    ],
    [
      'more than 80 KB of typed text',
      sample(
        Array.from({ length: 30 }, (_, i) => input({ type: 'line', initial: 'x'.repeat(3000) }, { name: `q${i}` })),
      ),
      'card-too-large',
    ],
    [
      'a button with a long value',
      sample([{ kind: 'actions', actions: [{ name: 'deal.why', value: 'x'.repeat(2001), label: 'x' }] }]),
      'value-too-long',
    ],
  ];
  it.each(bad)('with %s is a mistake of its builder', (_name, wrong, code) => {
    expect(() => dialogOf(wrong)).toThrow(expect.objectContaining({ name: 'CardFault', code }));
  });
});

describe('what comes back', () => {
  const every: readonly (readonly [string, AdaptiveCard])[] = [
    ...everyCard().map(([name, card]) => [name, teamsCard(card, context)] as const),
    ...everyForm().map(
      ([name, form]) => [name, teamsForm(form, context, { surface: 'card', showing: SHOWING })] as const,
    ),
  ];

  it('from every button of every card is data that the bot reads', () => {
    const all = every.flatMap(([, card]) => dataIn(card));
    expect(all.length).toBeGreaterThan(200);
    for (const data of all) expect(ours.parse(data)).toEqual(data);
  });

  /** Replies as the router makes them: `src/route/*.ts`. */
  const FORMS = [
    'deal.accept-gaps',
    'deal.another-party',
    'deal.answer',
    'deal.answers',
    'deal.assign',
    'deal.authority',
    'deal.confirm-lighter',
    'deal.confirm-scope',
    'deal.dossier',
    'deal.give-information',
    'deal.hand-over',
    'deal.hand-over-condition',
    'deal.licence',
    'deal.lift-suspension',
    'deal.listed-party',
    'deal.meet-condition',
    'deal.more',
    'deal.new',
    'deal.object',
    'deal.raise-flag',
    'deal.recuse',
    'deal.renewals',
    'deal.reopen',
    'deal.review',
    'deal.settle-condition',
    'deal.settle-flag',
    'deal.show',
    'deal.snooze',
    'deal.something-changed',
    'deal.take-gaps-back',
    'deal.take-question-back',
    'deal.why',
    'desk.agree-erase',
    'desk.alert',
    'desk.alerts',
    'desk.away',
    'desk.begin-sheet',
    'desk.board',
    'desk.board-filter',
    'desk.confirm',
    'desk.digest-all',
    'desk.digest-csv',
    'desk.end-alert',
    'desk.end-gap',
    'desk.erase',
    'desk.erasures',
    'desk.files-all',
    'desk.find',
    'desk.find-form',
    'desk.gaps',
    'desk.help',
    'desk.hold',
    'desk.hold-review',
    'desk.holds',
    'desk.home',
    'desk.judge-sheet',
    'desk.later',
    'desk.laws',
    'desk.laws-list',
    'desk.lift-hold',
    'desk.list-csv',
    'desk.looked',
    'desk.mine',
    'desk.numbers',
    'desk.numbers-csv',
    'desk.programme',
    'desk.programme-asked',
    'desk.programme-asked-list',
    'desk.programme-came',
    'desk.programme-conflicts',
    'desk.programme-part',
    'desk.programme-say',
    'desk.queue',
    'desk.review-channel',
    'desk.revoke-passkey',
    'desk.save-view',
    'desk.settle-dispute',
    'desk.sheet',
    'desk.sheets',
    'desk.show-sheet',
    'desk.stop-erase',
    'desk.take-training',
    'desk.training',
    'desk.training-all',
    'desk.training-import',
    'desk.views',
    'desk.vouch',
    'desk.watch',
    'desk.watcher',
    'desk.year',
    'desk.year-answer',
    'desk.year-approve',
    'desk.year-ask',
    'desk.year-complaints',
    'desk.year-publish',
    'desk.year-return',
    'desk.year-send',
    'desk.year-take-back',
    'desk.year-words',
  ];
  it('brings a dialog exactly where the answer is a form, or a list with buttons of its own', () => {
    const clicks = everyCard().flatMap(([, card]) =>
      bodyOf(teamsCard(card, context)).flatMap((e) => (e.type === 'ActionSet' ? e.actions : [])),
    );
    const names = (type: string): string[] =>
      clicks.flatMap((action) => {
        if (action.type !== type || action.type === 'Action.OpenUrl') return [];
        const act: Ours = action.data.clearthread;
        return act.do === 'click' ? [act.name] : [];
      });
    expect([...new Set(names('Action.Submit'))].toSorted()).toEqual(FORMS);
    expect([...new Set(names('Action.Execute'))].toSorted()).toEqual([
      'deal.ask-counsel',
      'deal.nothing-changed',
      'deal.nudge',
      'deal.reassess',
      'deal.send-on',
      'deal.take-section-back',
      'deal.take-vote-back',
      'desk.back',
    ]);
  });
});

describe('the largest', () => {
  const sizes = (made: readonly (readonly [string, AdaptiveCard])[]) =>
    made
      .map(([name, card]) => ({
        name,
        bytes: Buffer.byteLength(JSON.stringify(card)),
        units: JSON.stringify(card).length,
      }))
      .toSorted((a, b) => b.bytes - a.bytes);

  it('card stays under 80 KB, counted in UTF-16 too', ({ annotate }) => {
    const [largest] = sizes(everyCard().map(([name, card]) => [name, teamsCard(card, context)]));
    expect(largest?.units).toBeLessThan(TEAMS.card.units);
    return annotate(`largest card: ${largest?.name}, ${largest?.bytes} bytes`);
  });

  it('form of the default policy stays under 80 KB', ({ annotate }) => {
    const [largest] = sizes(
      everyForm().map(([name, form]) => [name, teamsForm(form, context, { surface: 'card', showing: SHOWING })]),
    );
    expect(largest?.bytes).toBeLessThan(TEAMS.card.bytes);
    return annotate(`largest form: ${largest?.name}, ${largest?.bytes} bytes`);
  });
});
