/** The organisation and policy files that count, and what was read and refused since: compliance hears of either. House rule. */

import type { Instant, PersonId } from '../ids.ts';
import { membersOf, person, SYSTEM, type Organisation } from '../organisation.ts';
import { refuseRegister, toPeople, type Register } from './register.ts';

export type FileOf = 'organisation' | 'policy';

/** Somebody's place in a group, or among the people where no group is named. */
export interface SeatChange {
  person: PersonId;
  /** Id of the group. */
  group?: string | undefined;
  is: 'gained' | 'lost';
}

export interface FileRefusal {
  /** Sha256 of the text: one that is read again is not news. */
  text: string;
  /** A sentence for each problem, with its line. */
  problems: readonly string[];
  at: Instant;
}

export interface FilesState {
  /** By file, the hash of what it says, and since when that counts. */
  taken: Partial<Record<FileOf, { hash: string; at: Instant }>>;
  /** Refused since; the one taken before goes on counting. */
  refused: Partial<Record<FileOf, FileRefusal>>;
}

export type FilesCommand =
  /** `seats`: absent where nobody knows what was before, as at a start. */
  | { type: 'TakeFile'; of: FileOf; hash: string; seats?: readonly SeatChange[] | undefined }
  | { type: 'RefuseFile'; of: FileOf; text: string; problems: readonly string[] };

export type FilesEvent = { at: Instant; by: PersonId } &
  /** `first`: nothing was recorded before. `corrected`: a refused one was set right. */
  (
    | {
        type: 'FileTaken';
        of: FileOf;
        hash: string;
        seats?: readonly SeatChange[] | undefined;
        first?: true | undefined;
        corrected?: true | undefined;
      }
    | { type: 'FileRefused'; of: FileOf; text: string; problems: readonly string[] }
  );

export type FilesFact =
  | { fact: 'file taken'; of: FileOf; seats?: readonly SeatChange[] | undefined; corrected?: true | undefined }
  | { fact: 'file refused'; of: FileOf; problems: readonly string[] };

/** Problems that are kept of one file, and their length: an editor's accident may have thousands. */
const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;

const owners = (organisation: Organisation): PersonId[] =>
  [organisation.roles.compliance, organisation.roles.chief].flatMap((group) => membersOf(organisation, group));

/** Returns whose places differ: people who came and went, then those of each group. */
export const seatChanges = (before: Organisation, now: Organisation): SeatChange[] => {
  const compare = (was: readonly PersonId[], is: readonly PersonId[], group?: string): SeatChange[] => {
    const [had, has] = [new Set(was), new Set(is)];
    const of = group === undefined ? {} : { group };
    return [
      ...was.filter((id) => !has.has(id)).map((id): SeatChange => ({ person: id, ...of, is: 'lost' })),
      ...is.filter((id) => !had.has(id)).map((id): SeatChange => ({ person: id, ...of, is: 'gained' })),
    ];
  };
  const ids = ({ people }: Organisation): PersonId[] => people.map(({ id }) => id);
  const groups = [...new Set([...before.groups, ...now.groups].map(({ id }) => id))];
  return [
    ...compare(ids(before), ids(now)),
    ...groups.flatMap((group) => compare(membersOf(before, group), membersOf(now, group), group)),
  ];
};

export const files: Register<FilesState, FilesCommand, FilesEvent, FilesFact> = {
  name: 'files',
  none: { taken: {}, refused: {} },
  evolve: (state, event) => {
    const { at } = event;
    switch (event.type) {
      case 'FileTaken': {
        const { [event.of]: _, ...refused } = state.refused;
        return { taken: { ...state.taken, [event.of]: { hash: event.hash, at } }, refused };
      }
      case 'FileRefused': {
        const { of, text, problems } = event;
        return { ...state, refused: { ...state.refused, [of]: { text, problems, at } } };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }) => {
    if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself reads its files.');
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'TakeFile': {
        const { of, hash, seats } = command;
        const before = state.taken[of];
        const corrected = state.refused[of] !== undefined;
        if (before?.hash === hash && !corrected) return refuseRegister('not now', 'This is the file that counts.');
        const taken: FilesEvent = {
          ...stamp,
          type: 'FileTaken',
          of,
          hash,
          ...(seats === undefined ? {} : { seats }),
          ...(before === undefined ? { first: true } : {}),
          ...(corrected ? { corrected: true } : {}),
        };
        return { kind: 'accepted', events: [taken] };
      }
      case 'RefuseFile': {
        const { of, text, problems } = command;
        if (state.refused[of]?.text === text) return refuseRegister('not now', 'This file was refused already.');
        const kept = problems.slice(0, MOST_PROBLEMS).map((problem) => problem.slice(0, LONGEST_PROBLEM));
        const more = problems.length - kept.length;
        const all = more > 0 ? [...kept, `And ${more} more.`] : kept;
        return { kind: 'accepted', events: [{ ...stamp, type: 'FileRefused', of, text, problems: all }] };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, _now, { organisation }) => {
    switch (event.type) {
      case 'FileTaken': {
        const { of, seats, first, corrected } = event;
        if (first && !corrected) return [];
        // Whoever was of compliance until now hears it too.
        const lost = (seats ?? []).flatMap(({ person: id, group, is }) =>
          is === 'lost' && (group === organisation.roles.compliance || group === organisation.roles.chief) ? [id] : [],
        );
        const told = [...owners(organisation), ...lost].filter((id) => person(organisation, id) !== undefined);
        return [
          [
            { fact: 'file taken', of, ...(seats === undefined ? {} : { seats }), ...(corrected ? { corrected } : {}) },
            toPeople(told),
          ],
        ];
      }
      case 'FileRefused':
        return [[{ fact: 'file refused', of: event.of, problems: event.problems }, toPeople(owners(organisation))]];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: () => null,
  tick: undefined,
};
