/** Whatever a decision refuses stands at an input of the form that sent it, approvers' forms included. */

import { expect, it } from 'vitest';
import { inputOf, NAMES } from '../../../blocks/forms/names.ts';
import { shownInput } from '../../../blocks/forms/section-layout.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import type { About, Field } from '../../../flows/ids.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';
import { everyForm } from '../../support/every-card.ts';
import { aFormPolicy, names } from './support.ts';

/** By form: what the decisions on its commands name. */
const REFUSED: Readonly<Record<string, readonly About[]>> = {
  'deal.open': ['channel', 'customer', 'product', 'destination', 'endUser', 'intermediaries'],
  'deal.details': ['customer', 'product', 'destination', 'endUser', 'intermediaries', 'reason'],
  'deal.section': [
    { question: 'Q1', part: 'answer' },
    { question: 'Q1', part: 'note' },
    { question: 'Q1-WHO', part: 'answer' },
    { question: 'TICKS', part: 'answer' },
    'told',
  ],
  'deal.hand-over': ['to'],
  'deal.hand-over-condition': ['to', 'reason'],
  'deal.raise-flag': ['title'],
  'deal.settle-flag': ['reason'],
  'deal.review': [
    'outcome',
    'rationale',
    'question',
    'leverage',
    'crucial',
    'scale',
    'scope',
    'irremediability',
    'ending',
    'noCondition',
    'noStake',
    { flag: 'H-RF1', part: 'opinion' },
    { flag: 'H-RF1', part: 'reason' },
  ],
  'deal.give-information': ['text'],
  'deal.meet-condition': ['text'],
  'deal.settle-condition': ['reason'],
  'deal.lift-suspension': ['reason'],
  'deal.renewals': ['licence', 'contract', 'reason'],
  'deal.something-changed': ['why', 'on'],
  'deal.snooze': ['until'],
  'deal.more': ['to', 'reason'],
  'deal.reopen': ['reason'],
  'desk.away': ['delegate', 'from', 'until'],
  'desk.alert': ['country', 'why', 'on'],
  'desk.end-alert': ['reason'],
  'desk.looked': ['note'],
  'desk.laws': ['country', 'note'],
  'deal.object': ['reason'],
  'deal.recuse': ['reason'],
  'desk.watcher': ['watcher'],
  'desk.hold': ['deal', 'name', 'stop', 'reason', 'review', 'from'],
  'desk.lift-hold': ['reason'],
  'desk.erase': ['deals', 'why'],
  'desk.stop-erase': ['reason'],
  'desk.hold-review': ['review'],
  'desk.later': ['until'],
  'desk.review-channel': ['note'],
  'desk.revoke-passkey': ['reason'],
  'desk.save-view': ['title'],
  'desk.take-training': ['on'],
  'desk.training-import': ['taken'],
  'desk.year-words': ['foreword', 'learned', 'change', 'mayName'],
  'desk.year-return': ['reason'],
  'desk.year-ask': ['table', 'text'],
  'desk.year-answer': ['text'],
  'desk.year-complaints': [],
  'desk.programme-say': ['text', 'to', 'until'],
  'desk.programme-asked': ['text', 'on'],
  'desk.programme-came': ['note'],
};

const drawn = new Map<string, Set<string>>();
for (const [, form] of everyForm()) {
  drawn.set(form.name, new Set([...(drawn.get(form.name) ?? []), ...names(form)]));
}

it.each(Object.entries(REFUSED))('%s shows each refusal at an input of its own', (form, abouts) => {
  const here = drawn.get(form);
  expect(here, `${form} is not drawn`).toBeDefined();
  expect(abouts.map(inputOf).filter((name) => !here?.has(name))).toEqual([]);
});

it('every field that a refusal can name is among them', () => {
  const named = new Set(Object.values(REFUSED).flat());
  expect((Object.keys(NAMES) as Field[]).filter((field) => !named.has(field))).toEqual([]);
});

it('a question behind a shortcut is refused at the shortcut', () => {
  const view = aView(aDeal(), { policy: aFormPolicy() });
  for (const [values, input] of [
    [{ 'all:run': 'all' }, 'all:run'],
    [{}, 'all:run'],
    [{ 'all:run': 'one' }, 'q:Q1'],
  ] as const) {
    expect(shownInput(view, 'forms', values, 'q:Q1')).toBe(input);
    expect(names(sectionForm(view, 'forms', values))).toContain(input);
  }
});
