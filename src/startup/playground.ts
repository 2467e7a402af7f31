/** Opens the playground, a simulation of both clouds on this machine, if no chat is set. */

import { randomBytes } from 'node:crypto';
import type express from 'express';
import type { Organisation } from '../../flows/organisation.ts';
import type { ChatModes } from '../chats.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import type { Playground } from '../playground/mount.ts';
import type { SamplesOptions } from '../playground/samples/samples.ts';

/** The simulated workspace needs secrets; they never leave this machine's loopback. */
export const PLAYGROUND = {
  botToken: `xoxb-playground-${randomBytes(24).toString('hex')}`,
  signingSecret: randomBytes(32).toString('hex'),
};

interface OpenPlayground {
  chats: ChatModes;
  /** A clock that can be moved, here and nowhere else. */
  clock: Playground['clock'];
  /** Lays out the sample deals, where they are wanted and not there yet. Never throws. */
  layOutSamples: (parts: Omit<SamplesOptions, 'dataDir'>) => Promise<void>;
  alone: Playground['alone'];
  begin: Playground['begin'];
  close: () => Promise<void>;
}

/** Opens both simulated clouds; undefined for a real deployment, which does not load their code. */
export const openPlayground = async (
  app: express.Express,
  config: Config,
  organisation: Organisation,
  url: string,
  logger: Logger,
): Promise<OpenPlayground | undefined> => {
  if (config.mode !== 'playground') return undefined;
  const { samples } = config;
  let tell: (areThere: boolean) => void = () => {};
  const areThere = new Promise<boolean>((resolve) => {
    tell = resolve;
  });
  const { mountPlayground } = await import('../playground/mount.ts');
  const { apiUrl, teams, clock, alone, begin, close } = await mountPlayground(app, {
    organisation,
    dataDir: config.dataDir,
    ...PLAYGROUND,
    eventsUrl: () => `${url}/slack/events`,
    teamsUrl: () => `${url}/api/messages`,
    baseUrl: () => url,
    command: config.command,
    samples: samples ? () => areThere : undefined,
    logger,
  });
  return {
    chats: { slack: { mode: 'http', ...PLAYGROUND, apiUrl: apiUrl() }, teams },
    clock,
    alone,
    layOutSamples: async (parts) => {
      if (!samples) return;
      const { layOutSamples } = await import('../playground/samples/samples.ts');
      tell(await layOutSamples({ ...parts, dataDir: config.dataDir }));
    },
    begin,
    close,
  };
};
