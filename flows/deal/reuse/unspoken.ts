/** Leaves out what any deal with the same end-user contradicts, whoever may read that one. House rule. */

import type { CompiledPolicy, QuestionId } from '../../policy/policy.ts';
import type { SaidElsewhere } from '../context/elsewhere.ts';
import { leftUnsaid } from '../context/topics.ts';
import { doubts } from '../context/worries.ts';
import type { EarlierAnswer, EarlierDeal } from '../reuse-shapes.ts';

/** Tells whether another deal ended without an approval since, or somebody spoke against it. */
const isDoubtedSince = ({ ended, worries }: SaidElsewhere, { at }: EarlierAnswer): boolean =>
  (ended !== undefined && ended.at >= at) || worries.some((worry) => doubts(worry) && worry.at >= at);

/** Tells whether a deal ever said more against the end-user than the answer does, be it the same deal. */
const saysMore = (
  policy: CompiledPolicy,
  { otherwise }: SaidElsewhere,
  id: QuestionId,
  { answer }: EarlierAnswer,
): boolean => {
  const question = policy.question(id);
  const unsaid = question ? leftUnsaid(policy, question, answer.value) : [];
  return otherwise.some((said) => said.question === id && said.says.some((one) => unsaid.includes(one)));
};

/**
 * Returns the earlier deals with the answers that nothing speaks against. `said`: what every deal says that ever named the
 * end-user in any part, but the one that asks.
 */
export const unspoken = (
  policy: CompiledPolicy,
  earlier: readonly EarlierDeal[],
  said: readonly SaidElsewhere[],
): EarlierDeal[] =>
  earlier.map((deal) => ({
    ...deal,
    answers: Object.fromEntries(
      Object.entries(deal.answers).filter(
        ([id, answer]) =>
          !said.some((one) => saysMore(policy, one, id, answer) || (one.id !== deal.id && isDoubtedSince(one, answer))),
      ),
    ),
  }));
