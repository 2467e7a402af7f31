/** Counsel's note on the laws of the deal's country: whether the deal may take it, and whether it has one. */

import { hasRunOut } from '../../calendar.ts';
import type { CounselNote } from '../../counsel-note.ts';
import type { Instant } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import type { OpenedDeal } from '../state.ts';

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

const ASK_AGAIN_MS = 24 * 60 * 60 * 1000;

export const askedLately = ({ counselAsked: asked }: OpenedDeal, now: Instant): boolean =>
  asked !== undefined && Date.parse(now) - Date.parse(asked.at) < ASK_AGAIN_MS;
