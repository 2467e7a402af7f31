/** Whoever writes the confession into a note when the votes are there, or removes it then: the votes are gone, and nothing is posted twice. */

import { describe, expect, it } from 'vitest';
import { liveKey } from '../../../../flows/deal/telling/telling.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { story, type Line } from '../../../support/story.ts';
import { noticesBetween } from '../../../support/ticking.ts';

/** High: one vote decides nothing yet. */
const GRAVE = { P1: 'yes', 'H-RF1': 'yes' };
const CONFESSION = 'They said that they will use it against strikers';

/** The same answers, with this note on the first. */
const noted = (note: string | undefined): Line => {
  const [person, command] = answerPicture('end-user', GRAVE);
  if (typeof command === 'function' || command.type !== 'AnswerSection') throw new Error('no answers');
  const [first = ''] = Object.keys(command.answers);
  const given = command.answers[first];
  if (!given) throw new Error('no answer');
  return [person, { ...command, answers: { ...command.answers, [first]: { ...given, note } } }];
};

const told = (before: Story, now: Story): string[] =>
  noticesBetween(before, now).flatMap((notice) =>
    notice.kind === 'fact'
      ? [`${notice.fact.fact} ${notice.target.to === 'person' ? notice.target.person : 'thread'}`]
      : [],
  );

describe('a note alone that changes', () => {
  const harmless = story(pictureDeal(GRAVE), pictureContext());
  const voted = harmless.vote('compliance-1', weighed);

  it('voids the votes that were cast without the confession, and on it', () => {
    const confessed = voted.and(...noted(CONFESSION));
    expect(confessed.events.slice(voted.events.length).map(({ type }) => type)).toContain('VotesVoided');
    const read = harmless.and(...noted(CONFESSION)).vote('compliance-1', weighed);
    const removed = read.and(...noted(undefined));
    expect(removed.events.slice(read.events.length).map(({ type }) => type)).toContain('VotesVoided');
    expect(JSON.stringify(removed.view.deal.lastVoided)).toContain(CONFESSION);
  });

  it('calls whoever voted again, and posts the tier no second time', () => {
    const facts = told(voted, voted.and(...noted(CONFESSION)));
    expect(facts).toContain('votes voided thread');
    expect(facts).toContain('review wanted compliance-1');
    expect(facts).not.toContain('routed thread');
  });

  it("keeps the review's card, in whatever step it was, and posts one where more changed", () => {
    const reviews = (before: Story, now: Story): string[] =>
      noticesBetween(before, now).flatMap((n) =>
        n.kind === 'live' && n.live.card === 'review' ? [liveKey(n.live)] : [],
      );
    expect(reviews(harmless, harmless.and(...noted(CONFESSION)))).toEqual(['review:1:0']);
    expect(voted.view.deal).toMatchObject({ step: 1, round: 1 });
    const back = voted.and(...noted(CONFESSION));
    expect(back.view.deal).toMatchObject({ step: 0, round: 2 });
    expect(reviews(voted, back)).toEqual(['review:1:0', 'review:1:1']);
    const again = back.and(...noted(undefined));
    expect(again.view.deal.round).toBe(3);
    expect(reviews(back, again)).toEqual(['review:1:0']);
    const graver = again.and(...answerPicture('laws', { ...GRAVE, 'L-RF1': 'yes' }));
    expect(reviews(again, graver)).toEqual(['review:1:0', 'review:4:0']);
  });

  it('says nothing twice where nobody has voted', () => {
    expect(told(harmless, harmless.and(...noted(CONFESSION)))).toEqual([]);
  });

  it('is no note alone where an answer changed what the tier rests on', () => {
    const graver = harmless.and(...answerPicture('laws', { ...GRAVE, 'L-RF1': 'yes' }));
    expect(told(harmless, graver)).toContain('routed thread');
  });
});
