/** The rep whose deal went out of scope at once, and what a colleague writes of it, or of its end-user in another deal. */

import { describe, expect, it } from 'vitest';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { openNamed, told } from '../../../support/twins.ts';

const products = [{ id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather', able: false }];
const CONTEXT = pictureContext({ products });
const MAKERS = { name: 'Vole Quarry Makers', kind: 'private' } as const;
const out = (told: Story): Story => told.and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private'));
const opened = (id = 'D-F1RST1', customer: string = MAKERS.name): Story =>
  openNamed(id, { endUser: MAKERS, customer }, CONTEXT);
const given = (told: Story, by: string, to: string, reason: string): Story =>
  told.and(by, { type: 'ReassignOwner', to, reason });
const GUARDS = 'The mast is for the border police, who will hang cameras on it.';
const handedBack = (told: Story): Story =>
  given(given(told, 'rep-1', 'product-1', 'Please look after it.'), 'product-1', 'rep-1', GUARDS);
const status = ({ view }: Story): string => view.deal.status;

describe('a deal that went out of scope at once', () => {
  it('goes to compliance once somebody else writes of it beside what they do', () => {
    const found = out(opened());
    expect(status(found)).toBe('out of scope');
    const lent = given(found, 'rep-1', 'product-1', 'Please look after it.');
    expect(status(lent)).toBe('out of scope');
    const back = handedBack(found);
    expect(back.view.deal).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    expect(JSON.stringify(back.view.deal)).toContain(GUARDS);
    // Confirmed, and told more: they look again.
    const confirmed = back.and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: deal.status === 'answering' ? (deal.scopeSaid?.factsHash ?? '') : '',
    }));
    expect(status(confirmed)).toBe('out of scope');
    const more = given(confirmed, 'rep-1', 'product-1', 'Once more, please.');
    expect(status(given(more, 'product-1', 'rep-1', 'The state police asked for it.'))).toBe('answering');
    // Who never worked on it is read in a message: a colleague who left has many of them.
    const moved = given(confirmed, 'compliance-2', 'product-1', 'The state police asked for it.');
    expect(status(moved)).toBe('out of scope');
    const people = factNoticesOf(moved.events.at(-1)!, confirmed.view, moved.view).flatMap(([, to]) => to);
    expect(people).toContainEqual({ to: 'person', person: 'compliance-1' });
  });

  it('comes back for what somebody had told in another deal with its end-user, and waits where that was heard first', () => {
    const first = handedBack(opened());
    expect(status(out(first))).toBe('answering');
    const second = opened('D-SEC0ND', 'Vole Third');
    expect(status(out(told(second, first)))).toBe('answering');
    const back = told(out(second), first);
    expect(back.view.deal).toMatchObject({ status: 'answering', scopeSaid: {} });
  });

  it('stays so for what everybody is asked, and what was told later', () => {
    const second = out(opened('D-SEC0ND', 'Vole Third'));
    expect(() => told(second, opened())).toThrow('nothing was told');
    const later = '2027-03-01T15:00:00.000Z';
    const lent = given(opened(), 'rep-1', 'product-1', 'Please look after it.');
    const late = lent.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: GUARDS }, later);
    expect(() => told(second, late)).toThrow('nothing was told');
  });
});
