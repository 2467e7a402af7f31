/** Reassessment of an approved deal, in the same words on every card and form. Guidance: A2 to A5. */

import { approvalOf, viewThen } from '../../flows/deal/approval/in-force.ts';
import {
  allReassessments,
  askedReassessments,
  isOverdue,
  latestLook,
  lookedAtAgain,
  OF_SHEET,
} from '../../flows/deal/approval/reassessments.ts';
import { overdueInWords } from '../../flows/deal/approval/suspension.ts';
import type { Reassessment, ReassessmentTrigger, Renewal } from '../../flows/deal/deal.ts';
import { differences } from '../../flows/deal/deciding/facts.ts';
import { isOwnWord } from '../../flows/deal/rights/set-aside.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { Block, Span, Text } from '../card.ts';
import { capital, count, dayWords, endsOf, LONGEST_SAID, quoted, quotedSentence, sentence, shorten } from '../words.ts';
import { conditionItems, differenceItems, sourceSpans } from './spans.ts';

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

const MOST_ENDED = 8;
const MOST_TASKS = 6;

export const CITATIONS: Record<ReassessmentTrigger, string> = {
  A2: 'Guidance 7, bullet 2, item 1',
  A3: 'Guidance 7, bullet 2, item 2',
  A4: 'Guidance 7, bullet 2, item 3',
  A5: 'Guidance 7, bullet 2, item 4',
  house: 'House rule',
};

const KINDS: Record<Exclude<ReassessmentTrigger, 'A2' | 'house'>, string> = {
  A3: 'Something new with this customer',
  A4: 'A major change in the relationship',
  A5: 'A country alert',
};

/** What a sheet says is of no customer, nor is it an alert. */
const kindWords = (id: string, trigger: keyof typeof KINDS): string => {
  if (!id.startsWith(OF_SHEET)) return KINDS[trigger];
  return `Something new about the ${trigger === 'A5' ? 'country' : 'product'}`;
};

export const reassessmentNamed = (view: DealView, id: string): Reassessment | undefined =>
  allReassessments(view).find((task) => task.id === id);

/** Cause and deadline of a reassessment, and the Guidance's own point. */
export const reassessmentText = (view: DealView, task: Reassessment): Span[] => {
  const { trigger, why, by, due, source } = task;
  const late: Span[] = isOverdue(view, task) ? [{ strong: 'Overdue. ' }] : [];
  const cited: Span = { quiet: ` ${CITATIONS[trigger]}.` };
  if (trigger === 'house') return [...late, `${sentence(why)} Reassess by ${dayWords(due)}.`, cited];
  if (trigger === 'A2') return [...late, `${sentence(why)} Reassess before ${dayWords(due)}.`, cited];
  return [
    ...late,
    `${kindWords(task.id, trigger)}: ${quoted(why, LONGEST_SAID)} `,
    ...(trigger === 'A5' ? [] : [{ person: by }, '. ']),
    ...(source ? ['Source: ', ...sourceSpans([source], 1), ' '] : []),
    `Reassess by ${dayWords(due)}.`,
    cited,
  ];
};

/** What whoever asked for the deal and looks after it reports comes last; nobody's many reports push out somebody else's one. */
const tasksBlocks = (view: DealView, heading: string, tasks: readonly Reassessment[]): PlainBlock[] => {
  if (tasks.length === 0) return [];
  const own = tasks.filter(({ trigger, by }) => trigger !== 'A2' && isOwnWord(view.deal, by));
  const ordered = [...inTurn(tasks.filter((task) => !own.includes(task))), ...own];
  const left = ordered.slice(MOST_TASKS);
  const whose = left.every((task) => own.includes(task)) ? ', reported by who asked for the deal' : '';
  return [
    { kind: 'heading', text: heading },
    { kind: 'list', items: ordered.slice(0, MOST_TASKS).map((task) => reassessmentText(view, task)) },
    ...(left.length > 0
      ? [{ kind: 'note', text: `And ${left.length} more${whose}: the dossier has all.` } satisfies PlainBlock]
      : []),
  ];
};

/** Causes that call for a reassessment now. Empty if there are none. */
export const askedBlocks = (view: DealView): PlainBlock[] =>
  tasksBlocks(
    view,
    view.deal.standing ? 'Why it is reassessed' : 'A reassessment is asked for',
    askedReassessments(view),
  );

export const datesWords = (dates: readonly Omit<Renewal, 'at'>[]): string =>
  dates
    .map(({ of, on, latest = on }) => {
      const theirs = latest === on ? '' : ` (compliance set ${dayWords(latest)})`;
      return `${of} renewed on ${dayWords(on)}${theirs}`;
    })
    .join(', ');

/** `Looked at again by 1 March 2028 at the latest.` Empty where the policy has no such day. */
const againSpans = (view: DealView): Span[] => {
  const again = lookedAtAgain(view);
  if (again === undefined) return [];
  const house = again === latestLook(view);
  return [
    ` Looked at again by ${dayWords(again)} at the latest.`,
    ...(house ? [{ quiet: ` ${CITATIONS.house}.` } satisfies Span] : []),
  ];
};

/** The renewal dates, or that somebody should give them, and the next look. For a deal with an approval in force. */
export const renewalsText = (view: DealView): Text => {
  const { deal } = view;
  const { renewals } = deal;
  const again = againSpans(view);
  if (!renewals) {
    return [
      'Renewals: not set. ',
      { person: deal.owner },
      ': when is the licence or the contract renewed? You are reminded to reassess before. ',
      { quiet: `${CITATIONS.A2}.` },
      ...again,
    ];
  }
  if (renewals.dates.length === 0) {
    return ['Renewals: none. ', { person: renewals.by }, `: ${quoted(renewals.reason ?? '', LONGEST_SAID)}`, ...again];
  }
  const dates = `Renewals: ${datesWords(renewals.dates)}.`;
  return again.length === 0 ? dates : [dates, ...again];
};

/** Who decided without it, and why. */
const leftOutSpans = (deal: OpenedDeal, condition: string): Span[] => {
  if (deal.status !== 'decided') return [];
  const vote = deal.decision.votes.find(({ leftOut = [] }) => leftOut.some((one) => one.condition.id === condition));
  const left = vote?.leftOut?.find((one) => one.condition.id === condition);
  return vote && left
    ? [' Left out by ', { person: vote.by }, `. Because: ${quotedSentence(left.reason, LONGEST_SAID)}`]
    : [];
};

/** Conditions that a previous approval left open, and nobody has to keep any more. */
export const endedBlocks = ({ deal }: DealView): PlainBlock[] => {
  const { pastApproval } = deal;
  if (!pastApproval || pastApproval.ended.length === 0) return [];
  const { at, ended } = pastApproval;
  const more = ended.length - MOST_ENDED;
  return [
    {
      kind: 'text',
      text: `Open when the approval of ${dayWords(at)} ended, and not taken over. Nobody has to keep ${ended.length === 1 ? 'this' : 'these'} any more:`,
    },
    {
      kind: 'list',
      items: ended.slice(0, MOST_ENDED).map((c) => {
        const [item = ''] = conditionItems([{ ...c, text: endsOf(c.text, LONGEST_SAID) }]);
        return [...[item].flat(), ...leftOutSpans(deal, c.id)];
      }),
    },
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, in the record.` } satisfies PlainBlock] : []),
  ];
};

/** States that a previous approval does not count any more, if the deal has none now. */
export const lostBlocks = (view: DealView): PlainBlock[] => {
  const { pastApproval } = view.deal;
  if (!pastApproval || approvalOf(view.deal)) return [];
  return [
    { kind: 'text', text: `The approval of ${dayWords(pastApproval.at)} does not count any more.` },
    ...endedBlocks(view),
  ];
};

/** States that the approval that is reassessed is suspended, and for what. Empty where it is not. */
export const suspendedBlocks = (view: DealView): PlainBlock[] => {
  const suspended = view.deal.standing?.suspended;
  return suspended
    ? [
        {
          kind: 'text',
          text: [
            { strong: 'That approval is suspended. ' },
            `Overdue: ${shorten(overdueInWords(view, suspended), 300)}`,
          ],
        },
      ]
    : [];
};

/** Start of what approvers read in a reassessment: differences from the approval's facts, and why they are asked. */
export const sinceApprovalBlocks = (view: DealView, most: number): PlainBlock[] => {
  const then = viewThen(view);
  const at = view.deal.standing?.decision.at;
  if (!then || at === undefined) return [];
  const found = differences(then, view);
  const more = found.length - most;
  const when = `since the approval of ${dayWords(at)}`;
  return [
    {
      kind: 'text',
      text: [
        { strong: found.length === 0 ? `By its answers, nothing changed ${when}.` : capital(`what changed ${when}:`) },
      ],
    },
    ...suspendedBlocks(view),
    ...(found.length === 0 ? [] : [{ kind: 'list', items: differenceItems(view, found, most) } satisfies PlainBlock]),
    ...(more > 0
      ? [
          {
            kind: 'note',
            text: `And ${count(more, 'more change')}: the sections in the thread show them.`,
          } satisfies PlainBlock,
        ]
      : []),
    ...askedBlocks(view),
  ];
};
