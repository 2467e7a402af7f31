/** What answers stand on and what speaks against them, in a deal's history: counsel's note, a word denied, other deals. */

import type { DealEvent } from '../../flows/deal/events.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { othersCount, othersNotedLines } from '../cards/others-noted.ts';
import type { Readable } from '../cards/worry-words.ts';
import { answerWords, count, dayWords } from '../words.ts';
import { bullet, line, type Line } from './parts.ts';
import { nameOf, questionWords, sheetWords, sourceWords } from './words.ts';

const NAMES = ['CounselAsked', 'LawsTaken', 'OthersNoted', 'BasisObjected', 'BasisEnded', 'SheetMoved'] as const;
type BasisEvent = Extract<DealEvent, { type: (typeof NAMES)[number] }>;

export const isBasisEvent = (event: DealEvent): event is BasisEvent => NAMES.some((name) => name === event.type);

export const basisTold = (
  view: DealView,
  event: BasisEvent,
  readable?: Readable,
): { what: string; more?: Line[]; followed?: boolean } => {
  switch (event.type) {
    case 'CounselAsked':
      return { what: 'asked counsel to look at the laws of the country' };
    case 'LawsTaken': {
      const { by, at, until, looked, source } = event.note;
      return {
        what: `counsel’s note on the country counts: ${nameOf(view, by)}, ${dayWords(at)}, valid until ${dayWords(until)}`,
        more: [line(looked), ...(source ? [bullet('Source', sourceWords(source))] : [])],
      };
    }
    case 'OthersNoted':
      return {
        followed: true,
        what: `what other deals say was noted: ${othersCount(event)}`,
        more: othersNotedLines(view, event, readable).map((text) => line(text)),
      };
    case 'BasisObjected': {
      const answers = event.questions.map((id) => view.policy.question(id)?.text ?? id);
      return {
        what: `denied having said what ${answers.length === 1 ? 'an answer stands' : 'answers stand'} on. Reason: ${event.reason}`,
        more: answers.map((text) => line(text)),
      };
    }
    case 'BasisEnded': {
      const { note, gaps = [], outgrown = [], unread = [], words = [], sheets = [] } = event;
      const parts = [
        ...(note === undefined ? [] : ['counsel’s note has run out and counts no more']),
        ...(gaps.length === 0
          ? []
          : [
              `the day has passed until which it was accepted that ${count(gaps.length, 'answer is', 'answers are')} not known`,
            ]),
        ...(outgrown.length === 0
          ? []
          : [
              `it was accepted for milder deals only that ${count(outgrown.length, 'answer is', 'answers are')} not known`,
            ]),
        ...(unread.length === 0
          ? []
          : [
              `a colleague wrote under ${count(unread.length, 'answer')} of which it was accepted for other deals that ${unread.length === 1 ? 'it is' : 'they are'} not known`,
            ]),
        ...(sheets.length === 0
          ? []
          : [`${count(sheets.length, 'answer stands', 'answers stand')} on a sheet no more: its last day has passed`]),
        ...words.map(
          ({ of, questions, left }) =>
            `${count(questions.length, 'answer stands', 'answers stand')} no more on the word of ${nameOf(view, of)}, who ${left ? 'is not in the organisation file any more' : 'sells the deal now'}`,
        ),
      ];
      return {
        followed: true,
        what: parts.join(', and '),
        more: [...gaps, ...sheets, ...words.flatMap(({ questions }) => questions)].map((id) =>
          bullet('Not known', questionWords(view.policy.question(id), id)),
        ),
      };
    }
    case 'SheetMoved':
      return {
        followed: true,
        what: `a newer version says worse, and counts: ${sheetWords(view, event.sheet)}`,
        more: Object.values(event.answers).flatMap((answers) =>
          Object.entries(answers).map(([id, answer]) => {
            const question = view.policy.question(id);
            return bullet(questionWords(question, id), answerWords(question, answer.value));
          }),
        ),
      };
    default: {
      const never: never = event;
      return never;
    }
  }
};
