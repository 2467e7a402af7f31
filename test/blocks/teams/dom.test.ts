/** Cards and forms in the official renderer and by the official schema: they are valid, and typed text stays text. */

import { describe, expect, it } from 'vitest';
import type { Block, Form } from '../../../blocks/card.ts';
import { teamsCard, teamsForm, type TeamsContext } from '../../../blocks/teams/teams.ts';
import { hasSchema, NO_SCHEMA, schemaCheck } from '../../support/adaptive-card-schema.ts';
import { draw, read } from '../../support/adaptive-renderer.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { everyCard, everyForm } from '../../support/every-card.ts';
import { bodyOf, teamsShown } from '../../support/shown.ts';

const { people } = anOrganisation();
const context: TeamsContext = { names: (id) => people.find((p) => p.id === id), people };
const refresh = { deal: 'D-7K3QXM', key: 'root', userIds: ['29:sample'] };
const dialog = { surface: 'dialog', showing: 'showing-1' } as const;
const inPlace = {
  surface: 'card',
  showing: 'showing-1',
  errors: { elsewhere: 'Please look again.' },
  refresh,
} as const;

const squeezed = (text: string): string => text.replace(/\s+/gu, '');
const check = schemaCheck();

const everything = [
  ...everyCard().map(([name, card]) => [`${name} card`, teamsCard(card, context, refresh)] as const),
  ...everyForm().map(([name, form]) => [`${name} dialog`, teamsForm(form, context, dialog)] as const),
  ...everyForm().map(([name, form]) => [`${name} form on a card`, teamsForm(form, context, inPlace)] as const),
];

describe('the official schema', () => {
  it.skipIf(!hasSchema)(`takes every card${hasSchema ? '' : ` (skipped: ${NO_SCHEMA})`}`, () => {
    expect(everything.flatMap(([name, card]) => check(card).map((problem) => `${name}: ${problem}`))).toEqual([]);
    expect(check({ ...everything[0]?.[1], body: [{ type: 'RichTextBlock' }] })).not.toEqual([]);
  });
});

describe('the official renderer', () => {
  it.each(everything)('draws the %s without a complaint, words and buttons and all', (_name, card) => {
    const { element, complaints } = draw(card);
    expect(complaints).toEqual([]);
    const drawn = squeezed(read(element));
    const { words, buttons } = teamsShown(card);
    for (const line of words.split('\n')) expect(drawn).toContain(squeezed(line));
    const titles = [...element.querySelectorAll('button')].map((b) => b.textContent);
    expect(titles).toEqual(buttons.map(({ label }) => label));
    for (const set of bodyOf(card)) {
      if (set.type === 'ActionSet') expect(set.actions.length).toBeLessThanOrEqual(6);
    }
  });

  it('complains of a seventh action', () => {
    const action = { type: 'Action.OpenUrl', title: 'Open', url: 'https://a.example/' };
    const row = { type: 'ActionSet', actions: Array.from({ length: 7 }, () => action) };
    expect(draw({ type: 'AdaptiveCard', version: '1.5', body: [row] }).complaints).not.toEqual([]);
  });
});

const HOSTILE = [
  '**bold**',
  '_slanted_',
  '[good.example](http://evil.example)',
  '<at>all</at>',
  '<b onclick="x()">b</b>',
  '{{DATE(2020-01-01T00:00:00Z)}}',
  '{{TIME(2020-01-01T00:00:00Z)}}',
  '{{{{DATE(2020-01-01T00:00:00Z)}}',
  '- not a list',
  '1. not a list',
  '# no heading',
  '&amp;',
  '`code`',
  'https://evil.example',
];

/** Every place for text. */
const blocksWith = (text: string): Exclude<Block, { kind: 'title' }>[] => [
  { kind: 'heading', text },
  { kind: 'text', text: [text, { strong: text }, { quiet: text }, { person: text }, { since: text }] },
  { kind: 'text', text: [{ link: { url: 'http://a.example', text } }] },
  { kind: 'quote', text },
  { kind: 'list', items: [text] },
  { kind: 'facts', facts: [{ label: text, value: text }] },
  { kind: 'note', text },
  { kind: 'actions', actions: [{ name: 'deal.why', value: text.slice(0, 100), label: text, accessibleLabel: text }] },
];

const formWith = (text: string): Form => ({
  name: 'deal.sample',
  title: text.slice(0, 24),
  submit: 'Save',
  context: text.slice(0, 1000),
  blocks: [
    ...blocksWith(text),
    {
      kind: 'input',
      name: 'line',
      label: text,
      hint: text,
      control: { type: 'line', initial: text, placeholder: text },
    },
    { kind: 'input', name: 'long', label: text, control: { type: 'paragraph', initial: text } },
    {
      kind: 'input',
      name: 'one',
      label: text,
      control: { type: 'radio', options: [{ value: 'a', label: text, description: text }] },
    },
    {
      kind: 'input',
      name: 'some',
      label: text,
      control: { type: 'checkboxes', options: [{ value: 'a', label: text }] },
    },
  ],
});
const cardOf = (text: string) => teamsCard({ blocks: [{ kind: 'title', text }, ...blocksWith(text)] }, context);
const formOf = (text: string) =>
  teamsForm(formWith(text), context, { ...inPlace, errors: { line: text, elsewhere: text } });

/** Elements that markup would have made. */
const MADE = 'strong, em, b, i, li, h1, h2, at, code, a';
/** The word joiners that keep brackets apart are invisible. */
const seen = (element: HTMLElement): string => read(element).replaceAll('\u2060', '');

describe.each(HOSTILE)('text like %s', (text) => {
  it.each([
    ['card', cardOf],
    ['form', formOf],
  ] as const)('stays text in a %s', (_where, make) => {
    const { element, complaints } = draw(make(text));
    expect(complaints).toEqual([]);
    expect([...element.querySelectorAll(MADE)].map((e) => e.outerHTML)).toEqual([]);
    const drawn = seen(element);
    const times = (drawn.length - drawn.replaceAll(text, '').length) / text.length;
    expect(times).toBeGreaterThanOrEqual(make === cardOf ? 12 : 20);
  });

  it('makes no link even in a client that reads Markdown in choices', () => {
    expect(draw(formOf(text), { choices: true }).element.querySelectorAll('a').length).toBe(0);
  });
});

it('the Markdown of this test does work, where it is asked for', () => {
  const body = HOSTILE.map((text) => ({ type: 'TextBlock', text }));
  const { element } = draw({ type: 'AdaptiveCard', version: '1.5', body });
  expect(element.querySelector('strong')?.textContent).toBe('bold');
  expect(element.querySelector('a')?.getAttribute('href')).toBe('http://evil.example');
  expect(element.textContent).not.toContain('DATE(2020-01-01T00:00:00Z)}}{{');
});

describe('hidden and endless text', () => {
  it('loses what turns or hides it', () => {
    const text = 'abc\u202Egnp.exe\u202C\u2066x\u2069\u200B\u0000';
    for (const card of [cardOf(text), formOf(text)]) {
      expect(JSON.stringify({ ...card, body: bodyOf(card).filter((e) => e.type !== 'ActionSet') })).not.toMatch(
        /[\u202A-\u202E\u2066-\u2069\u200B]|\\u0000/,
      );
      expect(read(draw(card).element)).toContain('abcgnp.exex');
    }
  });

  it.each(['word ', '“é” ', '"\\', '語', '{{DATE(', 'a\n', '👩‍👩‍👧'])(
    'of 40,000 characters of %j is shown as far as it fits, and counted',
    (unit) => {
      const text = unit.repeat(40_000 / unit.length);
      for (const card of [cardOf(text), formOf(text)]) {
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(80_000);
        const { element, complaints } = draw(card);
        expect(complaints).toEqual([]);
        expect(element.textContent).toMatch(/… \(\d+ more characters\)/);
      }
      // A form cuts all its texts before it drops a part.
      expect(draw(cardOf(text)).element.textContent).toMatch(/… \d+ more parts did not fit here/);
      expect(JSON.stringify(cardOf(text)).length).toBeLessThan(40_000);
    },
  );
});
