/** What speaks against a deal's answers, before everybody who judges it. */

import { describe, expect, it } from 'vitest';
import type { Block, Card, Form } from '../../../blocks/card.ts';
import { othersCount, othersNotedLines } from '../../../blocks/cards/others-noted.ts';
import { heardTold } from '../../../blocks/cards/others-words.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { confirmAllForm } from '../../../blocks/forms/confirm-several.ts';
import { startReview } from '../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { Opened } from '../../../flows/deal/state.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { aDecidingDeal, allAnswers, anOrganisation, aView, NOW, TWO_DAYS_AGO } from '../../support/deal-builders.ts';
import { plain } from './plain.ts';

const words = ({ blocks }: Card | Form): string =>
  plain({ blocks: blocks.flatMap((block): Block[] => (block.kind === 'input' ? [] : [block])) });

const [sample] = anOrganisation().products;
const view = (able: boolean, answers: Record<string, string>, more: Partial<Opened> = {}): DealView =>
  aView(aDecidingDeal({ answers: allAnswers(answers), ...more }), {
    organisation: anOrganisation({ products: [{ ...sample!, able }] }),
  });
const DENIED = { P1: 'no', P2: 'no' };
const lighterSaid: Opened['lighterSaid'] = {
  was: { endUser: 'security', product: { id: 'analytics', name: 'Sample Analytics' } },
  before: [{ endUser: 'security', answers: { P1: 'yes' } }],
  answers: [],
  changes: [{ of: 'answers', by: 'rep-1', at: TWO_DAYS_AGO, why: 'A mistake' }],
  at: TWO_DAYS_AGO,
};

describe('a product that the catalogue marks as able, and answers that say that it can’t', () => {
  const SAYS = 'The catalogue says that this product can gather or analyse data about people.';

  it('is contradicted before approvers, in “Why?” and on the root card', () => {
    const denied = view(true, DENIED);
    expect(words(reviewForm(denied, 0, startReview(denied, 0)!, 1))).toContain(
      `The answers say that it can’t. ${SAYS}`,
    );
    expect(words(whyForm(denied))).toContain(SAYS);
    expect(words(rootCard(denied))).toContain('The catalogue contradicts the answers');
  });

  it('is not where the answers agree, or the mark does', () => {
    for (const agreed of [view(true, { P1: 'yes', P2: 'no' }), view(false, DENIED)]) {
      expect(words(whyForm(agreed))).not.toContain('speaks against');
      expect(words(rootCard(agreed))).not.toContain('contradicts');
    }
  });

  it('is contradicted where compliance confirms several in one press', () => {
    const waiting = view(true, DENIED, {
      lighterSaid,
      others: { ended: [{ deal: 'D-0THER1', how: 'stopped', at: NOW }], otherwise: [] },
    });
    const all = words(confirmAllForm([waiting], 1));
    expect(all).toContain(`Against it: ${SAYS}`);
    expect(all).toContain('D-0THER1 with the same end-user was stopped on');
  });
});

describe('a stop of another deal, also a later one', () => {
  const stop = { deal: 'D-STOP01', how: 'stopped', at: NOW } as const;
  const decline = { deal: 'D-DECL01', how: 'declined', at: TWO_DAYS_AGO } as const;
  it('is called a stop, and neither earlier nor an end without approval', () => {
    expect(othersCount({ ended: [stop], otherwise: [] })).toBe(
      '1 other deal with this end-user was stopped by a rule of the policy',
    );
    expect(othersCount({ ended: [stop, decline], otherwise: [] })).toBe(
      '1 other deal with this end-user was stopped by a rule of the policy, and 1 other deal with this end-user ended without approval',
    );
    const told = view(false, DENIED, { others: { ended: [decline, stop], otherwise: [] } });
    const fact = { fact: 'others noted' as const, ended: 1, otherwise: [] };
    expect(JSON.stringify(heardTold(told, fact).blocks)).toContain('1 other deal with this end-user was stopped');
  });
});

describe('more ends than one deal takes', () => {
  const ended = [
    ...Array.from(
      { length: 10 },
      (_, i) => ({ deal: `D-DUMMY${i}`, how: 'withdrawn', after: 'vote', at: NOW }) as const,
    ),
    { deal: 'D-DECL01', how: 'declined', at: TWO_DAYS_AGO } as const,
  ];
  const many = view(false, DENIED, { others: { ended, otherwise: [], more: 3 } });

  it('are counted in “Why?”, in the review and on the root card, the decline first', () => {
    for (const text of [words(whyForm(many)), words(reviewForm(many, 0, startReview(many, 0)!, 1))]) {
      expect(text).toMatch(/What speaks against these answers\W+Another deal with the same end-user was declined/u);
    }
    expect(words(whyForm(many))).toContain('And 3 more deals with this end-user ended without approval.');
    expect(words(rootCard(many))).toContain('14 other deals with this end-user ended without approval');
    expect(othersCount({ ended, otherwise: [], more: 3 })).toBe(
      '11 other deals with this end-user ended without approval and 3 more deals are not listed',
    );
    expect(othersCount({ ended: [], otherwise: [], more: 1 })).toBe('1 more deal is not listed');
  });

  it('are said to be of one that may be the same where some of these are', () => {
    const near = ended.map((end) => ({ ...end, shares: 'name' as const }));
    const text = words(whyForm(view(false, DENIED, { others: { ended: near, otherwise: [], more: 1 } })));
    expect(text).toContain(
      'And 1 more deal with this end-user, or with one that may be the same, ended without approval.',
    );
    expect(text).toContain('to Clearthread for those of this name.');
  });
});

describe('what a dossier says of another deal', () => {
  const heard = {
    ended: [],
    otherwise: [{ question: 'P1', deal: 'D-0THER1', at: TWO_DAYS_AGO }],
    kinds: [{ deal: 'D-0THER1', kind: 'security' as const, at: TWO_DAYS_AGO }],
    worries: [{ deal: 'D-0THER1', of: 'flag' as const, by: 'rep-1', at: TWO_DAYS_AGO }],
  };

  it('is to its readers all of it, and to others no more than the thread says', () => {
    const one = view(false, DENIED);
    const all = othersNotedLines(one, heard).join(' ');
    expect(all).toMatch(/D-0THER1 answered otherwise on .*D-0THER1 said on .*security.*D-0THER1 .*on .*flag/u);
    const less = othersNotedLines(one, heard, new Set()).join(' ');
    expect(less).not.toMatch(/D-0THER1|security| on \d/u);
    expect(less).toContain('Compliance has heard otherwise: what kind of end-user it is');
  });
});
