/** Rows of lists: buttons that do different things show different words. */

import { describe, expect, it } from 'vitest';
import { rowBlocks } from '../../../blocks/cards/lists.ts';
import type { OwnFlag } from '../../../flows/deal/own-flag.ts';
import { turnsOf } from '../../../flows/lists/waits.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';
import { actionsOf, plain } from './plain.ts';

const flag = (n: number): OwnFlag => ({
  id: `own-${n}`,
  title: `The reseller ${n} was not named.`,
  by: 'product-1',
  at: '2026-11-02T10:00:00.000Z',
  weight: 'moderate',
  status: 'pending',
});
const rowWith = (...ownFlags: OwnFlag[]) => {
  const view = aView({ ...aDeal(), ownFlags });
  const blocks = rowBlocks({ view, turns: turnsOf(view, 'compliance-1') }, 'compliance-1');
  return { text: plain({ blocks }), actions: actionsOf({ blocks }) };
};

describe('what waits for somebody on one deal', () => {
  it('has a number where two buttons would show the same, in its line and to a screen reader', () => {
    const { text, actions } = rowWith(flag(1), flag(2));
    expect(actions.slice(0, 2)).toMatchObject([
      { label: 'Admit or dismiss: 1', accessibleLabel: 'Admit or dismiss: 1, the flag: The reseller 1 was not named.' },
      { label: 'Admit or dismiss: 2', accessibleLabel: 'Admit or dismiss: 2, the flag: The reseller 2 was not named.' },
    ]);
    expect(text).toMatch(
      /1\. Admit or dismiss the flag “The reseller 1[^]*2\. Admit or dismiss the flag “The reseller 2/,
    );
  });

  it('has none where one button is alone', () => {
    const { text, actions } = rowWith(flag(1));
    expect(actions[0]?.label).toBe('Admit or dismiss');
    expect(text).not.toContain('1. ');
  });
});
