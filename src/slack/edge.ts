/** Slack's side of the edge: its payloads as acts, and its acknowledgements as answers. */

import { sha256 } from '../../store/chain.ts';
import { createEdge, type Arrival, type ChatSide, type EdgeOptions as CommonOptions } from '../edge/edge.ts';
import type { Answers } from './answers.ts';
import { createIdentify, type IdentifyOptions } from './identify.ts';
import { formValues, readInteraction } from './interactions.ts';
import { readPayload, type SlackAct } from './payloads.ts';
import type { Respond } from './receiver.ts';
import { submitCause, viewContext } from './views.ts';
import { NOT_A_MEMBER, SHARED } from './words.ts';

export interface EdgeOptions extends Omit<CommonOptions<never, never>, 'side'>, IdentifyOptions {
  answers: Answers;
  commands: readonly string[];
}

export interface Incoming extends Arrival {
  body: unknown;
  respond: Respond;
}

export interface SlackEdge {
  /** Handles a request. Never throws, and leaves none unacknowledged but a repeat. */
  handle(incoming: Incoming): Promise<void>;
  /** Resolves when everything received so far is answered, messages after the acknowledgement included. */
  idle(): Promise<void>;
}

interface Request {
  act: SlackAct;
  respond: Respond;
}

const KINDS = {
  command: 'words',
  said: 'words',
  home: 'words',
  shortcut: 'press',
  press: 'press',
  'press in view': 'press',
  'press at home': 'press',
  change: 'press',
  submit: 'submit',
  suggest: 'press',
} as const satisfies Record<SlackAct['kind'], string>;

const aheadOf = (act: SlackAct): [string, string?] | undefined => {
  switch (act.kind) {
    case 'command':
    case 'said':
    case 'shortcut':
      return [act.words];
    case 'press':
    case 'press in view':
    case 'press at home':
      return [act.value];
    case 'change':
      return [viewContext(act.view)?.context ?? ''];
    case 'submit':
      return [viewContext(act.view)?.context ?? '', submitCause(act.view)];
    case 'home':
    case 'suggest':
      return undefined;
    default: {
      const never: never = act;
      return never;
    }
  }
};

const createSide = ({ answers, directory, team }: EdgeOptions): ChatSide<Request, void> => {
  const identify = createIdentify({ directory, team });
  return {
    chat: 'slack',
    notHere: NOT_A_MEMBER,
    kindOf: ({ act }) => ({ log: act.kind, is: KINDS[act.kind] }),
    // Only events come again; the receiver tells repeats of all other requests.
    sendingOf: ({ act }) =>
      act.kind === 'said' || act.kind === 'home' ? { key: `slack:event:${act.event}`, message: true } : undefined,
    submissionOf: ({ act }) =>
      act.kind === 'submit'
        ? {
            showing: `${act.team} ${act.user} ${submitCause(act.view)}`,
            content: sha256(JSON.stringify([viewContext(act.view)?.context, formValues(act.view, directory)])),
          }
        : undefined,
    aheadOf: ({ act }) => aheadOf(act),
    identify: ({ act }) => identify(act),
    read: ({ act }, { person, place }, trace) => readInteraction(act, { person, trace, ...place }, directory),
    channelProblem: async (channel) => {
      const { shared, botIsMember } = await directory.channel(channel);
      if (shared) return SHARED;
      return botIsMember === false ? NOT_A_MEMBER : undefined;
    },
    // It needs no trigger: a view can be updated for as long as it is open, and a home at any time.
    hold: async ({ act, respond }) => {
      if (act.kind !== 'change' && act.kind !== 'press in view' && act.kind !== 'home') return false;
      await respond();
      return true;
    },
    reply: ({ act, respond }, reply, { trace }) => answers.reply(act, reply, respond, trace),
    refuse: ({ act, respond }, words, { trace }) => answers.refuse(act, words, respond, trace),
    late: ({ act }, reply, { trace }) => answers.late(act, reply, trace),
    bare: () => {},
  };
};

export const createSlackEdge = (options: EdgeOptions): SlackEdge => {
  const { commands, logger } = options;
  const edge = createEdge({ ...options, side: createSide(options) });

  return {
    idle: edge.idle,
    handle: async ({ body, respond: acknowledge, ...arrival }) => {
      const { trace } = arrival;
      const respond: Respond = (answer) => {
        edge.answered(trace);
        return acknowledge(answer);
      };
      const act = readPayload(body, commands);
      switch (act.kind) {
        case 'ignored':
          await edge.receive(arrival, () => respond());
          return;
        case 'unsupported':
          await edge.receive(arrival, async () => {
            logger.warn('slack.unsupported', { trace, kind: act.what.replaceAll(' ', '-') });
            await respond();
          });
          return;
        default:
          await edge.handle({ act, respond }, arrival);
          // The receiver answers repeats.
          if ((await arrival.first) !== false) await respond();
      }
    },
  };
};
