/** What compliance accepted as not known, and took back, and of which flags it is asked again, in a deal's history. */

import type { DealEvent } from '../../flows/deal/events.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { takenWords, tookBack } from '../cards/gap-words.ts';
import { count } from '../words.ts';
import { bullet, type Line } from './parts.ts';
import { questionWords } from './words.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

const answers = (questions: readonly string[]): string => count(questions.length, 'answer is', 'answers are');

/** `, so that the tier fell from high to low`; empty where none did. */
export const loweredText = ({ lowered }: Pick<Of<'GapsAccepted' | 'LighterConfirmed'>, 'lowered'>): string =>
  lowered ? `, so that the tier fell from ${lowered.from} to ${lowered.to}` : '';

const acceptedText = ({ questions, confirm, from, lowered }: Of<'GapsAccepted'>): string =>
  [
    ...(questions.length > 0 ? [`accepted that ${answers(questions)} not known${takenWords(from)}`] : []),
    ...(confirm === undefined ? [] : [`confirmed the exception ${confirm}`]),
  ]
    .join(', and ')
    .concat(loweredText({ lowered }));

const takenBackText = (view: DealView, event: Of<'GapsTakenBack'>): string => {
  const { questions, exceptions = [] } = event;
  if (!tookBack(view, event))
    return `said something that ended ${[
      ...(questions.length > 0 ? [`that ${answers(questions)} accepted as not known`] : []),
      ...exceptions.map((id) => `the exception ${id}`),
    ].join(', and ')}`;
  return [
    ...(questions.length > 0 ? [`took back that ${answers(questions)} accepted as not known`] : []),
    ...exceptions.map((id) => `took back the exception ${id}`),
  ].join(', and ');
};

export const gapsText = (view: DealView, event: Of<'GapsAccepted' | 'GapsTakenBack'>): string =>
  event.type === 'GapsAccepted' ? acceptedText(event) : takenBackText(view, event);

export const askedAgainText = (event: Of<'FlagsAskedAgain' | 'LighterAskedAgain'>): string =>
  event.type === 'LighterAskedAgain'
    ? 'lighter answers that compliance confirmed may wait once more, as something was said otherwise since'
    : event.reworded
      ? 'flags that were settled wait once more for compliance, as something was said in other words'
      : 'flags that counted at once wait for compliance, as others work on the deal now';

export const gapLines = ({ policy }: DealView, { questions }: Pick<Of<'GapsAccepted'>, 'questions'>): Line[] =>
  questions.map((id) => bullet('Not known', questionWords(policy.question(id), id)));
