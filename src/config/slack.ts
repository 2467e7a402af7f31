/** Slack's settings in the environment. */

import type { z } from 'zod';
import { parsedUrl } from '../../flows/url.ts';
import { optional, text } from './setting.ts';

export type SlackConfig = {
  botToken: string;
  /** Ends with a slash; undefined: Slack's own. */
  apiUrl: string | undefined;
} & ({ mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string });

const apiUrl = text
  .refine(
    (value) => ['https:', 'http:'].includes(parsedUrl(value)?.protocol ?? ''),
    'Set SLACK_API_URL to a web address such as https://slack-gov.com/api/, or leave it unset.',
  )
  .transform((value) => (value.endsWith('/') ? value : `${value}/`));

export const slackSettings = {
  SLACK_BOT_TOKEN: optional(
    text.startsWith(
      'xoxb-',
      'Set SLACK_BOT_TOKEN to the Bot User OAuth Token of your Slack app; it starts with xoxb-.',
    ),
  ),
  SLACK_APP_TOKEN: optional(
    text.startsWith('xapp-', 'Set SLACK_APP_TOKEN to an App-Level Token of your Slack app; it starts with xapp-.'),
  ),
  SLACK_SIGNING_SECRET: optional(
    text.regex(
      /^[\w-]{16,}$/,
      'Set SLACK_SIGNING_SECRET to the Signing Secret on the Basic Information page of your Slack app.',
    ),
  ),
  SLACK_API_URL: optional(apiUrl),
};

/** The environment as parsed by `slackSettings`. */
type SlackSettings = z.infer<z.ZodObject<typeof slackSettings>>;

export function slackProblem(set: SlackSettings): string | undefined {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = set;
  if (app && secret) {
    return 'Set either SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), not both.';
  }
  if (!bot && (app ?? secret)) {
    return `Set SLACK_BOT_TOKEN too: ${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'} alone cannot post to Slack.`;
  }
  if (bot && !app && !secret) {
    return 'Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside SLACK_BOT_TOKEN.';
  }
  return undefined;
}

export function slackOf(set: SlackSettings): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = set;
  if (!botToken) return undefined;
  return set.SLACK_APP_TOKEN
    ? { mode: 'socket', botToken, apiUrl, appToken: set.SLACK_APP_TOKEN }
    : { mode: 'http', botToken, apiUrl, signingSecret: set.SLACK_SIGNING_SECRET ?? '' };
}
