/** What was heard of other deals while it waited for nobody: once it would, in a new deal, it waits for compliance in this one, too. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { evolve } from '../../../../flows/deal/evolve.ts';
import type { HeardWorry } from '../../../../flows/deal/heard-shapes.ts';
import type { OwnFlag } from '../../../../flows/deal/own-flag.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const heard = (of: HeardWorry['of'], deal = 'D-0THER1'): DealCommand => ({
  type: 'NoteOthers',
  ended: [],
  otherwise: [],
  worries: [{ deal, of, by: 'product-1', at: '2027-03-01T08:00:00.000Z', text: 'Their guards hunt porters.' }],
});
const statuses = ({ view }: Story): OwnFlag['status'][] => view.deal.ownFlags.map(({ status }) => status);
const dismissed = (told: Story): Story =>
  told.and('compliance-1', (v) => ({
    type: 'DismissFlag',
    flag: v.deal.ownFlags.at(-1)!.id,
    reason: 'It is another board.',
  }));
const corrected = (told: Story, kind: 'government' | 'private'): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, endUser: { ...v.deal.details.endUser, kind } },
    reason: 'They told us.',
  }));
const outOfScope = (): Story => {
  const [opened] = pictureDeal({}, 'government');
  return story([opened!], pictureContext())
    .and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'government'))
    .and('compliance-1', (v) => ({
      type: 'ConfirmScope',
      factsHash: v.deal.status === 'answering' ? (v.deal.scopeSaid?.factsHash ?? '') : '',
    }));
};

describe('what another deal says', () => {
  it('waits in one that heard it while it was out of scope, once it is reopened', () => {
    const out = outOfScope();
    expect(out.state.status).toBe('out of scope');
    const told = out.and(SYSTEM, heard('flag'));
    expect(statuses(told)).toEqual([]);
    const again = told.and('rep-1', { type: 'Reopen', reason: 'They want it after all.' });
    expect(statuses(again)).toEqual(['pending']);
    // Nobody is asked twice of the same.
    const settled = dismissed(again).and(...answerPicture('scope', {}, 'government'));
    expect(statuses(settled)).toEqual(['dismissed']);
    expect(statuses(settled.and(SYSTEM, heard('report')))).toEqual(['dismissed', 'pending']);
  });

  it('waits once the end-user is of a kind for which it does', () => {
    const company = story(pictureDeal({}, 'private'), pictureContext()).and(SYSTEM, heard('country'));
    expect(statuses(company)).toEqual([]);
    const authority = corrected(company, 'government');
    expect(statuses(authority)).toEqual(['pending']);
    const settled = dismissed(authority);
    expect(statuses(corrected(settled, 'private'))).toEqual(['pending']);
  });

  it('waits again where it was settled of a milder kind of end-user', () => {
    const company = dismissed(story(pictureDeal({}, 'private'), pictureContext()).and(SYSTEM, heard('flag')));
    expect(statuses(company)).toEqual(['dismissed']);
    expect(statuses(corrected(company, 'government'))).toEqual(['pending']);
  });

  it.each([
    ['product', { product: { id: 'other', name: 'Sample face finder' } }],
    ['country', { destination: 'SE' }],
    ['end-user', { endUser: { name: 'Gannet Guard', kind: 'government' as const } }],
    ['agent', { intermediaries: [{ name: 'Siskin Trading', role: 'agent' }] }],
    ['customer', { customer: 'Siskin Trading' }],
    ['value, which was less', { valueBand: 'over-10m' as const }],
  ])('waits again where it was settled of another %s, and so does a stop', (_, change) => {
    for (const of of ['flag', 'stop'] as const) {
      const told = story(pictureDeal({}, 'government'), pictureContext()).and(SYSTEM, heard(of));
      const settled = told.and(of === 'stop' ? 'chief-1' : 'compliance-1', (v) => ({
        type: 'DismissFlag',
        flag: v.deal.ownFlags.at(-1)!.id,
        reason: 'Here nobody is in between, and no face is seen.',
      }));
      expect(statuses(settled)).toEqual(['dismissed']);
      const now = settled.and('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, ...change },
        reason: 'They told us.',
      }));
      expect(statuses(now)).toEqual(['pending']);
      expect(now.view.deal.ownFlags[0]!.again?.reason).toBe('Here nobody is in between, and no face is seen.');
    }
  });

  it('is not settled with a hit on a list, whose form says nothing of it', () => {
    const told = outOfScope().and(SYSTEM, heard('flag'));
    const hit: DealEvent = {
      type: 'FlagRaised',
      flag: 'hit-1',
      title: 'Is it them?',
      pending: true,
      weight: 'severe',
      hit: true,
      by: SYSTEM,
      at: '2027-03-02T08:00:00.000Z',
    };
    const listed = story([], pictureContext()).resume({
      state: evolve(told.state, hit),
      events: [...told.events, hit],
    });
    const settled = dismissed(listed);
    expect(statuses(settled)).toEqual(['dismissed']);
    const again = settled.and('rep-1', { type: 'Reopen', reason: 'They want it after all.' });
    expect(statuses(again)).toEqual(['dismissed', 'pending']);
  });
});
