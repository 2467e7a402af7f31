/** Rows of lists: buttons that do different things show different words. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../blocks/cards/facts.ts';
import { homeCard } from '../../../blocks/cards/home.ts';
import { rowBlocks } from '../../../blocks/cards/lists.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { dealTitle } from '../../../blocks/cards/spans.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import { SLACK } from '../../../blocks/limits.ts';
import { dealNames } from '../../../blocks/words.ts';
import type { OwnFlag } from '../../../flows/deal/own-flag.ts';
import { conditionStanding } from '../../../flows/deal/rights/whose-turn.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { turnsOf } from '../../../flows/lists/waits.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';
import { anApproval } from '../../support/every-deal.ts';
import { actionsOf, plain } from './plain.ts';

const none = { shown: [], more: 0 };
const condition = { id: 'C1', text: 'Limit use to roads', owner: 'rep-1', due: '2027-05-01' };

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

describe('the name of a deal', () => {
  const NAME = '“Sample Ministry”, Norway · customer “Sample Telecom”';

  it('is the same on its card, in lists, on Home and in messages', () => {
    const view = aView({ ...anApproval([condition]), details: aDeal().details } as OpenedDeal);
    const row = plain({ blocks: rowBlocks({ view, turns: [] }, 'rep-1') });
    const home = plain(
      homeCard(
        {
          queue: none,
          deals: { ...none, waitMore: 0 },
          asks: none,
          canOpen: true,
          decides: false,
          conditions: { shown: conditionStanding(view).map((standing) => ({ view, standing })), more: 0 },
        },
        'rep-1',
        { mine: '/deal mine', queue: '/deal queue' },
      ),
    );
    const told = plain(factCard(view, { fact: 'decided' }, {}, { to: 'person', person: 'rep-1' }));
    for (const text of [plain(rootCard(view)), plain(statusCard(view)), row, home, told])
      expect(text).toContain(`D-7K3QXM · ${NAME}`);
  });
  it('names one where the customer is the end-user, and says no more than they are called', () => {
    const { details } = aDeal();
    expect(dealNames({ ...details, customer: ' Sample Ministry ' }, 40)).toBe('“Sample Ministry”, Norway');
    expect(dealNames({ ...details, customer: '” ✅ Approved “' }, 40)).toBe(
      '“Sample Ministry”, Norway · customer “" ✅ Approved "”',
    );
  });
  it('fits a header, however long the names are', () => {
    const long = 'Sample Ministry of very many things '.repeat(9);
    const longest = ['CD', 'VC', 'GS', 'HM'].map((destination) =>
      dealTitle({
        id: 'D-7K3QXM9',
        details: { ...aDeal().details, customer: long, endUser: { name: `${long}2`, kind: 'private' }, destination },
      }),
    );
    for (const title of longest) {
      expect(title.length).toBeLessThanOrEqual(SLACK.header);
      expect(title).toMatch(/^D-7K3QXM9 · “[^“”]*…”, .* · customer “[^“”]*…”$/);
    }
  });
});

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
