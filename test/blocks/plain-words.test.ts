/** No card and no form names the bot's internals, or uses words that most readers would have to look up. */

import { describe, expect, it } from 'vitest';
import type { Card } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import { everyCard, everyForm } from '../support/every-card.ts';

const NOT_PLAIN = /whoever|\banew\b|for ever|\bstreams?\b|fingerprint|scope-(no-)?[a-z]+|\bG[1-8]\b/i;
const HASH = /[0-9a-f]{64}/;

const words = (card: Card): string => fallbackText(card, (id) => id);

describe('every card', () => {
  it.each(everyCard().map(([name, card]) => [name, words(card)]))('%s is in plain words', (_, text) => {
    expect(text).not.toMatch(NOT_PLAIN);
    expect(text).not.toMatch(HASH);
    expect(text).not.toMatch(/[^.]\.\.(?!\.)/);
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
