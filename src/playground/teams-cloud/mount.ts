/** The second pane: a page that behaves like a Teams client, in front of a strict stand-in for Teams' cloud. */

import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import type { Organisation } from '../../../flows/organisation.ts';
import type { Logger } from '../../log.ts';
import type { TeamsMode } from '../../teams/mode.ts';
import type { PlaygroundClock } from '../clock.ts';
import { openTeamsCloud } from './cloud.ts';
import { connector } from './connector.ts';
import { BOT, TENANT, type TeamsUser } from './directory.ts';
import { createOutbound, DEADLINE_MS } from './outbound.ts';
import type { Setting } from './spot.ts';
import { createTokens, ISSUER } from './tokens.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import { teamsUiRoutes } from './ui.ts';

export interface TeamsPaneOptions {
  organisation: Organisation;
  dataDir: string;
  /** The bot's `POST /api/messages`. */
  teamsUrl: () => string;
  /** `http://127.0.0.1:3000` */
  baseUrl: () => string;
  logger: Logger;
  /** How long the cloud waits for the bot before it sends again, ms. */
  teamsPatienceMs?: number | undefined;
  clock: PlaygroundClock;
  /** Where the compiled page is. */
  root: string;
}

/** For tests: other events in a tenant. */
export interface TeamsHooks {
  trouble(trouble: Trouble): void;
  /** Changes a person by Entra object id: they leave, or lose or get the app. */
  change(user: string, how: Partial<Pick<TeamsUser, 'left' | 'hasApp'>>): void;
  /** Returns the `29:…` of an Entra object id. */
  mriOf(user: string): string | undefined;
}

export interface TeamsPane {
  mode: TeamsMode;
  hooks: TeamsHooks;
  close(): void;
}

/** The official renderer, as its package ships it for browsers. */
const RENDERER = 'adaptivecards.js';
const rendererDir = (): string => dirname(createRequire(import.meta.url).resolve(`adaptivecards/dist/${RENDERER}`));

/** Returns addresses for the SDK: the keys are here, and anything else it might ask for leads nowhere. */
const environmentAt = (url: string): TeamsMode['cloud'] => ({
  loginEndpoint: 'https://login.playground.invalid',
  loginTenant: TENANT.id,
  botScope: `${ISSUER}/.default`,
  tokenServiceUrl: 'https://token.playground.invalid',
  // The SDK looks for the keys at `…/keys`.
  openIdMetadataUrl: `${url}/openidconfiguration`,
  tokenIssuer: ISSUER,
  graphScope: 'https://graph.playground.invalid/.default',
});

export const mountTeamsPane = (app: Express, options: TeamsPaneOptions): TeamsPane => {
  const { organisation, dataDir, logger, baseUrl, root, clock, teamsUrl } = options;
  const cloud = openTeamsCloud(organisation, dataDir, clock.now);
  const tokens = createTokens(Date.now);
  const trouble = createTrouble();
  const serviceUrl = (): string => `${baseUrl()}/playground/teams/connector/`;
  const messageUrl = (conversation: string, message: string): string =>
    `${baseUrl()}/playground/teams/?${new URLSearchParams({ conversation, message }).toString()}`;
  const deadlineMs = options.teamsPatienceMs ?? DEADLINE_MS;
  const outbound = createOutbound(tokens, { teamsUrl, serviceUrl, deadlineMs });
  const setting: Setting = { cloud, outbound, messageUrl, logger };
  const ui = teamsUiRoutes(setting, clock);
  const page: RequestHandler = (_request, response) => {
    response.sendFile('teams/index.html', { root, headers: { 'cache-control': 'no-cache' } });
  };
  const renderer = rendererDir();

  const router = express.Router();
  router.get('/', (request, response, next) => {
    // Relative links of the page need the slash.
    if (request.originalUrl.split('?', 1)[0]?.endsWith('/') === true) page(request, response, next);
    else response.redirect('/playground/teams/');
  });
  router.get('/adaptivecards.js', (_request, response) => {
    response.sendFile(RENDERER, { root: renderer, headers: { 'cache-control': 'no-cache' } });
  });
  router.get('/keys', (_request, response) => {
    response.json(tokens.jwks());
  });
  router.get('/openidconfiguration', (_request, response) => {
    response.json({ issuer: ISSUER, jwks_uri: `${baseUrl()}/playground/teams/keys` });
  });
  router.use('/connector', connector(cloud, tokens, trouble.handler, logger));
  router.use('/ui', ui.router);
  app.use('/playground/teams', router);

  return {
    // The base URL may be known later than this.
    mode: {
      clientId: BOT.clientId,
      clientSecret: randomBytes(24).toString('hex'),
      tenantId: TENANT.id,
      tenants: [TENANT.id],
      serviceHosts: ['127.0.0.1', 'localhost'],
      get serviceUrl() {
        return serviceUrl();
      },
      get cloud() {
        return environmentAt(`${baseUrl()}/playground/teams`);
      },
      token: async () => tokens.bot(),
      loopback: true,
      messageUrl,
    },
    hooks: {
      trouble: trouble.next,
      change: cloud.change,
      mriOf: (user) => cloud.users.get(user)?.mri,
    },
    close: () => {
      ui.close();
      cloud.close();
    },
  };
};
