/** The bot's answers to an invoke, checked as strictly as Teams does. */

import { z } from 'zod';
import type { CardJson } from '../page/teams/wire.ts';
import { checkCard } from './card-check.ts';
import { CARD_TYPE } from './connector.ts';
import type { TeamsAnswer } from './outbound.ts';

/** The words of Teams' client when an app does not answer, or answers nonsense. */
export const TROUBLE = 'Something went wrong. Please try again.';

const MOST_BYTES = 80 * 1024;

const size = z.union([z.enum(['small', 'medium', 'large']), z.number().int().positive()]);

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
const task = z.strictObject({
  task: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('message'), value: z.string().min(1) }),
    z.strictObject({
      type: z.literal('continue'),
      value: z.strictObject({
        title: z.string().min(1),
        height: size.optional(),
        width: size.optional(),
        card: z.strictObject({ contentType: z.literal(CARD_TYPE), content: z.unknown() }),
      }),
    }),
  ]),
});

/** https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#response-format */
const action = z.discriminatedUnion('type', [
  z.strictObject({ statusCode: z.literal(200), type: z.literal(CARD_TYPE), value: z.unknown() }),
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string().min(1),
  }),
  z.strictObject({
    statusCode: z.number().int().min(400).max(599),
    type: z.literal('application/vnd.microsoft.error'),
    value: z.strictObject({ code: z.string().min(1), message: z.string().min(1) }),
  }),
]);

export type Answer =
  | { kind: 'card'; card: CardJson; title: string }
  | { kind: 'message'; message: string }
  | { kind: 'nothing' }
  | { kind: 'wrong'; problems: string[] };

const wrong = (...problems: string[]): Answer => ({ kind: 'wrong', problems });

const cardAnswer = (raw: unknown, title: string, where: 'message' | 'dialog'): Answer => {
  const checked = checkCard(raw, where);
  return checked.ok ? { kind: 'card', card: checked.card, title } : wrong(...checked.problems);
};

export const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

export const bodyOf = (sent: TeamsAnswer): { body: string } | { problem: Answer } => {
  if (!sent.ok) return { problem: wrong(sent.why) };
  if (Buffer.byteLength(sent.body) > MOST_BYTES) return { problem: wrong('the answer is too big') };
  return { body: sent.body.trim() };
};

/** Reads the answer to `task/fetch`, `task/submit` and the like of message extensions. */
export const taskAnswer = (sent: TeamsAnswer): Answer => {
  const got = bodyOf(sent);
  if ('problem' in got) return got.problem;
  if (got.body === '' || got.body === '{}') return { kind: 'nothing' };
  const parsed = task.safeParse(jsonOf(got.body));
  if (!parsed.success) return wrong(z.prettifyError(parsed.error));
  const { task: answer } = parsed.data;
  return answer.type === 'message'
    ? { kind: 'message', message: answer.value }
    : cardAnswer(answer.value.card.content, answer.value.title, 'dialog');
};

/** Reads the answer to `adaptiveCard/action`. `error`: the bot can't do it; the client says so, or keeps its card. */
export const actionAnswer = (sent: TeamsAnswer): Answer | { kind: 'error' } => {
  const got = bodyOf(sent);
  if ('problem' in got) return got.problem;
  const parsed = action.safeParse(jsonOf(got.body));
  if (!parsed.success) return wrong(z.prettifyError(parsed.error));
  switch (parsed.data.type) {
    case CARD_TYPE:
      return cardAnswer(parsed.data.value, '', 'message');
    case 'application/vnd.microsoft.activity.message':
      return { kind: 'message', message: parsed.data.value };
    case 'application/vnd.microsoft.error':
      return { kind: 'error' };
    default: {
      const never: never = parsed.data;
      return never;
    }
  }
};
