/** What colleagues wrote beside corrections and sections that they handed on: whoever confirms the scope reads it. House rule. */

import type { DealEvent } from '../events.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { Remark } from '../said-shapes.ts';
import type { Opened } from '../state.ts';

/** More of one deal than anybody reads. */
const MOST_KEPT = 40;

const remarkIn = (event: DealEvent): Pick<Remark, 'of' | 'text'> | undefined => {
  if (event.type === 'DetailsCorrected') return { of: 'corrected', text: event.reason };
  if (event.type === 'OwnerReassigned') return { of: 'handed over', text: event.reason };
  const note = event.type === 'SectionHandedOver' ? event.handOver.note?.trim() : undefined;
  return note ? { of: 'handed over', text: note } : undefined;
};

/** Keeps it, the latest; one that is kept already is not kept again. */
export const withRemark = (deal: Opened, event: DealEvent): Pick<Opened, 'remarks'> => {
  const { by, at } = event;
  const remark = isOwnWord(deal, by) ? undefined : remarkIn(event);
  const { remarks = [] } = deal;
  if (!remark || remarks.some((one) => one.by === by && one.text === remark.text)) return {};
  return { remarks: [...remarks, { ...remark, by, at }].slice(-MOST_KEPT) };
};
