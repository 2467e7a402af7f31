/** Counsel's note on the deal's country: which one counts, for how long, and what it changes for a deal under way. */

import { describe, expect, it } from 'vitest';
import { lawsOf } from '../../../../flows/deal/basis/laws.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { answeredOn, basedOnThis, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { aDeal, aView } from '../../../support/deal-builders.ts';
import { CONTEXT as PLAIN, answeredDeal, story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const BASIS = { sources: [SOURCE] };
const ASK: DealCommand = { type: 'AskCounsel' };
const dealWith = (...notes: Parameters<typeof basisContext>): Story => story(answeredOn(BASIS), basisContext(...notes));
const typesSince = (before: Story, after: Story): string[] =>
  after.events.slice(before.events.length).map(({ type }) => type);

describe('a note that counts', () => {
  it('is taken as soon as the deal’s facts are looked at: "yes, counsel looked" is then known', () => {
    const deal = dealWith(lawsNote());
    expect(deal.events.filter(({ type }) => type === 'LawsTaken')).toHaveLength(1);
    expect(lawsOf(deal.view.deal)).toMatchObject({ id: 'laws-1' });
    expect(deal.state).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('is needed: the rep’s own "yes" is not known without it', () => {
    const deal = dealWith();
    expect(deal.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(deal.view.assessment.openQuestions).toMatchObject([{ id: 'L1', why: 'no basis' }]);
  });

  it('makes nobody part of the deal team, and its author still votes', () => {
    const deal = dealWith(lawsNote());
    expect(deal.view.deal.team).toEqual(['rep-1']);
    expect(deal.vote('compliance-1').vote('counsel-1').state).toMatchObject({ status: 'decided' });
  });

  it.each([
    ['valid on its last day', lawsNote({ until: '2027-03-01' }), 'low'],
    ['expired the day before', lawsNote({ until: '2027-02-28' }), 'elevated'],
    ['on another country', lawsNote({ country: 'SE' }), 'elevated'],
    ['by the rep who asks, were they counsel', lawsNote({ by: 'rep-1' }), 'elevated'],
  ])('%s', (_, note, tier) => {
    expect(dealWith(note).state).toMatchObject({ status: 'deciding', tier });
  });

  it('counts for the deal that took it, though it runs out later', () => {
    const deal = dealWith(lawsNote({ until: '2027-03-01' }));
    const [actor, command] = basedOnThis('scope', { G1: 'no' });
    const after = deal.and(actor, command, '2027-04-01T09:00:00.000Z');
    expect(lawsOf(after.view.deal)).toMatchObject({ id: 'laws-1' });
  });

  it('is not taken under a policy that asks for none', () => {
    const organisation = { ...PLAIN.organisation, counselNotes: [lawsNote()] };
    const deal = story(answeredDeal(), { ...PLAIN, organisation });
    expect(deal.events.map(({ type }) => type)).not.toContain('LawsTaken');
  });
});

describe('a note that counts no more', () => {
  it('is one by counsel who came onto the deal team', () => {
    const deal = dealWith(lawsNote()).and('compliance-1', {
      type: 'HandOverSection',
      section: 'record',
      to: 'counsel-1',
    });
    const [, command] = basedOnThis('record', { H1: 'no', H2: 'no' }, BASIS);
    const after = deal.and('counsel-1', command);
    expect(after.view.deal.team).toContain('counsel-1');
    expect(lawsOf(after.view.deal)).toBeUndefined();
    expect(after.state).toMatchObject({ tier: 'elevated' });
    expect(after.view.assessment.openQuestions).toMatchObject([{ id: 'L1', why: 'no basis' }]);
  });

  it('is that of the country before it was corrected', () => {
    const deal = dealWith(lawsNote()).vote('compliance-1');
    const details = { ...deal.view.deal.details, destination: 'SE' };
    const after = deal.and('rep-1', { type: 'CorrectDetails', details, reason: 'The office there signs.' });
    expect(lawsOf(after.view.deal)).toBeUndefined();
    expect(typesSince(deal, after)).toEqual(expect.arrayContaining(['DetailsCorrected', 'VotesVoided', 'DealRouted']));
    expect(after.state).toMatchObject({ tier: 'elevated', votes: [] });
    // It does not stay behind for a correction back and forth with another note: each country has its own.
    const both = story(answeredOn(BASIS), basisContext(lawsNote(), lawsNote({ id: 'laws-2', country: 'SE' })));
    const moved = both.and('rep-1', { type: 'CorrectDetails', details, reason: 'The office there signs.' });
    expect(lawsOf(moved.view.deal)).toMatchObject({ id: 'laws-2', country: 'SE' });
    expect(moved.state).toMatchObject({ tier: 'low' });
  });

  it('is read so from old state too', () => {
    const laws = lawsNote();
    expect(lawsOf(aView(aDeal({ laws })).deal)).toEqual(laws);
    expect(lawsOf(aView(aDeal({ laws, team: ['rep-1', 'counsel-1'] })).deal)).toBeUndefined();
    expect(lawsOf(aView(aDeal({ laws: lawsNote({ country: 'SE' }) })).deal)).toBeUndefined();
  });
});

describe('a note that is written while approvers decide', () => {
  const voted = dealWith().vote('compliance-1');
  const written = story([], basisContext(lawsNote())).resume(voted);
  const take: DealCommand = { type: 'TakeLaws', note: lawsNote() };

  it('lowers what was open, and voids the votes on it', () => {
    const after = written.when('system', take).then('LawsTaken', 'VotesVoided', 'DealRouted');
    expect(voted.state).toMatchObject({ tier: 'elevated', step: 1 });
    expect(after.state).toMatchObject({ status: 'deciding', tier: 'low', step: 0, votes: [] });
    expect(toldOf(noticesBetween(written, after), 'votes voided')).toContain('compliance-1');
  });

  it('is taken once, by the bot alone, and only as it stands', () => {
    for (const actor of ['rep-1', 'counsel-1', 'compliance-1']) written.when(actor, take).refused('not allowed');
    written.and('system', take).when('system', take).refused('not now');
    written.when('system', { ...take, note: lawsNote({ id: 'made-up' }) } as DealCommand).refused('not now');
    voted.when('system', take).refused('not now');
  });

  it('leaves a decided deal as it is', () => {
    const decided = story([], basisContext(lawsNote())).resume(voted.vote('senior-1'));
    expect(decided.state).toMatchObject({ status: 'decided' });
    decided.when('system', take).refused('not now');
  });

  it('replaces an older one: the newer look counts', () => {
    const old = dealWith(lawsNote()).vote('compliance-1');
    const newer = lawsNote({ id: 'laws-9', by: 'senior-2', looked: 'All of it, again.' });
    const after = story([], basisContext(newer)).resume(old).and('system', { type: 'TakeLaws', note: newer });
    expect(lawsOf(after.view.deal)).toMatchObject({ id: 'laws-9' });
  });
});

describe('asking counsel', () => {
  const deal = dealWith();
  const asked = deal.and('rep-1', ASK, '2027-03-02T09:00:00.000Z');

  it('asks those of counsel who are not on the deal, once a day', () => {
    expect(toldOf(noticesBetween(deal, asked), 'counsel asked').toSorted()).toEqual(['counsel-1', 'senior-2']);
    asked.when('rep-1', ASK, '2027-03-03T08:59:00.000Z').refused('not now', /within the last day/);
    asked.when('compliance-1', ASK, '2027-03-03T08:59:00.000Z').refused('not now', /within the last day/);
    asked.when('rep-1', ASK, '2027-03-03T09:00:00.000Z').then('CounselAsked');
  });

  it('is for the deal team and compliance', () => {
    deal.when('senior-1', ASK).refused('not allowed', /Only the deal team and compliance/);
    deal.when('compliance-1', ASK).then('CounselAsked');
  });

  it('is refused where nothing would come of it', () => {
    dealWith(lawsNote())
      .when('rep-1', ASK)
      .refused('not now', /already/);
    story(answeredDeal(), PLAIN)
      .when('rep-1', ASK)
      .refused('not valid', /asks for no note/);
    deal
      .vote('compliance-1')
      .vote('senior-1')
      .when('rep-1', ASK)
      .refused('not now', /decided/);
    const alone = basisContext();
    const nobody = {
      ...alone,
      organisation: {
        ...alone.organisation,
        groups: alone.organisation.groups.map((g) => (g.id === 'counsel' ? { ...g, members: ['rep-1'] } : g)),
      },
    };
    story(answeredOn(BASIS), nobody)
      .when('rep-1', ASK)
      .refused('not now', /no counsel outside the deal/);
  });
});
