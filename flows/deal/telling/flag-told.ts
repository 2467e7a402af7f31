/** Who is told of flags that people raised, or that wait once more. */

import type { FlagId } from '../../policy/policy.ts';
import type { DealView } from '../view.ts';
import { toldOfFlag } from './concerned.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

export const flagTold = (now: DealView, id: FlagId, pending: boolean): [Fact, NoticeTarget[]] => {
  const flag = now.deal.ownFlags.find((one) => one.id === id);
  return [{ fact: 'own flag raised', flag: id }, [THREAD, ...(pending ? people(toldOfFlag(now, flag)) : [])]];
};

export const againTold = (now: DealView, again: readonly FlagId[] = []): [Fact, NoticeTarget[]][] =>
  again.map((flag) => flagTold(now, flag, true));
