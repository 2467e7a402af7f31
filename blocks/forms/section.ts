/** The form of one section: the questions that apply, shortcuts for harmless runs, follow-ups when they become due. */

import { SAID_OF_HELD, heldAble, isAbility, isMainAbility } from '../../flows/catalogue.ts';
import { deniedHere, lighterChange } from '../../flows/deal/said/lighter.ts';
import { catalogueAgainst, catalogueSays } from '../../flows/deal/said/product-against.ts';
import { isSaidAgain } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { membersOf } from '../../flows/organisation.ts';
import type { Question, SectionId } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Action, Choice, Form, FormBlock, FormValues, Input } from '../card.ts';
import { effortOf } from '../cards/half-saved.ts';
import { scopeRefusedBlocks } from '../cards/said-words.ts';
import { people } from '../cards/spans.ts';
import { count, dealWords, quoted, shorten } from '../words.ts';
import { basisInputs, basisNote, lawsBlocks } from './basis.ts';
import { choiceInput, makeForm, paragraphInput, textOf, withErrors, MAX_TEXT } from './inputs.ts';
import { sourcesName } from './names.ts';
import { questionBlocks, sourcesHint, type Errors, type Other } from './question.ts';
import { savedForm } from './saved.ts';
import { offersNote } from './section-earlier.ts';
import { type Layout, type Run, DONT_KNOW, layoutOf, runOf, savedValues, withSheetValues } from './section-layout.ts';
import { meanwhileBlocks, metBlock, openedNow, type OpenedOn, writeOpenedOn } from './section-meanwhile.ts';
import { askedSheets, sheetRunBlocks, sheetSays } from './section-sheets.ts';
import { sheetRunOf, type SheetRun } from './sheet-runs.ts';

const runOptions = (answer: 'yes' | 'no', all: Run['all']): Choice[] => [
  { value: all, label: answer === 'no' ? 'No to all of these' : 'Yes, all done' },
  { value: 'one', label: 'One by one' },
];

const runBlocks = (
  run: Run,
  drawn: (question: Question) => FormBlock[],
  values: FormValues,
  errors: Errors,
  other: Other,
): FormBlock[] => {
  const { checklist, questions, mode, all } = run;
  const chosen = mode === 'all' ? all : mode;
  const choice = choiceInput(`all:${checklist.id}`, checklist.prompt, runOptions(checklist.answer, all), chosen, {
    reactive: true,
  });
  if (mode === 'one') {
    return [...withErrors([choice], errors), ...questions.flatMap(drawn)];
  }
  return [
    {
      kind: 'list',
      items: questions.map((q) => [
        q.text,
        ' ',
        // In one press people answer what they have read: what the question means stays with it.
        { quiet: q.basis === undefined || q.hint === undefined ? `(${q.citation})` : `${q.hint} (${q.citation})` },
      ]),
    },
    ...withErrors([choice], errors),
    ...questions.flatMap((q) => other(q, true)),
    ...questions
      .filter((q) => q.evidence)
      .flatMap((q) =>
        withErrors(
          [
            paragraphInput(sourcesName(q.id), `Sources: ${q.text}`, textOf(values, sourcesName(q.id)), {
              most: MAX_TEXT,
              hint: sourcesHint(q),
              optional: true,
            }),
          ],
          errors,
        ),
      ),
  ];
};

const UNLISTED =
  'This product is not in the catalogue. If it gathers and analyses nothing about people, compliance confirms that.';

/** What the catalogue says, at the questions that it is about: before they are answered, since Teams redraws no form. */
const catalogueBlocks = (view: DealView, { questions, answers }: Layout): FormBlock[] => {
  const here = Object.fromEntries(
    questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])),
  );
  const against = catalogueAgainst(view, here).length > 0;
  const says = questions.some(isAbility) ? catalogueSays(view) : [];
  const blocks: FormBlock[] =
    says.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: [
              { strong: against ? 'Please check. ' : 'Known already. ' },
              says.join(' '),
              against ? ' Your answer contradicts it, and compliance sees that.' : '',
            ],
          },
        ];
  const isUnlisted = heldAble(view, view.deal.details.product) === 'unlisted';
  if (isUnlisted && questions.some(isMainAbility)) blocks.push({ kind: 'text', text: UNLISTED });
  return blocks;
};

const WHY_NOT = {
  analyses: 'Why does it analyse nothing about people?',
  any: 'Why does it gather or analyse nothing about people?',
};

/** Asks why answers get lighter than they were. */
const whyInputs = (view: DealView, { section, answers }: Layout, values: FormValues): Input[] => {
  if (!view.policy.lighter) return [];
  const given = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value }]));
  if (isSaidAgain(view, section.id, given))
    return [
      paragraphInput('why', 'What is different now?', textOf(values, 'why'), {
        hint: `Compliance sent this back once. At most ${LONGEST_WHY} characters: whoever looks at it next reads them.`,
      }),
    ];
  const lighter = lighterChange(view, section.id, given);
  if (!lighter) return [];
  const [first, ...more] = lighter.questions.map((id) => view.policy.question(id)?.text ?? id);
  const others = more.length === 0 ? '' : ` and ${count(more.length, 'more answer')}`;
  const denied = deniedHere(view, lighter);
  if (denied)
    return [
      paragraphInput('why', WHY_NOT[denied === 'analyses' ? 'analyses' : 'any'], textOf(values, 'why'), {
        hint: `${SAID_OF_HELD[denied]} Compliance confirms it, and until then it counts as able. At most ${LONGEST_WHY} characters.`,
      }),
    ];
  return [
    paragraphInput('why', 'Why do these answers change?', textOf(values, 'why'), {
      hint: `${lighter.atOnce ? 'The deal gets lighter by it' : 'It could make the deal lighter'}: ${quoted(first ?? '', 90)}${others}. At most ${LONGEST_WHY} characters: approvers see all of them.`,
    }),
  ];
};

const stopBlocks = (stopping: readonly Question[]): FormBlock[] =>
  stopping.map(({ text }): FormBlock => ({
    kind: 'text',
    text: [
      { strong: 'This stops the deal. ' },
      `You say “yes” to ${quoted(text, 150)} Compliance, counsel and the chief are told. Save again to say so.`,
    ],
  }));

/** The point of the Guidance on asking those who know the end-user, outside the company. */
const ASKING_OUTSIDE = 'H2';

/** Says who keeps the register of those who were asked: what one deal learns, the company's programme shows. */
const askedOutside = ({ organisation }: DealView, questions: readonly Question[]): FormBlock[] => {
  if (!questions.some(({ sources }) => sources.includes(ASKING_OUTSIDE))) return [];
  const compliance = membersOf(organisation, organisation.roles.compliance);
  return [
    {
      kind: 'note',
      text: [
        'Was somebody outside asked? Please tell ',
        ...(compliance.length > 0 ? people(compliance) : ['compliance']),
        ': they record who was asked, on what and what came of it. To do so they type “programme asked”.',
      ],
    },
  ];
};

const formActions = (deal: string, section: string, layout: Layout): FormBlock => {
  const value = `${deal}/${section}`;
  const actions: Action[] = [{ name: 'deal.save-for-later', value, label: 'Save for later' }];
  if (Object.values(layout.answers).includes(DONT_KNOW.value)) {
    actions.push({ name: 'deal.hand-over', value, label: 'Who might know?', opens: 'form' });
  }
  return { kind: 'actions', actions };
};

/**
 * `values` are those typed so far; without them the form starts from what is saved. `errors` (by input name) are shown
 * under their inputs: for a click on "Save for later", which a chat cannot answer with errors of its own. `opened`: what
 * the form was opened on; without it, it is opened now. `stopping`: answers
 * that stop the deal, for which the form asks once more.
 */
export const sectionForm = (
  view: DealView,
  id: SectionId,
  values?: FormValues,
  errors: Errors = {},
  opened: OpenedOn = openedNow(view, id),
  stopping: readonly Question[] = [],
): Form => {
  const typed = values ? withSheetValues(view, id, values) : savedValues(view, id);
  const layout = layoutOf(view, id, typed);
  if (!layout || layout.questions.length === 0) {
    return savedForm('This section has no questions for this deal, so there is nothing to answer here.');
  }
  const { met = [] } = opened;
  const other: Other = (question, named) => (met.includes(question.id) ? [metBlock(view, id, question, named)] : []);
  const shown = new Set<Run | SheetRun>();
  /** What a sheet has answered stands where the first of its questions does. */
  const onSheet = (question: Question): FormBlock[] => {
    const sheet = sheetRunOf(layout, question);
    if (!sheet || shown.has(sheet)) return [];
    shown.add(sheet);
    return withErrors(sheetRunBlocks(view, sheet, typed), errors);
  };
  const drawn = (question: Question): FormBlock[] =>
    questionBlocks(question, layout, typed, errors, other, view.deal.details.destination);
  const blocks = layout.questions.flatMap((question): FormBlock[] => {
    const before = onSheet(question);
    const sheet = sheetRunOf(layout, question);
    if (sheet?.mode === 'all') return [...before, ...other(question, true)];
    const says = sheet ? sheetSays(view, question) : [];
    // Behind a shortcut, too, where the form was opened before there was the sheet.
    const run = runOf(layout, question);
    if (!run) return [...before, ...says, ...drawn(question)];
    if (shown.has(run)) return before;
    shown.add(run);
    return [...before, ...runBlocks(run, drawn, typed, errors, other)];
  });
  return makeForm({
    name: 'deal.section',
    title: shorten(layout.section.title, 24),
    submit: 'Save',
    context: {
      deal: view.deal.id,
      section: id,
      ...writeOpenedOn(view, id, opened),
      ...(stopping.length > 0 ? { sure: 1 } : {}),
    },
    blocks: [
      ...stopBlocks(stopping),
      ...meanwhileBlocks(view, id, met, new Set(layout.questions.map((q) => q.id))),
      ...scopeRefusedBlocks(view),
      { kind: 'text', text: layout.section.intro },
      { kind: 'note', text: `${dealWords(view.deal)} ${effortOf(view, layout.section, layout.questions)}` },
      ...offersNote(layout.offers, layout.questions),
      ...catalogueBlocks(view, layout),
      ...lawsBlocks(view, layout.questions),
      ...askedSheets(view, layout.questions),
      ...blocks,
      ...askedOutside(view, layout.questions),
      ...withErrors(basisInputs(view, { section: id, questions: layout.questions }, typed), errors),
      ...basisNote(layout.questions),
      ...withErrors(whyInputs(view, layout, typed), errors),
      formActions(view.deal.id, id, layout),
    ],
  });
};
