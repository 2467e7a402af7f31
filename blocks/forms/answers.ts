/** Every answer of a section, or of all of them, for everybody who may read the deal: value, note, what it stands on, who gave it and when. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import { canDo } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Question, Section, SectionId } from '../../flows/policy/policy.ts';
import { LONGEST_SENTENCE } from '../../flows/policy/sentence.ts';
import type { Form, FormBlock, Span, Text } from '../card.ts';
import { answerButton, answersButton, reviewButton, row } from '../cards/actions.ts';
import { basisSpans, restsOnAny } from '../cards/stands-on.ts';
import { weighedBlocks } from '../cards/stood-on.ts';
import type { Readable } from '../cards/worry-words.ts';
import { bytesOf } from '../text.ts';
import { answerWords, dayWords, quotedSentence, sentence, shorten, whole } from '../words.ts';
import { makeForm } from './inputs.ts';

/** Of one list, in characters: with names and sources it stays under a block's 3,000. */
const MOST_TEXT = 1800;
const MOST_NOTE = 1000;

/** `(@a)`: where somebody else wrote it than who gave the answer. */
const notedBy = ({ noted }: Answer): Span[] => (noted ? [' (', { person: noted.by }, ')'] : []);

const answerItem = (question: Question, answer: Answer, readable: Readable | undefined): Text => {
  const { note, by, at, first } = answer;
  return [
    `${shorten(question.text, 300)} `,
    { strong: sentence(whole(answerWords(question, answer.value), LONGEST_SENTENCE)) },
    ...(note === undefined ? [] : [` Note: ${quotedSentence(note, MOST_NOTE)}`, ...notedBy(answer)]),
    ...(restsOnAny(answer) ? [' On: ', ...basisSpans(answer, readable)] : []),
    ' — ',
    { person: by },
    `, ${dayWords(at)}`,
    ...(first ? (['; first ', { person: first.by }, `, ${dayWords(first.at)}`] satisfies Span[]) : []),
  ];
};

const lists = (items: readonly Text[]): FormBlock[] => {
  const groups: Text[][] = [];
  let size = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (size === 0 || size + length > MOST_TEXT) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(item);
    size += length;
  }
  return groups.map((group) => ({ kind: 'list', items: group }));
};

/** As JSON, with room for the rest: a modal holds about 60,000 characters in all, a Teams dialog 50,000 bytes. */
const MOST_OF_ALL = 30_000;
/** Beside headings and buttons, of the 100 that a modal holds. */
const MOST_BLOCKS = 60;

const itemsOf = ({ deal }: DealView, { id, questions }: Section, readable: Readable | undefined): Text[] =>
  questions.flatMap((question) => {
    const answer = deal.answers[id]?.[question.id];
    return answer ? [answerItem(question, answer, readable)] : [];
  });

/** Every section as long as there is room, and those that are left out. `beside`: what stands on the page as well. */
const allSections = (
  view: DealView,
  answered: readonly Section[],
  beside: readonly FormBlock[],
  readable: Readable | undefined,
): { blocks: FormBlock[]; left: Section[] } => {
  const blocks: FormBlock[] = [];
  const left: Section[] = [];
  let size = bytesOf(beside);
  for (const section of answered) {
    const own = lists(itemsOf(view, section, readable));
    const bytes = bytesOf(own);
    if (left.length > 0 || size + bytes > MOST_OF_ALL || blocks.length + own.length > MOST_BLOCKS) {
      left.push(section);
      continue;
    }
    size += bytes;
    blocks.push({ kind: 'heading', text: section.title }, ...own);
  }
  return { blocks, left };
};

/** All that the deal's answers stand on, with its flags as voters weighed them. */
const allForm = (
  view: DealView,
  answered: readonly Section[],
  reader: PersonId,
  readable: Readable | undefined,
): Form => {
  const { deal } = view;
  const flags = weighedBlocks(view);
  const { blocks, left } = allSections(view, answered, flags, readable);
  return makeForm({
    name: 'deal.answers',
    title: 'All evidence',
    close: 'Close',
    context: { deal: deal.id },
    blocks: [
      ...flags,
      ...(answered.length === 0 ? [{ kind: 'text', text: 'Nothing is answered yet.' } as const] : blocks),
      ...(left.length === 0
        ? []
        : [{ kind: 'note', text: `Not on this page: ${left.map(({ title }) => title).join(', ')}.` } as const]),
      ...row(
        deal.status === 'deciding' && canDo(view, reader, 'vote') && reviewButton(deal.id, deal.step),
        ...left.map((one) => answersButton(deal.id, one)),
      ),
    ],
  });
};

/** `section`: all of them, if it is none with answers. `reader`: whoever can vote finds the way back; `readable`: other deals that they may read. */
export const answersForm = (view: DealView, section: SectionId, reader: PersonId, readable?: Readable): Form => {
  const { deal, policy } = view;
  const answered = policy.sections.filter(({ id }) => deal.answers[id] !== undefined);
  const shown = answered.find(({ id }) => id === section);
  if (!shown) return allForm(view, answered, reader, readable);
  const items = itemsOf(view, shown, readable);
  return makeForm({
    name: 'deal.answers',
    title: 'Answers',
    close: 'Close',
    context: { deal: deal.id },
    blocks: [
      { kind: 'heading', text: shown.title },
      ...(items.length === 0 ? [{ kind: 'text', text: 'Nothing is answered yet.' } as const] : lists(items)),
      ...row(
        deal.status === 'deciding' && canDo(view, reader, 'vote') && reviewButton(deal.id, deal.step),
        canDo(view, reader, 'answer') && answerButton(deal.id, shown, 'Change'),
        answered.length > 1 && answersButton(deal.id),
        ...answered.filter((one) => one !== shown).map((one) => answersButton(deal.id, one)),
      ),
    ],
  });
};
