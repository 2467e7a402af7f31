/** Every refusal is shown at the input that it concerns. */

import { expect, it } from 'vitest';
import { inputOf } from '../../../blocks/forms/names.ts';
import type { About, Field } from '../../../flows/ids.ts';
import { everyForm } from '../../support/every-card.ts';
import { names } from './support.ts';

/** The form for each, and its input. */
const ASKED: Record<Field, readonly [form: string, input: string]> = {
  channel: ['deal.open', 'channel'],
  customer: ['deal.open', 'customer'],
  product: ['deal.open', 'product'],
  destination: ['deal.open', 'destination'],
  endUser: ['deal.open', 'endUserName'],
  licence: ['deal.renewals', 'licence'],
  contract: ['deal.renewals', 'contract'],
  outcome: ['deal.review', 'outcome'],
  rationale: ['deal.review', 'rationale'],
  noStake: ['deal.review', 'noStake'],
  leverage: ['deal.review', 'leverage'],
  crucial: ['deal.review', 'crucial'],
  scale: ['deal.review', 'scale'],
  scope: ['deal.review', 'scope'],
  irremediability: ['deal.review', 'irremediability'],
  ending: ['deal.review', 'ending'],
  deal: ['desk.hold', 'deal'],
  name: ['desk.hold', 'endUser'],
  stop: ['desk.hold', 'stop'],
  review: ['desk.hold', 'review'],
  to: ['deal.hand-over', 'person'],
  delegate: ['desk.away', 'delegate'],
  watcher: ['desk.watcher', 'watcher'],
  country: ['desk.alert', 'country'],
  from: ['desk.away', 'from'],
  until: ['desk.away', 'until'],
  on: ['desk.alert', 'on'],
  taken: ['desk.training-import', 'rows'],
  title: ['deal.raise-flag', 'title'],
  question: ['deal.review', 'question'],
  text: ['deal.give-information', 'text'],
  note: ['desk.review-channel', 'note'],
  why: ['desk.alert', 'why'],
  reason: ['deal.reopen', 'reason'],
};

it.each(Object.entries(ASKED))('%s', (field, [form, input]) => {
  expect(inputOf(field as Field)).toBe(input);
  const shown = everyForm().flatMap(([, made]) => (made.name === form ? names(made) : []));
  expect(shown).toContain(input);
});

const PARTS: [About, string][] = [
  [{ question: 'P1', part: 'answer' }, 'q:P1'],
  [{ question: 'P1', part: 'note' }, 'n:P1'],
  [{ flag: 'H-RF1', part: 'opinion' }, 'f:H-RF1'],
  [{ flag: 'H-RF1', part: 'reason' }, 'r:H-RF1'],
  [{ condition: 'C5', part: 'text' }, 'c:C5'],
  [{ condition: 'C5', part: 'owner' }, 'co:C5'],
  [{ condition: 'C5', part: 'due' }, 'cd:C5'],
];

it.each(PARTS)('%j stands at %s', (about, input) => expect(inputOf(about)).toBe(input));
