/** What approvers asked, were answered and gave as reasons, in full: elsewhere long texts are cut. */

import { namedOf } from '../../flows/deal/formerly.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Span, Text } from '../card.ts';
import { dayWords, LONGEST_QUOTED, LONGEST_SAID, quoted, quotedSentence, sentence, shorten } from '../words.ts';
import { sourceSpans, voteSpans } from './spans.ts';

/** One text may have 3,000 characters; a list takes as many, with names and dates. */
const MOST_TEXT = 2500;
/** Of all of them: a modal holds about 60,000 characters. */
const MOST_IN_ALL = 14_000;
interface Said {
  text: Text;
  /** Number of characters. */
  size: number;
}

const asked = ({ deal }: DealView): Said[] =>
  deal.requests.flatMap(({ question, by, at, answer, takenBack, before = [] }): Said[] => [
    {
      text: [{ strong: 'Asked by ' }, { person: by }, ` on ${dayWords(at)}: ${quoted(question, MOST_TEXT)}`],
      size: question.length,
    },
    ...(takenBack
      ? [
          {
            text: [
              { strong: 'Taken back by ' },
              { person: takenBack.by },
              ` on ${dayWords(takenBack.at)}.${takenBack.reason === undefined ? '' : ` Reason: ${quotedSentence(takenBack.reason, LONGEST_QUOTED)}`}`,
            ],
            size: 0,
          },
        ]
      : []),
    ...before.map(({ by: who, at: then, text, of, sources }): Said => ({
      text: [
        { strong: 'Answered by ' },
        { person: who },
        ` on ${dayWords(then)} of ${namedOf(of, deal.details)}: ${quoted(text, MOST_TEXT)} `,
        ...sourceSpans(sources, 3),
      ],
      size: text.length,
    })),
    ...(answer
      ? [
          {
            text: [
              { strong: 'Answered by ' },
              { person: answer.by },
              ` on ${dayWords(answer.at)}: ${quoted(answer.text, MOST_TEXT)} `,
              ...sourceSpans(answer.sources, 3),
            ] satisfies Span[],
            size: answer.text.length,
          },
        ]
      : []),
  ]);

const voted = ({ deal }: DealView): Said[] => {
  const votes = deal.status === 'deciding' ? deal.votes : deal.status === 'decided' ? deal.decision.votes : [];
  return votes.map((vote) => ({
    text: [...voteSpans(vote), `: ${shorten(sentence(vote.rationale), MOST_TEXT)}`],
    size: vote.rationale.length,
  }));
};

/** Each item fills a block of its own. `left`: how many had no room. */
export const saidInFull = (view: DealView): { items: Text[]; left: number } => {
  const all = [...asked(view), ...voted(view)];
  let size = 0;
  const items = all.filter((one) => (size += Math.min(one.size, MOST_TEXT) + 100) <= MOST_IN_ALL);
  return { items: items.map(({ text }) => text), left: all.length - items.length };
};

/** Tells whether a review cuts anything of it: of what an older version took longer than anybody can type now. */
export const isCut = (view: DealView): boolean => {
  const { deal } = view;
  const votes = deal.status === 'deciding' ? deal.votes : [];
  return (
    deal.requests.some(
      ({ question, answer }) => question.length > LONGEST_SAID || (answer?.text.length ?? 0) > LONGEST_SAID,
    ) || votes.some(({ rationale }) => rationale.length > LONGEST_SAID)
  );
};
