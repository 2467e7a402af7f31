/** Every answer of a section, for everybody who may read the deal: value, note, what it stands on, who gave it and when. */

import type { Answer } from '../../flows/deal/deal.ts';
import { canDo } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Question, SectionId } from '../../flows/policy/policy.ts';
import { LONGEST_SENTENCE } from '../../flows/policy/sentence.ts';
import type { Form, FormBlock, Text } from '../card.ts';
import { answerButton, answersButton, reviewButton, row } from '../cards/actions.ts';
import { basisSpans, standsOnSomething } from '../cards/stands-on.ts';
import { answerWords, dayWords, sentence, shorten, whole } from '../words.ts';
import { makeForm } from './inputs.ts';

/** Of one list, in characters: with names and sources it stays under a block's 3,000. */
const MOST_TEXT = 1800;
const MOST_NOTE = 1000;

const answerItem = (question: Question, answer: Answer): Text => {
  const { note, by, at } = answer;
  return [
    `${shorten(question.text, 300)} `,
    { strong: sentence(whole(answerWords(question, answer.value), LONGEST_SENTENCE)) },
    ...(note === undefined ? [] : [` Note: ${sentence(shorten(note, MOST_NOTE))}`]),
    ...(standsOnSomething(answer) ? [' On: ', ...basisSpans(answer)] : []),
    ' — ',
    { person: by },
    `, ${dayWords(at)}`,
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

/** `section`: the first with answers, if it is none of the policy's. `reader`: whoever can vote finds the way back. */
export const answersForm = (view: DealView, section: SectionId, reader: PersonId): Form => {
  const { deal, policy } = view;
  const answered = policy.sections.filter(({ id }) => deal.answers[id] !== undefined);
  const shown = answered.find(({ id }) => id === section) ?? answered[0];
  const given = shown ? (deal.answers[shown.id] ?? {}) : {};
  const items = (shown?.questions ?? []).flatMap((question) => {
    const answer = given[question.id];
    return answer ? [answerItem(question, answer)] : [];
  });
  return makeForm({
    name: 'deal.answers',
    title: 'Answers',
    close: 'Close',
    context: { deal: deal.id },
    blocks: [
      ...(shown ? [{ kind: 'heading', text: shown.title } as const] : []),
      ...(items.length === 0 ? [{ kind: 'text', text: 'Nothing is answered yet.' } as const] : lists(items)),
      ...row(
        deal.status === 'deciding' && canDo(view, reader, 'vote') && reviewButton(deal.id, deal.step),
        shown && canDo(view, reader, 'answer') && answerButton(deal.id, shown, 'Change'),
        ...answered.filter((one) => one !== shown).map((one) => answersButton(deal.id, one)),
      ),
    ],
  });
};
