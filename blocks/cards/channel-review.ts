/** Review of the reporting channel: its state, the reminders, and what was found. */

import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { Day, Instant } from '../../flows/ids.ts';
import type { ChannelReview } from '../../flows/policy/reminders.ts';
import type { ChannelFact, ChannelState, Reviewed } from '../../flows/registers/channel-review.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import type { Block, Card } from '../card.ts';
import { count, dayWords, groupName, sentence } from '../words.ts';
import { laterButton, reviewChannelButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { momentsWords } from './training-words.ts';

const CITATION = 'Guidance 6, bullet 7, sub-bullet 4';

const WHAT =
  'Can everybody find it, inside and outside the company, and from the website? Does it let people stay anonymous? Do reports get an answer, and are those who report safe?';

const reviewedBlocks = ({ by, on, note }: Reviewed): Block[] => [
  { kind: 'text', text: ['Last reviewed on ', dayWords(on), ' by ', { person: by }, '. They wrote:'] },
  { kind: 'quote', text: note },
];

const rhythm = (rule: ChannelReview | undefined): string => {
  if (!rule) return '';
  const when = momentsWords(rule);
  return [
    when === '' ? '' : `Reminders come ${when}.`,
    rule.escalate ? `${count(rule.escalate.after, 'day')} past it, the chief compliance officer is told.` : '',
  ]
    .filter((line) => line !== '')
    .join(' ');
};

const dueWords = (due: Day, today: Day, what: string = 'It'): string =>
  due < today ? `${what} was due on ${dayWords(due)}.` : `${what} is due by ${dayWords(due)}.`;

/** Answers `/deal channel`. `due`: undefined if the policy asks for no review. */
export const channelCard = (
  { reviewed }: ChannelState,
  { due, today, rule }: { due: Day | undefined; today: Day; rule: ChannelReview | undefined },
): Card => ({
  blocks: [
    {
      kind: 'title',
      text: 'Review of the reporting channel',
      tone: due !== undefined && due < today ? 'attention' : 'neutral',
    },
    ...(reviewed ? reviewedBlocks(reviewed) : [{ kind: 'text', text: 'It was not reviewed here yet.' } as const]),
    {
      kind: 'text',
      text:
        due === undefined
          ? 'The policy asks for no review.'
          : `${dueWords(due, today, reviewed ? 'The next one' : 'It')} Every ${count(rule?.everyMonths ?? 12, 'month')}, compliance looks at it again (${CITATION}).`,
    },
    ...row(due !== undefined && reviewChannelButton()),
  ],
});

export const channelFactCard = (
  fact: ChannelFact,
  state: ChannelState,
  { organisation, policy, now }: RegisterContext & { now: Instant },
): Card => {
  const rule = policy?.reminders.channelReview;
  const today = dayIn(now, calendarOf(organisation));
  switch (fact.fact) {
    case 'channel due':
      return {
        blocks: [
          {
            kind: 'title',
            text: 'Please review the reporting channel',
            tone: fact.due < today ? 'attention' : 'neutral',
          },
          { kind: 'text', text: `${dueWords(fact.due, today)} One of you is enough.` },
          { kind: 'text', text: WHAT },
          ...(state.reviewed ? reviewedBlocks(state.reviewed) : []),
          ...row(reviewChannelButton(), laterButton('channel')),
          {
            kind: 'note',
            text: `You get this because you are in ${groupName(organisation, organisation.roles.compliance)}, and the channel is reviewed regularly (${CITATION}). ${rhythm(rule)}`.trim(),
          },
        ],
      };
    case 'channel late':
      return {
        blocks: [
          { kind: 'title', text: 'The reporting channel was not reviewed', tone: 'attention' },
          {
            kind: 'text',
            text: `${dueWords(fact.due, today)} Compliance was reminded. You can review it yourself, too.`,
          },
          ...row(reviewChannelButton()),
          {
            kind: 'note',
            text: `You get this because you are in ${groupName(organisation, organisation.roles.chief)}${rule?.escalate ? `, and it is ${count(rule.escalate.after, 'day')} past its date` : ''} (${CITATION}).`,
          },
        ],
      };
    case 'channel reviewed':
      return {
        blocks: [
          { kind: 'title', text: 'The reporting channel was reviewed', tone: 'good' },
          {
            kind: 'text',
            text: [{ person: fact.review.by }, ' looked at it on ', dayWords(fact.review.on), '. They wrote:'],
          },
          { kind: 'quote', text: sentence(fact.review.note) },
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};
