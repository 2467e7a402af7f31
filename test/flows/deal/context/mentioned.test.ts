/** Whom a report of a change names: it has no part in that deal, and the next deal through it hears of it all the same. */

import { expect, it } from 'vitest';
import { reassessmentText } from '../../../../blocks/cards/reassessment-words.ts';
import { changeForm, readChangeForm } from '../../../../blocks/forms/change.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';
import { noteOf, openNamed } from '../../../support/twins.ts';

const WHY = 'A reseller hands the keys to the border militia.';
const report = (who?: string): DealCommand => ({ type: 'ReportChange', what: 'relationship', why: WHY, who });
const approved = (): Story => story(answeredDeal(), TIMED).vote('compliance-1');
const { details } = approved().view.deal;
const through = (name: string, more: Partial<DealDetails> = {}): Story =>
  openNamed('D-0THER2', {
    endUser: { name: 'Port of Mersal', kind: 'private' },
    customer: 'Mersal Harbour Works',
    product: details.product,
    intermediaries: [{ name, role: 'reseller' }],
    ...more,
  });
const heard = (next: Story, first: Story): string[] => {
  const found = noteOf(next, first);
  return found?.type === 'NoteOthers' ? (found.worries ?? []).map(({ text = '' }) => text) : [];
};

it('is heard of by a deal through it, in whatever part', () => {
  const told = approved().and('rep-1', report('Dune Gate FZE'));
  expect(heard(through('Dune Gate FZE'), told)).toContain(WHY);
  expect(heard(through('Dune Gate'), told)).toContain(WHY);
  expect(heard(through('Somebody Else', { customer: 'Dune Gate FZE' }), told)).toContain(WHY);
  expect(heard(through('Kairat Carriers'), told)).toEqual([]);
  expect(heard(through('Dune Gate FZE'), approved().and('rep-1', report()))).toEqual([]);
});

it('stays heard of where the report is taken back', () => {
  const told = approved().and('rep-1', report('Dune Gate FZE'));
  const [task] = told.view.deal.reassessments ?? [];
  const back = told.and('rep-1', {
    type: 'TakeChangeBack',
    task: task!.id,
    reason: 'They said that it comes to nothing.',
  });
  expect(heard(through('Dune Gate FZE'), back)).toContain(WHY);
});

it('names somebody, and is read with the report', () => {
  expect(() => approved().and('rep-1', report('n/a'))).toThrow(/names nobody/);
  const told = approved().and('rep-1', report('Dune Gate FZE'));
  const [task] = told.view.deal.reassessments ?? [];
  expect(JSON.stringify(reassessmentText(told.view, task!))).toContain('Who: “Dune Gate FZE”');
  expect(JSON.stringify(changeForm(approved().view).blocks)).toContain('Who is new, by name?');
  expect(readChangeForm({ what: 'relationship', why: WHY, who: ' Dune Gate FZE ' })).toMatchObject({
    ok: true,
    value: { who: 'Dune Gate FZE' },
  });
  expect(readChangeForm({ what: 'relationship', why: WHY })).toMatchObject({ ok: true });
});
