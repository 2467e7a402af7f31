/** What a section's form remembers of its opening, and how it shows what others answered since. */

import type { Base } from '../../flows/deal/answer-shapes.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { ofAnotherIn, otherSubjects, sameName } from '../../flows/deal/formerly.ts';
import { authorOf, baseOf, standingAnswers } from '../../flows/deal/sections/merging.ts';
import type { Formerly } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { Question, QuestionId, SectionId } from '../../flows/policy/policy.ts';
import type { FormBlock, Span } from '../card.ts';
import { sourceSpans } from '../cards/spans.ts';
import {
  answerWords,
  count,
  countryWords,
  endUserWords,
  listWords,
  productWords,
  quoted,
  quotedSentence,
  sentence,
  LONGEST_SAID,
} from '../words.ts';

/** The answers that a form was opened on; undefined in forms from before it was kept. */
export interface OpenedOn {
  base?: Base | undefined;
  /** Questions whose other answer is shown beside this person's own. */
  met?: readonly QuestionId[] | undefined;
  /** How often the deal had become another by then: answers given to that are none of what it is now. */
  of?: number | undefined;
}

export const openedNow = (view: DealView, id: SectionId): OpenedOn => ({
  base: baseOf(view.deal, id),
  of: view.deal.formerly?.length ?? 0,
});

const questionsOf = (view: DealView, id: SectionId): readonly Question[] =>
  view.policy.sections.find((s) => s.id === id)?.questions ?? [];

/** As a form's context carries it: fingerprints in the policy's order. */
export const writeOpenedOn = (view: DealView, id: SectionId, { base, met = [], of = 0 }: OpenedOn) => ({
  ...(base
    ? {
        base: questionsOf(view, id)
          .map((q) => own(base, q.id) ?? '')
          .join(' '),
      }
    : {}),
  ...(met.length > 0 ? { met } : {}),
  ...(of > 0 ? { of } : {}),
});

export const readOpenedOn = (
  view: DealView,
  id: SectionId,
  { base, met, of = 0 }: { base?: string | undefined; met?: readonly string[] | undefined; of?: number | undefined },
): OpenedOn => {
  if (base === undefined) return {};
  const prints = base.split(' ');
  const known = questionsOf(view, id).flatMap((q, i) => (prints[i] ? [[q.id, prints[i]] as const] : []));
  return { base: Object.fromEntries(known), met, of };
};

/** Who answered what meanwhile, beside the question. */
export const metBlock = (view: DealView, id: SectionId, question: Question, named = false): FormBlock => {
  const { by, at, draft } = authorOf(view.deal, id, question.id);
  const answer = own(standingAnswers(view.deal, id), question.id);
  const who: Span[] = [
    ...(named ? [`${question.text} `] : []),
    by === undefined ? 'Somebody' : { person: by },
    answer === undefined ? ' took this answer away' : draft ? ' saved this for later' : ' answered meanwhile',
    ...(at === undefined ? [] : [', ', { since: at }]),
  ];
  if (!answer) return { kind: 'text', text: [...who, '.'] };
  return {
    kind: 'text',
    text: [
      ...who,
      ': ',
      { strong: sentence(answerWords(question, answer.value)) },
      answer.note === undefined ? '' : ` Note: ${quotedSentence(answer.note, LONGEST_SAID)}`,
      ...(answer.sources.length === 0 ? [] : [' Sources: ', ...sourceSpans(answer.sources, 5)]),
    ],
  };
};

/** Who was in between: where the customer was another, it is the one that the answers were about. */
const betweenWords = ({ intermediaries = [], customer }: Formerly, now: DealDetails): string =>
  listWords([
    ...(customer === undefined || sameName(customer, now.customer) ? [] : [customer]),
    ...intermediaries.map(({ name }) => name),
  ]) || 'a sale with nobody in between';

/** Says that answers of the section were given before the details changed. */
const formerlyBlocks = (view: DealView, id: SectionId): FormBlock[] => {
  const found = ofAnotherIn(view, id, standingAnswers(view.deal, id));
  const [first] = found;
  if (!first) return [];
  const { was } = first;
  const others = otherSubjects(was, view.deal.details).map(
    (subject) =>
      ({
        product: productWords(was.product),
        country: countryWords(was.destination),
        'end-user': endUserWords(was.endUser, 300),
        between: betweenWords(was, view.deal.details),
      })[subject],
  );
  return [
    {
      kind: 'text',
      text: [
        { strong: `${count(found.length, 'answer here was', 'answers here were')} given of ${listWords(others)}. ` },
        'Please look at each again, and save: until then they count as not known.',
      ],
    },
  ];
};

/** The first lines of a form whose answers were of something else, or that came back: nothing was saved, and where to look. */
export const meanwhileBlocks = (
  view: DealView,
  id: SectionId,
  met: readonly QuestionId[],
  asked: ReadonlySet<QuestionId>,
): FormBlock[] => {
  const questions = questionsOf(view, id).filter((q) => met.includes(q.id));
  const formerly = formerlyBlocks(view, id);
  if (questions.length === 0) return formerly;
  const names = listWords(questions.map((q) => quoted(q.text, 60)));
  return [
    ...formerly,
    {
      kind: 'text',
      text: [
        { strong: 'Not saved yet: somebody else answered too. ' },
        `Both answers to ${names} are shown. What you typed is kept: save again to have it as you see it.`,
      ],
    },
    ...questions.filter((q) => !asked.has(q.id)).map((q) => metBlock(view, id, q, true)),
  ];
};
