/** Whose words an answer has: whoever gives it again, on other grounds or none, did not say it first. House rule. */

import { bare, spaced } from '../../bare.ts';
import type { Instant, PersonId, Source } from '../../ids.ts';
import { authorOf, namedBy, sameSource } from '../../named-sources.ts';
import { sameValue } from '../../policy/answers.ts';
import type { FactValue, Question, QuestionId } from '../../policy/policy.ts';
import type { DraftAnswer, GivenAnswer, Said } from '../answer-shapes.ts';
import { wasOfAnother } from '../formerly.ts';
import { speaksAgainst } from '../kept.ts';
import { isOwnSlip, isOwnWord, looksAfter } from '../rights/set-aside.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

type Author = { by: PersonId; at: Instant };
type Of = Pick<OpenedDeal, 'requester' | 'owner' | 'openedAt'>;

const author = (
  { requester, openedAt }: Of,
  { by = requester, at = openedAt }: Pick<Partial<DraftAnswer>, 'by' | 'at'>,
): Author => ({
  by,
  at,
});

/** Returns who gave that value first, of all who gave it one after the other. */
export const whoseValue = (deal: Of, answer: Partial<DraftAnswer>): Author => answer.first ?? author(deal, answer);

/** Returns who else gave it. */
export const whoElse = (deal: Of, { also = [], by, ...answer }: Partial<DraftAnswer>): PersonId[] => {
  const first = whoseValue(deal, { ...answer, by }).by;
  return [...new Set([...also, ...(by === undefined ? [] : [by])])].filter((id) => id !== first);
};

/** Both, for what keeps an answer that is over. */
export const allWhoSaid = (deal: Of, answer: Partial<DraftAnswer>): Author & { also?: PersonId[] } => {
  const also = whoElse(deal, answer);
  return { ...whoseValue(deal, answer), ...(also.length > 0 ? { also } : {}) };
};

/** Of what was taken from a sheet, or of an earlier deal, it is who gave it there. */
const giver = (deal: Of, answer: Partial<DraftAnswer>): Author => {
  const { by, at } = answer.basis?.sheet ?? answer.basis?.earlier ?? answer;
  return author(deal, { by, at });
};

/** Returns who wrote its note. */
export const whoseNote = (deal: Of, answer: Partial<DraftAnswer>): Author => answer.noted ?? giver(deal, answer);

export const sourcesOf = ({ sources = [], basis }: Partial<GivenAnswer>): Source[] => [
  ...sources,
  ...(basis?.sources ?? []),
];

/** Returns who named one of its sources. */
export const whoseSource = (deal: Of, answer: Partial<DraftAnswer>, source: Source): Author =>
  authorOf(answer, source, giver(deal, answer));

/** Who wrote its note, and who named each of its sources. What a sheet says is looked at as that. */
const wordsBy = (deal: Of, answer: DraftAnswer): PersonId[] =>
  answer.by === undefined || answer.basis?.sheet !== undefined
    ? []
    : [
        ...(answer.note === undefined ? [] : [whoseNote(deal, answer).by]),
        ...sourcesOf(answer).map((source) => whoseSource(deal, answer, source).by),
      ];

/** Tells whether somebody else says the same against the deal as who may sell it did: from then on it is no slip of theirs. */
export const isSeconded = (
  { deal, policy }: DealView,
  question: QuestionId,
  answer: DraftAnswer,
  actor: PersonId,
): boolean =>
  looksAfter(deal, whoseValue(deal, answer).by) &&
  ![whoseValue(deal, answer).by, ...whoElse(deal, answer)].includes(actor) &&
  speaksAgainst(policy, question, answer.value);

/** Tells whether somebody else than who works on the deal alone wrote a note under it, or named a source. */
export const isNotedByOthers = (deal: Of & Parameters<typeof isOwnWord>[0], answer: DraftAnswer | undefined): boolean =>
  answer !== undefined && wordsBy(deal, answer).some((by) => !isOwnWord(deal, by));

type Sold = Of & Parameters<typeof isOwnWord>[0];

/** Tells whether somebody who does not sell the deal wrote its note, or named its sources; or who does where others say it (`givers`). */
export const isOthersWord = (
  deal: Sold,
  answer: DraftAnswer,
  givers: readonly (PersonId | undefined)[] = [],
): boolean => wordsBy(deal, answer).some((by) => !isOwnSlip(deal, by, [answer.by, ...givers]));

/** The same where somebody else than them gives the answer now. */
export const isLeftUnder = (deal: Sold, answer: DraftAnswer): boolean =>
  wordsBy(deal, answer).some((by) => by !== answer.by);

const sameNote = (one: Partial<GivenAnswer>, other: Partial<GivenAnswer>, as = spaced): boolean =>
  bare(one.note ?? '') !== '' && as(one.note ?? '') === as(other.note ?? '');

/** Another space in a sentence makes it no other. */
const saysSame = (one: FactValue, other: FactValue): boolean =>
  sameValue(one, other) || (typeof one === 'string' && typeof other === 'string' && spaced(one) === spaced(other));

/** Leaves out what was said of another end-user, product or country: nobody said it of this one. */
export const ofThis = (
  deal: Parameters<typeof wasOfAnother>[0],
  question: Question,
  before: readonly (DraftAnswer | undefined)[],
): (DraftAnswer | undefined)[] => before.filter((one) => one === undefined || !wasOfAnother(deal, question, one));

/**
 * Returns what an answer has of one that stood before it, the first of these with the same value: who gave that first, unless they sell
 * the deal, and who wrote the note and named the sources that are left under it.
 *
 * @param beside - the section as it stood: one source serves all of it, and whoever goes on with the section did not name it
 */
export const firstSaid = (
  deal: Of & Parameters<typeof isOwnWord>[0],
  answer: GivenAnswer,
  before: readonly (DraftAnswer | undefined)[],
  actor: PersonId,
  beside: readonly DraftAnswer[],
): Said => {
  const same = before.flatMap((one) => (one?.by !== undefined && saysSame(one.value, answer.value) ? [one] : []));
  // A draft may have their note, and the answer before it their value.
  const noting = same.find((one) => sameNote(one, answer));
  const first = same.map((one) => whoseValue(deal, one)).find(({ by }) => !looksAfter(deal, by));
  const noted = noting && whoseNote(deal, noting);
  const since = same.flatMap((one) => (one.by === undefined ? [] : [whoseValue(deal, one).by, ...whoElse(deal, one)]));
  const also = [...new Set(since)].filter((by) => by !== actor && by !== first?.by && !isOwnWord(deal, by));
  return {
    ...(first && first.by !== actor ? { first } : {}),
    ...(also.length > 0 ? { also } : {}),
    ...(noted && noted.by !== actor ? { noted } : {}),
    // Left under another answer, or beside others, a source is still of who named it.
    ...namedBy(
      sourcesOf(answer),
      (source) => {
        const was = [...before, ...beside].find(
          (one) => one?.by !== undefined && sourcesOf(one).some((other) => sameSource(source, other)),
        );
        return was && whoseSource(deal, was, source);
      },
      actor,
    ),
  };
};

/**
 * Returns the answer without a note that somebody else wrote to another one: left where it was, it would say that under their words.
 *
 * @param before - as in `firstSaid`; a draft of what is asked again does not say whose it is, the answer before it does
 */
export const withoutOthersNote = (
  deal: Of,
  answer: GivenAnswer,
  before: readonly (DraftAnswer | undefined)[],
  actor: PersonId,
): GivenAnswer => {
  const { note: _note, ...rest } = answer;
  const noting = before.flatMap((one) => (one?.by !== undefined && sameNote(answer, one, bare) ? [one] : []));
  const isTheirs = (one: DraftAnswer): boolean =>
    whoseNote(deal, one).by !== actor && !saysSame(answer.value, one.value);
  return noting.length > 0 && noting.every(isTheirs) ? rest : answer;
};
