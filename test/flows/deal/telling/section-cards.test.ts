/** A section's card is drawn again when something elsewhere brings it a question: else it says "answered" while it waits. */

import { describe, expect, it } from 'vitest';
import { sectionCard } from '../../../../blocks/cards/section.ts';
import { sectionProgress } from '../../../../flows/deal/rights/whose-turn.ts';
import { shownSections } from '../../../../flows/deal/telling/telling.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { noticesBetween } from '../../../support/ticking.ts';

/** Returns the sections whose card changed and is not drawn again. */
const stale = (before: Story, now: Story): string[] => {
  const drawn = noticesBetween(before, now).flatMap((notice) =>
    notice.kind === 'live' && notice.live.card === 'section' ? [notice.live.section] : [],
  );
  return shownSections(before.view).filter(
    (section) =>
      !drawn.includes(section) && plain(sectionCard(before.view, section)) !== plain(sectionCard(now.view, section)),
  );
};

const correct = (told: Story, intermediaries: { name: string; role: string }[]): Line => [
  'rep-1',
  {
    type: 'CorrectDetails',
    details: { ...told.view.deal.details, intermediaries },
    reason: 'There is a reseller',
  },
];

describe('the card of a section that was answered', () => {
  it('is drawn again where a reseller brings a question to it', () => {
    const before = story(pictureDeal({}), pictureContext());
    const now = before.and(...correct(before, [{ name: 'Sample Reseller', role: 'reseller' }]));
    expect(sectionProgress(now.view).filter(({ done }) => !done)).toHaveLength(1);
    expect(stale(before, now)).toEqual([]);
  });

  it('is drawn again where an answer elsewhere brings a question to it', () => {
    const before = story(pictureDeal({}), pictureContext());
    for (const [section, id] of [
      ['end-user', 'H-RF3-conflict'],
      ['laws', 'L-RF1'],
      ['product', 'P1'],
    ] as const) {
      const now = before.and(...answerPicture(section, { [id]: 'yes' }));
      expect([id, stale(before, now)]).toEqual([id, []]);
    }
  });

  it('is drawn again while sections are still answered, in any order', () => {
    const [opening, scope, ...rest] = pictureDeal({});
    if (!opening || !scope) throw new Error('no deal');
    let before = story([opening, scope], pictureContext());
    for (const line of rest.toReversed()) {
      const now = before.and(...line);
      expect(stale(before, now)).toEqual([]);
      before = now;
    }
    const now = before.and(...correct(before, [{ name: 'Sample Reseller', role: 'reseller' }]));
    expect(stale(before, now)).toEqual([]);
  });
});
