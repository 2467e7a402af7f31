/** A card as a message. */

import { clip } from '../../blocks/limits.ts';
import type { AdaptiveCard } from '../../blocks/teams/teams.ts';
import { inert } from '../../blocks/teams/text.ts';

/** Content type of an Adaptive Card, in messages and in answers. */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** About as much as a notification shows. */
const SUMMARY = 300;

export interface TeamsActivity {
  type: 'message';
  /** The notification's text: plain text. */
  summary: string;
  attachments: { contentType: typeof CARD_TYPE; content: AdaptiveCard }[];
}

export const cardActivity = (content: AdaptiveCard, words: string): TeamsActivity => ({
  type: 'message',
  summary: clip(inert(words), SUMMARY),
  attachments: [{ contentType: CARD_TYPE, content }],
});
