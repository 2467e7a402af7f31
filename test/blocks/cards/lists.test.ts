/** Rows of lists: buttons that do different things show different words. */

import { describe, expect, it } from 'vitest';
import { conditionsCard } from '../../../blocks/cards/conditions.ts';
import { rowBlocks } from '../../../blocks/cards/deal-row.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { homeCard } from '../../../blocks/cards/home.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { dealTitle } from '../../../blocks/cards/spans.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import { SLACK } from '../../../blocks/limits.ts';
import { dealNames } from '../../../blocks/words.ts';
import type { OwnFlag } from '../../../flows/deal/own-flag.ts';
import type { DecidingDeal, OpenedDeal } from '../../../flows/deal/state.ts';
import { turnsOf } from '../../../flows/lists/waits.ts';
import { aDeal, aDecidingDeal, aView, aVote } from '../../support/deal-builders.ts';
import { anApproval } from '../../support/every-deal.ts';
import { actionsOf, plain } from './plain.ts';

const none = { shown: [], more: 0 };
const ONE = { 'for you': 1, open: 0, approved: 0, over: 0 };
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
          deals: {
            shown: [{ view, turns: turnsOf(view, 'rep-1'), part: 'for you' }],
            all: ONE,
            more: { ...ONE, 'for you': 0 },
          },
          asks: none,
          canOpen: true,
          decides: false,
          page: true,
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

describe('an approved deal', () => {
  const later = { id: 'C1', text: 'A plan to revoke use.', owner: 'rep-1', due: '2027-06-27' };
  const sooner = { id: 'C2', text: 'The right to stop', owner: 'rep-1', due: '2027-06-11' };
  const view = aView({ ...anApproval([later, sooner]), details: aDeal().details } as OpenedDeal);
  const row = rowBlocks({ view, turns: turnsOf(view, 'rep-1') }, 'rep-1');

  it('says first that it was approved, then what that leaves, renewal dates among it', () => {
    const text = plain({ blocks: row });
    expect(text).toMatch(
      /Approved with conditions on [^]*Condition 1 “The right to stop”, due [^]*Condition 2 “A plan to revoke use”, due/,
    );
    expect(text).toContain('Say when the licence or the contract is renewed');
    expect(actionsOf({ blocks: row }).map(({ label }) => label)).toContain('Renewal dates');
    const others = plain({ blocks: rowBlocks({ view, turns: [] }, 'compliance-1') });
    expect(others).not.toContain('Say when');
  });
  it('has its conditions under the numbers of its thread, on buttons too', () => {
    const thread = plain(conditionsCard(view));
    for (const [number, text] of [
      [1, 'The right to stop'],
      [2, 'A plan to revoke use'],
    ] as const) {
      expect(thread).toMatch(new RegExp(`${number}\\. \\S+ ${text}`));
      const button = actionsOf({ blocks: row }).find(({ label }) => label === `Done: ${number}`);
      expect(button?.accessibleLabel).toContain(text.slice(0, 10));
    }
  });
});

describe('a vote that waits', () => {
  const rowFor = (person: string, more: Partial<DecidingDeal> = {}): string => {
    const view = aView(aDecidingDeal({ step: 1, passed: [0], ...more }));
    return plain({ blocks: rowBlocks({ view, turns: turnsOf(view, person) }, person) });
  };
  it('says how many are needed and of whom, where that is more than one', () => {
    expect(rowFor('senior-1')).toContain(
      'Your vote in Senior approvers (step 2 of 2): 2 more votes are needed, 1 of them from Counsel; others who can vote: @senior-2 and @counsel-1',
    );
    // Once one is cast, any of those who can is enough.
    expect(rowFor('senior-1', { votes: [aVote('counsel-1', 1)] })).toContain(
      'Your vote in Senior approvers (step 2 of 2), or that of @senior-2',
    );
  });
});
