/** A private message that asked something, once it is no longer asked: what came of it, without a button. */

import { licenceNow } from '../../flows/deal/approval/licence.ts';
import type { Vote } from '../../flows/deal/deal.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import { isRecused } from '../../flows/deal/rights/seats.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { askedIn, type Asked } from '../../flows/deal/telling/asks.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { Card, Span, Text } from '../card.ts';
import { decisionWords, licenceWord, LONGEST_QUOTED, quoted } from '../words.ts';
import { openThreadButton } from './actions.ts';
import { standingOfCondition } from './condition-state.ts';
import { lifterOf } from './facts-asking.ts';
import { dealTitle, people, votesOf } from './spans.ts';

const NEEDED_NO_MORE = 'This needs nothing from you any more.';

/** `You`, or the person's name. */
const who = (by: PersonId, reader: PersonId): Span => (by === reader ? 'You' : { person: by });
const whoAll = (all: readonly PersonId[]): Span[] => people([...new Set(all)]);

/** How the deal as a whole went on, where nothing more particular is to be said. */
const wentOn = ({ deal }: DealView, reader: PersonId): Text => {
  switch (deal.status) {
    case 'withdrawn':
      return [who(deal.by, reader), ' withdrew this deal. ', NEEDED_NO_MORE];
    case 'stopped':
      return `This deal is stopped. ${NEEDED_NO_MORE}`;
    case 'out of scope':
      return `This deal is out of scope. ${NEEDED_NO_MORE}`;
    case 'decided':
      return [
        'Decided by ',
        ...whoAll(deal.decision.votes.map(({ by }) => by)),
        `: ${decisionWords(deal.decision.outcome).toLowerCase()}. ${NEEDED_NO_MORE}`,
      ];
    case 'answering':
    case 'deciding':
      return `The deal moved on. ${NEEDED_NO_MORE}`;
    default: {
      const never: never = deal;
      return never;
    }
  }
};

const VOTED: Record<Vote['outcome'], string> = {
  approve: 'approved',
  'approve-with-conditions': 'approved with conditions',
  decline: 'declined',
};

/** Those of this review: who voted on the approval that is reassessed has not voted on it again by that. */
const ofStep = (deal: OpenedDeal, step: number): Vote[] => votesOf(deal).filter((vote) => vote.step === step);

const votesCame = (view: DealView, step: number, reader: PersonId): Text => {
  const { deal } = view;
  if (deal.status !== 'deciding' && deal.status !== 'decided') {
    return deal.status === 'answering'
      ? `The deal is being answered again, so it waits for no votes now. ${NEEDED_NO_MORE}`
      : wentOn(view, reader);
  }
  const votes = ofStep(deal, step);
  const mine = votes.find(({ by }) => by === reader);
  if (mine) {
    const lent = mine.for === undefined ? [] : [' for ', { person: mine.for }];
    return [`You ${VOTED[mine.outcome]}`, ...lent, '.'];
  }
  if (isRecused(deal, reader)) return 'You recused yourself, so others decide on this deal.';
  const forMe = votes.find((vote) => vote.for === reader);
  if (forMe) return [{ person: forMe.by }, ` ${VOTED[forMe.outcome]} for you.`];
  if (deal.status === 'decided') return wentOn(view, reader);
  if (step < deal.step) {
    return ['This step was decided by ', ...whoAll(votes.map(({ by }) => by)), `. ${NEEDED_NO_MORE}`];
  }
  return `Your vote is not needed now. ${step > deal.step ? 'You hear again when it is.' : 'Others decide in this step.'}`;
};

const sectionCame = (view: DealView, section: string, reader: PersonId): Text => {
  const { deal } = view;
  const title = view.policy.sections.find(({ id }) => id === section)?.title ?? 'the section';
  const open = deal.status === 'answering' || deal.status === 'deciding';
  const given = Object.values(own(deal.answers, section) ?? {}).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  const lost = own(own(deal.handedBack, section) ?? {}, reader);
  if (lost && lost.how !== 'answered' && lost.by !== reader && deal.handOvers[section]?.to !== reader && !given) {
    const to = deal.handOvers[section]?.to;
    return to === undefined
      ? [{ person: lost.by }, ` took ${title} back. You need not answer it any more.`]
      : [{ person: lost.by }, ` handed ${title} to `, { person: to }, ' instead. You need not answer it any more.'];
  }
  if (given)
    return given.by === reader ? `You answered ${title}.` : [title, ' was answered by ', { person: given.by }, '.'];
  if (!open) return wentOn(view, reader);
  const to = deal.handOvers[section]?.to ?? deal.owner;
  return to === reader ? NEEDED_NO_MORE : [{ person: to }, ` has ${title} now. You need not answer it any more.`];
};

const informationCame = (view: DealView, id: string, reader: PersonId): Text => {
  const request = view.deal.requests.find((one) => one.id === id);
  if (request?.answer) {
    const { by } = request.answer;
    return by === reader
      ? `You answered: ${quoted(request.question, LONGEST_QUOTED)}`
      : ['Answered by ', { person: by }, `: ${quoted(request.question, LONGEST_QUOTED)}`];
  }
  if (request?.takenBack)
    return [who(request.takenBack.by, reader), ` took the question back: ${quoted(request.question, LONGEST_QUOTED)}`];
  const { owner } = view.deal;
  return owner === reader ? wentOn(view, reader) : [{ person: owner }, ' owns this deal now, and answers.'];
};

const conditionCame = (view: DealView, id: string, reader: PersonId): Text => {
  const found = standingOfCondition(view, id);
  if (!found) return `This condition does not stand any more. ${NEEDED_NO_MORE}`;
  const { condition, progress } = found;
  const done = progress.evidence.at(-1);
  if (progress.accepted)
    return ['Done, and accepted by ', { person: progress.accepted.by }, `: ${quoted(condition.text, LONGEST_QUOTED)}`];
  if (progress.status === 'met' && done) {
    return [
      who(done.by, reader),
      ` said that it is done: ${quoted(condition.text, LONGEST_QUOTED)} Compliance looks at it.`,
    ];
  }
  return [{ person: condition.owner }, ` has this condition now: ${quoted(condition.text, LONGEST_QUOTED)}`];
};

const evidenceCame = (view: DealView, id: string, reader: PersonId): Text => {
  const found = standingOfCondition(view, id);
  if (!found) return `This condition does not stand any more. ${NEEDED_NO_MORE}`;
  const { condition, progress } = found;
  if (progress.accepted)
    return [who(progress.accepted.by, reader), ` accepted it: ${quoted(condition.text, LONGEST_QUOTED)}`];
  if (progress.returned)
    return [who(progress.returned.by, reader), ` returned it: ${quoted(condition.text, LONGEST_QUOTED)}`];
  return NEEDED_NO_MORE;
};

const flagCame = (view: DealView, id: string, reader: PersonId): Text => {
  const flag = view.deal.ownFlags.find((one) => one.id === id);
  if (!flag || flag.status === 'pending') return wentOn(view, reader);
  const lifter = flag.like && flag.settledBy === SYSTEM ? lifterOf(view, flag) : undefined;
  if (lifter !== undefined)
    return [
      who(lifter, reader),
      ` lifted the hold, so nobody needs to say who it is: ${quoted(flag.title, LONGEST_QUOTED)}`,
    ];
  const by: Span = flag.settledBy === undefined ? 'Compliance' : who(flag.settledBy, reader);
  return [by, ` ${flag.status} the flag: ${quoted(flag.title, LONGEST_QUOTED)}`];
};

const confirmedCame = (view: DealView, kind: 'scope' | 'lighter', reader: PersonId): Text => {
  const { deal } = view;
  if (deal.status === 'out of scope' && kind === 'scope') {
    const by = deal.confirmed && 'by' in deal.confirmed ? deal.confirmed.by : undefined;
    return by === undefined ? wentOn(view, reader) : [who(by, reader), ' confirmed that this deal is out of scope.'];
  }
  const refused = kind === 'scope' ? deal.scopeRefused : deal.lighterRefused;
  if (refused && deal.status === 'answering') return [who(refused.by, reader), ' sent it back.'];
  return deal.status === 'answering' || deal.status === 'deciding'
    ? `It is settled. ${NEEDED_NO_MORE}`
    : wentOn(view, reader);
};

const cameOf = (view: DealView, asked: Asked, reader: PersonId): Text => {
  const { deal } = view;
  switch (asked.kind) {
    case 'votes':
      return votesCame(view, asked.step, reader);
    case 'section':
      return sectionCame(view, asked.section, reader);
    case 'information':
      return informationCame(view, asked.request, reader);
    case 'condition':
      return conditionCame(view, asked.condition, reader);
    case 'evidence':
      return evidenceCame(view, asked.condition, reader);
    case 'flag':
      return flagCame(view, asked.flag, reader);
    case 'scope':
    case 'lighter':
      return confirmedCame(view, asked.kind, reader);
    case 'authority':
      return deal.authority?.done
        ? [who(deal.authority.done.by, reader), ' noted the notice to the authority.']
        : wentOn(view, reader);
    case 'licence':
      return `The export licence: ${licenceWord(licenceNow(deal)).toLowerCase()}. ${NEEDED_NO_MORE}`;
    case 'reassessment':
      return deal.standing ? `The reassessment is under way. ${NEEDED_NO_MORE}` : NEEDED_NO_MORE;
    case 'finding':
      return deal.finding?.sent && deal.finding.sent.by !== SYSTEM
        ? [who(deal.finding.sent.by, reader), ` sent the deal on. ${NEEDED_NO_MORE}`]
        : `The deal went on. ${NEEDED_NO_MORE}`;
    case 'laws':
      return deal.laws ? 'The note is there. Thank you.' : 'The note is not needed for this deal any more.';
    case 'together':
      return NEEDED_NO_MORE;
    case 'help':
      return `It does not wait any more. ${NEEDED_NO_MORE}`;
    default: {
      const never: never = asked;
      return never;
    }
  }
};

/** Where it is asked now, if not here: in a newer message, or in the list of what waits for the reader's vote. */
export type Below = boolean | 'in the list';

const belowWords = (below: Below): string =>
  below === 'in the list'
    ? 'It stands in the list of deals that wait for your decision.'
    : 'A newer message asks this again.';

export const settledCard = (
  view: DealView,
  asked: Asked,
  reader: PersonId,
  { threadUrl, below }: { threadUrl?: string | undefined; below: Below },
): Card => {
  const { deal } = view;
  if (!canRead(view, reader)) {
    const text = below ? belowWords(below) : NEEDED_NO_MORE;
    return {
      blocks: [
        { kind: 'title', text: deal.id },
        { kind: 'text', text },
      ],
    };
  }
  return {
    blocks: [
      { kind: 'title', text: dealTitle(deal) },
      ...(below
        ? [{ kind: 'text', text: belowWords(below) } as const]
        : askedIn(asked).map((one) => ({ kind: 'text', text: cameOf(view, one, reader) }) as const)),
      ...(threadUrl === undefined
        ? []
        : [{ kind: 'actions', actions: [openThreadButton(deal.id, threadUrl)] } as const]),
    ],
  };
};
