import { describe, expect, it } from 'vitest';
import { decide } from '../../../../flows/deal/decide.ts';
import { aDeal, aPolicy, NOW } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, ballot, CONTEXT, story, voteOf } from '../../../support/story.ts';

const low = () => story(answeredDeal());
const high = () => story(answeredDeal({ 'H-RF1': 'yes' }));
const condition = { id: 'c1', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };

describe('voting', () => {
  it('decides a low deal by one compliance reviewer', () => {
    const told = low().when('compliance-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
    expect(told.state).toMatchObject({ status: 'decided', decision: { outcome: 'approved', tier: 'low' } });
  });
  it('takes a high deal through compliance, then two of whom one is counsel', () => {
    high()
      .when('senior-1', voteOf)
      .refused('not allowed', /Compliance decides first\. Your step comes after that/);
    const told = high().vote('compliance-1').vote('senior-1');
    told.when('senior-2', voteOf).then('VoteCast');
    told.when('counsel-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('keeps waiting for counsel when two others voted', () => {
    const told = high().vote('compliance-1').vote('senior-1').vote('senior-2');
    expect(told.state).toMatchObject({ status: 'deciding', step: 1 });
    told.when('counsel-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is declined by one decline', () => {
    const told = high()
      .vote('compliance-1')
      .when('senior-1', (v) => voteOf(v, { outcome: 'decline' }))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    expect(told.state).toMatchObject({ status: 'decided', decision: { outcome: 'declined', conditions: [] } });
  });
  it('unites the conditions of several approvals', () => {
    const more = { outcome: 'approve-with-conditions' as const, conditions: [condition] };
    const told = high()
      .vote('compliance-1', more)
      .vote('senior-1')
      .vote('counsel-1', { ...more, conditions: [{ ...condition, id: 'c2', due: '2027-05-01' }] });
    expect(told.state).toMatchObject({
      status: 'decided',
      decision: { outcome: 'approved with conditions', conditions: [{ text: 'Limit use', due: '2027-05-01' }] },
    });
  });
});

describe('who may not vote', () => {
  it('the deal team, other groups, people who voted', () => {
    low()
      .when('rep-1', voteOf)
      .refused('not allowed', /nobody decides on their own deal/);
    low()
      .when('senior-1', voteOf)
      .refused('not allowed', /you are not in that group/);
    const told = high().vote('compliance-1').vote('senior-1');
    told.when('senior-1', voteOf).refused('not allowed', /voted in this step already/);
    told.when('nobody', voteOf).refused('not allowed', /does not know you/);
  });
  it('anybody once it is decided', () => {
    low().vote('compliance-1').when('compliance-1', voteOf).refused('not now');
  });
});

describe('what a vote must hold', () => {
  it('an opinion on each flag, reasons for clearing, the weighing and a sentence', () => {
    high()
      .when('compliance-1', (v) => voteOf(v, { flags: {} }))
      .refused('not valid', /uphold or clear/, { flag: 'H-RF1', part: 'opinion' });
    high()
      .when('compliance-1', (v) => voteOf(v, { flags: { 'H-RF1': { opinion: 'clear', reason: ' ' } } }))
      .refused('not valid', /why you clear/, { flag: 'H-RF1', part: 'reason' });
    high()
      .when('compliance-1', (v) => voteOf(v, { weighing: undefined }))
      .refused('not valid', /weighing/, 'leverage');
    low()
      .when('compliance-1', (v) => voteOf(v, { rationale: 'ok' }))
      .refused('not valid', /at least 20 characters/, 'rationale');
  });
  it('conditions that somebody can meet', () => {
    const more = { outcome: 'approve-with-conditions' as const };
    low()
      .when('compliance-1', (v) => voteOf(v, more))
      .refused('not valid', /at least one condition/, 'outcome');
    low()
      .when('compliance-1', (v) => voteOf(v, { ...more, conditions: [{ ...condition, owner: 'nobody' }] }))
      .refused('not valid', /owner/, { condition: 'c1', part: 'owner' });
    low()
      .when('compliance-1', (v) => voteOf(v, { ...more, conditions: [{ ...condition, text: ' ' }] }))
      .refused('not valid', /what the condition is/, { condition: 'c1', part: 'text' });
    low()
      .when('compliance-1', (v) => voteOf(v, { ...more, conditions: [{ ...condition, due: '2020-01-01' }] }))
      .refused('not valid', /past/, { condition: 'c1', part: 'due' });
    low()
      .when('compliance-1', (v) => voteOf(v, { conditions: [condition] }))
      .refused('not valid', /go with "approve with conditions"/, 'outcome');
  });
  it('a reason for each flag that is cleared, also where none was typed at all', () => {
    high()
      .when('compliance-1', (v) => voteOf(v, { flags: { 'H-RF1': { opinion: 'clear' } } }))
      .refused('not valid', /why you clear/, { flag: 'H-RF1', part: 'reason' });
    high()
      .when('compliance-1', (v) => voteOf(v, { flags: { 'H-RF1': { opinion: 'clear', reason: 'Another company' } } }))
      .then('VoteCast', 'StepCompleted');
  });
  it('a sentence of twenty characters, of which spaces at the ends are none', () => {
    low()
      .when('compliance-1', (v) => voteOf(v, { rationale: 'x'.repeat(20) }))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    low()
      .when('compliance-1', (v) => voteOf(v, { rationale: `   ${'x'.repeat(19)}   ` }))
      .refused('not valid', /at least 20 characters/, 'rationale');
  });
  it('one of the answers that the policy offers in each part of the weighing', () => {
    const scale = ['a', 'b'].map((value) => ({ value, label: value }));
    const policy = aPolicy({ weighing: { leverage: scale, crucial: scale, severity: scale, ending: scale } });
    const told = story(answeredDeal({ 'H-RF1': 'yes' }), { ...CONTEXT, policy });
    const { weighing } = ballot(told.view);
    told.when('compliance-1', (v) => voteOf(v, { weighing })).then('VoteCast', 'StepCompleted');
    for (const part of ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'] as const) {
      told
        .when('compliance-1', (v) => voteOf(v, { weighing: weighing && { ...weighing, [part]: 'z' } }))
        .refused('not valid', /one of the answers shown/, part);
    }
  });
  it('the step that is open', () => {
    high()
      .vote('compliance-1')
      .when('senior-1', (v) => ({ ...voteOf(v), step: 0 }) as ReturnType<typeof voteOf>)
      .refused('not now', /This step is over/);
  });
  it('the name of nobody else, where it is the voter’s own', () => {
    const [cast] = low()
      .vote('compliance-1')
      .events.filter((e) => e.type === 'VoteCast');
    expect(cast).toBeDefined();
    expect(cast).not.toHaveProperty('for');
  });
  it('the facts of today', () => {
    low()
      .when('compliance-1', (v) => ({ ...voteOf(v), factsHash: 'older' }) as ReturnType<typeof voteOf>)
      .refused('facts changed');
  });
});

describe('two on one stale card', () => {
  it('both count: the facts are the same, whatever happened since the card was drawn', () => {
    const drawn = high().vote('compliance-1');
    const [first, second] = [voteOf(drawn.view), voteOf(drawn.view)];
    drawn.and('senior-1', first).when('counsel-1', second).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});

describe('taking a vote back', () => {
  it('works until the step completes', () => {
    const told = high().vote('compliance-1').vote('senior-1');
    told
      .when('senior-1', { type: 'TakeVoteBack', step: 1 })
      .then('VoteTakenBack')
      .when('senior-1', voteOf)
      .then('VoteCast');
    told.when('compliance-1', { type: 'TakeVoteBack', step: 0 }).refused('not now', /votes stand/);
    told.when('senior-2', { type: 'TakeVoteBack', step: 1 }).refused('not now', /no vote to take back/);
  });
  it('works for no vote of another step, and for none once the deal is decided', () => {
    const told = high().vote('compliance-1').vote('senior-1');
    told.when('compliance-1', { type: 'TakeVoteBack', step: 1 }).refused('not now', /no vote to take back/);
    told
      .vote('counsel-1')
      .when('counsel-1', { type: 'TakeVoteBack', step: 1 })
      .refused('not now', /The deal is decided, so votes stand/);
  });
});

describe('asking for information', () => {
  it('waits for the rep; her answer is new evidence and brings the step back', () => {
    const asked = high()
      .vote('compliance-1')
      .when('senior-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' })
      .then('InformationAsked');
    const request = asked.view.deal.requests[0]?.id ?? '';
    asked.when('senior-2', { type: 'GiveInformation', request, text: 'x', sources: [] }).refused('not allowed');
    const told = asked
      .when('rep-1', { type: 'GiveInformation', request, text: 'The ministry runs it.', sources: [] })
      .then('InformationGiven', 'VotesVoided', 'DealRouted');
    for (const text of ['.', 'ok', 'yes yes yes']) {
      asked
        .when('rep-1', { type: 'GiveInformation', request, text, sources: [] })
        .refused('not valid', /sentence/, 'text');
    }
    told.when('rep-1', { type: 'GiveInformation', request, text: 'Again', sources: [] }).refused('not now');
  });
  it('is a question, in the open step of a deal that waits for a decision', () => {
    const ask = (question: string, step = 1) => ({ type: 'AskForInformation' as const, step, question });
    const told = high().vote('compliance-1');
    told.when('senior-1', ask('  ')).refused('not valid', /write your question/, 'question');
    told.when('senior-1', ask('Who runs it?', 0)).refused('not now', /This step is over/);
    const asked = told.when('senior-1', ask('  Who runs it?  ')).then('InformationAsked');
    expect(asked.view.deal.requests).toMatchObject([{ question: 'Who runs it?', step: 1, by: 'senior-1' }]);
    low()
      .vote('compliance-1')
      .when('compliance-1', ask('Who runs it?', 0))
      .refused('not now', /not waiting for a decision any more/);
  });
  it('is answered in words, each question for itself', () => {
    const told = high()
      .vote('compliance-1')
      .and('senior-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' })
      .and('senior-2', { type: 'AskForInformation', step: 1, question: 'Since when?' });
    const [, second] = told.view.deal.requests.map(({ id }) => id);
    const give = (text: string, request = second ?? '') => ({
      type: 'GiveInformation' as const,
      request,
      text,
      sources: [],
    });
    told.when('rep-1', give('  ')).refused('not valid', /sentence/, 'text');
    told.when('rep-1', give('They do since May.', 'ask-none')).refused('not valid', /not part of the deal/);
    const given = told.and('rep-1', give('  They do since May.  '));
    expect(given.view.deal.requests.map(({ answer: said }) => said?.text)).toEqual([undefined, 'They do since May.']);
    told
      .and('rep-1', { type: 'Withdraw', reason: 'The buyer left' })
      .when('rep-1', give('They do since May.'))
      .refused('not now', /This deal is withdrawn/);
  });
  it('may still be answered while the deal team is asked again', () => {
    const asked = { id: 'ask-1', step: 1, round: 1, by: 'senior-1', at: NOW, question: 'Who runs it?' };
    const given = decide(
      { type: 'GiveInformation', request: 'ask-1', text: 'The ministry runs it.', sources: [] },
      aDeal({ requests: [asked] }),
      { actor: 'rep-1', at: NOW, id: 'id' },
      CONTEXT,
    );
    expect(given).toMatchObject({ kind: 'accepted', events: [{ type: 'InformationGiven', request: 'ask-1' }] });
  });
});

describe('separation of duties at the count', () => {
  it('does not count a vote of somebody who joined the deal team afterwards', () => {
    const told = high().vote('compliance-1').vote('senior-1');
    told
      .when('compliance-1', { type: 'HandOverSection', section: 'record', to: 'senior-1' })
      .refused('not allowed', /has voted on this deal/);
  });
  it('needs a second person where one sits in two groups', () => {
    const told = high().vote('compliance-1');
    told.when('compliance-1', voteOf).refused('not allowed', /decided in an earlier step/);
  });
});

describe("flags of people's own", () => {
  it('count at once from the team, and wait for compliance from outside', () => {
    low().when('rep-1', { type: 'RaiseFlag', title: 'The buyer asked for cash' }).then('FlagRaised', 'DealRouted');
    const pending = low().when('senior-1', { type: 'RaiseFlag', title: 'I read about this agency' }).then('FlagRaised');
    expect(pending.state).toMatchObject({ status: 'deciding', tier: 'low', ownFlags: [{ status: 'pending' }] });
    const flag = pending.view.deal.ownFlags[0]?.id ?? '';
    pending.when('rep-1', { type: 'DismissFlag', flag, reason: 'No' }).refused('not allowed');
    const admitted = pending
      .when('compliance-1', { type: 'AdmitFlag', flag, weight: 'heavy' })
      .then('FlagAdmitted', 'DealRouted');
    expect(admitted.state).toMatchObject({ tier: 'elevated' });
    admitted.when('compliance-1', { type: 'DismissFlag', flag, reason: 'No' }).refused('not now');
  });
  it('void the votes when they are admitted', () => {
    const told = story(answeredDeal({ 'H-RF3': 'yes' }))
      .vote('compliance-1')
      .and('senior-2', { type: 'RaiseFlag', title: 'I read about this agency' });
    const flag = told.view.deal.ownFlags[0]?.id ?? '';
    told
      .when('compliance-1', { type: 'AdmitFlag', flag, weight: 'severe' })
      .then('FlagAdmitted', 'VotesVoided', 'DealRouted');
  });
  it('must be settled before a deal is approved, and need not be where it is declined', () => {
    const told = low().and('senior-1', { type: 'RaiseFlag', title: 'I read about this agency' });
    const flag = told.view.deal.ownFlags[0]?.id ?? '';
    told.when('compliance-1', voteOf).refused('not now', /first admit or dismiss the flag .*I read about this agency/);
    told
      .when('compliance-1', (v) => voteOf(v, { outcome: 'decline' }))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    told
      .and('compliance-1', { type: 'DismissFlag', flag, reason: 'Another agency' })
      .when('compliance-1', voteOf)
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('let a step pass that is not the last one, while they wait to be settled', () => {
    high()
      .and('senior-2', { type: 'RaiseFlag', title: 'I read about this agency' })
      .when('compliance-1', voteOf)
      .then('VoteCast', 'StepCompleted');
  });
  it('leave the votes when they are dismissed', () => {
    const told = high().vote('compliance-1').and('senior-2', { type: 'RaiseFlag', title: 'I read about this agency' });
    const flag = told.view.deal.ownFlags[0]?.id ?? '';
    const after = told
      .when('compliance-1', { type: 'DismissFlag', flag, reason: 'Another agency' })
      .then('FlagDismissed');
    expect(after.state).toMatchObject({ votes: [{ by: 'compliance-1' }] });
  });
});

describe('the deal as a whole', () => {
  it('is withdrawn by its owner and comes back where it was', () => {
    const told = high();
    told.when('compliance-1', { type: 'Withdraw', reason: 'Typo.' }).refused('not allowed');
    const gone = told.when('rep-1', { type: 'Withdraw', reason: 'The buyer left' }).then('DealWithdrawn');
    gone.when('rep-1', answer('scope', { G1: 'yes' })[1]).refused('not allowed', /Reopen it first/);
    gone.when('rep-1', { type: 'Reopen', reason: 'They are back' }).then('DealReopened', 'DealRouted');
  });
  it('is reopened after its decision by compliance alone, without its votes', () => {
    const decided = low().vote('compliance-1');
    decided.when('rep-1', { type: 'Reopen', reason: 'Typo.' }).refused('not allowed');
    const again = decided
      .when('compliance-1', { type: 'Reopen', reason: 'New law' })
      .then('VotesVoided', 'DealReopened', 'DealRouted');
    expect(again.state).toMatchObject({ status: 'deciding', votes: [], round: 2 });
  });
  it('changes owner with a reason, never to a judge it needs', () => {
    high().when('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Holiday' }).then('OwnerReassigned');
    high()
      .when('rep-1', { type: 'ReassignOwner', to: 'counsel-1', reason: 'Holiday' })
      .refused('not allowed', /may be needed/);
    high().when('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: '' }).refused('not valid');
  });
  it('gives its dossier to whoever may read it, which changes nothing', () => {
    const pdf = { type: 'RecordExport', format: 'pdf' } as const;
    const voted = high().vote('compliance-1').vote('senior-1');
    for (const person of ['rep-1', 'senior-1', 'senior-2', 'compliance-1']) {
      const given = voted.when(person, pdf).then('RecordExported');
      expect(given.state).toEqual(voted.state);
      given.vote('senior-2');
    }
    voted.when('nobody', pdf).refused('not allowed');
  });
  it('is exported by compliance', () => {
    low().when('rep-1', { type: 'RecordExport', format: 'json' }).refused('not allowed');
    low().when('compliance-1', { type: 'RecordExport', format: 'json' }).then('RecordExported');
  });
});
