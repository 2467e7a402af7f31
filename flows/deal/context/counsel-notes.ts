/** What counsel wrote on the laws of a deal's country, and does not count for it: whoever judges the deal reads it. */

import { hasRunOut } from '../../calendar.ts';
import type { CounselNote } from '../../counsel-note.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { asksCounsel, lawsOf } from '../basis/laws.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';

export interface OtherNote {
  note: CounselNote;
  /** Who wrote another in its place. Absent: it stands, and is none of this deal's. */
  replaced?: { by: PersonId; at: Instant } | undefined;
}

/**
 * Returns what counsel wrote on the laws of the deal's country beside the note that counts, the latest first: what a colleague
 * replaced within a year, what its author may not say of this deal, and what is over. Nothing for a policy that asks for none.
 */
export const otherNotes = (view: Pick<DealView, 'deal' | 'policy' | 'organisation' | 'now'>): OtherNote[] => {
  const { deal, policy, organisation } = view;
  if (!asksCounsel(policy)) return [];
  const { destination } = deal.details;
  const { counselNotes = [], notesReplaced = [] } = organisation;
  const all: OtherNote[] = [
    ...counselNotes.filter((note) => deal.team.includes(note.by) || hasRunOut(note, view)).map((note) => ({ note })),
    ...notesReplaced.toReversed().map(({ note, by, at }) => ({ note, replaced: { by, at } })),
    ...(deal.laws ? [{ note: deal.laws }] : []),
  ];
  const known = new Set([lawsOf(deal)?.id]);
  return all.filter(({ note: { id, country, by } }) => {
    if (country !== destination || known.has(id) || isOwnWord(deal, by)) return false;
    known.add(id);
    return true;
  });
};
