/** The fact told of answers that were saved for later over lighter ones that count. */

import { counselOf } from '../../organisation.ts';
import { independentCompliance } from '../rights/access.ts';
import { savedHeavier } from '../said/saved.ts';
import type { DealView } from '../view.ts';
import { approvers, chiefOutside } from './concerned.ts';
import { people, type Fact, type NoticeTarget } from './notices.ts';

/** The owner and those who decide now; of what stops a deal also those who hear of a stop. */
export const savedHeavierTold = (before: DealView | undefined, now: DealView): [Fact, NoticeTarget[]][] => {
  const known = new Set((before ? savedHeavier(before) : []).map(({ question }) => question));
  const fresh = savedHeavier(now).filter(({ question }) => !known.has(question));
  if (fresh.length === 0) return [];
  const { deal, organisation } = now;
  const ofStop = fresh.some(({ stops }) => stops)
    ? [...independentCompliance(now), ...counselOf(organisation), ...chiefOutside(now)]
    : [];
  const judges = [...approvers(before), ...ofStop].filter((id) => !deal.team.includes(id));
  return [
    [{ fact: 'saved heavier', questions: fresh.map(({ question }) => question) }, people([deal.owner, ...judges])],
  ];
};
