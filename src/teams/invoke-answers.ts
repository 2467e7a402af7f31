/**
 * The bodies that answer an invoke. Dialogs: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 * Cards: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
 */

import type { AdaptiveCard } from '../../blocks/teams/teams.ts';
import { CARD_TYPE } from './activity.ts';

/** The HTTP response; no body: an empty one. */
export interface Answered {
  status: number;
  body?: object | undefined;
}

const MESSAGE = 'application/vnd.microsoft.activity.message';
const ERROR = 'application/vnd.microsoft.error';

type Height = 'small' | 'medium' | 'large';

/** A dialog closes, or a message was taken. */
export const EMPTY: Answered = { status: 200 };

/** Opens the dialog, or shows its next card. */
export const inDialog = (title: string, height: Height, content: AdaptiveCard): Answered => ({
  status: 200,
  body: {
    task: { type: 'continue', value: { title, height, width: 'medium', card: { contentType: CARD_TYPE, content } } },
  },
});

export const dialogWords = (value: string): Answered => ({ status: 200, body: { task: { type: 'message', value } } });

/** Shows this person the card in place of the pressed one. */
export const inPlace = (value: AdaptiveCard): Answered => ({
  status: 200,
  body: { statusCode: 200, type: CARD_TYPE, value },
});

/** Shows words to this person alone; the card stays as it is, with the typed values. */
export const cardWords = (value: string): Answered => ({
  status: 200,
  body: { statusCode: 200, type: MESSAGE, value },
});

/** Answers a press on a card that holds nothing of ours. An empty body would be an error without a reason. */
export const NOT_SUPPORTED: Answered = {
  status: 200,
  body: {
    statusCode: 400,
    type: ERROR,
    value: { code: 'BadRequest', message: 'Clearthread does not know this button.' },
  },
};

/** Teams keeps showing the card that everybody sees. */
export const AS_IT_IS: Answered = {
  status: 200,
  body: { statusCode: 500, type: ERROR, value: { code: 'NotShown', message: 'Nothing to show.' } },
};
