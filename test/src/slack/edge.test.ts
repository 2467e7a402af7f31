/** The edge by itself: when its timeout starts to count. */

import { expect, it } from 'vitest';
import { TOO_SLOW_WORDS } from '../../../src/edge/words.ts';
import { silentLogger } from '../../../src/log.ts';
import { createSlackEdge } from '../../../src/slack/edge.ts';
import { memoryStore, organisation } from './bot.ts';

it('has patience from when a request came in, also while it was found out whether it is a repeat', async () => {
  const deadlineMs = 600_000;
  const [person] = organisation.people;
  if (!person) throw new Error('nobody is there');
  const said: string[] = [];
  const edge = createSlackEdge({
    // Never answered.
    route: () => new Promise(() => {}),
    directory: {
      who: async () => ({ kind: 'known', person }),
      channel: async () => ({ shared: false, botIsMember: true }),
      isShared: async () => false,
      personOf: () => person,
      helper: () => '',
    },
    answers: {
      reply: async () => {},
      refuse: async (_act, words) => void said.push(words),
      late: async () => {},
    },
    store: memoryStore(),
    commands: ['/deal'],
    team: () => 'T1',
    deadlineMs,
    keepRefusal: async () => {},
    clock: () => new Date(),
    logger: silentLogger,
  });
  const body = {
    command: '/deal',
    text: 'help',
    user_id: 'U0REP',
    team_id: 'T1',
    channel_id: 'C0DEALS',
    trigger_id: 't-1',
  };
  const arrived = performance.now() - deadlineMs;
  void edge.handle({ body, respond: async () => {}, trace: 'T', arrived, first: Promise.resolve(true) });
  await expect.poll(() => said).toEqual([TOO_SLOW_WORDS]);
});
