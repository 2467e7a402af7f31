/** Who wrote of a deal last, and when: whoever looked at its end-user before has not read that. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { DiscardedVote, InformationRequest } from '../deal.ts';
import type { DealView } from '../view.ts';
import { wordsEver } from './words-ever.ts';

export interface Wrote {
  by: PersonId;
  at: Instant;
}

const inRequest = ({ by, at, answer, takenBack }: InformationRequest): (Wrote | undefined)[] => [
  { by, at },
  answer,
  takenBack?.reason === undefined ? undefined : takenBack,
];

const saysSomething = ({ rationale, noCondition = '', conditions, flags = {} }: DiscardedVote): boolean =>
  conditions.length > 0 ||
  [rationale, noCondition, ...Object.values(flags).map(({ reason = '' }) => reason)].some((text) => text !== '');

/**
 * Returns who wrote of it last, and who before them, each with when: an answer in words, a note, a source, a reason, a vote, evidence. Whoever
 * asks which others did needs no third. Names of companies are heard by themselves.
 */
export const wroteIn = (view: DealView): Wrote[] => {
  const { deal } = view;
  const { remarks = [], requests, carried = [], standing, gaps = {} } = deal;
  const approvals = [standing, deal.status === 'decided' ? deal : undefined].filter((one) => one !== undefined);
  const votes = [
    ...(deal.status === 'deciding' ? deal.votes : []),
    ...carried,
    ...approvals.flatMap(({ decision }) => decision.votes),
  ];
  const kept = approvals.flatMap(({ conditions }) => Object.values(conditions ?? {}));
  const all: (Wrote | undefined)[] = [
    ...wordsEver(view).filter(({ of }) => of !== 'role'),
    ...remarks,
    ...requests.flatMap(inRequest),
    ...votes.filter(saysSomething),
    ...kept.flatMap(({ evidence, returned }) => [...evidence, returned]),
    ...Object.values(gaps),
  ];
  const last = new Map<PersonId, Instant>();
  for (const one of all) {
    if (!one || one.by === SYSTEM) continue;
    const known = last.get(one.by);
    if (known === undefined || known < one.at) last.set(one.by, one.at);
  }
  return [...last]
    .map(([by, at]) => ({ by, at }))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, 2);
};
