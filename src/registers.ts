/** The registers that there are, and the organisation as they make it today. */
import { absenceCard } from '../blocks/cards/absence.ts';
import { absences, type AbsenceCommand, type AbsencesState } from '../flows/absences.ts';
import type { Instant } from '../flows/deal/deal.ts';
import type { Organisation } from '../flows/organisation.ts';
import { openRegister, type OpenRegister, type RegisterOptions } from './register.ts';

export interface Registers {
  absences: OpenRegister<AbsencesState, AbsenceCommand>;
  /** The organisation as it is today: its file, and what the registers say. */
  organisation(): Promise<Organisation>;
  tick(stream: string, dueAt: Instant): Promise<void>;
  rescheduleAll(): Promise<void>;
  said: OpenRegister<unknown, never>['said'];
}

export const createRegisters = (options: RegisterOptions): Registers => {
  const away = openRegister(absences, absenceCard, options);
  const all = [away];
  const of = (stream: string) => all.find((register) => register.stream === stream);

  return {
    absences: away,
    organisation: async () => {
      const absent = await away.now();
      return {
        ...options.organisation(),
        absences: Object.values(absent.state.absences),
        registers: absent.version === 0 ? {} : { absences: String(absent.version) },
      };
    },
    tick: async (stream, dueAt) => of(stream)?.tick(dueAt),
    rescheduleAll: async () => {
      for (const register of all) await register.reschedule();
    },
    said: async (row) => of(row.stream)?.said(row),
  };
};
