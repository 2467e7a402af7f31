/**
 * A case goes out to a court or an authority (items C9 and C10 of the Guidance: who spoke stays secret): one handler asks,
 * another one agrees to exactly the same, and whoever asked makes the file. Each step is sealed to the case's handlers like
 * a message: these rules run in their browsers. The server knows who wrote a step, and not which it was.
 */

import type { HandlerId } from './case.ts';
import { isTicked, type Ticked } from './reading.ts';

export interface ExportAsked {
  kind: 'asked';
  /** The court or authority, and its order. */
  to: string;
  why: string;
  /** How many messages and events there were: nothing later goes out. */
  upTo: number;
  events: number;
  /** Numbers of messages that are left out. */
  left: number[];
  /** Whether the files go out, and not only what they are called, their lengths and hashes. */
  files: boolean;
  /** Whether the envelope goes out in which its author said who they are. */
  name: boolean;
  /** Hash of all that this speaks of, sealed as it is: whoever agrees has to see the same. */
  mark: string;
}

/** `asked`: the number of the message in which it was asked for. */
export type ExportStep =
  | ExportAsked
  | { kind: 'agreed'; asked: number; mark: string }
  /** Another one does not agree, or whoever asked took it back. */
  | { kind: 'ended'; asked: number; words: string }
  /** `hash`: SHA-256 of the file, in hexadecimal. */
  | { kind: 'made'; asked: number; hash: string };

/** A step that was opened, with its author. */
export interface ExportTaken {
  number: number;
  by: HandlerId;
  step: ExportStep;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSome = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const FITS: Record<ExportStep['kind'], (fields: Record<string, unknown>) => boolean> = {
  asked: ({ to, why, upTo, events, left, files, name, mark }) =>
    [to, why, mark].every(isSome) &&
    [upTo, events].every(isCount) &&
    Array.isArray(left) &&
    left.every(isCount) &&
    typeof files === 'boolean' &&
    typeof name === 'boolean',
  agreed: ({ asked, mark }) => isCount(asked) && isSome(mark),
  ended: ({ asked, words }) => isCount(asked) && isSome(words),
  made: ({ asked, hash }) => isCount(asked) && isSome(hash),
};

/** Returns the step in an opened message; undefined where there is none, or another version's. */
export const exportStepIn = (message: unknown): ExportStep | undefined => {
  if (!isRecord(message) || message['kind'] !== 'export' || !isRecord(message['step'])) return undefined;
  const { step } = message;
  const { kind } = step;
  return typeof kind === 'string' && Object.hasOwn(FITS, kind) && FITS[kind as ExportStep['kind']](step)
    ? (step as unknown as ExportStep)
    : undefined;
};

/** Who can read the case now. `keys`: ids of all their keys. */
export interface ExportReader {
  id: HandlerId;
  name: string;
  keys: readonly HandlerId[];
}

export interface AroundExport {
  readers: readonly ExportReader[];
  /** Whom the case concerns, as its author ticked them. */
  ticked: readonly Ticked[];
  /** Numbers of the messages of who reported it. */
  theirs: readonly number[];
  /** Names of everybody who wrote in it. */
  names: Readonly<Record<HandlerId, string>>;
}

/** The latest one that was asked for. */
export interface Export {
  number: number;
  by: HandlerId;
  asked: ExportAsked;
  agreedBy?: HandlerId | undefined;
  /** Taken back, not agreed to, or made. */
  over: boolean;
  /** Why what was asked for, or agreed to, does not count any more. */
  lapsed?: string | undefined;
}

/** The same person with another key, or invited anew, is no second one. */
const isSamePerson = (one: HandlerId, other: HandlerId, { readers, names }: AroundExport): boolean => {
  const known = readers.find(({ id }) => id === other) ?? { id: other, name: names[other] ?? other, keys: [other] };
  const keysOfOne = readers.find(({ id }) => id === one)?.keys ?? [one];
  return [one, ...keysOfOne].some((id) => isTicked([{ id, name: names[one] ?? one }], known));
};

/** Somebody to whom it is sealed, and whom it does not concern. */
const readerOf = (by: HandlerId, { readers, ticked }: AroundExport): ExportReader | undefined =>
  readers.find((one) => one.id === by && !isTicked(ticked, one));

const ASK_ANEW = 'Please ask for it again, so that both of you agree to the same.';

const lapsedNow = ({ number, by, agreedBy }: Export, around: AroundExport): string | undefined => {
  const gone = [by, ...(agreedBy === undefined ? [] : [agreedBy])].find((id) => !readerOf(id, around));
  if (gone !== undefined) return `${around.names[gone] ?? gone} can’t read this case any more. ${ASK_ANEW}`;
  return around.theirs.some((theirs) => theirs > number)
    ? `They wrote again since this was asked for. Read that first. ${ASK_ANEW}`
    : undefined;
};

const after = (before: Export | undefined, { number, by, step }: ExportTaken): Export | undefined => {
  switch (step.kind) {
    case 'asked':
      return { number, by, asked: step, over: false };
    case 'agreed':
      return before && { ...before, agreedBy: by };
    case 'ended':
    case 'made':
      return before && { ...before, over: true };
    default: {
      const never: never = step;
      return never;
    }
  }
};

const NOT_ASKED = 'This was not asked for, or it is over.';

/** Whether a step could follow, by what was written before it. */
const orderProblem = (
  now: Export | undefined,
  { by, step }: Pick<ExportTaken, 'by' | 'step'>,
  around: AroundExport,
): string | undefined => {
  if (step.kind === 'asked') {
    return now && !now.over && now.lapsed === undefined ? 'An export was asked for already.' : undefined;
  }
  if (!now || now.over || step.asked !== now.number) return NOT_ASKED;
  if (step.kind === 'ended') return undefined;
  if (now.lapsed !== undefined) return now.lapsed;
  if (step.kind === 'agreed') {
    if (isSamePerson(now.by, by, around)) return 'You asked for it. Another handler has to agree.';
    if (now.agreedBy !== undefined) return 'Somebody agreed already.';
    return step.mark === now.asked.mark ? undefined : ASK_ANEW;
  }
  if (now.agreedBy === undefined) return 'Another handler has to agree first.';
  return now.by === by ? undefined : 'Whoever asked for it makes the file.';
};

/** `taken`: in the order of their messages. A step that was not possible when it was taken counts for nothing. */
export const exportOf = (taken: readonly ExportTaken[], around: AroundExport): Export | undefined => {
  const last = taken.reduce<Export | undefined>((now, one) => {
    const wrote = now && around.theirs.some((theirs) => theirs > now.number && theirs < one.number);
    // Who left since then took nothing back of what was done while they were there.
    const lapsed = wrote ? ASK_ANEW : now && one.step.kind === 'asked' ? lapsedNow(now, around) : undefined;
    const then = now && { ...now, lapsed };
    return orderProblem(then, one, around) === undefined ? after(then, one) : then;
  }, undefined);
  return last && { ...last, lapsed: last.over ? undefined : lapsedNow(last, around) };
};

/** Returns why somebody can't take this step now, in words for them; undefined if they can. */
export const exportProblem = (
  now: Export | undefined,
  one: Pick<ExportTaken, 'by' | 'step'>,
  around: AroundExport,
): string | undefined => {
  if (!readerOf(one.by, around)) return 'This report concerns you, by the word of whoever sent it.';
  const alone = around.readers.every((other) => isSamePerson(one.by, other.id, around) || !readerOf(other.id, around));
  if (one.step.kind === 'asked' && alone) {
    return 'Two handlers have to agree, and nobody else can read this case. Let another one read it first.';
  }
  return orderProblem(now, one, around);
};
