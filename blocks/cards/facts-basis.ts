/** Facts around what answers stand on: somebody is named, somebody objects, it ends. */

import type { DealView } from '../../flows/deal/view.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import { sheetName } from '../../flows/sheet.ts';
import type { Block, Text } from '../card.ts';
import { answerWords, count, countryWords, dayWords, productWords, quoted, sentence, shorten } from '../words.ts';
import { lawsButton } from './actions-desk.ts';
import { askCounselButton, objectButton, whyButton } from './actions.ts';
import { namedList } from './facts-gaps.ts';
import { answerSaid } from './said-words.ts';
import { takenSpans } from './sheet-words.ts';
import type { FactNamed, Told } from './told.ts';

const MOST_QUESTIONS = 20;

const answered = ({ deal, policy }: DealView, ids: readonly QuestionId[]): Block[] => {
  const given = Object.assign({}, ...Object.values(deal.answers)) as Record<QuestionId, { value: string }>;
  const items = ids.flatMap((id): Text[] => {
    const question = policy.question(id);
    const answer = given[id];
    return question && answer
      ? [[`${question.text} `, { strong: sentence(shorten(answerWords(question, answer.value), 200)) }]]
      : [];
  });
  const more = items.length - MOST_QUESTIONS;
  return [
    { kind: 'list', items: items.slice(0, MOST_QUESTIONS) },
    ...(more > 0 ? [{ kind: 'note', text: `And ${count(more, 'more answer')}.` } satisfies Block] : []),
  ];
};

/** Whoever is named may not read the deal. Without the end-user they could not tell whether they said so. */
export const namedAsBasisTold = (view: DealView, { questions, by }: FactNamed<'named as basis'>): Told => {
  const { details } = view.deal;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { person: by },
          ` says that you told them this of ${quoted(details.endUser.name, 150)} in ${countryWords(details.destination)}, for a deal with ${productWords(details.product)}:`,
        ],
      },
      ...answered(view, questions),
      {
        kind: 'text',
        text: 'If that is so, there is nothing to do. If it is not, say so: then these count as not known.',
      },
    ],
    actions: [objectButton(view.deal.id)],
  };
};

/** To whoever gave answers that somebody else made lighter: they may know better. */
export const answersChangedTold = (view: DealView, { questions, by, why }: FactNamed<'answers changed'>): Told => {
  const items = questions.flatMap((id): Text[] => {
    const past = view.deal.was?.findLast((one) => one.question === id && one.changedBy === by);
    const question = view.policy.question(id);
    const now = view.facts.answers[id];
    const is = now === undefined ? 'not asked now' : `now ${answerSaid(question, now)}`;
    return past ? [`${shorten(question?.text ?? id, 200)} You said ${answerSaid(question, past.before)}; ${is}.`] : [];
  });
  return {
    blocks: [
      { kind: 'text', text: [{ person: by }, ' changed what you answered:'] },
      { kind: 'list', items: items.slice(0, MOST_QUESTIONS) },
      { kind: 'quote', text: why },
      {
        kind: 'text',
        text: 'If that is right, there is nothing to do. If it is not, object: then compliance looks at it first.',
      },
    ],
    actions: [objectButton(view.deal.id, 'Object'), whyButton(view.deal.id)],
  };
};

/** To counsel, with the form for it. */
export const counselAskedTold = (view: DealView, { by }: FactNamed<'counsel asked'>): Told => {
  const country = countryWords(view.deal.details.destination);
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { person: by },
          ` asks for counsel’s note on ${country}: on limits to free speech and privacy, on reading messages, and on who oversees surveillance.`,
        ],
      },
      { kind: 'text', text: 'It serves every deal there for a year, and puts you on none of them.' },
    ],
    actions: [lawsButton(view.deal.details.destination, 'Write the note')],
  };
};

/** What stands on nothing else, now that they objected. */
const openAfter = ({ assessment }: DealView, questions: readonly QuestionId[]): string => {
  const open = assessment.openQuestions.filter(({ id }) => questions.includes(id)).length;
  if (open === 0) return 'What else is named stays: none of it counts as not known by that.';
  const [stand, them] = open === 1 ? ['stands', 'it counts'] : ['stand', 'they count'];
  const which = questions.length === 1 ? 'It' : open === questions.length ? 'They' : `${open} of them`;
  return `${which} ${stand} on nothing now, and ${them} as not known.`;
};

export const basisObjectedTold = (view: DealView, { questions, reason, by }: FactNamed<'basis objected'>): Told => ({
  blocks: [
    {
      kind: 'text',
      text: [
        { person: by },
        ` says that ${count(questions.length, 'answer')} should not stand on their word. ${openAfter(view, questions)}`,
      ],
    },
    { kind: 'quote', text: reason },
  ],
});

/** A day has passed, or whoever said so sells the deal now. */
export const basisEndedTold = (
  view: DealView,
  { note, gaps, words, sheets = [], outgrown = [], unread = [] }: FactNamed<'basis ended'>,
): Told => ({
  title: 'What it stood on',
  tone: 'attention',
  blocks: [
    ...(note
      ? [
          {
            kind: 'text',
            text: `Counsel’s note on ${countryWords(note.country)} was valid until ${dayWords(note.until)}. What counsel looked at counts as not known until counsel looks again.`,
          } satisfies Block,
        ]
      : []),
    ...(gaps.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: `The day until which compliance accepted that ${gaps.length === 1 ? 'this is' : `these ${gaps.length} things are`} not known has passed. It counts as not known again:`,
          } satisfies Block,
          namedList(view, gaps),
        ]),
    ...(outgrown.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: `Compliance accepted for milder deals that ${outgrown.length === 1 ? 'this is' : `these ${outgrown.length} things are`} not known. This one is graver by now, so it counts as not known again until compliance looks at this deal:`,
          } satisfies Block,
          namedList(view, outgrown),
        ]),
    ...(unread.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: `Compliance accepted for other deals that ${unread.length === 1 ? 'this is' : `these ${unread.length} things are`} not known. Since then a colleague wrote something about ${unread.length === 1 ? 'it, or another deal answered otherwise, so it counts' : 'them, or another deal answered otherwise, so they count'} as not known again until compliance reads that:`,
          } satisfies Block,
          namedList(view, unread),
        ]),
    ...(sheets.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: 'The last day of the sheet has passed on which these answers stood. They stand on nothing now, until it is renewed and taken again, or they are answered apart:',
          } satisfies Block,
          namedList(view, sheets),
        ]),
    ...words.flatMap(({ of, questions, left }): Block[] => [
      {
        kind: 'text',
        text: [
          { person: of },
          ` ${left ? 'is not in the organisation file any more, so nobody can ask them' : 'sells this now, and can’t be what it stands on'}. ${questions.length === 1 ? 'This stands' : `These ${questions.length} answers stand`} on nothing now, unless a source is named, and ${questions.length === 1 ? 'counts' : 'count'} as not known:`,
        ],
      },
      namedList(view, questions),
    ]),
  ],
  actions: [...(note ? [askCounselButton(view.deal.id)] : []), whyButton(view.deal.id)],
});

/** A newer version of a sheet says worse than what the deal took. */
export const sheetMovedTold = (view: DealView, { sheet, questions }: FactNamed<'sheet moved'>): Told => ({
  title: `The ${sheetName(sheet)} says worse`,
  tone: 'attention',
  blocks: [
    { kind: 'text', text: ['These answers count from now on, from ', ...takenSpans(sheet), ':'] },
    namedList(view, questions),
    { kind: 'note', text: 'Votes on what was said before are void. What became lighter changes nothing by itself.' },
  ],
});
