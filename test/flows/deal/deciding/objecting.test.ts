/** The rep names a colleague who never said so: the colleague is told, objects, and the answers count as not known. */

import { describe, expect, it } from 'vitest';
import { basisObjectedTold } from '../../../../blocks/cards/facts-basis.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { asideItems } from '../../../../blocks/cards/set-aside.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { worriesOf } from '../../../../flows/deal/context/worries.ts';
import { differences } from '../../../../flows/deal/deciding/facts.ts';
import { confirmable } from '../../../../flows/deal/taking/asked-again.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answeredOn, basedOnThis, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { open, story, voteOf, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const CONTEXT = basisContext(lawsNote());
const OBJECT: DealCommand = { type: 'ObjectToBasis', reason: 'Nobody asked me about this agency.' };
const named = (): Story => story(answeredOn({ told: 'product-1' }), CONTEXT);

describe('somebody who never said so', () => {
  it('is told that the answers name them, once', () => {
    const before = story(answeredOn({ told: 'product-1' }).slice(0, 2), CONTEXT);
    const [actor, command] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    const after = before.and(actor, command);
    const notices = noticesBetween(before, after);
    expect(toldOf(notices, 'named as basis')).toEqual(['product-1']);
    expect(notices.find((n) => n.kind === 'fact' && n.fact.fact === 'named as basis')).toMatchObject({
      fact: { questions: ['H1', 'H2'], by: 'rep-1' },
    });
    expect(toldOf(noticesBetween(after, after.and(actor, command)), 'named as basis')).toEqual([]);
  });

  it('said nothing of what changed: the rep says that they did', () => {
    const changed = differences(story(answeredOn({ sources: [SOURCE] }), CONTEXT).view, named().view);
    expect(changed.map(({ after }) => after).join()).toContain('Sample Rep says that Sample Product Manager said so');
  });

  it('leaves the note of a colleague in the colleague’s name beside the rep’s claim', () => {
    const { view } = named();
    const [[section, given]] = Object.entries(view.deal.answers) as [[string, Record<string, object>]];
    const noted = Object.fromEntries(
      Object.entries(given).map(([id, one]) => [
        id,
        { ...one, note: 'Men are hunted there.', noted: { by: 'compliance-1', at: view.now } },
      ]),
    );
    const answers = { ...view.deal.answers, [section]: noted } as typeof view.deal.answers;
    const changed = differences(view, { ...view, deal: { ...view.deal, answers } });
    expect(changed[0]?.after).toContain('“Men are hunted there.” (Sample Compliance)');
  });

  it('objects: the tier rises, the votes on it are voided, the thread and the owner see why', () => {
    const voted = named().vote('compliance-1');
    expect(voted.state).toMatchObject({ status: 'deciding', tier: 'low', step: 1 });
    const after = voted.when('product-1', OBJECT).then('BasisObjected', 'VotesVoided', 'DealRouted');
    expect(after.state).toMatchObject({ status: 'deciding', tier: 'high', step: 0, votes: [] });
    expect(after.view.assessment.openQuestions.map(({ id, why }) => [id, why])).toEqual([
      ['H1', 'no basis'],
      ['H2', 'no basis'],
    ]);
    expect(after.events.find(({ type }) => type === 'VotesVoided')).toMatchObject({
      voters: ['compliance-1'],
      discarded: [{ by: 'compliance-1', outcome: 'approve' }],
    });
    const notices = noticesBetween(voted, after);
    expect(toldOf(notices, 'basis objected')).toEqual(['thread', 'rep-1']);
    expect(toldOf(notices, 'votes voided')).toContain('compliance-1');
    const of = (...questions: string[]) => ({
      fact: 'basis objected' as const,
      questions,
      reason: 'No.',
      by: 'product-1',
    });
    const saysOf = (...questions: string[]): string =>
      plain({ blocks: basisObjectedTold(after.view, of(...questions)).blocks });
    expect(saysOf('H1', 'H2')).toContain(
      '2 answers should not stand on their word. They stand on nothing now, and they',
    );
    expect(saysOf('H1', 'H2', 'P1')).toContain('2 of them stand on nothing now, and they count as not known.');
    expect(saysOf('H1')).toContain('1 answer should not stand on their word. It stands on nothing now, and it counts');
    expect(saysOf('P1', 'P2')).toContain('What else is named stays: none of it counts as not known by that.');
    // The answers themselves stay as they were given.
    expect(after.view.deal.answers['record']?.['H1']).toMatchObject({ value: 'no', by: 'rep-1', basis: {} });
  });

  it('is not on the team by being named, nor by objecting', () => {
    const after = named().and('product-1', OBJECT);
    expect(named().view.deal.team).toEqual(['rep-1']);
    expect(after.view.deal.team).toEqual(['rep-1']);
    // An approver who is named still votes.
    const approver = story(answeredOn({ told: 'senior-1' }), CONTEXT)
      .vote('compliance-1')
      .vote('senior-1');
    expect(approver.state).toMatchObject({ status: 'decided' });
  });

  it('objects while the deal is still being answered', () => {
    const half = story(answeredOn({ told: 'product-1' }).slice(0, 3), CONTEXT);
    const after = half.when('product-1', OBJECT).then('BasisObjected');
    expect(after.view.facts.based).toMatchObject({ H1: 0, H2: 0 });
  });

  it('takes away only their own word', () => {
    const both = story(answeredOn({ told: 'product-1', sources: [SOURCE] }), CONTEXT);
    const after = both.and('product-1', OBJECT);
    expect(after.state).toMatchObject({ tier: 'low' });
    expect(after.view.facts.based).toMatchObject({ H1: 1, H2: 1 });
    expect(after.view.deal.answers['record']?.['H1']?.basis).toEqual({ sources: [SOURCE] });
  });

  it('is not named again, and stays visible; a true source mends it', () => {
    const after = named().and('product-1', OBJECT);
    const [actor, command] = basedOnThis('record', { H1: 'no', H2: 'no' }, { sources: [SOURCE] });
    expect(after.and(actor, command).state).toMatchObject({ status: 'deciding', tier: 'low' });
    const [who, again] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    after.when(who, again).refused('not valid', /never said so/, 'told');
    expect(after.view.deal.objections).toMatchObject([{ by: 'product-1', questions: ['H1', 'H2'] }]);
  });

  it('is read by whoever signs, and counted on the root card, also once another source stands there', () => {
    const guards = { ...OBJECT, reason: 'Their guards beat people who complain.' } as DealCommand;
    const [actor, command] = basedOnThis('record', { H1: 'no', H2: 'no' }, { sources: [SOURCE] });
    const { view } = named().and('product-1', guards).and(actor, command);
    expect(JSON.stringify(asideItems(view))).toContain('Their guards beat people who complain.');
    expect(plain(rootCard(view))).toContain('1 colleague denied having said so');
  });
});

describe('an objection', () => {
  it('is theirs alone whose word it is, and says why', () => {
    named()
      .when('rep-1', OBJECT)
      .refused('not allowed', /No answer of this deal stands on your word/);
    named()
      .when('product-1', { ...OBJECT, reason: '  ' } as DealCommand)
      .refused('not valid', /what is not right/, 'reason');
    named().and('product-1', OBJECT).when('product-1', OBJECT).refused('not allowed');
  });

  it('is a flag once the deal team put another name or a source there', () => {
    const [actor, command] = basedOnThis('record', { H1: 'no', H2: 'no' }, { sources: [SOURCE] });
    const flagged = named().and(actor, command).when('product-1', OBJECT).then('FlagRaised');
    expect(flagged.view.deal.ownFlags).toMatchObject([{ by: 'product-1', status: 'pending' }]);
    expect(flagged.view.deal.ownFlags[0]?.title).toContain('Nobody asked me about this agency');
  });

  it('comes too late for a decided deal: it is a flag there, which compliance settles', () => {
    const decided = named().vote('compliance-1').vote('senior-1');
    expect(decided.state).toMatchObject({ status: 'decided' });
    const flagged = decided.when('product-1', OBJECT).then('FlagRaised');
    expect(flagged.view.deal.ownFlags).toMatchObject([
      { by: 'product-1', status: 'pending', title: expect.stringContaining('Nobody asked me about this agency') },
    ]);
    expect(toldOf(noticesBetween(decided, flagged), 'own flag raised')).toContain('compliance-1');
    flagged.when('product-1', OBJECT).refused('not now', /waits for compliance/);
  });

  it('after the approval ends that word for the reassessment: it is not given again as it was', () => {
    const decided = named().vote('compliance-1').vote('senior-1');
    const again = (told: Story): Story =>
      told
        .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it' })
        .and('rep-1', { type: 'StartReassessment' });
    expect(confirmable(again(decided).view, 'record')).toBeDefined();
    const denied = again(decided.and('product-1', OBJECT));
    expect(denied.view.deal.ownFlags).toMatchObject([{ denies: ['H1', 'H2'] }]);
    expect(confirmable(denied.view, 'record')).toBeUndefined();
    expect(confirmable(denied.view, 'scope')).toBeDefined();
    const [who, same] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    denied
      .and(...basedOnThis('scope', { G1: 'yes' }))
      .when(who, same)
      .refused('not valid', /never said so/, 'told');
    // Nor where they say so only then.
    const late = again(decided).and('product-1', OBJECT);
    expect(confirmable(late.view, 'record')).toBeUndefined();
  });

  it('to a deal that is over takes the word away where it is reopened', () => {
    const over = named().and('rep-1', { type: 'Withdraw', reason: 'They wait until next year' });
    const back = over.and('product-1', OBJECT).and('rep-1', { type: 'Reopen', reason: 'They want it now' });
    expect(back.view.facts.based).toMatchObject({ H1: 0, H2: 0 });
  });
});

describe('who can be named', () => {
  const record = (told: string, actor = 'rep-1') => basedOnThis('record', { H1: 'no', H2: 'no' }, { told }, actor);
  const opened = (): Story => story([open(), basedOnThis('scope', { G1: 'yes' })], CONTEXT);

  it('is not oneself', () => {
    opened()
      .when(...record('rep-1'))
      .refused('not valid', /You can’t name yourself/, 'told');
  });
  it('is nobody outside the organisation', () => {
    opened()
      .when(...record('nobody-1'))
      .refused('not valid', /someone in the organisation/, 'told');
  });
  it('is part of the facts: another name voids the votes', () => {
    const voted = named().vote('compliance-1');
    const after = voted.and(...record('boss-1'));
    expect(after.events.slice(voted.events.length).map(({ type }) => type)).toContain('VotesVoided');
    after.when('compliance-1', voteOf(voted.view)).refused('facts changed');
  });
});

it('what a colleague denies is heard by the deal that the rep opens instead, as a flag of theirs', () => {
  const denied = named().and('product-1', OBJECT);
  const worries = worriesOf(denied.and('rep-1', { type: 'Withdraw', reason: 'They buy it later.' }).view);
  expect(worries).toMatchObject([{ of: 'flag', by: 'product-1' }]);
  expect(JSON.stringify(worries)).toContain('Nobody asked me about this agency.');
  expect(worriesOf(denied.view)).toMatchObject([{ of: 'flag' }]);
  expect(worriesOf(named().view)).toEqual([]);
});
