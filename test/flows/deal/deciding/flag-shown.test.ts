/** The typo that drowns torture: a flag is settled for what its form showed, and for nothing that came since. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagContext, readContext } from '../../../../blocks/forms/context.ts';
import { readSettleFlagForm, settleFlagForm } from '../../../../blocks/forms/flag.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { runs } from '../../../support/runs.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, noteOf, NOW, told } from '../../../support/twins.ts';

const TYPO = 'The invoice address has a typo in it';
const TORTURE = 'Its officers torture people whom they find with it';
const REASON = 'A typo in an address is no concern';

const flagged = (id: string, title: string, by = 'senior-2'): Story =>
  dealNamed(id).and(by, { type: 'RaiseFlag', title });
const waiting = ({ view }: Story): string => view.deal.ownFlags.find(({ status }) => status === 'pending')!.id;
/** What the form that is open now carries along. */
const openForm = (deal: Story) => {
  const form = settleFlagForm(deal.view, waiting(deal));
  return { text: JSON.stringify(form), context: readContext(flagContext, form.context)! };
};
const dismiss = (flag: string, seen?: string): DealCommand => ({ type: 'DismissFlag', flag, reason: REASON, seen });
const admit = (flag: string, seen?: string): DealCommand => ({
  type: 'AdmitFlag',
  flag,
  weight: 'light',
  reason: REASON,
  seen,
});

describe('a flag for what another deal says', () => {
  const first = flagged('D-TW1N11', TYPO);
  const grave = flagged('D-TW1N22', TORTURE);
  const before = told(dealNamed('D-MINE11'), first);
  const form = openForm(before);
  const after = told(before, first, grave);

  it('comes back with what was said since its form was opened, and keeps what was typed', () => {
    expect(form.text).not.toContain(TORTURE);
    for (const settle of [dismiss, admit])
      after.when('compliance-1', settle(form.context.flag, form.context.seen)).refused('facts changed');
    const again = JSON.stringify(
      settleFlagForm(after.view, form.context.flag, { verdict: 'dismiss', reason: REASON }, form.context.seen),
    );
    expect(again).toContain('Nothing is saved yet');
    expect(again).toContain(TORTURE);
    expect(again).toContain(REASON);
    const { flag, seen } = openForm(after).context;
    expect(after.and('compliance-1', dismiss(flag, seen)).view.deal.ownFlags[0]).toMatchObject({ status: 'dismissed' });
  });

  it('comes back too from a form of before it was kept what one showed, where something came since', () => {
    const late = told(before, first, grave.and('counsel-1', { type: 'RaiseFlag', title: TORTURE }, NOW));
    for (const settle of [dismiss, admit]) {
      late.when('compliance-1', settle(form.context.flag)).refused('facts changed');
      before.and('compliance-1', settle(form.context.flag));
    }
  });

  it('is settled where nothing came but what stops no deal, and where somebody raised it themselves', () => {
    const asked = dealNamed('D-TW1N22')
      .and('compliance-2', { type: 'AskForInformation', step: 0, question: 'When is it delivered?' })
      .and('rep-1', { type: 'Withdraw', reason: 'The customer postponed it' });
    const harmless = told(before, first, asked);
    harmless.and('compliance-1', dismiss(form.context.flag, form.context.seen));
    const own = dealNamed('D-MINE11').and('senior-2', { type: 'RaiseFlag', title: TYPO });
    const { flag, seen } = openForm(own).context;
    const heard = told(own, grave).and('compliance-1', dismiss(flag, seen));
    // What was heard waits in a flag of its own.
    expect(heard.view.deal.ownFlags).toMatchObject([{ status: 'dismissed' }, { by: SYSTEM, status: 'pending' }]);
  });

  it('is never settled for a title that its form did not show, in whatever order things are said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('say', 'hear', 'open', 'settle'), { minLength: 4, maxLength: 14 }),
        (acts) => {
          let [twin, deal, n] = [dealNamed('D-TW1N11'), dealNamed('D-MINE11'), 0];
          let open: ReturnType<typeof openForm> | undefined;
          for (const act of acts) {
            const pending = deal.view.deal.ownFlags.some(({ status }) => status === 'pending');
            if (act === 'say')
              twin = twin.and('senior-2', { type: 'RaiseFlag', title: `They said number ${(n += 1)} of it` });
            if (act === 'hear') {
              const note = noteOf(deal, twin);
              if (note) deal = deal.and(SYSTEM, note);
            }
            if (act === 'open' && pending) open = openForm(deal);
            if (act !== 'settle' || !open || !pending || open.context.flag !== waiting(deal)) continue;
            const heard = (deal.view.deal.others?.worries ?? []).map(({ text }) => text!);
            const shown = heard.every((text) => open!.text.includes(text));
            const settle = deal.when('compliance-1', dismiss(open.context.flag, open.context.seen));
            if (shown) deal = settle.then('FlagDismissed');
            else settle.refused('facts changed');
          }
        },
      ),
      { numRuns: runs(10) },
    );
  }, 60_000);
});

describe('what the form of a flag says of other deals', () => {
  const before = dealNamed('D-MINE11', {}, { endUser: { name: 'Sample Ministry', kind: 'government' } });
  const heavy = dealNamed('D-TW1N44', { 'H-RF1': 'yes' }, { endUser: { name: 'Sample Ministry', kind: 'security' } });
  const over = heavy
    .and('compliance-2', { type: 'AskForInformation', step: 0, question: 'Who uses it?' })
    .and('rep-1', { type: 'Withdraw', reason: 'The customer postponed it' });
  const mine = told(before, over);
  const question = (id: string): string => mine.view.policy.question(id)!.text;

  it('is what was answered otherwise, the kind of end-user and how it ended, as on page 1', () => {
    const { text } = openForm(mine);
    expect(text).toContain('Its answers make it of higher risk, with this product and country');
    expect(text).toContain('Answered otherwise in D-TW1N44: ');
    expect(text).toContain(question('H-RF1'));
    expect(text).toContain('D-TW1N44 says of the same end-user: ');
    expect(text).toMatch(/D-TW1N44 with the same end-user "\},"was withdrawn after a question on /u);
  });

  it('comes back with more that was answered otherwise since, by whichever deal', () => {
    const { context } = openForm(mine);
    const news = dealNamed('D-0THER5', { 'H-RF2': 'yes' }, { endUser: { name: 'Another office', kind: 'security' } });
    const after = told(mine, over, news);
    expect(after.view.deal.others?.worries).toEqual(mine.view.deal.others?.worries);
    for (const settle of [dismiss, admit])
      after.when('compliance-1', settle(context.flag, context.seen)).refused('facts changed');
    const again = openForm(after);
    expect(again.text).toContain(question('H-RF2'));
    after.and('compliance-1', dismiss(again.context.flag, again.context.seen));
  });

  it('comes back with a graver kind of end-user that was heard since, and with the end of such a deal', () => {
    const heard = told(before, heavy);
    const { context } = openForm(heard);
    const ended = told(heard, over);
    ended.when('compliance-1', dismiss(context.flag, context.seen)).refused('facts changed');
    const office = dealNamed('D-TW1N55', { 'H-RF1': 'yes' }, before.view.deal.details);
    const civil = told(before, office);
    const form = openForm(civil).context;
    const graver = told(civil, office, dealNamed('D-TW1N66', {}, heavy.view.deal.details));
    graver.when('compliance-1', dismiss(form.flag, form.seen)).refused('facts changed');
  });
});

describe('a flag that is admitted as lighter than it waited', () => {
  const raised = flagged('D-TW1N33', TORTURE);
  const flag = waiting(raised);

  it('needs a reason, and as heavy as it waited none', () => {
    raised
      .when('compliance-1', { type: 'AdmitFlag', flag, weight: 'light' })
      .refused('not valid', /why it is lighter/, 'reason');
    raised.when('compliance-1', { type: 'AdmitFlag', flag, weight: 'light', reason: '.' }).refused('not valid');
    raised.and('compliance-1', { type: 'AdmitFlag', flag, weight: 'light', reason: REASON });
    raised.and('compliance-1', { type: 'AdmitFlag', flag, weight: 'moderate' });
  });
  it('is said at the field', () => {
    const own = raised.view.deal.ownFlags[0]!;
    const read = readSettleFlagForm({ verdict: 'admit', weight: 'light' }, own);
    expect(read.ok ? {} : read.errors).toEqual({ reason: expect.stringContaining('why it is lighter') });
    expect(readSettleFlagForm({ verdict: 'admit', weight: 'heavy' }, own).ok).toBe(true);
  });
});
