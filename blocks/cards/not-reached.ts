/** Messages about a notice that did not reach a person or one of a deal's threads, so that somebody can act on it. */

import { CHATS, type Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Card } from '../card.ts';

/**
 * `install`: the chat in which they have to install the app, if that helps. `about`: the deal, if this is not posted in
 * its thread; `nothing` for a notice about no deal.
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

/** Tells of a message that was given up and was owed to a thread, or to an unknown person. */
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

/** As for a place that is gone, where it can be read by another company; sent to compliance too. */
export const sharedPlaceCard = (deal: string | undefined, chat: Chat, { elsewhere }: { elsewhere: boolean }): Card => ({
  blocks: [
    {
      kind: 'title',
      text: `${deal === undefined ? 'A channel of Clearthread' : `${deal}'s channel`} is shared with another company`,
      tone: 'attention',
    },
    {
      kind: 'text',
      text: `People of another company can read ${deal === undefined ? 'it' : `this deal's channel in ${CHATS[chat].name}`} now, so Clearthread posts nothing more there. ${
        elsewhere
          ? 'This thread goes on.'
          : deal === undefined
            ? 'Other channels go on.'
            : 'The deal goes on in messages to the people who are asked.'
      }`,
    },
    {
      kind: 'note',
      text: `What was posted before can still be read there. End the sharing, or name another channel in the organisation file; the people who run Clearthread can then send what was held back.`,
    },
  ],
});

/** Posted in the deal's other thread, or sent to its owner if there is none. `elsewhere`: there is another thread. */
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
