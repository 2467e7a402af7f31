/** Brings what a register decided to the deals that it is for: a page at each of its ticks, wherever a restart left it. */
import { SYSTEM } from '../flows/access.ts';
import type { DealCommand } from '../flows/deal/commands.ts';
import type { DealId, Instant } from '../flows/deal/deal.ts';
import { countDueAt, type AlertErrand } from '../flows/country-register.ts';
import type { HoldErrand } from '../flows/holds.ts';
import type { PersonId } from '../flows/organisation.ts';
import type { Spread, SpreadOn, Spreads } from '../flows/spread.ts';
import type { DealIndex, IndexedDeal } from './deal-index.ts';
import type { Deals } from './handle.ts';
import type { OpenRegister } from './register.ts';
import type { Registers } from './registers.ts';
import { otherWork } from './reschedule.ts';

export interface SpreadingOptions {
  registers: Pick<Registers, 'tick' | 'holds' | 'countries'>;
  deals: Pick<Deals, 'handle'>;
  index: DealIndex;
  clock: () => Date;
}

/** Deals a tick. With a tick a second, 5,000 deals take a minute and nobody's press waits longer than a few of them. */
export const DEALS_A_PAGE = 100;
/** At the same time: the store writes them together. */
const TOGETHER = 10;

interface Errand {
  isFor: (deal: IndexedDeal) => boolean;
  command: (deal: IndexedDeal) => DealCommand;
}

const holdErrand = (what: HoldErrand): Errand => {
  const { hold } = what;
  const { on } = hold;
  switch (what.of) {
    case 'placed':
      return {
        isFor: ({ id, over, endUser, holds }) =>
          !over && (holds.includes(hold.id) || (on.of === 'deal' ? id === on.deal : endUser === on.key)),
        command: () => ({ type: 'NoteHold', hold }),
      };
    case 'lifted':
      return {
        isFor: ({ holds }) => holds.includes(hold.id),
        command: () => ({ type: 'NoteRelease', hold: hold.id, reason: what.reason, by: what.by }),
      };
    default: {
      const never: never = what;
      return never;
    }
  }
};

/** An approved deal is asked to be reassessed; one under way shows the alert. */
const alertErrand = (what: AlertErrand): Errand => {
  const { alert } = what;
  const { id, why, source } = alert;
  switch (what.of) {
    case 'issued':
      return {
        isFor: ({ destination, approved, open }) => destination === alert.country && (approved || open),
        command: ({ approved }) =>
          approved
            ? { type: 'RequireReassessment', trigger: 'A5', alert: id, why, source }
            : { type: 'NoteAlert', alert },
      };
    case 'ended':
      return {
        isFor: ({ warned }) => warned.includes(id),
        command: () => ({ type: 'NoteAlertEnd', alert: id, reason: what.reason, by: what.by }),
      };
    default: {
      const never: never = what;
      return never;
    }
  }
};

/** How many approved deals go to each country. */
export const countByCountry = (deals: readonly IndexedDeal[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { approved, destination } of deals) {
    if (approved) counts[destination] = (counts[destination] ?? 0) + 1;
  }
  return counts;
};

export interface Spreading {
  /** One page of each thing that a register spreads, and then what time itself asks of the register. */
  tick(stream: string, dueAt: Instant): Promise<void>;
  /** Counts the deals of each country for the first time, so that the calendar can count them from then on. */
  begin(): Promise<void>;
}

export const createSpreading = ({ registers, deals, index, clock }: SpreadingOptions): Spreading => {
  /** The next page of a spread, brought to its deals. Each deal takes it once, however often the page is taken. */
  const page = async <What>(spread: Spread<What>, { isFor, command }: Errand): Promise<SpreadOn> => {
    const { after: from } = spread;
    const left = (await index()).filter((deal) => (from === undefined || deal.id > from) && isFor(deal));
    const taken = left.slice(0, DEALS_A_PAGE);
    const owners: Record<PersonId, DealId[]> = {};
    const bring = async (deal: IndexedDeal): Promise<void> => {
      const outcome = await deals.handle(deal.id, command(deal), { actor: SYSTEM, cause: spread.id });
      // Refused: the deal knows it already, or has moved on.
      if (outcome.kind === 'accepted') (owners[deal.owner] ??= []).push(deal.id);
    };
    for (let i = 0; i < taken.length; i += TOGETHER) {
      await Promise.all(taken.slice(i, i + TOGETHER).map(bring));
      await otherWork();
    }
    return {
      type: 'SpreadOn',
      spread: spread.id,
      from,
      after: taken.at(-1)?.id ?? from,
      passed: taken.length,
      of: spread.reached + left.length,
      owners,
      done: taken.length === left.length,
    };
  };

  const spreadOn = async <What, Command>(
    register: OpenRegister<{ spreads: Spreads<What> }, Command | SpreadOn>,
    errand: (what: What) => Errand,
  ): Promise<void> => {
    const { state } = await register.now();
    for (const spread of Object.values(state.spreads)) {
      const on = await page(spread, errand(spread.what));
      await register.handle(on, { actor: SYSTEM, cause: `${spread.id}:${on.from ?? 'start'}` });
    }
  };

  const count = async (cause: string): Promise<void> => {
    const command = { type: 'CountDeals', deals: countByCountry(await index()) } as const;
    await registers.countries.handle(command, { actor: SYSTEM, cause });
  };

  return {
    tick: async (stream, dueAt) => {
      if (stream === registers.holds.stream) await spreadOn(registers.holds, holdErrand);
      if (stream === registers.countries.stream) {
        await spreadOn(registers.countries, alertErrand);
        const due = countDueAt((await registers.countries.now()).state);
        if (due !== null && due <= clock().toISOString()) await count(`count:${due}`);
      }
      await registers.tick(stream, dueAt);
    },
    begin: async () => {
      if ((await registers.countries.now()).state.counted === undefined) await count('count:first');
    },
  };
};
