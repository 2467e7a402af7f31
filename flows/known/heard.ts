/** What a deal may have heard of others. */

import type { Others, Shares } from '../deal/heard-shapes.ts';
import type { Shape } from './shape.ts';
import { all, endUserKind } from './shapes.ts';

const shares = all<Shares>({ party: true, like: true, name: true, sale: true, product: true, confirmation: true });

export const others: Shape<Others> = {
  has: {
    ended: {
      has: {
        deal: true,
        how: all({ declined: true, stopped: true, withdrawn: true }),
        after: all({ question: true, vote: true, colleague: true, team: true }),
        at: true,
        unconfirmed: true,
        against: true,
        shares,
      },
    },
    more: true,
    otherwise: {
      has: {
        question: true,
        deal: true,
        at: true,
        says: true,
        own: true,
        more: true,
        instead: true,
        called: true,
        by: true,
      },
    },
    kinds: { has: { deal: true, kind: endUserKind, at: true, party: true, by: true, own: true, called: true } },
    worries: {
      has: {
        deal: true,
        of: all({
          flag: true,
          listed: true,
          dismissed: true,
          hold: true,
          lifted: true,
          stop: true,
          answer: true,
          report: true,
          suspended: true,
          country: true,
          scope: true,
          tier: true,
          cleared: true,
          named: true,
          refused: true,
          gaps: true,
          question: true,
          asked: true,
          conditions: true,
        }),
        by: true,
        also: true,
        setAsideBy: true,
        at: true,
        otherwise: true,
        text: true,
        shares,
        called: true,
      },
    },
    written: { has: { deal: true, by: true, at: true, told: true } },
    ofProduct: {
      has: { deal: true, by: true, at: true, sale: true, product: true, country: true, named: true, company: true },
    },
    gaps: { has: { deal: true, question: true, by: true } },
  },
};
