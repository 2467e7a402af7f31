/** Who may see a yearly report, which year is meant, and its count in time for an answer. */

import type { PersonId } from '../../flows/ids.ts';
import { membersOf, person as personOf } from '../../flows/organisation.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import { approverGroups, readsYear, type YearToday } from '../../flows/yearly/approvers.ts';
import { draftOf } from '../../flows/yearly/deciding.ts';
import type { NamedIn } from '../../flows/yearly/register-shapes.ts';
import type { YearlyWords } from '../../flows/yearly/words.ts';
import type { Reply } from '../edge/interaction.ts';
import { createCountYears, type CountedYear, type CountYears, type YearCount } from '../yearly/count-year.ts';
import { deny, type Desk } from './desk.ts';
import { counted } from './lists.ts';

/** By the desk's index: there is one for each bot. */
const counting = new WeakMap<Desk['index'], CountYears>();

const countYearsOf = ({ index, store, deals, registers, clock }: Desk): CountYears => {
  const known = counting.get(index) ?? createCountYears({ index, store, deals, registers, clock });
  counting.set(index, known);
  return known;
};

export const LATE = 'I am still counting the deals. Nothing was recorded: please do it again in a moment.';

const unreadWords = (unread: number): string =>
  `${unread === 1 ? 'A deal' : `${unread} deals`} can't be read, so the figures would be wrong. Please ask the bot’s operator: “clearthread audit verify” names them.`;

const usable = (found: YearCount | 'late'): CountedYear | string =>
  found === 'late' ? LATE : 'unread' in found ? unreadWords(found.unread) : found;

/** With the ranges that the case room handed over: the bot counts none itself. */
const withComplaints = async (desk: Desk, year: number, found: CountedYear): Promise<CountedYear> => {
  const { complaints } = draftOf((await desk.registers.yearly.now()).state, year);
  return complaints ? { ...found, figures: { ...found.figures, complaints: complaints.lines } } : found;
};

/** Counts a year in time, else says why it is not counted. */
export const countedFor = async (desk: Desk, year: number): Promise<CountedYear | string> => {
  const found = usable(await counted(desk, countYearsOf(desk).count(year)));
  return typeof found === 'string' ? found : withComplaints(desk, year, found);
};

export interface CountedWith {
  counted: CountedYear;
  named: NamedIn[];
}

/** Counts a year and looks for names in the words, both within the time of one answer. */
export const namedAlone = async (
  desk: Desk,
  year: number,
  words: YearlyWords,
  mayName: readonly string[],
): Promise<CountedWith | string> => {
  const years = countYearsOf(desk);
  const work = async (): Promise<CountedWith | YearCount> => {
    const found = await years.count(year);
    return 'unread' in found ? found : { counted: found, named: await years.named(found, words, mayName) };
  };
  const found = await counted(desk, work());
  return found !== 'late' && 'named' in found
    ? { ...found, counted: await withComplaints(desk, year, found.counted) }
    : (usable(found) as string);
};

/** Somebody who may see it, with what their rights rest on. */
export interface YearReader {
  reader: PersonId;
  context: RegisterContext;
  today: YearToday;
}

const namesIn = ({ organisation }: RegisterContext, ids: readonly PersonId[]): string =>
  ids.flatMap((id) => personOf(organisation, id)?.name ?? []).join(', ') || 'nobody yet';

/** Says who can, and nothing of whether there is a draft. */
const denied = (context: RegisterContext): Reply => {
  const { organisation } = context;
  const approvers = approverGroups(context).flatMap((group) => membersOf(organisation, group));
  const writers = namesIn(context, membersOf(organisation, organisation.roles.compliance));
  const by = approvers.length > 0 ? `, and approved by ${namesIn(context, [...new Set(approvers)])}` : '';
  return deny(
    `The yearly report is written by compliance (${writers})${by}. Until it is published only they, counsel and auditors see it. Please ask them.`,
  );
};

export const readerOf = async (desk: Desk, reader: PersonId): Promise<YearReader | Reply> => {
  const context = desk.registers.yearly.context();
  const today = { away: (await desk.registers.organisation()).absences ?? [], at: desk.clock().toISOString() };
  return readsYear(context, today, reader) ? { reader, context, today } : denied(context);
};

/** From this month on the report is of the year that runs. */
const FROM_MONTH = '12';

/** Returns the year that is meant, or why none is. */
export const yearSaid = (words: string, now: string): number | string => {
  const [, said = ''] = /^\s*\S+\s*([^]*)$/u.exec(words) ?? [];
  const [running, month] = [Number(now.slice(0, 4)), now.slice(5, 7)];
  const typed = said.trim().replace(/[.!?]+$/u, '');
  if (typed === '') return month >= FROM_MONTH ? running : running - 1;
  if (!/^2[0-2]\d\d$/.test(typed)) return 'Please name a year.';
  return Number(typed) > running ? `${typed} has not begun.` : Number(typed);
};
