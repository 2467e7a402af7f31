/** Who may vote and judge for somebody who is away: one of the same group, or a deputy whom the organisation file names. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealContext } from '../../../flows/deal/deciding/decision.ts';
import { canDo, canRead } from '../../../flows/deal/rights/access.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import { absences } from '../../../flows/registers/absences.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../support/story.ts';
import { awayIn, TIMED } from '../../support/ticking.ts';

const YEAR = ['2027-01-01', '2027-12-31'] as const;
const SAME: CompiledPolicy = aPolicy({ delegates: 'same-group' });

/** With a rep of sales, a second counsel who is no senior, and the deputies named. */
const company = (deputies: Record<string, string[]> = {}, from: Organisation = TIMED.organisation): Organisation => ({
  ...from,
  people: [...from.people, { id: 'counsel-2', name: 'Sample Counsel Two' }].map((p) => ({
    ...p,
    ...(deputies[p.id] ? { deputies: deputies[p.id] } : {}),
  })),
  groups: from.groups.map((g) => (g.id === 'counsel' ? { ...g, members: [...g.members, 'counsel-2'] } : g)),
});
const away = (absent: string, delegate: string, deputies?: Record<string, string[]>): DealContext => ({
  ...TIMED,
  policy: SAME,
  organisation: company(deputies, awayIn({ [absent]: [delegate, ...YEAR] }).organisation),
});
const decided = (
  who: string,
  delegate: string,
  { policy = SAME, deputies }: { policy?: CompiledPolicy | undefined; deputies?: Record<string, string[]> } = {},
) =>
  absences.decide(
    { type: 'SetAway', delegate, from: '2027-03-02', until: '2027-12-31' },
    absences.none,
    { actor: who, at: '2027-03-01T09:00:00.000Z', id: 'x' },
    { organisation: company(deputies), policy },
  );
const refused = (...asked: Parameters<typeof decided>): string => {
  const found = decided(...asked);
  expect(found).toMatchObject({ kind: 'refused', refusal: { code: 'not valid', about: 'delegate' } });
  return found.kind === 'refused' ? found.refusal.text : '';
};

describe('an absence that is declared', () => {
  it('lends no vote of compliance to a rep, and says who is possible', () => {
    const why = refused('compliance-2', 'rep-1');
    expect(why).toContain('You decide on deals, so Sample Rep cannot act for you');
    expect(why).toContain('Please choose Sample Compliance or Sample Chief Compliance.');
    expect(refused('senior-1', 'rep-1')).toContain('Sample Senior Two or Sample Counsel');
    expect(refused('chief-1', 'senior-1')).toContain('Sample Compliance');
  });
  it('goes to one of the same group or to a deputy', () => {
    for (const [who, delegate] of [
      ['compliance-2', 'compliance-1'],
      ['compliance-2', 'chief-1'],
      ['chief-1', 'compliance-1'],
      ['senior-1', 'counsel-1'],
      ['counsel-1', 'counsel-2'],
    ] as const) {
      expect(decided(who, delegate).kind).toBe('accepted');
    }
    expect(decided('compliance-2', 'product-1', { deputies: { 'compliance-2': ['product-1'] } }).kind).toBe('accepted');
    // A deputy of one is not a deputy of another.
    refused('compliance-1', 'product-1', { deputies: { 'compliance-2': ['product-1'] } });
  });
  it('is as free as ever for people who decide nothing, or where the policy says so', () => {
    expect(decided('rep-1', 'product-1').kind).toBe('accepted');
    expect(decided('compliance-2', 'rep-1', { policy: aPolicy({ delegates: 'anybody' }) }).kind).toBe('accepted');
  });
  it('of somebody who decides nothing goes to nobody who judges their deals, and says who is possible', () => {
    for (const delegate of ['senior-1', 'compliance-1', 'counsel-1', 'chief-1']) {
      const why = refused('rep-1', delegate);
      expect(why).toContain('decides on deals, and nobody judges a deal of somebody they act for. Please choose ');
      expect(why).toContain('Sample Product');
    }
    refused('rep-1', 'compliance-1', { policy: aPolicy({ delegates: 'anybody' }) });
    // Nor by a deputy's place: it is for the votes of those who have one.
    refused('rep-1', 'senior-1', { deputies: { 'rep-1': ['senior-1'] } });
  });
  it('of somebody who decides nothing goes to no deputy of a judge, whose vote would then count no more', () => {
    for (const judge of ['counsel-1', 'senior-1', 'compliance-1', 'chief-1'])
      for (const policy of [SAME, aPolicy(), aPolicy({ delegates: 'anybody' })]) {
        const why = refused('rep-1', 'product-1', { policy, deputies: { [judge]: ['product-1'] } });
        expect(why).toContain(
          'is a deputy of somebody who decides on deals, and nobody judges a deal of somebody they act for. Please choose ',
        );
        expect(why.slice(why.indexOf('Please choose'))).not.toContain('Sample Product');
      }
    // A deputy of somebody who decides nothing, and the deputy of whoever decides, chosen by them.
    expect(decided('rep-1', 'product-1', { deputies: { 'rep-1': ['product-1'], 'boss-1': ['product-1'] } }).kind).toBe(
      'accepted',
    );
    expect(decided('counsel-1', 'product-1', { deputies: { 'counsel-1': ['product-1'] } }).kind).toBe('accepted');
  });
  it('goes to nobody of sales from compliance, whatever the policy or the file says', () => {
    const organisation = { ...company({ 'compliance-2': ['rep-1'], 'chief-1': ['rep-1'] }) };
    organisation.groups = [...organisation.groups, { id: 'sellers', name: 'Sellers', members: ['rep-1'] }];
    organisation.roles = { ...organisation.roles, sales: 'sellers' };
    const asked = { type: 'SetAway', delegate: 'rep-1', from: '2027-03-02', until: '2027-12-31' } as const;
    for (const policy of [SAME, aPolicy({ delegates: 'anybody' }), aPolicy(), undefined]) {
      for (const actor of ['compliance-2', 'chief-1']) {
        const meta = { actor, at: '2027-03-01T09:00:00.000Z', id: 'x' };
        expect(absences.decide(asked, absences.none, meta, { organisation, policy })).toMatchObject({
          refusal: { text: expect.stringMatching(/is of sales, which never votes as compliance.*Please choose/) },
        });
      }
    }
    const meta = { actor: 'product-1', at: '2027-03-01T09:00:00.000Z', id: 'x' };
    expect(absences.decide(asked, absences.none, meta, { organisation, policy: SAME }).kind).toBe('accepted');
  });
  it('goes to no auditor, from anybody', () => {
    const organisation = company();
    organisation.people = [...organisation.people, { id: 'auditor-1', name: 'Sample Auditor' }];
    organisation.groups = [...organisation.groups, { id: 'audit', name: 'Audit', members: ['auditor-1'] }];
    organisation.roles = { ...organisation.roles, auditors: 'audit' };
    for (const who of ['rep-1', 'compliance-1', 'senior-1']) {
      expect(
        absences.decide(
          { type: 'SetAway', delegate: 'auditor-1', from: '2027-03-02', until: '2027-03-05' },
          { absences: {} },
          { actor: who, at: '2027-03-01T09:00:00.000Z', id: 'x' },
          { organisation, policy: SAME },
        ),
      ).toMatchObject({
        kind: 'refused',
        refusal: { about: 'delegate', text: expect.stringContaining('is an auditor') },
      });
    }
  });
  it('keeps to the rule under a policy that does not say, and where there is none', () => {
    refused('compliance-2', 'rep-1', { policy: aPolicy() });
    const context = { organisation: company(), policy: undefined };
    const meta = { actor: 'compliance-2', at: '2027-03-01T09:00:00.000Z', id: 'x' };
    const asked = { type: 'SetAway', delegate: 'rep-1', from: '2027-03-02', until: '2027-12-31' } as const;
    expect(absences.decide(asked, absences.none, meta, context).kind).toBe('refused');
  });
  it('names nobody where there is nobody', () => {
    const alone = { ...company(), groups: company().groups.map((g) => ({ ...g, members: g.members.slice(0, 1) })) };
    const organisation = { ...alone, groups: alone.groups.filter((g) => g.id === 'senior' || g.id === 'counsel') };
    const meta = { actor: 'senior-1', at: '2027-03-01T09:00:00.000Z', id: 'x' };
    const asked = { type: 'SetAway', delegate: 'rep-1', from: '2027-03-02', until: '2027-12-31' } as const;
    expect(absences.decide(asked, absences.none, meta, { organisation, policy: SAME })).toMatchObject({
      refusal: { text: expect.stringContaining('to name a deputy for you') },
    });
  });
  it('is told to compliance and the chief where it lends a vote', () => {
    const told = (who: string, delegate: string, deputies = {}): [string, string[]][] => {
      const found = decided(who, delegate, { deputies });
      if (found.kind === 'refused') throw new Error(found.refusal.text);
      const now = found.events.reduce(absences.evolve, absences.none);
      const context = { organisation: company(), policy: SAME };
      return found.events
        .flatMap((event) => absences.tell(event, now, context, absences.none))
        .map(([fact, to]) => [fact.fact, to.map((t) => (t.to === 'person' ? t.person : t.channel))]);
    };
    expect(told('senior-1', 'senior-2')).toEqual([
      ['delegated', ['senior-2']],
      ['lent', ['compliance-1', 'compliance-2', 'chief-1']],
    ]);
    expect(told('compliance-2', 'compliance-1')).toEqual([
      ['delegated', ['compliance-1']],
      ['lent', ['chief-1']],
    ]);
    expect(told('compliance-2', 'product-1', { 'compliance-2': ['product-1'] })).toEqual([
      ['delegated', ['product-1']],
      ['lent', ['compliance-1', 'chief-1']],
    ]);
    expect(told('rep-1', 'product-1')).toEqual([['delegated', ['product-1']]]);
  });
});

describe('an absence from before there was the rule', () => {
  const voteFor =
    (absent: string) =>
    (view: DealView): DealCommand => ({ ...(voteOf(view) as Extract<DealCommand, { type: 'CastVote' }>), for: absent });
  const high = (context: DealContext): Story => story(answeredDeal({ 'H-RF1': 'yes' }), context);
  const second = (context: DealContext): Story => high(context).vote('compliance-1').vote('senior-1');

  it('lends no vote of compliance to a colleague from sales', () => {
    const told = high(away('compliance-2', 'product-1'));
    told.when('product-1', voteFor('compliance-2')).refused('not allowed', /same group, or a named deputy/);
    expect(canRead(told.view, 'product-1')).toBe(false);
    // Nor does it keep them from work: they are needed for nothing.
    told.when('rep-1', { type: 'HandOverSection', section: 'record', to: 'product-1' }).then('SectionHandedOver');
  });
  it('lends it as it did on deals of a policy that does not say, or says anybody', () => {
    for (const policy of [aPolicy(), aPolicy({ delegates: 'anybody' })]) {
      high({ ...away('compliance-2', 'product-1'), policy })
        .when('product-1', voteFor('compliance-2'))
        .then('VoteCast', 'StepCompleted');
    }
  });
  it('lends it to a deputy', () => {
    const told = high(away('compliance-2', 'product-1', { 'compliance-2': ['product-1'] }));
    expect(canRead(told.view, 'product-1')).toBe(true);
    told.when('product-1', voteFor('compliance-2')).then('VoteCast', 'StepCompleted');
  });
  it('lends the vote of counsel, where counsel must be heard, to counsel only', () => {
    second(away('counsel-1', 'counsel-2'))
      .when('counsel-2', voteFor('counsel-1'))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    const own = second(away('counsel-1', 'senior-2'))
      .when('senior-2', (v) => voteOf(v))
      .then('VoteCast');
    expect(own.view.deal.status).toBe('deciding');
    second(away('counsel-1', 'boss-1')).when('boss-1', voteFor('counsel-1')).refused('not allowed');
  });
  it('lets a deputy judge evidence, and nobody else', () => {
    const conditions = [{ id: 'c1', text: 'Limit use', owner: 'rep-1', due: '2027-03-19' }];
    const met = (context: DealContext): Story =>
      story(answeredDeal(), context)
        .vote('compliance-1', { outcome: 'approve-with-conditions', conditions })
        .and('rep-1', { type: 'MeetCondition', condition: 'c1', text: 'Done.', sources: [] });
    const accept: DealCommand = { type: 'AcceptCondition', condition: 'c1' };
    const stranger = met(away('compliance-2', 'product-1'));
    stranger.when('product-1', accept).refused('not allowed', /Only compliance/);
    expect(canRead(stranger.view, 'product-1')).toBe(false);
    const deputy = met(away('compliance-2', 'product-1', { 'compliance-2': ['product-1'] }));
    expect(canDo(deputy.view, 'product-1', 'settle condition')).toBe(true);
    deputy.when('product-1', accept).then('ConditionAccepted');
  });
});
