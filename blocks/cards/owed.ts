/** A person's duty, in words. */

import { conditionsNow } from '../../flows/deal/approval/in-force.ts';
import type { Condition, InformationRequest, Owed } from '../../flows/deal/deal.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { dayWords, quoted } from '../words.ts';
import { reassessmentNamed } from './reassessment-words.ts';
import { stepName } from './steps.ts';

export const conditionOf = ({ deal }: DealView, id: string): Condition | undefined =>
  conditionsNow(deal).find((c) => c.id === id);

export const flagOf = ({ deal }: DealView, id: string): OwnFlag | undefined =>
  deal.ownFlags.find((flag) => flag.id === id);

export const requestOf = ({ deal }: DealView, id: string): InformationRequest | undefined =>
  deal.requests.find((r) => r.id === id);

const named = (kind: string, text: string | undefined): string =>
  text === undefined ? kind : `${kind} ${quoted(text, 150)}`;

/** `the section “Product”`, in a sentence. `inFull` false: only its kind, for a reader who may not read the deal. */
export const owedWords = (view: DealView, owed: Owed, inFull: boolean = true): string => {
  const { deal, policy } = view;
  switch (owed.kind) {
    case 'section':
      return named('the section', policy.sections.find((s) => s.id === owed.section)?.title);
    case 'information':
      return inFull ? named('the question', requestOf(view, owed.request)?.question) : 'a question of an approver';
    case 'votes':
      return deal.status === 'deciding' || deal.status === 'decided'
        ? `the review by ${stepName(view, deal.route, owed.step)}`
        : `the review in step ${owed.step + 1}`;
    case 'condition':
      return named('the condition', inFull ? conditionOf(view, owed.condition)?.text : undefined);
    case 'evidence':
      return named('the evidence for the condition', inFull ? conditionOf(view, owed.condition)?.text : undefined);
    case 'scope':
      return 'the confirmation that this deal is out of scope';
    case 'lighter':
      return 'the confirmation of changes that make this deal lighter';
    case 'authority':
      return 'the notice to the authority';
    case 'flag':
      return named('the flag', inFull ? flagOf(view, owed.flag)?.title : undefined);
    case 'reassessment': {
      const task = reassessmentNamed(view, owed.task);
      return inFull && task ? `the reassessment that is due ${dayWords(task.due)}` : 'a reassessment';
    }
    case 'licence':
      return 'the export licence';
    default: {
      const never: never = owed;
      return never;
    }
  }
};
