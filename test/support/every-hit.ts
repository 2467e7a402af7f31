/** Cards and forms of deals whose parties were compared with lists. */

import type { Card, Form } from '../../blocks/card.ts';
import { factCard } from '../../blocks/cards/facts.ts';
import { rootCard } from '../../blocks/cards/root.ts';
import { statusCard } from '../../blocks/cards/status.ts';
import { settleFlagForm } from '../../blocks/forms/flag.ts';
import { startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { whyForm } from '../../blocks/forms/why.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealHit, Screened } from '../../flows/deal/screened-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { aDecidingDeal, aView, NOW, TWO_DAYS_AGO } from './deal-builders.ts';

type Named<T> = readonly [name: string, made: T];

const lists = [
  { name: 'us-consolidated', sha256: 'a'.repeat(64), asOf: TWO_DAYS_AGO },
  { name: 'our-own', sha256: 'b'.repeat(64), asOf: TWO_DAYS_AGO },
];
const endUser = { name: 'Sample Ministry', country: 'NO' };

export const hitOf = (id: string, more: Partial<DealHit> = {}): DealHit => ({
  id,
  list: 'our-own',
  entry: {
    id: 'MU-1',
    hash: 'c'.repeat(32),
    name: 'QORVATH, Ilmaras',
    type: 'person',
    countries: ['NO'],
    addresses: ['7 Made-up Street, Nowhere'],
    programmes: ['Made-up sanctions'],
    url: 'https://lists.example.com/MU-1',
  },
  matched: 'Ilmaras Qorvath',
  isAlias: true,
  score: 0.97,
  parts: { name: 0.92, country: 0.05, type: 0, address: 0 },
  why: [
    'The name fits “Ilmaras Qorvath”, another name of “QORVATH, Ilmaras”, by 92%.',
    'Same country: Norway.',
    'Type not compared: it was not given.',
  ],
  party: endUser,
  flag: 'hit-flag',
  at: TWO_DAYS_AGO,
  ...more,
});

export const hitFlag = (more: Partial<OwnFlag> = {}): OwnFlag => ({
  id: 'hit-flag',
  title: '“Sample Ministry” may be on our-own: QORVATH, Ilmaras',
  by: SYSTEM,
  at: TWO_DAYS_AGO,
  status: 'pending',
  weight: 'severe',
  hit: true,
  ...more,
});

const SCALE = [{ value: 'a', label: 'Sample choice' }];
const policy = { ...aView().policy, weighing: { leverage: SCALE, crucial: SCALE, severity: SCALE, ending: SCALE } };

export const hitView = (hits: readonly DealHit[], flag: OwnFlag = hitFlag(), more = 0): DealView => {
  const screened: Screened = {
    parties: [
      { ...endUser, lists, ...(more > 0 ? { more } : {}) },
      { name: 'Sample Telecom', lists },
    ],
    hits,
  };
  return aView(aDecidingDeal({ ownFlags: [flag], screened, team: ['rep-1'] }), { policy });
};

const LONG = 'Very long name of an authority that a list writes in full with all of its parts and then some '.repeat(4);
const worst = (): DealView =>
  hitView(
    Array.from({ length: 20 }, (_, n) =>
      hitOf(`hit-${n}`, {
        matched: LONG,
        entry: {
          ...hitOf('x').entry,
          name: LONG,
          addresses: [LONG],
          programmes: [LONG, LONG],
          countries: ['NO', 'SE', 'DE', 'FR', 'GB'],
        },
        why: [LONG, LONG, LONG],
      }),
    ),
    hitFlag({ title: `“${LONG.slice(0, 80)}” may be on our-own: ${LONG.slice(0, 80)}` }),
    12,
  );

const why = 'Another person: born in 1961, not 1990.';

/** It was cleared, and its entry is another by now. */
export const backView = (): DealView => {
  const first = hitOf('hit-0', { flag: 'first-flag', entry: { ...hitOf('x').entry, hash: 'd'.repeat(32) } });
  const view = hitView([first, hitOf('hit-1')]);
  const cleared = hitFlag({ id: 'first-flag', status: 'dismissed', reason: why, settledBy: 'compliance-1' });
  return { ...view, deal: { ...view.deal, ownFlags: [cleared, ...view.deal.ownFlags] } };
};

const views = (): Named<DealView>[] => [
  ['hit', hitView([hitOf('hit-1')])],
  [
    'hit, another party',
    hitView([hitOf('hit-1')], hitFlag({ status: 'dismissed', reason: why, settledBy: 'compliance-1' })),
  ],
  [
    'hit, it is them',
    hitView([hitOf('hit-1')], hitFlag({ status: 'admitted', reason: 'The same.', settledBy: 'compliance-1' })),
  ],
  [
    'hit, over',
    hitView(
      [hitOf('hit-1', { gone: { why: 'removed', at: NOW } })],
      hitFlag({ status: 'dismissed', reason: 'The entry is no longer on the list.', settledBy: SYSTEM }),
    ),
  ],
  ['hits, many and long', worst()],
  ['hit, back since its entry changed', backView()],
];

export const everyHitCard = (): Named<Card>[] =>
  views().flatMap(([name, view]): Named<Card>[] => [
    [`${name}: found`, factCard(view, { fact: 'own flag raised', flag: 'hit-flag' }, {}, { to: 'thread' })],
    [`${name}: settled`, factCard(view, { fact: 'own flag settled', flag: 'hit-flag' }, {}, { to: 'thread' })],
    [`${name}: root`, rootCard(view)],
    [`${name}: status`, statusCard(view, 'compliance-1')],
  ]);

export const everyHitForm = (): Named<Form>[] =>
  views().flatMap(([name, view]): Named<Form>[] => {
    const draft = startReview(view, 1);
    return [
      [`${name}: why`, whyForm(view)],
      [`${name}: who is it`, settleFlagForm(view, 'hit-flag')],
      [`${name}: another party`, settleFlagForm(view, 'hit-flag', { verdict: 'dismiss', reason: why })],
      ...(draft ? [[`${name}: review`, reviewForm(view, 1, draft, 1)] satisfies Named<Form>] : []),
    ];
  });
