import { expect, it } from 'vitest';
import { LAST_WRITE_MS, LEASE_MS } from '../../../src/outbox/outbox.ts';
import { MOST_TURN_MS } from '../../../src/outbox/pace.ts';
import { MOST_BEFORE_ANOTHER_MS } from '../../../src/outbox/reach.ts';
import { TALK_TIMEOUT_MS } from '../../../src/slack/slack.ts';
import { CALL_TIMEOUT_MS } from '../../../src/teams/teams.ts';

it('a write that is begun ends within its lease', () => {
  /** Saving the message's place: three tries with pauses, on a slow store. */
  const keptMs = 350 + 3 * 500;
  // The token of Teams is requested first.
  expect(LAST_WRITE_MS).toBeGreaterThan(TALK_TIMEOUT_MS + keptMs);
  expect(LAST_WRITE_MS).toBeGreaterThan(CALL_TIMEOUT_MS + keptMs);
});

it('a lease has time for a person’s other chat and for a turn in it', () => {
  expect(LEASE_MS - LAST_WRITE_MS).toBeGreaterThan(MOST_BEFORE_ANOTHER_MS + MOST_TURN_MS.urgent);
});

it('a dead process’s rows are taken over in less than half a minute', () => {
  expect(LEASE_MS).toBeLessThan(30_000);
});
