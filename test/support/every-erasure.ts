/** Every card and form of the register of erasures. */

import type { Card, Form } from '../../blocks/card.ts';
import { erasuresCard, erasuresListCard } from '../../blocks/cards/erasures.ts';
import { agreeErasureForm, askErasureForm, stopErasureForm } from '../../blocks/forms/erase.ts';
import type { ErasureRequest } from '../../flows/registers/erasure-shapes.ts';
import { aDeal, aView } from './deal-builders.ts';

type Named<T> = [name: string, thing: T];

const WHY = 'The customer asked for it, and nothing was sold.';
const asked: ErasureRequest = {
  id: 'erasure-1',
  deals: ['D-7K3QXM', 'D-4B2N8P'],
  why: WHY,
  early: false,
  by: 'compliance-1',
  at: '2027-03-01T09:00:00.000Z',
  agreed: [],
};
const agreed: ErasureRequest = {
  ...asked,
  id: 'erasure-2',
  early: true,
  agreed: [{ by: 'chief-1', at: '2027-03-02T09:00:00.000Z' }],
  due: '2027-03-03T09:00:00.000Z',
};
const many: ErasureRequest = {
  ...asked,
  id: 'erasure-3',
  by: 'operator',
  deals: Array.from({ length: 40 }, (_, n) => `D-${String(100_000 + n)}`),
  agreed: [{ by: 'compliance-1', at: '2027-03-02T09:00:00.000Z' }],
};

export const everyErasureCard = (): Named<Card>[] => [
  ['erasure asked', erasuresCard({ fact: 'erasure asked', request: asked })],
  ['erasure asked of many', erasuresCard({ fact: 'erasure asked', request: many })],
  ['erasure agreed', erasuresCard({ fact: 'erasure agreed', request: agreed })],
  ['erasure stopped', erasuresCard({ fact: 'erasure stopped', request: agreed, reason: WHY, by: 'compliance-1' })],
  ['a deal is kept', erasuresCard({ fact: 'deals kept', request: agreed, deal: 'D-7K3QXM', why: 'a hold reaches it' })],
  ['deals erased', erasuresCard({ fact: 'deals erased', request: agreed })],
  ['kept no longer', erasuresCard({ fact: 'kept no longer', deals: 12 })],
  ['erasures', erasuresListCard({ requests: { a: asked, b: agreed, c: many } }, 12)],
  ['erasures, none', erasuresListCard({ requests: {} }, 0)],
  [
    'erasures, pages',
    erasuresListCard(
      { requests: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`${n}`, { ...asked, id: `${n}` }])) },
      0,
      2,
    ),
  ],
];

export const everyErasureForm = (): Named<Form>[] => {
  const view = aView(aDeal());
  return [
    ['ask to erase', askErasureForm({})],
    ['ask to erase a deal', askErasureForm({ deal: view })],
    ['ask to erase what is past', askErasureForm({ past: many.deals }, { why: WHY })],
    ['agree to erase', agreeErasureForm({ ...asked, deals: [view.deal.id, 'D-4B2N8P'] }, [view])],
    ['agree to erase many', agreeErasureForm(many, [])],
    ['agree to erase, gone', agreeErasureForm(undefined, [])],
    ['stop an erasure', stopErasureForm(agreed)],
    ['stop an erasure, gone', stopErasureForm(undefined)],
  ];
};
