/** The rep who asks for a reseller as the end-user, with one letter more, so that nothing of whom it sells to is heard. */

import { describe, expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import { heardBy, listenersTo } from '../../../../flows/deal/context/news-of-some.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import { walked } from '../../../../flows/walk.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, weighed } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, NOW, openNamed, told } from '../../../support/twins.ts';

const POLICE = { name: 'Osprey Interior Police', kind: 'security' as const };
const police = (more: Partial<DealDetails> = {}): Story =>
  openNamed('D-F1RST1', {
    endUser: POLICE,
    customer: 'Kairat Trade',
    intermediaries: [{ name: 'Osprey Integrator', role: 'reseller' }],
    ...more,
  }).and(...answerPicture('scope', { 'G1-capability': 'yes' }, 'security'));
const reseller = (name: string, more: Partial<DealDetails> = {}): Story =>
  openNamed('D-SEC0ND', { endUser: { name, kind: 'private' }, customer: name, ...more }).and(
    ...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private'),
  );
const heard = (one: Story, other: Story): Others | undefined =>
  newsOfOthers([saidElsewhere(one.view), saidElsewhere(other.view)], NOW).get('D-SEC0ND');

describe('a reseller that is asked as the end-user', () => {
  it.each(['Osprey Integrator', 'Osprey Integrator Ltd', 'Osprey Integratos', 'Osprey Integrators'])(
    'hears of whom a colleague named it for: %s',
    (name) => {
      const news = heard(reseller(name), police());
      expect(news?.kinds).toMatchObject([{ deal: 'D-F1RST1', kind: 'security', party: true }]);
      expect(news?.worries?.map(({ of }) => of)).toContain('scope');
    },
  );

  it('also where it was the customer alone', () => {
    const news = heard(reseller('Osprey Integratos'), police({ customer: 'Osprey Integrator', intermediaries: [] }));
    expect(news?.kinds).toMatchObject([{ kind: 'security', called: 'Osprey Integrator' }]);
  });

  it('says which name is meant', () => {
    const page = plain({
      blocks: [
        {
          kind: 'list',
          items: againstItems(told(reseller('Osprey Integratos'), police()).view, new Set(['D-F1RST1'])),
        },
      ],
    });
    expect(page).toContain(
      'D-F1RST1, which names “Osprey Integrator”, who may be the same as the end-user here, says of its end-user: ',
    );
    expect(page).toContain('which names somebody who may be the same as the end-user here');
  });

  it('hears nothing of another name', () => {
    const news = heard(reseller('Wheatear Trading'), police());
    expect([news?.kinds, news?.worries]).toEqual([undefined, undefined]);
  });

  it.each(['Osprey Integrator', 'Osprey Integratos', 'Ospray Integrator S.A.'])(
    'hears of whom a colleague named it for in another country: %s',
    (name) =>
      expect(heard(reseller(name, { destination: 'SE' }), police())?.kinds).toMatchObject([
        { deal: 'D-F1RST1', kind: 'security', party: true },
      ]),
  );

  it('is among those that a look at a few asks', () => {
    const [one, other] = [saidElsewhere(reseller('Osprey Integratos').view), saidElsewhere(police().view)];
    const all = [one, other];
    expect(walked(listenersTo(all, [{ before: undefined, now: other }])).map(({ id }) => id)).toContain(one.id);
    expect(walked(heardBy(all, [one])).map(({ id }) => id)).toContain(other.id);
  });
});

describe('a company in between that may be the same', () => {
  const sold = (id: string, through: string, endUser: DealDetails['endUser'], answers = {}): Story =>
    dealNamed(id, answers, { endUser, customer: through, intermediaries: [{ name: through, role: 'reseller' }] });
  const endUser = { name: 'Osprey Harbour Works', kind: 'private' as const };
  const first = sold('D-F1RST1', 'Plover Integrator', endUser, { 'H-RF1': 'yes' }).vote('compliance-1', {
    ...weighed,
    outcome: 'approve-with-conditions',
    conditions: [{ id: 'c-1', text: 'Reserve the right to end it.', owner: 'rep-1', due: '2027-06-01' }],
  });

  it.each(['Plover Integrator', 'Plover Integrators', 'Plover Integrator Ltd'])(
    'brings the conditions of a vote on the same sale: %s',
    (name) => {
      const one = sold('D-SEC0ND', name, { name: 'Bittern Museum', kind: 'private' });
      const said = [saidElsewhere(one.view), saidElsewhere(first.view)];
      expect(first.view.deal.status).toBe('deciding');
      const news = newsOfOthers(said, NOW).get('D-SEC0ND');
      expect(news?.worries).toContainEqual(expect.objectContaining({ of: 'conditions', shares: 'sale' }));
      expect(walked(heardBy(said, said.slice(0, 1))).map(({ id }) => id)).toContain('D-F1RST1');
      expect(walked(listenersTo(said, [{ before: undefined, now: said[1] }])).map(({ id }) => id)).toContain(
        'D-SEC0ND',
      );
    },
  );
});

it.each(['Gannet Steel Works', 'Ganet Steel Works', 'Gannet Steel Works Ltd'])(
  'an open question of an approver is heard of an end-user that may be the same: %s',
  (name) => {
    const asked = dealNamed(
      'D-F1RST1',
      { 'H-RF1': 'yes' },
      { endUser: { name: 'Gannet Steel Works', kind: 'private' }, intermediaries: [], customer: 'Askar Trade' },
    ).and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Why do their guards beat welders?' });
    const one = dealNamed(
      'D-SEC0ND',
      {},
      { endUser: { name, kind: 'private' }, intermediaries: [], customer: 'Umbal Retail' },
    );
    const news = newsOfOthers([saidElsewhere(one.view), saidElsewhere(asked.view)], NOW).get('D-SEC0ND');
    expect(news?.worries).toContainEqual(expect.objectContaining({ of: 'question', by: 'compliance-1' }));
  },
);

it('is told once where the deal is beside that one by the company, too', () => {
  const through = { customer: 'Askar Trade', intermediaries: [{ name: 'Plover Integrator', role: 'reseller' }] };
  const of = (id: string, name: string, answers = {}): Story =>
    dealNamed(id, answers, { endUser: { name, kind: 'private' }, ...through });
  const asked = of('D-F1RST1', 'Gannet Steel Works', { 'H-RF1': 'yes' }).and('compliance-1', {
    type: 'AskForInformation',
    step: 0,
    question: 'Why do their guards beat welders?',
  });
  const one = of('D-SEC0ND', 'Ganet Steel Works');
  // The very same company names both: nothing is near then. Another spelling of it is.
  const other = dealNamed(
    'D-SEC0ND',
    {},
    {
      endUser: { name: 'Ganet Steel Works', kind: 'private' },
      customer: 'Askar Trades',
      intermediaries: [{ name: 'Plover Integrators', role: 'reseller' }],
    },
  );
  for (const each of [one, other]) {
    const news = newsOfOthers([saidElsewhere(each.view), saidElsewhere(asked.view)], NOW).get('D-SEC0ND');
    const said = (news?.worries ?? []).map(({ deal, of: what }) => `${deal} ${what}`);
    expect(said).toContain('D-F1RST1 question');
    expect(said).toEqual([...new Set(said)]);
  }
});
