/** The frame that every card and form has in Teams, and the final check of its size. */

import type { PersonId } from '../../flows/ids.ts';
import { CardFault, TEAMS } from '../limits.ts';
import { bytesOf } from '../text.ts';
import type { ActionData, CardElement } from './adaptive-card.ts';
import { clipToBytes, inert, type Names } from './text.ts';

/** Code of the CardFault. */
export const TOO_LARGE = 'card-too-large';

export type AdaptiveCard = { type: 'AdaptiveCard' } & Record<string, unknown>;

export interface TeamsContext {
  names: Names;
  /** Everybody who can be chosen in a `person` input. */
  people: readonly { id: PersonId; name: string }[];
}

/** The people for whom a card has something of their own (`look`), by their Teams ids; at most 60. */
export interface Refresh {
  deal: string;
  key: string;
  userIds: readonly string[];
}

const refreshOf = ({ deal, key, userIds }: Refresh) => {
  if (userIds.length > TEAMS.viewers) {
    throw new CardFault('too-many-viewers', `${userIds.length} people are more than Teams refreshes a card for.`);
  }
  const data: ActionData = { clearthread: { do: 'look', deal, key } };
  return { action: { type: 'Action.Execute', title: 'Refresh', verb: 'look', data }, userIds: [...userIds] };
};

/** `words` say the same as `body`. Throws CardFault for a card over 80 KB as JSON; `message`: or over 40,000 units. */
export const wholeCard = (
  body: readonly CardElement[],
  words: string,
  { refresh, message }: { refresh?: Refresh | undefined; message: boolean },
): AdaptiveCard => {
  const card: AdaptiveCard = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: inert(clipToBytes(words, message ? TEAMS.fallback.card : TEAMS.fallback.form)) || '–',
    body,
    msteams: { width: 'Full' },
    // Without names Teams would ask for everybody in a small group.
    ...(refresh === undefined || refresh.userIds.length === 0 ? {} : { refresh: refreshOf(refresh) }),
  };
  const bytes = bytesOf(card);
  const units = JSON.stringify(card).length;
  if (bytes > TEAMS.card.bytes || (message && units > TEAMS.card.units)) {
    throw new CardFault(TOO_LARGE, `A card of ${bytes} bytes (${units} characters) is more than Teams takes.`);
  }
  return card;
};
