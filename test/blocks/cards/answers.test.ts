import { describe, expect, it } from 'vitest';
import { answersCard } from '../../../blocks/cards/answers.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import {
  aDeal,
  aDecidingDeal,
  aFlag,
  allAnswers,
  answered,
  aPolicy,
  aView,
  aVote,
} from '../../support/deal-builders.ts';
import { answerPicture } from '../../support/picture-deal.ts';
import { dealNamed } from '../../support/twins.ts';
import { plain } from './plain.ts';

const oneCard = { oneCard: true } as const;
const NONE = 'None of these answers raised a red flag';

describe('the card of all sections', () => {
  it('says that there are no red flags once, of what was answered, and only where there are none', () => {
    const some = { scope: answered({ G1: 'yes' }), product: answered({ P1: 'no', P2: 'no', P4: 'unique' }) };
    const clean = plain(answersCard(aView(aDeal({ ...oneCard, answers: some }))));
    expect(clean.split('red flag')).toHaveLength(2);
    expect(clean).toContain(`${NONE}, so far.`);
    const all = plain(answersCard(aView(aDecidingDeal({ ...oneCard, answers: allAnswers() }))));
    expect(all).toContain(`${NONE}.`);
    const policy = aPolicy();
    const flagged = { ...policy.evaluate(aView().facts), flags: [aFlag('F1', { because: ['P1', 'H1'] })] };
    const view = aView(aDecidingDeal({ ...oneCard, answers: allAnswers() }), {
      policy: { ...policy, evaluate: () => flagged },
    });
    const text = plain(answersCard({ ...view, assessment: flagged }));
    expect(text).not.toMatch(/no(ne)? .*red flag/iu);
  });

  it('says that a heavier answer was saved for later, beside its section', () => {
    const section = defaultPolicy.question('K1')!.section;
    const save = { ...answerPicture(section, { K1: 'yes' })[1], type: 'SaveSectionForLater' } as DealCommand;
    const before = dealNamed('D-SAVED2');
    expect(plain(answersCard(before.view))).not.toContain('heavier');
    const saved = plain(answersCard(before.and('rep-1', save).view));
    expect(saved).toContain('A heavier answer was saved for later, and not given.');
    expect(saved).not.toContain('K1');
  });

  it('says to whoever may change an answer that it voids the votes made on it', () => {
    const VOIDS = 'A changed answer voids the votes made on it.';
    const deciding = aDecidingDeal({ ...oneCard, answers: allAnswers(), votes: [aVote('compliance-1', 0)] });
    expect(plain(answersCard(aView(deciding)))).toContain(VOIDS);
    expect(plain(answersCard(aView(aDeal({ ...oneCard }))))).not.toContain(VOIDS);
  });
});
