/** Short answers to one person: a deal's status, what can be typed, a refusal, a notice. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import type { Action, Block, Card, Span, Text } from '../card.ts';
import {
  answerButton,
  answersButton,
  confirmScopeButton,
  giveInformationButton,
  moreButton,
  newDealButton,
  openThreadButton,
  recuseButton,
  reopenButton,
  reviewButton,
  row,
  somethingChangedButton,
  whyButton,
  dossierButton,
  raiseFlagButton,
} from './actions.ts';
import { findingButton } from './finding-button.ts';
import { headBlocks } from './root.ts';
import { dealTitle } from './spans.ts';
import { stoodOnBlocks } from './stood-on.ts';
import { whoDecidedBlocks } from './who-decided.ts';

/** The button for what the deal waits for, if it waits for this person. */
const next = (view: DealView, person: PersonId | undefined): Action | undefined => {
  const waiting = waitingFor(view);
  if (person === undefined || waiting.for === 'nothing' || !waiting.people.includes(person)) return undefined;
  switch (waiting.for) {
    case 'section': {
      const section = view.policy.sections.find((s) => s.id === waiting.section);
      return section && answerButton(view.deal.id, section, 'Answer');
    }
    case 'information': {
      const asked = view.deal.requests.find((r) => r.id === waiting.request);
      return asked && giveInformationButton(view.deal.id, asked.id, asked.question);
    }
    case 'votes':
      return reviewButton(view.deal.id, waiting.step);
    case 'scope':
      return confirmScopeButton(view.deal.id);
    case 'finding':
      return findingButton(view, person);
    case 'chief':
      return reopenButton(view.deal.id);
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

/** Where it stands, who decided and on what; who decided first where that is asked. */
const answerBlocks = (view: DealView, asksWho: boolean): readonly Block[] => {
  const [title, ...stands] = headBlocks(view);
  const decided = [...whoDecidedBlocks(view), ...stoodOnBlocks(view)];
  if (!title) return decided;
  return asksWho && decided.length > 0
    ? [title, ...decided, { kind: 'heading', text: 'Where it stands' }, ...stands]
    : [title, ...stands, ...decided];
};

/** `person`: the reader. `threadUrl`: of its thread, where it is read elsewhere. `asksWho`: they ask who decided. */
export const statusCard = (view: DealView, person?: PersonId, threadUrl?: string, asksWho = false): Card => ({
  blocks: [
    ...answerBlocks(view, asksWho),
    ...row(
      next(view, person),
      view.deal.status === 'decided' && answersButton(view.deal.id),
      whyButton(view.deal.id),
      dossierButton(view.deal.id),
      threadUrl !== undefined && openThreadButton(view.deal.id, threadUrl),
    ),
  ],
});

/** Answers `why D-…` where words cannot open a form. */
export const whyCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'text', text: ['Why ', { strong: dealTitle(view.deal) }, ' has its tier:'] },
    ...row(whyButton(view.deal.id)),
  ],
});

/** Answers `export D-…` where words can neither open a form nor bring a file. */
export const dossierCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'text', text: ['The dossier of ', { strong: dealTitle(view.deal) }, ':'] },
    ...row(dossierButton(view.deal.id)),
  ],
});

/** Answers "@Clearthread new deal": the form opens for anybody who presses. `channel`: empty if the form asks. */
export const newDealCard = (channel: string): Card => ({
  blocks: [
    { kind: 'title', text: 'Clear a new deal' },
    { kind: 'text', text: 'A few facts first, then the questions, in a thread of their own.' },
    ...row(newDealButton(channel)),
  ],
});

/** `text` says what was refused and what to do instead. */
export const refusalCard = (text: Text, title = 'Not done'): Card => ({
  blocks: [
    { kind: 'title', text: title, tone: 'attention' },
    { kind: 'text', text },
  ],
});

/** What may be said of a deal to somebody who may not open it. */
export interface Closed {
  /** That shows the deal's card to the reader anyway, by its name; elsewhere a deal that is denied looks like none. */
  channel?: string | undefined;
  /** What the card says there. */
  state?: readonly Block[] | undefined;
  /** The deal, where a red flag may be raised on it: that needs no right to read. Only beside `channel`. */
  flag?: DealId | undefined;
  /** Where its card may stand, of a deal that was named elsewhere. */
  channels?: string | undefined;
  /** Of its thread, in the channel that shows it. */
  threadUrl?: string | undefined;
  /** Its number as it was typed, whether there is such a deal or not. */
  named?: DealId | undefined;
  /** Somebody of compliance. */
  helper?: PersonId | undefined;
}

const whyClosed = ({ channel, named }: Closed): string => {
  if (channel !== undefined) return 'Only the deal team, its approvers and compliance can open this deal.';
  const other = named === undefined ? 'It may also be a deal' : 'The number may also be mistyped, or of a deal';
  return `Only the deal team, its approvers and compliance can open a deal. ${other} that was erased.`;
};

const whereToRead = ({ channel, channels = 'the clearance channel', named }: Closed): string => {
  if (channel !== undefined) return `This stands on its card in ${channel}. `;
  if (named === undefined) return '';
  return `If it was cleared in ${channels}, ask there: “@Clearthread status ${named}”. Its card says where it stands, who decided and who owns it.`;
};

const whomToAsk = (helper: PersonId | undefined): readonly Span[] =>
  helper === undefined
    ? ['If you should read more, ask compliance.']
    : ['If you should read more, ask ', { person: helper }, ' of compliance.'];

/** Whoever knows something of a deal need not read it to say so. */
const SPEAK_UP = 'Do you know something that speaks against this deal? Raise a flag: compliance looks at it.';

export const closedCard = (closed: Closed = {}): Card => {
  const { named, threadUrl, helper, channel, flag } = closed;
  const title = 'You cannot open this deal';
  // What helps comes first.
  const isElsewhere = named !== undefined && channel === undefined;
  const said: Block[] = isElsewhere
    ? [
        ...refusalCard(whereToRead(closed), title).blocks,
        { kind: 'text', text: [`${whyClosed(closed)} `, ...whomToAsk(helper)] },
      ]
    : [
        ...refusalCard(whyClosed(closed), title).blocks,
        ...(closed.state ?? []),
        { kind: 'text', text: [whereToRead(closed), ...whomToAsk(helper)] },
        ...(flag === undefined ? [] : [{ kind: 'text', text: SPEAK_UP } satisfies Block]),
      ];
  return {
    blocks: [
      ...said,
      ...row(
        named !== undefined && threadUrl !== undefined && openThreadButton(named, threadUrl),
        flag !== undefined && raiseFlagButton(flag),
      ),
    ],
  };
};

export const noticeCard = (text: Text): Card => ({ blocks: [{ kind: 'text', text }] });

/** Answers "@Clearthread change": a mention cannot open a form, so the card has the button that can. */
export const changeCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'text', text: ['What would you like to change about ', { strong: dealTitle(view.deal) }, '?'] },
    ...row(approvalOf(view.deal) && somethingChangedButton(view.deal.id), moreButton(view.deal.id)),
  ],
});

const UNREAD = 'What is typed here is kept nowhere, and nobody who decides reads it.';

/** For whoever says of a deal what nobody keeps: names nothing of it, as they may not read it. */
export const flagOffer = (deal: DealId): Block[] => [
  {
    kind: 'text',
    text: `${UNREAD} If it worries you, raise it as a flag: then it stands on the deal, and compliance looks at it.`,
  },
  ...row(raiseFlagButton(deal)),
];

/** The same where it is not known which deal is meant. */
export const flagWords = (typed: string | undefined): Block[] =>
  typed === undefined
    ? []
    : [
        {
          kind: 'text',
          text: [`${UNREAD} If something about a deal worries you, raise it as a flag: `, { strong: typed }, '.'],
        },
      ];

/** Answers `flag D-…`: a mention cannot open a form. */
export const flagCard = (deal: DealId): Card => ({ blocks: flagOffer(deal) });

/** Answers `recuse D-…`: a mention cannot open a form. */
export const recuseCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'text', text: ['Have others decide on ', { strong: dealTitle(view.deal) }, ' in your place?'] },
    ...row(recuseButton(view.deal.id)),
  ],
});

/** Replaces a review card of an earlier round of routing. */
export const replacedCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'title', text: `Earlier review of ${view.deal.id}` },
    {
      kind: 'text',
      text: 'The facts changed or the deal was reopened, so its review started again. The newer card below counts.',
    },
  ],
});
