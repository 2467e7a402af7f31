/** A flag does not lie unread: whoever may settle it is reminded, then the next in line. */

import { describe, expect, it } from 'vitest';
import { story, answeredDeal, type Story } from '../../../support/story.ts';
import { calendarUntil, TIMED } from '../../../support/ticking.ts';

const TITLE = 'The integrator trains its police with it';
const JULY = '2027-07-01T00:00:00.000Z';

/** The lines about the flag, where everybody has voted but for the last. */
const flagged = (by: string): Story => story(answeredDeal(), TIMED).and(by, { type: 'RaiseFlag', title: TITLE });
const id = ({ view }: Story): string => view.deal.ownFlags[0]!.id;
const reminders = (told: Story): string[] => {
  const { after } = calendarUntil(told, JULY);
  return after.events.flatMap((event) =>
    event.type === 'Reminded' && event.owed.kind === 'flag' ? [`${event.of} ${event.to.join(' ')}`] : [],
  );
};

describe('a flag that somebody raised', () => {
  it('is brought to compliance again, then to the next in line, until it is settled', () => {
    const told = reminders(flagged('senior-1'));
    expect(told.slice(0, 2)).toEqual(['reminder compliance-1', 'reminder compliance-2']);
    expect(told.some((line) => line.startsWith('escalation'))).toBe(true);
    const settled = flagged('senior-1').and('compliance-1', ({ deal }) => ({
      type: 'DismissFlag',
      flag: deal.ownFlags[0]!.id,
      reason: 'That was another company.',
    }));
    expect(settled.view.deal.ownFlags.map(({ id: flag }) => flag)).toEqual([id(flagged('senior-1'))]);
    expect(reminders(settled)).toEqual([]);
  });

  it('is not brought to who raised it while somebody else is there', () => {
    expect(reminders(flagged('compliance-1')).filter((line) => line === 'reminder compliance-1')).toEqual([]);
  });

  it('is not forgotten by withdrawing the deal', () => {
    const gone = flagged('senior-1').and('rep-1', { type: 'Withdraw', reason: 'Not ours any more' });
    expect(reminders(gone)).toContain('reminder compliance-1');
  });
});
