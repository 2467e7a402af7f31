/** What colleagues said in a deal that its answers do not say: nobody who reads those alone has read it. House rule. */

import { spaced } from '../../bare.ts';
import type { Source } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { isOpenValue } from '../../policy/answers.ts';
import { smallSum } from '../../sum.ts';
import type { DraftAnswer } from '../answer-shapes.ts';
import { isOwnSlip, scopeGivers } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { answeredThen } from './contradictions.ts';
import { isLeftUnder, isOthersWord, sourcesOf } from './first-said.ts';
import { goneWords } from './reworded.ts';

const all = (sections: Readonly<Record<string, Readonly<Record<string, DraftAnswer>>>>): DraftAnswer[] =>
  Object.values(sections).flatMap((section) => Object.values(section));

/** Tells whether somebody else than who says that it is out of scope saved words for later. */
const hasSavedWord = (view: DealView): boolean =>
  all(view.deal.drafts).some((answer) => isOthersWord(view.deal, answer, scopeGivers(view)));

/** Tells whether somebody else wrote under an answer that stands, named its sources, or saved words for later. */
const hasOthersWord = (view: DealView): boolean =>
  all(view.deal.answers).some((answer) => isOthersWord(view.deal, answer)) || hasSavedWord(view);

/** Tells whether others said something here of which the lines that contradict have no words: a confirmation of another deal is no word on that. */
export const isSaidUnread = (view: DealView): boolean => {
  const { deal, policy } = view;
  const isOfScope = ({ question }: { question: string }): boolean =>
    policy.question(question)?.section === policy.scopeSection;
  return (
    goneWords(view).length > 0 ||
    answeredThen(view).length > 0 ||
    hasOthersWord(view) ||
    (deal.was ?? []).some(
      (past) => isOfScope(past) && past.by !== SYSTEM && !isOwnSlip(deal, past.by, [past.changedBy]),
    )
  );
};

/**
 * Names what is said here in words, whoever wrote it: answers, notes, and the sources of those by which it may be out of scope; also what is
 * only saved for later, or was replaced. A confirmation of another deal is no word on what that did not say.
 */
export const wordsHere = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): string[] => {
  const given = [deal.answers, deal.drafts].flatMap((sections) =>
    Object.entries(sections).flatMap(([section, answers]) =>
      Object.entries(answers).map(([question, answer]) => ({
        question,
        ...answer,
        sources: section === policy.scopeSection ? sourcesOf(answer).map(sourceKey) : [],
      })),
    ),
  );
  // Which sources an answer elsewhere stands on its author may choose.
  const gone = (deal.reworded ?? []).filter(
    ({ question, sources, by, changedBy }) =>
      sources === undefined || by !== changedBy || policy.question(question)?.section === policy.scopeSection,
  );
  const said = [...given, ...gone].flatMap(({ question, value, note = '', sources = [] }) => [
    ...(policy.question(question)?.kind === 'text' && typeof value === 'string' && !isOpenValue(value)
      ? [`${question} ${spaced(value)}`]
      : []),
    ...(spaced(note) === '' ? [] : [`${question} ${spaced(note)}`]),
    ...sources.map((source) => `${question} ${source}`),
  ]);
  return [...new Set(said.map(smallSum))].toSorted();
};

const sourceKey = ({ name, year = 0, url = '', file }: Source): string =>
  JSON.stringify([spaced(name), year, url, file ?? null]);

/** The same of words that their author does not stand by: replaced, left under what somebody else answers, or only saved for later. */
export const isSaidAside = (view: DealView): boolean => {
  const { deal } = view;
  return (
    goneWords(view).length > 0 || all(deal.answers).some((answer) => isLeftUnder(deal, answer)) || hasSavedWord(view)
  );
};
