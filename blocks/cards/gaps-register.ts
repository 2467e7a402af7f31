/** The register of gaps: what is accepted of countries and products, listed for compliance and told to colleagues. */

import type { AcceptedOf, GapAcceptance } from '../../flows/gap-acceptance.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { GapsFact, GapsState } from '../../flows/registers/gaps.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, dayWords, endsOf, LONGEST_SAID, quotedSentence, sentence, shorten } from '../words.ts';
import { endGapButton, gapsListButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { acceptedOfWords, noGraverWords } from './gap-words.ts';
import { onPage } from './pages.ts';

const MOST_QUESTIONS = 8;
const A_PAGE = 5;

const allDeals = (on: AcceptedOf): string => `all deals ${on.of === 'country' ? 'to' : 'with'} ${acceptedOfWords(on)}`;

const questionItems = ({ questions }: GapAcceptance, policy: CompiledPolicy | undefined): Text[] => {
  const more = questions.length - MOST_QUESTIONS;
  return [
    ...questions.slice(0, MOST_QUESTIONS).map((id) => shorten(policy?.question(id)?.text ?? id, 200)),
    ...(more > 0 ? [`and ${count(more, 'more question')}`] : []),
  ];
};

/** What is accepted, of what, until when, by whom and why. */
export const acceptanceBlocks = (
  acceptance: GapAcceptance,
  policy: CompiledPolicy | undefined,
): Exclude<Block, { kind: 'title' }>[] => {
  const { on, until, by, at, reason, over } = acceptance;
  return [
    { kind: 'text', text: [{ strong: acceptedOfWords(on) }, `, until ${dayWords(until)}. Not known, and accepted:`] },
    { kind: 'list', items: questionItems(acceptance, policy) },
    ...(over
      ? [{ kind: 'note', text: `For deals with ${noGraverWords(over)}. Others are looked at one by one.` } as const]
      : []),
    { kind: 'note', text: ['By ', { person: by }, ` on ${dayWords(at)}. ${sentence(endsOf(reason, LONGEST_SAID))}`] },
  ];
};

export const gapsRegisterCard = (
  fact: GapsFact,
  _state: GapsState,
  { policy }: { policy: CompiledPolicy | undefined },
): Card => {
  const { acceptance } = fact;
  switch (fact.fact) {
    case 'gap accepted':
      return {
        blocks: [
          { kind: 'title', text: `Accepted for ${allDeals(acceptance.on)}` },
          ...acceptanceBlocks(acceptance, policy),
          {
            kind: 'note',
            text: 'You get this because later deals take it: it counts as a concern there, and approvers see it. Any colleague of compliance can end it.',
          },
          ...row(endGapButton(acceptance.id, acceptedOfWords(acceptance.on)), gapsListButton(1, 0)),
        ],
      };
    case 'gap ended':
      return {
        blocks: [
          { kind: 'title', text: `No longer accepted for ${allDeals(acceptance.on)}` },
          ...acceptanceBlocks(acceptance, policy),
          {
            kind: 'text',
            text: [{ person: fact.by }, ` ended it. Reason: ${quotedSentence(fact.reason, LONGEST_SAID)}`],
          },
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};

/** Answers `/deal gaps`, for compliance: the newest first. `page` from 1. */
export const gapsCard = (standing: readonly GapAcceptance[], policy: CompiledPolicy | undefined, page = 1): Card => {
  const all = standing.toReversed();
  const { shown, more } = onPage(all, page, A_PAGE);
  return {
    blocks: [
      {
        kind: 'title',
        text:
          all.length === 0
            ? 'Nothing is accepted of a country or a product'
            : `Accepted of ${count(all.length, 'country or product', 'countries and products')}`,
      },
      ...(all.length === 0
        ? [
            {
              kind: 'text',
              text: 'Press “Accept gaps” in a deal’s thread to accept what nobody can know.',
            } satisfies Block,
          ]
        : []),
      ...shown.flatMap((one): Block[] => [
        ...acceptanceBlocks(one, policy),
        ...row(endGapButton(one.id, acceptedOfWords(one.on))),
      ]),
      ...row(more > 0 && gapsListButton(page + 1, more)),
    ],
  };
};
