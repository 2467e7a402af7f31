/** Deciding on a version of a sheet that is heavier than the one that a deal took, or that contradicts its scope. Guidance: A3, A5. */

import { SYSTEM } from '../../organisation.ts';
import { isLighter } from '../../policy/compare.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import { isLighterThan } from '../../policy/sheet-questions.ts';
import { sheetName } from '../../sheet.ts';
import { approvalOf } from '../approval/in-force.ts';
import { dueFromToday } from '../approval/reassessments.ts';
import { isOpen } from '../context/alerts.ts';
import type { Answer } from '../deal.ts';
import type { DealFact } from '../events.ts';
import { nameOf } from '../rights/seats.ts';
import { takenAnswer } from '../taking/sheets.ts';
import { factsOf, type DealView } from '../view.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';
import { sheetAgainstScope } from './ending.ts';
import { answerWord, factsText } from './facts.ts';

type Moved = Record<SectionId, Record<QuestionId, Answer>>;

/** Returns the heavier answers of the sheet in place of those that the deal took of an older version; `apart`: or gave itself. */
const movedAnswers = (
  { deal, policy }: DealView,
  { sheet, questions }: Case<'TakeSheet'>['command'],
  apart: boolean,
): Moved => {
  const moved: Moved = {};
  for (const [section, given] of Object.entries(deal.answers)) {
    for (const id of questions) {
      const [was, now] = [given[id], sheet.answers[id]];
      const took = was?.basis?.sheet;
      const isOlder = took?.id === sheet.id ? took.version < sheet.version : apart;
      if (!was || !now || !isOlder) continue;
      if (!isLighterThan(policy, id, now.value, was.value)) continue;
      moved[section] = { ...moved[section], [id]: { ...takenAnswer({ sheet, answer: now }), by: now.by, at: now.at } };
    }
  }
  return moved;
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
  const moved = movedAnswers(view, command, !isOpen(deal));
  if (Object.keys(moved).length === 0) return refuse('not now', 'The deal did not take what is heavier by now.');
  if (isOpen(deal)) {
    const { id, version, by, at, until } = sheet;
    const fact: DealFact = { type: 'SheetMoved', sheet: { id, version, by, at, until }, answers: moved };
    return accept(meta, withConsequences(view, meta, [fact], context));
  }
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
    id: `sheet-${alert}`,
    trigger: sheet.on.of === 'country' ? ('A5' as const) : ('A3' as const),
    why: whyOf(view, command, moved),
    due: dueFromToday(view),
  };
  return accept(meta, [{ type: 'ReassessmentRequired', task, alert, stays: true }]);
};
