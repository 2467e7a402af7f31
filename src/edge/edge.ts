/**
 * Leads an act from reading to answer, for every chat: repeats, identity, a chosen channel, the route, an answer in
 * time, and words for a fault. The chat's own part is a `ChatSide`.
 */

import { CHANNEL } from '../../blocks/forms/open.ts';
import type { Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { isDealId } from '../ids.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';
import { traced, tracedAgain } from '../trace.ts';
import { createOnceAnswered, type Novelty, type Sending } from './answered-once.ts';
import { inTime } from './deadline.ts';
import { createDoubleSubmits, type Pending, type Submission } from './double-submits.ts';
import type { Interaction, Place, Reply, Router } from './interaction.ts';
import type { AccountRefusal, KeepRefusal } from './refusals.ts';
import { createRequestWatch, type CountRequest } from './request-watch.ts';
import {
  changedByNewer,
  MAYBE_DONE,
  MAYBE_SAVED,
  PRESS_AGAIN,
  somethingWrong,
  TOO_SLOW,
  TOO_SLOW_WORDS,
} from './words.ts';

/** The identified actor. `place`: the chat's data on where they act. `account`: a refused account, to be recorded. */
export type Identified =
  | { kind: 'known'; person: PersonId; place?: Pick<Place, 'shared' | 'botIsMember' | 'isPublic'> | undefined }
  | {
      kind: 'refused';
      code: string;
      words: string;
      channel?: string | undefined;
      account?: Omit<AccountRefusal, 'chat'> | undefined;
    };

/** `reply`: nothing has to be asked. `unsupported`: it is none of ours. */
export type ReadAct =
  | { kind: 'ask'; interaction: Interaction }
  | { kind: 'reply'; reply: Reply }
  | { kind: 'unsupported' };

/** The recipient of an answer. `person`: undefined for somebody who was refused. */
export interface By {
  person: PersonId | undefined;
  trace: string;
}

/** A chat's part: how its acts are read and identified, and how they are answered. */
export interface ChatSide<Act, Answer> {
  chat: Chat;
  /** Words in place of a form where the bot could not post its result. */
  notHere: string;
  /** Returns its kind in logs, and its kind for the person: `look` asks for nothing, and changes nothing. */
  kindOf(act: Act): { log: string; is: 'submit' | 'words' | 'press' | 'look' };
  /** Returns what names the request; undefined where the chat sends it once. */
  sendingOf(act: Act): Sending | undefined;
  /** Returns the showing of a form, where a form was sent. */
  submissionOf(act: Act): Submission | undefined;
  /** Returns what the route can begin to read before the person is known. */
  aheadOf(act: Act): Parameters<NonNullable<Router['lookAhead']>> | undefined;
  identify(act: Act, trace: string): Promise<Identified>;
  read(act: Act, who: Extract<Identified, { kind: 'known' }>, trace: string): ReadAct;
  /** Resolves with why a deal can't be cleared in a channel chosen in a form; undefined: it can. */
  channelProblem(channel: string, act: Act): Promise<string | undefined>;
  /** Returns the form again, where the chat learns only from its submission what else has to be asked. */
  grown?: ((act: Act, interaction: Interaction) => Promise<Reply | undefined>) | undefined;
  /** Acknowledges an act whose answer can be shown at any later time; false where it can't. */
  hold?: ((act: Act) => Promise<boolean>) | undefined;
  reply(act: Act, reply: Reply, by: By): Promise<Answer>;
  /** Tells why nothing happened. Typed values stay; `without` is said where no form can be shown. */
  refuse(act: Act, words: string, by: By, without?: string): Promise<Answer>;
  /** Does what is still possible with a reply after the answer went out without it; never throws. */
  late(act: Act, reply: Reply, by: By): Promise<void>;
  /** Answers with words alone, where even a form with words over it could not be drawn. */
  bare(act: Act, words: string): Answer;
  /** Returns the recipient of words before the actor is identified. */
  addressee?: ((act: Act) => PersonId | undefined) | undefined;
}

export interface EdgeOptions<Act, Answer> {
  side: ChatSide<Act, Answer>;
  route: Router;
  store: Pick<EventStore, 'firstTime'>;
  /** A little less than the chat waits for an answer. */
  deadlineMs: number;
  /** How long another process that began to answer may take, before it is considered dead. */
  graceMs?: number | undefined;
  keepRefusal: KeepRefusal;
  asked?: CountRequest | undefined;
  clock: () => Date;
  logger: Logger;
}

export interface Arrival {
  trace: string;
  /** By `performance.now()`; now, where absent. */
  arrived?: number | undefined;
  /** Whether its request is no repeat, once that is known; undefined where nobody could say. Absent: it is none. */
  first?: Promise<boolean | undefined> | undefined;
}

export interface Edge<Act, Answer> {
  /** Answers an act, within its request. Never throws. Undefined: the request is a repeat, and is not answered here. */
  handle(act: Act, arrival: Arrival): Promise<Answer | undefined>;
  /** Handles a request that is no act: counted, and waited for by `idle`. Undefined: a repeat, and nothing is done. */
  receive<T>(arrival: Arrival, work: () => Promise<T>): Promise<T | undefined>;
  /** Marks it answered: later calls are ignored. Called by itself when `handle` or `receive` resolves. */
  answered(trace: string): void;
  /** Resolves when everything received so far is answered, messages after the answer included. */
  idle(): Promise<void>;
}

/** `refuse` is told in words; `reply` came from the route. `person`: undefined where nobody was asked who they are. */
type Outcome =
  | { kind: 'reply'; reply: Reply; person: PersonId | undefined }
  | { kind: 'refuse'; words: string; without?: string | undefined };

const refusing = (words: string, without?: string): Outcome => ({ kind: 'refuse', words, without });

export const createEdge = <Act, Answer>(options: EdgeOptions<Act, Answer>): Edge<Act, Answer> => {
  const { side, route, deadlineMs, keepRefusal, logger } = options;
  const { chat } = side;
  const watch = createRequestWatch(options.asked);
  const submits = createDoubleSubmits<Outcome>(({ kind }) => kind === 'reply');
  const onceAnswered = createOnceAnswered<Answer>({
    ...options,
    notKept: (error) => logger.warn(`${chat}.answer-not-kept`, { error }),
  });

  const logged = (act: Act): string => side.kindOf(act).log.replaceAll(' ', '-');

  const turnAway = (act: Act, trace: string, code: string, words: string, channel?: string): Outcome => {
    logger.warn(`${chat}.person-refused`, { trace, code, kind: logged(act), channel });
    return refusing(words);
  };

  /** Refuses a channel chosen in a form by the rules for a command's place. */
  const refusedChoice = async (act: Act, interaction: Interaction): Promise<Reply | undefined> => {
    const channel = interaction.kind === 'submit' ? interaction.values[CHANNEL] : undefined;
    const problem = typeof channel === 'string' ? await side.channelProblem(channel, act) : undefined;
    return problem === undefined ? undefined : { kind: 'errors', errors: { [CHANNEL]: problem } };
  };

  const outcomeOf = async (act: Act, trace: string): Promise<Outcome> => {
    const who = await side.identify(act, trace);
    if (who.kind === 'refused') {
      if (who.account) await keepRefusal({ chat, ...who.account });
      return turnAway(act, trace, who.code, who.words, who.channel);
    }
    const { person } = who;
    const read = side.read(act, who, trace);
    if (read.kind === 'unsupported') {
      logger.warn(`${chat}.unsupported`, { trace, kind: logged(act) });
      return { kind: 'reply', person, reply: { kind: 'done' } };
    }
    if (read.kind === 'reply') return { kind: 'reply', person, reply: read.reply };
    const { interaction } = read;
    const reply =
      (await side.grown?.(act, interaction)) ?? (await refusedChoice(act, interaction)) ?? (await route(interaction));
    // Words reach the person anyhow; the form's result could not be posted here.
    if (reply.kind === 'form' && interaction.place?.botIsMember === false) {
      return turnAway(act, trace, 'bot-not-in-channel', side.notHere, interaction.place.channel);
    }
    return { kind: 'reply', person, reply };
  };

  const unknownOutcome = (act: Act): Outcome =>
    side.kindOf(act).is === 'submit' ? refusing(MAYBE_SAVED, MAYBE_DONE) : refusing(MAYBE_DONE);

  /** The one place where a fault becomes words. */
  const faulty = (error: unknown, act: Act, trace: string): Outcome => {
    if (error instanceof NewerRecord) {
      logger.info(`${chat}.newer`, { trace, kind: logged(act), stream: error.stream });
      return refusing(changedByNewer(isDealId(error.stream) ? 'deal' : 'register', trace));
    }
    watch.trouble(trace, 'fault');
    logger.error(`${chat}.fault`, { trace, kind: logged(act), error });
    const unknown = error instanceof StoreFault && error.outcome === 'unknown';
    return unknown ? unknownOutcome(act) : refusing(somethingWrong(trace));
  };

  const tooSlow = (act: Act): Outcome => {
    const { is } = side.kindOf(act);
    if (is === 'submit') return unknownOutcome(act);
    return refusing(is === 'words' ? TOO_SLOW_WORDS : TOO_SLOW);
  };

  const ask = (act: Act, trace: string): Pending<Outcome> =>
    submits(side.submissionOf(act), trace, (waited) => {
      const decided = (): Promise<Outcome> =>
        outcomeOf(act, trace).catch((error: unknown) => faulty(error, act, trace));
      // What was read ahead is older than the press that this one waited for.
      return waited ? tracedAgain(trace, decided) : decided();
    });

  const give = (act: Act, outcome: Outcome, trace: string): Promise<Answer> =>
    outcome.kind === 'reply'
      ? side.reply(act, outcome.reply, { person: outcome.person, trace })
      : side.refuse(act, outcome.words, { person: side.addressee?.(act), trace }, outcome.without);

  const giveOrSay = (act: Act, outcome: Outcome, trace: string): Promise<Answer> =>
    give(act, outcome, trace).catch((error: unknown) =>
      give(act, faulty(error, act, trace), trace).catch((again: unknown) => {
        logger.error(`${chat}.fault-not-told`, { trace, error: again });
        return side.bare(act, somethingWrong(trace));
      }),
    );

  const inHand = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => inHand.delete(tracked));
    inHand.add(tracked);
    return tracked;
  };

  const answer = async (act: Act, trace: string, arrived: number): Promise<Answer> => {
    const asked = ask(act, trace);
    const first = await inTime(asked.outcome, Math.max(0, arrived + deadlineMs - performance.now()));
    if (first !== 'late') return giveOrSay(act, first, trace);
    watch.trouble(trace, 'late');
    logger.warn(`${chat}.slow`, { trace, kind: logged(act), ms: deadlineMs });
    // Where even the acknowledgement fails, what comes of the act can still be shown.
    const held = await side.hold?.(act).catch((error: unknown) => {
      logger.warn(`${chat}.not-acknowledged`, { trace, error });
      return true;
    });
    if (held) return giveOrSay(act, await asked.outcome, trace);
    asked.notTold();
    void track(
      asked.outcome.then(async (then) => {
        if (then.kind !== 'reply' || asked.turn.latest !== trace) return;
        await side.late(act, then.reply, { person: then.person, trace });
      }),
    );
    return giveOrSay(act, tooSlow(act), trace);
  };

  const answerOnce = (act: Act, trace: string, arrived: number): Promise<Answer> => {
    const sending = side.sendingOf(act);
    if (!sending) return answer(act, trace, arrived);
    return onceAnswered.once(sending, async (novelty: Novelty) => {
      switch (novelty.is) {
        case 'first':
          return answer(act, trace, arrived);
        case 'abandoned':
          // The wait for the other process is over; the person's begins now.
          return answer(act, trace, performance.now());
        case 'repeated':
          logger.info(`${chat}.repeated`, { trace, kind: logged(act) });
          return side.bare(act, PRESS_AGAIN);
        case 'unknown':
          // Words change nothing, or are known by their cause: answering twice is better than not at all.
          return side.kindOf(act).is === 'words'
            ? answer(act, trace, arrived)
            : giveOrSay(act, faulty(novelty.error, act, trace), trace);
        default: {
          const never: never = novelty;
          return never;
        }
      }
    });
  };

  const within = async <T>(arrival: Arrival, work: (arrived: number, sure: boolean) => Promise<T>) => {
    const { trace, arrived = performance.now(), first } = arrival;
    const fresh = first ? await first : true;
    if (fresh === false) return undefined;
    watch.begin(trace, arrived);
    return work(arrived, fresh !== undefined).finally(() => watch.answered(trace));
  };

  const handle = (act: Act, arrival: Arrival): Promise<Answer | undefined> => {
    const { trace } = arrival;
    const ahead = side.aheadOf(act);
    const forAnybody = ahead && side.kindOf(act).is === 'words' ? route.forAnybody?.(ahead[0]) : undefined;
    if (forAnybody) return giveOrSay(act, { kind: 'reply', reply: forAnybody, person: undefined }, trace);
    if (ahead) route.lookAhead?.(...ahead);
    return within(arrival, (arrived, sure) =>
      sure
        ? answerOnce(act, trace, arrived)
        : giveOrSay(act, faulty(new Error('repeats cannot be told apart'), act, trace), trace),
    );
  };

  return {
    handle: (act, arrival) => track(traced(arrival.trace, () => handle(act, arrival))),
    receive: (arrival, work) => track(traced(arrival.trace, () => within(arrival, work))),
    answered: watch.answered,
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
};
