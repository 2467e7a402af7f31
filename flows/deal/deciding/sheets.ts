/** Deciding on a version of a sheet that is heavier than the one that a deal took, or that contradicts its scope. Guidance: A3, A5. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isLighter } from '../../policy/compare.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import { isLighterThan } from '../../policy/sheet-questions.ts';
import { sheetName, type Sheet } from '../../sheet.ts';
import type { Answer } from '../answer-shapes.ts';
import { approvalOf } from '../approval/in-force.ts';
import { dueFromToday, OF_SHEET } from '../approval/reassessments.ts';
import { isOpen } from '../context/alerts.ts';
import type { DealFact } from '../events.ts';
import { nameOf } from '../rights/seats.ts';
import { answeredOver } from '../said/reworded.ts';
import { sheetsOf } from '../sheets/heard.ts';
import { takenAnswer } from '../taking/sheets.ts';
import { factsOf, type DealView } from '../view.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';
import { sheetAgainstScope } from './ending.ts';
import { answerWord, factsText } from './facts.ts';

type Moved = Record<SectionId, Record<QuestionId, Answer>>;

/**
 * Returns the heavier answers of the sheet in place of the deal's: those that it took of an older version, or gave before the
 * sheet said so. `fresh`: the sheet speaks of the deal only now, so that the deal's answers were about something else.
 */
const movedAnswers = (
  { deal, policy }: DealView,
  sheet: Sheet,
  questions: readonly QuestionId[],
  fresh: boolean = false,
): Moved => {
  const moved: Moved = {};
  for (const [section, given] of Object.entries(deal.answers)) {
    for (const id of questions) {
      const [was, now] = [own(given, id), own(sheet.answers, id)];
      if (!was || !now || !isLighterThan(policy, id, now.value, was.value)) continue;
      const took = was.basis?.sheet;
      const isOlder = took?.id === sheet.id ? took.version < sheet.version : was.at < now.at;
      if (!isOlder && !fresh) continue;
      moved[section] = { ...moved[section], [id]: { ...takenAnswer({ sheet, answer: now }), by: now.by, at: now.at } };
    }
  }
  return moved;
};

/** @param actor - whose act it is: whoever saved the sheet, or whose correction it follows from */
const movedBy = (
  view: DealView,
  { id, version, by, at, until }: Sheet,
  answers: Moved,
  actor: PersonId = by,
): DealFact => {
  const { deal, policy } = view;
  const reworded = Object.entries(answers).flatMap(([section, given]) =>
    answeredOver(view, section, { ...own(deal.answers, section), ...given }, actor),
  );
  return {
    type: 'SheetMoved',
    sheet: { id, version, by, at, until },
    answers,
    ...(policy.lighter && reworded.length > 0 ? { reworded } : {}),
  };
};

/**
 * Returns what follows for a deal that goes on with another product or country, or after a while: where a sheet says worse
 * than answers that were given about something else, or before it said so, the sheet's count.
 */
export const sheetsWorse = (before: DealView, now: DealView, actor: PersonId): DealFact[] => {
  const known = new Set(sheetsOf(before).map(({ id }) => id));
  return sheetsOf(now).flatMap((sheet) => {
    const moved = movedAnswers(now, sheet, Object.keys(sheet.answers), !known.has(sheet.id));
    return Object.keys(moved).length === 0 ? [] : [movedBy(now, sheet, moved, actor)];
  });
};

/** The difference in a sentence, for whoever looks at the deal again. */
const whyOf = (view: DealView, { sheet }: Case<'TakeSheet'>['command'], moved: Moved): string => {
  const all = Object.values(moved).flatMap((answers) => Object.entries(answers));
  const [first] = all;
  const was = Object.values(view.deal.answers).flatMap((given) => (first ? (given[first[0]] ?? []) : []))[0];
  const text = first ? (view.policy.question(first[0])?.text ?? first[0]) : '';
  const words = (answer: Answer | undefined): string => (answer ? answerWord(view, first![0], answer.value) : '');
  const more = all.length > 1 ? `, and ${all.length - 1} more` : '';
  return `The ${sheetName(sheet)} says worse since version ${sheet.version}, by ${nameOf(view, sheet.by)}: “${text}” was ${words(was)}, is ${words(first?.[1])}${more}.`;
};

export const decideTakeSheet = ({ command, view, meta, context }: Case<'TakeSheet'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only the bot itself does this.');
  const { deal, policy } = view;
  const { sheet } = command;
  if (deal.status === 'out of scope') {
    const said = sheetAgainstScope(view, context.hash(factsText(view)));
    return said.length > 0
      ? accept(meta, said)
      : refuse('not now', 'The sheet says nothing against it that is not known.');
  }
  const moved = movedAnswers(view, sheet, command.questions);
  if (Object.keys(moved).length === 0) return refuse('not now', 'The deal has no answer that is milder by now.');
  if (isOpen(deal)) return accept(meta, withConsequences(view, meta, [movedBy(view, sheet, moved)], context));
  const alert = `${sheet.id}:${sheet.version}`;
  if (!approvalOf(deal) || deal.alerts?.includes(alert))
    return refuse('not now', 'This deal is not looked at again for it.');
  const sections = Object.entries(moved).map(([section, answers]) => [
    section,
    { ...deal.answers[section], ...answers },
  ]);
  const facts = factsOf({ ...deal, answers: { ...deal.answers, ...Object.fromEntries(sections) } }, policy);
  if (!isLighter(policy.evaluate(facts), policy.evaluate(view.facts))) {
    return refuse('not now', 'It would not weigh more for this deal.');
  }
  const task = {
    id: `${OF_SHEET}${alert}`,
    trigger: sheet.on.of === 'country' ? ('A5' as const) : ('A3' as const),
    why: whyOf(view, command, moved),
    due: dueFromToday(view),
  };
  return accept(meta, [{ type: 'ReassessmentRequired', task, alert, stays: true }]);
};
