/** Who may do what: each rule as the list of those whom it lets. */

import { describe, expect, it } from 'vitest';
import {
  canDo,
  canRead,
  changesToTakeBack,
  independentCompliance,
  refusal,
  type DealAction,
} from '../../../../flows/deal/rights/access.ts';
import { pickRefusal, teamRefusal } from '../../../../flows/deal/rights/picking.ts';
import type { OpenedDeal, StandingApproval } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import {
  aDeal,
  aDecidingDeal,
  anOrganisation,
  aRoute,
  aView,
  aVote,
  NOW,
  TWO_DAYS_AGO,
} from '../../../support/deal-builders.ts';

// On the team: its owner, a colleague, and one of compliance.
const TEAM = ['rep-1', 'helper-1', 'compliance-2'];
const OUTSIDE = ['compliance-1', 'chief-1', 'senior-1', 'senior-2', 'counsel-1', 'keeper-1', 'other-1'];
/** Who acts for whom while they are away. */
const ABSENT: Record<string, string> = {
  'for-rep': 'rep-1',
  'for-compliance': 'compliance-1',
  'for-compliance-2': 'compliance-2',
  'for-senior': 'senior-1',
  'for-keeper': 'keeper-1',
  'for-other': 'other-1',
};
const EVERYBODY = [...TEAM, ...OUTSIDE, ...Object.keys(ABSENT)];

const company = (absent: Record<string, string> = {}): Organisation =>
  anOrganisation({
    people: EVERYBODY.map((id) => ({ id, name: `Sample ${id}` })),
    groups: [
      { id: 'compliance', name: 'Compliance', members: ['compliance-1', 'compliance-2'] },
      { id: 'senior', name: 'Senior approvers', members: ['senior-1', 'senior-2', 'counsel-1'] },
      { id: 'counsel', name: 'Counsel', members: ['counsel-1'] },
      { id: 'chief', name: 'Chief compliance', members: ['chief-1'] },
    ],
    absences: Object.entries(absent).map(([delegate, person]) => ({
      person,
      delegate,
      from: '2027-03-01',
      until: '2027-03-31',
    })),
  });

const TOGETHER = { involved: TEAM, team: TEAM };
const condition = { id: 'c1', text: 'Limit the use', owner: 'keeper-1', due: '2027-04-11' };
const approval = (status: 'open' | 'met' | 'accepted' = 'open') => ({
  rule: 'tier-elevated',
  route: aRoute('elevated'),
  decision: {
    outcome: 'approved with conditions' as const,
    votes: [aVote('compliance-1', 0), aVote('senior-2', 1)],
    conditions: [condition],
    at: TWO_DAYS_AGO,
    tier: 'elevated' as const,
  },
  conditions: { c1: { status, evidence: [] } },
});
const standing = (): StandingApproval => ({
  ...approval(),
  basis: { details: aDeal().details, answers: {}, ownFlags: [], requests: [] },
  since: TWO_DAYS_AGO,
  covers: [],
});

const answering = aDeal(TOGETHER);
const deciding = aDecidingDeal(TOGETHER);
const secondStep = aDecidingDeal({ ...TOGETHER, step: 1, votes: [aVote('compliance-1', 0)] });
const decided: OpenedDeal = { ...aDeal(TOGETHER), ...approval(), status: 'decided' };
const reassessed = aDeal({ ...TOGETHER, standing: standing() });
const stopped: OpenedDeal = { ...aDeal(TOGETHER), status: 'stopped', rule: 'prohibited', at: TWO_DAYS_AGO };
const withEvidence: OpenedDeal = { ...aDeal(TOGETHER), ...approval('met'), status: 'decided' };

const ACTIONS: readonly DealAction[] = [
  'answer',
  'object to basis',
  'ask counsel',
  'hand over',
  'correct details',
  'raise flag',
  'settle flag',
  'accept gaps',
  'take gaps back',
  'send on',
  'vote',
  'take vote back',
  'recuse',
  'ask for information',
  'give information',
  'take question back',
  'withdraw',
  'reopen',
  'reassign owner',
  'nudge',
  'export',
  'get dossier',
  'meet condition',
  'settle condition',
  'hand over condition',
  'lift suspension',
  'snooze',
  'set renewals',
  'set licence',
  'report change',
  'take change back',
  'reassess',
  'place hold',
  'confirm',
];

const viewOf = (deal: OpenedDeal, absent: Record<string, string> = {}): DealView =>
  aView(deal, { organisation: company(absent) });
const among = (may: (person: string) => boolean): string[] => EVERYBODY.filter(may);
const who = (action: DealAction, deal: OpenedDeal, absent: Record<string, string> = {}): string[] =>
  among((person) => canDo(viewOf(deal, absent), person, action));
const readers = (deal: OpenedDeal, absent: Record<string, string> = {}): string[] =>
  among((person) => canRead(viewOf(deal, absent), person));

const COMPLIANCE = ['compliance-1', 'chief-1'];
const APPROVERS = ['senior-1', 'senior-2', 'counsel-1'];

describe('who may read', () => {
  it('is the deal team and compliance, while it is asked', () => {
    expect(readers(answering)).toEqual([...TEAM, ...COMPLIANCE]);
    expect(readers(stopped)).toEqual([...TEAM, ...COMPLIANCE]);
  });
  it('is its approvers too, from the first step to the decision', () => {
    expect(readers(deciding)).toEqual([...TEAM, ...COMPLIANCE, ...APPROVERS]);
    const plain: OpenedDeal = { ...aDeal(TOGETHER), ...approval(), status: 'decided', conditions: {} };
    expect(readers({ ...plain, decision: { ...plain.decision, conditions: [] } } as OpenedDeal)).toEqual([
      ...TEAM,
      ...COMPLIANCE,
      ...APPROVERS,
    ]);
  });
  it('is who must meet a condition too, and the approvers of an approval that is reassessed', () => {
    expect(readers(decided)).toEqual([...TEAM, ...COMPLIANCE, ...APPROVERS, 'keeper-1']);
    expect(readers(reassessed)).toEqual([...TEAM, ...COMPLIANCE, ...APPROVERS, 'keeper-1']);
  });
  it('is who acts for one of the team, in every status', () => {
    expect(readers(answering, ABSENT)).toEqual([...TEAM, ...COMPLIANCE, 'for-rep', 'for-compliance-2']);
  });
  it('is who acts for an approver while a vote is waited for, and no longer', () => {
    expect(readers(deciding, ABSENT)).toContain('for-senior');
    expect(readers(deciding, ABSENT)).not.toContain('for-other');
    expect(readers(decided, ABSENT)).not.toContain('for-senior');
    expect(readers(reassessed, ABSENT)).not.toContain('for-senior');
  });
  it('is who acts for the owner of a condition', () => {
    expect(readers(decided, ABSENT)).toContain('for-keeper');
    expect(readers(answering, ABSENT)).not.toContain('for-keeper');
  });
  it('is who acts for compliance while evidence waits to be looked at, and no longer', () => {
    expect(readers(withEvidence, ABSENT)).toContain('for-compliance');
    expect(readers(withEvidence, ABSENT)).not.toContain('for-other');
    expect(readers(decided, ABSENT)).not.toContain('for-compliance');
    expect(readers({ ...withEvidence, ...approval('accepted') } as OpenedDeal, ABSENT)).not.toContain('for-compliance');
    const others = { ...approval('met'), conditions: { ...approval('met').conditions, c2: approval().conditions.c1 } };
    expect(readers({ ...withEvidence, ...others } as OpenedDeal, ABSENT)).toContain('for-compliance');
  });
  it('is who voted for somebody, also when they are back', () => {
    const lent = (by: string, absent?: string) =>
      aDecidingDeal({
        ...TOGETHER,
        votes: [aVote('compliance-1', 0), { ...aVote(by, 1), ...(absent === undefined ? {} : { for: absent }) }],
      });
    expect(readers(lent('for-senior', 'senior-1'))).toEqual([...TEAM, ...COMPLIANCE, ...APPROVERS, 'for-senior']);
    expect(readers(lent('other-1'))).not.toContain('other-1');
  });
});

describe('independent compliance', () => {
  it('is the compliance group without whom is on the deal', () => {
    expect(independentCompliance(viewOf(answering))).toEqual(['compliance-1']);
  });
});

describe('somebody whom nobody knows', () => {
  it('may do nothing, whatever the list says that they are on', () => {
    const deal = aDeal({ involved: ['gone'], team: ['gone'], owner: 'gone' });
    expect(refusal(viewOf(deal), 'gone', 'raise flag')).toMatch(/does not know you/);
    expect(refusal(viewOf(deal), 'gone', 'answer')).toMatch(/does not know you/);
  });
});

describe("the team's own work", () => {
  it('is corrected by the team alone', () => {
    expect(who('correct details', answering, ABSENT)).toEqual(TEAM);
    expect(refusal(viewOf(answering), 'other-1', 'correct details')).toMatch(/Ask Sample rep-1/);
  });
  it.each(['answer', 'give information'] as const)('%s: the team and who acts for one of it', (action) => {
    expect(who(action, answering)).toEqual(TEAM);
    expect(who(action, answering, ABSENT)).toEqual([...TEAM, 'for-rep', 'for-compliance-2']);
    expect(refusal(viewOf(answering, ABSENT), 'for-other', action)).toMatch(/Only the deal team/);
  });
  it('is not done for somebody by who may have to judge the deal, or has', () => {
    const swapped = { 'senior-1': 'rep-1', 'other-1': 'helper-1' };
    expect(who('answer', answering, swapped)).toEqual([...TEAM, 'other-1']);
    expect(refusal(viewOf(answering, swapped), 'senior-1', 'answer')).toMatch(/You may be needed to decide/);
    const voted = aDecidingDeal({ ...TOGETHER, votes: [aVote('other-1', 0)] });
    expect(who('answer', voted, swapped)).toEqual(TEAM);
    expect(refusal(viewOf(voted, swapped), 'other-1', 'answer')).toMatch(/You have voted on this deal/);
  });
  it('is handed over by the team, compliance, and who acts for one of the team', () => {
    expect(who('hand over', answering)).toEqual([...TEAM, ...COMPLIANCE]);
    expect(who('hand over', answering, ABSENT)).toEqual([...TEAM, ...COMPLIANCE, 'for-rep', 'for-compliance-2']);
  });
  it('asks the deal owner where nobody knows their name any more', () => {
    expect(refusal(viewOf(aDeal({ owner: 'gone' })), 'other-1', 'answer')).toMatch(/Ask the deal owner to hand you/);
  });
});

describe('flags', () => {
  it('are raised by everybody, and settled by compliance that is not on the deal', () => {
    expect(who('raise flag', answering)).toEqual(EVERYBODY);
    expect(who('settle flag', answering, ABSENT)).toEqual(COMPLIANCE);
    expect(refusal(viewOf(answering), 'compliance-2', 'settle flag')).toMatch(/another compliance colleague/);
    expect(refusal(viewOf(answering), 'helper-1', 'settle flag')).toMatch(/Only compliance/);
  });
});

describe('votes', () => {
  it('are cast by the group of the open step, and by who acts for one of it', () => {
    expect(who('vote', deciding)).toEqual(['compliance-1']);
    expect(who('vote', deciding, ABSENT)).toEqual(['compliance-1', 'for-compliance']);
    expect(who('vote', secondStep)).toEqual(APPROVERS);
    expect(who('vote', secondStep, ABSENT)).toEqual([...APPROVERS, 'for-senior']);
  });
  it('are cast only while a decision is waited for', () => {
    for (const deal of [answering, decided, stopped, reassessed]) expect(who('vote', deal)).toEqual([]);
    expect(refusal(viewOf(answering), 'compliance-1', 'vote')).toMatch(/not waiting for a decision/);
    expect(refusal(viewOf(answering), 'compliance-2', 'vote')).toMatch(/nobody decides on their own deal/);
    expect(refusal(viewOf(deciding), 'compliance-2', 'vote')).toMatch(/nobody decides on their own deal/);
  });
  it('are cast once, after which more may still be asked and the vote taken back', () => {
    const one = { ...secondStep, votes: [...secondStep.votes, aVote('senior-1', 1)] };
    expect(who('vote', one)).toEqual(['senior-2', 'counsel-1']);
    expect(who('ask for information', one)).toEqual(APPROVERS);
    expect(who('take vote back', one)).toEqual(APPROVERS);
    expect(refusal(viewOf(one), 'other-1', 'ask for information')).toMatch(/you are not in that group/);
    // An earlier step is over: its vote stands.
    expect(refusal(viewOf(one), 'compliance-1', 'take vote back')).toMatch(/earlier step/);
    expect(refusal(viewOf(one), 'compliance-1', 'ask for information')).toMatch(/earlier step/);
  });
  it('may be taken back after the right to cast it is gone', () => {
    const left = { ...secondStep, votes: [...secondStep.votes, aVote('other-1', 1)] };
    expect(who('take vote back', left)).toEqual([...APPROVERS, 'other-1']);
    expect(who('vote', left)).toEqual(APPROVERS);
  });
  it('are not cast without the training, while everything else goes on', () => {
    const until = { 'senior-1': { day: '2027-03-01', taken: true } };
    const training = { opening: [], voting: [{ id: 'course', title: 'Sample course', until }] };
    const view = aView(secondStep, { organisation: { ...company(), training } });
    expect(refusal(view, 'senior-1', 'vote')).toMatch(/ran out on 1 March 2027/);
    expect(refusal(view, 'senior-2', 'vote')).toBeUndefined();
    expect(refusal(view, 'senior-1', 'ask for information')).toBeUndefined();
    expect(refusal(view, 'senior-1', 'take vote back')).toBeUndefined();
  });
});

describe('an auditor', () => {
  const seen = (deal: OpenedDeal, absent: Record<string, string> = {}): DealView => {
    const base = company(absent);
    return aView(deal, {
      organisation: {
        ...base,
        groups: [...base.groups, { id: 'audit', name: 'Audit', members: ['other-1'] }],
        roles: { ...base.roles, auditors: 'audit' },
      },
    });
  };
  const EVERY = [answering, deciding, secondStep, decided, reassessed, stopped, withEvidence];

  it('reads every deal, and nobody else reads more', () => {
    for (const deal of EVERY) {
      const may = among((person) => canRead(seen(deal), person));
      expect(may).toEqual(among((person) => person === 'other-1' || canRead(viewOf(deal), person)));
    }
  });
  it('gets the dossier, may take back their own word, and acts on no deal, for nobody', () => {
    for (const deal of EVERY) {
      for (const absent of [{}, { 'other-1': 'senior-1' }, { 'other-1': 'rep-1' }, { 'other-1': 'compliance-1' }]) {
        for (const action of ACTIONS) {
          const may = canDo(seen(deal, absent), 'other-1', action);
          expect([action, may]).toEqual([action, action === 'get dossier']);
        }
      }
    }
    const told = { value: 'no', sources: [], by: 'rep-1', at: NOW, basis: { told: 'other-1' } };
    for (const deal of EVERY) {
      const named = { ...deal, answers: { ...deal.answers, record: { 'H-RF1': told } } };
      expect(canDo(seen(named), 'other-1', 'object to basis')).toBe(true);
    }
    expect(refusal(seen(deciding), 'other-1', 'vote')).toBe(
      'You are an auditor: you read every deal, and act on none.',
    );
  });
  it('is given no work on a deal, by compliance neither', () => {
    for (const actor of ['rep-1', 'compliance-1', 'chief-1']) {
      expect(pickRefusal(seen(decided), actor, 'other-1')).toMatch(/Sample other-1 is an auditor/);
      expect(teamRefusal(seen(answering), actor, 'other-1')).toMatch(/choose someone else/);
    }
    expect(pickRefusal(viewOf(decided), 'rep-1', 'other-1')).toBeUndefined();
  });
});

describe('the deal as a whole', () => {
  it('is withdrawn by its owner and who asked for it', () => {
    expect(who('withdraw', answering, ABSENT)).toEqual(['rep-1']);
    expect(who('withdraw', aDeal({ ...TOGETHER, owner: 'helper-1' }))).toEqual(['rep-1', 'helper-1']);
  });
  it('is given to another owner by its owner and independent compliance', () => {
    expect(who('reassign owner', answering, ABSENT)).toEqual(['rep-1', ...COMPLIANCE]);
  });
  it('is exported by compliance, on the deal or not', () => {
    expect(who('export', answering, ABSENT)).toEqual(['compliance-2', ...COMPLIANCE]);
  });
  it.each(['nudge', 'snooze', 'report change', 'get dossier'] as const)('%s: whoever may read it', (action) => {
    for (const deal of [answering, deciding, decided]) {
      expect(who(action, deal, ABSENT)).toEqual(readers(deal, ABSENT));
    }
  });
});

describe('reopening', () => {
  it('of a stopped deal is the chief’s, who is not on the deal', () => {
    expect(who('reopen', stopped, ABSENT)).toEqual(['chief-1']);
    const own = { ...stopped, team: [...TEAM, 'chief-1'] };
    expect(who('reopen', own)).toEqual([]);
    expect(refusal(viewOf(own), 'chief-1', 'reopen')).toMatch(/You are on the deal team/);
    expect(refusal(viewOf(stopped), 'compliance-1', 'reopen')).toMatch(/Only the chief compliance officer/);
  });
  it('of a decided deal, and of one whose approval stands, is independent compliance’s', () => {
    expect(who('reopen', decided, ABSENT)).toEqual(COMPLIANCE);
    expect(refusal(viewOf(decided), 'rep-1', 'reopen')).toMatch(/Only compliance can reopen a decided deal/);
    expect(who('reopen', reassessed, ABSENT)).toEqual(COMPLIANCE);
    expect(refusal(viewOf(reassessed), 'rep-1', 'reopen')).toMatch(/The approval of this deal stands/);
  });
  it('of any other deal is the team’s and compliance’s', () => {
    expect(who('reopen', answering, ABSENT)).toEqual([...TEAM, ...COMPLIANCE]);
  });
});

describe('conditions', () => {
  it('are met by who has them, the team, and who acts for one of those', () => {
    expect(who('meet condition', decided)).toEqual([...TEAM, 'keeper-1']);
    expect(who('meet condition', decided, ABSENT)).toEqual([
      ...TEAM,
      'keeper-1',
      'for-rep',
      'for-compliance-2',
      'for-keeper',
    ]);
  });
  it('are handed over by compliance besides', () => {
    expect(who('hand over condition', decided)).toEqual([...TEAM, ...COMPLIANCE, 'keeper-1']);
    expect(who('hand over condition', decided, ABSENT)).toEqual([
      ...TEAM,
      ...COMPLIANCE,
      'keeper-1',
      'for-rep',
      'for-compliance-2',
      'for-keeper',
    ]);
  });
  it('are of who has them now, not of who had them first', () => {
    const handed = { to: 'other-1', by: 'keeper-1', at: NOW, reason: 'She runs it' };
    const deal: OpenedDeal = { ...decided, conditions: { c1: { status: 'open', evidence: [], handed } } } as OpenedDeal;
    expect(who('meet condition', deal)).toEqual([...TEAM, 'other-1']);
  });
  it('are settled by compliance that is not on the deal, and who acts for one of those', () => {
    expect(who('settle condition', decided)).toEqual(COMPLIANCE);
    expect(who('settle condition', decided, ABSENT)).toEqual([...COMPLIANCE, 'for-compliance']);
    expect(refusal(viewOf(decided), 'compliance-2', 'settle condition')).toMatch(/another compliance colleague/);
    expect(refusal(viewOf(decided), 'helper-1', 'settle condition')).toMatch(/Only compliance/);
    expect(refusal(viewOf(decided, { 'helper-1': 'compliance-1' }), 'helper-1', 'settle condition')).toMatch(
      /another compliance colleague/,
    );
  });
  it.each(['lift suspension', 'place hold'] as const)('%s: compliance that is not on the deal', (action) => {
    expect(who(action, decided, ABSENT)).toEqual(COMPLIANCE);
    expect(refusal(viewOf(decided), 'compliance-2', action)).toMatch(/another compliance colleague/);
    expect(refusal(viewOf(decided), 'helper-1', action)).toMatch(/Only compliance/);
  });
});

describe('reassessments', () => {
  it('have their renewals set by the team and compliance, and are started by who acts for the team too', () => {
    expect(who('set renewals', decided, ABSENT)).toEqual([...TEAM, ...COMPLIANCE]);
    expect(who('reassess', decided, ABSENT)).toEqual([...TEAM, ...COMPLIANCE, 'for-rep', 'for-compliance-2']);
  });
  it('end for a change that was reported in error: by who reported it, and by independent compliance', () => {
    const change = (id: string, by: string) => ({
      id,
      trigger: 'A3' as const,
      why: 'They want more of it',
      due: '2027-05-01',
      by,
      since: TWO_DAYS_AGO,
    });
    const reported: OpenedDeal = {
      ...decided,
      reassessments: [change('change-1', 'helper-1'), change('change-2', 'other-1')],
    };
    expect(who('take change back', reported, ABSENT)).toEqual(['helper-1', ...COMPLIANCE, 'other-1']);
    expect(who('take change back', decided, ABSENT)).toEqual(COMPLIANCE);
    const ids = (person: string) => changesToTakeBack(viewOf(reported), person).map(({ id }) => id);
    expect(ids('helper-1')).toEqual(['change-1']);
    expect(ids('other-1')).toEqual(['change-2']);
    expect(ids('compliance-1')).toEqual(['change-1', 'change-2']);
    expect(ids('compliance-2')).toEqual([]);
  });
});
