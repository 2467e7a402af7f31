/** Answers stand on a colleague's word, and then the colleague becomes the one who sells it. */

import { describe, expect, it } from 'vitest';
import { lawsOf } from '../../../../flows/deal/basis/laws.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import { answeredOn, basedOnThis, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const CONTEXT = basisContext(lawsNote());
const to = (person: string): DealCommand => ({ type: 'ReassignOwner', to: person, reason: 'She sells it now' });
const named = (): Story => story(answeredOn({ told: 'product-1' }), CONTEXT);
const opens = (told: Story): unknown[] => told.view.assessment.openQuestions.map(({ id, why }) => [id, why]);
const NOTHING = [
  ['H1', 'no basis'],
  ['H2', 'no basis'],
];

describe('the word of whoever sells the deal', () => {
  it('serves no longer when they become its owner: votes on it are void, and it counts as not known', () => {
    const voted = named().vote('compliance-1');
    expect(voted.state).toMatchObject({ status: 'deciding', tier: 'low', step: 1 });
    const after = voted
      .when('rep-1', to('product-1'))
      .then('OwnerReassigned', 'BasisEnded', 'VotesVoided', 'DealRouted');
    expect(after.state).toMatchObject({ status: 'deciding', tier: 'high', step: 0, votes: [] });
    expect(opens(after)).toEqual(NOTHING);
    const notices = noticesBetween(voted, after);
    expect(toldOf(notices, 'basis ended')).toEqual(['thread']);
    expect(toldOf(notices, 'votes voided')).toContain('compliance-1');
  });

  it.each([
    ['whoever stands in for them', { person: 'rep-1', delegate: 'product-1' }],
    ['somebody who is away and for whom they act', { person: 'product-1', delegate: 'rep-1' }],
  ])('is not served by %s', (_who, pair) => {
    const absences = [{ ...pair, from: '2027-02-01', until: '2027-12-31' }];
    const away = { ...CONTEXT, organisation: { ...CONTEXT.organisation, absences } };
    const unanswered = story(answeredOn({ sources: [SOURCE] }), away);
    const [actor, named] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    unanswered.when(actor, named).refused('not valid', /for whom they act/u, 'told');
  });

  it('is no better from a colleague who sells other deals', () => {
    const { organisation } = CONTEXT;
    const sales = { id: 'sales', name: 'Sales', members: ['rep-1', 'product-1'] };
    const selling = { ...CONTEXT, organisation: { ...organisation, groups: [...organisation.groups, sales] } };
    const [actor, named] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    story(answeredOn({ sources: [SOURCE] }), selling)
      .when(actor, named)
      .refused('not valid', /colleague who sells/u, 'told');
  });

  it('is no source: a colleague is named as who told it, and hears of it', () => {
    const { people } = CONTEXT.organisation;
    const { name = '' } = people.find(({ id }) => id === 'compliance-1') ?? {};
    for (const said of [`${name}, e-mail to the rep`, name.toUpperCase(), name.replace('o', '\u043e')]) {
      const sources = [{ ...SOURCE, name: said }];
      const [actor, named] = basedOnThis('record', { H1: 'no', H2: 'no' }, { sources });
      story(answeredOn({ sources: [SOURCE] }), CONTEXT)
        .when(actor, named)
        .refused('not valid', /is somebody here/u, 'told');
    }
    const [actor, other] = basedOnThis(
      'record',
      { H1: 'no', H2: 'no' },
      { sources: [{ ...SOURCE, name: `Report of ${name}` }] },
    );
    expect(story(answeredOn({ sources: [SOURCE] }), CONTEXT).and(actor, other).state).toMatchObject({ tier: 'low' });
  });

  it('does not serve again when the deal goes back: somebody names what it stands on', () => {
    const back = named().and('rep-1', to('product-1')).and('product-1', to('rep-1'));
    expect(back.state).toMatchObject({ tier: 'high' });
    const [actor, again] = basedOnThis('record', { H1: 'no', H2: 'no' }, { told: 'product-1' });
    back.when(actor, again).refused('not valid', /sells this/, 'told');
    const [, source] = basedOnThis('record', { H1: 'no', H2: 'no' }, { sources: [SOURCE] });
    expect(back.and(actor, source).state).toMatchObject({ tier: 'low' });
  });

  it('leaves the sources beside it', () => {
    const both = story(answeredOn({ told: 'product-1', sources: [SOURCE] }), CONTEXT).and('rep-1', to('product-1'));
    expect(both.state).toMatchObject({ tier: 'low' });
    expect(both.view.deal.answers['record']?.['H1']?.basis).toEqual({ sources: [SOURCE] });
  });

  it('is left alone where somebody else takes the deal over: nothing follows', () => {
    named().vote('compliance-1').when('rep-1', to('boss-1')).then('OwnerReassigned');
  });

  it('serves on where they only hold a section', () => {
    const held = named().when('rep-1', { type: 'HandOverSection', section: 'record', to: 'product-1' });
    expect(held.then('SectionHandedOver').state).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('does not come by way of a decided deal that is reopened, or a withdrawn one', () => {
    const decided = named().vote('compliance-1').vote('senior-1');
    const signed = decided.when('compliance-1', to('product-1')).then('OwnerReassigned');
    expect(signed.view.deal.answers['record']?.['H1']?.basis).toEqual({ told: 'product-1' });
    const again = signed.and('compliance-1', { type: 'Reopen', reason: 'A new report came out' });
    expect(opens(again)).toEqual(NOTHING);
    const gone = named()
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .and('compliance-1', to('product-1'))
      .and('product-1', { type: 'Reopen', reason: 'Won it after all' });
    expect(opens(gone)).toEqual(NOTHING);
  });

  it('does not come back with answers that compliance sends back', () => {
    const half = story(answeredOn({ told: 'product-1' }).slice(0, 3), CONTEXT).and('rep-1', to('product-1'));
    expect(half.events.at(-1)?.type).toBe('BasisEnded');
    expect(half.view.facts.based).toMatchObject({ H1: 0, H2: 0 });
  });
});

describe('counsel’s note by somebody who comes onto the deal', () => {
  it('serves no longer from then on, not only from the next answer', () => {
    const voted = named().vote('compliance-1');
    const owner = voted.when('compliance-2', to('counsel-1')).then('OwnerReassigned', 'VotesVoided', 'DealRouted');
    expect(lawsOf(owner.view.deal)).toBeUndefined();
    expect(owner.state).toMatchObject({ tier: 'elevated' });
    const holder = voted
      .when('compliance-2', { type: 'HandOverSection', section: 'record', to: 'counsel-1' })
      .then('SectionHandedOver', 'VotesVoided', 'DealRouted');
    expect(holder.state).toMatchObject({ tier: 'elevated' });
  });
});

describe('whoever is named as having said so', () => {
  const managed = { ...CONTEXT, policy: { ...CONTEXT.policy, managerAlone: false as const } };
  const namedAs = (told: string): Story => story(answeredOn({ told }), managed);

  it('does not judge their own word alone while a colleague of theirs is here', () => {
    const voted = namedAs('compliance-1').vote('compliance-1');
    expect(voted.state).toMatchObject({ status: 'deciding', step: 0 });
    expect(waitingFor(voted.view)).toMatchObject({ for: 'votes', people: ['compliance-2'] });
  });

  it('takes nobody off the call: their manager is asked, too, though that vote alone does not suffice', () => {
    // senior-1 manages counsel-1: a team that names counsel-1 would else leave the choice of its judge to senior-2.
    const asked = waitingFor(namedAs('counsel-1').vote('compliance-1').view);
    expect(asked.people).toEqual(expect.arrayContaining(['senior-1', 'senior-2']));
  });
});
