/** Typed words: the command, or a mention of the bot in a thread. */

import type { Card } from '../../blocks/card.ts';
import { changeCard, helpCard, newDealCard, recuseCard, statusCard } from '../../blocks/cards/status.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { dealNamedIn } from '../ids.ts';
import { onAwayWords } from './away.ts';
import { onChannelWords } from './channel-review.ts';
import { onConfirmWords } from './confirming.ts';
import { onAlertsWords, onAlertWords, onWatchWords } from './countries.ts';
import { deny, gone, isReply, readable, type Desk, type Words } from './desk.ts';
import { onDigestWords } from './digest.ts';
import { onEraseWords } from './erasing.ts';
import { onGapsWords } from './gaps.ts';
import { onHoldsWords, onHoldWords } from './holds.ts';
import { onLawsWords } from './laws.ts';
import { onFindWords, onMineWords, onQueueWords } from './lists.ts';
import { formAt, openingAt, toType } from './opening.ts';
import { onPasskeyWords } from './passkeys.ts';
import { spoken } from './spoken.ts';
import { heldBackReply, onTrainingWords } from './training.ts';

const dealHere = async (desk: Desk, act: Words): Promise<DealView | undefined> => {
  const named = dealNamedIn(act.words);
  if (named) return readable(desk, named, act.person);
  if (!act.place?.thread) return undefined;
  const found = await desk.store.findRef({ channel: act.place.channel, message: act.place.thread });
  return found ? readable(desk, found.stream, act.person) : undefined;
};

/** An answer that may stand where it was asked: it names nothing that the readers of that place do not see there anyway. */
const openly = (card: Card): Reply => ({ kind: 'tell', card, open: true });

const help = (desk: Desk, { place, person }: Words): Reply =>
  openly(
    helpCard([
      {
        words: toType(desk, place, 'new deal'),
        does: 'clear a new deal, in the clearance channel or in a chat with me',
      },
      { words: toType(desk, place, 'mine'), does: 'your deals, and what somebody handed to you' },
      { words: toType(desk, place, 'queue'), does: 'what waits for your decision, oldest first' },
      {
        words: toType(desk, place, 'find WORDS'),
        does: 'deals by customer, country, flag, status, tier, year and more',
      },
      { words: toType(desk, place, 'status D-…'), does: 'see where a deal stands and who has it' },
      { words: toType(desk, place, 'away'), does: 'say when you are away, and who acts for you' },
      ...(desk.signing
        ? [{ words: toType(desk, place, 'passkey'), does: 'see your passkeys, with which you sign votes, and add one' }]
        : []),
      { words: toType(desk, place, 'recuse D-…'), does: 'step back from deciding on a deal in which you have a stake' },
      ...(isOfCompliance(desk.organisation(), person)
        ? [
            {
              words: toType(desk, place, 'hold'),
              does: 'stop upgrades, support and the like for a deal or an end-user',
            },
            { words: toType(desk, place, 'confirm'), does: 'confirm what makes deals lighter, several at once' },
            { words: toType(desk, place, 'holds'), does: 'see the holds that stand, lift them' },
            { words: toType(desk, place, 'training all'), does: "see everybody's training, record what others took" },
            { words: toType(desk, place, 'channel'), does: 'see when the reporting channel was reviewed, review it' },
            {
              words: toType(desk, place, 'alert COUNTRY why, source'),
              does: 'ask for a reassessment of every approved deal there',
            },
            { words: toType(desk, place, 'alerts'), does: 'see the country alerts that stand, end them' },
            { words: toType(desk, place, 'gaps'), does: 'see what is accepted as not known of countries and products' },
            {
              words: toType(desk, place, 'erase'),
              does: 'erase the records of deals that are over, two people together',
            },
            { words: toType(desk, place, 'watch'), does: 'see who stays aware of which country' },
          ]
        : []),
      { words: toType(desk, place, 'laws'), does: 'see of which countries counsel looked at the laws' },
      { words: toType(desk, place, 'training'), does: 'see which training you need, and say that you took it' },
      {
        words: toType(desk, place, 'digest'),
        does: 'what waits for you, or for compliance; on or off brings it each morning',
      },
      { words: '@Clearthread status', does: "in a deal's thread: the same" },
      {
        words: '@Clearthread change',
        does: "in a deal's thread: say what changed, correct, withdraw, reopen or give the deal to someone else",
      },
    ]),
  );

/** Opens a deal: a command gets its form, other words get the button that opens it. */
const open = async (desk: Desk, act: Words): Promise<Reply> => {
  const opening = openingAt(desk, act.place);
  if (isReply(opening)) return opening.kind === 'tell' ? openly(opening.card) : opening;
  const held = await heldBackReply(desk, act.person, 'opening');
  if (held) return held;
  if (act.canOpen) return formAt(desk, opening);
  return openly(newDealCard('channel' in opening.target ? opening.target.channel : ''));
};

export const onWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const { verb, list, query = '' } = spoken(act.words);
  if (list === 'mine') return onMineWords(desk, act);
  if (list === 'queue') return onQueueWords(desk, act);
  if (list === 'find') return onFindWords(desk, act, query);
  const deal = await dealHere(desk, act);
  // In the deal's own thread its root card says as much to everybody.
  const tellOf = (card: Card): Reply => (dealNamedIn(act.words) ? { kind: 'tell', card } : openly(card));
  switch (verb) {
    case 'help':
      return help(desk, act);
    case 'status':
    case 'change':
      if (deal) return tellOf(verb === 'change' ? changeCard(deal) : statusCard(deal, act.person));
      // A deal was named, or is meant by the thread: it may be one that this person may not open.
      if (dealNamedIn(act.words) || act.place?.thread) return gone();
      if (verb === 'status') return onMineWords(desk, act);
      return deny(`Please say it in a deal's thread, or name the deal: ${toType(desk, act.place, `${verb} D-…`)}`);
    case 'recuse':
      if (deal) return { kind: 'tell', card: recuseCard(deal) };
      if (dealNamedIn(act.words) || act.place?.thread) return gone();
      return deny(`Please name the deal: ${toType(desk, act.place, 'recuse D-…')}`);
    case 'away':
      return onAwayWords(desk, act);
    case 'hold':
      if (!deal && dealNamedIn(act.words)) return gone();
      return onHoldWords(desk, act, deal);
    case 'confirm':
      if (!deal && dealNamedIn(act.words)) return gone();
      return onConfirmWords(desk, act, deal);
    case 'alert':
      return onAlertWords(desk, act);
    case 'alerts':
      return onAlertsWords(desk, act);
    case 'laws':
      return onLawsWords(desk, act);
    case 'gaps':
      return onGapsWords(desk, act);
    case 'erase':
      if (!deal && dealNamedIn(act.words)) return gone();
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
    case 'digest':
      return onDigestWords(desk, act);
    case 'new':
      return open(desk, act);
    case '':
      return deal ? tellOf(statusCard(deal, act.person)) : open(desk, act);
    default:
      if (deal) return tellOf(statusCard(deal, act.person));
      return dealNamedIn(act.words) ? gone() : help(desk, act);
  }
};
