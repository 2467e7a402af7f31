/** What an earlier deal says already, in the form of a section: each answer is confirmed by itself, or given anew. */

import { offerKey, type Offer, type Offers } from '../../flows/deal/reuse/offers.ts';
import type { Question } from '../../flows/policy/policy.ts';
import type { Choice, FormBlock, FormValues } from '../card.ts';
import { sourceSpans } from '../cards/spans.ts';
import { answerWords, dayWords, quotedSentence, sentence, shorten, LONGEST_SAID } from '../words.ts';
import { textOf } from './inputs.ts';
import { answerName } from './names.ts';

const PREFIX = 'again:';
/** The value of the option that confirms an offer. One that reads otherwise by now has another. */
export const againValue = (offer: Offer): string => `${PREFIX}${offerKey(offer)}`;

const isAgain = (value: string | undefined): boolean => value?.startsWith(PREFIX) === true;

/** The offer that the form confirms. */
export const confirmed = (all: Offers, { id }: Question, values: FormValues): Offer | undefined => {
  const offer = all.get(id);
  return offer && textOf(values, answerName(id)) === againValue(offer) ? offer : undefined;
};

/** Tells whether the form confirms what is not offered, or not so any more. */
export const isOutdated = (all: Offers, question: Question, values: FormValues): boolean =>
  isAgain(textOf(values, answerName(question.id))) && confirmed(all, question, values) === undefined;

/** Tells whether the form confirms an earlier deal's answer, be it offered or not. */
export const saysAgain = ({ id }: Question, values: FormValues): boolean => isAgain(textOf(values, answerName(id)));

export const OUTDATED = 'What was offered here of an earlier deal is not offered any more. Please choose an answer.';

/** Of one option's label, which Slack cuts at 75 characters. */
const MOST_LABEL = 55;

/** Deal and day stand in the note below: Teams writes a description behind the label, which has a colon of its own. */
export const againOption = (question: Question, offer: Offer): Choice => ({
  value: againValue(offer),
  label: `As before: ${shorten(answerWords(question, offer.answer.value), MOST_LABEL)}`,
});

const MOST_SOURCES = 3;

/** Who said it, when, in which deal, and on what. */
export const offerNote = (question: Question, { answer, from }: Offer): FormBlock => {
  const { value, note, basis } = answer;
  const sources = basis?.sources ?? [];
  return {
    kind: 'note',
    text: [
      `In ${from.deal}, `,
      { person: from.by },
      ` answered this on ${dayWords(from.at)}: ${sentence(shorten(answerWords(question, value), 150))}`,
      ...(note === undefined ? [] : [` Note: ${quotedSentence(note, LONGEST_SAID)}`]),
      ...(basis?.told === undefined ? [] : [' ', { person: basis.told }, ' said so.']),
      ...(sources.length === 0 ? [] : [' Sources: ', ...sourceSpans(sources, MOST_SOURCES)]),
    ],
  };
};

/** Says once in a form what it means. */
export const offersNote = (all: Offers, questions: readonly Question[]): FormBlock[] =>
  questions.some(({ id }) => all.has(id))
    ? [
        {
          kind: 'note',
          text: 'An earlier deal answered some of this. Where it is still so, choose “As before”: the answer keeps its date and its sources. Where you can’t tell, choose an answer of your own.',
        },
      ]
    : [];
