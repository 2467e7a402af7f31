/** The rep who says that counsel never looked, so that what counsel wrote of that country is nowhere to be read. */

import { describe, expect, it } from 'vitest';
import { pastItems } from '../../../../blocks/cards/past-words.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import { otherNotes } from '../../../../flows/deal/context/counsel-notes.ts';
import { againstShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story } from '../../../support/story.ts';

const context = pictureContext();
const [NOTE] = context.organisation.counselNotes ?? [];
const play = (answers: Parameters<typeof pictureDeal>[0]) => story(pictureDeal(answers), context).view;
const DENIED = { L1: 'no', L2: 'no', L3: 'no' } as const;

describe('counsel’s note that stands', () => {
  it('is read where no answer stands on it', () => {
    const view = play(DENIED);
    expect(otherNotes(view)).toMatchObject([{ note: { id: NOTE!.id }, unused: true }]);
    const page = JSON.stringify(pastItems(view));
    expect(JSON.stringify(whyForm(view, undefined, undefined, 'compliance-1'))).toContain(NOTE!.looked);
    // The deal team reads it where it answers.
    expect(JSON.stringify(whyForm(view))).not.toContain(NOTE!.looked);
    expect(page).toContain('Counsel’s note on the laws there, on which no answer stands');
    expect(page).toContain(NOTE!.looked);
    const without = {
      ...view,
      organisation: { ...view.organisation, counselNotes: [] },
      deal: { ...view.deal, laws: undefined },
    };
    expect(againstShown(view)).not.toBe(againstShown(without));
  });

  it('is read beside a brief of counsel’s on which the answers stand', () => {
    const view = play({});
    const brief = {
      id: 'country:NO',
      version: 1,
      by: 'counsel-1',
      at: view.now,
      until: '2028-01-01',
      counsel: true as const,
    };
    const answers = Object.fromEntries(
      Object.entries(view.deal.answers).map(([section, given]) => [
        section,
        Object.fromEntries(
          Object.entries(given).map(([id, one]) => [id, { ...one, basis: { ...one.basis, sheet: brief } }]),
        ),
      ]),
    );
    expect(otherNotes({ ...view, deal: { ...view.deal, answers } } as DealView)).toMatchObject([{ unused: true }]);
  });

  it('is told with the answers that stand on it, and nowhere before they are given', () => {
    expect(otherNotes(play({}))).toEqual([]);
    const view = play({});
    expect(otherNotes({ ...view, deal: { ...view.deal, answers: {} } })).toEqual([]);
  });

  it('is read beside another of the same counsel while it is valid', () => {
    const view = play({});
    const before = { ...NOTE!, id: 'before', looked: 'I advise against any of it.', until: '2027-12-31' };
    const notesReplaced = [{ note: before, by: before.by, at: '2027-02-01T09:00:00.000Z' }];
    const then = (now: string): DealView => ({ ...view, now, organisation: { ...view.organisation, notesReplaced } });
    expect(JSON.stringify(pastItems(then('2027-12-31T09:00:00.000Z')))).toContain(before.looked);
    expect(otherNotes(then('2028-01-02T09:00:00.000Z'))).toEqual([]);
  });
});
