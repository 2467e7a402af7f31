/** The yardstick: a Bolt app that checks the signature, acknowledges, and keeps nothing. */

import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { serveMeasures } from './child.ts';
import { SIGNING_SECRET } from './signed.ts';

const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U0' }),
});
app.action(/.*/, async ({ ack }) => ack());
app.view(/.*/, async ({ ack }) => ack());

const server = await receiver.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
serveMeasures(typeof address === 'object' && address ? address.port : 0, () => app.stop());
