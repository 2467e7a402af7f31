/** Who is told of flags that people raised, and of flags, questions and conditions that wait once more. */

import type { FlagId } from '../../policy/policy.ts';
import type { DealView } from '../view.ts';
import { judges, toldOfFlag } from './concerned.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

export const flagTold = (now: DealView, id: FlagId, pending: boolean): [Fact, NoticeTarget[]] => {
  const flag = now.deal.ownFlags.find((one) => one.id === id);
  return [{ fact: 'own flag raised', flag: id }, [THREAD, ...(pending ? people(toldOfFlag(now, flag)) : [])]];
};

/** What compliance accepted for a condition and judges once more: it was accepted of something else. */
const judgedAgain = (before: DealView | undefined, now: DealView): [Fact, NoticeTarget[]][] =>
  Object.entries(before?.deal.standing?.conditions ?? {}).flatMap(([id, { status }]): [Fact, NoticeTarget[]][] =>
    status === 'accepted' && now.deal.standing?.conditions?.[id]?.status === 'met'
      ? [[{ fact: 'condition met', condition: id }, [THREAD, ...people(judges(now, id))]]]
      : [],
  );

/** Flags that wait once more, and questions of approvers that are open once more: of these whoever answers. And conditions. */
export const againTold = (
  before: DealView | undefined,
  now: DealView,
  {
    flagsAgain = [],
    questionsAgain = [],
  }: { flagsAgain?: readonly FlagId[] | undefined; questionsAgain?: readonly string[] | undefined },
): [Fact, NoticeTarget[]][] => [
  ...judgedAgain(before, now),
  ...flagsAgain.map((flag) => flagTold(now, flag, true)),
  ...now.deal.requests.flatMap(({ id, answer, takenBack }): [Fact, NoticeTarget[]][] =>
    questionsAgain.includes(id) && !answer && !takenBack
      ? [[{ fact: 'information asked', request: id }, people([now.deal.owner])]]
      : [],
  ),
];
