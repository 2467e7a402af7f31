/** One question in a form: its inputs, where it is from and what helps with it, and its note and sources. */

import { pageOn } from '../../flows/country-pages.ts';
import type { Question } from '../../flows/policy/policy.ts';
import type { FormBlock, FormValues, Input, Span } from '../card.ts';
import {
  choiceInput,
  lineInput,
  MAX_BUTTONS,
  paragraphInput,
  textOf,
  ticksInput,
  ticksOf,
  withErrors,
  MAX_TEXT,
} from './inputs.ts';
import { SOURCES_HINT, WHOLE_SOURCES_HINT } from './lines.ts';
import { answerName, NOTE_LENGTH, noteName, sourcesName } from './names.ts';
import { againOption, confirmed, offerNote } from './section-earlier.ts';
import { type Layout, DONT_KNOW, insteadOfText, singleOptions, tickedOptions, tickGroups } from './section-layout.ts';

/** What one question's inputs are drawn from. A sheet's form offers nothing of earlier deals. */
type Drawn = Pick<Layout, 'answers'> & Partial<Pick<Layout, 'offers'>>;

const answerInputs = (question: Question, { offers }: Drawn, values: FormValues): Input[] => {
  const name = answerName(question.id);
  const { text: label, hint } = question;
  const offer = offers?.get(question.id);
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return [
        choiceInput(
          name,
          label,
          [...(offer ? [againOption(question, offer)] : []), ...singleOptions(question)],
          textOf(values, name),
          { hint, reactive: true },
        ),
      ];
    case 'choices': {
      const ticked = tickedOptions(question, values);
      const apart = question.options.length >= MAX_BUTTONS;
      // Each group is asked for until one is ticked: Slack would call them all optional, and the answer is not.
      const optional = apart && ticked.length > 0 ? true : undefined;
      return [
        ...tickGroups(question).map((group, i) =>
          ticksInput(group.name, i === 0 ? label : 'More of the same', group.options, ticked, {
            hint: i === 0 ? hint : undefined,
            optional,
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
    case 'text': {
      const instead = ticksOf(values, `u:${question.id}`);
      return [
        paragraphInput(name, label, textOf(values, name), { hint, optional: instead.length > 0 ? true : undefined }),
        ticksInput(`u:${question.id}`, 'Or, instead of an answer', insteadOfText(question), instead, {
          optional: true,
          reactive: true,
        }),
      ];
    }
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

/** Origin of the question, and the well-known sources or kinds of law that help with it: on the country where they have a page. */
const referenceNote = ({ citation, references }: Question, country?: string): FormBlock => ({
  kind: 'note',
  text: [
    { quiet: citation },
    ...references.flatMap(({ name, url }, i): Span[] => [
      i === 0 ? ' · Helpful: ' : ', ',
      url === undefined ? name : { link: { url: pageOn(url, country), text: name } },
    ]),
  ],
});

/** Room for a question in the label of its note or sources: a cut label says less than none. */
const SHORT = 80;

const labelOf = (what: string, { text }: Question): string =>
  text.length <= SHORT ? `${what}: ${text}` : `${what} for the answer above`;

export const sourcesHint = ({ basis }: Question): string => (basis === 'source' ? WHOLE_SOURCES_HINT : SOURCES_HINT);

const noteAndSources = (question: Question, layout: Drawn, values: FormValues): Input[] => {
  const value = layout.answers[question.id];
  const [note, sources] = [noteName(question.id), sourcesName(question.id)];
  const telling =
    value === DONT_KNOW.value || value === 'not-applicable' || (question.kind === 'yes-no' && value === 'yes');
  // Typed text stays visible, even when a changed answer would no longer ask for it.
  const typed = Object.hasOwn(values, note) || Object.hasOwn(values, sources);
  const again = layout.offers && confirmed(layout.offers, question, values);
  if (!typed && (again || (!telling && !question.evidence))) return [];
  const required = value === 'not-applicable';
  return [
    lineInput(
      note,
      required
        ? `Why doesn't it apply? ${question.text.length <= SHORT ? question.text : ''}`.trim()
        : labelOf('Note', question),
      textOf(values, note),
      {
        optional: required ? undefined : true,
        maxLength: NOTE_LENGTH,
      },
    ),
    paragraphInput(sources, labelOf('Sources', question), textOf(values, sources), {
      most: MAX_TEXT,
      hint: sourcesHint(question),
      optional: true,
    }),
  ];
};

export type Errors = Readonly<Record<string, string>>;

/** Shows another person's answer to a question that has two, under its inputs. */
export type Other = (question: Question, named?: boolean) => FormBlock[];

const offered = (question: Question, { offers }: Drawn): FormBlock[] => {
  const offer = offers?.get(question.id);
  return offer ? [offerNote(question, offer)] : [];
};

export const questionBlocks = (
  question: Question,
  layout: Drawn,
  values: FormValues,
  errors: Errors,
  other: Other,
  country?: string,
): FormBlock[] => [
  ...withErrors(answerInputs(question, layout, values), errors),
  ...offered(question, layout),
  ...other(question),
  referenceNote(question, country),
  ...withErrors(noteAndSources(question, layout, values), errors),
];
