/** The facts told of what other deals say against this one. */

import { membersOf } from '../../organisation.ts';
import { endedCount, settledAs } from '../context/others.ts';
import { stoppedAmong } from '../context/stopped.ts';
import { isWaiting } from '../context/worries.ts';
import type { DealEvent } from '../events.ts';
import { isOnlyBeside } from '../only-beside.ts';
import { isOfOthers } from '../own-flag.ts';
import { canRead, independentCompliance } from '../rights/access.ts';
import { saysAgainst } from '../said/heard-again.ts';
import type { DealView } from '../view.ts';
import { approvers, chiefOutside } from './concerned.ts';
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

/** Tells whether a flag that came with it says all of it: the first that waits, and one for each stop. */
const saidByFlag = (event: Noted, now: DealView): boolean => {
  const { worries = [], ended, otherwise, kinds, at } = event;
  const stopped = stoppedAmong(worries);
  return (
    worries.length > 0 &&
    otherwise.length === 0 &&
    !kinds &&
    ended.every(({ deal, how }) => how === 'stopped' && stopped.has(deal)) &&
    worries.every((worry) => isWaiting(now, worry)) &&
    now.deal.ownFlags.some((flag) => isOfOthers(flag) && flag.at === at && flag.status === 'pending' && !flag.hit)
  );
};

/** A "yes" to what stops a deal, said of an end-user. */
const saysToStop = ({ worries = [] }: Noted): boolean =>
  worries.some((worry) => worry.of === 'answer' && !isOnlyBeside(worry));

export const othersNoted = (event: Noted, before: DealView | undefined, now: DealView): [Fact, NoticeTarget[]][] => {
  if (!saysAgainst(event)) return [];
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
  const thread = saidByFlag(event, now) ? [] : [THREAD];
  const chief = saysToStop(event) && !event.together ? chiefOutside(now) : [];
  return [[fact, [...thread, ...people([...told, ...chief])]], ...askersElsewhere(event, now, told)];
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
