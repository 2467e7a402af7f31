/** What counsel wrote on the laws of a deal's country, and does not count for it: whoever judges the deal reads it. */

import { hasRunOut } from '../../calendar.ts';
import type { CounselNote } from '../../counsel-note.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { inTurnOf } from '../../in-turn.ts';
import { own } from '../../own.ts';
import { asksCounsel, lawsOf } from '../basis/laws.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';

export interface OtherNote {
  note: CounselNote;
  /** Who wrote another in its place. Absent: it stands, and is none of this deal's. */
  replaced?: { by: PersonId; at: Instant } | undefined;
  /** It stands, what it is for was answered, or is not asked, and none of that stands on it. */
  unused?: true;
}

/** Tells whether what counsel's note is for was answered, or will not be, and nothing stands on the note: who denies it, or takes a brief, leaves it to be read. */
const isUnused = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): boolean => {
  // Whoever confirms the scope reads no answer on the laws.
  if (deal.status === 'answering' && deal.scopeSaid) return true;
  const answers = policy.sections.flatMap(({ id: section, questions }) =>
    questions.flatMap(({ id, basis }) => {
      const answer = basis === 'counsel' ? own(own(deal.answers, section) ?? {}, id) : undefined;
      // A brief that counsel filled in stands for itself.
      return answer ? [policy.isBenign(id, answer.value) && answer.basis?.sheet?.counsel !== true] : [];
    }),
  );
  return answers.length > 0 && !answers.includes(true);
};

/**
 * Returns what counsel wrote on the laws of the deal's country beside the note that counts, the latest first: what a colleague
 * replaced within a year, or its author while it was valid, what its author may not say of this deal, and what is over; that one, too, where no answer stands on it. Nothing for a policy that asks for none.
 */
export const otherNotes = (view: Pick<DealView, 'deal' | 'policy' | 'organisation' | 'now'>): OtherNote[] => {
  const { deal, policy, organisation } = view;
  if (!asksCounsel(policy)) return [];
  const { destination } = deal.details;
  const { counselNotes = [], notesReplaced = [] } = organisation;
  const unused = isUnused(view);
  const isLeft = (note: CounselNote): boolean => deal.team.includes(note.by) || hasRunOut(note, view);
  const all: OtherNote[] = [
    ...counselNotes.flatMap((note): OtherNote[] => (isLeft(note) ? [{ note }] : unused ? [{ note, unused }] : [])),
    ...inTurnOf(
      notesReplaced
        .toReversed()
        // Whoever looks again once a year says nothing else by it.
        .filter(({ note, by }) => note.by !== by || !hasRunOut(note, view))
        .map(({ note, by, at }): OtherNote => ({ note, replaced: { by, at } })),
      ({ note }) => [note.by],
    ),
    ...(deal.laws ? [{ note: deal.laws }] : []),
  ];
  const known = new Set(unused ? [] : [lawsOf(deal)?.id]);
  return all.filter(({ note: { id, country, by } }) => {
    if (country !== destination || known.has(id) || isOwnWord(deal, by)) return false;
    known.add(id);
    return true;
  });
};
