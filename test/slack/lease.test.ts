import { expect, it } from 'vitest';
import { LANES, LEASE_MS } from '../../src/outbox.ts';
import { PAGES } from '../../src/slack/outbound.ts';
import { PACE_MS, TALK_TIMEOUT_MS } from '../../src/slack/slack.ts';

it('a row is leased for longer than its slowest send to Slack, so that nobody sends it meanwhile', () => {
  const calls = ['its link', 'the conversation', 'the post', ...Array<string>(PAGES).fill('a page looked through')];
  expect(LEASE_MS).toBeGreaterThan(calls.length * TALK_TIMEOUT_MS + LANES * PACE_MS);
});
