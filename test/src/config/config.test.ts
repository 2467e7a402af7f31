import { generateKeyPairSync } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1-canary' };
const ORGANISATION = { CLEARTHREAD_ORGANISATION: 'organisation.yml' };
const SECRET = { SLACK_SIGNING_SECRET: 'f00dcanary0123456789abcdef012345' };
const APP = { SLACK_APP_TOKEN: 'xapp-1-canary' };
const TENANT = '00000000-0000-4000-8000-0000000000aa';
const TEAMS = {
  TEAMS_CLIENT_ID: '00000000-0000-4000-8000-0000000000B0',
  TEAMS_CLIENT_SECRET: 'canary-client-secret',
  TEAMS_TENANT_ID: TENANT,
};

describe('the environment makes', () => {
  it('a playground on loopback when it is empty', () => {
    expect(readConfig({})).toEqual({
      mode: 'playground',
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      policyFile: undefined,
      organisationFile: undefined,
      samples: true,
      command: '/deal',
      logLevel: 'info',
    });
  });

  it('a playground on loopback whatever HOST says', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '0' })).toMatchObject({
      mode: 'playground',
      host: '127.0.0.1',
      port: 0,
    });
  });

  it('the same of empty variables as of none', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ', DATA_DIR: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    [' [::1]:0 ', { host: '::1', port: 0 }],
    ['metrics.internal.example:80', { host: 'metrics.internal.example', port: 80 }],
  ])('an address for health and metrics of %s', (address, ops) => {
    expect(readConfig({ CLEARTHREAD_OPS_ADDRESS: address })).toMatchObject({ ops, port: 3000 });
  });

  it.each([
    ['https://clearthread.example.com', 'https://clearthread.example.com'],
    [' https://Clearthread.example.com:8443/ ', 'https://clearthread.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
  ])('an address of its own of %s', (address, publicUrl) => {
    expect(readConfig({ CLEARTHREAD_PUBLIC_URL: address })).toMatchObject({ publicUrl });
  });

  it.each(['checkpoints', '/mnt/checkpoints', 'C:\\checkpoints'])('the folder %s for checkpoints', (folder) => {
    expect(readConfig({ CLEARTHREAD_CHECKPOINTS: folder })).toMatchObject({
      checkpoints: { to: 'folder', folder: resolve(folder) },
    });
  });

  it('a Socket Mode bot', () => {
    expect(readConfig({ ...BOT, ...APP, ...ORGANISATION, NODE_ENV: 'production' })).toMatchObject({
      mode: 'real',
      slack: { mode: 'socket', botToken: 'xoxb-1-canary', appToken: 'xapp-1-canary', apiUrl: undefined },
      teams: undefined,
      organisationFile: resolve('organisation.yml'),
    });
  });

  it('an HTTP bot with every setting', () => {
    const read = readConfig({
      ...BOT,
      ...SECRET,
      ...ORGANISATION,
      HOST: '::1',
      PORT: '8080',
      DATA_DIR: '/var/lib/clearthread',
      SLACK_API_URL: 'https://slack-gov.com/api',
      CLEARTHREAD_POLICY: 'policy.yml',
      CLEARTHREAD_CHECKPOINTS: 'https://witness.example/in?token=canary',
      CLEARTHREAD_COMMAND: '/clear-deal',
      LOG_LEVEL: 'debug',
    });
    expect(read).toEqual({
      mode: 'real',
      slack: {
        mode: 'http',
        botToken: 'xoxb-1-canary',
        signingSecret: SECRET.SLACK_SIGNING_SECRET,
        apiUrl: 'https://slack-gov.com/api/',
      },
      teams: undefined,
      organisationFile: resolve('organisation.yml'),
      host: '::1',
      port: 8080,
      dataDir: '/var/lib/clearthread',
      policyFile: resolve('policy.yml'),
      checkpoints: { to: 'address', address: 'https://witness.example/in?token=canary' },
      command: '/clear-deal',
      logLevel: 'debug',
    });
  });

  it('a bot in Teams alone, for its own tenant and the public cloud', () => {
    expect(readConfig({ ...TEAMS, ...ORGANISATION, NODE_ENV: 'production' })).toMatchObject({
      mode: 'real',
      slack: undefined,
      teams: {
        clientId: '00000000-0000-4000-8000-0000000000b0',
        clientSecret: 'canary-client-secret',
        tenantId: TENANT,
        tenants: [TENANT],
        cloud: 'public',
        serviceHosts: undefined,
      },
    });
  });

  it('a bot in both chats, with every setting of Teams', () => {
    const other = '00000000-0000-F000-0000-0000000000AB';
    const read = readConfig({
      ...BOT,
      ...APP,
      ...TEAMS,
      ...ORGANISATION,
      TEAMS_CLOUD: 'gcc-high',
      TEAMS_ALLOWED_TENANTS: ` ${TENANT}, ${other} ,`,
      TEAMS_SERVICE_HOSTS: 'SMBA.example.com,a-b.example.co.uk',
    });
    expect(read).toMatchObject({
      mode: 'real',
      slack: { mode: 'socket' },
      teams: {
        tenants: [TENANT, other.toLowerCase()],
        cloud: 'gcc-high',
        serviceHosts: ['smba.example.com', 'a-b.example.co.uk'],
      },
    });
  });
});

describe('one sentence says what to set for', () => {
  it.each([
    [
      'both ways in',
      { ...BOT, ...APP, ...SECRET, ...ORGANISATION },
      /either SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/,
    ],
    [
      'a bot token alone',
      { ...BOT, ...ORGANISATION },
      /SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET .* beside SLACK_BOT_TOKEN/,
    ],
    ['an app token alone', { ...APP }, /Set SLACK_BOT_TOKEN too/],
    ['a signing secret alone', { ...SECRET }, /Set SLACK_BOT_TOKEN too/],
    [
      'a user token as bot token',
      { SLACK_BOT_TOKEN: 'xoxp-canary', ...APP, ...ORGANISATION },
      /SLACK_BOT_TOKEN .* xoxb-/,
    ],
    [
      'a bot token as app token',
      { ...BOT, SLACK_APP_TOKEN: 'xoxb-canary', ...ORGANISATION },
      /SLACK_APP_TOKEN .* xapp-/,
    ],
    ['a short secret', { ...BOT, SLACK_SIGNING_SECRET: 'canary', ...ORGANISATION }, /SLACK_SIGNING_SECRET/],
    ['no organisation file', { ...BOT, ...APP }, /CLEARTHREAD_ORGANISATION/],
    ['a port that is a word', { PORT: 'canary' }, /PORT/],
    ['a port out of range', { PORT: '65536' }, /PORT/],
    [
      'an ops address without a port',
      { CLEARTHREAD_OPS_ADDRESS: '127.0.0.1' },
      /CLEARTHREAD_OPS_ADDRESS .* 127\.0\.0\.1:9464/,
    ],
    ['pages without encryption', { CLEARTHREAD_PUBLIC_URL: 'http://canary.example' }, /CLEARTHREAD_PUBLIC_URL .*https/],
    ['pages at an IP address', { CLEARTHREAD_PUBLIC_URL: 'https://192.0.2.1' }, /not an IP address/],
    ['pages at a long IP address', { CLEARTHREAD_PUBLIC_URL: 'https://[2001:db8::1]' }, /not an IP address/],
    ['pages under a path', { CLEARTHREAD_PUBLIC_URL: 'https://canary.example/deals' }, /without a path/],
    ['pages with a password', { CLEARTHREAD_PUBLIC_URL: 'https://a:b@canary.example' }, /CLEARTHREAD_PUBLIC_URL/],
    ['pages at no address', { CLEARTHREAD_PUBLIC_URL: 'canary' }, /CLEARTHREAD_PUBLIC_URL/],
    ['an ops address that is a port', { CLEARTHREAD_OPS_ADDRESS: '9464' }, /CLEARTHREAD_OPS_ADDRESS/],
    [
      'checkpoints without encryption',
      { CLEARTHREAD_CHECKPOINTS: 'http://canary.example/' },
      /CLEARTHREAD_CHECKPOINTS .*https:/,
    ],
    ['checkpoints to no address', { CLEARTHREAD_CHECKPOINTS: 'https://' }, /CLEARTHREAD_CHECKPOINTS/],
    ['an ops address with a path', { CLEARTHREAD_OPS_ADDRESS: 'http://canary:9464' }, /CLEARTHREAD_OPS_ADDRESS/],
    ['an ops address out of range', { CLEARTHREAD_OPS_ADDRESS: 'canary:65536' }, /CLEARTHREAD_OPS_ADDRESS/],
    ['an ops address with bare colons', { CLEARTHREAD_OPS_ADDRESS: '::1:9464' }, /CLEARTHREAD_OPS_ADDRESS/],
    ['half a port', { PORT: '3000.5' }, /PORT/],
    ['an API address that is none', { SLACK_API_URL: 'canary' }, /SLACK_API_URL/],
    ['an API address of a file', { SLACK_API_URL: 'file:///canary' }, /SLACK_API_URL/],
    ['a command without a slash', { CLEARTHREAD_COMMAND: 'canary' }, /CLEARTHREAD_COMMAND/],
    ['an unknown log level', { LOG_LEVEL: 'canary' }, /LOG_LEVEL/],
    ['a host with a space', { HOST: 'canary host' }, /HOST/],
    ['a Teams client id alone', { TEAMS_CLIENT_ID: TENANT }, /Set TEAMS_CLIENT_SECRET and TEAMS_TENANT_ID too/],
    ['Teams without its secret', { ...TEAMS, TEAMS_CLIENT_SECRET: ' ' }, /Set TEAMS_CLIENT_SECRET too/],
    [
      'a client id that is none',
      { ...TEAMS, TEAMS_CLIENT_ID: 'canary' },
      /TEAMS_CLIENT_ID .*Application \(client\) ID/,
    ],
    ['a tenant that is a domain', { ...TEAMS, TEAMS_TENANT_ID: 'canary.com' }, /TEAMS_TENANT_ID .*tenant\) ID/],
    ['half a client secret', { ...TEAMS, TEAMS_CLIENT_SECRET: 'canary' }, /TEAMS_CLIENT_SECRET .*not the ID/],
    ['the ID of a secret', { ...TEAMS, TEAMS_CLIENT_SECRET: TENANT }, /TEAMS_CLIENT_SECRET .*not the ID/],
    ['a cloud that is none', { ...TEAMS, TEAMS_CLOUD: 'canary' }, /TEAMS_CLOUD to one of public, gcc, gcc-high, dod/],
    [
      'a list of tenants that is none',
      { ...TEAMS, TEAMS_ALLOWED_TENANTS: `${TENANT},canary` },
      /TEAMS_ALLOWED_TENANTS/,
    ],
    ['an empty list of tenants', { ...TEAMS, TEAMS_ALLOWED_TENANTS: ',' }, /TEAMS_ALLOWED_TENANTS/],
    [
      'a list that leaves out the own tenant',
      { ...TEAMS, TEAMS_ALLOWED_TENANTS: TEAMS.TEAMS_CLIENT_ID },
      /TEAMS_ALLOWED_TENANTS .* names TEAMS_TENANT_ID too/,
    ],
    ['a service host with a scheme', { ...TEAMS, TEAMS_SERVICE_HOSTS: 'https://canary.com' }, /TEAMS_SERVICE_HOSTS/],
    ['a service host with a port', { ...TEAMS, TEAMS_SERVICE_HOSTS: 'canary.com:444' }, /TEAMS_SERVICE_HOSTS/],
    ['a service host for everybody', { ...TEAMS, TEAMS_SERVICE_HOSTS: '*.com' }, /TEAMS_SERVICE_HOSTS/],
    ['a service host that is an address', { ...TEAMS, TEAMS_SERVICE_HOSTS: '10.0.0.1' }, /TEAMS_SERVICE_HOSTS/],
    ['a setting of Teams without Teams', { ...BOT, ...APP, TEAMS_CLOUD: 'gcc' }, /beside TEAMS_CLOUD, or unset it/],
    ['Teams without an organisation file', { ...TEAMS }, /CLEARTHREAD_ORGANISATION/],
    [
      'a playground in production',
      { NODE_ENV: 'production' },
      /SLACK_BOT_TOKEN .*TEAMS_CLIENT_ID.*NODE_ENV=production/,
    ],
  ])('%s', (_, env, words) => {
    const read = readConfig(env);
    expect(read).toHaveProperty('problem', expect.stringMatching(words));
    const { problem } = read as { problem: string };
    expect(problem).toMatch(/^Set [^\n]*\.$/);
    expect(problem).not.toContain('canary');
  });

  it.each([
    ['CLEARTHREAD_DATA_KEY', 'canary', /32 random bytes in base64/],
    ['CLEARTHREAD_CHECKPOINT_KEY', 'canary', /Ed25519 private key/],
  ])('a key that is none: %s', (name, value, words) => {
    const { problem } = readConfig({ [name]: value }) as { problem: string };
    expect(problem).toMatch(words);
    expect(problem).toContain(name);
    expect(problem).not.toContain(value);
  });

  it('keys that can be used, and keeps them out of the settings', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const set = { CLEARTHREAD_DATA_KEY: key, CLEARTHREAD_CHECKPOINT_KEY: pem };
    expect(readConfig(set)).toEqual(readConfig({}));
  });
});
