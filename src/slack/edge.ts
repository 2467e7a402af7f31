/** What happens between a verified payload and its answer: who, where, what; the route; and an answer in time. */

import { CHANNEL } from '../../blocks/forms/open.ts';
import { sha256 } from '../../store/chain.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { createOnceAnswered, KEEP_MS } from '../edge/answered-once.ts';
import { inTime } from '../edge/deadline.ts';
import { createDoubleSubmits, type Pending } from '../edge/double-submits.ts';
import type { Interaction, Reply, Router } from '../edge/interaction.ts';
import type { AccountRefusal, KeepRefusal } from '../edge/refusals.ts';
import { createWatch, type CountRequest } from '../edge/request-watch.ts';
import { MAYBE_DONE, MAYBE_SAVED, somethingWrong, TOO_SLOW, TOO_SLOW_WORDS } from '../edge/words.ts';
import type { Logger } from '../log.ts';
import { traced, tracedAgain } from '../trace.ts';
import type { Answers } from './answers.ts';
import { formValues, readInteraction } from './interactions.ts';
import { readPayload, type Payload, type SlackAct } from './payloads.ts';
import type { ChannelStanding, Directory } from './people.ts';
import type { Respond } from './receiver.ts';
import { submitCause, viewContext } from './views.ts';
import { DEACTIVATED, FOREIGN, GUEST, NOT_A_MEMBER, notKnown, SHARED } from './words.ts';

export interface EdgeOptions {
  route: Router;
  directory: Directory;
  answers: Answers;
  store: Pick<EventStore, 'firstTime'>;
  commands: readonly string[];
  /** The workspace that the bot is installed in. */
  team: () => string | undefined;
  /** A little less than Slack's three seconds. */
  deadlineMs: number;
  /** How long another process that began to answer may take, before it is taken for dead. */
  graceMs?: number | undefined;
  /** Keeps who was turned away. */
  refused: KeepRefusal;
  asked?: CountRequest | undefined;
  clock: () => Date;
  logger: Logger;
}

export interface Incoming {
  body: unknown;
  respond: Respond;
  trace: string;
  /** By `performance.now()`; now, where absent. */
  arrived?: number | undefined;
  /** As `Arrival.first`; absent where the chat itself sends nothing twice. */
  first?: Promise<boolean | undefined> | undefined;
}

/** One that is no repeat, as far as can be known. */
interface Admitted extends Omit<Incoming, 'first'> {
  arrived: number;
  unsure: boolean;
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
  const { route, directory, answers, store, commands, team, deadlineMs, refused, clock, logger } = options;
  const watch = createWatch(options.asked);
  const onceAnswered = createOnceAnswered({ store, clock, graceMs: options.graceMs });
  /** Events in hand or answered by this process: a redelivery waits for the first and is not answered twice. */
  const events = new Map<string, { at: number; done: Promise<void> }>();

  const refuse = (code: string, words: string, act: SlackAct, trace: string): Outcome => {
    const channel = 'where' in act ? act.where.channel : undefined;
    logger.warn('slack.person-refused', { trace, code, kind: act.kind.replaceAll(' ', '-'), channel });
    return { kind: 'refuse', words };
  };

  const turnAway = async (
    why: AccountRefusal['why'],
    words: string,
    act: SlackAct,
    trace: string,
  ): Promise<Outcome> => {
    await refused({ chat: 'slack', account: act.user, why });
    return refuse(why, words, act, trace);
  };

  /** A view was opened from a place that was looked at then. An event says itself, and reaches members only. */
  const standingAt = async (act: SlackAct): Promise<Partial<ChannelStanding>> => {
    if (!('where' in act)) return {};
    const { shared, channel } = act.where;
    return shared === undefined ? directory.channel(channel) : { shared };
  };

  /** A form may ask for the channel: what holds for the place of a command holds for the one that is chosen. */
  const refusedChoice = async (interaction: Interaction): Promise<Reply | undefined> => {
    const channel = interaction.kind === 'submit' ? interaction.values[CHANNEL] : undefined;
    if (typeof channel !== 'string') return undefined;
    const { shared, botIsMember } = await directory.channel(channel);
    if (!shared && botIsMember !== false) return undefined;
    return { kind: 'errors', errors: { [CHANNEL]: shared ? SHARED : NOT_A_MEMBER } };
  };

  const decide = async (act: SlackAct, trace: string): Promise<Outcome> => {
    if (act.team !== team() || (act.userTeam !== undefined && act.userTeam !== team())) {
      return turnAway('foreign', FOREIGN, act, trace);
    }
    const [who, { shared, botIsMember }] = await Promise.all([directory.who(act.user), standingAt(act)]);
    if (who.kind === 'refused') {
      const words = {
        unknown: notKnown(act.user, directory.helper()),
        guest: GUEST,
        deactivated: DEACTIVATED,
        foreign: FOREIGN,
      };
      return turnAway(who.why, words[who.why], act, trace);
    }
    if (shared) return refuse('shared-channel', SHARED, act, trace);
    const read = readInteraction(act, { person: who.person.id, trace, shared, botIsMember }, directory);
    if (read.kind === 'unsupported') return unreadable(act, trace);
    if (read.kind === 'errors') return { kind: 'reply', reply: read };
    const reply = (await refusedChoice(read.interaction)) ?? (await route(read.interaction));
    // Words reach the person anyhow; what a form leads to could not be posted here.
    if (reply.kind === 'form' && botIsMember === false) return refuse('bot-not-in-channel', NOT_A_MEMBER, act, trace);
    return { kind: 'reply', reply };
  };

  const unreadable = (act: SlackAct, trace: string): Outcome => {
    logger.warn('slack.unsupported', { trace, kind: act.kind.replaceAll(' ', '-') });
    return { kind: 'reply', reply: { kind: 'done' } };
  };

  /** The one place where a fault becomes words. */
  const faulty = (error: unknown, act: SlackAct, trace: string): Outcome => {
    watch.trouble(trace, 'fault');
    logger.error('slack.fault', { trace, kind: act.kind.replaceAll(' ', '-'), error });
    const unknown = error instanceof StoreFault && error.outcome === 'unknown';
    const maybe = act.kind === 'submit' ? MAYBE_SAVED : MAYBE_DONE;
    return { kind: 'refuse', words: unknown ? maybe : somethingWrong(trace) };
  };

  const tooSlow = (act: SlackAct): string => {
    if (act.kind === 'submit') return MAYBE_SAVED;
    return act.kind === 'command' || act.kind === 'said' ? TOO_SLOW_WORDS : TOO_SLOW;
  };

  const submits = createDoubleSubmits<Outcome>();

  const ask = (act: SlackAct, trace: string): Pending<Outcome> => {
    const sent =
      act.kind === 'submit'
        ? {
            showing: `${act.team} ${act.user} ${submitCause(act.view)}`,
            content: sha256(JSON.stringify([viewContext(act.view)?.context, formValues(act.view, directory)])),
          }
        : undefined;
    return submits(sent, trace, (waited) => {
      const decided = (): Promise<Outcome> => decide(act, trace).catch((error: unknown) => faulty(error, act, trace));
      // What was read ahead is from before the press that this one waited for.
      return waited ? tracedAgain(trace, decided) : decided();
    });
  };

  const give = (act: SlackAct, outcome: Outcome, respond: Respond, trace: string): Promise<void> =>
    outcome.kind === 'reply'
      ? answers.reply(act, outcome.reply, respond, trace)
      : answers.refuse(act, outcome.words, respond, trace);

  const answer = async (act: SlackAct, { respond, trace, arrived, unsure }: Admitted): Promise<void> => {
    const asked: Pending<Outcome> = unsure
      ? {
          outcome: Promise.resolve(faulty(new Error('repeats cannot be told apart'), act, trace)),
          turn: { latest: trace },
        }
      : ask(act, trace);
    const first = await inTime(asked.outcome, Math.max(0, arrived + deadlineMs - performance.now()));
    if (first !== 'late') return give(act, first, respond, trace);
    watch.trouble(trace, 'late');
    logger.warn('slack.slow', { trace, kind: act.kind.replaceAll(' ', '-'), ms: deadlineMs });
    if (act.kind === 'change' || act.kind === 'press in view') {
      // It needs no trigger: a view can be updated for as long as it is open.
      await respond();
      return give(act, await asked.outcome, respond, trace);
    }
    await answers.refuse(act, tooSlow(act), respond, trace);
    const then = await asked.outcome;
    if (then.kind === 'reply' && asked.turn.latest === trace) await answers.late(act, then.reply, trace);
  };

  const answerOrSay = (act: SlackAct, incoming: Admitted): Promise<void> =>
    answer(act, incoming).catch(async (error: unknown) => {
      await give(act, faulty(error, act, incoming.trace), incoming.respond, incoming.trace).catch((again: unknown) =>
        logger.error('slack.fault-not-told', { trace: incoming.trace, error: again }),
      );
    });

  /** While the store can't say, it is answered: twice is better than not at all, and the record has it once. */
  const unlessAnswered = async (event: string, trace: string, handle: () => Promise<void>): Promise<void> => {
    const key = `slack:event:${event}`;
    const unknown = (error: unknown): void => logger.warn('slack.repeats-unknown', { trace, error });
    const until = new Date(clock().getTime() + KEEP_MS).toISOString();
    const again = await store
      .firstTime(key, until)
      .then(async (first) => !first && (await onceAnswered.elsewhere(key)))
      .catch(unknown);
    if (again === true) return logger.info('slack.repeated', { trace });
    await handle();
    await onceAnswered.done(key).catch(unknown);
  };

  const eventOnce = async (event: string, trace: string, handle: () => Promise<void>): Promise<void> => {
    const now = clock().getTime();
    for (const [id, { at }] of events) if (now - at > REDELIVERY_MS) events.delete(id);
    const found = events.get(event);
    if (found) return found.done;
    const done = unlessAnswered(event, trace, handle);
    events.set(event, { at: now, done });
    await done;
  };

  /** Reads, while it is found out whether this is a repeat, what the route will ask for first. */
  const lookAhead = (act: Payload): void => {
    switch (act.kind) {
      case 'command':
      case 'said':
      case 'shortcut':
        return route.lookAhead?.(act.words);
      case 'press':
      case 'press in view':
        return route.lookAhead?.(act.value);
      case 'change':
        return route.lookAhead?.(viewContext(act.view)?.context ?? '');
      case 'submit':
        return route.lookAhead?.(viewContext(act.view)?.context ?? '', submitCause(act.view));
      default:
    }
  };

  const handle = async (act: Payload, incoming: Admitted): Promise<void> => {
    const { respond, trace } = incoming;
    switch (act.kind) {
      case 'ignored':
        return respond();
      case 'unsupported':
        logger.warn('slack.unsupported', { trace, kind: act.what.replaceAll(' ', '-') });
        return respond();
      case 'said':
        await eventOnce(act.event, trace, () => answerOrSay(act, incoming));
        return respond();
      default:
        await answerOrSay(act, incoming);
        return respond();
    }
  };

  const admit = async ({ first, arrived = performance.now(), ...incoming }: Incoming): Promise<void> => {
    const act = readPayload(incoming.body, commands);
    if (first) lookAhead(act);
    const known = first ? await first : true;
    if (known === false) return;
    const answered = watch.begin(incoming.trace, arrived);
    const respond: Respond = (body) => {
      answered();
      return incoming.respond(body);
    };
    await handle(act, { ...incoming, respond, arrived, unsure: known === undefined });
  };

  const inHand = new Set<Promise<void>>();
  return {
    handle: async (incoming) => {
      const handled = traced(incoming.trace, () => admit(incoming)).finally(() => inHand.delete(handled));
      inHand.add(handled);
      await handled;
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
};
