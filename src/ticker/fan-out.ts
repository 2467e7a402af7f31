/** Brings a register's decisions to the deals that they reach: one page per tick, continuing after a restart. */

import type { CountryAlert } from '../../flows/country-alert.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealEventType } from '../../flows/deal/events.ts';
import { speaksOf } from '../../flows/deal/sheets/heard.ts';
import { endUserKeys, marksOf, shareKey } from '../../flows/end-user.ts';
import type { Instant, DealId, PersonId } from '../../flows/ids.ts';
import { OTHER_PRODUCT, SYSTEM } from '../../flows/organisation.ts';
import { countDueAt, type AlertFanOut } from '../../flows/registers/countries.ts';
import type { FanOut, FanOutPage, FanOutsOf } from '../../flows/registers/fan-out.ts';
import type { HoldFanOut } from '../../flows/registers/hold-shapes.ts';
import type { SheetFanOut } from '../../flows/registers/sheet-shapes.ts';
import type { SheetOf } from '../../flows/sheet.ts';
import { eachInTurn, yieldToOthers } from '../bell.ts';
import { exceptNewer, NewerRecord } from '../newer.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { OpenRegister } from '../streams/register.ts';
import type { Registers } from '../streams/registers.ts';
import { isLive, type Screening } from './screening.ts';

export interface FanOutOptions {
  registers: Pick<Registers, 'holds' | 'countries' | 'sheets' | 'screening'>;
  screening: Pick<Screening, 'newsFor'>;
  deals: Pick<Deals, 'handle'>;
  index: DealIndex;
  clock: () => Date;
}

/** Deals per page, of which the register keeps one event. A press waits no longer than for a few deals of it. */
export const DEALS_A_PAGE = 300;
/** Deals at the same time: the store writes them together. */
const TOGETHER = 10;

interface DealUpdate {
  isFor: (deal: IndexedDeal) => boolean;
  /** Undefined: the deal need not know. */
  command: (deal: IndexedDeal) => DealCommand | undefined | Promise<DealCommand | undefined>;
  /** Of these the owner is told with all their deals. Absent: of whatever a deal takes. */
  tells?: ReadonlySet<DealEventType>;
  /** Absent: of every deal. */
  tellsOf?: (deal: IndexedDeal) => boolean;
}

/** For an event that names nothing: until November 2026 one could be recorded with `constructor` for an id. */
const NO_DEAL: DealUpdate = {
  isFor: () => false,
  command: () => {
    throw new Error('no deal is meant');
  },
};

/**
 * A hold reaches those it is on. One on an end-user is brought to all live deals besides: each tells itself whether it names
 * somebody who is called much like that.
 */
const holdUpdate = (what: HoldFanOut): DealUpdate => {
  const { hold } = what;
  const { on } = hold;
  const mayBeLike = (deal: IndexedDeal): boolean => on.of === 'end-user' && isLive(deal);
  switch (what.of) {
    case 'placed': {
      const keys = on.of === 'deal' ? [] : marksOf(endUserKeys(on.name));
      return {
        isFor: (deal) =>
          mayBeLike(deal) ||
          (on.of === 'deal'
            ? deal.id === on.deal
            : !deal.over && (deal.holds.includes(hold.id) || shareKey(deal.everNamed, keys))),
        command: () => ({ type: 'NoteHold', hold }),
        tells: new Set<DealEventType>(['HoldNoted']),
      };
    }
    case 'lifted':
      return {
        isFor: (deal) => mayBeLike(deal) || deal.holds.includes(hold.id),
        command: () => ({ type: 'NoteRelease', hold: hold.id, reason: what.reason, by: what.by, was: hold }),
        // One that only asked whether it is them was never held: its thread is told.
        tells: new Set<DealEventType>(['HoldEnded']),
        tellsOf: (deal) => deal.holds.includes(hold.id),
      };
    default: {
      const never: never = what;
      return never;
    }
  }
};

/** An alert's update: an approved deal is asked to be reassessed; one under way shows the alert. */
const alertUpdate = (what: AlertFanOut): DealUpdate => {
  if (what.of === 'laws') {
    const { note } = what;
    return {
      isFor: ({ destination, open }) => destination === note.country && open,
      command: () => ({ type: 'TakeLaws', note }),
    };
  }
  const { alert }: { alert: CountryAlert | undefined } = what;
  if (alert === undefined) return NO_DEAL;
  const { id, why, source } = alert;
  switch (what.of) {
    case 'issued':
      return {
        isFor: ({ destination, approved, open, outOfScope }) =>
          destination === alert.country && (approved || open || outOfScope),
        command: ({ approved }) =>
          approved
            ? { type: 'RequireReassessment', trigger: 'A5', alert: id, why, source }
            : { type: 'NoteAlert', alert },
      };
    case 'ended':
      return {
        isFor: ({ warned }) => warned.includes(id),
        command: () => ({ type: 'NoteAlertEnd', alert: id, reason: what.reason, by: what.by, why, from: alert.by }),
      };
    default: {
      const never: never = what;
      return never;
    }
  }
};

const isOther = ({ id }: { id: string }, { of }: SheetOf): boolean => of === 'product' && id === OTHER_PRODUCT;

/**
 * A sheet's heavier version reaches the deals of its product or country that are under way, approved or found out of scope. Of
 * a product outside the catalogue, the deal itself tells whether it is called much the same.
 */
const sheetUpdate = ({ sheet, questions }: SheetFanOut): DealUpdate => ({
  isFor: ({ sheets, approved, open, outOfScope, summary }) =>
    (open || approved || outOfScope) &&
    (sheets.includes(sheet.id) || speaksOf(summary, sheet.on) || isOther(summary.product, sheet.on)),
  command: () => ({ type: 'TakeSheet', sheet, questions }),
});

/** Counts the approved deals of each destination country. */
export const countByCountry = (deals: readonly IndexedDeal[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { approved, destination } of deals) {
    if (approved) counts[destination] = (counts[destination] ?? 0) + 1;
  }
  return counts;
};

export interface FanOuts {
  /** Brings one page of each spreading hold to its deals, then does what time asks of the register. */
  tickHolds(stream: string, dueAt: Instant): Promise<void>;
  /** Does the same for alerts, and counts the deals of each country when that is due. */
  tickCountries(stream: string, dueAt: Instant): Promise<void>;
  /** Does the same for heavier versions of product sheets and country briefs. */
  tickSheets(stream: string, dueAt: Instant): Promise<void>;
  /** Compares live deals with the lists in use, where one was changed. */
  tickScreening(stream: string, dueAt: Instant): Promise<void>;
  /** Counts the deals of each country for the first time, so that the calendar can count them from then on. */
  begin(): Promise<void>;
}

export const createFanOut = ({ registers, screening, deals, index, clock }: FanOutOptions): FanOuts => {
  /**
   * Brings the next page of a spread to its deals. A deal takes it once, even if the page is taken again. Undefined: a
   * deal of a newer version has still to be reached, so all others were, and no page is behind it.
   */
  const page = async <What>(
    spread: FanOut<What>,
    { isFor, command, tells, tellsOf = () => true }: DealUpdate,
  ): Promise<FanOutPage | undefined> => {
    const { after: from } = spread;
    const isLeft = (deal: DealId): boolean => from === undefined || deal > from;
    const left = (await index()).filter((deal) => isLeft(deal.id) && isFor(deal));
    let waits = index.newer().some(isLeft);
    const taken = waits ? left : left.slice(0, DEALS_A_PAGE);
    const owners: Record<PersonId, DealId[]> = {};
    const bring = async (deal: IndexedDeal): Promise<void> => {
      const asked = { actor: SYSTEM, cause: spread.id };
      const said = await Promise.resolve(command(deal)).catch((error: unknown) => {
        if (!(error instanceof NewerRecord)) throw error;
        waits = true;
      });
      if (!said) return;
      const outcome = await deals.handle(deal.id, said, asked).catch(exceptNewer);
      waits ||= outcome === undefined;
      // Refused: the deal knows it already, or has moved on.
      if (
        outcome?.kind === 'accepted' &&
        tellsOf(deal) &&
        (!tells || outcome.events.some(({ type }) => tells.has(type)))
      )
        (owners[deal.owner] ??= []).push(deal.id);
    };
    for (let i = 0; i < taken.length; i += TOGETHER) {
      await Promise.all(taken.slice(i, i + TOGETHER).map(bring));
      await yieldToOthers();
    }
    if (waits) return undefined;
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
    register: OpenRegister<{ spreads: FanOutsOf<What> }, Command | FanOutPage>,
    update: (what: What) => DealUpdate,
  ): Promise<void> => {
    const { state } = await register.now();
    await eachInTurn(
      Object.values(state.spreads).map((spread) => async () => {
        const on = await page(spread, update(spread.what));
        if (!on) throw new NewerRecord(register.stream);
        await register.handle(on, { actor: SYSTEM, cause: `${spread.id}:${on.from ?? 'start'}` });
      }),
    );
  };

  const count = async (cause: string): Promise<void> => {
    const command = { type: 'CountDeals', deals: countByCountry(await index()) } as const;
    await registers.countries.handle(command, { actor: SYSTEM, cause });
  };

  return {
    tickHolds: async (_stream, dueAt) => {
      await eachInTurn([() => spreadOn(registers.holds, holdUpdate), () => registers.holds.tick(dueAt)]);
    },
    tickCountries: async (_stream, dueAt) => {
      const countIfDue = async (): Promise<void> => {
        const due = countDueAt((await registers.countries.now()).state);
        if (due !== null && due <= clock().toISOString()) await count(`count:${due}`);
      };
      await eachInTurn([
        () => spreadOn(registers.countries, alertUpdate),
        countIfDue,
        () => registers.countries.tick(dueAt),
      ]);
    },
    tickSheets: async (_stream, dueAt) => {
      await eachInTurn([() => spreadOn(registers.sheets, sheetUpdate), () => registers.sheets.tick(dueAt)]);
    },
    tickScreening: async (_stream, dueAt) => {
      const compared: DealUpdate = { isFor: isLive, command: ({ id }) => screening.newsFor(id) };
      await eachInTurn([() => spreadOn(registers.screening, () => compared), () => registers.screening.tick(dueAt)]);
    },
    begin: async () => {
      if ((await registers.countries.now()).state.counted === undefined) await count('count:first');
    },
  };
};
