/** "Nothing is left" is never said of a deal of which something is open, over generated deals that came to an end. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowBlocks } from '../../../blocks/cards/deal-row.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { licenceNow } from '../../../flows/deal/approval/licence.ts';
import { acceptableGaps } from '../../../flows/deal/context/gaps.ts';
import { waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { WEIGHTS } from '../../../flows/policy/policy.ts';
import { pictureContext, pictureDeal, weighed } from '../../support/picture-deal.ts';
import { runs } from '../../support/runs.ts';
import { story, type Story } from '../../support/story.ts';
import { plain } from './plain.ts';

const NOTHING = /Nothing is left/;
const text = (view: DealView): string => plain(rootCard(view));
/** On the line that says what is next. */
const line = (view: DealView): string =>
  text(view)
    .split('\n')
    .find((l) => /^(Approved|Declined|Withdrawn)/u.test(l)) ?? '';

const voted = (told: Story, more: Parameters<Story['vote']>[1] = {}): Story => {
  let now = told;
  while (now.state.status === 'deciding') {
    const waiting = waitingFor(now.view);
    const [who] = waiting.people;
    if (who === undefined) throw new Error('nobody can vote');
    const severe = now.view.assessment.flags.filter(({ weight }) => weight === WEIGHTS.at(-1));
    now = now.vote(who, {
      ...weighed,
      flags: Object.fromEntries(now.view.assessment.flags.map(({ id }) => [id, { opinion: 'uphold' as const }])),
      ...(severe.length > 0 ? { noCondition: 'The contract says it already.' } : {}),
      ...more,
    });
  }
  return now;
};
const settled = (told: Story): Story =>
  told
    .and('rep-1', { type: 'SetRenewals', reason: 'It is sold once and not renewed.' })
    .and('rep-1', { type: 'SetLicence', licence: 'granted', reason: 'The letter came.' });
const accepting = (told: Story, questions: readonly string[]): Story =>
  questions.length === 0
    ? told
    : told.and('compliance-1', { type: 'AcceptGaps', questions: [...questions], reason: 'Nobody publishes on it.' });
const deal = (changed: Record<string, string>): Story => story(pictureDeal(changed), pictureContext());

describe('what is said of a deal that is decided', () => {
  it('names what was not known, where all else is settled', () => {
    const told = settled(voted(deal({ P1: 'yes', 'H-RF3-conflict': 'unknown' })));
    expect(line(told.view)).toMatch(/^Approved\. Decided with 1 thing not known: .*conflict/);
    // In a row among others it is counted: the same question would stand in each of them.
    const row = plain({ blocks: rowBlocks({ view: told.view, turns: [] }, 'senior-1') });
    expect(row).toMatch(/^Approved\. Decided with 1 thing not known\.$/m);
    expect(text(told.view)).not.toMatch(NOTHING);
  });

  it('names what compliance accepted as not known', () => {
    const told = settled(voted(accepting(deal({ P1: 'yes', 'H-RF3-conflict': 'unknown' }), ['H-RF3-conflict'])));
    expect(line(told.view)).toMatch(/Decided with 1 thing not known, accepted by compliance: .*conflict/);
    const two = accepting(deal({ P1: 'yes', 'H-RF3-conflict': 'unknown', 'H-RF4': 'unknown' }), ['H-RF4']);
    expect(line(settled(voted(two)).view)).toMatch(
      /Decided with 2 things not known, 1 of them accepted by compliance, the first: .*conflict/,
    );
    expect(text(settled(voted(two)).view)).not.toMatch(NOTHING);
  });

  it('says all that is left, not only the first of it', () => {
    const told = voted(deal({ P1: 'yes', 'H-RF3-conflict': 'unknown' }));
    const flagged = told.and('senior-1', { type: 'RaiseFlag', title: 'A sample worry of ours' });
    expect(line(flagged.view)).toMatch(
      /Left for @rep-1: .*renewed\. Still open: compliance settles a flag that was raised\. Decided with 1 thing/,
    );
  });

  it('says of a declined or withdrawn deal no more than is so', () => {
    const declined = voted(deal({ P1: 'yes', 'H-RF3-conflict': 'unknown' }), { outcome: 'decline' });
    expect(line(declined.view)).toMatch(/^Declined\. Decided with 1 thing not known/);
    const gone = deal({ P1: 'yes', 'H-RF3-conflict': 'unknown' }).and('rep-1', { type: 'Withdraw', reason: 'Lost it' });
    expect(text(gone.view)).not.toMatch(NOTHING);
    expect(line(gone.view)).toMatch(/It stays so unless it is reopened\./);
  });

  it('holds over generated deals', () => {
    const value = fc.constantFrom('yes', 'no', 'no', 'no', 'no', 'unknown');
    const given = fc.record({
      P1: fc.constantFrom('yes', 'no'),
      'H-RF3-conflict': value,
      'H-RF4': value,
      'H3-targeted': value,
      'H-RF2': value,
      G8: fc.constantFrom('yes', 'no'),
    });
    const plays = fc.record({
      given,
      accepted: fc.nat(3),
      end: fc.constantFrom('approve', 'approve', 'decline', 'withdraw' as const),
      settles: fc.constantFrom('licence', 'renewals', 'both', 'both', 'none'),
    });
    const seen = { nothing: 0, gap: 0, accepted: 0, licence: 0, renewal: 0 };
    fc.assert(
      fc.property(plays, ({ given: answers, accepted, end, settles }) => {
        const open = deal(answers);
        const some = accepting(
          open,
          acceptableGaps(open.view)
            .slice(0, accepted)
            .map(({ id }) => id),
        );
        const over =
          end === 'withdraw'
            ? some.and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
            : voted(some, end === 'decline' ? { outcome: 'decline' } : {});
        const approved = over.state.status === 'decided' && over.state.decision.outcome !== 'declined';
        const after = [
          ...(approved && (settles === 'renewals' || settles === 'both')
            ? [{ type: 'SetRenewals' as const, reason: 'It is sold once.' }]
            : []),
          ...(approved && (settles === 'licence' || settles === 'both')
            ? [{ type: 'SetLicence' as const, licence: 'granted' as const, reason: 'The letter came.' }]
            : []),
        ].reduce((told, command) => told.and('rep-1', command), over);
        const { view } = after;
        const { openQuestions } = view.assessment;
        const licence = approved && licenceNow(view.deal) === 'pending';
        const renewal = approved && !view.deal.renewals;
        if (openQuestions.some((q) => !q.accepted)) seen.gap += 1;
        if (openQuestions.some((q) => q.accepted)) seen.accepted += 1;
        if (licence) seen.licence += 1;
        if (renewal) seen.renewal += 1;
        const says = NOTHING.test(text(view));
        if (says) seen.nothing += 1;
        expect(says && (openQuestions.length > 0 || licence || renewal)).toBe(false);
      }),
      { numRuns: runs(80) },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
  });
});
