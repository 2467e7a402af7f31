/** The rep who asks anew for a product of which compliance sent a scope back: under another name, or corrected away from it. */

import { describe, expect, it } from 'vitest';
import { pastItems } from '../../../../blocks/cards/past-words.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { sentBackElsewhere } from '../../../../flows/deal/said/scope.ts';
import type { SentBackScope } from '../../../../flows/scope-confirmation.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import { openNamed } from '../../../support/twins.ts';

const WHY = 'The maker’s page says that it counts the faces of those who pray.';
const back = (more: Partial<SentBackScope> = {}): SentBackScope => ({
  product: 'other',
  name: 'Foyer greeter screen',
  kind: 'private',
  deal: 'D-F1RST1',
  reason: WHY,
  by: 'compliance-1',
  at: '2027-02-20T09:00:00.000Z',
  ...more,
});
const other = (name: string) => ({ id: 'other', name });

const asked = (all: readonly SentBackScope[], product: DealDetails['product'], to?: DealDetails['product']) => {
  const context = pictureContext({ scopesSentBack: all });
  const deal = openNamed('D-SEC0ND', { endUser: { name: 'Smew Library', kind: 'private' }, product }, context);
  const { details } = deal.view.deal;
  const now = to
    ? deal.and('rep-1', {
        type: 'CorrectDetails',
        details: { ...details, product: to },
        reason: 'They take the panel.',
      })
    : deal;
  return now.and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')).view;
};

describe('why compliance sent a product’s scope back', () => {
  it.each([
    ['under its name', other('Foyer greeter screen'), undefined],
    ['with an s more', other('Foyer greeter screens'), undefined],
    ['with two', other('Foyers greeter screens'), undefined],
    ['with letters out of place', other('Foyre greetr scren'), undefined],
    ['corrected away', other('Foyer greeter screen'), other('Welcome panel')],
  ])('is read by whoever confirms the next: %s', (_, product, to) => {
    const view = asked([back()], product, to);
    expect(sentBackElsewhere(view).map(({ reason }) => reason)).toEqual([WHY]);
    expect(JSON.stringify(pastItems(view))).toContain(WHY);
  });

  it.each([
    ['a product of the catalogue that is put under Other', { product: 'analytics', name: 'Sample Analytics' }],
    ['another kind of end-user', { name: 'Sample Analytics', kind: 'government' }],
  ])('also of %s', (_, more) => {
    const view = asked([back(more)], other('Sample Analytics screen'));
    expect(sentBackElsewhere(view).map(({ reason }) => reason)).toEqual([WHY]);
    expect(JSON.stringify(pastItems(view))).toContain('“Sample Analytics”');
  });

  it('takes turns with what was not confirmed on a sheet: many of one kind push out none of another', () => {
    const many = Array.from({ length: 9 }, (_, n) => back({ deal: `D-MANY0${n}`, reason: `It is another ${n}.` }));
    const of = { id: 'other', name: 'Foyer greeter screen' };
    const at = '2027-02-25T09:00:00.000Z';
    const refused = { questions: ['P1'], from: 'product-1', reason: 'It hears whoever waits.', by: 'compliance-2', at };
    const sheet = {
      id: 'other:foyer greeter screen',
      on: { of: 'product' as const, product: of.id, name: of.name },
      version: 1,
      until: '2028-03-01',
      by: 'product-1',
      at,
      answers: {},
      changes: [],
      said: [],
      disputes: [],
      refused: [refused],
    };
    const view = asked(many, of);
    const withSheet = { ...view, organisation: { ...view.organisation, sheets: [sheet] } };
    expect(JSON.stringify(pastItems(withSheet).slice(0, 2))).toContain('It hears whoever waits.');
  });

  it('puts those with the same kind of end-user first, and leaves out other products', () => {
    const all = [
      back(),
      back({ kind: 'government', reason: 'Another kind.' }),
      back({ name: 'Depot clock', reason: 'A clock.' }),
    ];
    const view = asked(all, other('Foyer greeter screen'));
    expect(sentBackElsewhere(view).map(({ reason }) => reason)).toEqual([WHY, 'Another kind.']);
    const listed = asked(
      [back({ product: 'camera', name: 'Sample Analytics Pro', reason: 'Another of the catalogue.' })],
      {
        id: 'analytics',
        name: 'Sample Analytics',
      },
    );
    expect(sentBackElsewhere(listed)).toEqual([]);
  });

  it.each([
    ['the same kind of end-user', 'private', 'this kind'],
    ['another', 'government', 'another kind'],
  ])('and why lighter answers about the product went back, where such wait: %s', (_, kind, said) => {
    const context = pictureContext({ scopesSentBack: [back({ kind, of: 'answers' })] });
    const details = {
      endUser: { name: 'Smew Library', kind: 'private' },
      product: other('Foyer greeter screen'),
    } as const;
    const inScope = openNamed('D-SEC0ND', details, context).and(...answerPicture('scope', {}, 'private'));
    expect(pastItems(inScope.view)).toEqual([]);
    const [rep, command] = answerPicture('product', {}, 'private');
    const waits = inScope.and(rep, { ...command, why: 'It shows the way to the lifts.' } as DealCommand);
    expect(waits.view.lighterSaid).toBeDefined();
    expect(JSON.stringify(pastItems(waits.view))).toContain(
      `Another deal with this product and ${said} of end-user was not confirmed to be lighter by what it answers of the product`,
    );
    expect(JSON.stringify(pastItems(waits.view))).toContain(WHY);
  });
});
