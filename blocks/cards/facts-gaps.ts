/** Facts about gaps: what compliance accepted as not known. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Block } from '../card.ts';
import { count, sentence, shorten } from '../words.ts';
import { whyButton } from './actions.ts';
import { questionText, takenWords } from './gap-words.ts';
import type { FactNamed, Told } from './told.ts';

const MOST_NAMED = 10;

export const gapsAcceptedTold = (view: DealView, fact: FactNamed<'gaps accepted'>): Told => {
  const { by, reason, questions, confirm, from } = fact;
  const exception = confirm === undefined ? undefined : view.assessment.placed?.exception;
  const more = questions.length - MOST_NAMED;
  const shown = questions.slice(0, MOST_NAMED).map((id) => shorten(questionText(view, id), 200));
  return {
    blocks: [
      ...(questions.length === 0
        ? []
        : [
            {
              kind: 'text',
              text: [
                { person: by },
                ` accepted that ${questions.length === 1 ? 'this is' : `these ${questions.length} things are`} not known${takenWords(from)}. It counts as a concern:`,
              ],
            } satisfies Block,
            {
              kind: 'list',
              items: more > 0 ? [...shown, `and ${count(more, 'more question')}`] : shown,
            } satisfies Block,
          ]),
      ...(confirm === undefined
        ? []
        : [
            {
              kind: 'text',
              text: [
                { person: by },
                ` confirmed an exception${exception?.id === confirm ? `: ${sentence(exception.text)}` : '.'}`,
              ],
            } satisfies Block,
          ]),
      { kind: 'quote', text: reason },
    ],
    actions: [whyButton(view.deal.id)],
  };
};
