import { describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { slackMessage } from '../../../blocks/slack/slack.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { Fact, NoticeTarget } from '../../../flows/deal/telling/notices.ts';
import type { WeighingSheet } from '../../../flows/policy/policy.ts';
import { aDeal, aDecidingDeal, aPolicy, aView, aVote, NOW } from '../../support/deal-builders.ts';
import { everyFact, everyStatus, ownFlag } from '../../support/every-deal.ts';
import { actionsOf, plain, presses } from './plain.ts';

const thread: NoticeTarget = { to: 'thread' };
const toRep: NoticeTarget = { to: 'person', person: 'rep-1' };
const links = { threadUrl: 'https://sample.slack.com/archives/C0CLEAR/p1' };

const inThread = (deal: OpenedDeal, fact: Fact): Card => factCard(aView(deal), fact, links, thread);
const inDirect = (deal: OpenedDeal, fact: Fact): Card => factCard(aView(deal), fact, links, toRep);

it('says from what to what details were corrected, in the words of people as they wrote them', () => {
  const was = { ...aDeal().details, destination: 'KE', customer: 'Sample <b>*Old*</b>' };
  const deal = aDeal({ lastCorrection: { by: 'rep-1', at: NOW, reason: 'A typing error' } });
  const card = inThread(
    { ...deal, details: { ...was, destination: 'SD', customer: 'Sample New' } },
    { fact: 'details corrected', was },
  );
  expect(plain(card)).toContain('- Customer: “Sample <b>*Old*</b>” → “Sample New”');
  expect(plain(card)).toContain('- Destination: Kenya → Sudan');
  expect(plain(card)).not.toContain('Product:');
  const slack = JSON.stringify(slackMessage(card, () => undefined));
  expect(slack).toContain('Sample &lt;b&gt;');
  const ended = inThread(deal, { fact: 'details corrected', was, ended: ['Q1'] });
  expect(plain(ended)).toMatch(/What compliance had accepted of the deal as it was counts no more:\s+- /);
  // As recorded before this was kept.
  expect(plain(inThread(deal, { fact: 'details corrected' }))).not.toContain('→');
});

const NAMES = [
  'deal.answer',
  'deal.hand-over',
  'deal.take-section-back',
  'deal.raise-flag',
  'deal.confirm-scope',
  'deal.confirm-lighter',
  'deal.authority',
  'deal.settle-flag',
  'deal.why',
  'deal.review',
  'deal.take-vote-back',
  'deal.give-information',
  'deal.take-question-back',
  'deal.nudge',
  'deal.more',
  'deal.reopen',
  'deal.open-thread',
  'deal.meet-condition',
  'deal.hand-over-condition',
  'desk.away',
  'deal.settle-condition',
  'deal.accept-gaps',
  'deal.take-gaps-back',
  'deal.lift-suspension',
  'deal.send-on',
  'deal.snooze',
  'deal.reassess',
  'deal.renewals',
  'deal.object',
  'deal.ask-counsel',
  'desk.laws',
];

describe.each(Object.values(everyFact))('%# fact', (deal, fact) => {
  it(`${fact.fact}: something to read in the thread, and buttons the router knows`, () => {
    const card = inThread(deal, fact);
    expect(plain(card).length).toBeGreaterThan(20);
    expect(plain(card)).not.toMatch(/undefined|\[object|NaN/);
    for (const action of actionsOf(card)) {
      expect(NAMES).toContain(action.name);
      // Counsel's note is on a country, whatever deal asked for it.
      expect(action.value).toMatch(action.name === 'desk.laws' ? /^[A-Z]{2}$/ : /^D-7K3QXM(\/|$)/);
    }
    expect(presses(card)).not.toContain('deal.open-thread D-7K3QXM');
    expect(new Set(presses(card)).size).toBe(presses(card).length);
  });

  it(`${fact.fact}: a direct message names the deal and leads back`, () => {
    const card = inDirect(deal, fact);
    expect(plain(card).split('\n')[0]).toBe('# D-7K3QXM · “Sample Ministry”, Norway · customer “Sample Telecom”');
    expect(actionsOf(card).at(-1)).toMatchObject({ name: 'deal.open-thread', url: links.threadUrl });
    expect(actionsOf(factCard(aView(deal), fact, {}, toRep)).map((a) => a.name)).not.toContain('deal.open-thread');
  });

  it(`${fact.fact}: stands when the deal has moved on`, () => {
    for (const [other] of Object.values(everyFact)) expect(plain(inThread(other, fact)).length).toBeGreaterThan(10);
  });
});

const read = (name: Fact['fact'], make: (deal: OpenedDeal, fact: Fact) => Card = inThread): Card =>
  make(...everyFact[name]);

describe('what facts say', () => {
  it('of a recusal: which votes end, what they asked for, and who may take back an open question', () => {
    const said = plain(inThread(...everyFact.recused));
    expect(said).toMatch(/No longer counted: the vote of .*senior-1/);
    expect(said).toMatch(/Keep \*no\* faces.*Asked for by .*senior-1/);
    expect(said).toMatch(
      /The question of .*senior-2.* stays open\. .*compliance, and the chief compliance officer can/,
    );
  });
  it('shows in the decision and with the vote what was left out, who asked for it and why', () => {
    const condition = { id: 'c9', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };
    const instead = { owner: 'product-1', due: '2027-09-01' };
    const leftOut = [
      { condition, askedBy: 'senior-2', reason: 'It is a sensor' },
      { condition: { ...condition, text: 'Train users' }, askedBy: 'senior-2', reason: 'They move', instead },
    ];
    const vote = aVote('compliance-1', 0, { leftOut });
    const words = [
      'Left out, though an earlier vote asked for it:\n- Limit use. Asked for by @senior-2. Because: “It is a sensor.”',
      'Later, or somebody else’s, than an earlier vote asked for:',
      '- Train users. Asked for by @senior-2 of @rep-1, due 1 June 2027. Now: @product-1, due 1 September 2027. Because: “They move.”',
    ].join('\n');
    const { decided } = everyStatus;
    if (decided.status !== 'decided') throw new Error('not decided');
    const decision = { ...decided.decision, votes: [vote] };
    expect(plain(inThread({ ...decided, decision }, { fact: 'decided' }))).toContain(words);
    const cast = { fact: 'vote cast', step: 0, by: 'compliance-1' } as const;
    expect(plain(inThread(aDecidingDeal({ votes: [vote] }), cast))).toContain(words);
  });

  it('says with a withdrawal and a reopening whose votes do not count any more', () => {
    const lastVoided = { voters: ['compliance-1'], at: NOW, differences: [], because: 'withdrawn' as const };
    const gone = { ...aDeal({ lastVoided }), status: 'withdrawn', reason: 'x', by: 'rep-1', at: NOW } as const;
    expect(plain(inThread(gone, { fact: 'withdrawn' }))).toContain('No longer counted: the vote of @compliance-1.');
    const lastReopened = { by: 'compliance-2', at: NOW, reason: 'New law' };
    const again = aDeal({ lastVoided: { ...lastVoided, because: 'reopened' }, lastReopened });
    expect(plain(inThread(again, { fact: 'reopened' }))).toContain('The deal was reopened on 12 March 2027. No longer');
    const earlier = aDeal({ lastVoided: { ...lastVoided, at: '2027-03-01T09:00:00.000Z' }, lastReopened });
    expect(plain(inThread(earlier, { fact: 'reopened' }))).not.toContain('No longer counted');
  });

  it('hands a section over with its note and a way to answer', () => {
    expect(plain(read('section handed over'))).toContain('@rep-1 handed Product to @product-1.\n> You built it');
    const direct = read('section handed over', inDirect);
    expect(plain(direct)).toContain('@rep-1 thinks you might know the answers to Product.');
    expect(presses(direct)).toContain('deal.answer D-7K3QXM/product');
  });

  it('tells whoever had a section that it went back, or on', () => {
    expect(plain(read('section taken back'))).toContain('@rep-1 took Product back. You need not answer it any more.');
    expect(
      plain(inDirect(everyStatus.answering, { fact: 'section taken back', section: 'product', by: 'rep-1' })),
    ).toContain('@rep-1 handed Product to @product-1 instead.');
  });

  it('asks compliance about a pending flag, not about one that counts', () => {
    expect(plain(read('own flag raised'))).toContain('@compliance-1: please admit or dismiss it.');
    expect(presses(read('own flag raised'))).toEqual(['deal.settle-flag D-7K3QXM/own-1']);
    const admitted = aDeal({ ownFlags: [{ ...ownFlag, status: 'admitted' }] });
    expect(presses(inThread(admitted, { fact: 'own flag raised', flag: 'own-1' }))).toEqual(['deal.why D-7K3QXM']);
  });

  it('says how a flag was settled and why', () => {
    expect(plain(read('own flag settled'))).toContain('The flag that @senior-1 raised was dismissed:');
    expect(plain(read('own flag settled'))).toContain('Reason: “Another company.”');
  });

  it('routes with tier, why and route: flags and who is first stand on the review below', () => {
    const text = plain(read('routed'));
    expect(text).toContain('# Tier: High');
    expect(text).toContain('- Sample rule of the high tier.');
    expect(text).toContain('- Compliance: 1 vote.\n- Senior approvers: 2 votes, at least 1 of them from Counsel.');
    expect(text).not.toMatch(/Reported misuse|your review is wanted/);
  });

  it('stops with the rule and who can reopen', () => {
    expect(plain(read('stopped'))).toContain('Sample rule of the low tier.\nOnly @chief-1 can reopen it.');
  });

  it('tells a vote with rationale, cleared flags, conditions and what is missing', () => {
    const text = plain(read('vote cast'));
    expect(text).toContain(
      '@counsel-1 voted in Senior approvers (step 2 of 2): approve with conditions. Still needed: 1 more vote.',
    );
    expect(text).toContain('> The contract terms make this acceptable.');
    expect(text).toContain('- Cleared: Reported misuse. Report was withdrawn.');
    expect(text).toContain('- End access on misuse. Owner: @rep-1, due 1 May 2027.');
  });

  it('tells what was weighed, in the words of the policy, and why there is no condition', () => {
    const sheet = { leverage: 'b', crucial: 'a', scale: 'b', scope: 'c', irremediability: 'b', ending: 'a' };
    const words = (names: string): { value: string; label: string }[] =>
      names.split(' ').map((label, i) => ({ value: 'abc'.charAt(i), label }));
    const scales = { leverage: words('Strong Little'), crucial: words('Replaceable'), ending: words('Harmless') };
    const vote = aVote('compliance-1', 0, {
      weighing: { ...sheet, safeguardsOffered: 'Audit logs' },
      noCondition: 'The product only counts cars.',
    });
    const toldUnder = (weighing: WeighingSheet): string => {
      const view = aView(aDecidingDeal({ step: 1, votes: [vote] }), { policy: aPolicy({ weighing }) });
      return plain(factCard(view, { fact: 'vote cast', step: 0, by: 'compliance-1' }, {}, { to: 'thread' }));
    };
    const own = { scale: words('Slight Grave'), scope: words('Ten Thousand More'), irremediability: words('Yes No') };
    expect(toldUnder({ ...scales, ...own, citation: 'Sample rule' })).toContain(
      [
        'Why no condition: The product only counts cars.',
        'Weighed: leverage: little; how crucial: replaceable; harm: grave; reach: more; undone: no; ending it: harmless.',
        'Safeguards offered: Audit logs.',
      ].join('\n'),
    );
    const older = toldUnder({ ...scales, severity: words('Slight Serious Grave') });
    expect(older).toContain('reach: grave; undone: serious');
  });

  it('says a weighing once that two voters share', () => {
    const weighing = { leverage: 'b', crucial: 'a', scale: 'b', scope: 'c', irremediability: 'b', ending: 'a' };
    const votes = [aVote('compliance-1', 0, { weighing }), aVote('senior-1', 1, { weighing })];
    const toldOf = (by: string, step: number, cast = votes): string =>
      plain(
        factCard(aView(aDecidingDeal({ step: 1, votes: cast })), { fact: 'vote cast', step, by }, {}, { to: 'thread' }),
      );
    expect(toldOf('senior-1', 1)).toContain('Weighed like @compliance-1.');
    expect(toldOf('compliance-1', 0)).toContain('Weighed: leverage:');
    const other = [votes[0]!, aVote('senior-1', 1, { weighing: { ...weighing, scale: 'c' } })];
    expect(toldOf('senior-1', 1, other)).toContain('Weighed: leverage:');
  });

  it('tells which votes are void and exactly why', () => {
    expect(plain(read('votes voided'))).toContain('- New evidence on “Who operates it?”. Was: not there. Now: We do.');
  });

  it('puts a question to the owner and the answer to the asker', () => {
    expect(plain(read('information asked'))).toContain(
      '@rep-1: @compliance-1 needs to know before voting:\n> Who operates it?',
    );
    expect(presses(read('information asked', inDirect))[0]).toBe('deal.give-information D-7K3QXM/ask-1');
    expect(plain(read('information given'))).toContain('@compliance-1: @rep-1 answered “Who operates it?”\n> We do.');
    expect(plain(read('information taken back'))).toContain(
      '@chief-1 took back a question of @compliance-1. It needs no answer any more:\n> Who operates it?',
    );
    expect(plain(read('information given'))).toContain('Sources: “Contract” (example.org) <https://example.org/c>.');
  });

  it('decides with everybody, their reasons, conditions, and no licence', () => {
    const text = plain(read('decided', inDirect));
    expect(text).toContain('## Approved with conditions');
    expect(text).toContain(
      '@counsel-1 in Senior approvers (step 2 of 2): approve with conditions.\n> The contract terms',
    );
    expect(text).toContain('> Sample rationale of senior-2.');
    expect(text).toContain('- End access on misuse. Owner: @rep-1, due 1 May 2027.');
    expect(text).toContain('This is not an export licence.');
  });

  it('nudges with the button that is waited for', () => {
    expect(presses(read('nudged'))).toEqual(['deal.answer D-7K3QXM/scope']);
    expect(presses(inThread(everyFact['vote cast'][0], { fact: 'nudged', by: 'rep-1' }))).toEqual([
      'deal.review D-7K3QXM/1',
    ]);
    expect(presses(inThread(everyStatus.stopped, { fact: 'nudged', by: 'rep-1' }))).toEqual(['deal.reopen D-7K3QXM']);
  });
});
