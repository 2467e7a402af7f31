/** What people type: the command, or a mention of the bot in a thread. */
import { changeCard, helpCard, statusCard } from '../../blocks/cards/status.ts';
import { openForm } from '../../blocks/forms/open.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Reply } from '../interaction.ts';
import { deny, gone, readable, type Desk, type Words } from './desk.ts';

const DEAL_ID = /\bD-[0-9A-Z]{6,20}\b/;

const dealHere = async (desk: Desk, act: Words): Promise<DealView | undefined> => {
  const named = DEAL_ID.exec(act.words.toUpperCase())?.[0];
  if (named) return readable(desk, named, act.person);
  if (!act.place?.thread) return undefined;
  const found = await desk.store.findRef({ channel: act.place.channel, message: act.place.thread });
  return found ? readable(desk, found.stream, act.person) : undefined;
};

const help = (desk: Desk): Reply => ({
  kind: 'tell',
  card: helpCard([
    { words: desk.command, does: 'clear a new deal, in the clearance channel' },
    { words: `${desk.command} status D-…`, does: 'see where a deal stands and who has it' },
    { words: '@Clearthread status', does: "in a deal's thread: the same" },
    {
      words: '@Clearthread change',
      does: "in a deal's thread: correct, withdraw, reopen or give the deal to someone else",
    },
  ]),
});

const whereTo = (desk: Desk): string =>
  desk.organisation().clearanceChannels.length === 0
    ? 'No clearance channel is set yet. Ask compliance to name one in the organisation file.'
    : `Deals are not cleared in this channel. Please type ${desk.command} in the clearance channel.`;

const open = (desk: Desk, act: Words): Reply => {
  const place = act.place;
  if (place?.shared) return deny('This channel is shared with another organisation, so no deal can be cleared here.');
  if (!place || place.direct || !desk.organisation().clearanceChannels.includes(place.channel))
    return deny(whereTo(desk));
  if (!act.canOpen) return help(desk);
  return { kind: 'form', form: openForm(desk.organisation(), place.channel) };
};

export const onWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const [verb = ''] = act.words.trim().toLowerCase().split(/\s+/u);
  const deal = await dealHere(desk, act);
  switch (verb) {
    case 'help':
      return help(desk);
    case 'status':
    case 'change':
      if (deal) return { kind: 'tell', card: verb === 'change' ? changeCard(deal) : statusCard(deal) };
      // Named, or said in a thread: then there may be a deal that this person may not open.
      if (DEAL_ID.test(act.words.toUpperCase()) || act.place?.thread) return gone();
      return deny(`Please say it in a deal's thread, or name the deal: ${desk.command} status D-…`);
    case '':
    case 'new':
      return deal ? { kind: 'tell', card: statusCard(deal) } : open(desk, act);
    default:
      return deal ? { kind: 'tell', card: statusCard(deal) } : help(desk);
  }
};
