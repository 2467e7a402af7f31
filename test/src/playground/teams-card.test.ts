import { describe, expect, it } from 'vitest';
import { checkCard } from '../../../src/playground/teams-cloud/card-check.ts';
import { card } from './teams-bench.ts';

const problems = (content: unknown, where: 'message' | 'dialog' = 'message'): string[] => {
  const checked = checkCard(content, where);
  return checked.ok ? [] : checked.problems;
};
const withBody = (...body: object[]): object => card({ body });
const withActions = (...actions: object[]): object => card({ actions });
const execute = { type: 'Action.Execute', title: 'Go', verb: 'go', data: { clearthread: { do: 'click' } } };
const text = { type: 'TextBlock', text: 'Words' };

describe('a card that Teams draws', () => {
  it('passes with everything in it', () => {
    const content = card({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      msteams: { width: 'Full' },
      refresh: { action: { ...execute, verb: 'look' }, userIds: ['29:1abc'] },
      fallbackText: 'Words',
      body: [
        { ...text, style: 'heading', size: 'large', weight: 'Bolder', wrap: true },
        { type: 'RichTextBlock', inlines: ['plain', { type: 'TextRun', text: 'run', italic: true }] },
        {
          type: 'ColumnSet',
          columns: [
            { type: 'Column', width: 'stretch', items: [text] },
            { items: [text], selectAction: execute },
          ],
        },
        { type: 'Container', style: 'emphasis', items: [{ type: 'ActionSet', actions: [execute] }] },
        {
          type: 'Table',
          columns: [{ width: 1 }],
          rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }],
        },
        { type: 'FactSet', facts: [{ title: 'a', value: 'b' }] },
        { type: 'Input.Text', id: 'note', label: 'Note', isMultiline: true, maxLength: 10, value: '' },
        { type: 'Input.Number', id: 'count', value: 3 },
        { type: 'Input.Date', id: 'due', value: '2026-01-31' },
        { type: 'Input.Toggle', id: 'sure', title: 'Sure', valueOn: 'yes', valueOff: 'no' },
        { type: 'Input.ChoiceSet', id: 'choice', style: 'expanded', choices: [{ title: 'a', value: 'b' }] },
      ],
      actions: [
        { ...execute, style: 'positive', fallback: { type: 'Action.Submit', title: 'Go', data: {} } },
        { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' },
        { type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [text] } },
      ],
    });
    expect(problems(content)).toEqual([]);
  });
});

describe('a card is refused', () => {
  it.each<[string, unknown, string]>([
    ['that is none', { type: 'Card' }, 'the card must be an AdaptiveCard'],
    ['of a newer version', card({ version: '1.6' }), '/version must be 1.0 to 1.5'],
    ['without a version', { type: 'AdaptiveCard', body: [] }, '/version must be 1.0 to 1.5'],
    ['with an unknown property', card({ colour: 'red' }), ' has an unknown property colour'],
    ['with an unknown element', withBody({ type: 'Badge' }), '/body/0 is no element of Adaptive Cards 1.5: Badge'],
    [
      'with an element named as JavaScript does',
      withBody({ type: 'toString' }),
      '/body/0 is no element of Adaptive Cards 1.5: toString',
    ],
    ['with an action in its body', withBody(execute), '/body/0 is no element of Adaptive Cards 1.5: Action.Execute'],
    [
      'with an unknown action',
      withActions({ type: 'Action.Http' }),
      '/actions/0 is no action of Adaptive Cards 1.5: Action.Http',
    ],
    ['with a text block without text', withBody({ type: 'TextBlock' }), '/body/0 needs text'],
    ['with text that is a number', withBody({ type: 'TextBlock', text: 5 }), '/body/0/text must be a string'],
    [
      'with an unknown word',
      withBody({ ...text, color: 'red' }),
      '/body/0/color must be one of default dark light accent good warning attention',
    ],
    ['with a flag in words', withBody({ ...text, wrap: 'true' }), '/body/0/wrap must be true or false'],
    ['with a body that is no list', card({ body: text }), '/body must be a list'],
    [
      'with an error deep inside',
      withBody({ type: 'Container', items: [{ type: 'ColumnSet', columns: [{ items: [{ type: 'Nope' }] }] }] }),
      '/body/0/items/0/columns/0/items/0 is no element of Adaptive Cards 1.5: Nope',
    ],
    [
      'with an error in a fallback',
      withActions({ ...execute, fallback: { type: 'Nope' } }),
      '/actions/0/fallback is no action of Adaptive Cards 1.5: Nope',
    ],
    [
      'with a run of another kind',
      withBody({ type: 'RichTextBlock', inlines: [text] }),
      '/body/0/inlines/0 must be a string or a TextRun',
    ],
    [
      'with two inputs of one name',
      withBody({ type: 'Input.Text', id: 'a' }, { type: 'Input.Date', id: 'a' }),
      '/body/1/id names two inputs',
    ],
    ['with a nameless input', withBody({ type: 'Input.Text' }), '/body/0 needs id'],
    [
      'with an input that holds no text',
      withBody({ type: 'Input.Date', id: 'a', value: 5 }),
      '/body/0/value must be a string',
    ],
    [
      'with a choice without a value',
      withBody({ type: 'Input.ChoiceSet', id: 'a', choices: [{ title: 'a' }] }),
      '/body/0/choices/0 needs value',
    ],
    [
      'with seven actions',
      withActions(...Array.from({ length: 7 }, () => execute)),
      '/actions has more than 6 actions',
    ],
    [
      'with seven actions in a set',
      withBody({ type: 'ActionSet', actions: Array.from({ length: 7 }, () => execute) }),
      '/body/0/actions has more than 6 actions',
    ],
    ['with an Execute without verb', withActions({ type: 'Action.Execute', title: 'Go' }), '/actions/0 needs verb'],
    ['with an empty verb', withActions({ ...execute, verb: '' }), '/actions/0/verb is empty'],
    ['with data that is no object', withActions({ ...execute, data: 'x' }), '/actions/0/data must be an object'],
    [
      'with a link that runs',
      withActions({ type: 'Action.OpenUrl', title: 'x', url: 'javascript:alert(1)' }),
      '/actions/0/url must be a web address',
    ],
    [
      'that refreshes for 61 people',
      card({ refresh: { action: execute, userIds: Array.from({ length: 61 }, (_, n) => `29:${n}`) } }),
      '/refresh/userIds names more than 60 people',
    ],
    [
      'that refreshes for object ids',
      card({ refresh: { action: execute, userIds: ['00000000-0000-4000-8000-000000000001'] } }),
      '/refresh/userIds must be ids that begin with 29:',
    ],
    [
      'that refreshes by Submit',
      card({ refresh: { action: { type: 'Action.Submit' } } }),
      '/refresh/action must be Action.Execute',
    ],
    [
      'that opens a card by itself',
      withBody({ type: 'Container', items: [], selectAction: { type: 'Action.ShowCard', card: card() } }),
      '/body/0/selectAction cannot be Action.ShowCard',
    ],
  ])('%s', (_name, content, problem) => {
    expect(problems(content)).toEqual([problem]);
  });

  it('in a dialog, with an Execute', () => {
    expect(problems(withActions(execute), 'dialog')).toEqual(['/actions/0: a dialog knows no Action.Execute']);
    expect(problems(withActions({ type: 'Action.Submit', title: 'Save', data: {} }), 'dialog')).toEqual([]);
  });

  it.each([undefined, null, 'card', [], 5])('%j is no card', (content) => {
    expect(problems(content)).toHaveLength(1);
  });
});
