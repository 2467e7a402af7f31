/** No card and no form names the bot's internals, or uses words that most readers would have to look up. */

import { describe, expect, it } from 'vitest';
import type { Action, Card } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import { everyCard, everyForm } from '../support/every-card.ts';

const NOT_PLAIN = /whoever|\banew\b|\bfor ever\b|\bstreams?\b|fingerprint|scope-(no-)?[a-z]+|\bG[1-8]\b/i;
const HASH = /[0-9a-f]{64}/;

const words = (card: Card): string => fallbackText(card, (id) => id);

describe('every card', () => {
  it.each(everyCard().map(([name, card]) => [name, words(card)]))('%s is in plain words', (_, text) => {
    expect(text).not.toMatch(NOT_PLAIN);
    expect(text).not.toMatch(HASH);
    expect(text).not.toMatch(/[^.]\.\.(?!\.)/);
  });
});

const actionsOf = (blocks: Card['blocks']): Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));

/** WCAG 2.5.3: somebody who speaks to their phone says what they see. */
const problemsOf = (actions: readonly Action[]): string[] =>
  actions.flatMap(({ label, accessibleLabel = label }) =>
    accessibleLabel.toLowerCase().includes(label.toLowerCase().replace(/…$/u, ''))
      ? []
      : [`${label}: ${accessibleLabel}`],
  );

describe('every button', () => {
  it.each(everyCard().map(([name, card]) => [name, actionsOf(card.blocks)] as const))(
    'of %s is called what it shows',
    (_, actions) => {
      expect(problemsOf(actions)).toEqual([]);
    },
  );

  it.each(
    everyForm().map(([name, { blocks }]) => [name, actionsOf(blocks.flatMap((b) => (isInput(b) ? [] : [b])))] as const),
  )('of the form %s is called what it shows', (_, actions) => {
    expect(problemsOf(actions)).toEqual([]);
  });
});

describe('every form', () => {
  it.each(
    everyForm().map(([name, { blocks }]) => {
      const inputs = blocks.filter(isInput).map(({ label, hint, control }) => {
        const options = 'options' in control ? control.options.map((o) => `${o.label} ${o.description ?? ''}`) : [];
        return [label, hint, ...options].join('\n');
      });
      const rest = { blocks: blocks.flatMap((block) => (isInput(block) ? [] : block)) };
      return [name, [words(rest), ...inputs].join('\n')];
    }),
  )('%s is in plain words', (_, text) => {
    expect(text).not.toMatch(NOT_PLAIN);
    expect(text).not.toMatch(/[^.]\.\.(?!\.)/);
  });
});
