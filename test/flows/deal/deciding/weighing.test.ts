/** What a vote weighs, and an approval over severe flags that somebody would rather not explain. */

import { describe, expect, it } from 'vitest';
import type { Ballot, Weighing } from '../../../../flows/deal/deal.ts';
import type { CompiledPolicy } from '../../../../flows/policy/policy.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, CONTEXT, story, voteOf } from '../../../support/story.ts';

const choices = (...values: string[]) => values.map((value) => ({ value, label: value }));
const PARTS = {
  leverage: choices('strong', 'little'),
  crucial: choices('replaceable', 'essential'),
  scale: choices('slight', 'grave'),
  scope: choices('up-to-10', 'more'),
  irremediability: choices('undone', 'lasting'),
  ending: choices('no-harm', 'great-harm'),
};
const ASKS = { leverage: ['little'], scale: ['grave'], scope: ['more'], irremediability: ['lasting'] };
const own = aPolicy({ weighing: { ...PARTS, askWhy: ASKS } });
const MILD: Weighing = {
  leverage: 'strong',
  crucial: 'replaceable',
  scale: 'slight',
  scope: 'up-to-10',
  irremediability: 'undone',
  ending: 'no-harm',
};
const GRAVE: Weighing = { ...MILD, scale: 'grave' };
const WHY = 'The product only counts cars.';

const high = (policy: CompiledPolicy = own) => story(answeredDeal({ 'H-RF1': 'yes' }), { ...CONTEXT, policy });
const moderate = () => story(answeredDeal({ 'H-RF3': 'yes' }), { ...CONTEXT, policy: own });
const votes = (more: Partial<Ballot>, told = high()) =>
  told.when('compliance-1', (v) => voteOf(v, { weighing: MILD, ...more }));
const cleared = { 'H-RF1': { opinion: 'clear' as const, reason: 'It was another company.' } };

describe('a plain approval over an upheld severe flag', () => {
  it.each([
    ['leverage', 'little'],
    ['scale', 'grave'],
    ['scope', 'more'],
    ['irremediability', 'lasting'],
  ] as const)('asks for a condition or a reason where %s is %s', (part, value) => {
    const weighing = { ...MILD, [part]: value };
    votes({ weighing }).refused('not valid', /add a condition .* or say .* why none is needed/, 'noCondition');
    votes({ weighing, noCondition: WHY }).then('VoteCast', 'StepCompleted');
    const conditions = [{ id: 'c1', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' }];
    votes({ weighing, outcome: 'approve-with-conditions', conditions }).then('VoteCast', 'StepCompleted');
  });
  it('wants a sentence, which the vote keeps', () => {
    votes({ weighing: GRAVE, noCondition: `  ${'x'.repeat(19)}  ` }).refused('not valid', /20 char/, 'noCondition');
    const told = votes({ weighing: GRAVE, noCondition: WHY }).then('VoteCast', 'StepCompleted');
    expect(told.state).toMatchObject({ votes: [{ noCondition: WHY }] });
  });
  it('asks each voter, whatever an earlier one said', () => {
    const told = votes({ weighing: GRAVE, noCondition: WHY }).then('VoteCast', 'StepCompleted');
    told.when('senior-1', (v) => voteOf(v, { weighing: GRAVE })).refused('not valid', /severe flag/, 'noCondition');
  });
  it('asks nobody who declines, clears the flag, sees it as mild, or has a lighter flag', () => {
    votes({ weighing: GRAVE, outcome: 'decline' }).then('VoteCast', 'StepCompleted', 'DealDecided');
    votes({ weighing: GRAVE, flags: cleared }).then('VoteCast', 'StepCompleted');
    votes({}).then('VoteCast', 'StepCompleted');
    votes({ weighing: { ...MILD, crucial: 'essential', ending: 'great-harm' } }).then('VoteCast', 'StepCompleted');
    votes({ weighing: GRAVE }, moderate()).then('VoteCast', 'StepCompleted');
  });
  it('asks nobody under a policy from before there was this rule', () => {
    votes({ weighing: GRAVE }, high(aPolicy({ weighing: PARTS }))).then('VoteCast', 'StepCompleted');
  });
});

describe('the weighing sheet', () => {
  it('is asked where a flag stands, and of nobody who clears them all', () => {
    votes({ weighing: undefined }).refused('not valid', /weighing/, 'leverage');
    votes({ weighing: undefined, flags: cleared }).then('VoteCast', 'StepCompleted');
  });
  it('is checked also where it was not asked', () => {
    votes({ weighing: { ...MILD, ending: 'z' }, flags: cleared }).refused('not valid', /answers shown/, 'ending');
  });
  it('has a scale for each part, and one for all of severity in an older policy', () => {
    votes({ weighing: { ...MILD, scope: 'undone' } }).refused('not valid', /answers shown/, 'scope');
    const { scale: severity, leverage, crucial, ending } = PARTS;
    const older = high(aPolicy({ weighing: { leverage, crucial, severity, ending } }));
    votes({ weighing: { ...MILD, scope: 'grave', irremediability: 'slight' } }, older).then(
      'VoteCast',
      'StepCompleted',
    );
    votes({ weighing: MILD }, older).refused('not valid', /answers shown/, 'scope');
  });
});

describe('the date of a condition', () => {
  // Voted on 1 March 2027.
  const due = (day: string) =>
    votes({
      outcome: 'approve-with-conditions',
      conditions: [{ id: 'c1', text: 'Limit use', owner: 'rep-1', due: day }],
    });
  it('lies within 24 months', () => {
    due('2029-03-01').then('VoteCast', 'StepCompleted');
    for (const day of ['2029-03-02', '2099-01-01', '9999-12-31']) {
      due(day).refused('not valid', /within 24 months/, { condition: 'c1', part: 'due' });
    }
  });
});
