/** Out of scope is confirmed over nobody's flag and under no hold, nor alone by who set those aside. */

import { describe, expect, it } from 'vitest';
import { confirmAllForm } from '../../../../blocks/forms/confirm-several.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Precedent } from '../../../../flows/deal/context/precedent.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { aDeal, aPolicy } from '../../../support/deal-builders.ts';
import { aHold } from '../../../support/holds.ts';
import { answer, open, story, type Line, type Story } from '../../../support/story.ts';
import { awayIn, TIMED } from '../../../support/ticking.ts';

const RULE: DealContext = { ...TIMED, policy: aPolicy({ managerAlone: false, confirmScope: 'always' }) };
const FLAG: DealCommand = { type: 'RaiseFlag', title: 'The office is a cover of the secret police' };
const [rep, opening] = open();
const OPENED: Line = [rep, { ...opening, details: aDeal().details } as DealCommand];

const said = (context: DealContext = RULE): Story => story([OPENED, answer('scope', { G1: 'no' })], context);
const confirm = ({ deal }: DealView): DealCommand => ({
  type: 'ConfirmScope',
  factsHash: (deal.status === 'answering' ? deal.scopeSaid?.factsHash : undefined) ?? '',
});
const sendBack = (view: DealView): DealCommand => ({
  ...(confirm(view) as Extract<DealCommand, { type: 'ConfirmScope' }>),
  type: 'RefuseScope',
  reason: 'The catalogue says otherwise',
});
const dismiss = ({ deal }: DealView): DealCommand => ({
  type: 'DismissFlag',
  flag: deal.ownFlags[0]!.id,
  reason: 'Nothing of the kind',
});

describe('a flag that waits while a deal is said to be out of scope', () => {
  const flagged = (context?: DealContext): Story => said(context).and('compliance-2', FLAG);

  it('is settled before anybody confirms that; sending it back needs no more', () => {
    const waiting = flagged();
    waiting
      .when('compliance-1', confirm)
      .refused('not now', /must first admit or dismiss .*cover of the secret police/);
    waiting.when('compliance-2', confirm).refused('not now');
    waiting.when('compliance-1', sendBack).then('ScopeRefused');
  });
  it('is said in the form before it is pressed, and not offered among several', () => {
    const { view } = flagged();
    const one = JSON.stringify(confirmScopeForm(view));
    expect(one).toContain('Not to be confirmed yet');
    expect(one).not.toContain('"value":"confirm"');
    expect(JSON.stringify(confirmScopeForm(view, { verdict: 'confirm' }))).not.toContain('"confirm"');
    expect(one).toContain('"value":"refuse"');
    const all = confirmAllForm([view], 1);
    expect(JSON.stringify(all)).toContain('Not to be confirmed yet');
    expect(all.submit).toBeUndefined();
    expect(confirmAllForm([said().view], 1).submit).toBeDefined();
  });
  it('is dismissed by one and the scope confirmed by another', () => {
    const settled = flagged().and('compliance-1', dismiss);
    settled.when('compliance-1', confirm).refused('not allowed', /a colleague confirms .*Sample Compliance Two/);
    settled.when('compliance-2', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });
  it('leaves it to the chief where the only colleague is away', () => {
    const away = {
      ...RULE,
      organisation: awayIn({ 'compliance-2': ['rep-1', '2027-02-01', '2027-06-01'] }).organisation,
    };
    const raised = said(away).and('senior-2', FLAG).and('compliance-1', dismiss);
    raised.when('compliance-1', confirm).refused('not allowed', /a colleague confirms .*Sample Chief/);
    raised.when('chief-1', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });
  it('was admitted: who did so may confirm, unless they made it lighter than it waited', () => {
    const admitted = (weight: 'light' | 'moderate') =>
      flagged().and('compliance-1', ({ deal }) => ({
        type: 'AdmitFlag',
        flag: deal.ownFlags[0]!.id,
        weight,
        reason: 'Only hearsay so far',
      }));
    admitted('moderate').when('compliance-1', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
    admitted('light')
      .when('compliance-1', confirm)
      .refused('not allowed', /a colleague confirms .*Sample Compliance Two/);
    admitted('light').when('compliance-2', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });
  it('stands in both forms once it was dismissed, and neither offers a tick to who did', () => {
    const { view } = flagged().and('compliance-1', dismiss);
    const forms = (reader: string) => [
      confirmScopeForm(view, {}, undefined, { reader }),
      confirmAllForm([view], 1, {}, { reader }),
    ];
    for (const form of [...forms('compliance-1'), ...forms('compliance-2')]) {
      expect(JSON.stringify(form)).toMatch(
        /Said against it, and set aside.*cover of the secret police.*Nothing of the kind/,
      );
    }
    const ticks = (reader: string) =>
      forms(reader).map((form) => /"value":"(?:confirm|D-7K3QXM)"/.test(JSON.stringify(form)));
    expect(ticks('compliance-1')).toEqual([false, false]);
    expect(ticks('compliance-2')).toEqual([true, true]);
    for (const form of forms('compliance-1'))
      expect(JSON.stringify(form)).toMatch(/Not yours to confirm.*a colleague confirms .*Sample Compliance Two/);
  });
  it('is shown beside undecided deals of the same end-user, and not offered among several where they have no room', () => {
    const { view } = said();
    const { details, openedAt: at } = view.deal;
    const part = { details, at, withdrawn: false, also: 0, alsoCalled: [], moreCalled: 0 };
    const form = (parts: number) => {
      const shown = Array.from({ length: parts }, (_, n) => ({ ...part, id: `D-PART1${n}` }));
      const beside = { [view.deal.id]: { similar: [], parts: { shown, more: 0 } } };
      const looking = { reader: 'compliance-1', beside };
      expect(JSON.stringify(confirmScopeForm(view, {}, undefined, looking))).toContain('D-PART10');
      return JSON.stringify(confirmAllForm([view], 1, {}, looking));
    };
    expect(form(1)).toMatch(/Asked for the same end-user.*D-PART10.*Confirm these/u);
    expect(form(7)).not.toContain('Confirm these');
    expect(form(7)).toContain('There is more to read than has room here');
  });
  it('is shown beside the condition of a similar deal, in both forms', () => {
    const { view } = said();
    const text = 'Do not film the pickets of the dock workers.';
    const similar = {
      id: 'D-S1M1LAR',
      details: view.deal.details,
      outcome: 'approved with conditions',
      at: view.now,
      tier: 'low',
      conditions: [{ id: 'c', text, owner: 'rep-1', due: '2027-06-01' }],
      dissent: [],
      suspended: false,
      similarity: { product: 'same product', country: true, endUser: true, flags: [] },
    } as unknown as Precedent;
    const beside = (one: Precedent) => ({ [view.deal.id]: { similar: [one], parts: { shown: [], more: 0 } } });
    const forms = (one: Precedent) =>
      [
        confirmScopeForm(view, {}, undefined, { reader: 'compliance-1', beside: beside(one) }),
        confirmAllForm([view], 1, {}, { reader: 'compliance-1', beside: beside(one) }),
      ].map((form) => JSON.stringify(form));
    for (const form of forms(similar)) expect(form).toContain(text);
    // One of which nobody said more than that it is approved takes no room among several.
    expect(forms({ ...similar, conditions: [] }).map((form) => form.includes('Similar deals'))).toEqual([true, false]);
  });
  it('is shown with holds that are planned, as in a review', () => {
    const { view } = said();
    const hold = { ...aHold({ id: 'hold-7', by: 'compliance-2' }), from: '2027-03-04' };
    const looking = { reader: 'compliance-1', planned: { [view.deal.id]: [{ plan: { hold }, like: [] }] } };
    for (const form of [confirmScopeForm(view, {}, undefined, looking), confirmAllForm([view], 1, {}, looking)]) {
      expect(JSON.stringify(form)).toMatch(/A hold is planned.*compliance-2.*from 4 March 2027/);
      expect(JSON.stringify(form)).not.toContain('Nothing that is known here speaks against it');
    }
  });
});

describe('a hold that stands while a deal is said to be out of scope', () => {
  const hold: Hold = {
    id: 'hold-1',
    on: { of: 'end-user', name: aDeal().details.endUser.name, key: '' },
    stop: ['upgrades'],
    because: 'inquiry',
    reason: 'News of misuse there',
    review: '2027-04-01',
    by: 'compliance-2',
    at: '2027-02-01T09:00:00.000Z',
  };
  const HELD = { ...RULE, organisation: { ...RULE.organisation, holds: [hold] } };

  it('is lifted before anybody confirms that, and by somebody else', () => {
    const held = said(HELD);
    held.when('compliance-1', confirm).refused('not now', /on hold/);
    held.when('compliance-1', sendBack).then('ScopeRefused');
    const lifted = story([], RULE)
      .resume(held)
      .and(SYSTEM, { type: 'NoteRelease', hold: hold.id, reason: 'There was nothing', by: 'compliance-1' });
    lifted.when('compliance-1', confirm).refused('not allowed', /a colleague confirms/);
    lifted.when('compliance-2', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });
});
