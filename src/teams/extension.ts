/**
 * The message extension: somebody looks for a deal where they write, and pastes a card of it.
 * https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
 */

import type { MessagingExtensionResponse } from '@microsoft/teams.api';
import type { Choice } from '../../blocks/card.ts';
import { pastedCard } from '../../blocks/cards/pasted.ts';
import { teamsCard, type TeamsContext } from '../../blocks/teams/teams.ts';
import { plainLine } from '../../blocks/text.ts';
import { CARD_TYPE } from './activity.ts';
import type { Answered } from './invoke-answers.ts';

const PREVIEW = 'application/vnd.microsoft.card.thumbnail';

/** A preview's text may hold HTML. */
const asHtml = (text: string): string =>
  plainLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const answered = (body: MessagingExtensionResponse): Answered => ({ status: 200, body });

/** Shows words in place of results. */
export const extensionWords = (text: string): Answered =>
  answered({ composeExtension: { type: 'message', text: plainLine(text) } });

const NONE = 'No deal that you may read fits.';

/** Shows deals to whoever looks for one, or says that there is `nothing`. What they choose is pasted: its number and *Open*, whatever the preview says. */
export const extensionResults = (found: readonly Choice[], context: TeamsContext, nothing = NONE): Answered => {
  if (found.length === 0) return extensionWords(nothing);
  return answered({
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: found.map(({ value, label, description = '' }) => ({
        contentType: CARD_TYPE,
        content: teamsCard(pastedCard(value), context),
        preview: { contentType: PREVIEW, content: { title: asHtml(label), text: asHtml(description) } },
      })),
    },
  });
};
