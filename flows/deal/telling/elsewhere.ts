/** The facts told of what other deals say against this one. */

import { membersOf } from '../../organisation.ts';
import { isOpen } from '../context/alerts.ts';
import { endedCount, settledAs } from '../context/others.ts';
import { flagWaits, isWaiting } from '../context/worries.ts';
import type { DealEvent } from '../events.ts';
import { canRead, independentCompliance } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import { approvers } from './concerned.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

type Noted = Extract<DealEvent, { type: 'OthersNoted' }>;

/** Whoever asked, or set conditions, in another deal hears of this one: it is decided without their answer. */
const askersElsewhere = ({ worries = [] }: Noted, now: DealView, told: readonly string[]): [Fact, NoticeTarget[]][] =>
  worries
    .filter(({ of, by }) => (of === 'question' || of === 'conditions') && !told.includes(by) && canRead(now, by))
    .map(({ of, by, deal: asked }) => [
      { fact: 'others noted', ended: 0, otherwise: [], worries: [of], asked },
      people([by]),
    ]);

/** One flag waits at a time: the first brings it. */
const raisesFlag = ({ worries = [] }: Noted, before: DealView | undefined): boolean =>
  before !== undefined &&
  isOpen(before.deal) &&
  !flagWaits(before) &&
  worries.length > 0 &&
  worries.every((worry) => isWaiting(before, worry));

export const othersNoted = (event: Noted, before: DealView | undefined, now: DealView): [Fact, NoticeTarget[]][] => {
  const { deal } = now;
  const otherwise = event.otherwise.map(({ question }) => question);
  const ended = Math.max(event.ended.length, endedCount(deal.others) - endedCount(before?.deal.others));
  const worries = [...new Set((event.worries ?? []).map(({ of }) => of))];
  // Of what is settled compliance decides whether it is looked at again.
  // Where several hear of it in one look, it is told once, at the deal that it is of.
  const settled = event.together ? [] : independentCompliance(now);
  const told = settledAs(deal) ? settled : approvers(before);
  const fact: Fact = {
    fact: 'others noted',
    ended,
    otherwise,
    ...(event.kinds ? { kind: true } : {}),
    ...(worries.length > 0 ? { worries } : {}),
  };
  // A flag that waits says it in the thread, with its button.
  const alone = ended + otherwise.length === 0 && !event.kinds && raisesFlag(event, before);
  return [[fact, [...(alone ? [] : [THREAD]), ...people(told)]], ...askersElsewhere(event, now, told)];
};

/** Tells compliance, else the chief: somebody of them may be on the deal that it is of. */
export const heardElsewhere = (
  { deals }: Extract<DealEvent, { type: 'HeardElsewhere' }>,
  { deal, organisation }: DealView,
): [Fact, NoticeTarget[]][] => {
  const { compliance, chief } = organisation.roles;
  const [told = []] = [compliance, chief]
    .map((group) => membersOf(organisation, group).filter((id) => !deal.team.includes(id)))
    .filter((ids) => ids.length > 0);
  return [[{ fact: 'heard elsewhere', deals }, people(told)]];
};
