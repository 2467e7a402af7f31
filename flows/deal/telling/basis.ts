/** The facts told to those whose word or note a deal stands on, or waits for. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { DealEvent } from '../events.ts';
import { saidOfAnother } from '../formerly.ts';
import { independentCompliance } from '../rights/access.ts';
import { counselToLook } from '../rights/finders.ts';
import { waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';
import { nudgedFor } from './standing-in.ts';

/** Tells the people that a deal waits for; counsel, who need not know the deal, only that their note is. */
export const nudged = (
  fact: Fact,
  waited: readonly PersonId[],
  { by, view }: { by: PersonId; view: DealView },
): [Fact, NoticeTarget[]][] => {
  const counsel = waitingFor(view).for === 'finding' ? counselToLook(view) : [];
  const others = waited.filter((id) => !counsel.includes(id));
  const asked = waited.filter((id) => counsel.includes(id));
  const told =
    fact.fact === 'nudged'
      ? others.map((person): [Fact, NoticeTarget[]] => {
          const owed = nudgedFor(view, person);
          return [owed ? { ...fact, asked: owed } : fact, people([person])];
        })
      : [[fact, people(others)] satisfies [Fact, NoticeTarget[]]];
  return [...told, [{ fact: 'counsel asked', by }, people(asked)]];
};

/** Tells people that answers stand on their word now. */
export const namedAsBasis = (
  { section, answers, by }: Extract<DealEvent, { type: 'SectionAnswered' }>,
  before: DealView | undefined,
): [Fact, NoticeTarget[]][] => {
  const known = before?.deal.answers[section] ?? {};
  const named = new Map<PersonId, QuestionId[]>();
  for (const [id, { basis }] of Object.entries(answers)) {
    const was = known[id];
    const question = before?.policy.question(id);
    // Of another end-user they said it of somebody else.
    const ofAnother = was && question && before && saidOfAnother(before.deal, question, was);
    if (basis?.told === undefined || (was?.basis?.told === basis.told && !ofAnother)) continue;
    named.set(basis.told, [...(named.get(basis.told) ?? []), id]);
  }
  return [...named].map(([person, questions]) => [{ fact: 'named as basis', questions, by }, people([person])]);
};

/** Tells those whose answers somebody else made lighter: they know why they said so. */
export const answersChanged = (
  { at, by }: Pick<Extract<DealEvent, { type: 'SectionAnswered' }>, 'at' | 'by'>,
  { deal }: DealView,
): [Fact, NoticeTarget[]][] => {
  const changed = (deal.was ?? []).filter(
    (past) => past.until === at && past.changedBy === by && past.by !== by && past.by !== SYSTEM,
  );
  return [...new Set(changed.map((past) => past.by))].map((person) => {
    const own = changed.filter((past) => past.by === person);
    const questions = own.map(({ question }) => question);
    return [{ fact: 'answers changed', questions, by, why: own[0]?.why ?? '' }, people([person])];
  });
};

/**
 * Counsel hears of it when somebody asks, as of a note that there never was. Whoever accepted what was outgrown, or what a colleague wrote
 * under since, hears: the deal is graver than the one that they looked at.
 */
export const basisEnded = (
  { note, gaps = [], outgrown = [], unread = [], words = [], sheets = [] }: Extract<DealEvent, { type: 'BasisEnded' }>,
  before: DealView | undefined,
): [Fact, NoticeTarget[]][] => {
  const laws = before?.deal.laws;
  const had = note !== undefined && laws?.id === note ? { note: { country: laws.country, until: laws.until } } : {};
  const more = {
    ...(sheets.length > 0 ? { sheets } : {}),
    ...(outgrown.length > 0 ? { outgrown } : {}),
    ...(unread.length > 0 ? { unread } : {}),
  };
  const accepted = [...outgrown, ...unread].flatMap((id) => {
    const gap = own(before?.deal.gaps, id);
    return gap ? [gap.from?.by ?? gap.by] : [];
  });
  const told = before ? independentCompliance(before).filter((id) => accepted.includes(id)) : [];
  return [[{ fact: 'basis ended', ...had, gaps, words, ...more }, [THREAD, ...people(told)]]];
};
