/** Whoever dismisses what somebody else raised, or lifts their hold, does not decide alone after that: in either order it takes two. */

import { describe, expect, it } from 'vitest';
import { decidedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { askedBlocks } from '../../../../blocks/cards/reassessment-words.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { whoDecidedItems } from '../../../../blocks/cards/who-decided.ts';
import { dossier } from '../../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../../blocks/dossier/markdown.ts';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { standingOf } from '../../../../flows/deal/rights/whose-turn.ts';
import { settledSince } from '../../../../flows/deal/said/ended-against.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Line, type Story } from '../../../support/story.ts';
import { awayIn, TIMED } from '../../../support/ticking.ts';

const RULE: DealContext = { ...TIMED, policy: aPolicy({ managerAlone: false }) };
const FLAG: DealCommand = { type: 'RaiseFlag', title: 'The end-user is a front of the secret police' };

const low = (context: DealContext = RULE): Story => story(answeredDeal(), context);
const dismiss = (raised: Story): DealCommand => ({
  type: 'DismissFlag',
  flag: raised.view.deal.ownFlags[0]!.id,
  reason: 'Nothing of the kind',
});
const dismissed = (by: string, context: DealContext = RULE): Story => {
  const raised = low(context).and(by, FLAG);
  return raised.and('compliance-1', dismiss(raised));
};

const groups = (compliance: string[], chief = ['chief-1']): DealContext => ({
  ...RULE,
  organisation: {
    ...RULE.organisation,
    groups: RULE.organisation.groups.map((g) =>
      g.id === 'compliance' ? { ...g, members: compliance } : g.id === 'chief' ? { ...g, members: chief } : g,
    ),
  },
});

describe('whoever dismisses a flag that somebody else raised', () => {
  it.each(['compliance-2', 'senior-2', 'product-1'])('does not decide alone after that: raised by %s', (by) => {
    const voted = dismissed(by)
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast');
    expect(voted.view.deal.status).toBe('deciding');
    expect(standingOf(voted.view, voted.view.deal as DecidingDeal)).toMatchObject({
      missing: 1,
      people: ['compliance-2'],
    });
    expect(missingWords(voted.view, voted.view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who did not dismiss a flag that others raised',
    );
    voted.when('compliance-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is one of two in whatever order: the colleague decides alone, or after them', () => {
    dismissed('compliance-2')
      .when('compliance-2', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is not heard through a stand-in either', () => {
    const away = {
      ...RULE,
      organisation: awayIn({ 'compliance-1': ['senior-1', '2027-03-02', '2027-04-01'] }).organisation,
    };
    const lent = story([], away).resume(dismissed('compliance-2'));
    const voted = lent.and(
      'senior-1',
      (v) => ({ ...voteOf(v), for: 'compliance-1' }) as DealCommand,
      '2027-03-03T09:00:00.000Z',
    );
    expect(voted.view.deal.status).toBe('deciding');
  });
  it('is not left as the only other judge by a colleague who makes the third one the owner', () => {
    const three = groups(['compliance-1', 'compliance-2', 'senior-2']);
    const owner: DealCommand = { type: 'ReassignOwner', to: 'senior-2', reason: 'Their client' };
    low(three).when('compliance-2', owner).then('OwnerReassigned');
    dismissed('product-1', three)
      .when('compliance-2', owner)
      .refused('not allowed', /too few could decide/);
  });
  it('decides alone where nobody else is there, and whoever reads it sees that', () => {
    const alone = dismissed('senior-2', groups(['compliance-1'], [])).vote('compliance-1');
    expect(alone.view.deal.status).toBe('decided');
    const said = JSON.stringify([decidedTold(alone.view, false), whoDecidedItems(alone.view)]);
    expect(said.match(/Nobody voted in Compliance who stands apart from the deal/g)).toHaveLength(2);
    expect(said).toContain('dismissed a flag that others raised');
  });
  it('is heard alone while the only colleague is away, who is told', () => {
    const away = {
      ...RULE,
      organisation: awayIn({
        'compliance-2': ['rep-1', '2027-02-01', '2027-06-01'],
        'chief-1': ['rep-1', '2027-02-01', '2027-06-01'],
      }).organisation,
    };
    const decided = dismissed('senior-2', away)
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    expect(decided.events.find(({ type }) => type === 'StepCompleted')).toMatchObject({
      without: ['compliance-2', 'chief-1'],
    });
  });
  it('is as fast as ever where the deal team raised the flag, or it was admitted', () => {
    const own = low().and('rep-1', FLAG);
    expect(own.view.deal.ownFlags).toMatchObject([{ status: 'admitted' }]);
    const raised = low().and('compliance-2', FLAG);
    const admitted = raised.and('compliance-1', {
      type: 'AdmitFlag',
      flag: raised.view.deal.ownFlags[0]!.id,
      weight: 'moderate',
    });
    for (const told of [own, admitted]) {
      const { deal } = told.vote('compliance-1').view;
      expect(deal.status === 'decided' || (deal.status === 'deciding' && deal.step === 1)).toBe(true);
    }
  });
  it('is as before under a policy without the rule', () => {
    expect(dismissed('compliance-2', TIMED).vote('compliance-1').view.deal.status).toBe('decided');
  });
  it('hears before it what it means', () => {
    const raised = low().and('compliance-2', FLAG);
    const form = JSON.stringify(settleFlagForm(raised.view, raised.view.deal.ownFlags[0]!.id, { verdict: 'dismiss' }));
    expect(form).toContain('If you dismiss it, you do not decide alone after that');
  });
});

describe('whoever lifts a colleague’s hold', () => {
  const hold = (by: string): Hold => ({
    id: 'hold-1',
    on: { of: 'deal', deal: low().view.deal.id },
    stop: ['updates'],
    because: 'complaint',
    reason: 'News of misuse there is looked into',
    review: '2027-04-01',
    by,
    at: '2027-03-01T09:00:00.000Z',
  });
  const lifted = (by: string): Story => {
    const placed = hold(by);
    const held = { ...RULE, organisation: { ...RULE.organisation, holds: [placed] } };
    const noted = story([], held).resume(low()).and(SYSTEM, { type: 'NoteHold', hold: placed });
    return story([], RULE)
      .resume(noted)
      .and(SYSTEM, { type: 'NoteRelease', hold: placed.id, reason: 'There was nothing', by: 'compliance-1' });
  };

  it('does not decide alone after that', () => {
    const voted = lifted('compliance-2')
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast');
    expect(missingWords(voted.view, voted.view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who did not end what a colleague had put against it',
    );
    voted.when('compliance-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('decides alone where the hold was their own', () => {
    expect(lifted('compliance-1').vote('compliance-1').view.deal.status).toBe('decided');
  });
  it('is named on the page that is signed', () => {
    const { view } = lifted('compliance-2');
    const page = confirmPage(view);
    expect(page).toMatch(/A hold was lifted .*News of misuse there/u);
  });
});

describe('a flag that was dismissed', () => {
  it('stands on the page that is signed, in the decision and in the dossier: who raised it, who dismissed it, and why', () => {
    const settled = dismissed('compliance-2');
    const decided = settled.vote('compliance-1').vote('compliance-2');
    for (const said of [
      confirmPage(settled.view),
      JSON.stringify(decidedTold(decided.view, true)),
      JSON.stringify(decidedTold(decided.view, false)),
    ]) {
      expect(said).toContain('front of the secret police');
      expect(said).toContain('"person":"compliance-2"');
      expect(said).toContain('"person":"compliance-1"');
      expect(said).toContain('Nothing of the kind');
    }
    const { view } = decided;
    expect(markdownOf(dossier(view, { commits: [] }))).toMatch(
      /Sample Compliance Two raised “The end-user is a front of the secret police”; Sample Compliance dismissed it: Nothing of the kind/,
    );
  });
});

describe('a report against what one colleague approved', () => {
  const REPORT: DealCommand = { type: 'ReportChange', what: 'major', why: 'The bureau is under the secret police now' };
  const reported = (by: string, context?: DealContext): Story => low(context).vote('compliance-1').and(by, REPORT);
  const back = ({ deal }: Story['view']): DealCommand => ({
    type: 'TakeChangeBack',
    task: deal.status === 'decided' ? deal.reassessments!.at(-1)!.id : '',
    reason: 'A mix-up of names',
  });

  it('is taken back by another colleague, the chief, or whoever reported it', () => {
    const theirs = reported('compliance-2');
    theirs.when('compliance-1', back).refused('not allowed', /You approved this deal.*Sample Chief/);
    theirs.when('chief-1', back).then('ChangeTakenBack');
    theirs.when('compliance-2', back).then('ChangeTakenBack');
    const sellers = reported('rep-1');
    sellers.when('compliance-1', back).refused('not allowed', /Sample Compliance Two/);
    sellers.when('compliance-2', back).then('ChangeTakenBack');
  });
  it('is taken back by whoever approved where nobody else is there', () => {
    reported('rep-1', groups(['compliance-1']))
      .when('compliance-1', back)
      .then('ChangeTakenBack');
    low().vote('compliance-1').and('compliance-1', REPORT).when('compliance-1', back).then('ChangeTakenBack');
  });
});

describe('whoever gave the approval that a colleague reports against', () => {
  const approved = low().vote('compliance-1');
  const reported = (by: string): Story =>
    approved.and(by, { type: 'ReportChange', what: 'major', why: 'The office was put under the secret police' });
  const unchanged = (told: Story, by = 'rep-1'): Story => {
    const started = told.and(by, { type: 'StartReassessment' });
    return Object.keys(approved.view.deal.answers).reduce(
      (deal, section) => deal.and(by, { type: 'ConfirmSection', section }),
      started,
    );
  };

  it('does not settle it alone once the deal team has answered that nothing changed', () => {
    const again = unchanged(reported('compliance-2'));
    const voted = again.when('compliance-1', (v) => voteOf(v)).then('VoteCast');
    expect(missingWords(voted.view, voted.view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who did not give the approval that a report is against',
    );
    expect(confirmPage(again.view)).toMatch(/Reported on .*settled by this decision.*put under the secret police/u);
    voted.when('compliance-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is not settled by a decline for another reason, over which the deal is reopened', () => {
    const declined = unchanged(reported('compliance-2')).vote('compliance-2', {
      outcome: 'decline',
      rationale: 'The buyer cancelled the order, so nothing is left to approve.',
    });
    expect(declined.state).toMatchObject({ status: 'decided', decision: { outcome: 'declined' } });
    const again = declined.and('chief-1', { type: 'Reopen', reason: 'The buyer is back' });
    expect(again.view.deal.endedAgainst).toMatchObject([
      { of: 'decline', from: 'compliance-2', reopened: true },
      { of: 'report', from: 'compliance-2', why: 'The office was put under the secret police', reopened: true },
    ]);
    expect(settledSince(again.view.deal)).toEqual([]);
    // One that an approval looked at is settled.
    const approvedAnew = unchanged(reported('compliance-2')).vote('compliance-1').vote('compliance-2');
    expect(approvedAnew.state.status).toBe('decided');
    expect(settledSince(approvedAnew.view.deal)).toHaveLength(1);
  });
  it('does not either where the reporter was handed a section once: the rep chooses to whom', () => {
    const lines = answeredDeal();
    const at = lines.findIndex(([, command]) => 'section' in command && command.section === 'product');
    const hand: Line = ['rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' }];
    const handed = story([...lines.slice(0, at), hand, ['product-1', lines[at]![1]], ...lines.slice(at + 1)], RULE)
      .vote('compliance-1')
      .and('product-1', { type: 'ReportChange', what: 'major', why: 'They locked strikers up with it' });
    expect(handed.view.deal.team).toContain('product-1');
    const again = unchanged(handed);
    again.when('compliance-1', (v) => voteOf(v)).then('VoteCast');
    expect(confirmPage(again.view)).toContain('They locked strikers up with it');
  });
  it('nor where the rep made the reporter its owner', () => {
    const given = approved
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They look after it from now on' })
      .and('product-1', { type: 'ReportChange', what: 'major', why: 'They locked strikers up with it' });
    const again = unchanged(given);
    again.when('compliance-1', (v) => voteOf(v)).then('VoteCast');
    expect(confirmPage(again.view)).toContain('They locked strikers up with it');
  });
  it('nor where the reporter asked for the deal, and handed it to whoever sells it', () => {
    const given = approved
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Their deal' })
      .and('rep-1', { type: 'ReportChange', what: 'major', why: 'They locked strikers up with it' });
    const many = Array.from({ length: 7 }, (_, n) => n).reduce(
      (deal, n) => deal.and('product-1', { type: 'ReportChange', what: 'major', why: `New meeting room ${n}.` }),
      given,
    );
    const again = unchanged(many, 'product-1');
    again.when('compliance-1', (v) => voteOf(v)).then('VoteCast');
    expect(confirmPage(again.view)).toContain('They locked strikers up with it');
    expect(JSON.stringify(askedBlocks(again.view))).toContain('They locked strikers up with it');
  });
  it('is as fast as ever where whoever asked for the deal reported it', () => {
    unchanged(reported('rep-1'))
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});
