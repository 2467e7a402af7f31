/** Who wrote of a deal last, and when: whoever looked at its end-user before has not read that. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { InformationRequest } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import type { DealView } from '../view.ts';
import { whyTakenBack } from './beside-answers.ts';
import { wordsEver } from './words-ever.ts';

export interface Wrote {
  by: PersonId;
  at: Instant;
  /**
   * They told it of their own accord: a note, a denial, a name that says more, a reason, evidence, or what they answered an approver. Every deal asks for answers in
   * words and for sources; votes, and what is accepted, come again where an acceptance ends.
   */
  told?: true | undefined;
}

type Said = Omit<Wrote, 'told'>;

/** A page is looked through again as it is pressed, and never waits long for that: what was written in another deal just then was not read for certain. */
const JUST_THEN_MS = 30_000;

/** Returns when whoever looks at another deal could read it for certain. */
export const readableFrom = (at: Instant): Instant => new Date(Date.parse(at) + JUST_THEN_MS).toISOString();

const inRequest = ({ by, at, answer, before = [], takenBack }: InformationRequest): (Said | undefined)[] => [
  { by, at },
  ...before,
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
    ...words.filter(({ of }) => of === 'note' || of === 'denied' || of === 'called'),
    ...remarks,
    ...requests.flatMap(({ answer, before = [], takenBack }) => [
      ...before,
      answer,
      takenBack?.reason === undefined ? undefined : takenBack,
    ]),
    ...kept.flatMap(({ evidence, returned }) => [...evidence, returned]),
    ...Object.values(deal.gapsTakenBack ?? {}).filter(({ forAll }) => !forAll),
    ...whyTakenBack(view).filter(({ reason }) => reason !== undefined),
    deal.authority?.done,
  ];
  const lastTold = lastTwo(told);
  const last = lastTwo([
    ...words,
    ...told,
    ...requests.flatMap(inRequest),
    ...votes.filter(saysSomething),
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
