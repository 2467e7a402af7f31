import { describe, expect, it } from 'vitest';
import { checkHome, checkMessageBlocks, checkModal } from '../../../src/playground/slack-cloud/block-kit.ts';
import { plain } from './bench.ts';

const option = (n: number) => ({ text: plain(`Option ${n}`), value: `v${n}` });
const options = (count: number) => Array.from({ length: count }, (_, n) => option(n));
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks,
  ...more,
});
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const long = (length: number): string => 'x'.repeat(length);

const complaint = (checked: { ok: boolean; messages?: string[] }): string =>
  'messages' in checked && checked.messages ? checked.messages.join('\n') : 'accepted';

describe('messages', () => {
  it.each<[string, object[]]>([
    [
      'every block that the bot uses',
      [
        { type: 'header', text: plain(long(150)) },
        { type: 'section', text: { type: 'mrkdwn', text: long(3000) } },
        { type: 'section', fields: [plain('A'), plain('B')], accessory: button() },
        {
          type: 'context',
          elements: [plain('A'), { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A' }],
        },
        { type: 'divider' },
        { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A' },
        actions(
          button({ value: long(2000) }),
          button({
            action_id: 'b',
            confirm: { title: plain('T'), text: plain('T'), confirm: plain('Y'), deny: plain('N') },
          }),
        ),
        rich(
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'A', style: { bold: true } },
              { type: 'user', user_id: 'U0SAMPLEREP1' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://example.com' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'emoji', name: 'wave' }] },
          {
            type: 'rich_text_section',
            elements: [{ type: 'date', timestamp: 1_763_906_700, format: 'Asked {ago}', fallback: 'since then' }],
          },
        ),
      ],
    ],
    ['fifty blocks', Array.from({ length: 50 }, () => ({ type: 'divider' }))],
    ['one action_id in two blocks', [actions(button()), actions(button())]],
  ])('take %s', (_, blocks) => {
    expect(complaint(checkMessageBlocks(blocks))).toBe('accepted');
  });

  it.each<[string, object[], string]>([
    [
      '51 blocks',
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    ['an unknown block', [{ type: 'carousel', elements: [] }], 'unsupported type [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      [actions({ type: 'timepicker', action_id: 'a' })],
      'unsupported type [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['an unknown field', [{ type: 'divider', colour: 'red' }], 'unexpected field: colour'],
    ['a missing text', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0/text]'],
    ['a section without words', [{ type: 'section' }], 'missing required field: text'],
    ['an empty text', [{ type: 'header', text: plain('') }], 'must be more than 0 characters'],
    [
      'a long header',
      [{ type: 'header', text: plain(long(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a long section', [{ type: 'section', text: plain(long(3001)) }], 'must be less than 3001 characters'],
    ['a long field', [{ type: 'section', fields: [plain(long(2001))] }], 'must be less than 2001 characters'],
    ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('A')) }], 'no more than 10 items'],
    [
      '11 context elements',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('A')) }],
      'no more than 10 items',
    ],
    [
      '26 buttons',
      [actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `b${n}` })))],
      'no more than 25 items',
    ],
    [
      'markup on a button',
      [actions(button({ text: { type: 'mrkdwn', text: 'Go' } }))],
      'json-pointer:/blocks/0/elements/0/text/type',
    ],
    ['a long button', [actions(button({ text: plain(long(76)) }))], 'must be less than 76 characters'],
    ['a long button value', [actions(button({ value: long(2001) }))], 'must be less than 2001 characters'],
    ['a long action_id', [actions(button({ action_id: long(256) }))], 'must be less than 256 characters'],
    ['an unknown style', [actions(button({ style: 'loud' }))], 'json-pointer:/blocks/0/elements/0/style'],
    ['a script link', [actions(button({ url: 'javascript:alert(1)' }))], 'must be a valid URL'],
    [
      'a repeated block_id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      '`block_id` "a" already exists',
    ],
    ...(
      [
        ['a date with a fraction', { timestamp: 1.5, format: '{ago}' }, 'must provide an integer'],
        ['a date as text', { timestamp: '1763906700', format: '{ago}' }, '/elements/0/timestamp'],
        ['a date with an unknown token', { timestamp: 1, format: '{since}' }, 'must contain a date token'],
        ['a date with an unknown field', { timestamp: 1, format: '{ago}', ago: true }, 'unexpected field: ago'],
      ] as const
    ).map(([what, date, words]): [string, object[], string] => [
      what,
      [rich({ type: 'rich_text_section', elements: [{ type: 'date', ...date }] })],
      words,
    ]),
    ['a repeated action_id in a block', [actions(button(), button())], '`action_id` "go" already exists'],
    ['11 radio buttons', [actions({ type: 'radio_buttons', options: options(11) })], 'no more than 10 items'],
    ['11 checkboxes', [actions({ type: 'checkboxes', options: options(11) })], 'no more than 10 items'],
    ['101 options', [actions({ type: 'static_select', options: options(101) })], 'no more than 100 items'],
    ['no options', [actions({ type: 'static_select', options: [] })], 'no fewer than 1 items'],
    ['6 overflow options', [actions({ type: 'overflow', options: options(6) })], 'no more than 5 items'],
    [
      'a long option',
      [actions({ type: 'static_select', options: [{ text: plain(long(76)), value: 'a' }] })],
      'must be less than 76',
    ],
    [
      'a long option value',
      [actions({ type: 'static_select', options: [{ text: plain('A'), value: long(151) }] })],
      'must be less than 151',
    ],
    [
      'a foreign initial option',
      [actions({ type: 'radio_buttons', options: options(2), initial_option: option(3) })],
      'initial option not found',
    ],
    [
      'a reworded initial option',
      [actions({ type: 'radio_buttons', options: options(2), initial_option: { ...option(1), text: plain('Else') } })],
      'initial option not found',
    ],
    [
      'foreign initial options',
      [actions({ type: 'checkboxes', options: options(2), initial_options: [option(7)] })],
      'initial option not found',
    ],
    ['a text input among buttons', [actions({ type: 'plain_text_input', action_id: 'a' })], 'unsupported type'],
    [
      'a long confirmation',
      [
        actions(
          button({ confirm: { title: plain(long(101)), text: plain('T'), confirm: plain('Y'), deny: plain('N') } }),
        ),
      ],
      'must be less than 101',
    ],
    [
      'a broadcast in rich text',
      [rich({ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] })],
      'unsupported type',
    ],
    [
      'empty rich text',
      [rich({ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] })],
      'must be more than 0 characters',
    ],
  ])('refuse %s', (_, blocks, words) => {
    expect(complaint(checkMessageBlocks(blocks))).toContain(words);
  });
});

describe('modals', () => {
  const field = { type: 'plain_text_input', action_id: 'v' };
  it('take every input', () => {
    const inputs = [
      field,
      { type: 'static_select', option_groups: [{ label: plain('G'), options: options(2) }], initial_option: option(1) },
      { type: 'external_select', min_query_length: 0 },
      { type: 'users_select', initial_user: 'U0SAMPLEREP1' },
      { type: 'radio_buttons', options: options(10), initial_option: option(9) },
      { type: 'checkboxes', options: options(10), initial_options: [option(0), option(1)] },
      { type: 'datepicker', initial_date: '2026-11-25' },
    ];
    expect(complaint(checkModal(modal(inputs.map((element) => input(element)))))).toBe('accepted');
  });

  it.each<[string, object, string]>([
    [
      'a long title',
      modal([{ type: 'divider' }], { title: plain(long(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['a long submit', modal([{ type: 'divider' }], { submit: plain(long(25)) }), 'json-pointer:/view/submit/text'],
    ['a long close', modal([{ type: 'divider' }], { close: plain(long(25)) }), 'json-pointer:/view/close/text'],
    [
      'long private metadata',
      modal([{ type: 'divider' }], { private_metadata: long(3001) }),
      'must be less than 3001 characters',
    ],
    ['inputs without a way to send', modal([input(field)], { submit: undefined }), 'missing required field: submit'],
    ['101 blocks', modal(Array.from({ length: 101 }, () => ({ type: 'divider' }))), 'no more than 100 items'],
    ['no block', modal([]), 'no fewer than 1 items'],
    ['a button as input', modal([input(button())]), 'unsupported type'],
    [
      'a repeated block_id',
      modal([input(field, { block_id: 'a' }), input(field, { block_id: 'a' })]),
      'already exists',
    ],
    [
      'an initial value that is too long',
      modal([input({ ...field, max_length: 2, initial_value: 'abc' })]),
      'longer than max_length',
    ],
    ['a date that is none', modal([input({ type: 'datepicker', initial_date: '2026-02-30' })]), 'YYYY-MM-DD'],
    [
      'two focused inputs',
      modal([input({ ...field, focus_on_load: true }), input({ ...field, focus_on_load: true })]),
      'only one element',
    ],
  ])('refuse %s', (_, view, words) => {
    expect(complaint(checkModal(view))).toContain(words);
  });

  it('are no home', () => {
    expect(complaint(checkHome({ type: 'home', blocks: [] }))).toBe('accepted');
    expect(complaint(checkHome(modal([{ type: 'divider' }])))).not.toBe('accepted');
  });
});
