/** Teams' side of the edge: its activities as acts, and the bodies that answer them. */

import { sha256 } from '../../store/chain.ts';
import { createEdge, type Arrival, type ChatSide, type EdgeOptions as CommonOptions } from '../edge/edge.ts';
import type { Answers } from './answers.ts';
import type { Conversations } from './conversations.ts';
import { extensionWords } from './extension.ts';
import { formWithFollowUps } from './follow-ups.ts';
import { createIdentify, createLearning } from './identify.ts';
import { formValues, readInteraction } from './interactions.ts';
import { cardWords, dialogWords, EMPTY, NOT_SUPPORTED, type Answered } from './invoke-answers.ts';
import { channelOf, readPayload, type Arrived, type Envelope, type Payload, type TeamsAct } from './payloads.ts';
import type { Directory } from './people.ts';
import { submitCause } from './views.ts';
import { NOT_BOTH_THERE, NOT_HERE } from './words.ts';

export interface EdgeOptions extends Omit<CommonOptions<never, never>, 'side'> {
  directory: Directory;
  conversations: Pick<Conversations, 'learn'>;
  answers: Answers;
}

export interface TeamsEdge {
  /** Never throws. */
  handle(envelope: Envelope, body: unknown, trace: string): Promise<Answered>;
  /** Resolves when everything received so far is answered, messages after the answer included. */
  idle(): Promise<void>;
}

/** Tells whether it is a message: it is answered in the chat alone, and Teams repeats it until it is taken. */
const isMessage = (act: TeamsAct): boolean => {
  if (act.kind === 'sought') return false;
  return act.kind === 'said' ? !act.dialog : act.via === 'message';
};

const kindOf = (act: TeamsAct): ReturnType<ChatSide<TeamsAct, Answered>['kindOf']> => {
  const log = act.kind;
  if (act.kind === 'said') return { log, is: 'words' };
  if (act.kind === 'sought') return { log, is: 'look' };
  const { do: does } = act.ours;
  return { log, is: does === 'submit' || does === 'look' ? does : 'press' };
};

const createSide = (options: EdgeOptions): ChatSide<TeamsAct, Answered> => {
  const { route, directory, answers } = options;

  const accountOf = (act: TeamsAct) => (act.account === undefined ? undefined : directory.personOf(act.account));

  return {
    chat: 'teams',
    notHere: NOT_HERE,
    kindOf,
    // A look changes nothing, and comes with every card that is scrolled by.
    sendingOf: (act) =>
      kindOf(act).is === 'look'
        ? undefined
        : { key: `teams:${channelOf(act)}:${act.account ?? act.user}:${act.activity}`, message: isMessage(act) },
    submissionOf: (act) => {
      if (act.kind !== 'press' || act.ours.do !== 'submit') return undefined;
      const { form } = act.ours;
      return {
        showing: `${act.account ?? act.user} ${form.name} ${form.showing}`,
        content: sha256(JSON.stringify([form.context, formValues(form, act.data)])),
      };
    },
    aheadOf: (act) => {
      if (act.kind === 'said') return [act.words];
      if (act.kind === 'sought') return undefined;
      const { ours } = act;
      switch (ours.do) {
        case 'look':
          return [ours.deal];
        case 'submit': {
          const person = accountOf(act);
          return [ours.form.context, person && submitCause(person.id, ours.form)];
        }
        default:
          return [ours.value];
      }
    },
    identify: createIdentify(options),
    read: (act, { person }, trace) => ({ kind: 'ask', interaction: readInteraction(act, person, trace) }),
    // The deal's messages could not be posted where the bot is not.
    channelProblem: async (channel, act) => ((await directory.bothIn(channel, act)) ? undefined : NOT_BOTH_THERE),
    grown: async (act, interaction) => {
      if (act.kind !== 'press' || act.ours.do !== 'submit' || interaction.kind !== 'submit') return undefined;
      const form = await formWithFollowUps(route, interaction, act.ours.form);
      return form && { kind: 'form', form, again: true };
    },
    reply: answers.reply,
    refuse: answers.refuse,
    late: answers.late,
    bare: (act, words) => {
      if (act.kind === 'sought') return extensionWords(words);
      if (act.kind === 'said') return act.dialog ? dialogWords(words) : EMPTY;
      if (act.via === 'message') return EMPTY;
      return act.via === 'card' ? cardWords(words) : dialogWords(words);
    },
    // Words go to their chat with the bot.
    addressee: (act) => accountOf(act)?.id,
  };
};

export const createTeamsEdge = (options: EdgeOptions): TeamsEdge => {
  const { directory, logger } = options;
  const edge = createEdge({ ...options, side: createSide(options) });
  const learn = createLearning(options);

  const greeted = async (act: Arrived, arrival: Arrival): Promise<Answered> => {
    const person = act.account === undefined ? undefined : directory.personOf(act.account)?.id;
    // A person's address is learnt from their acts, once Teams confirmed that they are in that conversation: here, from
    // the greeting.
    await learn(act, undefined, arrival.trace);
    // An app that an administrator pushed to everybody is nobody's act: people outside the file are told nothing yet.
    if (!act.greet || act.activity === '' || person === undefined) return EMPTY;
    return (await edge.handle({ ...act, kind: 'said', words: 'home', dialog: false }, arrival)) ?? EMPTY;
  };

  const read = (envelope: Envelope, body: unknown, trace: string): Payload | undefined => {
    try {
      return readPayload(envelope, body);
    } catch (error) {
      logger.error('teams.unreadable', { trace, error });
      return undefined;
    }
  };

  const answer = async (act: Payload | undefined, arrival: Arrival): Promise<Answered | undefined> => {
    if (!act) return { status: 400 };
    switch (act.kind) {
      case 'ignored':
        return EMPTY;
      case 'unsupported':
        logger.warn('teams.unsupported', { trace: arrival.trace, kind: act.what });
        return act.via === 'card' ? NOT_SUPPORTED : EMPTY;
      case 'arrived':
        return greeted(act, arrival);
      default:
        return edge.handle(act, arrival);
    }
  };

  return {
    idle: edge.idle,
    handle: async (envelope, body, trace) => {
      const arrival = { trace, arrived: performance.now() };
      const act = read(envelope, body, trace);
      return (await edge.receive(arrival, () => answer(act, arrival))) ?? EMPTY;
    },
  };
};
