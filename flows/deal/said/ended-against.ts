/** What stood against a deal and was ended: it stays visible, with who made it and who ended it. */

import type { DealEvent } from '../events.ts';
import type { EndedAgainst } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';

type Ending = Extract<DealEvent, { type: 'AlertEnded' | 'HoldEnded' | 'ChangeTakenBack' }>;

const endedBy = (event: Ending): Pick<EndedAgainst, 'of' | 'by'> => {
  switch (event.type) {
    case 'AlertEnded':
      return { of: 'alert', by: event.ended };
    case 'HoldEnded':
      return { of: 'hold', by: event.lifted };
    case 'ChangeTakenBack':
      return { of: 'report', by: event.by };
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Older events do not say what they end. */
export const endedAgainst = (state: OpenedDeal, event: Ending): Pick<OpenedDeal, 'endedAgainst'> => {
  const { at, reason, why, from } = event;
  if (why === undefined) return {};
  return { endedAgainst: [...(state.endedAgainst ?? []), { ...endedBy(event), why, from, at, reason }] };
};
