/** Whoever reopens a deal reads what that takes back, and whoever signs after it reads that it was stopped. */

import { describe, expect, it } from 'vitest';
import { reviewCard } from '../../../../blocks/cards/review.ts';
import { heaviestLine } from '../../../../blocks/cards/spans.ts';
import { moreForm } from '../../../../blocks/forms/more.ts';
import { reopenForm } from '../../../../blocks/forms/reopen.ts';
import { dayWords } from '../../../../blocks/words.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { reopenShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import {
  answerLighter,
  answerPicture,
  atOncePolicy,
  pictureContext,
  pictureDeal,
} from '../../../support/picture-deal.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const SECTION = atOncePolicy.question('K1')!.section;
const TEXT = atOncePolicy.question('K1')!.text;
const YES = answerPicture(SECTION, { K1: 'yes' });
const REOPEN: DealCommand = { type: 'Reopen', reason: 'The rep pressed the wrong line' };

const stopped = (): Story => story(pictureDeal({ K1: 'yes' }).slice(0, 2), pictureContext()).and(...YES);
/** The chief took the stop back, the answer is "no" now, and compliance confirmed that. */
const taken = (): Story => {
  const again = stopped().and('chief-1', REOPEN);
  const answered = [
    SECTION,
    ...new Set(
      pictureDeal()
        .slice(2)
        .map(([, command]) => (command as { section: string }).section),
    ),
  ]
    .filter((section, n, all) => all.indexOf(section) === n)
    .reduce((deal, section) => deal.and(...answerLighter(section)), again);
  return answered.view.lighterSaid
    ? answered.and('compliance-1', ({ lighterSaid }) => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' }))
    : answered;
};

describe('the form that reopens a stopped deal', () => {
  it('says which answer it takes back, who gave it and when', () => {
    const deal = stopped();
    expect(deal.view.deal.status).toBe('stopped');
    const words = wordsOf(reopenForm(deal.view));
    expect(words).toContain(TEXT);
    expect(words).toContain('{"person":"rep-1"}');
    expect(words).toContain(dayWords(deal.view.now));
    expect(words).toContain('As they told us.');
  });

  it('says why compliance sent a “no” back', () => {
    const once = story(pictureDeal().slice(0, 2), pictureContext())
      .and('rep-1', { ...YES[1], type: 'SaveSectionForLater' } as DealCommand)
      .and(...answerLighter(SECTION));
    expect(once.view.lighterSaid).toBeDefined();
    const back = once.and('compliance-1', ({ lighterSaid }) => ({
      type: 'RefuseLighter',
      asOf: lighterSaid!.at,
      reason: 'Their own brochure says so',
    }));
    expect(back.view.deal.status).toBe('stopped');
    const words = wordsOf(reopenForm(back.view));
    expect(words).toContain('Their own brochure says so');
    expect(words).toContain('{"person":"compliance-1"}');
  });

  it('names other deals that wait on it', () => {
    const words = wordsOf(reopenForm(stopped().view, {}, { waiting: { named: ['D-TW1N11'], others: 2 } }));
    expect(words).toContain('D-TW1N11');
    expect(words).toContain('2 more');
  });

  it('comes back where more was said since', () => {
    const deal = stopped();
    const seen = reopenShown(deal.view);
    const more = deal.and('senior-2', { type: 'RaiseFlag', title: 'The army has the third floor' });
    more.when('chief-1', { ...REOPEN, seen } as DealCommand).refused('facts changed');
    expect(wordsOf(reopenForm(more.view, {}, { seen }))).toContain('Nothing is saved yet');
    expect(wordsOf(reopenForm(more.view))).toContain('The army has the third floor');
    deal.when('chief-1', { ...REOPEN, seen } as DealCommand);
  });

  it('is where “More” leads', () => {
    const words = wordsOf(moreForm(stopped().view, 'chief-1', ['reopen'], { choice: 'reopen' }));
    expect(words).toContain('The next page shows what that takes back.');
  });
});

describe('the form that reopens a decided deal', () => {
  it('lists who declined it and why, and the flags that wait', () => {
    const no = story(answeredDeal(), TIMED)
      .vote('compliance-2', { outcome: 'decline', rationale: 'It is a front of the secret police' })
      .and('product-1', { type: 'RaiseFlag', title: 'The army has the third floor' });
    const words = wordsOf(reopenForm(no.view));
    expect(words).toContain('It is a front of the secret police');
    expect(words).toContain('{"person":"compliance-2"}');
    expect(words).toContain('The army has the third floor');
  });

  it('lists what was reported of an approved one', () => {
    const told = story(answeredDeal(), TIMED)
      .vote('compliance-1')
      .and('compliance-2', { type: 'ReportChange', what: 'major', why: 'The bureau is under the secret police now' });
    const words = wordsOf(reopenForm(told.view));
    expect(words).toContain('The bureau is under the secret police now');
    expect(words).toContain('{"person":"compliance-2"}');
  });
});

describe('after a stop was taken back', () => {
  it('the page that is signed says so, with who did it and why', () => {
    const deal = taken();
    expect(deal.view.deal.status).toBe('deciding');
    const page = confirmPage(deal.view);
    expect(page).toMatch(/Stopped on .*“yes” to .*took it back on .*“The rep pressed the wrong line”/);
    expect(page).toContain('{"person":"chief-1"}');
  });

  it('no card says that no red flags were raised', () => {
    const { view } = taken();
    expect(view.assessment.flags).toEqual([]);
    for (const words of [heaviestLine(view), JSON.stringify(reviewCard(view, 0))]) {
      expect(words).not.toContain('No red flags were raised');
      expect(words).toContain('No red flag counts now');
      expect(words).toContain('a stop was taken back');
    }
  });

  it('nor where a flag fell', () => {
    const fell = story(pictureDeal({ 'H-RF1': 'yes' }), pictureContext())
      .and(...answerLighter('end-user'))
      .and('compliance-1', ({ lighterSaid }) => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' }));
    expect(fell.view.assessment.flags).toEqual([]);
    expect(heaviestLine(fell.view)).toMatch(/^No red flag counts now\. 1 red flag fell/);
  });
});
