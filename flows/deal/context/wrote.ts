/** Who wrote of a deal last, and when: whoever looked at its end-user before has not read that. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { DiscardedVote, InformationRequest } from '../deal.ts';
import type { DealView } from '../view.ts';
import { wordsEver } from './words-ever.ts';

export interface Wrote {
  by: PersonId;
  at: Instant;
  /**
   * They told it of their own accord: a note, a denial, a reason, or what they answered an approver. Every deal asks for answers in words and
   * for sources; votes, and what is accepted, come again where an acceptance ends.
   */
  told?: true | undefined;
}

type Said = Omit<Wrote, 'told'>;

const inRequest = ({ by, at, answer, takenBack }: InformationRequest): (Said | undefined)[] => [
  { by, at },
  answer,
  takenBack?.reason === undefined ? undefined : takenBack,
];

const saysSomething = ({ rationale, noCondition = '', conditions, flags = {} }: DiscardedVote): boolean =>
  conditions.length > 0 ||
  [rationale, noCondition, ...Object.values(flags).map(({ reason = '' }) => reason)].some((text) => text !== '');

/** Of each person the last, of those the last two: whoever asks which others wrote needs no third. */
const lastTwo = (all: readonly (Said | undefined)[]): Said[] => {
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

/**
 * Returns who wrote of it last, and who before them, each with when: an answer in words, a note, a source, a reason, a vote, evidence; and
 * the same of what was told. Names of companies are heard by themselves.
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
  const words = wordsEver(view).filter(({ of }) => of !== 'role');
  const told = [
    ...words.filter(({ of }) => of === 'note' || of === 'denied'),
    ...remarks,
    ...requests.map(({ answer }) => answer),
  ];
  const lastTold = lastTwo(told);
  const last = lastTwo([
    ...words,
    ...told,
    ...requests.flatMap(inRequest),
    ...votes.filter(saysSomething),
    ...kept.flatMap(({ evidence, returned }) => [...evidence, returned]),
    ...Object.values(gaps),
  ]);
  const isTold = ({ by, at }: Said): boolean => lastTold.some((one) => one.by === by && one.at === at);
  return [
    ...last.map((one): Wrote => (isTold(one) ? { ...one, told: true } : one)),
    ...lastTold.flatMap(({ by, at }): Wrote[] =>
      last.some((one) => one.by === by && one.at === at) ? [] : [{ by, at, told: true }],
    ),
  ];
};
