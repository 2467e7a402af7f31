/** Whoever is asked "Who might know?" is waited for, seen to be, and nudged: holders of sections, and counsel. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { statusCard } from '../../../../blocks/cards/status.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import { plain, presses } from '../../../blocks/cards/plain.ts';
import { answerLighter, findingPolicy, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const asking = (): Story => story(pictureDeal(unknown), pictureContext({}, findingPolicy));
const NUDGE: DealCommand = { type: 'Nudge' };
const hand = (to: string, section = 'end-user'): DealCommand => ({ type: 'HandOverSection', section, to });
const NEXT_DAY = '2027-03-02T09:00:00.000Z';
const DAY_BEFORE = '2027-03-03T12:00:00.000Z';

describe('somebody who holds a section of which something is not known', () => {
  const before = asking();
  const handed = before.and('rep-1', hand('product-1'));

  it('is waited for, beside the owner', () => {
    expect(waitingFor(handed.view)).toEqual({ for: 'finding', people: ['rep-1', 'product-1'] });
    expect(plain(rootCard(handed.view))).toMatch(/Waiting for @product-1, who might know\./);
    expect(plain(rootCard(before.view))).not.toMatch(/who might know/);
  });

  it('sees on their status what to do', () => {
    expect(presses(statusCard(handed.view, 'product-1'))).toContain('deal.answer D-7K3QXM/end-user');
    expect(presses(statusCard(handed.view, 'rep-1'))).toContain('deal.send-on D-7K3QXM');
  });

  it('is nudged by the owner', () => {
    const nudged = handed.when('rep-1', NUDGE, NEXT_DAY).then('Nudged');
    expect(nudged.events.at(-1)).toMatchObject({ people: ['product-1'] });
    expect(toldOf(noticesBetween(handed, nudged), 'nudged')).toEqual(['product-1']);
    const card = factCard(nudged.view, { fact: 'nudged', by: 'rep-1' }, {}, { to: 'person', person: 'product-1' });
    expect(presses(card)).toContain('deal.answer D-7K3QXM/end-user');
  });

  it('is nudged by time', () => {
    const soon = handed.when('system', { type: 'Tick' }, DAY_BEFORE).then('FindOutNudged');
    expect(toldOf(noticesBetween(handed, soon), 'finding out').toSorted()).toEqual(['product-1', 'rep-1']);
  });

  it('is not, once they answered or where it was taken back, or where all of it is known', () => {
    const [, answer] = answerLighter('end-user', { ...unknown, 'H-RF1': 'unknown' });
    const answered = handed.and('product-1', answer);
    expect(waitingFor(answered.view)).toEqual({ for: 'finding', people: ['rep-1'] });
    const back = handed.and('rep-1', { type: 'TakeSectionBack', section: 'end-user' });
    expect(waitingFor(back.view).people).toEqual(['rep-1']);
    back.when('rep-1', NUDGE, NEXT_DAY).refused('not now', /nobody else/i);
    const other = before.and('rep-1', hand('product-1', 'product'));
    expect(waitingFor(other.view).people).toEqual(['rep-1']);
  });

  it('has a stand-in who hears of it', () => {
    const absences = [{ person: 'product-1', delegate: 'rep-2', from: '2027-03-01', until: '2027-03-31' }];
    const { organisation } = pictureContext();
    const people = [...organisation.people, { id: 'rep-2', name: 'Sample Rep Two' }];
    const away = story(pictureDeal(unknown), pictureContext({ absences, people }, findingPolicy)).and(
      'rep-1',
      hand('product-1'),
    );
    const nudged = away.and('rep-1', NUDGE, NEXT_DAY);
    expect(toldOf(noticesBetween(away, nudged), 'nudged')).toEqual(['product-1', 'rep-2']);
    const soon = away.and('system', { type: 'Tick' }, DAY_BEFORE);
    expect(toldOf(noticesBetween(away, soon), 'finding out')).toContain('rep-2');
  });
});

describe('counsel, where the answers on the laws wait for a note', () => {
  const open = story(
    pictureDeal({ P1: 'yes', 'H3-targeted': 'unknown' }),
    pictureContext({ counselNotes: [] }, findingPolicy),
  );
  const last = open.events.filter((e) => e.type === 'CounselAsked');

  it('is asked at once, and waited for', () => {
    expect(open.events.map((e) => e.type).slice(-3)).toEqual(['SectionAnswered', 'FindingOut', 'CounselAsked']);
    expect(last).toHaveLength(1);
    expect(waitingFor(open.view)).toEqual({ for: 'finding', people: ['rep-1', 'counsel-1'] });
    expect(plain(rootCard(open.view))).toMatch(/Waiting for @counsel-1, who might know\./);
  });

  it('is nudged, with the form of the note and not with the customer', () => {
    const nudged = open.when('rep-1', NUDGE, NEXT_DAY).then('Nudged');
    const notices = noticesBetween(open, nudged);
    expect(toldOf(notices, 'nudged')).toEqual([]);
    expect(toldOf(notices, 'counsel asked')).toEqual(['counsel-1']);
    const soon = noticesBetween(open, open.and('system', { type: 'Tick' }, DAY_BEFORE));
    expect(toldOf(soon, 'counsel asked')).toEqual(['counsel-1']);
    expect(toldOf(soon, 'finding out')).toEqual(['rep-1']);
    const card = factCard(open.view, { fact: 'counsel asked', by: 'rep-1' }, {}, { to: 'person', person: 'counsel-1' });
    expect(presses(card)).toContain('desk.laws NO');
    expect(plain(card)).not.toContain('Sample Telecom');
    expect(presses(statusCard(open.view, 'counsel-1'))).toContain('desk.laws NO');
  });

  it('is not told of a deal that ends meanwhile: the note serves the next one', () => {
    const gone = open.and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' });
    expect(toldOf(noticesBetween(open, gone), 'withdrawn')).not.toContain('counsel-1');
  });

  it('is not asked where there is a note, nor twice within a day', () => {
    const early = story(pictureDeal(unknown).slice(0, -1), pictureContext({ counselNotes: [] }, findingPolicy)).and(
      'rep-1',
      {
        type: 'AskCounsel',
      },
    );
    const [actor, command] = pictureDeal(unknown).at(-1)!;
    early.when(actor, command).then('SectionAnswered', 'FindingOut');
    // The rep does not know what the note says: counsel has looked.
    const L = findingPolicy.sections.flatMap((s) => s.questions).find(({ basis }) => basis === 'counsel')!.id;
    const noted = story(pictureDeal({ ...unknown, [L]: 'unknown' }), pictureContext({}, findingPolicy));
    expect(noted.view.assessment.openQuestions.map(({ id }) => id)).toContain(L);
    expect(noted.events.at(-1)?.type).toBe('FindingOut');
    expect(waitingFor(noted.view).people).toEqual(['rep-1']);
  });
});
