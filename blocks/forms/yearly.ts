/** Writing the words of a yearly report, approving it, sending it back, asking about a table, and publishing it. */

import {
  complaintLines,
  NOT_RECOUNTED,
  readComplaints,
  type PublishedComplaints,
} from '../../flows/yearly/complaints.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type { SentYear, YearDraft, YearQuestion, YearText } from '../../flows/yearly/register-shapes.ts';
import { WORD_PARTS, type WordPart, type YearlyWords } from '../../flows/yearly/words.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { figureBlocks, questionText, tableTitle, wordBlocks } from '../cards/yearly-words.ts';
import { dayWords, LONGEST_SAID, quotedSentence, shorten } from '../words.ts';
import { PART_TITLES } from '../yearly/report.ts';
import { makeForm, menuInput, paragraphInput, textOf, ticksInput, ticksOf, MAX_TEXT } from './inputs.ts';
import { reader, type Read } from './reading.ts';
import { savedForm } from './saved.ts';

export const CHANGED_SINCE =
  'It changed since you looked, or it is not with its approvers any more. Nothing was recorded: please look at the report again.';

const HINTS: Readonly<Record<WordPart, string>> = {
  foreword: 'Who you are, and what stands in the report.',
  learned: 'What the year taught you: in your own words, without names.',
  change: 'What you will do otherwise, and by when.',
};

export interface YearWordsShown {
  year: number;
  text?: YearText | undefined;
  /** What to start from, where nobody wrote anything. */
  starting: YearlyWords;
  /** The version of the words that was shown when the form was opened; absent: the present one. */
  opened?: number | undefined;
  /** It waits for its approvers: what is saved voids that. */
  sent?: SentYear | undefined;
}

/** Words that somebody else saved while this form was open. */
const meanwhile = ({ text, opened }: YearWordsShown): FormBlock[] =>
  text === undefined || opened === undefined || text.version <= opened
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: 'Somebody saved other words meanwhile. ' },
            { person: text.by },
            ` did, on ${dayWords(text.at)}. They stand here; yours are below, and replace them if you save.`,
          ],
        },
        ...wordBlocks(text.words, text.mayName),
        { kind: 'divider' },
      ];

/** `typed`: what somebody wrote into it already. */
export const yearWordsForm = (shown: YearWordsShown, typed?: FormValues): Form => {
  const { year, text, starting, sent } = shown;
  const initial = (part: WordPart): string | undefined =>
    typed ? textOf(typed, part) : text ? text.words[part] : starting[part];
  const names = typed ? textOf(typed, 'mayName') : text?.mayName.join('\n');
  return makeForm({
    name: 'desk.year-words',
    title: `Report of ${year}`,
    submit: 'Save',
    context: { year, from: text?.version ?? 0 },
    blocks: [
      ...meanwhile(shown),
      {
        kind: 'text',
        text: sent
          ? [
              { strong: 'It is with its approvers: ' },
              'if you save other words, what was approved counts no more, and you send it again.',
            ]
          : 'The public will read this. If you write here, you do not approve it.',
      },
      ...WORD_PARTS.map((part) =>
        paragraphInput(part, PART_TITLES[part], initial(part), { most: MAX_TEXT, hint: HINTS[part], optional: true }),
      ),
      paragraphInput('mayName', 'Names that may stand there', names, {
        most: MAX_TEXT,
        hint: 'A line each: the country that you are in, who signs. No other customer, end-user, person or small country may.',
        optional: true,
      }),
      { kind: 'note', text: 'Guidance 8, bullet 1. Sentences to start from are made of the published figures alone.' },
    ],
  });
};

/** Lines that the case room counted, and a person hands over. `typed`: what somebody pasted already. */
export const yearComplaintsForm = (
  year: number,
  { complaints, sent }: Pick<YearDraft, 'complaints' | 'sent'>,
  typed?: FormValues,
): Form =>
  makeForm({
    name: 'desk.year-complaints',
    title: `Report of ${year}`,
    submit: 'Save',
    context: { year },
    blocks: [
      {
        kind: 'text',
        text: `A handler counts ${year} in the case room, under “For the yearly report”, and gives you the seven lines by voice or on paper. They are ranges: never ask for a number, a case or who reads there.`,
      },
      ...(sent
        ? [
            {
              kind: 'text',
              text: [
                { strong: 'It is with its approvers: ' },
                'if other lines are saved, what was approved counts no more, and you send it again.',
              ],
            } as const,
          ]
        : []),
      ...(complaints
        ? ([
            { kind: 'text', text: [{ strong: 'As they stand' }, ', and as the public would read them:'] },
            { kind: 'list', items: complaintLines(complaints.lines).map(({ label, said }) => `${label}: ${said}`) },
          ] as const)
        : []),
      paragraphInput('text', 'The lines', typed ? textOf(typed, 'text') : undefined, {
        most: MAX_TEXT,
        hint: complaints
          ? 'They replace those above. Left empty, those are taken back.'
          : 'All seven, each on a line of its own.',
        optional: true,
      }),
      { kind: 'note', text: `Guidance 8, bullet 2. ${NOT_RECOUNTED}` },
    ],
  });

export const readYearComplaintsForm = (
  values: FormValues,
  year: number,
): Read<{ complaints?: PublishedComplaints | undefined }> => {
  const form = reader(values);
  const text = form.optional('text', MAX_TEXT);
  if (text === undefined) return form.done({});
  const read = readComplaints(text, year);
  if ('problem' in read) form.fail('text', read.problem);
  return form.done('problem' in read ? {} : { complaints: read.complaints });
};

export interface YearWordsRead {
  words: YearlyWords;
  mayName: string[];
}

export const readYearWordsForm = (values: FormValues): Read<YearWordsRead> => {
  const form = reader(values);
  const words = Object.fromEntries(
    WORD_PARTS.flatMap((part) => {
      const text = form.optional(part, MAX_TEXT);
      return text === undefined ? [] : [[part, text]];
    }),
  );
  const names = (form.optional('mayName', MAX_TEXT) ?? '').split('\n').map((name) => name.trim());
  return form.done({ words, mayName: [...new Set(names.filter((name) => name !== ''))] });
};

const sentOf = ({ sent }: YearDraft, hash: string): SentYear | undefined => (sent?.hash === hash ? sent : undefined);

const SURE = 'sure';

/** Why it went back before it was sent again. */
const returnedBlocks = ({ returned }: YearDraft): FormBlock[] =>
  returned
    ? [
        {
          kind: 'text',
          text: [
            { strong: 'Sent back before: ' },
            { person: returned.by },
            ` on ${dayWords(returned.at)}: ${quotedSentence(returned.reason, LONGEST_SAID)}`,
          ],
        },
      ]
    : [];

/** Figures and words whole: they are what is approved, and published. */
const wholeBlocks = ({ figures }: SentYear, text: YearText | undefined): FormBlock[] => [
  ...figureBlocks(figures),
  ...wordBlocks(text?.words ?? {}, text?.mayName ?? []),
];

export const approveYearForm = (year: number, draft: YearDraft, hash: string, values: FormValues = {}): Form => {
  const sent = sentOf(draft, hash);
  if (!sent) return savedForm(CHANGED_SINCE, `Report of ${year}`);
  return makeForm({
    name: 'desk.year-approve',
    title: `Report of ${year}`,
    submit: 'Approve',
    context: { year, hash },
    blocks: [
      ...returnedBlocks(draft),
      ...wholeBlocks(sent, draft.text),
      ticksInput(
        SURE,
        'Can this be published?',
        [{ value: SURE, label: 'I read figures and words, and approve them' }],
        ticksOf(values, SURE),
      ),
      {
        kind: 'note',
        text: 'You approve exactly this. It is counted once more as you do: if anything differs, nothing counts.',
      },
    ],
  });
};

export const publishYearForm = (year: number, draft: YearDraft, hash: string, values: FormValues = {}): Form => {
  const sent = sentOf(draft, hash);
  if (!sent) return savedForm(CHANGED_SINCE, `Report of ${year}`);
  return makeForm({
    name: 'desk.year-publish',
    title: `Report of ${year}`,
    submit: 'Publish',
    context: { year, hash },
    blocks: [
      {
        kind: 'text',
        text: [
          { strong: 'This can’t be undone. ' },
          `From then on these are the figures of ${year}, whatever is corrected or erased later.`,
        ],
      },
      ...returnedBlocks(draft),
      ...wholeBlocks(sent, draft.text),
      ticksInput(SURE, 'Publish it?', [{ value: SURE, label: 'Yes, as it stands here' }], ticksOf(values, SURE)),
    ],
  });
};

export const readSureForm = (values: FormValues): Read<object> => {
  const form = reader(values);
  if (!form.ticks(SURE).includes(SURE)) form.fail(SURE, 'Please tick it, or close this form.');
  return form.done({});
};

export const returnYearForm = (year: number, draft: YearDraft, hash: string, values: FormValues = {}): Form =>
  sentOf(draft, hash) === undefined
    ? savedForm(CHANGED_SINCE, `Report of ${year}`)
    : makeForm({
        name: 'desk.year-return',
        title: 'Send it back',
        submit: 'Send back',
        context: { year, hash },
        blocks: [
          { kind: 'text', text: 'Compliance works on it and sends it again. What others approved counts no more.' },
          paragraphInput('reason', 'What should be otherwise?', textOf(values, 'reason'), {
            hint: 'Compliance and who approved it read it. Please name no customer, end-user or deal: it stays on the record.',
          }),
        ],
      });

export const readReturnYearForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why. Compliance reads it.') });
};

const tableChoices = ({ tables, kinds }: YearlyFigures) =>
  [...tables, ...kinds].map(({ id, title }) => ({ value: id, label: shorten(title, 75) }));

export const askYearForm = (year: number, draft: YearDraft, hash: string, values: FormValues = {}): Form => {
  const sent = sentOf(draft, hash);
  if (!sent) return savedForm(CHANGED_SINCE, `Report of ${year}`);
  return makeForm({
    name: 'desk.year-ask',
    title: 'Ask about a figure',
    submit: 'Ask',
    context: { year, hash },
    blocks: [
      {
        kind: 'text',
        text: 'Compliance answers. Until then, or until you take it back, nobody can approve or publish the report.',
      },
      menuInput('table', 'Which table?', tableChoices(sent.figures), textOf(values, 'table'), {
        placeholder: 'Choose a table',
      }),
      paragraphInput('text', 'Your question', textOf(values, 'text'), {
        hint: 'A sentence, without names of customers, end-users and deals: it stays on the record.',
      }),
    ],
  });
};

export const readAskYearForm = (values: FormValues): Read<{ table: string; text: string }> => {
  const form = reader(values);
  const table = textOf(values, 'table') ?? '';
  if (table === '') form.fail('table', 'Please choose a table.');
  return form.done({ table, text: form.required('text', 'Please ask in a sentence.') });
};

export const answerYearForm = (
  year: number,
  draft: YearDraft,
  question: YearQuestion | undefined,
  values: FormValues = {},
): Form =>
  question === undefined || question.answer
    ? savedForm('This question was answered or taken back already.', `Report of ${year}`)
    : makeForm({
        name: 'desk.year-answer',
        title: 'Answer a question',
        submit: 'Answer',
        context: { year, question: question.id },
        blocks: [
          { kind: 'text', text: questionText(question, tableTitle(draft.sent?.figures, question.table)) },
          paragraphInput('text', 'Your answer', textOf(values, 'text'), {
            hint: 'A sentence or two, without names: the person who asked may not read every deal, and it stays on the record.',
          }),
        ],
      });

export const readAnswerYearForm = (values: FormValues): Read<{ text: string }> => {
  const form = reader(values);
  return form.done({ text: form.required('text', 'Please answer in a sentence.') });
};
