/** Counsel's notes on the laws of countries. Guidance: L1 to L3. */

import { bare } from '../bare.ts';
import { addMonths, calendarOf, dayIn, hasRunOut } from '../calendar.ts';
import { NOTE_MONTHS, type CounselNote } from '../counsel-note.ts';
import { countryName } from '../countries.ts';
import type { CommandMeta, Instant, PersonId, Source } from '../ids.ts';
import { sameSource as sameSourceNamed } from '../named-sources.ts';
import { isCounsel, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { CountriesFact } from './country-shapes.ts';
import { refuseRegister, toPeople, type RegisterDecided, type RegisterTarget } from './register.ts';
import { reviewers } from './reminders.ts';
import type { CountryCode, Watched } from './watch-list.ts';

/** Counsel, in-house or for outside counsel, looked at the laws of a country. */
export interface NoteLaws {
  type: 'NoteLaws';
  country: CountryCode;
  looked: string;
  source?: Source | undefined;
  /** The note that the form showed; empty: none. Absent: it did not say. */
  over?: string | undefined;
}

/** Returns counsel's latest note on each country. */
export const counselNotes = ({
  laws,
}: {
  laws?: Readonly<Record<CountryCode, CounselNote>> | undefined;
}): CounselNote[] => Object.values(laws ?? {});

/** `before`: the note that it takes the place of, a colleague's or one that still counted. Absent: none, or in older events, which name a colleague's alone. */
export type LawsNoted = { at: Instant; by: PersonId; type: 'LawsNoted'; note: CounselNote; before?: CounselNote };

const THEIRS = 'A colleague wrote a note meanwhile. Please read it, and save again.';
const YOURS =
  'Your last note on this country still counts. Please read it, and save again: approvers read both while the last one is valid.';

const sameSource = (one: Source | undefined, other: Source | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && sameSourceNamed(one, other));

export const decideNoteLaws = (
  { country, looked, source, over }: NoteLaws,
  { laws = {} }: { laws?: Readonly<Record<CountryCode, CounselNote>> | undefined },
  { actor, at, id }: CommandMeta,
  organisation: Organisation,
): RegisterDecided<LawsNoted> => {
  if (!isCounsel(organisation, actor)) {
    return refuseRegister('not allowed', 'Only counsel can note that the laws of a country were looked at.');
  }
  if (countryName(country) === undefined) {
    return refuseRegister('not valid', 'Please choose a country from the list.', 'country');
  }
  if (looked.trim() === '') return refuseRegister('not valid', 'Please say in a sentence what was looked at.', 'note');
  const until = addMonths(dayIn(at, calendarOf(organisation, actor)), NOTE_MONTHS);
  const note: CounselNote = { id: `laws-${id}`, country, looked: looked.trim(), source, by: actor, at, until };
  const last = own(laws, country);
  const isOthers = last !== undefined && last.by !== actor;
  // One's own that is over, or says the same, needs no second look.
  const isOwn =
    last !== undefined &&
    !isOthers &&
    !hasRunOut(last, { organisation, now: at }) &&
    (bare(last.looked) !== bare(looked) || !sameSource(last.source, source));
  if (over !== undefined && (isOthers || isOwn) && last.id !== over)
    return refuseRegister('facts changed', isOthers ? THEIRS : YOURS);
  const before = isOthers || isOwn ? { before: last } : {};
  return { kind: 'accepted', events: [{ at, by: actor, type: 'LawsNoted', note, ...before }] };
};

/** Approved deals do not hear of a note: compliance judges whether it is an alert. Guidance: A5. */
export const lawsTold = (
  { note, before, by }: LawsNoted,
  { watch }: { watch: Readonly<Record<CountryCode, Watched>> },
  organisation: Organisation,
): [CountriesFact, RegisterTarget[]][] => {
  const deals = own(watch, note.country)?.deals ?? 0;
  const others = reviewers(organisation).filter((id) => id !== by);
  return deals === 0 && !before ? [] : [[{ fact: 'laws noted anew', note, before, deals }, toPeople(others)]];
};
