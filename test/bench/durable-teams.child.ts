/** The bot with Teams alone, wired as in a deployment, but with tokens and messages that stay on this machine. */

import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC, withOverrides } from '@microsoft/teams.api';
import express from 'express';
import { loadOrganisation } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../src/config/policy-file.ts';
import { NOT_READ_HERE } from '../../src/edge/file-read.ts';
import { createLogger } from '../../src/log.ts';
import { createDeliver } from '../../src/outbox/deliver.ts';
import { startOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { createRender } from '../../src/outbox/render.ts';
import { createRouter } from '../../src/route/route.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import { createDeals } from '../../src/streams/deals.ts';
import { createEarlierDeals } from '../../src/streams/earlier-deals.ts';
import { homesOf } from '../../src/streams/homes.ts';
import { createPolicies } from '../../src/streams/policies.ts';
import { createReadAhead } from '../../src/streams/read-ahead.ts';
import { createTeams } from '../../src/teams/teams.ts';
import { databaseFile, loadDataKey } from '../../store/keys.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { digestsOn, registersOn } from '../support/registers.ts';
import { serveMeasures } from './child.ts';
import { CLIENT_ID, TENANT_ID } from './tokens.ts';

const setting = (name: string): string => process.env[name] ?? '';

const dataDir = setting('DATA_DIR');
mkdirSync(dataDir, { recursive: true });
const store = openSqliteStore({
  file: databaseFile(dataDir),
  dataKey: loadDataKey(undefined, dataDir),
  busyTimeoutMs: 300,
});
const read = loadOrganisation(setting('CLEARTHREAD_ORGANISATION'));
const organisation = () => read;
const policies = await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson);
const clock = () => new Date();
const logger = createLogger('error');

const wired: { outbox?: Outbox } = {};
const ahead = createReadAhead();
const registers = registersOn(store, organisation, clock, undefined, ahead);
const deals = createDeals({
  store,
  policies,
  organisation,
  homes: homesOf(organisation, ['teams']),
  clock,
  wake: () => wired.outbox?.wake(),
  ahead,
});
const index = createDealIndex({ store, deals, logger, organisation });
const earlierDeals = createEarlierDeals({ index, deals, logger });
const teams = createTeams(
  {
    clientId: CLIENT_ID,
    clientSecret: 'bench',
    tenantId: TENANT_ID,
    tenants: [TENANT_ID],
    serviceHosts: ['127.0.0.1'],
    serviceUrl: setting('CONNECTOR'),
    cloud: withOverrides(PUBLIC, { openIdMetadataUrl: setting('OPENID_METADATA') }),
    token: async () => 'bench',
    loopback: true,
  },
  {
    organisation,
    store,
    route: createRouter({
      deals,
      registers,
      index,
      digests: digestsOn(store, deals, organisation, clock),
      store,
      organisation,
      ...earlierDeals,
      threadUrl: async () => undefined,
      readFile: async () => NOT_READ_HERE,
      clock,
      command: '/deal',
    }),
    // No card has inputs here.
    liveCard: async () => undefined,
    refused: async () => {},
    logger,
    clock,
  },
);

const delivering = createDeliver({
  outlets: [teams.outlet],
  deals,
  clock,
  render: createRender({ deals, registers, organisation }),
  organisation,
  store,
  logger,
});

const app = express();
await teams.start(app);
wired.outbox = startOutbox({ store, ...delivering, clock, logger });
const server = createServer(app);
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address() as AddressInfo;
serveMeasures(port, async () => {
  await teams.stop();
  await wired.outbox?.stop();
  server.closeAllConnections();
  await store.close();
});
