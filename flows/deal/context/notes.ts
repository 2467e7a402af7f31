/** What is written as answers, or under them: others' words, and the rep's own that no other page has. House rule. */

import type { PersonId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { DraftAnswer } from '../answer-shapes.ts';
import { isOwnSlip, scopeGivers } from '../rights/set-aside.ts';
import { weightyFirst } from '../said/says-more.ts';
import { scopeSaidOf } from '../said/scope.ts';
import { notedOnSheets } from '../sheets/said.ts';
import type { DealView } from '../view.ts';
import { wordsEver, wordsIn } from './words-ever.ts';
import type { WordsEver } from './words-shapes.ts';

/**
 * Returns what others than its rep wrote as answers, or under those that stand, also where a review shows that with a red flag;
 * the same of an approval that is reassessed and of what is to be given again; and what was saved for later.
 */
export const notesOfOthers = (view: DealView): WordsEver[] => {
  const { deal } = view;
  // What a sheet notes is shown as that.
  const onSheets = new Set(notedOnSheets(view).map(({ question, by, note }) => `${question} ${by} ${note}`));
  const taken = new Set(
    Object.values(deal.answers).flatMap((section) =>
      Object.entries(section).flatMap(([id, { basis }]) => (basis?.sheet ? [id] : [])),
    ),
  );
  const givers = new Map(
    Object.values(deal.answers).flatMap((section) => Object.entries(section).map(([id, { by }]) => [id, by] as const)),
  );
  const isOwn = ({ by, question = '' }: Pick<WordsEver, 'by' | 'question'>): boolean =>
    isOwnSlip(deal, by, givers.has(question) ? [givers.get(question)] : scopeGivers(view));
  const notes = wordsIn(view, deal.answers, false).filter(
    ({ of, by, question, text }) =>
      of !== 'role' &&
      !isOwn({ by, question }) &&
      !(of === 'source' && question && taken.has(question)) &&
      !onSheets.has(`${question} ${by} ${text}`),
  );
  // Words that somebody else gives as their own are not theirs.
  const known = new Set(
    wordsIn(view, deal.answers, false).flatMap((one) => (isOwn(one) ? [] : [`${one.by} ${one.text}`])),
  );
  const drafts = wordsIn(view, deal.drafts, false);
  const before = [...wordsIn(view, deal.standing?.basis.answers, false), ...wordsIn(view, deal.lastSaid, false)];
  // A draft of what is to be given again does not say whose it is.
  const saved = [...before, ...drafts].filter((one) => {
    const whose = `${one.by} ${one.text}`;
    if (isOwn(one) || known.has(whose)) return false;
    known.add(whose);
    return true;
  });
  // One source stands under many answers, and a note says something else under each: what somebody wrote themselves goes first, each once.
  const isSource = ({ of }: WordsEver): number => Number(of === 'source');
  const keyOfNote = ({ of, by, text, question }: WordsEver): string =>
    JSON.stringify([of, by, text, of === 'note' ? question : undefined]);
  const once = new Map([...notes, ...saved].map((one) => [keyOfNote(one), one]));
  const latest = weightyFirst(
    view,
    [...once.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  );
  return inTurn(latest.toSorted((a, b) => isSource(a) - isSource(b)));
};

/**
 * Returns what its rep wrote under answers of their own that raise no red flag: no other page has it. Of a deal that is said to be out of
 * scope all that they wrote, also as answers, saved for later or replaced, and the sources of what puts it out. Notes first, what weighs more before the rest, then the
 * latest.
 */
export const notesOfSeller = (view: DealView): WordsEver[] => {
  const { deal, policy } = view;
  const isOut = scopeSaidOf(deal) !== undefined;
  const isOwn = ({ by }: WordsEver, giver: PersonId | undefined): boolean => isOwnSlip(deal, by, [giver]);
  const under = ([question, answer]: [QuestionId, DraftAnswer], withSources: boolean): WordsEver[] => {
    const based = new Set((answer.basis?.sources ?? []).map(({ name }) => name));
    return wordsIn(view, { '': { [question]: answer } }, false).filter(
      (one) =>
        isOwn(one, answer.by) &&
        (one.of === 'note' ||
          (isOut && one.of === 'answer') ||
          (withSources && one.of === 'source' && !based.has(one.text))),
    );
  };
  const given = [deal.answers, ...(isOut ? [deal.drafts] : [])].flatMap((sections) =>
    Object.entries(sections).flatMap(([section, answers]) =>
      Object.entries(answers).flatMap((one) => under(one, section === policy.scopeSection)),
    ),
  );
  const gone = isOut ? wordsEver(view).filter((one) => one.gone && one.of === 'note' && isOwn(one, undefined)) : [];
  // A review shows the others with the red flag that they stand under.
  const quiet = [...given, ...gone].filter(({ grave }) => !grave || isOut);
  const isSource = ({ of }: WordsEver): number => Number(of === 'source');
  const latest = quiet.toSorted((a, b) => isSource(a) - isSource(b) || (a.at < b.at ? 1 : Number(a.at > b.at) * -1));
  const once = new Map(latest.map((one) => [JSON.stringify([one.of, one.question, one.text]), one]));
  return weightyFirst(view, [...once.values()]).toSorted((a, b) => isSource(a) - isSource(b));
};
