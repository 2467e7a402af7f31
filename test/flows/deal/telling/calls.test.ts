/** An approver is called once a step: by a message of their own, or by a mention on the review's card in the thread. */

import { describe, expect, it } from 'vitest';
import { reviewCard } from '../../../../blocks/cards/review.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const HIGH = { P1: 'yes', 'H-RF1': 'yes' };
const lines = pictureDeal(HIGH);

const play = (change: (organisation: Organisation) => Organisation) => {
  const context = pictureContext();
  const at = { ...context, organisation: change(context.organisation) };
  const before = story(lines.slice(0, -1), at);
  const last = lines.at(-1);
  if (!last) throw new Error('no deal');
  return { before, asked: before.and(...last) };
};
const called = (before: Story, now: Story): string[] => toldOf(noticesBetween(before, now), 'review wanted').sort();
const mentioned = (now: Story): string[] => {
  if (now.view.deal.status !== 'deciding') throw new Error('nobody decides');
  const line = plain(reviewCard(now.view, now.view.deal.step))
    .split('\n')
    .find((text) => text.includes('please review'));
  return (line?.match(/@[a-z0-9-]+/g) ?? []).map((name) => name.slice(1)).sort();
};
const everywhere = (organisation: Organisation, accounts: object): Organisation => ({
  ...organisation,
  people: organisation.people.map((one) => ({ ...one, slack: `U0${one.id}`, ...accounts })),
});

describe('the call to a review', () => {
  it('is a private message, and nobody is mentioned beside it, unless the organisation file says otherwise', () => {
    for (const calls of [undefined, 'private'] as const) {
      const { before, asked } = play((organisation) => everywhere({ ...organisation, calls }, {}));
      expect(called(before, asked)).not.toEqual([]);
      expect(mentioned(asked)).toEqual([]);
    }
  });

  it('is a mention in the thread where it says so, in each step, and no message', () => {
    const { before, asked } = play((organisation) => everywhere({ ...organisation, calls: 'thread' }, {}));
    expect(called(before, asked)).toEqual([]);
    expect(mentioned(asked)).toContain('compliance-1');
    const next = asked.vote('compliance-1', weighed);
    expect(called(asked, next)).toEqual([]);
    expect(mentioned(next)).toContain('counsel-1');
  });

  it('is a message all the same for whoever reads in Teams, where a card notifies nobody', () => {
    for (const accounts of [
      { slack: undefined, teams: 'a' },
      { chat: 'teams', teams: 'a' },
    ]) {
      const { before, asked } = play((organisation) => everywhere({ ...organisation, calls: 'thread' }, accounts));
      expect(called(before, asked)).toContain('compliance-1');
      expect(mentioned(asked)).toEqual([]);
    }
  });

  it('is a message where the card stands already, since an edit notifies nobody', () => {
    const { asked } = play((organisation) => everywhere({ ...organisation, calls: 'thread' }, {}));
    const voted = asked.vote('compliance-1', weighed);
    const [person, command] = answerPicture('end-user', HIGH);
    if (typeof command === 'function' || command.type !== 'AnswerSection') throw new Error('no answers');
    const [first = ''] = Object.keys(command.answers);
    const given = command.answers[first];
    if (!given) throw new Error('no answer');
    const answers = { ...command.answers, [first]: { ...given, note: 'Somebody said so.' } };
    expect(called(voted, voted.and(person, { ...command, answers }))).toContain('compliance-1');
  });
});
