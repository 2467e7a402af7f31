/** The facts told of votes: cast, taken back, void; and of conditions that a vote does without. */

import { SYSTEM } from '../../organisation.ts';
import type { DealEvent } from '../events.ts';
import { askersOf } from '../rights/asked-together.ts';
import type { DealView } from '../view.ts';
import { chiefOutside, votersOf } from './concerned.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

type Of<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>;
type Told = [Fact, NoticeTarget[]][];

/** Tells who asked for a condition that this vote does without, or asks for later or of somebody else; and the chief. */
const conditionsLeftOut = ({ step, by, ballot }: Of<'VoteCast'>, now: DealView): Told => {
  const askers = (ballot.leftOut ?? []).flatMap(askersOf).filter((id) => id !== by && id !== SYSTEM);
  if (askers.length === 0) return [];
  const chief = chiefOutside(now).filter((id) => id !== by);
  return [[{ fact: 'conditions left out', step, by }, people([...askers, ...chief])]];
};

export const votesTold = (event: Of<'VoteCast' | 'VoteTakenBack' | 'VotesVoided'>, now: DealView): Told => {
  switch (event.type) {
    case 'VoteCast':
      return [[{ fact: 'vote cast', step: event.step, by: event.by }, [THREAD]], ...conditionsLeftOut(event, now)];
    case 'VoteTakenBack':
      return [[{ fact: 'vote taken back', step: event.step, by: event.by }, [THREAD]]];
    case 'VotesVoided':
      // Those who withdraw or reopen a deal, or step back, say so once, with the votes that no longer count.
      return event.because !== undefined && event.because !== 'ended'
        ? []
        : [[{ fact: 'votes voided' }, [THREAD, ...people(votersOf(event))]]];
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Whoever was away hears that those who stand close to the deal decided alone. */
export const decidedWithout = ({
  step,
  counted: voters = [],
  without = [],
}: Extract<DealEvent, { type: 'StepCompleted' }>): [Fact, NoticeTarget[]][] =>
  without.length === 0 ? [] : [[{ fact: 'decided without', step, voters }, people(without)]];
