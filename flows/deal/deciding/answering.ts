/** Deciding on answers: saving, completing and handing over sections, correcting the deal's details. */

import { whyDenied } from '../../catalogue.ts';
import type { About, PersonId } from '../../ids.ts';
import { isOfSales, person } from '../../organisation.ts';
import { own } from '../../own.ts';
import { validValue } from '../../policy/answers.ts';
import type { Facts, Question, QuestionId, SectionId } from '../../policy/policy.ts';
import { isSentence, LONGEST_SENTENCE, LONGEST_WHY, tooLong } from '../../policy/sentence.ts';
import { sheetName } from '../../sheet.ts';
import type { Answer, Base, DraftAnswer, GivenAnswer } from '../answer-shapes.ts';
import { hasDenied, sellers } from '../basis/basis.ts';
import { colleagueIn, dealIn } from '../basis/source.ts';
import { changedAnswers } from '../context/gaps.ts';
import type { DealFact } from '../events.ts';
import { othersSince, saidOfAnother, subjectsOf } from '../formerly.ts';
import { goneFrom, goneWith } from '../kept.ts';
import type { EarlierDeal } from '../reuse-shapes.ts';
import { isOffered, offersFor } from '../reuse/offers.ts';
import { joinsTeamRefusal } from '../rights/picking.ts';
import { actsWith, nameOf } from '../rights/seats.ts';
import { firstSaid, isSeconded, ofThis, withoutOthersNote } from '../said/first-said.ts';
import { sectionBefore } from '../said/last-answers.ts';
import { deniedHere, lighterChange, neededFor } from '../said/lighter.ts';
import { rewordedIn, savedOver } from '../said/reworded.ts';
import { isSaidAgain, saidIn } from '../said/scope.ts';
import { authorOf, mergeAnswers, sameAnswer, type Merged } from '../sections/merging.ts';
import { answersThen } from '../taking/asked-again.ts';
import { readTaken, sheetAnswers } from '../taking/sheets.ts';
import { factsOf, type DealView } from '../view.ts';
import { whereItMatters, withConsequences } from './consequences.ts';
import { accept, after, refuse, unfit, unreasoned, type Case, type Decided } from './decision.ts';
import { isConfirmedFirst } from './ending.ts';

type Given = Readonly<Record<QuestionId, GivenAnswer>>;

/** More than any chain of questions that follow from one another. */
const MOST_ROUNDS = 100;

/** Returns the facts with these answers in place of those that the section has: what its form asks goes by them. */
const factsWith = ({ deal, policy }: DealView, section: SectionId, answers: Given): Facts =>
  factsOf({ ...deal, answers: { ...deal.answers, [section]: answers as Record<QuestionId, Answer> } }, policy);

/** Returns the questions of a section that apply; an answer to one that does not must not keep its follow-ups alive. */
const askedIn = (view: DealView, section: SectionId, answers: Given): QuestionId[] => {
  let kept: QuestionId[] = [];
  // Each round keeps at least one more question of a chain, so that the last round finds nothing new.
  for (let round = 0; ; round += 1) {
    const here = Object.fromEntries(Object.entries(answers).filter(([id]) => kept.includes(id)));
    const asked = view.policy.questionsFor(section, factsWith(view, section, here)).map((q) => q.id);
    if (JSON.stringify(asked) === JSON.stringify(kept) || round > MOST_ROUNDS) return asked;
    kept = asked;
  }
};

/** Merges what a form sends into what others saved since it was opened. A form that names no base is taken whole. */
export const mergedIn = (
  view: DealView,
  person: PersonId,
  { section, answers, base }: { section: SectionId; answers: Given; base?: Base | undefined },
): Merged =>
  base === undefined
    ? { answers: { ...answers }, clashes: [], moved: [], touched: Object.keys(answers) }
    : mergeAnswers(view.deal, section, { base, mine: answers, person }, (all) => askedIn(view, section, all));

const clashed = (view: DealView, section: SectionId, question: QuestionId): Decided => {
  const { by } = authorOf(view.deal, section, question);
  const who = by === undefined ? 'Somebody' : nameOf(view, by, 'Somebody');
  return refuse('facts changed', `${who} changed this meanwhile. Please look at both answers and save again.`, {
    question,
    part: 'answer',
  });
};

/** Names who loses the section by this: they are told by whom, and keep what they typed. */
const heldBy = ({ deal }: DealView, section: SectionId, actor: PersonId): { heldBy?: PersonId } => {
  const holder = own(deal.handOvers, section)?.to;
  return holder === undefined || holder === actor ? {} : { heldBy: holder };
};

const WHY_NOT = 'Please say why this does not apply.';
const WHY_NOT_OWN = 'A colleague wrote this of another answer. Please say in your own words why it does not apply.';
/** The same whatever became of the earlier deal: of one that somebody may not read, nothing is said. */
const OFFERED_NO_MORE =
  'What was offered here of an earlier deal is not offered any more. Please answer this one yourself.';

/** What this person may confirm of earlier deals, as these are now. */
const offersTo = (
  view: DealView,
  person: PersonId,
  { earlier: deals = [] }: { earlier?: readonly EarlierDeal[] | undefined },
) => offersFor({ ...view, earlier: { person, deals } });

const ANOTHER =
  'Not saved yet: the details changed since you opened this, so it asks about another deal now. What you typed is kept. Please look at it again.';

/** Sends a form back once that was opened when the deal was another one. `of`: how often it had become another by then. */
const openedOfAnother = ({ deal }: DealView, asked: readonly Question[], of?: number): Decided | undefined => {
  const others = of === undefined ? [] : othersSince(deal, of);
  const isOther = asked.some((question) => subjectsOf(question).some((subject) => others.includes(subject)));
  return isOther ? refuse('facts changed', ANOTHER) : undefined;
};

export const decideSaveForLater = ({ command, view, meta }: Case<'SaveSectionForLater'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const section = view.policy.sections.find((s) => s.id === command.section);
  if (!section) return refuse('not valid', 'This section is not part of the deal.');
  const another = openedOfAnother(view, section.questions, command.of);
  if (another) return another;
  const found = offersTo(view, meta.actor, command);
  const known = Object.fromEntries(
    Object.entries(command.answers).filter(([id, answer]) => {
      const question = section.questions.find((q) => q.id === id);
      return question !== undefined && validValue(question, answer.value) && isOffered(found, id, answer);
    }),
  );
  const merged = mergedIn(view, meta.actor, { ...command, answers: known });
  const [clash] = merged.clashes;
  if (clash !== undefined) return clashed(view, command.section, clash);
  const { standing, last, beside } = sectionBefore(view.deal, command.section, section.questions);
  const answers = Object.entries(merged.answers).map(([id, given]): [string, DraftAnswer] => {
    const before = own(standing, id);
    const now = withoutOthersNote(view.deal, given, [before, own(last, id)], meta.actor);
    const { value, note, sources, basis } = now;
    const stays = before && sameAnswer(before, merged.answers[id]) && !isSeconded(view, id, before, meta.actor);
    const { by, at, first, also, noted, sourced, named } = stays
      ? before
      : { by: meta.actor, at: meta.at, ...firstSaid(view.deal, now, [before], meta.actor, beside) };
    const words = {
      ...(first ? { first } : {}),
      ...(also ? { also } : {}),
      ...(noted ? { noted } : {}),
      ...(sourced ? { sourced } : {}),
      ...(named ? { named } : {}),
    };
    return [
      id,
      { value, ...(note === undefined ? {} : { note }), sources, ...(basis ? { basis } : {}), ...words, by, at },
    ];
  });
  const changed = changedAnswers(
    view,
    command.section,
    Object.fromEntries(answers),
    answers.map(([id]) => id),
  );
  const drafts = Object.fromEntries(answers);
  const gone = view.policy.lighter ? goneFrom(view.policy, own(view.deal.drafts, command.section), drafts, 'too') : {};
  const replaced = view.policy.lighter ? savedOver(view, command.section, drafts, meta.actor) : [];
  const words = replaced.length > 0 ? { reworded: replaced } : {};
  return accept(meta, [
    { type: 'SectionSavedForLater', section: command.section, answers: drafts, ...changed, ...gone, ...words },
  ]);
};

/** Said at the input, too. */
const WHY_AGAIN = 'Compliance sent this back before. Please say what is different now.';
const WHY_LIGHTER = 'These answers make the deal lighter than before, or could. Please say why they change.';

export const decideAnswers = ({ command, view, meta, context }: Case<'AnswerSection'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const questions = view.policy.sections.find((s) => s.id === command.section)?.questions ?? [];
  const another = openedOfAnother(view, questions, command.of);
  if (another) return another;
  const known = new Set(questions.map((q) => q.id));
  const sent = Object.fromEntries(Object.entries(command.answers).filter(([id]) => known.has(id)));
  const { answers: offered, clashes } = mergedIn(view, meta.actor, { ...command, answers: sent });
  const [clash] = clashes;
  if (clash !== undefined) return clashed(view, command.section, clash);
  const asked = view.policy.questionsFor(command.section, factsWith(view, command.section, offered));
  if (asked.length === 0) return refuse('not valid', 'This section has no questions for this deal.');
  const stored = { ...answersThen(view, command.section), ...own(view.deal.answers, command.section) };
  const answers: Record<QuestionId, Answer> = {};
  const { standing, last, beside } = sectionBefore(view.deal, command.section, questions);
  const [onSheets, ofEarlier] = [sheetAnswers(view), offersTo(view, meta.actor, command)];
  for (const question of asked) {
    const about = (part: 'answer' | 'note'): About => ({ question: question.id, part });
    const offer = offered[question.id];
    if (!offer) return refuse('not valid', `Please answer: ${question.text}`, about('answer'));
    const before = own(view.deal.answers, command.section)?.[question.id];
    // What the deal took stays as it took it.
    const isSame = before !== undefined && sameAnswer(before, offer);
    if (!isSame && !isOffered(ofEarlier, question.id, offer))
      return refuse('not valid', OFFERED_NO_MORE, about('answer'));
    const taken = isSame ? { answer: offer } : readTaken(question.id, offer, onSheets);
    if ('moved' in taken) {
      const { sheet, answer: now } = taken.moved;
      return refuse(
        'facts changed',
        `The ${sheetName(sheet)} says otherwise since version ${sheet.version}: ${[now.value].flat().join(', ')}. Please look again.`,
        about('answer'),
      );
    }
    const { answer } = taken;
    if (!validValue(question, answer.value)) {
      return refuse('not valid', `That is not one of the answers to: ${question.text}`, about('answer'));
    }
    const { value } = answer;
    if (question.sentence !== undefined && value !== 'unknown' && typeof value === 'string' && !isSentence(value)) {
      return refuse('not valid', question.sentence, about('answer'));
    }
    // What was stored before there was a limit may stay.
    if (question.sentence !== undefined && value.length > LONGEST_SENTENCE && value !== stored[question.id]?.value) {
      return refuse('not valid', tooLong(value.length, LONGEST_SENTENCE), about('answer'));
    }
    const drafted = own(standing, question.id);
    const now = withoutOthersNote(view.deal, answer, [own(last, question.id), drafted], meta.actor);
    if (now.value === 'not-applicable' && !now.note?.trim())
      return refuse('not valid', answer.note?.trim() ? WHY_NOT_OWN : WHY_NOT, about('note'));
    const who = answer.basis?.told;
    if (who === meta.actor)
      return refuse('not valid', 'You can’t name yourself. Name a source, or who told you.', 'told');
    if (who !== undefined && actsWith(view, who, sellers(view.deal)))
      return refuse(
        'not valid',
        'Whoever sells this can’t be what it stands on, nor can anybody for whom they act, or who acts for them. Name a source, or somebody else.',
        'told',
      );
    if (who !== undefined && isOfSales(view.organisation, who))
      return refuse(
        'not valid',
        'A colleague who sells can’t be what it stands on. Name a source, or somebody else.',
        'told',
      );
    if (who !== undefined && hasDenied(view.deal, who))
      return refuse(
        'not valid',
        'This person said already that they never said so. Name a source, or somebody else.',
        'told',
      );
    if (who !== undefined && !person(view.organisation, who))
      return refuse('not valid', 'Please choose someone in the organisation.', 'told');
    const colleague = isSame || answer.basis?.sheet ? undefined : colleagueIn(view.organisation, answer);
    if (colleague !== undefined)
      return refuse(
        'not valid',
        `${colleague} is somebody here, and no publisher. Name them as who told you: they hear of it, and can say if they did not.`,
        'told',
      );
    const isGood = view.policy.isBenign(question.id, answer.value);
    const deal = isSame || !isGood || answer.basis?.sheet ? undefined : dealIn(answer);
    if (deal !== undefined)
      return refuse('not valid', `“${deal}” names a deal, and that is no source. Name what its answers stood on.`, {
        question: question.id,
        part: 'answer',
      });
    const same =
      before &&
      JSON.stringify([before.value, before.note ?? '', before.sources, before.basis ?? {}]) ===
        JSON.stringify([answer.value, answer.note ?? '', answer.sources, answer.basis ?? {}]);
    // What was said of another country, product or end-user is said anew.
    const stays =
      same && !saidOfAnother(view.deal, question, before) && !isSeconded(view, question.id, before, meta.actor);
    const sheet = now.basis?.sheet && onSheets.get(question.id)?.answer;
    const noted = sheet && now.note !== undefined && (sheet.noted ?? { by: sheet.by, at: sheet.at });
    const words = {
      ...firstSaid(view.deal, now, ofThis(view.deal, question, [own(last, question.id), drafted]), meta.actor, beside),
      ...(noted && noted.by !== meta.actor ? { noted } : {}),
      ...(sheet?.sourced ? { sourced: sheet.sourced } : {}),
      ...(sheet?.named ? { named: sheet.named } : {}),
    };
    answers[question.id] = stays ? before : { ...now, ...words, by: meta.actor, at: meta.at };
  }
  const lighter = view.policy.lighter && lighterChange(view, command.section, answers);
  const why = command.why?.trim() ?? '';
  const again = isSaidAgain(view, command.section, answers);
  const denied = lighter && deniedHere(view, lighter);
  const ask = again ? WHY_AGAIN : denied ? whyDenied(denied) : WHY_LIGHTER;
  const silent = (again || lighter) && unreasoned(why, ask, 'why', { most: LONGEST_WHY });
  if (silent) return silent;
  const replaced = view.policy.lighter ? rewordedIn(view, command.section, answers, meta.actor) : [];
  const held = {
    ...heldBy(view, command.section, meta.actor),
    ...changedAnswers(view, command.section, answers),
    ...(view.policy.lighter ? goneWith(view.policy, view.deal, command.section, answers) : {}),
    ...(replaced.length > 0 ? { reworded: replaced } : {}),
    ...(again ? { again: why } : {}),
  };
  const changes: DealFact[] = [{ type: 'SectionAnswered', section: command.section, answers, ...held }];
  if (lighter) {
    // Leaving the scope is confirmed by itself.
    const leaves = after(view, meta, changes);
    const confirmed = saidIn(leaves).scope === 'out' && isConfirmedFirst(leaves);
    const { atOnce: _atOnce, ...change } = lighter;
    const needs = confirmed ? {} : neededFor(view, command.section, lighter, answers);
    changes[0] = {
      type: 'SectionAnswered',
      section: command.section,
      answers,
      ...held,
      lighter: { ...change, why, ...needs },
    };
  }
  const { scope, scopeReasons } = view.policy.evaluate(factsWith(view, command.section, answers));
  if (command.section === view.policy.scopeSection && scope === 'in') {
    changes.push({ type: 'FoundInScope', reasons: [...scopeReasons] });
  }
  return accept(meta, withConsequences(view, meta, changes, context));
};

export const decideHandOver = ({ command, view, meta, context }: Case<'HandOverSection'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  if ((own(view.deal.handOvers, command.section)?.to ?? view.deal.owner) === command.to) {
    return refuse('not valid', 'That person has this section already.', 'to');
  }
  const joining = joinsTeamRefusal(view, meta.actor, command.to);
  if (joining) return refuse('not allowed', joining, 'to');
  const handed: DealFact = {
    type: 'SectionHandedOver',
    section: command.section,
    handOver: { to: command.to, by: meta.actor, at: meta.at, note: command.note },
    ...heldBy(view, command.section, meta.actor),
  };
  return accept(meta, whereItMatters(view, meta, [handed], context));
};

export const decideTakeBack = ({ command, view, meta }: Case<'TakeSectionBack'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  return accept(meta, [
    { type: 'HandOverEnded', section: command.section, ...heldBy(view, command.section, meta.actor) },
  ]);
};
