/** What of an earlier deal is offered, and what is not: whoever wants an old “No” to live on plays around it. */

import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { earlierDeal } from '../../../../flows/deal/reuse/earlier.ts';
import { offersFor } from '../../../../flows/deal/reuse/offers.ts';
import { unspoken } from '../../../../flows/deal/reuse/unspoken.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { atOncePolicy, weighed } from '../../../support/picture-deal.ts';
import { approved, CONTEXT, GOVERNMENT, lines, opened, voted } from '../../../support/reuse-story.ts';
import { story, type Story } from '../../../support/story.ts';

const THERE = ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8', 'H-RF9'];
const BY_THEM = ['S2-contracted', 'S4', 'S-RF2'];

/** By question: from which deal something is offered to `person`, who looks at `now`. */
const offered = (
  now: DealView,
  earlier: readonly Story[],
  { others = [], person = 'rep-1' }: { others?: readonly Story[]; person?: string } = {},
): Record<string, string> => {
  const deals = earlier.flatMap(({ view }) => earlierDeal(view) ?? []);
  const said = [...earlier, ...others].map(({ view }) => saidElsewhere(view));
  const heard = unspoken(now.policy, deals, said);
  return Object.fromEntries(
    [...offersFor({ ...now, earlier: { person, deals: heard } })].map(([id, { from }]) => [id, from.deal]),
  );
};
const all = (deal: string): Record<string, string> =>
  Object.fromEntries([...THERE, ...BY_THEM].map((id) => [id, deal]));
const without = (deal: string, ...ids: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(all(deal)).filter(([id]) => !ids.includes(id)));

const OLD = 'D-OLD001';

describe('what is offered', () => {
  it('is about the end-user: nothing of the product, the country, the use or of what was done for that deal', () => {
    expect(offered(opened().view, [approved(OLD)])).toEqual(all(OLD));
  });

  it('is nothing to whoever may not read the deal', () => {
    expect(offered(opened().view, [approved(OLD)], { person: 'rep-2' })).toEqual({});
  });

  it('is nothing where the policy does not say for how long', () => {
    const { view } = opened();
    expect(offered({ ...view, policy: { ...atOncePolicy, reuse: undefined } }, [approved(OLD)])).toEqual({});
  });

  it('is the worse answer, too, which needs no basis', () => {
    const old = approved(OLD, {
      answers: { S4: 'yes' },
      given: (answer, id) => (id === 'S4' ? { value: 'yes', sources: [] } : answer),
    });
    expect(offered(opened().view, [old])['S4']).toBe(OLD);
  });

  it('comes from the latest of several', () => {
    const [first, second] = [approved(OLD), approved('D-OLD002')];
    const later = { ...second.view, deal: { ...second.view.deal, answers: shifted(second) } };
    expect(offered(opened().view, [first, { ...second, view: later }])).toEqual(all('D-OLD002'));
  });
});

const shifted = ({ view }: Story, at = '2027-03-01T12:00:00.000Z') =>
  Object.fromEntries(
    Object.entries(view.deal.answers).map(([section, given]) => [
      section,
      Object.fromEntries(Object.entries(given).map(([id, answer]) => [id, { ...answer, at }])),
    ]),
  );

describe('another end-user, country, product or sale', () => {
  it.each<[string, Partial<DealDetails>]>([
    ['a name that is alike', { endUser: { name: 'Sample Harbour Offices', kind: 'government' } }],
    ['a name that reads alike', { endUser: { name: 'Sаmple Harbour Office', kind: 'government' } }],
    ['the same words in another order', { endUser: { name: 'Harbour Office, Sample', kind: 'government' } }],
    ['another kind of end-user', { endUser: { name: GOVERNMENT.name, kind: 'security' } }],
    ['a kind that nobody knows', { endUser: { name: GOVERNMENT.name, kind: 'unknown' } }],
    ['another country', { destination: 'SE' }],
    ['another product, be the earlier one harmless', { product: { id: 'shield', name: 'Sample Shield' } }],
    ['a product that only says it is the same', { product: { id: 'other', name: 'Sample Analytics 2' } }],
  ])('%s: nothing is offered', (_, details) => {
    expect(offered(opened(details).view, [approved(OLD)])).toEqual({});
  });

  it('a name with other capitals, blanks and signs is the same', () => {
    const endUser = { name: 'SAMPLE  harbour-office', kind: 'government' } as const;
    expect(offered(opened({ endUser }).view, [approved(OLD)])).toEqual(all(OLD));
  });

  it('other companies in between, or another customer: not what asks of them', () => {
    const intermediaries = [{ name: 'Sample Reseller', role: 'reseller' }];
    const asked = (['S4', 'S-RF2'] as const).filter((id) => id in all(OLD));
    for (const details of [{ intermediaries }, { customer: 'Another customer' }]) {
      const found = offered(opened(details).view, [approved(OLD)]);
      expect(Object.keys(found)).toEqual(expect.arrayContaining(THERE));
      for (const id of asked) expect(found[id], id).toBeUndefined();
    }
  });

  it('answers that were given before the earlier deal got this end-user are of another', () => {
    const details = { endUser: { name: 'Sample Dam Office', kind: 'government' } } as const;
    const before = story(lines(OLD, { details }), CONTEXT);
    const after = before.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...before.view.deal.details, endUser: GOVERNMENT },
      reason: 'It was mistyped at opening',
    });
    // However it came to be approved.
    const { deal } = approved('D-OLD002').view;
    const view = {
      ...after.view,
      deal: { ...deal, id: OLD, formerly: after.view.deal.formerly, answers: after.view.deal.answers },
    };
    expect(offered(opened().view, [{ ...after, view: view as DealView }])).toEqual({});
  });
});

describe('what stands on nothing, or is disputed', () => {
  it.each<[string, (answer: GivenAnswer) => GivenAnswer]>([
    ['no source at all', ({ value }) => ({ value, sources: [] })],
    ['a source that nobody can look up', ({ value }) => ({ value, sources: [{ name: 'A talk', year: 2026 }] })],
    [
      'a file of that deal',
      ({ value }) => ({
        value,
        sources: [{ name: 'A file', year: 2026, url: 'https://files.example.org/1', file: { sha256: 'a', size: 1 } }],
      }),
    ],
    ['the word of whoever sells here', ({ value }) => ({ value, sources: [], basis: { told: 'rep-2' } })],
  ])('%s: is not offered', (_, change) => {
    const context = { ...CONTEXT, organisation: { ...CONTEXT.organisation } };
    const old = story(lines(OLD, { given: (answer, id) => (id === 'H4' ? change(answer) : answer) }), context);
    const { deal } = approved('D-OLD002').view;
    const view = { ...old.view, deal: { ...deal, id: OLD, answers: old.view.deal.answers } } as DealView;
    const { view: now } = opened();
    const mine = { ...now, deal: { ...now.deal, owner: 'rep-2' } };
    expect(offered(mine, [{ ...old, view }])).toEqual(without(OLD, 'H4'));
  });

  it('somebody’s word is offered with who said so, and not to themself', () => {
    const old = approved(OLD, {
      given: (answer, id) =>
        id === 'H4' ? { value: answer.value, sources: [], basis: { told: 'product-1' } } : answer,
    });
    const { view } = opened();
    expect(offered(view, [old])).toEqual(all(OLD));
    const deals = [earlierDeal(old.view)!];
    expect(offersFor({ ...view, earlier: { person: 'rep-1', deals } }).get('H4')?.answer.basis?.told).toBe('product-1');
    expect(offersFor({ ...view, earlier: { person: 'product-1', deals } }).get('H4')).toBeUndefined();
  });

  it('whose word was denied is offered no more', () => {
    const old = approved(OLD, {
      given: (answer, id) =>
        id === 'H4' ? { value: answer.value, sources: [], basis: { told: 'product-1' } } : answer,
    });
    const denied = old.when('product-1', { type: 'ObjectToBasis', reason: 'I never said so' });
    const after = denied.then('FlagRaised');
    expect(offered(opened().view, [after])['H4']).toBeUndefined();
  });

  it('what is not known, or does not apply, is not offered', () => {
    const unknown = approved(OLD, { answers: { S4: 'unknown' } });
    expect(offered(opened().view, [unknown])['S4']).toBeUndefined();
    const given = (answer: GivenAnswer, id: string): GivenAnswer =>
      id === 'H5-legitimate' ? { ...answer, value: 'not-applicable', note: 'No security work' } : answer;
    expect(offered(opened().view, [approved(OLD, { given })])).toEqual(without(OLD, 'H5-legitimate'));
  });

  it('what was worse once on that deal, and got lighter, is not offered', () => {
    const first = story(lines(OLD, { answers: { S4: 'yes' } }), CONTEXT);
    const [, command] = lines(OLD, {}).find(
      ([, one]) => typeof one !== 'function' && one.type === 'AnswerSection' && one.section === 'stakeholders',
    )!;
    const lighter = first.and('rep-1', {
      ...(command as Extract<DealCommand, { type: 'AnswerSection' }>),
      why: 'It was a mistake',
    });
    const confirmed = lighter.view.lighterSaid
      ? lighter.and('compliance-1', { type: 'ConfirmLighter', asOf: lighter.view.lighterSaid.at })
      : lighter;
    const found = offered(opened().view, [voted(confirmed)]);
    expect(found['S4']).toBeUndefined();
    expect(found['H4']).toBe(OLD);
  });
});

describe('what other deals say, whoever may read them', () => {
  const worse = (id: string, answers: Record<string, FactValue>, details: Partial<DealDetails> = {}): Story =>
    story(lines(id, { answers, details }), CONTEXT);

  it('an answer that another deal with this end-user ever contradicted is not offered', () => {
    for (const details of [{}, { product: { id: 'shield', name: 'Sample Shield' }, destination: 'SE' }]) {
      const others = [worse('D-OTHER1', { 'H-RF8': 'yes' }, details)];
      expect(offered(opened().view, [approved(OLD)], { others })).toEqual(without(OLD, 'H-RF8'));
    }
  });

  it('nothing is offered that was said before another deal with it was declined', () => {
    const declined = worse('D-OTHER1', {}).vote('compliance-1', { ...weighed, outcome: 'decline' });
    expect(declined.view.deal.status).toBe('decided');
    expect(offered(opened().view, [approved(OLD)], { others: [declined] })).toEqual({});
    // What was answered with that known is another answer.
    const old = approved(OLD);
    const later = { ...old.view, deal: { ...old.view.deal, answers: shifted(old) } } as DealView;
    expect(offered(opened().view, [{ ...old, view: later }], { others: [declined] })).toEqual(all(OLD));
  });

  it('nor before somebody raised a flag on another', () => {
    const flagged = worse('D-OTHER1', {}).and('senior-1', { type: 'RaiseFlag', title: 'They resell it' });
    expect(offered(opened().view, [approved(OLD)], { others: [flagged] })).toEqual({});
  });
});

describe('how old it is', () => {
  const at = (view: DealView, now: string): DealView => ({ ...view, now });

  it('counts from the day of the answer, whenever its deal was decided', () => {
    const old = approved(OLD);
    const { view } = opened();
    expect(offered(at(view, '2027-09-01T09:00:00.000Z'), [old])).toEqual(all(OLD));
    expect(offered(at(view, '2027-09-02T00:00:00.000Z'), [old])).toEqual({});
    const deal = {
      ...old.view.deal,
      decision: { ...(old.view.deal as { decision: object }).decision, at: '2027-08-30T09:00:00.000Z' },
    };
    expect(
      offered(at(view, '2027-09-02T00:00:00.000Z'), [{ ...old, view: { ...old.view, deal } as DealView }]),
    ).toEqual({});
  });

  it('gets no younger by a chain: what was confirmed is offered from where it was first said alone', () => {
    const old = approved(OLD);
    const { view } = opened();
    const offers = offersFor({ ...view, earlier: { person: 'rep-1', deals: [earlierDeal(old.view)!] } });
    const second = approved('D-OLD002', { given: (answer, id) => offers.get(id)?.answer ?? answer, earlier: [old] });
    expect(second.view.deal.answers['end-user']?.['H4']?.basis?.earlier?.deal).toBe(OLD);
    expect(offered(opened().view, [second])).toEqual({});
    expect(offered(opened().view, [second, old])).toEqual(all(OLD));
  });
});

describe('a deal that does not stand as it was approved', () => {
  it.each<[string, (old: Story) => Story]>([
    ['reopened', (old) => old.and('compliance-1', { type: 'Reopen', reason: 'They ask for more' })],
    [
      'with a change reported',
      (old) => old.and('rep-1', { type: 'ReportChange', what: 'service', why: 'A module for faces' }),
    ],
    [
      'under reassessment',
      (old) =>
        old
          .and('rep-1', { type: 'ReportChange', what: 'service', why: 'A module' })
          .and('rep-1', { type: 'StartReassessment' }),
    ],
  ])('%s: offers nothing', (_, change) => {
    expect(offered(opened().view, [change(approved(OLD))])).toEqual({});
  });

  it.each(['declined', 'open', 'withdrawn'])('%s: offers nothing', (how) => {
    const open = story(lines(OLD, {}), CONTEXT);
    const deal = {
      declined: () => open.vote('compliance-1', { ...weighed, outcome: 'decline' }),
      open: () => open,
      withdrawn: () => open.and('rep-1', { type: 'Withdraw', reason: 'They think about it' }),
    }[how]!();
    expect(offered(opened().view, [deal])).toEqual({});
  });
});
