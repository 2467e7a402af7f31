/** The first page of a review: its subject, and what others said of it. */

import { NOTHING_BESIDE, type Beside } from '../../flows/deal/context/parts.ts';
import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import { neverSeenBy, unseenBy } from '../../flows/deal/rights/unseen.ts';
import { openRequests } from '../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import type { FormBlock, Text } from '../card.ts';
import { carriedItems } from '../cards/carried-words.ts';
import { everBlocks, ofProductBlocks, type Written } from '../cards/ever-words.ts';
import { licenceSaid } from '../cards/facts-licence.ts';
import { sourceAndFileSpans, type FilesNow } from '../cards/file-words.ts';
import { pendingItem, waitingTitle } from '../cards/flag-waits.ts';
import type { HitsElsewhere } from '../cards/hit-words.ts';
import { isCut } from '../cards/in-full.ts';
import { intermediariesBlocks, intermediariesText } from '../cards/intermediaries-words.ts';
import { officersBlocks } from '../cards/officers-words.ts';
import { openAlike, openParts, openWords } from '../cards/open-words.ts';
import { againstItems } from '../cards/others-words.ts';
import { plannedBlocks } from '../cards/planned-words.ts';
import { answeredOf, questionBackSpans } from '../cards/questions-back.ts';
import { sinceApprovalBlocks } from '../cards/reassessment-words.ts';
import { saidBefore } from '../cards/said-before.ts';
import { lighterSaidBlocks } from '../cards/said-words.ts';
import { asideItems } from '../cards/set-aside.ts';
import { differenceItems, people, pendingFlags, noFlagsLine } from '../cards/spans.ts';
import { standsOnBlocks } from '../cards/stands-on.ts';
import type { Readable } from '../cards/worry-words.ts';
import {
  count,
  countryWords,
  dayWords,
  endsOf,
  endUserWords,
  groupName,
  productWords,
  quoted,
  quotedSentence,
  shorten,
  valueBandWords,
  LONGEST_SAID,
} from '../words.ts';
import type { ReviewDraft, ReviewNews } from './review-draft.ts';
import { flagsHeading, reviewFlagBlocks } from './review-flags.ts';
import { precedentBlocks } from './review-precedents.ts';
import { inRoom, MOST_LINES, OF_PRODUCT_PART, part, STAYS } from './review-room.ts';
import { standingBlocks } from './review-standing.ts';
import { tierBlocks } from './review-tier.ts';
import { acceptedBlocks, othersBlocks, standingVotesBlocks } from './review-votes.ts';

const WHY_SHOWS = ': “Why?” shows more of them';

/** Only what no form takes is longer. */
const MOST_NAME = 500;

export const endUser = ({ details }: DecidingDeal): string => endUserWords(details.endUser, MOST_NAME);

const dealFacts = (deal: DecidingDeal): FormBlock => {
  const { details } = deal;
  const facts: [string, Text][] = [
    ['Deal', deal.id],
    ['Customer', quoted(details.customer, 150)],
    ['Product', productWords(details.product, 150)],
    ['Destination', countryWords(details.destination)],
    ['End-user', endUser(deal)],
    ...(details.intermediaries.length === 0
      ? []
      : [['Intermediaries', intermediariesText(details, 'all are below')] as [string, Text]]),
    ...(details.valueBand === undefined ? [] : [['Value', valueBandWords(details.valueBand)] as [string, Text]]),
    ...(details.expectedSigning === undefined
      ? []
      : [['Expected signing', dayWords(details.expectedSigning)] as [string, Text]]),
    ['Export licence', licenceSaid(deal)],
  ];
  return { kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) };
};

const unseenBlocks = (by: readonly PersonId[]): FormBlock[] =>
  by.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: 'Answered, and not looked at yet. ' },
            ...people(by),
            ' asked: until they have voted, or had one business day to look, approvals of others do not complete this step.',
          ],
        },
      ];

/** An approver who was away when the answer came, or sits in another step: others decide without their look. */
const neverSeenBlocks = (by: readonly PersonId[]): FormBlock[] =>
  by.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: 'Not looked at by whoever asked. ' },
            ...people(by),
            ' asked, and has not voted since the answer.',
          ],
        },
      ];

const informationBlocks = (view: DealView, deal: DecidingDeal, files: FilesNow | undefined): FormBlock[] => [
  ...openRequests(deal)
    .slice(0, 1)
    .map(({ by, at }): FormBlock => ({
      kind: 'text',
      text: [
        { strong: 'Held by a question. ' },
        { person: by },
        ` asked on ${dayWords(at)}, so approvals do not complete this step yet. A decline still does.`,
      ],
    })),
  ...unseenBlocks(unseenBy(view, deal)),
  ...neverSeenBlocks(neverSeenBy(view, deal)),
  ...part(
    'Questions to the deal team',
    deal.requests.map((request): Text => {
      const asked = endsOf(request.question, LONGEST_SAID);
      if (request.takenBack) return [{ strong: asked }, ' ', ...questionBackSpans(request)];
      if (!request.answer)
        return [{ strong: asked }, ' — ', { person: request.by }, ', no answer yet.', ...answeredOf(view, request)];
      const { by, text, sources } = request.answer;
      return [
        { strong: asked },
        ' — ',
        { person: request.by },
        `. ${quotedSentence(text, LONGEST_SAID)} — `,
        { person: by },
        ' ',
        ...sourceAndFileSpans(sources, 3, files),
        ...answeredOf(view, request),
      ];
    }),
    'more question',
    STAYS,
  ),
];

const NEWS: Record<ReviewNews, string> = {
  facts: 'The facts changed',
  against: 'What speaks against this deal changed',
  words: 'More is written here, or in deals with this end-user, or a hold is planned',
};

const changedBlocks = (view: DealView, deal: DecidingDeal, draft: ReviewDraft): FormBlock[] => [
  ...(draft.changed
    ? [
        {
          kind: 'text',
          text: [
            { strong: (draft.news ?? ['facts']).map((news) => `${NEWS[news]} since you began. `).join('') },
            'What you chose and wrote is kept: please check it again.',
          ],
        } as const,
      ]
    : []),
  ...(deal.lastVoided
    ? part('What changed since the last votes', differenceItems(view, deal.lastVoided.differences), 'more change')
    : []),
];

/** Approvers know then that the days to find out were not used. */
const sentOnBlocks = (view: DealView): FormBlock[] => {
  const { finding } = view.deal;
  return finding?.sent && openParts(view).open.length > 0
    ? [
        {
          kind: 'note',
          text: ['Sent on with this by ', { person: finding.sent.by }, `, before ${dayWords(finding.until)}.`],
        },
      ]
    : [];
};

/** Contents that depend on the reader. */
export interface SummaryReader {
  /** Who reads it. */
  reader?: PersonId | undefined;
  /** Similar deals that this approver may read. */
  beside?: Beside;
  /** Deals that speak against this one and that the reader may read. */
  others?: Readable | undefined;
  /** What deals with the same end-user say in words. */
  written?: Written | undefined;
  /** Files handed in with answers to approvers, as they are now. */
  files?: FilesNow | undefined;
  /** The absent approver whom the vote is for, if it is not the voter's own. */
  absent?: PersonId | undefined;
  /** Holds of a later day that name somebody of this deal, where the reader is of compliance. */
  planned?: readonly PlannedOn[] | undefined;
  /** How compliance settled in other deals who may be on a list here. */
  hits?: HitsElsewhere | undefined;
  /** Address of the deal's thread. */
  thread?: string | undefined;
}

const openBlocks = (view: DealView): FormBlock[] => {
  const { open } = openParts(view);
  const alike = openAlike(open);
  return [
    ...part(
      count(open.length, 'open question'),
      open.map((q) => (alike === undefined ? openWords(q, 150) : shorten(q.text, 150))),
      'more open question',
      STAYS,
    ),
    ...(alike === undefined ? [] : [{ kind: 'note', text: `Of each: ${alike}` } as const]),
  ];
};

/** The flags that are judged on this page, heaviest first, and those that others raised and nobody weighed yet. */
const flagsBlocks = (view: DealView, flags: readonly RaisedFlag[], draft: ReviewDraft): FormBlock[] => {
  const all = view.assessment.flags.length;
  const pending = pendingFlags(view);
  return [
    ...(all === 0 ? [{ kind: 'text', text: noFlagsLine(view) } as const] : [flagsHeading(all, flags)]),
    ...(all > flags.length
      ? [{ kind: 'note', text: `The ${flags.length} heaviest; the others are on the next page.` } as const]
      : []),
    ...reviewFlagBlocks(view, flags, draft.values, true),
    ...part(waitingTitle(view), pending.map(pendingItem), 'more flag', STAYS),
    ...(pending.length > 0 ? [{ kind: 'note', text: 'Until that is settled, the last approval waits.' } as const] : []),
  ];
};

/** What approvers read first: what came in between, the deal, its tier, its flags, what is not known, what others said. */
export const summaryBlocks = (
  view: DealView,
  deal: DecidingDeal,
  draft: ReviewDraft,
  flags: readonly RaisedFlag[],
  { beside = NOTHING_BESIDE, absent, others, written, files, planned = [], hits, thread, reader }: SummaryReader = {},
): FormBlock[] => {
  const step = deal.route.steps[deal.step];
  const group = step === undefined ? '' : `: ${groupName(view.organisation, step.group)}`;
  const before: FormBlock[] = [
    {
      kind: 'note',
      text: [
        `Step ${deal.step + 1} of ${deal.route.steps.length}${group}`,
        ...(thread === undefined ? [] : [' · ', { link: { url: thread, text: 'The thread' } }]),
      ],
    },
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
    ...plannedBlocks(planned, deal.id),
    ...sinceApprovalBlocks(view, MOST_LINES),
    ...standingBlocks(view, hits),
    ...changedBlocks(view, deal, draft),
    ...lighterSaidBlocks(view),
    ...part('What speaks against these answers', againstItems(view, others, true), 'more line', {
      where: WHY_SHOWS,
      ...STAYS,
    }),
    ...part('What was said before', saidBefore(view, others, asideItems(view, others, true)), 'more change', {
      where: WHY_SHOWS,
    }),
  ];
  const after: FormBlock[] = [
    ...tierBlocks(view, deal),
    ...flagsBlocks(view, flags, draft),
    ...standsOnBlocks(view, others, reader),
    ...openBlocks(view),
    ...sentOnBlocks(view),
    ...acceptedBlocks(view),
    ...standingVotesBlocks(view),
    ...part('Asked for before, and you take over or leave out', carriedItems(openCarried(view)), 'more condition'),
    ...othersBlocks(view, deal),
    ...informationBlocks(view, deal, files),
    ...(isCut(view)
      ? [{ kind: 'note', text: 'Long texts are cut here: “Why?” on the deal’s card shows them in full.' } as const]
      : []),
    ...precedentBlocks(beside),
  ];
  return inRoom([
    { blocks: before },
    { blocks: officersBlocks(view, written?.officers) },
    { blocks: everBlocks(view, written), instead: 'Words of deals with this end-user' },
    { blocks: ofProductBlocks(view, written), ...OF_PRODUCT_PART },
    { blocks: [dealFacts(deal)] },
    {
      blocks: intermediariesBlocks(deal.details),
      instead: count(deal.details.intermediaries.length, 'intermediary', 'intermediaries'),
    },
    { blocks: after },
  ]);
};
