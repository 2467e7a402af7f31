/** Decides on what compliance writes and sends: the words of a yearly report, and its figures with them. Guidance: R1. */

import type { CommandMeta, PersonId } from '../ids.ts';
import { tooLong } from '../policy/sentence.ts';
import { refuseRegister, type RegisterContext } from '../registers/register.ts';
import { askedToApprove, authorsOf, outOfReach } from './approvers.ts';
import {
  draftOf,
  groupNames,
  isOver,
  MEANWHILE,
  mayNotWrite,
  nobodyNamed,
  OTHERS_NOW,
  votersOf,
  type Command,
  type Decided,
} from './deciding.ts';
import type { SentYear, Written, YearlyEvent, YearlyState, YearText } from './register-shapes.ts';
import { WORD_PARTS } from './words.ts';

/** As much as a form in a chat takes. */
const MOST_WORDS = 3000;
const MOST_NAMES = 20;
const MOST_NAME = 200;

const textProblem = (command: Command<'SaveYearWords'>): Decided | undefined => {
  for (const part of WORD_PARTS) {
    const length = command.words[part]?.length ?? 0;
    if (length > MOST_WORDS) return refuseRegister('not valid', tooLong(length, MOST_WORDS), part);
  }
  if (command.mayName.length > MOST_NAMES)
    return refuseRegister('not valid', `At most ${MOST_NAMES} names, a line each.`, 'mayName');
  const long = command.mayName.find((name) => name.length > MOST_NAME);
  return long === undefined ? undefined : refuseRegister('not valid', tooLong(long.length, MOST_NAME), 'mayName');
};

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What differs from the words of before. */
const writtenAnew = (before: YearText | undefined, { words, mayName }: Command<'SaveYearWords'>): Written[] => [
  ...WORD_PARTS.filter((part) => (before?.words[part] ?? '') !== (words[part] ?? '')),
  ...(sameNames(before?.mayName ?? [], mayName) ? [] : (['mayName'] as const)),
];

const authorsNow = (
  before: YearText | undefined,
  { words, mayName }: Command<'SaveYearWords'>,
  changed: readonly Written[],
  actor: PersonId,
): YearText['authors'] => {
  const isThere = (part: Written): boolean => (part === 'mayName' ? mayName.length > 0 : (words[part] ?? '') !== '');
  const wasThere = (part: Written): boolean =>
    part === 'mayName' ? (before?.mayName.length ?? 0) > 0 : (before?.words[part] ?? '') !== '';
  const parts = [...WORD_PARTS, 'mayName' as const].filter(isThere);
  return Object.fromEntries(
    parts.map((part) => {
      const had = wasThere(part) ? (before?.authors[part] ?? []) : [];
      return [part, changed.includes(part) ? [...new Set([...had, actor])] : had];
    }),
  );
};

export const decideSave = (
  command: Command<'SaveYearWords'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
  context: RegisterContext,
): Decided => {
  const { year, from, words, mayName } = command;
  const no = mayNotWrite(year, state, context, actor);
  if (no) return no;
  const { text, sent } = draftOf(state, year);
  if (from !== (text?.version ?? 0)) return refuseRegister('facts changed', MEANWHILE);
  const wrong = textProblem(command) ?? nobodyNamed(command.named);
  if (wrong) return wrong;
  const parts = writtenAnew(text, command);
  if (parts.length === 0) return refuseRegister('not now', 'These are the words that stand already.');
  const stamp = { at, by: actor, year };
  const authors = authorsNow(text, command, parts, actor);
  const saved: YearlyEvent = { ...stamp, type: 'YearWordsSaved', words, mayName, version: from + 1, authors };
  const voided: YearlyEvent[] = sent
    ? [
        {
          ...stamp,
          type: 'YearVotesVoided',
          because: 'words',
          differences: [],
          parts,
          voters: votersOf(sent),
          hash: sent.hash,
        },
      ]
    : [];
  return { kind: 'accepted', events: [saved, ...voided] };
};

export const decideSend = (
  { year, hash, version, figures, named, away }: Command<'SendYear'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
  context: RegisterContext,
): Decided => {
  const no = mayNotWrite(year, state, context, actor);
  if (no) return no;
  if (!isOver(figures)) {
    const text = `${year} is not over, so its figures would change under the approvers' hands. You can write the words already, and send it from 1 January ${year + 1}.`;
    return refuseRegister('not now', text);
  }
  const draft = draftOf(state, year);
  if (draft.sent) return refuseRegister('not now', 'It is with its approvers already.');
  if (!draft.text || WORD_PARTS.every((part) => (draft.text?.words[part] ?? '') === ''))
    return refuseRegister(
      'not now',
      'There are no words yet. Please write at least one part: figures alone explain nothing.',
    );
  if (draft.text.version !== version) return refuseRegister('facts changed', OTHERS_NOW);
  const spoken = nobodyNamed(named);
  if (spoken) return spoken;
  const lost = outOfReach([...authorsOf(draft), actor], context);
  if (lost.length > 0) {
    const text = `Nobody of ${groupNames(context.organisation, lost)} could approve it: people do not approve what they wrote or sent. Let a colleague send it, or empty those parts, save, and let a colleague write them.`;
    return refuseRegister('not now', text);
  }
  const sent: SentYear = { hash, figures, by: actor, at, votes: [] };
  const told = askedToApprove({ ...draft, sent }, context, { away, at });
  const over = draft.returned ? { returned: draft.returned } : {};
  return { kind: 'accepted', events: [{ at, by: actor, type: 'YearSent', year, hash, figures, told, ...over }] };
};
