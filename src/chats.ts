/** The connected chats, as one: started, checked for problems, and stopped together. */

import type { Express } from 'express';
import type { Card } from '../blocks/card.ts';
import { ALL_CHATS, type Chat } from '../flows/chats.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Config } from './config/config.ts';
import type { TeamsConfig } from './config/teams.ts';
import type { ChatOptions } from './edge/chat-options.ts';
import { NOT_READ_HERE, type FileRead, type ReadFile } from './edge/file-read.ts';
import type { CountRequest } from './edge/request-watch.ts';
import type { Outlet } from './outbox/delivery.ts';
import type { SlackMode } from './slack/slack.ts';
import type { TeamsMode } from './teams/mode.ts';

export interface ChatsOptions extends Omit<ChatOptions, 'asked'> {
  store: EventStore;
  liveCard: (deal: string, key: string) => Promise<Card | undefined>;
  /** Counts how requests were answered. */
  asked: (chat: Chat, ...how: Parameters<CountRequest>) => void;
  /** Slash command with its slash, for Slack. */
  command: string;
}

export interface Chats {
  outlets: readonly Outlet[];
  /** Starts receiving requests at `/slack/events` and `/api/messages`. Throws one sentence that says what to set. */
  start(app: Express): Promise<void>;
  /** Stops receiving in the chats that were started; they answer the requests they have. */
  stop(): Promise<void>;
  /** One sentence for each chat that is not connected. */
  problems(): string[];
  readFile: ReadFile;
}

/** Slack settings with the base of the Web API; undefined: Slack's own. */
type SlackAt = SlackMode & { apiUrl: string | undefined };

/** Settings of each chat; undefined: it is off. */
export interface ChatModes {
  slack: SlackAt | undefined;
  teams: TeamsMode | undefined;
}

/** Reads the settings of each chat. The playground is both chats. */
export const chatModes = async (config: Config, playground: ChatModes | undefined): Promise<ChatModes> => {
  if (playground) return playground;
  if (config.mode === 'playground') throw new Error('the playground was not mounted');
  return { slack: config.slack, teams: config.teams && (await teamsMode(config.teams)) };
};

export const chatsOn = (modes: ChatModes): Chat[] => ALL_CHATS.filter((chat) => modes[chat]);

// Each SDK is loaded only if its chat is on.
const teamsMode = async ({ cloud, serviceHosts, ...app }: TeamsConfig): Promise<TeamsMode> => {
  const { cloudOf } = await import('./teams/clouds.ts');
  return { ...app, ...cloudOf(cloud, serviceHosts) };
};

/** The common interface of the two chats. */
interface Running {
  outlet: Outlet;
  start(app: Express): Promise<void>;
  stop(): Promise<void>;
  problem(): string | undefined;
  /** Absent: the chat lets a bot read no file that was handed in. */
  readFile?: ((link: string) => Promise<FileRead>) | undefined;
}

type OneChat = Omit<ChatsOptions, 'asked'> & { asked: CountRequest };

const slackChat = async (mode: SlackAt, { command, ...options }: OneChat): Promise<Running> => {
  const { COMMANDS, createSlack } = await import('./slack/slack.ts');
  const commands = [...new Set([command, ...COMMANDS])];
  const { listener, start, stop, outlet, problem, readFile } = createSlack(mode, {
    ...options,
    apiUrl: mode.apiUrl,
    commands,
  });
  return {
    outlet,
    stop,
    problem,
    readFile,
    start: async (app) => {
      if (listener) app.post('/slack/events', listener);
      await start();
    },
  };
};

const teamsChat = async (mode: TeamsMode, options: OneChat): Promise<Running> => {
  const { createTeams } = await import('./teams/teams.ts');
  return createTeams(mode, options);
};

type CreateChat<Mode> = (mode: Mode, options: OneChat) => Promise<Running>;

const CREATE: { [chat in Chat]: CreateChat<NonNullable<ChatModes[chat]>> } = { slack: slackChat, teams: teamsChat };

const createOne = async <C extends Chat>(chat: C, modes: ChatModes, options: ChatsOptions): Promise<Running[]> => {
  const mode: ChatModes[C] = modes[chat];
  const create: CreateChat<NonNullable<ChatModes[C]>> = CREATE[chat];
  return mode ? [await create(mode, { ...options, asked: (...how) => options.asked(chat, ...how) })] : [];
};

export const createChats = async (modes: ChatModes, options: ChatsOptions): Promise<Chats> => {
  const created = await Promise.all(
    ALL_CHATS.map(async (chat) => [chat, await createOne(chat, modes, options)] as const),
  );
  const chats = created.flatMap(([, one]) => one);
  const started: Running[] = [];
  return {
    outlets: chats.map(({ outlet }) => outlet),
    start: async (app) => {
      for (const chat of chats) {
        await chat.start(app);
        started.push(chat);
      }
    },
    stop: async () => {
      await Promise.all(started.splice(0).map((chat) => chat.stop()));
    },
    readFile: async (chat, link) => {
      const [one] = created.find(([name]) => name === chat)?.[1] ?? [];
      return one?.readFile?.(link) ?? NOT_READ_HERE;
    },
    problems: () => chats.map((chat) => chat.problem()).filter((problem) => problem !== undefined),
  };
};
