/** The rep who asks under a name with another letter or another "Ltd": all is heard that is heard under the very name. */

import { describe, expect, it } from 'vitest';
import { othersItems } from '../../../../blocks/cards/others-words.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { heardBy, listenersTo } from '../../../../flows/deal/context/news-of-some.ts';
import { newsInTurn, newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { walked } from '../../../../flows/walk.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, weighed } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, NOW, openNamed, told } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const NAME = 'Gannet Steel Works';
const NEAR = ['Ganet Steel Works', 'Gannet Steel Works Ltd', 'Ganet Steel Works S.A.', 'Gannets Steel Work'];

type Details = Partial<DealDetails>;
const private_ = (name: string): DealDetails['endUser'] => ({ name, kind: 'private' });

/** In which part both deals name them. */
const PARTS: Record<string, { first: Details; second: (name: string) => Details }> = {
  'end-user of both': {
    first: { endUser: private_(NAME), customer: 'Askar Trade', intermediaries: [] },
    second: (name) => ({ endUser: private_(name), customer: 'Umbal Retail', intermediaries: [] }),
  },
  'end-user there, customer here': {
    first: { endUser: private_(NAME), customer: 'Askar Trade', intermediaries: [] },
    second: (name) => ({ endUser: private_('Umbal Retail'), customer: name, intermediaries: [] }),
  },
  'customer there, end-user here': {
    first: { endUser: private_('Askar Trade'), customer: NAME, intermediaries: [] },
    second: (name) => ({ endUser: private_(name), customer: 'Umbal Retail', intermediaries: [] }),
  },
  'company in between of both': {
    first: {
      endUser: private_('Askar Trade'),
      customer: 'Askar Trade',
      intermediaries: [{ name: NAME, role: 'reseller' }],
    },
    second: (name) => ({
      endUser: private_('Umbal Retail'),
      customer: 'Umbal Retail',
      intermediaries: [{ name, role: 'reseller' }],
    }),
  },
  'company in between there, end-user here': {
    first: {
      endUser: private_('Askar Trade'),
      customer: 'Askar Trade',
      intermediaries: [{ name: NAME, role: 'reseller' }],
    },
    second: (name) => ({ endUser: private_(name), customer: 'Umbal Retail', intermediaries: [] }),
  },
};

const BAD: Record<string, FactValue> = { 'H-RF1': 'yes', S5: 'yes', P2: 'yes' };
const vote = { ...weighed, outcome: 'approve-with-conditions' } as const;
const approved = (id: string, details: Details): Story =>
  dealNamed(id, {}, details).vote('compliance-1', { outcome: 'approve', noStake: true });
const FIRST: Record<string, (details: Details) => Story> = {
  'answers against it': (details) => dealNamed('D-F1RST1', BAD, details),
  'a flag': (details) => dealNamed('D-F1RST1', {}, details).and('senior-1', { type: 'RaiseFlag', title: 'They shot.' }),
  'a decline': (details) =>
    dealNamed('D-F1RST1', {}, details).vote('compliance-1', { outcome: 'decline', noStake: true }),
  'a question': (details) =>
    dealNamed('D-F1RST1', BAD, details).and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'Why do they beat welders?',
    }),
  conditions: (details) =>
    dealNamed('D-F1RST1', BAD, details).vote('compliance-1', {
      ...vote,
      conditions: [{ id: 'c-1', text: 'Reserve the right to end it.', owner: 'rep-1', due: '2027-06-01' }],
    }),
  'a graver kind': (details) =>
    openNamed('D-F1RST1', { ...details, endUser: { ...details.endUser!, kind: 'security' } }).and(
      ...answerPicture('scope', { 'G1-capability': 'yes' }, 'security'),
    ),
  'a stop': (details) =>
    dealNamed('D-F1RST1', {}, details).and(
      'rep-1',
      answerPicture(defaultPolicy.question('K1')!.section, { K1: 'yes' }, 'private')[1] as DealCommand,
    ),
  'an approval': (details) => approved('D-F1RST1', details),
  'an approval after a question': (details) => {
    const asked = dealNamed('D-F1RST1', {}, details).and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'Why do they beat welders?',
    });
    return asked
      .and('rep-1', ({ deal }) => ({
        type: 'GiveInformation',
        request: deal.requests[0]!.id,
        text: 'A colonel owns the sheds.',
        sources: [],
      }))
      .vote('compliance-1', { outcome: 'approve', noStake: true });
  },
  'out of scope': (details) =>
    openNamed('D-F1RST1', details).and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')),
  'a withdrawal': (details) =>
    FIRST['a question']!(details).and('rep-1', { type: 'Withdraw', reason: 'They do not want it.' }),
};
const SECOND: Record<string, (details: Details) => Story> = {
  'in scope': (details) => dealNamed('D-SEC0ND', {}, details),
  'in scope, worse': (details) => dealNamed('D-SEC0ND', { G1: 'yes', 'H-RF3': 'yes' }, details),
  approved: (details) => approved('D-SEC0ND', details),
  'out of scope': (details) =>
    openNamed('D-SEC0ND', details).and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')),
};
/** Of which country and product. */
const SALES: Record<string, Details> = {
  'the same sale': {},
  'another country': { destination: 'KE' },
  'another product': { product: { id: 'other', name: 'Sample hail meter' } },
};

const short = (others: Others | undefined): string[] => [
  ...new Set([
    ...(others?.ended ?? []).map(({ how, after }) => `${how} ${after ?? ''}`),
    ...(others?.otherwise ?? []).flatMap(({ question, says = [] }) => says.map((value) => `${question} ${value}`)),
    ...(others?.kinds ?? []).map(({ kind }) => kind),
    // Somebody of that name in another country may well be somebody else.
    ...(others?.worries ?? []).flatMap(({ of }) => (of === 'country' ? [] : [of])),
  ]),
];

/** Each second deal is asked beside each first one. */
const seconds = new Map<string, SaidElsewhere>();
const saidOnce = (key: string, make: () => Story): SaidElsewhere => {
  const made = seconds.get(key) ?? saidElsewhere(make().view);
  seconds.set(key, made);
  return made;
};

describe.each(Object.entries(PARTS))('a near name, the %s', (part, { first, second }) => {
  describe.each(Object.entries(FIRST))('%s', (_said, firstOf) => {
    const said = firstOf(first);
    it.each(
      Object.entries(SECOND).flatMap(([how, secondOf]) =>
        Object.entries(SALES).map(([where, sale]) => [how, where, secondOf, sale] as const),
      ),
    )('is heard as under the very name, %s, %s', (how, where, secondOf, sale) => {
      const one = (name: string) => [
        saidOnce(`${part} ${how} ${where} ${name}`, () => secondOf({ ...second(name), ...sale })),
        saidElsewhere(said.view),
      ];
      const heard = short(newsOfOthers(one(NAME), NOW).get('D-SEC0ND'));
      // An approval hears what stands against somebody who may be the same; the rest, once it is reassessed.
      const very = heard.filter((each) => how !== 'approved' || each !== 'security');
      for (const name of NEAR) {
        const all = one(name);
        const near = newsOfOthers(all, NOW).get('D-SEC0ND');
        expect([name, ...very.filter((each) => !short(near).includes(each))]).toEqual([name]);
        if (near === undefined) continue;
        // A look at a few finds the same.
        expect(walked(listenersTo(all, [{ before: undefined, now: all[1] }]))).toContain(all[0]);
        const few = walked(heardBy(all, [all[0]!]));
        expect([...newsInTurn(few, NOW, [all[0]!])].find((found) => found !== undefined)?.[1]).toEqual(near);
      }
    });
  });
});

it('says of an answer whom that deal names', () => {
  const { first, second } = PARTS['customer there, end-user here']!;
  const { view } = told(SECOND['in scope']!(second(NEAR[0]!)), FIRST['answers against it']!(first));
  const page = plain({ blocks: [{ kind: 'list', items: othersItems(view, new Set(['D-F1RST1'])) }] });
  expect(page).toContain(
    `Answered otherwise in D-F1RST1, which names “${NAME}”, who may be the same as somebody named here: `,
  );
});

it.each(['Not known yet', 'Undisclosed', 'To be named'])('is nobody’s where nobody is named: %s', (name) => {
  const of = (id: string, endUser: string) =>
    saidElsewhere(
      dealNamed(id, id === 'D-F1RST1' ? { 'H-RF1': 'yes' } : {}, {
        endUser: { name: endUser, kind: 'unknown' },
        customer: `${id} Trade`,
        destination: id === 'D-F1RST1' ? 'SE' : 'NO',
        intermediaries: [],
      }).view,
    );
  expect(newsOfOthers([of('D-SEC0ND', name), of('D-F1RST1', 'Not known')], NOW).get('D-SEC0ND')).toBeUndefined();
});

describe('a product outside the catalogue that is named nearly the same', () => {
  const sold = (name: string, more: Details): Details => ({
    product: { id: 'other', name },
    intermediaries: [],
    ...more,
  });
  const said = saidElsewhere(
    openNamed('D-F1RST1', sold('Ferry deck gazer', { endUser: private_('Askar Trade'), destination: 'NO' })).and(
      ...answerPicture('scope', { 'G1-capability': 'yes' }, 'private'),
    ).view,
  );
  const asked = (name: string) =>
    saidElsewhere(
      openNamed('D-SEC0ND', sold(name, { endUser: private_('Umbal Retail'), destination: 'KE' })).and(
        ...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private'),
      ).view,
    );

  it.each(['Ferry deck gazer', 'Ferry deck gazers', 'Fery deck gazer', 'Ferry-deck gazer'])(
    'brings what was answered of it: %s',
    (name) => {
      const all = [asked(name), said];
      const news = newsOfOthers(all, NOW).get('D-SEC0ND');
      expect(news?.otherwise).toMatchObject([{ question: 'G1-capability', deal: 'D-F1RST1', says: ['yes'] }]);
      expect(walked(listenersTo(all, [{ before: undefined, now: said }]))).toContain(all[0]);
      expect(walked(heardBy(all, [all[0]!]))).toContain(said);
    },
  );

  it.each(['Ferry deck lamp', 'Deck gazer 2', 'Gazer'])('is another: %s', (name) =>
    expect(newsOfOthers([asked(name), said], NOW).get('D-SEC0ND')).toBeUndefined(),
  );
});
