/** The playground: pages that behave like the clients of Slack and Teams, in front of strict stand-ins for their clouds. */

import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Organisation } from '../../flows/organisation.ts';
import { createAlone, type Alone } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { TeamsMode } from '../teams/mode.ts';
import { openClock, type PlaygroundClock } from './clock.ts';
import { guard } from './guard.ts';
import { createPublicPages, type PublicParts } from './public-pages.ts';
import { openSampleYears, type YearsParts } from './sample-years.ts';
import type { Menu } from './shown.ts';
import type { Setting } from './slack-cloud/acts.ts';
import { uploadRoutes } from './slack-cloud/api-files.ts';
import { openCloud } from './slack-cloud/cloud.ts';
import { createOutbound } from './slack-cloud/outbound.ts';
import { responseUrls } from './slack-cloud/responses.ts';
import { webApi } from './slack-cloud/web-api.ts';
import { mountTeamsPane, type TeamsHooks } from './teams-cloud/mount.ts';
import { uiRoutes } from './ui.ts';

export interface PlaygroundOptions {
  organisation: Organisation;
  /** Conversations are kept in `playground.sqlite` here. */
  dataDir: string;
  signingSecret: string;
  botToken: string;
  /** The bot's `POST /slack/events`. */
  eventsUrl: () => string;
  /** The bot's `POST /api/messages`; at `baseUrl` where absent. */
  teamsUrl?: (() => string) | undefined;
  /** How long Teams' cloud waits for the bot before it sends an activity again, ms; 15,000 where absent. */
  teamsPatienceMs?: number | undefined;
  /** `http://127.0.0.1:3000` */
  baseUrl: () => string;
  logger: Logger;
  /** The bot's slash command; `/deal` where absent. `/clear-deal` always works. */
  command?: string | undefined;
  shortcuts?: Menu['shortcuts'] | undefined;
  /** The bot has an App Home and wants `app_home_opened`: it has, where absent. */
  homeTab?: boolean | undefined;
  /** Resolves with whether there are sample deals, of which the page then offers a tour. It offers none, where absent. */
  samples?: (() => Promise<boolean>) | undefined;
  /** The machine's clock, milliseconds since 1970. */
  now?: (() => number) | undefined;
  /** The compiled page, where it is not at its usual place. */
  pageDir?: string | undefined;
}

export interface Playground {
  /** For `slackApiUrl` of `@slack/web-api`. */
  apiUrl: () => string;
  /** For `createTeams`. */
  teams: TeamsMode;
  /** The clock for all business: deals, reminders, messages. */
  clock: Pick<PlaygroundClock, 'now' | 'watch'>;
  /** Keeps what the bot does by itself off the sample year, which is written beside it. */
  alone: Alone;
  /** From now on its pages can add a sample year, and show what was published. */
  begin: (parts: Omit<YearsParts, 'alone'> & PublicParts) => void;
  /** For tests. */
  teamsHooks: TeamsHooks;
  close(): Promise<void>;
}

/** Returns the compiled page's folder, also where this runs from the sources: browsers take no TypeScript. */
const usualPageDir = (): string => {
  const beside = fileURLToPath(new URL('./page/', import.meta.url));
  return existsSync(`${beside}main.js`)
    ? beside
    : fileURLToPath(new URL('../../dist/src/playground/page/', import.meta.url));
};

/** The message shortcuts of the app's manifest. */
export const SHORTCUTS: Menu['shortcuts'] = [
  { callbackId: 'new', name: 'Clear a new deal' },
  { callbackId: 'status', name: 'Status of this deal' },
  { callbackId: 'change', name: 'Change this deal' },
  { callbackId: 'help', name: 'Help with deals' },
];

const menuOf = ({ command = '/deal', shortcuts = SHORTCUTS, homeTab = true }: PlaygroundOptions): Menu => ({
  commands: [...new Set([command, '/clear-deal'])].map((name) => ({
    command: name,
    hint: 'Clear a deal; or mine, queue, find WORDS, help',
  })),
  shortcuts,
  homeTab,
});

/** Mount it before other routes: its guard precedes all of them. Throws where the data folder cannot be written. */
export const mountPlayground = async (app: express.Express, options: PlaygroundOptions): Promise<Playground> => {
  const { organisation, dataDir, logger, baseUrl, now = Date.now } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const clock = openClock(dataDir, now);
  const alone = createAlone();
  const years = openSampleYears({ dataDir, now: clock.now, logger });
  const published = createPublicPages();
  const cloud = openCloud(organisation, dataDir, clock.now);
  for (const user of cloud.users.values()) if (!user.bot && !user.deactivated) cloud.openDm(user);
  const setting: Setting = { cloud, outbound: createOutbound(options), baseUrl, logger };
  const ui = uiRoutes(setting, menuOf(options), clock);
  const root = options.pageDir ?? usualPageDir();
  const page: express.RequestHandler = (_request, response) => {
    response.sendFile('index.html', { root, headers: { 'cache-control': 'no-cache' } });
  };

  app.use(guard);
  app.get('/', (_request, response) => response.redirect('/playground/'));
  app.get('/playground/', page);
  app.get('/archives/:channel', page);
  app.get('/archives/:channel/:message', page);
  app.use('/playground/api', webApi(cloud, options));
  app.use('/playground/response', responseUrls(cloud));
  app.use('/playground/upload', uploadRoutes(cloud));
  app.get('/playground/tour', async (_request, response) => {
    response.json({ offered: (await options.samples?.()) ?? false });
  });
  app.use('/playground/ui', ui.router);
  app.use('/playground/clock', clock.router);
  app.use('/playground/year', years.router);
  app.use('/playground/public', published.router);
  // Never drawn here: a file that somebody handed in is saved, not opened.
  app.get('/playground/files/:id/:name', (request, response) => {
    const file = cloud.files.get(request.params.id);
    if (file) response.attachment(file.name).send(cloud.files.bytes(file.id));
    else response.status(404).type('text').send('There is no such file.');
  });
  const teamsUrl = options.teamsUrl ?? (() => `${baseUrl()}/api/messages`);
  const teams = mountTeamsPane(app, { ...options, teamsUrl, clock, root });
  app.use('/playground', express.static(root, { index: false, cacheControl: true, maxAge: 0 }));

  return {
    apiUrl: () => `${baseUrl()}/playground/api/`,
    teams: teams.mode,
    teamsHooks: teams.hooks,
    clock,
    alone,
    begin: (parts) => {
      years.begin({ ...parts, alone });
      published.begin(parts);
    },
    close: async () => {
      await years.close();
      ui.close();
      teams.close();
      cloud.close();
      clock.close();
    },
  };
};
