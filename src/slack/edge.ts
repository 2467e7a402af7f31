/** What happens between a verified payload and its answer: who, where, what; the route; and an answer in time. */
import { StoreFault } from '../../store/event-store.ts';
import type { Reply, Route } from '../interaction.ts';
import type { Logger } from '../log.ts';
import type { Answers } from './answers.ts';
import { readInteraction } from './interactions.ts';
import { readPayload, type SlackAct } from './payloads.ts';
import type { Directory } from './people.ts';
import type { Respond } from './receiver.ts';
import { DEACTIVATED, FOREIGN, GUEST, MAYBE_SAVED, notKnown, SHARED, somethingWrong } from './words.ts';

export interface EdgeOptions {
  route: Route;
  directory: Directory;
  answers: Answers;
  commands: readonly string[];
  /** The workspace that the bot is installed in. */
  team: () => string | undefined;
  /** A little less than Slack's three seconds. */
  patienceMs: number;
  clock: () => Date;
  logger: Logger;
}

export interface Incoming {
  body: unknown;
  respond: Respond;
  trace: string;
  unsure?: boolean | undefined;
}

/** `refuse` is told in words; `reply` came from the route. */
type Outcome = { kind: 'reply'; reply: Reply } | { kind: 'refuse'; words: string };

/** Slack sends an event again within minutes if its first delivery failed. */
const REDELIVERY_MS = 10 * 60_000;

export interface Edge {
  /** Never throws, and never leaves a request without an acknowledgement. */
  handle(incoming: Incoming): Promise<void>;
  /** Resolves when everything that came in so far is answered, talk after the acknowledgement too. */
  idle(): Promise<void>;
}

export const createEdge = (options: EdgeOptions): Edge => {
  const { route, directory, answers, commands, team, patienceMs, clock, logger } = options;
  /** Events in hand or answered by this process: a redelivery waits for the first and is not answered twice. */
  const events = new Map<string, { at: number; done: Promise<void> }>();

  const refuse = (code: string, words: string, act: SlackAct, trace: string): Outcome => {
    const channel = 'where' in act ? act.where.channel : undefined;
    logger.warn('slack.person-refused', { trace, code, kind: act.kind.replaceAll(' ', '-'), channel });
    return { kind: 'refuse', words };
  };

  /** A view was opened from a place that was looked at then. */
  const isShared = async (act: SlackAct): Promise<boolean | undefined> =>
    'where' in act ? (act.where.shared ?? directory.isShared(act.where.channel)) : undefined;

  const decide = async (act: SlackAct, trace: string): Promise<Outcome> => {
    if (act.team !== team() || (act.userTeam !== undefined && act.userTeam !== team())) {
      return refuse('foreign', FOREIGN, act, trace);
    }
    const [who, shared] = await Promise.all([directory.who(act.user), isShared(act)]);
    if (who.kind === 'refused') {
      const words = {
        unknown: notKnown(act.user, directory.helper()),
        guest: GUEST,
        deactivated: DEACTIVATED,
        foreign: FOREIGN,
      };
      return refuse(who.why, words[who.why], act, trace);
    }
    if (shared) return refuse('shared-channel', SHARED, act, trace);
    const read = readInteraction(act, { person: who.person.id, trace, shared }, directory);
    if (read.kind === 'unsupported') return unreadable(act, trace);
    if (read.kind === 'errors') return { kind: 'reply', reply: read };
    return { kind: 'reply', reply: await route(read.interaction) };
  };

  const unreadable = (act: SlackAct, trace: string): Outcome => {
    logger.warn('slack.unsupported', { trace, kind: act.kind.replaceAll(' ', '-') });
    return { kind: 'reply', reply: { kind: 'done' } };
  };

  /** The one place where a fault becomes words. */
  const faulty = (error: unknown, act: SlackAct, trace: string): Outcome => {
    logger.error('slack.fault', { trace, kind: act.kind.replaceAll(' ', '-'), error });
    const unknown = error instanceof StoreFault && error.outcome === 'unknown';
    return { kind: 'refuse', words: unknown ? MAYBE_SAVED : somethingWrong(trace) };
  };

  const give = (act: SlackAct, outcome: Outcome, respond: Respond, trace: string): Promise<void> =>
    outcome.kind === 'reply'
      ? answers.reply(act, outcome.reply, respond, trace)
      : answers.refuse(act, outcome.words, respond, trace);

  const answer = async (act: SlackAct, { respond, trace, unsure }: Incoming): Promise<void> => {
    const outcome: Promise<Outcome> = unsure
      ? Promise.resolve(faulty(new Error('repeats cannot be told apart'), act, trace))
      : decide(act, trace).catch((error: unknown) => faulty(error, act, trace));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), patienceMs);
    });
    const first = await Promise.race([outcome, late]);
    clearTimeout(timer);
    if (first !== 'late') return give(act, first, respond, trace);
    logger.warn('slack.slow', { trace, kind: act.kind.replaceAll(' ', '-'), ms: patienceMs });
    if (act.kind === 'change') {
      // Nobody waits for it, and a view can be updated for as long as it is open.
      await respond();
      return give(act, await outcome, respond, trace);
    }
    await answers.refuse(act, MAYBE_SAVED, respond, trace);
    const then = await outcome;
    // Words are still worth hearing; a form has no trigger left, and errors no view to stand in.
    if (then.kind === 'reply' && then.reply.kind === 'tell') await answers.say(act, then.reply.card, trace);
  };

  const answerOrSay = (act: SlackAct, incoming: Incoming): Promise<void> =>
    answer(act, incoming).catch(async (error: unknown) => {
      await give(act, faulty(error, act, incoming.trace), incoming.respond, incoming.trace).catch((again: unknown) =>
        logger.error('slack.fault-not-told', { trace: incoming.trace, error: again }),
      );
    });

  const eventOnce = async (event: string, handle: () => Promise<void>): Promise<void> => {
    const now = clock().getTime();
    for (const [id, { at }] of events) if (now - at > REDELIVERY_MS) events.delete(id);
    const found = events.get(event);
    if (found) return found.done;
    const done = handle();
    events.set(event, { at: now, done });
    await done;
  };

  const handle = async (incoming: Incoming): Promise<void> => {
    const { body, respond, trace } = incoming;
    const act = readPayload(body, commands);
    switch (act.kind) {
      case 'ignored':
        return respond();
      case 'unsupported':
        logger.warn('slack.unsupported', { trace, kind: act.what.replaceAll(' ', '-') });
        return respond();
      case 'said':
        await eventOnce(act.event, () => answerOrSay(act, incoming));
        return respond();
      default:
        await answerOrSay(act, incoming);
        return respond();
    }
  };

  const inHand = new Set<Promise<void>>();
  return {
    handle: async (incoming) => {
      const handled = handle(incoming).finally(() => inHand.delete(handled));
      inHand.add(handled);
      await handled;
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
};
