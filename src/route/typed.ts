/** Typed words: the command, or a mention of the bot in a thread. */

import type { Card } from '../../blocks/card.ts';
import type { NearName } from '../../blocks/cards/help.ts';
import {
  changeCard,
  flagCard,
  flagOffer,
  newDealCard,
  recuseCard,
  statusCard,
  whyCard,
} from '../../blocks/cards/status.ts';
import { raiseFlagForm } from '../../blocks/forms/flag.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { asksOfOwn, asksWho, asksWhyDecided, decisionOn, searchesIn } from '../../flows/lists/plain-questions.ts';
import type { Reply } from '../edge/interaction.ts';
import { dealNamedIn, dealsSpelledIn, withDealNamed } from '../ids.ts';
import { onAwayWords } from './away.ts';
import { onBoardWords } from './board.ts';
import { onChannelWords } from './channel-review.ts';
import { help, unknown } from './commands.ts';
import { onConfirmWords } from './confirming.ts';
import { onAlertsWords, onAlertWords, onWatchWords } from './countries.ts';
import { whyReply } from './deal.ts';
import { deny, goneAt, goneNamed, isReply, readable, tell, type Desk, type Words } from './desk.ts';
import { onDigestWords } from './digest.ts';
import { onExportWords } from './dossier.ts';
import { onEraseWords } from './erasing.ts';
import { onDecisionWords, onFindWords, onListWords, onNameWords } from './finding.ts';
import { onGapsWords } from './gaps.ts';
import { onHoldsWords, onHoldWords } from './holds.ts';
import { onHomeWords } from './home.ts';
import { onLawsWords } from './laws.ts';
import { onMineWords, onQueueWords } from './lists.ts';
import { onNumbersWords } from './numbers.ts';
import { formAt, openingAt, toType } from './opening.ts';
import { onPasskeyWords } from './passkeys.ts';
import { onProgrammeWords } from './programme.ts';
import { onSheetWords } from './sheets.ts';
import { asCommand, saysSomething, spoken } from './spoken.ts';
import { heldBackReply, onTrainingWords } from './training.ts';
import { onYearWords } from './yearly.ts';

/** The deal that is named, or whose thread it is. */
const meantIn = async (desk: Desk, act: Words): Promise<string | undefined> => {
  const named = dealNamedIn(act.words);
  if (named !== undefined || !act.place?.thread) return named;
  return (await desk.store.findRef({ channel: act.place.channel, message: act.place.thread }))?.stream;
};

/** The deal in whose thread it is said, also for whoever may not read it. */
const threadDeal = async (desk: Desk, act: Words): Promise<string | undefined> => {
  const named = dealNamedIn(act.words);
  const meant = named === undefined && act.place?.thread !== undefined ? await meantIn(desk, act) : undefined;
  return meant === undefined ? undefined : (await desk.deals.view(meant))?.deal.id;
};

const dealHere = async (desk: Desk, act: Words): Promise<DealView | undefined> => {
  const meant = await meantIn(desk, act);
  return meant === undefined ? undefined : readable(desk, meant, act.person);
};

/** An answer that may stand where it was asked: it names nothing that the readers of that place do not see there anyway. */
const openly = (card: Card): Reply => ({ kind: 'tell', card, open: true });

/** Opens a deal: a command gets its form, other words get the button that opens it. */
const open = async (desk: Desk, act: Words): Promise<Reply> => {
  const opening = openingAt(desk, act);
  if (isReply(opening)) return opening.kind === 'tell' ? openly(opening.card) : opening;
  const held = await heldBackReply(desk, act.person, 'opening');
  if (held) return held;
  if (act.canOpen) return formAt(desk, opening, act.person);
  return openly(newDealCard('channel' in opening.target ? opening.target.channel : ''));
};

const threadOf = (desk: Desk, { place }: Words, { deal }: DealView): Promise<string | undefined> =>
  desk.threadUrl(deal.id, deal.home, place?.platform).catch(() => undefined);

/** In private: it names what the thread does not. */
const why = async (desk: Desk, act: Words, view: DealView): Promise<Reply> =>
  act.canOpen ? whyReply(desk, act.person, view) : { kind: 'tell', card: whyCard(view) };

/** The deal whose number was typed without its `D-`, where the person may read it: else it may be any word. */
const spelled = async (desk: Desk, { words, person }: Words): Promise<string | undefined> => {
  if (dealNamedIn(words) !== undefined) return undefined;
  for (const id of dealsSpelledIn(words)) if (await readable(desk, id, person)) return id;
  return undefined;
};

/** What follows these is no statement. */
const TAKES_WORDS = new Set([
  'flag',
  'alert',
  'find',
  'search',
  'list',
  'deals',
  'all',
  'board',
  'hold',
  'brief',
  'sheet',
  'laws',
  'training',
]);

/** Whoever says something of a deal, in its thread or by its number, may think that it is kept. */
const remarkedOn = (deal: string | undefined, { words }: Words, reply: Reply): Reply => {
  const { verb, list } = spoken(words);
  const isAsked =
    TAKES_WORDS.has(verb) ||
    list !== undefined ||
    asCommand(words) !== undefined ||
    asksOfOwn(words) ||
    ASKS_IT.test(words);
  if (reply.kind !== 'tell' || deal === undefined || isAsked) return reply;
  return { ...reply, card: { ...reply.card, blocks: [...reply.card.blocks, ...flagOffer(deal)] } };
};
const ASKS_IT = /^\s*(?:please|thanks?|show|give|remind|nudge|recuse|away|help|new deal|clear)\b/iu;
const FLAG = 'flag D-…';

/** Whoever may not read a deal may raise a flag on it, and learns nothing of it by that. */
const onFlagWords = async (desk: Desk, { person, canOpen, words }: Words, deal: string): Promise<Reply> => {
  const view = await desk.deals.view(deal);
  const no = view ? refusal(view, person, 'raise flag') : undefined;
  if (!view) return deny('There is no deal of that number.');
  if (no !== undefined) return deny(no);
  const title = words.replace(/^\s*flag\b[\s:,]*(?:D-\w+)?[\s:,]*/iu, '');
  return canOpen ? { kind: 'form', form: raiseFlagForm(view, { title }) } : { kind: 'tell', card: flagCard(deal) };
};

export const onWords = async (desk: Desk, typed: Words): Promise<Reply> => {
  const id = await spelled(desk, typed);
  const act = id === undefined ? typed : { ...typed, words: withDealNamed(typed.words, id) };
  const reply = await answered(desk, act);
  if (reply.kind !== 'tell' || !saysSomething(act.words)) return reply;
  return remarkedOn((await dealHere(desk, act))?.deal.id ?? (await threadDeal(desk, act)), act, reply);
};

const answered = async (desk: Desk, act: Words): Promise<Reply> => {
  const { verb, list, query = '' } = spoken(act.words);
  if (list === 'home') return onHomeWords(desk, act);
  if (list === 'mine') return onMineWords(desk, act);
  if (list === 'queue') return onQueueWords(desk, act);
  if (list === 'numbers') return onNumbersWords(desk, act, query);
  if (list === 'board') return onBoardWords(desk, act, query);
  if (list === 'all') return onListWords(desk, act);
  if (list === 'find') return onFindWords(desk, act, query);
  const asked = asCommand(act.words);
  const deal = await dealHere(desk, act);
  const named = dealNamedIn(act.words);
  const isNamed = named !== undefined;
  const closed = async (): Promise<Reply> =>
    named === undefined ? goneAt(desk, (await meantIn(desk, act)) ?? '', act.place) : goneNamed(desk, named, act.place);
  // In the deal's own thread its root card says as much to everybody.
  const tellOf = (card: Card): Reply => (isNamed ? { kind: 'tell', card } : openly(card));
  const statusOf = async (view: DealView): Promise<Reply> =>
    tellOf(statusCard(view, act.person, isNamed ? await threadOf(desk, act, view) : undefined, asksWho(act.words)));
  const unknownHere = (near?: NearName): Card => unknown(desk, act, act.words, near);
  const byName = (): Promise<Reply> => onNameWords(desk, act, unknownHere);
  const inThread = async (view: DealView): Promise<Reply> => ({
    kind: 'tell',
    card: statusCard(view, act.person, await threadOf(desk, act, view), asksWho(act.words)),
  });
  const decided = decisionOn(act.words);
  switch (verb) {
    case 'help':
      return openly(help(desk, act));
    case 'status':
    case 'change':
      if (deal) return verb === 'change' ? tellOf(changeCard(deal)) : statusOf(deal);
      // A deal was named, or is meant by the thread: it may be one that this person may not open.
      if (dealNamedIn(act.words) || act.place?.thread) return closed();
      if (verb === 'status') {
        return searchesIn(act.words).length === 0 ? onMineWords(desk, act) : onNameWords(desk, act, unknownHere);
      }
      return deny(`Please say it in a deal's thread, or name the deal: ${toType(desk, act.place, `${verb} D-…`)}`);
    case 'why':
      // Of a decision it is asked who decided; else what gave the deal its tier.
      if (deal) return asksWhyDecided(act.words) ? statusOf(deal) : why(desk, act, deal);
      if (isNamed || act.place?.thread) return closed();
      if (decided === undefined) return tell(`Please name the deal: ${toType(desk, act.place, 'why D-…')}`);
      return onDecisionWords(desk, act, {
        named: decided,
        one: (view) => (asksWhyDecided(act.words) ? inThread(view) : why(desk, act, view)),
        otherwise: byName,
      });
    case 'export':
    case 'dossier':
    case 'pdf':
      if (deal) return onExportWords(desk, act, deal);
      if (isNamed || act.place?.thread) return closed();
      return deny(`Please name the deal: ${toType(desk, act.place, 'export D-…')}`);
    case 'recuse':
      if (deal) return { kind: 'tell', card: recuseCard(deal) };
      if (dealNamedIn(act.words) || act.place?.thread) return closed();
      return deny(`Please name the deal: ${toType(desk, act.place, 'recuse D-…')}`);
    case 'flag': {
      const meant = deal?.deal.id ?? (await threadDeal(desk, act));
      if (meant === undefined && isNamed) return closed();
      if (meant === undefined)
        return deny(`Please say it in a deal's thread, or name the deal: ${toType(desk, act.place, FLAG)}`);
      return onFlagWords(desk, act, meant);
    }
    case 'away':
      return onAwayWords(desk, act);
    case 'hold':
      if (!deal && dealNamedIn(act.words)) return closed();
      return onHoldWords(desk, act, deal);
    case 'confirm':
      if (!deal && dealNamedIn(act.words)) return closed();
      return onConfirmWords(desk, act, deal);
    case 'alert':
      return onAlertWords(desk, act);
    case 'alerts':
      return onAlertsWords(desk, act);
    case 'laws':
      return onLawsWords(desk, act);
    case 'sheet':
    case 'sheets':
      return onSheetWords(desk, act, 'product');
    case 'brief':
    case 'briefs':
      return onSheetWords(desk, act, 'country');
    case 'gaps':
      return onGapsWords(desk, act);
    case 'erase':
      if (!deal && dealNamedIn(act.words)) return closed();
      return onEraseWords(desk, act, deal);
    case 'watch':
      return onWatchWords(desk, act);
    case 'holds':
      return onHoldsWords(desk, act);
    case 'passkey':
    case 'passkeys':
      return onPasskeyWords(desk, act);
    case 'training':
      return onTrainingWords(desk, act);
    case 'channel':
      return onChannelWords(desk, act);
    case 'report-year':
    case 'yearly-report':
      return onYearWords(desk, act);
    case 'programme':
    case 'program':
      return onProgrammeWords(desk, act);
    case 'digest':
      return onDigestWords(desk, act);
    case 'new':
      return open(desk, act);
    case '':
      return deal ? statusOf(deal) : open(desk, act);
    default:
      if (deal) return statusOf(deal);
      if (isNamed) return closed();
      if (asked !== undefined) return answered(desk, { ...act, words: asked });
      if (asksOfOwn(act.words)) return onMineWords(desk, act);
      return decided === undefined
        ? byName()
        : onDecisionWords(desk, act, { named: decided, one: inThread, otherwise: byName });
  }
};
