/** Answers an approver's question. */

import { ANSWER_SENTENCE, WHY_BACK } from '../../flows/deal/deciding/voting.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId, Source } from '../../flows/ids.ts';
import { isSentence } from '../../flows/policy/sentence.ts';
import type { Form, FormValues } from '../card.ts';
import { filesInput, makeForm, paragraphInput, textOf, MAX_TEXT } from './inputs.ts';
import { fileLines, FILES_HINT, MOST_FILES, readFiles, readSources, SOURCES_HINT } from './lines.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

export const informationForm = (view: DealView, request: string, values: FormValues = {}): Form => {
  const asked = view.deal.requests.find((r) => r.id === request);
  if (!asked) return savedForm('This question is not part of the deal any more.');
  if (asked.answer) return savedForm('This question was answered already. The thread shows the answer.');
  if (asked.takenBack) return savedForm('This question was taken back. It needs no answer any more.');
  return makeForm({
    name: 'deal.give-information',
    title: 'Answer the approvers',
    submit: 'Send answer',
    context: { deal: view.deal.id, request },
    blocks: [
      { kind: 'text', text: [{ person: asked.by }, ' asks:'] },
      { kind: 'quote', text: asked.question },
      paragraphInput('text', 'Your answer', textOf(values, 'text'), {
        hint: 'In a sentence. If you don’t know, say whom you asked or where you looked.',
      }),
      paragraphInput('sources', 'Sources', textOf(values, 'sources'), {
        most: MAX_TEXT,
        hint: SOURCES_HINT,
        optional: true,
      }),
      filesInput('files', 'Files that show it', MOST_FILES, fileLines(values, 'files'), {
        hint: FILES_HINT,
        optional: true,
      }),
      { kind: 'note', text: 'An answer is new evidence: votes made before it are asked for again.' },
    ],
  });
};

export const readInformationForm = (values: FormValues): Read<{ text: string; sources: Source[]; files: Source[] }> => {
  const form = reader(values);
  const text = form.required('text', ANSWER_SENTENCE);
  if (text !== '' && !isSentence(text)) form.fail('text', ANSWER_SENTENCE);
  return form.done({
    text,
    sources: readSources(form, 'sources'),
    files: readFiles(form, values, 'files', MOST_FILES),
  });
};

/** Takes a question back. Whoever did not ask it says why. */
export const questionBackForm = (view: DealView, request: string, person: PersonId, values: FormValues = {}): Form => {
  const asked = view.deal.requests.find((r) => r.id === request);
  if (!asked) return savedForm('This question is not part of the deal any more.');
  if (asked.answer) return savedForm('This question was answered already. The thread shows the answer.');
  if (asked.takenBack) return savedForm('This question was taken back already.');
  const isOwn = asked.by === person;
  return makeForm({
    name: 'deal.take-question-back',
    title: 'Take a question back',
    submit: 'Take it back',
    context: { deal: view.deal.id, request },
    blocks: [
      { kind: 'text', text: isOwn ? 'You asked:' : [{ person: asked.by }, ' asked:'] },
      { kind: 'quote', text: asked.question },
      paragraphInput('reason', isOwn ? 'Why' : 'Why does it need no answer any more?', textOf(values, 'reason'), {
        hint: isOwn
          ? 'The thread shows it.'
          : 'The thread, approvers and the decision show it, and that you took it back, not the person who asked. They are told.',
        optional: isOwn,
      }),
      { kind: 'note', text: 'Then nobody waits for an answer, and approvals can complete the step.' },
    ],
  });
};

export const readQuestionBackForm = (values: FormValues, isOwn: boolean): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: isOwn ? (textOf(values, 'reason') ?? '') : form.reason('reason', WHY_BACK) });
};
