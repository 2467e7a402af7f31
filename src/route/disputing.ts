/** What a person says is wrong with a product sheet or a country brief while they answer a section. */

import type { FormValues } from '../../blocks/card.ts';
import { layoutOf } from '../../blocks/forms/section-layout.ts';
import { readDisputes, type Disputed } from '../../blocks/forms/section-sheets.ts';
import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { disputeRefusal, isDisputedAlready } from '../../flows/registers/sheet-disputing.ts';
import type { Desk } from './desk.ts';

interface Typed {
  section: string;
  values: FormValues;
  answers: Record<string, GivenAnswer>;
  person: string;
}

/**
 * Returns what is to be said to whoever looks after the sheets, and by input what can't be: what a person typed is recorded with
 * the answers that they save, or comes back before anything is saved.
 */
export const disputesOf = async (
  { registers }: Desk,
  view: DealView,
  { section, values, answers, person }: Typed,
): Promise<{ disputes: Disputed[]; errors: Record<string, string> }> => {
  const { disputes, errors } = readDisputes(layoutOf(view, section, values) ?? { sheets: [] }, answers, values);
  if (disputes.length === 0) return { disputes, errors };
  const { state } = await registers.sheets.now();
  const fresh = disputes.filter(({ command }) => !isDisputedAlready(command, state, person));
  for (const { name, command } of fresh) {
    const refused = disputeRefusal(command, state, person, registers.sheets.context());
    if (refused) errors[name] = `${refused.text} To save without it, clear this.`;
  }
  return { disputes: fresh, errors };
};

/** Records them. Returns those that were refused meanwhile in words, each with what was typed. */
export const dispute = async (
  { registers }: Desk,
  disputes: readonly Disputed[],
  { person, cause }: { person: string; cause: string },
): Promise<string> => {
  const refused: string[] = [];
  for (const { name, command } of disputes) {
    const outcome = await registers.sheets.handle(command, { actor: person, cause: `${cause}:${name}` });
    if (outcome.kind === 'refused')
      refused.push(`Nobody was asked about “${command.reason}”: ${outcome.refusal.text} Please tell them yourself.`);
  }
  return refused.join(' ');
};
