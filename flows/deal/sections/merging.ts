/**
 * Merging a form into what others saved since it was opened, in three ways: what the form showed (its base), what
 * stands now, and what its person typed. A base comes from a client: it can move nobody's rights, only what is asked.
 */

import type { Instant, PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { Base, DraftAnswer, GivenAnswer } from '../answer-shapes.ts';
import type { OpenedDeal } from '../state.ts';

type Given = Readonly<Record<QuestionId, GivenAnswer>>;

/** A 53-bit hash (cyrb53): it finds differences and proves nothing. A form has little room: Slack keeps 3,000 characters. */
export const fingerprint = (value: unknown): string => {
  const text = JSON.stringify(value);
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
};

/** An answer, its note and its sources are one thing: they are changed, and kept, together. */
const print = (answer: GivenAnswer | undefined): string =>
  answer === undefined
    ? ''
    : fingerprint([
        Array.isArray(answer.value) ? answer.value.toSorted() : answer.value,
        answer.note ?? '',
        answer.sources.map(({ name, year, url }) => [name, year ?? null, url ?? '']),
        ...(answer.basis ? [answer.basis] : []),
      ]);

/** What a form of the section starts from: the saved answers, and over them what was saved for later. */
export const standingAnswers = (deal: OpenedDeal, section: SectionId): Readonly<Record<QuestionId, DraftAnswer>> => ({
  ...own(deal.answers, section),
  ...own(deal.drafts, section),
});

const printsOf = (answers: Given): Base =>
  Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, print(answer)]));

/** Tells whether two answers say the same, with the same note and sources. */
export const sameAnswer = (a: GivenAnswer | undefined, b: GivenAnswer | undefined): boolean => print(a) === print(b);

export const baseOf = (deal: OpenedDeal, section: SectionId): Base => printsOf(standingAnswers(deal, section));

/** Who gave the answer that stands now (or took it away), and when; a draft of before this was kept names nobody. */
export interface Author {
  by?: PersonId | undefined;
  at?: Instant | undefined;
  /** It was saved for later: nobody has answered with it yet. */
  draft: boolean;
}

export const authorOf = (deal: OpenedDeal, section: SectionId, question: QuestionId): Author => {
  const drafted = own(own(deal.drafts, section), question);
  if (drafted) return { by: drafted.by, at: drafted.at, draft: true };
  const saved = own(deal.answers, section) ?? {};
  // An answer that is gone left with a later save of its section.
  const last = own(saved, question) ?? Object.values(saved).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  return { by: last?.by, at: last?.at, draft: false };
};

export interface Merged {
  answers: Record<QuestionId, GivenAnswer>;
  /** Questions where somebody else's change would be lost to this person, or theirs to it. */
  clashes: QuestionId[];
  /** Questions that others changed since the form was opened. */
  moved: QuestionId[];
  /** Questions that this person changed. */
  touched: QuestionId[];
}

/**
 * Merges one person's answers. `asked` returns the questions that apply, given all answers: what the one answered may
 * no longer apply after what the other changed, and that must not pass in silence either.
 */
export const mergeAnswers = (
  deal: OpenedDeal,
  section: SectionId,
  form: { base: Base; mine: Given; person: PersonId },
  asked: (answers: Given) => readonly QuestionId[],
): Merged => {
  const now = standingAnswers(deal, section);
  const { base, mine, person } = form;
  const ids = [...new Set([...Object.keys(now), ...Object.keys(base), ...Object.keys(mine)])];
  const of = (id: QuestionId) => {
    const [mineNow, theirs] = [own(mine, id), own(now, id)];
    const [before, m, n] = [own(base, id) ?? '', print(mineNow), print(theirs)];
    const { by, draft } = authorOf(deal, section, id);
    const foreign = n !== before && by !== person;
    const touched = m !== before;
    // A colleague's draft that this form never showed is no answer that a press on Save may give in its person's name.
    return { id, mineNow, theirs, touched, foreign, clash: foreign && n !== m && (touched || draft) };
  };
  const each = ids.map(of);
  const merged: Record<QuestionId, GivenAnswer> = Object.fromEntries(
    each.flatMap(({ id, touched, mineNow, theirs }) => {
      const answer = touched ? mineNow : theirs;
      return answer ? [[id, answer]] : [];
    }),
  );
  const apply = new Set(asked(merged));
  const anyMoved = each.some(({ foreign }) => foreign);
  const lost = each.filter(
    ({ id, mineNow, theirs, touched, foreign }) =>
      !apply.has(id) && ((foreign && theirs !== undefined) || (anyMoved && touched && mineNow !== undefined)),
  );
  const named = (some: readonly { id: QuestionId }[]): QuestionId[] => some.map(({ id }) => id);
  return {
    answers: Object.fromEntries(Object.entries(merged).filter(([id]) => apply.has(id))),
    clashes: [...new Set([...named(each.filter(({ clash }) => clash)), ...named(lost)])],
    moved: named(each.filter(({ foreign }) => foreign)),
    touched: named(each.filter(({ touched }) => touched)),
  };
};
