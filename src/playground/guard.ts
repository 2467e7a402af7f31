/** In the playground anybody can be anybody, so it is for this machine only. */

import type { RequestHandler } from 'express';

const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'TEAMS_CLIENT_ID',
  'TEAMS_CLIENT_SECRET',
  'MONGODB_URI',
] as const;

/** Ports above 1023 that no browser opens, nor the bot's own clients: https://fetch.spec.whatwg.org/#port-blocking */
const CLOSED_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
]);

/** Returns why the playground may not start, or undefined. `deployment` says how the data folder was made. */
export const playgroundRefusal = (
  env: Readonly<Record<string, string | undefined>>,
  deployment: string | undefined,
): string | undefined => {
  if (env['NODE_ENV'] === 'production') {
    return 'The playground lets anybody act as anybody and does not start with NODE_ENV=production: set the credentials of Slack or Teams, or unset NODE_ENV.';
  }
  const port = env['PORT']?.trim();
  if (CLOSED_PORTS.has(Number(port))) return `No browser opens port ${port}: set PORT to another, for example 3000.`;
  const set = SECRETS.find((name) => (env[name] ?? '') !== '');
  if (set !== undefined) {
    return `The playground does not start while ${set} is set: unset it, or complete the settings of a real deployment.`;
  }
  if (deployment === 'real') {
    return 'The data folder was made by a real deployment, and the playground does not touch it: set DATA_DIR to another folder.';
  }
  return undefined;
};

const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The Host check stops a foreign name that resolves to loopback; the Origin check stops other pages in the browser. */
export const guard: RequestHandler = (request, response, next) => {
  const host = request.get('host') ?? '';
  const origin = request.get('origin');
  const refuse = (why: string): void => {
    response.status(403).type('text').send(`The playground is for this machine only: ${why}.`);
  };
  if (!LOOPBACK.has(request.socket.remoteAddress ?? '')) return refuse('the request came from another one');
  if (!LOCAL_HOST.test(host)) return refuse('open it as http://127.0.0.1 or http://localhost');
  if (origin !== undefined && origin !== `http://${host}`) return refuse('the request came from another page');
  response.set({
    'content-security-policy': CSP,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  next();
};

/** Lets changes come from the page itself only: browsers always name the origin of a POST. */
export const fromThePage: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.get('origin') !== undefined) next();
  else response.status(403).type('text').send('The playground takes this from its own page only.');
};
