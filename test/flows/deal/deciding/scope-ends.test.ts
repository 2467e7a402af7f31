/** A deal that is out of scope by the confirmation of another: once that was withdrawn, or ran out, somebody looks at it. */

import { describe, expect, it } from 'vitest';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { scopes as register, type ScopesState } from '../../../../flows/registers/scopes.ts';
import type { ScopeConfirmation } from '../../../../flows/scope-confirmation.ts';
import { anOrganisation, aPolicy } from '../../../support/deal-builders.ts';
import { answer, CONTEXT, open, story, type Line, type Story } from '../../../support/story.ts';

const organisationWith = (more: Partial<Organisation> = {}): Organisation =>
  anOrganisation({ products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Data analytics' }], ...more });
const context = (more: Partial<Organisation> = {}) => ({
  ...CONTEXT,
  policy: aPolicy({ confirmScope: 'able' }),
  organisation: organisationWith(more),
});
const opened = (): Line => {
  const [person, command] = open();
  if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
  const { details } = command;
  return [person, { ...command, details: { ...details, endUser: { ...details.endUser, kind: 'security' } } }];
};
const SAYS: Line[] = [opened(), answer('scope', { G1: 'no' })];
const confirm = ({ deal }: DealView) =>
  ({
    type: 'ConfirmScope',
    factsHash: (deal.status === 'answering' ? deal.scopeSaid?.factsHash : undefined) ?? '',
  }) as const;
const types = (told: Story, from?: Story): string[] =>
  told.events.slice(from?.events.length ?? 0).map(({ type }) => type);

/** What compliance confirmed on another deal, on the first of March. */
const kept = (): ScopeConfirmation => {
  const done = story(SAYS, context()).and('compliance-1', confirm);
  const event = done.events.find((e) => e.type === 'ScopeConfirmed');
  if (event?.type !== 'ScopeConfirmed' || !event.keeps) throw new Error('nothing is kept');
  return { ...event.keeps, deal: 'D-0THER1' };
};
/** Out of scope by it, without a look of anybody. */
const resting = (): Story => {
  const told = story(SAYS, context({ scopes: [kept()] }));
  expect(told.state).toMatchObject({ status: 'out of scope', confirmed: { deal: 'D-0THER1' } });
  return told;
};
const BACK_AT = '2027-06-01T09:00:00.000Z';
/** What compliance sent back with the product, of another kind of end-user. */
const back = (more: object = {}) => ({
  product: 'analytics',
  name: 'Sample Analytics',
  kind: 'state-tied',
  deal: 'D-0THER3',
  reason: 'It counts whoever goes through a gate.',
  by: 'compliance-2',
  at: BACK_AT,
  ...more,
});
/** The same deal in a company whose register says this now. */
const under = (deal: Story, more: Partial<Organisation>): Story => story([], context(more)).resume(deal);
const TICK = { type: 'Tick' } as const;

describe('a deal that rests on the confirmation of another', () => {
  it('goes to compliance once that was withdrawn', () => {
    const dropped = { product: 'analytics', kind: 'security', at: '2027-06-01T09:00:00.000Z' };
    const told = under(resting(), { scopes: [], scopesDropped: [dropped] });
    const looked = told.when('system', TICK, '2027-06-01T09:01:00.000Z').then('ScopeSaid');
    expect(looked.state).toMatchObject({
      status: 'answering',
      scopeSaid: { by: 'rep-1', contradicts: [expect.stringMatching(/rested on was withdrawn on 1 June 2027/u)] },
    });
    // Once compliance looked at it for itself, nothing is left.
    const done = looked.and('compliance-1', confirm, '2027-06-01T10:00:00.000Z');
    done.when('system', TICK, '2027-06-01T11:00:00.000Z').refused('not now');
    expect(nextDueAt(done.view)).toBeNull();
  });

  it('does not where another product’s or kind’s was withdrawn, or one before it was given', () => {
    for (const dropped of [
      { product: 'other', kind: 'security', at: '2027-06-01T09:00:00.000Z' },
      { product: 'analytics', kind: 'government', at: '2027-06-01T09:00:00.000Z' },
      { product: 'analytics', kind: 'security', at: '2027-02-01T09:00:00.000Z' },
    ])
      under(resting(), { scopesDropped: [dropped] })
        .when('system', TICK, '2027-06-01T09:01:00.000Z')
        .refused('not now');
  });

  it('goes to compliance thirty days after its twelve months, and its date is in the calendar', () => {
    const told = under(resting(), { scopes: [kept()] });
    // The first of April is a Saturday.
    expect(nextDueAt(told.view)?.slice(0, 10)).toBe('2028-04-03');
    told.when('system', TICK, '2028-03-30T09:00:00.000Z').refused('not now');
    const looked = told.when('system', TICK, '2028-04-03T09:00:00.000Z').then('ScopeSaid');
    expect(looked.state).toMatchObject({
      scopeSaid: { contradicts: [expect.stringMatching(/rested on stood until 1 March 2028/u)] },
    });
    expect(types(looked, told)).toEqual(['ScopeSaid']);
  });

  it('rests on a newer one where compliance gave one for the like meanwhile: nobody is asked', () => {
    const newer = { ...kept(), deal: 'D-0THER9', at: '2028-02-20T09:00:00.000Z', until: '2029-02-20' };
    const told = under(resting(), { scopes: [newer] });
    const rests = told.when('system', TICK, '2028-04-03T09:00:00.000Z').then('FoundOutOfScope');
    expect(rests.state).toMatchObject({ status: 'out of scope', by: 'rep-1', confirmed: { deal: 'D-0THER9' } });
    rests.when('system', TICK, '2028-04-04T09:00:00.000Z').refused('not now');
    expect(nextDueAt(rests.view)?.slice(0, 10)).toBe('2029-03-23');
    const elsewhere = { ...newer, destination: 'SE' };
    under(resting(), { scopes: [elsewhere] })
      .when('system', TICK, '2028-04-03T09:00:00.000Z')
      .then('ScopeSaid');
  });

  it('rests on its own, and on none of a harmless deal that is of another country, kind or end-user', () => {
    const private_ = { kind: 'private', endUser: 'sample club', parties: [], between: [] };
    for (const more of [{ destination: 'SE' }, private_, { ...private_, endUser: 'sample ministry' }]) {
      const harmless = { ...kept(), deal: 'D-0THER2', at: '2028-02-20T09:00:00.000Z', until: '2029-02-20', ...more };
      const { scopes } = [kept(), harmless].reduce<ScopesState>(
        (state, scope) => register.evolve(state, { type: 'ScopeKept', scope, at: scope.at, by: 'compliance-1' }),
        register.none,
      );
      const later = story([opened()], context({ scopes })).and(...answer('scope', { G1: 'no' }));
      expect(later.state).toMatchObject({ status: 'out of scope', confirmed: { deal: kept().deal } });
    }
  });

  it('rests on none of somebody of its own team, nor of one who stepped back', () => {
    const [, command] = opened();
    const scopes = [kept()];
    // Whoever confirmed a harmless one opens the next themselves.
    const own = story(
      [
        ['compliance-1', command],
        ['compliance-1', answer('scope', { G1: 'no' })[1]],
      ],
      context({ scopes }),
    );
    expect(own.state).toMatchObject({ status: 'answering', scopeSaid: { by: 'compliance-1' } });
    own.when('compliance-1', confirm).refused('not allowed', /on the deal team/u);
    expect(own.and('chief-1', confirm).state).toMatchObject({ status: 'out of scope' });
    const stepped = story([opened()], context({ scopes })).and('compliance-1', {
      type: 'Recuse',
      reason: 'My brother sells it.',
    });
    expect(stepped.and(...answer('scope', { G1: 'no' })).state).toMatchObject({ status: 'answering' });
    expect(story([opened()], context({ scopes })).and(...answer('scope', { G1: 'no' })).state).toMatchObject({
      status: 'out of scope',
    });
  });

  it('is said anew once compliance sends one back with the product, for whatever kind of end-user', () => {
    const told = under(resting(), { scopes: [kept()], scopesSentBack: [back()] }).and('system', TICK, BACK_AT);
    expect(told.state).toMatchObject({ status: 'answering' });
    expect(JSON.stringify(told.state)).toContain('Compliance sent another deal with this product');
    under(resting(), { scopes: [kept()], scopesSentBack: [back({ product: 'camera' })] })
      .when('system', TICK, BACK_AT)
      .refused('not now');
  });

  it('rests on none from before compliance sent one back with the product, for whatever kind of end-user', () => {
    const later = (more: object) =>
      story([opened()], context({ scopes: [kept()], scopesSentBack: [back(more)] })).and(
        ...answer('scope', { G1: 'no' }),
      );
    expect(later({}).state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    // What compliance had read, or what is said of another product, is no news.
    for (const more of [{ at: '2027-01-01T09:00:00.000Z' }, { product: 'camera', name: 'Sample Camera' }])
      expect(later(more).state).toMatchObject({ status: 'out of scope', confirmed: { deal: kept().deal } });
  });

  it('is left alone where compliance looked at the deal itself, or under a policy without that part', () => {
    const own = story(SAYS, context()).and('compliance-1', confirm);
    expect(nextDueAt(own.view)).toBeNull();
    under(own, { scopesDropped: [{ product: 'analytics', kind: 'security', at: '2027-06-01T09:00:00.000Z' }] })
      .when('system', TICK, '2029-04-03T09:00:00.000Z')
      .refused('not now');
    const before = resting();
    const older = story([], { ...context(), policy: aPolicy({ confirmScope: undefined }) }).resume(before);
    expect(nextDueAt(older.view)).toBeNull();
    older.when('system', TICK, '2029-04-03T09:00:00.000Z').refused('not now');
  });
});

describe('the register of confirmations', () => {
  it('remembers what was withdrawn, as long as a deal may rest on it', () => {
    const at = '2027-06-01T09:00:00.000Z';
    const drop = { type: 'ScopeDropped', product: 'analytics', kind: 'security', at, by: 'compliance-1' } as const;
    const after = register.evolve({ scopes: [kept()] }, drop);
    expect(after).toEqual({ scopes: [], dropped: [{ product: 'analytics', kind: 'security', at }] });
    const again = register.evolve(after, { ...drop, at: '2027-07-01T09:00:00.000Z' });
    expect(again.dropped).toEqual([{ product: 'analytics', kind: 'security', at: '2027-07-01T09:00:00.000Z' }]);
    const later: ScopesState = register.evolve(again, { ...drop, product: 'other', at: '2029-01-01T09:00:00.000Z' });
    expect(later.dropped?.map(({ product }) => product)).toEqual(['other']);
  });
});
