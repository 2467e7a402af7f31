/** Answers that were saved for later over lighter ones that count, and what else is said once something is saved, in words. */

import { isWeighed } from '../../flows/deal/own-flag.ts';
import { savedBehind, savedHeavier, type SavedHeavier } from '../../flows/deal/said/saved.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { SectionId } from '../../flows/policy/policy.ts';
import type { Block, Text } from '../card.ts';
import { count, dayWords, quoted } from '../words.ts';
import { whyButton } from './actions.ts';
import { answerSaid } from './said-words.ts';
import { pendingFlags } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

/** `Saved, not given: yes, by @b on 24 November 2026. It would stop the deal. The answer that counts is no: “Do we know …?”` */
const savedText = (view: DealView, { question: id, value, by, at, given, stops, over }: SavedHeavier): Text => {
  const question = view.policy.question(id);
  return [
    { strong: `Saved, not given: ${answerSaid(question, value)}` },
    ', by ',
    { person: by },
    ` on ${dayWords(at)}${over ? ', saved over since' : ''}.${stops ? ' It would stop the deal.' : ''} `,
    given === undefined ? 'No answer counts yet' : `The answer that counts is ${answerSaid(question, given)}`,
    `: ${quoted(question?.text ?? id, 150)} The deal team must give that section before this is approved.`,
  ];
};

/** For those who judge the deal, and whoever may read why. */
export const savedItems = (view: DealView): Text[] =>
  [...savedHeavier(view), ...savedBehind(view)].map((saved) => savedText(view, saved));

/** For a section's card, which everybody reads: not what was saved. */
export const savedBlocks = (view: DealView, section: SectionId): Block[] =>
  savedHeavier(view).some((saved) => saved.section === section)
    ? [
        {
          kind: 'text',
          text: [
            { strong: 'A heavier answer was saved for later, and not given. ' },
            'Nothing is approved before that: press Change, look through all, and save.',
          ],
        },
      ]
    : [];

/** To whoever saved it: the button that goes on has another name where the section is answered. */
export const savedForLaterText = (view: DealView, section: SectionId): string => {
  if (view.deal.answers[section] === undefined) return 'Saved. Press Answer in the thread to go on where you left off.';
  const held = savedHeavier(view).some((saved) => saved.section === section);
  return `Saved. Press Change in the thread to go on where you left off.${held ? ' It is heavier than what counts, so nothing is approved before the section is given.' : ''}`;
};

/** To the owner, and to those who judge the deal. */
export const savedTold = (view: DealView, { questions }: FactNamed<'saved heavier'>): Told => ({
  title: 'Saved for later, and heavier than what counts',
  tone: 'attention',
  blocks: [
    {
      kind: 'list',
      items: savedHeavier(view)
        .filter(({ question }) => questions.includes(question))
        .map((saved) => savedText(view, saved)),
    },
    {
      kind: 'note',
      text: 'Somebody of the deal team presses Change on that section and saves all of it. An answer that stays lighter needs a reason, and compliance confirms it.',
    },
  ],
  actions: [whyButton(view.deal.id)],
});

/** `2 flags so far, 1 raised flag waits for compliance, shown in the thread.` Below what was saved. */
export const flagsSoFar = (view: DealView): string => {
  // One that counts meanwhile is among those.
  const waiting = pendingFlags(view).filter((flag) => !isWeighed(flag)).length;
  const n = view.assessment.flags.length;
  const said = [
    ...(n === 0 ? [] : [`${count(n, 'flag')} so far`]),
    ...(waiting === 0 ? [] : [`${count(waiting, 'raised flag')} ${waiting === 1 ? 'waits' : 'wait'} for compliance`]),
  ];
  return said.length === 0 ? 'No flags so far.' : `${said.join(', ')}, shown in the thread.`;
};
