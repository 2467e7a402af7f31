/** What happens between an admitted activity and its answer: repeats, who, what; the route; and an answer in time. */

import { CHANNEL } from '../../blocks/forms/open.ts';
import { sha256 } from '../../store/chain.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { createOnceAnswered } from '../edge/answered-once.ts';
import { inTime } from '../edge/deadline.ts';
import { createDoubleSubmits, type Pending, type Submission } from '../edge/double-submits.ts';
import type { Interaction, Reply, Router } from '../edge/interaction.ts';
import { createWatch, type CountRequest } from '../edge/request-watch.ts';
import { MAYBE_DONE, MAYBE_SAVED, somethingWrong, TOO_SLOW, TOO_SLOW_WORDS } from '../edge/words.ts';
import type { Logger } from '../log.ts';
import { traced } from '../trace.ts';
import type { Answers, By } from './answers.ts';
import type { Conversations } from './conversations.ts';
import { formWithFollowUps } from './follow-ups.ts';
import { createLearning, type Identified } from './identify.ts';
import { formValues, readInteraction, submitCause } from './interactions.ts';
import { type Answered, cardWords, dialogWords, EMPTY, NOT_SUPPORTED } from './invoke-answers.ts';
import { channelOf, readPayload, type Arrived, type Envelope, type Payload, type TeamsAct } from './payloads.ts';
import type { Directory } from './people.ts';
import { createRedeliveries } from './repeats.ts';
import { NOT_BOTH_THERE, PRESS_AGAIN } from './words.ts';

export interface EdgeOptions {
  route: Router;
  identify: (act: TeamsAct, trace: string) => Promise<Identified>;
  directory: Pick<Directory, 'personOf' | 'bothIn'>;
  conversations: Pick<Conversations, 'learn'>;
  answers: Answers;
  store: Pick<EventStore, 'firstTime'>;
  deadlineMs: number;
  /** How long another process that began to answer may take, before it is taken for dead. */
  graceMs?: number | undefined;
  asked?: CountRequest | undefined;
  clock: () => Date;
  logger: Logger;
}

/** `refuse` is told in words (`without`: where no form can be shown); `reply` came from the route. */
type Outcome =
  | { kind: 'reply'; reply: Reply; person: string }
  | { kind: 'refuse'; words: string; without?: string | undefined; person: string | undefined };

export interface Edge {
  /** Never throws. */
  handle(envelope: Envelope, body: unknown, trace: string): Promise<Answered>;
  /** Resolves when everything that came in so far is answered, talk after the answer too. */
  idle(): Promise<void>;
}

const asItIs = (thrown: unknown): unknown => thrown;
const isSubmit = (act: TeamsAct): boolean => act.kind === 'press' && act.ours.do === 'submit';
/** Nobody reads an answer to it but in the chat, and Teams sends it again until it is taken. */
const isMessage = (act: TeamsAct): boolean => (act.kind === 'said' ? !act.dialog : act.via === 'message');
const isLook = (act: TeamsAct): boolean => act.kind === 'press' && act.ours.do === 'look';

export const createEdge = (options: EdgeOptions): Edge => {
  const { route, identify, directory, answers, store, deadlineMs, clock, logger } = options;
  const watch = createWatch(options.asked);
  const learn = createLearning(options);
  const repeats = createRedeliveries({ store, clock });
  const onceAnswered = createOnceAnswered({ store, clock, graceMs: options.graceMs });

  /** A form may ask for the channel: what is said of the deal could not be posted where the bot is not. */
  const refusedChoice = async (act: TeamsAct, interaction: Interaction): Promise<Reply | undefined> => {
    const channel = interaction.kind === 'submit' ? interaction.values[CHANNEL] : undefined;
    if (typeof channel !== 'string' || (await directory.bothIn(channel, act))) return undefined;
    return { kind: 'errors', errors: { [CHANNEL]: NOT_BOTH_THERE } };
  };

  const decide = async (act: TeamsAct, trace: string): Promise<Outcome> => {
    const who = await identify(act, trace);
    if (who.kind === 'refused') return { kind: 'refuse', words: who.words, person: undefined };
    const { person } = who;
    const interaction = readInteraction(act, person, trace);
    if (act.kind === 'press' && act.ours.do === 'submit' && interaction.kind === 'submit') {
      const form = await formWithFollowUps(route, interaction, act.ours.form);
      if (form) return { kind: 'reply', person, reply: { kind: 'form', form, again: true } };
    }
    return { kind: 'reply', person, reply: (await refusedChoice(act, interaction)) ?? (await route(interaction)) };
  };

  const maybe = (act: TeamsAct): Outcome =>
    isSubmit(act)
      ? { kind: 'refuse', words: MAYBE_SAVED, without: MAYBE_DONE, person: undefined }
      : { kind: 'refuse', words: MAYBE_DONE, person: undefined };

  /** The one place where a fault becomes words. */
  const faulty = (error: unknown, act: TeamsAct, trace: string): Outcome => {
    watch.trouble(trace, 'fault');
    logger.error('teams.fault', { trace, kind: act.kind, error });
    if (error instanceof StoreFault && error.outcome === 'unknown') return maybe(act);
    return { kind: 'refuse', words: somethingWrong(trace), person: undefined };
  };

  const tooSlow = (act: TeamsAct): Outcome => {
    if (isSubmit(act)) return maybe(act);
    const words = act.kind === 'said' ? TOO_SLOW_WORDS : TOO_SLOW;
    return { kind: 'refuse', words, person: undefined };
  };

  const submits = createDoubleSubmits<Outcome>();

  const sentBy = (act: TeamsAct): Submission | undefined => {
    if (act.kind !== 'press' || act.ours.do !== 'submit') return undefined;
    const { form } = act.ours;
    return {
      showing: `${act.account ?? act.user} ${form.name} ${form.showing}`,
      content: sha256(JSON.stringify([form.context, formValues(form, act.data)])),
    };
  };

  const ask = (act: TeamsAct, trace: string): Pending<Outcome> => {
    return submits(sentBy(act), trace, () => decide(act, trace).catch((error: unknown) => faulty(error, act, trace)));
  };

  const give = (act: TeamsAct, outcome: Outcome, trace: string): Promise<Answered> => {
    // Words go to their chat with the bot even where it was not said yet who may act.
    const person = outcome.person ?? (act.account === undefined ? undefined : directory.personOf(act.account)?.id);
    const by: By = { person, trace };
    return outcome.kind === 'reply'
      ? answers.reply(act, outcome.reply, by)
      : answers.refuse(act, outcome.words, by, outcome.without);
  };

  /** Words and nothing else, where even a form with words over it could not be drawn. */
  const bare = (act: TeamsAct, words: string): Answered => {
    if (act.kind === 'said') return act.dialog ? dialogWords(words) : EMPTY;
    if (act.via === 'message') return EMPTY;
    return act.via === 'card' ? cardWords(words) : dialogWords(words);
  };

  const giveOrSay = (act: TeamsAct, outcome: Outcome, trace: string): Promise<Answered> =>
    give(act, outcome, trace).catch((error: unknown) =>
      give(act, faulty(error, act, trace), trace).catch((again: unknown) => {
        logger.error('teams.fault-not-told', { trace, error: again });
        return bare(act, somethingWrong(trace));
      }),
    );

  const inHand = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => inHand.delete(tracked));
    inHand.add(tracked);
    return tracked;
  };

  /** `arrived`: by `performance.now()`; whoever pressed has waited since. */
  const answer = async (act: TeamsAct, trace: string, arrived: number): Promise<Answered> => {
    const asked = ask(act, trace);
    const first = await inTime(asked.outcome, Math.max(0, arrived + deadlineMs - performance.now()));
    if (first !== 'late') return giveOrSay(act, first, trace);
    watch.trouble(trace, 'late');
    logger.warn('teams.slow', { trace, kind: act.kind, ms: deadlineMs });
    void track(
      asked.outcome.then(async (then) => {
        if (then.kind !== 'reply' || asked.turn.latest !== trace) return;
        await answers.late(act, then.reply, { person: then.person, trace });
      }),
    );
    return giveOrSay(act, tooSlow(act), trace);
  };

  /** A message that came again is answered already; an invoke wants an answer each time, and whoever pressed gets it. */
  const repeated = (act: TeamsAct): Answered => {
    logger.info('teams.repeated', { kind: act.kind });
    return bare(act, PRESS_AGAIN);
  };

  const once = (act: TeamsAct, trace: string, arrived: number): Promise<Answered> => {
    const key = `teams:${channelOf(act)}:${act.account ?? act.user}:${act.activity}`;
    const answerMessage = async (): Promise<Answered> => {
      const answered = await answer(act, trace, arrived);
      await onceAnswered.done(key).catch((error: unknown) => logger.warn('teams.answer-not-kept', { trace, error }));
      return answered;
    };
    return repeats.once(key, async (first) => {
      // Whoever began it may have died before anything came of it, and nobody would hear that a message was dropped.
      const known: unknown =
        first === false && isMessage(act) ? await onceAnswered.elsewhere(key).then((is) => !is, asItIs) : first;
      if (known === false) return repeated(act);
      if (known !== true) return giveOrSay(act, faulty(known, act, trace), trace);
      return isMessage(act) ? answerMessage() : answer(act, trace, arrived);
    });
  };

  const greeted = async (act: Arrived, trace: string, arrived: number): Promise<Answered> => {
    const person = act.account === undefined ? undefined : directory.personOf(act.account)?.id;
    // Who it is, is learnt from what they do, once Teams said that they are in that conversation: here, of the greeting.
    await learn(act, undefined, trace);
    // An app that an administrator pushed to everybody is nobody's act: who is not in the file hears nothing yet.
    if (!act.greet || act.activity === '' || person === undefined) return EMPTY;
    return once({ ...act, kind: 'said', words: 'help', dialog: false }, trace, arrived);
  };

  const read = (envelope: Envelope, body: unknown, trace: string): Payload | undefined => {
    try {
      return readPayload(envelope, body);
    } catch (error) {
      logger.error('teams.unreadable', { trace, error });
      return undefined;
    }
  };

  /** Reads, while it is found out whether this is a repeat, what the route will ask for first. */
  const lookAhead = (act: TeamsAct): void => {
    if (act.kind === 'said') return route.lookAhead?.(act.words);
    const { ours } = act;
    switch (ours.do) {
      case 'look':
        return route.lookAhead?.(ours.deal);
      case 'submit': {
        const person = act.account === undefined ? undefined : directory.personOf(act.account);
        return route.lookAhead?.(ours.form.context, person && submitCause(person.id, ours.form));
      }
      default:
        return route.lookAhead?.(ours.value);
    }
  };

  const handle = async (envelope: Envelope, body: unknown, trace: string): Promise<Answered> => {
    const arrived = performance.now();
    const act = read(envelope, body, trace);
    if (!act) return { status: 400 };
    switch (act.kind) {
      case 'ignored':
        return EMPTY;
      case 'unsupported':
        logger.warn('teams.unsupported', { trace, kind: act.what });
        return act.via === 'card' ? NOT_SUPPORTED : EMPTY;
      case 'arrived':
        return greeted(act, trace, arrived);
      default:
        lookAhead(act);
        // A look changes nothing, and comes with every card that is scrolled by.
        return isLook(act) ? answer(act, trace, arrived) : once(act, trace, arrived);
    }
  };

  return {
    handle: (envelope, body, trace) =>
      track(traced(trace, () => handle(envelope, body, trace)).finally(watch.begin(trace))),
    idle: async () => {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
};
