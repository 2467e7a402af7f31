/** What a vote asked for stays its voter's word: asked for after somebody did without, beside a colleague, or in a vote that did not count. */

import { describe, expect, it } from 'vitest';
import { settledCard } from '../../../../blocks/cards/settled.ts';
import { conditionItems } from '../../../../blocks/cards/spans.ts';
import { askedText } from '../../../../blocks/dossier/words.ts';
import type { Ballot, Condition } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { askersOf } from '../../../../flows/deal/rights/asked-together.ts';
import { openCarried } from '../../../../flows/deal/rights/carried.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { plain, plainText } from '../../../blocks/cards/plain.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const LIMIT: Condition = { id: 'limit', text: 'Limit use', owner: 'product-1', due: '2027-06-01' };
const asking = (...conditions: Condition[]) =>
  ({ outcome: 'approve-with-conditions', conditions, leftOut: undefined }) satisfies Partial<Ballot>;
const without = (...ids: string[]) =>
  ({
    leftOut: ids.map((id) => ({ condition: { ...LIMIT, id }, askedBy: 'nobody', reason: 'It is done.' })),
  }) satisfies Partial<Ballot>;
const seniors = (organisation: Organisation, members: string[]): Organisation => ({
  ...organisation,
  groups: organisation.groups.map((g) => (g.id === 'senior' ? { ...g, members } : g)),
});
const context: DealContext = {
  ...TIMED,
  policy: aPolicy({ managerAlone: false, delegates: 'same-group', lighter: 'reason' }),
  organisation: seniors(TIMED.organisation, ['boss-1', 'senior-1']),
};
/** Compliance and a senior decide. */
const deal = (): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context);
const typo = (told: Story): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, customer: `${v.deal.details.customer} B` },
    reason: 'A typing error',
  }));
/** `compliance-1, senior-1: Limit use`: whose word each is that the next vote takes over or leaves out. */
const open = ({ view }: Story): string[] =>
  openCarried(view).map(({ by, condition }) => `${askersOf({ askedBy: by, condition }).join(', ')}: ${condition.text}`);

describe('the same words', () => {
  it('of somebody who asks after a colleague did without wait, once that vote is void', () => {
    const told = typo(deal().vote('compliance-1', asking(LIMIT)))
      .vote('compliance-2', without('limit'))
      .vote('boss-1', asking({ ...LIMIT, id: 'theirs' }))
      .and('boss-1', { type: 'Recuse', reason: 'A cousin works there' });
    expect(open(told)).toEqual(['boss-1: Limit use']);
    told.when('senior-1', (v) => voteOf(v, { leftOut: undefined })).refused('not valid', /Sample Manager asked for/);
  });

  it('of two whose approval is reopened are both of theirs', () => {
    const told = deal()
      .vote('compliance-1', asking(LIMIT))
      .vote('senior-1', asking({ ...LIMIT, id: 'theirs' }));
    const { decision } = told.state as Extract<Story['state'], { status: 'decided' }>;
    expect(decision.conditions).toEqual([{ ...LIMIT, askedBy: 'compliance-1', askedAlso: ['senior-1'] }]);
    const again = told.and('compliance-2', { type: 'Reopen', reason: 'That was too easy' });
    expect(open(again)).toEqual(['compliance-1, senior-1: Limit use']);
  });

  it('of one who took them over, and asks for them by themself once somebody did without', () => {
    const taken = high()
      .vote('compliance-1')
      .vote('senior-1', asking(LIMIT))
      .and('senior-1', { type: 'Recuse', reason: 'A cousin works there' })
      .vote('senior-2', asking(LIMIT));
    expect(open(typo(taken))).toEqual(['senior-1: Limit use']);
    const own = typo(taken)
      .vote('compliance-1', without('limit'))
      .vote('senior-2', asking({ ...LIMIT, id: 'theirs', due: '2027-07-01' }));
    expect(open(typo(own))).toEqual(['senior-1, senior-2: Limit use']);
  });
});

const FOUR: DealContext = {
  ...context,
  organisation: seniors(TIMED.organisation, ['boss-1', 'senior-1', 'senior-2', 'counsel-1']),
};
const THEIRS: Condition = { ...LIMIT, id: 'theirs' };
const high = (): Story => story(answeredDeal({ 'H-RF1': 'yes' }), FOUR);
const recuse = (told: Story, person: string): Story =>
  told.and(person, { type: 'Recuse', reason: 'A cousin works there' });
const reopen = (told: Story): Story => told.and('compliance-2', { type: 'Reopen', reason: 'That was too easy' });
const decidedIn = ({ state }: Story) => {
  if (state.status !== 'decided') throw new Error(state.status);
  return state.decision;
};
const reassess = (told: Story): Story => {
  const begun = told
    .and('rep-1', { type: 'ReportChange', what: 'major', why: 'They run it themselves now.' })
    .and('rep-1', { type: 'StartReassessment' });
  return Object.keys(told.view.deal.answers).reduce(
    (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
    begun,
  );
};
const met = (told: Story, condition: string): Story =>
  told
    .and('product-1', { type: 'MeetCondition', condition, text: 'The contract says so.', sources: [] })
    .and('compliance-1', { type: 'AcceptCondition', condition });

describe('whoever leaves out the words of one', () => {
  it('leaves out nobody’s whose vote counted then', () => {
    const out = recuse(
      high()
        .vote('compliance-1')
        .vote('senior-1', asking(LIMIT))
        .vote('senior-2', asking({ ...THEIRS, due: '2027-07-01' })),
      'senior-1',
    ).vote('boss-1', without('limit'));
    expect(open(out)).toEqual([]);
    expect(open(recuse(out, 'senior-2'))).toEqual(['senior-2: Limit use']);
  });

  it('leaves them out once: what their voter says after that of something else brings nothing back', () => {
    const out = typo(deal().vote('compliance-1').vote('boss-1', asking(LIMIT)))
      .vote('compliance-1', without('limit'))
      .vote('boss-1');
    expect(open(recuse(out, 'boss-1'))).toEqual([]);
    const again = typo(deal().vote('compliance-1').vote('boss-1', asking(LIMIT)))
      .vote('compliance-1', without('limit'))
      .vote('boss-1', asking({ ...THEIRS, due: '2027-09-01' }));
    expect(openCarried(recuse(again, 'boss-1').view)).toMatchObject([
      { by: 'boss-1', condition: { id: 'theirs', due: '2027-09-01' } },
    ]);
  });

  it('is shown in an approval of something else only where an approval did without', () => {
    const out = recuse(high().vote('compliance-1').vote('senior-1', asking(LIMIT)), 'senior-1').vote(
      'senior-2',
      without('limit'),
    );
    const left = { ...FOUR, organisation: seniors(FOUR.organisation, ['boss-1', 'senior-1', 'counsel-1']) };
    const taken = story([], left).resume(out).vote('boss-1', asking(LIMIT)).vote('counsel-1');
    const again = reassess(met(taken, 'limit')).vote('compliance-1').vote('boss-1').vote('counsel-1');
    const more = reassess(again).and('rep-1', (v) => ({
      type: 'CorrectDetails',
      details: { ...v.deal.details, valueBand: 'over-10m' },
      reason: 'They want more of it',
    }));
    expect(open(more)).toEqual([]);
  });
});

describe('one that is given to somebody who owes the same', () => {
  it('is of everybody who asked, and whoever gave it said so', () => {
    const of = { ...THEIRS, owner: 'rep-1' };
    const told = typo(deal().vote('compliance-1', asking(LIMIT)).vote('boss-1', asking(of)));
    const done = told
      .vote('compliance-2', { ...asking({ ...LIMIT, owner: 'rep-1' }, of), ...without('limit') })
      .vote('senior-1');
    expect(decidedIn(done).conditions).toMatchObject([
      { owner: 'rep-1', askedBy: 'compliance-1', ownerBy: 'compliance-2', askedAlso: ['boss-1'] },
    ]);
  });

  it('never shares its id with another, so that what is handed in for one meets no other', () => {
    const approved = deal().vote('compliance-1', asking(LIMIT)).vote('senior-1');
    const done = reassess(approved)
      .vote('compliance-1', { ...asking({ ...LIMIT, owner: 'rep-1' }), ...without('limit') })
      .vote('senior-1', asking(LIMIT));
    expect(decidedIn(done).conditions.map(({ id, owner }) => [id, owner])).toEqual([
      ['limit:rep-1', 'rep-1'],
      ['limit', 'product-1'],
    ]);
    let given = typo(deal().vote('compliance-1', asking(LIMIT)));
    given = typo(given.vote('compliance-2', { ...asking({ ...LIMIT, owner: 'rep-1' }), ...without('limit') }));
    const both = {
      ...asking({ ...LIMIT, owner: 'rep-1' }, { ...LIMIT, id: 'limit:rep-1', owner: 'counsel-1' }),
      leftOut: ['product-1', 'rep-1'].map((owner) => ({
        condition: { ...LIMIT, id: owner === 'rep-1' ? 'limit:rep-1' : 'limit', owner },
        askedBy: 'nobody',
        reason: 'They do it.',
      })),
    };
    const ids = openCarried(typo(given.vote('compliance-1', both)).view).map(({ condition }) => condition.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
  });
});

describe('one of an approval that a colleague asks for sooner', () => {
  it('keeps its id, and so what was handed in for it, with the sooner date and who set that', () => {
    const late = { ...LIMIT, due: '2027-12-01' };
    const approved = deal().vote('compliance-1', asking(late)).vote('senior-1');
    const done = reassess(approved).vote('compliance-1', asking(late)).vote('senior-1', asking(THEIRS));
    expect(decidedIn(done).conditions).toMatchObject([
      { id: 'limit', due: LIMIT.due, dueBy: 'senior-1', askedBy: 'compliance-1', askedAlso: ['senior-1'] },
    ]);
    const sooner = recuse(
      reassess(approved).vote('compliance-1', asking(late)).vote('boss-1', asking(THEIRS)),
      'boss-1',
    );
    expect(openCarried(typo(sooner).view)).toMatchObject([
      { by: 'compliance-1', approval: expect.any(String), condition: { id: 'limit', due: LIMIT.due, dueBy: 'boss-1' } },
    ]);
  });
});

describe('a date that has passed in a vote that decided nothing', () => {
  const MARCH_5 = '2027-03-05T09:00:00.000Z';
  const on = (told: Story, person: string, ballot: Partial<Ballot>): Story =>
    told.and(person, (v) => voteOf(v, ballot), MARCH_5);
  const asOpen = (told: Story) => openCarried({ ...told.view, now: MARCH_5 });

  it('hides no nearer one that somebody set after it', () => {
    const early = typo(deal().vote('compliance-1', asking({ ...LIMIT, due: '2027-03-03' })));
    const again = typo(on(early, 'compliance-2', asking({ ...LIMIT, due: '2027-03-12' })));
    expect(asOpen(again)).toMatchObject([
      { by: 'compliance-1', condition: { due: '2027-03-12', dueBy: 'compliance-2' } },
    ]);
    expect(asOpen(again)[0]).not.toHaveProperty('until');
  });

  it('makes that of an approval no overdue one', () => {
    const late = { ...LIMIT, due: '2027-12-01' };
    const begun = reassess(deal().vote('compliance-1', asking(late)).vote('senior-1')).vote(
      'compliance-1',
      asking(late),
    );
    const sooner = typo(recuse(begun.vote('boss-1', asking({ ...THEIRS, due: '2027-03-03' })), 'boss-1'));
    expect(asOpen(sooner)).toMatchObject([{ approval: expect.any(String), besides: true, until: '2027-04-04' }]);
    sooner
      .when('compliance-1', (v) => voteOf(v, asking({ ...late, due: '2027-03-10' })), MARCH_5)
      .then('VoteCast', 'StepCompleted');
  });
});

describe('what handing over does', () => {
  it('neither loses a stronger word, nor what was handed in where a colleague asks sooner of the new owner', () => {
    const late = { ...LIMIT, due: '2027-12-01' };
    const put = typo(deal().vote('compliance-1', asking(LIMIT)))
      .vote('compliance-2', { ...asking(late), ...without('limit') })
      .vote('senior-1', asking({ ...THEIRS, due: '2027-11-01' }));
    const handed = put.and('product-1', {
      type: 'HandOverCondition',
      condition: decidedIn(put).conditions[0]!.id,
      to: 'rep-1',
      reason: 'They run it',
    });
    expect(openCarried(reopen(handed).view).map(({ by, condition }) => [by, condition.due])).toContainEqual([
      'compliance-1',
      LIMIT.due,
    ]);
    const approved = deal().vote('compliance-1', asking(late)).vote('senior-1');
    const done = reassess(approved)
      .vote('compliance-1', { ...asking({ ...late, owner: 'rep-1' }), ...without('limit') })
      .vote('senior-1', asking({ ...THEIRS, owner: 'rep-1' }));
    expect(decidedIn(done).conditions).toMatchObject([{ id: 'limit', owner: 'rep-1', due: LIMIT.due }]);
  });
});

describe('what an approval left out', () => {
  it('is read in the next of something else, whatever void vote said the same words', () => {
    const alone = {
      leftOut: [{ condition: LIMIT, askedBy: 'nobody', reason: 'It is done.' }],
    } satisfies Partial<Ballot>;
    const asked = typo(recuse(high().vote('compliance-1').vote('senior-1', asking(LIMIT)), 'senior-1'));
    const twice = typo(asked.vote('compliance-1', alone)).vote('compliance-1', alone);
    const approved = twice.vote('boss-1').vote('counsel-1');
    const next = reassess(approved).vote('compliance-1').vote('boss-1').vote('counsel-1');
    const more = reassess(next).and('rep-1', (v) => ({
      type: 'CorrectDetails',
      details: { ...v.deal.details, valueBand: 'over-10m' },
      reason: 'They want more of it',
    }));
    expect(openCarried(more.view)).toMatchObject([{ by: 'senior-1', left: { by: 'compliance-1' } }]);
  });
});

describe('the reasons of one who voted in the approval and again', () => {
  it('stay both, whichever ended last', () => {
    const approved = deal().vote('compliance-1', { rationale: 'The first approval had this reason.' }).vote('senior-1');
    const begun = reassess(approved).vote('compliance-1', { rationale: 'The second one says this.' });
    const { deal: after } = begun.and('compliance-2', { type: 'Reopen', reason: 'That was too easy' }).view;
    expect(after.carried?.find(({ by }) => by === 'compliance-1')?.rationale).toBe('The second one says this.');
    expect(after.pastVotes?.map(({ rationale }) => rationale)).toContain('The first approval had this reason.');
  });
});

describe('whoever asked beside another', () => {
  it('stays so through a reopening where the first was made later, and hears what comes of it', () => {
    const late = { ...LIMIT, due: '2027-07-01' };
    const told = typo(deal().vote('compliance-1', asking(LIMIT)))
      .vote('compliance-2', { ...asking(late), ...without('limit') })
      .vote('senior-1', asking({ ...THEIRS, due: '2027-07-15' }));
    expect(open(reopen(told))).toEqual([expect.stringMatching(/compliance-1, senior-1/)]);
    const both = deal().vote('compliance-1', asking(LIMIT)).vote('senior-1', asking(THEIRS));
    const handed = both.and('product-1', {
      type: 'MeetCondition',
      condition: 'limit',
      text: 'The contract says so.',
      sources: [],
    });
    const accepted = handed.and('compliance-2', { type: 'AcceptCondition', condition: 'limit' });
    expect(toldOf(noticesBetween(handed, accepted), 'condition accepted')).toEqual(
      expect.arrayContaining(['compliance-1', 'senior-1']),
    );
  });

  it('is named on the vote that takes one’s own over, on the next review, and in the dossier', () => {
    const both = deal().vote('compliance-1', asking(LIMIT)).vote('senior-1', asking(THEIRS));
    const taken = reopen(both).vote('compliance-1', asking(LIMIT));
    const [condition] = taken.state.status === 'deciding' ? taken.state.votes[0]!.conditions : [];
    expect(plainText(conditionItems([condition!])[0]!)).toContain('Also asked for by @senior-1.');
    expect(askedText(taken.view, condition!)).toContain('Also asked for by Sample Senior');
  });
});

describe('whoever approved what is reassessed', () => {
  it('is not told that they voted again, once their step is not open', () => {
    const begun = reassess(deal().vote('compliance-1').vote('senior-1')).vote('compliance-1');
    const back = typo(begun);
    const card = settledCard(back.view, { kind: 'votes', step: 1 }, 'senior-1', { below: false });
    expect(plain(card)).toContain('Your vote is not needed now.');
    expect(plain(card)).not.toContain('You approved');
  });
});

describe('what a vote asked for that did not count', () => {
  it('waits where the others decided against the deal, and it is opened again', () => {
    const told = deal().vote('compliance-1').vote('boss-1', asking(LIMIT));
    const left: DealContext = { ...context, organisation: seniors(context.organisation, ['senior-1']) };
    const declined = story([], left).resume(told).vote('senior-1', { outcome: 'decline' });
    expect(declined.state).toMatchObject({ status: 'decided', decision: { outcome: 'declined' } });
    const again = declined.and('compliance-2', { type: 'Reopen', reason: 'They are back' });
    expect(open(again)).toEqual(['boss-1: Limit use']);
  });
});
