/** The registers that there are, and the organisation as they make it today. */
import { absenceCard } from '../blocks/cards/absence.ts';
import { holdCard } from '../blocks/cards/hold.ts';
import { absences, type AbsenceCommand, type AbsencesState } from '../flows/absences.ts';
import type { Instant } from '../flows/deal/deal.ts';
import { holds, standingHolds, type HoldCommand, type HoldsState } from '../flows/holds.ts';
import type { Organisation } from '../flows/organisation.ts';
import { openRegister, type OpenRegister, type RegisterOptions } from './register.ts';

export interface Registers {
  absences: OpenRegister<AbsencesState, AbsenceCommand>;
  holds: OpenRegister<HoldsState, HoldCommand>;
  /** The organisation as it is today: its file, and what the registers say. */
  organisation(): Promise<Organisation>;
  tick(stream: string, dueAt: Instant): Promise<void>;
  rescheduleAll(): Promise<void>;
  said: OpenRegister<unknown, never>['said'];
}

/** A register that nobody wrote to yet has no version to record. */
const versionsOf = (read: Readonly<Record<string, { version: number }>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(read).flatMap(([name, { version }]) => (version === 0 ? [] : [[name, String(version)]])),
  );

export const createRegisters = (options: RegisterOptions): Registers => {
  const away = openRegister(absences, absenceCard, options);
  const held = openRegister(holds, holdCard, options);
  const all = [away, held];
  const of = (stream: string) => all.find((register) => register.stream === stream);

  return {
    absences: away,
    holds: held,
    organisation: async () => {
      const [absent, stopped] = await Promise.all([away.now(), held.now()]);
      return {
        ...options.organisation(),
        absences: Object.values(absent.state.absences),
        holds: standingHolds(stopped.state),
        registers: versionsOf({ absences: absent, holds: stopped }),
      };
    },
    tick: async (stream, dueAt) => of(stream)?.tick(dueAt),
    rescheduleAll: async () => {
      for (const register of all) await register.reschedule();
    },
    said: async (row, deals) => of(row.stream)?.said(row, deals),
  };
};
