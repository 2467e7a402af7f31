/** The yardstick: a Teams SDK app that checks the token, answers with a fixed card, and keeps nothing. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC, withOverrides } from '@microsoft/teams.api';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import express from 'express';
import { serveMeasures } from './child.ts';
import { CLIENT_ID, TENANT_ID } from './tokens.ts';

const web = express();
const app = new App({
  clientId: CLIENT_ID,
  clientSecret: 'bench',
  tenantId: TENANT_ID,
  cloud: withOverrides(PUBLIC, { openIdMetadataUrl: process.env['OPENID_METADATA'] ?? '' }),
  httpServerAdapter: new ExpressAdapter(web),
});
app.on('dialog.submit', () => ({
  task: {
    type: 'continue',
    value: {
      title: 'Clear a deal',
      card: {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Thank you.' }] },
      },
    },
  },
}));
await app.initialize();

const server = createServer(web);
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address() as AddressInfo;
serveMeasures(port, async () => server.closeAllConnections());
