/** What happens to a section: its answers, its draft, who holds it, and who lost it meanwhile. */

import { own } from '../../own.ts';
import type { EndedHandOver } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { keepEarlier } from '../kept.ts';
import type { OpenedDeal } from '../state.ts';

type SectionEvent = Extract<
  DealEvent,
  { type: 'SectionSavedForLater' | 'SectionAnswered' | 'SectionHandedOver' | 'HandOverEnded' }
>;

type Parts = Pick<OpenedDeal, 'answers' | 'drafts' | 'handOvers' | 'handedBack' | 'earlierSaid' | 'waitingSince'>;

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

type HoldingEvent = Exclude<SectionEvent, { type: 'SectionSavedForLater' }>;

/** Remembers how the holder lost the section, until they hold it again. */
const lost = ({ handedBack }: OpenedDeal, event: HoldingEvent, how: EndedHandOver['how']): Partial<Parts> => {
  const { section, by, at, heldBy } = event;
  const before = own(handedBack, section) ?? {};
  const holds = event.type === 'SectionHandedOver' ? event.handOver.to : undefined;
  const again = holds !== undefined && own(before, holds) !== undefined;
  if (heldBy === undefined && !again) return {};
  const people = heldBy === undefined ? before : { ...before, [heldBy]: { how, by, at } };
  return { handedBack: { ...handedBack, [section]: again ? without(people, holds) : people } };
};

export const evolveSection = (state: OpenedDeal, event: SectionEvent): Partial<Parts> => {
  const { section, at } = event;
  switch (event.type) {
    case 'SectionSavedForLater':
      return {
        drafts: { ...state.drafts, [section]: event.answers },
        ...keepEarlier(state, section, own(state.drafts, section), event),
      };
    case 'SectionAnswered':
      return {
        answers: { ...state.answers, [section]: event.answers },
        drafts: without(state.drafts, section),
        handOvers: without(state.handOvers, section),
        ...lost(state, event, 'answered'),
        waitingSince: at,
      };
    case 'SectionHandedOver':
      return {
        handOvers: { ...state.handOvers, [section]: event.handOver },
        ...lost(state, event, 'handed on'),
        waitingSince: at,
      };
    case 'HandOverEnded':
      return {
        handOvers: without(state.handOvers, section),
        ...lost(state, event, 'taken back'),
        waitingSince: at,
      };
    default: {
      const never: never = event;
      return never;
    }
  }
};
