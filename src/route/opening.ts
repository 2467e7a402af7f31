/** Opening a deal: where it may be cleared, the form for it, and the message to its owner afterwards. */

import type { FormValues } from '../../blocks/card.ts';
import { openContext, readContext, type OpenTarget } from '../../blocks/forms/context.ts';
import { openForm, readOpenForm } from '../../blocks/forms/open.ts';
import { ALL_CHATS, CHATS, chatOf } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { clearanceChannelsIn, isAuditor, isClearanceChannel, OPENS_NONE } from '../../flows/organisation.ts';
import type { Place, Reply } from '../edge/interaction.ts';
import { dropOpening, keepOpening, keptOpening } from '../streams/opening-drafts.ts';
import { channelWords } from './channels.ts';
import {
  afterwards,
  deny,
  DONE,
  gone,
  isReply,
  tell,
  type Click,
  type Desk,
  type OnChange,
  type OnDeskClick,
  type OnSubmit,
} from './desk.ts';
import { goOn } from './section.ts';
import { submitted } from './submit.ts';
import { heldBackReply } from './training.ts';

/** Used when the chat of a request is unknown: a form that names no place is Slack's. */
const [FIRST_CHAT] = ALL_CHATS;

/** Words to type in that place: `/deal status D-…`, `@Clearthread status D-…`, or just the words in the bot's chat. */
export const toType = (desk: Desk, place: Place | undefined, words: string): string => {
  const chat = place?.platform ?? FIRST_CHAT;
  if (CHATS[chat].words === 'command') return words === 'new deal' ? desk.command : `${desk.command} ${words}`;
  return place?.direct ? words : `@Clearthread ${words}`;
};

/** Two searches to type, in words and by filters. */
export const exampleOf = (desk: Desk, place: Place | undefined): string =>
  toType(desk, place, 'find high Vietnam 2026') + ' or ' + toType(desk, place, 'find tier:high country:Vietnam');

const whereTo = (desk: Desk, place: Place | undefined): string => {
  const chat = place?.platform ?? FIRST_CHAT;
  const here = clearanceChannelsIn(desk.organisation(), chat);
  if (here.length > 0) {
    const words = toType(desk, { platform: chat, channel: '' }, 'new deal');
    const type = CHATS[chat].words === 'command' ? 'type' : 'write';
    return `Deals are not cleared in this channel. Please ${type} ${words} in ${channelWords(here)}.`;
  }
  for (const other of ALL_CHATS) {
    const there = clearanceChannelsIn(desk.organisation(), other);
    if (there.length > 0) return `Deals are cleared in ${CHATS[other].fullName}, in ${channelWords(there)}.`;
  }
  return 'No clearance channel is set yet. Ask compliance to name one in the organisation file.';
};

interface Opening {
  target: OpenTarget;
  /** Initial values of the form. */
  values: FormValues;
}

/** Where a deal asked for here is cleared, or a reply if it cannot be. `channel` preselects the choice. */
export const openingAt = (
  desk: Desk,
  { person, place }: Pick<Click, 'person' | 'place'>,
  channel = '',
): Opening | Reply => {
  const organisation = desk.organisation();
  if (isAuditor(organisation, person)) return deny(OPENS_NONE);
  if (place?.shared) return deny('This channel is shared with another organisation, so no deal can be cleared here.');
  if (!place) return deny(whereTo(desk, place));
  if (isClearanceChannel(organisation, place.channel)) {
    return { target: { channel: place.channel, ...(place.isPublic ? { public: 1 } : {}) }, values: {} };
  }
  const channels = clearanceChannelsIn(organisation, place.platform);
  if (!place.direct || channels.length === 0) return deny(whereTo(desk, place));
  const known = channels.some(({ id }) => id === channel);
  return { target: { chat: place.platform }, values: known ? { channel } : {} };
};

/** With what this person typed last and did not send. */
export const formAt = async (desk: Desk, { target, values }: Opening, person: PersonId): Promise<Reply> => {
  const kept = await keptOpening(desk, person);
  return {
    kind: 'form',
    form: openForm(desk.organisation(), target, { ...kept?.values, ...values }, kept?.at),
  };
};

/** Opens the form for a new deal. The button names no deal: any known person may press it. */
export const onNewDeal = async (desk: Desk, { person, place, value }: Click): Promise<Reply> => {
  const opening = openingAt(desk, { person, place }, value);
  if (isReply(opening)) return opening;
  return (await heldBackReply(desk, person, 'opening')) ?? formAt(desk, opening, person);
};

/** Draws the form without what was kept. */
export const onStartEmpty: OnDeskClick = async (desk, { person, form }) => {
  const target = readContext(openContext, form?.context ?? '');
  if (!target) return gone();
  await dropOpening(desk, person);
  return { kind: 'form', form: openForm(desk.organisation(), target) };
};

export const onOpenChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(openContext, context);
  if (!target) return gone();
  await keepOpening(desk, person, values);
  return { kind: 'form', form: openForm(desk.organisation(), target, values) };
};

/** What could not be taken is kept. */
export const onOpenSubmit: OnSubmit = async (desk, submit) => {
  const reply = await sendOpening(desk, submit);
  if (reply.kind === 'errors') await keepOpening(desk, submit.person, submit.values);
  return reply;
};

const sendOpening = submitted({
  about: (desk, { context }) => {
    const target = readContext(openContext, context);
    return target ? { target, organisation: desk.organisation() } : gone();
  },
  form: ({ organisation, target, values }) => openForm(organisation, target, values),
  read: (values, { organisation, target }) => readOpenForm(values, organisation, target),
  send: ({ desk }, { channel, details }, ask) =>
    desk.deals.open({ type: 'OpenDeal', home: { platform: chatOf(channel), channel }, details }, ask),
  refusedAt: 'customer',
  next: async ({ view }, { desk, organisation, target, person }, { channel }) => {
    afterwards(dropOpening(desk, person));
    // The deal went to another place than it was asked for in: the reply names it.
    const chosen = clearanceChannelsIn(organisation, chatOf(channel)).filter(
      ({ id }) => 'chat' in target && id === channel,
    );
    const opened = `Opened: ${view.deal.id}${chosen.length > 0 ? `, in ${channelWords(chosen)}` : ''}.`;
    const next = await goOn(desk, view, person, opened);
    if (next) return { kind: 'form', form: next };
    return chosen.length > 0 ? tell(opened) : DONE;
  },
});
