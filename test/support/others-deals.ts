/** Deals for one end-user after another at a desk, and what people do in them: for what one deal reads of others. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { wordsOf } from '../blocks/forms/support.ts';
import { aDeal } from './deal-builders.ts';
import { formIn, type AtDesk } from './desk.ts';

export interface OthersDeals {
  /** Opens a deal whose customer and end-user have that name. Throws what is refused. */
  open(name: string, details?: Partial<DealDetails>, person?: string): Promise<string>;
  handle(deal: string, actor: string, command: DealCommand): Promise<void>;
  /** The words of “Why?”. */
  shown(deal: string, person?: string): Promise<string>;
}

/** @param at - the desk of the moment; `kind`: of end-users that have no other */
export const othersDeals = (at: () => AtDesk, kind: EndUserKind): OthersDeals => {
  let acts = 0;
  const cause = (): string => `others-${(acts += 1)}`;
  return {
    open: async (name, details = {}, person = 'rep-1') => {
      const outcome = await at().deals.open(
        {
          type: 'OpenDeal',
          home: { platform: 'slack', channel: 'C0CLEAR' },
          details: { ...aDeal().details, customer: name, endUser: { name, kind }, ...details },
        },
        { actor: person, cause: cause() },
      );
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
      return outcome.view.deal.id;
    },
    handle: async (deal, actor, command) => {
      const outcome = await at().deals.handle(deal, command, { actor, cause: cause() });
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    },
    shown: async (deal, person = 'compliance-1') =>
      wordsOf(formIn(await at().ask(person, { kind: 'click', name: 'deal.why', value: deal }))),
  };
};
