/** Facts about gaps: what compliance accepted as not known. */

import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { Question, QuestionId } from '../../flows/policy/policy.ts';
import type { Action, Block } from '../card.ts';
import { count, dayWords, sentence, shorten } from '../words.ts';
import { answerButton, handOverButton, sendOnButton, takeGapsBackButton, whyButton } from './actions.ts';
import { exceptionText, questionText, takenWords, tookBack } from './gap-words.ts';
import type { FactNamed, Told } from './told.ts';

const MOST_NAMED = 10;

/** A button that says by itself what it is of. */
const named = (button: Action, label: string): Action => ({ ...button, label, accessibleLabel: undefined });

export const namedList = (view: DealView, questions: readonly QuestionId[]): Block => {
  const more = questions.length - MOST_NAMED;
  const shown = questions.slice(0, MOST_NAMED).map((id) => shorten(questionText(view, id), 200));
  return { kind: 'list', items: more > 0 ? [...shown, `and ${count(more, 'more question')}`] : shown };
};

/** Questions and exceptions, as in `ended`. */
export const endedList = (view: DealView, ended: readonly string[]): Block => {
  const [questions, exceptions] = [true, false].map((is) =>
    ended.filter((id) => (view.policy.question(id) !== undefined) === is),
  );
  const list = namedList(view, questions!);
  return list.kind === 'list'
    ? { ...list, items: [...exceptions!.map((id) => sentence(exceptionText(view, id))), ...list.items] }
    : list;
};

export const gapsAcceptedTold = (view: DealView, fact: FactNamed<'gaps accepted'>): Told => {
  const { by, reason, questions, confirm, from } = fact;
  const exception = confirm === undefined ? undefined : view.assessment.placed?.exception;
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
            namedList(view, questions),
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
    actions: [takeGapsBackButton(view.deal.id), whyButton(view.deal.id)],
  };
};

const these = ({ length }: readonly QuestionId[]): string => (length === 1 ? 'this is' : `these ${length} things are`);

export const gapsTakenBackTold = (view: DealView, fact: FactNamed<'gaps taken back'>): Told => {
  const { by, reason, questions, exceptions = [] } = fact;
  return {
    tone: 'attention',
    blocks: [
      ...(questions.length === 0
        ? []
        : [
            {
              kind: 'text',
              text: tookBack(view, fact)
                ? [
                    { person: by },
                    ` took back that ${these(questions)} accepted as not known. It counts as not known again:`,
                  ]
                : [
                    'After what ',
                    { person: by },
                    ` said, ${these(questions)} not accepted any more. It counts as not known again:`,
                  ],
            } satisfies Block,
            namedList(view, questions),
          ]),
      ...exceptions.map((id): Block => ({
        kind: 'text',
        text: tookBack(view, fact)
          ? [{ person: by }, ` took an exception back: ${sentence(exceptionText(view, id))}`]
          : [
              'After what ',
              { person: by },
              ` said, an exception does not count any more: ${sentence(exceptionText(view, id))}`,
            ],
      })),
      { kind: 'quote', text: reason },
    ],
    actions: [whyButton(view.deal.id)],
  };
};

const MOST_SECTIONS = 4;

/** What would lower the tier; else all that is not known. */
const worthKnowing = (view: DealView): { heading: string; questions: Question[] } => {
  const lower = view.policy.wouldLower(view.facts).ids;
  const open = view.assessment.openQuestions.filter(({ accepted }) => !accepted).map(({ id }) => id);
  const ids = lower.length > 0 ? lower : open;
  return {
    heading:
      lower.length > 0
        ? `${lower.length === 1 ? 'This would' : `These ${lower.length} would`} lower it:`
        : 'Not known:',
    questions: ids.flatMap((id) => view.policy.question(id) ?? []),
  };
};

export const findingOutTold = (view: DealView, fact: FactNamed<'finding out'>): Told => {
  const { deal, policy, assessment } = view;
  const rule = assessment.trace.find(({ id }) => id === assessment.rule)?.text;
  const until = deal.finding?.until;
  const { heading, questions } = worthKnowing(view);
  const more = questions.length - MOST_NAMED;
  const sections = policy.sections.filter(({ id }) => questions.some(({ section }) => section === id));
  return {
    title: fact.soon ? 'It goes to its approvers soon' : 'Who might know?',
    tone: 'attention',
    blocks: [
      ...(rule === undefined ? [] : [{ kind: 'text', text: sentence(rule) } satisfies Block]),
      // What waits for compliance may count heavier than what the deal's own answers leave open.
      ...(questions.length === 0
        ? []
        : ([
            { kind: 'text', text: heading },
            {
              kind: 'list',
              items: [
                ...questions.slice(0, MOST_NAMED).map(({ text }) => shorten(text, 200)),
                ...(more > 0 ? [`and ${count(more, 'more question')}`] : []),
              ],
            },
          ] satisfies Block[])),
      {
        kind: 'text',
        text: `Find out${until === undefined ? '' : ` until ${dayWords(until)}`}, or send it on now. After that day it goes on by itself.`,
      },
    ],
    actions: [
      sendOnButton(deal.id),
      ...sections
        .slice(0, MOST_SECTIONS)
        .flatMap((section): Action[] => [
          named(answerButton(deal.id, section, 'Change'), shorten(`Change ${section.title}`, 60)),
          named(handOverButton(deal.id, section), shorten(`Who might know? ${section.title}`, 60)),
        ]),
      whyButton(deal.id),
    ],
  };
};

/** The days to find out are over, or somebody of the team did not want to wait. */
export const sentOnTold = ({ deal, assessment }: DealView, { by }: FactNamed<'sent on'>): Told => {
  const open = assessment.openQuestions.filter(({ accepted }) => !accepted).length;
  const known = `what is not known (${count(open, 'thing')})`;
  return {
    blocks: [
      {
        kind: 'text',
        text:
          by === SYSTEM
            ? `The days to find out are over, so the deal went on with ${known}.`
            : [{ person: by }, ` sent the deal on with ${known}.`],
      },
    ],
    actions: [whyButton(deal.id)],
  };
};
