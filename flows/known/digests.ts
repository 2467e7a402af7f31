/** Everything that this version knows of a stored digest's register. A new event or member goes in here too. */

import { ALL_CHATS } from '../chats.ts';
import { CLOSED, LINE_KINDS, STAGES, TIER_ROWS, type DecidedOutcome, type DigestLine } from '../digest/digest.ts';
import type { DigestsEvent, DigestsState, Made } from '../digest/register.ts';
import type { Known, Shape } from './shape.ts';

const each = <T extends string>(values: readonly T[]): { readonly [V in T]: true } =>
  Object.fromEntries(values.map((value) => [value, true])) as { [V in T]: true };

const chat = { oneOf: each(ALL_CHATS) };
const of = { oneOf: { compliance: true, mine: true } } as const;

const line: Shape<DigestLine> = {
  has: { of: { oneOf: each(LINE_KINDS) }, deal: true, people: true, days: true, about: true },
};
const outcomes: { [O in DecidedOutcome]: true } = { approved: true, 'approved with conditions': true, declined: true };
const stages = { has: each(STAGES) };

const made: Shape<Made> = {
  has: {
    of,
    digest: {
      has: {
        since: true,
        until: true,
        cells: {
          has: Object.fromEntries(TIER_ROWS.map((row) => [row, stages])) as Record<
            (typeof TIER_ROWS)[number],
            typeof stages
          >,
        },
        closed: { has: each(CLOSED) },
        ages: true,
        decisions: { has: outcomes },
        reassessments: true,
        undated: true,
        counts: { has: { ...each(LINE_KINDS), mine: true, others: true } },
        lines: line,
        checkpoint: { has: { root: true, size: true, streams: true } },
        mine: line,
        others: line,
      },
    },
  },
};

export const knownDigests: Known<DigestsState, DigestsEvent> = {
  format: 1,
  state: { has: { begun: true, last: true, asked: of, chat, made } },
  events: {
    DigestsBegun: { chat },
    DigestsEnded: {},
    DigestAsked: { of, chat },
    DigestMade: { made, scheduled: true },
  },
};
