/** The first and the last page of a review: its subject, and what is signed. */

import type { Precedent } from '../../flows/deal/context/precedent.ts';
import type { Condition } from '../../flows/deal/deal.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { FormBlock, Text } from '../card.ts';
import { alertBlocks } from '../cards/alert-words.ts';
import { gapItems } from '../cards/gap-words.ts';
import { holdsInFull } from '../cards/hold-words.ts';
import { sinceApprovalBlocks } from '../cards/reassessment-words.ts';
import { conditionItems, differenceItems, heaviestFirst, sourceSpans, voteSpans } from '../cards/spans.ts';
import {
  capital,
  count,
  countryWords,
  dayWords,
  endUserKindWords,
  groupName,
  licenceWords,
  NOT_A_LICENCE,
  sentence,
  shorten,
  tierMeaning,
  tierWord,
  valueBandWords,
  voteWords,
  weightWord,
} from '../words.ts';
import { textOf } from './inputs.ts';
import { type ReviewDraft, opinionIn, outcomeIn } from './review-draft.ts';
import { precedentBlocks } from './review-precedents.ts';

/** Keeps one list under a block's 3,000 characters. */
const MOST_LINES = 15;

const folded = (items: readonly Text[], more: string): Text[] =>
  items.length <= MOST_LINES
    ? [...items]
    : [...items.slice(0, MOST_LINES - 1), `and ${count(items.length - MOST_LINES + 1, more)}`];

const part = (heading: string, items: readonly Text[], more: string): FormBlock[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items: folded(items, more) },
      ];

const endUser = ({ details }: DecidingDeal): string =>
  `${shorten(details.endUser.name, 150)} (${endUserKindWords(details.endUser.kind)})`;

const dealFacts = (deal: DecidingDeal): FormBlock => {
  const { details } = deal;
  const between = details.intermediaries.map(({ name, role }) => `${name} (${role})`).join('; ');
  const facts: [string, Text][] = [
    ['Deal', deal.id],
    ['Customer', shorten(details.customer, 150)],
    ['Product', shorten(details.product.name, 150)],
    ['Destination', countryWords(details.destination)],
    ['End-user', endUser(deal)],
    ['Intermediaries', between === '' ? 'None' : shorten(between, 300)],
    ...(details.valueBand === undefined ? [] : [['Value', valueBandWords(details.valueBand)] as [string, Text]]),
    ...(details.expectedSigning === undefined
      ? []
      : [['Expected signing', dayWords(details.expectedSigning)] as [string, Text]]),
    ['Export licence', licenceWords(details.exportLicence)],
  ];
  return { kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) };
};

const othersBlocks = (deal: DecidingDeal): FormBlock[] => {
  const items = deal.votes.map((vote): Text => [
    ...voteSpans(vote),
    `. ${shorten(sentence(vote.rationale), 150)}`,
    vote.conditions.length === 0 ? '' : ` With ${count(vote.conditions.length, 'condition')}.`,
  ]);
  const conditions = deal.votes.flatMap((vote) => vote.conditions);
  return [
    ...part('What others decided', items, 'more vote'),
    ...part('Conditions so far', conditionItems(conditions), 'more condition'),
  ];
};

const informationBlocks = (deal: DecidingDeal): FormBlock[] =>
  part(
    'Questions to the deal team',
    deal.requests.map((request): Text => {
      const asked = shorten(request.question, 150);
      if (!request.answer) return [{ strong: asked }, ' No answer yet.'];
      const { by, text, sources } = request.answer;
      return [
        { strong: asked },
        ` ${shorten(sentence(text), 300)} — `,
        { person: by },
        ' ',
        ...sourceSpans(sources, 3),
      ];
    }),
    'more question',
  );

const changedBlocks = (view: DealView, deal: DecidingDeal, draft: ReviewDraft): FormBlock[] => [
  ...(draft.changed
    ? [
        {
          kind: 'text',
          text: [
            { strong: 'The facts changed since you began. ' },
            'What you chose and wrote is kept: please check it again.',
          ],
        } as const,
      ]
    : []),
  ...(deal.lastVoided
    ? part('What changed since the last votes', differenceItems(view, deal.lastVoided.differences), 'more change')
    : []),
];

export const summaryBlocks = (
  view: DealView,
  deal: DecidingDeal,
  draft: ReviewDraft,
  precedents: readonly Precedent[],
  absent: PersonId | undefined,
): FormBlock[] => {
  const { rule, trace, flags, openQuestions } = view.assessment;
  const ruleText = trace.find((line) => line.id === rule)?.text;
  const step = deal.route.steps[deal.step];
  const group = step === undefined ? '' : `: ${groupName(view.organisation, step.group)}`;
  return [
    { kind: 'note', text: `Step ${deal.step + 1} of ${deal.route.steps.length}${group}` },
    ...(absent === undefined
      ? []
      : [
          {
            kind: 'text',
            text: [
              { strong: 'You vote for ' },
              { person: absent },
              { strong: ', who is away. ' },
              'It counts as their vote, and as the one vote that you have on this deal.',
            ],
          } satisfies FormBlock,
        ]),
    ...sinceApprovalBlocks(view, MOST_LINES),
    ...holdsInFull(view).filter((block) => block.kind !== 'title'),
    ...alertBlocks(view),
    ...changedBlocks(view, deal, draft),
    dealFacts(deal),
    { kind: 'heading', text: `Tier: ${tierWord(deal.tier)}` },
    {
      kind: 'text',
      text: `${sentence(capital(tierMeaning(deal.tier)))}${ruleText === undefined ? '' : ` The rule: ${sentence(ruleText)}`}`,
    },
    { kind: 'note', text: 'Weighed, not counted: a flag is no verdict.' },
    ...(flags.length === 0 ? [{ kind: 'text', text: 'No red flags were raised.' } as const] : []),
    ...part(
      count(flags.length, 'red flag'),
      heaviestFirst(flags).map((f) => [{ strong: weightWord(f.weight) }, `: ${shorten(f.title, 150)}`]),
      'more flag',
    ),
    ...part(
      'Open questions',
      openQuestions.filter((q) => !q.accepted).map((q) => [shorten(q.text, 150), q.weighty ? ' (weighty)' : '']),
      'more open question',
    ),
    ...part('Not known, and accepted by compliance', gapItems(view), 'more'),
    ...part(
      'Waiting for compliance, not weighed yet',
      deal.ownFlags.filter((f) => f.status === 'pending').map((f) => [shorten(f.title, 150), ' — ', { person: f.by }]),
      'more flag',
    ),
    ...othersBlocks(deal),
    ...informationBlocks(deal),
    ...precedentBlocks(precedents),
  ];
};

export const confirmationBlocks = (
  view: DealView,
  deal: DecidingDeal,
  draft: ReviewDraft,
  conditions: readonly Condition[],
  absent: PersonId | undefined,
): FormBlock[] => {
  const outcome = outcomeIn(draft.values);
  const asks = outcome === 'information';
  const opinions = view.assessment.flags.map((f) => opinionIn(draft.values, f.id));
  const tally = (opinion: string): number => opinions.filter((o) => o === opinion).length;
  const own = textOf(draft.values, asks ? 'question' : 'rationale') ?? '';
  const facts: [string, Text][] = [
    ['Deal', `${deal.id}, ${shorten(deal.details.customer, 150)}`],
    ['Product', shorten(deal.details.product.name, 150)],
    ['Destination', countryWords(deal.details.destination)],
    ['End-user', endUser(deal)],
    [
      'You',
      outcome === undefined
        ? 'have not decided yet'
        : asks
          ? 'ask for information'
          : [voteWords(outcome).toLowerCase(), ...(absent === undefined ? [] : [', for ', { person: absent }])],
    ],
    ...(asks || opinions.length === 0
      ? []
      : [['Flags', `${tally('uphold')} upheld, ${tally('clear')} cleared`] as [string, Text]]),
  ];
  const moment = `${dayWords(view.now)}, ${view.now.slice(11, 16)} UTC`;
  return [
    { kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) },
    ...(outcome === 'approve-with-conditions'
      ? part(
          'Conditions',
          conditionItems(conditions.map((c) => ({ ...c, text: shorten(c.text, 300) }))),
          'more condition',
        )
      : []),
    { kind: 'heading', text: asks ? 'Your question' : 'Your reasons' },
    { kind: 'quote', text: own },
    {
      kind: 'note',
      text: asks
        ? 'The question goes to the deal owner, in the thread. The answer brings the step back to you.'
        : `What you sign: this outcome on the facts as of ${moment} (in the record: ${draft.factsHash.slice(0, 8)}…). ${NOT_A_LICENCE}`,
    },
  ];
};
