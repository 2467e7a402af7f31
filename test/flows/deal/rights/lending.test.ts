/** What an absent person's rights let a delegate do: each act by each kind of delegate, under each policy. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Ballot } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { canRead } from '../../../../flows/deal/rights/access.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { PersonId } from '../../../../flows/ids.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

/** compliance-2 is away. Who acts for them, and what they are. */
const DELEGATES = {
  'compliance-1': 'a colleague of compliance',
  'chief-1': 'the chief',
  'deputy-1': 'a named deputy',
  'deputy-rep': 'a named deputy who sells',
  'rep-1': 'a named deputy on the deal team',
  'rep-2': 'a sales rep of other deals',
  'product-1': 'a colleague of no group',
  'senior-1': 'a senior approver',
} as const;
type Delegate = keyof typeof DELEGATES;

const company = (delegate: PersonId | undefined): Organisation => ({
  ...TIMED.organisation,
  people: [
    ...TIMED.organisation.people,
    ...['deputy-1', 'deputy-rep', 'rep-2'].map((id) => ({ id, name: `Sample ${id}` })),
  ].map((p) => (p.id === 'compliance-2' ? { ...p, deputies: ['deputy-1', 'deputy-rep', 'rep-1'] } : p)),
  groups: [...TIMED.organisation.groups, { id: 'sales', name: 'Sales', members: ['rep-1', 'rep-2', 'deputy-rep'] }],
  absences: delegate ? [{ person: 'compliance-2', delegate, from: '2027-02-01', until: '2027-12-31' }] : [],
});
const under = (delegates: 'same-group' | 'anybody' | undefined, delegate?: PersonId): DealContext => ({
  ...TIMED,
  policy: aPolicy({ delegates }),
  organisation: company(delegate),
});
const with2 = (told: Story, context: DealContext): Story => story([], context).resume(told);

const LIMIT = { id: 'limit', text: 'Limit use', owner: 'boss-1', due: '2027-06-01' };
const asked = { outcome: 'approve-with-conditions', conditions: [LIMIT] } satisfies Partial<Ballot>;
const meets: DealCommand = { type: 'MeetCondition', condition: 'limit', text: 'Done.', sources: [] };

type Play = { before: (context: DealContext) => Story; command: (view: DealView, by: PersonId) => DealCommand };
const low = (context: DealContext): Story => story(answeredDeal(), context);
/** Each act of compliance, at a moment when compliance-2 could do it. */
const ACTS: Record<string, Play> = {
  'vote for them': {
    before: low,
    command: (view) => ({ ...voteOf(view), for: 'compliance-2' }) as DealCommand,
  },
  'ask for information': {
    before: low,
    command: () => ({ type: 'AskForInformation', step: 0, question: 'Who runs it?' }),
  },
  'take their question back': {
    before: (context) => low(context).and('compliance-2', { type: 'AskForInformation', step: 0, question: 'Who?' }),
    command: (view) => ({
      type: 'TakeQuestionBack',
      request: view.deal.requests[0]?.id ?? '',
      reason: 'It is in the contract.',
    }),
  },
  'accept evidence': {
    before: (context) => low(context).vote('compliance-2', asked).and('boss-1', meets),
    command: () => ({ type: 'AcceptCondition', condition: 'limit' }),
  },
  'return evidence': {
    before: (context) => low(context).vote('compliance-2', asked).and('boss-1', meets),
    command: () => ({ type: 'ReturnCondition', condition: 'limit', reason: 'More' }),
  },
  'meet their own condition': {
    before: (context) =>
      low(context).vote('compliance-1', { ...asked, conditions: [{ ...LIMIT, owner: 'compliance-2' }] }),
    command: () => meets,
  },
  'accept gaps': {
    before: low,
    command: () => ({ type: 'AcceptGaps', questions: ['H-RF1'], reason: 'Nobody knows' }),
  },
  'dismiss a flag': {
    before: (context) => low(context).and('counsel-1', { type: 'RaiseFlag', title: 'They asked me for more' }),
    command: (view) => ({ type: 'DismissFlag', flag: view.deal.ownFlags[0]?.id ?? '', reason: 'A rumour' }),
  },
  'confirm the scope': {
    before: low,
    command: () => ({ type: 'ConfirmScope' }) as DealCommand,
  },
  'confirm what is lighter': {
    before: low,
    command: () => ({ type: 'ConfirmLighter' }) as DealCommand,
  },
  'reopen the decision': {
    before: (context) => low(context).vote('compliance-1'),
    command: () => ({ type: 'Reopen', reason: 'New law' }),
  },
};
/** By act, the delegates who are not of compliance and may do it all the same. Compliance may in their own right. */
const BY_DEPUTY = new Set([
  'vote for them',
  'ask for information',
  'take their question back',
  'accept evidence',
  'return evidence',
  'meet their own condition',
]);
const OF_COMPLIANCE: readonly Delegate[] = ['compliance-1', 'chief-1'];

/** Tells whether the right is refused: what is refused for another cause is not about who acts. */
const isAllowed = (told: Story, by: PersonId, command: DealCommand): boolean => {
  try {
    told.when(by, command).refused('not allowed');
    return false;
  } catch {
    return true;
  }
};

describe('a right of compliance', () => {
  for (const [act, { before, command }] of Object.entries(ACTS)) {
    for (const [delegate, what] of Object.entries(DELEGATES) as [Delegate, string][]) {
      const allowed = (delegates: 'same-group' | 'anybody'): boolean => {
        const start = before(under(delegates));
        const told = with2(start, under(delegates, delegate));
        return isAllowed(told, delegate, command(told.view, delegate));
      };
      it(`to ${act}: ${what}`, () => {
        if (OF_COMPLIANCE.includes(delegate)) return;
        expect(allowed('same-group')).toBe(delegate === 'deputy-1' && BY_DEPUTY.has(act));
        const anybody = ['deputy-1', 'product-1', 'senior-1'].includes(delegate) && BY_DEPUTY.has(act);
        expect(allowed('anybody')).toBe(anybody);
      });
    }
  }
  it('to meet their own condition: a colleague of compliance', () => {
    for (const delegates of ['same-group', 'anybody'] as const) {
      const { before, command } = ACTS['meet their own condition'] as Play;
      const told = with2(before(under(delegates)), under(delegates, 'compliance-1'));
      told.when('compliance-1', command(told.view, 'compliance-1')).then('ConditionMet');
      const other = with2(told, under(delegates, 'rep-2'));
      expect(canRead(other.view, 'rep-2')).toBe(false);
      other
        .when('rep-2', { type: 'HandOverCondition', condition: 'limit', to: 'product-1', reason: 'So' })
        .refused('not allowed');
    }
  });
  it('is there at all: somebody of compliance has it', () => {
    for (const [act, { before, command }] of Object.entries(ACTS)) {
      if (act === 'take their question back' || act === 'vote for them' || act === 'meet their own condition') continue;
      const told = with2(before(under('same-group')), under('same-group', 'compliance-1'));
      expect([act, isAllowed(told, 'compliance-1', command(told.view, 'compliance-1'))]).toEqual([act, true]);
    }
  });
});

describe('a deputy', () => {
  const voteFor = (view: DealView): DealCommand => ({ ...voteOf(view), for: 'compliance-2' }) as DealCommand;

  it('reads the deal while there is something to do, and not one who sells', () => {
    expect(canRead(low(under('same-group', 'deputy-1')).view, 'deputy-1')).toBe(true);
    for (const delegates of ['same-group', 'anybody'] as const) {
      for (const who of ['deputy-rep', 'rep-2']) expect(canRead(low(under(delegates, who)).view, who)).toBe(false);
    }
  });
  it('who leaves the file is none, and a vote of theirs in an open step counts no more', () => {
    const context = under('same-group', 'deputy-1');
    const left = {
      ...context,
      organisation: {
        ...context.organisation,
        people: context.organisation.people.filter((p) => p.id !== 'deputy-1'),
      },
    };
    with2(low(context), left)
      .when('deputy-1', voteFor)
      .refused('not allowed', /does not know you|not away any more/);
    expect(canRead(with2(low(context), left).view, 'deputy-1')).toBe(false);
  });
  it('who is one no more lends nothing; what they did stays', () => {
    const context = under('same-group', 'deputy-1');
    const named = (deputies: string[]) => ({
      ...context,
      organisation: {
        ...context.organisation,
        people: context.organisation.people.map((p) => (p.id === 'compliance-2' ? { ...p, deputies } : p)),
      },
    });
    with2(low(context), named(['deputy-rep']))
      .when('deputy-1', voteFor)
      .refused('not allowed', /named deputy/);
    const voted = low(context).and('deputy-1', voteFor);
    expect(voted.state).toMatchObject({ decision: { votes: [{ by: 'deputy-1', for: 'compliance-2' }] } });
  });
  it('is told to be of sales where that is why', () => {
    low(under('same-group', 'deputy-rep'))
      .when('deputy-rep', voteFor)
      .refused('not allowed', /of sales.*compliance/);
  });
});
