/** Erasing records: messages of the register and its list. Chats keep what they show, so deals stand here by number. */

import type { Instant } from '../../flows/ids.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import type { ErasureRequest, ErasuresFact, ErasuresState } from '../../flows/registers/erasure-shapes.ts';
import type { Block, Card, Span } from '../card.ts';
import { count, dayWords, listWords, quotedSentence, sentence, shorten } from '../words.ts';
import { agreeErasureButton, askErasureButton, erasuresButton, stopErasureButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { onPage } from './pages.ts';

const MOST_NUMBERS = 30;
const A_PAGE = 5;

/** `D-7K3QXM and D-4B2N8P`, `D-…, … and 12 more`. */
export const numbersWords = (deals: readonly string[]): string =>
  deals.length <= MOST_NUMBERS
    ? listWords(deals)
    : listWords([...deals.slice(0, MOST_NUMBERS), `${deals.length - MOST_NUMBERS} more`]);

/** `27 November 2026, 09:00 UTC`: what is done for good has an hour. */
const momentWords = (at: Instant): string => `${dayWords(at)}, ${at.slice(11, 16)} UTC`;

const who = ({ by }: { by: string }): Span => (by === OPERATOR ? 'The person who runs this bot' : { person: by });

const asked = (request: ErasureRequest, says = 'asks'): Exclude<Block, { kind: 'title' }>[] => [
  {
    kind: 'text',
    text: [who(request), ` ${says} to erase the record of ${numbersWords(request.deals)}. Reason:`],
  },
  { kind: 'quote', text: shorten(request.why, 600) },
  ...(request.early
    ? [
        {
          kind: 'note',
          text: 'The policy keeps some of it for longer, or new deals are still told of it: the chief compliance officer must be one of the two.',
        } as const,
      ]
    : []),
];

export const FOR_GOOD =
  'Answers, votes and reasons are gone for good then, also from backups once their key is replaced. What is left is that they were there, who acted and when, who erased them, and why. Slack and Teams keep their copies of what they showed.';

const agreedWords = ({ agreed, due }: ErasureRequest): Block[] =>
  agreed.length === 0
    ? []
    : [
        {
          kind: 'note',
          text: [
            'Agreed: ',
            ...agreed.flatMap(({ by }, n): Span[] => [...(n === 0 ? [] : [', ']), { person: by }]),
            due === undefined
              ? '. One more person is needed.'
              : `. Erased on ${momentWords(due)}, unless it is stopped.`,
          ],
        },
      ];

export const erasuresCard = (fact: ErasuresFact): Card => {
  switch (fact.fact) {
    case 'erasure asked':
      return {
        blocks: [
          { kind: 'title', text: `Erase ${count(fact.request.deals.length, 'deal')}?`, tone: 'attention' },
          ...asked(fact.request),
          { kind: 'note', text: 'You get this because a second person of compliance decides.' },
          ...row(agreeErasureButton(fact.request.id), stopErasureButton(fact.request.id)),
        ],
      };
    case 'erasure agreed':
      return {
        blocks: [
          {
            kind: 'title',
            text: `${count(fact.request.deals.length, 'deal')} will be erased on ${momentWords(fact.request.due ?? '')}`,
            tone: 'attention',
          },
          ...asked(fact.request, 'asked'),
          ...agreedWords(fact.request),
          { kind: 'note', text: `${FOR_GOOD} If one is still needed, stop it, or tell compliance, before then.` },
          ...row(stopErasureButton(fact.request.id)),
        ],
      };
    case 'erasure stopped':
      return {
        blocks: [
          { kind: 'title', text: 'Nothing is erased' },
          ...asked(fact.request, 'had asked'),
          { kind: 'text', text: [{ person: fact.by }, ` stopped it. Reason: ${quotedSentence(fact.reason, 600)}`] },
        ],
      };
    case 'deals kept':
      return {
        blocks: [
          { kind: 'title', text: `${fact.deal} is not erased` },
          { kind: 'text', text: `It is needed again: ${sentence(fact.why)} Ask again once that is over.` },
          ...asked(fact.request, 'had asked'),
        ],
      };
    case 'deals erased':
      return {
        blocks: [
          { kind: 'title', text: 'Erased' },
          { kind: 'text', text: [who(fact.request), ' asked for it. Reason:'] },
          { kind: 'quote', text: shorten(fact.request.why, 600) },
          ...agreedOnly(fact.request),
          {
            kind: 'note',
            text: 'The record says who erased which deals, when and why, and nothing of what was in them.',
          },
        ],
      };
    case 'kept no longer':
      return {
        blocks: [
          { kind: 'title', text: `${count(fact.deals, 'deal')} to erase` },
          {
            kind: 'text',
            text: 'The policy keeps their records no longer. Look through them and ask to erase them; a second person decides.',
          },
          ...row(askErasureButton(''), erasuresButton(1, 0)),
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};

const agreedOnly = ({ agreed }: ErasureRequest): Block[] => [
  {
    kind: 'note',
    text: ['Agreed: ', ...agreed.flatMap(({ by }, n): Span[] => [...(n === 0 ? [] : [', ']), { person: by }]), '.'],
  },
];

/** Answers `/deal erase`, for compliance: the newest first. `page` from 1; `past`: what the policy keeps no longer. */
export const erasuresListCard = ({ requests }: ErasuresState, past: number, page = 1): Card => {
  const all = Object.values(requests).toReversed();
  const { shown, more } = onPage(all, page, A_PAGE);
  return {
    blocks: [
      {
        kind: 'title',
        text: all.length === 0 ? 'Nobody asked to erase anything' : `${count(all.length, 'request')} to erase deals`,
      },
      {
        kind: 'text',
        text:
          past === 0
            ? 'Two people decide that the record of a deal is erased, a day before it is done.'
            : `The policy keeps ${count(past, 'deal')} no longer. Two people decide, a day before a record is erased.`,
      },
      ...shown.flatMap((request): Block[] => [
        { kind: 'divider' },
        ...asked(request),
        ...agreedWords(request),
        ...row(request.due === undefined && agreeErasureButton(request.id), stopErasureButton(request.id)),
      ]),
      ...row(askErasureButton(''), more > 0 && erasuresButton(page + 1, more)),
    ],
  };
};
