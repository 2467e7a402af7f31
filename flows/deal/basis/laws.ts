/** Counsel's note on the laws of the deal's country: whether the deal may take it, and whether it has one. */

import { hasRunOut } from '../../calendar.ts';
import type { CounselNote } from '../../counsel-note.ts';
import type { Instant, PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

interface Today {
  organisation: Organisation;
  now: Instant;
}

/** Tells whether the policy asks for the note at all. */
export const asksCounsel = ({ sections }: CompiledPolicy): boolean =>
  sections.some(({ questions }) => questions.some(({ basis }) => basis === 'counsel'));

/** Returns the note that counts: on the deal's own country, and by nobody on its team. */
export const lawsOf = ({ laws, details, team }: OpenedDeal): CounselNote | undefined =>
  laws && laws.country === details.destination && !team.includes(laws.by) ? laws : undefined;

/** Returns the note that the deal stands on although its last day has passed. */
export const lawsRunOut = (deal: OpenedDeal, today: Today): CounselNote | undefined => {
  const note = lawsOf(deal);
  return note && hasRunOut(note, today) ? note : undefined;
};

/** Returns a newer note than the deal has, valid today, that it may take. */
export const lawsToTake = (
  deal: OpenedDeal,
  { policy, organisation, now }: Today & { policy: CompiledPolicy },
): CounselNote | undefined => {
  if ((deal.status !== 'answering' && deal.status !== 'deciding') || !asksCounsel(policy)) return undefined;
  const note = organisation.counselNotes?.find(({ country }) => country === deal.details.destination);
  if (!note || note.id === lawsOf(deal)?.id || deal.team.includes(note.by)) return undefined;
  return hasRunOut(note, { organisation, now }) ? undefined : note;
};

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

const ASK_AGAIN_MS = 24 * 60 * 60 * 1000;

export const askedLately = ({ counselAsked: asked }: OpenedDeal, now: Instant): boolean =>
  asked !== undefined && Date.parse(now) - Date.parse(asked.at) < ASK_AGAIN_MS;
