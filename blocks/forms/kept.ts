/** The words of somebody who cannot give the section any more that they were answering: why, and all they typed, to raise as a flag. */

import type { EndedHandOver } from '../../flows/deal/deal.ts';
import { LONGEST_FLAG, MIN_FLAG } from '../../flows/deal/deciding/flagging.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { isOpenValue } from '../../flows/policy/answers.ts';
import { WEIGHTS, type FactValue, type Question, type QuestionId, type SectionId } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, FormValues, Span } from '../card.ts';
import { raiseFlagButton } from '../cards/actions.ts';
import { clip } from '../limits.ts';
import { answerWords, sentence, shorten } from '../words.ts';
import { raiseFlagForm } from './flag.ts';
import { makeForm, textOf } from './inputs.ts';
import { basisName, disputeName, noteName, sourcesName, toldName } from './names.ts';
import { saysAgain } from './section-earlier.ts';
import { typedValue } from './section-layout.ts';

const WHAT: Record<EndedHandOver['how'], string> = {
  answered: ' answered this section',
  'taken back': ' took this section back',
  'handed on': ' handed this section to somebody else',
};

/** Who did what, and when: for the person who lost the section. */
export const lostWords = ({ how, by, at }: EndedHandOver): Span[] => [
  { person: by },
  WHAT[how],
  ', ',
  { since: at },
  '.',
];

/** Why it was not saved: who has the section now, or a sentence. */
export type NotSaved = EndedHandOver | string;

const whySpans = (why: NotSaved): Span[] => (typeof why === 'string' ? [why] : lostWords(why));

const typedLines = (question: Question, values: FormValues): string[] => {
  const value = typedValue(question, values);
  const [note, sources] = [textOf(values, noteName(question.id)), textOf(values, sourcesName(question.id))];
  return [
    ...(value === undefined ? [] : [answerWords(question, value)]),
    ...(saysAgain(question, values) ? ['As before, in an earlier deal'] : []),
    ...(note ? [`Note: ${note}`] : []),
    ...(sources ? [`Sources: ${sources}`] : []),
  ];
};

const typedBlocks = (question: Question, values: FormValues): FormBlock[] => {
  const lines = typedLines(question, values);
  return lines.length === 0
    ? []
    : [
        { kind: 'text', text: [{ strong: question.text }] },
        { kind: 'quote', text: lines.join('\n') },
      ];
};

const BESIDE: readonly [name: string, label: string][] = [
  ['why', 'Why these answers change'],
  [basisName, 'What your other answers stand on'],
  [disputeName('product'), 'What is wrong with the product sheet'],
  [disputeName('country'), 'What is wrong with the country brief'],
];

/** What was typed beside the questions. */
const besideBlocks = (values: FormValues): FormBlock[] => {
  const told = textOf(values, toldName);
  return [
    ...BESIDE.flatMap(([name, label]): FormBlock[] => {
      const typed = textOf(values, name);
      return typed
        ? [
            { kind: 'text', text: [{ strong: label }] },
            { kind: 'quote', text: typed },
          ]
        : [];
    }),
    ...(told ? [{ kind: 'text', text: [{ strong: 'Who told you: ' }, { person: told }] } satisfies FormBlock] : []),
  ];
};

const typedTo = (questions: readonly Question[], values: FormValues): Record<QuestionId, FactValue> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const value = typedValue(question, values);
      return value === undefined ? [] : [[question.id, value] as const];
    }),
  );

/** Returns how much an answer weighs by the flags that these answers raise: what stops a deal first, and all without a flag last. */
const rankBy = ({ policy, facts }: DealView, questions: readonly Question[], values: FormValues) => {
  const { flags } = policy.evaluate({ ...facts, answers: typedTo(questions, values), ownFlags: [] });
  return ({ id, stops, weighty }: Question): number => {
    const weights = flags.flatMap(({ because, weight }) => (because.includes(id) ? [WEIGHTS.indexOf(weight)] : []));
    return stops ? WEIGHTS.length + 1 : Math.max(-1, ...weights) + (weighty ? 0.5 : 0);
  };
};

/** Of a flag's room. */
const MOST_BESIDE = 300;

/** The answers that speak against the deal, all notes, and what was typed beside the questions: what a flag can say. */
const flagText = (view: DealView, questions: readonly Question[], values: FormValues): string => {
  const { policy } = view;
  // What stops a deal, and what weighs, comes first: there is not room for all.
  const rank = rankBy(view, questions, values);
  const lines = questions
    .toSorted((a, b) => rank(b) - rank(a))
    .flatMap((question): string[] => {
      const value = typedValue(question, values);
      const against = value !== undefined && !isOpenValue(value) && !policy.isBenign(question.id, value);
      if (!against && !textOf(values, noteName(question.id))) return [];
      return [[question.text, ...typedLines(question, values).map(sentence)].join(' ')];
    });
  const beside = BESIDE.flatMap(([name, label]) => {
    const typed = textOf(values, name);
    return typed ? [`${label}: ${typed}`] : [];
  });
  if (lines.length === 0) return '';
  const also = beside.length === 0 ? '' : `\n${clip(beside.join('\n'), MOST_BESIDE)}`;
  return `${clip(lines.join('\n'), LONGEST_FLAG - also.length)}${also}`;
};

const NOT_SAVED = ' Your answers were not saved, and count for nothing. Everything you typed stands here.';
const NOT_ASKED =
  ' What stands here is not asked any more, and counts for nothing. The rest is kept: open the section again.';

/** What was typed to these questions, where the deal as it is asks them no more and it speaks against the deal. */
export const unaskedSince = (view: DealView, id: SectionId, values: FormValues): ReadonlySet<QuestionId> => {
  const questions = view.policy.sections.find((s) => s.id === id)?.questions ?? [];
  const facts = { ...view.facts, answers: { ...view.facts.answers, ...typedTo(questions, values) } };
  const asked = new Set(view.policy.questionsFor(id, facts).map((question) => question.id));
  const left = questions.filter((question) => !asked.has(question.id));
  return flagText(view, left, values).length < MIN_FLAG ? new Set() : new Set(left.map((question) => question.id));
};

/**
 * Draws on the policy and on what this person typed, and on nothing else of a deal that they may not read any more.
 *
 * @param only - shows what was typed to these questions alone; absent: all
 */
export const keptForm = (
  view: DealView,
  id: SectionId,
  values: FormValues,
  why: NotSaved,
  only?: ReadonlySet<QuestionId>,
): Form => {
  const section = view.policy.sections.find((s) => s.id === id);
  const title = shorten(section?.title ?? 'Clearthread', 24);
  const questions = (section?.questions ?? []).filter((question) => only?.has(question.id) ?? true);
  const shortcuts = (only ? [] : (section?.checklists ?? [])).flatMap((checklist): FormBlock[] =>
    ['all', 'rest'].includes(textOf(values, `all:${checklist.id}`) ?? '')
      ? [
          { kind: 'text', text: [{ strong: checklist.prompt }] },
          { kind: 'quote', text: checklist.answer === 'no' ? 'No to all of these' : 'Yes, all done' },
        ]
      : [],
  );
  const typed = [
    ...shortcuts,
    ...questions.flatMap((q) => typedBlocks(q, values)),
    ...(only ? [] : besideBlocks(values)),
  ];
  const told = (after: string): FormBlock => ({ kind: 'text', text: [...whySpans(why), after] });
  const against = flagText(view, questions, values);
  if (against.length >= MIN_FLAG) {
    const flag = raiseFlagForm(view, { title: against });
    const after = `${only ? NOT_ASKED : NOT_SAVED} What speaks against this deal is filled in below: raise it as a flag, and the approvers read it.`;
    return { ...flag, title, blocks: [told(after), ...typed, { kind: 'divider' }, ...flag.blocks] };
  }
  return makeForm({
    name: 'deal.saved',
    title,
    close: 'Close',
    context: {},
    blocks:
      typed.length === 0
        ? [told(' You had typed nothing yet. Thank you for looking.')]
        : [
            told(`${NOT_SAVED} If something worries you about this deal, raise a flag.`),
            ...typed,
            { kind: 'actions', actions: [raiseFlagButton(view.deal.id)] },
          ],
  });
};
