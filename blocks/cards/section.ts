/** A section's card in the thread: first its questions and who has it, then the answers and the flags they raised. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import { viewThen } from '../../flows/deal/approval/in-force.ts';
import { worseSince } from '../../flows/deal/sheets/said.ts';
import { answersThen, confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { OpenQuestion, Question, QuestionId, RaisedFlag, Section, SectionId } from '../../flows/policy/policy.ts';
import type { Block, Card, Span, Text } from '../card.ts';
import {
  answerWords,
  count,
  dayWords,
  LONGEST_QUOTED,
  quoted,
  quotedSentence,
  sentence,
  shorten,
  weightWord,
} from '../words.ts';
import {
  answerButton,
  answersButton,
  handOverButton,
  nothingChangedButton,
  row,
  takeSectionBackButton,
  whyButton,
} from './actions.ts';
import { effortOf, askedWithDraft, draftText, toAnswer } from './half-saved.ts';
import { openAlike, openNote } from './open-words.ts';
import { saidSince } from './said-since.ts';
import { savedBlocks } from './saved-words.ts';
import { shownTitle, heaviestFirst, sourceSpans } from './spans.ts';
import { basisLine, byBasis } from './stands-on.ts';

const MOST_FLAGS = 5;
const MOST_ANSWERS = 8;
const MOST_OPEN_QUESTIONS = 5;

const sectionOf = (view: DealView, id: SectionId): Section => {
  const section = view.policy.sections.find((s) => s.id === id);
  if (!section) throw new Error(`policy ${view.policy.hash} has no section ${id}`);
  return section;
};

export const flagsFrom = (view: DealView, section: Section): RaisedFlag[] => {
  const own = new Set(section.questions.map((q) => q.id));
  return heaviestFirst(view.assessment.flags.filter((flag) => flag.because.some((id) => own.has(id))));
};

const answerItem = (question: Question, answer: Answer, open: OpenQuestion | undefined): Text => {
  const value = shorten(answerWords(question, answer.value), 200);
  const note = answer.note === undefined ? '' : ` Note: ${quotedSentence(answer.note, 160)}`;
  const sources = sourceSpans(answer.sources, 2);
  return [
    `${question.text} `,
    { strong: sentence(value) },
    ...(note === '' ? [] : [note]),
    ...(sources.length === 0 ? [] : [' Sources: ', ...sources]),
    ...(open ? [{ quiet: ` ${openNote(open)}` }] : []),
  ];
};

/** `No to the other 7. Not applicable: 2.` The answers that are not shown one by one. */
const restLine = (answers: readonly Answer[], othersShown: boolean): string => {
  const noes = answers.filter((a) => a.value === 'no').length;
  const notApplicable = answers.length - noes;
  const which = othersShown ? (noes === 1 ? 'the other question' : `the other ${noes}`) : count(noes, 'question');
  return [noes === 0 ? '' : `No to ${which}.`, notApplicable === 0 ? '' : `Not applicable: ${notApplicable}.`]
    .filter((line) => line !== '')
    .join(' ');
};

interface Given {
  question: Question;
  answer: Answer;
}

/** Answers worth showing: all but a plain "no" or "not applicable" that raised nothing. */
const worthShowing = (
  view: DealView,
  asked: readonly Question[],
  given: Readonly<Record<QuestionId, Answer>>,
): { worth: Given[]; rest: Given[] } => {
  const raising = new Set(view.assessment.flags.flatMap((flag) => flag.because));
  const pairs = asked.flatMap((question) => {
    const answer = given[question.id];
    return answer ? [{ question, answer }] : [];
  });
  const quiet = ({ question, answer }: Given): boolean =>
    (answer.value === 'no' || answer.value === 'not-applicable') &&
    answer.note === undefined &&
    answer.sources.length === 0 &&
    !raising.has(question.id);
  return { worth: pairs.filter((pair) => !quiet(pair)), rest: pairs.filter(quiet) };
};

/** Says of an open one why it is. */
const answerBlocks = (
  view: DealView,
  section: Section,
  asked: readonly Question[],
  given: Readonly<Record<QuestionId, Answer>>,
): Block[] => {
  const open = new Map(view.assessment.openQuestions.map((q) => [q.id, q]));
  const { worth, rest: others } = worthShowing(view, asked, given);
  const rest = restLine(
    others.map(({ answer }) => answer),
    worth.length > 0,
  );
  const more = worth.length - MOST_ANSWERS;
  return [
    ...(worth.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: worth
              .slice(0, MOST_ANSWERS)
              .map(({ question, answer }) => answerItem(question, answer, open.get(question.id))),
          } satisfies Block,
        ]),
    ...(more > 0
      ? [
          { kind: 'note', text: `And ${count(more, 'more answer')}.` } satisfies Block,
          ...row(answersButton(view.deal.id, section, 'All answers')),
        ]
      : []),
    ...(rest === '' ? [] : [{ kind: 'text', text: rest } satisfies Block]),
  ];
};

/** `12 answers, 11 in one press, on: @pm said so. Sample report, 2026.` One line for each basis. */
const basisBlocks = (given: readonly Answer[]): Block[] =>
  byBasis(given.filter(({ basis }) => basis !== undefined)).map((answers): Block => ({
    kind: 'note',
    text: basisLine(answers),
  }));

/** `Past misuse (severe). Guidance 2, red flag 1.` “Why?” has it in full. */
export const flagItem = (flag: RaisedFlag): Text => [
  { strong: shownTitle(flag, LONGEST_QUOTED) },
  ` (${weightWord(flag.weight).toLowerCase()}).`,
  { quiet: ` ${sentence(flag.citation)}` },
];

const raisedBlocks = (view: DealView, section: Section): Block[] => {
  const flags = flagsFrom(view, section);
  const more = flags.length - MOST_FLAGS;
  return [
    {
      kind: 'heading',
      text: flags.length === 0 ? 'No red flags' : `${count(flags.length, 'red flag')} from these answers`,
    },
    ...(flags.length === 0 ? [] : [{ kind: 'list', items: flags.slice(0, MOST_FLAGS).map(flagItem) } satisfies Block]),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: press Why?` } satisfies Block] : []),
  ];
};

const openQuestionBlocks = (
  view: DealView,
  section: Section,
  asked: readonly Question[],
  given: Readonly<Record<QuestionId, Answer>>,
): Block[] => {
  const own = new Set(section.questions.map((q) => q.id));
  const { worth } = worthShowing(view, asked, given);
  const above = new Set(worth.slice(0, MOST_ANSWERS).map(({ question }) => question.id));
  const all = view.assessment.openQuestions.filter((q) => own.has(q.id));
  if (all.length === 0) return [];
  const open = all.filter(({ id }) => !above.has(id));
  const more = open.length - MOST_OPEN_QUESTIONS;
  const alike = openAlike(open);
  return [
    { kind: 'heading', text: count(all.length, 'open question') },
    ...(alike === undefined ? [] : [{ kind: 'note', text: `Of each: ${alike}` } satisfies Block]),
    ...(open.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: open.slice(0, MOST_OPEN_QUESTIONS).map((q): Text => {
              const note = openNote(q, alike);
              return note === '' ? q.text : [q.text, { quiet: ` ${note}` }];
            }),
          } satisfies Block,
        ]),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: press Why?` } satisfies Block] : []),
  ];
};

/** `@pm-1 has it, handed over by @rep-1 (2 hours ago).` */
export const holderText = (view: DealView, id: SectionId): Span[] => {
  const handed = view.deal.handOvers[id];
  if (!handed) return [{ person: view.deal.owner }, ' has it.'];
  return [
    { person: handed.to },
    ' has it, handed over by ',
    { person: handed.by },
    ' (',
    { since: handed.at },
    ').',
    ...(handed.note === undefined ? [] : [` ${quoted(handed.note, 300)}`]),
  ];
};

/** Card in a reassessment: the answers at the approval, to be confirmed or changed. */
const againCard = (view: DealView, section: Section, then: Readonly<Record<QuestionId, Answer>>): Card => {
  const { deal } = view;
  const same = confirmable(view, section.id) !== undefined;
  const worse = worseSince(view, then);
  const { asked, filled } = askedWithDraft(view, section.id);
  const asBefore = section.questions.filter((q) => then[q.id] !== undefined);
  const at = deal.standing?.decision.at;
  return {
    blocks: [
      { kind: 'title', text: `${section.title}: is it still so?` },
      {
        kind: 'text',
        text: at === undefined ? 'What was said then:' : `What was said when it was approved on ${dayWords(at)}:`,
      },
      // An answer that raised a flag then is worth showing, though nothing is raised while it is asked again.
      ...answerBlocks(viewThen(view) ?? view, section, asBefore, then),
      ...(same || worse.length > 0
        ? []
        : [
            {
              kind: 'text',
              text: `${filled} of ${asked.length} answered now, not counted yet. Press Change and finish.`,
            } satisfies Block,
          ]),
      ...saidSince(view, worse),
      { kind: 'text', text: holderText(view, section.id) },
      ...row(
        same && nothingChangedButton(deal.id, section),
        answerButton(deal.id, section, 'Change'),
        handOverButton(deal.id, section),
        deal.handOvers[section.id] !== undefined && takeSectionBackButton(deal.id, section),
      ),
    ],
  };
};

/** The card of a section in an earlier reassessment, or of one or all before the first. */
export const askedBeforeCard = (view: DealView, id?: SectionId): Card => ({
  blocks: [
    { kind: 'title', text: id === undefined ? 'Answers' : sectionOf(view, id).title },
    {
      kind: 'text',
      text: `This ${id === undefined ? '' : 'section '}was asked again since. The newer ${id === undefined ? 'cards below count' : 'card below counts'}.`,
    },
  ],
});

export const sectionCard = (view: DealView, id: SectionId): Card => {
  const { deal, policy, facts } = view;
  const section = sectionOf(view, id);
  const { asked, filled } = askedWithDraft(view, id);
  const given = deal.answers[id];
  const changeable = deal.status === 'answering' || deal.status === 'deciding';
  const applies = policy.sectionsFor(facts).some((s) => s.id === id);

  if (!given && (!applies || !changeable)) {
    const why = applies ? 'Not answered: the deal is not open.' : 'These questions do not apply to this deal.';
    return {
      blocks: [
        { kind: 'title', text: section.title },
        { kind: 'text', text: why },
      ],
    };
  }

  const handed = deal.handOvers[id] !== undefined;
  const draftNote: Block[] =
    deal.drafts[id] === undefined ? [] : [{ kind: 'text', text: draftText(filled, asked.length) }];

  const then = answersThen(view, id);
  if (!given && then) return againCard(view, section, then);
  if (!given) {
    return {
      blocks: [
        { kind: 'title', text: section.title },
        { kind: 'text', text: section.intro },
        { kind: 'note', text: `${effortOf(view, section, toAnswer(view, id))}.` },
        ...draftNote,
        { kind: 'text', text: holderText(view, id) },
        ...row(
          answerButton(deal.id, section, 'Answer'),
          handOverButton(deal.id, section),
          handed && takeSectionBackButton(deal.id, section),
        ),
      ],
    };
  }

  const fresh = policy.questionsFor(id, facts).filter((q) => given[q.id] === undefined).length;
  const incomplete = changeable && applies && fresh > 0;
  const voted = deal.status === 'deciding' && deal.votes.length > 0;
  return {
    blocks: [
      { kind: 'title', text: `${section.title}: ${incomplete ? 'more to answer' : 'answered'}` },
      ...(incomplete
        ? [
            {
              kind: 'text',
              text: `${count(fresh, 'more question')} now ${fresh === 1 ? 'applies' : 'apply'}.`,
            } satisfies Block,
          ]
        : []),
      ...draftNote,
      ...savedBlocks(view, id),
      ...(incomplete || handed ? [{ kind: 'text', text: holderText(view, id) } satisfies Block] : []),
      ...answerBlocks(view, section, asked, given),
      ...basisBlocks(Object.values(given)),
      ...raisedBlocks(view, section),
      ...openQuestionBlocks(view, section, asked, given),
      ...(voted ? [{ kind: 'note', text: 'A changed answer voids the votes made on it.' } satisfies Block] : []),
      ...row(
        changeable && answerButton(deal.id, section, incomplete ? 'Answer' : 'Change'),
        incomplete && handOverButton(deal.id, section),
        changeable && handed && takeSectionBackButton(deal.id, section),
        whyButton(deal.id),
      ),
    ],
  };
};
