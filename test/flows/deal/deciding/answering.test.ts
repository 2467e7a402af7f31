import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { anOrganisation, aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, CONTEXT, DEAL, open, sha256, story } from '../../../support/story.ts';

describe('opening', () => {
  it('opens in a clearance channel', () => {
    story([]).when('rep-1', open()[1]).then('DealOpened');
  });
  it('refuses another channel, a stranger, and an id that is taken', () => {
    const elsewhere = { ...CONTEXT, organisation: anOrganisation({ clearanceChannels: [{ id: 'C0OTHER' }] }) };
    story([], elsewhere)
      .when('rep-1', open()[1])
      .refused('not allowed', /not cleared in this channel/);
    story([])
      .when('stranger', open()[1])
      .refused('not allowed', /does not know you/);
    story([open()]).when('rep-1', open()[1]).refused('already open');
  });
});

describe('scope first', () => {
  it('ends out of scope with its reasons, and reopens with the scope asked again', () => {
    const out = story([open()])
      .when('rep-1', answer('scope', { G1: 'no' })[1])
      .then('SectionAnswered', 'FoundOutOfScope');
    expect(out.state).toMatchObject({
      status: 'out of scope',
      reasons: ['The product cannot be used to watch people'],
    });
    const again = out.when('rep-1', { type: 'Reopen', reason: 'A camera was added' }).then('DealReopened');
    expect(again.state).toMatchObject({ status: 'answering', answers: {}, drafts: { scope: { G1: { value: 'no' } } } });
  });
  it('asks nothing else before', () => {
    story([open()])
      .when('rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1])
      .refused('not allowed', /scope questions first/);
  });
});

describe('answering a section', () => {
  const scoped = () => story([open(), answer('scope', { G1: 'yes' })]);
  it('needs every question that applies, with an answer that it offers', () => {
    scoped()
      .when('rep-1', answer('product', { P1: 'no', P4: 'common' })[1])
      .refused('not valid', /Sample question|analyse/, { question: 'P2', part: 'answer' });
    scoped()
      .when('rep-1', answer('product', { P1: 'no', P2: 'maybe', P4: 'common' })[1])
      .refused('not valid', /not one of the answers/, { question: 'P2', part: 'answer' });
    scoped()
      .when('rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'free' })[1])
      .refused('not valid');
    scoped()
      .when('rep-1', answer('product', { P1: 'not-applicable', P2: 'no', P4: 'common' })[1])
      .refused('not valid', /why this does not apply/, { question: 'P1', part: 'note' });
  });
  it('keeps "don\'t know" as an answer', () => {
    const told = scoped().and('rep-1', answer('product', { P1: 'unknown', P2: 'no', P4: 'unknown' })[1]);
    expect(told.view.assessment.openQuestions.map((q) => q.id)).toEqual(['P1', 'P4']);
  });
  it('takes no deal for a source of a good answer, and one for what weighs', () => {
    const source = { name: 'As answered in D-N99EEB', year: 2026, url: 'https://a.example.org/d' };
    const on = (value: string): DealCommand => {
      const { answers, ...command } = answer('product', { P1: value, P2: 'no', P4: 'common' })[1] as Extract<
        DealCommand,
        { type: 'AnswerSection' }
      >;
      return { ...command, answers: { ...answers, P1: { value, sources: [source] } } };
    };
    scoped()
      .when('rep-1', on('no'))
      .refused('not valid', /names a deal, and that is no source/, { question: 'P1', part: 'answer' });
    scoped().when('rep-1', on('yes')).then('SectionAnswered');
  });
  it('drops answers to questions that were not asked', () => {
    const told = scoped().and('rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'common', 'H-RF1': 'yes' })[1]);
    expect(Object.keys(told.view.deal.answers['product'] ?? {})).toEqual(['P1', 'P2', 'P4']);
  });
  it('is for the deal team alone', () => {
    scoped()
      .when('senior-1', answer('product', {})[1])
      .refused('not allowed', /Only the deal team/);
  });
  it('routes when all sections are in', () => {
    expect(
      story(answeredDeal())
        .events.map((e) => e.type)
        .slice(-2),
    ).toEqual(['SectionAnswered', 'DealRouted']);
    expect(story(answeredDeal({ 'H-RF1': 'yes' })).state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(story(answeredDeal({ 'H-RF3': 'yes' })).state).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });
  it('stops a prohibited deal, and only an independent chief reopens it', () => {
    const policy = aPolicy({
      evaluate: (facts) => ({
        ...aPolicy().evaluate(facts),
        ...(facts.answers['P2'] === 'yes' ? { tier: 'prohibited' as const, rule: 'forbidden' } : {}),
      }),
    });
    const stopped = story(answeredDeal({ P2: 'yes' }), { ...CONTEXT, policy });
    expect(stopped.state).toMatchObject({ status: 'stopped', rule: 'forbidden' });
    stopped
      .when('compliance-1', { type: 'Reopen', reason: 'Mistake' })
      .refused('not allowed', /chief compliance officer/);
    stopped
      .and('compliance-1', { type: 'ReassignOwner', to: 'chief-1', reason: 'On leave' })
      .when('chief-1', { type: 'Reopen', reason: 'Answered by mistake' })
      .refused('not allowed', /on the deal team, so you cannot reopen a stopped deal/);
    const again = stopped.when('chief-1', { type: 'Reopen', reason: 'Answered by mistake' }).then('DealReopened');
    expect(Object.keys(again.view.deal.answers)).toEqual(['scope', 'record']);
  });
  it('saves a half-filled section, known questions only', () => {
    const half = scoped().and('rep-1', {
      type: 'SaveSectionForLater',
      section: 'product',
      answers: {
        P1: { value: 'no', sources: [] },
        P2: { value: 'wild', sources: [] },
        X9: { value: 'no', sources: [] },
      },
    });
    expect(Object.keys(half.view.deal.drafts['product'] ?? {})).toEqual(['P1']);
  });
});

describe('handing over', () => {
  const scoped = () => story([open(), answer('scope', { G1: 'yes' })]);
  it('lets a colleague answer, on the deal team from then on', () => {
    const handed = scoped()
      .when('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' })
      .then('SectionHandedOver');
    expect(handed.view.deal.team).toEqual(['rep-1', 'product-1']);
    const told = handed.and('product-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1]);
    expect(told.view.deal).toMatchObject({ handOvers: {}, team: ['rep-1', 'product-1'] });
  });
  it('is undone without a trace on the team', () => {
    const back = scoped()
      .and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' })
      .when('rep-1', { type: 'TakeSectionBack', section: 'product' })
      .then('HandOverEnded');
    expect(back.view.deal.team).toEqual(['rep-1']);
  });
  it('refuses to make a judge part of the team, unless compliance does it', () => {
    const toCounsel = { type: 'HandOverSection' as const, section: 'record', to: 'counsel-1' };
    scoped()
      .when('rep-1', toCounsel)
      .refused('not allowed', /may be needed to decide/);
    scoped().when('compliance-1', toCounsel).then('SectionHandedOver');
  });
  it('says at once when the route can no longer be filled', () => {
    const handed = story([
      open(),
      answer('scope', { G1: 'yes' }),
      ['compliance-1', { type: 'HandOverSection', section: 'record', to: 'counsel-1' }],
      answer('product', { P1: 'no', P2: 'no', P4: 'common' }),
      answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' }, 'counsel-1'),
    ]);
    expect(handed.state).toMatchObject({
      status: 'deciding',
      route: { shortfalls: [{ step: 1, group: 'senior', needed: 2, available: 1 }] },
    });
  });
});

describe('changed facts', () => {
  const voted = () =>
    story(answeredDeal({ 'H-RF1': 'yes' }))
      .vote('compliance-1')
      .vote('senior-1');
  it('void exactly the votes made on other facts, with the difference', () => {
    const told = voted()
      .when('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' })[1])
      .then('SectionAnswered', 'VotesVoided', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', step: 0, votes: [], round: 2 });
    const voided = told.events.find((e) => e.type === 'VotesVoided');
    expect(voided).toMatchObject({ voters: ['compliance-1', 'senior-1'] });
    expect(voided?.type === 'VotesVoided' && voided.differences).toEqual([
      { what: 'answer', id: 'H-RF3', before: 'No', after: 'Yes' },
      { what: 'flag', id: 'H-RF3', before: 'not there', after: 'moderate' },
    ]);
  });
  it('leave votes alone when nothing changed', () => {
    const told = voted()
      .when('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1])
      .then('SectionAnswered');
    expect(told.state).toMatchObject({
      status: 'deciding',
      step: 1,
      votes: [{ by: 'compliance-1' }, { by: 'senior-1' }],
    });
  });
  it('can put the deal out of scope', () => {
    voted()
      .when('rep-1', answer('scope', { G1: 'no' })[1])
      .then('SectionAnswered', 'VotesVoided', 'FoundOutOfScope');
  });
  it('can come from corrected details', () => {
    const told = voted()
      .when('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination: 'SE' },
        reason: 'Typo',
      }))
      .then('DetailsCorrected', 'VotesVoided', 'DealRouted');
    const voided = told.events.find((e) => e.type === 'VotesVoided');
    expect(voided?.type === 'VotesVoided' && voided.differences).toEqual([
      { what: 'details', id: 'destination', before: 'NO', after: 'SE' },
    ]);
  });
  it('never touch what is decided', () => {
    const decided = story(answeredDeal()).vote('compliance-1');
    decided.when('rep-1', answer('scope', { G1: 'no' })[1]).refused('not allowed', /what was signed does not change/);
  });
});

describe('nudging', () => {
  it('reminds who is waited for, at most once an hour', () => {
    const told = story(answeredDeal()).when('rep-1', { type: 'Nudge' }, '2027-03-01T10:00:00.000Z').then('Nudged');
    expect(told.events.at(-1)).toMatchObject({ people: ['compliance-1'] });
    told.when('rep-1', { type: 'Nudge' }, '2027-03-01T10:59:00.000Z').refused('not now', /within the last hour/);
    told.when('rep-1', { type: 'Nudge' }, '2027-03-01T11:00:00.000Z').then('Nudged');
  });
  it('has nobody to remind while the rep herself must act', () => {
    story([open()]).when('rep-1', { type: 'Nudge' }).refused('not now');
  });
});

describe('ids and hashes', () => {
  it('name the policy and the facts', () => {
    const told = story(answeredDeal());
    expect(told.state).toMatchObject({ id: DEAL, policy: CONTEXT.policy.hash });
    expect(told.view.deal.status === 'deciding' && told.view.deal.route.factsHash).toHaveLength(sha256('').length);
  });
});
