/** Holds that were stored with the key of an older rule still reach their deals. */

import { describe, expect, it } from 'vitest';
import { holdsOn, isHeldBy } from '../../../../flows/deal/context/holds.ts';
import { likeNow, similarHolds } from '../../../../flows/deal/context/similar-holds.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { aDeal } from '../../../support/deal-builders.ts';
import { answerPicture } from '../../../support/picture-deal.ts';
import { NOW, openNamed } from '../../../support/twins.ts';

it.each([
  ['Heard Road Agency', 'heardroadagency'],
  // With a Cyrillic letter, which the older rule kept.
  ['Heаrd Road Agency', 'heаrdroadagency'],
  ['The Road Agency of Heard', 'theroadagencyofheard'],
])('a hold on %j with the key %j', (name, key) => {
  const held = (other: string): boolean =>
    isHeldBy(aDeal({ details: { ...aDeal().details, endUser: { name: other, kind: 'government' } } }), {
      id: 'hold-1',
      on: { of: 'end-user', name, key },
    });
  expect(held('Heard Road Agency')).toBe(true);
  expect(held(name)).toBe(true);
  expect(held('Heard Weather Office')).toBe(false);
});

describe('a hold that comes after a deal was renamed', () => {
  const WAS = 'Sarvar Water Desk';
  const { details } = openNamed('D-HELD11').view.deal;
  const renamed = openNamed('D-HELD11', { endUser: { name: WAS, kind: 'private' } })
    .and(...answerPicture('scope', {}, 'private'))
    .and('rep-1', {
      type: 'CorrectDetails',
      details: {
        ...details,
        endUser: { name: 'Neon Depot South', kind: 'private' },
        customer: 'Sample customer D-HELD11',
      },
      reason: 'The contract names them.',
    });
  const hold = (name: string): Hold =>
    ({
      id: 'hold-1',
      on: { of: 'end-user', name, key: '' },
      by: 'compliance-1',
      at: NOW,
      reason: 'The embassy looks into it',
    }) as unknown as Hold;
  const heldBy = (name: string): { holds: Hold[]; like: string[] } => {
    const { deal, organisation } = renamed.view;
    const now = { deal, organisation: { ...organisation, holds: [hold(name)] } };
    return { holds: holdsOn(now), like: similarHolds(now).map(({ party }) => party) };
  };
  it('reaches it by the name that it had, and asks of one that is much like that', () => {
    expect(renamed.view.deal.details.endUser.name).toBe('Neon Depot South');
    expect(heldBy(WAS).holds).toHaveLength(1);
    expect(heldBy('Sarvar Water Desks')).toEqual({ holds: [], like: [WAS] });
    expect(heldBy('Heard Weather Office')).toEqual({ holds: [], like: [] });
  });

  it('asks of whom it is as what it was then', () => {
    const { deal } = renamed.view;
    const like = likeNow(deal, { hold: hold('Sarvar Water Desks'), party: WAS, name: 'Sarvar Water Desks' });
    expect(like.as).toEqual(['end-user']);
  });
});
