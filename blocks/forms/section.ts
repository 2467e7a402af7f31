/** The form of one section: the questions that apply, shortcuts for harmless runs, follow-ups when they become due. */

import { catalogueAgainst, catalogueSays, isAbility } from '../../flows/deal/said/contradictions.ts';
import { lighterChange } from '../../flows/deal/said/lighter.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Question, SectionId } from '../../flows/policy/policy.ts';
import type { Action, Choice, Form, FormBlock, FormValues, Input, Span } from '../card.ts';
import { scopeRefusedBlocks } from '../cards/said-words.ts';
import { count, dealWords, sectionEffort, shorten } from '../words.ts';
import {
  choiceInput,
  lineInput,
  makeForm,
  MAX_BUTTONS,
  paragraphInput,
  textOf,
  ticksInput,
  ticksOf,
} from './inputs.ts';
import { SOURCES_HINT } from './lines.ts';
import { answerName, noteName, sourcesName } from './names.ts';
import { savedForm } from './saved.ts';
import {
  type Layout,
  type Run,
  DONT_KNOW,
  insteadOfText,
  layoutOf,
  runOf,
  savedValues,
  singleOptions,
  tickedOptions,
  tickGroups,
} from './section-layout.ts';

export const NOTE_LENGTH = 1000;

const runOptions = (answer: 'yes' | 'no'): Choice[] => [
  { value: 'all', label: answer === 'no' ? 'No to all of these' : 'Yes, all done' },
  { value: 'one', label: 'One by one' },
];

const answerInputs = (question: Question, values: FormValues): Input[] => {
  const name = answerName(question.id);
  const { text: label, hint } = question;
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return [choiceInput(name, label, singleOptions(question), textOf(values, name), { hint, reactive: true })];
    case 'choices': {
      const ticked = tickedOptions(question, values);
      const apart = question.options.length >= MAX_BUTTONS;
      return [
        ...tickGroups(question).map((group, i) =>
          ticksInput(group.name, i === 0 ? label : 'More of the same', group.options, ticked, {
            hint: i === 0 ? hint : undefined,
            optional: apart ? true : undefined,
            reactive: true,
          }),
        ),
        ...(apart
          ? [
              ticksInput(`u:${question.id}`, 'Or, instead of an answer', [DONT_KNOW], ticked, {
                optional: true,
                reactive: true,
              }),
            ]
          : []),
      ];
    }
    case 'text':
      return [
        paragraphInput(name, label, textOf(values, name), { hint, optional: true }),
        ticksInput(
          `u:${question.id}`,
          'Or, instead of an answer',
          insteadOfText(question),
          ticksOf(values, `u:${question.id}`),
          {
            optional: true,
            reactive: true,
          },
        ),
      ];
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

/** Origin of the question, and the well-known sources or kinds of law that help with it. */
const referenceNote = ({ citation, references }: Question): FormBlock => ({
  kind: 'note',
  text: [
    { quiet: citation },
    ...references.flatMap(({ name, url }, i): Span[] => [
      i === 0 ? ' · Helpful: ' : ', ',
      url === undefined ? name : { link: { url, text: name } },
    ]),
  ],
});

const noteAndSources = (question: Question, layout: Layout, values: FormValues): Input[] => {
  const value = layout.answers[question.id];
  const [note, sources] = [noteName(question.id), sourcesName(question.id)];
  const telling =
    value === DONT_KNOW.value || value === 'not-applicable' || (question.kind === 'yes-no' && value === 'yes');
  // Typed text stays visible, even when a changed answer would no longer ask for it.
  const typed = Object.hasOwn(values, note) || Object.hasOwn(values, sources);
  if (!telling && !question.evidence && !typed) return [];
  const required = value === 'not-applicable';
  return [
    lineInput(
      note,
      `${required ? "Why doesn't it apply?" : 'Note:'} ${shorten(question.text, 80)}`,
      textOf(values, note),
      {
        optional: required ? undefined : true,
        maxLength: NOTE_LENGTH,
      },
    ),
    paragraphInput(sources, `Sources: ${shorten(question.text, 80)}`, textOf(values, sources), {
      hint: SOURCES_HINT,
      optional: true,
    }),
  ];
};

type Errors = Readonly<Record<string, string>>;

const withErrors = (inputs: readonly Input[], errors: Errors): FormBlock[] =>
  inputs.flatMap((input): FormBlock[] => {
    const error = errors[input.name];
    return error === undefined ? [input] : [input, { kind: 'text', text: [{ strong: error }] }];
  });

const questionBlocks = (question: Question, layout: Layout, values: FormValues, errors: Errors): FormBlock[] => [
  ...withErrors(answerInputs(question, values), errors),
  referenceNote(question),
  ...withErrors(noteAndSources(question, layout, values), errors),
];

const runBlocks = (run: Run, layout: Layout, values: FormValues, errors: Errors): FormBlock[] => {
  const { checklist, questions, mode } = run;
  const choice = choiceInput(`all:${checklist.id}`, checklist.prompt, runOptions(checklist.answer), mode, {
    reactive: true,
  });
  if (mode === 'one') {
    return [...withErrors([choice], errors), ...questions.flatMap((q) => questionBlocks(q, layout, values, errors))];
  }
  return [
    { kind: 'list', items: questions.map((q) => [q.text, ' ', { quiet: `(${q.citation})` }]) },
    ...withErrors([choice], errors),
    ...questions
      .filter((q) => q.evidence)
      .flatMap((q) =>
        withErrors(
          [
            paragraphInput(sourcesName(q.id), `Sources: ${shorten(q.text, 80)}`, textOf(values, sourcesName(q.id)), {
              hint: SOURCES_HINT,
              optional: true,
            }),
          ],
          errors,
        ),
      ),
  ];
};

/** What the catalogue says, at the questions that it is about: before they are answered, since Teams redraws no form. */
const catalogueBlocks = (view: DealView, { questions, answers }: Layout): FormBlock[] => {
  const here = Object.fromEntries(
    questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])),
  );
  const against = catalogueAgainst(view, here).length > 0;
  const says = questions.some(({ id }) => isAbility(id)) ? catalogueSays(view) : [];
  if (says.length === 0) return [];
  return [
    {
      kind: 'text',
      text: [
        { strong: against ? 'Please check. ' : 'Known already. ' },
        says.join(' '),
        against ? ' Your answer contradicts it, and compliance sees that.' : '',
      ],
    },
  ];
};

/** Asks why answers get lighter than they were. */
const whyInputs = (view: DealView, { section, answers }: Layout, values: FormValues): Input[] => {
  if (!view.policy.lighter) return [];
  const given = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value }]));
  const lighter = lighterChange(view, section.id, given);
  if (!lighter) return [];
  const [first, ...more] = lighter.questions.map((id) => view.policy.question(id)?.text ?? id);
  const others = more.length === 0 ? '' : ` and ${count(more.length, 'more answer')}`;
  return [
    paragraphInput('why', 'Why do these answers change?', textOf(values, 'why'), {
      hint: `The deal gets lighter by it: “${shorten(first ?? '', 90)}”${others}. Approvers see the reason.`,
    }),
  ];
};

const stopBlocks = (stopping: readonly Question[]): FormBlock[] =>
  stopping.map(({ text }): FormBlock => ({
    kind: 'text',
    text: [
      { strong: 'This stops the deal. ' },
      `You say “yes” to “${shorten(text, 150)}” Compliance, counsel and the chief are told. Save again to say so.`,
    ],
  }));

const formActions = (deal: string, section: string, layout: Layout): FormBlock => {
  const value = `${deal}/${section}`;
  const actions: Action[] = [{ name: 'deal.save-for-later', value, label: 'Save for later' }];
  if (Object.values(layout.answers).includes(DONT_KNOW.value)) {
    actions.push({ name: 'deal.hand-over', value, label: 'Who might know?', opens: 'form' });
  }
  return { kind: 'actions', actions };
};

/**
 * `stopping`: answers that stop the deal, for which the form asks once more. `values` are those typed so far; without them the form starts from what is saved. `errors` (by input name) are shown
 * under their inputs: for a click on "Save for later", which a chat cannot answer with errors of its own.
 */
export const sectionForm = (
  view: DealView,
  id: SectionId,
  values?: FormValues,
  errors: Errors = {},
  stopping: readonly Question[] = [],
): Form => {
  const typed = values ?? savedValues(view, id);
  const layout = layoutOf(view, id, typed);
  if (!layout || layout.questions.length === 0) {
    return savedForm('This section has no questions for this deal, so there is nothing to answer here.');
  }
  const shown = new Set<Run>();
  const blocks = layout.questions.flatMap((question): FormBlock[] => {
    const run = runOf(layout, question);
    if (!run) return questionBlocks(question, layout, typed, errors);
    if (shown.has(run)) return [];
    shown.add(run);
    return runBlocks(run, layout, typed, errors);
  });
  return makeForm({
    name: 'deal.section',
    title: shorten(layout.section.title, 24),
    submit: 'Save',
    context: { deal: view.deal.id, section: id, ...(stopping.length > 0 ? { sure: 1 } : {}) },
    blocks: [
      ...stopBlocks(stopping),
      ...scopeRefusedBlocks(view),
      { kind: 'text', text: layout.section.intro },
      { kind: 'note', text: `${dealWords(view.deal)} ${sectionEffort(layout.section, layout.questions)}` },
      ...catalogueBlocks(view, layout),
      ...blocks,
      ...withErrors(whyInputs(view, layout, typed), errors),
      formActions(view.deal.id, id, layout),
    ],
  });
};
