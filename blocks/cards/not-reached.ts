/** Said when a notice did not get to somebody, or to one of a deal's threads, so that a person can do something about it. */

import { CHATS, type Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Card } from '../card.ts';

/**
 * `install`: the chat in which they have to install the app, where that mends it. `about`: the deal, where this
 * is not said in its thread; `nothing` for what is about no deal.
 */
export const notReachedCard = (
  person: PersonId,
  { install, about = 'this deal' }: { install: Chat | undefined; about?: string },
): Card => ({
  blocks: [
    { kind: 'title', text: 'Somebody could not be reached', tone: 'attention' },
    {
      kind: 'text',
      text: [`A message ${about === 'nothing' ? 'of Clearthread' : `about ${about}`} did not get to `, { person }, '.'],
    },
    {
      kind: 'note',
      text:
        (install && CHATS[install].install) ??
        'Please tell them yourself. Their chat account is missing or closed: the people who run Clearthread can mend that.',
    },
  ],
});

/** Said when a message was given up that was owed to a thread, or to nobody knows whom. */
export const missedCard = (deal: string | undefined): Card => ({
  blocks: [
    { kind: 'title', text: 'A message did not get through', tone: 'attention' },
    {
      kind: 'text',
      text:
        deal === undefined
          ? 'Clearthread gave up on a message after several tries.'
          : `Clearthread gave up on a message in the thread of ${deal} after several tries, so what stands there may be old. @Clearthread status shows how the deal stands.`,
    },
    { kind: 'note', text: 'The people who run Clearthread can see why, and send it again.' },
  ],
});

/** Said in the other thread of the deal, or to its owner where there is no other. `elsewhere`: there is another thread. */
export const placeGoneCard = (deal: string, chat: Chat, { elsewhere }: { elsewhere: boolean }): Card => ({
  blocks: [
    { kind: 'title', text: `${deal} can't be shown in ${CHATS[chat].name}`, tone: 'attention' },
    {
      kind: 'text',
      text: `Clearthread can't write to this deal's channel in ${CHATS[chat].name} any more, so what stands there is old. ${
        elsewhere ? 'This thread goes on.' : 'The deal goes on in messages to the people who are asked.'
      }`,
    },
    {
      kind: 'note',
      text: "If the channel is still there, add Clearthread to it again. The people who run Clearthread can then send what didn't get through.",
    },
  ],
});
