import { expect, it } from 'vitest';
import { MOST_BEFORE_ANOTHER_MS } from '../../src/deliver.ts';
import { LANES, LEASE_MS } from '../../src/outbox.ts';
import { PAGES } from '../../src/slack/outbound.ts';
import { PACE_MS, TALK_TIMEOUT_MS } from '../../src/slack/slack.ts';
import { TEAMS_RATE } from '../../src/teams/outbound.ts';
import { CALL_TIMEOUT_MS } from '../../src/teams/teams.ts';

const slackMs = (3 + PAGES) * TALK_TIMEOUT_MS + LANES * PACE_MS;
/** The token, then an update, a post, a new chat, its member and a post there; three of them wait for their turn. */
const teamsMs = 6 * CALL_TIMEOUT_MS + 3 * LANES * TEAMS_RATE.everyMs;

it.each([
  ['Slack', slackMs],
  ['Teams, with a link into Slack', TALK_TIMEOUT_MS + teamsMs],
])('a row is leased for longer than its slowest send to %s, after another chat was tried', (_, ms) => {
  expect(LEASE_MS).toBeGreaterThan(MOST_BEFORE_ANOTHER_MS + ms);
});
