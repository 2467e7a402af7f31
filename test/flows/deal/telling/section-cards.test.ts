/** A card of sections is drawn again when something elsewhere brings one a question: else it says "answered" while it waits. */

import { describe, expect, it } from 'vitest';
import { answersCard } from '../../../../blocks/cards/answers.ts';
import { sectionCard } from '../../../../blocks/cards/section.ts';
import { sectionProgress } from '../../../../flows/deal/rights/whose-turn.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { liveKey, shownSections } from '../../../../flows/deal/telling/telling.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { noticesBetween } from '../../../support/ticking.ts';

/** Whether the card of all sections changed and is not drawn again. */
const isStale = (before: Story, now: Story): boolean =>
  plain(answersCard(before.view)) !== plain(answersCard(now.view)) &&
  !noticesBetween(before, now).some((notice) => notice.kind === 'live' && notice.live.card === 'answers');

/** Of a deal whose sections have a card each: those whose card changed and is not drawn again. */
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

type Open = (lines: readonly Line[]) => Story;
const fresh: Open = (lines) => story(lines, pictureContext());
/** Opened before sections shared a card. */
const older: Open = ([opening, ...lines]) => {
  const opened = fresh(opening ? [opening] : []);
  const { oneCard, ...state } = opened.state as OpenedDeal;
  expect(oneCard).toBe(true);
  const kept = opened.resume({ state, events: opened.events });
  return lines.reduce((told, line) => told.and(...line), kept);
};

describe.each([
  ['the card of all sections', fresh, isStale, false],
  ['the card of a section, of an older deal', older, stale, []],
] as const)('%s', (_name, open, staleIn, nothing) => {
  it('is drawn again where a reseller brings a question to a section', () => {
    const before = open(pictureDeal({}));
    const now = before.and(...correct(before, [{ name: 'Sample Reseller', role: 'reseller' }]));
    expect(sectionProgress(now.view).find(({ section }) => section.id === 'stakeholders')?.done).toBe(false);
    expect(staleIn(before, now)).toEqual(nothing);
  });

  it('is drawn again where an answer elsewhere brings a question to a section', () => {
    const before = open(pictureDeal({}));
    for (const [section, id] of [
      ['end-user', 'H-RF3-conflict'],
      ['laws', 'L-RF1'],
      ['product', 'P1'],
    ] as const) {
      const now = before.and(...answerPicture(section, { [id]: 'yes' }));
      expect([id, staleIn(before, now)]).toEqual([id, nothing]);
    }
  });

  it('is drawn again while sections are still answered, in any order', () => {
    const [opening, scope, ...rest] = pictureDeal({});
    if (!opening || !scope) throw new Error('no deal');
    let before = open([opening, scope]);
    for (const line of rest.toReversed()) {
      const now = before.and(...line);
      expect(staleIn(before, now)).toEqual(nothing);
      before = now;
    }
    const now = before.and(...correct(before, [{ name: 'Sample Reseller', role: 'reseller' }]));
    expect(staleIn(before, now)).toEqual(nothing);
  });
});

const cardsOf = (before: Story, now: Story): string[] =>
  noticesBetween(before, now).flatMap((notice) => (notice.kind === 'live' ? [liveKey(notice.live)] : []));

it('is one message from the first question on, and an older deal goes on with a card for each section', () => {
  const [opening, ...rest] = pictureDeal({});
  if (!opening) throw new Error('no deal');
  for (const [open, own] of [
    [fresh, /^answers$/],
    [older, /^section:[a-z-]+$/],
  ] as const) {
    let before = open([opening]);
    for (const line of rest) {
      const now = before.and(...line);
      const cards = cardsOf(before, now).filter((key) => !/^(root|private|review:.*)$/.test(key));
      expect(cards.length).toBeGreaterThan(0);
      for (const key of cards) expect(key).toMatch(own);
      before = now;
    }
  }
});
